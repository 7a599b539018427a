//! The table `form_draft`: what is typed in forms and not submitted.

use super::{
    Store, StoreError,
    journal::actions::uuid,
    seal::{is_intact, row_digest},
};
use crate::model::{ArticleId, ClaimId, Moment, PersonId};
use rusqlite::{Row, params, types::ValueRef};
use std::collections::BTreeMap;

/// Identifies a form on an article or on one of its claims.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormKey {
    /// The article; nil where it is about the desk itself.
    pub article: ArticleId,
    /// The claim, if the form is about one.
    pub claim: Option<ClaimId>,
    /// The form's short name.
    pub form: String,
}

/// What is typed in a form and not submitted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormDraft {
    /// Which form.
    pub key: FormKey,
    /// Who typed it; `None` if the desk did not know yet who was working.
    pub by: Option<PersonId>,
    /// The fields and their text.
    pub fields: BTreeMap<String, String>,
    /// When it was stored.
    pub at: Moment,
}

/// The columns, in the order that [`read`] expects.
const COLUMNS: &str = "article, claim, form, person, fields, at, digest";

/// The bytes of an id in a column; empty for `None`.
fn bytes(id: Option<[u8; 16]>) -> Vec<u8> {
    id.map(Vec::from).unwrap_or_default()
}

/// Reads an id that [`bytes`] wrote.
fn id(r: &Row, column: usize) -> rusqlite::Result<Option<uuid::Uuid>> {
    let bytes: Vec<u8> = r.get(column)?;
    Ok(bytes.try_into().ok().map(uuid))
}

/// Reads a row of [`COLUMNS`]; `None` if it is damaged.
fn read(r: &Row) -> rusqlite::Result<Option<FormDraft>> {
    if !is_intact(r, 6)? {
        return Ok(None);
    }
    let (fields, at) = (r.get::<_, String>(4)?, r.get::<_, String>(5)?);
    let (Ok(fields), Ok(at)) = (serde_json::from_str(&fields), at.parse()) else { return Ok(None) };
    let key = FormKey { article: ArticleId(uuid(r.get(0)?)), claim: id(r, 1)?.map(ClaimId), form: r.get(2)? };
    Ok(Some(FormDraft { key, by: id(r, 3)?.map(PersonId), fields, at }))
}

impl Store {
    /// Stores what is typed in a form and replaces its earlier text.
    pub fn save_form(&self, d: &FormDraft) -> Result<(), StoreError> {
        let fields = serde_json::to_string(&d.fields).map_err(|e| StoreError::Io(e.to_string()))?;
        let (article, at) = (d.key.article.bytes(), d.at.to_string());
        let (claim, by) = (bytes(d.key.claim.map(|c| c.bytes())), bytes(d.by.map(|p| p.bytes())));
        let digest = row_digest(&[
            ValueRef::Blob(&article),
            ValueRef::Blob(&claim),
            ValueRef::Text(d.key.form.as_bytes()),
            ValueRef::Blob(&by),
            ValueRef::Text(fields.as_bytes()),
            ValueRef::Text(at.as_bytes()),
        ]);
        let sql =
            format!("INSERT OR REPLACE INTO form_draft ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
        let values = params![article, claim, d.key.form, by, fields, at, digest.0];
        self.db.prepare_cached(&sql)?.execute(values)?;
        Ok(())
    }

    /// What is typed in the forms of an article, by all people, the oldest first. Damaged rows are left out.
    pub fn forms(&self, article: ArticleId) -> Result<Vec<FormDraft>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM form_draft WHERE article = ?1 ORDER BY at, claim, form");
        let mut rows = self.db.prepare_cached(&sql)?;
        let all = rows.query_map([article.bytes()], read)?.collect::<Result<Vec<_>, _>>()?;
        Ok(all.into_iter().flatten().collect())
    }

    /// The articles with forms that were not submitted.
    pub fn articles_with_forms(&self) -> Result<Vec<ArticleId>, StoreError> {
        let mut rows = self.db.prepare_cached("SELECT DISTINCT article FROM form_draft")?;
        let ids = rows.query_map([], |r| Ok(ArticleId(uuid(r.get(0)?))))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// Removes what a person typed in a form.
    pub fn drop_form(&self, key: &FormKey, by: Option<PersonId>) -> Result<(), StoreError> {
        let sql = "DELETE FROM form_draft WHERE article = ?1 AND claim = ?2 AND form = ?3 AND person = ?4";
        let (claim, by) = (bytes(key.claim.map(|c| c.bytes())), bytes(by.map(|p| p.bytes())));
        self.db.prepare_cached(sql)?.execute(params![key.article.bytes(), claim, key.form, by])?;
        Ok(())
    }

    /// Removes damaged rows: they cannot be read, and may contain anything.
    pub fn drop_damaged_forms(&self) -> Result<(), StoreError> {
        let sql = format!("SELECT {COLUMNS}, rowid FROM form_draft");
        let mut rows = self.db.prepare(&sql)?;
        let all = rows.query_map([], |r| Ok((r.get::<_, i64>(7)?, read(r)?.is_none())))?;
        let damaged: Vec<(i64, bool)> = all.collect::<Result<_, _>>()?;
        for (row, _) in damaged.iter().filter(|(_, damaged)| *damaged) {
            self.db.execute("DELETE FROM form_draft WHERE rowid = ?1", [row])?;
        }
        Ok(())
    }
}
