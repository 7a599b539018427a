//! Requests and answers of the page, as plain values. Offsets are UTF-16 units, end exclusive, because the page's editor
//! counts them; what goes out to scripts as well leaves that to its [`Form`]. The TypeScript in `ui/src/wire/generated.ts` is generated from these types.

#![allow(
    missing_docs,
    reason = "each type has a doc comment, and its fields are named as the page shows them"
)]

mod articles;
mod claims;
mod desk;
mod form;
mod forms;
mod gate;
mod history;
mod hub;
mod interchange;
mod keys;
mod merging;
mod returned;
mod sources;
mod suggestions;
mod typing;

pub use articles::*;
pub use claims::*;
pub use desk::*;
pub use form::*;
pub use forms::*;
pub use gate::*;
pub use history::*;
pub use hub::*;
pub use interchange::*;
pub use keys::*;
pub use merging::*;
pub use returned::*;
pub use sources::*;
pub use suggestions::*;
pub use typing::*;

/// Declares types that cross to the page: JSON in camelCase, and declared in TypeScript.
macro_rules! crossing {
    ($($item:item)*) => {$(
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(test, derive(ts_rs::TS))]
        #[serde(rename_all = "camelCase")]
        $item
    )*};
}
pub(crate) use crossing;

/// Declares types that go out to scripts as well: their spans and people are those of the form `F`.
macro_rules! in_each_form {
    ($($item:item)*) => {$crate::wire::page::crossing! {$(
        #[serde(bound = "F: Form")]
        #[cfg_attr(test, ts(concrete(F = PageForm), bound = "F: Form, F::Person: ts_rs::TS, F::Span: ts_rs::TS"))]
        $item
    )*}};
}
pub(crate) use in_each_form;

crossing! {
    /// A span of the text in UTF-16 units, end exclusive.
    #[derive(Copy, Eq)]
    pub struct SpanDto { pub start: usize, pub end: usize }

    /// A request or an answer with nothing in it.
    #[derive(Copy, Eq, Default)]
    pub struct Nothing {}

    /// The action that was recorded, to be undone by its id.
    pub struct ActionAnswer { pub action: String }
}

/// A field that may be absent, null or a value: absent is `None`, null is `Some(None)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given<T>(pub Option<Option<T>>);

impl<T> Default for Given<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<'d, T: serde::Deserialize<'d>> serde::Deserialize<'d> for Given<T> {
    fn deserialize<D: serde::Deserializer<'d>>(from: D) -> Result<Self, D::Error> {
        Option::deserialize(from).map(|value| Self(Some(value)))
    }
}

impl<T: serde::Serialize> serde::Serialize for Given<T> {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(to)
    }
}
