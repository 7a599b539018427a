//! Files that no article is read from, given as an article or merged with one: the error names their kind, and nothing is recorded.

use crate::support::Place;
use serde_json::json;
use std::io::Write;

/// A zip archive of these entries.
fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        let how = zip::write::SimpleFileOptions::default();
        let how =
            if *name == "mimetype" { how.compression_method(zip::CompressionMethod::Stored) } else { how };
        zip.start_file(*name, how).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A file of each kind, and the name the error gives it.
fn files(place: &Place) -> Vec<(String, Vec<u8>, &'static str)> {
    let odt = b"application/vnd.oasis.opendocument.text";
    let xml: &[u8] = b"<xml/>";
    let desk = std::fs::read(place.desk()).unwrap();
    let mut other = desk.clone();
    other[68..72].copy_from_slice(&[0; 4]);
    let ole = [&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], &[0; 600]].concat();
    let all: Vec<(&str, Vec<u8>, &'static str)> = vec![
        ("a.doc", ole, "an older Word or Office document (.doc)"),
        ("a.odt", zip(&[("mimetype", odt), ("content.xml", xml)]), "an OpenDocument text (.odt)"),
        ("a.pages", zip(&[("Index/Document.iwa", xml), ("preview.jpg", xml)]), "a Pages document (.pages)"),
        ("a.xlsx", zip(&[("xl/workbook.xml", xml)]), "an Excel table (.xlsx)"),
        ("a.rtf", b"{\\rtf1\\ansi Words}".to_vec(), "an RTF document (.rtf)"),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "a picture (PNG)"),
        ("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0".to_vec(), "a picture (JPEG)"),
        ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0".to_vec(), "a picture (HEIC)"),
        ("a.m4a", b"\0\0\0\x18ftypM4A \0\0\0\0".to_vec(), "a recording (MP4)"),
        ("old.desk", desk, "a Tickmark desk"),
        ("a.sqlite", other, "a database (SQLite)"),
    ];
    all.into_iter().map(|(name, bytes, what)| (place.file(name, &bytes), bytes, what)).collect()
}

#[test]
fn importing_a_file_that_is_not_text_names_its_kind_and_records_nothing() {
    let place = Place::with_bridge();
    let actions = place.actions();
    for (file, bytes, what) in files(&place) {
        // The file's name does not matter.
        let renamed = place.file("article.txt", &bytes);
        for file in [&file, &renamed] {
            for said in [
                place.refused(&["import", file]),
                place.called("import.file", &json!({ "path": file }))["error"]["message"].to_string(),
            ] {
                assert!(said.contains(what) && said.contains("Nothing was recorded"), "{file}: {said}");
            }
        }
    }
    assert_eq!(place.actions(), actions);
}

#[test]
fn merging_a_file_that_is_not_text_names_its_kind_and_records_nothing() {
    let place = Place::with_bridge();
    let actions = place.actions();
    for (file, _, what) in files(&place) {
        let merge = json!({ "article": "1", "base": "1", "path": file, "text": null });
        for said in [
            place.refused(&["revise", "1", &file]),
            place.refused(&["revise", "1", &file, "--base", "1"]),
            place.called("merge.propose", &merge)["error"]["message"].to_string(),
        ] {
            assert!(said.contains(what) && said.contains("Nothing was recorded"), "{file}: {said}");
        }
    }
    let bundle = place.path("bundle.zip");
    place.json(&["export", "1", "--to", &bundle]);
    let said = place.refused(&["revise", "1", &bundle]);
    assert!(said.contains("import a bundle to merge it"), "{said}");
    assert_eq!(place.actions(), actions);
}

#[test]
fn a_bundle_with_a_word_document_is_still_a_bundle() {
    let place = Place::with_bridge();
    let file = place.file("a.docx", zip(&[("word/document.xml", b"<xml/>")]));
    place.json(&["claim", "mark", "1", "--quote", "It is 240 metres long."]);
    place.json(&["source", "add", "--title", "Notes", "--file", &file]);
    place.json(&["evidence", "add", "C1", "S1", "--stance", "supports"]);
    let bundle = place.path("bundle.zip");
    place.json(&["export", "1", "--to", &bundle]);
    let ben = Place::of("Ben Short");
    assert_eq!(ben.json(&["import", &bundle])["number"], 1);
}

#[test]
fn files_of_claims_sources_answers_and_data_name_the_command_that_reads_them() {
    let place = Place::with_bridge();
    place.json(&["query", "ask", "1", "Who counted them?"]);
    let sheet = place.path("questions.txt");
    place.json(&["export", "1", "--to", &sheet, "--format", "sheet-txt"]);
    let sheet = std::fs::read(&sheet).unwrap();
    let actions = place.actions();
    let review = r#"{"@context":"https://schema.org","@type":"ClaimReview","claimReviewed":"It rained"}"#;
    for (bytes, wanted) in [
        (&b"TY  - BOOK\r\nTI  - A book\r\nER  - \r\n"[..], "'source import FILE'"),
        (b"@book{key,\n title = {A book}\n}\n", "'source import FILE'"),
        (br#"[{"type":"book","title":"A book"}]"#, "'source import FILE'"),
        (review.as_bytes(), "'claim import A FILE'"),
        (b"Words,Remark\nIt rained,Did it?\n", "'claim import A FILE'"),
        (&sheet, "'query import FILE'"),
        (br#"{"some":"data"}"#, "a file of data (JSON)"),
    ] {
        let file = place.file("a.txt", bytes);
        let window = json!({ "path": file });
        for said in [
            place.refused(&["import", &file]),
            place.refused(&["import", "--look", &file]),
            place.called("import.file", &window)["error"]["message"].to_string(),
        ] {
            assert!(said.contains(wanted) && said.contains("--kind text"), "{said}");
        }
        assert_eq!(place.actions(), actions);
    }
    let told = place.json(&["import", "--kind", "text", &place.file("a.json", r#"{"some":"data"}"#)]);
    assert_eq!(told["number"], 2);
}
