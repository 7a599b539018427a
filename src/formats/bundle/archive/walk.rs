//! Reads the headers of an untrusted archive: lists all entries, or refuses the whole archive.

use super::{
    FREE_BYTES, MOST_BYTES, MOST_FILE_BYTES, MOST_FILES, MOST_RATIO,
    header::{CENTRAL, CENTRAL_LEN, END, END_LEN, LOCAL, LOCAL_LEN},
    names::{refuse, same_name},
};
use crate::{
    messages::{Message, message, shown_in_english},
    model::ReadAt,
};
use std::{collections::HashMap, io};
use thiserror::Error;

/// The longest comment at the end of an archive, in bytes.
const MOST_COMMENT: usize = u16::MAX as usize;

/// The archive was refused as a whole. `path` is the entry with the fault, or empty for the archive itself.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct Refused {
    /// The entry with the fault.
    pub path: String,
    /// What is wrong.
    pub why: Message,
}

impl Refused {
    pub(super) fn whole(why: Message) -> Self {
        Self { path: String::new(), why }
    }

    fn of(path: &str, why: Message) -> Self {
        Self { path: path.into(), why }
    }

    /// What is said of it.
    pub fn message(&self) -> Message {
        match self.path.as_str() {
            "" => message!("archive_refused", why = self.why.clone()),
            path => message!("archive_refused_entry", path = path, why = self.why.clone()),
        }
    }
}

shown_in_english!(Refused);

impl From<io::Error> for Refused {
    fn from(e: io::Error) -> Self {
        Self::whole(message!("finding_unread", e = e.to_string()))
    }
}

/// How an entry's bytes are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    Stored,
    Deflated,
}

/// One entry as the central directory describes it.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    pub name: String,
    pub folder: bool,
    pub method: Method,
    pub crc: u32,
    pub packed: u64,
    pub bytes: u64,
    /// The offset of its local header, in bytes.
    pub at: u64,
    /// The offset of its bytes.
    pub data: u64,
}

/// The result: the entries in the order of the central directory, and the offset of that directory.
pub(super) struct Walked {
    pub entries: Vec<Listed>,
    pub directory: u64,
}

/// The end record of an archive: the number of entries, and the length and offset of the central directory.
struct End {
    count: usize,
    len: u64,
    at: u64,
}

/// Lists the entries. Returns `None` if the bytes are not an archive.
pub(super) fn walk(bytes: &dyn ReadAt) -> Result<Option<Walked>, Refused> {
    let mut first = [0; 4];
    let starts = fill(bytes, 0, &mut first).is_ok_and(|()| [LOCAL, END].contains(&u32_at(&first, 0)));
    let Some((end, at)) = find_end(bytes)? else {
        let damaged = || Refused::whole(message!("archive_breaks_off"));
        return if starts { Err(damaged()) } else { Ok(None) };
    };
    if bytes.len() > MOST_BYTES {
        return Err(Refused::whole(message!("archive_long", most_bytes = MOST_BYTES)));
    }
    let end = read_end(&end, at, bytes.len())?;
    let mut entries = directory(bytes, &end)?;
    refuse_duplicates(&entries)?;
    locate_bytes(bytes, &mut entries, end.at)?;
    Ok(Some(Walked { entries, directory: end.at }))
}

/// Finds the end record: the last one whose comment reaches the end of the file, else the last one.
fn find_end(bytes: &dyn ReadAt) -> Result<Option<(Vec<u8>, u64)>, Refused> {
    let tail_len = bytes.len().min((END_LEN + MOST_COMMENT) as u64);
    let from = bytes.len() - tail_len;
    let mut tail = vec![0; tail_len as usize];
    fill(bytes, from, &mut tail)?;
    let last = (tail.len() + 1).saturating_sub(END_LEN);
    // Checking the first byte alone is enough for most places, so a long tail is searched quickly.
    let is_record = |i: &usize| tail[*i] == END.to_le_bytes()[0] && u32_at(&tail, *i) == END;
    let reaches = |i: usize| i + END_LEN + usize::from(u16_at(&tail, i + 20)) == tail.len();
    let (mut records, mut any) = ((0..last).rev().filter(is_record), None);
    let found = records.find(|&i| {
        any = any.or(Some(i));
        reaches(i)
    });
    let found = found.or(any);
    Ok(found.map(|i| (tail[i..].to_vec(), from + i as u64)))
}

