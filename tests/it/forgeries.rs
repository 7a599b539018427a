//! Forged bundles: every digest in them agrees, but they do not verify or cannot be imported. They were found by attacks of
//! a stranger who has only a published bundle.

use crate::support::{BRIDGE, Opened, Place};
use std::{fs::File, ops::ControlFlow, path::PathBuf};
use tickmark::{
    desk::{DeskError, import_bundle_from, verify},
    formats::bundle,
    model::{
        Action, ActionId, ActionKind, Chain, ChangeKind, Digest, Dossier, Evidence, EvidenceId, Fact, FactId,
        Logged, Moment, Person, PersonId, Published, Query, QueryId, Recorded, Revision, RevisionId, Salt,
        Source, SourceContact, SourceId, Stance, State, SuggestedEdit, Suggestion, SuggestionAnchor,
        SuggestionAnchors, SuggestionDecision, SuggestionId, SuggestionState, Unwatched, WorkState, Workflow,
    },
    text::Span,
};
use uuid::Uuid;

/// Writes a bundle of a forged history, as the program would.
fn written(o: &Opened, name: &str, forge: impl FnOnce(&mut Vec<Logged>)) -> PathBuf {
    let mut dossier: Dossier = o.desk.dossier(o.article).expect("a dossier");
    forge(&mut dossier.log);
    let path = o.path().with_file_name(name);
    let mut file = File::create_new(&path).expect("a new file");
    bundle::write(&dossier, None, &mut file, &mut |_| ControlFlow::Continue(())).expect("a bundle");
    path
}

/// Whether the history itself is refused, not only what follows from it.
fn broken(path: &std::path::Path) -> bool {
    verify(path, &Unwatched).expect("a bag").errors.iter().any(|e| e.code.as_str() == "history")
}

/// An action as anybody can make one, after the last of its chain.
fn action(
    log: &[Logged],
    kind: ActionKind,
    person: PersonId,
    chain: Chain,
    target: Option<ActionId>,
) -> Action {
    let parents = log.iter().rev().find(|l| l.action.chain == chain).map(|l| l.action.digest());
    let at = Moment(1_756_208_800_000);
    let id = ActionId(Uuid::now_v7());
    Action { id, kind, person, at, chain, target, parents: parents.into_iter().collect(), facts: Vec::new() }
}

fn recorded(mut action: Action, facts: Vec<Fact>) -> Logged {
    let seal = |fact| Recorded::seal(FactId(Uuid::now_v7()), action.id, Vec::new(), Salt([7; 32]), fact);
    let facts: Vec<Recorded> = facts.into_iter().map(seal).collect();
    action.facts = facts.iter().map(|f| f.digest).collect();
    Logged { action, live: true, facts }
}

fn author(log: &[Logged]) -> PersonId {
    log.iter().find(|l| matches!(l.action.chain, Chain::Article(_))).expect("an import").action.person
}

#[test]
fn a_fact_in_a_chain_of_another_kind_is_refused() {
    let o = Opened::with(BRIDGE);
    let query = |o: &Opened| Query {
        query: QueryId(Uuid::now_v7()),
        article: o.article,
        claim: None,
        to: None,
        text: "?".into(),
    };
    let path = written(&o, "thread.zip", |log| {
        let person = author(log);
        let planted = recorded(
            action(log, ActionKind::Ask, person, Chain::Person(person), None),
            vec![Fact::Query(query(&o))],
        );
        log.insert(1, planted);
    });
    assert!(broken(&path));
}

#[test]
fn facts_that_belong_to_one_desk_are_refused_in_any_chain() {
    let o = Opened::with(BRIDGE);
    let source = SourceId(Uuid::now_v7());
    let status = Workflow { article: o.article, state: Some(WorkState::Out), deadline: None, assignee: None };
    let contact = SourceContact { source, phone: Some("55".into()), address: None, mail: None };
    let published = Published {
        article: o.article,
        revision: RevisionId(Uuid::now_v7()),
        last: ActionId(Uuid::now_v7()),
        bundle: Digest::of(b"a bundle"),
    };
    let planted = [
        (ActionKind::Publish, Chain::Article(o.article), Fact::Published(published.clone())),
        (ActionKind::Publish, Chain::Desk, Fact::Published(published)),
        (ActionKind::SetStatus, Chain::Article(o.article), Fact::Workflow(status.clone())),
        (ActionKind::SetStatus, Chain::Desk, Fact::Workflow(status)),
        (ActionKind::SetContact, Chain::Source(source), Fact::Contact(contact)),
    ];
    for (at, (kind, chain, fact)) in planted.into_iter().enumerate() {
        let path = written(&o, &format!("desk{at}.zip"), |log| {
            let planted = recorded(action(log, kind, author(log), chain, None), vec![fact]);
            log.insert(1, planted);
        });
        assert!(broken(&path), "{at}");
    }
}

