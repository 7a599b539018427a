//! The tables `current_person`, `current_rule` and `current_holding`: the known people, the facts that define scales and the
//! policy, and the texts and files that each fact refers to.

use super::super::{
    Store, StoreError, Tx,
    journal::actions::{fact_of, uuid},
};
use crate::model::{Digest, FactId, Person, PersonId, ScaleId};
use rusqlite::{OptionalExtension, Row, params};

fn person(r: &Row) -> rusqlite::Result<Person> {
    Ok(Person { person: PersonId(uuid(r.get(0)?)), name: r.get(1)?, initials: r.get(2)? })
}

impl Store {
    /// All known people, in the order of their ids.
    pub fn people(&self) -> Result<Vec<Person>, StoreError> {
        let mut rows =
            self.db.prepare_cached("SELECT person, name, initials FROM current_person ORDER BY person")?;
        Ok(rows.query_map([], person)?.collect::<Result<_, _>>()?)
    }

    /// A known person.
    pub fn person(&self, id: PersonId) -> Result<Option<Person>, StoreError> {
        let sql = "SELECT person, name, initials FROM current_person WHERE person = ?1";
        Ok(self.db.prepare_cached(sql)?.query_row([id.bytes()], person).optional()?)
    }

    /// All people of exactly this name.
    pub fn people_named(&self, name: &str) -> Result<Vec<Person>, StoreError> {
        let sql = "SELECT person, name, initials FROM current_person WHERE name = ?1 ORDER BY person";
        let mut rows = self.db.prepare_cached(sql)?;
        Ok(rows.query_map([name], person)?.collect::<Result<_, _>>()?)
    }

    /// The facts that define the desk's scales, in the order of the scales' ids; or the policy if `scales` is false.
    pub fn rules(&self, scales: bool) -> Result<Vec<FactId>, StoreError> {
        let sql = "SELECT fact.id FROM current_rule JOIN fact ON fact.seq = current_rule.fact \
                   WHERE (current_rule.scale <> x'') = ?1 ORDER BY current_rule.scale";
        let mut rows = self.db.prepare_cached(sql)?;
        Ok(rows.query_map([scales], |r| Ok(FactId(uuid(r.get(0)?))))?.collect::<Result<_, _>>()?)
    }

    /// The facts that define the policy and all scales, the policy first.
    pub fn all_rules(&self) -> Result<Vec<FactId>, StoreError> {
        Ok([self.rules(false)?, self.rules(true)?].concat())
    }

    /// The facts that refer to this text or file and whose content is here, including undone ones, oldest first.
    pub fn holders(&self, digest: &Digest) -> Result<Vec<FactId>, StoreError> {
        let sql = "SELECT f.id FROM current_holding h JOIN fact f ON f.seq = h.fact \
                     WHERE h.digest = ?1 AND f.body IS NOT NULL ORDER BY h.fact";
        let mut rows = self.db.prepare_cached(sql)?;
        Ok(rows.query_map([digest.0], |r| Ok(FactId(uuid(r.get(0)?))))?.collect::<Result<_, _>>()?)
    }
}

impl Tx<'_> {
    /// Writes a person's row.
    pub fn put_person(&self, p: &Person) -> Result<(), StoreError> {
        let sql = "INSERT OR REPLACE INTO current_person (person, name, initials) VALUES (?1, ?2, ?3)";
        self.db.prepare_cached(sql)?.execute(params![p.person.bytes(), p.name, p.initials])?;
        Ok(())
    }

    /// Removes a person's row.
    pub fn drop_person(&self, id: PersonId) -> Result<(), StoreError> {
        self.db.prepare_cached("DELETE FROM current_person WHERE person = ?1")?.execute([id.bytes()])?;
        Ok(())
    }

    /// Records which fact defines a scale, or the policy if `scale` is `None`. If `fact` is `None`, the definition was
    /// undone.
    pub fn put_rule(&self, scale: Option<ScaleId>, fact: Option<FactId>) -> Result<(), StoreError> {
        let key = scale.map(|s| s.bytes().to_vec()).unwrap_or_default();
        self.db.prepare_cached("DELETE FROM current_rule WHERE scale = ?1")?.execute([&key])?;
        if let Some(fact) = fact {
            let sql = "INSERT INTO current_rule (scale, fact) SELECT ?1, seq FROM fact WHERE id = ?2";
            self.db.prepare_cached(sql)?.execute(params![key, fact.bytes()])?;
        }
        Ok(())
    }

    /// Rebuilds the table of the texts and files that facts refer to.
    pub fn rebuild_holdings(&self) -> Result<(), StoreError> {
        self.db.execute("DELETE FROM current_holding", [])?;
        let sql = "SELECT seq, packed, body FROM fact WHERE kind IN ('revision', 'source', 'article') AND body IS NOT NULL";
        let mut rows = self.db.prepare(sql)?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            let (seq, fact) = (row.get(0)?, fact_of(row.get(1)?, row.get(2)?)?);
            fact.content_refs().iter().try_for_each(|held| self.add_holding(&held.digest(), seq))?;
        }
        Ok(())
    }

    /// Records that the fact at `seq` refers to a text or file.
    pub(in crate::store) fn add_holding(&self, digest: &Digest, seq: i64) -> Result<(), StoreError> {
        let sql = "INSERT OR IGNORE INTO current_holding (digest, fact) VALUES (?1, ?2)";
        self.db.prepare_cached(sql)?.execute(params![digest.0, seq])?;
        Ok(())
    }
}
