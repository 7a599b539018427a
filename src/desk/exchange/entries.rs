//! What this desk sends to a shared desk: its actions as signed entries, after the texts and files that they name.

use crate::desk::{Desk, DeskError};
use crate::{
    files::FileError,
    formats::bundle::signature::RawKey,
    hub::{CHUNK, Hub, HubError, Piece},
    messages::message,
    model::{
        Action, Blobs, Chain, ContentRef, DeviceId, Digest, EvidenceId, Fact, FactId, GivenNumber, Recorded,
        SharedEntry, SourceId, signed_bytes,
    },
    store::{FilePlace, Membership, PassedOn, Unsent, Wanted},
};
use std::{collections::HashSet, io::Read};

impl Desk {
    /// The entries that wait to be sent, in order, at most `most`. Those of other members are sent as their devices signed
    /// them, or passed on by this one where the device is not among `devices`, those that the hub knows.
    pub(in crate::desk) fn waiting_entries(
        &self,
        member: &Membership,
        (most, which): (usize, Unsent),
        devices: Option<&HashSet<DeviceId>>,
    ) -> Result<Vec<SharedEntry>, DeskError> {
        let (key, actions) = (self.device_key()?, self.store.unsent(most, which)?);
        let is_known = |device: DeviceId| devices.is_none_or(|known| known.contains(&device));
        actions.into_iter().map(|action| self.entry(member, &key, action, is_known)).collect()
    }

    /// The same, for the next call. From now on the sources whose words are in them cannot be kept here any more, whatever
    /// becomes of the call: its answer may be lost.
    pub(in crate::desk) fn entries_to_send(
        &self,
        member: &Membership,
        how_many: (usize, Unsent),
        devices: Option<&HashSet<DeviceId>>,
    ) -> Result<Vec<SharedEntry>, DeskError> {
        loop {
            let entries = self.snapshot(|| self.waiting_entries(member, how_many, devices))?;
            if self.hand_sources(&entries)? {
                return Ok(entries);
            }
        }
    }

    /// Marks the sources whose words are in the entries. Returns whether all may go: not if somebody decided meanwhile to keep
    /// one here.
    fn hand_sources(&self, entries: &[SharedEntry]) -> Result<bool, DeskError> {
        let mut new = Vec::new();
        for source in entries.iter().filter_map(open_source) {
            if !self.store.was_handed_to_hub(source)? {
                new.push(source);
            }
        }
        if new.is_empty() {
            return Ok(true);
        }
        self.write(|tx| {
            for source in &new {
                if tx.is_kept_here(*source)? {
                    return Ok(false);
                }
            }
            new.iter().try_for_each(|source| tx.hand_to_hub(*source))?;
            Ok(true)
        })
    }

    fn entry(
        &self,
        member: &Membership,
        key: &RawKey,
        action: Action,
        is_known: impl Fn(DeviceId) -> bool,
    ) -> Result<SharedEntry, DeskError> {
        let id = action.id;
        let facts = self.store.facts_of(id)?;
        let passed = match self.store.passed_on(id)?.filter(|p| is_known(p.device)) {
            Some(passed) => passed,
            None => self.signed_here(member, key, &action)?,
        };
        let PassedOn { device, carried, signature, brings, .. } = passed;
        let (with, secret) = (self.store.leader_of(id)?, self.secret_facts(&action, &facts)?);
        let numbers = self.numbers_of(&facts)?;
        let facts = self.without_kept(&action, facts)?;
        Ok(SharedEntry { action, facts, secret, with, brings, numbers, carried, device, signature })
    }

    /// Signs an action that was recorded here.
    fn signed_here(&self, member: &Membership, key: &RawKey, action: &Action) -> Result<PassedOn, DeskError> {
        let brings = self.store.brought_by(action.id)?;
        let signature = key.sign(&signed_bytes(member.desk, &action.digest(), &brings));
        let carried = action.person != member.person;
        Ok(PassedOn { login: member.login.clone(), device: member.device, carried, signature, brings })
    }

