//! The tables `action`, `fact`, `replaces`, `journal` and `mark_part_of`: what was done, in order.

use crate::model::{
    Action, ActionId, Anchor, ArticleId, Chain, ClaimId, Digest, Fact, FactId, Logged, Moment, PersonId,
    Recorded, RevisionId, Salt, State,
};
use crate::store::{Store, StoreError, Tx};
use rusqlite::{OptionalExtension, Row, params, types::Value};
use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
};

/// SQL for what a closed fact replaces. An open fact says so in its body.
macro_rules! replaced {
    ($fact:literal) => {
        concat!(
            "CASE WHEN ",
            $fact,
            ".body IS NULL THEN (SELECT group_concat(hex(r.replaced)) FROM replaces r WHERE r.fact = ",
            $fact,
            ".seq) END"
        )
    };
}
pub(in crate::store) use replaced;

/// The place of an action that no shared desk has taken is its seq plus this number. Smaller places are those that a shared
/// desk gave.
pub(in crate::store) const OWN_PLACES: i64 = 1 << 62;
/// Bodies longer than this many bytes are stored compressed.
const COMPRESS_OVER: usize = 2048;

/// Which facts to read. The anchors of all revisions are many and seldom needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// All facts.
    All,
    /// All facts, but only the anchors of these revisions.
    AnchorsOf(Vec<RevisionId>),
}

impl Tx<'_> {
    /// Adds an action and its facts at the end of the desk's journal. Returns its seq.
    pub fn add(&self, action: Action, facts: Vec<Recorded>) -> Result<i64, StoreError> {
        self.add_at(action, facts, None)
    }

    /// Adds an action and its facts; `taken` is its place on a shared desk, if another desk recorded it. Returns its seq.
    pub(in crate::store) fn add_at(
        &self,
        action: Action,
        facts: Vec<Recorded>,
        taken: Option<i64>,
    ) -> Result<i64, StoreError> {
        let canonical = action.canonical();
        let digest = Digest::of(&canonical);
        let text = String::from_utf8(canonical).map_err(|e| StoreError::Damaged(e.to_string()))?;
        let seq = self.last_seq()? + 1;
        let place = taken.unwrap_or(OWN_PLACES + seq);
        self.db
            .prepare_cached(
                "INSERT INTO action (seq, place, id, thread, kind, target, canonical, digest) VALUES (?1,?2,?3,?4,?5,?6,?7,?8)",
            )?
            .execute(params![
                seq,
                place,
                action.id.bytes(),
                action.chain.to_string(),
                action.kind.as_str(),
                action.target.map(|t| t.bytes()),
                text,
                digest.0
            ])?;
        for (nth, fact) in facts.iter().enumerate() {
            let fact_seq = self.add_fact(seq, nth, fact)?;
            for held in fact.fact().map(Fact::content_refs).unwrap_or_default() {
                self.add_holding(&held.digest(), fact_seq)?;
            }
        }
        self.extend_journal(seq, &digest)?;
        self.move_heads(&action, &digest)?;
        match taken {
            None => self.record_step(seq, &action)?,
            Some(_) => self.drop_step_of_target(&action)?,
        }
        let is_last = taken.is_none() || self.is_last_in_chain(action.chain, place)?;
        self.record_added(seq, Logged { action, live: true, facts }, is_last);
        Ok(seq)
    }

    /// Erases the content of a fact whose redaction is recorded. Its digest remains.
    pub fn erase(&self, fact: FactId) -> Result<(), StoreError> {
        self.db
            .prepare_cached("UPDATE fact SET salt = NULL, body = NULL, packed = 0 WHERE id = ?1")?
            .execute([fact.bytes()])?;
        Ok(())
    }

    /// Stores the content of a closed fact, if content and salt match its digest and it was not erased here. Returns whether
    /// it did.
    pub fn fill_closed(&self, incoming: &Recorded) -> Result<bool, StoreError> {
        let State::Open(salt, fact) = &incoming.state else { return Ok(false) };
        let Some(stored) =
            self.fact(incoming.id)?.filter(|k| k.digest == incoming.digest && incoming.is_sound())
        else {
            return Ok(false);
        };
        let erased = "SELECT EXISTS (SELECT 1 FROM fact WHERE kind = 'redaction' AND subject = ?1)";
        if stored.fact().is_some() || self.db.query_row(erased, [incoming.id.bytes()], |r| r.get(0))? {
            return Ok(false);
        }
        let body = fact.canonical(incoming.id, &incoming.replaces);
        let sql = "UPDATE fact SET kind = ?2, subject = ?3, salt = ?4, packed = 0, body = ?5 WHERE id = ?1";
        let columns = params![incoming.id.bytes(), fact.kind(), fact.subject(), salt.0, body];
        self.db.prepare_cached(sql)?.execute(columns)?;
        let add = "INSERT OR IGNORE INTO replaces (fact, replaced) SELECT seq, ?2 FROM fact WHERE id = ?1";
        for replaced in &incoming.replaces {
            self.db.prepare_cached(add)?.execute(params![incoming.id.bytes(), replaced.bytes()])?;
        }
        let seq = "SELECT seq FROM fact WHERE id = ?1";
        let seq = self.db.prepare_cached(seq)?.query_row([incoming.id.bytes()], |r| r.get(0))?;
        fact.content_refs().iter().try_for_each(|h| self.add_holding(&h.digest(), seq))?;
        Ok(true)
    }

    /// Records that `action` belongs to `import` and is undone with it.
    pub fn mark_part_of(&self, action: ActionId, import: ActionId) -> Result<(), StoreError> {
        self.db
            .prepare_cached("INSERT OR IGNORE INTO brought (action, import) VALUES (?1, ?2)")?
            .execute(params![action.bytes(), import.bytes()])?;
        self.remove_step(action)
    }
}

