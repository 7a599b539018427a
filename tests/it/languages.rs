//! Bundles in a language that this program has no words for: codes and arguments are compared, words are not.

use crate::{
    cli::bundles::{forged, sum_anew},
    support::Place,
};
use serde_json::{Value, json};
use std::{fs, path::Path};

/// An unpacked bundle with an open item, and its `claims.json`.
fn bundle(place: &Place) -> (String, Value) {
    let out = place.path("out.zip");
    place.json(&["claim", "mark", "1", "--quote", "built in 1911"]);
    place.json(&["export", "1", "--to", &out, "--unsigned"]);
    let folder = forged(place, &out, "bag-info.txt", "Tickmark-Verified", "Tickmark-Verified");
    let claims = fs::read(Path::new(&folder).join("data/claims.json")).unwrap();
    (folder, serde_json::from_slice(&claims).unwrap())
}

/// What `verify` reports of the bundle with another `claims.json`.
fn verified_with(place: &Place, folder: &str, claims: &Value) -> Value {
    let mut text = serde_json::to_string_pretty(claims).unwrap();
    text.push('\n');
    fs::write(Path::new(folder).join("data/claims.json"), text).unwrap();
    state_size(Path::new(folder));
    sum_anew(Path::new(folder));
    let done = place.run(&["--json", "verify", folder]);
    serde_json::from_slice(&done.stdout).expect("JSON")
}

/// Writes the size of the payload into `bag-info.txt`.
fn state_size(folder: &Path) {
    let (mut open, mut bytes, mut files) = (vec![folder.join("data")], 0, 0);
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            match entry.metadata().unwrap() {
                m if m.is_dir() => open.push(entry.path()),
                m => (bytes, files) = (bytes + m.len(), files + 1),
            }
        }
    }
    let info = fs::read_to_string(folder.join("bag-info.txt")).unwrap();
    let line = |l: &str| match l.starts_with("Payload-Oxum:") {
        true => format!("Payload-Oxum: {bytes}.{files}\n"),
        false => format!("{l}\n"),
    };
    fs::write(folder.join("bag-info.txt"), info.lines().map(line).collect::<String>()).unwrap();
}

/// Whether `verify` finds that `claims.json` does not follow from the history.
fn is_unfounded(found: &Value) -> bool {
    let claims = |e: &Value| e["path"] == "data/claims.json" && e["code"] == "contents";
    found["valid"] == false && found["errors"].as_array().unwrap().iter().any(claims)
}

#[test]
fn words_in_a_language_that_is_known_must_follow_from_the_history() {
    let place = Place::with_bridge();
    let (folder, mut claims) = bundle(&place);
    assert_eq!(claims["language"], "en");
    assert!(claims["gate"]["open"][0]["message"]["code"].as_str().unwrap().starts_with("open_"), "{claims}");
    claims["gate"]["open"][0]["text"] = json!("Nothing is open");
    let found = verified_with(&place, &folder, &claims);
    assert!(is_unfounded(&found), "{found}");
}

#[test]
fn words_in_an_unknown_language_are_not_compared_and_that_is_reported() {
    let place = Place::with_bridge();
    let (folder, mut claims) = bundle(&place);
    claims["language"] = json!("xx");
    claims["gate"]["open"][0]["text"] = json!("Ohne Urteil");
    let found = verified_with(&place, &folder, &claims);
    assert_eq!((&found["valid"], &found["errors"]), (&json!(true), &json!([])), "{found}");
    let warnings = found["warnings"].to_string();
    assert!(warnings.contains("'xx'") && warnings.contains("claims.json"), "{warnings}");
}

#[test]
fn codes_and_arguments_are_compared_in_every_language() {
    for (field, forged) in [("code", json!("open_sign_off")), ("args", json!({ "words": "something else" }))]
    {
        let place = Place::with_bridge();
        let (folder, mut claims) = bundle(&place);
        claims["language"] = json!("xx");
        claims["gate"]["open"][0]["message"][field] = forged;
        let found = verified_with(&place, &folder, &claims);
        assert!(is_unfounded(&found), "{field}: {found}");
    }
}
