//! Claims, sources, evidence, verdicts and queries.

use crate::support::{BRIDGE, Place};
use serde_json::{Value, json};

#[test]
fn marking_prints_the_words_and_their_spans_in_code_points() {
    let place = Place::with_bridge();
    let args = ["claim", "mark", "1", "--quote", "cross it every day", "--kind", "figure", "--risk", "high"];
    let told = place.json(&[&args[..], &["--assertion", "5,000 a day", "--claimant", "the mayor"]].concat());
    assert_eq!((&told["number"], &told["quote"]), (&json!(1), &json!("cross it every day")));
    let at = BRIDGE[..BRIDGE.find("cross it").unwrap()].chars().count();
    assert_eq!(told["spans"], json!([{ "start": at, "end": at + 18 }]));
    let row = place.json(&["claim", "list", "1"])[0].clone();
    let wanted = [
        ("claim", told["claim"].clone()),
        ("number", json!(1)),
        ("quote", told["quote"].clone()),
        ("assertion", json!("5,000 a day")),
        ("claimant", json!("the mayor")),
        ("kind", json!("figure")),
        ("risk", json!("high")),
        ("spans", told["spans"].clone()),
        ("placement", json!("kept")),
        ("standing", json!("unchecked")),
        ("verdict", Value::Null),
    ];
    for (key, value) in wanted {
        assert_eq!(row[key], value, "{key}");
    }
}

#[test]
fn a_quotation_found_more_than_once_is_refused_with_the_count() {
    let place = Place::with_bridge();
    let said = place.refused(&["claim", "mark", "1", "--quote", "The bridge"]);
    assert!(said.contains("3 times") && said.contains("--occurrence"), "{said}");
    let told = place.json(&["claim", "mark", "1", "--quote", "The bridge", "--occurrence", "3"]);
    let at = BRIDGE[..BRIDGE.find("The bridge was closed").unwrap()].chars().count();
    assert_eq!(told["spans"][0]["start"], at);
    for wrong in ["0", "4", "x"] {
        place.refused(&["claim", "mark", "1", "--quote", "The bridge", "--occurrence", wrong]);
    }
    place.refused(&["claim", "mark", "1", "--quote", "the BRIDGE"]);
    place.refused(&["claim", "mark", "1", "--quote", ""]);
    place.refused(&["claim", "mark", "1", "--quote", "1911", "--kind", "rumour"]);
}

#[test]
fn a_claim_is_edited_retracted_and_restored() {
    let place = Place::with_bridge();
    let claim = place.mark("1911");
    place.json(&["claim", "edit", &claim, "--assertion", "Built in 1911", "--kind", "date"]);
    place.json(&["claim", "edit", &claim, "--kind", ""]);
    let shown = place.json(&["claim", "show", &claim]);
    assert_eq!((&shown["assertion"], &shown["kind"]), (&json!("Built in 1911"), &Value::Null));
    place.json(&["claim", "retract", &claim]);
    assert_eq!(place.json(&["claim", "list", "1"]), json!([]));
    place.refused(&["claim", "retract", &claim]);
    place.json(&["claim", "restore", &claim]);
    assert_eq!(place.json(&["claim", "list", "1"])[0]["number"], 1);
}

#[test]
fn an_orphan_is_attached_to_other_words() {
    let place = Place::with_bridge();
    let claim = place.mark("It is 240 metres long.");
    place.revise(&BRIDGE.replace(" It is 240 metres long.", ""));
    assert_eq!(place.standing(&claim), "orphaned");
    assert_eq!(place.json(&["claim", "list", "1"])[0]["quote"], "It is 240 metres long.");
    place.refused(&["verdict", &claim, "true", "--rationale", "Measured"]);
    place.json(&["claim", "reattach", &claim, "--quote", "built in 1911"]);
    assert_eq!(place.standing(&claim), "unchecked");
    assert_eq!(place.json(&["claim", "show", &claim])["quote"], "built in 1911");
}

