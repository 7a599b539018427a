//! A verdict together with a choice for the evidence of earlier words, and with new evidence and its source, in one action.

use crate::support::{
    BRIDGE, Place, unzipped,
    window::{Furnished, Window, source_fields},
};
use serde_json::{Value, json};

/// The entries of an article's bundle, which verifies.
fn bundled(place: &Place) -> Vec<(String, String)> {
    let bundle = place.path("bundle.zip");
    place.json(&["export", "1", "--to", &bundle, "--force", "--unsigned"]);
    assert_eq!(place.json(&["verify", &bundle])["valid"], true);
    unzipped(&bundle)
        .into_iter()
        .map(|(name, bytes)| (name, String::from_utf8_lossy(&bytes).into_owned()))
        .collect()
}

/// The first claim in the bundle.
fn bundled_claim(place: &Place) -> Value {
    let all = bundled(place);
    let (_, claims) = all.iter().find(|(name, _)| name.ends_with("/claims.json")).unwrap();
    serde_json::from_str::<Value>(claims).unwrap()["claims"][0].clone()
}

fn exported(place: &Place, format: &str) -> String {
    let file = place.path("exported");
    place.json(&["export", "1", "--to", &file, "--force", "--format", format]);
    std::fs::read_to_string(file).unwrap()
}

/// A claim that was rated false and whose words the writer corrected. One piece of evidence is about the old words, one
/// about the new.
fn corrected() -> Place {
    let place = Place::with_bridge();
    place.json(&["policy", "--coverage", "0"]);
    place.json(&["claim", "mark", "1", "--quote", "It is 240 metres long."]);
    place.json(&["source", "add", "--title", "Survey of bridges"]);
    place.json(&["evidence", "add", "C1", "S1", "--stance", "refutes", "--passage", "Length: 250 m"]);
    place.json(&["verdict", "C1", "false", "--rationale", "The survey says 250."]);
    place.revise(&BRIDGE.replace("240", "250"));
    place.json(&["evidence", "add", "C1", "S1", "--stance", "supports", "--passage", "It measures 250 m"]);
    place
}

fn scopes(place: &Place) -> Vec<(String, Value)> {
    let shown = place.json(&["claim", "show", "C1"]);
    let told = |e: &Value| (e["passage"].as_str().unwrap().to_owned(), e["scope"].clone());
    shown["evidence"].as_array().unwrap().iter().map(told).collect()
}

#[test]
fn evidence_stays_unchanged_by_default() {
    let place = corrected();
    place.json(&["verdict", "C1", "true", "--rationale", "As measured."]);
    assert_eq!(
        scopes(&place),
        [("Length: 250 m".into(), Value::Null), ("It measures 250 m".into(), Value::Null)]
    );
}

#[test]
fn evidence_of_the_earlier_words_is_never_printed_as_current() {
    let place = corrected();
    place.json(&["verdict", "C1", "true", "--rationale", "As measured.", "--evidence", "earlier"]);
    let told = [("Length: 250 m".into(), json!("earlier")), ("It measures 250 m".into(), Value::Null)];
    assert_eq!(scopes(&place), told);
    assert!(place.text(&["claim", "show", "C1"]).contains("refutes (of the earlier words)"));
    let claim = bundled_claim(&place);
    assert_eq!(claim["evidence"].as_array().unwrap().len(), 1);
    assert_eq!(claim["earlier_evidence"][0]["passage"], "Length: 250 m");
    for format in ["markdown", "csv", "claimreview", "webannotation"] {
        let text = exported(&place, format);
        assert!(!text.contains("Length: 250 m"), "{format}: {text}");
    }
    assert!(exported(&place, "markdown").contains("It measures 250 m"));
    place.json(&["undo"]);
    assert_eq!(scopes(&place)[0].1, Value::Null);
    place.json(&["redo"]);
    assert_eq!(scopes(&place), told);
    assert_eq!(place.json(&["check"])["faults"], json!([]));
}

#[test]
fn the_page_of_a_bundle_prints_no_evidence_of_the_earlier_words() {
    let place = corrected();
    place.json(&["verdict", "C1", "true", "--rationale", "As measured.", "--evidence", "earlier"]);
    let all: String =
        bundled(&place).into_iter().filter(|(n, _)| n.ends_with(".html")).map(|(_, text)| text).collect();
    assert!(all.contains("It measures 250 m") && !all.contains("Length: 250 m"));
}

