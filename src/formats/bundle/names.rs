//! Names for files and folders. Inside a bundle they are short plain ASCII, which every system and tool accepts. A name that
//! is offered to a person keeps its letters.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// The longest name, in bytes.
const MOST: usize = 60;
/// The longest file extension that survives when a name is cut, in bytes with its dot.
const ENDING: usize = 10;

/// The longest name that is offered without its extension, in bytes. With what a program adds it stays below the 143 bytes
/// of an encrypted file system, the shortest limit in use.
const MOST_OFFERED: usize = 110;

/// A title as the name of a file, without its extension. All letters stay. Only what a file system forbids is replaced or
/// left out, and characters that nobody sees. It is in Unicode's composed form (NFC) and at most [`MOST_OFFERED`] bytes long.
pub(super) fn offered(title: &str) -> String {
    let chars: Vec<char> = title.nfc().filter(|c| !is_hidden(*c)).collect();
    let solid = |c: Option<&char>| c.is_some_and(|c| c.is_alphanumeric());
    let safe = |(i, c): (usize, &char)| match c {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => {
            let inside = solid(i.checked_sub(1).and_then(|i| chars.get(i))) && solid(chars.get(i + 1));
            if inside { '-' } else { ' ' }
        }
        c if c.is_control() => ' ',
        c => *c,
    };
    let safe: String = chars.iter().enumerate().map(safe).collect();
    let words = safe.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = cut(words.trim_start_matches(['.', '-', '~', ' ']), MOST_OFFERED);
    // Windows drops dots and spaces at the end of a name.
    let name = name.trim_end_matches(['.', ' ']);
    if name.is_empty() { "article".into() } else { guarded(name.into()) }
}

/// The first words of a name that are at most `most` bytes long; the first characters if its first word is longer.
fn cut(name: &str, most: usize) -> &str {
    if name.len() <= most {
        return name;
    }
    let ends = |mut pieces: Vec<(usize, &str)>| {
        pieces.retain(|(at, _)| *at <= most);
        pieces.last().map_or(0, |(at, _)| *at)
    };
    let word = ends(name.match_indices(' ').collect());
    if 2 * word > most { &name[..word] } else { &name[..ends(name.grapheme_indices(true).collect())] }
}

/// Whether a character is invisible and may reorder or hide others. Joiners stay: some scripts need them.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// A headline as the name of a folder: lower-case letters and digits separated by hyphens; `article` if nothing is left.
pub(super) fn slug(headline: &str) -> String {
    let plain: String = headline.nfkd().filter(char::is_ascii).collect::<String>().to_ascii_lowercase();
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
    let mut slug = String::new();
    for word in words {
        if slug.len() + word.len() >= MOST {
            break;
        }
        slug.push_str(if slug.is_empty() { "" } else { "-" });
        slug.push_str(word);
    }
    if slug.is_empty() { "article".into() } else { guarded(slug) }
}

/// A file's name without unsafe characters; its extension stays.
pub(super) fn file_name(name: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '_' };
    let plain: String = name.nfkd().filter(|c| !is_mark(*c)).map(safe).collect();
    let plain = plain.trim_matches(|c| "._".contains(c));
    let (stem, ending) = match plain.rfind('.').filter(|i| plain.len() - i <= ENDING) {
        Some(dot) => plain.split_at(dot),
        None => (plain, ""),
    };
    let stem = &stem[..stem.len().min(MOST - ENDING)];
    if stem.is_empty() { format!("file{ending}") } else { guarded(format!("{stem}{ending}")) }
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Puts `_` before names that Windows reserves for its devices.
fn guarded(name: String) -> String {
    let stem = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let numbered = ["com", "lpt"].iter().any(|d| stem.strip_prefix(d).is_some_and(|n| n.len() == 1));
    if numbered || ["con", "prn", "aux", "nul"].contains(&stem.as_str()) { format!("_{name}") } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_become_plain_short_folders() {
        assert_eq!(slug("The Bridge Über the Río: 5,000 crossed"), "the-bridge-uber-the-rio-5-000-crossed");
        assert_eq!(slug("الجسر"), "article");
        assert_eq!(slug("CON"), "_con");
        assert!(slug(&"word ".repeat(100)).len() <= MOST);
    }

    #[test]
    fn file_names_keep_their_ending_and_lose_what_is_dangerous() {
        assert_eq!(file_name("Rapport annuel été.pdf"), "Rapport_annuel_ete.pdf");
        assert_eq!(file_name("../../etc/passwd"), "etc_passwd");
        assert_eq!(file_name("صورة.png"), "png");
        assert_eq!(file_name("nul.txt"), "_nul.txt");
        assert!(file_name(&format!("{}.pdf", "x".repeat(300))).ends_with(".pdf"));
        assert_eq!(file_name("..."), "file");
    }

    #[test]
    fn offered_names_keep_their_letters() {
        for (title, name) in [
            ("Über den Fluß: 5.000 kamen", "Über den Fluß 5.000 kamen"),
            ("الجسر", "الجسر"),
            ("橋は落ちた", "橋は落ちた"),
            ("Who won? AC/DC \"live\"", "Who won AC-DC live"),
            ("Cafe\u{301}", "Café"),
            ("नदी का पुल", "नदी का पुल"),
            ("  ..hidden  ", "hidden"),
            ("-rf * and more", "rf and more"),
            ("The end...", "The end"),
            ("cod\u{202e}exe.txt\n", "codexe.txt"),
            ("nul", "_nul"),
            ("???", "article"),
            ("", "article"),
        ] {
            assert_eq!(offered(title), name, "{title}");
        }
    }

    #[test]
    fn offered_names_are_cut_between_words_or_characters() {
        let name = offered(&"słowo ".repeat(60));
        assert!(name.len() <= MOST_OFFERED && name.ends_with("słowo"), "{name}");
        let name = offered(&"橋e\u{301}".repeat(90));
        assert!(name.len() <= MOST_OFFERED && name.len() > MOST_OFFERED - 4, "{name}");
    }
}
