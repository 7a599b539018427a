//! Coverage, sign-offs, and the gate.

use crate::support::{BRIDGE, Place};
use serde_json::{Value, json};
use std::process::Output;

fn as_bob(place: &Place, args: &[&str]) -> Output {
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_tickmark"));
    let program = program.args(["--json", "--as", "Bob Short", "--desk"]).arg(place.desk());
    program.args(args).output().expect("the program runs")
}

fn did(done: Output) -> Value {
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_slice(&done.stdout).expect("JSON")
}

/// The cover of the sentence with these words.
fn cover(place: &Place, words: &str) -> String {
    let found = place.json(&["coverage", "1"]);
    let sentence = found["sentences"].as_array().unwrap().iter().find(|s| said(s).contains(words)).cloned();
    sentence.expect("the sentence")["cover"].as_str().unwrap().to_owned()
}

fn said(sentence: &Value) -> &str {
    sentence["words"].as_str().unwrap()
}

fn open(place: &Place) -> Vec<String> {
    let done = place.run(&["--json", "gate", "1"]);
    let gate: Value = serde_json::from_slice(&done.stdout).expect("JSON");
    assert_eq!(done.status.code(), Some(if gate["passed"] == true { 0 } else { 1 }));
    gate["open"].as_array().unwrap().iter().map(|o| o["kind"].as_str().unwrap().to_owned()).collect()
}

/// C1 on the length, with evidence and a verdict by Ada.
fn checked(place: &Place) {
    place.mark("It is 240 metres long.");
    place.json(&["source", "add", "--title", "Survey of bridges"]);
    place.json(&["evidence", "add", "C1", "S1", "--stance", "supports", "--passage", "240 m"]);
    place.json(&["verdict", "C1", "true", "--rationale", "Measured"]);
}

#[test]
fn a_sentence_is_checked_if_verdicts_hold_on_all_its_details() {
    let place = Place::with_bridge();
    assert_eq!(cover(&place, "1911"), "open");
    place.mark("in 2019");
    place.json(&["verdict", "C1", "true", "--rationale", "Seen"]);
    assert_eq!(cover(&place, "2019"), "open", "most of its words are under no claim");
    place.json(&["claim", "reattach", "C1", "--quote", "closed in 2019 after a flood"]);
    place.json(&["reaffirm", "C1"]);
    assert_eq!(cover(&place, "2019"), "checked");
    place.mark("The bridge was built");
    place.json(&["verdict", "C2", "true", "--rationale", "Seen"]);
    assert_eq!(cover(&place, "1911"), "open", "the year is not under the claim");
    place.revise(&BRIDGE.replace("2019", "2018"));
    assert_eq!(cover(&place, "2018"), "open", "the verdict is stale");
}

#[test]
fn an_exemption_holds_for_exactly_its_words_anywhere_in_the_text() {
    let place = Place::with_bridge();
    place.json(&["wave", "1", "--quote", "5,000 people", "--note", "Our own count"]);
    assert_eq!(cover(&place, "5,000"), "waved");
    let moved = BRIDGE.replace(" About 5,000 people 👩‍👩‍👧 cross it every day.", "");
    place.revise(&moved.replace(
        "# The bridge at Karsk\n",
        "# The bridge at Karsk\n\nAbout 5,000 people 👩‍👩‍👧 cross it every day.\n",
    ));
    assert_eq!(cover(&place, "5,000"), "waved");
    place.revise(&BRIDGE.replace("5,000", "6,000"));
    assert_eq!(cover(&place, "6,000"), "open");
    place.revise(BRIDGE);
    assert_eq!(cover(&place, "5,000"), "waved");
    place.json(&["wave", "1", "--quote", "5,000 people", "--open-again"]);
    assert_eq!(cover(&place, "5,000"), "open");
    place.json(&["undo"]);
    assert_eq!(cover(&place, "5,000"), "waved");
    place.refused(&["wave", "1", "--quote", "5,000 people"]);
    place.refused(&["wave", "1", "--quote", "1911", "--open-again"]);
}

