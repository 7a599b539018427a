//! The marks by which a file that comes back is known: a property of the document, the last line of each comment, and a
//! hidden bookmark for each claim.
//!
//! A comment ends with `Tickmark C12 · 4f9a01c2`: the letter says what it is (`C` claim, `Q` query with its answers), the
//! number is that of the desk. The eight digits are the last four of the id, and the first four of a digest of the words
//! above the line, by which a changed comment is noticed.

use crate::model::{Digest, FileMark};

/// The name of the document's property that holds [`property`].
pub const PROPERTY: &str = "Tickmark";
/// The first word of the line.
const FIRST: &str = "Tickmark ";
/// How many hexadecimal digits of an id are in the name of a bookmark. Word allows 40 characters in all.
const BOOKMARK_DIGITS: usize = 20;

/// The last line of a comment, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommentMark {
    /// What the comment is.
    pub of: MarkOf,
    /// The number of the claim or query on the desk that wrote the file.
    pub number: i64,
    /// The last digits of its id.
    pub id: String,
    /// Whether the words above the line are as they were written.
    pub unchanged: bool,
    /// The words above the line.
    pub words: String,
}

/// What a comment of ours is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkOf {
    /// A claim.
    Claim,
    /// A query, an answer to it, or its resolution.
    Query,
}

impl MarkOf {
    fn letter(self) -> char {
        match self {
            Self::Claim => 'C',
            Self::Query => 'Q',
        }
    }
}

/// The last line of a comment. `words` is the rest of the comment.
pub fn line(of: MarkOf, number: i64, id: &str, words: &str) -> String {
    format!("{FIRST}{}{number} · {}{}", of.letter(), last(id, 4), digest(words))
}

/// Reads a comment whose last line is a mark; `None` if it has none.
pub fn read(comment: &str) -> Option<CommentMark> {
    let comment = comment.trim_end();
    let at = comment.rfind(FIRST)?;
    let words = comment.get(..at)?.trim_end();
    let (named, digits) = comment.get(at + FIRST.len()..)?.split_once(" · ")?;
    let of = [MarkOf::Claim, MarkOf::Query].into_iter().find(|of| named.starts_with(of.letter()))?;
    let number = named.get(1..)?.parse().ok()?;
    let whole = digits.len() == 8 && digits.bytes().all(|b| b.is_ascii_hexdigit());
    let (id, sum) = digits.split_at_checked(4).filter(|_| whole)?;
    let unchanged = sum == digest(words);
    Some(CommentMark { of, number, id: id.to_owned(), unchanged, words: words.to_owned() })
}

impl CommentMark {
    /// Whether it is of the claim or query with that id.
    pub fn is_of(&self, id: &str) -> bool {
        last(id, 4) == self.id
    }
}

/// The name of the hidden bookmark on a claim's words. An underscore at the start hides it in Word.
pub fn bookmark(number: i64, id: &str) -> String {
    let digits: String = id.chars().filter(char::is_ascii_hexdigit).collect();
    let number = number.to_string();
    format!("_tm_C{}_{}", number.get(..14).unwrap_or(&number), last(&digits, BOOKMARK_DIGITS))
}

/// The value of the document's property.
pub fn property(mark: &FileMark) -> String {
    let FileMark { article, revision, text, changes_since, at } = mark;
    let [since, at] = [changes_since, at].map(|f| f.as_deref().unwrap_or_default());
    format!("article={article};revision={revision};text={text};since={since};at={at}")
}

fn last(id: &str, digits: usize) -> &str {
    id.get(id.len().saturating_sub(digits)..).unwrap_or(id)
}

/// The first digits of the SHA-256 of words; how they are broken into lines does not count.
fn digest(words: &str) -> String {
    let flat = words.split_whitespace().collect::<Vec<_>>().join(" ");
    Digest::of(flat.as_bytes()).to_string().chars().take(4).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0198f2aa-1111-7222-8333-44445555abcd";

    #[test]
    fn a_mark_is_read_back_and_notices_changed_words() {
        let words = "C12 · False\nThe report says 1912.";
        let line = line(MarkOf::Claim, 12, ID, words);
        assert!(line.starts_with("Tickmark C12 · abcd"), "{line}");
        let mark = read(&format!("C12 · False The report\n says 1912.\n{line}\n")).unwrap();
        assert_eq!((mark.of, mark.number, mark.unchanged), (MarkOf::Claim, 12, true));
        assert!(mark.is_of(ID) && !mark.is_of("abce"));
        assert!(!read(&format!("C12 · False, so they say\n{line}")).unwrap().unchanged);
        for other in
            ["", "Tickmark", "Tickmark C · 00000000", "Tickmark C1 · 0000000", "Tickmark X1 · 00000000"]
        {
            assert_eq!(read(other), None, "{other}");
        }
    }

    #[test]
    fn the_name_of_a_bookmark_fits_word() {
        assert_eq!(bookmark(12, ID), "_tm_C12_7222833344445555abcd");
        assert!(bookmark(i64::MAX, ID).len() <= 40);
    }
}
