//! What a shared desk sends: entries of all members, in the order that the hub gave them. An entry is taken if its digests
//! are right, its device signed it, its author may speak with this device, and what it follows is here. All desks skip the
//! same others.

use super::entries::Pieces;
use crate::desk::{Desk, DeskError, act::Stopwatch, storage::stored_files::StoredFile};
use crate::{
    files::FileError,
    formats::bundle::signature::is_signed,
    hub::{CHUNK, Hub, HubError},
    messages::{Message, message},
    model::{
        Accepted, ActionId, ActionKind, ArticleId, Attachment, Chain, ContentRef, DeviceId, Digest, Doing,
        Fact, FactId, NumberKind, Recorded, SharedEntry, rolled, signed_bytes,
    },
    store::{Membership, PassedOn, Pinned, RemoteFile, Skipped, Tx},
};
use std::{
    collections::{BTreeSet, HashMap},
    io::Read,
    time::Duration,
};

/// How many entries are pulled at once.
const AT_ONCE: u32 = 200;
/// The most bytes of a text.
const MAX_TEXT: u64 = 256 << 20;

/// Texts and files that entries name, fetched before they are recorded.
#[derive(Default)]
struct Contents {
    texts: HashMap<Digest, String>,
    files: Vec<StoredFile>,
    /// What stays on the hub until somebody needs it.
    remote: Vec<RemoteFile>,
}

/// What one call to the hub brought.
#[derive(Default)]
pub(in crate::desk) struct Received {
    /// How many actions are new here.
    pub new: usize,
    /// The articles that changed.
    pub articles: BTreeSet<ArticleId>,
    /// Whether there may be more.
    pub more: bool,
    /// Whether something was redacted.
    erases: bool,
}

/// Of how many chains, most of them articles, entries are recorded in one transaction. Saves wait for that transaction, and how
/// long it takes depends on them: the rows of each article that it changes are made again, once however many entries change it.
/// So the next transaction has more or fewer, by what the last one took.
pub(in crate::desk) struct Portion(usize);

impl Portion {
    const FIRST: usize = 5;
    /// The most chains, and the most entries.
    const MOST: usize = 50;
    /// What a transaction may take.
    const GOAL: Duration = Duration::from_millis(5);

    pub fn new() -> Self {
        Self(Self::FIRST)
    }

    /// The number for the transaction after one that took this long.
    fn next(&mut self, took: Duration) {
        let next = if took > Self::GOAL { self.0 / 2 } else { self.0 * 2 };
        self.0 = next.clamp(1, Self::MOST);
    }

    /// How many entries of these chains go into the next transaction, at least the first.
    fn of(&self, chains: impl Iterator<Item = Chain>) -> usize {
        let mut taken = BTreeSet::new();
        let fits = |chain: &Chain| {
            taken.insert(*chain);
            taken.len() <= self.0
        };
        chains.take(Self::MOST).take_while(fits).count()
    }
}

impl Desk {
    /// Pulls the next entries and records them in parts, each with the new cursor, in order.
    pub(in crate::desk) fn pull_once(
        &self,
        hub: &mut dyn Hub,
        portion: &mut Portion,
    ) -> Result<Received, DeskError> {
        let member = self.membership()?;
        self.progress.at(Doing::Receiving, count(member.cursor), count(member.head))?;
        let pulled = pull_some(hub, &member)?;
        check_order(&member, &pulled)?;
        self.pin_devices(hub, &pulled)?;
        self.record_in_parts(hub, member, pulled, portion)
    }

    /// Stops where another program pulled meanwhile: the next call begins after it.
    fn record_in_parts(
        &self,
        hub: &mut dyn Hub,
        mut member: Membership,
        mut pulled: Vec<Accepted>,
        portion: &mut Portion,
    ) -> Result<Received, DeskError> {
        let mut all = Received { more: !pulled.is_empty(), ..Received::default() };
        while !pulled.is_empty() {
            let rest = pulled.split_off(portion.of(pulled.iter().map(|a| a.entry.action.chain)));
            let contents = self.fetch_contents(hub, &pulled)?;
            let next = moved_on(&member, &pulled);
            let (part, watch) = self.write_received(|tx| {
                let watch = Stopwatch::start();
                Ok::<_, DeskError>((self.record_pulled(tx, (&member, &next), pulled, &contents)?, watch))
            })?;
            portion.next(watch.elapsed());
            let Some(part) = part else { break };
            if part.erases {
                self.erase_rest()?;
            }
            all.add(part);
            (member, pulled) = (next, rest);
            if !pulled.is_empty() {
                self.let_others_write();
            }
        }
        Ok(all)
    }

