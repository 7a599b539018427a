//! Names for files and folders that every system and tool accepts: plain ASCII and short.

use unicode_normalization::UnicodeNormalization;

/// The longest name, in bytes.
const MOST: usize = 60;
/// The longest file extension that survives when a name is cut, in bytes with its dot.
const ENDING: usize = 10;

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
}