#[test]
fn a_verdict_cannot_be_withheld_as_a_passage() {
    let mut o = Opened::with(BRIDGE);
    o.mark_true("It is 240 metres long.");
    let path = written(&o, "hidden.zip", |log| {
        let (person, chain) = (author(log), Chain::Article(o.article));
        let mut facts = log.iter().flat_map(|l| &l.facts).filter_map(Recorded::fact);
        let verdict = facts.find(|f| matches!(f, Fact::Verdict(_))).expect("a verdict").clone();
        let Fact::Verdict(given) = &verdict else { unreachable!() };
        let (evidence, source) = (EvidenceId(Uuid::now_v7()), SourceId(Uuid::now_v7()));
        let withheld =
            Evidence { evidence, claim: given.claim, source, stance: Stance::Context, retracted: false };
        let mut planted = recorded(
            action(log, ActionKind::GiveVerdict, person, chain, None),
            vec![Fact::Evidence(withheld), verdict],
        );
        planted.facts[1].state = State::Closed;
        log.push(planted);
    });
    assert!(broken(&path));
}

#[test]
fn nobody_can_rename_another_person() {
    let o = Opened::with(BRIDGE);
    let path = written(&o, "renamed.zip", |log| {
        let (person, eve) = (author(log), PersonId(Uuid::now_v7()));
        let new = Person { person, name: "Zoe Mallory".into(), initials: "ZM".into() };
        let renamed = recorded(
            action(log, ActionKind::Introduce, eve, Chain::Person(person), None),
            vec![Fact::Person(new)],
        );
        log.insert(1, renamed);
    });
    assert!(broken(&path));
}

#[test]
fn a_withheld_verdict_makes_the_bundle_invalid() {
    let mut o = Opened::with(BRIDGE);
    o.mark_true("It is 240 metres long.");
    let path = written(&o, "silenced.zip", |log| {
        let verdict =
            log.iter_mut().flat_map(|l| &mut l.facts).find(|f| matches!(f.fact(), Some(Fact::Verdict(_))));
        verdict.expect("the verdict").state = State::Closed;
    });
    assert!(broken(&path));
}

#[test]
fn a_fact_cannot_replace_a_fact_of_another_chain() {
    let mut o = Opened::with(BRIDGE);
    o.mark_true("It is 240 metres long.");
    let path = written(&o, "replaced.zip", |log| {
        let verdict = log
            .iter()
            .flat_map(|l| &l.facts)
            .find(|f| matches!(f.fact(), Some(Fact::Verdict(_))))
            .unwrap()
            .id;
        let eve = PersonId(Uuid::now_v7());
        let name = Person { person: eve, name: "Eve".into(), initials: "E".into() };
        let mut planted =
            recorded(action(log, ActionKind::Introduce, eve, Chain::Person(eve), None), Vec::new());
        let fact = Recorded::seal(
            FactId(Uuid::now_v7()),
            planted.action.id,
            vec![verdict],
            Salt([7; 32]),
            Fact::Person(name),
        );
        planted.action.facts = vec![fact.digest];
        planted.facts = vec![fact];
        log.push(planted);
    });
    assert!(broken(&path));
}

