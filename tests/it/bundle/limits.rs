//! The stated limits, each at its edge: an archive at the limit is accepted, one past it is refused, and nothing is unpacked
//! for this.

use super::zips::*;
use std::{
    io::{self, Read},
    sync::atomic::{AtomicU64, Ordering},
};
use tickmark::{
    formats::bundle::{
        archive::{Archive, FREE_BYTES, MOST_BYTES, MOST_FILE_BYTES, MOST_FILES, MOST_RATIO},
        bag::{self, Code},
    },
    model::{Handed, ReadAt, Tree},
};

/// The most bytes that may be read of an archive to refuse it: its headers and the range where its end is searched.
const HEADERS: u64 = 1 << 20;

/// An archive of any length that needs no memory: its headers, and zeros for the bytes of its files. It counts the bytes
/// read.
struct Hollow {
    pieces: Vec<(u64, Vec<u8>)>,
    len: u64,
    read: AtomicU64,
}

impl ReadAt for Hollow {
    fn len(&self) -> u64 {
        self.len
    }

    fn read_at(&self, at: u64, into: &mut [u8]) -> io::Result<usize> {
        let n = into.len().min(self.len.saturating_sub(at) as usize);
        into[..n].fill(0);
        for (start, bytes) in &self.pieces {
            let (from, to) = (at.max(*start), (at + n as u64).min(start + bytes.len() as u64));
            if from < to {
                let piece = &bytes[(from - start) as usize..(to - start) as usize];
                into[(from - at) as usize..(to - at) as usize].copy_from_slice(piece);
            }
        }
        self.read.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// A file of a hollow archive: its packed length and its stated unpacked length.
#[derive(Clone, Copy)]
struct StatedFile {
    packed: u64,
    bytes: u64,
}

fn header(name: &str, stated: StatedFile) -> Vec<u8> {
    let method = if stated.packed == stated.bytes { 0u16 } else { 8 };
    let mut out = Vec::new();
    for v in [20, 0, method, 0x4321, 0x5678] {
        out.extend(v.to_le_bytes());
    }
    for v in [0, stated.packed as u32, stated.bytes as u32] {
        out.extend(v.to_le_bytes());
    }
    out.extend((name.len() as u16).to_le_bytes());
    out.extend([0; 2]);
    out
}

fn hollow(files: &[StatedFile]) -> Hollow {
    let (mut pieces, mut at, mut directory) = (Vec::new(), 0, Vec::new());
    for (n, stated) in files.iter().enumerate() {
        let name = format!("bag/data/{n}");
        let common = header(&name, *stated);
        directory.extend([b"PK\x01\x02\x14\x03", common.as_slice(), &[0; 6]].concat());
        directory.extend((0o100_644u32 << 16).to_le_bytes());
        directory.extend((at as u32).to_le_bytes());
        directory.extend(name.as_bytes());
        let local = [b"PK\x03\x04", common.as_slice(), name.as_bytes()].concat();
        let next = at + local.len() as u64 + stated.packed;
        pieces.push((at, local));
        at = next;
    }
    let count = (files.len() as u16).to_le_bytes();
    let (size, start) = ((directory.len() as u32).to_le_bytes(), (at as u32).to_le_bytes());
    let end = [b"PK\x05\x06\0\0\0\0".as_slice(), &count, &count, &size, &start, &[0; 2]].concat();
    let last = [directory, end].concat();
    let len = at + last.len() as u64;
    pieces.push((at, last));
    Hollow { pieces, len, read: AtomicU64::new(0) }
}

/// Why the archive is refused; nothing if it is accepted. In both cases only its headers are read.
fn refused(archive: &Hollow) -> Option<String> {
    let why = Archive::open(archive).err().map(|r| r.why.to_string());
    let read = archive.read.load(Ordering::Relaxed);
    assert!(read < HEADERS + archive.pieces.iter().map(|(_, b)| 2 * b.len() as u64).sum::<u64>(), "{read}");
    if why.is_some() {
        let found = bag::verify(Handed::File(archive)).expect("it is an archive");
        assert_eq!(found.errors.iter().map(|f| f.code).collect::<Vec<_>>(), [Code::Archive]);
    }
    why
}

fn stored(bytes: u64) -> StatedFile {
    StatedFile { packed: bytes, bytes }
}

#[track_caller]
fn over(archive: &Hollow, said: &str) {
    let why = refused(archive).expect("it is refused");
    assert!(why.contains(said), "{why}");
}

#[test]
fn a_file_may_unpack_to_two_hundred_times_its_bytes() {
    let bytes = FREE_BYTES + MOST_RATIO;
    let packed = bytes / MOST_RATIO;
    assert_eq!(refused(&hollow(&[StatedFile { packed, bytes }])), None);
    over(&hollow(&[StatedFile { packed: packed - 1, bytes }]), "200 to 1");
    assert_eq!(
        refused(&hollow(&[StatedFile { packed: 1, bytes: FREE_BYTES }])),
        None,
        "a short file may be packed well"
    );
}

#[test]
fn a_file_may_have_512_mebibytes() {
    assert_eq!(MOST_FILE_BYTES, 512 << 20);
    assert_eq!(refused(&hollow(&[stored(MOST_FILE_BYTES)])), None);
    over(&hollow(&[stored(MOST_FILE_BYTES + 1)]), "the most a file may have");
    over(&hollow(&[StatedFile { packed: 4 << 20, bytes: MOST_FILE_BYTES + 1 }]), "the most a file may have");
}

#[test]
fn an_archive_may_have_2_gibibytes_packed_and_unpacked() {
    assert_eq!(MOST_BYTES, 2 << 30);
    let fourth = MOST_BYTES / 4;
    let room = |over: u64| {
        let heads = hollow(&[stored(0), stored(0), stored(0), stored(0)]).len;
        let last = fourth - heads + over;
        hollow(&[stored(fourth), stored(fourth), stored(fourth), stored(last)])
    };
    assert_eq!((room(0).len, refused(&room(0))), (MOST_BYTES, None));
    over(&room(1), "it is longer than");
    let packed = StatedFile { packed: 4 << 20, bytes: fourth };
    assert_eq!(refused(&hollow(&[packed; 4])), None);
    let one_more = StatedFile { packed: 1, bytes: 1 };
    over(&hollow(&[packed, packed, packed, packed, one_more]), "unpacked it would be longer than");
}

#[test]
fn an_archive_may_have_20_000_files() {
    assert_eq!(MOST_FILES, 20_000);
    assert_eq!(refused(&hollow(&vec![stored(1); MOST_FILES])), None);
    over(&hollow(&vec![stored(1); MOST_FILES + 1]), "more than 20000 files");
}

/// Real bytes, well compressed: no more than the stated length is ever unpacked.
#[test]
fn a_file_is_not_read_beyond_its_stated_length() {
    let zeros = vec![0; 16 << 20];
    let bomb = zip(&[Item { deflate: true, stated_length: Some(1000), ..item("bag/zeros", &zeros) }]);
    let archive = Archive::open(&bomb).expect("no trick in its headers").expect("an archive");
    let (mut from, mut read, mut piece) = (archive.open("bag/zeros").expect("it is there"), 0, vec![0; 512]);
    let why = loop {
        match from.read(&mut piece) {
            Ok(n) => read += n,
            Err(e) => break e.to_string(),
        }
        assert!(read <= 1000, "{read}");
    };
    assert_eq!(why, "it unpacks to more than it promises");
}

#[test]
fn a_file_that_unpacks_to_another_length_than_stated_is_a_fault() {
    for stated in [4, 6] {
        let mut items = small_bag("bag/");
        items[2] = Item { deflate: true, stated_length: Some(stated), ..items[2].clone() };
        let found = bag::verify(Handed::File(&zip(&items))).expect("it is an archive");
        assert!(found.errors.iter().any(|f| f.code == Code::Unreadable), "{found:?}");
    }
}

#[test]
fn a_zip_bomb_is_refused_before_it_is_unpacked() {
    let zeros = vec![0; 4 << 20];
    let bomb = zip(&[small_bag("bag/"), vec![Item { deflate: true, ..item("bag/zeros", &zeros) }]].concat());
    let found = bag::verify(Handed::File(&bomb)).expect("it is an archive");
    assert!(found.errors[0].message.to_string().contains("200 to 1"), "{:?}", found.errors);
}