fn read_end(end: &[u8], at: u64, len: u64) -> Result<End, Refused> {
    let [disk, from_disk, here, count] = [4, 6, 8, 10].map(|i| u16_at(end, i));
    let (size, start) = (u32_at(end, 12), u32_at(end, 16));
    if count == u16::MAX || size == u32::MAX || start == u32::MAX {
        return Err(Refused::whole(message!("archive_zip64")));
    }
    if disk != 0 || from_disk != 0 || here != count {
        return Err(Refused::whole(message!("archive_part")));
    }
    let found = End { count: count.into(), len: size.into(), at: start.into() };
    if at + END_LEN as u64 + u64::from(u16_at(end, 20)) != len {
        return Err(Refused::whole(message!("archive_bytes_after")));
    }
    if found.at + found.len != at {
        return Err(Refused::whole(message!("archive_bytes_before")));
    }
    if found.count > MOST_FILES {
        return Err(Refused::whole(message!("archive_many_files", most_files = MOST_FILES)));
    }
    Ok(found)
}

fn directory(bytes: &dyn ReadAt, end: &End) -> Result<Vec<Listed>, Refused> {
    let longest = (end.count * (CENTRAL_LEN + 3 * MOST_COMMENT)) as u64;
    if end.len > longest.min(64 << 20) {
        return Err(Refused::whole(message!("archive_long_directory")));
    }
    let mut raw = vec![0; end.len as usize];
    fill(bytes, end.at, &mut raw)?;
    let (mut entries, mut at, mut total) = (Vec::with_capacity(end.count), 0, 0u64);
    for _ in 0..end.count {
        let (entry, len) = listed(raw.get(at..).unwrap_or_default())?;
        total += entry.bytes;
        entries.push(entry);
        at += len;
    }
    match () {
        () if at != raw.len() => Err(Refused::whole(message!("archive_full_directory"))),
        () if total > MOST_BYTES => {
            Err(Refused::whole(message!("archive_long_unpacked", most_bytes = MOST_BYTES)))
        }
        () => Ok(entries),
    }
}

fn listed(raw: &[u8]) -> Result<(Listed, usize), Refused> {
    let damaged = || Refused::whole(message!("archive_directory"));
    if raw.len() < CENTRAL_LEN || u32_at(raw, 0) != CENTRAL {
        return Err(damaged());
    }
    let [flags, method] = [8, 10].map(|i| u16_at(raw, i));
    let [name, extra, comment] = [28, 30, 32].map(|i| usize::from(u16_at(raw, i)));
    let name = raw.get(CENTRAL_LEN..CENTRAL_LEN + name).ok_or_else(damaged)?;
    let len = CENTRAL_LEN + name.len() + extra + comment;
    let name = read_name(name)?;
    let name_only = name.strip_suffix('/').unwrap_or(&name);
    if let Some(why) = refuse(name_only) {
        return Err(Refused::of(&name.escape_debug().to_string(), why));
    }
    let entry = Listed {
        folder: name.ends_with('/'),
        method: read_method(name_only, flags, method)?,
        crc: u32_at(raw, 16),
        packed: u32_at(raw, 20).into(),
        bytes: u32_at(raw, 24).into(),
        at: u32_at(raw, 42).into(),
        data: 0,
        name: name_only.into(),
    };
    check_entry(&entry, u16_at(raw, 4), u32_at(raw, 38))?;
    (raw.len() >= len).then_some((entry, len)).ok_or_else(damaged)
}

/// Reads a name as UTF-8, whatever its flag says: older code pages cannot be distinguished from each other.
fn read_name(name: &[u8]) -> Result<String, Refused> {
    let unread =
        || Refused::of(&String::from_utf8_lossy(name).escape_debug().to_string(), message!("entry_name"));
    String::from_utf8(name.into()).map_err(|_| unread())
}

fn read_method(name: &str, flags: u16, method: u16) -> Result<Method, Refused> {
    if flags & (1 | 1 << 6 | 1 << 13) != 0 {
        return Err(Refused::of(name, message!("entry_encrypted")));
    }
    match method {
        0 => Ok(Method::Stored),
        8 => Ok(Method::Deflated),
        other => Err(Refused::of(name, message!("entry_method", other = u32::from(other)))),
    }
}

