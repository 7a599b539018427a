//! Web Annotations, strictly by the model.

use super::{found, found_in, put, told};
use crate::{
    formats::{Field, written},
    support::{BRIDGE, Opened},
};
use serde_json::{Value, json};
use tickmark::{formats::validate::findings::Kind, model::Info};

/// One annotation with a part of everything.
fn annotation() -> Value {
    json!({
        "@context": "http://www.w3.org/ns/anno.jsonld", "id": "http://a.example/1", "type": "Annotation",
        "created": "2025-10-14T07:30:00Z", "creator": { "id": "http://a.example/ada", "name": "Ada" },
        "motivation": "assessing",
        "body": [
            { "type": "TextualBody", "purpose": "assessing", "value": "So it is." },
            "http://b.example/report",
            { "type": "Choice", "items": [{ "id": "http://b.example/en" }, { "id": "http://b.example/fr" }] },
        ],
        "target": {
            "source": "http://b.example/page",
            "selector": [
                { "type": "TextQuoteSelector", "exact": "closed in 2019", "prefix": "was ", "suffix": " after" },
                { "type": "TextPositionSelector", "start": 4, "end": 18 },
                { "type": "RangeSelector",
                  "startSelector": { "type": "XPathSelector", "value": "/p[1]" },
                  "endSelector": { "type": "CssSelector", "value": "p + p" } },
                { "type": "FragmentSelector", "conformsTo": "http://tools.ietf.org/rfc/rfc3236", "value": "p1",
                  "refinedBy": { "type": "DataPositionSelector", "start": 0, "end": 0 } },
            ],
            "state": { "type": "TimeState", "sourceDateStart": "2025-10-14T07:00:00Z",
                       "sourceDateEnd": "2025-10-14T07:30:00.500Z" },
        },
    })
}

#[test]
fn a_sound_annotation_is_valid_alone_in_a_list_on_a_page_and_in_a_collection() {
    let one = annotation();
    let page = json!({ "@context": one["@context"], "id": "http://a.example/p", "type": "AnnotationPage", "items": [one] });
    let mut collection = json!({
        "@context": one["@context"], "id": "http://a.example/c", "type": "AnnotationCollection", "label": "All", "total": 1,
        "first": { "id": "http://a.example/p", "type": "AnnotationPage", "startIndex": 0, "items": [one] },
    });
    for whole in [&one, &json!([one]), &page, &collection] {
        let found = found_in(whole);
        assert_eq!((found.kind, found.valid, found.complete), (Kind::WebAnnotation, true, true), "{found:?}");
        assert!(found.warnings.is_empty(), "{found:?}");
    }
    collection["first"] = "http://a.example/p".into();
    collection["last"] = "http://a.example/p".into();
    assert!(found_in(&collection).valid);
}

#[test]
fn a_violation_of_the_model_is_reported_with_the_path_of_its_field() {
    let cases: &[(&str, Value, &str)] = &[
        ("@context", Value::Null, "missing"),
        ("@context", json!("https://schema.org"), "field"),
        ("id", Value::Null, "missing"),
        ("id", json!("no iri"), "field"),
        ("id", json!(["http://a.example/1"]), "field"),
        ("type", Value::Null, "missing"),
        ("type", json!("Note"), "field"),
        ("target", Value::Null, "missing"),
        ("target", json!([]), "missing"),
        ("target", json!(7), "field"),
        ("motivation", json!("guessing"), "field"),
        ("created", json!("14 October 2025"), "field"),
        ("created", json!("2025-10-14T07:30:00+02:00"), "field"),
        ("creator", json!("Ada Long"), "field"),
        ("bodyValue", json!("both"), "field"),
        ("body[0].value", json!(["a", "b"]), "field"),
        ("body[0].purpose", json!("shouting"), "field"),
        ("body[1]", json!("a report"), "field"),
        ("body[2].items", json!([]), "missing"),
        ("body[2].items[1].id", Value::Null, "missing"),
        ("target.source", json!("page 3"), "field"),
        ("target.selector[0].type", Value::Null, "missing"),
        ("target.selector[0].exact", Value::Null, "missing"),
        ("target.selector[0].exact", json!(["closed"]), "field"),
        ("target.selector[0].prefix", json!(3), "field"),
        ("target.selector[1].start", Value::Null, "missing"),
        ("target.selector[1].start", json!(-1), "field"),
        ("target.selector[1].end", json!(18.5), "field"),
        ("target.selector[1].end", json!(3), "field"),
        ("target.selector[2].endSelector", Value::Null, "missing"),
        ("target.selector[2].startSelector.value", json!(""), "field"),
        ("target.selector[3].value", Value::Null, "missing"),
        ("target.selector[3].refinedBy.end", json!("0"), "field"),
        ("target.state.sourceDateStart", Value::Null, "missing"),
        ("target.state.sourceDateEnd", json!("2024-10-14T07:30:00Z"), "field"),
        ("target.state.sourceDate", json!("yesterday"), "field"),
    ];
    for (path, value, code) in cases {
        let mut whole = annotation();
        put(&mut whole, path, value.clone());
        let found = found_in(&whole);
        assert!(!found.valid, "{path}");
        assert_eq!(told(&found.errors), [(*path, *code)], "{value}");
        assert_eq!(found.complete, *code != "missing", "{path}");
    }
}

