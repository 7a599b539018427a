//! What a member with a login of their own and any client tries, and the hub refuses.

use super::desk::{Desk, Device, claim, refused};
use ed25519_dalek::SigningKey;
use tickmark::{
    hub::{Hub, HubError, Leased, Postgres, Refusal},
    model::{
        ActionId, ActionKind, ArticleId, Chain, ClaimId, DeviceId, Digest, Fact, FactId, Family, Import,
        Moment, PersonId, Policy, Query, QueryId, Rating, Recorded, Redaction, Resolution, RevisionId, Role,
        SharedEntry, State, Verdict,
    },
};
use uuid::Uuid;

/// A desk with an article, and a member of this role.
fn with(role: Role) -> Option<(Desk, Device, ArticleId)> {
    let mut desk = Desk::open()?;
    let (article, imported) = desk.chief.article();
    desk.chief.send(&imported);
    let member = desk.member(role);
    Some((desk, member, article))
}

fn why(by: &mut Device, entry: &SharedEntry) -> Refusal {
    let (why, named) = refused(by.push(std::slice::from_ref(entry)));
    assert_eq!(named, Some(entry.action.id), "the refused entry is named");
    why
}

/// The same for an entry that was changed after it was signed.
fn why_signed(by: &mut Device, entry: SharedEntry) -> Refusal {
    let signed = by.signed(entry);
    why(by, &signed)
}

fn verdict() -> Fact {
    Fact::Verdict(Verdict {
        claim: ClaimId(Uuid::now_v7()),
        revision: RevisionId(Uuid::now_v7()),
        rating: Rating {
            slug: "true".into(),
            label: "True".into(),
            family: Family::Holds,
            value: None,
            meaning: String::new(),
        },
        scale: "Simple".into(),
        rationale: "It says so.".into(),
        words: vec!["1911".into()],
        context: "It was built in 1911.".into(),
        withdrawn: false,
        reaffirms: false,
    })
}

#[test]
fn nobody_speaks_in_another_persons_name() {
    let Some((desk, mut ben, article)) = with(Role::Checker) else { return };
    let chain = Chain::Article(article);
    let forged = ben.action_of(desk.chief.person, ActionKind::Mark, chain, vec![claim(article)]);
    assert_eq!(why(&mut ben, &forged), Refusal::Name);
    let carried = ben.signed(SharedEntry { carried: true, ..forged });
    assert_eq!(why(&mut ben, &carried), Refusal::Name, "only the chief carries");
    let stranger = ben.action_of(PersonId(Uuid::now_v7()), ActionKind::Mark, chain, vec![claim(article)]);
    assert_eq!(why(&mut ben, &stranger), Refusal::Name);
}

/// An import of a bundle by a checker, and one entry that it brings.
fn import(by: &Device, article: ArticleId, follower: &mut SharedEntry) -> SharedEntry {
    let fact = Fact::Import(Import { article, bundle: Digest::of(b"bundle") });
    let mut import = by.action(ActionKind::ImportBundle, Chain::Article(article), vec![fact]);
    import.brings = vec![follower.action.id];
    (follower.with, follower.carried) = (Some(import.action.id), true);
    *follower = by.signed(follower.clone());
    by.signed(import)
}

#[test]
fn an_import_brings_what_strangers_said_and_never_what_members_said() {
    let Some((mut desk, mut ben, article)) = with(Role::Checker) else { return };
    let chain = Chain::Article(article);
    let mut said = ben.action_of(PersonId(Uuid::now_v7()), ActionKind::GiveVerdict, chain, vec![verdict()]);
    let bundle = import(&ben, article, &mut said);
    ben.push(&[bundle.clone(), said]).expect("an import is taken");
    let mut forged = ben.action_of(desk.chief.person, ActionKind::GiveVerdict, chain, vec![verdict()]);
    let other = import(&ben, article, &mut forged);
    ben.send(&other);
    assert_eq!(why(&mut ben, &forged), Refusal::Name);
    let mut late = ben.action_of(PersonId(Uuid::now_v7()), ActionKind::GiveVerdict, chain, vec![verdict()]);
    (late.with, late.carried) = (Some(bundle.action.id), true);
    assert_eq!(why_signed(&mut ben, late), Refusal::Name, "the import does not say that it brings it");
    let mut theirs = desk.chief.action_of(ben.person, ActionKind::Mark, chain, vec![claim(article)]);
    theirs.carried = true;
    desk.chief.send(&desk.chief.signed(theirs));
}