#[test]
fn nobody_signs_off_their_own_verdict_and_a_sign_off_ends_with_the_verdict() {
    let place = Place::with_bridge();
    checked(&place);
    place.json(&["claim", "edit", "C1", "--risk", "high"]);
    place.json(&["policy", "--coverage", "0"]);
    assert_eq!(open(&place), ["sign_off"]);
    assert!(place.refused(&["sign-off", "C1"]).contains("another person"));
    did(as_bob(&place, &["sign-off", "C1"]));
    assert_eq!(open(&place), [""; 0]);
    assert_eq!(as_bob(&place, &["sign-off", "C1"]).status.code(), Some(2), "twice is once too often");
    place.revise(&BRIDGE.replace("240", "250"));
    assert_eq!(open(&place), ["stale"]);
    assert_eq!(as_bob(&place, &["sign-off", "C1"]).status.code(), Some(2), "it does not hold");
    place.json(&["reaffirm", "C1"]);
    assert_eq!(open(&place), ["sign_off"], "the new verdict was signed off by nobody");
    did(as_bob(&place, &["sign-off", "C1"]));
    did(as_bob(&place, &["sign-off", "C1", "--take-back"]));
    assert_eq!(open(&place), ["sign_off"]);
}

#[test]
fn the_gate_applies_the_requirements_of_the_desk() {
    let place = Place::with_bridge();
    assert_eq!(open(&place), ["coverage"]);
    place.mark("It is 240 metres long.");
    place.json(&["query", "ask", "1", "--text", "Who measured it?"]);
    assert_eq!(open(&place), ["unchecked", "query", "coverage"]);
    place.json(&["verdict", "C1", "true", "--rationale", "Measured"]);
    assert_eq!(open(&place), ["no_evidence", "query", "coverage"]);
    place.json(&["policy", "--coverage", "10", "--evidence", "false", "--queries", "false"]);
    assert_eq!(open(&place), [""; 0]);
    place.json(&["policy", "--second", "all"]);
    assert_eq!(open(&place), ["sign_off"]);
    place.revise("# The bridge at Karsk\n\nIt was built.\n");
    assert_eq!(open(&place), ["orphaned", "coverage"]);
    place.refused(&["policy", "--second", "two"]);
    place.refused(&["policy", "--coverage", "101"]);
}

#[test]
fn a_verified_export_is_written_only_if_the_gate_passes() {
    let place = Place::with_bridge();
    checked(&place);
    let to = place.path("verified.zip");
    let done = place.run(&["--json", "export", "1", "--to", &to, "--verified"]);
    assert_eq!(done.status.code(), Some(1));
    assert!(!std::path::Path::new(&to).exists());
    let said: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!((&said["path"], said["open"][0]["kind"].as_str()), (&Value::Null, Some("coverage")));
    place.json(&["policy", "--coverage", "20"]);
    place.json(&["export", "1", "--to", &to, "--verified"]);
    assert_eq!(place.json(&["verify", &to])["valid"], true);
}

#[test]
fn a_working_bundle_lists_what_is_open_and_a_verified_one_has_nothing_open() {
    let place = Place::with_bridge();
    checked(&place);
    let working = place.path("working.zip");
    place.json(&["export", "1", "--to", &working]);
    let found = place.json(&["verify", &working]);
    assert_eq!((&found["valid"], &found["verified"]), (&Value::Bool(true), &Value::Bool(false)));
    assert_eq!(found["open"][0]["kind"], "coverage");
    assert_eq!(place.run(&["verify", &working, "--require", "verified"]).status.code(), Some(1));
    let (folder, page, info) = inside(&working);
    assert_eq!(folder, "the-bridge-at-karsk-not-verified");
    assert!(page.contains("Not verified") && page.contains("80 % required"), "{page}");
    assert!(info.contains("Tickmark-Verified: no, 1 item is open\n"), "{info}");

    place.json(&["policy", "--coverage", "20"]);
    did(as_bob(&place, &["sign-off", "C1"]));
    let verified = place.path("verified.zip");
    place.json(&["export", "1", "--to", &verified, "--verified"]);
    let found = place.json(&["verify", &verified, "--require", "verified"]);
    assert_eq!(found["verified"], true);
    let (folder, page, info) = inside(&verified);
    assert_eq!(folder, "the-bridge-at-karsk");
    assert!(page.contains("Nothing was open") && page.contains("Signed off by a second person"), "{page}");
    assert!(page.contains("Bob Short"), "{page}");
    assert!(info.contains("Tickmark-Verified: yes\n"), "{info}");
}

