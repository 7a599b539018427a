//! Claims with their verdicts and queries.

use super::{
    EvidenceDto, Form, PageForm, PersonDto, SignedDto, SourceGiven, SpanDto, crossing, in_each_form,
};
use crate::messages::Message;
use std::collections::BTreeMap;

in_each_form! {
    /// A verdict in a claim's history.
    pub struct VerdictDto<F: Form = PageForm> {
        pub fact: String,
        /// The action that gave it.
        pub action: String,
        pub rating: RatedDto,
        pub scale: String,
        pub rationale: String,
        /// The words it was given on.
        pub words: String,
        pub revision: i64,
        pub by: F::Person,
        pub at: String,
        pub withdrawn: bool,
        pub reaffirms: bool,
        /// Whether it is the current verdict.
        pub current: bool,
    }

    /// A query.
    pub struct QueryDto<F: Form = PageForm> {
        pub id: String,
        pub number: i64,
        pub claim: Option<String>,
        pub to: Option<String>,
        pub text: String,
        /// The author and time in the file it came with. Nobody of the desk is meant by the name.
        pub author: Option<String>,
        pub date: Option<String>,
        /// Where it is in the text, if it came with a file; only in an article.
        pub spans: Vec<F::Span>,
        pub by: F::Person,
        pub at: String,
        pub answers: Vec<AnswerDto<F>>,
        pub open: bool,
        pub resolution: Option<String>,
    }

    /// An answer to a query.
    pub struct AnswerDto<F: Form = PageForm> {
        pub text: String,
        /// The author and time in the file it came with.
        pub author: Option<String>,
        pub date: Option<String>,
        pub by: F::Person,
        pub at: String,
        /// "written by NAME in FILE", if it was read from an answered sheet.
        pub written: Option<String>,
    }

    /// A claim as the article and the list show it.
    pub struct ClaimRow<F: Form = PageForm> {
        pub id: String,
        pub number: i64,
        pub spans: Vec<F::Span>,
        /// The words it covers; for an orphan the last ones it covered.
        pub quote: String,
        pub assertion: Option<String>,
        #[cfg_attr(test, ts(type = "ClaimKind | null"))]
        pub kind: Option<String>,
        pub claimant: Option<String>,
        /// normal or high.
        #[cfg_attr(test, ts(type = "Risk"))]
        pub risk: String,
        /// kept, moved, changed or orphaned.
        #[cfg_attr(test, ts(type = "Placement"))]
        pub placement: String,
        /// unchecked, checked, stale or orphaned.
        #[cfg_attr(test, ts(type = "Standing"))]
        pub standing: String,
        pub context_changed: bool,
        /// What changed in the sentence around it, if its verdict holds.
        pub context_messages: Vec<Message>,
        /// Whether it is open because of that.
        pub context_open: bool,
        /// Why a verdict is stale, in words.
        pub reasons: Vec<String>,
        /// The same as messages.
        pub reason_messages: Vec<Message>,
        pub rating: Option<RatedDto>,
        pub checker: Option<F::Person>,
        pub assignee: Option<F::Person>,
        pub evidence: usize,
        /// How many people signed off the current verdict.
        pub sign_offs: usize,
        pub open_queries: usize,
    }
}

