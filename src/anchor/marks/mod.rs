//! The parts of a text that are typography and no words, so that they are left out of a statement: marks of Markdown and
//! HTML, footnote marks and invisible characters. A mark never pairs across a blank line. A mark without its partner is
//! part of the words ("Rated 4**"), except two emphasis characters that open and whose partner is outside the text.

mod blocks;
mod emphasis;
mod inline;
mod invisible;

pub(super) use blocks::{begins_with_number, is_list_position, list_mark};
pub use inline::link_targets;
pub(super) use inline::tag_name;
pub(crate) use invisible::is_invisible;

use crate::text::Span;

/// The spans of `text` that are marks, in order. No two overlap.
pub(crate) fn marks(text: &str) -> Vec<Span> {
    let mut all = blocks::block_marks(text);
    let (inside, inline) = inline::inline_marks(text);
    all.extend(emphasis::emphasis(text, &all, &inside));
    all.extend(inline);
    all.extend(invisible::invisible(text));
    all.sort();
    apart(all)
}

/// `sorted` without the spans that begin inside an earlier one.
fn apart(sorted: Vec<Span>) -> Vec<Span> {
    let mut all: Vec<Span> = Vec::with_capacity(sorted.len());
    for span in sorted {
        if all.last().is_none_or(|last| last.end <= span.start) {
            all.push(span);
        }
    }
    all
}

/// `text` without its marks.
pub(crate) fn without_marks(text: &str) -> String {
    let (mut plain, mut at) = (String::with_capacity(text.len()), 0);
    for mark in marks(text) {
        plain.push_str(&text[at..mark.start.0]);
        at = mark.end.0;
    }
    plain + &text[at..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_of_markdown_and_html_are_no_words() {
        let cases = [
            ("## A *bold* head", "A bold head"),
            ("> wrapped and\n> 5 of it", "wrapped and\n5 of it"),
            ("- item one\n* item two", "item one\nitem two"),
            ("the [river](https://e.example/a_b_(c) \"Title\") bank", "the river bank"),
            ("an ![old mill](mill.png) and [a][b]", "an old mill and a"),
            ("a <b>bold</b> <a href=\"x\">link</a><!-- note -->", "a bold link"),
            ("see <https://e.example> and `code` there", "see https://e.example and code there"),
            ("it fell.[^1] So[12] did she.² And he†.", "it fell. So did she. And he."),
            ("ex\u{ad}am\u{200b}ple \u{200e}12\u{feff}", "example 12"),
        ];
        for (text, plain) in cases {
            assert_eq!(without_marks(text), plain);
        }
    }

    #[test]
    fn what_looks_like_a_mark_and_carries_meaning_stays() {
        let cases = [
            "Rated 4**",
            "+ 3.5 points",
            "- 3 % less",
            "> 5 people",
            "a fall of\n- 3.5 points",
            "2*3 and 4*5",
            "km² and 10²",
            "he said [sic] so",
            "player[s] won",
            "5 < 6 and 7 > 3",
            "a <del>not</del> b",
            "O`Brien and O`Hara",
            "The tower\n- built in 1911 - stands",
            "† 2010",
            "12 \u{200f}- 20",
        ];
        for text in cases {
            assert_eq!(without_marks(text), text);
        }
    }

    proptest! {
        #[test]
        fn marks_are_apart_and_inside_the_text(text in "[-a1*_`\\[\\]()<>/b!.>\n #\u{ad}é\u{200f}]{0,60}") {
            let mut at = 0;
            for mark in marks(&text) {
                prop_assert!(mark.start.0 >= at && mark.of(&text).is_some_and(|m| !m.is_empty() && !m.contains("\n\n")));
                at = mark.end.0;
            }
        }
    }
}
