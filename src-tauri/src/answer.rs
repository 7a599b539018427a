//! The form of everything that goes back to the page: a JSON value, or an error of
//! `{code, message, said, detail}` as the core sends it.

use serde_json::{Value, json};
use tickmark::messages::{Message, message};
use tickmark::wire::ErrorCode;

/// What a call ends with.
pub type Answer = Result<Value, Value>;

/// An error of the shell's own. What is said is what was attempted, on what, and what to do.
pub fn error(code: ErrorCode, said: Message) -> Value {
    json!({ "code": code.as_str(), "message": said.to_string(), "said": said, "detail": null })
}

/// The text at `key` of a request, or an error that names what is missing.
pub fn text<'a>(request: &'a Value, key: &str) -> Result<&'a str, Value> {
    request
        .get(key)
        .and_then(Value::as_str)
        .ok_or_else(|| error(ErrorCode::WrongRequest, message!("shell_no_text", key = key)))
}
