//! The two forms in which a thing goes out: to the window, and to scripts.

use crate::support::{BRIDGE, Place};
use serde_json::{Value, json};

/// An article with something of every kind.
fn place() -> Place {
    let place = Place::with_bridge();
    let file = place.file("survey.txt", "240 metres");
    for args in [
        &["claim", "mark", "1", "--quote", "cross it every day"][..],
        &["source", "add", "--title", "Survey", "--file", &file],
        &["source", "interview", "S1", "--with", "Jane Doe", "--how", "phone", "--terms", "record"],
        &["evidence", "add", "C1", "S1", "--stance", "supports", "--passage", "They do."],
        &["verdict", "C1", "true", "--rationale", "Counted."],
        &["query", "ask", "C1", "Who counted?"],
        &["query", "answer", "Q1", "The town."],
        &["suggestion", "make", "1", "--quote", "5,000", "--with", "5,100"],
    ] {
        place.json(args);
    }
    place
}

fn keys(of: &Value) -> String {
    of.as_object().expect("an object").keys().map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// A field for the page alone does not get into the JSON of scripts unseen.
#[test]
fn scripts_get_exactly_these_keys() {
    let place = place();
    let claim = place.json(&["claim", "show", "C1"]);
    let source = place.json(&["source", "show", "S1"]);
    let suggestion = place.json(&["suggestion", "show", "1"]);
    let revised = place.revise(&BRIDGE.replace("5,000", "5,200"));
    let diff = place.json(&["diff", "1"]);
    let part = |kind: &str| {
        let parts = diff["parts"].as_array().expect("parts");
        parts.iter().find(|p| p["kind"] == kind).cloned().expect(kind)
    };
    let row = "assertion assignee claim claimant context_changed context_open kind number placement quote reason_messages \
               reasons retracted risk side_by_side spans standing verdict";
    let a_source = "accessed authors files kept_here kind note number published publisher reliability source title url withhold";
    let article = "archived article assignee claims deadline headline number published";
    let wanted = [
        (&place.json(&["claim", "list", "1"])[0], row.to_owned()),
        (&place.json(&["claim", "list"])[0], row.replacen("assertion", "article assertion", 1)),
        (
            &claim,
            "assertion assignee claim claimant context context_changed context_messages context_open contradicted evidence \
             kind number placement queries quote reason_messages reasons retracted risk side_by_side spans standing verdict verdicts"
                .into(),
        ),
        (
            &claim["verdict"],
            "at by current label rating rationale reaffirms revision scale verdict withdrawn words".into(),
        ),
        (&claim["evidence"][0], "at by evidence locator note passage scope source stance".into()),
        (&claim["evidence"][0]["source"], a_source.into()),
        (
            &claim["queries"][0],
            "answers article at author by claim date number open query resolution text to".into(),
        ),
        (&claim["queries"][0]["answers"][0], "at author by date text written".into()),
        (&place.json(&["source", "list"])[0], a_source.into()),
        (&source["files"][0], "bytes name sha256".into()),
        (&source["interviews"][0], "at by confirmed fact how on recording role terms with".into()),
        (&source["contact"], "address fact mail phone".into()),
        (
            &suggestion,
            "article at author by date edits effects end kind note number of_file revision start state suggestion with \
             within words"
                .into(),
        ),
        (&suggestion["edits"][0], "end spans start with words".into()),
        (
            &revised["placements"][0],
            "claim context_changed number placement quote reason_messages reasons spans standing was".into(),
        ),
        (&diff["statements"][0], "claim kind message new old text".into()),
        (&part("kept"), "kind new old".into()),
        (&part("deleted"), "kind old text".into()),
        (&part("inserted"), "kind new text".into()),
        (
            &place.json(&["articles"])[0],
            article.replacen("claims", "checked claims context coverage", 1).replacen("number", "number open_queries orphaned", 1)
                + " revision stale state tags touched unchecked verified",
        ),
        (&place.json(&["article", "1"]), article.replacen("headline", "headline info", 1) + " revision state text"),
    ];
    for (of, keys_wanted) in wanted {
        assert_eq!(keys(of), keys_wanted, "{of}");
    }
}

/// Words and numbers are the same in both; places are in the units of each.
#[test]
fn the_window_and_scripts_get_the_same_claim() {
    let place = place();
    let row = place.call("claim.show", &json!({ "claim": "C1" }))["row"].clone();
    let claim = place.json(&["claim", "show", "C1"]);
    for (there, here) in [("number", "number"), ("quote", "quote"), ("standing", "standing"), ("id", "claim")]
    {
        assert_eq!(row[there], claim[here], "{there}");
    }
    let before = BRIDGE.split("cross it").next().expect("words before it");
    assert_eq!(row["spans"][0]["start"], json!(before.encode_utf16().count()));
    assert_eq!(claim["spans"][0]["start"], json!(before.chars().count()));
    assert_eq!(row["checker"]["name"], claim["verdict"]["by"]);
}