#[test]
fn evidence_of_the_earlier_words_does_not_count_at_the_gate() {
    let place = corrected();
    let passage = |n: usize| {
        place.json(&["claim", "show", "C1"])["evidence"][n]["evidence"].as_str().unwrap().to_owned()
    };
    place.json(&["evidence", "retract", &passage(1)]);
    place.json(&["verdict", "C1", "true", "--rationale", "As measured.", "--evidence", "earlier"]);
    let open = place.run(&["--json", "gate", "1"]);
    let open: Value = serde_json::from_slice(&open.stdout).unwrap();
    assert_eq!(open["open"][0]["kind"], "no_evidence");
}

#[test]
fn evidence_of_the_earlier_words_can_be_removed_with_the_verdict() {
    let place = corrected();
    place.json(&["verdict", "C1", "true", "--rationale", "As measured.", "--evidence", "remove"]);
    assert_eq!(scopes(&place), [("It measures 250 m".into(), Value::Null)]);
}

#[test]
fn a_verdict_against_all_its_evidence_gives_a_warning_and_blocks_nothing() {
    let place = Place::with_bridge();
    place.json(&["policy", "--coverage", "0"]);
    place.json(&["claim", "mark", "1", "--quote", "It is 240 metres long."]);
    place.json(&["source", "add", "--title", "Survey of bridges"]);
    place.json(&["evidence", "add", "C1", "S1", "--stance", "refutes"]);
    place.json(&["verdict", "C1", "true", "--rationale", "So it is."]);
    let gate = place.json(&["gate", "1"]);
    assert_eq!(gate["passed"], true);
    assert_eq!(
        (&gate["warnings"][0]["kind"], &gate["warnings"][0]["claim"]),
        (&json!("contradicted"), &json!(1))
    );
    let text = gate["warnings"][0]["text"].as_str().unwrap();
    assert!(text.contains("is rated True, but the evidence refutes it"), "{text}");
    assert!(place.text(&["gate", "1"]).contains("careful: "));
    let preview = place.call("export.preview", &json!({ "article": "1" }));
    assert_eq!(preview["warnings"], json!([text]));
    place.json(&["evidence", "add", "C1", "S1", "--stance", "supports"]);
    assert_eq!(place.json(&["gate", "1"])["warnings"], json!([]));
    place.json(&["verdict", "C1", "false", "--rationale", "No."]);
    assert_eq!(place.json(&["gate", "1"])["warnings"], json!([]));
}

/// The claim "closed in 2019" with a verdict and one piece of evidence.
fn window() -> (Furnished, Window) {
    let desk = Furnished::new();
    let window = Window::on(&desk.desk());
    (desk, window)
}

fn give(desk: &Furnished, more: Value) -> Value {
    let mut all = json!({ "claim": desk.ids["claim"], "rating": "false", "scale": null, "rationale": "No." });
    all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    all
}

/// The claim and the sources as the window gets them.
fn told(desk: &Furnished, window: &Window) -> Value {
    json!([
        window.ask("claim.show", json!({ "claim": desk.ids["claim"] })),
        window.ask("source.list", json!({}))
    ])
}

#[test]
fn a_verdict_with_evidence_and_a_new_source_is_one_action_and_one_undo() {
    let (desk, window) = window();
    let before = told(&desk, &window);
    let add = json!({ "source": source_fields("Letter to the editor"), "stance": "refutes", "passage": "It never closed",
        "locator": "p. 1", "note": null });
    window.ask("verdict.give", give(&desk, json!({ "add": add })));
    let after = told(&desk, &window);
    assert_eq!(after[0]["row"]["rating"]["slug"], "false");
    let new = after[0]["evidence"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (&new["passage"], &new["source"]["title"]),
        (&json!("It never closed"), &json!("Letter to the editor"))
    );
    assert_eq!(after[1].as_array().unwrap().len(), before[1].as_array().unwrap().len() + 1);
    let seen = window.ask("desk.overview", json!({ "articles": false }))["undo"]["action"].clone();
    window.ask("desk.undo", json!({ "seen": seen }));
    let undone = told(&desk, &window);
    assert_eq!(
        (&undone[0]["evidence"], &undone[0]["row"], &undone[1]),
        (&before[0]["evidence"], &before[0]["row"], &before[1])
    );
    window.ask("desk.redo", json!({ "seen": seen }));
    assert_eq!(told(&desk, &window)[0]["evidence"], after[0]["evidence"]);
    assert_eq!(window.ask("desk.check", json!({}))["faults"], json!([]));
}