#[test]
fn faults_in_lists_pages_and_collections_are_reported_with_the_whole_path() {
    let broken = || {
        let mut one = annotation();
        put(&mut one, "target.selector[0].exact", Value::Null);
        put(&mut one, "id", "http://a.example/2".into());
        one
    };
    let context = annotation()["@context"].clone();
    let list = found_in(&json!([annotation(), broken()]));
    assert_eq!(told(&list.errors), [("[1].target.selector[0].exact", "missing")]);
    let items = [annotation(), broken()];
    let first = json!({ "id": "http://a.example/p", "type": "AnnotationPage", "items": items });
    let collection = json!({
        "@context": context, "id": "http://a.example/c", "type": "AnnotationCollection", "total": 3, "first": first,
    });
    let found = found_in(&collection);
    assert_eq!(
        told(&found.errors),
        [("first.items[1].target.selector[0].exact", "missing"), ("first.items", "size")]
    );
    assert_eq!(told(&found.warnings), [("label", "missing")]);
    let twice = found_in(&json!([annotation(), annotation()]));
    assert_eq!(told(&twice.errors), [("[1].id", "duplicate")]);
    let page =
        json!({ "@context": context, "id": "http://a.example/p", "type": "AnnotationPage", "items": "none" });
    assert_eq!(told(&found_in(&page).errors), [("items", "field")]);
    let empty = json!({ "@context": context, "id": "http://a.example/c", "type": "AnnotationCollection", "label": "x" });
    assert_eq!(told(&found_in(&empty).errors), [("first", "missing")]);
}

#[test]
fn a_field_outside_the_model_is_a_warning() {
    let mut whole = annotation();
    put(&mut whole, "target.selector[0].type", "EpubCfiSelector".into());
    put(&mut whole, "target.state.type", "MoonState".into());
    put(&mut whole, "motivation", "http://a.example/winking".into());
    let found = found_in(&whole);
    assert!(found.valid, "{found:?}");
    assert_eq!(told(&found.warnings), [("target.selector[0].type", "field"), ("target.state.type", "field")]);
}

#[test]
fn the_output_of_the_desk_is_valid() {
    let field = Field::new();
    let whole = found(&field.written("webannotation"));
    assert!(whole.valid && whole.kind == Kind::WebAnnotation, "{whole:?}");
    let none = found(&written(&Opened::with(BRIDGE), "webannotation"));
    assert!(none.valid, "{none:?}");
}

#[test]
fn an_invalid_url_does_not_make_the_output_of_the_desk_invalid() {
    let mut field = Field::new();
    let info = Info { url: Some("news.example/the bridge".into()), ..Info::default() };
    let article = field.article();
    field.opened.desk.set_info(article, info).expect("it is taken as written");
    for slug in ["webannotation", "claimreview", "claimreview-feed"] {
        let found = found(&field.written(slug));
        assert!(found.valid, "{slug}: {found:?}");
    }
}
