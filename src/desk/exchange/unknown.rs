//! What a bundle contains that a desk does not know, and whether it may be imported.

use crate::desk::{Desk, DeskError};
use crate::{
    formats::bundle,
    messages::message,
    model::{
        Action, ActionId, ContentRef, Digest, Fact, Logged, Person, PersonId, Recorded, comparable_name,
    },
};
use std::collections::HashSet;

/// What a bundle contains that this desk does not know.
pub(in crate::desk) struct Unknown<'i> {
    /// Actions that are new here, or whose earlier imports were all undone.
    pub actions: Vec<&'i Logged>,
    /// Facts of known actions that are closed here and open in the bundle.
    pub opened: Vec<&'i Recorded>,
}

impl Unknown<'_> {
    /// Whether the bundle has nothing new.
    pub fn is_empty(&self) -> bool {
        self.actions.is_empty() && self.opened.is_empty()
    }

    /// The facts of the bundle that are new here.
    pub fn facts(&self) -> impl Iterator<Item = &Fact> {
        let recorded = self.actions.iter().flat_map(|l| &l.facts).chain(self.opened.iter().copied());
        recorded.filter_map(|f| f.fact())
    }

    /// The texts that the new facts name.
    pub fn texts(&self) -> HashSet<Digest> {
        self.held().filter(|h| matches!(h, ContentRef::Text(_))).map(|h| h.digest()).collect()
    }

    /// The files that the new facts name.
    pub fn files(&self) -> HashSet<Digest> {
        self.held().filter(|h| matches!(h, ContentRef::File(_))).map(|h| h.digest()).collect()
    }

    fn held(&self) -> impl Iterator<Item = ContentRef> {
        self.facts().flat_map(Fact::content_refs)
    }
}

impl Desk {
    /// What a bundle contains that is not known here. Fails if a known action differs in the bundle.
    pub(in crate::desk) fn unknown<'i>(
        &self,
        incoming: &'i bundle::Incoming,
    ) -> Result<Unknown<'i>, DeskError> {
        let mut unknown = Unknown { actions: Vec::new(), opened: Vec::new() };
        let closed = self.store.closed_facts()?;
        for logged in &incoming.log {
            let known = self.store.action(logged.action.id)?;
            if known.is_some_and(|k| k.digest() != logged.action.digest()) {
                return Err(DeskError::refused(message!("refused_desks_differ")));
            }
            if self.store.counts(logged.action.id)? != Some(true) {
                unknown.actions.push(logged);
            }
            unknown
                .opened
                .extend(logged.facts.iter().filter(|f| f.fact().is_some() && closed.contains(&f.id)));
        }
        Ok(unknown)
    }

    /// Refuses a bundle with new actions of somebody who works here, or with an undo of what was done here, unless it is
    /// signed with that person's key. Anybody can write any name into a bundle; only the signature proves it.
    pub(in crate::desk) fn refuse_borrowed_names(
        &self,
        incoming: &bundle::Incoming,
        unknown: &Unknown,
    ) -> Result<(), DeskError> {
        // Somebody may work on two desks: the key of the other one is known here as a contact of the same name.
        let signer = self.signer(&incoming.signed)?.name.map(|n| comparable_name(&n));
        let same = |p: &Person| signer.as_ref().is_some_and(|s| *s == comparable_name(&p.name));
        let (vouched, others): (Vec<Person>, Vec<Person>) = self.people()?.into_iter().partition(|p| same(p));
        let vouched: HashSet<PersonId> = vouched.iter().map(|p| p.person).collect();
        let mut of_here = HashSet::new();
        for other in others {
            if self.was_introduced_here(other.person)? {
                of_here.insert(other.person);
            }
        }
        for logged in &unknown.actions {
            let Action { id, person, target, .. } = &logged.action;
            // A known action that was removed from the article since then returns unchanged.
            let borrowed = of_here.contains(person) && self.store.action(*id)?.is_none();
            let undone = self.author_of_own(*target)?.is_some_and(|author| !vouched.contains(&author));
            if borrowed || undone {
                return Err(DeskError::refused(message!("refused_unproven_actions")));
            }
        }
        Ok(())
    }

    /// The author of the action that an undo or redo targets, if it was recorded at this desk.
    fn author_of_own(&self, target: Option<ActionId>) -> Result<Option<PersonId>, DeskError> {
        let Some(target) = target else { return Ok(None) };
        let own = self.store.is_own(target)?;
        Ok(self.store.action(target)?.filter(|_| own).map(|a| a.person))
    }
}
