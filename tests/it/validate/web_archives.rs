//! WACZ: one made by py-wacz, and copies of it with one fault each.

use super::{found, told};
use crate::bundle::zips::{Item, item, zip};
use std::io::{Cursor, Read, Write};
use tickmark::{
    files,
    formats::validate::{
        findings::{Code, Kind},
        validate,
    },
};

/// Made by py-wacz 0.6.0 from one record that warcio wrote.
const FERRY: &[u8] = include_bytes!("../fixtures/wacz/ferry.wacz");
const PACKAGE: &str = "datapackage.json";
const DIGEST: &str = "datapackage-digest.json";
const WARC: &str = "archive/ferry.warc.gz";

/// Its files, as entries for the test's archive writer.
fn ferry() -> Vec<Item> {
    let mut archive = zip::ZipArchive::new(Cursor::new(FERRY)).expect("a zip archive");
    let all = (0..archive.len()).map(|n| {
        let mut entry = archive.by_index(n).expect("an entry");
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("its bytes");
        item(&entry.name().expect("UTF-8"), &bytes)
    });
    all.collect()
}

fn named<'i>(items: &'i mut [Item], name: &str) -> &'i mut Item {
    items.iter_mut().find(|i| i.name == name.as_bytes()).expect("the file")
}

fn without(name: &str) -> Vec<Item> {
    ferry().into_iter().filter(|i| i.name != name.as_bytes()).collect()
}

/// With other words in a file, and a recomputed digest of the package.
fn with(name: &str, was: &str, now: &str) -> Vec<Item> {
    let mut items = ferry();
    let file = named(&mut items, name);
    let text = String::from_utf8(file.data.clone()).expect("text");
    assert!(text.contains(was), "{text}");
    file.data = text.replace(was, now).into();
    resealed(items)
}

fn resealed(mut items: Vec<Item>) -> Vec<Item> {
    let sum = tickmark::model::Digest::of(&named(&mut items, PACKAGE).data);
    let digest = format!("{{\"path\":\"datapackage.json\",\"hash\":\"sha256:{sum}\"}}");
    named(&mut items, DIGEST).data = digest.into();
    items
}

#[track_caller]
fn faults(items: &[Item], wanted: &[(&str, Code)]) {
    let found = found(&zip(items));
    let told: Vec<_> = found.errors.iter().map(|f| (f.path.as_str(), f.code)).collect();
    assert_eq!((found.kind, found.valid), (Kind::Wacz, false));
    assert_eq!(told, wanted, "{:?}", found.errors);
}

#[test]
fn the_output_of_py_wacz_is_valid() {
    let found = found(FERRY);
    assert_eq!((found.kind, found.complete, found.valid), (Kind::Wacz, true, true), "{found:?}");
    assert!(found.warnings.is_empty(), "{found:?}");
}

#[test]
fn deflated_files_data_descriptors_and_folders_are_normal() {
    let mut out = zip::ZipWriter::new_stream(Vec::new());
    for folder in ["archive", "indexes", "pages"] {
        out.add_directory(folder, zip::write::SimpleFileOptions::default()).expect("a folder");
    }
    for i in ferry() {
        let name = String::from_utf8(i.name).expect("UTF-8");
        let method =
            if name == WARC { zip::CompressionMethod::Stored } else { zip::CompressionMethod::Deflated };
        let how = zip::write::SimpleFileOptions::default().compression_method(method);
        out.start_file(name, how).expect("a file");
        out.write_all(&i.data).expect("its bytes");
    }
    let found = found(&out.finish().expect("the archive").into_inner());
    assert!(found.valid, "{found:?}");
}

#[test]
fn an_unpacked_web_archive_is_validated_too() {
    let dir = tempfile::tempdir().expect("a folder");
    for i in ferry() {
        let path = dir.path().join(String::from_utf8(i.name).expect("UTF-8"));
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder");
        std::fs::write(path, i.data).expect("the file");
    }
    let found = validate(files::open(dir.path()).expect("the folder").handed()).expect("a kind");
    assert_eq!((found.kind, found.valid), (Kind::Wacz, true), "{found:?}");
}

#[test]
fn a_missing_required_part_is_a_fault() {
    faults(&without(PACKAGE), &[(PACKAGE, Code::Missing)]);
    faults(&without(WARC), &[(WARC, Code::Missing), ("archive", Code::Missing)]);
    faults(&without("pages/pages.jsonl"), &[("pages/pages.jsonl", Code::Missing); 2]);
    let index = ["indexes/index.cdx.gz", "indexes/index.idx"];
    let none: Vec<_> = ferry().into_iter().filter(|i| !i.name.starts_with(b"indexes/")).collect();
    let wanted = [(index[0], Code::Missing), (index[1], Code::Missing), ("indexes", Code::Missing)];
    faults(&none, &wanted);
    let found = found(&zip(&without(DIGEST)));
    assert!(found.valid && told(&found.warnings) == [(DIGEST, "missing")], "{found:?}");
}

