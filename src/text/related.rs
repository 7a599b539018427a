//! Whether two texts are versions of one, by the words they share.

use super::words;
use std::collections::HashSet;

/// A text with fewer words says too little about what it is.
const FEWEST_WORDS: usize = 40;
/// Texts with fewer shared word sequences in a hundred are not versions of one. Two articles in one language share about one in a
/// hundred (“in the end”), two wordings of one article more than ten.
const FEWEST_SHARED: usize = 2;

/// Whether two texts have so few words in common that neither is a version of the other. A short text is never unrelated.
pub fn are_unrelated(a: &str, b: &str) -> bool {
    let [a, b] = [a, b].map(|text| (text, words(text)));
    if a.1.len().min(b.1.len()) < FEWEST_WORDS {
        return false;
    }
    let [a, b] = [a, b].map(|(text, words)| {
        let three =
            |w: &[super::Span]| Some([w.first()?.of(text)?, w.get(1)?.of(text)?, w.get(2)?.of(text)?]);
        words.windows(3).filter_map(three).collect::<HashSet<[&str; 3]>>()
    });
    a.intersection(&b).count() * 100 < a.len().min(b.len()) * FEWEST_SHARED
}

#[cfg(test)]
mod tests {
    use super::*;

    const FERRY: &str = "The ferry company raised its fares on Monday for the first time in six years, and said that the price of \
        fuel left it no choice. A crossing now costs 4.20 euros for adults and half of that for children, while dogs still sail free. \
        The mayor called the rise bitter, but fair.";

    #[test]
    fn a_version_is_related_and_another_article_is_not() {
        let bridge = "The harbour bridge at Salt Quay reopened to traffic after inspectors found cracks in two of its bearings. About \
            9,800 vehicles crossed it each day before the closure, according to the county. Repairs cost less than the council had set \
            aside, and nobody was hurt during the works on the piers, the engineers say.";
        assert!(are_unrelated(FERRY, bridge));
        let half = FERRY.split_once("choice.").unwrap().1.repeat(2);
        assert!(!are_unrelated(FERRY, &half));
        assert!(!are_unrelated(FERRY, "Nothing of it."));
    }
}
