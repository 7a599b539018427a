//! Bringing articles in: every fixture in `fixtures/import` with what it is expected to become.
//! `TICKMARK_WRITE_EXPECTED=1` writes the `.expected` files anew, to be read before they are kept.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use tickmark::formats::plain::{Encoding, Options, Proposal, read};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures/import")
}

fn fixtures() -> Vec<PathBuf> {
    let all = std::fs::read_dir(folder()).unwrap().map(|e| e.unwrap().path());
    let mut ours = all.filter(|p| p.extension().is_some_and(|e| e == "txt" || e == "md")).collect::<Vec<_>>();
    ours.sort();
    ours
}

/// A file's name says how it is read: `.md` is Markdown, `.cp1252.txt` was confirmed as Windows-1252.
fn options(path: &Path) -> Options {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let encoding = name.contains(".cp1252.").then_some(Encoding::Windows1252);
    Options { as_is: name.contains(".as-is."), encoding, markdown: name.ends_with(".md") }
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
        writeln!(out, "left out {} ({}): {}", left.line, left.why.as_str(), left.text).unwrap();
    }
    let kinds = proposal.recognised.iter().map(|p| p.kind.as_str()).collect::<Vec<_>>();
    writeln!(out, "encoding: {}\nparts: {}\n====", proposal.encoding.as_str(), kinds.join(" ")).unwrap();
    out + &proposal.text
}

#[test]
fn every_fixture_comes_in_as_expected() {
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