crossing! {
    /// The rating that a verdict gives.
    pub struct RatedDto {
        pub slug: String,
        pub label: String,
        #[cfg_attr(test, ts(type = "Family"))]
        pub family: String,
    }

    /// A claim with its evidence, verdicts, queries and history, for the inspector.
    pub struct ClaimDetail {
        pub row: ClaimRow,
        pub article: String,
        pub retracted: bool,
        pub marked_by: PersonDto,
        pub marked_at: String,
        pub evidence: Vec<EvidenceDto>,
        /// Newest first.
        pub verdicts: Vec<VerdictDto>,
        /// The sign-offs of the current verdict.
        pub sign_offs: Vec<SignedDto>,
        pub queries: Vec<QueryDto>,
        /// For an orphan: the number of the last revision that had its words.
        pub last_stood: Option<i64>,
        /// What was done to it, newest first.
        pub history: Vec<LogRow>,
    }

    /// One line of a log.
    pub struct LogRow {
        pub action: String,
        /// What was done: the slug of the action's kind.
        #[cfg_attr(test, ts(type = "ActionLabel"))]
        pub label: String,
        /// What it was done to, in words, such as: True for C3 “roughly 300 kilometres…”
        pub about: Option<String>,
        /// The same as a message.
        pub about_message: Option<Message>,
        /// Of an undo or a redo: the slug of the kind of the action it speaks of.
        #[cfg_attr(test, ts(type = "ActionLabel | null"))]
        pub of: Option<String>,
        pub by: PersonDto,
        /// Who passed it on to the shared desk, if that was not its author.
        pub passed_on_by: Option<String>,
        pub at: String,
        pub undone: bool,
        /// For a change of the article's status: the new status in words. `about` has it too.
        pub says: Option<String>,
        /// The same as a message.
        pub status_message: Option<Message>,
    }

    /// The attributes of a claim that a person sets.
    #[derive(Default)]
    pub struct ClaimFields {
        pub assertion: Option<String>,
        #[cfg_attr(test, ts(type = "ClaimKind | null"))]
        pub kind: Option<String>,
        pub claimant: Option<String>,
        #[cfg_attr(test, ts(type = "Risk | null"))]
        pub risk: Option<String>,
    }

    /// Marks a statement of a revision as a claim.
    pub struct MarkRequest { pub article: String, pub revision: String, pub spans: Vec<SpanDto>, pub fields: ClaimFields }

    /// A claim that was made or touched, and the action that did it, to be undone by its id.
    pub struct ClaimAnswer { pub claim: String, pub number: i64, pub action: String }

    /// A claim that was marked. `wider` are the words it should stand on, where its edges cut through a number and what
    /// belongs to it.
    pub struct MarkAnswer { pub claim: String, pub number: i64, pub action: String, pub wider: Option<WiderDto> }

    /// The place and words that a claim can be widened to.
    pub struct WiderDto { pub spans: Vec<SpanDto>, pub quote: String }

    /// Names a claim.
    pub struct ClaimRequest { pub claim: String }

    /// Sets a claim's attributes. An attribute that is not given is cleared.
    pub struct EditClaimRequest { pub claim: String, pub fields: ClaimFields }

    /// Assigns a claim to a person, or to no one.
    pub struct AssignRequest { pub claim: String, pub person: Option<String> }

    /// Does the same to several claims of an article, as one action: `change` is retract, exempt or assign. Exempt retracts
    /// them and says of their sentences that these need no check; of assign `person` says to whom, nobody where it is missing.
    pub struct SeveralRequest {
        pub article: String,
        pub claims: Vec<String>,
        #[cfg_attr(test, ts(type = "\"retract\" | \"exempt\" | \"assign\""))]
        pub change: String,
        pub person: Option<String>,
    }

    /// How many things something was done to, and the action that did it.
    pub struct CountAnswer { pub count: usize, pub action: String }

    /// Attaches a claim to other words of the newest revision.
    pub struct ReattachRequest { pub claim: String, pub revision: String, pub spans: Vec<SpanDto> }

    /// A place that an orphan may be attached to. `alike` is the similarity, from 0 to 1000; the best comes first.
    pub struct CandidateDto {
        pub spans: Vec<SpanDto>,
        pub quote: String,
        pub sentence: String,
        pub alike: u32,
        /// The changes from the claim's last words to the words there, in order.
        pub changes: Vec<RunDto>,
    }

    /// Words of a change. `kind` is kept, deleted, inserted, movedFrom or movedTo.
    pub struct RunDto {
        #[cfg_attr(test, ts(type = "PartKind"))]
        pub kind: String,
        pub text: String,
    }

    /// Gives a verdict. `scale` is the name of one of the desk's scales, by default the default scale. `evidence` is the
    /// choice for each existing piece of evidence, by its id: keep (it is about the current words), earlier (about the words
    /// of the verdict before) or remove. Evidence that is not named stays unchanged. `add` is a new piece of evidence. All
    /// of this is one action.
    pub struct VerdictRequest {
        pub claim: String,
        pub rating: String,
        pub scale: Option<String>,
        pub rationale: String,
        #[cfg_attr(test, ts(optional, type = "{ [key in string]: EvidenceChoice }"))]
        pub evidence: Option<BTreeMap<String, String>>,
        #[cfg_attr(test, ts(optional))]
        pub add: Option<NewEvidenceDto>,
    }

    /// A new piece of evidence that is added with a verdict.
    pub struct NewEvidenceDto {
        pub source: SourceGiven,
        #[cfg_attr(test, ts(type = "Stance"))]
        pub stance: String,
        pub passage: Option<String>,
        pub locator: Option<String>,
        pub note: Option<String>,
    }

    /// Records that the verdict still holds on the current words.
    pub struct ReaffirmRequest { pub claim: String, pub rationale: Option<String> }

    /// Says of several verdicts that they still hold.
    pub struct StillHoldRequest { pub claims: Vec<String> }

    /// A claim that is open because its sentence changed since the verdict, or because newer rules opened it.
    pub struct ChangedSentenceDto {
        pub claim: String,
        pub number: i64,
        pub article: String,
        pub headline: String,
        /// Its words now.
        pub words: String,
        /// The rating that it has, as the window shows it.
        pub rating: Option<String>,
    }

    /// Asks a query about a claim, or about the article if no claim is given.
    pub struct AskRequest { pub article: String, pub claim: Option<String>, pub to: Option<String>, pub text: String }

    /// Answers a query.
    pub struct AnswerRequest { pub query: String, pub text: String }

    /// Resolves a query.
    pub struct ResolveRequest { pub query: String, pub note: Option<String> }
}
