//! Messages for people as values: a code and its arguments. Words are made at the edge, from the catalogue of a language.
//!
//! The catalogues are the page's own files, `ui/messages/LANGUAGE.json`, so one file a language serves the window, the command
//! line and bundles. What people wrote is an argument and is never translated.

mod args;
mod catalogue;
mod pattern;
mod quoting;

pub use catalogue::{Language, UnknownLanguage};
pub use quoting::{marks_around, quoted};

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A message: its code is its key in every catalogue.
///
/// As JSON it is `{"code": "reason_changed", "args": {"was": "2020", "now": "2022"}}`: an argument is a text, a number, a
/// message, or a list of messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema), ts(rename = "MessageDto"))]
pub struct Message {
    /// Its key in the catalogues.
    code: Cow<'static, str>,
    /// What stands in its words, by name.
    #[serde(with = "args", default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, ts(as = "Option<std::collections::BTreeMap<String, Arg>>", optional))]
    #[cfg_attr(test, schemars(with = "std::collections::BTreeMap<String, Arg>"))]
    args: Vec<(Cow<'static, str>, Arg)>,
}

/// An argument of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS, schemars::JsonSchema), ts(rename = "MessageArg"))]
#[serde(untagged)]
pub enum Arg {
    /// Words of a person, a name, a date: shown as they are.
    Text(String),
    /// A number, which may decide between singular and plural.
    Number(#[cfg_attr(test, ts(type = "number"))] i64),
    /// Another message.
    Message(Box<Message>),
    /// Several messages, shown with the catalogue's `list_separator` between them.
    List(Vec<Message>),
}

impl Message {
    /// A message of that code, without arguments yet.
    pub fn new(code: impl Into<Cow<'static, str>>) -> Self {
        Self { code: code.into(), args: Vec::new() }
    }

    /// The same with one argument more.
    pub fn with(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Arg>) -> Self {
        self.args.push((name.into(), value.into()));
        self
    }

    /// Its key in the catalogues.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Its arguments by name, in the order they were given.
    pub fn args(&self) -> impl Iterator<Item = (&str, &Arg)> {
        self.args.iter().map(|(name, value)| (name.as_ref(), value))
    }

    /// What another program or the system said: it is shown as it is in every language.
    pub fn verbatim(said: impl ToString) -> Self {
        message!("verbatim", said = said.to_string())
    }

    /// The message as a desk stores it.
    pub fn record(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|_| self.to_string())
    }

    /// Reads what [`Message::record`] made. A sentence that an earlier version stored is shown as it is.
    pub fn of_record(stored: &str) -> Self {
        serde_json::from_str(stored).unwrap_or_else(|_| Self::verbatim(stored))
    }

    /// Its words in a language. A code that the catalogue lacks gives the code and its arguments, so that nothing is lost.
    pub fn words(&self, language: Language) -> String {
        catalogue::words(self, language)
    }
}

/// Makes a [`Message`]: `message!("reason_changed", was = gone, now = come)`. A test compares every code and its arguments with
/// the catalogues.
#[macro_export]
macro_rules! message {
    ($code:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::messages::Message::new($code)$(.with(stringify!($name), $value))*
    };
}
pub use message;

/// What can be said to people as a message.
pub trait Said {
    /// The message.
    fn message(&self) -> Message;
}

impl Said for Message {
    fn message(&self) -> Message {
        self.clone()
    }
}

/// Shows errors in English, from their own method `message`. An error keeps `thiserror` for its sources.
macro_rules! shown_in_english {
    ($($error:ty),* $(,)?) => {$(
        impl $crate::messages::Said for $error {
            fn message(&self) -> $crate::messages::Message {
                Self::message(self)
            }
        }

        impl std::fmt::Display for $error {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.message().words($crate::messages::Language::default()))
            }
        }
    )*};
}
pub(crate) use shown_in_english;

impl std::fmt::Display for Message {
    /// Its words in English.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.words(Language::default()))
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Arg {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Self::Number(number as i64)
    }
}

impl From<u64> for Arg {
    fn from(number: u64) -> Self {
        Self::Number(number as i64)
    }
}

impl From<u8> for Arg {
    fn from(number: u8) -> Self {
        Self::Number(number.into())
    }
}

impl From<u32> for Arg {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<&std::path::Path> for Arg {
    fn from(path: &std::path::Path) -> Self {
        Self::Text(path.display().to_string())
    }
}

impl From<&std::path::PathBuf> for Arg {
    fn from(path: &std::path::PathBuf) -> Self {
        path.as_path().into()
    }
}

impl From<Message> for Arg {
    fn from(message: Message) -> Self {
        Self::Message(Box::new(message))
    }
}

impl From<Vec<Message>> for Arg {
    fn from(messages: Vec<Message>) -> Self {
        Self::List(messages)
    }
}

#[cfg(test)]
mod tests;