#[test]
fn a_verdict_is_out_of_date_with_its_words_and_can_be_reaffirmed_or_withdrawn() {
    let place = Place::with_bridge();
    let claim = place.mark("built in 1911");
    let told = place.json(&["verdict", &claim, "true", "--rationale", "The plaque says so"]);
    assert_eq!(told["standing"], "checked");
    assert!(told["verdict"].is_string());
    assert_eq!(place.json(&["claim", "list", "1"])[0]["verdict"]["rating"], "true");
    let placed = place.revise(&BRIDGE.replace("1911", "1912"))["placements"][0].clone();
    assert_eq!((&placed["standing"], &placed["placement"]), (&json!("stale"), &json!("changed")));
    let why = place.json(&["claim", "show", &claim])["reasons"].clone();
    assert!(why[0].as_str().is_some_and(|w| w.contains("1911") && w.contains("1912")), "{why}");
    assert_eq!(place.json(&["reaffirm", &claim, "--rationale", "Still"])["standing"], "checked");
    let shown = place.json(&["claim", "show", &claim]);
    assert_eq!(shown["verdicts"].as_array().unwrap().len(), 2);
    assert_eq!(shown["verdicts"][0]["words"], "built in 1912");
    assert_eq!(place.json(&["verdict", "withdraw", &claim])["standing"], "unchecked");
    assert_eq!(place.json(&["claim", "show", &claim])["verdicts"].as_array().unwrap().len(), 3);
    place.refused(&["verdict", "withdraw", &claim]);
    place.refused(&["reaffirm", &claim]);
}

#[test]
fn a_verdict_needs_a_rating_of_a_scale_and_a_rationale() {
    let place = Place::with_bridge();
    let claim = place.mark("1911");
    let before = place.actions();
    let said = place.refused(&["verdict", &claim, "truish", "--rationale", "Because"]);
    assert!(said.contains("truish"), "{said}");
    place.refused(&["verdict", &claim, "true"]);
    place.refused(&["verdict", &claim, "true", "--rationale", "  "]);
    place.refused(&["verdict", "C99", "true", "--rationale", "Because"]);
    assert_eq!(place.actions(), before);
    place.json(&[
        "scale",
        "add",
        "--name",
        "House",
        "--rating",
        "sound|Sound|holds|2|It holds",
        "--rating",
        "weak|Weak|fails",
    ]);
    assert_eq!(place.json(&["scale", "list"]).as_array().unwrap().len(), 2);
    assert_eq!(place.json(&["verdict", &claim, "sound", "--rationale", "Because"])["rating"], "sound");
}

#[test]
fn sources_are_added_corrected_and_listed() {
    let place = Place::with_bridge();
    let snapshot = place.file("page.html", "<p>kept</p>");
    let args = [
        "source",
        "add",
        "--title",
        "Bridge register",
        "--kind",
        "report",
        "--author",
        "A. Clerk",
        "--author",
    ];
    let more =
        ["B. Clerk", "--publisher", "City", "--published", "2025-08", "--accessed", "2025-08-25", "--url"];
    let last = ["https://example.org/r", "--note", "n", "--reliability", "good", "--file", &snapshot];
    assert_eq!(place.json(&[&args[..], &more, &last].concat())["number"], 1);
    place.json(&["source", "edit", "S1", "--title", "The bridge register", "--note", ""]);
    let s = place.json(&["source", "list"])[0].clone();
    assert_eq!(
        (&s["title"], &s["kind"], &s["note"]),
        (&json!("The bridge register"), &json!("report"), &Value::Null)
    );
    assert_eq!((&s["authors"], &s["published"]), (&json!(["A. Clerk", "B. Clerk"]), &json!("2025-08")));
    assert_eq!((&s["files"][0]["name"], &s["files"][0]["bytes"]), (&json!("page.html"), &json!(11)));
    assert_eq!(place.json(&["source", "add", "--title", "Plain"])["number"], 2);
    assert_eq!(place.json(&["source", "list"])[1]["kind"], "document");
}

