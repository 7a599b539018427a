//! What a desk stores about the shared desk it belongs to: where it stands, who passed each action on, its blocks of
//! numbers, and what was refused.

use super::journal::actions::{OWN_PLACES, parse_action, uuid};
use super::journal::numbers::key;
use super::{Store, StoreError, Tx};
use crate::messages::Message;
use crate::model::{
    Action, ActionId, Chain, DeviceId, Digest, Moment, NumberKind, PersonId, Record, Recorded, Role, SourceId,
};
use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

/// The setting that stores the membership.
const MEMBERSHIP: &str = "hub";
/// The setting that stores up to which seq what came in was settled.
const SETTLED: &str = "hub.settled";
/// The setting that stores how the last round with the hub ended. It stays when a desk leaves.
pub const LAST_SYNC: &str = "hub.last";
/// The setting with the form of the hub, as it was told last.
pub const HUB_FORM: &str = "hub.form";

/// A desk's membership in a shared desk, and how far it has pulled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The id of the shared desk.
    pub desk: Uuid,
    /// Its name.
    pub name: String,
    /// The login of this desk's person.
    pub login: String,
    /// This device.
    pub device: DeviceId,
    /// Who works on this device. Nobody else does while it is a member.
    pub person: PersonId,
    /// What that person may record.
    pub role: Role,
    /// The epoch of the history that was pulled.
    pub epoch: Uuid,
    /// The place of the last entry that was pulled.
    pub cursor: i64,
    /// The rolling digest up to it.
    pub rolling: Digest,
    /// The last known number of entries on the hub.
    pub head: i64,
}

/// Which of the actions without a place on the shared desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsent {
    /// Those recorded in this file.
    Own,
    /// All of them: the history that a shared desk begins with.
    All,
    /// Those that had a place and lost it when the hub was set back, of all devices. What is new waits until they are back,
    /// so that every thing gets the number again that it had.
    Lost,
}

/// Which device passed an action on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassedOn {
    /// The login of the member.
    pub login: String,
    /// The device that signed it.
    pub device: DeviceId,
    /// Whether somebody else than its author passed it on.
    pub carried: bool,
    /// The device's signature, 64 bytes.
    pub signature: Vec<u8>,
    /// The actions that are undone with it, as they were signed.
    pub brings: Vec<ActionId>,
}

/// An entry that this desk does not take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// Its place on the shared desk.
    pub place: i64,
    /// Its action.
    pub action: ActionId,
    /// The login of the member who sent it.
    pub login: String,
    /// Why.
    pub why: Message,
}

/// An action of this desk that the hub refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedAction {
    /// The action.
    pub action: Action,
    /// The hub's code.
    pub code: String,
    /// The hub's own words, in English.
    pub said: String,
    /// When.
    pub at: Moment,
}

/// The key that a device had when this desk first saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pinned {
    /// The device.
    pub device: DeviceId,
    /// The login of its owner.
    pub login: String,
    /// Its owner.
    pub person: Option<PersonId>,
    /// Its ed25519 public key.
    pub key: [u8; 32],
}

impl Membership {
    fn record(&self) -> String {
        let mut r = Record::default();
        r.put("desk", self.desk).put("name", &self.name).put("login", &self.login).put("device", self.device);
        r.put("person", self.person).put("role", self.role).put("epoch", self.epoch);
        r.put("cursor", self.cursor).put("rolling", self.rolling).put("head", self.head);
        String::from_utf8_lossy(&r.bytes()).into_owned()
    }

    fn parse(text: &str) -> Result<Self, StoreError> {
        let damaged =
            |e: crate::model::BadRecord| StoreError::Damaged(format!("the membership in a shared desk: {e}"));
        let r = Record::parse(text.as_bytes()).map_err(damaged)?;
        Ok(Self {
            desk: r.get("desk").map_err(damaged)?,
            name: r.get("name").map_err(damaged)?,
            login: r.get("login").map_err(damaged)?,
            device: DeviceId(r.get("device").map_err(damaged)?),
            person: r.get("person").map_err(damaged)?,
            role: r.get("role").map_err(damaged)?,
            epoch: r.get("epoch").map_err(damaged)?,
            cursor: r.get("cursor").map_err(damaged)?,
            rolling: r.get("rolling").map_err(damaged)?,
            head: r.get("head").map_err(damaged)?,
        })
    }
}