impl Store {
    /// Whether an action counts: it was done at this desk, or an import that is not undone added it. `None` if the action is
    /// not known.
    pub fn counts(&self, action: ActionId) -> Result<Option<bool>, StoreError> {
        let sql = "SELECT NOT EXISTS (SELECT 1 FROM brought b WHERE b.action = a.id) OR EXISTS \
                     (SELECT 1 FROM brought b JOIN standing_import i ON i.id = b.import WHERE b.action = a.id) \
                   FROM action a WHERE a.id = ?1";
        Ok(self.db.prepare_cached(sql)?.query_row([action.bytes()], |r| r.get(0)).optional()?)
    }

    /// The newest action's seq in the desk's journal; 0 for an empty desk.
    pub fn last_seq(&self) -> Result<i64, StoreError> {
        Ok(self.db.prepare_cached("SELECT COALESCE(max(seq), 0) FROM action")?.query_row([], |r| r.get(0))?)
    }

    /// The chains of one sort (`article`, `source`, `person`, `scale`), the oldest first.
    pub fn chains(&self, sort: &str) -> Result<Vec<Chain>, StoreError> {
        let sql = "SELECT thread FROM action WHERE thread >= ?1 || ' ' AND thread < ?1 || '!' GROUP BY thread ORDER BY min(place)";
        let mut rows = self.db.prepare_cached(sql)?;
        let names = rows.query_map([sort], |r| r.get::<_, String>(0))?;
        names.map(|n| n?.parse().map_err(StoreError::Damaged)).collect()
    }

    /// The chains that have actions after `seq`.
    pub fn chains_since(&self, seq: i64) -> Result<Vec<Chain>, StoreError> {
        let mut rows =
            self.db.prepare_cached("SELECT DISTINCT thread FROM action NOT INDEXED WHERE seq > ?1")?;
        let names = rows.query_map([seq], |r| r.get::<_, String>(0))?;
        names.map(|n| n?.parse().map_err(StoreError::Damaged)).collect()
    }

    /// A chain's actions with their facts, in order.
    pub fn log(&self, chain: Chain, wanted: &Wanted) -> Result<Vec<Logged>, StoreError> {
        let live = self.live_in(chain)?;
        let mut rows =
            self.db.prepare_cached("SELECT seq, canonical FROM action WHERE thread = ?1 ORDER BY place")?;
        let actions =
            rows.query_map([chain.to_string()], |r| Ok((r.get::<_, i64>(0)?, r.get::<_, String>(1)?)))?;
        let mut log = Vec::new();
        let mut places = HashMap::new();
        for action in actions {
            let (seq, canonical) = action?;
            let action = parse_action(&canonical)?;
            places.insert(seq, log.len());
            let live = action.target.is_some() || live.contains(&seq);
            log.push(Logged { action, live, facts: Vec::new() });
        }
        self.fill(chain, wanted, &places, &mut log)?;
        Ok(log)
    }

