//! Judging a bag, and bringing a bundle in: what reads files that somebody else wrote.

use super::{Brought, Desk, DeskError, Done};
use crate::{
    files,
    formats::{bag, bundle},
    model::ArticleId,
};
use std::path::Path;

/// What is said of a bag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Findings {
    /// Whether everything it lists is there.
    pub complete: bool,
    /// Whether it is complete and every checksum holds.
    pub valid: bool,
    /// Who signed it: `none` until bundles are signed.
    pub signed: String,
    /// Each fault.
    pub errors: Vec<Fault>,
    /// What is odd and no fault.
    pub warnings: Vec<Fault>,
}

/// One fault of a bag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Its sort.
    pub code: String,
    /// The entry it is about.
    pub path: Option<String>,
    /// In words.
    pub message: String,
}

/// Judges a bag, zipped or not, ours or not. Needs no desk. Fails where it is not a bag at all.
pub fn verify(path: &Path) -> Result<Findings, DeskError> {
    let opened = files::open(path)?;
    let found =
        bag::verify(opened.handed()).map_err(|e| DeskError::refused(format!("{}: {e}", path.display())))?;
    let fault = |f: bag::Fault| Fault {
        code: f.code.to_string(),
        path: Some(f.path).filter(|p| !p.is_empty()),
        message: f.message,
    };
    Ok(Findings {
        complete: found.complete,
        valid: found.valid,
        signed: found.signed.as_str().into(),
        errors: found.errors.into_iter().map(fault).collect(),
        warnings: found.warnings.into_iter().map(fault).collect(),
    })
}

/// Brings a bundle in from a file or folder; it is verified first.
pub fn bring_in_from(desk: &mut Desk, path: &Path) -> Result<Done<Brought>, DeskError> {
    let opened = files::open(path)?;
    let incoming = bundle::read(opened.handed())?;
    desk.bring_in(incoming)
}

/// The article a bundle is of.
pub fn article_in(path: &Path) -> Result<ArticleId, DeskError> {
    let opened = files::open(path)?;
    Ok(bundle::read(opened.handed())?.article)
}
