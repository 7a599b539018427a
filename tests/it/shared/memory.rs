//! A hub in memory, which keeps the rules of the real one as far as desks notice them. Its network can be cut, its answers
//! lost, and its end taken away.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard},
};
use tickmark::{
    hub::{
        CHUNK, Device, FORM, Hub, HubError, HubStanding, HubState, Invite, Inviting, Joining, Leased, Member,
        Piece, Present, Push, Refusal, Taken, UNNAMED_DAYS,
    },
    messages::Message,
    model::{
        Accepted, ActionId, ArticleId, DeviceId, Digest, Fact, GivenNumber, Moment, NumberKind, PersonId,
        Role, SharedEntry, State, UNROLLED, rolled,
    },
};
use uuid::Uuid;

fn row_of(n: &GivenNumber) -> (String, String, i64, Uuid) {
    let (kind, scope) = key(n.kind);
    (kind, if scope.is_nil() { "-".into() } else { scope.to_string() }, n.number, n.entity)
}

/// The hub that several connections share.
#[derive(Clone, Default)]
pub struct Memory(Arc<Mutex<Inner>>, Arc<Mutex<Option<Meanwhile>>>);

/// Something that happens once, in the middle of somebody's call.
type Meanwhile = Box<dyn FnOnce() + Send>;

/// One device's connection.
pub struct Line {
    hub: Memory,
    login: String,
    device: DeviceId,
}

#[derive(Clone)]
struct Inner {
    epoch: Uuid,
    standing: HubStanding,
    entries: Vec<Accepted>,
    members: Vec<Member>,
    passwords: HashMap<String, String>,
    contents: HashMap<Digest, Upload>,
    /// Days since it began.
    day: i64,
    form: u32,
    numbers: BTreeMap<(String, Uuid), Vec<(i64, Uuid)>>,
    leases: BTreeMap<Leased, i64>,
    leased: Vec<(String, Leased, i64, i64)>,
    here: BTreeMap<String, ArticleId>,
    /// Calls that fail before they have an effect, counted down.
    cut: usize,
    /// Calls that come before those, and before those whose answer is lost.
    uncut: usize,
    /// Calls whose answer is lost after they had their effect, counted down.
    lost: usize,
}

/// A text or file, or what came of one.
#[derive(Clone)]
struct Upload {
    total: u64,
    bytes: Vec<u8>,
    /// The day of its last piece; `None` once an entry names it.
    grown: Option<i64>,
}

impl Upload {
    fn is_whole(&self) -> bool {
        self.bytes.len() as u64 == self.total
    }
}

impl Default for Inner {
    fn default() -> Self {
        Self {
            epoch: Uuid::from_u128(1),
            standing: HubStanding::Founding,
            entries: Vec::new(),
            members: Vec::new(),
            passwords: HashMap::new(),
            contents: HashMap::new(),
            day: 0,
            form: FORM,
            numbers: BTreeMap::new(),
            leases: BTreeMap::new(),
            leased: Vec::new(),
            here: BTreeMap::new(),
            cut: 0,
            uncut: 0,
            lost: 0,
        }
    }
}

fn refused(why: Refusal, entry: Option<ActionId>) -> HubError {
    HubError::Refused { why, entry, said: format!("{why:?}") }
}

impl Memory {
    /// A hub with a chief, and the chief's invite.
    pub fn with_chief(name: &str) -> (Self, Invite) {
        let hub = Self::default();
        let invite = hub.invited(name, Role::Chief, None);
        (hub, invite)
    }

    /// Adds a member, or a device of one, and returns the invite.
    pub fn invited(&self, name: &str, role: Role, person: Option<PersonId>) -> Invite {
        let login = self.lock().invite(name, role, person, "once");
        self.invite_of(&login)
    }

    fn invite_of(&self, login: &str) -> Invite {
        let text = format!(
            r#"{{"tickmark-invite":1,"hosts":["localhost"],"database":"d","desk":"{}","name":"News","login":"{login}","password":"once"}}"#,
            Uuid::from_u128(9)
        );
        Invite::parse(&text).expect("an invite")
    }

    /// A connection, as the function that a desk is given.
    pub fn line(&self, invite: &Invite, device: DeviceId) -> Result<Box<dyn Hub>, HubError> {
        if self.lock().passwords.get(&invite.login) != Some(&invite.password) {
            return Err(HubError::NotAdmitted(Message::verbatim("another password")));
        }
        Ok(Box::new(Line { hub: self.clone(), login: invite.login.clone(), device }))
    }

