//! The people who work at the desk.

use crate::desk::{
    Desk, DeskError, Me,
    error::{Missing, not_found},
    people::like_names::are_like,
};
use crate::{
    messages::message,
    model::{Chain, Person, PersonId, initials},
    store::Wanted,
};

impl Desk {
    /// Sets the person who works by name: somebody the desk knows, or somebody whom the first action introduces. Refuses the
    /// name of nobody that is like the name of somebody, because it is misspelt.
    pub fn work_as(&mut self, name: &str) -> Result<(), DeskError> {
        self.refuse_if_misspelt(name.trim())?;
        self.work_as_another(name)
    }

    /// Sets the person who works, also if the name is like the name of somebody else.
    pub fn work_as_another(&mut self, name: &str) -> Result<(), DeskError> {
        let name = name.trim();
        if name.is_empty() {
            return Err(DeskError::refused(message!("refused_person_name")));
        }
        let known = self.named_here(name)?;
        let by_initials = if known.is_some() { None } else { self.people_by_initials(name)? };
        if let Some(meant) = by_initials {
            return Err(DeskError::refused(message!("refused_initials", given = name, name = meant.name)));
        }
        self.me = known.map_or_else(|| Me::Named(name.into()), |p| Me::Known(p.person));
        Ok(())
    }

    /// Refuses a name that the desk does not know and that is like one it knows. On a shared desk only its member works.
    fn refuse_if_misspelt(&self, given: &str) -> Result<(), DeskError> {
        match self.store.membership()?.is_some() || !self.store.people_named(given)?.is_empty() {
            true => Ok(()),
            false => self.refuse_if_like_known(given),
        }
    }

    /// Refuses a name that nobody has here and that is like the name of somebody, who may be meant.
    pub fn refuse_if_like_known(&self, given: &str) -> Result<(), DeskError> {
        match self.people()?.into_iter().find(|p| are_like(&p.name, given)) {
            Some(known) => Err(DeskError::LikeKnown { given: given.into(), known: known.name }),
            None => Ok(()),
        }
    }

    /// Somebody with that name. A person who was introduced at this desk is preferred to one who was imported with a
    /// bundle.
    fn named_here(&self, name: &str) -> Result<Option<Person>, DeskError> {
        let mut named = self.store.people_named(name)?;
        for at in 0..named.len() {
            if self.was_introduced_here(named[at].person)? {
                return Ok(Some(named.swap_remove(at)));
            }
        }
        Ok(named.into_iter().next())
    }

    /// Whether it is known who works.
    pub fn has_person(&self) -> bool {
        self.me != Me::Nobody
    }

    /// Sets the person who works, and stores it.
    pub fn switch_to(&mut self, person: PersonId) -> Result<Person, DeskError> {
        let found = self.person(person)?;
        let missing = || not_found(Missing::Person, person);
        let found = found.ok_or_else(missing)?;
        if self.only_read().is_none() {
            self.store.set_setting("me", &person.to_string())?;
        }
        self.me = Me::Known(person);
        Ok(found)
    }

    /// Introduces somebody, who works from now on. Refuses a name that is like the name of somebody, because it is misspelt.
    pub fn introduce(&mut self, name: &str, given: &str) -> Result<Person, DeskError> {
        self.refuse_if_misspelt(name.trim())?;
        self.introduce_another(name, given)
    }

    /// Introduces somebody, also if the name is like the name of somebody else.
    pub fn introduce_another(&mut self, name: &str, given: &str) -> Result<Person, DeskError> {
        let (name, given) = (name.trim(), given.trim());
        if name.is_empty() {
            return Err(DeskError::refused(message!("refused_person_name")));
        }
        if let Some(known) = self.named_here(name)? {
            return self.switch_to(known.person);
        }
        let initials = if given.is_empty() { initials(name) } else { given.into() };
        let person = Person { person: PersonId(self.fresh()), name: name.into(), initials };
        self.write::<_, DeskError>(|tx| self.introduce_fact(tx, person.clone()))?;
        self.me = Me::Known(person.person);
        Ok(person)
    }

    /// Everybody the desk knows, in the order they were added.
    pub fn people(&self) -> Result<Vec<Person>, DeskError> {
        Ok(self.store.people()?)
    }

    /// Somebody the desk knows.
    pub fn person(&self, person: PersonId) -> Result<Option<Person>, DeskError> {
        Ok(self.store.person(person)?)
    }

    /// Everybody with exactly this name.
    pub fn people_named(&self, name: &str) -> Result<Vec<Person>, DeskError> {
        Ok(self.store.people_named(name)?)
    }

    /// The first person with these initials.
    pub fn people_by_initials(&self, initials: &str) -> Result<Option<Person>, DeskError> {
        Ok(self.people()?.into_iter().find(|p| p.initials == initials))
    }

    /// The id of the person who works, if the desk knows it.
    pub fn my_id(&self) -> Option<PersonId> {
        match &self.me {
            Me::Known(id) => Some(*id),
            Me::Named(_) | Me::Nobody => None,
        }
    }

    /// The name of the person who works, if only the name is known so far.
    pub(in crate::desk) fn my_name(&self) -> Option<String> {
        match &self.me {
            Me::Named(name) => Some(name.clone()),
            Me::Known(_) | Me::Nobody => None,
        }
    }

    /// The person who works.
    pub fn me(&self) -> Result<Option<Person>, DeskError> {
        match &self.me {
            Me::Known(id) => self.person(*id),
            Me::Named(_) | Me::Nobody => Ok(None),
        }
    }
}

impl Desk {
    /// Whether somebody was introduced at this desk.
    pub(in crate::desk) fn was_introduced_here(&self, person: PersonId) -> Result<bool, DeskError> {
        let chain = Chain::Person(person);
        let imported = self.store.imported_actions(chain)?;
        Ok(self.store.log(chain, &Wanted::All)?.iter().any(|l| !imported.contains(&l.action.id)))
    }
}
