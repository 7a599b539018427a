//! Where a text is kept: in a row of its own or in a pack, and which place the next one of its history gets.

use crate::model::Digest;
use crate::store::{Store, StoreError, Tx};
use rusqlite::{OptionalExtension, Row};

/// How many texts hang on each other at the most, where they wait for a pack or no pack was found for them yet. More than
/// twice as many are never followed: a damaged file may have a ring.
pub(in crate::store) const DEEPEST: i64 = 1000;
/// How many texts a pack takes at the most.
const TEXTS: i64 = DEEPEST;
/// How many bytes of words a pack takes, or [`TIMES`] the length of its next text if that is more.
const WORDS: i64 = 4 << 20;
const TIMES: i64 = 4;
/// How many bytes of a pack may be written anew for one text that it takes in.
const WORTH: i64 = 16 << 10;

/// Which pack, and which place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) struct Place {
    pub pack: i64,
    pub nth: i64,
}

/// Where the bytes of a text are.
pub(in crate::store) enum TextPlace {
    /// In its own row.
    Alone(Vec<u8>),
    /// In a pack.
    Packed(Place),
    /// Nowhere: it was redacted.
    Nowhere,
}

/// What the row of a text says.
pub(in crate::store) struct Content {
    /// How long the text is, in bytes.
    pub bytes: usize,
    /// What it is a delta against, where it has a row of its own.
    pub base: Option<Digest>,
    /// How many texts it hangs on, as far as that is counted: where no pack was found for it.
    pub depth: i64,
    /// Whether its bytes are a delta, or what versions before 0.4 wrote.
    pub is_delta: bool,
    /// Where they are.
    pub kept: TextPlace,
    /// The place it has in a pack, or waits for.
    pub place: Option<Place>,
}

impl Content {
    fn of(row: &Row) -> rusqlite::Result<Self> {
        let place = match (row.get(5)?, row.get(6)?) {
            (Some(pack), Some(nth)) => Some(Place { pack, nth }),
            _ => None,
        };
        let kept = match (row.get(4)?, place) {
            (Some(packed), _) => TextPlace::Alone(packed),
            (None, Some(place)) => TextPlace::Packed(place),
            (None, None) => TextPlace::Nowhere,
        };
        Ok(Self {
            bytes: row.get::<_, i64>(0)? as usize,
            base: row.get::<_, Option<[u8; 32]>>(1)?.map(Digest),
            depth: row.get(2)?,
            is_delta: row.get::<_, i64>(3)? == 1,
            kept,
            place,
        })
    }

    /// Whether the text can be had.
    pub fn is_kept(&self) -> bool {
        !matches!(self.kept, TextPlace::Nowhere)
    }
}

/// Where the next text of a history goes.
pub(in crate::store) struct Spot {
    /// Its place; none where its base has none yet either.
    pub place: Option<Place>,
    /// How many texts it hangs on, where it has no place.
    pub depth: i64,
    /// How many bytes of words its pack has before it, about.
    pub words: i64,
}

impl Spot {
    /// Whether its base is in reach: in the same pack, or without a pack like itself.
    pub fn takes_base(&self) -> bool {
        self.depth > 0 || self.place.is_some_and(|p| p.nth > 0)
    }
}

impl Store {
    /// The row of the text of that hash.
    pub(in crate::store) fn content(&self, digest: &Digest) -> Result<Option<Content>, StoreError> {
        let sql = "SELECT bytes, base, depth, form, packed, pack, nth FROM content WHERE digest = ?1";
        Ok(self.db.prepare_cached(sql)?.query_row([digest.0], Content::of).optional()?)
    }

    /// The text at a place.
    pub(in crate::store) fn content_at(&self, place: Place) -> Result<Option<Digest>, StoreError> {
        let sql = "SELECT digest FROM content WHERE pack = ?1 AND nth = ?2";
        let mut row = self.db.prepare_cached(sql)?;
        Ok(row.query_row([place.pack, place.nth], |r| r.get(0)).optional()?.map(Digest))
    }

    /// Where a text goes whose base is `base`.
    pub(in crate::store) fn spot(&self, text: &str, base: Option<Digest>) -> Result<Spot, StoreError> {
        let base = base.map(|b| self.content(&b)).transpose()?.flatten().filter(Content::is_kept);
        match base {
            Some(Content { place: None, depth, .. }) if depth < DEEPEST => {
                Ok(Spot { place: None, depth: depth + 1, words: 0 })
            }
            Some(Content { place: Some(place), .. }) => self.spot_in(place.pack, text.len()),
            Some(_) | None => self.new_pack(),
        }
    }

    /// The place behind the last one of `pack`, or the first of a new pack where that one is full for a text of so many
    /// bytes.
    pub(in crate::store) fn spot_in(&self, pack: i64, bytes: usize) -> Result<Spot, StoreError> {
        let next = self.behind(pack)?;
        let has_room = next.words < WORDS.max(TIMES * bytes as i64);
        let nth = next.place.map_or(0, |p| p.nth);
        if nth < TEXTS && has_room { Ok(next) } else { self.new_pack() }
    }

    /// The first place of a new pack.
    pub(in crate::store) fn new_pack(&self) -> Result<Spot, StoreError> {
        let sql = "SELECT 1 + max((SELECT coalesce(max(pack), 0) FROM content), (SELECT coalesce(max(seq), 0) FROM pack))";
        let pack = self.db.prepare_cached(sql)?.query_row([], |r| r.get(0))?;
        Ok(Spot { place: Some(Place { pack, nth: 0 }), depth: 0, words: 0 })
    }

    /// The place behind the last one of `pack`, full or not. The last texts of a pack may be erased: their places are not
    /// given again.
    pub(in crate::store) fn behind(&self, pack: i64) -> Result<Spot, StoreError> {
        let sql = "SELECT nth + 1, words FROM content WHERE pack = ?1 ORDER BY nth DESC LIMIT 1";
        let last =
            self.db.prepare_cached(sql)?.query_row([pack], |r| Ok((r.get(0)?, r.get(1)?))).optional()?;
        let (nth, words): (i64, i64) = last.unwrap_or((0, 0));
        let place = Place { pack, nth: nth.max(self.taken(pack)?) };
        Ok(Spot { place: Some(place), depth: 0, words })
    }

    /// How many places a pack has.
    pub(in crate::store) fn taken(&self, pack: i64) -> Result<i64, StoreError> {
        Ok(self.pack_size(pack)?.0)
    }

    /// How many places a pack has, and how many bytes it takes; none of both where it is not there yet.
    fn pack_size(&self, pack: i64) -> Result<(i64, i64), StoreError> {
        let sql = "SELECT texts, length(packed) FROM pack WHERE seq = ?1";
        let size = self.db.prepare_cached(sql)?.query_row([pack], |r| Ok((r.get(0)?, r.get(1)?)));
        Ok(size.optional()?.unwrap_or((0, 0)))
    }
}

impl Tx<'_> {
    /// Notes a pack to be made anew, where so many texts wait for it, the last of them at `last`, that it is worth it.
    pub(in crate::store) fn mark_if_due(&self, last: Place) -> Result<(), StoreError> {
        let (texts, bytes) = self.pack_size(last.pack)?;
        if WORTH * (last.nth + 1 - texts) > bytes {
            self.mark_due(last.pack)?;
        }
        Ok(())
    }

    /// Notes a pack to be made anew.
    pub(in crate::store) fn mark_due(&self, pack: i64) -> Result<(), StoreError> {
        self.db.prepare_cached("INSERT OR IGNORE INTO pack_due VALUES (?1)")?.execute([pack])?;
        Ok(())
    }
}
