//! Bundles written by earlier versions, unchanged. Each must verify and can be imported for ever.
//!
//! They are in tests/it/fixtures/bundles, one folder per version. If one no longer passes, the form has changed. Then raise
//! the package's version first, so that `verify` knows that it did not write the older ones, and add a bundle of the new
//! version with TICKMARK_WRITE_GOLDEN=1 cargo test --test it golden. None is ever changed or removed.

use crate::support::{BRIDGE, Place};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures/bundles")
}

/// A bundle with everything: the joined work of two desks, a withheld source, an attached file, an undone action, a
/// redaction, a sign-off, exempt sentences, suggestions, a query with an answer from a sheet, orphans, evidence of earlier words, a
/// conversation, and corrections since it was exported as verified.
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
    let metres = "It is 250 metres long.";
    ada.json(&["suggestion", "make", "1", "--quote", metres, "--with", "It is 251 metres long."]);
    ada.json(&["suggestion", "make", "1", "--quote", metres, "--with", "It is long."]);
    ada.json(&["suggestion", "reject", "2"]);
    let to = path("golden.zip");
    ada.json(&["export", "1", "--to", &to]);
    (ada, to)
}

/// What `verify` and the import show of a bundle, without what depends on the desk.
fn told(bundle: &str) -> Value {
    let place = Place::new();
    let done = place.run(&["--json", "verify", bundle]);
    let mut found: Value = serde_json::from_slice(&done.stdout).expect("JSON");
    if found["warnings"].as_array().is_some_and(|w| w.iter().all(|w| w["code"] == "contents")) {
        // Only the version that wrote a bundle can prove that its page follows from the history.
        found["warnings"] = json!([]);
    }
    // Shown since 0.4; each reading version has its own value.
    for name in ["page", "rules", "stated_verified"] {
        found.as_object_mut().expect("an object").remove(name);
    }
    // A requirement since 0.7, which earlier bundles do not name.
    if let Some(policy) = found["policy"].as_object_mut() {
        policy.remove("context");
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

/// Open items are compared by kind: each version has its own words for them.
fn without_wording(mut told: Value) -> Value {
    for item in told["verify"]["open"].as_array_mut().into_iter().flatten() {
        let item = item.as_object_mut().expect("an open item");
        ["text", "message"].iter().for_each(|words| drop(item.remove(*words)));
    }
    told
}

#[test]
fn bundles_of_every_version_verify_and_can_be_imported() {
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
            // Until 0.3 nothing was proved for a bundle of another version.
            for name in ["verified", "open", "policy"] {
                told["verify"][name] = expected["verify"][name].clone();
            }
        }
        assert_eq!(told, expected, "{}", version.display());
        seen += 1;
    }
    assert!(seen > 0);
}

/// Writes a bundle of this version, and the expected output of bundles that have none yet.
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
