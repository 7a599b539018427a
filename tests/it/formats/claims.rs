//! ClaimReview and Web Annotation: an export states only verdicts that hold, and is read back unchanged.

use super::{Field, text};
use crate::support::{BRIDGE, Opened};
use serde_json::{Value, json};
use tickmark::{
    formats::interchange::{ClaimsIn, read_claims},
    model::Stance,
    text::{Offsets, Point, Range},
};

fn json_of(field: &Field, slug: &str) -> Value {
    serde_json::from_slice(&field.written(slug)).unwrap()
}

fn read(text: &str) -> ClaimsIn {
    read_claims(text.as_bytes()).unwrap()
}

#[test]
fn only_a_verdict_that_holds_becomes_a_review() {
    let review = json_of(&Field::new(), "claimreview");
    assert_eq!(review["@type"], "ClaimReview", "one review stands alone");
    assert_eq!(review["claimReviewed"], "=Karsk's bridge dates from 1911");
    assert_eq!(review["itemReviewed"]["text"], "The bridge was built in 1911.");
    assert_eq!(review["url"], "https://news.example/bridge");
    assert_eq!(
        review["reviewRating"],
        json!({
            "@type": "Rating", "alternateName": "True", "ratingValue": 5, "bestRating": 5, "worstRating": 1,
            "ratingExplanation": "It is so.",
        })
    );
    assert_eq!(review["citation"].as_array().unwrap().len(), 1, "the withheld source is not cited");
}

#[test]
fn several_reviews_are_a_graph_and_a_feed_has_any_number() {
    let mut opened = Opened::with(BRIDGE);
    let none: Value = serde_json::from_slice(&super::written(&opened, "claimreview")).unwrap();
    assert_eq!(none["@graph"], json!([]));
    opened.mark_true("built in 1911");
    opened.mark_true("closed in 2019");
    let graph: Value = serde_json::from_slice(&super::written(&opened, "claimreview")).unwrap();
    assert_eq!(graph["@graph"].as_array().unwrap().len(), 2);
    let feed: Value = serde_json::from_slice(&super::written(&opened, "claimreview-feed")).unwrap();
    assert_eq!(feed["@type"], "DataFeed");
    let item = &feed["dataFeedElement"][1]["item"][0];
    assert!(item["@type"] == "ClaimReview" && item["claimReviewed"] == "closed in 2019");
}

#[test]
fn a_rating_without_a_number_is_exported_by_its_name() {
    let mut field = Field::new();
    field.opened.desk.give_verdict((field.article(), field.held), "opinion", None, "So it is.").unwrap();
    let rating = &json_of(&field, "claimreview")["reviewRating"];
    assert_eq!(rating["alternateName"], "Opinion");
    assert!(rating.get("ratingValue").is_none() && rating.get("bestRating").is_none());
}

#[test]
fn a_review_is_imported_as_a_claim_with_evidence() {
    let field = Field::new();
    for slug in ["claimreview", "claimreview-feed"] {
        let back = read(&text(field.written(slug)));
        let [claim] = &back.claims[..] else { panic!("one claim") };
        assert_eq!(claim.quotes[0].exact, "The bridge was built in 1911.");
        assert_eq!(claim.assertion.as_deref(), Some("=Karsk's bridge dates from 1911"));
        assert_eq!(claim.claimant.as_deref(), Some("@mayor"));
        let evidence = &claim.evidence[0];
        assert_eq!((evidence.stance, evidence.passage.as_deref()), (Stance::Supports, Some("It is so.")));
        assert_eq!(evidence.note.as_deref(), Some("Rated: True (5, where 1 is worst and 5 best)"));
        assert_eq!(evidence.source.authors, ["Ada Long"]);
    }
}