    /// The next `n` calls do not reach the hub.
    pub fn cut_after(&self, uncut: usize, n: usize) {
        let mut inner = self.lock();
        (inner.uncut, inner.cut) = (uncut, n);
    }

    pub fn cut(&self, n: usize) {
        self.lock().cut = n;
    }

    /// The answers of `n` calls are lost, after `uncut` others.
    pub fn lose_answers(&self, uncut: usize, n: usize) {
        let mut inner = self.lock();
        (inner.uncut, inner.lost) = (uncut, n);
    }

    /// Takes the last entries away, as a restored backup does. Then every member sends again.
    pub fn set_back(&self, to: usize) {
        let mut inner = self.lock();
        inner.entries.truncate(to);
        let known: HashSet<Uuid> =
            inner.entries.iter().flat_map(|a| &a.entry.numbers).map(|n| n.entity).collect();
        inner.numbers.values_mut().for_each(|all| all.retain(|(_, entity)| known.contains(entity)));
        inner.epoch = Uuid::from_u128(inner.epoch.as_u128() + 1);
        inner.standing = HubStanding::Refilling;
    }

    /// Ends the founding, or the refilling after a setback.
    pub fn open(&self) {
        self.lock().standing = HubStanding::Open;
    }

    /// Another version prepared it.
    pub fn is_of_form(&self, form: u32) {
        self.lock().form = form;
    }

    /// Nothing is taken any more.
    pub fn close(&self) {
        self.lock().standing = HubStanding::Closed;
    }

    /// Days go by.
    pub fn days_pass(&self, days: i64) {
        self.lock().day += days;
    }

    /// Gives a member another role.
    pub fn set_role(&self, name: &str, role: Role) {
        self.lock().members.iter_mut().filter(|m| m.name == name).for_each(|m| m.role = role);
    }

    /// Changes the last entry.
    pub fn tamper(&self, change: impl Fn(&mut SharedEntry)) {
        if let Some(last) = self.lock().entries.last_mut() {
            change(&mut last.entry);
        }
    }

    /// Does something else between the next pull and the moment its answer is recorded.
    pub fn meanwhile(&self, work: impl FnOnce() + Send + 'static) {
        *self.1.lock().expect("what happens meanwhile") = Some(Box::new(work));
    }

    /// Whether words are in an entry, to be read.
    pub fn has(&self, words: &str) -> bool {
        let inner = self.lock();
        let mut facts = inner.entries.iter().flat_map(|a| &a.entry.facts).filter_map(|f| f.fact());
        facts.any(|fact| format!("{fact:?}").contains(words))
    }

    /// How many entries it has.
    pub fn head(&self) -> usize {
        self.lock().entries.len()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().expect("a hub")
    }
}

impl Line {
    /// Runs a call on the network as it is.
    fn call<T>(&self, call: impl FnOnce(&mut Inner) -> Result<T, HubError>) -> Result<T, HubError> {
        let mut inner = self.hub.lock();
        if inner.uncut > 0 && (inner.cut > 0 || inner.lost > 0) {
            inner.uncut -= 1;
            return call(&mut inner);
        }
        if inner.cut > 0 {
            inner.cut -= 1;
            return Err(HubError::Unreachable(Message::verbatim("cut")));
        }
        let answer = call(&mut inner);
        if inner.lost > 0 {
            inner.lost -= 1;
            return Err(HubError::Unreachable(Message::verbatim("the answer is lost")));
        }
        answer
    }
}

impl Inner {
    fn member(&self, login: &str) -> Result<&Member, HubError> {
        let found = self.members.iter().find(|m| m.login == login && m.removed.is_none());
        found.ok_or_else(|| refused(Refusal::NoMember, None))
    }

    fn need_open(&self) -> Result<(), HubError> {
        match self.standing {
            HubStanding::Closed => Err(refused(Refusal::Role, None)),
            _ => Ok(()),
        }
    }

    fn rolling(&self) -> Digest {
        self.entries.last().map_or(UNROLLED, |a| a.rolling)
    }

    fn invite(&mut self, name: &str, role: Role, person: Option<PersonId>, password: &str) -> String {
        let known =
            self.members.iter().find(|m| person.is_some() && m.person == person).map(|m| m.login.clone());
        let login = known.unwrap_or_else(|| {
            let login = format!("tm_{:012x}", self.members.len() + 1);
            let (name, devices) = (name.to_owned(), Vec::new());
            self.members.push(Member { login: login.clone(), person, name, role, removed: None, devices });
            login
        });
        self.passwords.insert(login.clone(), password.into());
        login
    }

