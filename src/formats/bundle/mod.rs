//! The bundle: one complete article as a zipped BagIt 1.0 bag that anybody can check with ordinary tools.
//!
//! `data/` contains the newest text, the claims as JSON with their schema, every revision, every action with its digests,
//! the files of the sources, the imported bytes, RO-Crate metadata, and a page to read it all. The same dossier always
//! gives the same bytes: they depend on no clock, time zone, locale, user or desk number. Withheld and undone facts are
//! included only as salted digests. [`read`] verifies everything first and then returns the log unchanged.

mod allowed;
pub mod archive;
pub mod bag;
mod chain;
mod claims;
pub mod disclosure;
mod fields;
mod gate;
mod history;
mod inspect;
mod language;
mod names;
mod part;
mod parts;
mod read;
pub(super) mod reader;
mod revisions;
mod rocrate;
pub mod signature;
mod write;
mod write_error;

pub use claims::title;
pub(in crate::formats) use claims::{
    Claim, Claims, Evidence, Query, Said, SourceEntry, SourceRef, Talk, Verdict,
};
pub(in crate::formats) use fields::Placed;
pub use gate::Terms;
pub(in crate::formats) use gate::{Ledger, Open};
pub(in crate::formats) use inspect::inspect;
pub use language::without_words;
pub use parts::check_history;
pub(in crate::formats) use parts::claims_and_text;
pub use read::{Incoming, ReadError, read, read_verified};
pub use write::{
    Progress, Rebuilt, Signer, Summary, agent, folder_name, offered_name, offered_stem, rebuild, write,
};
pub use write_error::WriteError;

/// The version of the bundle format that this program writes.
pub const FORMAT: u32 = 1;
/// The label in `bag-info.txt` that marks a bag as a Tickmark bundle; its value is the version of the format.
pub const MARK: &str = "Tickmark-Bundle";

/// The identifier of the BagIt profile that every bundle of this version follows: `docs/bagit-profile.json`.
pub const PROFILE: &str = "urn:uuid:b6c78bb7-6579-4339-b01e-f3e2344ab203";

/// The label in `bag-info.txt` for the name of the signer.
pub const SIGNER: &str = "Tickmark-Signer";
/// The label in `bag-info.txt` for the signer's public key.
pub const KEY: &str = "Tickmark-Key";

/// The paths of the files of a bundle, relative to its top folder.
pub(crate) mod paths {
    pub const TEXT: &str = "data/text.md";
    pub const CLAIMS: &str = "data/claims.json";
    pub const SCHEMA: &str = "data/claims.schema.json";
    pub const REVISIONS: &str = "data/revisions.json";
    pub const ACTIONS: &str = "data/history/actions.jsonl";
    pub const CRATE: &str = "data/ro-crate-metadata.json";
    pub const PAGE: &str = "data/index.html";
    /// The corrections since the article was last exported as verified, if there are any.
    pub const LEDGER: &str = "data/corrections.md";
    pub const SNAPSHOTS: &str = "data/snapshots/";
    pub const PICTURES: &str = "data/pictures/";
    pub const ORIGINAL: &str = "data/original/";
    /// The signature over [`SIGNED`], if there is one.
    pub const SIGNATURE: &str = "tagmanifest-sha512.txt.minisig";
    /// The file that covers all others.
    pub const SIGNED: &str = "tagmanifest-sha512.txt";
    /// The required files. [`CRATE`] is not required, because version 0.1 did not write it.
    pub const ALL: [&str; 6] = [TEXT, CLAIMS, SCHEMA, REVISIONS, ACTIONS, PAGE];
}
