//! Where a text is stored: in a row of its own or in a pack. Also finds the place of the next text of a history.

use crate::model::Digest;
use crate::store::{Store, StoreError, Tx};
use rusqlite::{OptionalExtension, Row};

/// The longest delta chain of texts outside packs. A damaged file may have a cycle, so no chain of more than twice this
/// length is followed.
pub(in crate::store) const LONGEST_CHAIN: i64 = 1000;
/// The most texts in a pack.
const PACK_TEXTS: i64 = LONGEST_CHAIN;
/// A pack is full at this many bytes of words, or at [`PACK_WORDS_PER_LENGTH`] times the length of its next text if that is
/// more.
const PACK_WORDS: i64 = 4 << 20;
const PACK_WORDS_PER_LENGTH: i64 = 4;
/// How many bytes of a pack may be rewritten for each text that is added.
const REWRITTEN_PER_TEXT: i64 = 16 << 10;

/// A pack and a place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) struct Place {
    pub pack: i64,
    pub nth: i64,
}

/// Where the bytes of a text are.
pub(in crate::store) enum TextPlace {
    /// In its own row.
    OwnRow(Vec<u8>),
    /// In a pack.
    Packed(Place),
    /// Gone: it was redacted.
    Erased,
}

/// The row of a text.
pub(in crate::store) struct Content {
    /// The length of the text, in bytes.
    pub bytes: usize,
    /// The text that it is a delta against, if it has a row of its own.
    pub base: Option<Digest>,
    /// The length of its delta chain, which is counted only while it has no pack.
    pub depth: i64,
    /// Whether its bytes are a delta; else they have the form of versions before 0.4.
    pub is_delta: bool,
    /// Where its bytes are.
    pub stored: TextPlace,
    /// Its place in a pack, or the place that it will get.
    pub place: Option<Place>,
}

impl Content {
    fn of(row: &Row) -> rusqlite::Result<Self> {
        let place = match (row.get(5)?, row.get(6)?) {
            (Some(pack), Some(nth)) => Some(Place { pack, nth }),
            _ => None,
        };
        let stored = match (row.get(4)?, place) {
            (Some(packed), _) => TextPlace::OwnRow(packed),
            (None, Some(place)) => TextPlace::Packed(place),
            (None, None) => TextPlace::Erased,
        };
        Ok(Self {
            bytes: row.get::<_, i64>(0)? as usize,
            base: row.get::<_, Option<[u8; 32]>>(1)?.map(Digest),
            depth: row.get(2)?,
            is_delta: row.get::<_, i64>(3)? == 1,
            stored,
            place,
        })
    }

    /// Whether the text is stored.
    pub fn is_stored(&self) -> bool {
        !matches!(self.stored, TextPlace::Erased)
    }
}

/// The place of the next text of a history.
pub(in crate::store) struct NextPlace {
    /// Its place; `None` if its base has none yet either.
    pub place: Option<Place>,
    /// The length of its delta chain, if it has no place.
    pub depth: i64,
    /// About how many bytes of words its pack has before it.
    pub words: i64,
}

impl NextPlace {
    /// Whether it can be a delta against its base: both are in the same pack, or both have none.
    pub fn can_use_base(&self) -> bool {
        self.depth > 0 || self.place.is_some_and(|p| p.nth > 0)
    }
}

impl Store {
    /// The row of the text of that hash.
    pub(in crate::store) fn content(&self, digest: &Digest) -> Result<Option<Content>, StoreError> {
        let sql = "SELECT bytes, base, depth, form, packed, pack, nth FROM content WHERE digest = ?1";
        Ok(self.db.prepare_cached(sql)?.query_row([digest.0], Content::of).optional()?)
    }

    /// The hash of the text at a place.
    pub(in crate::store) fn content_at(&self, place: Place) -> Result<Option<Digest>, StoreError> {
        let sql = "SELECT digest FROM content WHERE pack = ?1 AND nth = ?2";
        let mut row = self.db.prepare_cached(sql)?;
        Ok(row.query_row([place.pack, place.nth], |r| r.get(0)).optional()?.map(Digest))
    }

