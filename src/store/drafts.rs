//! The tables `draft` and `import_draft`: what is typed and not saved, and what is looked at and not brought in.

use super::{Store, StoreError, actions::uuid};
use crate::model::{ArticleId, Moment, RevisionId};
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

/// What was typed and not saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Of which article.
    pub article: ArticleId,
    /// The revision it was typed on.
    pub base: RevisionId,
    /// The whole text.
    pub text: String,
    /// The composed change set against the base, as the page wrote it.
    pub changes: Option<String>,
    /// When it was kept.
    pub at: Moment,
}

/// Bytes that were looked at as an article and not brought in yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportDraft {
    /// Its id.
    pub id: Uuid,
    /// The file's name.
    pub name: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl Store {
    /// Keeps what is typed, in place of what was kept before.
    pub fn keep_draft(&self, d: &Draft) -> Result<(), StoreError> {
        self.db
            .prepare_cached(
                "INSERT OR REPLACE INTO draft (article, base, text, changes, at) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![d.article.bytes(), d.base.bytes(), d.text, d.changes, d.at.to_string()])?;
        Ok(())
    }

    /// What is typed on an article and not saved.
    pub fn draft(&self, article: ArticleId) -> Result<Option<Draft>, StoreError> {
        let row = |r: &rusqlite::Row| {
            let base = RevisionId(uuid(r.get(0)?));
            Ok((base, r.get::<_, String>(1)?, r.get::<_, Option<String>>(2)?, r.get::<_, String>(3)?))
        };
        let sql = "SELECT base, text, changes, at FROM draft WHERE article = ?1";
        let found = self.db.prepare_cached(sql)?.query_row([article.bytes()], row).optional()?;
        Ok(found.map(|(base, text, changes, at)| {
            let at = at.parse().unwrap_or_default();
            Draft { article, base, text, changes, at }
        }))
    }

    /// Whether something is typed on an article and not saved.
    pub fn has_draft(&self, article: ArticleId) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM draft WHERE article = ?1)";
        Ok(self.db.prepare_cached(sql)?.query_row([article.bytes()], |r| r.get(0))?)
    }

    /// Forgets what is typed on an article.
    pub fn drop_draft(&self, article: ArticleId) -> Result<(), StoreError> {
        self.db.prepare_cached("DELETE FROM draft WHERE article = ?1")?.execute([article.bytes()])?;
        Ok(())
    }

    /// Keeps bytes that are looked at.
    pub fn keep_import(&self, d: &ImportDraft) -> Result<(), StoreError> {
        let sql = "INSERT OR REPLACE INTO import_draft (id, name, bytes) VALUES (?1, ?2, ?3)";
        self.db.prepare_cached(sql)?.execute(params![d.id.as_bytes(), d.name, d.bytes])?;
        Ok(())
    }

    /// Bytes that are looked at.
    pub fn import_draft(&self, id: Uuid) -> Result<Option<ImportDraft>, StoreError> {
        let row = |r: &rusqlite::Row| Ok(ImportDraft { id, name: r.get(0)?, bytes: r.get(1)? });
        let sql = "SELECT name, bytes FROM import_draft WHERE id = ?1";
        Ok(self.db.prepare_cached(sql)?.query_row([id.as_bytes()], row).optional()?)
    }

    /// Forgets bytes that were looked at.
    pub fn drop_import(&self, id: Uuid) -> Result<(), StoreError> {
        self.db.prepare_cached("DELETE FROM import_draft WHERE id = ?1")?.execute([id.as_bytes()])?;
        Ok(())
    }
}