#[test]
fn a_source_with_a_wrong_date_kind_or_file_is_refused() {
    let place = Place::new();
    for date in ["2025-13", "25.8.25", "3/4/2025", "2025-02-29", "last year", "2025-08-25T10:00"] {
        let said = place.refused(&["source", "add", "--title", "T", "--published", date]);
        assert!(said.contains(date), "{said}");
        place.refused(&["source", "add", "--title", "T", "--accessed", date]);
    }
    place.refused(&["source", "add", "--title", "T", "--kind", "gossip"]);
    place.refused(&["source", "add", "--title", "T", "--file", &place.path("not-there.pdf")]);
    place.refused(&["source", "add"]);
    assert!(!place.desk().exists());
}

#[test]
fn evidence_is_added_edited_and_removed() {
    let place = Place::with_bridge();
    let claim = place.mark("1911");
    place.json(&["source", "add", "--title", "Plaque"]);
    let args = [
        "evidence",
        "add",
        &claim,
        "S1",
        "--stance",
        "supports",
        "--passage",
        "Built 1911",
        "--locator",
        "p. 3",
    ];
    let evidence = place.json(&args)["evidence"].as_str().unwrap().to_owned();
    place.json(&["evidence", "edit", &evidence, "--stance", "refutes", "--note", "worn", "--locator", ""]);
    let e = place.json(&["claim", "show", &claim])["evidence"][0].clone();
    assert_eq!(
        (&e["stance"], &e["passage"], &e["locator"], &e["note"]),
        (&json!("refutes"), &json!("Built 1911"), &Value::Null, &json!("worn"))
    );
    assert_eq!(e["source"]["title"], "Plaque");
    place.refused(&["evidence", "add", &claim, "S1", "--stance", "proves"]);
    place.refused(&["evidence", "add", &claim, "S9", "--stance", "context"]);
    place.json(&["evidence", "retract", &evidence]);
    assert_eq!(place.json(&["claim", "show", &claim])["evidence"], json!([]));
    place.refused(&["evidence", "retract", &evidence]);
}

#[test]
fn queries_are_asked_answered_and_resolved() {
    let place = Place::with_bridge();
    let claim = place.mark("1911");
    assert_eq!(place.json(&["query", "ask", "1", "Who wrote it?", "--to", "Ben"])["number"], 1);
    assert_eq!(place.json(&["query", "ask", &claim, "Which month?"])["number"], 2);
    place.json(&["query", "answer", "Q1", "Cy did."]);
    place.json(&["query", "resolve", "Q1", "--note", "Named now"]);
    place.refused(&["query", "resolve", "Q1"]);
    let all = place.json(&["query", "list", "1"]);
    assert_eq!(
        (&all[0]["open"], &all[0]["answers"][0]["text"], &all[0]["to"]),
        (&json!(false), &json!("Cy did."), &json!("Ben"))
    );
    assert!(place.text(&["query", "list", "1"]).contains("Who wrote it?\n  Ada Long: Cy did.\nQ2"));
    assert_eq!(place.json(&["query", "list", "--open"]).as_array().unwrap().len(), 1);
    assert_eq!(place.json(&["claim", "show", &claim])["queries"][0]["text"], "Which month?");
    place.refused(&["query", "answer", "Q7", "x"]);
}

#[test]
fn everything_is_named_by_number_or_id_and_the_error_for_a_missing_one_names_its_list() {
    let place = Place::with_bridge();
    let claim = place.mark("1911");
    let id = place.json(&["claim", "show", &claim])["claim"].as_str().unwrap().to_owned();
    for name in ["C1", "c1", "1", &id] {
        assert_eq!(place.json(&["claim", "show", name])["number"], 1, "{name}");
    }
    let article = place.json(&["article", "1"])["article"].as_str().unwrap().to_owned();
    assert_eq!(place.json(&["article", &article])["number"], 1);
    for args in [
        &["article", "7"][..],
        &["claim", "list", "7"],
        &["log", "7"],
        &["diff", "7"],
        &["claim", "show", "C7"],
    ] {
        let said = place.refused(args);
        assert!(said.contains('7') && said.contains("lists"), "{said}");
    }
}