    fn push(&mut self, login: &str, push: &Push) -> Result<Vec<Taken>, HubError> {
        if push.epoch != self.epoch {
            return Err(refused(Refusal::OtherHistory, None));
        }
        self.need_open()?;
        let before = self.clone();
        let mut taken = Vec::new();
        for entry in push.entries {
            match self.take(login, push, entry) {
                Ok(one) => taken.push(one),
                Err(why) => {
                    *self = before;
                    return Err(why);
                }
            }
        }
        Ok(taken)
    }

    fn take(&mut self, login: &str, push: &Push, entry: &SharedEntry) -> Result<Taken, HubError> {
        let action = &entry.action;
        let no = |why| Err(refused(why, Some(action.id)));
        if let Some(known) = self.entries.iter().find(|a| a.entry.action.id == action.id) {
            return match known.entry.action.digest() == action.digest() {
                true => Ok(Taken { action: action.id, seq: known.seq, dup: true }),
                false => no(Refusal::IdReused),
            };
        }
        let member = self.member(login)?;
        let founding = self.standing == HubStanding::Founding && member.role == Role::Chief;
        let refilling = self.standing == HubStanding::Refilling;
        let others = founding || refilling || entry.with.is_some();
        if member.person != Some(action.person) && !others {
            return no(Refusal::Name);
        }
        let kinds = || entry.facts.iter().filter_map(|f| f.fact()).map(Fact::kind);
        if !refilling
            && entry.with.is_none()
            && !(member.role.may(action.kind) && kinds().all(|k| member.role.may_record(k)))
        {
            return no(Refusal::Role);
        }
        if !action.parents.iter().all(|p| self.entries.iter().any(|a| a.entry.action.digest() == *p)) {
            return no(Refusal::Base);
        }
        let contents: Vec<Digest> = entry
            .facts
            .iter()
            .filter_map(|f| f.fact())
            .flat_map(Fact::content_refs)
            .map(|c| c.digest())
            .collect();
        if !contents.iter().all(|c| self.contents.get(c).is_some_and(Upload::is_whole)) {
            return no(Refusal::Quota);
        }
        if !push.fork && self.text_went_on(push.after, entry) {
            return no(Refusal::TextWentOn);
        }
        for content in contents {
            self.contents.entry(content).and_modify(|upload| upload.grown = None);
        }
        let numbers = self.number(login, founding || refilling, entry);
        let seq = self.entries.len() as i64 + 1;
        let rolling = rolled(&self.rolling(), &action.digest());
        self.redact(entry);
        let entry = SharedEntry { numbers, ..entry.clone() };
        let id = entry.action.id;
        self.entries.push(Accepted { seq, entry, login: login.into(), rolling, at: Moment(seq) });
        Ok(Taken { action: id, seq, dup: false })
    }

    /// Removes the oldest uploads that no entry named for days: at least one, and as many as it takes for `room` bytes.
    fn sweep(&mut self, room: u64) {
        let limit = self.day - UNNAMED_DAYS;
        let mut old: Vec<(i64, Digest)> =
            self.contents.iter().filter_map(|(d, u)| Some((u.grown.filter(|g| *g < limit)?, *d))).collect();
        old.sort_unstable();
        let mut freed = 0;
        for (_, digest) in old {
            freed += self.contents.remove(&digest).map_or(0, |u| u.bytes.len() as u64);
            if freed >= room {
                break;
            }
        }
    }

    /// Whether somebody else saved a revision of the same article that the sender has not pulled.
    fn text_went_on(&self, after: i64, entry: &SharedEntry) -> bool {
        let saves = |e: &SharedEntry| e.facts.iter().any(|f| matches!(f.fact(), Some(Fact::Revision(_))));
        saves(entry)
            && self.entries.iter().skip(after.max(0) as usize).any(|a| {
                saves(&a.entry)
                    && a.entry.action.chain == entry.action.chain
                    && a.entry.device != entry.device
            })
    }

    fn number(&mut self, login: &str, founding: bool, entry: &SharedEntry) -> Vec<GivenNumber> {
        let facts = entry.facts.iter().filter_map(|f| f.fact());
        let mut given: Vec<GivenNumber> = Vec::new();
        for (kind, entity) in facts.filter_map(Fact::numbered) {
            if given.iter().any(|g| g.entity == entity) {
                continue;
            }
            let key = key(kind);
            let asked = entry.numbers.iter().find(|n| n.entity == entity).map(|n| n.number);
            let all = self.numbers.entry(key.clone()).or_default();
            let number = match all.iter().find(|(_, e)| *e == entity) {
                Some((number, _)) => *number,
                None => {
                    let free = |n: &i64| all.iter().all(|(other, _)| other != n);
                    let own = |n: &i64| founding || in_lease(&self.leased, login, &key.0, *n);
                    let next = all.iter().map(|(n, _)| *n).max().unwrap_or(0) + 1;
                    let leased = self.leases.iter().find(|(k, _)| k.as_str() == key.0).map_or(1, |(_, n)| *n);
                    let number = asked.filter(free).filter(own).unwrap_or(if key.0 == "revision" {
                        next
                    } else {
                        next.max(leased)
                    });
                    all.push((number, entity));
                    number
                }
            };
            given.push(GivenNumber { kind, number, entity });
        }
        given
    }

