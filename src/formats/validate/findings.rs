//! The findings about a validated file: its kind, every fault, and whether it is complete, valid and signed.

use crate::{formats::bundle::signature::PublicKey, messages::Message, model::slugs};

/// How many faults of one file are listed, and how many warnings. This keeps the list readable, and a file full of faults
/// does not fill the memory.
const MOST_FAULTS: usize = 1000;

slugs! {
    /// The kind of a fault.
    Code, "kind of fault", {
        /// The archive is unsafe or damaged; nothing in it was read.
        Archive = "archive",
        /// The archive is not in the fixed form of a bundle.
        Form = "form",
        /// A part that every file of its kind must have is missing or wrong.
        Structure = "structure",
        /// A line of a tag file or manifest, or a JSON file as a whole, cannot be read.
        Syntax = "syntax",
        /// A path leads outside the bag or is not allowed.
        Path = "path",
        /// A listed file or a required field is missing.
        Missing = "missing",
        /// A file exists and is not listed.
        Unlisted = "unlisted",
        /// A path is listed twice.
        Duplicate = "duplicate",
        /// The number or length of files, or of the entries of a list, is not as stated.
        Size = "size",
        /// A file's bytes do not match its digest.
        Digest = "digest",
        /// A file could not be read.
        Unreadable = "unreadable",
        /// A field of a JSON file breaks the rules of its standard.
        Field = "field",
        /// The signature does not match the stated key.
        Signature = "signature",
        /// The recorded history is inconsistent.
        History = "history",
        /// A part of a bundle contradicts the recorded history.
        Contents = "contents",
    }
}

impl Code {
    /// Whether such a fault makes a file incomplete, rather than wrong.
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
            | Self::Field
            | Self::Signature
            | Self::Digest
            | Self::Unreadable
            | Self::History
            | Self::Contents => false,
        }
    }
}

/// One fault, or one warning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where: the path of a file, relative to the bag's top folder, or of a field in a JSON file; empty for the whole file.
    pub path: String,
    /// Its kind.
    pub code: Code,
    /// What is wrong.
    pub message: Message,
}

slugs! {
    /// The kind of a validated file.
    Kind, "kind of file", {
        /// A BagIt bag that is not a Tickmark bundle.
        Bag = "bag",
        /// A Tickmark bundle, checked by all rules of bundles.
        Bundle = "bundle",
        /// A web archive as a zip file.
        Wacz = "wacz",
        /// Web Annotations of the W3C.
        WebAnnotation = "web-annotation",
        /// Fact-checks in the vocabulary of schema.org.
        ClaimReview = "claim-review",
        /// A zip archive that was refused before anything in it was read, so its kind is unknown.
        Archive = "archive",
    }
}

impl Kind {
    /// Its name for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Bag => "BagIt bag",
            Self::Bundle => "Tickmark bundle",
            Self::Wacz => "WACZ web archive",
            Self::WebAnnotation => "W3C Web Annotation",
            Self::ClaimReview => "ClaimReview (schema.org)",
            Self::Archive => "zip archive, not read",
        }
    }
}

/// Whether a file is signed, and by whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Signed {
    /// It is not signed.
    #[default]
    None,
    /// The signature is right. The bundle itself cannot prove whose key it is.
    By {
        /// The key.
        key: Box<PublicKey>,
        /// The name that the bundle states.
        name: String,
    },
    /// The signature does not match the stated key.
    Bad,
}

/// The findings about one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Findings {
    /// What kind of file was validated.
    pub kind: Kind,
    /// Whether it has everything that it must have, and nothing else.
    pub complete: bool,
    /// Whether it has no fault at all: it is complete, and every file matches its digests.
    pub valid: bool,
    /// Who signed it.
    pub signed: Signed,
    /// What is wrong.
    pub errors: Vec<Fault>,
    /// What is unusual but harmless.
    pub warnings: Vec<Fault>,
}

impl Findings {
    /// Empty findings for a file of that kind.
    pub(in crate::formats) fn of(kind: Kind) -> Self {
        let (errors, warnings) = (Vec::new(), Vec::new());
        Self { kind, complete: false, valid: false, signed: Signed::None, errors, warnings }
    }

    pub(in crate::formats) fn fault(&mut self, path: &str, code: Code, message: Message) {
        let fault = Fault { path: path.into(), code, message };
        if self.errors.len() < MOST_FAULTS {
            self.errors.push(fault);
        } else if code.is_of_completeness() {
            // Beyond the limit, a fault of completeness replaces the last one: it decides whether the file is complete.
            self.errors[MOST_FAULTS - 1] = fault;
        }
    }

    pub(in crate::formats) fn warn(&mut self, path: &str, code: Code, message: Message) {
        if self.warnings.len() < MOST_FAULTS {
            self.warnings.push(Fault { path: path.into(), code, message });
        }
    }

    /// Sets `complete` and `valid` from the faults.
    pub(in crate::formats) fn conclude(mut self) -> Self {
        self.complete = !self.errors.iter().any(|f| f.code.is_of_completeness());
        self.valid = self.errors.is_empty();
        self
    }
}
