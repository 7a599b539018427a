//! An action is one thing a person did. Every fact belongs to an action. Undo works on whole actions.

use super::{ActionId, ArticleId, BadRecord, Digest, Moment, PersonId, Record, ScaleId, SourceId, slugs};
use std::{collections::HashSet, fmt, str::FromStr};

/// The number of the canonical form of actions and facts written by this version.
pub const FORMAT: u32 = 1;

slugs! {
    /// What was done.
    ActionKind, "kind of action", {
        Introduce = "introduce", Import = "import", ImportBundle = "bring-in", Revise = "revise", Restore = "restore-revision",
        Merge = "merge", EditInfo = "edit-info", Archive = "archive", Unarchive = "unarchive",
        Mark = "mark", EditClaim = "edit-claim", RetractClaim = "retract-claim", RestoreClaim = "restore-claim",
        Reattach = "reattach", Assign = "assign",
        AddSource = "add-source", EditSource = "edit-source",
        AddEvidence = "add-evidence", EditEvidence = "edit-evidence", RetractEvidence = "retract-evidence",
        GiveVerdict = "give-verdict", WithdrawVerdict = "withdraw-verdict", Reaffirm = "reaffirm",
        AddScale = "add-scale", Ask = "ask", Answer = "answer", Resolve = "resolve", Redact = "redact",
        Exempt = "wave-through", OpenAgain = "open-again",
        SignOff = "sign-off", TakeBackSignOff = "take-back-sign-off", SetPolicy = "set-policy",
        SetStatus = "set-status", AddInterview = "add-interview", SetContact = "set-contact",
        Suggest = "suggest", AcceptSuggestion = "accept-suggestion", RejectSuggestion = "reject-suggestion",
        TakeReturned = "take-returned", Publish = "publish",
        Undo = "undo", Redo = "redo",
    }
}

impl ActionKind {
    /// Whether a person can undo it. A redo reverts an undo. The introduction of a person and an erasure cannot be
    /// undone, and what went out is out.
    pub fn can_be_undone(&self) -> bool {
        !matches!(self, Self::Undo | Self::Redo | Self::Introduce | Self::Redact | Self::Publish)
    }

    /// Whether it clears the redo list: after it, nothing that was undone before can be redone.
    pub fn clears_redo(&self) -> bool {
        !matches!(self, Self::Undo | Self::Redo | Self::Introduce | Self::Publish)
    }
}

/// The chain that an action belongs to: its digest covers the actions before it. Each chain can be verified alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // Each variant names the subject of the chain.
pub enum Chain {
    Article(ArticleId),
    Source(SourceId),
    Person(PersonId),
    Scale(ScaleId),
    /// What belongs to this desk only. It is never exported.
    Desk,
}

impl fmt::Display for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Article(id) => write!(f, "article {id}"),
            Self::Source(id) => write!(f, "source {id}"),
            Self::Person(id) => write!(f, "person {id}"),
            Self::Scale(id) => write!(f, "scale {id}"),
            Self::Desk => f.write_str("desk"),
        }
    }
}

impl FromStr for Chain {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        let bad = |_| format!("'{s}' is not a chain");
        match s.split_once(' ') {
            Some(("article", id)) => id.parse().map(Self::Article).map_err(bad),
            Some(("source", id)) => id.parse().map(Self::Source).map_err(bad),
            Some(("person", id)) => id.parse().map(Self::Person).map_err(bad),
            Some(("scale", id)) => id.parse().map(Self::Scale).map_err(bad),
            _ if s == "desk" => Ok(Self::Desk),
            _ => Err(format!("'{s}' is not a chain")),
        }
    }
}

/// One thing a person did, without the facts it recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// Its id.
    pub id: ActionId,
    /// What was done.
    pub kind: ActionKind,
    /// Who did it.
    pub person: PersonId,
    /// When.
    pub at: Moment,
    /// The chain it belongs to.
    pub chain: Chain,
    /// For undo and redo: the original action.
    pub target: Option<ActionId>,
    /// The digests of the last actions of the chain: none for the first action, one, or several after a merge.
    pub parents: Vec<Digest>,
    /// The digests of its facts, in order.
    pub facts: Vec<Digest>,
}

/// The actions that are undone after `actions`, which are in the order they were done. Undo and redo name the
/// original action. If there are several for one action, the last one counts.
pub fn undone<'a>(actions: impl IntoIterator<Item = &'a Action>) -> HashSet<ActionId> {
    let mut undone = HashSet::new();
    for Action { kind, target, .. } in actions {
        match (kind, target) {
            (ActionKind::Undo, Some(id)) => drop(undone.insert(*id)),
            (ActionKind::Redo, Some(id)) => drop(undone.remove(id)),
            _ => {}
        }
    }
    undone
}

/// The actions of a chain that count, in order. The flag of an action says whether only undone imports contain it.
/// Such actions and everything built on them are left out.
pub fn effective_actions<'a>(actions: impl IntoIterator<Item = (&'a Action, bool)>) -> Vec<&'a Action> {
    let (mut excluded, mut effective) = (HashSet::new(), Vec::new());
    for (action, ignored) in actions {
        if ignored || action.parents.iter().any(|p| excluded.contains(p)) {
            excluded.insert(action.digest());
        } else {
            effective.push(action);
        }
    }
    effective
}

impl Action {
    /// The canonical bytes: see [`Record`].
    pub fn canonical(&self) -> Vec<u8> {
        let mut r = Record::default();
        r.put("format", FORMAT)
            .put("id", self.id)
            .put("kind", self.kind)
            .put("person", self.person)
            .put("at", self.at);
        r.put("thread", self.chain).put_some("target", &self.target);
        r.put_all("parent", &self.parents).put_all("fact", &self.facts);
        r.bytes()
    }

    /// SHA-256 of the canonical bytes.
    pub fn digest(&self) -> Digest {
        Digest::of(&self.canonical())
    }

    /// Reads canonical bytes. Fails if they are damaged or of a later format.
    pub fn parse(bytes: &[u8]) -> Result<Self, BadRecord> {
        let r = Record::parse(bytes)?;
        let format: u32 = r.get("format")?;
        if format != FORMAT {
            let why =
                format!("{format} is newer than this version of Tickmark knows ({FORMAT}); use a newer one");
            return Err(BadRecord::Field { name: "format", why });
        }
        Ok(Self {
            id: r.get("id")?,
            kind: r.get("kind")?,
            person: r.get("person")?,
            at: r.get("at")?,
            chain: r.get("thread")?,
            target: r.maybe("target")?,
            parents: r.all("parent")?,
            facts: r.all("fact")?,
        })
    }
}
