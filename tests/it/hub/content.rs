//! Texts and files, and what a redaction leaves of them.

use super::desk::{Desk, claim, numbers, readable, refused, revision};
use tickmark::{
    hub::{CHUNK, Hub, Piece, Refusal},
    model::{
        Action, ActionKind, Article, ArticleId, Attachment, Chain, Digest, Fact, FactId, Original, Recorded,
        Redaction, Role, SharedEntry, Source, SourceId, SourceKind,
    },
};
use uuid::Uuid;

fn pieces(bytes: &[u8]) -> Vec<Piece<'_>> {
    let (digest, total) = (Digest::of(bytes), bytes.len() as u64);
    let piece = |(n, data)| Piece { digest, total, n: n as u32, data, secret: false };
    bytes.chunks(CHUNK).enumerate().map(piece).collect()
}

fn bytes(len: usize) -> Vec<u8> {
    let seed = Uuid::now_v7();
    (0..len).map(|n| (n as u8).wrapping_mul(31) ^ seed.as_bytes()[n % 16]).collect()
}

#[test]
fn a_file_goes_on_where_it_broke_off() {
    let Some(mut desk) = Desk::open() else { return };
    let mut ben = desk.member(Role::Reporter);
    let file = bytes(2 * CHUNK + 7);
    let all = pieces(&file);
    let asked = Piece { data: &[], ..all[0] };
    assert_eq!(ben.hub.put(&asked), Ok(0));
    assert_eq!(ben.hub.put(&all[0]), Ok(1));
    assert_eq!(ben.hub.put(&all[2]), Ok(1), "a piece that is not the next one changes nothing");
    assert_eq!(ben.hub.get(&all[0].digest, 0), Ok(None), "nobody gets half a file");
    assert_eq!(ben.again().put(&asked), Ok(1));
    assert_eq!(desk.chief.hub.put(&all[1]), Ok(2), "another device can go on");
    assert_eq!(ben.hub.put(&all[2]), Ok(3));
    assert_eq!(ben.hub.put(&all[2]), Ok(3), "what is there is not taken twice");
    for piece in &all {
        assert_eq!(desk.chief.hub.get(&piece.digest, piece.n), Ok(Some(piece.data.to_vec())));
    }
    assert_eq!(desk.chief.hub.get(&all[0].digest, 3), Ok(None));
    assert_eq!(desk.chief.hub.state().unwrap().used, file.len() as u64);
}

#[test]
fn an_empty_text_is_there_once_it_is_named() {
    let Some(mut desk) = Desk::open() else { return };
    let empty = Piece { digest: Digest::of(b""), total: 0, n: 0, data: &[], secret: false };
    assert_eq!(desk.chief.hub.put(&empty), Ok(0));
    assert_eq!(desk.chief.hub.get(&empty.digest, 0), Ok(Some(Vec::new())));
}

#[test]
fn bytes_that_are_not_those_of_the_digest_are_refused_and_forgotten() {
    let Some(mut desk) = Desk::open() else { return };
    let wrong = Piece { digest: Digest::of(b"right"), total: 5, n: 0, data: b"wrong", secret: false };
    assert_eq!(refused(desk.chief.hub.put(&wrong)).0, Refusal::Malformed);
    assert_eq!((desk.chief.hub.get(&wrong.digest, 0), desk.chief.hub.state().unwrap().used), (Ok(None), 0));
    assert_eq!(desk.chief.hub.put(&Piece { data: b"right", ..wrong }), Ok(1));
    assert_eq!(refused(desk.chief.hub.put(&Piece { total: 6, ..wrong })).0, Refusal::Malformed);
    let short = Piece { digest: Digest::of(b"x"), total: 2, n: 0, data: b"x", secret: false };
    assert_eq!(refused(desk.chief.hub.put(&short)).0, Refusal::Malformed);
}

#[test]
fn what_does_not_fit_is_refused() {
    let Some(mut desk) = Desk::open() else { return };
    desk.server
        .sql(
            None,
            &format!("update hub.desk set quota = {} where desk = '{}'", CHUNK + 10, desk.chief.desk()),
        )
        .expect("an administrator sets the quota");
    let file = bytes(CHUNK + 11);
    assert_eq!(refused(desk.chief.hub.put(&pieces(&file)[0])).0, Refusal::Quota);
    for piece in pieces(&file[..CHUNK + 10]) {
        desk.chief.hub.put(&piece).expect("it fits exactly");
    }
    assert_eq!(refused(desk.chief.hub.put(&pieces(b"more")[0])).0, Refusal::Quota);
    let huge = Piece { total: (256 << 20) + 1, ..pieces(b"x")[0] };
    assert_eq!(refused(desk.chief.hub.put(&huge)).0, Refusal::Quota);
}