    fn redact(&mut self, entry: &SharedEntry) {
        for fact in entry.facts.iter().filter_map(|f| f.fact()) {
            let Fact::Redaction(redaction) = fact else { continue };
            for stored in self.entries.iter_mut().flat_map(|a| &mut a.entry.facts) {
                if stored.id == redaction.fact {
                    stored.state = State::Closed;
                }
            }
        }
    }
}

fn in_lease(leased: &[(String, Leased, i64, i64)], login: &str, kind: &str, number: i64) -> bool {
    leased
        .iter()
        .any(|(l, k, first, last)| l == login && k.as_str() == kind && (*first..=*last).contains(&number))
}

fn key(kind: NumberKind) -> (String, Uuid) {
    match kind {
        NumberKind::Article => ("article".into(), Uuid::nil()),
        NumberKind::Claim => ("claim".into(), Uuid::nil()),
        NumberKind::Source => ("source".into(), Uuid::nil()),
        NumberKind::Query => ("query".into(), Uuid::nil()),
        NumberKind::Suggestion => ("suggestion".into(), Uuid::nil()),
        NumberKind::Revision(article) => ("revision".into(), article),
    }
}

impl Hub for Line {
    fn state(&mut self) -> Result<HubState, HubError> {
        let login = self.login.clone();
        self.call(|hub| {
            let member = hub.member(&login)?.clone();
            Ok(HubState {
                form: hub.form,
                name: "News".into(),
                epoch: hub.epoch,
                standing: hub.standing,
                desk_form: 8,
                head: hub.entries.len() as i64,
                rolling: hub.rolling(),
                role: member.role,
                person: member.person,
                used: hub.contents.values().map(|u| u.bytes.len() as u64).sum(),
                quota: 1 << 40,
                unnamed: hub
                    .contents
                    .values()
                    .filter(|u| u.grown.is_some())
                    .map(|u| u.bytes.len() as u64)
                    .sum(),
                now: Moment(0),
            })
        })
    }

    fn proof(&mut self, seq: i64) -> Result<Option<Digest>, HubError> {
        self.call(|hub| match seq {
            0 => Ok(Some(UNROLLED)),
            _ => Ok(hub.entries.get(seq as usize - 1).map(|a| a.rolling)),
        })
    }

    fn numbers(&mut self, seq: i64) -> Result<Digest, HubError> {
        self.call(|hub| {
            let taken = hub.entries.iter().take(seq as usize);
            let rows: BTreeSet<_> = taken.flat_map(|a| &a.entry.numbers).map(row_of).collect();
            let line = |(kind, scope, number, entity): (String, String, i64, Uuid)| {
                format!("{kind} {scope} {number} {entity}\n")
            };
            Ok(Digest::of(rows.into_iter().map(line).collect::<String>().as_bytes()))
        })
    }

    fn push(&mut self, push: &Push) -> Result<Vec<Taken>, HubError> {
        let login = self.login.clone();
        self.call(|hub| hub.push(&login, push))
    }

    fn pull(&mut self, epoch: Uuid, after: i64, most: u32) -> Result<Vec<Accepted>, HubError> {
        let login = self.login.clone();
        let meanwhile = self.hub.1.lock().expect("what happens meanwhile").take();
        let pulled = self.call(|hub| {
            let reads = hub.member(&login)?.role == Role::Reader;
            if epoch != hub.epoch {
                return Err(refused(Refusal::OtherHistory, None));
            }
            let close = |mut a: Accepted| {
                for fact in a.entry.facts.iter_mut().filter(|f| reads && a.entry.secret.contains(&f.id)) {
                    fact.state = State::Closed;
                }
                a
            };
            Ok(hub.entries.iter().skip(after as usize).take(most as usize).cloned().map(close).collect())
        });
        if let Some(work) = meanwhile {
            work();
        }
        pulled
    }