    fn record_pulled(
        &self,
        tx: &Tx,
        (known, member): (&Membership, &Membership),
        pulled: Vec<Accepted>,
        contents: &Contents,
    ) -> Result<Option<Received>, DeskError> {
        if !tx.replace_membership(known, member)? {
            // Another program pulled meanwhile, or left the shared desk.
            return Ok(None);
        }
        let (mut received, mut leaders) = (Received::default(), BTreeSet::new());
        for text in contents.texts.values() {
            tx.put_text(text, None)?;
        }
        contents.files.iter().try_for_each(|file| self.keep_stored(tx, file))?;
        contents.remote.iter().try_for_each(|file| tx.put_remote_file(*file))?;
        for accepted in pulled {
            if let Some(why) = self.reason_to_skip(tx, member, &accepted)? {
                let Accepted { seq: place, entry, login, .. } = accepted;
                tx.skip(&Skipped { place, action: entry.action.id, login, why })?;
            } else {
                self.record_entry(tx, accepted, &mut received, &mut leaders)?;
            }
        }
        for leader in leaders {
            tx.recompute_heads(leader)?;
        }
        Ok(Some(received))
    }

    fn record_entry(
        &self,
        tx: &Tx,
        accepted: Accepted,
        received: &mut Received,
        leaders: &mut BTreeSet<ActionId>,
    ) -> Result<(), DeskError> {
        let Accepted { seq, entry, login, .. } = accepted;
        let SharedEntry { action, facts, with, brings, numbers, carried, device, signature, .. } = entry;
        let (id, chain, kind) = (action.id, action.chain, action.kind);
        let passed = PassedOn { login, device, carried, signature, brings };
        for fact in &facts {
            tx.fill_closed(fact)?;
        }
        // A number can change only while its thing waits for a place.
        for number in numbers {
            if tx.settle_number(number.kind, number.entity, number.number)? {
                touch_numbered(tx, chain, number.kind);
            }
        }
        let redacted: Vec<FactId> = facts.iter().filter_map(redacted_by).collect();
        let is_new = tx.receive(action, facts, &passed, seq)?;
        for fact in redacted {
            self.erase_too(tx, fact)?;
            received.erases = true;
        }
        received.new += usize::from(is_new);
        for brought in &passed.brings {
            if tx.action(*brought)?.is_some() {
                tx.mark_part_of(*brought, id)?;
            }
        }
        if let Some(leader) = with.filter(|_| is_new) {
            leaders.extend(self.record_leader(tx, id, kind, leader)?);
        }
        leaders.extend((kind == ActionKind::ImportBundle && !passed.brings.is_empty()).then_some(id));
        if let Chain::Article(article) = chain {
            received.articles.insert(article);
        }
        Ok(())
    }

    /// Records what a new entry is undone with, if that one was signed so, or what needs it if it is a redo. Returns the import
    /// whose chains continue from other actions.
    fn record_leader(
        &self,
        tx: &Tx,
        id: ActionId,
        kind: ActionKind,
        leader: ActionId,
    ) -> Result<Option<ActionId>, DeskError> {
        let Some(known) = tx.action(leader)? else { return Ok(None) };
        if tx.passed_on(leader)?.is_some_and(|p| p.brings.contains(&id)) {
            tx.mark_part_of(id, leader)?;
            return Ok((known.kind == ActionKind::ImportBundle).then_some(leader));
        }
        if kind == ActionKind::Redo {
            tx.mark_needed_by(id, leader)?;
        }
        Ok(None)
    }

    /// Why this desk does not take an entry. Every desk decides alike: by the entry and by what was taken before it.
    fn reason_to_skip(
        &self,
        tx: &Tx,
        member: &Membership,
        accepted: &Accepted,
    ) -> Result<Option<Message>, DeskError> {
        let entry = &accepted.entry;
        let digest = entry.action.digest();
        let Some(pinned) = tx.pinned(entry.device)? else { return Ok(Some(message!("skip_device"))) };
        let digests: Vec<Digest> = entry.facts.iter().map(|f| f.digest).collect();
        let bytes = signed_bytes(member.desk, &digest, &entry.brings);
        let known = tx.action(entry.action.id)?;
        Ok(if !is_signed(&pinned.key, &bytes, &entry.signature) {
            Some(message!("skip_signature"))
        } else if digests != entry.action.facts || !entry.facts.iter().all(Recorded::is_sound) {
            Some(message!("skip_digest"))
        } else if known.is_some_and(|k| k.digest() != digest) {
            Some(message!("skip_id"))
        } else if !self.speaks_for_itself(tx, entry, &pinned)? {
            Some(message!("skip_name"))
        } else if !follows_known(tx, entry)? {
            Some(message!("skip_base"))
        } else {
            None
        })
    }

