//! The parts of a Word file: a zip archive of XML with relationships between them. Nothing outside of it is opened.

use super::xml::Xml;
use crate::{
    formats::{article::ReadError, bundle::archive::Archive},
    messages::{Message, message},
    model::{FileKind, Tree},
};
use std::{
    cell::Cell,
    collections::HashMap,
    io::{self, Read},
};

/// The longest part, in bytes.
const LONGEST_PART: u64 = 64 << 20;
/// How many bytes all parts that are read may have together.
const MOST_BYTES: u64 = 256 << 20;

/// A Word file as its parts.
pub struct Package<'b> {
    archive: Archive<'b>,
    left: Cell<u64>,
}

/// How one part names another, or an address outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// The last step of its type: `comments`, `image`, `hyperlink`.
    pub kind: String,
    /// The path of the part, or the address.
    pub target: String,
    /// Whether it names an address outside of the file.
    pub is_outside: bool,
}

/// The relations of a part by their ids.
pub type Relations = HashMap<String, Relation>;

/// The error of a file that cannot be read, with what is wrong and what to do.
pub fn unreadable(why: Message) -> ReadError {
    ReadError::Unreadable { kind: FileKind::Docx, why }
}

impl<'b> Package<'b> {
    /// Opens a file. Fails if it is no sound zip archive.
    pub fn open(bytes: &'b &'b [u8]) -> Result<Self, ReadError> {
        match Archive::open(bytes) {
            Ok(Some(archive)) => Ok(Self { archive, left: Cell::new(MOST_BYTES) }),
            Ok(None) => Err(unreadable(message!("word_no_archive"))),
            Err(why) => Err(unreadable(message!("word_archive", why = why.message()))),
        }
    }

    /// Whether there is a part with that path.
    pub fn has(&self, path: &str) -> bool {
        self.archive.entries().binary_search_by(|e| e.path.as_str().cmp(path)).is_ok()
    }

    /// The bytes of a part; `None` if there is none. Fails if it is damaged or too long.
    pub fn bytes(&self, path: &str) -> Result<Option<Vec<u8>>, ReadError> {
        if !self.has(path) {
            return Ok(None);
        }
        let most = LONGEST_PART.min(self.left.get());
        let mut bytes = Vec::new();
        let read = self.archive.open(path).and_then(|part| part.take(most + 1).read_to_end(&mut bytes));
        match read {
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(unreadable(message!("word_part_damaged", path = path, e = e.to_string()))),
            Ok(_) if bytes.len() as u64 > most => Err(unreadable(message!(
                "word_part_long",
                path = path,
                part = LONGEST_PART >> 20,
                all = MOST_BYTES >> 20
            ))),
            Ok(n) => {
                self.left.set(self.left.get().saturating_sub(n as u64));
                Ok(Some(bytes))
            }
        }
    }

    /// A part as XML; `None` if there is none. Fails if it is damaged.
    pub fn xml(&self, path: &str) -> Result<Option<Xml>, ReadError> {
        let Some(bytes) = self.bytes(path)? else { return Ok(None) };
        let damaged = |why| unreadable(message!("word_part_unread", path = path, why = why));
        Xml::read(&bytes).map(Some).map_err(damaged)
    }

    /// The relations of the part at `path`; of the whole file for an empty path.
    pub fn relations(&self, path: &str) -> Result<Relations, ReadError> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let slash = if folder.is_empty() { "" } else { "/" };
        let Some(xml) = self.xml(&format!("{folder}{slash}_rels/{name}.rels"))? else {
            return Ok(Relations::new());
        };
        let all = xml.root().children().filter_map(|r| {
            let is_outside = r.attribute("TargetMode") == Some("External");
            let target = r.attribute("Target")?;
            let target = if is_outside { target.to_owned() } else { resolved(folder, target) };
            let kind = r.attribute("Type")?.rsplit('/').next()?.to_owned();
            Some((r.attribute("Id")?.to_owned(), Relation { kind, target, is_outside }))
        });
        Ok(all.collect())
    }
}

/// The path of a part that a part in `folder` names.
fn resolved(folder: &str, target: &str) -> String {
    let (from, target) = target.strip_prefix('/').map_or((folder, target), |rest| ("", rest));
    let mut steps = from.split('/').filter(|s| !s.is_empty()).collect::<Vec<_>>();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            _ => steps.push(step),
        }
    }
    steps.join("/")
}

/// The first relation of that kind within the file.
pub fn of_kind<'r>(relations: &'r Relations, kind: &str) -> Option<&'r str> {
    let mut found = relations
        .values()
        .filter(|r| r.kind == kind && !r.is_outside)
        .map(|r| r.target.as_str())
        .collect::<Vec<_>>();
    found.sort_unstable();
    found.first().copied()
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn targets_are_relative_to_the_part_and_stay_in_the_file() {
        assert_eq!(resolved("word", "media/a.png"), "word/media/a.png");
        assert_eq!(resolved("word", "/word/comments.xml"), "word/comments.xml");
        assert_eq!(resolved("word", "../../../docProps/./core.xml"), "docProps/core.xml");
    }
}
