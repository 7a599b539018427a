//! Two desks that both continue one article and are joined by their bundles: nothing is doubled, overwritten or attached to
//! a wrong place, and one undo separates them again.

use crate::support::{BRIDGE, Place};
use serde_json::Value;

/// Ada's desk, and Ben's with the same article from her bundle, with one claim.
fn two_desks() -> (Place, Place) {
    let (ada, ben) = (Place::with_bridge(), Place::of("Ben Short"));
    ada.mark("It is 240 metres long.");
    let bundle = out(&ada, "start.zip");
    ben.json(&["import", &bundle]);
    (ada, ben)
}

fn out(place: &Place, name: &str) -> String {
    let to = place.path(name);
    place.json(&["export", "1", "--to", &to]);
    assert_eq!(place.json(&["verify", &to])["valid"], true);
    to
}

fn text(place: &Place) -> String {
    place.text(&["article", "1"])
}

fn revised(place: &Place, was: &str, now: &str) {
    let file = place.file("next.md", text(place).replace(was, now));
    place.json(&["revise", "1", &file]);
}

#[test]
fn texts_revised_on_both_sides_are_merged_with_the_claims_of_both() {
    let (ada, ben) = two_desks();
    revised(&ada, "in 1911", "in 1912");
    ada.mark("built in 1912");
    revised(&ben, "About 5,000", "About 6,000");
    ben.mark("About 6,000 people");
    let done = ada.json(&["import", &out(&ben, "ben.zip")]);
    assert_eq!((&done["revision"], &done["joined"]["revision"]), (&4.into(), &4.into()));
    assert_eq!(text(&ada), BRIDGE.replace("in 1911", "in 1912").replace("5,000", "6,000"));
    let claims = ada.json(&["claim", "list", "1"]);
    let quotes: Vec<_> = claims.as_array().unwrap().iter().map(|c| c["quote"].as_str().unwrap()).collect();
    assert_eq!(quotes, ["built in 1912", "It is 240 metres long.", "About 6,000 people"]);
    assert_eq!(ada.json(&["check"])["faults"].as_array().map(Vec::len), Some(0));

    // The other side imports the joined history without conflicts, and then both have the same.
    ben.json(&["import", &out(&ada, "joined.zip")]);
    assert_eq!(text(&ben), text(&ada));
    let again = ben.run(&["--json", "import", &ada.path("joined.zip")]);
    assert!(String::from_utf8_lossy(&again.stdout).contains("\"existing\":true"), "{again:?}");
    assert_eq!(ben.json(&["claim", "list", "1"]).as_array().unwrap().len(), 3);
    ben.refused(&["import", &ada.path("nowhere.zip")]);
}

#[test]
fn a_sentence_that_both_changed_needs_a_decision() {
    let (ada, ben) = two_desks();
    revised(&ada, "in 1911", "in 1912");
    revised(&ben, "in 1911", "in 1913");
    let bundle = out(&ben, "ben.zip");
    let actions = ada.actions();
    let open = ada.run(&["--json", "import", &bundle]);
    assert_eq!(open.status.code(), Some(1));
    let told: Value = serde_json::from_slice(&open.stdout).unwrap();
    assert_eq!(told["conflicts"][0]["theirs"], "The bridge was built in 1913.");
    assert_eq!(ada.actions(), actions, "nothing was recorded");
    ada.json(&["import", &bundle, "--take", "theirs"]);
    assert!(text(&ada).contains("in 1913"));
    out(&ada, "joined.zip");
}

