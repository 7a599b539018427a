//! What a member of a shared desk may record, by role. The hub holds the same lists as tables; a test compares them.

use super::{ActionKind, slugs};
use crate::messages::{Message, message};

slugs! {
    /// A member's role. Each may do what those before it may.
    Role, "role", {
        Reader = "reader", Reporter = "reporter", Checker = "checker", Chief = "chief",
    }
}

/// What a reporter may do.
const BY_REPORTERS: &[ActionKind] = &[
    ActionKind::Introduce,
    ActionKind::Import,
    ActionKind::Revise,
    ActionKind::Restore,
    ActionKind::Merge,
    ActionKind::EditInfo,
    ActionKind::Mark,
    ActionKind::EditClaim,
    ActionKind::RetractClaim,
    ActionKind::RestoreClaim,
    ActionKind::Reattach,
    ActionKind::AddSource,
    ActionKind::EditSource,
    ActionKind::AddEvidence,
    ActionKind::EditEvidence,
    ActionKind::RetractEvidence,
    ActionKind::Ask,
    ActionKind::Answer,
    ActionKind::AddInterview,
    ActionKind::SetContact,
    ActionKind::Suggest,
    ActionKind::TakeReturned,
    ActionKind::Undo,
    ActionKind::Redo,
];

/// What a checker may do besides.
const BY_CHECKERS: &[ActionKind] = &[
    ActionKind::ImportBundle,
    ActionKind::Assign,
    ActionKind::GiveVerdict,
    ActionKind::WithdrawVerdict,
    ActionKind::Reaffirm,
    ActionKind::Resolve,
    ActionKind::Exempt,
    ActionKind::OpenAgain,
    ActionKind::SignOff,
    ActionKind::TakeBackSignOff,
    ActionKind::SetStatus,
    ActionKind::Archive,
    ActionKind::Unarchive,
    ActionKind::AcceptSuggestion,
    ActionKind::RejectSuggestion,
    ActionKind::Publish,
];

/// The kinds of facts that a reporter may record.
const FACTS_OF_REPORTERS: &[&str] = &[
    "person",
    "article",
    "revision",
    "info",
    "claim",
    "anchors",
    "source",
    "evidence",
    "passage",
    "query",
    "answer",
    "interview",
    "contact",
    "suggestion",
    "suggestion-anchors",
    "file-author",
    "picture",
];

/// The kinds of facts that a checker may record besides.
const FACTS_OF_CHECKERS: &[&str] = &[
    "archived",
    "import",
    "evidence-scope",
    "verdict",
    "waved",
    "sign-off",
    "workflow",
    "decision",
    "resolution",
    "published",
];

impl Role {
    /// The least role that may do something. What no list names is the chief's.
    pub fn for_action(kind: ActionKind) -> Self {
        match kind {
            _ if BY_REPORTERS.contains(&kind) => Self::Reporter,
            _ if BY_CHECKERS.contains(&kind) => Self::Checker,
            _ => Self::Chief,
        }
    }

    /// The least role that may record a fact of this kind. What no list names is the chief's.
    pub fn for_fact(kind: &str) -> Self {
        Self::ALL.iter().copied().find(|role| role.facts().contains(&kind)).unwrap_or(Self::Chief)
    }

    /// The kinds of facts of which this is the least role. Those of the chief are all others.
    pub fn facts(self) -> &'static [&'static str] {
        match self {
            Self::Reporter => FACTS_OF_REPORTERS,
            Self::Checker => FACTS_OF_CHECKERS,
            Self::Reader | Self::Chief => &[],
        }
    }

    /// Its name for people.
    pub fn message(self) -> Message {
        match self {
            Self::Reader => message!("role_reader"),
            Self::Reporter => message!("role_reporter"),
            Self::Checker => message!("role_checker"),
            Self::Chief => message!("role_chief"),
        }
    }

    /// Whether this role may do something.
    pub fn may(self, kind: ActionKind) -> bool {
        self >= Self::for_action(kind)
    }

    /// Whether this role may record a fact of this kind.
    pub fn may_record(self, fact: &str) -> bool {
        self >= Self::for_fact(fact)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_may_do_what_those_before_it_may() {
        for kind in ActionKind::ALL {
            let may: Vec<bool> = Role::ALL.iter().map(|role| role.may(*kind)).collect();
            assert!(may.is_sorted(), "{kind}");
            assert_eq!((may[0], may[3]), (false, true), "a reader records nothing, a chief anything: {kind}");
        }
    }

    #[test]
    fn a_verdict_is_a_checkers_and_an_erasure_the_chiefs() {
        assert!(!Role::Reporter.may(ActionKind::GiveVerdict) && Role::Checker.may(ActionKind::GiveVerdict));
        assert!(!Role::Reporter.may_record("verdict") && Role::Checker.may_record("verdict"));
        assert!(!Role::Checker.may(ActionKind::Redact) && !Role::Checker.may_record("a-later-kind"));
    }
}