/// As found on the web: types in lists, numbers in quotes, empty ids, dates in words, a reversed scale, a review without a
/// claim.
const DIRTY: &str = r#"{"@context":"http://schema.org/","@graph":[
  {"@type":["Thing","http://schema.org/ClaimReview"],"@id":"","url":" https://check.example/1 ","datePublished":"August 25, 2025",
   "author":{"@type":"Organization","name":"Check It","url":""},
   "claimReviewed":["The bridge was built in 1911"],"itemReviewed":{"author":[{"name":"A mayor"}],"datePublished":""},
   "reviewRating":{"ratingValue":"5","bestRating":"1","worstRating":"5","alternateName":"Nope","image":null}},
  {"@type":"WebPage","review":{"@type":"ClaimReview","claimReviewed":"It is 240 metres long","datePublished":"03/04/2025",
   "reviewRating":"False"}},
  {"@type":"ClaimReview","claimReviewed":"","url":"https://check.example/2"}]}"#;

#[test]
fn malformed_reviews_are_imported_with_their_own_words() {
    let back = read(DIRTY);
    let [first, second] = &back.claims[..] else { panic!("two claims") };
    let source = &first.evidence[0].source;
    assert_eq!(
        (&source.authors[..], source.url.as_deref()),
        (&["Check It".to_owned()][..], Some("https://check.example/1"))
    );
    assert_eq!(source.published, "2025-08-25".parse().ok());
    assert_eq!(first.evidence[0].stance, Stance::Refutes, "5 is the worst on a scale that ends with 1");
    assert_eq!(first.claimant.as_deref(), Some("A mayor"));
    let raw: Value = serde_json::from_slice(&source.raw.as_ref().unwrap().1).unwrap();
    assert_eq!(raw["datePublished"], "August 25, 2025");
    assert_eq!(second.evidence[0].stance, Stance::Refutes);
    assert_eq!(
        second.evidence[0].source.note.as_deref(),
        Some("Published: 03/04/2025"),
        "no date is guessed"
    );
    assert_eq!(back.left_out[0].what.to_string(), "https://check.example/2");
}

