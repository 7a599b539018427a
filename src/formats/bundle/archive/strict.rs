//! Compares the headers of an archive with those that we would write: rebuilds every header and compares it byte by byte.

use super::{
    header::{Stamp, Stored, end},
    walk::{Listed, Walked, fill},
};
use crate::{
    messages::{Message, message},
    model::ReadAt,
};

/// The first difference: the entry's name, or empty for the archive as a whole, and what is wrong.
pub(super) fn first_difference(
    bytes: &dyn ReadAt,
    walked: &Walked,
    stamp: Stamp,
) -> Option<(String, Message)> {
    let (mut at, mut directory, mut before) = (0, Vec::new(), "");
    for entry in &walked.entries {
        let stored = stored(entry);
        let local = stored.local(stamp);
        if entry.folder || entry.at != at || !bytes_match(bytes, at, &local) {
            return Some((entry.name.clone(), message!("finding_form_header")));
        }
        if before >= entry.name.as_str() && at > 0 {
            return Some((entry.name.clone(), message!("finding_form_order")));
        }
        at += local.len() as u64 + entry.packed;
        directory.extend(stored.central(stamp));
        before = &entry.name;
    }
    let last = end(walked.entries.len() as u16, directory.len() as u32, at as u32);
    directory.extend(last);
    let fits = walked.directory == at && bytes.len() == at + directory.len() as u64;
    let same = fits && bytes_match(bytes, at, &directory);
    (!same).then(|| (String::new(), message!("finding_form_directory")))
}

fn stored(entry: &Listed) -> Stored {
    Stored { name: entry.name.clone(), crc: entry.crc, bytes: entry.packed as u32, at: entry.at as u32 }
}

fn bytes_match(bytes: &dyn ReadAt, at: u64, wanted: &[u8]) -> bool {
    let mut there = vec![0; wanted.len()];
    fill(bytes, at, &mut there).is_ok_and(|()| there == wanted)
}
