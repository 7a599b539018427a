//! The article's past: an earlier state, its timeline, and who wrote its words.

use crate::support::{BRIDGE, Place};
use serde_json::Value;

fn actions(place: &Place, kind: &str) -> Vec<String> {
    let log = place.json(&["log", "1"]);
    let of = |a: &&Value| a["kind"] == kind;
    log.as_array().unwrap().iter().filter(of).map(|a| a["action"].as_str().unwrap().to_owned()).collect()
}

fn as_bob(place: &Place, args: &[&str]) {
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_tickmark"));
    let done = program.args(["--as", "Bob Short", "--desk"]).arg(place.desk()).args(args).output();
    let done = done.expect("the program runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn the_article_is_shown_as_it_was_right_after_any_action() {
    let place = Place::with_bridge();
    place.json(&["claim", "mark", "1", "--quote", "It is 240 metres long."]);
    place.json(&["verdict", "C1", "true", "--rationale", "Measured"]);
    place.revise(&BRIDGE.replace("240", "250"));
    let then = |action: &str| place.json(&["article", "1", "--then", action]);
    let marked = then(&actions(&place, "mark")[0]);
    assert_eq!(marked["claims"][0]["standing"], "unchecked");
    let judged = then(&actions(&place, "give-verdict")[0]);
    assert_eq!(
        (judged["text"].as_str(), &judged["claims"][0]["standing"]),
        (Some(BRIDGE), &"checked".into())
    );
    let revised = then(&actions(&place, "revise")[0]);
    assert_eq!(revised["claims"][0]["standing"], "stale");
    assert!(revised["text"].as_str().unwrap().contains("250"));
    assert_eq!(then(&actions(&place, "import")[0])["claims"], serde_json::json!([]));
    place.refused(&["article", "1", "--then", "01a20b82-5583-7726-bfd1-c32e076256ef"]);
}

#[test]
fn an_action_undone_later_is_shown_before_the_undo_and_not_after() {
    let place = Place::with_bridge();
    place.revise(&BRIDGE.replace("240", "250"));
    place.json(&["undo"]);
    let (saved, undone) = (actions(&place, "revise"), actions(&place, "undo"));
    assert!(place.text(&["article", "1", "--then", &saved[0]]).contains("250"));
    assert!(place.text(&["article", "1", "--then", &undone[0]]).contains("240"));
}

#[test]
fn the_timeline_shows_the_status_of_claims_at_each_revision() {
    let place = Place::with_bridge();
    place.json(&["claim", "mark", "1", "--quote", "It is 240 metres long."]);
    place.json(&["verdict", "C1", "true", "--rationale", "Measured"]);
    place.revise(&BRIDGE.replace("240", "250"));
    place.revise(&BRIDGE.replace("It is 240 metres long.", ""));
    let life = place.json(&["timeline", "1"]);
    let worth = |at: usize| ["checked", "stale", "orphaned"].map(|k| life[at][k].as_i64().unwrap());
    assert_eq!([worth(0), worth(1), worth(2)], [[1, 0, 0], [0, 1, 0], [0, 0, 1]]);
    assert!(life[2]["words"].as_i64() < life[0]["words"].as_i64());
}

#[test]
fn words_keep_their_author_through_moves_and_restoring() {
    let place = Place::with_bridge();
    let file = place.file("bob.md", BRIDGE.replace("1911", "1912"));
    as_bob(&place, &["revise", "1", &file]);
    let author = |word: &str| {
        let told = place.json(&["blame", "1"]);
        let found =
            told.as_array().unwrap().iter().find(|a| a["words"].as_str().unwrap().contains(word)).cloned();
        found.map(|a| (a["by"].as_str().unwrap().to_owned(), a["revision"].as_i64().unwrap()))
    };
    assert_eq!(author("1912"), Some(("Bob Short".into(), 2)));
    assert_eq!(author("240"), Some(("Ada Long".into(), 1)));
    as_bob(&place, &["revision", "restore", "1", "1"]);
    assert_eq!(author("1911"), Some(("Ada Long".into(), 1)));
    let told = place.json(&["blame", "1"]);
    let whole: String = told.as_array().unwrap().iter().map(|a| a["words"].as_str().unwrap()).collect();
    assert_eq!(whole, BRIDGE);
}