#[test]
fn differing_verdicts_are_disputed_until_somebody_decides() {
    let (ada, ben) = two_desks();
    ada.json(&["verdict", "C1", "true", "--rationale", "Ada measured it."]);
    ben.json(&["verdict", "C1", "false", "--rationale", "Ben measured it."]);
    ada.json(&["import", &out(&ben, "ben.zip")]);
    let history = ada.json(&["claim", "show", "C1"]);
    assert_eq!(history["verdicts"].as_array().unwrap().len(), 2, "{history}");
    let both = [("False", "Ben Short"), ("True", "Ada Long")];
    for claim in [&history, &ada.json(&["claim", "list", "1"])[0], &ada.json(&["claim", "list"])[0]] {
        let told = claim["side_by_side"].as_array().unwrap().iter();
        let told: Vec<_> = told.map(|v| (v["label"].as_str().unwrap(), v["by"].as_str().unwrap())).collect();
        assert_eq!(told, both, "{claim}");
    }
    let words = "side by side: False by Ben Short, True by Ada Long";
    for args in [&["claim", "list", "1"][..], &["claim", "list"], &["claim", "show", "C1"]] {
        let told = ada.text(args);
        assert!(told.contains(words), "{told}");
    }
    let open = ada.run(&["--json", "gate", "1"]);
    assert_eq!(open.status.code(), Some(1));
    let told: Value = serde_json::from_slice(&open.stdout).unwrap();
    let kinds: Vec<_> =
        told["open"].as_array().unwrap().iter().map(|o| o["kind"].as_str().unwrap()).collect();
    assert!(kinds.contains(&"disputed"), "{told}");
    let joined = out(&ada, "joined.zip");
    let claims =
        crate::support::unzipped(&joined).into_iter().find(|(n, _)| n.ends_with("claims.json")).unwrap();
    let claims: Value = serde_json::from_slice(&claims.1).unwrap();
    let ratings = [&claims["claims"][0]["verdict"]["rating"], &claims["claims"][0]["disputed"][0]["rating"]];
    assert_eq!(ratings, ["false", "true"]);
    ada.json(&["verdict", "C1", "true", "--rationale", "We measured it together."]);
    let told = ada.run(&["--json", "gate", "1"]);
    assert!(!String::from_utf8_lossy(&told.stdout).contains("disputed"));
    assert_eq!(ada.json(&["claim", "list"])[0]["side_by_side"], serde_json::json!([]));
}

#[test]
fn the_same_verdict_twice_is_no_dispute() {
    let (ada, ben) = two_desks();
    ada.json(&["verdict", "C1", "true", "--rationale", "Ada measured it."]);
    ben.json(&["verdict", "C1", "true", "--rationale", "Ben measured it too."]);
    ada.json(&["import", &out(&ben, "ben.zip")]);
    let told = ada.run(&["--json", "gate", "1"]);
    assert!(!String::from_utf8_lossy(&told.stdout).contains("disputed"));
}

#[test]
fn work_on_an_older_revision_is_carried_to_the_newest_of_either_desk() {
    let (ada, ben) = two_desks();
    revised(&ada, "The bridge was built", "Indeed: the bridge was built");
    ben.mark("closed in 2019");
    ada.json(&["import", &out(&ben, "ben.zip")]);
    let claims = ada.json(&["claim", "list", "1"]);
    assert_eq!(claims[1]["quote"], "closed in 2019", "{claims}");
    assert_eq!(claims[1]["placement"], "kept");

    let (ada, ben) = two_desks();
    ada.mark("closed in 2019");
    revised(&ben, "The bridge was built", "Indeed: the bridge was built");
    ada.json(&["import", &out(&ben, "ben.zip")]);
    assert!(text(&ada).contains("Indeed"));
    assert_eq!(ada.json(&["claim", "list", "1"])[1]["quote"], "closed in 2019");
    out(&ada, "joined.zip");
}

