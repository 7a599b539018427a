//! What must never happen: a withheld word is exported, a reader panics.

use super::{Field, SECRETS};
use crate::support::holds;
use proptest::prelude::*;
use tickmark::formats::interchange::{FORMATS, read_claims, read_sources};

#[test]
fn withheld_words_are_in_no_format() {
    let field = Field::new();
    for format in FORMATS {
        let made = field.written(format.slug);
        let inside = if ["xlsx", "docx"].contains(&format.slug) { unzipped(&made) } else { made };
        for secret in SECRETS {
            assert!(!holds(&inside, secret), "{}: {secret}", format.slug);
        }
    }
}

fn unzipped(bytes: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut all = Vec::new();
    for at in 0..zip.len() {
        std::io::Read::read_to_end(&mut zip.by_index(at).unwrap(), &mut all).unwrap();
    }
    all
}

#[test]
fn the_same_article_gives_the_same_bytes() {
    let field = Field::new();
    for format in FORMATS {
        assert!(field.written(format.slug) == field.written(format.slug), "{}", format.slug);
    }
}

#[test]
fn files_made_to_break_a_reader_are_refused() {
    let deep = |open: &str| format!("@book{{a, title = {}", open.repeat(200_000));
    for text in [
        deep("{"),
        deep("\\a{"),
        "@book{a, crossref = {a}, title = {A}".into(),
        "[".repeat(200_000),
        format!("{{\"ClaimReview\":{}", "[".repeat(200_000)),
    ] {
        assert!(read_sources(text.as_bytes()).is_err() && read_claims(text.as_bytes()).is_err());
    }
    let round = "@book{a, crossref = {b}, title = {A}}\n@book{b, crossref = {a}, title = {B}}";
    assert_eq!(read_sources(round.as_bytes()).unwrap().sources.len(), 2);
    for text in ["@string{a = a}@book{b, title = a}", "@string{a = b}@string{b = a}@book{c, title = a}"] {
        assert_eq!(read_sources(text.as_bytes()).unwrap().sources.len(), 1, "{text}");
    }
}

/// Texts that are almost in one of the formats.
fn rubbish() -> impl Strategy<Value = String> {
    let bits = prop::sample::select(vec![
        "@book{a,",
        "@string{x = \"y\"}",
        "title = {",
        "author = {Doe, J and ",
        "\\\"{u}",
        "}",
        "},",
        "{",
        "$",
        "\\",
        "=",
        "--",
        "year = 2019,",
        "month = jan,",
        "date = {2019-13}",
        "url = {http://x}",
        "TY  - BOOK\n",
        "ER  - \n",
        "AU  - ",
        "\n",
        "é",
        "👩‍👩‍👧",
        "[",
        "]",
        "{\"type\":",
        "\"book\"",
        ",",
        ":",
        "\"@context\":\"http://www.w3.org/ns/anno.jsonld\"",
        "\"type\":\"Annotation\"",
        "\"target\":",
        "\"selector\":{\"type\":\"TextQuoteSelector\",\"exact\":\"a\"}",
        "\"claimReviewed\":",
        "\"@type\":\"ClaimReview\"",
        "null",
        "-1",
        "1e999",
        "\"issued\":{\"date-parts\":[[0,0,0]]}",
        "\"refinedBy\":{",
        "%",
        "#",
        "and",
        "and ",
        "@",
        "(",
        ")",
    ]);
    prop::collection::vec(bits, 0..40).prop_map(|b| b.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn rubbish_never_panics(text in rubbish()) {
        let _ = read_sources(text.as_bytes());
        let _ = read_claims(text.as_bytes());
    }

    #[test]
    fn bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read_sources(&bytes);
        let _ = read_claims(&bytes);
    }

}

proptest! {
    // Each case creates a desk.
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_words_survive_every_format_of_sources(title in "\\PC{1,20}", author in "\\PC{0,12}", note in "\\PC{0,20}") {
        let mut opened = crate::support::Opened::with(crate::support::BRIDGE);
        let plain = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
        let source = tickmark::desk::SourceChange {
            title: format!("T {}", plain(&title)), authors: vec![plain(&author)], note: Some(plain(&note)), ..Default::default()
        };
        let id = super::add(&mut opened, source.clone());
        let claim = opened.mark("built in 1911");
        let at = (opened.article, claim);
        opened.desk.add_evidence(at, id, tickmark::model::Stance::Context, Default::default()).unwrap();
        for slug in ["csl-json", "bibtex", "ris"] {
            let made = super::written(&opened, slug);
            let back = read_sources(&made).map_err(|e| TestCaseError::fail(format!("{slug}: {e}")))?;
            prop_assert_eq!(&back.sources[0].title, source.title.trim(), "{}", slug);
        }
    }
}