impl Store {
    /// The shared desk that this desk belongs to, if any.
    pub fn membership(&self) -> Result<Option<Membership>, StoreError> {
        self.setting(MEMBERSHIP)?.map(|text| Membership::parse(&text)).transpose()
    }

    /// Whether entries of a shared desk were ever recorded here.
    pub fn was_shared(&self) -> Result<bool, StoreError> {
        let sql =
            "SELECT EXISTS (SELECT 1 FROM passed_on) OR EXISTS (SELECT 1 FROM setting WHERE key IN (?1, ?2))";
        Ok(self.db.query_row(sql, [MEMBERSHIP, LAST_SYNC], |r| r.get(0))?)
    }

    /// The actions that the shared desk has not taken, or not any more, in order, at most `most`.
    pub fn unsent(&self, most: usize, which: Unsent) -> Result<Vec<Action>, StoreError> {
        let sql = "SELECT a.canonical FROM action a LEFT JOIN passed_on p ON p.action = a.seq \
                   WHERE a.place >= ?1 AND (?2 OR COALESCE(p.here, 1) = 1) AND (?3 OR p.action IS NOT NULL) \
                     AND NOT EXISTS (SELECT 1 FROM aside s WHERE s.action = a.seq) ORDER BY a.place LIMIT ?4";
        let mut rows = self.db.prepare_cached(sql)?;
        let (others, new) = (which != Unsent::Own, which != Unsent::Lost);
        let found =
            rows.query_map(params![OWN_PLACES, others, new, most as i64], |r| r.get::<_, String>(0))?;
        found.map(|c| parse_action(&c?)).collect()
    }

    /// How many of them there are.
    pub fn unsent_count(&self, which: Unsent) -> Result<i64, StoreError> {
        let sql = "SELECT count(*) FROM action a LEFT JOIN passed_on p ON p.action = a.seq \
                   WHERE a.place >= ?1 AND (?2 OR COALESCE(p.here, 1) = 1) AND (?3 OR p.action IS NOT NULL) \
                     AND NOT EXISTS (SELECT 1 FROM aside s WHERE s.action = a.seq)";
        let (others, new) = (which != Unsent::Own, which != Unsent::Lost);
        Ok(self.db.prepare_cached(sql)?.query_row(params![OWN_PLACES, others, new], |r| r.get(0))?)
    }

    /// Whether actions of the chain were set aside.
    pub(in crate::store) fn has_aside(&self, chain: Chain) -> Result<bool, StoreError> {
        let sql =
            "SELECT EXISTS (SELECT 1 FROM aside s JOIN action a ON a.seq = s.action WHERE a.thread = ?1)";
        Ok(self.db.prepare_cached(sql)?.query_row([chain.to_string()], |r| r.get(0))?)
    }

    /// The actions that are undone with this one, in the order of their ids.
    pub fn brought_by(&self, leader: ActionId) -> Result<Vec<ActionId>, StoreError> {
        let sql = "SELECT action FROM brought WHERE import = ?1 ORDER BY action";
        let mut rows = self.db.prepare_cached(sql)?;
        Ok(rows.query_map([leader.bytes()], |r| Ok(ActionId(uuid(r.get(0)?))))?.collect::<Result<_, _>>()?)
    }

    /// The first action with which this one is undone, or the one that needs it if it is a redo of the program's own.
    pub fn leader_of(&self, follower: ActionId) -> Result<Option<ActionId>, StoreError> {
        let leader = "SELECT b.import FROM brought b JOIN action a ON a.id = b.import WHERE b.action = ?1 ORDER BY a.place LIMIT 1";
        let needer = "SELECT n.needer FROM needed_by n JOIN action a ON a.seq = n.action WHERE a.id = ?1";
        for sql in [leader, needer] {
            let row = |r: &Row| Ok(ActionId(uuid(r.get(0)?)));
            let found = self.db.prepare_cached(sql)?.query_row([follower.bytes()], row).optional()?;
            if found.is_some() {
                return Ok(found);
            }
        }
        Ok(None)
    }