#[test]
fn readers_send_nothing_and_get_no_secret_file() {
    let Some(mut desk) = Desk::open() else { return };
    let mut reader = desk.member(Role::Reader);
    assert_eq!(refused(reader.hub.put(&pieces(b"x")[0])).0, Refusal::Role);
    let secret = Piece { secret: true, ..pieces(b"secret")[0] };
    desk.chief.hub.put(&secret).expect("it is sent");
    assert_eq!(reader.hub.get(&secret.digest, 0), Ok(None));
    let digest = desk.chief.upload(b"open");
    assert_eq!(reader.hub.get(&digest, 0), Ok(Some(b"open".to_vec())));
}

fn source(files: Vec<Attachment>, withhold: bool) -> Source {
    Source {
        source: SourceId(Uuid::now_v7()),
        kind: SourceKind::Report,
        title: "Bridges\nwithhold:4:true".into(),
        authors: vec!["A. Smith".into()],
        publisher: None,
        published: None,
        accessed: None,
        url: None,
        note: None,
        reliability: None,
        withhold,
        files,
    }
}

#[test]
fn an_entry_waits_for_the_texts_and_files_that_it_names() {
    let Some(mut desk) = Desk::open() else { return };
    let article = ArticleId(Uuid::now_v7());
    let file = |bytes: &[u8]| Attachment { digest: Digest::of(bytes), name: "a\nb.pdf".into(), bytes: 1 };
    let s = source(vec![file(b"one"), file(b"two")], false);
    let original = Some(Original { digest: Digest::of(b"page"), name: "page.html".into() });
    let facts = [
        (Chain::Article(article), revision(article, Digest::of(b"text"), 4)),
        (Chain::Source(s.source), Fact::Source(s)),
        (Chain::Article(article), Fact::Article(Article { article, original })),
    ];
    for (chain, fact) in facts {
        let named = fact.content_refs();
        let entry = desk.chief.action(ActionKind::Import, chain, vec![fact]);
        for content in &named {
            assert_eq!(
                refused(desk.chief.push(std::slice::from_ref(&entry))),
                (Refusal::Quota, Some(entry.action.id))
            );
            let bytes = [&b"one"[..], b"two", b"page", b"text"]
                .into_iter()
                .find(|b| Digest::of(b) == content.digest());
            desk.chief.upload(bytes.expect("one of these"));
        }
        desk.chief.send(&entry);
    }
}

/// A redaction of the first fact of an entry.
fn redaction(desk: &Desk, of: &SharedEntry) -> SharedEntry {
    let fact = Fact::Redaction(Redaction { fact: of.facts[0].id, why: None, replaced: Vec::new() });
    desk.chief.action(ActionKind::Redact, of.action.chain, vec![fact])
}

#[test]
fn a_redaction_empties_the_fact_and_its_text_at_once() {
    let Some(mut desk) = Desk::open() else { return };
    let (article, imported) = desk.chief.article();
    desk.chief.send(&imported);
    let texts = ["The bridge at Karsk", "The bridge"].map(|t| (Digest::of(t.as_bytes()), t));
    let [first, second, third] = [texts[0], texts[1], texts[0]].map(|(_, t)| desk.chief.revise(article, t));
    for saved in [&first, &second, &third] {
        desk.chief.send(saved);
    }
    let before = desk.chief.hub.state().unwrap().used;
    desk.chief.send(&redaction(&desk, &second));
    assert_eq!(desk.chief.hub.get(&texts[1].0, 0), Ok(None), "its text is gone");
    assert_eq!(desk.chief.hub.state().unwrap().used, before - texts[1].1.len() as u64);
    desk.chief.send(&redaction(&desk, &first));
    assert!(desk.chief.hub.get(&texts[0].0, 0).unwrap().is_some(), "another revision has the same text");
    desk.chief.send(&redaction(&desk, &third));
    assert_eq!(desk.chief.hub.get(&texts[0].0, 0), Ok(None));
    let pulled = desk.chief.pull();
    assert_eq!(pulled[1..4].iter().map(readable).collect::<Vec<_>>(), [[false]; 3]);
    assert_eq!(pulled[1..4].iter().map(numbers).collect::<Vec<_>>(), [[1], [2], [3]]);
    let held = format!(
        "select count(*) from hub.fact where desk = '{}' and (salt is null) <> (body is null)",
        desk.chief.desk()
    );
    assert_eq!(desk.server.sql(None, &held).as_deref(), Ok("0"));
}