#[test]
fn a_role_records_no_more_than_it_may() {
    let Some((mut desk, mut ben, article)) = with(Role::Reporter) else { return };
    let chain = Chain::Article(article);
    for kind in ActionKind::ALL.iter().filter(|k| !Role::Reporter.may(**k)) {
        let entry = ben.action(*kind, chain, Vec::new());
        assert_eq!(why(&mut ben, &entry), Refusal::Role, "{kind}");
    }
    let mut reader = desk.member(Role::Reader);
    let marked = reader.mark(article);
    assert_eq!(refused(reader.push(&[marked])).0, Refusal::Role);
    assert_eq!(refused(reader.hub.lease(Leased::Claim, 1)).0, Refusal::Role);
    let mut cleo = desk.member(Role::Checker);
    cleo.send(&cleo.action(ActionKind::GiveVerdict, chain, vec![verdict()]));
    for kind in [ActionKind::SetPolicy, ActionKind::Redact, ActionKind::AddScale] {
        let entry = cleo.action(kind, chain, Vec::new());
        assert_eq!(why(&mut cleo, &entry), Refusal::Role, "{kind}");
    }
    desk.chief.hub.set_role(&ben.invite.login, Role::Checker).expect("another role");
    ben.send(&ben.action(ActionKind::GiveVerdict, chain, vec![verdict()]));
}

#[test]
fn no_fact_hides_in_an_action_that_is_allowed() {
    let Some((mut desk, mut ben, article)) = with(Role::Reporter) else { return };
    let marked = desk.chief.mark(article);
    desk.chief.send(&marked);
    let redaction = Redaction { fact: marked.facts[0].id, why: None, replaced: Vec::new() };
    for hidden in [verdict(), Fact::Redaction(redaction), Fact::Policy(Policy::default())] {
        let entry = ben.action(ActionKind::Mark, Chain::Article(article), vec![claim(article), hidden]);
        assert_eq!(why(&mut ben, &entry), Refusal::Role);
    }
    assert!(super::desk::readable(&desk.chief.pull()[1])[0], "nothing was erased");
}

#[test]
fn a_fact_stays_in_the_chain_of_what_it_is_about() {
    let Some((_desk, mut ben, article)) = with(Role::Reporter) else { return };
    let elsewhere = Chain::Article(ArticleId(Uuid::now_v7()));
    let entry = ben.action(ActionKind::Mark, elsewhere, vec![claim(article)]);
    assert_eq!(why(&mut ben, &entry), Refusal::Malformed);
}

#[test]
fn reporters_resolve_only_what_their_own_import_asks() {
    let Some((mut desk, mut ben, article)) = with(Role::Reporter) else { return };
    let chain = Chain::Article(article);
    let query = |id| Fact::Query(Query { query: id, article, claim: None, to: None, text: "When?".into() });
    let resolution = |id| Fact::Resolution(Resolution { query: id, note: None });
    let (own, theirs) = (QueryId(Uuid::now_v7()), QueryId(Uuid::now_v7()));
    desk.chief.send(&desk.chief.action(ActionKind::Ask, chain, vec![query(theirs)]));
    ben.send(&ben.action(ActionKind::TakeReturned, chain, vec![query(own), resolution(own)]));
    let hidden = ben.action(ActionKind::TakeReturned, chain, vec![resolution(theirs)]);
    assert_eq!(why(&mut ben, &hidden), Refusal::Role);
    let resolved = ben.action(ActionKind::Resolve, chain, vec![resolution(own)]);
    assert_eq!(why(&mut ben, &resolved), Refusal::Role);
}

#[test]
fn undo_reaches_own_actions_only() {
    let Some((mut desk, mut ben, article)) = with(Role::Checker) else { return };
    let marked = desk.chief.mark(article);
    desk.chief.send(&marked);
    let undone = ben.about(ActionKind::Undo, &marked);
    assert_eq!(why(&mut ben, &undone), Refusal::Name);
    let by_chief = ben.mark(article);
    ben.send(&by_chief);
    assert_eq!(refused(desk.chief.push(&[desk.chief.about(ActionKind::Undo, &by_chief)])).0, Refusal::Name);
    let nothing = ben.about(ActionKind::Undo, &ben.mark(article));
    assert_eq!(why(&mut ben, &nothing), Refusal::Base);
    let mut aimless = ben.about(ActionKind::Undo, &marked);
    aimless.action.target = None;
    assert_eq!(why_signed(&mut ben, aimless), Refusal::Malformed);
}

