//! The kind of a file, the command line's output for it, and files of no known kind.

use super::{found, told};
use crate::{bundle::zips, support::Place};
use serde_json::{Value, json};
use tickmark::{
    formats::{
        interchange::{MOST_JSON, NotInterchange},
        validate::{NotValidated, findings::Kind, validate},
    },
    model::Handed,
};

fn refused(bytes: &[u8]) -> NotValidated {
    validate(Handed::File(&bytes)).expect_err("no kind that is judged")
}

#[test]
fn verify_begins_with_the_kind() {
    let place = Place::with_bridge();
    place.mark("It is 240 metres long.");
    place.json(&["verdict", "C1", "true", "--rationale", "So it is."]);
    let bag = place.file("bag.zip", zips::zip(&zips::small_bag("bag/")));
    let wacz = place.file("page.wacz", include_bytes!("../fixtures/wacz/ferry.wacz"));
    let mut all = vec![("bag", "BagIt bag", bag), ("wacz", "WACZ web archive", wacz)];
    let bundle = place.path("bundle.zip");
    place.json(&["export", "1", "--to", &bundle]);
    all.push(("bundle", "Tickmark bundle", bundle));
    for (kind, title, format) in [
        ("web-annotation", "W3C Web Annotation", "webannotation"),
        ("claim-review", "ClaimReview (schema.org)", "claimreview"),
    ] {
        let to = place.path(format);
        place.json(&["export", "1", "--to", &to, "--format", format]);
        all.push((kind, title, to));
    }
    for (kind, title, file) in all {
        let json = place.json(&["verify", &file]);
        assert_eq!((&json["kind"], &json["valid"]), (&json!(kind), &json!(true)), "{json}");
        let text = place.text(&["verify", &file]);
        assert!(text.starts_with(&format!("kind: {title}\ncomplete: yes\nvalid: yes\n")), "{text}");
        if kind != "bundle" {
            assert_eq!((&json["signed"], &json["verified"]), (&json!("none"), &Value::Null), "{json}");
        }
    }
}

#[test]
fn an_invalid_file_is_exit_1_and_the_field_is_named() {
    let place = Place::with_bridge();
    let broken = json!({
        "@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:uuid:1", "type": "Annotation",
        "target": { "source": "http://b.example", "selector": { "type": "TextQuoteSelector" } },
    });
    let file = place.file("broken.jsonld", broken.to_string());
    let done = place.run(&["verify", &file]);
    assert_eq!(done.status.code(), Some(1));
    let said = String::from_utf8(done.stdout).expect("UTF-8");
    assert!(said.contains("\n  target.selector.exact: "), "{said}");
    assert!(String::from_utf8(done.stderr).expect("UTF-8").contains("is not valid: target.selector.exact: "));
}

#[test]
fn a_file_of_no_known_kind_is_exit_2_and_the_known_kinds_are_named() {
    let place = Place::with_bridge();
    let said = |name: &str, bytes: &[u8]| place.refused(&["verify", &place.file(name, bytes)]);
    for wanted in ["BagIt bag", "Tickmark bundle", "WACZ", "Web Annotation", "ClaimReview"] {
        assert!(said("a.txt", b"just words").contains(wanted), "{wanted}");
    }
    let other = said("a.json", br#"{"claims":[{"type":"Claim"}]}"#);
    assert!(other.contains("Web Annotation") && other.contains("ClaimReview"), "{other}");
    let zip = said("a.zip", &zips::zip(&[zips::item("a.txt", b"x"), zips::item("datapackage.json", b"{}")]));
    assert!(zip.contains("bagit.txt") && zip.contains("datapackage.json"), "{zip}");
    let folder = place.refused(&["verify", std::path::Path::new(&place.path("")).to_str().expect("UTF-8")]);
    assert!(folder.contains("bagit.txt") && folder.contains("datapackage.json"), "{folder}");
}

#[test]
fn the_kind_of_a_damaged_json_file_is_recognised_by_its_words() {
    for (text, kind) in [
        (r#"{"@context":"http://www.w3.org/ns/anno.jsonld","id""#, Kind::WebAnnotation),
        (r#"{"@type":"ClaimReview","claimReviewed":"#, Kind::ClaimReview),
        (&format!(r#"{{"@type":"ClaimReview","x":{}"#, "[".repeat(200_000)), Kind::ClaimReview),
    ] {
        let found = found(text.as_bytes());
        assert_eq!((found.kind, told(&found.errors)), (kind, vec![("", "syntax")]));
    }
    assert_eq!(refused(b"{\"a\":"), NotValidated::File(NotInterchange::Other));
    assert_eq!(refused(b""), NotValidated::File(NotInterchange::NoJson));
    assert_eq!(refused(b"{\xff}"), NotValidated::File(NotInterchange::NoJson));
    let marked = [b"\xef\xbb\xbf\n".as_slice(), br#"[{"type":"Annotation"}]"#].concat();
    assert_eq!(found(&marked).kind, Kind::WebAnnotation);
}

#[test]
fn a_duplicate_field_is_a_fault() {
    let sound = r#"{"@context":"https://schema.org","@type":"ClaimReview","url":"https://a.example/1",
        "claimReviewed":"A","reviewRating":{"alternateName":"True"}}"#;
    assert!(found(sound.as_bytes()).valid);
    let twice = sound.replace(r#""True""#, r#""True","alternateName":"False""#);
    let found = found(twice.as_bytes());
    assert_eq!((found.valid, told(&found.errors)), (false, vec![("", "duplicate")]));
    assert!(found.errors[0].message.to_string().contains("'alternateName' stands twice"), "{found:?}");
}

#[test]
fn json_that_is_too_long_or_fills_the_memory_is_refused_without_reading_it() {
    struct Long;
    impl tickmark::model::ReadAt for Long {
        fn len(&self) -> u64 {
            MOST_JSON + 1
        }
        fn read_at(&self, at: u64, into: &mut [u8]) -> std::io::Result<usize> {
            // The end of an archive is searched in the last 64 KiB.
            assert!(at <= 4096 || at + (1 << 17) > MOST_JSON, "only the start and the end are read");
            into.fill(b'[');
            Ok(into.len())
        }
    }
    assert_eq!(validate(Handed::File(&Long)), Err(NotValidated::File(NotInterchange::TooLong)));
    let many = format!(r#"[{{"type":"Annotation"}}{}]"#, ",{}".repeat(2_000_001));
    assert_eq!(refused(many.as_bytes()), NotValidated::File(NotInterchange::TooMany));
}

#[test]
fn a_file_full_of_faults_has_a_limited_list_of_faults() {
    let many = format!(r#"[{{"type":"Annotation"}}{}]"#, ",1".repeat(100_000));
    let found = found(many.as_bytes());
    assert_eq!((found.valid, found.complete, found.errors.len()), (false, false, 1000));
}