    /// Which device passed an action on; `None` if it was never on the shared desk.
    pub fn passed_on(&self, action: ActionId) -> Result<Option<PassedOn>, StoreError> {
        let sql = "SELECT p.login, p.device, p.carried, p.signature, p.brings FROM passed_on p JOIN action a ON a.seq = p.action WHERE a.id = ?1";
        let row = |r: &Row| {
            let (login, carried, signature) = (r.get(0)?, r.get(2)?, r.get(3)?);
            let (device, brings) = (DeviceId(uuid(r.get(1)?)), ids_in(&r.get::<_, Vec<u8>>(4)?));
            Ok(PassedOn { login, device, carried, signature, brings })
        };
        Ok(self.db.prepare_cached(sql)?.query_row([action.bytes()], row).optional()?)
    }

    /// Whether the shared desk has taken an action.
    pub fn is_taken(&self, action: ActionId) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM action WHERE id = ?1 AND place < ?2)";
        Ok(self.db.prepare_cached(sql)?.query_row(params![action.bytes(), OWN_PLACES], |r| r.get(0))?)
    }

    /// The actions that other devices recorded and that came after `seq`, the newest first, at most `most`.
    pub fn received_after(&self, seq: i64, most: usize) -> Result<Vec<Action>, StoreError> {
        let sql = "SELECT a.canonical FROM passed_on p JOIN action a ON a.seq = p.action \
                   WHERE p.action > ?1 AND p.here = 0 ORDER BY p.action DESC LIMIT ?2";
        let mut rows = self.db.prepare_cached(sql)?;
        let found = rows.query_map(params![seq, most as i64], |r| r.get::<_, String>(0))?;
        found.map(|c| parse_action(&c?)).collect()
    }

    /// The key that a device had when this desk first saw it.
    pub fn pinned(&self, device: DeviceId) -> Result<Option<Pinned>, StoreError> {
        let sql = "SELECT login, person, key FROM pinned WHERE device = ?1";
        let row = |r: &Row| {
            let person = r.get::<_, Option<[u8; 16]>>(1)?.map(|p| PersonId(uuid(p)));
            Ok(Pinned { device, login: r.get(0)?, person, key: r.get(2)? })
        };
        Ok(self.db.prepare_cached(sql)?.query_row([device.0.as_bytes()], row).optional()?)
    }

    /// The entries that this desk does not take.
    pub fn skipped(&self) -> Result<Vec<Skipped>, StoreError> {
        let mut rows =
            self.db.prepare_cached("SELECT place, action, login, why FROM skipped ORDER BY place")?;
        let row = |r: &Row| {
            Ok(Skipped {
                place: r.get(0)?,
                action: ActionId(uuid(r.get(1)?)),
                login: r.get(2)?,
                why: Message::of_record(&r.get::<_, String>(3)?),
            })
        };
        Ok(rows.query_map([], row)?.collect::<Result<_, _>>()?)
    }

    /// The actions that the hub refused, in order.
    pub fn refused(&self) -> Result<Vec<RefusedAction>, StoreError> {
        let sql = "SELECT a.canonical, f.code, f.why, f.at FROM refused f JOIN action a ON a.seq = f.action ORDER BY a.seq";
        let mut rows = self.db.prepare_cached(sql)?;
        let row = |r: &Row| Ok((r.get::<_, String>(0)?, r.get(1)?, r.get(2)?, r.get::<_, String>(3)?));
        let found: Vec<(String, String, String, String)> =
            rows.query_map([], row)?.collect::<Result<_, _>>()?;
        let told = |(canonical, code, said, at): (String, String, String, String)| {
            let at = at.parse().unwrap_or_default();
            Ok(RefusedAction { action: parse_action(&canonical)?, code, said, at })
        };
        found.into_iter().map(told).collect()
    }

    /// The digest of the ids and digests of all live facts that the shared desk has taken, in its order.
    pub fn live_digest(&self) -> Result<Digest, StoreError> {
        let sql = "SELECT id, digest FROM live_fact WHERE place < ?1 ORDER BY place, nth";
        let mut rows = self.db.prepare(sql)?;
        let row = |r: &Row| Ok(format!("{} {}\n", uuid(r.get(0)?), Digest(r.get(1)?)));
        let lines: Vec<String> = rows.query_map([OWN_PLACES], row)?.collect::<Result<_, _>>()?;
        Ok(Digest::of(lines.concat().as_bytes()))
    }

    /// The digest of the numbers of all things that the shared desk has taken: of lines `KIND SCOPE NUMBER ENTITY`.
    ///
    /// `None` if something was redacted: of a thing that was redacted before it was sent, only this desk knows a number.
    pub fn numbers_digest(&self) -> Result<Option<Digest>, StoreError> {
        let redacted = "SELECT EXISTS (SELECT 1 FROM fact WHERE kind = 'redaction')";
        if self.db.query_row(redacted, [], |r| r.get(0))? {
            return Ok(None);
        }
        // Of a thing whose facts are closed nothing is known but its number.
        let sql = "SELECT kind, scope, number, entity FROM number n WHERE COALESCE((SELECT min(a.place) FROM fact f \
                     JOIN action a ON a.seq = f.action WHERE f.subject = n.entity), 0) < ?1 ORDER BY kind, scope, number";
        let mut rows = self.db.prepare(sql)?;
        let row = |r: &Row| {
            let scope = Uuid::from_slice(&r.get::<_, Vec<u8>>(1)?).map_or("-".into(), |s| s.to_string());
            let (kind, number): (String, i64) = (r.get(0)?, r.get(2)?);
            Ok(format!("{kind} {scope} {number} {}\n", uuid(r.get(3)?)))
        };
        let lines: Vec<String> = rows.query_map([OWN_PLACES], row)?.collect::<Result<_, _>>()?;
        Ok(Some(Digest::of(lines.concat().as_bytes())))
    }

    /// Whether the words of a source never leave this file.
    pub fn is_kept_here(&self, source: SourceId) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM kept_here WHERE source = ?1)";
        Ok(self.db.prepare_cached(sql)?.query_row([source.bytes()], |r| r.get(0))?)
    }

    /// Whether a hub may have a source, also one that lost it since or that this desk left: it was handed to a call, or came
    /// back from one.
    pub fn may_be_on_a_hub(&self, source: SourceId) -> Result<bool, StoreError> {
        let sql =
            "SELECT EXISTS (SELECT 1 FROM action a JOIN passed_on p ON p.action = a.seq WHERE a.thread = ?1)";
        let chain = Chain::Source(source).to_string();
        Ok(self.was_handed_to_hub(source)?
            || self.db.prepare_cached(sql)?.query_row([chain], |r| r.get(0))?)
    }

    /// Whether a source was handed to a call of the hub, whatever became of the call.
    pub fn was_handed_to_hub(&self, source: SourceId) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM handed_to_hub WHERE source = ?1)";
        Ok(self.db.prepare_cached(sql)?.query_row([source.bytes()], |r| r.get(0))?)
    }

    /// Up to which seq what came in was settled: merged, redone and carried where this desk's work needs it.
    pub fn settled(&self) -> Result<i64, StoreError> {
        Ok(self.setting(SETTLED)?.and_then(|seq| seq.parse().ok()).unwrap_or_default())
    }

    /// The undos that other devices recorded and that came after `seq`, in the order they came.
    pub fn undos_received_after(&self, seq: i64) -> Result<Vec<Action>, StoreError> {
        let sql = "SELECT a.canonical FROM action a JOIN passed_on p ON p.action = a.seq \
                   WHERE a.seq > ?1 AND p.here = 0 AND a.kind = 'undo' ORDER BY a.seq";
        let mut rows = self.db.prepare_cached(sql)?;
        let found = rows.query_map([seq], |r| r.get::<_, String>(0))?;
        found.map(|c| parse_action(&c?)).collect()
    }

    /// Whether an action of a chain was recorded in this file.
    pub fn is_worked_on_here(&self, chain: Chain) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM action a LEFT JOIN passed_on p ON p.action = a.seq \
                   WHERE a.thread = ?1 AND COALESCE(p.here, 1) = 1)";
        Ok(self.db.prepare_cached(sql)?.query_row([chain.to_string()], |r| r.get(0))?)
    }

    /// How many numbers of a kind this desk may still give.
    pub fn leased(&self, kind: &str) -> Result<i64, StoreError> {
        let sql = "SELECT COALESCE(sum(last - next + 1), 0) FROM lease WHERE kind = ?1";
        Ok(self.db.prepare_cached(sql)?.query_row([kind], |r| r.get(0))?)
    }

    /// Whether an action is undone now.
    pub fn is_undone(&self, action: ActionId) -> Result<bool, StoreError> {
        let sql = "SELECT NOT EXISTS (SELECT 1 FROM standing_action WHERE id = ?1)";
        Ok(self.db.prepare_cached(sql)?.query_row([action.bytes()], |r| r.get(0))?)
    }

    /// Whether an action was recorded in this file.
    pub fn was_recorded_here(&self, action: ActionId) -> Result<bool, StoreError> {
        let sql = "SELECT COALESCE((SELECT p.here FROM passed_on p JOIN action a ON a.seq = p.action WHERE a.id = ?1), 1)";
        Ok(self.db.prepare_cached(sql)?.query_row([action.bytes()], |r| r.get(0))?)
    }

    /// Whether a claim was first recorded in this file.
    pub fn was_introduced_here(&self, claim: Uuid) -> Result<bool, StoreError> {
        let sql = "SELECT COALESCE(p.here, 1) FROM fact f JOIN action a ON a.seq = f.action \
                     LEFT JOIN passed_on p ON p.action = a.seq \
                   WHERE f.subject = ?1 AND f.kind = 'claim' ORDER BY a.place, f.nth LIMIT 1";
        let found = self.db.prepare_cached(sql)?.query_row([claim.as_bytes()], |r| r.get(0)).optional()?;
        Ok(found.unwrap_or(false))
    }

    /// Whether an action with this digest is here.
    pub fn has_digest(&self, digest: &Digest) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM action WHERE digest = ?1)";
        Ok(self.db.prepare_cached(sql)?.query_row([digest.0], |r| r.get(0))?)
    }

    /// Whether a text is stored, or was and is erased.
    pub fn knows_text(&self, digest: &Digest) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM content WHERE digest = ?1)";
        Ok(self.db.prepare_cached(sql)?.query_row([digest.0], |r| r.get(0))?)
    }

    /// Whether an action is the last one of its chain.
    pub(in crate::store) fn is_last_in_chain(&self, chain: Chain, place: i64) -> Result<bool, StoreError> {
        let sql = "SELECT NOT EXISTS (SELECT 1 FROM action WHERE thread = ?1 AND place > ?2)";
        Ok(self.db.prepare_cached(sql)?.query_row(params![chain.to_string(), place], |r| r.get(0))?)
    }
}

