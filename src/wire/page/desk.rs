//! The desk as a whole: people, articles, undo, search, files and imported bundles.

use super::{Form, PageForm, SpanDto, crossing, in_each_form};
use crate::messages::Message;

in_each_form! {
    /// One article in the library.
    pub struct ArticleCard<F: Form = PageForm> {
        pub id: String,
        pub number: i64,
        pub headline: String,
        pub outlet: Option<String>,
        pub date: Option<String>,
        pub archived: bool,
        pub revisions: usize,
        pub counts: Counts,
        /// The percentage of sentences that are checked or need no check; nothing if it is not computed yet.
        pub coverage: Option<u8>,
        /// Whether it counts as verified by the desk's current requirements; nothing if it is not computed yet.
        pub verified: Option<bool>,
        /// When it was last changed, RFC 3339.
        pub touched: String,
        pub touched_by: F::Person,
        pub has_draft: bool,
        /// Its tags and hashtags as written.
        pub tags: Vec<String>,
        /// How far the work on it is: checking, with-writer, ready or out; nothing if it is not set.
        #[cfg_attr(test, ts(type = "WorkState | null"))]
        pub state: Option<String>,
        /// The deadline: a day, or a time with its offset from UTC.
        pub deadline: Option<String>,
        /// Who it is assigned to.
        pub assignee: Option<F::Person>,
    }
}