    fn numbers_of(&self, facts: &[Recorded]) -> Result<Vec<GivenNumber>, DeskError> {
        let mut numbers: Vec<GivenNumber> = Vec::new();
        for (kind, entity) in facts.iter().filter_map(Recorded::fact).filter_map(Fact::numbered) {
            if let Some(number) = self.store.number(entity)?
                && numbers.iter().all(|n| n.entity != entity)
            {
                numbers.push(GivenNumber { kind, number, entity });
            }
        }
        Ok(numbers)
    }

    /// The facts that readers do not get: contacts, withheld sources with their conversations, and passages from those.
    fn secret_facts(&self, action: &Action, facts: &[Recorded]) -> Result<Vec<FactId>, DeskError> {
        let mut secret = Vec::new();
        let is_withheld = match action.chain {
            Chain::Source(source) => self.is_withheld(source)?,
            Chain::Article(_) | Chain::Person(_) | Chain::Scale(_) | Chain::Desk => false,
        };
        let hidden = self.evidence_from(action, facts, |desk, source| desk.is_withheld(source))?;
        for fact in facts {
            let is_secret = match fact.fact() {
                Some(Fact::Contact(_)) => true,
                Some(Fact::Passage(p)) => hidden.contains(&p.evidence),
                Some(_) => is_withheld,
                None => false,
            };
            secret.extend(is_secret.then_some(fact.id));
        }
        Ok(secret)
    }

    /// Closes the facts whose words stay in this file: a source that is kept here, and passages from it.
    fn without_kept(&self, action: &Action, facts: Vec<Recorded>) -> Result<Vec<Recorded>, DeskError> {
        if let Chain::Source(source) = action.chain
            && self.store.is_kept_here(source)?
        {
            return Ok(facts.iter().map(Recorded::closed).collect());
        }
        let kept =
            self.evidence_from(action, &facts, |desk, source| Ok(desk.store.is_kept_here(source)?))?;
        let is_kept = |f: &Recorded| matches!(f.fact(), Some(Fact::Passage(p)) if kept.contains(&p.evidence));
        Ok(facts.into_iter().map(|f| if is_kept(&f) { f.closed() } else { f }).collect())
    }

    /// The pieces of evidence with a passage in this action whose source is `hidden`.
    fn evidence_from(
        &self,
        action: &Action,
        facts: &[Recorded],
        is_hidden: impl Fn(&Self, SourceId) -> Result<bool, DeskError>,
    ) -> Result<HashSet<EvidenceId>, DeskError> {
        let quoted = |f: &Recorded| match f.fact() {
            Some(Fact::Passage(p)) => Some(p.evidence),
            _ => None,
        };
        let quoted: HashSet<EvidenceId> = facts.iter().filter_map(quoted).collect();
        if quoted.is_empty() {
            return Ok(quoted);
        }
        let mut hidden = HashSet::new();
        let log = self.store.log(action.chain, &Wanted::AnchorsOf(Vec::new()))?;
        for fact in log.iter().flat_map(|l| &l.facts).filter_map(Recorded::fact) {
            if let Fact::Evidence(e) = fact
                && quoted.contains(&e.evidence)
                && is_hidden(self, e.source)?
            {
                hidden.insert(e.evidence);
            }
        }
        Ok(hidden)
    }

    fn is_withheld(&self, source: SourceId) -> Result<bool, DeskError> {
        let last = self.store.last_fact_about("source", source.0)?;
        let fact = last.map(|id| self.store.fact(id)).transpose()?.flatten();
        Ok(fact.is_some_and(|f| matches!(f.fact(), Some(Fact::Source(s)) if s.withhold)))
    }

