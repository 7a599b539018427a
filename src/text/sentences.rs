//! Sentences: sentencex inside a block of the text, mended by `sentence_ends`. A block never crosses a blank line, a heading, a list mark or
//! a row of a table, so what an author separated is never joined, in any language.

use super::{
    Span,
    sentence_ends::{between, ends, readable},
};
use sentencex::get_sentence_boundaries;
use whatlang::Lang;

/// The longest text that is cut into sentences at once, in bytes: about three thousand words.
const MAX_PIECE: usize = 16 << 10;
/// How much of a text is used to detect its language, in bytes. More does not change the result.
const LANGUAGE_SAMPLE: usize = 4096;

/// The sentences of `text`, in order, without the blanks between them. The language is detected from the text.
///
/// ```
/// # use tickmark::text::sentences;
/// let text = "# A title\n\nIt rained, said Dr. Smith.\nThen it stopped.";
/// let found: Vec<&str> = sentences(text).iter().map(|s| s.of(text).unwrap()).collect();
/// assert_eq!(found, ["# A title", "It rained, said Dr. Smith.", "Then it stopped."]);
/// ```
pub fn sentences(text: &str) -> Vec<Span> {
    sentences_in(text, None)
}

/// The sentences of `text`. `lang` is its language (BCP 47, such as "de" or "pt-BR"), if it is known.
pub fn sentences_in(text: &str, lang: Option<&str>) -> Vec<Span> {
    let lang =
        lang.map_or_else(|| language(text), |l| l.split(['-', '_']).next().unwrap_or("en").to_lowercase());
    blocks(text).into_iter().flat_map(|block| sentences_of_block(text, block, &lang)).collect()
}

/// The language of `text` as a two-letter code; English if it cannot be detected reliably.
pub fn language(text: &str) -> String {
    let mut end = text.len().min(LANGUAGE_SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let lang = whatlang::detect(&text[..end])
        .filter(|found| found.is_reliable())
        .map_or(Lang::Eng, |found| found.lang());
    two_letters(lang).to_owned()
}

/// Groups of lines that belong together: a paragraph, a heading line, a list item with its continued lines, a row of a table.
fn blocks(text: &str) -> Vec<Span> {
    let (mut all, mut open): (Vec<Span>, bool) = (Vec::new(), false);
    for line in lines(text) {
        let words = line.of(text).unwrap_or_default().trim();
        let heading = words.starts_with('#');
        match all.last_mut() {
            Some(block) if open && !words.is_empty() && !begins_block(words) => {
                block.end = line.end;
            }
            _ if words.is_empty() => {}
            _ => all.push(line),
        }
        open = !words.is_empty() && !heading;
    }
    all
}

/// The lines of `text`, each with its line break.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        at += line.len();
        Span::at(at - line.len(), at)
    })
}

/// Whether a trimmed line is a heading, a list item or a row of a table.
pub(crate) fn begins_block(line: &str) -> bool {
    is_item(line) || line.starts_with(['#', '|'])
}

/// Whether a trimmed line begins with a list mark.
fn is_item(line: &str) -> bool {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = match digits {
        1..=3 => line[digits..].strip_prefix(['.', ')']),
        _ => line.strip_prefix(['-', '*', '+', '•']),
    };
    rest.is_some_and(|r| r.starts_with(char::is_whitespace))
}

/// The sentences of one block.
fn sentences_of_block(text: &str, block: Span, lang: &str) -> Vec<Span> {
    let words = block.of(text).unwrap_or_default();
    if words.trim_start().starts_with('#') {
        return trimmed(text, block).into_iter().collect();
    }
    let mut all = Vec::new();
    for piece in pieces(words) {
        let from = (block.start.0 + piece.start.0) as isize;
        let piece = piece.of(words).unwrap_or_default();
        all.extend(
            sentences_of_piece(piece, lang).into_iter().filter_map(|s| trimmed(text, s.shifted(from))),
        );
    }
    all
}

/// The sentences of a piece of a block, with the blanks between them.
fn sentences_of_piece(piece: &str, lang: &str) -> Vec<Span> {
    let readable = readable(piece, lang);
    let proposed: Vec<usize> = get_sentence_boundaries(lang, &readable).iter().map(|s| s.end_byte).collect();
    between(piece, &ends(piece, &proposed, lang))
}

