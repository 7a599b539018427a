//! How a text file was read, for people and as JSON.

use super::{display::one_line, output::Failure};
use crate::{
    model::{Encoding, LeftOut, Proposal},
    wire::in_words,
};
use serde_json::{Value, json};

/// The encoding that `--encoding` names.
pub fn encoding(given: Option<&str>) -> Result<Option<Encoding>, Failure> {
    let unknown = |e: &str| {
        let all = Encoding::SLUGS.join(", ");
        Failure(format!("'{e}' is not an encoding Tickmark reads; use one of {all}"))
    };
    given.map(|e| Encoding::parse(e).ok_or_else(|| unknown(e))).transpose()
}

/// What is not in the text as written, as JSON.
pub fn left_out(read: &Proposal) -> Vec<Value> {
    let one = |l: &LeftOut| json!({ "line": l.from.number(), "text": l.text, "why": l.why.as_str() });
    read.left_out.iter().map(one).collect()
}

/// What a person should see of how a text was read: an encoding other than UTF-8, and what is not in the text as written.
pub fn told(read: &Proposal) -> String {
    let mut text = match read.encoding {
        Encoding::Utf8 => String::new(),
        other => {
            format!("  read as {other}; if that is wrong, undo it and name the encoding with --encoding\n")
        }
    };
    for l in &read.left_out {
        let why = in_words(&l.why.message());
        text += &format!("  left out, line {} ({why}): {}\n", l.from.number(), one_line(l.text.trim()));
    }
    text
}
