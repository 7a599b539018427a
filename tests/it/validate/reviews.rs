//! ClaimReview, by what its readers need.

use super::{found, found_in, put, told};
use crate::{
    formats::{Field, written},
    support::{BRIDGE, Opened},
};
use serde_json::{Value, json};
use tickmark::formats::validate::findings::Kind;

fn review() -> Value {
    json!({
        "@context": "https://schema.org", "@type": "ClaimReview", "url": "https://check.example/1",
        "datePublished": "2025-08-25", "author": { "@type": "Organization", "name": "Check It" },
        "claimReviewed": "The bridge was built in 1911",
        "reviewRating": { "@type": "Rating", "alternateName": "True", "ratingValue": 5, "bestRating": 5, "worstRating": 1 },
        "itemReviewed": {
            "@type": "Claim", "author": { "@type": "Person", "name": "A mayor" }, "datePublished": "2025-08",
            "appearance": { "@type": "CreativeWork", "url": "https://news.example/bridge" },
        },
    })
}

#[test]
fn a_sound_review_is_valid_alone_in_a_list_in_a_graph_and_in_a_feed() {
    let one = review();
    let graph = json!({ "@context": "http://schema.org/", "@graph": [one, { "@type": "WebPage" }] });
    let feed = json!({
        "@context": "https://schema.org", "@type": "DataFeed", "dateModified": "2025-08-25T10:00:00Z",
        "dataFeedElement": [{ "@type": "DataFeedItem", "dateCreated": "2025-08-25T10:00:00Z", "item": [one] }],
    });
    for whole in [&one, &json!([one]), &graph, &feed] {
        let found = found_in(whole);
        assert_eq!((found.kind, found.valid, found.complete), (Kind::ClaimReview, true, true), "{found:?}");
        assert!(found.warnings.is_empty(), "{found:?}");
    }
}

#[test]
fn a_missing_required_field_is_reported_with_its_path() {
    let cases: &[(&str, Value, &str)] = &[
        ("@context", Value::Null, "missing"),
        ("@context", json!("http://www.w3.org/ns/prov"), "field"),
        ("@type", json!("Review"), "field"),
        ("@type", Value::Null, "missing"),
        ("claimReviewed", Value::Null, "missing"),
        ("claimReviewed", json!(" "), "field"),
        ("claimReviewed", json!(["One", "Two"]), "field"),
        ("url", json!(""), "field"),
        ("url", json!("check.example/1"), "field"),
        ("author.name", json!(""), "field"),
        ("author", json!(7), "field"),
        ("datePublished", json!("August 25, 2025"), "field"),
        ("datePublished", json!("25.08.2025"), "field"),
        ("reviewRating", Value::Null, "missing"),
        ("reviewRating", json!("False"), "field"),
        ("reviewRating.@type", json!("AggregateRating"), "field"),
        ("reviewRating.alternateName", json!(""), "field"),
        ("reviewRating.ratingValue", json!(6), "field"),
        ("reviewRating.ratingValue", json!(-1), "field"),
        ("reviewRating.ratingValue", json!("five"), "field"),
        ("reviewRating.bestRating", json!("4,5"), "field"),
        ("reviewRating.bestRating", json!(2), "field"),
        ("itemReviewed", json!("A claim"), "field"),
        ("itemReviewed.@type", Value::Null, "missing"),
        ("itemReviewed.datePublished", json!("soon"), "field"),
        ("itemReviewed.author.name", Value::Null, "missing"),
        ("itemReviewed.appearance", json!("a square"), "field"),
        ("itemReviewed.appearance.url", json!("a square"), "field"),
    ];
    for (path, value, code) in cases {
        let mut whole = review();
        put(&mut whole, path, value.clone());
        let found = found_in(&whole);
        let wanted =
            if *path == "reviewRating.bestRating" && value == 2 { "reviewRating.ratingValue" } else { path };
        assert_eq!(told(&found.errors), [(wanted, *code)], "{value}");
        assert!(!found.valid && found.complete == (*code != "missing"), "{path}");
    }
}

#[test]
fn a_missing_usual_field_is_a_warning() {
    for (path, told_at) in [
        ("url", "url"),
        ("author", "author"),
        ("datePublished", "datePublished"),
        ("itemReviewed", "itemReviewed"),
        ("reviewRating.alternateName", "reviewRating.alternateName"),
    ] {
        let mut whole = review();
        put(&mut whole, path, Value::Null);
        let found = found_in(&whole);
        assert!(found.valid, "{path}: {found:?}");
        assert_eq!(told(&found.warnings), [(told_at, "missing")]);
    }
    let mut turned = review();
    put(&mut turned, "reviewRating.bestRating", json!("1"));
    put(&mut turned, "reviewRating.worstRating", json!("5"));
    let found = found_in(&turned);
    assert!(found.valid && told(&found.warnings) == [("reviewRating.worstRating", "field")], "{found:?}");
}

#[test]
fn a_review_needs_a_place_or_an_author_and_a_name_or_a_whole_scale() {
    let mut whole = review();
    put(&mut whole, "url", Value::Null);
    put(&mut whole, "author", Value::Null);
    assert_eq!(told(&found_in(&whole).errors), [("url", "missing")]);
    let mut whole = review();
    put(&mut whole, "reviewRating.alternateName", Value::Null);
    put(&mut whole, "reviewRating.worstRating", Value::Null);
    assert_eq!(told(&found_in(&whole).errors), [("reviewRating.worstRating", "missing")]);
    put(&mut whole, "reviewRating.ratingValue", Value::Null);
    assert_eq!(told(&found_in(&whole).errors), [("reviewRating.alternateName", "missing")]);
}

#[test]
fn faults_in_graphs_and_feeds_are_reported_with_the_whole_path() {
    let mut broken = review();
    put(&mut broken, "claimReviewed", Value::Null);
    let graph = json!({ "@context": "https://schema.org", "@graph": [review(), broken] });
    assert_eq!(told(&found_in(&graph).errors), [("@graph[1].claimReviewed", "missing")]);
    let feed = json!({
        "@context": "https://schema.org", "@type": "DataFeed",
        "dataFeedElement": [{ "@type": "DataFeedItem", "item": [broken] }, { "@type": "Thing", "item": [review()] }],
    });
    assert_eq!(
        told(&found_in(&feed).errors),
        [("dataFeedElement[1].@type", "field"), ("dataFeedElement[0].item[0].claimReviewed", "missing")]
    );
}

#[test]
fn the_output_of_the_desk_is_valid() {
    let mut opened = Opened::with(BRIDGE);
    for slug in ["claimreview", "claimreview-feed"] {
        let none = found(&written(&opened, slug));
        assert!(none.valid && told(&none.warnings) == [("", "field")], "{slug}: {none:?}");
        let one = found(&Field::new().written(slug));
        assert!(one.valid && one.kind == Kind::ClaimReview && one.warnings.is_empty(), "{slug}: {one:?}");
    }
    opened.mark_true("built in 1911");
    opened.mark_true("closed in 2019");
    for slug in ["claimreview", "claimreview-feed"] {
        assert!(found(&written(&opened, slug)).valid, "{slug}");
    }
}
