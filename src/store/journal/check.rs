//! `check`: recomputes every digest. SQLite's own integrity check does not notice a changed letter; this check does.

use super::actions::{columns, parse_action, recorded, replaced};
use crate::store::{Store, StoreError};
use crate::{
    messages::{Message, message},
    model::{ActionId, Blobs, Digest, Steps},
};
use std::collections::HashSet;

/// The result of `check`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Check {
    /// The faults, one line each; empty for an intact desk.
    pub faults: Vec<Message>,
    /// How many actions were compared with their digests.
    pub actions: i64,
    /// How many facts were compared with theirs.
    pub facts: i64,
}

impl Store {
    /// Recomputes every digest, follows the journal to its head, and runs SQLite's own check. It takes as many steps as
    /// [`Store::check_steps`] returns.
    pub fn check(&self, steps: &Steps) -> Result<Check, StoreError> {
        let mut found = Check::default();
        self.unpacked.clear();
        self.check_file(&mut found)?;
        self.check_actions(&mut found, steps)?;
        self.check_rows(&mut found)?;
        self.check_heads(&mut found, steps)?;
        self.check_numbers(&mut found)?;
        self.check_row_digests(&mut found)?;
        self.check_contents(&mut found, steps)?;
        self.check_blobs(&mut found, steps)?;
        Ok(found)
    }

    /// How many steps a check takes: one for each action, chain, text and file.
    pub fn check_steps(&self) -> Result<u64, StoreError> {
        let sql = "SELECT (SELECT count(*) FROM action) + (SELECT count(DISTINCT thread) FROM action) \
                   + (SELECT count(*) FROM content) + (SELECT count(*) FROM blob)";
        Ok(self.db.query_row(sql, [], |r| r.get::<_, i64>(0))? as u64)
    }

