//! Laws that hold for any input: undo and redo over any sequence of actions, offsets over any text.

use crate::support::Opened;
use proptest::{prelude::*, sample::Index};
use tickmark::{
    desk::{
        ClaimChange, ContactChange, Conversation, Desk, DeskError, EvidenceChoice, NewEvidence, Page,
        PassageText, Reading, Returned, SourceChange, SourceOf, StatusChange, Typed, WithVerdict,
        import_bundle_from,
    },
    model::{
        ActionKind, ClaimId, ConversationMode, EvidenceId, Info, Risk, SourceId, Stance, Terms, WorkState,
    },
    text::{Byte, Decision, Offsets, Span, normalise},
};

/// Something a person does. An index picks among what is there.
#[derive(Clone, Debug)]
pub enum Deed {
    Mark(Index, usize),
    Retract(Index),
    Standings(Index),
    Withdraw(Index),
    Source(String),
    Evidence(Index, Index),
    Ask(String),
    Write(String),
    Erase(Index, usize),
    Restore(Index),
    Know(String),
    Archive(bool),
    Bring(String),
    Withhold(Index, bool),
    Redact(Index),
    Undo,
    Redo,
    Describe(Index, bool),
    Hand(Index, bool),
    Reaffirm(Index),
    SignOff(Index),
    Exempt(Index),
    Answer(Index, bool),
    Requote(Index, String),
    Retake(Index),
    Reattach(Index, Index),
    Return(Index, String),
    Shelve(String),
    As(bool),
    Set(u8, bool, bool),
    WithVerdict(Index, Index, u8, bool),
    Talk(Index, u8),
}

/// Everything a person does.
pub fn any_deed() -> impl Strategy<Value = Deed> {
    let index = any::<Index>;
    prop_oneof![
        10 => bold_deed(),
        1 => (index(), any::<bool>()).prop_map(|(c, high)| Deed::Describe(c, high)),
        1 => (index(), any::<bool>()).prop_map(|(c, me)| Deed::Hand(c, me)),
        1 => index().prop_map(Deed::Reaffirm),
        1 => index().prop_map(Deed::SignOff),
        1 => index().prop_map(Deed::Exempt),
        2 => (index(), any::<bool>()).prop_map(|(q, settle)| Deed::Answer(q, settle)),
        1 => (index(), "[a-z]{1,4}").prop_map(|(e, words)| Deed::Requote(e, words)),
        1 => index().prop_map(Deed::Retake),
        1 => (index(), index()).prop_map(|(c, at)| Deed::Reattach(c, at)),
        1 => (index(), "[a-z]{1,6}").prop_map(|(r, words)| Deed::Return(r, words)),
        1 => "[ab]{1}".prop_map(Deed::Shelve),
        1 => any::<bool>().prop_map(Deed::As),
        2 => (0..5_u8, any::<bool>(), any::<bool>()).prop_map(|(state, due, mine)| Deed::Set(state, due, mine)),
        2 => (index(), index(), 0..3_u8, any::<bool>()).prop_map(|(c, e, fate, new)| Deed::WithVerdict(c, e, fate, new)),
        1 => (index(), 0..4_u8).prop_map(|(s, terms)| Deed::Talk(s, terms)),
    ]
}

/// What a person does, and takes back, keeps back or erases.
pub fn bold_deed() -> impl Strategy<Value = Deed> {
    let index = any::<Index>;
    prop_oneof![
        6 => deed(),
        2 => (index(), any::<bool>()).prop_map(|(s, w)| Deed::Withhold(s, w)),
        1 => index().prop_map(Deed::Redact),
        2 => Just(Deed::Undo),
        1 => Just(Deed::Redo),
    ]
}

fn deed() -> impl Strategy<Value = Deed> {
    let words = "[a-z]{1,6} [0-9]{1,3} [äß語👩]{1,2}";
    let index = any::<Index>;
    prop_oneof![
        (index(), 1..12_usize).prop_map(|(at, len)| Deed::Mark(at, len)),
        index().prop_map(Deed::Retract),
        index().prop_map(Deed::Standings),
        index().prop_map(Deed::Withdraw),
        words.prop_map(Deed::Source),
        (index(), index()).prop_map(|(c, s)| Deed::Evidence(c, s)),
        words.prop_map(Deed::Ask),
        words.prop_map(Deed::Write),
        (index(), 1..20_usize).prop_map(|(at, len)| Deed::Erase(at, len)),
        index().prop_map(Deed::Restore),
        words.prop_map(Deed::Know),
        any::<bool>().prop_map(Deed::Archive),
        words.prop_map(Deed::Bring),
    ]
}

