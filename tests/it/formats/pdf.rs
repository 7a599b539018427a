//! The PDF: what a reader and a program that reads aloud find in it.

use super::{Field, SECRETS};
use crate::support::{BRIDGE, Opened, Place, holds};
use tickmark::{formats::interchange::Format, model::Info};

/// The parts of a PDF that are not compressed: its structure, bookmarks, links and data about it.
fn structure(file: &[u8]) -> String {
    String::from_utf8_lossy(file).into_owned()
}

#[test]
fn it_has_a_structure_bookmarks_and_data_about_the_article() {
    let mut field = Field::new();
    let info = Info { language: Some("en".into()), ..Info::default() };
    field.opened.desk.set_info(field.article(), info).unwrap();
    let file = structure(&field.written("pdf"));
    assert!(file.starts_with("%PDF-1."));
    for part in
        ["/StructTreeRoot", "/S/H1", "/S/H2", "/S/Note", "/S/Link", "/S/Reference", "/S/Lbl", "/Marked true"]
    {
        assert!(file.contains(part), "{part} is missing");
    }
    for mark in ["/Title(Claims)", "/Title(Sources)", "/Title(Open queries)"] {
        assert!(file.contains(mark), "{mark} is missing");
    }
    assert!(file.contains("/Lang(en)") && file.contains("/FontFile"), "its language and its fonts");
}

#[test]
fn only_addresses_of_the_web_and_of_mail_are_links() {
    let mut opened =
        Opened::with(&format!("{BRIDGE}\nSee https://a.example/b. Not javascript:alert(1) or file:///x.\n"));
    for url in
        ["javascript:alert(2)", "file:///etc/passwd", "mailto:desk@news.example", "https://b.example/(x)"]
    {
        let source =
            tickmark::desk::SourceChange { title: url.into(), url: Some(url.into()), ..Default::default() };
        let source = super::add(&mut opened, source);
        let claim = opened.mark_true("The bridge was built in 1911.");
        let text = tickmark::desk::PassageText::default();
        opened
            .desk
            .add_evidence((opened.article, claim), source, tickmark::model::Stance::Supports, text)
            .unwrap();
    }
    let file = structure(&super::written(&opened, "pdf"));
    let links: Vec<_> =
        file.split("/URI(").skip(1).map(|l| l.split(")>>").next().unwrap_or_default()).collect();
    for link in &links {
        assert!(link.starts_with("https://") || link.starts_with("mailto:"), "{link}");
    }
    assert!(
        links.iter().any(|l| l.starts_with("https://a.example/b"))
            && links.iter().any(|l| l.starts_with("mailto:"))
    );
    assert!(!file.contains("javascript:") && !file.contains("/JS"), "nothing that runs");
}

#[test]
fn what_is_withheld_is_in_no_structure_of_it() {
    let file = Field::new().written("pdf");
    for secret in SECRETS {
        assert!(!holds(&file, secret), "{secret}");
    }
}

#[test]
fn changes_since_a_revision_are_struck_and_underlined() {
    let mut opened = Opened::with(BRIDGE);
    let first = opened.desk.read(opened.article, None).unwrap().revision.id;
    opened.revise(&BRIDGE.replace("1911", "1912"));
    let dossier = opened.desk.dossier(opened.article).unwrap();
    let written =
        |since| Format::named("pdf").unwrap().write_since(&dossier, &Default::default(), since).unwrap();
    let (plain, marked) = (structure(&written(None).bytes), structure(&written(Some(first)).bytes));
    for line in ["/TextDecorationType/LineThrough", "/TextDecorationType/Underline"] {
        assert!(marked.contains(line), "{line} is missing");
        assert!(!plain.contains(line), "{line} without changes");
    }
}

#[test]
fn a_character_that_no_font_has_is_named_in_a_warning() {
    let place = Place::with_bridge();
    place.revise(&BRIDGE.replace("1911", "19\u{378}11"));
    let to = place.path("x.pdf");
    let said = place.json(&["export", "1", "--to", &to, "--format", "pdf"]);
    let warnings: Vec<_> = said["warnings"].as_array().unwrap().iter().filter_map(|w| w.as_str()).collect();
    assert!(warnings.iter().any(|w| w.contains("U+0378")), "{warnings:?}");
    place.revise(BRIDGE);
    let said = place.json(&["export", "1", "--to", &to, "--force", "--format", "pdf"]);
    assert_eq!(said["warnings"].as_array().unwrap().len(), warnings.len() - 1);
}
