//! Quotation marks around words that may have some of their own, so that no mark is doubled.

/// Opening and closing marks that belong together, and the pair for a quotation inside or around them.
const PAIRS: [((char, char), (char, char)); 8] = [
    (('“', '”'), ('‘', '’')),
    (('„', '“'), ('‚', '‘')),
    (('«', '»'), ('‹', '›')),
    (('»', '«'), ('›', '‹')),
    (('”', '”'), ('’', '’')),
    (('»', '»'), ('›', '›')),
    (('「', '」'), ('『', '』')),
    (('"', '"'), ('\'', '\'')),
];

/// Words in English quotation marks. Words that are a quotation already get none, and around other words with
/// quotation marks in them they are single.
pub fn quoted(words: &str) -> String {
    let (open, close) = marks_around(words);
    format!("{open}{words}{close}")
}

/// The English quotation marks that [`quoted`] writes around words; empty if they are a quotation already.
pub fn marks_around(words: &str) -> (&'static str, &'static str) {
    match has_marks(words) {
        false => ("“", "”"),
        true if is_quotation(words) => ("", ""),
        true => ("‘", "’"),
    }
}

/// Adds words and the text behind them. If the words are between quotation marks of `out` and `after`, these marks are
/// left out or made single where the words have marks of their own.
pub(super) fn insert(out: &mut String, words: &str, after: &str) {
    let outer = out.chars().next_back().zip(after.chars().next());
    let pair = outer.and_then(|outer| PAIRS.iter().find(|(pair, _)| *pair == outer));
    let (Some(((_, close), (single, single_close))), true) = (pair, has_marks(words)) else {
        out.push_str(words);
        out.push_str(after);
        return;
    };
    let after = &after[close.len_utf8()..];
    out.pop();
    match is_quotation(words) {
        true => out.push_str(words),
        false => out.extend([*single].into_iter().chain(words.chars()).chain([*single_close])),
    }
    out.push_str(after);
}

fn has_marks(words: &str) -> bool {
    words.contains(['“', '”', '„', '«', '»', '「', '」', '"'])
}

/// Whether the words are one quotation from their first to their last character.
fn is_quotation(words: &str) -> bool {
    let mut inner = words.trim().chars();
    let ends = inner.next().zip(inner.next_back());
    let inner = inner.as_str();
    PAIRS.iter().any(|((open, close), _)| ends == Some((*open, *close)) && !inner.contains([*open, *close]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_quotation_mark_is_doubled() {
        for (words, written) in [
            ("We sank", "“We sank”"),
            ("“We sank”", "“We sank”"),
            ("\"We sank\"", "\"We sank\""),
            ("„Wir sanken“", "„Wir sanken“"),
            ("»Vi sjönk»", "»Vi sjönk»"),
            ("she said “we sank”", "‘she said “we sank”’"),
            ("“we” and “they”", "‘“we” and “they”’"),
            ("”", "‘”’"),
            ("", "“”"),
        ] {
            assert_eq!(quoted(words), written);
        }
    }

    #[test]
    fn the_marks_of_other_languages_give_way_too() {
        let mut german = String::from("Das Urteil über „");
        insert(&mut german, "er sagte „nein“", "“ gilt nicht mehr");
        assert_eq!(german, "Das Urteil über ‚er sagte „nein“‘ gilt nicht mehr");
        let mut bare = String::from("see ");
        insert(&mut bare, "“a”", ", b");
        assert_eq!(bare, "see “a”, b");
    }
}