#[test]
fn redo_reaches_others_actions_where_the_role_allows_it_or_an_own_one_builds_on_them() {
    let Some((mut desk, mut ben, article)) = with(Role::Reporter) else { return };
    let chain = Chain::Article(article);
    let marked = desk.chief.mark(article);
    let judged = desk.chief.action(ActionKind::GiveVerdict, chain, vec![claim(article), verdict()]);
    desk.chief.push(&[marked.clone(), judged.clone()]).expect("taken");
    desk.chief.push(&[&marked, &judged].map(|e| desk.chief.about(ActionKind::Undo, e))).expect("taken");
    ben.send(&ben.about(ActionKind::Redo, &marked));
    let redone = ben.about(ActionKind::Redo, &judged);
    assert_eq!(why(&mut ben, &redone), Refusal::Name, "a reporter gives no verdict");
    let unrelated = ben.mark(article);
    let Some(Fact::Claim(first)) = judged.facts[0].fact().cloned() else { unreachable!() };
    let asked = Query {
        query: QueryId(Uuid::now_v7()),
        article,
        claim: Some(first.claim),
        to: None,
        text: "When?".into(),
    };
    let builds = ben.action(ActionKind::Ask, chain, vec![Fact::Query(asked)]);
    ben.push(&[unrelated.clone(), builds.clone()]).expect("taken");
    let keeping = |own: &SharedEntry| {
        ben.signed(SharedEntry { with: Some(own.action.id), ..ben.about(ActionKind::Redo, &judged) })
    };
    let (wrong, right) = (keeping(&unrelated), keeping(&builds));
    assert_eq!(why(&mut ben, &wrong), Refusal::Name);
    ben.send(&right);
}

#[test]
fn no_import_takes_with_it_what_stands_on_its_own() {
    let Some((mut desk, mut ben, article)) = with(Role::Checker) else { return };
    let judged = desk.chief.action(ActionKind::GiveVerdict, Chain::Article(article), vec![verdict()]);
    desk.chief.send(&judged);
    let mut silencing = import(&ben, article, &mut judged.clone());
    silencing.brings = vec![ActionId(Uuid::now_v7()), judged.action.id];
    assert_eq!(why_signed(&mut ben, silencing), Refusal::Name);
    let mut leaderless = ben.mark(article);
    leaderless.with = Some(ActionId(Uuid::now_v7()));
    assert_eq!(why(&mut ben, &leaderless), Refusal::Base);
}

#[test]
fn a_signature_is_missing_or_short() {
    let Some((_desk, mut ben, article)) = with(Role::Reporter) else { return };
    for signature in [vec![], vec![1; 63], vec![1; 65]] {
        let entry = SharedEntry { signature, ..ben.mark(article) };
        assert_eq!(why(&mut ben, &entry), Refusal::Malformed);
    }
}

#[test]
fn an_entry_of_somebody_else_is_not_sent_again_under_another_login() {
    let Some((mut desk, mut ben, article)) = with(Role::Reporter) else { return };
    let marked = desk.chief.mark(article);
    assert_eq!(
        refused(ben.push(std::slice::from_ref(&marked))).0,
        Refusal::NoMember,
        "it is of another device"
    );
    let own = SharedEntry { device: ben.id, ..marked.clone() };
    assert_eq!(why(&mut ben, &own), Refusal::Name);
    desk.chief.send(&marked);
    let again = ben.push(&[own]).expect("the hub has it already");
    assert!(again[0].dup);
    assert_eq!(desk.chief.pull()[1].entry.device, desk.chief.id, "what is there stays as it was");
}

