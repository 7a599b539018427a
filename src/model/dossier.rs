//! A dossier: one article whole, as `desk` gathers it and `formats` writes it.

use super::{
    Action, ActionId, ArticleId, ArticleState, ClaimId, Digest, Moment, Placement, Policy, Recorded,
    RevisionId, Standing,
};
use crate::messages::Language;
use crate::messages::Message;
use std::{
    collections::{BTreeMap, HashMap},
    io::{self, Read},
};

/// A stream of an attachment's bytes.
pub type BlobRead<'b> = Box<dyn Read + 'b>;

/// Where attachments are read from, by their hash. The store implements it; formats stream from it.
pub trait Blobs {
    /// The bytes of that hash; `None` where they are not kept.
    fn open(&self, digest: &Digest) -> io::Result<Option<BlobRead<'_>>>;
}

/// No attachments at all.
pub struct NoBlobs;

impl Blobs for NoBlobs {
    fn open(&self, _: &Digest) -> io::Result<Option<BlobRead<'_>>> {
        Ok(None)
    }
}

/// One action with its facts, and whether it stands.
#[derive(Clone, Debug)]
pub struct Logged {
    /// The action.
    pub action: Action,
    /// Whether it was not undone.
    pub live: bool,
    /// Its facts, in order.
    pub facts: Vec<Recorded>,
}

/// What a claim's verdict is worth in the newest revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimStanding {
    /// Its standing.
    pub standing: Standing,
    /// How it came to this revision.
    pub placement: Placement,
    /// The words now, span by span; none for an orphan.
    pub quote: Vec<String>,
    /// Why a verdict is stale.
    pub reasons: Vec<Message>,
    /// Whether the sentence around the claim differs from the one the verdict was given in.
    pub context_changed: bool,
}

/// By which rules it is told how much of a text is settled, and how corrections are worded. A bundle names them, so what it
/// tells of its history is made again as it was made, whatever later versions ask.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rules {
    /// Every sentence is asked for, a heading where it holds a detail. What bundles follow that name no rules.
    First,
    /// A heading is asked for where it states what the text below does not, a caption never; corrections quote whole sentences.
    #[default]
    Second,
}

impl Rules {
    /// The number a bundle names them by.
    pub fn number(self) -> u32 {
        match self {
            Self::First => 1,
            Self::Second => 2,
        }
    }

    /// The rules of that number; those of now for one that is not known.
    pub fn numbered(number: u32) -> Self {
        if number == 1 { Self::First } else { Self::Second }
    }
}

/// Whether the article counts as verified by what its desk asks, and what is open if not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// By which rules.
    pub rules: Rules,
    /// What is asked.
    pub policy: Policy,
    /// What is open by it; nothing where the article counts as verified.
    pub open: Vec<StillOpen>,
    /// How many of a hundred sentences are settled.
    pub percent: u8,
    /// How many sentences a verdict holds on.
    pub checked: usize,
    /// How many were waved through.
    pub waved: usize,
    /// How many are neither.
    pub unsettled: usize,
}

/// Something that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StillOpen {
    /// What, in one word.
    pub kind: &'static str,
    /// In a sentence.
    pub message: Message,
    /// The claim it is about.
    pub claim: Option<ClaimId>,
}

/// What changed since the article last went out as verified, ready to be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Corrections {
    /// The article's last action when it went out.
    pub since: ActionId,
    /// When that was done.
    pub at: Moment,
    /// Each change in a sentence, weightiest first; none where nothing that was stated changed.
    pub entries: Vec<Correction>,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// What sort, in one word: changed, rated, removed, added or about.
    pub kind: &'static str,
    /// In a sentence.
    pub message: Message,
    /// Why, where that was said.
    pub why: Option<String>,
    /// The claim it is about.
    pub claim: Option<ClaimId>,
}

/// One article whole. What is withheld is already closed in the log and absent from the picture.
pub struct Dossier<'b> {
    /// Which article.
    pub article: ArticleId,
    /// The language of the words that are made of messages.
    pub language: Language,
    /// Its live facts folded, with the anchors of every revision.
    pub state: ArticleState,
    /// The text of every live revision.
    pub texts: HashMap<RevisionId, String>,
    /// Every live claim's worth in the newest revision.
    pub judged: BTreeMap<ClaimId, ClaimStanding>,
    /// Whether it counts as verified.
    pub verified: Verified,
    /// What changed since it last went out as verified, where it did.
    pub corrections: Option<Corrections>,
    /// Everything done: the people, the scales and sources used, then the article, each thread in the order it grew.
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
