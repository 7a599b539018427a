//! The log in words, and the aliases of commands.

use super::bundles::call;
use crate::support::{BRIDGE, Place};
use serde_json::{Value, json};

/// An article with every kind of action on a claim.
fn worked_on() -> Place {
    let place = Place::with_bridge();
    place.mark("About 5,000 people 👩‍👩‍👧 cross it every day");
    place.json(&["source", "add", "--title", "Traffic count"]);
    place.json(&["evidence", "add", "C1", "S1", "--stance", "supports"]);
    place.json(&["verdict", "C1", "true", "--rationale", "It was counted."]);
    place.json(&["undo"]);
    place.json(&["claim", "assign", "C1", "--to", "Ada Long"]);
    place.json(&["query", "ask", "C1", "Who counted them?"]);
    place.json(&["wave", "1", "--quote", "It is 240 metres long."]);
    place.mark("closed in 2019");
    place.json(&["claim", "reattach", "C2", "--quote", "built in 1911"]);
    place.revise(&BRIDGE.replace("240", "250"));
    place
}

/// The kind and target of each action of the log.
fn told(place: &Place) -> Vec<(String, Option<String>)> {
    let log = place.json(&["log", "1"]);
    let said = |v: &Value| v.as_str().map(str::to_owned);
    log.as_array()
        .unwrap()
        .iter()
        .map(|l| (said(&l["kind"]).unwrap_or_default(), said(&l["about"])))
        .collect()
}

#[test]
fn the_log_names_the_target_of_each_action() {
    let place = worked_on();
    let crowd = "C1 “About 5,000 people 👩‍👩‍👧 cross it every…”";
    let expected = [
        ("import", Some("revision 1".into())),
        ("mark", Some(crowd.to_owned())),
        ("add-evidence", Some(format!("“Traffic count” for {crowd}"))),
        ("give-verdict", Some(format!("True for {crowd}"))),
        ("undo", Some(format!("True for {crowd}"))),
        ("assign", Some(format!("{crowd} to Ada Long"))),
        ("ask", Some("Q1 “Who counted them?”".into())),
        ("wave-through", Some("“It is 240 metres long.”".into())),
        ("mark", Some("C2 “built in 1911”".into())),
        ("reattach", Some("C2 “built in 1911”".into())),
        ("revise", Some("revision 2".into())),
    ];
    let expected: Vec<_> = expected.into_iter().map(|(kind, about)| (kind.to_owned(), about)).collect();
    assert_eq!(told(&place), expected);
    let text = place.text(&["log", "1"]);
    assert!(text.contains(&format!("verdict given: True for {crowd} (undone)")), "{text}");
    assert!(text.contains(&format!("undo: verdict given: True for {crowd}")), "{text}");
}

#[test]
fn the_windows_log_is_the_same_and_names_what_was_undone() {
    let place = worked_on();
    let rows = call(&place, "article.log", json!({ "article": "1" }))["answer"].clone();
    let mut about: Vec<_> =
        rows.as_array().unwrap().iter().map(|r| r["about"].as_str().map(str::to_owned)).collect();
    about.reverse();
    assert_eq!(about, told(&place).into_iter().map(|(_, about)| about).collect::<Vec<_>>());
    let undo = rows.as_array().unwrap().iter().find(|r| r["label"] == "undo").unwrap();
    assert_eq!(undo["of"], "give-verdict");
    let shown = call(&place, "claim.show", json!({ "claim": "C2" }))["answer"].clone();
    assert_eq!(shown["history"][0]["about"], "C2 “built in 1911”");
}

#[test]
fn redacted_words_are_in_no_log() {
    let place = Place::with_bridge();
    place.json(&["query", "ask", "1", "Was it WHIMBREL?"]);
    let log = place.json(&["log", "1"]);
    let fact = log[1]["facts"][0]["fact"].as_str().unwrap();
    assert!(place.text(&["log", "1"]).contains("WHIMBREL"));
    place.json(&["redact", fact]);
    assert!(!place.text(&["log", "1"]).contains("WHIMBREL"));
}