    /// Whether the author of an entry is the owner of the device, or the entry says that it is passed on, or came with an
    /// import of that device.
    fn speaks_for_itself(&self, tx: &Tx, entry: &SharedEntry, pinned: &Pinned) -> Result<bool, DeskError> {
        let owner = pinned.person == Some(entry.action.person);
        let brought = match entry.with {
            Some(leader) => tx
                .passed_on(leader)?
                .is_some_and(|p| p.brings.contains(&entry.action.id) && p.device == entry.device),
            None => false,
        };
        Ok(owner || entry.carried || brought)
    }

    /// Stores the keys of devices that are seen for the first time.
    fn pin_devices(&self, hub: &mut dyn Hub, pulled: &[Accepted]) -> Result<(), DeskError> {
        let mut unknown: BTreeSet<DeviceId> = pulled.iter().map(|a| a.entry.device).collect();
        for device in unknown.clone() {
            if self.store.pinned(device)?.is_some() {
                unknown.remove(&device);
            }
        }
        if unknown.is_empty() {
            return Ok(());
        }
        let members = hub.members()?;
        self.write_received::<_, DeskError>(|tx| {
            for member in &members {
                for device in member.devices.iter().filter(|d| unknown.contains(&d.device)) {
                    let (login, person) = (member.login.clone(), member.person);
                    tx.pin(&Pinned { device: device.device, login, person, key: device.key })?;
                }
            }
            Ok(())
        })
    }

    fn fetch_contents(&self, hub: &mut dyn Hub, pulled: &[Accepted]) -> Result<Contents, DeskError> {
        let mut contents = Contents::default();
        let facts = pulled.iter().flat_map(|a| &a.entry.facts).filter_map(Recorded::fact);
        for fact in facts {
            let bytes = attached(fact);
            for content in fact.content_refs() {
                match content {
                    ContentRef::Text(digest) => self.fetch_text(hub, digest, &mut contents)?,
                    ContentRef::File(digest) => {
                        let bytes = bytes.iter().find(|a| a.digest == digest).map(|a| a.bytes);
                        self.fetch_small_file(hub, (digest, bytes), &mut contents)?;
                    }
                }
            }
        }
        Ok(contents)
    }

    fn fetch_text(&self, hub: &mut dyn Hub, digest: Digest, into: &mut Contents) -> Result<(), DeskError> {
        if into.texts.contains_key(&digest) || self.store.knows_text(&digest)? {
            return Ok(());
        }
        let bytes = read_all(hub, digest, MAX_TEXT)?;
        let text = String::from_utf8(bytes)
            .map_err(|_| HubError::Answer(message!("hub_text_not_utf8", digest = digest.to_string())))?;
        into.texts.insert(digest, text);
        Ok(())
    }

    /// Fetches a file of one piece. A longer one stays on the hub until somebody needs it.
    fn fetch_small_file(
        &self,
        hub: &mut dyn Hub,
        (digest, bytes): (Digest, Option<u64>),
        into: &mut Contents,
    ) -> Result<(), DeskError> {
        if into.files.iter().any(|f| f.digest == digest) || self.store.file_place(&digest)?.is_some() {
            return Ok(());
        }
        let first = match bytes {
            Some(bytes) if bytes >= CHUNK as u64 => None,
            _ => hub.get(&digest, 0)?,
        };
        match first.filter(|piece| piece.len() < CHUNK) {
            Some(piece) if Digest::of(&piece) == digest => {
                into.files.push(self.store_stream(
                    "",
                    (digest, piece.len() as u64),
                    &mut piece.as_slice(),
                )?);
            }
            Some(_) => {
                return Err(HubError::Answer(message!("hub_other_bytes", digest = digest.to_string())).into());
            }
            None => into.remote.push(RemoteFile { digest, bytes }),
        }
        Ok(())
    }
}

/// The files of a fact whose length it says.
fn attached(fact: &Fact) -> Vec<Attachment> {
    match fact {
        Fact::Source(s) => s.files.clone(),
        Fact::Picture(p) => p.file.iter().cloned().collect(),
        _ => Vec::new(),
    }
}

