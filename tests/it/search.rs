//! Search: the hits, their order, and the spans of the words.

use crate::support::Place;
use serde_json::{Value, json};

fn found(place: &Place, words: &str) -> Vec<Value> {
    place.call("desk.search", &json!({ "words": words })).as_array().expect("hits").clone()
}

fn titles(place: &Place, words: &str) -> Vec<String> {
    let line = |h: &Value| format!("{} {}", h["kind"].as_str().unwrap(), h["title"].as_str().unwrap());
    found(place, words).iter().map(line).collect()
}

fn with(articles: &[&str]) -> Place {
    let place = Place::new();
    for (n, text) in articles.iter().enumerate() {
        let file = place.file(&format!("{n}.md"), text);
        place.json(&["import", &file]);
    }
    place
}

#[test]
fn a_title_with_the_exact_words_comes_before_newer_hits() {
    let place = with(&[
        "# The dam\n\nIt rained for days.\n",
        "# The dams of Karsk\n\nThere are two of them.\n",
        "# Floods\n\nThe dam broke at night.\n",
    ]);
    assert_eq!(titles(&place, "DAM"), ["article The dam", "article The dams of Karsk", "article Floods"]);
    assert_eq!(titles(&place, "dam night"), ["article Floods"]);
    assert_eq!(titles(&place, "nowhere"), Vec::<String>::new());
}

#[test]
fn tags_and_people_are_found() {
    let place = with(&["# Rain\n\nIt rained.\n", "# Snow\n\nIt snowed.\n"]);
    for article in ["1", "2"] {
        place.json(&["article", "info", article, "--tag", "Floods", "--tag", "Weather"]);
    }
    assert_eq!(titles(&place, "flood"), ["tag Floods"]);
    assert_eq!(found(&place, "floods")[0]["excerpt"], "2 articles");
    assert_eq!(found(&place, "floods")[0]["id"], "Floods");
    assert_eq!(titles(&place, "ada lo"), ["person Ada Long"]);
    let hits = place.json(&["search", "floods"]);
    assert_eq!((&hits[0]["kind"], &hits[0]["number"]), (&json!("tag"), &Value::Null));
}

#[test]
fn a_hit_has_the_spans_of_the_words_in_its_title_and_excerpt() {
    let place = with(&["# 👩‍👩‍👧 The Dam\n\nNobody saw the DAM break; a dam is a wall.\n"]);
    let hit = found(&place, "dam").remove(0);
    let marked = |text: &str, spans: &Value| -> Vec<String> {
        let units: Vec<u16> = text.encode_utf16().collect();
        let span = |s: &Value| (s["start"].as_u64().unwrap() as usize, s["end"].as_u64().unwrap() as usize);
        let words = |(a, b): (usize, usize)| String::from_utf16(&units[a..b]).expect("whole characters");
        spans.as_array().unwrap().iter().map(|s| words(span(s))).collect()
    };
    assert_eq!(marked(hit["title"].as_str().unwrap(), &hit["marks"]["title"]), ["Dam"]);
    assert_eq!(marked(hit["excerpt"].as_str().unwrap(), &hit["marks"]["excerpt"]), ["Dam", "DAM", "dam"]);
}