    /// The ids of the live revisions of an article, in order.
    pub fn live_revisions(&self, chain: Chain) -> Result<Vec<RevisionId>, StoreError> {
        let sql = "SELECT f.subject FROM live_action a CROSS JOIN fact f ON f.action = a.seq \
                   WHERE a.thread = ?1 AND f.kind = 'revision' AND f.body IS NOT NULL ORDER BY a.place, f.nth";
        let mut rows = self.db.prepare_cached(sql)?;
        let ids = rows.query_map([chain.to_string()], |r| Ok(RevisionId(uuid(r.get(0)?))))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// The anchors of claims in a revision, from live facts. If a claim has several, the last one counts.
    pub fn live_anchors(&self, revision: RevisionId) -> Result<HashMap<ClaimId, Anchor>, StoreError> {
        let sql = "SELECT f.packed, f.body FROM fact f JOIN live_action a ON a.seq = f.action \
                   WHERE f.subject = ?1 AND f.kind = 'anchors' AND f.body IS NOT NULL ORDER BY a.place, f.nth";
        let mut rows = self.db.prepare_cached(sql)?;
        let mut rows = rows.query([revision.bytes()])?;
        let mut all = HashMap::new();
        while let Some(row) = rows.next()? {
            if let Fact::Anchors(f) = fact_of(row.get(0)?, row.get(1)?)? {
                all.extend(f.anchors.into_iter().map(|a| (a.claim, a)));
            }
        }
        Ok(all)
    }

    /// The claim whose anchor an action recorded; `None` if it recorded several or none.
    pub fn anchored_by(&self, action: ActionId) -> Result<Option<ClaimId>, StoreError> {
        let sql = "SELECT f.packed, f.body FROM action a JOIN fact f ON f.action = a.seq \
                   WHERE a.id = ?1 AND f.kind = 'anchors' AND f.body IS NOT NULL ORDER BY f.nth";
        let mut rows = self.db.prepare_cached(sql)?;
        let mut rows = rows.query([action.bytes()])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        Ok(match fact_of(row.get(0)?, row.get(1)?)? {
            Fact::Anchors(f) if f.anchors.len() == 1 => Some(f.anchors[0].claim),
            _ => None,
        })
    }

    /// When the last live action of the chain was done, and by whom.
    pub fn last_live(&self, chain: Chain) -> Result<Option<(Moment, PersonId)>, StoreError> {
        let sql = "SELECT canonical FROM live_action WHERE thread = ?1 ORDER BY place DESC LIMIT 1";
        let found: Option<String> =
            self.db.prepare_cached(sql)?.query_row([chain.to_string()], |r| r.get(0)).optional()?;
        let action = found.map(|c| parse_action(&c)).transpose()?;
        Ok(action.map(|a| (a.at, a.person)))
    }

    /// The last fact of a kind that a live action of the chain recorded.
    pub fn last_live_fact(&self, chain: Chain, kind: &str) -> Result<Option<FactId>, StoreError> {
        let sql = "SELECT f.id FROM live_action a CROSS JOIN fact f ON f.action = a.seq WHERE f.kind = ?2 AND a.thread = ?1 \
                   ORDER BY a.place DESC, f.nth DESC LIMIT 1";
        let row = |r: &Row| Ok(FactId(uuid(r.get(0)?)));
        Ok(self.db.prepare_cached(sql)?.query_row(params![chain.to_string(), kind], row).optional()?)
    }

    /// Whether a claim has more than one verdict that no other replaced.
    pub fn has_several_verdicts(&self, claim: ClaimId) -> Result<bool, StoreError> {
        let sql = "SELECT COUNT(*) > 1 FROM live_fact WHERE subject = ?1 AND kind = 'verdict'";
        Ok(self.db.prepare_cached(sql)?.query_row([claim.bytes()], |r| r.get(0))?)
    }

    /// The kinds and subjects of an action's facts. They include those of the action that it undoes or redoes, and of the
    /// facts that it erases.
    pub fn subjects_of(&self, seq: i64) -> Result<Vec<(String, uuid::Uuid)>, StoreError> {
        let sql = "SELECT f.kind, f.subject FROM action a JOIN fact f \
                     ON f.action IN (a.seq, (SELECT t.seq FROM action t WHERE t.id = a.target)) \
                   WHERE a.seq = ?1 AND f.kind IS NOT NULL \
                   UNION SELECT g.kind, g.subject FROM fact r JOIN fact g ON g.id = r.subject \
                   WHERE r.action = ?1 AND r.kind = 'redaction' AND g.kind IS NOT NULL";
        let mut rows = self.db.prepare_cached(sql)?;
        let row = |r: &Row| Ok((r.get(0)?, uuid(r.get(1)?)));
        Ok(rows.query_map([seq], row)?.collect::<Result<_, _>>()?)
    }

    /// The last fact of a kind that a live action recorded about a thing, even if it was erased.
    pub fn last_fact_about(&self, kind: &str, of: uuid::Uuid) -> Result<Option<FactId>, StoreError> {
        let sql = "SELECT f.id FROM fact f JOIN live_action a ON a.seq = f.action WHERE f.subject = ?1 AND f.kind = ?2 \
                   ORDER BY a.place DESC, f.nth DESC LIMIT 1";
        let row = |r: &Row| Ok(FactId(uuid(r.get(0)?)));
        Ok(self.db.prepare_cached(sql)?.query_row(params![of.as_bytes(), kind], row).optional()?)
    }

    /// The actions in the desk's own chain that recorded a fact of a kind about a thing, with their places, in order.
    pub fn actions_about(&self, kind: &str, of: uuid::Uuid) -> Result<Vec<(i64, Logged)>, StoreError> {
        let sql = "SELECT DISTINCT a.place, a.canonical, EXISTS (SELECT 1 FROM live_action l WHERE l.seq = a.seq) \
                   FROM fact f JOIN action a ON a.seq = f.action \
                   WHERE f.subject = ?1 AND f.kind = ?2 AND a.thread = 'desk' ORDER BY a.place";
        let mut rows = self.db.prepare_cached(sql)?;
        let row = |r: &Row| Ok((r.get::<_, i64>(0)?, r.get::<_, String>(1)?, r.get::<_, bool>(2)?));
        let found: Vec<_> = rows.query_map(params![of.as_bytes(), kind], row)?.collect::<Result<_, _>>()?;
        let logged = |(place, canonical, live): (i64, String, bool)| {
            let action = parse_action(&canonical)?;
            let facts = self.facts_of(action.id)?;
            Ok((place, Logged { action, live, facts }))
        };
        found.into_iter().map(logged).collect()
    }

    /// The facts of an action, in order.
    pub fn facts_of(&self, action: ActionId) -> Result<Vec<Recorded>, StoreError> {
        let sql = concat!(
            "SELECT f.id, f.digest, f.salt, f.packed, f.body, ",
            replaced!("f"),
            " FROM fact f JOIN action a ON a.seq = f.action WHERE a.id = ?1 ORDER BY f.nth"
        );
        let mut rows = self.db.prepare_cached(sql)?;
        let mut rows = rows.query([action.bytes()])?;
        let mut all = Vec::new();
        while let Some(row) = rows.next()? {
            all.push(recorded(columns(row, 0)?, action)?);
        }
        Ok(all)
    }

    /// The place of an action in the order of all actions.
    pub fn place(&self, action: ActionId) -> Result<i64, StoreError> {
        let sql = "SELECT place FROM action WHERE id = ?1";
        Ok(self.db.prepare_cached(sql)?.query_row([action.bytes()], |r| r.get(0))?)
    }

    /// The places of a chain's actions, in order.
    pub fn places(&self, chain: Chain) -> Result<Vec<i64>, StoreError> {
        let mut rows = self.db.prepare_cached("SELECT place FROM action WHERE thread = ?1 ORDER BY place")?;
        Ok(rows.query_map([chain.to_string()], |r| r.get(0))?.collect::<Result<_, _>>()?)
    }

    /// The articles whose status was set, or whose status change was undone or redone, after `seq`.
    pub fn statuses_since(&self, seq: i64) -> Result<Vec<ArticleId>, StoreError> {
        let sql = "SELECT DISTINCT f.subject FROM action a JOIN fact f \
                     ON f.action IN (a.seq, (SELECT t.seq FROM action t WHERE t.id = a.target)) \
                   WHERE a.seq > ?1 AND a.thread = 'desk' AND f.kind IN ('workflow', 'published')";
        let mut rows = self.db.prepare_cached(sql)?;
        Ok(rows.query_map([seq], |r| Ok(ArticleId(uuid(r.get(0)?))))?.collect::<Result<_, _>>()?)
    }

    /// How many actions of the chain were recorded between two seqs.
    pub fn actions_between(&self, chain: Chain, after: i64, before: i64) -> Result<i64, StoreError> {
        let sql = "SELECT count(*) FROM action WHERE seq > ?2 AND seq < ?3 AND thread = ?1";
        Ok(self.db.prepare_cached(sql)?.query_row(params![chain.to_string(), after, before], |r| r.get(0))?)
    }

    /// One action by its id.
    pub fn action(&self, id: ActionId) -> Result<Option<Action>, StoreError> {
        let sql = "SELECT canonical FROM action WHERE id = ?1";
        let found: Option<String> =
            self.db.prepare_cached(sql)?.query_row([id.bytes()], |r| r.get(0)).optional()?;
        found.map(|c| parse_action(&c)).transpose()
    }

    /// The action that recorded a fact, and the kind of the fact.
    pub fn action_of_fact(&self, fact: FactId) -> Result<Option<(Action, Option<String>)>, StoreError> {
        let sql = "SELECT a.canonical, f.kind FROM fact f JOIN action a ON a.seq = f.action WHERE f.id = ?1";
        let found = self.db.prepare_cached(sql)?;
        let mut found = found;
        let row = found
            .query_row([fact.bytes()], |r| Ok((r.get::<_, String>(0)?, r.get::<_, Option<String>>(1)?)))
            .optional()?;
        row.map(|(c, kind)| Ok((parse_action(&c)?, kind))).transpose()
    }

    /// The article whose chain first recorded something about `entity`.
    pub fn article_of(&self, entity: uuid::Uuid) -> Result<Option<ArticleId>, StoreError> {
        let sql = "SELECT a.thread FROM fact f JOIN action a ON a.seq = f.action \
                   WHERE f.subject = ?1 AND a.thread LIKE 'article %' ORDER BY a.place, f.nth LIMIT 1";
        let chain: Option<String> =
            self.db.prepare_cached(sql)?.query_row([entity.as_bytes()], |r| r.get(0)).optional()?;
        match chain.map(|t| t.parse()).transpose().map_err(StoreError::Damaged)? {
            Some(Chain::Article(id)) => Ok(Some(id)),
            Some(Chain::Source(_) | Chain::Person(_) | Chain::Scale(_) | Chain::Desk) | None => Ok(None),
        }
    }

    /// One fact by its id.
    pub fn fact(&self, id: FactId) -> Result<Option<Recorded>, StoreError> {
        let Some((action, _)) = self.action_of_fact(id)? else { return Ok(None) };
        let sql =
            concat!("SELECT id, digest, salt, packed, body, ", replaced!("fact"), " FROM fact WHERE id = ?1");
        let row = self.db.prepare_cached(sql)?.query_row([id.bytes()], |r| Ok(columns(r, 0)))??;
        Ok(Some(recorded(row, action.id)?))
    }

    /// The facts that are closed here although they were not erased here.
    pub fn closed_facts(&self) -> Result<HashSet<FactId>, StoreError> {
        let sql = "SELECT f.id FROM fact f WHERE f.body IS NULL \
                   AND NOT EXISTS (SELECT 1 FROM fact r WHERE r.kind = 'redaction' AND r.subject = f.id)";
        let mut rows = self.db.prepare_cached(sql)?;
        Ok(rows.query_map([], |r| Ok(FactId(uuid(r.get(0)?))))?.collect::<Result<_, _>>()?)
    }

    /// Whether the action was done at this desk.
    pub fn is_own(&self, action: ActionId) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM action a WHERE a.id = ?1 AND NOT EXISTS \
                     (SELECT 1 FROM brought b JOIN action i ON i.id = b.import WHERE b.action = a.id AND i.kind = 'bring-in'))";
        Ok(self.db.prepare_cached(sql)?.query_row([action.bytes()], |r| r.get(0))?)
    }

    /// Every live fact as text, one per line, sorted. Tests compare these.
    pub fn dump_live(&self) -> Result<String, StoreError> {
        let sql =
            "SELECT kind, hex(id), hex(digest) FROM live_fact WHERE kind <> 'person' ORDER BY place, nth";
        let mut rows = self.db.prepare(sql)?;
        let line = |r: &Row| {
            let kind: Option<String> = r.get(0)?;
            Ok(format!(
                "{} {} {}\n",
                kind.unwrap_or_default(),
                r.get::<_, String>(1)?,
                r.get::<_, String>(2)?
            ))
        };
        Ok(rows.query_map([], line)?.collect::<Result<String, _>>()?)
    }

    fn live_in(&self, chain: Chain) -> Result<HashSet<i64>, StoreError> {
        let mut rows = self.db.prepare_cached("SELECT seq FROM live_action WHERE thread = ?1")?;
        Ok(rows.query_map([chain.to_string()], |r| r.get(0))?.collect::<Result<_, _>>()?)
    }

    fn fill(
        &self,
        chain: Chain,
        wanted: &Wanted,
        places: &HashMap<i64, usize>,
        log: &mut [Logged],
    ) -> Result<(), StoreError> {
        let (some, revisions) = match wanted {
            Wanted::All => (false, Vec::new()),
            Wanted::AnchorsOf(ids) => (true, ids.iter().map(|r| Value::Blob(r.bytes().into())).collect()),
        };
        let sql = concat!(
            "SELECT f.action, f.id, f.digest, f.salt, f.packed, f.body, ",
            replaced!("f"),
            " FROM fact f JOIN action a ON a.seq = f.action \
             WHERE a.thread = ?1 AND (NOT ?2 OR f.kind IS NULL OR f.kind NOT IN ('anchors', 'suggestion-anchors') OR f.subject IN rarray(?3)) ORDER BY a.place, f.nth"
        );
        let mut rows = self.db.prepare_cached(sql)?;
        let mut rows = rows.query(params![chain.to_string(), some, Rc::new(revisions)])?;
        while let Some(row) = rows.next()? {
            let seq: i64 = row.get(0)?;
            let at =
                *places.get(&seq).ok_or_else(|| StoreError::Damaged(format!("a fact of action {seq}")))?;
            let action = log[at].action.id;
            log[at].facts.push(recorded(columns(row, 1)?, action)?);
        }
        Ok(())
    }

    fn add_fact(&self, action: i64, nth: usize, fact: &Recorded) -> Result<i64, StoreError> {
        let (kind, subject, salt, body) = match &fact.state {
            State::Open(salt, f) => {
                (Some(f.kind()), Some(f.subject()), Some(salt.0), Some(f.canonical(fact.id, &fact.replaces)))
            }
            State::Closed => (None, None, None, None),
        };
        let packed = body.as_ref().is_some_and(|b| b.len() > COMPRESS_OVER);
        let body = body.map(|b| if packed { compress(&b) } else { Ok(b) }).transpose()?;
        self.db
            .prepare_cached(
                "INSERT INTO fact (id, action, nth, kind, subject, digest, salt, packed, body) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9)",
            )?
            .execute(params![fact.id.bytes(), action, nth as i64, kind, subject, fact.digest.0, salt, packed, body])?;
        let seq = self.db.last_insert_rowid();
        let mut replaces = self.db.prepare_cached("INSERT INTO replaces (fact, replaced) VALUES (?1, ?2)")?;
        for replaced in &fact.replaces {
            replaces.execute(params![seq, replaced.bytes()])?;
        }
        Ok(seq)
    }

    fn extend_journal(&self, seq: i64, digest: &Digest) -> Result<(), StoreError> {
        let head = self.journal_head()?;
        let running = Digest::of_all(&[&head.0, &digest.0]);
        self.db
            .prepare_cached("INSERT INTO journal (seq, running) VALUES (?1, ?2)")?
            .execute(params![seq, running.0])?;
        self.set_setting("journal.head", &running.to_string())
    }

    fn journal_head(&self) -> Result<Digest, StoreError> {
        match self.setting("journal.head")? {
            Some(hex) => hex.parse().map_err(StoreError::Damaged),
            None => Ok(Digest([0; 32])),
        }
    }
}

