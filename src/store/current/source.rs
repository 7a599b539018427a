//! The table `current_source`: one row for each source that was not undone.

use super::super::{Store, StoreError, Tx, journal::actions::uuid};
use super::words::SOURCES;
use crate::model::{Moment, SourceId};
use rusqlite::{OptionalExtension, Row, params};

/// What a source is found and sorted by. Its details are read from its chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRow {
    /// Which.
    pub source: SourceId,
    /// Its number.
    pub number: i64,
    /// Its title.
    pub title: String,
    /// The words it is found by, in lower case, one line each.
    pub words: String,
    /// A normal form of its title, which is the same for the same source on other desks.
    pub same: String,
    /// When it last changed.
    pub touched: Moment,
}

impl Store {
    /// The row of a source, and how many pieces of evidence use it.
    pub fn source_row(&self, source: SourceId) -> Result<Option<(SourceRow, i64)>, StoreError> {
        let sql =
            "SELECT source, number, title, words, same, touched, uses FROM current_source WHERE source = ?1";
        Ok(self
            .db
            .prepare_cached(sql)?
            .query_row([source.bytes()], |r| Ok((read(r)?, r.get(6)?)))
            .optional()?)
    }

    /// The sources that seem to have a DOI or an ISBN, in the order of their numbers. It reads all sources.
    pub fn numbered_sources(&self) -> Result<Vec<SourceId>, StoreError> {
        let sql = "SELECT source FROM current_source WHERE words LIKE '%10.%/%' OR words LIKE '%isbn%' ORDER BY number";
        let mut rows = self.db.prepare_cached(sql)?;
        let row = |r: &Row| Ok(SourceId(uuid(r.get(0)?)));
        Ok(rows.query_map([], row)?.collect::<Result<_, _>>()?)
    }

    /// The sources whose titles have this normal form, in the order of their numbers.
    pub fn same_sources(&self, same: &str) -> Result<Vec<SourceId>, StoreError> {
        let sql = "SELECT source FROM current_source WHERE same = ?1 ORDER BY number";
        let mut rows = self.db.prepare_cached(sql)?;
        let row = |r: &Row| Ok(SourceId(uuid(r.get(0)?)));
        Ok(rows.query_map([same], row)?.collect::<Result<_, _>>()?)
    }
}

fn read(r: &Row) -> rusqlite::Result<SourceRow> {
    Ok(SourceRow {
        source: SourceId(uuid(r.get(0)?)),
        number: r.get(1)?,
        title: r.get(2)?,
        words: r.get(3)?,
        same: r.get(4)?,
        touched: Moment(r.get(5)?),
    })
}

impl Tx<'_> {
    /// Writes a source's row and replaces the old one.
    pub fn put_source(&self, s: &SourceRow) -> Result<(), StoreError> {
        let previous = self.source_row(s.source)?.map(|(row, _)| row);
        if previous.as_ref() == Some(s) {
            return Ok(());
        }
        let sql = "INSERT INTO current_source (source, number, title, sort, words, same, touched, uses) \
                   VALUES (?1,?2,?3,?4,?5,?6,?7, (SELECT count(*) FROM current_evidence WHERE source = ?1)) \
                   ON CONFLICT (source) DO UPDATE SET number=excluded.number, title=excluded.title, sort=excluded.sort, \
                     words=excluded.words, same=excluded.same, touched=excluded.touched RETURNING id";
        let values = params![
            s.source.bytes(),
            s.number,
            s.title,
            s.title.to_lowercase(),
            s.words,
            s.same,
            s.touched.0
        ];
        let id: i64 = self.db.prepare_cached(sql)?.query_row(values, |r| r.get(0))?;
        match previous.is_none_or(|w| w.words != s.words) {
            true => self.put_words(id, &SOURCES, Some(&s.words)),
            false => Ok(()),
        }
    }

    /// Removes a source's row.
    pub fn drop_source(&self, source: SourceId) -> Result<(), StoreError> {
        let sql = "DELETE FROM current_source WHERE source = ?1 RETURNING id";
        let id: Option<i64> =
            self.db.prepare_cached(sql)?.query_row([source.bytes()], |r| r.get(0)).optional()?;
        id.map_or(Ok(()), |id| self.put_words(id, &SOURCES, None))
    }
}