/// Up to `len` characters of a text from any character on.
fn stretch(text: &str, at: Index, len: usize) -> Span {
    let starts: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
    let from = at.index(starts.len());
    Span::at(starts[from], starts[(from + len).min(starts.len() - 1)])
}

/// Does it, where it can be done; gives whether something was recorded.
pub fn does(o: &mut Opened, deed: &Deed) -> bool {
    let article = o.article;
    let text = o.text();
    let reading = o.desk.read(article, None).expect("the article");
    let claims: Vec<ClaimId> = reading.state.claims.iter().map(|c| c.id).collect();
    let sources: Vec<SourceId> =
        o.desk.sources(&Page::whole()).expect("the sources").iter().map(|s| s.value.source).collect();
    let claim = |at: &Index| (!claims.is_empty()).then(|| (article, claims[at.index(claims.len().max(1))]));
    let typed = |text: String| Typed { text, ..Typed::default() };
    let desk = &mut o.desk;
    let done: Option<Result<(), DeskError>> = match deed {
        Deed::Mark(at, len) => {
            Some(desk.mark(article, None, &[stretch(&text, *at, *len)], ClaimChange::default()).map(drop))
        }
        Deed::Retract(at) => claim(at).map(|(a, c)| desk.retract_claim(a, c, true).map(drop)),
        Deed::Standings(at) => claim(at).map(|c| desk.give_verdict(c, "true", None, "So.").map(drop)),
        Deed::Withdraw(at) => claim(at).map(|c| desk.withdraw_verdict(c).map(drop)),
        Deed::Source(title) => {
            let change = SourceChange { title: title.clone(), ..SourceChange::default() };
            Some(desk.add_source(change, &[]).map(drop))
        }
        Deed::Evidence(c, s) => claim(c).filter(|_| !sources.is_empty()).map(|c| {
            let source = sources[s.index(sources.len())];
            desk.add_evidence(c, source, Stance::Supports, PassageText::default()).map(drop)
        }),
        Deed::Ask(words) => Some(desk.ask(article, None, None, words).map(drop)),
        Deed::Write(words) => Some(desk.revise(article, typed(format!("{text}\n{words}.\n"))).map(drop)),
        Deed::Erase(at, len) => {
            let gone = stretch(&text, *at, *len);
            let rest = format!("{}{}", &text[..gone.start.0], &text[gone.end.0..]);
            Some(desk.revise(article, typed(rest)).map(drop))
        }
        Deed::Restore(at) => {
            let all = &reading.state.revisions;
            Some(desk.restore_revision(article, all[at.index(all.len())].id).map(drop))
        }
        Deed::Know(words) => {
            Some(desk.set_info(article, Info { place: Some(words.clone()), ..Info::default() }).map(drop))
        }
        Deed::Withhold(s, withhold) => (!sources.is_empty()).then(|| {
            let source = sources[s.index(sources.len())];
            let title = desk.source(source).map(|s| s.value.title).unwrap_or_default();
            desk.edit_source(
                source,
                SourceChange { title, withhold: *withhold, ..SourceChange::default() },
                &[],
            )
            .map(drop)
        }),
        Deed::Redact(at) => {
            let log = desk.log(article).expect("the log");
            let facts: Vec<_> = log.iter().flat_map(|l| &l.facts).map(|f| f.id).collect();
            Some(desk.redact(facts[at.index(facts.len())], None).map(drop))
        }
        Deed::Undo => desk
            .next_undo()
            .ok()
            .flatten()
            .filter(|a| a.kind != ActionKind::Import)
            .map(|_| desk.undo(None).map(drop)),
        Deed::Redo => Some(desk.redo(None).map(drop)),
        Deed::Archive(away) => Some(desk.archive(article, *away).map(drop)),
        Deed::Bring(words) => {
            Some(desk.import_article("other.txt", words.as_bytes(), words, Info::default()).map(drop))
        }
        Deed::Describe(at, high) => claim(at).map(|(a, c)| {
            let risk = Some(if *high { Risk::High } else { Risk::Normal });
            let change = ClaimChange {
                assertion: Some(text.chars().take(9).collect()),
                risk,
                ..ClaimChange::default()
            };
            desk.edit_claim(a, c, change).map(drop)
        }),
        Deed::Hand(at, me) => claim(at).map(|(a, c)| {
            let me = desk.me().expect("the desk").filter(|_| *me).map(|p| p.person);
            desk.assign(a, c, me).map(drop)
        }),
        Deed::Reaffirm(at) => claim(at).map(|c| desk.reaffirm(c, None).map(drop)),
        Deed::SignOff(at) => claim(at).map(|c| match desk.sign_off(c, None) {
            Err(DeskError::NoChange(_)) => desk.take_back_sign_off(c).map(drop),
            done => done.map(drop),
        }),
        Deed::Exempt(at) => {
            let spans = [stretch(&text, *at, 2)];
            Some(match desk.exempt(article, None, &spans, None) {
                Err(DeskError::NoChange(_)) => desk.open_again(article, None, &spans).map(drop),
                done => done.map(drop),
            })
        }
        Deed::Answer(at, settle) => {
            let queries = &reading.state.queries;
            (!queries.is_empty()).then(|| queries[at.index(queries.len())].id).map(|q| match settle {
                true => desk.resolve(article, q, None).map(drop),
                false => desk.answer(article, q, "So it is.").map(drop),
            })
        }
        Deed::Requote(at, words) => evidence(&reading, at).map(|e| {
            let text = PassageText { passage: Some(words.clone()), ..PassageText::default() };
            desk.edit_evidence(article, e, Stance::Context, text).map(drop)
        }),
        Deed::Retake(at) => evidence(&reading, at).map(|e| desk.retract_evidence(article, e).map(drop)),
        Deed::Reattach(c, at) => {
            claim(c).map(|(a, c)| desk.reattach(a, c, None, &[stretch(&text, *at, 5)]).map(drop))
        }
        Deed::Return(at, words) => {
            let base = reading.state.revisions[at.index(reading.state.revisions.len())].id;
            let then = desk.read(article, Some(base)).expect("the base").text;
            let returned = Returned { text: format!("{words}\n\n{then}"), base, seen: None, note: None };
            Some(desk.merge_returned(article, returned, |_| Some(Decision::Theirs)).map(drop))
        }
        Deed::Shelve(title) => {
            let ris =
                format!("TY  - BOOK\nTI  - {title}\nER  - \n\nTY  - BOOK\nTI  - {title}{title}\nER  - \n");
            let read = tickmark::formats::interchange::read_sources(ris.as_bytes()).expect("RIS");
            Some(desk.import_sources(read).map(drop))
        }
        Deed::Set(state, due, mine) => {
            let me = desk.me().expect("the desk").filter(|_| *mine).map(|p| p.person);
            let change = StatusChange {
                state: Some(WorkState::ALL.get(usize::from(*state)).copied()),
                deadline: due.then(|| Some("2026-12-01".parse().expect("a day"))),
                assignee: Some(me),
            };
            Some(desk.set_status(article, change).map(drop))
        }
        Deed::WithVerdict(c, e, fate, new) => claim(c).map(|named| {
            let of = reading.state.claim(named.1).expect("the claim").live_evidence().map(|e| e.id);
            let of: Vec<EvidenceId> = of.collect();
            let evidence =
                (!of.is_empty()).then(|| (of[e.index(of.len())], EvidenceChoice::ALL[usize::from(*fate)]));
            let add = new.then(|| NewEvidence {
                source: SourceOf::New(Box::new(SourceChange {
                    title: "Said with it".into(),
                    ..Default::default()
                })),
                stance: Stance::Refutes,
                text: PassageText { passage: Some("No.".into()), ..PassageText::default() },
            });
            let along = WithVerdict { evidence: evidence.into_iter().collect(), add };
            desk.give_verdict_with(named, ("false", None, "No."), along).map(drop)
        }),
        Deed::Talk(s, terms) => (!sources.is_empty()).then(|| {
            let source = sources[s.index(sources.len())];
            match Terms::ALL.get(usize::from(*terms)) {
                Some(terms) => {
                    let (how, on) = (ConversationMode::Phone, None);
                    let said = Conversation {
                        with: "Jane Doe".into(),
                        role: None,
                        how,
                        on,
                        terms: *terms,
                        confirmed: None,
                        recording: None,
                    };
                    desk.add_interview(source, said).map(drop)
                }
                None => {
                    let change = ContactChange { phone: Some("55 55".into()), ..ContactChange::default() };
                    desk.set_contact(source, change).map(drop)
                }
            }
        }),
        Deed::As(other) => Some(desk.introduce(if *other { "Cy Other" } else { "Ada Long" }, "").map(drop)),
    };
    match done {
        Some(Ok(())) => true,
        None | Some(Err(DeskError::NoChange(_) | DeskError::Refused(_))) => false,
        Some(Err(other)) => panic!("{deed:?}: {other}"),
    }
}

