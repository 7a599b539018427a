//! Coverage, sign-offs, and the requirements for an article to count as verified.

use super::{PersonDto, SpanDto, crossing};

crossing! {
    /// The sentences of an article's newest revision. A `cover` is checked, waved (no check needed) or open.
    pub struct CoverageView {
        pub revision: String,
        /// The percentage of sentences that are checked or need no check.
        pub percent: u8,
        /// How many sentences have each cover.
        pub checked: usize,
        pub waved: usize,
        pub open: usize,
        /// Whether names are among the details. They are not in scripts without capital letters.
        pub names_recognised: bool,
        /// How many open sentences have no details and count as a whole, since they may have names.
        pub open_wholes: usize,
        pub sentences: Vec<SentenceDto>,
    }

    /// One sentence, in reading order.
    pub struct SentenceDto {
        pub span: SpanDto,
        #[cfg_attr(test, ts(type = "Cover"))]
        pub cover: String,
        pub details: Vec<DetailDto>,
        /// Whether it has no details and counts as a whole, since names are not recognised in its text.
        pub whole: bool,
        /// Who marked it as “No check needed”, if somebody did.
        pub by: Option<PersonDto>,
        pub at: Option<String>,
        pub note: Option<String>,
    }

    /// A detail of a sentence that can be checked separately. `kind` is number, date, name, quotation or superlative.
    pub struct DetailDto {
        #[cfg_attr(test, ts(type = "DetailKind"))]
        pub kind: String,
        pub span: SpanDto,
        #[cfg_attr(test, ts(type = "Cover"))]
        pub cover: String,
    }

    /// Marks the open sentences that overlap the spans of the newest revision as “No check needed”.
    pub struct ExemptRequest { pub article: String, pub revision: String, pub spans: Vec<SpanDto>, pub note: Option<String> }

    /// Marks exempt sentences as check needed again.
    pub struct OpenAgainRequest { pub article: String, pub revision: String, pub spans: Vec<SpanDto> }

    /// How many sentences were meant, and the action that did it.
    pub struct SentencesDto { pub count: usize, pub action: String }

    /// Signs off a verdict as the second person.
    pub struct SignOffRequest { pub claim: String, pub note: Option<String> }

    /// A second person's sign-off of the current verdict.
    pub struct SignedDto { pub by: PersonDto, pub at: String, pub note: Option<String> }

    /// The requirements for an article to count as verified. `second` is none, high or all.
    #[derive(Eq)]
    pub struct PolicyDto {
        pub evidence: bool,
        #[cfg_attr(test, ts(type = "SecondPerson"))]
        pub second: String,
        pub queries: bool,
        pub coverage: u8,
        /// Whether a claim is open when other words of its sentence changed. If missing when set, it stays as it is.
        #[serde(default)]
        pub context: Option<bool>,
    }
}
