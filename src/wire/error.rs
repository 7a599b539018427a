//! Errors for the page and for scripts: a code that the page branches on, and a message that a person can act on.

use crate::{desk::DeskError, text::OutOfText};
use serde::Serialize;

/// The error that the page gets instead of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WireError {
    /// What the page branches on.
    pub code: String,
    /// What was attempted, on what, and what to do.
    pub message: String,
    /// Details for a developer.
    pub detail: Option<String>,
}

impl WireError {
    /// An error of the given code.
    pub fn new(code: &str, message: impl ToString) -> Self {
        Self { code: code.into(), message: message.to_string(), detail: None }
    }

    /// A request that does not have the form of the command.
    pub fn request(command: &str, why: impl ToString) -> Self {
        Self {
            detail: Some(why.to_string()),
            ..Self::new(
                "wrong_request",
                format!("the request to '{command}' cannot be read: {}", why.to_string()),
            )
        }
    }
}

impl From<DeskError> for WireError {
    fn from(e: DeskError) -> Self {
        Self { code: e.code().into(), message: e.to_string(), detail: Some(format!("{e:?}")) }
    }
}

impl From<OutOfText> for WireError {
    fn from(e: OutOfText) -> Self {
        Self::new("wrong_request", format!("{e}; reload the article and select again"))
    }
}

/// An input that could not be parsed: a slug, a date, an id.
pub(super) fn unread(e: impl ToString) -> WireError {
    WireError::new("refused", e)
}