    fn check_file(&self, found: &mut Check) -> Result<(), StoreError> {
        self.refresh_word_index();
        let mut rows = self.db.prepare("PRAGMA integrity_check")?;
        let lines: Vec<String> = rows.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?;
        found
            .faults
            .extend(lines.into_iter().filter(|l| l != "ok").map(|line| message!("check_file", line = line)));
        let broken: i64 =
            self.db.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |r| r.get(0))?;
        if broken > 0 {
            found.faults.push(message!("check_rows_nowhere", broken = broken));
        }
        Ok(())
    }

    /// FTS5 caches its index, and its own check does not notice that another connection changed it. Only opening a cursor
    /// does. The check reports any damage of the index.
    fn refresh_word_index(&self) {
        let sql = "SELECT rowid FROM current_words WHERE current_words MATCH '\"abc\"' LIMIT 1";
        let _ = self.db.query_row(sql, [], |r| r.get::<_, i64>(0));
    }

    fn check_actions(&self, found: &mut Check, steps: &Steps) -> Result<(), StoreError> {
        let sql = "SELECT a.seq, a.id, a.canonical, a.digest, j.running, a.thread, a.kind, a.target \
                   FROM action a LEFT JOIN journal j USING (seq) ORDER BY a.seq";
        let mut rows = self.db.prepare(sql)?;
        let mut rows = rows.query([])?;
        let mut head = Digest([0; 32]);
        while let Some(r) = rows.next()? {
            let (seq, id, canonical): (i64, [u8; 16], String) = (r.get(0)?, r.get(1)?, r.get(2)?);
            let digest = Digest(r.get(3)?);
            steps.next()?;
            found.actions += 1;
            head = Digest::of_all(&[&head.0, &digest.0]);
            if Some(head.0) != r.get::<_, Option<[u8; 32]>>(4)? {
                found.faults.push(message!("check_journal_breaks", seq = seq));
            }
            let columns = (r.get::<_, String>(5)?, r.get::<_, String>(6)?, r.get::<_, Option<[u8; 16]>>(7)?);
            match parse_action(&canonical) {
                Ok(a) if Digest::of(canonical.as_bytes()) == digest && a.id.bytes() == id => {
                    if (a.chain.to_string(), a.kind.to_string(), a.target.map(|t| t.bytes())) != columns {
                        found.faults.push(message!("check_action_row", seq = seq));
                    }
                    self.check_facts(seq, a.id, &a.facts, found)?;
                }
                Ok(_) => found.faults.push(message!("check_action", seq = seq)),
                Err(e) => found.faults.push(message!("check_action_unread", seq = seq, e = e.message())),
            }
        }
        if self.setting("journal.head")?.is_some_and(|h| h != head.to_string()) {
            found.faults.push(message!("check_journal_end"));
        }
        Ok(())
    }

    fn check_facts(
        &self,
        seq: i64,
        id: ActionId,
        digests: &[Digest],
        found: &mut Check,
    ) -> Result<(), StoreError> {
        let sql = concat!(
            "SELECT id, digest, salt, packed, body, ",
            replaced!("fact"),
            ", kind, subject FROM fact WHERE action = ?1 ORDER BY nth"
        );
        let mut rows = self.db.prepare_cached(sql)?;
        let mut rows = rows.query([seq])?;
        let mut seen = Vec::new();
        while let Some(r) = rows.next()? {
            let (kind, subject): (Option<String>, Option<[u8; 16]>) = (r.get(6)?, r.get(7)?);
            let c = columns(r, 0)?;
            seen.push(c.digest);
            found.facts += 1;
            let kind_name = kind.as_deref().unwrap_or("closed fact");
            match recorded(c, id) {
                Ok(f) if !f.is_sound() => {
                    found.faults.push(message!("check_fact", kind = kind_name, seq = seq))
                }
                Ok(f)
                    if f.fact().is_some_and(|x| {
                        Some(x.kind()) != kind.as_deref() || Some(x.subject()) != subject
                    }) =>
                {
                    found.faults.push(message!("check_fact_row", kind = kind_name, seq = seq));
                }
                Ok(_) => {}
                Err(e) => found.faults.push(message!(
                    "check_fact_unread",
                    kind = kind_name,
                    seq = seq,
                    e = e.message()
                )),
            }
        }
        if seen != digests {
            found.faults.push(message!("check_facts", seq = seq));
        }
        Ok(())
    }

    /// Checks texts in the order of their packs, so that each pack is unpacked about once. Each text is compared with its
    /// own hash, although reading relies on the digest of its pack.
    fn check_contents(&self, found: &mut Check, steps: &Steps) -> Result<(), StoreError> {
        let damaged = self.check_packs(found)?;
        let kept = "SELECT digest, iif(packed IS NULL, pack, NULL) FROM content \
                    WHERE packed IS NOT NULL OR nth IS NOT NULL ORDER BY pack, nth, rowid";
        let mut rows = self.db.prepare(kept)?;
        let all: Vec<(Digest, Option<i64>)> =
            rows.query_map([], |r| Ok((Digest(r.get(0)?), r.get(1)?)))?.collect::<Result<_, _>>()?;
        for (digest, pack) in all {
            steps.next()?;
            // A damaged pack is reported already.
            if pack.is_some_and(|pack| damaged.contains(&pack)) {
                continue;
            }
            if let Err(e) = self.proven_text(&digest) {
                found.faults.push(e.message());
            }
        }
        let lost = "SELECT count(*) FROM content WHERE packed IS NULL AND base IS NOT NULL";
        let lost: i64 = self.db.query_row(lost, [], |r| r.get(0))?;
        if lost > 0 {
            found.faults.push(message!("check_texts_gone", lost = lost));
        }
        Ok(())
    }

    /// Returns the packs that cannot be read. If a pack is missing, each of its texts is reported.
    fn check_packs(&self, found: &mut Check) -> Result<HashSet<i64>, StoreError> {
        let mut rows = self.db.prepare("SELECT seq FROM pack ORDER BY seq")?;
        let packs: Vec<i64> = rows.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?;
        let mut damaged = HashSet::new();
        for seq in packs {
            if let Err(e) = self.pack(seq) {
                let texts = self.digests_in(seq)?.len();
                found.faults.push(message!("check_texts_unread", texts = texts, e = e.message()));
                damaged.insert(seq);
            }
        }
        Ok(damaged)
    }

    /// Checks the files in the desk's own file. The desk checks those next to it.
    fn check_blobs(&self, found: &mut Check, steps: &Steps) -> Result<(), StoreError> {
        let mut rows = self.db.prepare("SELECT digest FROM blob WHERE bytes IS NOT NULL")?;
        let digests: Vec<[u8; 32]> = rows.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?;
        let io = |e: std::io::Error| StoreError::Io(e.to_string());
        for digest in digests.into_iter().map(Digest) {
            steps.next()?;
            let bytes = Blobs::open(self, &digest).map_err(io)?;
            let same = bytes.map(|mut b| Digest::of_stream(&mut b)).transpose().map_err(io)?;
            if same.is_none_or(|(found, _)| found != digest) {
                found.faults.push(message!("check_attached", digest = digest.to_string()));
            }
        }
        Ok(())
    }
}