#[test]
fn every_file_is_compared_with_the_list() {
    let mut changed = ferry();
    let warc = named(&mut changed, WARC);
    let at = warc.data.len() - 1;
    warc.data[at] ^= 1;
    faults(&changed, &[(WARC, Code::Digest)]);
    faults(&with(PACKAGE, "\"bytes\": 359", "\"bytes\": 360"), &[(WARC, Code::Size)]);
    faults(
        &with(PACKAGE, "archive/ferry", "archive/other"),
        &[("archive/other.warc.gz", Code::Missing), (WARC, Code::Unlisted)],
    );
    let more = [ferry(), vec![item("notes.txt", b"x")]].concat();
    faults(&more, &[("notes.txt", Code::Unlisted)]);
    faults(
        &with(PACKAGE, "indexes/index.idx", "pages/pages.jsonl"),
        &[
            ("pages/pages.jsonl", Code::Size),
            ("pages/pages.jsonl", Code::Digest),
            ("pages/pages.jsonl", Code::Duplicate),
            ("indexes/index.idx", Code::Unlisted),
        ],
    );
}

#[test]
fn the_list_itself_is_compared_with_its_digest_and_its_form() {
    let mut changed = ferry();
    named(&mut changed, PACKAGE).data.push(b'\n');
    faults(&changed, &[(PACKAGE, Code::Digest)]);
    for (was, now, code) in [
        ("\"wacz_version\": \"1.1.1\"", "\"wacz_version\": \"0.1.0\"", Code::Field),
        ("\"wacz_version\": \"1.1.1\"", "\"version\": \"1.1.1\"", Code::Missing),
        ("\"data-package\"", "\"tabular-data-package\"", Code::Field),
        ("\"created\": \"", "\"created\": \"on ", Code::Field),
        ("\"bytes\": 359", "\"bytes\": \"359\"", Code::Field),
        ("\"resources\"", "\"files\"", Code::Missing),
    ] {
        let found = found(&zip(&with(PACKAGE, was, now)));
        let first = &found.errors[0];
        assert_eq!((found.kind, first.path.as_str(), first.code), (Kind::Wacz, PACKAGE, code), "{now}");
    }
    let bad_hash = found(&zip(&with(PACKAGE, "sha256:8de6", "sha256:zzzz")));
    assert!(bad_hash.errors[0].message.to_string().contains("'resources[2].hash'"), "{bad_hash:?}");
    let mut broken = ferry();
    named(&mut broken, PACKAGE).data.truncate(100);
    faults(&broken, &[(PACKAGE, Code::Syntax), (PACKAGE, Code::Digest)]);
    let mut broken = ferry();
    named(&mut broken, DIGEST).data = b"{}".into();
    faults(&broken, &[(DIGEST, Code::Field); 2]);
}

#[test]
fn the_list_of_pages_has_a_header_line_and_one_page_per_line() {
    let pages = |text: &str| {
        let mut items = ferry();
        let bytes = named(&mut items, "pages/pages.jsonl").data.clone();
        let sum = tickmark::model::Digest::of(&bytes).to_string();
        named(&mut items, "pages/pages.jsonl").data = text.into();
        let package = named(&mut items, PACKAGE);
        let told = String::from_utf8(package.data.clone()).expect("text");
        let told = told.replace(&sum, &tickmark::model::Digest::of(text.as_bytes()).to_string());
        let told =
            told.replace(&format!("\"bytes\": {}", bytes.len()), &format!("\"bytes\": {}", text.len()));
        package.data = told.into();
        found(&zip(&resealed(items)))
    };
    let head = r#"{"format": "json-pages-1.0", "id": "pages"}"#;
    let page = r#"{"url": "https://ferry.example/", "ts": "2025-10-14T07:30:00Z"}"#;
    assert!(pages(&format!("{head}\n{page}\n\n")).valid);
    for (text, said) in [
        (String::new(), "line 1"),
        (format!("{page}\n"), "line 1, 'format'"),
        (format!("{head}\n{{\"url\": \"https://a.example\"}}\n"), "line 2, 'ts'"),
        (format!("{head}\n{{\"ts\": \"2025-10-14T07:30:00Z\"}}\n"), "line 2, 'url'"),
        (format!("{head}\n{page}\n{{"), "line 3"),
    ] {
        let found = pages(&text);
        let [fault] = &found.errors[..] else { panic!("one fault: {found:?}") };
        assert!(fault.path == "pages/pages.jsonl" && fault.message.to_string().contains(said), "{fault:?}");
    }
}

#[test]
fn captures_are_stored_uncompressed_and_begin_as_their_name_says() {
    let mut packed = ferry();
    named(&mut packed, WARC).deflate = true;
    faults(&packed, &[(WARC, Code::Form)]);
    let mut other = ferry();
    named(&mut other, WARC).data = b"<!doctype html>".into();
    let found = found(&zip(&other));
    assert!(found.errors.iter().any(|f| f.path == WARC && f.code == Code::Contents), "{found:?}");
}

#[test]
fn an_archive_with_tricks_is_refused() {
    for trick in
        [item("../x", b"x"), item(PACKAGE, b"{}"), item("ARCHIVE/ferry.warc.gz", b"x"), item("a", b"x")]
    {
        let trick = if trick.name == b"a" { Item { attributes: 0o120_777 << 16, ..trick } } else { trick };
        let found = found(&zip(&[ferry(), vec![trick]].concat()));
        assert_eq!((found.kind, found.valid, found.errors[0].code), (Kind::Archive, false, Code::Archive));
    }
}

#[test]
fn a_wacz_signature_is_reported_as_unchecked() {
    let mut items = ferry();
    let digest = named(&mut items, DIGEST);
    let text = String::from_utf8(digest.data.clone()).expect("text");
    digest.data = text.replacen('{', "{\"signedData\": {},", 1).into();
    let found = found(&zip(&items));
    assert!(found.valid && told(&found.warnings) == [(DIGEST, "signature")], "{found:?}");
}
