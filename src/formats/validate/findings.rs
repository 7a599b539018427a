//! What is found when a file is judged: what kind it is, and whether it is complete, valid and signed, said separately, with
//! each fault.

use crate::{formats::bundle::signature::PublicKey, model::slugs};

/// How many faults of one file are told, and how many oddities, so that a list of what is wrong stays a list, and so that a
/// file made of faults does not fill the memory.
const MOST_FAULTS: usize = 1000;

slugs! {
    /// What sort of fault it is.
    Code, "kind of fault", {
        /// The archive plays tricks or is damaged; nothing of it was read.
        Archive = "archive",
        /// The archive is not in the one form a bundle has.
        Form = "form",
        /// A part every file of its kind must have is missing or not as it must be.
        Structure = "structure",
        /// A line of a tag file or manifest, or a JSON file as a whole, cannot be read.
        Syntax = "syntax",
        /// A path leads outside the bag or is not allowed.
        Path = "path",
        /// A file is listed and not there, or a field that must be there is not.
        Missing = "missing",
        /// A file is there and not listed.
        Unlisted = "unlisted",
        /// A path is listed twice.
        Duplicate = "duplicate",
        /// The number or length of the files, or of the entries of a list, is not as told.
        Size = "size",
        /// A file's bytes are not those the digest was taken of.
        Digest = "digest",
        /// A file could not be read.
        Unreadable = "unreadable",
        /// A field of a JSON file is not what its standard says it must be.
        Field = "field",
        /// The signature is not that of the key it is said to be of.
        Signature = "signature",
        /// The recorded history does not hold together.
        History = "history",
        /// A part of a bundle contradicts the recorded history.
        Contents = "contents",
    }
}

impl Code {
    /// Whether a file with such a fault lacks something, rather than holding something false.
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

/// One thing that is wrong, or, as a warning, not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What it is about: the file, below a bag's top folder, or the field of a JSON file; empty for the whole.
    pub path: String,
    /// What sort it is.
    pub code: Code,
    /// What is wrong, in a sentence.
    pub message: String,
}

slugs! {
    /// What kind of file was judged.
    Kind, "kind of file", {
        /// Anybody's BagIt bag.
        Bag = "bag",
        /// A bundle of ours, held against everything a bundle promises.
        Bundle = "bundle",
        /// A web archive as a zip file.
        Wacz = "wacz",
        /// Annotations after the model of the W3C.
        WebAnnotation = "web-annotation",
        /// Fact-checks in the vocabulary of schema.org.
        ClaimReview = "claim-review",
        /// A zip archive that was refused before anything in it was read, so that nobody knows what it was to be.
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
#[derive(Clone, Debug, PartialEq, Eq)]
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

impl Findings {
    /// Nothing found yet of a file of that kind.
    pub(in crate::formats) fn of(kind: Kind) -> Self {
        let (errors, warnings) = (Vec::new(), Vec::new());
        Self { kind, complete: false, valid: false, signed: Signed::None, errors, warnings }
    }

    pub(in crate::formats) fn fault(&mut self, path: &str, code: Code, message: impl Into<String>) {
        let fault = Fault { path: path.into(), code, message: message.into() };
        if self.errors.len() < MOST_FAULTS {
            self.errors.push(fault);
        } else if code.is_of_completeness() {
            // Past the most, what is lacking still counts: it decides whether the file is complete.
            self.errors[MOST_FAULTS - 1] = fault;
        }
    }

    pub(in crate::formats) fn warn(&mut self, path: &str, code: Code, message: impl Into<String>) {
        if self.warnings.len() < MOST_FAULTS {
            self.warnings.push(Fault { path: path.into(), code, message: message.into() });
        }
    }

    /// Draws the conclusions from the faults.
    pub(in crate::formats) fn settled(mut self) -> Self {
        self.complete = !self.errors.iter().any(|f| f.code.is_of_completeness());
        self.valid = self.errors.is_empty();
        self
    }
}
