//! What comes back: bundles brought in, on an empty desk, on the desk they came from, and beside other work on the same
//! article. Everything in them was verified when they were read. An import is one action and is undone whole.

use super::{
    Clock, Desk, DeskError, Done, KnownSigner, Me, Proposed, Reading, Revised, join::Joint, shelf::StoredFile,
};
use crate::{
    formats::bundle,
    model::{
        Action, ActionId, ActionKind, ArticleId, Blobs, Digest, Fact, FactId, Held, Import, Logged, Person,
        PersonId, Recorded, RevisionId, Thread, alike,
    },
    store::{Access, Tx, Wanted},
    text::Decision,
};
use std::collections::HashSet;

/// An article that came in with a bundle.
#[derive(Clone, Debug)]
pub struct Brought {
    /// Which.
    pub article: ArticleId,
    /// How many actions were new to this desk.
    pub actions: usize,
    /// Who signed the bundle, by what this desk knows: whoever made it could write any name below what is in it.
    pub signer: KnownSigner,
    /// The article's newest revision where it is another than this desk had, and what became of the claims.
    pub joined: Option<Revised>,
}

/// What came of bringing a bundle in.
#[derive(Clone, Debug)]
pub enum BringIn {
    /// It is here.
    Done(Box<Done<Brought>>),
    /// Both this desk and the bundle changed the same sentences, each differently. Nothing was recorded.
    Open(Box<Proposed>),
}

/// What a bundle tells that this desk does not know.
struct News<'i> {
    /// Actions that are new here, or came in only with imports that were undone.
    actions: Vec<&'i Logged>,
    /// Facts of known actions that are closed here and told there.
    opened: Vec<&'i Recorded>,
}

impl News<'_> {
    /// What the bundle tells that is new here.
    fn facts(&self) -> impl Iterator<Item = &Fact> {
        let told = self.actions.iter().flat_map(|l| &l.facts).chain(self.opened.iter().copied());
        told.filter_map(|f| f.fact())
    }

    /// The texts and files it names.
    fn held(&self) -> impl Iterator<Item = Held> {
        self.facts().flat_map(Fact::held)
    }
}

/// A bundle that was taken in, and what joins it with what was here.
struct Taken {
    done: Done<FactId>,
    person: PersonId,
    joint: Option<(Joint, RevisionId)>,
}

/// Why it was not, and the transaction is given up.
enum Halt {
    /// A person decides first.
    Open(Box<Proposed>),
    Failed(Box<DeskError>),
}

impl<E: Into<DeskError>> From<E> for Halt {
    fn from(e: E) -> Self {
        Self::Failed(Box::new(e.into()))
    }
}

impl Desk {
    /// Brings a bundle in. Where both this desk and the bundle went on with the same article, both histories are kept and
    /// the texts are merged, each conflict as `decide` says by its place; an undecided one leaves everything as it was.
    /// Refused where the bundle speaks for somebody who works at this desk and is not signed with their key, unless `trust`
    /// says that it is believed all the same.
    pub fn bring_in(
        &mut self,
        incoming: bundle::Incoming,
        trust: bool,
        decide: impl Fn(usize) -> Option<Decision>,
    ) -> Result<BringIn, DeskError> {
        // The files are in their place before anything is locked.
        let stored = self.store_files(&incoming, &self.news(&incoming)?)?;
        let done =
            self.transact(Access::Write, |desk| desk.decide_bring_in(&incoming, &stored, trust, decide));
        if !matches!(done, Ok(BringIn::Done(_))) {
            self.take_back(&stored);
        }
        done
    }

