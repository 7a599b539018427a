//! What is found when a bag is judged: complete, valid and signed, said separately, with each fault.

use crate::{formats::signature::PublicKey, model::slugs};
use thiserror::Error;

slugs! {
    /// What sort of fault it is.
    Code, "kind of fault", {
        /// The archive plays tricks or is damaged; nothing of it was read.
        Archive = "archive",
        /// The archive is not in the one form a bundle has.
        Form = "form",
        /// A part every bag must have is missing or not as it must be.
        Structure = "structure",
        /// A line of a tag file or manifest cannot be read.
        Syntax = "syntax",
        /// A path leads outside the bag or is not allowed.
        Path = "path",
        /// A file is listed and not there.
        Missing = "missing",
        /// A file is there and not listed.
        Unlisted = "unlisted",
        /// A path is listed twice.
        Duplicate = "duplicate",
        /// The number or length of the files is not as told.
        Size = "size",
        /// A file's bytes are not those the digest was taken of.
        Digest = "digest",
        /// A file could not be read.
        Unreadable = "unreadable",
        /// The signature is not that of the key it is said to be of.
        Signature = "signature",
        /// The recorded history does not hold together.
        History = "history",
        /// A part of a bundle contradicts the recorded history.
        Contents = "contents",
    }
}

impl Code {
    /// Whether a bag with such a fault lacks something, rather than holding something false.
    fn is_of_completeness(self) -> bool {
        match self {
            Self::Archive
            | Self::Structure
            | Self::Syntax
            | Self::Path
            | Self::Missing
            | Self::Unlisted
            | Self::Duplicate
            | Self::Size => true,
            Self::Form
            | Self::Signature
            | Self::Digest
            | Self::Unreadable
            | Self::History
            | Self::Contents => false,
        }
    }
}

/// One thing that is wrong, or, as a warning, not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file it is about, below the bag's top folder; empty for the bag as a whole.
    pub path: String,
    /// What sort it is.
    pub code: Code,
    /// What is wrong, in a sentence.
    pub message: String,
}

/// What kind of bag was judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Anybody's bag.
    #[default]
    Bag,
    /// A bundle of ours, held against everything a bundle promises.
    Bundle,
}

/// Who signed it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Signed {
    /// Nobody did.
    #[default]
    None,
    /// The signature is right. Whose key it is, the bundle itself cannot prove.
    By {
        /// The key.
        key: Box<PublicKey>,
        /// The name the bundle tells.
        name: String,
    },
    /// It is not the signature of the key it is said to be of.
    Bad,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// What was judged.
    pub kind: Kind,
    /// Whether everything is there that must be, and nothing else.
    pub complete: bool,
    /// Whether it is complete and every file is what its digests say.
    pub valid: bool,
    /// Who signed it.
    pub signed: Signed,
    /// What is wrong.
    pub errors: Vec<Fault>,
    /// What is not as it should be and harms nothing.
    pub warnings: Vec<Fault>,
}

/// What was handed over is no bag, not even a broken one.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NotABag {
    /// A file that is no archive.
    #[error("this is not a bag: it is neither a folder nor a zip archive")]
    NeitherFolderNorArchive,
    /// A folder or archive without the file that makes a bag.
    #[error("this is not a bag: it holds no 'bagit.txt' at its top")]
    NoDeclaration,
}

impl Findings {
    pub(in crate::formats) fn fault(&mut self, path: &str, code: Code, message: impl Into<String>) {
        self.errors.push(Fault { path: path.into(), code, message: message.into() });
    }

    pub(in crate::formats) fn warn(&mut self, path: &str, code: Code, message: impl Into<String>) {
        self.warnings.push(Fault { path: path.into(), code, message: message.into() });
    }

    /// Draws the conclusions from the faults.
    pub(super) fn settled(mut self) -> Self {
        self.complete = !self.errors.iter().any(|f| f.code.is_of_completeness());
        self.valid = self.errors.is_empty();
        self
    }
}