#[test]
fn an_id_is_used_once() {
    let Some((mut desk, mut ben, article)) = with(Role::Reporter) else { return };
    let marked = desk.chief.mark(article);
    desk.chief.send(&marked);
    let mut other = ben.mark(article);
    other.action.id = marked.action.id;
    assert_eq!(why_signed(&mut ben, other), Refusal::IdReused);
    let mut other = ben.mark(article);
    let Some(fact) = other.facts[0].fact().cloned() else { unreachable!() };
    other.facts =
        vec![Recorded::seal(marked.facts[0].id, other.action.id, Vec::new(), super::desk::salt(), fact)];
    assert_eq!(why_signed(&mut ben, other), Refusal::IdReused);
}

#[test]
fn members_of_one_desk_do_not_reach_another() {
    let Some((desk, mut ben, article)) = with(Role::Chief) else { return };
    let Some((mut other, ..)) = with(Role::Chief) else { return };
    let mut there = ben.invite.clone();
    there.desk = other.chief.desk();
    let mut hub = Postgres::new(there, ben.id).unwrap();
    let no_member = |outcome: Result<(), HubError>| assert_eq!(refused(outcome).0, Refusal::NoMember);
    no_member(hub.state().map(drop));
    no_member(hub.proof(0).map(drop));
    no_member(hub.pull(other.chief.epoch, 0, 10).map(drop));
    no_member(hub.lease(Leased::Claim, 1).map(drop));
    no_member(hub.members().map(drop));
    no_member(hub.here(None).map(drop));
    no_member(hub.remove(&other.chief.invite.login));
    no_member(hub.recover(false));
    let digest = other.chief.upload(b"words");
    no_member(hub.get(&digest, 0).map(drop));
    assert_eq!(ben.hub.get(&digest, 0), Ok(None));
    assert_eq!(refused(ben.hub.remove(&other.chief.invite.login)).0, Refusal::NoMember);
    assert_eq!(refused(ben.hub.revoke(other.chief.id)).0, Refusal::NoMember);
    drop((desk, article));
}

#[test]
fn a_device_sends_only_with_its_own_login() {
    let Some((mut desk, ben, article)) = with(Role::Reporter) else { return };
    let entry = ben.mark(article);
    let mut unknown = Device {
        hub: Postgres::new(ben.invite.clone(), DeviceId(Uuid::now_v7())).unwrap(),
        key: SigningKey::from_bytes(&[1; 32]),
        ..ben
    };
    assert_eq!(refused(unknown.push(std::slice::from_ref(&entry))).0, Refusal::NoMember);
    let mut as_chief = Postgres::new(unknown.invite.clone(), desk.chief.id).unwrap();
    assert_eq!(refused(as_chief.here(None)).0, Refusal::NoMember);
    assert_eq!(desk.chief.pull().len(), 1);
}

#[test]
fn too_many_or_too_large_entries_are_refused() {
    let Some((mut desk, mut ben, article)) = with(Role::Reporter) else { return };
    let many: Vec<SharedEntry> = (0..501).map(|_| ben.mark(article)).collect();
    assert_eq!(refused(ben.push(&many)).0, Refusal::Batch);
    ben.push(&many[..500]).expect("500 are taken");
    assert_eq!(desk.chief.hub.state().unwrap().head, 501);
    let query =
        Query { query: QueryId(Uuid::now_v7()), article, claim: None, to: None, text: "x".repeat(16 << 20) };
    let large = ben.action(ActionKind::Ask, Chain::Article(article), vec![Fact::Query(query)]);
    assert_eq!(why(&mut ben, &large), Refusal::Quota);
}

#[test]
fn a_fact_that_is_not_what_its_digest_says_is_refused() {
    let Some((_desk, mut ben, article)) = with(Role::Reporter) else { return };
    let mut changed = ben.mark(article);
    changed.facts[0].state = State::Open(super::desk::salt(), Box::new(claim(article)));
    assert_eq!(why(&mut ben, &changed), Refusal::Malformed);
    let mut fewer = ben.mark(article);
    fewer.facts.clear();
    assert_eq!(why(&mut ben, &fewer), Refusal::Malformed);
    let mut other = ben.mark(article);
    let id = FactId(Uuid::now_v7());
    other.facts[0].id = id;
    assert_eq!(why(&mut ben, &other), Refusal::Malformed);
    let mut later = ben.mark(article);
    later.action.at = Moment(300_000_000_000_000);
    assert_eq!(why_signed(&mut ben, later), Refusal::Malformed, "years have four digits");
}