/// Refuses links, devices, zip bombs and impossible lengths.
fn check_entry(entry: &Listed, made_by: u16, attributes: u32) -> Result<(), Refused> {
    let (unix, mode) = (matches!(made_by >> 8, 3 | 19), (attributes >> 16) & 0o170_000);
    let wanted = if entry.folder { 0o040_000 } else { 0o100_000 };
    let refused = |why: Message| Err(Refused::of(&entry.name, why));
    match () {
        () if unix && mode != 0 && mode != wanted => refused(message!("entry_link")),
        () if entry.folder && entry.bytes > 0 => refused(message!("entry_folder_bytes")),
        () if entry.bytes > MOST_FILE_BYTES => {
            refused(message!("entry_long", most_file_bytes = MOST_FILE_BYTES))
        }
        () if entry.method == Method::Stored && entry.packed != entry.bytes => {
            refused(message!("entry_two_lengths"))
        }
        () if entry.bytes > FREE_BYTES && entry.bytes / MOST_RATIO > entry.packed => {
            refused(message!("entry_bomb", most_ratio = MOST_RATIO))
        }
        () => Ok(()),
    }
}

/// Refuses two entries whose names are the same file on some systems, and a file that is also a folder.
fn refuse_duplicates(entries: &[Listed]) -> Result<(), Refused> {
    let mut seen = HashMap::with_capacity(entries.len());
    for entry in entries {
        if seen.insert(same_name(&entry.name), entry.folder).is_some() {
            return Err(Refused::of(&entry.name, message!("entry_same_name")));
        }
    }
    for entry in entries {
        let name = same_name(&entry.name);
        if name.match_indices('/').any(|(i, _)| seen.get(&name[..i]) == Some(&false)) {
            return Err(Refused::of(&entry.name, message!("entry_in_file")));
        }
    }
    Ok(())
}

/// Finds the offset of each entry's bytes. Refuses headers that contradict each other, and entries that overlap.
fn locate_bytes(bytes: &dyn ReadAt, entries: &mut [Listed], end: u64) -> Result<(), Refused> {
    for entry in entries.iter_mut() {
        entry.data = read_local(bytes, entry)?;
    }
    let mut order: Vec<&Listed> = entries.iter().collect();
    order.sort_by_key(|e| e.at);
    let ends = order.iter().skip(1).map(|e| e.at).chain([end]);
    match order.iter().zip(ends).find(|(e, next)| e.data + e.packed > *next) {
        Some((e, _)) => Err(Refused::of(&e.name, message!("entry_runs_on"))),
        None => Ok(()),
    }
}

fn read_local(bytes: &dyn ReadAt, entry: &Listed) -> Result<u64, Refused> {
    let damaged = |why| Refused::of(&entry.name, why);
    let mut raw = [0; LOCAL_LEN];
    fill(bytes, entry.at, &mut raw).map_err(|_| damaged(message!("entry_outside")))?;
    let mut name = vec![0; usize::from(u16_at(&raw, 26))];
    fill(bytes, entry.at + LOCAL_LEN as u64, &mut name).map_err(|_| damaged(message!("entry_outside")))?;
    let same = name.strip_suffix(b"/").unwrap_or(&name) == entry.name.as_bytes();
    let method = if entry.method == Method::Stored { 0 } else { 8 };
    if u32_at(&raw, 0) != LOCAL || !same || u16_at(&raw, 8) != method {
        return Err(damaged(message!("entry_headers")));
    }
    // With a data descriptor (flag 3) the CRC and lengths follow the bytes, and the local header has zeros.
    let later = u16_at(&raw, 6) & (1 << 3) != 0;
    let sums = [(14, u64::from(entry.crc)), (18, entry.packed), (22, entry.bytes)];
    if !later && sums.iter().any(|&(i, v)| u64::from(u32_at(&raw, i)) != v) {
        return Err(damaged(message!("entry_headers")));
    }
    Ok(entry.at + (LOCAL_LEN + name.len()) as u64 + u64::from(u16_at(&raw, 28)))
}

pub(super) fn fill(bytes: &dyn ReadAt, at: u64, mut into: &mut [u8]) -> io::Result<()> {
    let mut at = at;
    while !into.is_empty() {
        match bytes.read_at(at, into) {
            Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
            Ok(n) => {
                at += n as u64;
                into = &mut into[n..];
            }
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    Ok(())
}

fn u16_at(b: &[u8], i: usize) -> u16 {
    u16::from_le_bytes([b[i], b[i + 1]])
}

fn u32_at(b: &[u8], i: usize) -> u32 {
    u32::from_le_bytes([b[i], b[i + 1], b[i + 2], b[i + 3]])
}