#[test]
fn the_bytes_an_article_came_as_go_with_the_revision_that_has_their_words() {
    let Some(mut desk) = Desk::open() else { return };
    let article = ArticleId(Uuid::now_v7());
    let (original, text) = (desk.chief.upload(b"<p>words"), desk.chief.upload(b"words"));
    let page = Fact::Article(Article {
        article,
        original: Some(Original { digest: original, name: "p.html".into() }),
    });
    let mut imported = desk.chief.action(
        ActionKind::Import,
        Chain::Article(article),
        vec![revision(article, text, 5), page],
    );
    imported.facts.reverse();
    let imported = desk.chief.signed(imported);
    desk.chief.send(&imported);
    let mut of_revision = imported.clone();
    of_revision.facts.reverse();
    desk.chief.send(&redaction(&desk, &of_revision));
    assert_eq!((desk.chief.hub.get(&original, 0), desk.chief.hub.get(&text, 0)), (Ok(None), Ok(None)));
}

#[test]
fn a_copy_of_a_redacted_fact_comes_closed_and_its_text_is_erased() {
    let Some(mut desk) = Desk::open() else { return };
    let (article, imported) = desk.chief.article();
    let saved = desk.chief.revise(article, "The bridge at Karsk");
    desk.chief.push(&[imported, redaction(&desk, &saved), saved]).expect("all are taken");
    assert_eq!(readable(&desk.chief.pull()[2]), [false]);
    assert_eq!(desk.chief.hub.get(&Digest::of(b"The bridge at Karsk"), 0), Ok(None));
    assert_eq!(desk.chief.hub.state().unwrap().used, 0);
}

#[test]
fn only_the_chief_and_who_withheld_a_source_may_lift_that() {
    let Some(mut desk) = Desk::open() else { return };
    let (mut ben, mut cleo) = (desk.member(Role::Reporter), desk.member(Role::Checker));
    let secret = source(Vec::new(), true);
    let chain = Chain::Source(secret.source);
    let changed = |by: &super::desk::Device, withhold, of: &SharedEntry| {
        let fact = Fact::Source(Source { withhold, ..secret.clone() });
        let mut entry = by.action(ActionKind::EditSource, chain, vec![fact.clone()]);
        let replaced = Recorded::seal(
            FactId(Uuid::now_v7()),
            entry.action.id,
            vec![of.facts[0].id],
            super::desk::salt(),
            fact,
        );
        entry.facts = vec![replaced];
        by.signed(entry)
    };
    let added = ben.action(ActionKind::AddSource, chain, vec![Fact::Source(secret.clone())]);
    ben.send(&added);
    let edited = changed(&cleo, true, &added);
    cleo.send(&edited);
    assert_eq!(refused(cleo.push(&[changed(&cleo, false, &edited)])).0, Refusal::Role);
    let beside = cleo.action(
        ActionKind::EditSource,
        chain,
        vec![Fact::Source(Source { withhold: false, ..secret.clone() })],
    );
    assert_eq!(refused(cleo.push(&[beside])).0, Refusal::Role, "also without saying what it replaces");
    let lifted = changed(&ben, false, &edited);
    ben.send(&lifted);
    let withheld = changed(&cleo, true, &lifted);
    cleo.send(&withheld);
    assert_eq!(refused(ben.push(&[changed(&ben, false, &withheld)])).0, Refusal::Role);
    desk.chief.send(&changed(&desk.chief, false, &withheld));
}

#[test]
fn actions_and_claims_of_every_shape_are_read_by_the_hub() {
    let Some(mut desk) = Desk::open() else { return };
    let (article, imported) = desk.chief.article();
    desk.chief.send(&imported);
    for text in ["", "\n", "a\n\nb\n", "naïve: 5:x\n", "👩‍👩‍👧", "a:1:b\n"] {
        let Fact::Claim(mut fact) = claim(article) else { unreachable!() };
        (fact.assertion, fact.claimant) = (Some(text.into()), Some(text.into()));
        let entry = desk.chief.action(ActionKind::Mark, Chain::Article(article), vec![Fact::Claim(fact)]);
        desk.chief.send(&entry);
        let last = desk.chief.pull().pop().unwrap().entry;
        assert_eq!(Action::parse(&last.action.canonical()).unwrap(), entry.action);
        assert_eq!(last.facts, entry.facts);
    }
}

impl Desk {
    /// Days go by for all uploads.
    fn days_pass(&self, days: u32) {
        let sql = format!(
            "update hub.blob set grown = grown - interval '{days} days' where desk = '{}'",
            self.chief.desk()
        );
        self.server.sql(None, &sql).expect("later days");
    }

    fn used_and_unnamed(&mut self) -> (u64, u64) {
        let state = self.chief.hub.state().unwrap();
        (state.used, state.unnamed)
    }
}

