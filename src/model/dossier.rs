//! A dossier: one complete article. `desk` collects it and `formats` writes it.

use super::{
    Action, ActionId, ArticleId, ArticleState, ClaimId, Digest, Moment, Placement, Policy, Recorded,
    RevisionId, Standing, slugs,
};
use crate::messages::{Language, Message};
use std::{
    collections::{BTreeMap, HashMap},
    io::{self, Read},
};

/// A stream of an attachment's bytes.
pub type BlobRead<'b> = Box<dyn Read + 'b>;

/// Where attachments are read from, by their hash. The store implements it; formats stream from it.
pub trait Blobs {
    /// The bytes of that hash; `None` if they are not stored.
    fn open(&self, digest: &Digest) -> io::Result<Option<BlobRead<'_>>>;
}

/// No attachments at all.
pub struct NoBlobs;

impl Blobs for NoBlobs {
    fn open(&self, _: &Digest) -> io::Result<Option<BlobRead<'_>>> {
        Ok(None)
    }
}

/// One action with its facts, and whether it is live.
#[derive(Clone, Debug)]
pub struct Logged {
    /// The action.
    pub action: Action,
    /// Whether it is not undone.
    pub live: bool,
    /// Its facts, in order.
    pub facts: Vec<Recorded>,
}

/// What a claim's verdict is worth in the newest revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimStanding {
    /// Its standing.
    pub standing: Standing,
    /// How its anchor got to this revision.
    pub placement: Placement,
    /// The current words, span by span; none for an orphan.
    pub quote: Vec<String>,
    /// Why a verdict is stale.
    pub reasons: Vec<Message>,
    /// Whether the sentence around the claim differs from the one the verdict was given in.
    pub context_changed: bool,
    /// What changed in that sentence, if the verdict holds on the words of the claim.
    pub context: Vec<Message>,
}

/// The rules for what a verdict is worth, for counting coverage and for wording corrections. A bundle names its rules, so
/// that what it reports of its history can be computed again in the same way by later versions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rules {
    /// Every sentence needs a check, a heading if it has a detail. For bundles that name no rules.
    First,
    /// A heading needs a check if it states something that the text below it does not. A caption never does.
    /// Corrections quote whole sentences.
    Second,
    /// As the second rules. Besides, a verdict holds only while the claim's reach is the same, and a claim whose sentence
    /// changed is open until somebody says that its verdict still holds.
    Third,
    /// As the third rules. Besides, a correction quotes for an old verdict the words it was given on.
    Fourth,
    /// As the fourth rules. Besides, an article with two versions is open until somebody merges them.
    Fifth,
    /// As the fifth rules. Besides, a word such as “over” belongs to a claim only before a number, and where only marks of the
    /// sentence changed, no negation or hedge came or went.
    #[default]
    Sixth,
}

impl Rules {
    /// The number of the rules in a bundle.
    pub fn number(self) -> u32 {
        match self {
            Self::First => 1,
            Self::Second => 2,
            Self::Third => 3,
            Self::Fourth => 4,
            Self::Fifth => 5,
            Self::Sixth => 6,
        }
    }

    /// The rules of that number; the current rules for an unknown number.
    pub fn numbered(number: u32) -> Self {
        match number {
            1 => Self::First,
            2 => Self::Second,
            3 => Self::Third,
            4 => Self::Fourth,
            5 => Self::Fifth,
            _ => Self::Sixth,
        }
    }
}

/// Whether the article meets its desk's requirements, and what is open if not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// The rules for this result.
    pub rules: Rules,
    /// The requirements.
    pub policy: Policy,
    /// What is open under the requirements. Empty if the article counts as verified.
    pub open: Vec<StillOpen>,
    /// Coverage in percent: how many sentences are checked or need no check.
    pub percent: u8,
    /// The number of sentences with a verdict that holds.
    pub checked: usize,
    /// The number of sentences that need no check.
    pub exempt: usize,
    /// The number of sentences that are neither.
    pub unsettled: usize,
}

/// Something that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StillOpen {
    /// The kind, in one word.
    pub kind: &'static str,
    /// The sentence for readers.
    pub message: Message,
    /// The claim it is about.
    pub claim: Option<ClaimId>,
}

/// What changed since the article was last exported as verified, ready to be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Corrections {
    /// The article's last action at that export.
    pub since: ActionId,
    /// When that action was done.
    pub at: Moment,
    /// The changes, the most important first. Empty if no stated content changed.
    pub entries: Vec<Correction>,
}

slugs! {
    /// What a correction is about, in the order of the ledger.
    CorrectionKind, "kind of correction", {
        /// A statement is another one now.
        Changed = "changed",
        /// A claim has another rating.
        Rated = "rated",
        /// A statement was removed.
        Removed = "removed",
        /// A statement was added.
        Added = "added",
        /// The details of the article changed.
        About = "about",
    }
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The kind.
    pub kind: CorrectionKind,
    /// The sentence for readers.
    pub message: Message,
    /// Why, if somebody recorded a reason.
    pub why: Option<String>,
    /// The claim it is about.
    pub claim: Option<ClaimId>,
}

/// One complete article. What is withheld is already closed in the log and missing from the state.
pub struct Dossier<'b> {
    /// Which article.
    pub article: ArticleId,
    /// The language of the words that are made of messages.
    pub language: Language,
    /// Its live facts folded, with the anchors of every revision.
    pub state: ArticleState,
    /// The text of every live revision.
    pub texts: HashMap<RevisionId, String>,
    /// The standing of every live claim in the newest revision.
    pub standings: BTreeMap<ClaimId, ClaimStanding>,
    /// Whether it counts as verified.
    pub verified: Verified,
    /// What changed since it was last exported as verified, if it was.
    pub corrections: Option<Corrections>,
    /// All actions: those of the people, scales and sources used, then those of the article. Each chain is in the
    /// order it was recorded.
    pub log: Vec<Logged>,
    /// The attachments and the imported bytes.
    pub blobs: &'b dyn Blobs,
}

impl Dossier<'_> {
    /// The moment of the newest action.
    pub fn newest(&self) -> Moment {
        self.log.iter().map(|l| l.action.at).max().unwrap_or_default()
    }
}