pub(in crate::store) struct Columns {
    pub id: FactId,
    pub digest: Digest,
    pub salt: Option<[u8; 32]>,
    pub packed: bool,
    pub body: Option<Vec<u8>>,
    /// What a closed fact replaces, in hexadecimal, separated by commas.
    pub replaced: Option<String>,
}

pub(in crate::store) fn columns(row: &Row, from: usize) -> rusqlite::Result<Columns> {
    Ok(Columns {
        id: FactId(uuid(row.get(from)?)),
        digest: Digest(row.get(from + 1)?),
        salt: row.get(from + 2)?,
        packed: row.get(from + 3)?,
        body: row.get(from + 4)?,
        replaced: row.get(from + 5)?,
    })
}

pub(in crate::store) fn recorded(c: Columns, action: ActionId) -> Result<Recorded, StoreError> {
    let damaged = |why: String| StoreError::Damaged(format!("the fact {} cannot be read: {why}", c.id));
    let (replaces, state) = match (c.salt, c.body) {
        (Some(salt), Some(body)) => {
            let body = if c.packed { decompress(&body)? } else { body };
            let (_, replaces, fact) = Fact::parse(&body).map_err(|e| damaged(e.to_string()))?;
            (replaces, State::Open(Salt(salt), Box::new(fact)))
        }
        _ => (ids_of(c.replaced.as_deref().unwrap_or_default()), State::Closed),
    };
    Ok(Recorded { id: c.id, action, replaces, digest: c.digest, state })
}

