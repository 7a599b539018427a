//! The formats of the field: what can be written, and what became of a file that came in.

use super::crossing;

crossing! {
    /// A format an article's claims, sources or open queries can be written in. `holds` is claims, sources or queries.
    pub struct FormatDto {
        pub slug: String,
        pub title: String,
        /// What it is for, in one sentence.
        pub purpose: String,
        pub holds: String,
        /// The file name that is offered.
        pub name: String,
    }

    /// Asks for what a file of a format would hold.
    pub struct ExportTextRequest { pub article: String, pub format: String }

    /// A text.
    pub struct TextAnswer { pub text: String }

    /// Writes an article's claims or sources to a file that the shell has the user choose.
    pub struct ExportAsRequest {
        pub article: String,
        pub format: String,
        pub path: String,
        /// Whether it takes the place of a file that stands there, as a person said.
        #[serde(default)]
        pub replace: bool,
    }

    /// Brings the answers of a sheet in: from a file that the shell has the user choose, or from a text that was pasted.
    pub struct ImportAnswersRequest {
        #[serde(default)]
        pub path: Option<String>,
        #[serde(default)]
        pub text: Option<String>,
        /// The article; else the one that the sheet's marks belong to.
        #[serde(default)]
        pub article: Option<String>,
        /// Who wrote the answers; else the name in the sheet.
        #[serde(default)]
        pub by: Option<String>,
    }

    /// What became of an answered sheet.
    pub struct AnswersTaken {
        pub answered: Vec<AnswerTaken>,
        /// What belongs to no query of the article.
        pub unmatched: Vec<AnswerUnmatched>,
        /// What was recorded before.
        pub known: Vec<AnswerTaken>,
        /// The queries that nobody wrote an answer to.
        pub empty: Vec<AnswerTaken>,
        /// The action that recorded the answers; nothing where none was recorded.
        pub action: Option<String>,
    }

    /// A query of a sheet, and what was written to it.
    pub struct AnswerTaken { pub query: String, pub number: i64, pub text: String }

    /// A part of a sheet that belongs to no query. `mark` is the mark it stands under, such as Q12-4f9a.
    pub struct AnswerUnmatched { pub mark: Option<String>, pub text: String, pub why: String }

    /// Brings claims in from a file that the shell has the user choose.
    pub struct ImportClaimsRequest { pub article: String, pub path: String }

    /// Every source of a file that came in.
    pub struct ImportedSources { pub sources: Vec<ImportedSource> }

    /// A source of a file. `existing` where it was on the desk already.
    pub struct ImportedSource { pub id: String, pub number: i64, pub title: String, pub existing: bool }

    /// What became of a file of claims.
    pub struct ImportedClaims {
        pub claims: Vec<ClaimTaken>,
        /// The sources that are new here.
        pub sources: Vec<ImportedSource>,
        pub left_out: Vec<EntryLeftOut>,
    }

    /// A claim of a file that has a place in the text. `existing` where it was marked already.
    pub struct ClaimTaken { pub id: String, pub number: i64, pub existing: bool }

    /// An entry of a file that did not come in, and why.
    pub struct EntryLeftOut { pub what: String, pub why: String }
}