#[test]
fn an_orphans_last_words_are_in_the_bundle_and_the_same_after_import() {
    let place = Place::with_bridge();
    place.mark("It is 240 metres long.");
    place.revise("# The bridge at Karsk\n\nIt was built.\n");
    let (to, again) = (place.path("a.zip"), place.path("b.zip"));
    place.json(&["export", "1", "--to", &to, "--unsigned"]);
    assert!(place.text(&["verify", &to]).contains("“It is 240 metres long.” is no longer in the text"));
    let other = Place::new();
    other.json(&["import", &to]);
    other.json(&["export", "1", "--to", &again, "--unsigned"]);
    assert_eq!(
        std::fs::read(to).unwrap(),
        std::fs::read(again).unwrap(),
        "the same desk's words, the same bytes"
    );
}

/// A bundle's top folder, page and `bag-info.txt`.
fn inside(path: &str) -> (String, String, String) {
    let mut zip = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let folder = zip.file_names().next().unwrap().unwrap().split('/').next().unwrap().to_owned();
    let mut read = |name: &str| {
        std::io::read_to_string(zip.by_name(&format!("{folder}/{name}")).unwrap()).expect("UTF-8")
    };
    let (page, info) = (read("data/index.html"), read("bag-info.txt"));
    (folder, page, info)
}

#[test]
fn where_names_are_not_recognised_a_sentence_without_details_counts_as_a_whole() {
    let place = Place::new();
    let file = place.file("article.txt", "وصل كمال إلى المدينة مساء أمس.");
    place.json(&["import", &file, "--as-is"]);
    let found = place.json(&["coverage", "1"]);
    assert_eq!((&found["names_recognised"], &found["sentences"][0]["whole"]), (&json!(false), &json!(true)));
    let told = place.run(&["coverage", "1"]);
    assert!(String::from_utf8_lossy(&told.stdout).contains("Names are not recognised in this language"));
    place.mark("إلى المدينة مساء أمس");
    place.json(&["verdict", "C1", "true", "--rationale", "Seen"]);
    assert_eq!(cover(&place, "كمال"), "open", "two of its words are under no claim");
    place.json(&["claim", "reattach", "C1", "--quote", "وصل كمال إلى المدينة مساء أمس"]);
    place.json(&["reaffirm", "C1"]);
    assert_eq!(cover(&place, "كمال"), "checked");
}

#[test]
fn names_are_recognised_in_a_script_with_capitals() {
    let found = Place::with_bridge().json(&["coverage", "1"]);
    assert_eq!(found["names_recognised"], true);
    assert!(found["sentences"].as_array().unwrap().iter().all(|s| s["whole"] == false));
}

/// The sentences that coverage counts, each with its details.
fn asked(text: &str) -> Vec<(String, Vec<String>)> {
    let place = Place::new();
    let file = place.file("article.md", text);
    place.json(&["import", &file, "--as-is"]);
    let found = place.json(&["coverage", "1"]);
    let words = |d: &Value| format!("{} {}", d["kind"].as_str().unwrap(), d["words"].as_str().unwrap());
    let told = |s: &Value| (said(s).to_owned(), s["details"].as_array().unwrap().iter().map(words).collect());
    found["sentences"].as_array().unwrap().iter().map(told).collect()
}

fn sentences(text: &str) -> Vec<String> {
    asked(text).into_iter().map(|(words, _)| words).collect()
}

#[test]
fn a_heading_counts_only_if_it_states_what_the_text_below_does_not() {
    let body = "The flood took 1,200 houses in Niono in May 2024.";
    for repeats in
        ["# Niono: flood takes 1200 houses", "Niono’s flood of 2024", "# The flood", "# The worst flood"]
    {
        assert_eq!(sentences(&format!("{repeats}\n\n{body}\n")), [body], "{repeats}");
    }
    for says_more in ["# Flood takes 1,300 houses", "# Flood in Bamako, too", "Niono’s flood of 2023"] {
        assert_eq!(sentences(&format!("{says_more}\n\n{body}\n")), [says_more, body], "{says_more}");
    }
    let first = "The flood took houses in Bamako.";
    assert_eq!(sentences(&format!("{first} It left.\n\n{body}\n"))[0], first, "a sentence is no headline");
}