#[test]
fn one_undo_removes_the_import_and_the_next_bundle_is_as_before_it() {
    let (ada, ben) = two_desks();
    revised(&ada, "in 1911", "in 1912");
    revised(&ben, "About 5,000", "About 6,000");
    let bundle = out(&ben, "ben.zip");
    let before = std::fs::read(out(&ada, "before.zip")).unwrap();
    ada.json(&["import", &bundle]);
    ada.json(&["undo"]);
    assert_eq!(text(&ada), BRIDGE.replace("in 1911", "in 1912"));
    assert!(std::fs::read(out(&ada, "after.zip")).unwrap() == before, "the bundle is the one from before");
    ada.json(&["redo"]);
    assert!(text(&ada).contains("6,000"));
    out(&ada, "again.zip");
    ada.json(&["undo"]);

    // Work continues, and the same bundle is imported again.
    revised(&ada, "240 metres", "241 metres");
    out(&ada, "on.zip");
    ada.json(&["import", &bundle]);
    let all = text(&ada);
    assert!(all.contains("1912") && all.contains("241") && all.contains("6,000"), "{all}");
    out(&ada, "joined.zip");
    assert_eq!(ada.json(&["check"])["faults"].as_array().map(Vec::len), Some(0));
}

#[test]
fn two_desks_that_joined_separately_end_with_the_same_article() {
    let (ada, ben) = two_desks();
    revised(&ada, "in 1911", "in 1912");
    revised(&ben, "About 5,000", "About 6,000");
    let (from_ada, from_ben) = (out(&ada, "ada.zip"), out(&ben, "ben.zip"));
    ada.json(&["import", &from_ben]);
    ben.json(&["import", &from_ada]);
    assert_eq!(text(&ada), text(&ben));
    ada.json(&["import", &out(&ben, "ben2.zip")]);
    assert_eq!(text(&ada), text(&ben));
    out(&ada, "all.zip");
}

#[test]
fn a_bundle_older_than_one_seen_before_is_reported() {
    let (ada, ben) = two_desks();
    let old = out(&ada, "old.zip");
    std::thread::sleep(std::time::Duration::from_millis(5));
    revised(&ada, "in 1911", "in 1912");
    let new = out(&ada, "new.zip");
    assert!(ada.json(&["verify", &old])["newer_seen"].is_string());
    assert!(ada.text(&["verify", &old]).contains("careful: it is older"));
    assert!(ada.json(&["verify", &new])["newer_seen"].is_null());
    assert!(ben.json(&["verify", &old])["newer_seen"].is_null(), "a desk cannot know what it never saw");
    ben.json(&["verify", &new]);
    assert!(ben.json(&["verify", &old])["newer_seen"].is_null(), "and believes no bundle of a stranger");
    let key = ada.path("ada.pub");
    ada.json(&["key", "--export", &key]);
    ben.json(&["contact", "add", "Ada", &key]);
    ben.json(&["verify", &new]);
    assert!(ben.json(&["verify", &old])["newer_seen"].is_string());
}

#[test]
fn a_source_that_both_changed_stays_withheld_and_has_the_files_of_both() {
    let (ada, ben) = (Place::with_bridge(), Place::of("Ben Short"));
    ada.mark("It is 240 metres long.");
    ada.json(&["source", "add", "--title", "Survey"]);
    ada.json(&["evidence", "add", "C1", "S1", "--stance", "supports"]);
    ben.json(&["import", &out(&ada, "start.zip")]);
    let [ours, theirs] = [ada.file("ours.txt", "ours"), ben.file("theirs.txt", "theirs")];
    ada.json(&["source", "edit", "S1", "--withhold", "--file", &ours]);
    ben.json(&["source", "edit", "S1", "--title", "Survey of 1990", "--file", &theirs]);
    ada.json(&["import", &out(&ben, "ben.zip")]);
    let source = &ada.json(&["source", "list"])[0];
    assert_eq!((&source["title"], &source["withhold"]), (&"Survey of 1990".into(), &true.into()), "{source}");
    let files: Vec<_> =
        source["files"].as_array().unwrap().iter().map(|f| f["name"].as_str().unwrap()).collect();
    assert_eq!(files, ["theirs.txt", "ours.txt"]);
    for (name, bytes) in crate::support::unzipped(&out(&ada, "joined.zip")) {
        assert!(!crate::support::holds(&bytes, "Survey of 1990"), "{name}");
    }
    ada.json(&["source", "edit", "S1", "--open"]);
    assert_eq!(ada.json(&["source", "list"])[0]["withhold"], false, "one correction replaces both");
}
