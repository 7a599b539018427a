//! Import of articles: every fixture in `fixtures/import` with its expected result. `TICKMARK_WRITE_EXPECTED=1` writes the
//! `.expected` files again; read them before you commit them.

use proptest::prelude::*;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use tickmark::{
    formats::article::read,
    model::{Encoding, Proposal, ReadOptions},
};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures/import")
}

fn fixtures() -> Vec<PathBuf> {
    let all = std::fs::read_dir(folder()).unwrap().map(|e| e.unwrap().path());
    let mut ours = all.filter(|p| p.extension().is_some_and(|e| e == "txt" || e == "md")).collect::<Vec<_>>();
    ours.sort();
    ours
}

/// The name of a file decides how it is read: `.md` as Markdown, `.cp1252.txt` as confirmed Windows-1252.
fn options(path: &Path) -> ReadOptions {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let encoding = name.contains(".cp1252.").then_some(Encoding::Windows1252);
    ReadOptions {
        as_is: name.contains(".as-is."),
        encoding,
        markdown: name.ends_with(".md"),
        ..ReadOptions::default()
    }
}

fn shown(proposal: &Proposal) -> String {
    let info = &proposal.info;
    let one = [
        ("byline", &info.byline),
        ("outlet", &info.outlet),
        ("date", &info.date),
        ("time", &info.time),
        ("zone", &info.zone),
        ("place", &info.place),
        ("language", &info.language),
        ("url", &info.url),
    ];
    let mut out = String::new();
    for (name, value) in one.iter().filter_map(|(n, v)| Some((n, v.as_ref()?))) {
        writeln!(out, "{name}: {value}").unwrap();
    }
    for (name, list) in [("tags", &info.tags), ("hashtags", &info.hashtags)] {
        if !list.is_empty() {
            writeln!(out, "{name}: {}", list.join(" | ")).unwrap();
        }
    }
    for left in &proposal.left_out {
        writeln!(out, "left out {} ({}): {}", left.from.number(), left.why.as_str(), left.text).unwrap();
    }
    let kinds = proposal.blocks.iter().map(|p| p.kind.as_str()).collect::<Vec<_>>();
    writeln!(out, "encoding: {}\nparts: {}\n====", proposal.encoding.as_str(), kinds.join(" ")).unwrap();
    out + &proposal.text
}

#[test]
fn every_fixture_is_imported_as_expected() {
    let mut wrong = Vec::new();
    for path in fixtures() {
        let got = shown(&read(&std::fs::read(&path).unwrap(), &options(&path)).unwrap());
        let expected = path.with_extension("expected");
        if std::env::var_os("TICKMARK_WRITE_EXPECTED").is_some() {
            std::fs::write(&expected, &got).unwrap();
        }
        if std::fs::read_to_string(&expected).unwrap_or_default() != got {
            wrong.push(format!("--- {}\n{got}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(fixtures().len() >= 18);
}

/// The words of a fixture that are neither in the text nor listed as left out.
fn lost_words(bytes: &[u8], options: &ReadOptions) -> Vec<String> {
    let whole = read(bytes, &ReadOptions { as_is: true, ..options.clone() }).unwrap().text;
    let proposal = read(bytes, options).unwrap();
    let listed = proposal.left_out.iter().map(|l| l.text.as_str()).collect::<Vec<_>>().join("\n");
    let kept = |w: &&str| proposal.text.contains(*w) || listed.contains(*w);
    whole.split_whitespace().filter(|w| !kept(w)).map(str::to_owned).collect()
}

#[test]
fn every_word_of_every_fixture_is_in_the_text_or_listed() {
    for path in fixtures() {
        let lost = lost_words(&std::fs::read(&path).unwrap(), &options(&path));
        assert!(lost.is_empty(), "{}: {lost:?}", path.display());
    }
}

/// Lines that look like many things that recognition knows, in any order.
const LINES: &[&str] = &[
    "",
    " ",
    "Date: 25 August 2025",
    "Time: 14:00 WAT",
    "Location: 📍 Bamako, Mali",
    "By Jane Doe",
    "Tags: a, b,",
    "c, d",
    "#Mali #Sahel",
    "0 Comments",
    "# Headline",
    "### Deep ###",
    "Title",
    "=====",
    "-----",
    "---",
    "```",
    "- item",
    "  more",
    "> quoted",
    "a | b | c",
    "x\ty",
    "— Oui.",
    "Q: Why?",
    "A: Because.",
    "The harbour",
    "and the boats lie on dry sand and wait for a tide",
    "The harbour master said on Monday that eleven of the fourteen boats lie on dry",
    "sand. He expects the water to return.",
    "老桥将于七月重新开放",
    "قال رئيس النقابة",
    "The Daily Herald",
    "Fact-",
    "Check and Background",
    "key: value",
    "<div>",
    "    code",
    "hard  ",
    "2021 coup.",
];

fn any_article() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(LINES), 1..40).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #[test]
    fn reading_any_bytes_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..400), markdown: bool) {
        for encoding in [None, Some(Encoding::Windows1252), Some(Encoding::Utf16Be)] {
            let _ = read(&bytes, &ReadOptions { encoding, markdown, ..ReadOptions::default() });
        }
    }

    #[test]
    fn reading_any_text_never_panics(text in "[\\PC\n]{0,200}", markdown: bool) {
        let _ = read(text.as_bytes(), &ReadOptions { markdown, ..ReadOptions::default() });
    }

    #[test]
    fn no_word_is_dropped_silently(text in any_article(), markdown: bool) {
        prop_assume!(!text.trim().is_empty());
        let lost = lost_words(text.as_bytes(), &ReadOptions { markdown, ..ReadOptions::default() });
        prop_assert!(lost.is_empty(), "{lost:?}");
    }

    #[test]
    fn recognised_parts_are_where_their_spans_say(text in any_article(), markdown: bool) {
        prop_assume!(!text.trim().is_empty());
        let proposal = read(text.as_bytes(), &ReadOptions { markdown, ..ReadOptions::default() }).unwrap();
        let parts = proposal.blocks.iter().map(|p| p.span.of(&proposal.text).unwrap()).collect::<Vec<_>>();
        prop_assert_eq!(parts.join("\n\n") + "\n", proposal.text);
    }
}

