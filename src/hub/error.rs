//! What can go wrong between a desk and the hub.

use crate::{
    messages::{Message, message, shown_in_english},
    model::{ActionId, slugs},
};
use thiserror::Error;

slugs! {
    /// Why the hub refused something: the SQLSTATE that its functions raise.
    Refusal, "refusal of the hub", {
        /// The login is no member, or the device is unknown or revoked.
        NoMember = "TM001",
        /// The role may not do that.
        Role = "TM002",
        /// The entry speaks in another person's name.
        Name = "TM003",
        /// An action that the entry follows, undoes or brings is not on the hub.
        Base = "TM004",
        /// A text or file that the entry names is not on the hub, the quota is used up, or something is too large.
        Quota = "TM006",
        /// Somebody else saved a revision of the article that the sender has not seen.
        TextWentOn = "TM007",
        /// The sender knows another history.
        OtherHistory = "TM008",
        /// The id belongs to another entry.
        IdReused = "TM009",
        /// The entry is malformed.
        Malformed = "TM010",
        /// The hub is of a newer form.
        NewerForm = "TM011",
        /// There are too many entries in one call.
        Batch = "TM012",
        /// Somebody tried to change or remove what is recorded.
        AppendOnly = "TM013",
    }
}

impl Refusal {
    /// What is said of it. The hub's own words are a detail for administrators.
    pub fn message(self) -> Message {
        match self {
            Self::NoMember => message!("hub_refused_no_member"),
            Self::Role => message!("hub_refused_role"),
            Self::Name => message!("hub_refused_name"),
            Self::Base => message!("hub_refused_base"),
            Self::Quota => message!("hub_refused_quota"),
            Self::TextWentOn => message!("hub_refused_text_went_on"),
            Self::OtherHistory => message!("hub_refused_history"),
            Self::IdReused => message!("hub_refused_id"),
            Self::Malformed => message!("hub_refused_malformed"),
            Self::NewerForm => message!("hub_refused_newer"),
            Self::Batch => message!("hub_refused_batch"),
            Self::AppendOnly => message!("hub_refused_append_only"),
        }
    }
}

/// A call to the hub failed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum HubError {
    /// It cannot be reached, or did not answer in time. The call may have had its effect.
    Unreachable(Message),
    /// It does not let this login in.
    NotAdmitted(Message),
    /// It refused the call, and changed nothing.
    Refused {
        /// Why.
        why: Refusal,
        /// The entry that it refused, if it named one.
        entry: Option<ActionId>,
        /// Its own words, in English.
        said: String,
    },
    /// Its answer is not what this version expects.
    Answer(Message),
}

impl HubError {
    /// What is said of it.
    pub fn message(&self) -> Message {
        match self {
            Self::Unreachable(why) => message!("hub_unreachable", why = why.clone()),
            Self::NotAdmitted(why) => message!("hub_not_admitted", why = why.clone()),
            Self::Refused { why, .. } => message!("hub_refused", code = why.as_str(), why = why.message()),
            Self::Answer(why) => message!("hub_bad_answer", why = why.clone()),
        }
    }

    /// The hub's own words, in English, if it refused it: for administrators.
    pub fn said(&self) -> Option<&str> {
        match self {
            Self::Refused { said, .. } => Some(said),
            Self::Unreachable(_) | Self::NotAdmitted(_) | Self::Answer(_) => None,
        }
    }

    /// Why the hub refused it, if it did.
    pub fn refusal(&self) -> Option<Refusal> {
        match self {
            Self::Refused { why, .. } => Some(*why),
            Self::Unreachable(_) | Self::NotAdmitted(_) | Self::Answer(_) => None,
        }
    }

    /// Whether trying later can help without anybody doing something.
    pub fn is_offline(&self) -> bool {
        matches!(self, Self::Unreachable(_))
    }
}

shown_in_english!(HubError);