#[test]
fn if_one_part_is_refused_nothing_is_recorded() {
    let (desk, window) = window();
    let before = (told(&desk, &window), window.ask("desk.overview", json!({})));
    let source = |title: &str| json!({ "source": source_fields(title), "stance": "refutes", "passage": "No", "locator": null, "note": null });
    let mut stanceless = source("A letter");
    stanceless["stance"] = "doubts".into();
    for more in [
        json!({ "add": source(" ") }),
        json!({ "add": stanceless }),
        json!({ "add": { "source": "S99", "stance": "refutes", "passage": null, "locator": null, "note": null } }),
        json!({ "add": source("A letter"), "evidence": { desk.ids["source"].as_str().unwrap(): "earlier" } }),
        json!({ "add": source("A letter"), "evidence": { desk.ids["evidence"].as_str().unwrap(): "away" } }),
        json!({ "add": source("A letter"), "rating": "so-so" }),
        json!({ "add": source("A letter"), "rationale": " " }),
    ] {
        assert!(window.session().call("verdict.give", give(&desk, more.clone())).is_err(), "{more}");
        assert_eq!((told(&desk, &window), window.ask("desk.overview", json!({}))), before, "{more}");
    }
}

#[test]
fn the_window_sends_a_choice_for_each_piece_of_evidence() {
    let (desk, window) = window();
    let evidence = desk.ids["evidence"].as_str().unwrap();
    let scope = || told(&desk, &window)[0]["evidence"][0]["scope"].clone();
    window.ask("verdict.give", give(&desk, json!({ "evidence": { evidence: "earlier" } })));
    assert_eq!(scope(), "earlier");
    assert_eq!(told(&desk, &window)[0]["row"]["evidence"], 0);
    window.ask("verdict.give", give(&desk, json!({ "rationale": "Again." })));
    assert_eq!(scope(), "earlier");
    window.ask("verdict.give", give(&desk, json!({ "evidence": { evidence: "keep" } })));
    assert_eq!(scope(), Value::Null);
    window.ask("verdict.give", give(&desk, json!({ "evidence": { evidence: "remove" } })));
    assert_eq!(told(&desk, &window)[0]["evidence"], json!([]));
    assert_eq!(window.ask("desk.check", json!({}))["faults"], json!([]));
}

#[test]
fn without_a_verdict_there_is_no_evidence_of_earlier_words() {
    let place = Place::with_bridge();
    place.json(&["claim", "mark", "1", "--quote", "It is 240 metres long."]);
    place.json(&["source", "add", "--title", "Survey of bridges"]);
    let evidence = place.json(&["evidence", "add", "C1", "S1", "--stance", "supports"])["evidence"].clone();
    let request = json!({ "claim": "C1", "rating": "true", "scale": null, "rationale": "So.",
        "evidence": { evidence.as_str().unwrap(): "earlier" } });
    let said = place.called("verdict.give", &request)["error"].to_string();
    assert!(said.contains("no earlier verdict"), "{said}");
}

#[test]
fn evidence_of_a_withheld_source_is_in_no_bundle() {
    let place = Place::with_bridge();
    place.json(&["claim", "mark", "1", "--quote", "It is 240 metres long."]);
    let mut source = source_fields("A confidential letter");
    source["withhold"] = true.into();
    let add = json!({ "source": source, "stance": "supports", "passage": "Nobody may know", "locator": null, "note": null });
    let request = json!({ "claim": "C1", "rating": "true", "scale": null, "rationale": "So.", "add": add });
    place.call("verdict.give", &request);
    assert_eq!(bundled_claim(&place)["evidence"][0]["source"], "withheld");
    for (name, text) in bundled(&place) {
        assert!(!text.contains("Nobody may know") && !text.contains("confidential"), "{name}: {text}");
    }
}