/// Reads a fact from its body.
pub(in crate::store) fn fact_of(packed: bool, body: Vec<u8>) -> Result<Fact, StoreError> {
    let body = if packed { decompress(&body)? } else { body };
    let (_, _, fact) =
        Fact::parse(&body).map_err(|e| StoreError::Damaged(format!("a fact cannot be read: {e}")))?;
    Ok(fact)
}

/// Which facts a fact replaces, from its body.
pub(in crate::store) fn replaced_by(packed: bool, body: Vec<u8>) -> Result<Vec<FactId>, StoreError> {
    let body = if packed { decompress(&body)? } else { body };
    let (_, replaces, _) =
        Fact::parse(&body).map_err(|e| StoreError::Damaged(format!("a fact cannot be read: {e}")))?;
    Ok(replaces)
}

/// Reads ids in hexadecimal, separated by commas.
pub(in crate::store) fn ids_of(list: &str) -> Vec<FactId> {
    list.split(',').filter_map(|hex| uuid::Uuid::try_parse(hex).ok()).map(FactId).collect()
}

pub(in crate::store) fn parse_action(canonical: &str) -> Result<Action, StoreError> {
    Action::parse(canonical.as_bytes())
        .map_err(|e| StoreError::Damaged(format!("an action cannot be read: {e}")))
}

pub(in crate::store) fn uuid(bytes: [u8; 16]) -> uuid::Uuid {
    uuid::Uuid::from_bytes(bytes)
}

fn compress(bytes: &[u8]) -> Result<Vec<u8>, StoreError> {
    zstd::bulk::compress(bytes, 3).map_err(|e| StoreError::Io(e.to_string()))
}

fn decompress(bytes: &[u8]) -> Result<Vec<u8>, StoreError> {
    zstd::stream::decode_all(bytes)
        .map_err(|e| StoreError::Damaged(format!("a fact cannot be unpacked: {e}")))
}