impl Tx<'_> {
    /// Stores up to which seq what came in was settled.
    pub fn set_settled(&self, seq: i64) -> Result<(), StoreError> {
        self.set_setting(SETTLED, &seq.to_string())
    }

    /// Records that the words of a source never leave this file.
    pub fn keep_here(&self, source: SourceId) -> Result<(), StoreError> {
        let sql = "INSERT INTO kept_here (source) VALUES (?1) ON CONFLICT DO NOTHING";
        self.db.prepare_cached(sql)?.execute([source.bytes()])?;
        Ok(())
    }

    /// Records that a source is handed to a call of the hub.
    pub fn hand_to_hub(&self, source: SourceId) -> Result<(), StoreError> {
        let sql = "INSERT INTO handed_to_hub (source) VALUES (?1) ON CONFLICT DO NOTHING";
        self.db.prepare_cached(sql)?.execute([source.bytes()])?;
        Ok(())
    }

    /// Stores the membership in place of `known`, unless another program changed it meanwhile. Returns whether it did.
    pub fn replace_membership(&self, known: &Membership, next: &Membership) -> Result<bool, StoreError> {
        if self.membership()?.as_ref() != Some(known) {
            return Ok(false);
        }
        self.put_membership(next).map(|()| true)
    }

    /// Stores the membership.
    pub fn put_membership(&self, membership: &Membership) -> Result<(), StoreError> {
        self.set_setting(MEMBERSHIP, &membership.record())
    }

    /// Ends the membership. What was recorded keeps its place.
    pub fn end_membership(&self) -> Result<(), StoreError> {
        self.db.execute("DELETE FROM lease", [])?;
        self.db.execute("DELETE FROM refused", [])?;
        self.db.execute("DELETE FROM setting WHERE key = ?1", [MEMBERSHIP])?;
        Ok(())
    }

    /// Adds an entry of the shared desk at its place. An action that is here already only gets its place. Returns whether
    /// it is new.
    pub fn receive(
        &self,
        action: Action,
        facts: Vec<Recorded>,
        passed: &PassedOn,
        place: i64,
    ) -> Result<bool, StoreError> {
        let known = "SELECT seq FROM action WHERE id = ?1";
        let known: Option<i64> =
            self.db.prepare_cached(known)?.query_row([action.id.bytes()], |r| r.get(0)).optional()?;
        let seq = match known {
            Some(seq) => {
                if self.passes_others(action.chain, seq)? {
                    self.touch(action.chain);
                }
                let place = params![seq, place];
                self.db.prepare_cached("UPDATE action SET place = ?2 WHERE seq = ?1")?.execute(place)?;
                self.db.prepare_cached("DELETE FROM refused WHERE action = ?1")?.execute([seq])?;
                seq
            }
            None => self.add_at(action, facts, Some(place))?,
        };
        let sql = "INSERT INTO passed_on (action, login, device, carried, signature, here, brings) VALUES (?1,?2,?3,?4,?5,?6,?7) \
                   ON CONFLICT (action) DO UPDATE SET login = excluded.login, device = excluded.device, \
                     carried = excluded.carried, signature = excluded.signature, brings = excluded.brings";
        let PassedOn { login, device, carried, signature, brings } = passed;
        let brings: Vec<u8> = brings.iter().flat_map(ActionId::bytes).collect();
        let columns = params![seq, login, device.0.as_bytes(), carried, signature, known.is_some(), brings];
        self.db.prepare_cached(sql)?.execute(columns)?;
        Ok(known.is_none())
    }

    /// Whether an action gets a place before others of its chain that were before it.
    fn passes_others(&self, chain: Chain, seq: i64) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM action WHERE thread = ?1 AND place >= ?2 \
                     AND place < (SELECT place FROM action WHERE seq = ?3))";
        let of = params![chain.to_string(), OWN_PLACES, seq];
        Ok(self.db.prepare_cached(sql)?.query_row(of, |r| r.get(0))?)
    }

    /// Takes the places of the shared desk from all actions: the hub has another history now. Their order among each other
    /// stays, so no row of current values changes.
    pub fn forget_places(&self) -> Result<(), StoreError> {
        let mut rows = self.db.prepare("SELECT seq FROM action ORDER BY place")?;
        let order: Vec<i64> = rows.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?;
        let mut put = self.db.prepare("UPDATE action SET place = ?2 WHERE seq = ?1")?;
        // No two actions may have one place, not even in between.
        for base in [-(order.len() as i64) - 1, OWN_PLACES] {
            for (seq, nth) in order.iter().zip(1..) {
                put.execute(params![seq, base + nth])?;
            }
        }
        self.db.execute("DELETE FROM skipped", [])?;
        Ok(())
    }

    /// Stores that this desk does not take an entry.
    pub fn skip(&self, skipped: &Skipped) -> Result<(), StoreError> {
        let Skipped { place, action, login, why } = skipped;
        let sql = "INSERT OR REPLACE INTO skipped (place, action, login, why) VALUES (?1, ?2, ?3, ?4)";
        self.db.prepare_cached(sql)?.execute(params![place, action.bytes(), login, why.record()])?;
        Ok(())
    }

    /// Stores that the hub refused an action, and its own words.
    pub fn put_refused(
        &self,
        action: ActionId,
        code: &str,
        said: &str,
        at: Moment,
    ) -> Result<(), StoreError> {
        let sql = "INSERT OR REPLACE INTO refused (action, code, why, at) SELECT seq, ?2, ?3, ?4 FROM action WHERE id = ?1";
        self.db.prepare_cached(sql)?.execute(params![action.bytes(), code, said, at.to_string()])?;
        Ok(())
    }

    /// Sets actions aside: they stay in the history and do not count. The next actions of their chains follow the last ones
    /// before them.
    pub fn set_aside(&self, actions: &[Action]) -> Result<(), StoreError> {
        for action in actions {
            let sql = "INSERT OR IGNORE INTO aside (action) SELECT seq FROM action WHERE id = ?1";
            self.db.prepare_cached(sql)?.execute([action.id.bytes()])?;
            self.touch(action.chain);
        }
        self.db.execute("DELETE FROM refused WHERE action IN (SELECT action FROM aside)", [])?;
        let chains: std::collections::BTreeSet<Chain> = actions.iter().map(|a| a.chain).collect();
        chains.into_iter().try_for_each(|chain| self.recompute_heads_of(chain))?;
        self.rebuild_steps()
    }

    /// Stores the key of a device, unless the device is known.
    pub fn pin(&self, pinned: &Pinned) -> Result<(), StoreError> {
        let Pinned { device, login, person, key } = pinned;
        let sql = "INSERT OR IGNORE INTO pinned (device, login, person, key) VALUES (?1, ?2, ?3, ?4)";
        let person = person.map(|p| p.bytes());
        self.db.prepare_cached(sql)?.execute(params![device.0.as_bytes(), login, person, key])?;
        Ok(())
    }

    /// Marks an action as recorded by the program itself: nobody undoes it step by step.
    pub fn mark_automatic(&self, action: ActionId) -> Result<(), StoreError> {
        let sql = "INSERT OR IGNORE INTO automatic (action) SELECT seq FROM action WHERE id = ?1";
        self.db.prepare_cached(sql)?.execute([action.bytes()])?;
        self.remove_step(action)
    }

    /// Records which action needs a redo that the program recorded by itself.
    pub fn mark_needed_by(&self, redo: ActionId, needer: ActionId) -> Result<(), StoreError> {
        let sql = "INSERT OR IGNORE INTO needed_by (action, needer) SELECT seq, ?2 FROM action WHERE id = ?1";
        self.db.prepare_cached(sql)?.execute(params![redo.bytes(), needer.bytes()])?;
        Ok(())
    }

    /// Adds a block of `n` numbers from `first` on.
    pub fn add_lease(&self, kind: &str, first: i64, n: i64) -> Result<(), StoreError> {
        let sql = "INSERT OR IGNORE INTO lease (kind, last, next) VALUES (?1, ?2, ?3)";
        self.db.prepare_cached(sql)?.execute(params![kind, first + n - 1, first])?;
        Ok(())
    }

    /// The next number of this desk's blocks; `None` if they are used up.
    pub(in crate::store) fn take_leased(&self, kind: &str) -> Result<Option<i64>, StoreError> {
        loop {
            let sql = "UPDATE lease SET next = next + 1 WHERE kind = ?1 AND last = \
                         (SELECT min(last) FROM lease WHERE kind = ?1 AND next <= last) RETURNING next - 1";
            let taken: Option<i64> =
                self.db.prepare_cached(sql)?.query_row([kind], |r| r.get(0)).optional()?;
            let Some(number) = taken else { return Ok(None) };
            let used = "SELECT EXISTS (SELECT 1 FROM number WHERE kind = ?1 AND scope = x'' AND number = ?2)";
            if !self.db.prepare_cached(used)?.query_row(params![kind, number], |r| r.get::<_, bool>(0))? {
                return Ok(Some(number));
            }
        }
    }

    /// The rows of the chain in which a thing was introduced are made again.
    fn touch_chain_of(&self, entity: Uuid) -> Result<(), StoreError> {
        let sql = "SELECT a.thread FROM fact f JOIN action a ON a.seq = f.action WHERE f.subject = ?1 \
                   AND f.kind IN ('article', 'revision', 'claim', 'source', 'query', 'suggestion') ORDER BY a.place LIMIT 1";
        let chain: Option<String> =
            self.db.prepare_cached(sql)?.query_row([entity.as_bytes()], |r| r.get(0)).optional()?;
        if let Some(chain) = chain {
            self.touch(chain.parse().map_err(StoreError::Damaged)?);
        }
        Ok(())
    }

    /// Gives a thing the number that it has on the shared desk. Another thing that has this number here was not taken by
    /// the shared desk yet; it gets the next free one. Returns whether something changed.
    pub fn settle_number(&self, kind: NumberKind, entity: Uuid, number: i64) -> Result<bool, StoreError> {
        if self.number(entity)? == Some(number) {
            return Ok(false);
        }
        let change = "UPDATE number SET number = ?2 WHERE entity = ?1";
        if let Some(other) = self.numbered(kind, number)? {
            let free = self.free_number(kind)?;
            self.db.prepare_cached(change)?.execute(params![other.as_bytes(), free])?;
            self.touch_chain_of(other)?;
        }
        if self.number(entity)?.is_some() {
            self.db.prepare_cached(change)?.execute(params![entity.as_bytes(), number])?;
        } else {
            let (name, scope) = key(kind);
            let sql = "INSERT INTO number (kind, scope, number, entity) VALUES (?1, ?2, ?3, ?4)";
            self.db.prepare_cached(sql)?.execute(params![name, scope, number, entity.as_bytes()])?;
        }
        Ok(true)
    }
}

/// Reads ids of 16 bytes each.
fn ids_in(bytes: &[u8]) -> Vec<ActionId> {
    bytes.chunks_exact(16).filter_map(|id| Uuid::from_slice(id).ok()).map(ActionId).collect()
}
