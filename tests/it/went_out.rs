//! What went out verified is recorded in the desk's own chain: who exported which revision, when, and in which bundle.

use crate::support::{BRIDGE, Place, unzipped};
use serde_json::{Value, json};
use tickmark::model::Digest;

/// An article that meets the requirements.
fn ready() -> Place {
    let place = Place::with_bridge();
    place.json(&["policy", "--coverage", "0", "--evidence", "false"]);
    place.mark("It is 240 metres long.");
    place.json(&["verdict", "C1", "true", "--rationale", "Measured."]);
    place
}

fn out(place: &Place, name: &str) -> (String, Digest) {
    let to = place.path(name);
    place.json(&["export", "1", "--to", &to]);
    let files = unzipped(&to);
    let (_, last) =
        files.iter().find(|(path, _)| path.ends_with("/tagmanifest-sha512.txt")).expect("a manifest");
    (to, Digest::of(last))
}

fn published(place: &Place) -> Value {
    place.json(&["articles"])[0]["published"].clone()
}

fn kinds(place: &Place) -> Vec<String> {
    let log = place.json(&["log", "1"]);
    log.as_array().unwrap().iter().map(|l| l["kind"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_went_out_verified_is_told_once_and_exports_stay_byte_equal() {
    let place = ready();
    assert_eq!(published(&place), Value::Null);
    let (first, digest) = out(&place, "first.zip");
    let told = published(&place);
    assert_eq!(
        (&told["revision"], &told["by"], &told["bundle"]),
        (&json!(1), &json!("Ada Long"), &json!(digest.to_string()))
    );
    assert_eq!(place.json(&["article", "1"])["published"], told);
    assert_eq!(kinds(&place), ["import", "mark", "give-verdict", "publish"]);
    assert!(place.text(&["log", "1"]).contains("went out verified: revision 1"));

    let (second, _) = out(&place, "second.zip");
    assert_eq!(std::fs::read(first).unwrap(), std::fs::read(second).unwrap());
    assert_eq!((kinds(&place).len(), published(&place)), (4, told), "the same bundle is told once");
    assert_eq!(place.json(&["check"])["faults"], json!([]));
}

#[test]
fn a_text_that_changed_since_says_so_in_the_list_and_in_the_window() {
    let place = ready();
    out(&place, "first.zip");
    let line = place.text(&["articles"]);
    assert!(
        line.contains("went out verified as revision 1 on ") && !line.contains("this is revision"),
        "{line}"
    );
    place.revise(&BRIDGE.replace("240", "250"));
    let line = place.text(&["articles"]);
    assert!(
        line.contains("went out verified as revision 1 on ") && line.contains("; this is revision 2"),
        "{line}"
    );
    let shown = place.call("article.open", &json!({ "article": "1" }));
    assert_eq!((&shown["published"]["number"], &shown["revision"]["number"]), (&json!(1), &json!(2)));
    assert_eq!(shown["published"]["by"]["name"], "Ada Long");
    let log = place.call("article.log", &json!({ "article": "1" }));
    assert_eq!((&log[1]["label"], &log[1]["about"]), (&json!("publish"), &json!("revision 1")));
}

#[test]
fn it_cannot_be_undone_and_leaves_undo_and_redo_alone() {
    let place = ready();
    place.json(&["article", "status", "1", "--state", "ready"]);
    place.json(&["undo"]);
    out(&place, "first.zip");
    assert_eq!(place.json(&["redo"])["redone"], "set-status");
    place.json(&["undo"]);
    assert_eq!(place.json(&["undo"])["undone"], "give-verdict");
    assert_eq!(published(&place)["revision"], 1);
    assert_eq!(kinds(&place).iter().filter(|k| *k == "publish").count(), 1);
}

#[test]
fn what_does_not_meet_the_requirements_is_not_told() {
    let place = Place::with_bridge();
    out(&place, "open.zip");
    assert_eq!((published(&place), kinds(&place).len()), (Value::Null, 1));
}

#[test]
fn another_desk_that_brings_the_bundle_in_does_not_say_that_it_sent_it_out() {
    let (ada, ben) = (ready(), Place::of("Ben Short"));
    let (bundle, _) = out(&ada, "first.zip");
    ben.json(&["import", &bundle]);
    assert_eq!(published(&ben), Value::Null);
}