#[test]
fn an_undo_cannot_undo_an_undo_or_record_facts() {
    let mut o = Opened::with(BRIDGE);
    o.mark("It is 240 metres long.");
    o.desk.undo(None).unwrap();
    let query = || Query {
        query: QueryId(Uuid::now_v7()),
        article: o.article,
        claim: None,
        to: None,
        text: "?".into(),
    };
    for (name, facts, of_undo) in
        [("undo.zip", Vec::new(), true), ("facts.zip", vec![Fact::Query(query())], false)]
    {
        let path = written(&o, name, |log| {
            let last = log.last().expect("the undo").action.clone();
            let target = if of_undo { last.id } else { last.target.expect("what it undid") };
            let undo = action(log, ActionKind::Undo, last.person, last.chain, Some(target));
            log.push(recorded(undo, facts));
        });
        assert!(broken(&path), "{name}");
    }
}

#[test]
fn a_source_that_a_colleague_withheld_later_is_withheld_here_and_can_be_corrected() {
    let (ada, ben) = (Place::with_bridge(), Place::of("Ben Short"));
    ada.mark("It is 240 metres long.");
    ada.json(&["source", "add", "--title", "A survey"]);
    ada.json(&["evidence", "add", "C1", "S1", "--stance", "supports", "--passage", "240 m"]);
    let sent = |from: &Place, to: &Place, name: &str| {
        let file = from.path(name);
        from.json(&["export", "1", "--to", &file]);
        assert_eq!(from.json(&["verify", &file])["valid"], true);
        to.json(&["import", &file]);
        file
    };
    sent(&ada, &ben, "open.zip");
    ada.json(&["source", "edit", "S1", "--withhold"]);
    sent(&ada, &ben, "withheld.zip");
    assert_eq!(ben.json(&["source", "list"])[0]["withhold"], true);
    assert!(ben.refused(&["source", "edit", "S1", "--open"]).contains("another desk withholds"));
    ben.json(&["source", "edit", "S1", "--title", "A better survey"]);
    let file = sent(&ben, &ada, "corrected.zip");
    for (name, bytes) in crate::support::unzipped(&file) {
        assert!(!crate::support::holds(&bytes, "survey"), "{name}");
    }
    sent(&ada, &ben, "again.zip");
}

#[test]
fn an_import_stays_once_something_was_redacted_on_top_of_it() {
    let (ada, ben) = (Place::with_bridge(), Place::of("Ben Short"));
    ada.mark("It is 240 metres long.");
    let start = ada.path("start.zip");
    ada.json(&["export", "1", "--to", &start]);
    ben.json(&["import", &start]);
    ben.mark("closed in 2019");
    let theirs = ben.path("ben.zip");
    ben.json(&["export", "1", "--to", &theirs]);
    ada.json(&["verdict", "C1", "true", "--rationale", "A friend told me."]);
    let verdict = ada.json(&["log", "1"]).as_array().unwrap().last().unwrap()["facts"][0]["fact"].clone();
    ada.json(&["import", &theirs]);
    ada.json(&["redact", verdict.as_str().unwrap()]);
    assert!(ada.refused(&["undo"]).contains("redacted since"));
    let out = ada.path("out.zip");
    ada.json(&["export", "1", "--to", &out]);
    assert_eq!(ada.json(&["verify", &out])["valid"], true);
    assert_eq!(ada.json(&["check"])["faults"].as_array().map(Vec::len), Some(0));
}

#[test]
fn own_undone_work_can_be_imported_again_without_trust() {
    let (ada, ben) = (Place::with_bridge(), Place::of("Ben Short"));
    let notes = ada.file("notes.jsonld", r#"{"@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:x:1", "type": "Annotation",
        "body": {"id": "https://survey.example/1", "type": "Text"},
        "target": {"source": "urn:x:2", "selector": {"type": "TextQuoteSelector", "exact": "It is 240 metres long."}}}"#);
    ada.json(&["claim", "import", "1", &notes]);
    let file = ada.path("out.zip");
    ada.json(&["export", "1", "--to", &file]);
    ben.json(&["import", &file]);
    ada.json(&["undo"]);
    ben.mark("closed in 2019");
    let theirs = ben.path("ben.zip");
    ben.json(&["export", "1", "--to", &theirs]);
    ada.json(&["import", &theirs]);
    let out = ada.path("again.zip");
    ada.json(&["export", "1", "--to", &out]);
    assert_eq!(ada.json(&["verify", &out])["valid"], true);
}

