//! What a PDF says about itself. Its dates are those of the file, not of the article, so they are not read.

use super::strings;
use crate::model::Info;
use hayro_interpret::hayro_syntax::Pdf;

/// What programs write where they know no author.
const NOBODY: [&str; 10] = [
    "user",
    "admin",
    "administrator",
    "root",
    "owner",
    "unknown",
    "author",
    "anonymous",
    "windows user",
    "microsoft office user",
];

/// The title in the file's own description.
pub fn title(pdf: &Pdf) -> Option<String> {
    entry(pdf.metadata().title.as_deref())
}

/// The details in the file's own description.
pub fn of(pdf: &Pdf) -> Info {
    let author = entry(pdf.metadata().author.as_deref()).filter(|name| is_a_name(name));
    Info { byline: author, ..Info::default() }
}

fn entry(bytes: Option<&[u8]>) -> Option<String> {
    let text = strings::decode(bytes?);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty() && text.chars().count() <= 300 && !text.contains(char::is_control)).then_some(text)
}

/// Whether an author can be a person: two words at least, as an account's name is one.
fn is_a_name(author: &str) -> bool {
    let low = author.to_lowercase();
    let letters = author.chars().filter(|c| c.is_alphabetic()).count();
    let spaced = author.contains(' ') || !author.is_ascii();
    letters >= 2 && spaced && !NOBODY.contains(&&*low) && !author.contains(['@', '\\', '/', '_'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_and_fillers_are_no_authors() {
        for name in ["Ama Mensah", "Ørsted, H. C.", "山田太郎"] {
            assert!(is_a_name(name), "{name}");
        }
        for account in ["root", "Microsoft Office User", "HQ\\amensah", "ama@example.org", "amensah", "—"] {
            assert!(!is_a_name(account), "{account}");
        }
    }
}
