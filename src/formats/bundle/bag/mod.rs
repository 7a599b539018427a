//! BagIt bags, written by Tickmark or by other programs: RFC 8493 (1.0) and the drafts before it, from 0.93 on.
//!
//! [`verify`] reads a folder or a zip archive and lists its faults. It never writes, never follows a link, and refuses an
//! unsafe archive as a whole. `tags` reads the tag files, `manifest` reads the lists of digests, `sums` computes digests,
//! and `check` compares them. A bag that declares itself a Tickmark bundle is then checked by the rules of bundles.

mod check;
mod manifest;
mod portable;
mod sums;
mod tags;

pub use check::NotABag;

pub use crate::formats::validate::findings::{Code, Fault, Findings, Kind, Signed};
pub use manifest::line;
pub use sums::Algorithm;

use crate::{
    formats::{
        bundle,
        bundle::archive::{Archive, Refused},
    },
    messages::message,
    model::{Handed, Tree},
};
use check::Checked;

pub(in crate::formats) use check::top;
pub(in crate::formats) use sums::sums;

/// The two lines of `bagit.txt` as we write them.
pub const DECLARATION: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// Validates a bag. Fails only if the file or folder is not a bag, not even a broken one.
pub fn verify(handed: Handed) -> Result<Findings, NotABag> {
    let archive = match handed {
        Handed::Folder(tree) => return validate(tree, None),
        Handed::File(bytes) => Archive::open(bytes),
    };
    match archive {
        Ok(Some(archive)) => validate(&archive, Some(&archive)),
        Ok(None) => Err(NotABag::NeitherFolderNorArchive),
        Err(refused) => Ok(refusal(refused)),
    }
}

/// Validates the bag in an open tree.
pub(in crate::formats) fn validate(tree: &dyn Tree, archive: Option<&Archive>) -> Result<Findings, NotABag> {
    let top = check::top(tree, archive.is_some())?;
    let Checked { mut findings, is_bundle, sums } = check::check(tree, &top);
    if is_bundle {
        findings.kind = Kind::Bundle;
        bundle::inspect(tree, &top, archive, &sums, &mut findings);
    }
    Ok(findings.conclude())
}

/// The findings for an archive that was refused.
pub(in crate::formats) fn refusal(refused: Refused) -> Findings {
    let mut findings = Findings::of(Kind::Archive);
    let Refused { path, why } = refused;
    findings.fault(&path, Code::Archive, message!("archive_refused", why = why));
    findings.conclude()
}
