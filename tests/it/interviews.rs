//! Conversations with a source: they belong to the source and are exported with it. Its contact details are never exported.

use crate::support::{
    Place, unzipped,
    window::{Furnished, Window},
};
use serde_json::{Value, json};

const TALK: [&str; 11] = [
    "--with",
    "Jane Doe",
    "--role",
    "Engineer",
    "--how",
    "phone",
    "--on",
    "25 Aug 2025",
    "--confirmed",
    "It is 240 metres",
    "--terms",
];

/// A place with a claim and evidence from a person.
fn spoken_to(terms: &str) -> Place {
    let place = Place::with_bridge();
    place.json(&["claim", "mark", "1", "--quote", "It is 240 metres long."]);
    place.json(&["source", "add", "--title", "The bridge office", "--kind", "interview"]);
    place.json(&["evidence", "add", "C1", "S1", "--stance", "supports", "--passage", "She says 240"]);
    place.json(&[&["source", "interview", "S1"], &TALK[..], &[terms]].concat());
    place
}

fn shown(place: &Place) -> Value {
    place.json(&["source", "show", "S1"])
}

/// Every byte of the bundle's entries as text.
fn bundled(place: &Place) -> String {
    let bundle = place.path("bundle.zip");
    place.json(&["export", "1", "--to", &bundle, "--force", "--unsigned"]);
    assert_eq!(place.json(&["verify", &bundle])["valid"], true);
    unzipped(&bundle).into_iter().map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned()).collect()
}

#[test]
fn a_conversation_is_shown_with_its_source_and_exported_with_it() {
    let place = spoken_to("record");
    let source = shown(&place);
    assert_eq!((&source["title"], &source["withhold"]), (&json!("The bridge office"), &json!(false)));
    let talk = &source["interviews"][0];
    let told = ["with", "role", "how", "on", "terms", "confirmed", "by"].map(|k| talk[k].as_str().unwrap());
    assert_eq!(
        told,
        ["Jane Doe", "Engineer", "phone", "2025-08-25", "record", "It is 240 metres", "Ada Long"]
    );
    let text = place.text(&["source", "show", "S1"]);
    assert!(text.contains("spoken to: Jane Doe, Engineer, phone, 2025-08-25 (on the record)"), "{text}");
    assert!(bundled(&place).contains("Jane Doe"));
    let entries = unzipped(&place.path("bundle.zip"));
    let entry = |end: &str| entries.iter().find(|(n, _)| n.ends_with(end)).map(|(_, b)| b.clone()).unwrap();
    let claims: Value = serde_json::from_slice(&entry("data/claims.json")).unwrap();
    let talk = &claims["sources"][0]["interviews"][0];
    assert_eq!(
        (&talk["with"], &talk["on"], &talk["terms"]),
        (&json!("Jane Doe"), &json!("2025-08-25"), &json!("record"))
    );
    let page = String::from_utf8(entry("data/index.html")).unwrap();
    assert!(
        page.contains("<bdi>Jane Doe</bdi>, <bdi>Engineer</bdi>, <bdi>by phone</bdi>, <bdi>2025-08-25</bdi>"),
        "{page}"
    );
    let ben = Place::of("Ben Short");
    ben.json(&["import", &place.path("bundle.zip")]);
    assert_eq!(shown(&ben)["interviews"][0]["with"], "Jane Doe");
    assert_eq!(ben.json(&["check"])["faults"], json!([]));
}

#[test]
fn on_background_and_off_the_record_the_source_is_withheld_until_that_is_undone() {
    for terms in ["background", "off"] {
        let place = spoken_to(terms);
        assert_eq!(shown(&place)["withhold"], true, "{terms}");
        let all = bundled(&place);
        for word in ["Jane Doe", "The bridge office", "She says 240", "It is 240 metres\n"] {
            assert!(!all.contains(word), "{terms}: {word}");
        }
        place.json(&["undo"]);
        let source = shown(&place);
        assert_eq!((&source["withhold"], &source["interviews"]), (&json!(false), &json!([])), "{terms}");
        place.json(&["redo"]);
        assert_eq!(shown(&place)["withhold"], true, "{terms}");
        assert_eq!(place.json(&["check"])["faults"], json!([]));
    }
}

