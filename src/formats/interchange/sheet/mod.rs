//! The writer's sheet: the open queries of an article with room for an answer under each, and the answers read back.
//!
//! It goes through Word, a mail program or an editor in between, so nothing is told by layout alone: each query begins with a
//! mark such as `[Q12-4f9a]`, each answer with the word "Answer:", and the sheet ends with a line that says so.

use std::collections::BTreeMap;

mod lines;
mod mail;
mod read;
mod write;

pub use mail::of_mail;
pub use read::{AnswerIn, AnswersIn, read};
pub(super) use write::{html, markdown, text};

/// The numbers of queries on their desk, by their ids.
pub type Numbers = BTreeMap<String, i64>;

/// What an answer stands behind.
const ANSWER: &str = "Answer:";
/// What the writer's name stands behind.
const ANSWERED_BY: &str = "Answered by:";
/// What the title begins with.
const TITLE: &str = "Questions about “";
/// What stands behind the last answer.
const END: &str = "[End of the questions]";

/// The mark of a query: its number on the desk, and four digits of its id by which a mistyped number is noticed.
pub fn mark(number: i64, id: &str) -> String {
    format!("Q{number}-{}", id.get(id.len().saturating_sub(4)..).unwrap_or_default())
}
