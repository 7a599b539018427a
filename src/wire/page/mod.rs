//! What crosses to the page: requests and answers, as plain values. Offsets are UTF-16 units, end exclusive, since that
//! is what the page's editor counts. The TypeScript in `ui/src/wire/generated.ts` is made of these types.

mod articles;
mod claims;
mod desk;
mod forms;
mod gate;
mod history;
mod keys;
mod merging;
mod spoken;
mod typing;

pub use articles::*;
pub use claims::*;
pub use desk::*;
pub use forms::*;
pub use gate::*;
pub use history::*;
pub use keys::*;
pub use merging::*;
pub use spoken::*;
pub use typing::*;

/// Declares types that cross to the page: read and written as JSON in camelCase, and told to TypeScript.
macro_rules! crossing {
    ($($item:item)*) => {$(
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(test, derive(ts_rs::TS))]
        #[serde(rename_all = "camelCase")]
        $item
    )*};
}
pub(crate) use crossing;

crossing! {
    /// A stretch of the text in UTF-16 units, end exclusive.
    #[derive(Copy, Eq)]
    pub struct SpanDto { pub start: usize, pub end: usize }

    /// A request or an answer with nothing in it.
    #[derive(Copy, Eq, Default)]
    pub struct Nothing {}
}
