//! One-line merge cases, and how a desk records a merge. The notation is explained at the top of tests/it/cases/merge.txt;
//! add a line and run the test.

use crate::support::{Opened, Place};
use serde_json::{Value, json};
use tickmark::{
    desk::{DeskError, Merging, Returned, Typed},
    model::RevisionId,
    text::{Conflict, Decision, Piece, merge},
    wire::Session,
};

fn drawn(base: &str, ours: &str, theirs: &str) -> String {
    let conflict = |c: &Conflict| format!("{{{}|{}|{}}}", c.base.words, c.ours.words, c.theirs.words);
    let piece = |p: &Piece| match p {
        Piece::Text(text) => text.clone(),
        Piece::Conflict(c) => conflict(c),
    };
    merge(base, ours, theirs).pieces().iter().map(piece).collect()
}

#[test]
fn texts_merge_as_their_cases_expect() {
    let mut wrong = Vec::new();
    let cases = include_str!("cases/merge.txt").lines().filter(|l| !l.is_empty() && !l.starts_with("# "));
    for line in cases {
        let fields: Vec<String> = line.split(" => ").map(|f| f.replace("\\n", "\n")).collect();
        let [base, ours, theirs, expected] = fields.as_slice() else { panic!("four fields: {line}") };
        let found = drawn(base, ours, theirs);
        if &found != expected {
            wrong.push(format!("{line}\n  found {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const MILL: &str = "# The mill\n\nThe mill opened in 1974. It has 30 rooms. The owner lives in Karsk.\n";

fn merged(
    o: &mut Opened,
    base: RevisionId,
    text: String,
    decision: Option<Decision>,
) -> Result<Merging, DeskError> {
    let returned = Returned { text, base, seen: None, note: None };
    o.desk.merge_returned(o.article, returned, |_| decision.clone())
}

fn revise(o: &mut Opened, text: String) -> RevisionId {
    o.desk.revise(o.article, Typed { text, ..Typed::default() }).expect("a revision").value.revision
}

/// A desk with the article [`MILL`], whose newest revision has more rooms; with its first and newest revisions.
fn with_more_rooms() -> (Opened, RevisionId, RevisionId) {
    let mut o = Opened::with(MILL);
    let first = o.desk.read(o.article, None).unwrap().revision.id;
    let newest = revise(&mut o, MILL.replace("30", "31"));
    (o, first, newest)
}

#[test]
fn a_merge_is_a_revision_with_two_parents_and_one_undo_removes_it() {
    let (mut o, first, newest) = with_more_rooms();
    let claim = o.mark("The mill opened in 1974.");
    let theirs = MILL.replace("Karsk", "Bir");
    let Merging::Merged { done, theirs: came, decided } =
        merged(&mut o, first, theirs.clone(), None).unwrap()
    else {
        panic!("a merge")
    };
    let reading = o.desk.read(o.article, None).unwrap();
    assert_eq!(*reading.text, *MILL.replace("30", "31").replace("Karsk", "Bir"));
    assert_eq!((reading.revision.id, decided), (done.value.revision, 0));
    assert_eq!(reading.revision.revision.parents, [newest, came]);
    let file = o.desk.read(o.article, Some(came)).unwrap();
    assert_eq!((&*file.text, file.revision.revision.parents), (theirs.as_str(), vec![first]));
    assert_eq!(done.value.placements.iter().map(|p| p.claim).collect::<Vec<_>>(), [claim]);
    assert_eq!(o.desk.check().unwrap().faults, []);

    let merged_text = reading.text;
    o.desk.undo(None).unwrap();
    let back = o.desk.read(o.article, None).unwrap();
    assert_eq!((back.revision.id, back.state.revisions.len()), (newest, 2));
    let draft = o.desk.draft(o.article).unwrap().expect("the merged words");
    assert_eq!((draft.base, draft.text.as_str()), (newest, &*merged_text));
    o.desk.redo(None).unwrap();
    assert_eq!(o.desk.read(o.article, None).unwrap().text, merged_text);
    assert!(o.desk.draft(o.article).unwrap().is_none());
}

#[test]
fn an_undecided_conflict_records_nothing_and_a_decision_resolves_it() {
    let (mut o, first, newest) = with_more_rooms();
    let theirs = MILL.replace("30", "29");
    let before = o.desk.seq().unwrap();
    let Merging::Open(open) = merged(&mut o, first, theirs.clone(), None).unwrap() else {
        panic!("a conflict")
    };
    let found: Vec<_> =
        open.merge.conflicts().map(|c| (c.ours.words.as_str(), c.theirs.words.as_str())).collect();
    assert_eq!(found, [("It has 31 rooms.", "It has 29 rooms.")]);
    assert_eq!(o.desk.seq().unwrap(), before);
    let own = Decision::Words("It has between 29 and 31 rooms.".into());
    let Merging::Merged { decided, .. } = merged(&mut o, first, theirs, Some(own)).unwrap() else {
        panic!("a merge")
    };
    assert_eq!(decided, 1);
    assert_eq!(o.text(), MILL.replace("30", "between 29 and 31"));
    assert_ne!(o.desk.read(o.article, None).unwrap().revision.id, newest);
}

#[test]
fn a_verdict_is_out_of_date_if_the_merge_changes_its_words() {
    let (mut o, first, _) = with_more_rooms();
    let claim = o.mark("The mill opened in 1974.");
    o.desk.give_verdict((o.article, claim), "true", None, "The register says so.").unwrap();
    let Merging::Merged { done, .. } = merged(&mut o, first, MILL.replace("1974", "1976"), None).unwrap()
    else {
        panic!("a merge")
    };
    assert_eq!(done.value.placements[0].standing.as_str(), "stale");
}

#[test]
fn a_file_without_changes_is_refused_and_one_on_the_newest_is_a_plain_revision() {
    let (mut o, first, newest) = with_more_rooms();
    let same = merged(&mut o, first, MILL.to_owned(), None);
    assert!(matches!(same, Err(DeskError::NoChange(_))), "{same:?}");
    let plain = merged(&mut o, newest, MILL.replace("30", "33"), None).unwrap();
    assert!(matches!(plain, Merging::Revised(_)), "{plain:?}");
    assert_eq!(o.desk.read(o.article, None).unwrap().revision.revision.parents, [newest]);
}

#[test]
fn a_merge_is_refused_if_somebody_saved_a_revision_meanwhile() {
    let (mut o, first, newest) = with_more_rooms();
    revise(&mut o, MILL.replace("30", "32"));
    let returned =
        Returned { text: MILL.replace("Karsk", "Bir"), base: first, seen: Some(newest), note: None };
    let refused = o.desk.merge_returned(o.article, returned, |_| None);
    assert!(matches!(refused, Err(DeskError::RevisedElsewhere { newest: 3, base: 2 })), "{refused:?}");
}

#[test]
fn a_merge_is_exported_and_imported_with_both_parents() {
    let place = Place::new();
    place.json(&["import", &place.file("mill.md", MILL)]);
    place.mark("The mill opened in 1974.");
    place.revise(&MILL.replace("30", "31"));
    let file = place.file("back.md", MILL.replace("Karsk", "Bir"));
    let told = place.json(&["revise", "1", &file, "--base", "1", "--note", "Back from the writer"]);
    assert_eq!((&told["merged"], &told["revision"], &told["theirs"]), (&json!(true), &json!(4), &json!(3)));
    assert_eq!(told["placements"][0]["placement"], "kept");
    let revisions = place.json(&["revisions", "1"]);
    assert_eq!(revisions[3]["parents"], json!([2, 3]));
    assert_eq!(revisions[3]["words"], json!({ "inserted": 1, "deleted": 1, "moved": 0 }));

    let bundle = place.path("out.zip");
    place.text(&["export", "1", "--to", &bundle]);
    assert_eq!(place.json(&["verify", &bundle])["valid"], true);
    let other = Place::new();
    other.json(&["import", &bundle]);
    assert_eq!(other.json(&["revisions", "1"])[3]["parents"], json!([2, 3]));
    assert_eq!(other.text(&["article", "1"]), place.text(&["article", "1"]));
    assert_eq!(other.json(&["check"])["faults"], json!([]));
}

#[test]
fn the_command_line_lists_conflicts_and_takes_the_given_side() {
    let place = Place::new();
    place.json(&["import", &place.file("mill.md", MILL)]);
    place.revise(&MILL.replace("1974", "1976"));
    let (file, before) = (place.file("back.md", MILL.replace("1974", "1979")), place.actions());
    let done = place.run(&["--json", "revise", "1", &file, "--base", "1"]);
    assert_eq!(done.status.code(), Some(1), "{done:?}");
    let told: Value = serde_json::from_slice(&done.stdout).unwrap();
    let conflict = json!({ "base": "The mill opened in 1974.", "ours": "The mill opened in 1976.", "theirs": "The mill opened in 1979." });
    assert_eq!(told["conflicts"], json!([conflict]));
    assert!(String::from_utf8_lossy(&done.stderr).contains("--take ours"), "{done:?}");
    assert_eq!(place.actions(), before);
    let told = place.json(&["revise", "1", &file, "--base", "1", "--take", "theirs"]);
    assert_eq!((&told["merged"], &told["decided"]), (&json!(true), &json!(1)));
    assert!(place.text(&["article", "1"]).contains("opened in 1979. It has"));
}

#[test]
fn the_window_proposes_a_merge_and_saves_it_as_decided() {
    let (o, first, newest) = with_more_rooms();
    let session = Session::over(o.beside());
    let (article, theirs) =
        (o.article.to_string(), MILL.replace("30", "29").replace("# The mill", "# The 👩‍👩‍👧 mill"));
    let ask = json!({ "article": article, "base": first.to_string(), "text": theirs });
    let view = session.call("merge.propose", ask).unwrap();
    let conflict = view["pieces"].as_array().unwrap().iter().find_map(|p| p["conflict"].as_object()).unwrap();
    let (start, end) = (theirs.find("It has").unwrap(), theirs.find(" The owner").unwrap());
    let units = |at: usize| theirs[..at].encode_utf16().count();
    assert_eq!(conflict["theirs"]["span"], json!({ "start": units(start), "end": units(end) }));
    assert_eq!(view["conflicts"], 1);

    let save = |decisions: Value| {
        json!({ "article": article, "base": first.to_string(), "newest": newest.to_string(), "text": theirs,
            "decisions": decisions, "note": null })
    };
    assert_eq!(session.call("merge.save", save(json!([]))).unwrap_err().code, "conflicts");
    let saved = session.call("merge.save", save(json!([{ "take": "ours", "words": null }]))).unwrap();
    assert_eq!(saved["revision"]["number"], 4);
    assert_eq!(o.text(), MILL.replace("30", "31").replace("# The mill", "# The 👩‍👩‍👧 mill"));
}
