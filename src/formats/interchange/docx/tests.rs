//! What the reader of Word files makes of ours.

use super::of_text;
use crate::{
    formats::article,
    model::{OwnFile, ReadOptions},
};
use proptest::prelude::*;

fn read_back(text: &str) -> String {
    let options = ReadOptions { own: Some(OwnFile::default()), ..ReadOptions::default() };
    article::read(&of_text(text).unwrap(), &options).unwrap().text
}

#[test]
fn every_kind_of_paragraph_comes_back_byte_for_byte() {
    let text = "# The ferry\n\nIt left at ten.[^1] A line\nand another\tone.\n\n## Past\n\n### Long past\n\n- one\n- two\n\n\
        3. three\n4. four\n\nBetween.\n\n1. one\n\n> He said:\n> no.\n\n| a | b \\| c |\n| d | e |\n\n| f |\n\n\
        # Another\n\nEnd[^2] & <b>.\n\n[^1]: The port.\n\n[^2]: The *mayor*.\n";
    assert_eq!(read_back(text), text);
}

/// Texts in the form that an article has: paragraphs apart from each other, items of one list and rows of one table together.
/// The second line of a paragraph begins with a letter: `1. a` directly below a line would be a list of its own.
fn texts() -> impl Strategy<Value = String> {
    let words = || "[A-Za-zé0-9][A-Za-zé0-9 .,&<>*_'\"-]{0,20}[a-z.]";
    let line = || "[A-Za-zé][A-Za-zé0-9 .,&<>*_'\"-]{0,20}[a-z.]";
    let list = |mark: fn(usize) -> String| {
        prop::collection::vec(words(), 1..4).prop_map(move |items| {
            items.iter().enumerate().map(|(n, words)| mark(n) + words).collect::<Vec<_>>().join("\n")
        })
    };
    let block = prop_oneof![
        4 => words().prop_map(String::from),
        1 => (words(), line()).prop_map(|(a, b)| format!("{a}\n{b}")),
        1 => (2..4usize, words()).prop_map(|(level, w)| format!("{} {w}", "#".repeat(level))),
        1 => list(|_| "- ".into()),
        1 => list(|n| format!("{}. ", n + 1)),
        1 => list(|_| "> ".into()),
        1 => prop::collection::vec(words(), 1..4).prop_map(|cells| format!("| {} |", cells.join(" | "))),
    ];
    prop::collection::vec(block, 1..8).prop_map(|blocks| {
        let mut text = String::from("# Title\n");
        let mut before = ' ';
        for block in blocks {
            let first = block.chars().next().unwrap_or(' ');
            // Two lists of one kind in a row would be one list.
            let alike = first == before && !first.is_alphabetic();
            text += if alike { "\nBetween.\n\n" } else { "\n" };
            text += &block;
            text.push('\n');
            before = if first.is_ascii_digit() { '1' } else { first };
        }
        text
    })
}

proptest! {
    #[test]
    fn any_article_comes_back_byte_for_byte(text in texts()) {
        prop_assert_eq!(read_back(&text), text);
    }

    #[test]
    fn no_text_makes_the_writer_fail(text in "(\\PC|[\\x00-\\x20|#>.^\\[\\]\u{e000}-]){0,80}") {
        let file = of_text(&text).unwrap();
        let options = ReadOptions { own: Some(OwnFile::default()), ..ReadOptions::default() };
        if let Ok(read) = article::read(&file, &options) {
            let letters = |t: &str| t.chars().filter(|c| c.is_alphabetic()).collect::<String>();
            prop_assert_eq!(letters(&read.text), letters(&text));
        }
    }
}