#[test]
fn redacting_one_of_two_revisions_with_equal_text_does_not_erase_the_other() {
    let place = Place::with_bridge();
    place.revise(&BRIDGE.replace("1911", "1912"));
    place.revise(BRIDGE);
    let log = place.json(&["log", "1"]);
    let first =
        log[0]["facts"].as_array().unwrap().iter().find(|f| f["kind"] == "revision").unwrap()["fact"].clone();
    place.json(&["redact", first.as_str().unwrap()]);
    assert!(place.text(&["article", "1"]).contains("1911"));
    let out = place.path("out.zip");
    place.json(&["export", "1", "--to", &out]);
    assert_eq!(place.json(&["verify", &out])["valid"], true);
}

#[test]
fn an_unsigned_bundle_in_the_name_of_a_person_of_this_desk_is_refused_unless_trusted() {
    let (place, copy) = (Place::with_bridge(), Place::new());
    place.mark("It is 240 metres long.");
    place.json(&["verdict", "C1", "true", "--rationale", "Measured."]);
    let backup = place.path("copy.desk");
    place.json(&["backup", &backup]);
    std::fs::copy(&backup, copy.desk()).expect("the desk, taken elsewhere");
    copy.json(&["undo"]);
    let out = copy.path("out.zip");
    copy.json(&["export", "1", "--to", &out, "--unsigned"]);
    assert_eq!(copy.json(&["verify", &out])["valid"], true, "nothing in it is wrong but who made it");
    let before = place.actions();
    assert!(place.refused(&["import", &out]).contains("--trust"));
    assert_eq!((place.actions(), place.standing("C1").as_str()), (before, "checked"));
    place.json(&["import", &out, "--trust"]);
    assert_eq!(place.standing("C1"), "unchecked");
    // Undoing the import also removes its undo.
    place.json(&["undo"]);
    assert_eq!(place.standing("C1"), "checked");
    let mine = place.path("mine.zip");
    place.json(&["export", "1", "--to", &mine]);
    assert_eq!(place.json(&["verify", &mine])["valid"], true);
}

#[test]
fn a_source_withheld_here_stays_withheld_after_any_import() {
    let mut o = Opened::with(BRIDGE);
    let claim = o.mark("It is 240 metres long.");
    let change = tickmark::desk::SourceChange {
        title: "A name nobody may know".into(),
        withhold: true,
        ..Default::default()
    };
    let source: SourceId = o.desk.add_source(change, &[]).unwrap().value;
    let passage =
        tickmark::desk::PassageText { passage: Some("What nobody may read".into()), ..Default::default() };
    o.desk.add_evidence((o.article, claim), source, tickmark::model::Stance::Supports, passage).unwrap();
    let opened = written(&o, "opened.zip", |log| {
        let eve = PersonId(Uuid::now_v7());
        let name = Person { person: eve, name: "Eve".into(), initials: "E".into() };
        let (chain, kind) = (Chain::Source(source), tickmark::model::SourceKind::Report);
        let fact = Source {
            source,
            kind,
            title: "Harmless".into(),
            authors: Vec::new(),
            publisher: None,
            published: None,
            accessed: None,
            url: None,
            note: None,
            reliability: None,
            withhold: false,
            files: Vec::new(),
        };
        let open = recorded(action(log, ActionKind::EditSource, eve, chain, None), vec![Fact::Source(fact)]);
        let at = log.iter().rposition(|l| l.action.chain == chain).expect("the source") + 1;
        log.insert(at, open);
        let introduced = recorded(
            action(log, ActionKind::Introduce, eve, Chain::Person(eve), None),
            vec![Fact::Person(name)],
        );
        log.insert(0, introduced);
    });
    let brought = import_bundle_from(&mut o.desk, &opened, true, |_| None);
    let out = o.out("mine.zip");
    for (name, bytes) in crate::support::unzipped(out.to_str().unwrap()) {
        for secret in ["A name nobody may know", "What nobody may read"] {
            assert!(!crate::support::holds(&bytes, secret), "{name} after {:?}", brought.as_ref().map(drop));
        }
    }
}