#[test]
fn the_plain_aliases_of_commands_do_the_same() {
    let place = worked_on();
    for (first, second) in [
        (vec!["blame", "1"], vec!["authors", "1"]),
        (vec!["policy"], vec!["requirements"]),
        (vec!["claim", "reattach", "C1"], vec!["claim", "attach", "C1"]),
        (
            vec!["claim", "list", "--filter", "standing=orphaned"],
            vec!["claim", "list", "--filter", "status=no-longer-in-text"],
        ),
    ] {
        assert_eq!(place.json(&first), place.json(&second), "{second:?}");
    }
    place.json(&["exempt", "1", "--quote", "The bridge was closed in 2019 after a flood."]);
    assert_eq!(place.json(&["coverage", "1"])["waved"]["sentences"], 1);
    place.json(&["exempt", "1", "--quote", "The bridge was closed in 2019 after a flood.", "--check-needed"]);
    assert_eq!(place.json(&["coverage", "1"])["waved"]["sentences"], 0);
    place.json(&["verdict", "C2", "true", "--reason", "The plaque says so."]);
    assert_eq!(place.standing("C2"), "checked");
    let evidence = place.json(&["claim", "show", "C1"])["evidence"][0]["evidence"].clone();
    place.json(&["evidence", "remove", evidence.as_str().unwrap()]);
    assert_eq!(place.json(&["claim", "show", "C1"])["evidence"], json!([]));
    place.json(&["article", "archive", "1"]);
    place.json(&["article", "restore", "1"]);
    assert_eq!(place.json(&["articles"])[0]["archived"], false);
    let help = place.text(&["--help"]);
    assert!(help.contains("exempt") && help.contains("wave"), "{help}");
}

#[test]
fn undo_names_what_it_undid_and_its_target() {
    let place = Place::with_bridge();
    place.mark("built in 1911");
    place.json(&["verdict", "C1", "true", "--rationale", "The plaque says so."]);
    let told = place.text(&["undo"]);
    assert_eq!(
        told,
        "undone: verdict given: True for C1 “built in 1911” in article 1 “The bridge at Karsk”\n"
    );
    let told = place.text(&["redo"]);
    assert_eq!(
        told,
        "redone: verdict given: True for C1 “built in 1911” in article 1 “The bridge at Karsk”\n"
    );
}

#[test]
fn a_claim_of_an_article_that_was_undone_is_missed_by_its_own_name() {
    let place = Place::with_bridge();
    place.mark("built in 1911");
    place.json(&["undo"]);
    place.json(&["undo"]);
    assert!(place.refused(&["sign-off", "C1"]).contains("there is no claim C1 on this desk"));
}

#[test]
fn after_a_redaction_undo_says_so_and_asks_for_the_action_before_it() {
    let place = Place::with_bridge();
    place.json(&["query", "ask", "1", "Was it WHIMBREL?"]);
    place.mark("built in 1911");
    let log = place.json(&["log", "1"]);
    place.json(&["redact", log[1]["facts"][0]["fact"].as_str().unwrap()]);
    let before = place.actions();
    let said = place.refused(&["undo"]);
    assert!(
        said.contains("a redaction cannot be undone") && said.contains("claim marked: C1 “built in 1911”"),
        "{said}"
    );
    assert_eq!(place.actions(), before);
    let marked = log[2]["action"].as_str().unwrap();
    assert!(said.trim_end().ends_with(&format!("tickmark undo {marked}")), "{said}");
    let first = log[1]["action"].as_str().unwrap();
    place.refused(&["undo", first]);
    assert_eq!(place.json(&["undo", marked])["undone"], "mark");
    // Then the last action is an undo, and the next one needs no name.
    assert_eq!(place.json(&["undo"])["undone"], "ask");
}
