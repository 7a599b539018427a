//! Words on their way to a person or a script: what somebody else wrote cannot command a terminal, cannot turn the order of
//! letters around unseen, and cannot pass for a line of ours.

use crate::model::{ActionKind, Standing};
use serde_json::Value;
use std::{borrow::Cow, fmt::Write};

/// What an answer shows: control characters but line breaks and tabs, and marks that turn the direction of writing, by their
/// numbers, such as `[U+001B]`.
pub fn shown(text: &str) -> Cow<'_, str> {
    replaced(
        text,
        |c| c != '\n' && c != '\t' && commands(c),
        |c, out| write!(out, "[U+{:04X}]", u32::from(c)),
    )
}

/// What was done, in the words of the window; the slug of a kind that has none.
pub fn done(kind: ActionKind) -> &'static str {
    match kind.as_str() {
        "introduce" => "person added",
        "import" => "article imported",
        "bring-in" => "bundle imported",
        "revise" => "revision saved",
        "restore-revision" => "revision restored",
        "merge" => "writer’s version merged",
        "edit-info" => "article details changed",
        "archive" => "article archived",
        "unarchive" => "article restored",
        "mark" => "claim marked",
        "edit-claim" => "claim details changed",
        "retract-claim" => "claim retracted",
        "restore-claim" => "claim restored",
        "reattach" => "claim attached to other words",
        "assign" => "claim assigned",
        "add-source" => "source added",
        "edit-source" => "source changed",
        "add-evidence" => "evidence added",
        "edit-evidence" => "evidence changed",
        "retract-evidence" => "evidence removed",
        "give-verdict" => "verdict given",
        "withdraw-verdict" => "verdict withdrawn",
        "reaffirm" => "verdict still holds",
        "add-scale" => "rating scale added",
        "ask" => "query asked",
        "answer" => "query answered",
        "resolve" => "query resolved",
        "redact" => "content erased",
        "wave-through" => "marked as no check needed",
        "open-again" => "marked as check needed",
        "sign-off" => "verdict signed off",
        "take-back-sign-off" => "sign-off undone",
        "set-policy" => "requirements changed",
        "set-status" => "article status set",
        "add-interview" => "conversation recorded",
        "set-contact" => "contact details set",
        other => other,
    }
}

/// What a claim's verdict is worth now, in the words of the window.
pub fn status(standing: Standing) -> &'static str {
    match standing {
        Standing::Unchecked => "unchecked",
        Standing::Checked => "checked",
        Standing::Stale => "out of date",
        Standing::Orphaned => "no longer in text",
    }
}

/// Words of somebody else's on one line.
pub fn one_line(words: &str) -> Cow<'_, str> {
    replaced(words, breaks, |_, out| out.write_char(' '))
}

/// A value as JSON on one line, with every such character as its escape.
pub fn json(value: &Value) -> String {
    // Outside its strings JSON has none of them, and inside them each may stand as an escape.
    let escape = |c: char, out: &mut String| {
        c.encode_utf16(&mut [0; 2]).iter().try_for_each(|u| write!(out, "\\u{u:04x}"))
    };
    replaced(&value.to_string(), commands, escape).into_owned()
}

/// Whether a character does something on a terminal instead of being drawn: the controls, and what the Unicode Bidirectional
/// Algorithm (UAX #9) calls explicit and implicit directional marks.
fn commands(c: char) -> bool {
    let direction =
        matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || direction || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Whether a character begins a new line, or moves the rest of it.
fn breaks(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn replaced(
    text: &str,
    which: impl Fn(char) -> bool,
    write: impl Fn(char, &mut String) -> std::fmt::Result,
) -> Cow<'_, str> {
    if !text.contains(&which) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        // Writing to a string does not fail.
        let _ = if which(c) { write(c, &mut out) } else { out.write_char(c) };
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every character that a terminal or the order of letters would follow.
    fn all() -> String {
        ('\0'..='\u{2fff}').filter(|c| commands(*c)).collect()
    }

    #[test]
    fn no_command_reaches_a_terminal_and_everything_else_stays_as_it_is() {
        let text = format!("Été\n\tשלום {}\u{1b}]52;c;YQ\u{7}", all());
        let told = shown(&text);
        assert!(told.starts_with("Été\n\tשלום "));
        assert!(
            told.contains("[U+001B]]52;c;YQ[U+0007]")
                && told.contains("[U+009B]")
                && told.contains("[U+202E]")
        );
        assert!(!told.contains(|c| c != '\n' && c != '\t' && commands(c)));
        assert!(matches!(shown("plain words"), Cow::Borrowed(_)));
    }

    #[test]
    fn words_of_others_stay_on_one_line() {
        assert_eq!(one_line("a\nverified: yes\r\u{2028}b\u{85}c"), "a verified: yes  b c");
    }

    #[test]
    fn json_says_the_same_in_escapes() {
        let value = serde_json::json!({ "a": format!("x\u{1F600}{}", all()) });
        let told = json(&value);
        assert!(!told.contains(commands));
        assert_eq!(serde_json::from_str::<Value>(&told).unwrap(), value);
    }
}
