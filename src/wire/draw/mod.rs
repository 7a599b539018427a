//! Describes what a desk has: each thing once, in the types of `page`, for the page and for scripts.

mod articles;
mod claims;
mod comparison;
mod history;
mod imports;
mod sources;
mod suggestions;

pub use articles::counts;
pub use claims::Claims;
pub use comparison::{Changes, PartKind};
pub use history::label;
pub use imports::{proposal, unread_proposal};
pub use sources::offered;

use super::page::*;
use crate::{
    desk::{Desk, DeskError},
    model::{PersonId, Rating, Scale},
};
use std::{cell::RefCell, collections::HashMap};
use uuid::Uuid;

/// Describes what one desk has, in the form `F`. It looks up numbers and people as needed, each person once.
pub struct Drawing<'d, F: Form = PageForm> {
    desk: &'d Desk,
    people: RefCell<HashMap<PersonId, F::Person>>,
}

impl<'d> Drawing<'d> {
    /// Describes what this desk has, for the page.
    pub fn new(desk: &'d Desk) -> Self {
        Self::of(desk)
    }
}

impl<'d, F: Form> Drawing<'d, F> {
    /// Describes what this desk has.
    pub fn of(desk: &'d Desk) -> Self {
        Self { desk, people: RefCell::default() }
    }

    /// A person.
    pub fn person(&self, id: PersonId) -> Result<F::Person, DeskError> {
        if let Some(known) = self.people.borrow().get(&id) {
            return Ok(known.clone());
        }
        let person = F::person(id, self.desk.person(id))?;
        self.people.borrow_mut().insert(id, person.clone());
        Ok(person)
    }

    /// A person, if there is one.
    pub fn somebody(&self, id: Option<PersonId>) -> Result<Option<F::Person>, DeskError> {
        id.map(|id| self.person(id)).transpose()
    }

    /// A thing's short number.
    pub fn number(&self, id: Uuid) -> Result<i64, DeskError> {
        self.desk.number_of(id)
    }
}

/// A rating's short form.
pub fn rated(r: &Rating) -> RatedDto {
    RatedDto { slug: r.slug.clone(), label: r.label.clone(), family: r.family.to_string() }
}

/// A scale.
pub fn scale(id: Option<String>, s: &Scale) -> ScaleDto {
    let rating = |r: &Rating| RatingDto {
        slug: r.slug.clone(),
        label: r.label.clone(),
        family: r.family.to_string(),
        value: r.value,
        meaning: r.meaning.clone(),
    };
    ScaleDto { id, name: s.name.clone(), ratings: s.ratings.iter().map(rating).collect() }
}
