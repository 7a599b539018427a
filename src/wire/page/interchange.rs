//! Other formats: export, and the results of imports.

use super::{SourceFields, crossing};
use crate::messages::Message;

crossing! {
    /// A format an article's claims, sources or open queries can be written in. `holds` is claims, sources or queries.
    pub struct FormatDto {
        pub slug: String,
        pub title: String,
        /// Its purpose in one sentence.
        pub purpose: String,
        #[cfg_attr(test, ts(type = "FormatContent"))]
        pub holds: String,
        /// Whether it can show the changes since a revision.
        pub shows_changes: bool,
        /// The suggested file name.
        pub name: String,
    }

    /// Asks for the content of a file in a format.
    pub struct ExportTextRequest { pub article: String, pub format: String }

    /// A text.
    pub struct TextAnswer { pub text: String }

    /// Writes an article's claims or sources to a file that the user chose.
    pub struct ExportAsRequest {
        pub article: String,
        pub format: String,
        pub path: String,
        /// Whether a CSV file begins with a byte order mark, by which Excel knows that it is UTF-8.
        #[serde(default)]
        pub bom: bool,
        /// Show the changes since this revision, by number or id.
        #[serde(default)]
        pub changes_since: Option<String>,
        /// Replace an existing file; a person confirmed it.
        #[serde(default)]
        pub replace: bool,
    }

    /// Where a file was written, and what its writer warns of.
    pub struct WrittenAs { pub path: String, pub warnings: Vec<Message> }

    /// Imports the answers of a sheet, from a file that the user chose or from pasted text.
    pub struct ImportAnswersRequest {
        #[serde(default)]
        pub path: Option<String>,
        #[serde(default)]
        pub text: Option<String>,
        /// The article; by default the one of the sheet's marks.
        #[serde(default)]
        pub article: Option<String>,
        /// Who wrote the answers; by default the name in the sheet.
        #[serde(default)]
        pub by: Option<String>,
    }

    /// The result of importing an answered sheet.
    pub struct AnswersTaken {
        pub answered: Vec<AnswerTaken>,
        /// Parts that belong to no query of the article.
        pub unmatched: Vec<AnswerUnmatched>,
        /// Answers that were recorded before.
        pub known: Vec<AnswerTaken>,
        /// Queries without an answer.
        pub empty: Vec<AnswerTaken>,
        /// The action that recorded the answers; nothing where none was recorded.
        pub action: Option<String>,
    }

    /// A query of a sheet, and its answer.
    pub struct AnswerTaken { pub query: String, pub number: i64, pub text: String }

    /// A part of a sheet that belongs to no query. `mark` is the mark above it, such as Q12-4f9a.
    pub struct AnswerUnmatched { pub mark: Option<String>, pub text: String, pub why: String }

    /// Imports claims from a file that the user chose.
    pub struct ImportClaimsRequest { pub article: String, pub path: String }

    /// The sources of an imported file, in its order.
    pub struct ImportedSources {
        pub sources: Vec<ImportedSource>,
        pub left_out: Vec<EntryLeftOut>,
        /// What to know about entries that were imported.
        pub remarks: Vec<EntryRemark>,
    }

    /// An entry of a file that was imported, and what to know about it. `called` and `said` are what the page shows, `what` and
    /// `why` the same in English.
    pub struct EntryRemark { pub what: String, pub why: String, pub called: Message, pub said: Message }

    /// A source of a file. `existing` is true if the desk had it already.
    pub struct ImportedSource {
        pub id: String,
        pub number: i64,
        pub title: String,
        pub existing: bool,
        /// The fields in the file, if it was taken for a source of the desk: `source.add` with them keeps both.
        pub apart: Option<SourceFields>,
    }

    /// The result of importing claims.
    pub struct ImportedClaims {
        pub claims: Vec<ClaimTaken>,
        /// The sources that were added.
        pub sources: Vec<ImportedSource>,
        pub left_out: Vec<EntryLeftOut>,
    }

    /// A claim of a file that was found in the text. `existing` is true if it was marked already.
    pub struct ClaimTaken { pub id: String, pub number: i64, pub existing: bool }

    /// An entry of a file that was not imported, and why; the same in English and as messages, as in `EntryRemark`.
    pub struct EntryLeftOut { pub what: String, pub why: String, pub called: Message, pub said: Message }
}
