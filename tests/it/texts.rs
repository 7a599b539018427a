//! The texts of a long history: saved one after the other, repacked by another connection, read, checked and redacted.

use crate::support::{BRIDGE, Place, window::Window};
use serde_json::json;
use tickmark::{
    desk::{Desk, SystemClock},
    store::Store,
};

fn saved(n: usize) -> String {
    BRIDGE.replace("240", &(240 + n).to_string())
}

/// Repacks as an idle window does: on another connection.
fn repack(place: &Place) {
    let desk = Desk::open(place.desk(), Box::new(SystemClock)).expect("a desk");
    desk.repack().expect("packing");
    assert!(!desk.can_repack().expect("an answer"));
}

#[test]
fn repacking_changes_no_revision() {
    let place = Place::with_bridge();
    (1..25).for_each(|n| drop(place.revise(&saved(n))));
    let read = || -> Vec<String> {
        (1..=25).map(|n| place.text(&["article", "1", "--revision", &n.to_string()])).collect()
    };
    let before = read();
    repack(&place);
    assert_eq!(read(), before);
    place.revise(&saved(25));
    assert!(place.text(&["article", "1"]).contains("265 metres"));
    assert_eq!(place.json(&["check"])["sound"], true);
}

#[test]
fn a_redacted_revision_is_gone_from_a_repacked_history_and_the_others_stay() {
    let place = Place::with_bridge();
    place.revise(&BRIDGE.replace("It is 240 metres long.", "Zzyzx Qwghlm built it."));
    place.revise(&saved(1));
    repack(&place);
    without_words(&place);
    place.refused(&["article", "1", "--revision", "2"]);
    repack(&place);
    assert!(place.text(&["article", "1", "--revision", "1"]).contains("240 metres"));
    assert!(place.text(&["article", "1"]).contains("241 metres"));
    assert_eq!(place.json(&["check"])["sound"], true);
}

/// How many bytes the texts of a desk take.
fn bytes(place: &Place) -> u64 {
    Store::open(place.desk()).expect("a desk").text_bytes().expect("a number")
}

fn is_packed(place: &Place) -> bool {
    !Store::open(place.desk()).expect("a desk").can_repack().expect("an answer")
}

/// Saves more revisions on the window's desk.
fn save(window: &Window, revisions: std::ops::Range<usize>) {
    let article = window.ask("desk.overview", json!({}))["articles"][0]["id"].clone();
    for n in revisions {
        let base = window.ask("article.open", json!({ "article": article }))["revision"]["id"].clone();
        let request = json!({
            "article": article, "base": base, "text": saved(n), "changes": null, "note": null, "onTop": false
        });
        window.ask("article.save", request);
    }
}

#[test]
fn a_window_packs_texts_when_it_is_idle() {
    let place = Place::with_bridge();
    let window = Window::on(place.desk());
    save(&window, 1..30);
    let before = bytes(&place);
    window.session().rest().expect("a look");
    assert!(!is_packed(&place), "somebody called just before");
    window.session().rest().expect("packing");
    assert!(is_packed(&place) && bytes(&place) < before);
    save(&window, 30..32);
    assert_eq!(window.ask("desk.check", json!({}))["faults"], json!([]));
}

#[test]
fn commands_pack_the_texts_of_a_desk_without_a_window() {
    let place = Place::with_bridge();
    (1..31).for_each(|n| drop(place.revise(&saved(n))));
    let (before, asked) = (bytes(&place), place.text(&["article", "1", "--revision", "7"]));
    place.revise(&saved(31));
    assert!(is_packed(&place) && bytes(&place) < before);
    place.revise(&saved(32));
    let (json, before) = (place.json(&["check"]), bytes(&place));
    assert_eq!(json["sound"], true);
    assert!(is_packed(&place) && bytes(&place) <= before);
    assert_eq!(place.text(&["article", "1", "--revision", "7"]), asked);
}

#[test]
fn a_backup_leaves_the_texts_of_the_desk_packed() {
    let place = Place::with_bridge();
    (1..20).for_each(|n| drop(place.revise(&saved(n))));
    let before = bytes(&place);
    place.json(&["backup", &place.path("copy")]);
    assert!(is_packed(&place) && bytes(&place) < before);
}

/// Redacts the revision with unique words, and returns the desk's file after that.
fn without_words(place: &Place) -> Vec<u8> {
    let log = place.json(&["log", "1"]);
    let facts = log.as_array().unwrap().iter().flat_map(|a| a["facts"].as_array().unwrap());
    let second = facts.filter(|fact| fact["kind"] == "revision").nth(1).unwrap()["fact"].clone();
    place.json(&["redact", second.as_str().unwrap()]);
    std::fs::read(place.desk()).expect("the desk's file")
}

#[test]
fn nothing_of_a_redacted_text_stays_in_the_file_packed_or_not() {
    for packed_before in [false, true] {
        let place = Place::with_bridge();
        place.revise(&BRIDGE.replace("It is 240 metres long.", "Zzyzx Qwghlm built it."));
        place.revise(&saved(1));
        if packed_before {
            repack(&place);
        }
        let db = rusqlite::Connection::open(place.desk()).expect("the desk's file");
        let sql = "SELECT packed FROM pack UNION ALL SELECT packed FROM content WHERE nth = 1 AND packed IS NOT NULL";
        let packed: Vec<u8> = db.query_row(sql, [], |r| r.get(0)).expect("its bytes");
        drop(db);
        let traces: Vec<&[u8]> = packed.chunks_exact(12).skip(1).collect();
        let file = std::fs::read(place.desk()).expect("the desk's file");
        let is_in = |file: &[u8], trace: &[u8]| file.windows(trace.len()).any(|bytes| bytes == trace);
        assert!(!traces.is_empty() && traces.iter().all(|trace| is_in(&file, trace)));
        let file = without_words(&place);
        assert!(!traces.iter().any(|trace| is_in(&file, trace)) && !is_in(&file, b"Qwghlm"));
    }
}
