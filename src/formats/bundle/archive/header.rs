//! The fixed form of the headers of our archives: stored entries, no extra fields, no comments, no gaps.
//!
//! Layout after PKWARE's APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.

use crate::model::Moment;
use chrono::{Datelike, Timelike};

pub(super) const LOCAL: u32 = 0x0403_4b50;
pub(super) const CENTRAL: u32 = 0x0201_4b50;
pub(super) const END: u32 = 0x0605_4b50;
pub(super) const LOCAL_LEN: usize = 30;
pub(super) const CENTRAL_LEN: usize = 46;
pub(super) const END_LEN: usize = 22;

/// Version 2.0 of the format, which every tool reads.
const NEEDED: u16 = 20;
/// Made on Unix by version 2.0, so that tools read the file mode below.
const MADE_BY: u16 = (3 << 8) | NEEDED;
/// Names are UTF-8.
const FLAGS: u16 = 1 << 11;
/// A regular file that its owner may write and everybody may read.
const MODE: u32 = 0o100_644 << 16;

/// A date and time as archives write it: without a time zone, in steps of two seconds, from 1980 to 2107.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    time: u16,
    date: u16,
}

impl Stamp {
    /// A moment in UTC. A moment before 1980 or after 2107 becomes the first or the last possible stamp.
    pub fn of(moment: Moment) -> Self {
        let t = moment.utc();
        match t.year() {
            ..1980 => Self { time: 0, date: (1 << 5) | 1 },
            2108.. => Self { time: (23 << 11) | (59 << 5) | 29, date: (127 << 9) | (12 << 5) | 31 },
            year => Self {
                time: ((t.hour() << 11) | (t.minute() << 5) | (t.second() / 2)) as u16,
                date: (((year - 1980) as u32) << 9 | t.month() << 5 | t.day()) as u16,
            },
        }
    }
}

/// One stored entry, as its headers describe it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stored {
    pub name: String,
    pub crc: u32,
    pub bytes: u32,
    /// The offset of its local header, in bytes.
    pub at: u32,
}

impl Stored {
    /// The part that both headers share, from the needed version to the length of the (absent) extra field.
    fn common(&self, stamp: Stamp, out: &mut Vec<u8>) {
        for field in [NEEDED, FLAGS, 0, stamp.time, stamp.date] {
            out.extend_from_slice(&field.to_le_bytes());
        }
        for field in [self.crc, self.bytes, self.bytes] {
            out.extend_from_slice(&field.to_le_bytes());
        }
        out.extend_from_slice(&(self.name.len() as u16).to_le_bytes());
        out.extend_from_slice(&0u16.to_le_bytes());
    }

    /// The local header, which is before its bytes.
    pub fn local(&self, stamp: Stamp) -> Vec<u8> {
        let mut out = LOCAL.to_le_bytes().to_vec();
        self.common(stamp, &mut out);
        out.extend_from_slice(self.name.as_bytes());
        out
    }

    /// The header in the central directory.
    pub fn central(&self, stamp: Stamp) -> Vec<u8> {
        let mut out = CENTRAL.to_le_bytes().to_vec();
        out.extend_from_slice(&MADE_BY.to_le_bytes());
        self.common(stamp, &mut out);
        // No comment, disk 0, no internal attributes.
        out.extend_from_slice(&[0; 6]);
        out.extend_from_slice(&MODE.to_le_bytes());
        out.extend_from_slice(&self.at.to_le_bytes());
        out.extend_from_slice(self.name.as_bytes());
        out
    }
}

/// The end record of an archive with `count` entries and a central directory of `len` bytes at offset `at`.
pub(super) fn end(count: u16, len: u32, at: u32) -> Vec<u8> {
    let mut out = END.to_le_bytes().to_vec();
    out.extend_from_slice(&[0; 4]);
    out.extend_from_slice(&count.to_le_bytes());
    out.extend_from_slice(&count.to_le_bytes());
    out.extend_from_slice(&len.to_le_bytes());
    out.extend_from_slice(&at.to_le_bytes());
    out.extend_from_slice(&[0; 2]);
    out
}
