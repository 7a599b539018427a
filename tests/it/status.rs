//! The status of an article: its state, deadline and assignee; and the library sorted and filtered by it.

use crate::support::{
    Place,
    window::{Furnished, Window},
};
use serde_json::{Value, json};

fn status(place: &Place, more: &[&str]) -> Value {
    place.json(&[&["article", "status", "1"], more].concat())
}

fn numbers(place: &Place, more: &[&str]) -> Vec<i64> {
    let all = place.json(&[&["articles"], more].concat());
    all.as_array().unwrap().iter().map(|a| a["number"].as_i64().unwrap()).collect()
}

#[test]
fn a_status_can_be_set_in_parts_is_in_the_list_and_can_be_undone() {
    let place = Place::with_bridge();
    assert_eq!(status(&place, &[])["state"], Value::Null);
    status(&place, &["--state", "with-writer", "--deadline", "1 Dec 2026"]);
    status(&place, &["--assign", "Ada Long"]);
    let shown = place.json(&["articles"])[0].clone();
    let told = |v: &Value| (v["state"].clone(), v["deadline"].clone(), v["assignee"].clone());
    assert_eq!(told(&shown), (json!("with-writer"), json!("2026-12-01"), json!("Ada Long")));
    let line = place.text(&["articles"]);
    assert!(line.contains("with the writer, until 2026-12-01, assigned to Ada Long"), "{line}");
    status(&place, &["--deadline", "none"]);
    assert_eq!(told(&status(&place, &[])), (json!("with-writer"), Value::Null, json!("Ada Long")));
    place.json(&["undo"]);
    place.json(&["undo"]);
    assert_eq!(told(&status(&place, &[])), (json!("with-writer"), json!("2026-12-01"), Value::Null));
    place.json(&["redo"]);
    assert_eq!(told(&place.json(&["article", "1"])).2, "Ada Long");
    assert_eq!(place.json(&["check"])["faults"], json!([]));
}