#[test]
fn an_annotation_quotes_and_counts_the_same_words() {
    let field = Field::new();
    let whole = json_of(&field, "webannotation");
    assert_eq!(whole["@context"], "http://www.w3.org/ns/anno.jsonld");
    let items = whole["first"]["items"].as_array().unwrap();
    assert_eq!((items.len(), &whole["total"]), (3, &json!(3)), "the orphan has no target");
    let now = field.opened.text();
    let offsets = Offsets::new(&now);
    for item in items {
        let [quote, position] = &item["target"]["selector"].as_array().unwrap()[..] else {
            panic!("two selectors")
        };
        let at = |key: &str| Point(position[key].as_u64().unwrap() as usize);
        let span = offsets.span_from_points(Range::new(at("start"), at("end"))).unwrap();
        assert_eq!(span.of(&now), quote["exact"].as_str());
        assert!(item["target"]["state"]["sourceDate"].as_str().unwrap().ends_with('Z'));
    }
    assert!(items.iter().any(|i| i["target"]["selector"][0]["exact"] == "5,000 people 👩‍👩‍👧"));
    let purposes = |i: &Value| -> Vec<String> {
        i["body"].as_array().unwrap().iter().map(|b| b["purpose"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(purposes(&items[0]), ["describing", "classifying", "assessing", "linking", "questioning"]);
    assert_eq!(items[1]["body"], json!([{ "type": "TextualBody", "purpose": "tagging", "value": "stale" }]));
}

#[test]
fn annotations_are_imported_with_place_evidence_and_remarks() {
    let back = read(&text(Field::new().written("webannotation")));
    assert_eq!((back.claims.len(), back.left_out.len()), (3, 0));
    let claim = &back.claims[0];
    assert_eq!(claim.quotes[0].exact, "The bridge was built in 1911.");
    assert_eq!(claim.quotes[0].position, Some(Range::new(Point(23), Point(52))));
    assert_eq!(claim.assertion.as_deref(), Some("=Karsk's bridge dates from 1911"));
    let evidence = &claim.evidence[0];
    assert_eq!(evidence.source.title, super::report().title);
    assert_eq!(
        (evidence.stance, evidence.passage.as_deref(), evidence.locator.as_deref()),
        (Stance::Supports, Some("Built: 1911"), Some("p. 3"))
    );
    assert_eq!(claim.remarks, ["Is that certain?", "Rated “True” by Ada Long: It is so."]);
    assert!(back.claims[1].remarks.is_empty(), "a stale verdict is not passed on");
}

fn annotation(change: impl FnOnce(&mut Value)) -> String {
    let mut one = json!({
        "@context": "http://www.w3.org/ns/anno.jsonld", "id": "http://a.example/1", "type": "Annotation", "bodyValue": "Hm",
        "target": { "source": "http://b.example", "selector": { "type": "TextQuoteSelector", "exact": "closed in 2019" } },
    });
    change(&mut one);
    one.to_string()
}

#[test]
fn an_invalid_annotation_is_refused_with_the_field_named() {
    assert_eq!(read(&annotation(|_| {})).claims[0].remarks, ["Hm"]);
    type Case = (fn(&mut Value), &'static str);
    let cases: [Case; 7] = [
        (|a| a["type"] = "Note".into(), "type"),
        (|a| a["id"] = "".into(), "id"),
        (|a| a["target"] = Value::Null, "target"),
        (|a| a["target"] = json!([]), "target"),
        (|a| a["body"] = json!({ "type": "TextualBody", "value": "x" }), "bodyValue"),
        (|a| a["target"]["selector"]["exact"] = "".into(), "target[0].selector.exact"),
        (
            |a| a["target"]["selector"] = json!({ "type": "TextPositionSelector", "start": 5, "end": 2 }),
            "target[0].selector.end",
        ),
    ];
    for (change, field) in cases {
        let said = read_claims(annotation(change).as_bytes()).unwrap_err().to_string();
        assert!(said.contains(&format!(" {field}:")), "{field}: {said}");
    }
    let in_a_list = json!({ "type": "AnnotationPage", "items": [{ "type": "Annotation" }] }).to_string();
    assert!(read_claims(in_a_list.as_bytes()).unwrap_err().to_string().contains("items[0].target"));
}

#[test]
fn a_refined_selector_and_a_page_note_are_understood() {
    let refined = annotation(|a| {
        a["target"]["selector"] =
            json!({ "type": "FragmentSelector", "value": "p1", "refinedBy": a["target"]["selector"] });
    });
    assert_eq!(read(&refined).claims[0].quotes[0].exact, "closed in 2019");
    let whole = read(&annotation(|a| a["target"] = "http://b.example".into()));
    assert_eq!((whole.claims.len(), whole.left_out[0].what.to_string()), (0, "Hm".into()));
}

#[test]
fn the_html_fragment_has_the_verdicts_that_hold_and_escapes_its_data() {
    let field = Field::new();
    let piece = String::from_utf8(field.written("fragment")).unwrap();
    assert!(piece.contains("<h1>The bridge at Karsk</h1>"), "{piece}");
    assert_eq!(piece.matches("<sup>").count(), 1, "one verdict holds: {piece}");
    assert!(
        piece.contains("<strong>True.</strong> “The bridge was built in 1911.” It is so. Source: <cite>"),
        "{piece}"
    );

    let mut opened = Opened::with("# A <b> day\n\nIt is *said* </script><script>alert(1)</script> here.\n");
    opened.mark_true("said* </script><script>alert(1)");
    let piece = String::from_utf8(super::written(&opened, "fragment")).unwrap();
    assert_eq!(piece.matches("<script").count(), 1, "{piece}");
    assert_eq!(piece.matches("</script>").count(), 1, "{piece}");
    let data = piece.split("<script type=\"application/ld+json\">").nth(1).unwrap();
    let data: Value = serde_json::from_str(data.split("</script>").next().unwrap()).unwrap();
    let said = &data["@graph"][0]["claimReviewed"];
    assert_eq!(said, "said* </script><script>alert(1)");
}

#[test]
fn every_format_describes_its_purpose_in_one_sentence() {
    for format in tickmark::formats::interchange::FORMATS {
        assert!(format.purpose.starts_with("For ") && format.purpose.ends_with('.'), "{}", format.slug);
        assert_eq!(format.purpose.matches(". ").count(), 0, "{}", format.slug);
    }
}

#[test]
fn reviews_are_read_in_every_usual_form() {
    let one = |review: &str| read(&format!(r#"{{"@type":"ClaimReview",{review}}}"#)).claims;
    let quotes = |claims: &[tickmark::formats::interchange::ClaimIn]| -> Vec<String> {
        claims.iter().map(|c| c.quotes[0].exact.clone()).collect()
    };
    let marked = one(r#""claimReviewed":"<p>Rain &amp; <b>snow</b></p>","name":"It&#8217;s not so""#);
    assert_eq!(quotes(&marked), ["Rain & snow"]);
    assert_eq!(marked[0].evidence[0].source.title, "It’s not so");
    assert_eq!(quotes(&one(r#""claimReviewed":{"@type":"Claim","text":"It rained"}"#)), ["It rained"]);
    let both =
        one(r#""claimReviewed":["It rained","It snowed"],"itemReviewed":{"author":{"name":"A mayor"}}"#);
    assert_eq!(
        (quotes(&both), both[1].claimant.as_deref()),
        (vec!["It rained".into(), "It snowed".into()], Some("A mayor"))
    );
    let items = one(
        r#""claimReviewed":"Weather","itemReviewed":[{"text":"It rained","author":{"name":"A"}},{"text":"It snowed"}]"#,
    );
    assert_eq!(quotes(&items), ["It rained", "It snowed"]);
    assert_eq!((items[0].assertion.as_deref(), items[0].claimant.as_deref()), (Some("Weather"), Some("A")));
    let graph = read(
        r##"{"@graph":[{"@type":"ClaimReview","claimReviewed":"It rained","author":{"@id":"#a"},"itemReviewed":{"@id":"#c"}},
            {"@id":"#a","name":"Check It"},{"@id":"#c","@type":"Claim","author":{"name":"A mayor"}}]}"##,
    );
    assert_eq!(graph.claims[0].evidence[0].source.authors, ["Check It"]);
    assert_eq!(graph.claims[0].claimant.as_deref(), Some("A mayor"));
}

#[test]
fn an_answer_of_the_fact_check_api_is_read() {
    let answer = r#"{"claims":[{"text":"It rained","claimant":"A mayor","claimDate":"2024-05-30T00:00:00Z","claimReview":[
        {"publisher":{"name":"Check It","site":"check.example"},"url":"https://check.example/1","title":"It did not",
         "reviewDate":"2024-06-01T00:00:00Z","textualRating":"False","languageCode":"en"}]}],"nextPageToken":"x"}"#;
    let [claim] = &read(answer).claims[..] else { panic!("one claim") };
    assert_eq!((claim.quotes[0].exact.as_str(), claim.claimant.as_deref()), ("It rained", Some("A mayor")));
    let evidence = &claim.evidence[0];
    assert_eq!(
        (evidence.stance, evidence.note.as_deref()),
        (Stance::Refutes, Some("Rated: False\nClaimed: 2024-05-30"))
    );
    assert_eq!(evidence.source.publisher.as_deref(), Some("Check It"));
    assert_eq!(evidence.source.published, "2024-06-01".parse().ok());
}

#[test]
fn reviews_in_a_web_page_are_read() {
    let field = Field::new();
    let ours = read(&text(field.written("fragment")));
    assert_eq!(ours.claims[0].quotes[0].exact, "The bridge was built in 1911.");
    let page = r#"<!doctype html><title>x</title><script type="application/ld+json">{broken</script>
        <script type='application/ld+json'>{"@type":"ClaimReview","claimReviewed":"It rained"}</script>"#;
    let read = read(page);
    assert_eq!((read.claims.len(), read.left_out.len()), (1, 1));
    assert!(read_claims(b"<!doctype html><p>Nothing</p>").is_err());
}