#[test]
fn a_source_that_spoke_in_confidence_once_stays_withheld() {
    let place = spoken_to("background");
    assert!(place.refused(&["source", "edit", "S1", "--open"]).contains("stays withheld"));
    place.json(&["source", "edit", "S1", "--note", "Rang back"]);
    place.json(&["source", "interview", "S1", "--with", "Jane Doe", "--how", "mail", "--terms", "record"]);
    assert!(place.refused(&["source", "edit", "S1", "--open"]).contains("a source of its own"));
    assert_eq!(shown(&place)["withhold"], true);
}

#[test]
fn the_export_warns_of_the_name_of_a_confidential_interviewee() {
    let place = spoken_to("off");
    place.json(&["query", "ask", "1", "Did Jane Doe say so?"]);
    let warnings = place.call("export.preview", &json!({ "article": "1" }))["warnings"].to_string();
    assert!(warnings.contains("Jane Doe"), "{warnings}");
}

#[test]
fn contact_details_are_shown_here_and_are_in_no_bundle() {
    let place = spoken_to("record");
    let before = bundled(&place);
    place.json(&["source", "contact", "S1", "--phone", "+47 55 12 34", "--mail", "jane@example.org"]);
    place.json(&["source", "contact", "S1", "--address", "1 Quay Street", "--mail", ""]);
    let contact = shown(&place)["contact"].clone();
    let told = ["phone", "mail", "address"].map(|k| contact[k].clone());
    assert_eq!(told, [json!("+47 55 12 34"), Value::Null, json!("1 Quay Street")]);
    assert!(place.text(&["source", "show", "S1"]).contains("phone: +47 55 12 34"));
    assert!(bundled(&place) == before);
    place.json(&["undo"]);
    assert_eq!(shown(&place)["contact"]["mail"], "jane@example.org");
    let fact = shown(&place)["contact"]["fact"].as_str().unwrap().to_owned();
    place.json(&["redact", &fact]);
    assert_eq!(shown(&place)["contact"]["phone"], Value::Null);
    assert_eq!(place.json(&["check"])["faults"], json!([]));
}

#[test]
fn an_unreadable_value_is_refused_with_what_to_write() {
    let place = spoken_to("record");
    let talk = |more: &[&str]| place.refused(&[&["source", "interview", "S1"], more].concat());
    assert!(talk(&["--with", "J", "--how", "letter", "--terms", "off"]).contains("in-person"));
    assert!(talk(&["--with", "J", "--how", "mail", "--terms", "secret"]).contains("background"));
    assert!(talk(&["--with", " ", "--how", "mail", "--terms", "off"]).contains("with whom"));
    assert!(
        talk(&["--with", "J", "--how", "mail", "--terms", "off", "--on", "3/4/2025"]).contains("2025-04-03")
    );
    assert!(place.refused(&["source", "contact", "S1"]).contains("already"));
    assert_eq!(shown(&place)["interviews"].as_array().unwrap().len(), 1);
}

#[test]
fn the_window_records_a_conversation_and_contact_details() {
    let desk = Furnished::new();
    let window = Window::on(&desk.desk());
    let source = desk.ids["source"].clone();
    let told = window.ask("source.interview", desk.request("source.interview"));
    assert_eq!(
        (&told["interviews"][0]["on"], &told["source"]["withhold"]),
        (&json!("2025-08-25"), &json!(true))
    );
    window.ask("source.contact", json!({ "source": source, "phone": "1", "mail": "a@b" }));
    let told = window.ask("source.contact", json!({ "source": source, "phone": null }));
    assert_eq!((&told["contact"]["phone"], &told["contact"]["mail"]), (&Value::Null, &json!("a@b")));
    assert_eq!(window.ask("source.show", json!({ "source": source })), told);
}

#[test]
fn the_dates_of_a_source_and_of_an_article_are_read_as_people_write_them() {
    let place = Place::with_bridge();
    place.json(&["source", "add", "--title", "T", "--published", "August 2025", "--accessed", "25.8.2025"]);
    let source = shown(&place);
    assert_eq!((&source["published"], &source["accessed"]), (&json!("2025-08"), &json!("2025-08-25")));
    assert!(place.refused(&["source", "edit", "S1", "--published", "3/4/2025"]).contains("2025-03-04"));
    let info = place.json(&["article", "info", "1", "--date", "Aug 25, 2025"])["info"]["date"].clone();
    assert_eq!(info, "2025-08-25");
}