    /// Sends the texts and files that entries name, where the hub has not all of them.
    pub(in crate::desk) fn send_contents(
        &self,
        hub: &mut dyn Hub,
        entries: &[SharedEntry],
    ) -> Result<(), DeskError> {
        let mut sent = HashSet::new();
        for entry in entries {
            for fact in &entry.facts {
                let secret = entry.secret.contains(&fact.id);
                for content in fact.fact().map(Fact::content_refs).unwrap_or_default() {
                    if sent.insert(content.digest()) {
                        self.send_content(hub, content, secret)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn send_content(&self, hub: &mut dyn Hub, content: ContentRef, secret: bool) -> Result<(), DeskError> {
        match content {
            ContentRef::Text(digest) => {
                let text = self.store.proven_text(&digest)?;
                let of = (digest, text.len() as u64);
                send_pieces(hub, of, secret, &mut text.as_bytes())
            }
            ContentRef::File(digest) => {
                let missing =
                    || DeskError::refused(message!("refused_send_file", digest = digest.to_string()));
                if self.store.is_remote_file(&digest)? {
                    // The hub has it, or another device will send it.
                    return Ok(());
                }
                let mut file = Blobs::open(self, &digest).map_err(FileError::Source)?.ok_or_else(missing)?;
                match self.store.file_place(&digest)? {
                    Some(FilePlace::Beside(bytes)) => send_pieces(hub, (digest, bytes), secret, &mut file),
                    Some(FilePlace::Inside) | None => {
                        let mut all = Vec::new();
                        file.read_to_end(&mut all).map_err(FileError::Source)?;
                        send_pieces(hub, (digest, all.len() as u64), secret, &mut all.as_slice())
                    }
                }
            }
        }
    }
}

/// The source that an entry is about, if words of it are there to read.
fn open_source(entry: &SharedEntry) -> Option<SourceId> {
    match entry.action.chain {
        Chain::Source(source) if entry.facts.iter().any(|f| f.fact().is_some()) => Some(source),
        Chain::Source(_) | Chain::Article(_) | Chain::Person(_) | Chain::Scale(_) | Chain::Desk => None,
    }
}

/// Sends the pieces that the hub has not: it goes on where an earlier attempt broke off.
fn send_pieces(
    hub: &mut dyn Hub,
    (digest, total): (Digest, u64),
    secret: bool,
    from: &mut dyn Read,
) -> Result<(), DeskError> {
    let count = total.div_ceil(CHUNK as u64).max(1) as u32;
    // One piece is sent without asking first.
    let there = match count {
        1 => 0,
        _ => hub.put(&Piece { digest, total, n: 0, data: &[], secret })?,
    };
    for n in 0..count {
        let mut data = Vec::new();
        from.take(CHUNK as u64).read_to_end(&mut data).map_err(FileError::Source)?;
        if n >= there {
            hub.put(&Piece { digest, total, n, data: &data, secret })?;
        }
    }
    Ok(())
}

/// Reads a text or file from the hub, piece by piece.
pub(in crate::desk) struct Pieces<'h> {
    hub: &'h mut dyn Hub,
    digest: Digest,
    next: u32,
    piece: Vec<u8>,
    at: usize,
    /// Why reading failed.
    pub failed: Option<HubError>,
}

impl<'h> Pieces<'h> {
    /// The bytes with this digest.
    pub fn of(hub: &'h mut dyn Hub, digest: Digest) -> Self {
        Self { hub, digest, next: 0, piece: Vec::new(), at: 0, failed: None }
    }

    fn fetch(&mut self) -> Result<(), HubError> {
        let ended = self.next > 0 && self.piece.len() < CHUNK;
        let piece = if ended { None } else { self.hub.get(&self.digest, self.next)? };
        (self.piece, self.at) = (piece.unwrap_or_default(), 0);
        self.next += 1;
        Ok(())
    }
}

impl Read for Pieces<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.at == self.piece.len()
            && let Err(why) = self.fetch()
        {
            self.failed = Some(why.clone());
            return Err(std::io::Error::other(why));
        }
        let n = into.len().min(self.piece.len() - self.at);
        into[..n].copy_from_slice(&self.piece[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}
