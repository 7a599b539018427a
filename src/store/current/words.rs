//! The words that articles, claims and sources are found by: the index `current_words`, and which rows contain some words.
//!
//! The index finds few rows at once. If many contain the words, reading the list in its order finds a page sooner.

use super::super::{Store, StoreError, Tx};
use rusqlite::{Connection, Error, functions::FunctionFlags, params, types::Value};
use std::cmp::Reverse;

/// A list: its table, its column in `current_words`, and its columns of text.
pub(super) struct List {
    pub(super) table: &'static str,
    kind: i64,
    texts: &'static [&'static str],
}

pub(super) const ARTICLES: List = List { table: "current_article", kind: 0, texts: &["headline"] };
pub(super) const CLAIMS: List = List { table: "current_claim", kind: 1, texts: &["words", "assertion"] };
pub(super) const SOURCES: List = List { table: "current_source", kind: 2, texts: &["words"] };

/// The index knows words of so many letters and more.
const LEAST_LETTERS: usize = 3;

/// So many rows are few in any list. It is about a page.
const FEW: i64 = 50;

/// In a longer list one row in so many is few. Where more contain the words, a page of 50 is full after 5,000 rows on
/// average, or earlier.
const ONE_IN: i64 = 100;

/// Few rows that contain some words.
pub(super) struct Few<'w> {
    /// The ids of the rows.
    pub(super) ids: Vec<Value>,
    /// The words that they may lack.
    pub(super) unread: Vec<&'w str>,
}

impl List {
    /// The condition that a row contains a word. `?` marks the word in the form of [`folded`].
    pub(super) fn holds(&self) -> String {
        let any: Vec<String> = self.texts.iter().map(|t| format!("holds({t}, ?)")).collect();
        format!("({})", any.join(" OR "))
    }
}

/// A text without the difference of capital and small letters.
pub(super) fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    // The small sigma has another form at the end of a word.
    text.chars().flat_map(char::to_lowercase).map(|c| if c == 'ς' { 'σ' } else { c }).collect()
}

/// Whether the index knows a word.
pub(super) fn is_indexed(word: &str) -> bool {
    word.chars().nth(LEAST_LETTERS - 1).is_some()
}

/// Gives SQLite the function `holds(text, word)`: whether a text contains a word that is folded.
pub(in crate::store) fn add_functions(db: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    db.create_scalar_function("holds", 2, flags, |given| {
        let word = given.get_raw(1).as_str().map_err(|e| Error::UserFunctionError(e.into()))?;
        // A claim may have no words or no assertion.
        Ok(given.get_raw(0).as_str().is_ok_and(|text| folded(text).contains(word)))
    })
}

impl Store {
    /// Finds few rows with these words, each of them [`is_indexed`]. `None` if there are no words, or if many rows contain
    /// them.
    pub(super) fn few_with<'w>(&self, list: &List, words: &[&'w str]) -> Result<Option<Few<'w>>, StoreError> {
        if words.is_empty() {
            return Ok(None);
        }
        let last = format!("SELECT coalesce(max(id), 0) FROM {}", list.table);
        let last: i64 = self.db.prepare_cached(&last)?.query_row([], |r| r.get(0))?;
        // One rare word is enough. To look for several, the index goes through all rows of the frequent ones.
        for word in rarest_first(words) {
            if let Some(ids) = self.rows_with(list, &[word], last, FEW)? {
                let unread = words.iter().copied().filter(|w| *w != word).collect();
                return Ok(Some(Few { ids, unread }));
            }
        }
        let found = self.rows_with(list, words, last, FEW.max(last / ONE_IN))?;
        Ok(found.map(|ids| Few { ids, unread: Vec::new() }))
    }

    /// The ids of the rows up to `last` that contain all of these words. `None` if they are more than `most`.
    fn rows_with(
        &self,
        list: &List,
        words: &[&str],
        last: i64,
        most: i64,
    ) -> Result<Option<Vec<Value>>, StoreError> {
        // The search ends behind the last row of the list, and does not go on through the words of larger lists.
        let sql = "SELECT rowid / 4 FROM current_words WHERE current_words MATCH ?1 AND rowid % 4 = ?2 AND rowid <= ?3 LIMIT ?4";
        let mut rows = self.db.prepare_cached(sql)?;
        let bounds = params![quoted(words), list.kind, last * 4 + list.kind, most + 1];
        let found = rows.query_map(bounds, |r| r.get(0))?.collect::<Result<Vec<_>, _>>()?;
        Ok((found.len() as i64 <= most).then_some(found))
    }
}

/// Several words, those first that are probably rare: numbers, then long ones. None for a word alone: all of it is asked at once.
fn rarest_first<'w>(words: &[&'w str]) -> Vec<&'w str> {
    let mut sorted = if words.len() > 1 { words.to_vec() } else { Vec::new() };
    sorted.sort_by_key(|w| (!w.contains(|c: char| c.is_numeric()), Reverse(w.chars().count())));
    sorted
}

/// Words as the index is asked for them.
fn quoted(words: &[&str]) -> String {
    let each: Vec<String> = words.iter().map(|w| format!("\"{}\"", w.replace('"', "\"\""))).collect();
    each.join(" AND ")
}

impl Tx<'_> {
    /// Writes the words that a thing is found by, or removes them. `id` is the id of its row.
    pub(super) fn put_words(&self, id: i64, list: &List, words: Option<&str>) -> Result<(), StoreError> {
        let row = id * 4 + list.kind;
        self.db.prepare_cached("DELETE FROM current_words WHERE rowid = ?1")?.execute([row])?;
        if let Some(words) = words {
            let column = ["article", "claim", "source"][list.kind as usize];
            let sql = format!("INSERT INTO current_words (rowid, {column}) VALUES (?1, ?2)");
            self.db.prepare_cached(&sql)?.execute(params![row, words])?;
        }
        Ok(())
    }

    /// Removes deleted words from the index. SQLite only marks them as deleted until parts of the index are merged.
    pub fn compact_words(&self) -> Result<(), StoreError> {
        Ok(self.db.execute_batch("INSERT INTO current_words (current_words) VALUES ('optimize')")?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_in_every_language_and_sought_from_three_letters_on() {
        assert_eq!(folded("District ÜBER Straße"), "district über straße");
        assert_eq!(folded("ΟΔΟΣ"), folded("οδος"));
        assert!(folded("ΟΔΟΣΑ").contains(&folded("ΟΔΟΣ")));
        assert_eq!(["ab", "abc", "大学", "大学の"].map(is_indexed), [false, true, false, true]);
    }
}
