//! Word files that are damaged or made to harm: an error that says what to do, or the article, and no more than that.

use super::word::{Docx, p, part};
use crate::support::Place;

fn refused(bytes: &[u8]) -> String {
    let place = Place::new();
    let file = place.file("a file.docx", bytes);
    place.refused(&["import", &file, "--look", "--kind", "docx"])
}

#[test]
fn entities_depth_and_length_have_bounds() {
    let deep = "<w:sdt><w:sdtContent>".repeat(300) + &p("x") + &"</w:sdtContent></w:sdt>".repeat(300);
    for (body, why) in [
        (deep.as_str(), "nested more than 256 deep"),
        ("<w:p>&laugh;</w:p>", "uses an entity"),
        ("<w:p>", "cannot be read"),
    ] {
        let error = refused(&Docx::of(body).bytes());
        assert!(error.contains(why) && error.contains("save it again in Word"), "{error}");
    }
    let long = "<!-- ".to_owned() + &"random? ".repeat(9 << 20) + " -->";
    let error = refused(&Docx::of(&long).bytes());
    assert!(error.contains("word/document.xml"), "{error}");
}

#[test]
fn a_document_type_is_refused() {
    let part = r#"<!DOCTYPE w [<!ENTITY a "b">]><w:styles/>"#;
    let error = refused(&Docx::of(&p("x")).with("s", "styles", "styles.xml", part).bytes());
    assert!(error.contains("word/styles.xml") && error.contains("document type"), "{error}");
}

#[test]
fn a_file_that_is_cut_off_or_has_no_document_is_refused() {
    let whole = Docx::of(&p("x")).bytes();
    assert!(refused(&whole[..whole.len() - 30]).contains("breaks off"));
    assert!(refused(b"no zip at all").contains("no zip archive"));
    let twice = Docx::of(&p("x")).part("WORD/document.xml", "<a/>").bytes();
    assert!(refused(&twice).contains("another entry has this name"));
}

#[test]
fn what_a_file_names_outside_is_not_opened() {
    let place = Place::new();
    let body = format!(r#"{}<w:altChunk r:id="a"/>"#, p("The bridge reopened."));
    let docx = Docx::of(&body).linking("a", "aFChunk", "http://127.0.0.1:9/x.html").linking(
        "t",
        "attachedTemplate",
        "http://127.0.0.1:9/x.dotm",
    );
    let read = place.json(&["import", &place.file("a.docx", docx.bytes()), "--look"]);
    assert_eq!(read["text"], "The bridge reopened.\n");
    assert_eq!(read["left_out"][0]["why"], "object");
}

#[test]
fn more_changes_than_anybody_makes_are_taken_all_or_none() {
    let change = |n: usize| {
        let who = format!(r#"w:id="{n}" w:author="A{}" w:date="2025-03-01T10:00:00Z""#, n % 2);
        format!("<w:ins {who}><w:r><w:t>x</w:t></w:r></w:ins>")
    };
    let changes = (0..100_001).map(change).collect::<String>();
    let bytes = Docx::of(&format!("{}<w:p>{changes}</w:p>", p("The bridge reopened."))).bytes();
    let place = Place::new();
    let file = place.file("a.docx", bytes);
    let error = place.refused(&["import", &file, "--look"]);
    assert!(error.contains("100001 tracked changes") && error.contains("--changes accept"), "{error}");
    let read = place.json(&["import", &file, "--look", "--changes", "reject"]);
    assert_eq!(read["text"].as_str().unwrap().trim_end(), "The bridge reopened.");
}

#[test]
fn a_long_note_that_is_called_often_is_refused() {
    let note = format!(r#"<w:footnote w:id="2">{}</w:footnote>"#, p(&"note ".repeat(200_000)));
    let calls = r#"<w:r><w:footnoteReference w:id="2"/></w:r>"#.repeat(100);
    let docx = Docx::of(&format!("{}<w:p>{calls}</w:p>", p("The bridge reopened.")));
    let error = refused(&docx.with("f", "footnotes", "footnotes.xml", part("footnotes", &note)).bytes());
    assert!(error.contains("its notes are called too often; split the document"), "{error}");
}

#[test]
fn comments_and_links_that_each_hold_the_whole_text_are_refused() {
    let words = p(&"The bridge reopened. ".repeat(50_000));
    let many = |what: &dyn Fn(usize) -> String| (0..100).map(what).collect::<String>();
    let comments = many(&|id| format!(r#"<w:comment w:id="{id}">{}</w:comment>"#, p("Why?")));
    let starts = many(&|id| format!(r#"<w:commentRangeStart w:id="{id}"/>"#));
    let ends = many(&|id| format!(r#"<w:commentRangeEnd w:id="{id}"/>"#));
    let commented = Docx::of(&(starts + &words + &ends)).with(
        "c",
        "comments",
        "comments.xml",
        part("comments", &comments),
    );
    let links = r#"<w:hyperlink r:id="h">"#.repeat(100) + &words + &"</w:hyperlink>".repeat(100);
    let linked = Docx::of(&format!("<w:p>{}</w:p>", links.replace("<w:p>", "").replace("</w:p>", "")));
    let linked = linked.linking("h", "hyperlink", "https://example.org/");
    for docx in [commented, linked] {
        let error = refused(&docx.bytes());
        assert!(error.contains("repeat too much of its text; split the document"), "{error}");
    }
}

#[test]
fn moves_and_fields_without_end_leave_the_text() {
    let moves = (0..50_000).map(|id| format!(r#"<w:moveFromRangeStart w:id="{id}" w:name="m{id}"/>"#));
    let fields = r#"<w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="separate"/>"#.repeat(10_000);
    let changes = r#"<w:ins w:id="1" w:author="Ada"><w:r><w:t>x</w:t></w:r></w:ins>"#.repeat(10_000);
    let body = format!("<w:p>{}<w:r>{fields}</w:r>{changes}</w:p>", moves.collect::<String>());
    let place = Place::new();
    let file = place.file("a.docx", Docx::of(&body).bytes());
    let read = place.json(&["import", &file, "--look", "--changes", "accept"]);
    assert_eq!(read["text"].as_str().unwrap().trim_end(), "x".repeat(10_000));
}
