//! What is settled of a text, second persons, and what a desk asks before an article counts as verified.

use super::{PersonDto, SpanDto, crossing};

crossing! {
    /// The sentences of an article's newest revision, and what became of each. A `cover` is checked, waved or open.
    pub struct CoverageView {
        pub revision: String,
        /// How many of a hundred sentences are settled.
        pub percent: u8,
        /// How many sentences are so.
        pub checked: usize,
        pub waved: usize,
        pub open: usize,
        pub sentences: Vec<SentenceDto>,
    }

    /// One sentence, in reading order.
    pub struct SentenceDto {
        pub span: SpanDto,
        pub cover: String,
        pub details: Vec<DetailDto>,
        /// Who waved it through, where somebody did.
        pub by: Option<PersonDto>,
        pub at: Option<String>,
        pub note: Option<String>,
    }

    /// What in a sentence can be checked on its own. `kind` is number, date, name, quotation or superlative.
    pub struct DetailDto { pub kind: String, pub span: SpanDto, pub cover: String }

    /// Waves the open sentences through that meet a stretch of the newest revision.
    pub struct WaveRequest { pub article: String, pub revision: String, pub spans: Vec<SpanDto>, pub note: Option<String> }

    /// Opens sentences again that were waved through.
    pub struct OpenAgainRequest { pub article: String, pub revision: String, pub spans: Vec<SpanDto> }

    /// How many sentences were meant, and the action that did it.
    pub struct SentencesDto { pub count: usize, pub action: String }

    /// Agrees with a verdict as the second person.
    pub struct SignOffRequest { pub claim: String, pub note: Option<String> }

    /// A second person's agreement with the verdict that speaks.
    pub struct SignedDto { pub by: PersonDto, pub at: String, pub note: Option<String> }

    /// What the desk asks before an article counts as verified. `second` is none, high or all.
    #[derive(Eq)]
    pub struct PolicyDto { pub evidence: bool, pub second: String, pub queries: bool, pub coverage: u8 }
}
