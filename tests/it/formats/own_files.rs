//! Files of claims that this desk wrote and reads again: what it knows is left out, what others changed comes in.

use crate::support::Place;
use serde_json::Value;

/// A desk with a checked claim that has evidence, and its claims in this format.
fn written(format: &str) -> (Place, String) {
    let place = Place::with_bridge();
    place.mark("built in 1911");
    place.json(&["source", "add", "--title", "The plaque", "--kind", "report"]);
    place.json(&["evidence", "add", "C1", "S1", "--stance", "supports", "--passage", "Anno 1911"]);
    place.json(&["verdict", "C1", "true", "--rationale", "The plaque <says> so."]);
    place.json(&["query", "ask", "C1", "Which plaque?"]);
    let file = place.path(&format!("{format}.json"));
    place.json(&["export", "1", "--to", &file, "--format", format]);
    (place, file)
}

fn reasons(told: &Value) -> Vec<&str> {
    told["left_out"].as_array().unwrap().iter().filter_map(|l| l["said"]["code"].as_str()).collect()
}

#[test]
fn a_verdict_of_this_desk_is_neither_evidence_nor_a_query() {
    for (format, wanted) in [
        ("claimreview", &["entry_own_verdict"][..]),
        ("claimreview-feed", &["entry_own_verdict"]),
        ("webannotation", &["entry_own_verdict", "entry_own_evidence"]),
    ] {
        let (place, file) = written(format);
        let before = place.actions();
        let told = place.json(&["claim", "import", "1", &file]);
        assert_eq!(reasons(&told), wanted, "{format}: {told}");
        assert_eq!((&told["claims"][0]["number"], &told["claims"][0]["existing"]), (&1.into(), &true.into()));
        assert_eq!(place.actions(), before, "{format}: nothing was recorded");
    }
}

#[test]
fn it_is_known_by_its_claim_and_not_by_its_words() {
    let (place, file) = written("claimreview");
    place.revise(&crate::support::BRIDGE.replace("1911", "1912"));
    let told = place.json(&["claim", "import", "1", &file]);
    assert_eq!(reasons(&told), ["entry_own_verdict"], "{told}");
    assert_eq!(place.json(&["claim", "list", "1"]).as_array().unwrap().len(), 1);
}

#[test]
fn what_somebody_changed_in_the_file_comes_in() {
    let (place, file) = written("claimreview");
    let changed = std::fs::read_to_string(&file).unwrap().replace("The plaque", "The archive");
    let told = place.json(&["claim", "import", "1", &place.file("changed.json", changed)]);
    assert_eq!(reasons(&told), [""; 0], "{told}");
    assert_eq!(place.json(&["claim", "show", "C1"])["evidence"].as_array().unwrap().len(), 2);
}

#[test]
fn another_desk_takes_the_same_file_as_a_review_of_others() {
    let (_place, file) = written("claimreview");
    let other = Place::with_bridge();
    let told = other.json(&["claim", "import", "1", &file]);
    assert_eq!((reasons(&told).len(), told["sources"].as_array().unwrap().len()), (0, 1), "{told}");
}