/// A block cut at blanks into pieces that are fast to read. The work grows with the square of a piece's length. No
/// paragraph that people read is longer than one piece.
fn pieces(block: &str) -> Vec<Span> {
    let (mut all, mut at) = (Vec::new(), 0);
    while block.len() - at > MAX_PIECE {
        let most =
            (at + 1..=at + MAX_PIECE).rev().find(|i| block.is_char_boundary(*i)).unwrap_or(block.len());
        let blank = block[at..most].rfind(char::is_whitespace).filter(|i| *i > 0);
        let end = blank.map_or(most, |i| at + i);
        all.push(Span::at(at, end));
        at = end;
    }
    all.push(Span::at(at, block.len()));
    all
}

fn trimmed(text: &str, span: Span) -> Option<Span> {
    let words = span.of(text)?;
    let start = span.start.0 + words.len() - words.trim_start().len();
    Some(Span::at(start, start + words.trim().len())).filter(|s| !s.is_empty())
}

/// The ISO 639-1 code of a language that whatlang names by ISO 639-3, for the languages that sentencex has rules or a
/// fallback for; English for the rest.
fn two_letters(lang: Lang) -> &'static str {
    const CODES: &[(&str, &str)] = &[
        ("eng", "en"),
        ("rus", "ru"),
        ("spa", "es"),
        ("por", "pt"),
        ("ita", "it"),
        ("fra", "fr"),
        ("deu", "de"),
        ("ukr", "uk"),
        ("bul", "bg"),
        ("ces", "cs"),
        ("slk", "sk"),
        ("pol", "pl"),
        ("nld", "nl"),
        ("dan", "da"),
        ("swe", "sv"),
        ("nob", "no"),
        ("fin", "fi"),
        ("est", "et"),
        ("hun", "hu"),
        ("ron", "ro"),
        ("tur", "tr"),
        ("ell", "el"),
        ("heb", "he"),
        ("ara", "ar"),
        ("pes", "fa"),
        ("urd", "ur"),
        ("hin", "hi"),
        ("ben", "bn"),
        ("mar", "mr"),
        ("guj", "gu"),
        ("pan", "pa"),
        ("tam", "ta"),
        ("tel", "te"),
        ("kan", "kn"),
        ("mal", "ml"),
        ("mya", "my"),
        ("khm", "km"),
        ("tha", "th"),
        ("jpn", "ja"),
        ("kor", "ko"),
        ("cmn", "zh"),
        ("vie", "vi"),
        ("ind", "id"),
        ("amh", "am"),
        ("hye", "hy"),
        ("kat", "ka"),
        ("cat", "ca"),
        ("hrv", "hr"),
        ("srp", "sr"),
        ("slv", "sl"),
        ("lit", "lt"),
        ("lav", "lv"),
        ("bel", "be"),
        ("mkd", "mk"),
        ("afr", "af"),
        ("lat", "la"),
    ];
    CODES.iter().find(|(code, _)| *code == lang.code()).map_or("en", |(_, two)| two)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_without_end_is_cut_at_blanks_and_loses_nothing() {
        for block in ["“A. ".repeat(20_000), "語".repeat(20_000), "word ".repeat(3)] {
            let cut = pieces(&block);
            assert!(cut.iter().all(|p| p.len() <= MAX_PIECE && p.of(&block).is_some()));
            assert_eq!(cut.iter().map(|p| p.of(&block).unwrap()).collect::<String>(), block);
        }
    }
    use proptest::prelude::*;

    fn cut(text: &str) -> Vec<&str> {
        sentences(text).iter().map(|s| s.of(text).unwrap()).collect()
    }

    #[test]
    fn no_sentence_crosses_a_paragraph_a_heading_or_a_list_mark() {
        let text = "# One\nfirst line\nwraps on\n\n- item one\n- item two\n  goes on\n\nlast";
        assert_eq!(
            cut(text),
            ["# One", "first line\nwraps on", "- item one", "- item two\n  goes on", "last"]
        );
    }

    #[test]
    fn abbreviations_and_decimals_do_not_end_a_sentence() {
        assert_eq!(cut("Mr. Jones paid 1.5 million. He left."), ["Mr. Jones paid 1.5 million.", "He left."]);
    }

    #[test]
    fn ideographic_full_stops_end_a_sentence() {
        assert_eq!(cut("你好。再見。"), ["你好。", "再見。"]);
    }

    proptest! {
        #[test]
        fn sentences_are_in_order_trimmed_and_hold_all_but_blanks(text in "[a-cA-C.!?\"' \n#*-]{0,60}") {
            let mut at = 0;
            for s in sentences(&text) {
                let words = s.of(&text).unwrap();
                prop_assert_eq!(words, words.trim());
                prop_assert!(text[at..s.start.0].trim().is_empty());
                prop_assert!(!words.contains("\n\n"));
                at = s.end.0;
            }
            prop_assert!(text[at..].trim().is_empty());
        }
    }
}
