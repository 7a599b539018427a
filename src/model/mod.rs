//! The types of fact-checking, and the canonical bytes that their digests cover.
//!
//! Everything a desk knows is a [`Fact`]. A person records it under an [`Action`] at a moment, and it never changes
//! afterwards. A person sees an [`ArticleState`]: the live facts of one article folded together. Nothing here reads a
//! file, a clock or a database, and nothing here knows JSON.

mod action;
mod article_state;
mod attachment;
mod continue_state;
mod dates;
mod digest;
mod dossier;
mod edtf;
mod enclosed;
mod encoding_labels;
mod entry;
mod fact;
mod fields;
mod id;
mod implied;
mod info;
mod interview;
mod moment;
mod number;
mod placement;
mod progress;
mod proposal;
mod record;
mod role;
mod scale;
mod slug;
mod status;
mod suggestion;
mod tree;
mod waiting;

pub use action::{Action, ActionKind, Chain, FORMAT, effective_actions, undone};
pub use article_state::{
    ArticleState, ClaimView, EvidenceView, Noted, QueryView, RevisionView, Stamp, SuggestionView,
    VerdictView, comparable_name,
};
pub use attachment::Attachment;
pub use dates::{UnreadDate, is_month, written_day};
pub use digest::{Digest, DigestReader, Salt};
pub use dossier::{
    BlobRead, Blobs, ClaimStanding, Correction, CorrectionKind, Corrections, Dossier, Logged, NoBlobs, Rules,
    StillOpen, Verified,
};
pub use edtf::{Edtf, NotEdtf};
pub use enclosed::{
    ChangeKind, ChangesAs, Edit, FileChange, FileComment, FileKind, FileLink, FileMark, FilePicture,
};
#[cfg(test)]
pub use encoding_labels::all as every_label;
pub use entry::{Accepted, DeviceId, GivenNumber, SharedEntry, UNROLLED, rolled, signed_bytes};
pub use fact::{
    Anchor, Anchors, Answer, Archived, Article, BadFact, Claim, ClaimKind, Evidence, EvidenceScope,
    Exemption, Fact, Import, InfoAt, Original, Passage, Person, Policy, Published, Query, Recorded,
    Redaction, Resolution, Revision, Risk, SecondPerson, SignOff, Source, SourceKind, Stance, State, Verdict,
    Written, initials,
};
pub use id::{
    ActionId, ArticleId, ClaimId, EvidenceId, ExemptionId, FactId, NotAnId, PersonId, PictureId, QueryId,
    RevisionId, ScaleId, SourceId, SuggestionId,
};
pub use implied::ContentRef;
pub use info::Info;
pub use interview::{ConversationMode, Interview, SourceContact, Terms};
pub use moment::Moment;
pub use number::NumberKind;
pub use placement::{Placement, Standing};
pub use progress::{Cancelled, Doing, Progress, Steps, Unwatched, Watched};
pub use proposal::{
    BlockKind, Encoding, LeftOut, LeftOutReason, Origin, OwnFile, Proposal, ProposedBlock, ReadOptions,
};
pub use record::{BadRecord, Record};
pub use role::Role;
pub use scale::{Family, Rating, Scale};
pub use slug::NotASlug;
pub(crate) use slug::slugs;
pub use status::{Deadline, NotADeadline, WorkState, Workflow};
pub use suggestion::{
    FileAuthor, Picture, SuggestedEdit, Suggestion, SuggestionAnchor, SuggestionAnchors, SuggestionDecision,
    SuggestionState,
};
pub use tree::{Entry, EntryKind, Handed, RangeReader, ReadAt, Tree};
pub use waiting::Waiting;
