//! The only normalisation of an imported text. It changes no Unicode form, no blank and no quote mark, because a
//! verdict holds for the exact words.

/// Removes a leading byte-order mark and makes every line end one `\n`.
///
/// CRLF and a single CR are line ends, as in CodeMirror. So a text typed in the window and the same text read from a
/// file have the same bytes. Doing it twice changes nothing.
pub fn normalise(text: &str) -> String {
    let text = text.trim_start_matches('\u{feff}');
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() }
}

/// The text in Unicode's form NFKC, in which letters that look the same are the same. Only for comparisons, never for
/// storing.
pub fn nfkc(text: &str) -> String {
    unicode_normalization::UnicodeNormalization::nfkc(text).collect()
}

/// The text in small letters without accents. Only for comparisons, never for storing.
pub fn bare(text: &str) -> String {
    use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
    text.to_lowercase().nfkd().filter(|c| !is_combining_mark(*c)).nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::normalise;
    use proptest::prelude::*;

    #[test]
    fn every_line_end_becomes_one_line_feed() {
        assert_eq!(normalise("\u{feff}a\r\nb\rc\n\r\n"), "a\nb\nc\n\n");
    }

    proptest! {
        #[test]
        fn doing_it_twice_changes_nothing(text in "[\u{feff}\r\n ab]{0,12}") {
            let once = normalise(&text);
            prop_assert_eq!(normalise(&once), once.clone());
            prop_assert!(!once.contains('\r'));
        }
    }
}
