//! The forms in which a thing goes out. A thing is described once, for the page and for scripts. Its form decides in which units
//! its places are counted and how people are shown; `wire::script` says which keys differ for scripts.

use super::{PersonDto, SpanDto};
use crate::{
    desk::DeskError,
    model::{Person, PersonId},
    text::{Offsets, Span},
};
use serde::{Serialize, de::DeserializeOwned};
use std::fmt::Debug;

/// What a form decides.
pub trait Form: Clone + Debug + PartialEq {
    /// A place in a text.
    type Span: Clone + Debug + PartialEq + Serialize + DeserializeOwned;

    /// A person.
    type Person: Clone + Debug + PartialEq + Serialize + DeserializeOwned;

    /// A byte span in the units of this form; nothing if it is outside the text.
    fn span(offsets: &Offsets, span: Span) -> Option<Self::Span>;

    /// A person as the desk has them, or says why it cannot read them. Fails if the form has no way to show that.
    fn person(id: PersonId, found: Result<Option<Person>, DeskError>) -> Result<Self::Person, DeskError>;

    /// The name of a person, if it is known.
    fn name(person: &Self::Person) -> Option<String>;

    /// Byte spans in the units of this form, without those outside the text.
    fn spans(offsets: &Offsets, spans: &[Span]) -> Vec<Self::Span> {
        spans.iter().filter_map(|s| Self::span(offsets, *s)).collect()
    }
}

/// What the page gets: UTF-16 units, and people as values.
#[derive(Clone, Debug, PartialEq)]
pub struct PageForm;

impl Form for PageForm {
    type Span = SpanDto;
    type Person = PersonDto;

    fn span(offsets: &Offsets, span: Span) -> Option<SpanDto> {
        let range = offsets.span_to_utf16(span).ok()?;
        Some(SpanDto { start: range.start.0, end: range.end.0 })
    }

    /// Whoever the desk does not have, or cannot read, is shown as unknown.
    fn person(id: PersonId, found: Result<Option<Person>, DeskError>) -> Result<PersonDto, DeskError> {
        let unknown =
            || PersonDto { id: id.to_string(), name: "Somebody unknown".into(), initials: "?".into() };
        Ok(found.ok().flatten().map_or_else(unknown, |p| (&p).into()))
    }

    fn name(person: &PersonDto) -> Option<String> {
        Some(person.name.clone())
    }
}

impl From<&Person> for PersonDto {
    fn from(p: &Person) -> Self {
        Self { id: p.person.to_string(), name: p.name.clone(), initials: p.initials.clone() }
    }
}
