//! The corrections: what is published after a verified article was changed.

use crate::support::{BRIDGE, Place, unzipped};
use serde_json::Value;

/// An article that was exported as verified, with a verdict on its length.
fn verified() -> Place {
    let place = Place::with_bridge();
    place.json(&["policy", "--coverage", "0", "--evidence", "false"]);
    place.mark("It is 240 metres long.");
    place.json(&["verdict", "C1", "true", "--rationale", "Measured."]);
    out(&place, "first.zip");
    place
}

fn out(place: &Place, name: &str) -> Vec<(String, Vec<u8>)> {
    let to = place.path(name);
    place.json(&["export", "1", "--to", &to, "--verified"]);
    let found = place.json(&["verify", &to]);
    assert_eq!((&found["valid"], &found["warnings"]), (&true.into(), &Value::Array(Vec::new())), "{found}");
    unzipped(&to)
}

fn ledger(files: &[(String, Vec<u8>)]) -> Option<&str> {
    let (_, bytes) = files.iter().find(|(name, _)| name.ends_with("/data/corrections.md"))?;
    Some(std::str::from_utf8(bytes).unwrap())
}

#[test]
fn an_article_that_was_never_verified_has_nothing_to_correct() {
    let place = Place::with_bridge();
    assert!(place.refused(&["corrections", "1"]).contains("never exported"));
    let place = verified();
    assert!(place.refused(&["corrections", "1"]).contains("not changed"));
}

#[test]
fn corrections_list_the_changes_as_statements_and_are_in_the_next_bundle() {
    let place = verified();
    place
        .revise(&BRIDGE.replace("240 metres", "250 metres").replace(" after a flood", " after *two* floods"));
    place.json(&["verdict", "C1", "false", "--rationale", "The survey says 240."]);
    place.mark("closed in 2019 after *two* floods");
    place.json(&["verdict", "C2", "true", "--rationale", "Seen."]);
    let told = place.json(&["corrections", "1"]);
    let entries: Vec<_> = told["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| (e["kind"].as_str().unwrap(), e["text"].as_str().unwrap()))
        .collect();
    assert_eq!(
        entries,
        [
            ("changed", "“It is 240 metres long.” now reads “It is 250 metres long.”"),
            ("rated", "“It is 250 metres long.” is rated False; “It is 240 metres long.” was rated True"),
        ]
    );
    let text = place.text(&["corrections", "1"]);
    assert!(text.starts_with("## Corrections\n\nSince the version of "), "{text}");
    assert!(text.contains("- “It is 240 metres long.” now reads “It is 250 metres long.”\n"), "{text}");
    assert!(text.contains("was rated True: The survey says 240.\n"), "{text}");

    let files = out(&place, "second.zip");
    assert_eq!(ledger(&files), Some(text.as_str()));
    let page = files.iter().find(|(name, _)| name.ends_with("index.html")).unwrap();
    assert!(String::from_utf8_lossy(&page.1).contains("now reads “It is 250 metres long.”"));
    out(&place, "again.zip");
    let [second, again] = ["second.zip", "again.zip"].map(|f| std::fs::read(place.path(f)).unwrap());
    assert!(second == again, "the same article goes out with the same ledger, however often");
}

#[test]
fn corrections_list_removed_and_added_statements() {
    let place = verified();
    place.revise(&BRIDGE.replace(" It is 240 metres long.", " Nobody has crossed it twice on one day."));
    let told = place.json(&["corrections", "1"]);
    let texts: Vec<_> =
        told["entries"].as_array().unwrap().iter().map(|e| e["text"].as_str().unwrap()).collect();
    assert_eq!(
        texts,
        [
            "“It is 240 metres long.” was removed",
            "Added and not checked: “Nobody has crossed it twice on one day.”"
        ]
    );
}

#[test]
fn corrections_can_start_at_a_revision_unless_its_words_are_erased() {
    let place = Place::with_bridge();
    place.mark("built in 1911");
    place.revise(&BRIDGE.replace("1911", "1912"));
    let told = place.json(&["corrections", "1", "--since", "1"]);
    assert_eq!(
        told["entries"][0]["text"],
        "“The bridge was built in 1911.” now reads “The bridge was built in 1912.”"
    );
    assert_eq!(place.json(&["corrections", "1", "--since", "2"])["entries"], Value::Array(Vec::new()));
    place.refused(&["corrections", "1", "--since", "9"]);

    // The exported state was undone. Its text is in no bundle any more, so there are no corrections to it.
    let place = verified();
    place.revise(&BRIDGE.replace("240 metres", "250 metres"));
    place.json(&["reaffirm", "C1"]);
    out(&place, "second.zip");
    place.json(&["undo"]);
    place.json(&["undo"]);
    place.revise(&BRIDGE.replace("About 5,000", "Some 5,000"));
    assert_eq!(ledger(&out(&place, "third.zip")), None);
}

#[test]
fn a_desk_that_imported_the_verified_bundle_knows_since_when_to_correct() {
    let (place, other) = (verified(), Place::of("Ben Short"));
    let key = place.path("ada.pub");
    place.json(&["key", "--export", &key]);
    other.json(&["contact", "add", "Ada Long", &key]);
    other.json(&["import", &place.path("first.zip")]);
    other.revise(&BRIDGE.replace("240 metres", "250 metres"));
    assert_eq!(other.json(&["corrections", "1"])["entries"][0]["kind"], "changed");
}

#[test]
fn a_file_that_is_not_in_the_history_is_noticed_although_the_checksums_agree() {
    let place = verified();
    let plain = place.path("plain.zip");
    place.json(&["export", "1", "--to", &plain, "--unsigned"]);
    let forged = crate::cli::bundles::smuggled(&place, &plain, "data/corrections.md", "All was right.\n");
    let done = place.run(&["--json", "verify", &forged]);
    let found: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(done.status.code(), Some(1));
    assert!(
        found["errors"].as_array().unwrap().iter().any(|e| e["path"] == "data/corrections.md"),
        "{found}"
    );
}

#[test]
fn a_correction_of_a_phrase_quotes_the_whole_sentence() {
    let place = Place::with_bridge();
    place.json(&["policy", "--coverage", "0", "--evidence", "false"]);
    place.mark("closed in 2019");
    place.json(&["verdict", "C1", "true", "--rationale", "Seen."]);
    out(&place, "first.zip");
    place.revise(&BRIDGE.replace("closed in 2019", "closed in 2018"));
    place.json(&["verdict", "C1", "false", "--rationale", "It was 2019."]);
    let told = place.json(&["corrections", "1"]);
    let texts: Vec<_> =
        told["entries"].as_array().unwrap().iter().map(|e| e["text"].as_str().unwrap()).collect();
    let now = "“The bridge was closed in 2018 after a flood.”";
    let then = "“The bridge was closed in 2019 after a flood.”";
    let changed = format!("{then} now reads {now}");
    assert_eq!(texts, [changed, format!("{now} is rated False; {then} was rated True")]);
    out(&place, "second.zip");
}