/// What `push` says to entries that no client of ours would send, as JSON.
fn raw(desk: &Desk, by: &Device, entries: &str) -> String {
    let sql = format!(
        "select o_seq from hub.push('{}', '{}', '{}', 0, false, '{}')",
        by.desk(),
        by.id,
        by.epoch,
        entries.replace('\'', "''")
    );
    desk.server.sql(Some(&by.invite), &sql).expect_err("it is refused").chars().take(5).collect()
}

#[test]
fn malformed_entries_are_refused() {
    let Some((desk, ben, article)) = with(Role::Reporter) else { return };
    let entry = ben.mark(article);
    let canonical = String::from_utf8(entry.action.canonical()).unwrap();
    let signature = "A".repeat(86) + "==";
    let with = |canonical: &str| {
        let canonical = canonical.replace('\n', "\\n");
        format!(r#"[{{"canonical":"{canonical}","facts":[],"signature":"{signature}"}}]"#)
    };
    let bare = canonical.split("fact:").next().unwrap();
    for bad in [
        bare.replace("format:1:1\n", ""),
        bare.replace("id:36:", "id:35:"),
        bare.replace("id:36:", "id:036:"),
        bare.replace("kind:4:", "kind:x:"),
        bare.replace("kind:4:mark", "kind:99999999999:mark"),
        bare.replace("person:36:", "person:40:{}x"),
        bare.trim_end().to_owned(),
        format!("{bare}\n"),
        format!("{bare}extra:1:x\n"),
        format!("{bare}parent:1:x\n"),
        bare.replace("thread:44:article ", "thread:44:artikel "),
        String::new(),
        "x".into(),
    ] {
        assert_eq!(raw(&desk, &ben, &with(&bad)), "TM010", "{bad}");
    }
    assert_eq!(raw(&desk, &ben, &with(&bare.replace("format:1:1", "format:1:2"))), "TM011");
    assert_eq!(raw(&desk, &ben, &with(&bare.replace("kind:4:mark", "kind:5:dance"))), "TM011");
    for bad in ["{}", "[1]", "[null]", "[{}]", r#"["x"]"#, "[[]]", r#"[{"canonical":1}]"#] {
        let told = raw(&desk, &ben, bad);
        assert_eq!(told, "TM010", "{bad}");
    }
    let mut shaped = with(bare).replace("\"facts\":[]", "\"facts\":{}");
    assert_eq!(raw(&desk, &ben, &shaped), "TM010");
    shaped = with(bare).replace(&signature, "*");
    assert_eq!(raw(&desk, &ben, &shaped), "TM010");
    shaped = with(bare).replace("\"facts\":[]", "\"facts\":[],\"brings\":[\"x\"]");
    assert_eq!(raw(&desk, &ben, &shaped), "TM010");
}

#[test]
fn a_fact_without_a_field_that_places_it_is_refused() {
    let Some((desk, ben, article)) = with(Role::Reporter) else { return };
    let entry = ben.mark(article);
    let (salt, id) = ("00".repeat(32), entry.facts[0].id);
    let with_body = |rest: &str| {
        let body = format!("kind:5:claim\nid:36:{id}\n{rest}");
        let digest = Digest::of_all(&[&[0; 32], body.as_bytes()]);
        let mut action = entry.action.clone();
        action.facts = vec![digest];
        let canonical = String::from_utf8(action.canonical()).unwrap().replace('\n', "\\n");
        let body: String = body.bytes().map(|b| format!("{b:02x}")).collect();
        let sql = format!("select translate(encode(decode('{body}', 'hex'), 'base64'), E'\\n', '')");
        let body = desk.server.sql(None, &sql).expect("base64");
        let fact = format!(r#"{{"id":"{id}","digest":"{digest}","salt":"{salt}","body":"{body}"}}"#);
        let signature = "A".repeat(86) + "==";
        format!(r#"[{{"canonical":"{canonical}","facts":[{fact}],"signature":"{signature}"}}]"#)
    };
    let claim = ClaimId(Uuid::now_v7());
    for bad in ["", "article:36:x\n", &format!("claim:36:{claim}\n"), &format!("article:36:{article}\n")] {
        assert_eq!(raw(&desk, &ben, &with_body(bad)), "TM010", "{bad}");
    }
}