fn evidence(reading: &Reading, at: &Index) -> Option<EvidenceId> {
    let all: Vec<EvidenceId> = reading.state.claims.iter().flat_map(|c| &c.evidence).map(|e| e.id).collect();
    (!all.is_empty()).then(|| all[at.index(all.len())])
}

fn all(desk: &mut Desk, step: impl Fn(&mut Desk) -> Result<(), DeskError>) -> usize {
    let mut steps = 0;
    loop {
        match step(desk) {
            Ok(()) => steps += 1,
            Err(DeskError::NoChange(_)) => return steps,
            Err(other) => panic!("after {steps} steps: {other}"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undoing_everything_leaves_nothing_and_redoing_it_brings_all_back(deeds in prop::collection::vec(deed(), 1..14)) {
        let mut o = Opened::with("The first line has 240 words 語.\n\nThe second was written in 1911 👩‍👩‍👧.\n");
        let done = deeds.iter().filter(|d| does(&mut o, d)).count() + 1;
        let before = o.desk.dump_live().unwrap();
        prop_assert_eq!(all(&mut o.desk, |d| d.undo(None).map(drop)), done);
        prop_assert_eq!(o.desk.dump_live().unwrap(), "");
        prop_assert_eq!(all(&mut o.desk, |d| d.redo(None).map(drop)), done);
        prop_assert_eq!(o.desk.dump_live().unwrap(), before);
        prop_assert_eq!(o.desk.check().unwrap().faults, Vec::<String>::new());
    }

    #[test]
    fn every_claim_stands_on_whole_characters_after_any_deeds(deeds in prop::collection::vec(deed(), 1..14)) {
        let mut o = Opened::with("Alpha 12 beta.\n\nGamma delta 語語 34 👩‍👩‍👧 epsilon.\n");
        for deed in &deeds {
            does(&mut o, deed);
        }
        let reading = o.desk.read(o.article, None).unwrap();
        for claim in reading.state.live_claims() {
            let anchor = reading.state.anchor(reading.revision.id, claim.id).unwrap();
            for span in &anchor.spans {
                prop_assert!(!span.is_empty() && span.of(&reading.text).is_some(), "{:?}", span);
            }
            prop_assert!(anchor.spans.windows(2).all(|w| w[0].end < w[1].start), "{:?}", anchor.spans);
        }
    }
}

/// Brings the other's bundle in; where both changed the same sentence, the own words stand.
fn joins(here: &mut Opened, there: &Opened, name: &str) {
    match import_bundle_from(&mut here.desk, &there.out(name), false, |_| Some(Decision::Ours)) {
        Ok(_) | Err(DeskError::NoChange(_)) => {}
        Err(other) => panic!("{other}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn two_desks_come_together_whatever_each_did(
        first in prop::collection::vec(deed(), 0..5),
        both in prop::collection::vec((deed(), deed()), 1..8),
    ) {
        let mut ada = Opened::with("The first line has 240 words 語.\n\nThe second was written in 1911 👩‍👩‍👧.\n");
        for deed in &first {
            does(&mut ada, deed);
        }
        let mut ben = Opened::of_bundle("Ben Short", &ada.out("start.zip"));
        for (ours, theirs) in &both {
            does(&mut ada, ours);
            does(&mut ben, theirs);
        }
        let before = std::fs::read(ada.out("before.zip")).unwrap();
        let marked = |o: &Opened| o.desk.read(o.article, None).unwrap().state.claims.len();
        let (mine, yours) = (marked(&ada), marked(&ben));

        joins(&mut ada, &ben, "ben.zip");
        let joined = ada.out("joined.zip");
        prop_assert!(marked(&ada) >= mine.max(yours));
        let reading = ada.desk.read(ada.article, None).unwrap();
        for claim in &reading.state.claims {
            prop_assert!(reading.state.anchor(reading.revision.id, claim.id).is_some(), "every claim has a word on its place");
        }
        let text = ada.text();
        if ada.desk.next_undo().unwrap().is_some_and(|a| a.kind == ActionKind::ImportBundle) {
            ada.desk.undo(None).unwrap();
            prop_assert!(std::fs::read(ada.out("parted.zip")).unwrap() == before);
            ada.desk.redo(None).unwrap();
            prop_assert_eq!(ada.text(), text.clone());
            prop_assert!(std::fs::read(ada.out("again.zip")).unwrap() == std::fs::read(&joined).unwrap());
        }
        joins(&mut ben, &ada, "ada.zip");
        ben.out("joined.zip");
        prop_assert_eq!(ben.text(), text);
        prop_assert_eq!(ada.desk.check().unwrap().faults, Vec::<String>::new());
        prop_assert_eq!(ben.desk.check().unwrap().faults, Vec::<String>::new());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_article_can_go_out_after_any_exchange(
        rounds in prop::collection::vec((prop::collection::vec(bold_deed(), 0..4), prop::collection::vec(bold_deed(), 0..4)), 1..5),
    ) {
        let mut ada = Opened::with("The first line has 240 words 語.\n\nThe second was written in 1911 👩‍👩‍👧.\n");
        let mut ben = Opened::of_bundle("Ben Short", &ada.out("start.zip"));
        for (round, (ours, theirs)) in rounds.iter().enumerate() {
            for deed in ours {
                does(&mut ada, deed);
                ada.out(&format!("a{round}.zip"));
            }
            for deed in theirs {
                // An import that was undone may take the whole article with it.
                if ben.desk.read(ben.article, None).is_ok() {
                    does(&mut ben, deed);
                }
            }
            if ben.desk.read(ben.article, None).is_err() {
                break;
            }
            exchanged(&mut ada, &ben, &format!("b{round}.zip"));
            exchanged(&mut ben, &ada, &format!("c{round}.zip"));
            for desk in [&ada.desk, &ben.desk] {
                prop_assert_eq!(desk.check().unwrap().faults, Vec::<String>::new());
            }
        }
    }
}

/// Like [`joins`]; only a revision that was redacted can leave two texts without anything in common.
fn exchanged(here: &mut Opened, there: &Opened, name: &str) {
    match import_bundle_from(&mut here.desk, &there.out(name), false, |_| Some(Decision::Ours)) {
        Ok(_) | Err(DeskError::NoChange(_)) => {}
        Err(DeskError::Refused(why)) if why.contains("in common") => {}
        Err(other) => panic!("{other}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn offsets_round_trip_in_every_unit(text in "(\\PC|[\r\n\u{301}👩‍👧語é]){0,60}") {
        let offsets = Offsets::new(&text);
        for at in text.char_indices().map(|(i, _)| Byte(i)).chain([Byte(text.len())]) {
            prop_assert_eq!(offsets.from_utf16(offsets.to_utf16(at).unwrap()), Ok(at));
            prop_assert_eq!(offsets.from_point(offsets.to_point(at).unwrap()), Ok(at));
        }
        prop_assert_eq!(offsets.points().0, text.chars().count());
        prop_assert_eq!(offsets.utf16s().0, text.encode_utf16().count());
        for inside in (0..text.len()).filter(|i| !text.is_char_boundary(*i)) {
            prop_assert!(offsets.to_utf16(Byte(inside)).is_err());
        }
    }

    #[test]
    fn normalising_twice_is_normalising_once(text in "(\\PC|[\r\n\u{feff}]){0,60}") {
        let once = normalise(&text);
        prop_assert_eq!(normalise(&once), once.clone());
        prop_assert!(!once.contains('\r'));
    }
}