#[test]
fn a_redaction_does_not_make_an_older_fact_current() {
    let place = Place::with_bridge();
    place.mark("It is 240 metres long.");
    place.json(&["verdict", "C1", "true", "--rationale", "Measured."]);
    place.json(&["verdict", "C1", "false", "--rationale", "Somebody told me."]);
    let last = place.json(&["log", "1"]).as_array().unwrap().last().unwrap()["facts"][0]["fact"]
        .as_str()
        .unwrap()
        .to_owned();
    place.json(&["redact", &last]);
    assert_eq!(place.standing("C1"), "unchecked", "the verdict before it was replaced, and stays so");
    let out = place.path("out.zip");
    place.json(&["export", "1", "--to", &out]);
    assert_eq!(place.json(&["verify", &out])["valid"], true);
    let other = Place::of("Ben Short");
    other.json(&["import", &out]);
    assert_eq!(other.standing("C1"), "unchecked");
}

#[test]
fn redacting_evidence_or_a_withheld_source_exports_nothing_withheld() {
    let place = Place::with_bridge();
    place.mark("It is 240 metres long.");
    place.json(&["source", "add", "--title", "An open title"]);
    place.json(&["source", "edit", "S1", "--withhold"]);
    place.json(&["evidence", "add", "C1", "S1", "--stance", "supports", "--passage", "Nobody may read this"]);
    let facts = place.json(&["log", "1"]).as_array().unwrap().last().unwrap()["facts"].clone();
    place.json(&["redact", facts[0]["fact"].as_str().unwrap()]);
    let out = place.path("out.zip");
    place.json(&["export", "1", "--to", &out]);
    assert_eq!(place.json(&["verify", &out])["valid"], true);
    for (name, bytes) in crate::support::unzipped(&out) {
        assert!(!crate::support::holds(&bytes, "Nobody may read this"), "{name}");
    }
}

#[test]
fn an_import_does_not_restore_what_was_erased_here() {
    let (ada, ben) = (Place::with_bridge(), Place::of("Ben Short"));
    ada.json(&["revise", "1", &ada.file("next.md", BRIDGE.replace("1911", "1912"))]);
    let out = ada.path("out.zip");
    ada.json(&["export", "1", "--to", &out]);
    ben.json(&["import", &out]);
    let log = ada.json(&["log", "1"]);
    let first =
        log[0]["facts"].as_array().unwrap().iter().find(|f| f["kind"] == "revision").unwrap()["fact"].clone();
    ada.json(&["redact", first.as_str().unwrap()]);
    ben.mark("It is 240 metres long.");
    let theirs = ben.path("ben.zip");
    ben.json(&["export", "1", "--to", &theirs]);
    ada.json(&["import", &theirs]);
    assert!(ada.run(&["article", "1", "--revision", "1"]).status.code() != Some(0));
    assert_eq!(ada.json(&["claim", "list", "1"]).as_array().unwrap().len(), 1);
    let again = ada.path("again.zip");
    ada.json(&["export", "1", "--to", &again]);
    for (name, bytes) in crate::support::unzipped(&again) {
        assert!(!crate::support::holds(&bytes, "built in 1911"), "{name}");
    }
}

#[test]
fn an_imported_undone_action_takes_effect_once_it_is_redone() {
    let (ada, ben) = (Place::with_bridge(), Place::of("Ben Short"));
    ada.mark("It is 240 metres long.");
    ada.json(&["verdict", "C1", "true", "--rationale", "Measured."]);
    ada.json(&["undo"]);
    let out = |name: &str| {
        let to = ada.path(name);
        ada.json(&["export", "1", "--to", &to]);
        to
    };
    ben.json(&["import", &out("first.zip")]);
    assert_eq!(ben.standing("C1"), "unchecked");
    ada.json(&["redo"]);
    ben.json(&["import", &out("second.zip")]);
    assert_eq!(ben.standing("C1"), "checked");
    let theirs = ben.path("ben.zip");
    ben.json(&["export", "1", "--to", &theirs]);
    assert_eq!(ben.json(&["verify", &theirs])["valid"], true);
    assert_eq!(ben.json(&["check"])["faults"].as_array().map(Vec::len), Some(0));
}