fn redacted_by(fact: &Recorded) -> Option<FactId> {
    match fact.fact() {
        Some(Fact::Redaction(r)) => Some(r.fact),
        _ => None,
    }
}

/// Reads a whole text or file and compares it with its digest.
fn read_all(hub: &mut dyn Hub, digest: Digest, most: u64) -> Result<Vec<u8>, DeskError> {
    let (mut pieces, mut all) = (Pieces::of(hub, digest), Vec::new());
    let read = (&mut pieces).take(most).read_to_end(&mut all);
    match (read, pieces.failed) {
        (_, Some(why)) => Err(why.into()),
        (Err(why), None) => Err(FileError::Source(why).into()),
        (Ok(_), None) if Digest::of(&all) != digest => {
            Err(HubError::Answer(message!("hub_part_missing", digest = digest.to_string())).into())
        }
        (Ok(_), None) => Ok(all),
    }
}

impl Received {
    fn add(&mut self, part: Self) {
        self.new += part.new;
        self.articles.extend(part.articles);
    }
}

/// The membership once these entries are recorded.
fn moved_on(member: &Membership, pulled: &[Accepted]) -> Membership {
    let mut next = member.clone();
    if let Some(last) = pulled.last() {
        (next.cursor, next.rolling) = (last.seq, last.rolling);
        next.head = next.head.max(last.seq);
    }
    next
}

fn count(entries: i64) -> u64 {
    entries.max(0) as u64
}

/// Pulls many entries, or a few where the line is too slow for many.
fn pull_some(hub: &mut dyn Hub, member: &Membership) -> Result<Vec<Accepted>, HubError> {
    match hub.pull(member.epoch, member.cursor, AT_ONCE) {
        Err(HubError::Unreachable(_)) => hub.pull(member.epoch, member.cursor, AT_ONCE / 20),
        pulled => pulled,
    }
}

/// Entries are numbered without gaps, and each rolling digest follows from the one before.
fn check_order(member: &Membership, pulled: &[Accepted]) -> Result<(), HubError> {
    let (mut seq, mut rolling) = (member.cursor, member.rolling);
    for accepted in pulled {
        (seq, rolling) = (seq + 1, rolled(&rolling, &accepted.entry.action.digest()));
        if accepted.seq != seq || accepted.rolling != rolling {
            return Err(HubError::Answer(message!("hub_wrong_entry", seq = seq.to_string())));
        }
    }
    Ok(())
}

/// Whether everything an entry follows, undoes or redoes is here.
fn follows_known(tx: &Tx, entry: &SharedEntry) -> Result<bool, DeskError> {
    for parent in &entry.action.parents {
        if !tx.has_digest(parent)? {
            return Ok(false);
        }
    }
    Ok(match entry.action.target {
        Some(target) => tx.action(target)?.is_some(),
        None => true,
    })
}

/// The rows with a number that changed are made again.
fn touch_numbered(tx: &Tx, chain: Chain, kind: NumberKind) {
    match kind {
        NumberKind::Revision(article) => tx.touch(Chain::Article(ArticleId(article))),
        NumberKind::Article
        | NumberKind::Claim
        | NumberKind::Source
        | NumberKind::Query
        | NumberKind::Suggestion => tx.touch(chain),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_portion_follows_what_the_last_one_took() {
        let mut portion = Portion::new();
        for _ in 0..9 {
            portion.next(Portion::GOAL);
        }
        assert_eq!(portion.0, Portion::MOST);
        portion.next(Portion::GOAL * 2);
        assert_eq!(portion.0, Portion::MOST / 2);
        for _ in 0..9 {
            portion.next(Portion::GOAL * 2);
        }
        assert_eq!(portion.0, 1, "there is always one");
    }

    #[test]
    fn the_entries_of_one_chain_go_together() {
        let chain = |n: u128| Chain::Article(ArticleId(uuid::Uuid::from_u128(n)));
        let of = |size: usize, chains: &[u128]| Portion(size).of(chains.iter().map(|n| chain(*n)));
        assert_eq!(of(1, &[]), 0);
        assert_eq!(of(1, &[1, 1, 1, 2, 1]), 3);
        assert_eq!(of(2, &[1, 2, 1, 2, 3, 1]), 4);
        assert_eq!(of(1, &[1; 200]), Portion::MOST);
        assert_eq!(of(Portion::MOST, &(0..200).collect::<Vec<_>>()), Portion::MOST);
    }
}
