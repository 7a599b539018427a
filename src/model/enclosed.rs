//! What a file holds besides its text: tracked changes, comments, links, pictures, and the mark of a file that went out of a desk.
//! Names and times in it are the file's own words; nobody of this desk is meant by them.

use super::slugs;
use crate::text::Span;

slugs! {
    /// What kind of file an article was read from. It follows from the bytes, not from the name.
    #[derive(Default)]
    FileKind, "kind of file", {
        /// Word: `.docx`, `.docm`, and the strict form.
        Docx = "docx",
        /// A web page.
        Html = "html",
        /// A web page saved as one file with its pictures.
        Mhtml = "mhtml",
        /// A mail.
        Eml = "eml",
        /// A PDF.
        Pdf = "pdf",
        /// Markdown.
        Markdown = "markdown",
        /// Plain text.
        #[default]
        Text = "text",
    }
}

slugs! {
    /// What to do with tracked changes.
    #[derive(Default)]
    ChangesAs, "way to take tracked changes", {
        /// The text is as it was before them, and each waits for a decision.
        #[default]
        Pending = "pending",
        /// The text is as it is with all of them.
        Accept = "accept",
        /// The text is as it was before them, and they are dropped.
        Reject = "reject",
    }
}

slugs! {
    /// What a tracked change does.
    ChangeKind, "kind of change", {
        /// It adds words.
        Insert = "insert",
        /// It takes words away.
        Delete = "delete",
        /// It puts words in the place of others.
        Replace = "replace",
        /// It takes words from one place to another.
        Move = "move",
    }
}

/// Words to put in the place of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Where the words are that go; empty where words are only added.
    pub span: Span,
    /// The words that come.
    pub with: String,
}

/// A tracked change: a run of one author, time and kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// What it does.
    pub kind: ChangeKind,
    /// Its edits, in order and apart from each other. Of a change with `within`, the spans count in the words that the other change
    /// adds (the `with` of its edits, one after the other), not in the text.
    pub edits: Vec<Edit>,
    /// The change in whose added words this one stands, by its index in the list, which is lower.
    pub within: Option<usize>,
    /// The author's name in the file.
    pub author: Option<String>,
    /// The time in the file, in ISO 8601.
    pub date: Option<String>,
}

/// A comment, or an answer to one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileComment {
    /// The author's name in the file.
    pub author: Option<String>,
    /// The time in the file, in ISO 8601.
    pub date: Option<String>,
    /// What it says.
    pub text: String,
    /// The words it is on, with all changes accepted; empty if it is on none.
    pub quote: String,
    /// Where those words are in the text; `None` if they are not there.
    pub span: Option<Span>,
    /// The comment that it answers, by its index in the list.
    pub reply_to: Option<usize>,
    /// Whether it is marked as done.
    pub resolved: bool,
}

impl FileComment {
    /// The comment that a chain of replies begins with, by its place in the list. A chain without a beginning has only itself.
    pub fn root_of(comments: &[Self], comment: usize) -> usize {
        let mut at = comment;
        for _ in 0..comments.len() {
            match comments.get(at).and_then(|c| c.reply_to).filter(|r| *r < comments.len()) {
                Some(before) => at = before,
                None => return at,
            }
        }
        comment
    }

    /// The replies in the chain that begins with the comment at that place, in order.
    pub fn replies(comments: &[Self], root: usize) -> impl Iterator<Item = &Self> {
        let all = comments.iter().enumerate().filter(|(_, c)| c.reply_to.is_some());
        all.filter(move |(at, _)| Self::root_of(comments, *at) == root).map(|(_, c)| c)
    }
}

/// A link to a web or mail address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileLink {
    /// The address: `http`, `https` or `mailto`.
    pub url: String,
    /// The words that are linked.
    pub words: String,
    /// Where they are in the text; of a link in a note, where the note is called. `None` if neither is there.
    pub span: Option<Span>,
    /// The label of the footnote or endnote that the link is in.
    pub note: Option<String>,
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilePicture {
    /// Its name in the file, or its address.
    pub name: String,
    /// Its bytes; `None` if the file only names it.
    pub bytes: Option<Vec<u8>>,
    /// The words that stand for it.
    pub alt: Option<String>,
    /// Its caption, which is in the text too.
    pub caption: Option<String>,
    /// Where it is in the text, in bytes; `None` if it is in no part of it.
    pub at: Option<usize>,
}

/// The mark of a file that a desk made: which article and revision it is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileMark {
    /// The article's id.
    pub article: String,
    /// The revision's id.
    pub revision: String,
    /// The SHA-256 of the revision's text, in hexadecimal.
    pub text: String,
    /// The revision since which changes are tracked in it, by its id.
    pub changes_since: Option<String>,
    /// The time of the newest action that it shows, in RFC 3339.
    pub at: Option<String>,
}