#[test]
fn bytes_that_are_not_text_are_refused_with_what_to_do() {
    let refusal = |bytes: &[u8]| read(bytes, &ReadOptions::default()).unwrap_err().to_string();
    assert!(refusal(b"caf\xe9").contains("--encoding windows-1252"));
    assert!(refusal(b"\xff\xfea\0b").contains("cut off"));
    assert!(refusal(b" \n\t\r\n").contains("the article is empty"));
    assert!(refusal("\u{feff}\u{200b}\n".as_bytes()).contains("the article is empty"));
}

#[test]
fn characters_that_no_text_has_are_told_and_never_refuse_it() {
    let told = |bytes: &[u8]| {
        let read = read(bytes, &ReadOptions { as_is: true, ..ReadOptions::default() }).unwrap();
        (read.text, read.left_out.iter().map(|l| (l.from.number(), l.why.as_str())).collect::<Vec<_>>())
    };
    assert_eq!(told(b"one\ntwo\0"), ("one\ntwo".into(), vec![(2, "characters")]));
    assert_eq!(told(b"one\x1b[0m"), ("one".into(), vec![(1, "characters")]));
    assert_eq!(
        told("a\u{c}b\nc\u{92}s".as_bytes()),
        ("a\nb\nc’s".into(), vec![(1, "characters"), (2, "characters")])
    );
}

/// Characters of all kinds: letters of many scripts, controls, marks of direction.
fn any_character() -> impl Strategy<Value = char> {
    prop_oneof![
        any::<char>(),
        proptest::char::range('\0', '\u{a0}'),
        proptest::sample::select(vec!['\n', ' ', 'a', '-', ':'])
    ]
}

proptest! {
    #[test]
    fn no_text_is_refused(characters in proptest::collection::vec(any_character(), 0..80), markdown: bool, as_is: bool) {
        let text = "A word.\n".to_owned() + &characters.into_iter().collect::<String>();
        let read = read(text.as_bytes(), &ReadOptions { markdown, as_is, ..ReadOptions::default() });
        let Ok(read) = read else { return Err(TestCaseError::fail(format!("{text:?} is refused"))) };
        let odd = |c: char| c.is_control() && c != '\n' && c != '\t';
        prop_assert!(!read.text.contains(odd), "{:?}", read.text);
        prop_assert!(!text.replace('\r', "").contains(odd) || !read.left_out.is_empty());
    }
}