    /// The place of a new text with that base.
    pub(in crate::store) fn next_place(
        &self,
        text: &str,
        base: Option<Digest>,
    ) -> Result<NextPlace, StoreError> {
        let base = base.map(|b| self.content(&b)).transpose()?.flatten().filter(Content::is_stored);
        match base {
            Some(Content { place: None, depth, .. }) if depth < LONGEST_CHAIN => {
                Ok(NextPlace { place: None, depth: depth + 1, words: 0 })
            }
            Some(Content { place: Some(place), .. }) => self.next_place_in(place.pack, text.len()),
            Some(_) | None => self.new_pack(),
        }
    }

    /// The place after the last one of `pack`, or the first of a new pack if `pack` has no space for a text of `bytes`
    /// bytes.
    pub(in crate::store) fn next_place_in(&self, pack: i64, bytes: usize) -> Result<NextPlace, StoreError> {
        let next = self.end_of_pack(pack)?;
        let has_space = next.words < PACK_WORDS.max(PACK_WORDS_PER_LENGTH * bytes as i64);
        let nth = next.place.map_or(0, |p| p.nth);
        if nth < PACK_TEXTS && has_space { Ok(next) } else { self.new_pack() }
    }

    /// The first place of a new pack.
    pub(in crate::store) fn new_pack(&self) -> Result<NextPlace, StoreError> {
        let sql = "SELECT 1 + max((SELECT coalesce(max(pack), 0) FROM content), (SELECT coalesce(max(seq), 0) FROM pack))";
        let pack = self.db.prepare_cached(sql)?.query_row([], |r| r.get(0))?;
        Ok(NextPlace { place: Some(Place { pack, nth: 0 }), depth: 0, words: 0 })
    }

    /// The place after the last one of `pack`, full or not. Places of erased texts are not used again.
    pub(in crate::store) fn end_of_pack(&self, pack: i64) -> Result<NextPlace, StoreError> {
        let sql = "SELECT nth + 1, words FROM content WHERE pack = ?1 ORDER BY nth DESC LIMIT 1";
        let last =
            self.db.prepare_cached(sql)?.query_row([pack], |r| Ok((r.get(0)?, r.get(1)?))).optional()?;
        let (nth, words): (i64, i64) = last.unwrap_or((0, 0));
        let place = Place { pack, nth: nth.max(self.place_count(pack)?) };
        Ok(NextPlace { place: Some(place), depth: 0, words })
    }

    /// The number of places of a pack.
    pub(in crate::store) fn place_count(&self, pack: i64) -> Result<i64, StoreError> {
        Ok(self.pack_size(pack)?.0)
    }

    /// The number of places of a pack, and its length in bytes; both 0 if it does not exist yet.
    fn pack_size(&self, pack: i64) -> Result<(i64, i64), StoreError> {
        let sql = "SELECT texts, length(packed) FROM pack WHERE seq = ?1";
        let size = self.db.prepare_cached(sql)?.query_row([pack], |r| Ok((r.get(0)?, r.get(1)?)));
        Ok(size.optional()?.unwrap_or((0, 0)))
    }
}

impl Tx<'_> {
    /// Marks a pack for a rebuild if enough texts wait for it. `last` is the place of the last of them.
    pub(in crate::store) fn mark_if_due(&self, last: Place) -> Result<(), StoreError> {
        let (texts, bytes) = self.pack_size(last.pack)?;
        if REWRITTEN_PER_TEXT * (last.nth + 1 - texts) > bytes {
            self.mark_due(last.pack)?;
        }
        Ok(())
    }

    /// Marks a pack for a rebuild.
    pub(in crate::store) fn mark_due(&self, pack: i64) -> Result<(), StoreError> {
        self.db.prepare_cached("INSERT OR IGNORE INTO pack_due VALUES (?1)")?.execute([pack])?;
        Ok(())
    }
}