    fn decide_bring_in(
        &mut self,
        incoming: &bundle::Incoming,
        stored: &[StoredFile],
        trust: bool,
        decide: impl Fn(usize) -> Option<Decision>,
    ) -> Result<BringIn, DeskError> {
        let news = self.news(incoming)?;
        if news.actions.is_empty() && news.opened.is_empty() {
            return Err(DeskError::NoChange(
                "everything in the bundle is on this desk already; nothing was recorded".into(),
            ));
        }
        if !trust {
            self.refuse_borrowed_names(incoming, &news)?;
        }
        let signer = self.signer(&incoming.signed)?;
        let here = self.read(incoming.article, None).ok();
        let taken =
            self.write(|tx| self.taken(tx, (incoming, stored), &news, here.as_ref(), &signer, decide));
        let Taken { done, person, joint } = match taken {
            Ok(taken) => taken,
            Err(Halt::Open(proposed)) => return Ok(BringIn::Open(proposed)),
            Err(Halt::Failed(e)) => return Err(*e),
        };
        self.me = Me::Known(person);
        let joined = joint.map(|(joint, newest)| self.told_joined(&joint, newest)).transpose()?.flatten();
        let (article, actions) = (incoming.article, news.actions.len());
        let value = Brought { article, actions, signer, joined };
        Ok(BringIn::Done(Box::new(Done { value, action: done.action, seq: self.seq()? })))
    }

    /// Takes everything in, in the one transaction it is given.
    fn taken(
        &self,
        tx: &Tx,
        (incoming, stored): (&bundle::Incoming, &[StoredFile]),
        news: &News,
        here: Option<&Reading>,
        signer: &KnownSigner,
        decide: impl Fn(usize) -> Option<Decision>,
    ) -> Result<Taken, Halt> {
        let (person, article) = (self.who(tx)?, incoming.article);
        let fact = Fact::Import(Import { article, bundle: incoming.digest });
        let done = self.record(tx, ActionKind::BringIn, Thread::Desk, person, |act| Ok(act.record(fact)))?;
        self.take_in(tx, (incoming, stored), news, &done)?;
        let joint = match here.map(|here| self.joint(incoming, here)).transpose()?.flatten() {
            Some(joint) => {
                let joint = joint.decided(decide).map_err(Halt::Open)?;
                let newest = self.join(tx, &joint, person, &done)?;
                Some((joint, newest))
            }
            None => None,
        };
        if signer.name.is_some() {
            self.remember_verified(incoming)?;
            self.remember(article, incoming.newest().min(self.clock.now()))?;
        }
        self.refuse_what_cannot_go_out(article)?;
        Ok(Taken { done, person, joint })
    }

    /// Whatever came in, the article has to go out again: a history that does not hold together on this desk is put back
    /// where it came from, with everything as it was.
    fn refuse_what_cannot_go_out(&self, article: ArticleId) -> Result<(), DeskError> {
        let stands = |e: &DeskError| !matches!(e, DeskError::NotFound { .. });
        let out = self.dossier(article).and_then(|d| Ok(bundle::sound(&d.log)?));
        out.or_else(|e| if stands(&e) { Err(e) } else { Ok(()) }).map_err(|e| {
            DeskError::refused(format!(
                "the bundle was not brought in, because the article could not go out from here any more: {e}"
            ))
        })
    }

