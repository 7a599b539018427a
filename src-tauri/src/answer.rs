//! The form of everything that goes back to the page: a JSON value, or an error of
//! `{code, message, said, detail}` as the core sends it.

use serde_json::{Value, json};
use tickmark::messages::Message;
use tickmark::wire::ErrorCode;

/// What a call ends with.
pub type Answer = Result<Value, Value>;

/// A message of the catalogue, as the core makes it: `message!("shell_open", path = path, cause = cause)`. A test of the core
/// compares the codes and arguments with the catalogues.
macro_rules! message {
    ($code:literal $(, $name:ident = $value:expr)* $(,)?) => {
        tickmark::messages::Message::new($code)$(.with(stringify!($name), $value))*
    };
}
pub(crate) use message;

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
