//! Converts values of the model to the types of the page.

mod articles;
mod claims;
mod history;
mod imports;
mod sources;
mod suggestions;

pub use articles::counts;
pub use history::{PartKind, label, parts};
pub use imports::{proposal, unread_proposal};

use super::{WireError, page::*};
use crate::{
    desk::Desk,
    model::{Person, PersonId, Rating, Scale},
};
use std::{cell::RefCell, collections::HashMap};
use uuid::Uuid;

/// Converts values of one desk. It looks up numbers and people as needed, each person once.
pub struct Drawing<'d> {
    desk: &'d Desk,
    people: RefCell<HashMap<PersonId, PersonDto>>,
}

impl<'d> Drawing<'d> {
    /// Converts values of this desk.
    pub fn new(desk: &'d Desk) -> Self {
        Self { desk, people: RefCell::default() }
    }

    /// A person. If the desk does not have the person, or cannot read them, they are shown as unknown.
    pub fn person(&self, id: PersonId) -> PersonDto {
        let unknown =
            || PersonDto { id: id.to_string(), name: "Somebody unknown".into(), initials: "?".into() };
        let read = || self.desk.person(id).ok().flatten().map_or_else(unknown, |p| person(&p));
        self.people.borrow_mut().entry(id).or_insert_with(read).clone()
    }

    /// A thing's short number.
    pub fn number(&self, id: Uuid) -> Result<i64, WireError> {
        Ok(self.desk.number_of(id)?)
    }
}

/// A person.
pub fn person(p: &Person) -> PersonDto {
    PersonDto { id: p.person.to_string(), name: p.name.clone(), initials: p.initials.clone() }
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
