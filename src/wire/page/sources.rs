//! Sources, conversations with them, and evidence.

use super::{Form, Given, PageForm, crossing, in_each_form};

in_each_form! {
    /// A piece of evidence.
    pub struct EvidenceDto<F: Form = PageForm> {
        pub id: String,
        /// supports, refutes or context.
        #[cfg_attr(test, ts(type = "Stance"))]
        pub stance: String,
        /// Nothing if the desk that exported it withheld the source.
        pub source: Option<SourceDto>,
        pub passage: Option<String>,
        pub locator: Option<String>,
        pub note: Option<String>,
        pub by: F::Person,
        pub at: String,
        /// `earlier` if it is about the words of an earlier verdict; nothing if it is about the current words.
        #[cfg_attr(test, ts(type = "\"earlier\" | null"))]
        pub scope: Option<String>,
    }

    /// A source with its conversations and contact details.
    pub struct SourceDetail<F: Form = PageForm> {
        pub source: SourceDto,
        /// In the order they were recorded.
        pub interviews: Vec<InterviewDto<F>>,
        pub contact: SourceContactDto,
    }

    /// A conversation with a source. `how` is phone, in-person, video, mail or message; `terms` is record, background or off.
    pub struct InterviewDto<F: Form = PageForm> {
        /// The fact that records it.
        pub fact: String,
        pub with: String,
        pub role: Option<String>,
        #[cfg_attr(test, ts(type = "ConversationMode"))]
        pub how: String,
        pub on: Option<String>,
        #[cfg_attr(test, ts(type = "Terms"))]
        pub terms: String,
        pub confirmed: Option<String>,
        /// Where the recording or the notes are.
        pub recording: Option<String>,
        pub by: F::Person,
        pub at: String,
    }

    /// A source that the article's file offers: an address in a link or a note, for the claims of its sentence.
    pub struct OfferedSourceDto<F: Form = PageForm> {
        /// Its number in the list, from 1.
        pub number: usize,
        pub url: String,
        /// The words that are linked.
        pub words: String,
        /// The label of the note it is in.
        pub note: Option<String>,
        pub sentence: Option<F::Span>,
        /// The claims of that sentence that do not have it yet.
        pub claims: Vec<String>,
        /// The source of the desk with this address.
        pub source: Option<String>,
    }
}

crossing! {
    /// Attaches offered sources to the claims of their sentences, in one action: those with these numbers, or all.
    /// `seen` is the revision they were listed for; fails with the code `revised_elsewhere` if it is no longer the newest.
    pub struct TakeOfferedRequest {
        pub article: String,
        pub numbers: Option<Vec<usize>>,
        pub seen: Option<String>,
    }

    /// A source.
    pub struct SourceDto {
        pub id: String,
        pub number: i64,
        #[cfg_attr(test, ts(type = "SourceKind"))]
        pub kind: String,
        pub title: String,
        pub authors: Vec<String>,
        pub publisher: Option<String>,
        pub published: Option<String>,
        pub accessed: Option<String>,
        pub url: Option<String>,
        pub note: Option<String>,
        pub reliability: Option<String>,
        pub withhold: bool,
        /// Whether its words never leave this file.
        pub kept_here: bool,
        pub files: Vec<FileDto>,
        /// How many live pieces of evidence use it.
        pub used: usize,
    }

    /// Asks for a source with its conversations and contact details.
    pub struct SourceRequest { pub source: String }

    /// The contact details of a source. They are never exported.
    pub struct SourceContactDto {
        /// The fact that records it.
        pub fact: Option<String>,
        pub phone: Option<String>,
        pub address: Option<String>,
        pub mail: Option<String>,
    }

    /// Records a conversation with a source; on background and off the record the source is withheld from then on. `on` is a date
    /// as people write it.
    pub struct InterviewRequest {
        pub source: String,
        pub with: String,
        pub role: Option<String>,
        #[cfg_attr(test, ts(type = "ConversationMode"))]
        pub how: String,
        pub on: Option<String>,
        #[cfg_attr(test, ts(type = "Terms"))]
        pub terms: String,
        pub confirmed: Option<String>,
        pub recording: Option<String>,
    }

    /// Sets the contact details of a source. An absent field stays unchanged; null clears it.
    pub struct ContactRequest {
        pub source: String,
        #[serde(default)]
        #[cfg_attr(test, ts(optional, as = "Option<Option<String>>"))]
        pub phone: Given<String>,
        #[serde(default)]
        #[cfg_attr(test, ts(optional, as = "Option<Option<String>>"))]
        pub address: Given<String>,
        #[serde(default)]
        #[cfg_attr(test, ts(optional, as = "Option<Option<String>>"))]
        pub mail: Given<String>,
    }

    /// A file of a source.
    pub struct FileDto { pub digest: String, pub name: String, pub bytes: u64 }

    /// The fields of a source.
    #[derive(Default)]
    pub struct SourceFields {
        #[cfg_attr(test, ts(type = "SourceKind | null"))]
        pub kind: Option<String>,
        pub title: String,
        #[serde(default)]
        pub authors: Vec<String>,
        pub publisher: Option<String>,
        pub published: Option<String>,
        pub accessed: Option<String>,
        pub url: Option<String>,
        pub note: Option<String>,
        pub reliability: Option<String>,
        #[serde(default)]
        pub withhold: bool,
        /// Whether its words never leave this file.
        #[serde(default)]
        pub keep_here: bool,
    }

    /// Adds a source.
    pub struct AddSourceRequest { pub fields: SourceFields }

    /// Changes a source: sets every field.
    pub struct EditSourceRequest { pub source: String, pub fields: SourceFields }

    /// Removes a file from a source. The file stays in the history.
    pub struct DetachRequest { pub source: String, pub digest: String }

    /// Lists the sources that contain all the words, or all sources.
    pub struct SourcesRequest {
        pub words: Option<String>,
        #[cfg_attr(test, ts(type = "Sort | null"))]
        pub sort: Option<String>,
        pub skip: Option<usize>,
        pub most: Option<usize>,
    }

    /// Adds evidence to a claim.
    pub struct AddEvidenceRequest {
        pub claim: String,
        pub source: String,
        #[cfg_attr(test, ts(type = "Stance"))]
        pub stance: String,
        pub passage: Option<String>,
        pub locator: Option<String>,
        pub note: Option<String>,
    }

    /// Changes a piece of evidence.
    pub struct EditEvidenceRequest {
        pub evidence: String,
        #[cfg_attr(test, ts(type = "Stance"))]
        pub stance: String,
        pub passage: Option<String>,
        pub locator: Option<String>,
        pub note: Option<String>,
    }

    /// Names a piece of evidence.
    pub struct EvidenceRequest { pub evidence: String }

    /// An existing source by its number or id, or the fields of a new one.
    #[serde(untagged)]
    pub enum SourceGiven { Known(String), New(Box<SourceFields>) }
}
