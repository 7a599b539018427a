//! The bundle: one article whole, as a zipped BagIt 1.0 bag that an outsider can check with ordinary tools.
//!
//! In `data/` stand the newest text, the claims as JSON with its schema, every revision, every action with its digests,
//! the files of the sources, the bytes that were imported, RO-Crate's metadata, and a page to read it all. The same dossier always gives the
//! same bytes: no clock, zone, locale, user or number of a desk goes in. What is withheld or was undone goes out only as
//! its salted digest. Reading gives back the log as it was, after everything was verified.

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

pub(in crate::formats) use claims::{
    Claim, Claims, Evidence, Query, Said, SourceEntry, SourceRef, Talk, Verdict,
};
pub(in crate::formats) use fields::Placed;
pub(in crate::formats) use gate::Ledger;
pub use gate::Terms;
pub(in crate::formats) use inspect::inspect;
pub use language::without_words;
pub use parts::sound;
pub(in crate::formats) use parts::told;
pub use read::{Incoming, ReadError, read, read_verified};
pub use write::{Made, Progress, Signer, Summary, agent, made_again, offered_name, plain_name, write};
pub use write_error::WriteError;

/// The number of the form of a bundle written by this version.
pub const FORMAT: u32 = 1;
/// The label in `bag-info.txt` that says a bag is a bundle of ours, and of which form.
pub const MARK: &str = "Tickmark-Bundle";

/// What names the BagIt profile that every bundle of this form keeps to: `docs/bagit-profile.json`.
pub const PROFILE: &str = "urn:uuid:b6c78bb7-6579-4339-b01e-f3e2344ab203";

/// The label in `bag-info.txt` of the name of who signed a bundle.
pub const SIGNER: &str = "Tickmark-Signer";
/// The label in `bag-info.txt` of the public key it was signed with.
pub const KEY: &str = "Tickmark-Key";

/// The paths of what every bundle holds, below its top folder.
pub(crate) mod paths {
    pub const TEXT: &str = "data/text.md";
    pub const CLAIMS: &str = "data/claims.json";
    pub const SCHEMA: &str = "data/claims.schema.json";
    pub const REVISIONS: &str = "data/revisions.json";
    pub const ACTIONS: &str = "data/history/actions.jsonl";
    pub const CRATE: &str = "data/ro-crate-metadata.json";
    pub const PAGE: &str = "data/index.html";
    /// What was corrected since the article last went out as verified, where anything was.
    pub const LEDGER: &str = "data/corrections.md";
    pub const SNAPSHOTS: &str = "data/snapshots/";
    pub const ORIGINAL: &str = "data/original/";
    /// The signature over [`SIGNED`], where there is one.
    pub const SIGNATURE: &str = "tagmanifest-sha512.txt.minisig";
    /// The file that covers all others.
    pub const SIGNED: &str = "tagmanifest-sha512.txt";
    /// All that must be there; version 0.1 wrote no [`CRATE`].
    pub const ALL: [&str; 6] = [TEXT, CLAIMS, SCHEMA, REVISIONS, ACTIONS, PAGE];
}
