//! Words for messages, in the language of the program. There is one so far: the command line, the words beside a message on the
//! wire, and what is exported all use the default of [`Language`].

use crate::messages::{Language, Message};

/// The words of one message.
pub fn in_words(message: &Message) -> String {
    message.words(Language::default())
}

/// The words of each message.
pub fn all_in_words(messages: &[Message]) -> Vec<String> {
    messages.iter().map(in_words).collect()
}
