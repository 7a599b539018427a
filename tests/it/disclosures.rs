//! A confidential source: withheld from the export, and still provable to an auditor.

use crate::support::{Place, holds, unzipped};
use serde_json::Value;

const SECRET: &str = "Interview with M., engineer at the works";
const SAID: &str = "We had to close it at once.";

/// A desk with a withheld source, its bundle, and its disclosure.
fn withheld() -> (Place, String, String) {
    let place = Place::with_bridge();
    place.mark("closed in 2019 after a flood");
    place.json(&["source", "add", "--title", SECRET, "--kind", "interview", "--withhold"]);
    place.json(&["evidence", "add", "C1", "S1", "--stance", "supports", "--passage", SAID]);
    let (bundle, file) = (place.path("out.zip"), place.path("disclosed.json"));
    place.json(&["export", "1", "--to", &bundle]);
    place.json(&["disclose", "S1", "--to", &file]);
    (place, bundle, file)
}

#[test]
fn a_withheld_fact_can_be_proved_against_its_bundle() {
    let (place, bundle, file) = withheld();
    for (name, bytes) in unzipped(&bundle) {
        assert!(!holds(&bytes, SECRET) && !holds(&bytes, SAID), "{name}");
    }
    // An auditor has only the two files and no desk.
    let auditor = Place::new();
    let told = auditor.json(&["verify", &bundle, "--disclosed", &file]);
    let facts = told["disclosed"].as_array().unwrap();
    let texts: Vec<_> =
        facts.iter().map(|f| (f["text"].as_str().unwrap(), f["proved"].as_bool().unwrap())).collect();
    assert_eq!(texts, [(SECRET, true), (SAID, true)]);
    assert!(
        auditor
            .text(&["verify", &bundle, "--disclosed", &file])
            .contains(&format!("proved: source: {SECRET}"))
    );
    drop(place);
}

#[test]
fn facts_that_are_not_in_the_bundle_are_not_proved() {
    let (place, bundle, _) = withheld();
    let (other, _, file) = withheld();
    let done = place.run(&["--json", "verify", &bundle, "--disclosed", &file]);
    assert_eq!(done.status.code(), Some(1), "the same words recorded elsewhere have another salt");
    let text = std::fs::read_to_string(&file).unwrap().replace("engineer", "director");
    let forged = other.file("forged.json", text);
    assert!(place.refused(&["verify", &bundle, "--disclosed", &forged]).contains("do not give its digest"));
    place.refused(&["verify", &bundle, "--disclosed", &place.path("nowhere.json")]);
    place.refused(&["verify", &bundle, "--disclosed", &bundle]);
}

#[test]
fn a_disclosure_can_be_limited_to_an_article_and_has_no_erased_fact() {
    let (place, bundle, file) = withheld();
    let second = place.file("second.md", "# Another\n\nThe works were closed.\n");
    place.json(&["import", &second]);
    place.json(&["claim", "mark", "2", "--quote", "The works were closed."]);
    place.json(&["evidence", "add", "C2", "S1", "--stance", "supports", "--passage", "For good."]);
    let count = |args: &[&str]| place.json(args)["facts"].as_array().unwrap().len();
    assert_eq!((count(&["disclose", "S1"]), count(&["disclose", "S1", "--article", "1"])), (3, 2));
    let told: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    let passage = told["facts"][1]["id"].as_str().unwrap().to_owned();
    place.json(&["redact", &passage]);
    assert_eq!(count(&["disclose", "S1", "--article", "1"]), 1);
    assert_eq!(place.json(&["verify", &bundle, "--disclosed", &file])["disclosed"][1]["proved"], true);
    place.refused(&["disclose", "S9"]);
}

#[test]
fn the_export_warns_of_every_occurrence_of_a_withheld_name() {
    let (place, bundle, _) = withheld();
    place.json(&["claim", "edit", "C1", "--assertion", &format!("As told in the {SECRET}")]);
    place.json(&["query", "ask", "C1", "Is this so?", "--to", SECRET]);
    let file = place.file("next.md", place.text(&["article", "1"]).replace("1911", "1912"));
    place.json(&["revise", "1", &file, "--note", &format!("After the {}", SECRET.to_lowercase())]);
    let told = place.json(&["export", "1", "--to", &bundle, "--force"])["warnings"].to_string();
    for place in ["the assertion of", "a query", "the note of a revision"] {
        assert!(told.contains(place), "{place}: {told}");
    }
}
