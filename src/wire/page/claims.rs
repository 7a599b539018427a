//! Claims and all that hangs on them: sources, evidence, verdicts, queries.

use super::{Given, PersonDto, SignedDto, SpanDto, crossing};
use crate::messages::Message;
use std::collections::BTreeMap;

crossing! {
    /// A claim as the article and the list draw it.
    pub struct ClaimRow {
        pub id: String,
        pub number: i64,
        pub spans: Vec<SpanDto>,
        /// The words it covers, or covered last where it is orphaned.
        pub quote: String,
        pub assertion: Option<String>,
        pub kind: Option<String>,
        pub claimant: Option<String>,
        /// normal or high.
        pub risk: String,
        /// kept, moved, changed or orphaned.
        pub placement: String,
        /// unchecked, checked, stale or orphaned.
        pub standing: String,
        pub context_changed: bool,
        /// Why a verdict is stale, in words.
        pub reasons: Vec<String>,
        /// The same as messages.
        pub reason_messages: Vec<Message>,
        pub rating: Option<RatedDto>,
        pub checker: Option<PersonDto>,
        pub assignee: Option<PersonDto>,
        pub evidence: usize,
        /// How many people agree with the verdict that speaks.
        pub sign_offs: usize,
        pub open_queries: usize,
    }

    /// The rating that a verdict gives.
    pub struct RatedDto { pub slug: String, pub label: String, pub family: String }

    /// A claim with all that hangs on it: the inspector.
    pub struct ClaimDetail {
        pub row: ClaimRow,
        pub article: String,
        pub retracted: bool,
        pub marked_by: PersonDto,
        pub marked_at: String,
        pub evidence: Vec<EvidenceDto>,
        /// Newest first.
        pub verdicts: Vec<VerdictDto>,
        /// Who agrees with the verdict that speaks.
        pub sign_offs: Vec<SignedDto>,
        pub queries: Vec<QueryDto>,
        /// The last revision it stood in, by number, where it is orphaned.
        pub last_stood: Option<i64>,
        /// What was done to it, newest first.
        pub history: Vec<LogRow>,
    }

    /// A piece of evidence.
    pub struct EvidenceDto {
        pub id: String,
        /// supports, refutes or context.
        pub stance: String,
        /// Nothing where the source was withheld by the desk it came from.
        pub source: Option<SourceDto>,
        pub passage: Option<String>,
        pub locator: Option<String>,
        pub note: Option<String>,
        pub by: PersonDto,
        pub at: String,
        /// `earlier` where it speaks of the words that an earlier verdict was given on; nothing where it speaks of those of now.
        pub scope: Option<String>,
    }

    /// A verdict in a claim's history.
    pub struct VerdictDto {
        pub fact: String,
        /// The action that gave it.
        pub action: String,
        pub rating: RatedDto,
        pub scale: String,
        pub rationale: String,
        /// The words it was given on.
        pub words: String,
        pub revision: i64,
        pub by: PersonDto,
        pub at: String,
        pub withdrawn: bool,
        pub reaffirms: bool,
        /// Whether it is the one that speaks now.
        pub current: bool,
    }

    /// A query.
    pub struct QueryDto {
        pub id: String,
        pub number: i64,
        pub claim: Option<String>,
        pub to: Option<String>,
        pub text: String,
        pub by: PersonDto,
        pub at: String,
        pub answers: Vec<AnswerDto>,
        pub open: bool,
        pub resolution: Option<String>,
    }

    /// An answer to a query.
    pub struct AnswerDto {
        pub text: String,
        pub by: PersonDto,
        pub at: String,
        /// "written by NAME in FILE", where it was read from an answered sheet.
        pub written: Option<String>,
    }

    /// A source.
    pub struct SourceDto {
        pub id: String,
        pub number: i64,
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
        pub files: Vec<FileDto>,
        /// In how many live pieces of evidence it is used.
        pub used: usize,
    }

    /// Asks for a source with its conversations and how it is reached.
    pub struct SourceRequest { pub source: String }

    /// A source with its conversations and how it is reached.
    pub struct SourceDetail {
        pub source: SourceDto,
        /// In the order they were recorded.
        pub interviews: Vec<InterviewDto>,
        pub contact: SourceContactDto,
    }

    /// A conversation with a source. `how` is phone, in-person, video, mail or message; `terms` is record, background or off.
    pub struct InterviewDto {
        /// The fact that says so.
        pub fact: String,
        pub with: String,
        pub role: Option<String>,
        pub how: String,
        pub on: Option<String>,
        pub terms: String,
        pub confirmed: Option<String>,
        /// Where the recording or the notes are.
        pub recording: Option<String>,
        pub by: PersonDto,
        pub at: String,
    }

    /// How a source is reached. It goes out in no bundle.
    pub struct SourceContactDto {
        /// The fact that says so.
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
        pub how: String,
        pub on: Option<String>,
        pub terms: String,
        pub confirmed: Option<String>,
        pub recording: Option<String>,
    }

    /// Sets how a source is reached: what is absent stays as it is, null takes it away.
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

    /// A file kept with a source.
    pub struct FileDto { pub digest: String, pub name: String, pub bytes: u64 }

    /// One line of a log.
    pub struct LogRow {
        pub action: String,
        /// What was done: the slug of the action's kind.
        pub label: String,
        /// What it was done to, in words, such as: True for C3 “roughly 300 kilometres…”
        pub about: Option<String>,
        /// The same as a message.
        pub about_message: Option<Message>,
        /// Of an undo or a redo: the slug of the kind of the action it speaks of.
        pub of: Option<String>,
        pub by: PersonDto,
        pub at: String,
        pub undone: bool,
        /// What was said of the article's status, in words; nothing of other actions. `about` has it too.
        pub says: Option<String>,
        /// The same as a message.
        pub status_message: Option<Message>,
    }

    /// The attributes of a claim that a person sets.
    #[derive(Default)]
    pub struct ClaimFields {
        pub assertion: Option<String>,
        pub kind: Option<String>,
        pub claimant: Option<String>,
        pub risk: Option<String>,
    }

    /// Marks a statement of a revision as a claim.
    pub struct MarkRequest { pub article: String, pub revision: String, pub spans: Vec<SpanDto>, pub fields: ClaimFields }

    /// A claim that was made or touched, and the action that did it, to be undone by its id.
    pub struct ClaimAnswer { pub claim: String, pub number: i64, pub action: String }

    /// Names a claim.
    pub struct ClaimRequest { pub claim: String }

    /// Sets a claim's attributes; what is not given is cleared.
    pub struct EditClaimRequest { pub claim: String, pub fields: ClaimFields }

    /// Hands a claim to somebody, or to nobody.
    pub struct AssignRequest { pub claim: String, pub person: Option<String> }

    /// Does the same to several claims of an article, as one action: `change` is retract, exempt or assign. Exempt retracts
    /// them and says of their sentences that these need no check; of assign `person` says to whom, nobody where it is missing.
    pub struct SeveralRequest { pub article: String, pub claims: Vec<String>, pub change: String, pub person: Option<String> }

    /// How many things something was done to, and the action that did it.
    pub struct CountAnswer { pub count: usize, pub action: String }

    /// Puts a claim on a stretch of the newest revision.
    pub struct ReattachRequest { pub claim: String, pub revision: String, pub spans: Vec<SpanDto> }

    /// Where an orphan might stand, best first. `alike` runs from 0 to 1000.
    pub struct CandidateDto {
        pub spans: Vec<SpanDto>,
        pub quote: String,
        pub sentence: String,
        pub alike: u32,
        /// The claim's last words turned into those that stand there, in order.
        pub changes: Vec<RunDto>,
    }

    /// Words of a change. `kind` is kept, deleted, inserted, movedFrom or movedTo.
    pub struct RunDto { pub kind: String, pub text: String }

    /// The fields of a source.
    pub struct SourceFields {
        pub kind: Option<String>,
        pub title: String,
        pub authors: Vec<String>,
        pub publisher: Option<String>,
        pub published: Option<String>,
        pub accessed: Option<String>,
        pub url: Option<String>,
        pub note: Option<String>,
        pub reliability: Option<String>,
        pub withhold: bool,
    }

    /// Adds a source.
    pub struct AddSourceRequest { pub fields: SourceFields }

    /// Corrects a source: every field is set as given.
    pub struct EditSourceRequest { pub source: String, pub fields: SourceFields }

    /// Takes a file off a source; what was recorded stays in the history.
    pub struct DetachRequest { pub source: String, pub digest: String }

    /// Lists sources that hold all the words, or all of them.
    pub struct SourcesRequest {
        pub words: Option<String>,
        pub sort: Option<String>,
        pub skip: Option<usize>,
        pub most: Option<usize>,
    }

    /// Adds evidence to a claim.
    pub struct AddEvidenceRequest {
        pub claim: String,
        pub source: String,
        pub stance: String,
        pub passage: Option<String>,
        pub locator: Option<String>,
        pub note: Option<String>,
    }

    /// Changes a piece of evidence.
    pub struct EditEvidenceRequest {
        pub evidence: String,
        pub stance: String,
        pub passage: Option<String>,
        pub locator: Option<String>,
        pub note: Option<String>,
    }

    /// Names a piece of evidence.
    pub struct EvidenceRequest { pub evidence: String }

    /// Gives a verdict. `scale` is the name of one of the desk's scales, the default one where it is not given. `evidence` says what
    /// becomes of evidence that is there, by its id: keep (it speaks of the words of now), earlier (of those of the verdict before)
    /// or remove; what is not named stays as it is. `add` is a new piece of evidence. All of it is one action.
    pub struct VerdictRequest {
        pub claim: String,
        pub rating: String,
        pub scale: Option<String>,
        pub rationale: String,
        #[cfg_attr(test, ts(optional))]
        pub evidence: Option<BTreeMap<String, String>>,
        #[cfg_attr(test, ts(optional))]
        pub add: Option<NewEvidenceDto>,
    }

    /// A new piece of evidence that comes with a verdict.
    pub struct NewEvidenceDto {
        pub source: SourceGiven,
        pub stance: String,
        pub passage: Option<String>,
        pub locator: Option<String>,
        pub note: Option<String>,
    }

    /// A source that is on the desk, by its number or id, or the fields of one that is added now.
    #[serde(untagged)]
    pub enum SourceGiven { Known(String), New(Box<SourceFields>) }

    /// Says that the verdict still holds on the words of now.
    pub struct ReaffirmRequest { pub claim: String, pub rationale: Option<String> }

    /// Asks a query on a claim, or on the article where no claim is given.
    pub struct AskRequest { pub article: String, pub claim: Option<String>, pub to: Option<String>, pub text: String }

    /// Answers a query.
    pub struct AnswerRequest { pub query: String, pub text: String }

    /// Settles a query.
    pub struct ResolveRequest { pub query: String, pub note: Option<String> }
}