#[test]
fn the_log_shows_a_status_in_words() {
    let place = Place::with_bridge();
    status(&place, &["--state", "ready"]);
    place.json(&["claim", "mark", "1", "--quote", "It is 240 metres long."]);
    let log = place.json(&["log", "1"]);
    let kinds: Vec<&str> = log.as_array().unwrap().iter().map(|l| l["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["import", "set-status", "mark"]);
    assert_eq!(log[1]["says"], "ready");
    assert!(place.text(&["log", "1"]).contains("article status set: ready"));
}

#[test]
fn a_status_that_cannot_be_read_is_refused_with_what_to_write() {
    let place = Place::with_bridge();
    let refused = |more: &[&str]| place.refused(&[&["article", "status", "1"], more].concat());
    assert!(refused(&["--state", "done"]).contains("with-writer"));
    assert!(refused(&["--deadline", "3/4/2026"]).contains("2026-04-03"));
    assert!(refused(&["--deadline", "2026-12-01T17:00"]).contains("+01:00"));
    assert!(refused(&["--assign", "Nobody Known"]).contains("Nobody Known"));
    status(&place, &["--state", "out"]);
    assert!(refused(&["--state", "out"]).contains("already"));
}

#[test]
fn a_status_is_in_no_bundle() {
    let place = Place::with_bridge();
    let before = place.path("before.zip");
    place.json(&["export", "1", "--to", &before, "--unsigned"]);
    status(&place, &["--state", "ready", "--deadline", "2026-12-01", "--assign", "Ada Long"]);
    let after = place.path("after.zip");
    place.json(&["export", "1", "--to", &after, "--unsigned"]);
    assert!(std::fs::read(before).unwrap() == std::fs::read(after).unwrap());
}

#[test]
fn articles_can_be_sorted_and_filtered_by_status() {
    let place = Place::with_bridge();
    for (n, name) in ["Cod", "Apples", "Barley"].iter().enumerate() {
        place.json(&[
            "import",
            &place.file(&format!("{name}.md"), format!("# {name}\n\nThere are {n}0 tons.\n")),
        ]);
    }
    let set = |n: &str, more: &[&str]| place.json(&[&["article", "status", n], more].concat());
    set("2", &["--state", "ready", "--deadline", "2026-12-02"]);
    set("3", &["--state", "checking", "--deadline", "2026-12-02T01:00+02:00", "--assign", "Ada Long"]);
    set("4", &["--state", "ready", "--deadline", "2026-12-01"]);
    place.json(&["article", "info", "2", "--date", "2025-08-25", "--tag", "Fish", "--hashtag", "#Sea"]);
    place.json(&["article", "info", "4", "--date", "2025-08"]);
    place.json(&["query", "ask", "3", "How many?"]);
    assert_eq!(numbers(&place, &["--sort", "deadline"]), [3, 4, 2, 1]);
    assert_eq!(numbers(&place, &["--sort", "headline"])[..3], [3, 4, 2]);
    assert_eq!(numbers(&place, &["--sort", "date"])[..2], [2, 4]);
    assert_eq!(numbers(&place, &["--sort", "state"])[0], 3);
    assert_eq!(numbers(&place, &["--sort", "state"])[3], 1);
    assert_eq!(numbers(&place, &["--state", "ready"]), [2, 4]);
    assert_eq!(numbers(&place, &["--state", "none"]), [1]);
    assert_eq!(numbers(&place, &["--assigned", "Ada Long"]), [3]);
    assert_eq!(numbers(&place, &["--assigned", "none"]), [1, 2, 4]);
    assert_eq!(numbers(&place, &["--open-queries"]), [3]);
    assert_eq!(numbers(&place, &["--tag", "fish"]), [2]);
    assert_eq!(numbers(&place, &["--tag", "#sea", "--state", "ready"]), [2]);
    assert_eq!(place.json(&["articles", "--tag", "fish"])[0]["tags"], json!(["Fish", "#Sea"]));
    place.json(&["article", "info", "3", "--tag", "fish"]);
    let tags = place.call("article.tags", &json!({}));
    let told: Vec<(String, i64)> = tags
        .as_array()
        .unwrap()
        .iter()
        .map(|t| (t["tag"].as_str().unwrap().to_lowercase(), t["articles"].as_i64().unwrap()))
        .collect();
    assert!(told.contains(&("fish".into(), 2)) && told.contains(&("#sea".into(), 1)), "{told:?}");
    place.json(&["article", "info", "3", "--tag", "grain"]);
    place.json(&["article", "info", "2", "--tag", "Herring"]);
    assert_eq!(numbers(&place, &["--tag", "fish"]), Vec::<i64>::new());
    assert_eq!(place.json(&["check"])["faults"], json!([]));
}

#[test]
fn the_window_sets_given_fields_leaves_absent_ones_and_clears_null_ones() {
    let desk = Furnished::new();
    let window = Window::on(&desk.desk());
    let seq = window.ask("desk.overview", json!({ "articles": false }))["seq"].clone();
    let set = |request: Value| {
        let mut all = json!({ "article": desk.ids["article"] });
        all.as_object_mut().unwrap().extend(request.as_object().unwrap().clone());
        window.ask("article.setStatus", all)
    };
    set(json!({ "state": "ready", "deadline": "2026-12-01", "assignee": desk.ids["ben"] }));
    let told = set(json!({ "state": null }));
    assert_eq!((&told["state"], &told["deadline"]), (&Value::Null, &json!("2026-12-01")));
    let cards = window.ask("article.list", json!({ "sort": "deadline", "filters": ["assignee=Ben Short"] }));
    assert_eq!((&cards[0]["assignee"]["name"], &cards[0]["id"]), (&json!("Ben Short"), &desk.ids["article"]));
    let since = window.ask("desk.since", json!({ "seq": seq }));
    assert_eq!(since["articles"], json!([desk.ids["article"]]));
    let log = window.ask("article.log", json!({ "article": desk.ids["article"] }));
    assert_eq!(
        (&log[0]["label"], &log[0]["says"]),
        (&json!("set-status"), &json!("until 2026-12-01, assigned to Ben Short"))
    );
}

#[test]
fn an_article_that_was_undone_has_its_status_again_when_it_is_redone() {
    let place = Place::new();
    let file = place.file("a.md", "# A\n\nThere are 10.\n");
    place.json(&["import", &file]);
    status(&place, &["--state", "checking"]);
    place.json(&["undo"]);
    place.json(&["undo"]);
    place.json(&["redo"]);
    place.json(&["redo"]);
    assert_eq!(place.json(&["articles"])[0]["state"], "checking");
    assert_eq!(place.json(&["check"])["faults"], json!([]));
}

#[test]
fn a_redacted_status_does_not_make_an_older_one_current() {
    let place = Place::with_bridge();
    status(&place, &["--state", "checking"]);
    status(&place, &["--state", "ready"]);
    let log = place.json(&["log", "1"]);
    let fact = log.as_array().unwrap().last().unwrap()["facts"][0]["fact"].as_str().unwrap().to_owned();
    place.json(&["redact", &fact]);
    assert_eq!(place.json(&["articles"])[0]["state"], Value::Null);
    assert_eq!(place.json(&["check"])["faults"], json!([]));
}