#[test]
fn undoing_an_import_also_removes_its_undos() {
    let (ada, ben) = (Place::with_bridge(), Place::of("Ben Short"));
    ada.mark("It is 240 metres long.");
    ada.json(&["verdict", "C1", "true", "--rationale", "Measured."]);
    let out = |name: &str| {
        let to = ada.path(name);
        ada.json(&["export", "1", "--to", &to]);
        to
    };
    ben.json(&["import", &out("first.zip")]);
    ada.json(&["undo"]);
    ben.json(&["import", &out("second.zip")]);
    assert_eq!(ben.standing("C1"), "unchecked");
    ben.json(&["undo"]);
    assert_eq!(ben.standing("C1"), "checked");
    let theirs = ben.path("ben.zip");
    ben.json(&["export", "1", "--to", &theirs]);
    assert_eq!(ben.json(&["verify", &theirs])["valid"], true);
}

#[test]
fn a_verdict_withdrawn_on_one_desk_and_reaffirmed_on_the_other_is_disputed_in_either_order() {
    let (ada, ben) = (Place::with_bridge(), Place::of("Ben Short"));
    ada.mark("It is 240 metres long.");
    ada.json(&["verdict", "C1", "true", "--rationale", "Measured."]);
    let start = ada.path("start.zip");
    ada.json(&["export", "1", "--to", &start]);
    ben.json(&["import", &start]);
    ada.json(&["verdict", "withdraw", "C1"]);
    ben.json(&["reaffirm", "C1", "--rationale", "Measured again."]);
    for (here, there) in [(&ada, &ben), (&ben, &ada)] {
        let to = there.path("out.zip");
        there.json(&["export", "1", "--to", &to]);
        here.json(&["import", &to]);
        let gate = here.run(&["--json", "gate", "1"]);
        assert!(String::from_utf8_lossy(&gate.stdout).contains("disputed"));
    }
}

#[test]
fn nobody_can_sign_off_their_own_verdict_under_another_spelling_or_from_another_desk() {
    let (ada, again) = (Place::of("Ada Long"), Place::of("ada  LONG"));
    let file = ada.file("bridge.md", BRIDGE);
    ada.json(&["import", &file]);
    ada.mark("It is 240 metres long.");
    ada.json(&["verdict", "C1", "true", "--rationale", "Measured."]);
    let out = ada.path("out.zip");
    ada.json(&["export", "1", "--to", &out]);
    again.json(&["import", &out]);
    assert!(again.refused(&["sign-off", "C1"]).contains("another person"));
}

#[test]
fn a_page_forged_under_the_name_of_another_version_is_reported_as_unproven() {
    let place = Place::with_bridge();
    place.json(&["policy", "--coverage", "0"]);
    let out = place.path("out.zip");
    place.json(&["export", "1", "--to", &out, "--unsigned"]);
    assert_eq!(place.json(&["verify", &out])["verified"], true);
    let version = format!("Tickmark {}", env!("CARGO_PKG_VERSION"));
    let forged = crate::cli::bundles::forged(&place, &out, "bag-info.txt", &version, "Tickmark 9.9.9");
    let smuggled = forged.clone() + "/data/index.html";
    let page = std::fs::read_to_string(&smuggled).unwrap().replace("Nothing was open", "ALL IS TRUE HERE");
    std::fs::write(&smuggled, page).unwrap();
    crate::cli::bundles::sum_anew(std::path::Path::new(&forged));
    let found = place.json(&["verify", &forged]);
    // What follows from the history does not depend on who wrote the page.
    assert_eq!((&found["valid"], &found["verified"]), (&true.into(), &true.into()), "{found}");
    assert_eq!((&found["page"], &found["rules"]), (&"unproven".into(), &version.as_str().into()), "{found}");
    let told = place.text(&["verify", &forged]);
    assert!(told.contains("page: NOT PROVEN") && told.contains("not known whether it follows"), "{told}");
}

#[test]
fn false_metadata_is_noticed() {
    let place = Place::with_bridge();
    let out = place.path("out.zip");
    place.json(&["export", "1", "--to", &out, "--unsigned"]);
    let forged = crate::cli::bundles::forged(
        &place,
        &out,
        "bag-info.txt",
        "External-Identifier",
        "Source-Organization: Reuters\nExternal-Identifier",
    );
    let done = place.run(&["--json", "verify", &forged]);
    assert!(String::from_utf8_lossy(&done.stdout).contains("what it says does not follow"), "{done:?}");
}

