//! Malicious archives: a small writer that can put false values in every part of an archive.

use flate2::{Compression, write::DeflateEncoder};
use std::io::Write;

/// One entry, as its headers describe it.
#[derive(Clone)]
pub struct Item {
    pub name: Vec<u8>,
    pub data: Vec<u8>,
    /// Compressed with deflate.
    pub deflate: bool,
    /// A false length for the headers.
    pub stated_length: Option<u32>,
    pub attributes: u32,
    pub flags: u16,
    /// Another name for the local header.
    pub local: Option<Vec<u8>>,
    /// A false offset for the directory.
    pub at: Option<u32>,
}

pub fn item(name: &str, data: &[u8]) -> Item {
    Item {
        name: name.into(),
        data: data.into(),
        deflate: false,
        stated_length: None,
        attributes: 0o100_644 << 16,
        flags: 0,
        local: None,
        at: None,
    }
}

fn packed(item: &Item) -> Vec<u8> {
    let mut out = DeflateEncoder::new(Vec::new(), Compression::best());
    out.write_all(&item.data).unwrap();
    if item.deflate { out.finish().unwrap() } else { item.data.clone() }
}

fn common(item: &Item, packed: &[u8], name: &[u8], out: &mut Vec<u8>) {
    let method = if item.deflate { 8u16 } else { 0 };
    for v in [20, item.flags, method, 0x4321, 0x5678] {
        out.extend(v.to_le_bytes());
    }
    let stated_length = item.stated_length.unwrap_or(item.data.len() as u32);
    for v in [crc32fast::hash(&item.data), packed.len() as u32, stated_length] {
        out.extend(v.to_le_bytes());
    }
    out.extend((name.len() as u16).to_le_bytes());
    out.extend(0u16.to_le_bytes());
}

/// The archive of these entries.
pub fn zip(items: &[Item]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for item in items {
        let (packed, at) = (packed(item), out.len() as u32);
        let local = item.local.as_ref().unwrap_or(&item.name);
        out.extend(b"PK\x03\x04");
        common(item, &packed, local, &mut out);
        out.extend(local);
        out.extend(&packed);
        directory.extend(b"PK\x01\x02\x14\x03");
        common(item, &packed, &item.name, &mut directory);
        directory.extend([0; 6]);
        directory.extend(item.attributes.to_le_bytes());
        directory.extend(item.at.unwrap_or(at).to_le_bytes());
        directory.extend(&item.name);
    }
    let (at, count) = (out.len() as u32, (items.len() as u16).to_le_bytes());
    out.extend(&directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count.iter().chain(&count));
    out.extend((directory.len() as u32).to_le_bytes());
    out.extend(at.to_le_bytes());
    out.extend([0; 2]);
    out
}

/// A sound small bag of version 1.0, as entries below `top`.
pub fn small_bag(top: &str) -> Vec<Item> {
    let sum = tickmark::model::Digest::of(b"hello").to_string();
    vec![
        item(&format!("{top}bagit.txt"), tickmark::formats::bundle::bag::DECLARATION.as_bytes()),
        item(&format!("{top}manifest-sha256.txt"), format!("{sum}  data/hello.txt\n").as_bytes()),
        item(&format!("{top}data/hello.txt"), b"hello"),
    ]
}