#[test]
fn captions_and_credits_do_not_count() {
    let body = "The flood took 12 houses.";
    let captions = [
        "Photo: Niono on 5 May 2024",
        "*Foto: Jane Doe*",
        "© Jane Doe 2024",
        "Jane Doe/AFP",
        "(AP Photo/Jane Doe)",
        "![The 12 houses](12.png)",
    ];
    for caption in captions {
        assert_eq!(sentences(&format!("# The flood\n\n{body}\n\n{caption}\n")), [body], "{caption}");
    }
    let statement = "The photo: 12 men in a boat.";
    assert_eq!(sentences(&format!("# The flood\n\n{body}\n\n{statement}\n")), [body, statement]);
}

#[test]
fn a_word_of_time_is_a_superlative_only_with_its_comparison() {
    let details = |sentence: &str| asked(&format!("# The flood\n\n{sentence}\n")).remove(0).1;
    for plain in [
        "It is the latest report.",
        "At least they left.",
        "Es ist der neueste davon.",
        "They left last week.",
    ] {
        assert_eq!(details(plain), Vec::<String>::new(), "{plain}");
    }
    assert_eq!(details("It is the largest in the north."), ["superlative largest"]);
    assert_eq!(details("It was the latest in a row."), ["superlative latest"]);
    assert_eq!(details("It was the deadliest attack."), ["superlative deadliest"]);
}

#[test]
fn several_claims_that_need_no_check_are_exempted_by_one_action_and_come_back_with_one_undo() {
    let place = Place::with_bridge();
    checked(&place);
    place.mark("closed in 2019");
    place.mark("cross it every day");
    let (before, actions) = (place.json(&["coverage", "1"]), place.actions());
    let asked =
        |claims: &[&str]| json!({ "article": "1", "claims": claims, "change": "exempt", "person": null });
    let done = place.call("claim.changeSeveral", &asked(&["C1", "C2"]));
    assert_eq!((place.actions(), &done["count"]), (actions + 1, &json!(2)));
    assert_eq!(["240", "2019"].map(|words| cover(&place, words)), ["waved", "waved"]);
    assert_eq!(cover(&place, "cross it every day"), "open", "the third claim was not chosen");
    assert_eq!(place.json(&["claim", "list", "1"]).as_array().unwrap().len(), 1);
    let undone = place.call("desk.undo", &json!({ "seen": done["action"] }));
    assert_eq!(undone["label"], "wave-through");
    assert_eq!(place.json(&["coverage", "1"]), before);
    assert_eq!(place.json(&["claim", "list", "1"]).as_array().unwrap().len(), 3);
    assert_eq!(place.json(&["check"])["faults"], json!([]));
}

#[test]
fn what_another_claim_settles_is_not_waved_through_with_the_claims_that_go() {
    let place = Place::with_bridge();
    checked(&place);
    place.mark("240 metres");
    place.call(
        "claim.changeSeveral",
        &json!({ "article": "1", "claims": ["C2"], "change": "exempt", "person": null }),
    );
    assert_eq!(cover(&place, "240"), "checked");
    assert_eq!(place.json(&["claim", "list", "1"]).as_array().unwrap().len(), 1);
}

#[test]
fn an_action_is_undone_by_its_id_and_not_once_another_came_after_it() {
    let place = Place::with_bridge();
    checked(&place);
    let removed = place.call("claim.retract", &json!({ "claim": "C1" }))["action"].clone();
    place.mark("closed in 2019");
    let refused = place.called("desk.undo", &json!({ "seen": removed }));
    assert_eq!(refused["error"]["code"], "stale_undo", "{refused}");
    place.json(&["undo"]);
    assert_eq!(place.call("desk.undo", &json!({ "seen": removed }))["label"], "retract-claim");
}