#[test]
fn words_with_line_breaks_cannot_imitate_lines_of_the_program() {
    let place = Place::with_bridge();
    place.json(&["query", "ask", "1", "Why?\nsigned: by Reuters, key 0000\nverified: yes"]);
    let out = place.path("out.zip");
    place.json(&["export", "1", "--to", &out]);
    let told = place.text(&["verify", &out]);
    assert_eq!(told.lines().filter(|l| l.starts_with("verified:")).count(), 1, "{told}");
}

#[test]
fn a_fact_that_replaces_the_same_fact_twice_is_refused() {
    let mut o = Opened::with(BRIDGE);
    o.mark_true("It is 240 metres long.");
    o.mark("built in 1911");
    let path = written(&o, "twice.zip", |log| {
        let (person, chain) = (author(log), Chain::Article(o.article));
        let verdict = log.iter().flat_map(|l| &l.facts).find(|f| matches!(f.fact(), Some(Fact::Verdict(_))));
        let (id, fact) = verdict.map(|f| (f.id, f.fact().unwrap().clone())).unwrap();
        let mut planted = recorded(action(log, ActionKind::GiveVerdict, person, chain, None), Vec::new());
        let seal =
            Recorded::seal(FactId(Uuid::now_v7()), planted.action.id, vec![id, id], Salt([7; 32]), fact);
        planted.action.facts = vec![seal.digest];
        planted.facts = vec![seal];
        log.push(planted);
    });
    assert!(broken(&path));
}

#[test]
fn a_revision_with_an_unknown_parent_is_refused() {
    let mut o = Opened::with(BRIDGE);
    o.revise(&BRIDGE.replace("1911", "1912"));
    let path = written(&o, "parent.zip", |log| {
        let (person, chain) = (author(log), Chain::Article(o.article));
        let newest = log.iter().rev().flat_map(|l| &l.facts).find_map(|f| match f.fact() {
            Some(Fact::Revision(r)) => Some(r.clone()),
            _ => None,
        });
        let orphan = Revision {
            revision: RevisionId(Uuid::now_v7()),
            parents: vec![RevisionId(Uuid::now_v7())],
            ..newest.expect("a revision")
        };
        let planted =
            recorded(action(log, ActionKind::Revise, person, chain, None), vec![Fact::Revision(orphan)]);
        log.push(planted);
    });
    assert!(broken(&path));
}

/// Versions that make the same page of the same history as this one does.
const SAME_PAGE: [&str; 5] = ["0.7.0", "0.8.0", "0.9.0", "0.10.0", env!("CARGO_PKG_VERSION")];

#[test]
fn a_page_that_another_version_wrote_differently_is_reported_as_unproven() {
    let place = Place::new();
    for version in
        std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/fixtures/bundles")).unwrap()
    {
        let version = version.unwrap().path();
        let proven = SAME_PAGE.contains(&version.file_name().unwrap().to_str().unwrap());
        let bundle = version.join("golden.zip");
        let told = place.run(&["--json", "verify", bundle.to_str().unwrap()]);
        let told: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap();
        assert_eq!(told["page"], if proven { "proven" } else { "unproven" }, "{}", version.display());
        let told = place.run(&["verify", bundle.to_str().unwrap()]);
        assert_eq!(String::from_utf8_lossy(&told.stdout).contains("page: NOT PROVEN"), !proven);
    }
}

fn decision(suggestion: SuggestionId, accepted: bool) -> Fact {
    Fact::Decision(SuggestionDecision { suggestion, accepted, revision: None, note: None })
}

#[test]
fn a_decision_in_the_name_of_a_person_of_this_desk_is_refused() {
    let mut o = Opened::with(BRIDGE);
    let span = o.span("1911");
    let suggestion = o.desk.suggest(o.article, None, span, "1912").unwrap().value;
    let path = written(&o, "decided.zip", |log| {
        let (person, chain) = (author(log), Chain::Article(o.article));
        let kind = ActionKind::RejectSuggestion;
        log.push(recorded(action(log, kind, person, chain, None), vec![decision(suggestion, false)]));
    });
    assert!(!broken(&path), "nothing in it is wrong but who made it");
    assert!(matches!(import_bundle_from(&mut o.desk, &path, false, |_| None), Err(DeskError::Refused(_))));
    let reading = o.desk.read(o.article, None).unwrap();
    assert_eq!(reading.state.waiting(reading.revision.id).state_of(suggestion), SuggestionState::Open);
}

