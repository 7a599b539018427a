//! A source that was spoken to: the conversation, which goes out with the source, and how to reach it, which never does.

use super::{Edtf, SourceId, slugs};

slugs! {
    /// How somebody was spoken to.
    TalkedBy, "way of a conversation", {
        Phone = "phone", InPerson = "in-person", Video = "video", Mail = "mail", Message = "message",
    }
}

slugs! {
    /// What was agreed on naming.
    Terms, "agreement on naming", {
        /// It may be quoted by name.
        Record = "record",
        /// It may be used, and nobody is named.
        Background = "background",
        /// It is not to be used.
        Off = "off",
    }
}

impl Terms {
    /// Whether the source stays at the desk when an article goes out.
    pub fn withholds(&self) -> bool {
        match self {
            Self::Record => false,
            Self::Background | Self::Off => true,
        }
    }
}

/// A conversation with a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interview {
    /// Of which source.
    pub source: SourceId,
    /// With whom.
    pub with: String,
    /// In which role they spoke.
    pub role: Option<String>,
    /// How.
    pub how: TalkedBy,
    /// When.
    pub on: Option<Edtf>,
    /// What was agreed on naming.
    pub terms: Terms,
    /// What they confirmed.
    pub confirmed: Option<String>,
    /// Where the recording or the notes are.
    pub recording: Option<String>,
}

/// How a source is reached. It concerns the desk alone and never goes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceContact {
    /// Which source.
    pub source: SourceId,
    /// Its phone number.
    pub phone: Option<String>,
    /// Its postal address.
    pub address: Option<String>,
    /// Its mail address.
    pub mail: Option<String>,
}
