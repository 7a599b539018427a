//! The pictures of an article after its import: listed with their words, shown, and refused where they are none.

use crate::support::Place;
use serde_json::{Value, json};

const PAGE: &str = include_str!("../fixtures/pictures.html");

/// A desk with the page.
fn imported() -> Place {
    let place = Place::new();
    place.json(&["import", &place.file("lock.html", PAGE)]);
    place
}

fn listed(place: &Place) -> Value {
    place.call("picture.list", &json!({ "article": "1" }))
}

/// Why a picture is not shown.
fn refused(place: &Place, digest: &Value) -> String {
    place.called("picture.show", &json!({ "digest": digest }))["error"]["message"].to_string()
}

#[test]
fn pictures_are_listed_with_their_words_and_those_with_bytes_are_shown() {
    let place = imported();
    let pictures = listed(&place);
    assert_eq!(pictures[0]["caption"], "Boats wait above the lock.");
    assert_eq!(pictures[0]["alt"], "Boats in a row");
    assert_eq!(pictures[0]["bytes"], 364);
    assert!(pictures[0]["near"].as_str().unwrap().starts_with("The old lock was closed"));
    assert_eq!(pictures[1]["file"], Value::Null);
    assert_eq!(pictures[1]["name"], "https://pictures.example.org/gate.jpg");
    let shown = place.call("picture.show", &json!({ "digest": pictures[0]["file"] }));
    let address = shown["address"].as_str().unwrap();
    assert!(PAGE.contains(address), "{address}");
    assert_eq!(place.call("article.open", &json!({ "article": "1" }))["pictures"], 2);
}

#[test]
fn the_place_of_a_picture_is_told_by_the_text_it_came_with() {
    let place = imported();
    let before = listed(&place);
    place.json(&["revise", "1", &place.file("new.txt", "# The lock at Amal\n\nIt is shut.\n"), "--replace"]);
    assert_eq!(listed(&place), before);
}

#[test]
fn a_file_that_is_no_picture_is_refused_with_what_to_do() {
    let place = imported();
    let file = place.file("gate.txt", "Heavy.\n");
    place.json(&["source", "add", "--title", "The gate", "--file", &file]);
    let other = refused(&place, &place.json(&["source", "show", "1"])["files"][0]["sha256"]);
    assert!(other.contains("open it with another program"), "{other}");
    let missing = refused(&place, &"0".repeat(64).into());
    assert!(missing.contains("no attached file"), "{missing}");
}
