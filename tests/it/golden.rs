//! Bundles written by earlier versions, kept as they were: each has to verify and to come in for ever.
//!
//! They are in tests/it/fixtures/bundles, a folder a version. One that does not hold any more means that the form has
//! changed: raise the package's version first, so that `verify` knows it did not write the older ones, then keep a bundle
//! of the new version with TICKMARK_WRITE_GOLDEN=1 cargo test --test it golden. None is ever changed or removed.

use crate::support::{BRIDGE, Place};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures/bundles")
}

/// Everything a bundle can hold at once: two desks' work joined, a withheld source, an attached file, an undone action,
/// a redaction, a sign-off, waved sentences, a query with an answer from a sheet, orphans, evidence of earlier words, a conversation, and corrections since it
/// went out as verified.
fn made() -> (Place, String) {
    let (ada, ben) = (Place::with_bridge(), Place::of("Ben Short"));
    let path = |name: &str| ada.path(name);
    ada.json(&["policy", "--coverage", "20", "--evidence", "false"]);
    ada.json(&["claim", "mark", "1", "--quote", "It is 240 metres long.", "--risk", "high"]);
    ada.json(&["verdict", "C1", "true", "--rationale", "Measured."]);
    let survey = ada.file("survey.txt", "Length: 240 m\n");
    ada.json(&["source", "add", "--title", "Survey of bridges", "--file", &survey]);
    ada.json(&["evidence", "add", "C1", "S1", "--stance", "supports", "--passage", "Length: 240 m"]);
    ada.json(&["source", "add", "--title", "A confidential letter", "--withhold"]);
    ada.json(&["evidence", "add", "C1", "S2", "--stance", "context", "--passage", "Nobody may know."]);
    ada.json(&["wave", "1", "--quote", "About 5,000 people", "--note", "Our own count"]);
    ada.json(&["export", "1", "--to", &path("start.zip")]);
    ben.json(&["import", &path("start.zip")]);
    ben.json(&["sign-off", "C1"]);
    ben.json(&["claim", "mark", "1", "--quote", "after a flood"]);
    ben.json(&["verdict", "C2", "true", "--rationale", "The paper of the day."]);
    ben.json(&["export", "1", "--to", &path("ben.zip")]);
    ada.revise(&BRIDGE.replace("in 1911", "in 1912"));
    ada.json(&["import", &path("ben.zip")]);
    ada.json(&["export", "1", "--to", &path("verified.zip"), "--verified"]);
    ada.json(&["query", "ask", "C2", "Which paper?"]);
    ada.json(&["undo"]);
    ada.json(&["query", "ask", "C2", "Which paper was it?"]);
    let sheet = path("sheet.txt");
    ada.json(&["export", "1", "--to", &sheet, "--format", "sheet-txt"]);
    let sheet =
        std::fs::read_to_string(sheet).expect("the sheet").replace("\nAnswer:", "\nAnswer: The Post.");
    ada.json(&["query", "import", &ada.file("answers.txt", sheet), "--by", "Ines Berg"]);
    ada.json(&["query", "resolve", "Q2", "--note", "The Post"]);
    ada.revise(&BRIDGE.replace("in 1911", "in 1912").replace("240", "250").replace(" after a flood", ""));
    ada.json(&["source", "interview", "S1", "--with", "Jane Doe", "--how", "phone", "--terms", "record"]);
    ada.json(&["article", "status", "1", "--state", "ready"]);
    ada.json(&["source", "contact", "S1", "--mail", "jane@example.org"]);
    ada.json(&["verdict", "C1", "true", "--rationale", "Measured again.", "--evidence", "earlier"]);
    let to = path("golden.zip");
    ada.json(&["export", "1", "--to", &to]);
    (ada, to)
}

/// What is told of a bundle, without what depends on where it is read.
fn told(bundle: &str) -> Value {
    let place = Place::new();
    let done = place.run(&["--json", "verify", bundle]);
    let mut found: Value = serde_json::from_slice(&done.stdout).expect("JSON");
    if found["warnings"].as_array().is_some_and(|w| w.iter().all(|w| w["code"] == "contents")) {
        // Another version than that which wrote it cannot see whether the page follows from the history, and says so.
        found["warnings"] = json!([]);
    }
    // Told since 0.4, and otherwise by each version that reads.
    for name in ["page", "rules"] {
        found.as_object_mut().expect("an object").remove(name);
    }
    place.json(&["import", bundle]);
    let claims = place.json(&["claim", "list", "1"]);
    let claim =
        |c: &Value| json!({ "quote": c["quote"], "standing": c["standing"], "placement": c["placement"] });
    let claims: Vec<Value> = claims.as_array().expect("claims").iter().map(claim).collect();
    let again = place.path("again.zip");
    place.json(&["export", "1", "--to", &again, "--unsigned"]);
    assert_eq!(place.json(&["verify", &again])["valid"], true, "{bundle} does not go out again");
    json!({ "verify": found, "text": place.text(&["article", "1"]), "claims": claims, "actions": place.actions() })
}

/// What is open is told by its kind: each version has its own words for it.
fn without_wording(mut told: Value) -> Value {
    for item in told["verify"]["open"].as_array_mut().into_iter().flatten() {
        let item = item.as_object_mut().expect("an open item");
        ["text", "message"].iter().for_each(|words| drop(item.remove(*words)));
    }
    told
}

#[test]
fn bundles_of_every_version_verify_and_come_in() {
    if std::env::var_os("TICKMARK_WRITE_GOLDEN").is_some() {
        write();
    }
    let mut seen = 0;
    for version in std::fs::read_dir(folder()).expect("the golden bundles") {
        let version = version.expect("a folder").path();
        let expected = std::fs::read(version.join("expected.json")).expect("what is expected");
        let expected: Value = serde_json::from_slice(&expected).expect("JSON");
        let bundle = version.join("golden.zip");
        let expected = without_wording(expected);
        let mut told = without_wording(told(bundle.to_str().expect("UTF-8")));
        if expected["verify"]["verified"].is_null() {
            // Until 0.3 nothing was vouched for where another version wrote it.
            for name in ["verified", "open", "policy"] {
                told["verify"][name] = expected["verify"][name].clone();
            }
        }
        assert_eq!(told, expected, "{}", version.display());
        seen += 1;
    }
    assert!(seen > 0);
}

/// Keeps a bundle of this version, and what is told of those that nothing is expected of yet.
fn write() {
    let version = folder().join(env!("CARGO_PKG_VERSION"));
    assert!(!version.exists(), "{} is kept already; raise the version", version.display());
    std::fs::create_dir_all(&version).expect("a folder");
    let (_place, bundle) = made();
    std::fs::copy(&bundle, version.join("golden.zip")).expect("the bundle");
    for version in std::fs::read_dir(folder()).expect("the golden bundles") {
        let version = version.expect("a folder").path();
        let (expected, bundle) = (version.join("expected.json"), version.join("golden.zip"));
        if !expected.exists() {
            let told = serde_json::to_vec_pretty(&told(bundle.to_str().expect("UTF-8"))).expect("JSON");
            std::fs::write(expected, [told, b"\n".to_vec()].concat()).expect("what is expected");
        }
    }
}
