//! The output of a command: one JSON value for scripts, lines of text for people.

use crate::{desk::DeskError, model::Stamp, wire::WireError};
use serde_json::Value;

/// The output of a command.
pub struct Output {
    /// For scripts.
    pub json: Value,
    /// For people.
    pub text: String,
    /// Why the answer is "no" (exit 1); nothing if it is not.
    pub no: Option<String>,
    /// Whether the text is printed unescaped, even if JSON was requested.
    pub raw: bool,
}

/// Why a command ended with exit 2.
#[derive(Debug)]
pub struct Failure(pub String);

impl Output {
    /// A value for scripts and lines for people.
    pub fn new(json: Value, text: impl Into<String>) -> Self {
        let mut text = text.into();
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        Self { json, text, no: None, raw: false }
    }

    /// Text that is printed unescaped, without JSON.
    pub fn raw(text: String) -> Self {
        Self { json: Value::Null, text, no: None, raw: true }
    }
}

impl From<DeskError> for Failure {
    fn from(e: DeskError) -> Self {
        Self(e.to_string())
    }
}

impl From<WireError> for Failure {
    fn from(e: WireError) -> Self {
        Self(e.message)
    }
}

impl From<crate::model::NotASlug> for Failure {
    fn from(e: crate::model::NotASlug) -> Self {
        Self(e.to_string())
    }
}

impl From<crate::model::UnreadDate> for Failure {
    fn from(e: crate::model::UnreadDate) -> Self {
        Self(e.to_string())
    }
}

/// When something was recorded, to the minute.
pub fn minute(stamp: &Stamp) -> String {
    stamp.at.utc().format("%Y-%m-%d %H:%M").to_string()
}