    fn lease(&mut self, kind: Leased, n: u32) -> Result<i64, HubError> {
        let login = self.login.clone();
        self.call(|hub| {
            hub.member(&login)?;
            hub.need_open()?;
            let given = hub.numbers.get(&(kind.as_str().into(), Uuid::nil())).into_iter().flatten();
            let used = given.map(|(n, _)| *n).max().unwrap_or(0) + 1;
            let next = hub.leases.entry(kind).or_insert(1);
            let first = used.max(*next);
            *next = first + i64::from(n);
            hub.leased.push((login.clone(), kind, first, first + i64::from(n) - 1));
            Ok(first)
        })
    }

    fn put(&mut self, piece: &Piece) -> Result<u32, HubError> {
        let login = self.login.clone();
        self.call(|hub| {
            hub.member(&login)?;
            hub.need_open()?;
            if piece.data.is_empty() && piece.total > 0 && !hub.contents.contains_key(&piece.digest) {
                return Ok(0);
            }
            let (total, day) = (piece.total, hub.day);
            let upload = hub.contents.entry(piece.digest).or_insert(Upload {
                total,
                bytes: Vec::new(),
                grown: Some(day),
            });
            upload.grown = upload.grown.map(|_| day);
            let begins = upload.bytes.is_empty();
            if !upload.is_whole() && upload.bytes.len() == piece.n as usize * CHUNK {
                upload.bytes.extend_from_slice(piece.data);
            }
            let held = upload.bytes.len().div_ceil(CHUNK) as u32;
            if begins && !piece.data.is_empty() {
                hub.sweep(total);
            }
            Ok(held)
        })
    }

    fn get(&mut self, digest: &Digest, n: u32) -> Result<Option<Vec<u8>>, HubError> {
        self.call(|hub| {
            let whole = hub.contents.get(digest).filter(|upload| upload.is_whole());
            let piece = whole.and_then(|upload| upload.bytes.get(n as usize * CHUNK..));
            Ok(piece.map(|p| p[..p.len().min(CHUNK)].to_vec()))
        })
    }

    fn here(&mut self, article: Option<ArticleId>) -> Result<Vec<Present>, HubError> {
        let login = self.login.clone();
        self.call(|hub| {
            match article {
                Some(article) => hub.here.insert(login.clone(), article),
                None => hub.here.remove(&login),
            };
            let others = hub.here.iter().filter(|(l, _)| **l != login);
            Ok(others
                .map(|(login, article)| Present {
                    login: login.clone(),
                    person: hub.member(login).ok().and_then(|m| m.person),
                    article: *article,
                    at: Moment(0),
                })
                .collect())
        })
    }

    fn join(&mut self, joining: &Joining) -> Result<(), HubError> {
        let (login, device) = (self.login.clone(), self.device);
        self.call(|hub| {
            hub.member(&login)?;
            hub.passwords.insert(login.clone(), joining.password.clone());
            let member = hub.members.iter_mut().find(|m| m.login == login).expect("a member");
            member.person.get_or_insert(joining.person);
            let (label, key) = (joining.label.clone(), joining.key);
            if member.devices.iter().all(|d| d.device != device) {
                member.devices.push(Device { device, label, key, revoked: None });
            }
            Ok(())
        })
    }

    fn members(&mut self) -> Result<Vec<Member>, HubError> {
        self.call(|hub| Ok(hub.members.clone()))
    }

    fn invite(&mut self, inviting: &Inviting) -> Result<String, HubError> {
        self.call(|hub| Ok(hub.invite(&inviting.name, inviting.role, inviting.person, &inviting.password)))
    }

    fn set_role(&mut self, login: &str, role: Role) -> Result<(), HubError> {
        self.call(|hub| {
            hub.members.iter_mut().filter(|m| m.login == login).for_each(|m| m.role = role);
            Ok(())
        })
    }

    fn remove(&mut self, login: &str) -> Result<(), HubError> {
        self.call(|hub| {
            hub.members.iter_mut().filter(|m| m.login == login).for_each(|m| m.removed = Some(Moment(1)));
            Ok(())
        })
    }

    fn revoke(&mut self, device: DeviceId) -> Result<(), HubError> {
        self.call(|hub| {
            let devices = hub.members.iter_mut().flat_map(|m| &mut m.devices);
            devices.filter(|d| d.device == device).for_each(|d| d.revoked = Some(Moment(1)));
            Ok(())
        })
    }

    fn recover(&mut self, done: bool) -> Result<(), HubError> {
        self.call(|hub| {
            hub.standing = if done { HubStanding::Open } else { HubStanding::Refilling };
            Ok(())
        })
    }

    fn wait(&mut self, _millis: u64) -> Result<bool, HubError> {
        Ok(true)
    }
}
