//! The tables `draft` and `import_draft`: text that is typed and not saved, and files that are reviewed and not imported.

use super::{
    Store, StoreError,
    journal::actions::uuid,
    seal::{is_intact, row_digest},
};
use crate::model::{ArticleId, Moment, RevisionId};
use rusqlite::{OptionalExtension, Row, params, types::ValueRef};
use uuid::Uuid;

/// Text that was typed and not saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The article.
    pub article: ArticleId,
    /// The revision it was typed on.
    pub base: RevisionId,
    /// The whole text.
    pub text: String,
    /// The editor's change set against the base, as the page sent it.
    pub changes: Option<String>,
    /// When it was stored.
    pub at: Moment,
}

/// A file that is reviewed as an article and not imported yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportDraft {
    /// Its id.
    pub id: Uuid,
    /// The file's name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Store {
    /// Stores a draft and replaces the article's earlier one.
    pub fn save_draft(&self, d: &Draft) -> Result<(), StoreError> {
        let (article, base, at) = (d.article.bytes(), d.base.bytes(), d.at.to_string());
        let changes = d.changes.as_ref().map_or(ValueRef::Null, |c| ValueRef::Text(c.as_bytes()));
        let digest = row_digest(&[
            ValueRef::Blob(&article),
            ValueRef::Blob(&base),
            ValueRef::Text(d.text.as_bytes()),
            changes,
            ValueRef::Text(at.as_bytes()),
        ]);
        let sql = "INSERT OR REPLACE INTO draft (article, base, text, changes, at, digest) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        self.db.prepare_cached(sql)?.execute(params![article, base, d.text, d.changes, at, digest.0])?;
        Ok(())
    }

    /// The draft of an article; `None` if there is none or it is damaged.
    pub fn draft(&self, article: ArticleId) -> Result<Option<Draft>, StoreError> {
        let row = |r: &Row| {
            if !is_intact(r, 5)? {
                return Ok(None);
            }
            let at = r.get::<_, String>(4)?.parse().unwrap_or_default();
            let base = RevisionId(uuid(r.get(1)?));
            Ok(Some(Draft { article, base, text: r.get(2)?, changes: r.get(3)?, at }))
        };
        let sql = "SELECT article, base, text, changes, at, digest FROM draft WHERE article = ?1";
        Ok(self.db.prepare_cached(sql)?.query_row([article.bytes()], row).optional()?.flatten())
    }

    /// Whether an article has a draft.
    pub fn has_draft(&self, article: ArticleId) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM draft WHERE article = ?1)";
        Ok(self.db.prepare_cached(sql)?.query_row([article.bytes()], |r| r.get(0))?)
    }

    /// Removes the draft of an article.
    pub fn drop_draft(&self, article: ArticleId) -> Result<(), StoreError> {
        self.db.prepare_cached("DELETE FROM draft WHERE article = ?1")?.execute([article.bytes()])?;
        Ok(())
    }

    /// Stores a reviewed file with the time `now`.
    pub fn save_import(&self, d: &ImportDraft, now: Moment) -> Result<(), StoreError> {
        let digest = row_digest(&[
            ValueRef::Blob(d.id.as_bytes()),
            ValueRef::Text(d.name.as_bytes()),
            ValueRef::Blob(&d.bytes),
            ValueRef::Integer(now.0),
        ]);
        let sql =
            "INSERT OR REPLACE INTO import_draft (id, name, bytes, at, digest) VALUES (?1, ?2, ?3, ?4, ?5)";
        self.db.prepare_cached(sql)?.execute(params![d.id.as_bytes(), d.name, d.bytes, now.0, digest.0])?;
        Ok(())
    }

    /// A reviewed file; `None` if there is none or it is damaged.
    pub fn import_draft(&self, id: Uuid) -> Result<Option<ImportDraft>, StoreError> {
        let row = |r: &Row| {
            let draft = |r: &Row| Ok(ImportDraft { id, name: r.get(1)?, bytes: r.get(2)? });
            if is_intact(r, 4)? { draft(r).map(Some) } else { Ok(None) }
        };
        let sql = "SELECT id, name, bytes, at, digest FROM import_draft WHERE id = ?1";
        Ok(self.db.prepare_cached(sql)?.query_row([id.as_bytes()], row).optional()?.flatten())
    }

    /// Removes the reviewed files that were stored before `then`, and returns how many there were.
    pub fn drop_imports_before(&self, then: Moment) -> Result<usize, StoreError> {
        Ok(self.db.prepare_cached("DELETE FROM import_draft WHERE at < ?1")?.execute([then.0])?)
    }

    /// The ids of all reviewed files.
    pub fn import_drafts(&self) -> Result<Vec<Uuid>, StoreError> {
        let mut rows = self.db.prepare_cached("SELECT id FROM import_draft")?;
        let ids = rows.query_map([], |r| Ok(uuid(r.get(0)?)))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// Removes a reviewed file.
    pub fn drop_import(&self, id: Uuid) -> Result<(), StoreError> {
        self.db.prepare_cached("DELETE FROM import_draft WHERE id = ?1")?.execute([id.as_bytes()])?;
        Ok(())
    }
}