crossing! {
    /// A person who works at this desk.
    pub struct PersonDto { pub id: String, pub name: String, pub initials: String }

    /// What can be undone and redone next: an action's id, what it did, where, and who did it.
    pub struct Step {
        pub action: String,
        #[cfg_attr(test, ts(type = "ActionLabel"))]
        pub label: String,
        pub article: Option<String>,
        pub by: PersonDto,
    }

    /// How many claims of an article have each status.
    #[derive(Copy, Eq, Default)]
    pub struct Counts {
        pub claims: usize,
        pub unchecked: usize,
        pub checked: usize,
        pub stale: usize,
        pub orphaned: usize,
        pub open_queries: usize,
        /// How many of the checked ones are open because their sentence changed.
        pub context: usize,
    }

    /// One step of a rating scale. `family` is holds, partly, fails or open.
    pub struct RatingDto {
        pub slug: String,
        pub label: String,
        #[cfg_attr(test, ts(type = "Family"))]
        pub family: String,
        pub value: Option<i64>,
        pub meaning: String,
    }

    /// A rating scale; the default one has no id.
    pub struct ScaleDto { pub id: Option<String>, pub name: String, pub ratings: Vec<RatingDto> }

    /// Asks for the desk at a glance; `articles: false` leaves the articles out.
    pub struct OverviewRequest { pub articles: Option<bool> }

    /// Asks for a page of a list. `sort` is touched, headline, number or open; of articles also date, deadline or state; of
    /// sources use. `filters` are open, archived, queries (with open ones), assigned=NAME (a claim is), standing=SLUG and
    /// words=TEXT; of articles also tag=TAG, state=SLUG, assignee=NAME (the article is; state and assignee may be none), and
    /// `current` for those that are not archived. `most` is the number of rows, 50 by default.
    pub struct ListRequest {
        #[cfg_attr(test, ts(type = "Sort | null"))]
        pub sort: Option<String>,
        #[serde(default)]
        pub filters: Vec<String>,
        #[serde(default)]
        pub skip: usize,
        #[serde(default = "default_page_length")]
        pub most: usize,
    }

    /// A tag or hashtag as written, and how many articles have it.
    #[derive(Eq)]
    pub struct TagDto { pub tag: String, pub articles: usize }

    /// The desk at a glance: `desk.overview`.
    pub struct Overview {
        pub path: String,
        /// The sequence number of the newest action; `desk.since` takes it.
        pub seq: i64,
        /// Who is working; nothing if it is not known.
        pub me: Option<PersonDto>,
        pub people: Vec<PersonDto>,
        pub articles: Vec<ArticleCard>,
        /// Whether there are articles that are not archived, and articles that are.
        pub any_articles: bool,
        pub any_archived: bool,
        pub scales: Vec<ScaleDto>,
        pub undo: Option<Step>,
        pub redo: Option<Step>,
        /// Whether newer rules opened claims, and nobody has seen the list of them: `context.list`.
        pub look_again: bool,
        /// Notices for the person, in sentences: the disk is nearly full, or something failed when the desk was opened.
        pub notices: Vec<String>,
        /// The same as messages.
        pub notice_messages: Vec<Message>,
        /// Why the desk is read-only; nothing if it can be written.
        pub only_read: Option<String>,
        /// The same as a message.
        pub only_read_message: Option<Message>,
    }

    /// Asks what was recorded after action `seq`.
    pub struct SinceRequest { pub seq: i64 }

    /// What was recorded since: the changed articles, and whether sources, people or scales changed.
    pub struct Since { pub seq: i64, pub articles: Vec<String>, pub shared: bool }

    /// Sets who is working to a new person. A name that is like the name of somebody is refused, unless it is said that it is
    /// another person.
    pub struct IntroduceRequest {
        pub name: String,
        pub initials: String,
        #[serde(default)]
        pub another: bool,
    }

    /// Sets who is working to a known person.
    pub struct SwitchRequest { pub person: String }

    /// Undoes or redoes. `seen` is the action the user saw. Fails if it is no longer the next step.
    pub struct StepRequest { pub seen: String }

    /// What was undone or redone. A save that was undone leaves its words as a draft.
    pub struct Stepped {
        #[cfg_attr(test, ts(type = "ActionLabel"))]
        pub label: String,
        pub article: Option<String>,
        /// Whether that article exists now.
        pub stands: bool,
        pub draft_kept: bool,
    }

    /// Searches articles, claims and sources.
    pub struct SearchRequest { pub words: String }

    /// One thing found. `kind` is article, tag, person, claim or source; the id of a tag is the tag.
    pub struct Hit {
        #[cfg_attr(test, ts(type = "HitKind"))]
        pub kind: String,
        pub id: String,
        pub article: Option<String>,
        pub title: String,
        /// The words around what was found.
        pub excerpt: String,
        /// Where the searched words are in the title and the excerpt.
        pub marks: Marks,
    }

    /// Spans of words in a title and in an excerpt.
    pub struct Marks { pub title: Vec<SpanDto>, pub excerpt: Vec<SpanDto> }

    /// Adds a rating scale.
    pub struct AddScaleRequest { pub name: String, pub ratings: Vec<RatingDto> }

    /// Names a file that the shell has the user choose.
    pub struct PathRequest { pub path: String }

    /// Writes the public key of the person who works to `path`.
    pub struct WriteKeyRequest {
        pub path: String,
        /// Replace an existing file; a person confirmed it.
        #[serde(default)]
        pub replace: bool,
    }

    /// Adds the file at `path` to a source.
    pub struct AttachRequest { pub source: String, pub path: String }

    /// Asks for the text of a source's file.
    pub struct SnapshotTextRequest { pub digest: String }

    /// Writes a source's file to `path`.
    pub struct SnapshotRequest {
        pub digest: String,
        pub path: String,
        /// Replace an existing file; a person confirmed it.
        #[serde(default)]
        pub replace: bool,
    }

    /// Writes the withheld facts of a source, with their salts, to `path`. With `article`, only what that article quotes.
    pub struct DiscloseRequest {
        pub source: String,
        pub article: Option<String>,
        pub path: String,
        /// Replace an existing file; a person confirmed it.
        #[serde(default)]
        pub replace: bool,
    }

    /// The result of opening a file. A text is reviewed first. A bundle is imported at once, unless it and the desk changed
    /// the same sentence. Then a person decides, and `bundle.join` imports it. `signed` is none, unknown, or the signer's
    /// name.
    #[serde(untagged)]
    pub enum Opened {
        Proposal(Box<super::Proposal>),
        Bundle { imported: String, signed: String, joined: Box<Option<super::Saved>> },
        Join { bundle: String, article: String, merge: Box<super::MergeView> },
    }

    /// Stops a job by its number.
    pub struct CancelRequest { pub job: u64 }

    /// Where a file was written.
    pub struct Written { pub path: String }

    /// What `check` found. `faults` is empty if the desk is sound.
    pub struct Checked {
        pub faults: Vec<String>,
        /// The same as messages.
        pub fault_messages: Vec<Message>,
        pub actions: i64,
        pub facts: i64,
    }
}

/// The default number of rows of a page.
fn default_page_length() -> usize {
    50
}