    /// What a bundle tells that is not known here. Fails where it tells something known otherwise than it was recorded.
    fn news<'i>(&self, incoming: &'i bundle::Incoming) -> Result<News<'i>, DeskError> {
        let mut news = News { actions: Vec::new(), opened: Vec::new() };
        let closed = self.store.closed_facts()?;
        for logged in &incoming.log {
            let known = self.store.action(logged.action.id)?;
            if known.is_some_and(|k| k.digest() != logged.action.digest()) {
                return Err(DeskError::refused(
                    "the bundle tells an action of this article otherwise than this desk recorded it; nothing was brought in",
                ));
            }
            if self.store.counts(logged.action.id)? != Some(true) {
                news.actions.push(logged);
            }
            news.opened.extend(logged.facts.iter().filter(|f| f.fact().is_some() && closed.contains(&f.id)));
        }
        Ok(news)
    }

    /// Refuses what a bundle says in the name of somebody who works here, or undoes of what was done here: whoever makes a
    /// bundle can write any name into it, so only a signature with that person's key vouches for it.
    fn refuse_borrowed_names(&self, incoming: &bundle::Incoming, news: &News) -> Result<(), DeskError> {
        // Somebody may work on two desks: the key of the other one is known here as a contact of the same name.
        let signer = self.signer(&incoming.signed)?.name.map(|n| alike(&n));
        let same = |p: &Person| signer.as_ref().is_some_and(|s| *s == alike(&p.name));
        let (vouched, others): (Vec<Person>, Vec<Person>) = self.people()?.into_iter().partition(|p| same(p));
        let vouched: HashSet<PersonId> = vouched.iter().map(|p| p.person).collect();
        let mut of_here = HashSet::new();
        for other in others {
            if self.is_of_here(other.person)? {
                of_here.insert(other.person);
            }
        }
        for logged in &news.actions {
            let Action { id, person, target, .. } = &logged.action;
            // What is known and was parted from the article since comes back as it was.
            let borrowed = of_here.contains(person) && self.store.action(*id)?.is_none();
            let undone = self.author_of_own(*target)?.is_some_and(|author| !vouched.contains(&author));
            if borrowed || undone {
                return Err(DeskError::refused(
                    "the bundle says that somebody who works at this desk did something this desk does not know, or it undoes \
                     what was done here, and it is not signed with a key that is known here as theirs: anybody could have \
                     written it. Nothing was brought in. Verify it and take the signer's key in as a contact, or say --trust",
                ));
            }
        }
        Ok(())
    }

    /// Who did what an undo or redo speaks of, where it was done at this desk.
    fn author_of_own(&self, target: Option<ActionId>) -> Result<Option<PersonId>, DeskError> {
        let Some(target) = target else { return Ok(None) };
        let own = self.store.is_own(target)?;
        Ok(self.store.action(target)?.filter(|_| own).map(|a| a.person))
    }

    /// Whether somebody was introduced at this desk.
    pub(super) fn is_of_here(&self, person: PersonId) -> Result<bool, DeskError> {
        let thread = Thread::Person(person);
        let brought = self.store.brought_in(thread)?;
        Ok(self.store.log(thread, &Wanted::All)?.iter().any(|l| !brought.contains(&l.action.id)))
    }

    fn take_in<T>(
        &self,
        tx: &Tx,
        (incoming, stored): (&bundle::Incoming, &[StoredFile]),
        news: &News,
        done: &Done<T>,
    ) -> Result<(), DeskError> {
        self.take_texts(incoming, news)?;
        stored.iter().try_for_each(|p| self.keep_stored(tx, p))?;
        for logged in &news.actions {
            if self.store.counts(logged.action.id)?.is_none() {
                tx.add(logged.action.clone(), logged.facts.clone())?;
            }
            tx.brought(logged.action.id, done.action)?;
        }
        for opened in &news.opened {
            tx.open_closed(opened)?;
        }
        for (kind, entity) in news.facts().filter_map(Fact::numbered) {
            tx.give_number(kind, entity)?;
        }
        Ok(tx.settle_heads(done.action)?)
    }

    /// Keeps the texts that the news speak of; others, which somebody may have erased here, are left alone.
    fn take_texts(&self, incoming: &bundle::Incoming, news: &News) -> Result<(), DeskError> {
        let named: HashSet<Digest> =
            news.held().filter(|h| matches!(h, Held::Text(_))).map(|h| h.digest()).collect();
        let mut base = None;
        for (_, text) in incoming.texts.iter().filter(|(digest, _)| named.contains(digest)) {
            base = Some(self.store.put_text(text, base)?);
        }
        Ok(())
    }

    /// Puts the files that the news speak of where they are kept; others, which somebody may have erased here, are left alone.
    fn store_files(&self, incoming: &bundle::Incoming, news: &News) -> Result<Vec<StoredFile>, DeskError> {
        let named: HashSet<Digest> =
            news.held().filter(|h| matches!(h, Held::File(_))).map(|h| h.digest()).collect();
        let failed =
            |e: std::io::Error| DeskError::refused(format!("reading a file of the bundle failed: {e}"));
        let mut stored = Vec::new();
        for (digest, bytes) in incoming.files.iter().filter(|(digest, _)| named.contains(digest)) {
            let Some(mut file) = Blobs::open(incoming, digest).map_err(failed)? else { continue };
            match self.store_stream("", (*digest, *bytes), &mut file) {
                Ok(file) => stored.push(file),
                Err(why) => {
                    self.take_back(&stored);
                    return Err(why);
                }
            }
        }
        Ok(stored)
    }
}
