//! The desk as a whole: who works at it, its articles, undo, search, and what came from elsewhere.

use super::{SpanDto, crossing};

crossing! {
    /// Somebody who works at this desk.
    pub struct PersonDto { pub id: String, pub name: String, pub initials: String }

    /// What can be undone and redone next: an action's id, what it did, where, and who did it.
    pub struct Step { pub action: String, pub label: String, pub article: Option<String>, pub by: PersonDto }

    /// One article in the library.
    pub struct ArticleCard {
        pub id: String,
        pub number: i64,
        pub headline: String,
        pub outlet: Option<String>,
        pub date: Option<String>,
        pub archived: bool,
        pub revisions: usize,
        pub counts: Counts,
        /// How many of a hundred sentences are settled; nothing where that is not worked out yet.
        pub coverage: Option<u8>,
        /// Whether it counts as verified by what the desk asks now; nothing where that is not worked out yet.
        pub verified: Option<bool>,
        /// When something was last done to it, RFC 3339.
        pub touched: String,
        pub touched_by: PersonDto,
        pub has_draft: bool,
        /// Its tags and hashtags as they are written.
        pub tags: Vec<String>,
        /// How far the work on it is: checking, with-writer, ready or out; nothing where nobody said.
        pub state: Option<String>,
        /// Until when: a day, or a time with its offset.
        pub deadline: Option<String>,
        /// Whose it is.
        pub assignee: Option<PersonDto>,
    }

    /// How many of an article's claims stand where.
    #[derive(Copy, Eq, Default)]
    pub struct Counts {
        pub claims: usize,
        pub unchecked: usize,
        pub checked: usize,
        pub stale: usize,
        pub orphaned: usize,
        pub open_queries: usize,
    }

    /// One step of a rating scale. `family` is holds, partly, fails or open.
    pub struct RatingDto { pub slug: String, pub label: String, pub family: String, pub value: Option<i64>, pub meaning: String }

    /// A rating scale; the default one has no id.
    pub struct ScaleDto { pub id: Option<String>, pub name: String, pub ratings: Vec<RatingDto> }

    /// Asks for the desk at a glance; `articles: false` leaves the articles out.
    pub struct OverviewRequest { pub articles: Option<bool> }

    /// Asks for a page of a list. `sort` is touched, headline, number or open; of articles also date, deadline or state; of sources
    /// use. `filters` are open, archived, queries (with open ones), assigned=NAME (a claim is), standing=SLUG and words=TEXT; of
    /// articles also tag=TAG, state=SLUG, assignee=NAME (the article is; state and assignee may be none), and `current` for those
    /// that were not put away. Without `most` it is a page of 50.
    pub struct ListRequest {
        pub sort: Option<String>,
        #[serde(default)]
        pub filters: Vec<String>,
        #[serde(default)]
        pub skip: usize,
        #[serde(default = "a_page")]
        pub most: usize,
    }

    /// A tag or hashtag as it is written, and how many articles have it.
    #[derive(Eq)]
    pub struct TagDto { pub tag: String, pub articles: usize }

    /// The desk at a glance: `desk.overview`.
    pub struct Overview {
        pub path: String,
        /// The newest action's place in the desk: give it to `desk.since`.
        pub seq: i64,
        /// Who is working, once somebody said so.
        pub me: Option<PersonDto>,
        pub people: Vec<PersonDto>,
        pub articles: Vec<ArticleCard>,
        /// Whether there are articles that were not put away, and any that were.
        pub any_articles: bool,
        pub any_archived: bool,
        pub scales: Vec<ScaleDto>,
        pub undo: Option<Step>,
        pub redo: Option<Step>,
        /// What a person should know before the work goes on, in sentences: that the disk is nearly full, or that something
        /// could not be done when the desk was opened.
        pub notices: Vec<String>,
        /// Why the desk can only be read, where it can.
        pub only_read: Option<String>,
    }

    /// Asks what was done after `seq`.
    pub struct SinceRequest { pub seq: i64 }

    /// What was done since: the articles touched, and whether sources, people or scales were.
    pub struct Since { pub seq: i64, pub articles: Vec<String>, pub shared: bool }

    /// Says who is working, a new person.
    pub struct IntroduceRequest { pub name: String, pub initials: String }

    /// Says who is working, a known person.
    pub struct SwitchRequest { pub person: String }

    /// Undoes or redoes; refused where `seen` is not the step the user saw.
    pub struct StepRequest { pub seen: String }

    /// What was undone or redone. A save that was undone leaves its words as a draft.
    pub struct Stepped {
        pub label: String,
        pub article: Option<String>,
        /// Whether that article stands now.
        pub stands: bool,
        pub draft_kept: bool,
    }

    /// Searches articles, claims and sources.
    pub struct SearchRequest { pub words: String }

    /// One thing found. `kind` is article, tag, person, claim or source; the id of a tag is the tag.
    pub struct Hit {
        pub kind: String,
        pub id: String,
        pub article: Option<String>,
        pub title: String,
        /// The words around what was found.
        pub excerpt: String,
        /// Where what was sought stands in the two.
        pub marks: Marks,
    }

    /// Where words stand in a title and in an excerpt.
    pub struct Marks { pub title: Vec<SpanDto>, pub excerpt: Vec<SpanDto> }

    /// Adds a rating scale.
    pub struct AddScaleRequest { pub name: String, pub ratings: Vec<RatingDto> }

    /// Names a file that the shell has the user choose.
    pub struct PathRequest { pub path: String }

    /// Writes the public key of whoever works to `path`.
    pub struct WriteKeyRequest {
        pub path: String,
        /// Whether it takes the place of a file that stands there, as a person said.
        #[serde(default)]
        pub replace: bool,
    }

    /// Keeps the file at `path` with a source.
    pub struct AttachRequest { pub source: String, pub path: String }

    /// Asks for the text of a kept file.
    pub struct SnapshotTextRequest { pub digest: String }

    /// Writes a kept file out to `path`.
    pub struct SnapshotRequest {
        pub digest: String,
        pub path: String,
        /// Whether it takes the place of a file that stands there, as a person said.
        #[serde(default)]
        pub replace: bool,
    }

    /// Writes what is kept back with a source, and its salts, to `path`: only what `article` quotes, where one is given.
    pub struct DiscloseRequest {
        pub source: String,
        pub article: Option<String>,
        pub path: String,
        /// Whether it takes the place of a file that stands there, as a person said.
        #[serde(default)]
        pub replace: bool,
    }

    /// What became of a file that was opened: a text is looked at first, a bundle comes in at once, unless both it and the
    /// desk changed the same sentence: then a person decides, and `bundle.join` brings it in. `signed` is none, unknown, or the signer's name.
    #[serde(untagged)]
    pub enum Opened {
        Proposal(Box<super::Proposal>),
        Bundle { imported: String, signed: String, joined: Box<Option<super::Saved>> },
        Join { bundle: String, article: String, merge: Box<super::MergeView> },
    }

    /// Stops long work: the number it was told with.
    pub struct CancelRequest { pub job: u64 }

    /// Where something was written.
    pub struct Written { pub path: String }

    /// What `check` found: nothing where the desk is sound.
    pub struct Checked { pub faults: Vec<String>, pub actions: i64, pub facts: i64 }
}

/// How many rows a page has.
fn a_page() -> usize {
    50
}
