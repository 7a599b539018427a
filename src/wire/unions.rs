//! The closed lists that cross to the page, by the names they have in its TypeScript. A field of `page` names its list in
//! `ts(type = ...)`; a name that is missing here is a compile error in the page.

use super::{ErrorCode, draw::PartKind};
use crate::{
    anchor::DetailKind,
    desk::{Cover, EvidenceChoice, FoundKind, NewsKind, OpenKind, Sort, StatementKind, SyncState},
    formats::{
        interchange::Holds,
        validate::findings::{Code, Kind},
    },
    model::{
        ActionKind, BlockKind, ChangeKind, ChangesAs, ClaimKind, ConversationMode, CorrectionKind, Doing,
        Family, FileKind, LeftOutReason, Placement, Risk, Role, SecondPerson, SourceKind, Stance, Standing,
        SuggestionState, Terms, WorkState,
    },
};

/// The lists, sorted by name.
pub fn all() -> Vec<(&'static str, &'static [&'static str])> {
    vec![
        ("ActionLabel", ActionKind::SLUGS),
        ("ArticleKind", FileKind::SLUGS),
        ("BlockKind", BlockKind::SLUGS),
        ("ChangeKind", ChangeKind::SLUGS),
        ("ChangesAs", ChangesAs::SLUGS),
        ("ClaimKind", ClaimKind::SLUGS),
        ("ConversationMode", ConversationMode::SLUGS),
        ("CorrectionKind", CorrectionKind::SLUGS),
        ("Cover", Cover::SLUGS),
        ("DetailKind", DetailKind::SLUGS),
        ("Doing", Doing::SLUGS),
        ("ErrorCode", ErrorCode::SLUGS),
        ("EvidenceChoice", EvidenceChoice::SLUGS),
        ("Family", Family::SLUGS),
        ("FaultCode", Code::SLUGS),
        ("FileKind", Kind::SLUGS),
        ("FormatContent", Holds::SLUGS),
        ("HitKind", FoundKind::SLUGS),
        ("LeftOutReason", LeftOutReason::SLUGS),
        ("NewsKind", NewsKind::SLUGS),
        ("OpenKind", OpenKind::SLUGS),
        ("PartKind", PartKind::SLUGS),
        ("Placement", Placement::SLUGS),
        ("Risk", Risk::SLUGS),
        ("Role", Role::SLUGS),
        ("SecondPerson", SecondPerson::SLUGS),
        ("Sort", Sort::SLUGS),
        ("SourceKind", SourceKind::SLUGS),
        ("Stance", Stance::SLUGS),
        ("Standing", Standing::SLUGS),
        ("StatementKind", StatementKind::SLUGS),
        ("SuggestionState", SuggestionState::SLUGS),
        ("SyncState", SyncState::SLUGS),
        ("Terms", Terms::SLUGS),
        ("WorkState", WorkState::SLUGS),
    ]
}
