//! The content of the document before it is set: blocks of runs. A block says what it is; [`super::sizes`] says how it looks.

/// A paragraph, heading, list item, row of a table or part of a note.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Block {
    /// What it is.
    pub role: Role,
    /// What is set beside the words: the mark of a list item, the number of a note.
    pub label: Option<Vec<Run>>,
    /// Its words. A row of a table has one entry for each cell, everything else has one.
    pub cells: Vec<Vec<Run>>,
    /// The place that links to it name.
    pub place: Option<Place>,
    /// Its entry among the bookmarks: the level, from 1, and the words.
    pub bookmark: Option<(usize, String)>,
    /// The note it belongs to, so that the blocks of a note are one element of the structure.
    pub note: Option<Place>,
    /// Whether it is beside the article: no part of its text.
    pub beside: bool,
}

impl Block {
    /// A block with one flow of words.
    pub fn of(role: Role, runs: Vec<Run>) -> Self {
        Self { role, cells: vec![runs], ..Self::default() }
    }

    /// A heading with its bookmark.
    pub fn heading(level: usize, runs: Vec<Run>) -> Self {
        let words = plain_words(&runs);
        let bookmark = (!words.is_empty()).then_some((level, words));
        Self { bookmark, ..Self::of(Role::Heading(level), runs) }
    }

    /// The same block with a place that links can name.
    pub fn at(self, place: Place) -> Self {
        Self { place: Some(place), ..self }
    }

    /// The same block as a part of a note.
    pub fn in_note(self, note: Place) -> Self {
        Self { note: Some(note), ..self }
    }

    /// The same block beside the article.
    pub fn beside(self) -> Self {
        Self { beside: true, ..self }
    }

    /// Whether it has no words at all.
    pub fn is_empty(&self) -> bool {
        self.cells.iter().flatten().chain(self.label.iter().flatten()).all(|r| r.words.trim().is_empty())
    }
}

/// The words of runs on one line, without those that are deleted or raised.
fn plain_words(runs: &[Run]) -> String {
    let kept = runs.iter().filter(|r| !r.look.raised && r.look.change != Some(Change::Deleted));
    let words: String = kept.map(|r| r.words.as_str()).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a block is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// A heading of that level, from 1.
    Heading(usize),
    /// The line with outlet, byline, place and date.
    About,
    /// A paragraph of the article.
    #[default]
    Paragraph,
    /// A quotation.
    Quote,
    /// An item of a list: whether its list is numbered, and how deep it is, from 0.
    Item(bool, usize),
    /// A row of a table.
    Row,
    /// A line between two parts.
    Rule,
    /// The quoted words of a claim, or a question: the first block of a note.
    Entry,
    /// The first block of a source.
    Source,
    /// A further paragraph of a note.
    Detail,
    /// The line with the verdict of a claim, before the reasons.
    Verdict,
    /// Other small print.
    Small,
}

/// Words that look the same.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Run {
    /// The words.
    pub words: String,
    /// How they look.
    pub look: Look,
    /// Where they lead.
    pub link: Option<Link>,
}

impl Run {
    /// Words in the block's own look.
    pub fn of(words: impl Into<String>) -> Self {
        Self { words: words.into(), ..Self::default() }
    }

    /// Words with a look.
    pub fn with(words: impl Into<String>, look: Look) -> Self {
        Self { words: words.into(), look, link: None }
    }
}

/// How words differ from their block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Small and above the line.
    pub raised: bool,
    /// Their colour, if it is not the block's.
    pub ink: Option<Ink>,
    /// How the claim on them is underlined.
    pub claim: Option<Ink>,
    /// What changed.
    pub change: Option<Change>,
}

/// The colours, by what they mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Less important words.
    Quiet,
    /// An address.
    Address,
    /// A verdict that holds: the statement is right.
    Holds,
    /// It is right in part.
    Partly,
    /// It is wrong.
    Fails,
    /// It cannot be shown.
    Open,
    /// No verdict yet.
    Unchecked,
    /// A verdict on other words.
    Stale,
}

impl Ink {
    /// The colour of a claim by its class: the family of a verdict that holds, else its status.
    pub fn of_class(class: &str) -> Self {
        match class {
            "holds" => Self::Holds,
            "partly" => Self::Partly,
            "fails" => Self::Fails,
            "open" => Self::Open,
            "stale" | "orphaned" => Self::Stale,
            _ => Self::Unchecked,
        }
    }
}

/// What happened to words since an earlier revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// They are gone.
    Deleted,
    /// They are new.
    Inserted,
}

/// Where words lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// To an address outside.
    Address(String),
    /// To a place in the document.
    Place(Place),
}

impl Link {
    /// A link to an address, if it is of a kind that may become one: `http`, `https` or `mailto`, and nothing that ends it early.
    pub fn address(url: &str) -> Option<Self> {
        let lower = url.to_ascii_lowercase();
        let allowed = ["http://", "https://", "mailto:"].iter().any(|kind| lower.starts_with(kind));
        let clean = !url.chars().any(|c| c.is_control() || c.is_whitespace());
        (allowed && clean).then(|| Self::Address(url.into()))
    }
}

/// A place in the document that links lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The note on the claim of that number.
    Claim(usize),
    /// The source of that number.
    Source(usize),
    /// The question of that number.
    Query(usize),
    /// A note of the article itself, by its position.
    Footnote(usize),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_and_mail_addresses_become_links() {
        for url in ["http://a.example", "HTTPS://a.example/b?c=d", "mailto:a@b.example"] {
            assert!(Link::address(url).is_some(), "{url}");
        }
        for url in
            ["javascript:alert(1)", "file:///etc/passwd", "ftp://a", "//a", "https://a b", "https://a\nb", ""]
        {
            assert!(Link::address(url).is_none(), "{url:?}");
        }
    }

    #[test]
    fn a_bookmark_has_the_words_that_stay() {
        let gone = Look { change: Some(Change::Deleted), ..Look::default() };
        let raised = Look { raised: true, ..Look::default() };
        let runs = vec![Run::of("The  harbour"), Run::with(" old", gone), Run::with("3", raised)];
        assert_eq!(Block::heading(2, runs).bookmark, Some((2, "The harbour".into())));
    }
}
