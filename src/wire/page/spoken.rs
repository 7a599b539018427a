//! The formats of the field: what can be written, and what became of a file that came in.

use super::crossing;

crossing! {
    /// A format an article's claims or sources can be written in. `holds` is claims or sources.
    pub struct FormatDto {
        pub slug: String,
        pub title: String,
        pub holds: String,
        /// The file name that is offered.
        pub name: String,
    }

    /// Writes an article's claims or sources to a file that the shell has the user choose.
    pub struct ExportAsRequest {
        pub article: String,
        pub format: String,
        pub path: String,
        /// Whether it takes the place of a file that stands there, as a person said.
        #[serde(default)]
        pub replace: bool,
    }

    /// Brings claims in from a file that the shell has the user choose.
    pub struct ImportClaimsRequest { pub article: String, pub path: String }

    /// Every source of a file that came in.
    pub struct SourcesTaken { pub sources: Vec<SourceTaken> }

    /// A source of a file. `existing` where it was on the desk already.
    pub struct SourceTaken { pub id: String, pub number: i64, pub title: String, pub existing: bool }

    /// What became of a file of claims.
    pub struct ClaimsTaken {
        pub claims: Vec<ClaimTaken>,
        /// The sources that are new here.
        pub sources: Vec<SourceTaken>,
        pub left_out: Vec<EntryLeftOut>,
    }

    /// A claim of a file that has a place in the text. `existing` where it was marked already.
    pub struct ClaimTaken { pub id: String, pub number: i64, pub existing: bool }

    /// An entry of a file that did not come in, and why.
    pub struct EntryLeftOut { pub what: String, pub why: String }
}