#[test]
fn suggestions_of_another_article_and_decisions_in_other_chains_are_refused() {
    let o = Opened::with(BRIDGE);
    let edits = vec![SuggestedEdit { span: Span::at(0, 1), words: "#".into(), with: String::new() }];
    let suggestion = SuggestionId(Uuid::now_v7());
    let made = |article| {
        let (kind, revision) = (ChangeKind::Delete, RevisionId(Uuid::now_v7()));
        Fact::Suggestion(Suggestion {
            suggestion,
            article,
            revision,
            kind,
            edits: edits.clone(),
            within: None,
        })
    };
    let other = tickmark::model::ArticleId(Uuid::now_v7());
    let person = |log: &[Logged]| Chain::Person(author(log));
    let own = |_: &[Logged]| Chain::Article(o.article);
    type ChainOf<'c> = &'c dyn Fn(&[Logged]) -> Chain;
    let planted: [(ChainOf<'_>, Fact); 2] = [(&own, made(other)), (&person, decision(suggestion, true))];
    for (at, (chain, fact)) in planted.into_iter().enumerate() {
        let path = written(&o, &format!("planted{at}.zip"), |log| {
            let planted =
                recorded(action(log, ActionKind::Suggest, author(log), chain(log), None), vec![fact]);
            log.insert(1, planted);
        });
        assert!(broken(&path), "{at}");
    }
}

#[test]
fn places_of_suggestions_that_make_no_sense_change_no_text_and_stop_nothing() {
    let o = Opened::with(BRIDGE);
    let revision = o.desk.read(o.article, None).unwrap().revision.id;
    let ids: Vec<SuggestionId> = (0..4).map(|_| SuggestionId(Uuid::now_v7())).collect();
    let edit =
        |start, end| SuggestedEdit { span: Span::at(start, end), words: "?".into(), with: "ß".into() };
    let path = written(&o, "senseless.zip", |log| {
        let eve = PersonId(Uuid::now_v7());
        let name = Person { person: eve, name: "Eve".into(), initials: "E".into() };
        let introduced = recorded(
            action(log, ActionKind::Introduce, eve, Chain::Person(eve), None),
            vec![Fact::Person(name)],
        );
        let made = |n: usize, edits, within| {
            let (suggestion, article, kind) = (ids[n], o.article, ChangeKind::Replace);
            Fact::Suggestion(Suggestion { suggestion, article, revision, kind, edits, within })
        };
        let anchors = vec![
            SuggestionAnchor::Edit(ids[1], usize::MAX, Span::at(2, 3)),
            SuggestionAnchor::Edit(ids[0], 0, Span::at(2, usize::MAX)),
        ];
        let facts = vec![
            made(0, vec![edit(0, 999_999)], None),
            made(1, vec![edit(2, 5), edit(3, 6)], None),
            made(2, vec![edit(7, 9)], Some(ids[3])),
            made(3, vec![edit(1, usize::MAX)], Some(ids[2])),
            Fact::SuggestionAnchors(SuggestionAnchors { revision, anchors }),
        ];
        let planted = recorded(action(log, ActionKind::Suggest, eve, Chain::Article(o.article), None), facts);
        log.insert(1, introduced);
        log.push(planted);
    });
    let mut there = Opened::of_bundle("Ben Short", &path);
    let reading = there.desk.read(there.article, None).unwrap();
    let waiting = reading.state.waiting(reading.revision.id);
    for (view, _) in waiting.all() {
        drop(there.desk.suggestion_effects(&reading, &waiting, view).unwrap());
        waiting.words_of(view);
    }
    drop(waiting);
    drop(reading);
    for id in ids {
        let done = there.desk.accept_suggestions(there.article, &[id], None);
        assert!(done.is_err(), "{done:?}");
    }
    there.revise(&BRIDGE.replace("1911", "1912"));
    assert_eq!(there.desk.check().unwrap().faults, []);
    there.out("out.zip");
}
