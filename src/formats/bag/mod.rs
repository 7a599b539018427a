//! BagIt bags, ours and other people's: RFC 8493 (1.0) and the drafts before it, from 0.93 on.
//!
//! [`verify`] reads a folder or a zip archive and says what is wrong with it, fault by fault; it never writes, never
//! follows a link, and reads nothing of an archive that plays tricks. `tags` reads the tag files, `manifest` the lists
//! of digests, `sums` takes digests, `check` holds the one against the other. A bag that says it is a bundle of ours is
//! then held against everything a bundle promises.

mod check;
mod findings;
mod manifest;
mod sums;
mod tags;

pub use findings::{Code, Fault, Findings, Kind, NotABag, Signed};
pub use manifest::line;
pub use sums::Algorithm;

use crate::{
    formats::{
        archive::{Archive, Refused},
        bundle,
    },
    model::{Handed, Tree},
};
use check::Checked;

pub(in crate::formats) use check::top;

/// The two lines of `bagit.txt` as we write them.
pub const DECLARATION: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// Judges a bag. Fails only where what was handed over is no bag at all, not even a broken one.
pub fn verify(handed: Handed) -> Result<Findings, NotABag> {
    let archive = match handed {
        Handed::Folder(tree) => return judge(tree, None),
        Handed::File(bytes) => Archive::open(bytes),
    };
    match archive {
        Ok(Some(archive)) => judge(&archive, Some(&archive)),
        Ok(None) => Err(NotABag::NeitherFolderNorArchive),
        Err(refused) => Ok(refusal(refused)),
    }
}

fn judge(tree: &dyn Tree, archive: Option<&Archive>) -> Result<Findings, NotABag> {
    let top = check::top(tree, archive.is_some())?;
    let Checked { mut findings, ours, sums } = check::check(tree, &top);
    if ours {
        findings.kind = Kind::Bundle;
        bundle::inspect(tree, &top, archive, &sums, &mut findings);
    }
    Ok(findings.settled())
}

fn refusal(refused: Refused) -> Findings {
    let mut findings = Findings::default();
    let Refused { path, why } = refused;
    findings.fault(&path, Code::Archive, format!("the archive was refused: {why}"));
    findings.settled()
}
