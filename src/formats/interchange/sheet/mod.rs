//! The writer's sheet: writes the open queries of an article with space for answers, and reads the answers.
//!
//! In between, the writer uses Word, a mail program or an editor, so nothing depends on layout alone: each query begins with
//! a mark such as `[Q12-4f9a]`, each answer begins with "Answer:", and a last line marks the end of the sheet.

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

/// The label before an answer.
const ANSWER: &str = "Answer:";
/// The label before the writer's name.
const ANSWERED_BY: &str = "Answered by:";
/// The start of the title. The headline in quotation marks follows.
const TITLE: &str = "Questions about ";
/// The line after the last answer.
pub(super) const END: &str = "[End of the questions]";

/// The mark of a query: its number on the desk, and the last four digits of its id, which reveal a mistyped number.
pub fn mark(number: i64, id: &str) -> String {
    format!("Q{number}-{}", id.get(id.len().saturating_sub(4)..).unwrap_or_default())
}
