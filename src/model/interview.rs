//! An interview with a source, which is exported with the source, and the source's contact data, which is never
//! exported.

use super::{Edtf, SourceId, slugs};

slugs! {
    /// How the interview was done.
    ConversationMode, "way of a conversation", {
        Phone = "phone", InPerson = "in-person", Video = "video", Mail = "mail", Message = "message",
    }
}

slugs! {
    /// What was agreed on naming.
    Terms, "agreement on naming", {
        /// It may be quoted by name.
        Record = "record",
        /// It may be used, but nobody is named.
        Background = "background",
        /// It must not be used.
        Off = "off",
    }
}

impl Terms {
    /// Whether the source is withheld from exports.
    pub fn withholds(&self) -> bool {
        match self {
            Self::Record => false,
            Self::Background | Self::Off => true,
        }
    }
}

/// An interview with a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interview {
    /// The source.
    pub source: SourceId,
    /// With whom.
    pub with: String,
    /// In which role they spoke.
    pub role: Option<String>,
    /// How.
    pub how: ConversationMode,
    /// When.
    pub on: Option<Edtf>,
    /// What was agreed on naming.
    pub terms: Terms,
    /// What they confirmed.
    pub confirmed: Option<String>,
    /// Where the recording or the notes are.
    pub recording: Option<String>,
}

/// How to contact a source. It belongs to the desk only and is never exported.
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