#[test]
fn what_no_entry_names_goes_after_seven_days_when_somebody_uploads() {
    let Some(mut desk) = Desk::open() else { return };
    let mut ben = desk.member(Role::Reporter);
    let (article, imported) = desk.chief.article();
    let saved = desk.chief.revise(article, "The bridge at Karsk");
    desk.chief.push(&[imported, saved]).expect("both are taken");
    let (file, text) = (bytes(2 * CHUNK + 7), b"nobody names it");
    let all = pieces(&file);
    ben.hub.put(&all[0]).unwrap();
    ben.upload(text);
    let (named, begun) = (19, CHUNK as u64);
    assert_eq!(desk.used_and_unnamed(), (named + begun + 15, begun + 15));

    desk.days_pass(6);
    ben.hub.put(&all[1]).unwrap();
    desk.days_pass(2);
    desk.chief.upload(b"one more");
    assert_eq!(desk.used_and_unnamed(), (named + 2 * begun + 8, 2 * begun + 8), "the file has grown since");
    assert_eq!(ben.hub.get(&Digest::of(text), 0), Ok(None));
    assert!(ben.hub.get(&Digest::of(b"The bridge at Karsk"), 0).unwrap().is_some(), "an entry names it");

    desk.days_pass(6);
    assert_eq!(ben.hub.put(&Piece { data: &[], ..all[0] }), Ok(2), "somebody asks, so it is wanted");
    desk.days_pass(2);
    desk.chief.upload(b"one more");
    desk.chief.upload(b"another");
    assert_eq!(desk.used_and_unnamed().1, 2 * begun + 8 + 7);
    desk.days_pass(8);
    desk.chief.upload(b"the last one");
    assert_eq!(desk.used_and_unnamed(), (named + 8 + 7 + 12, 8 + 7 + 12), "the oldest goes first");
    assert_eq!(ben.hub.put(&Piece { data: &[], ..all[0] }), Ok(0));
    assert_eq!(ben.hub.put(&all[0]), Ok(1), "it can be sent again");
}

#[test]
fn an_upload_finds_the_room_that_forgotten_ones_take() {
    let Some(mut desk) = Desk::open() else { return };
    let full = format!("update hub.desk set quota = 100 where desk = '{}'", desk.chief.desk());
    desk.server.sql(None, &full).expect("a small quota");
    for n in 0..10 {
        desk.chief.upload(format!("upload {n}. ").as_bytes());
    }
    let long = [b'a'; 60];
    let piece = Piece { digest: Digest::of(&long), total: 60, n: 0, data: &long, secret: false };
    assert_eq!(refused(desk.chief.hub.put(&piece)).0, Refusal::Quota);
    desk.days_pass(8);
    assert_eq!(desk.chief.hub.put(&piece), Ok(1));
    assert_eq!(desk.used_and_unnamed().0, 100 - 60 + 60, "as many go as it takes");
}

/// An entry and a sweep at the same time: the entry is taken and the text stays, or the text goes and the entry waits for it.
#[test]
fn an_entry_on_its_way_and_a_sweep_never_part_it_from_its_text() {
    let Some(mut desk) = Desk::open() else { return };
    let mut ben = desk.member(Role::Reporter);
    let (article, imported) = desk.chief.article();
    desk.chief.send(&imported);
    let mut swept = 0;
    for n in 0..40 {
        let text = format!("The bridge at Karsk {n}");
        let saved = desk.chief.revise(article, &text);
        desk.days_pass(8);
        let other = format!("something else {n}");
        let sent = std::thread::scope(|at_once| {
            at_once.spawn(|| ben.upload(other.as_bytes()));
            std::thread::sleep(std::time::Duration::from_micros(400 * n));
            desk.chief.push(std::slice::from_ref(&saved))
        });
        if sent.is_err() {
            swept += 1;
            assert_eq!(refused(sent), (Refusal::Quota, Some(saved.action.id)));
            desk.chief.upload(text.as_bytes());
            desk.chief.send(&saved);
        }
        assert!(desk.chief.hub.get(&Digest::of(text.as_bytes()), 0).unwrap().is_some());
        desk.chief.pull();
    }
    println!("{swept} of 40 were swept first");
}

#[test]
fn what_an_older_hub_has_is_named_or_counts_from_now_on() {
    let Some(mut desk) = Desk::open() else { return };
    let (article, imported) = desk.chief.article();
    let saved = desk.chief.revise(article, "The bridge at Karsk");
    desk.chief.push(&[imported, saved]).expect("both are taken");
    desk.chief.upload(b"nobody names it");
    let schema = include_str!("../../../src/hub/sql/hub.sql");
    let from = schema.find("-- When the last piece came").expect("the column");
    let to = schema[from..].find("create index").expect("its index") + from;
    let older = "begin; drop index hub.blob_unnamed; alter table hub.blob drop column grown; set local role tickmark_hub; \
        set local search_path = hub, pg_temp;";
    let index = "create index blob_unnamed on blob (desk, grown) where grown is not null; commit";
    desk.server.sql(None, &format!("{older} {} {index}", &schema[from..to])).expect("a newer schema");
    assert_eq!(desk.used_and_unnamed(), (19 + 15, 15));
}
