//! Text that is printed for a person or a script. Text from somebody else cannot send commands to a terminal, cannot reverse the
//! order of letters unseen, and cannot look like a line of this program.

use crate::model::{ActionKind, Standing};
use serde_json::Value;
use std::{borrow::Cow, fmt::Write};

/// Replaces control characters and marks that change the direction of writing by their code points, such as `[U+001B]`. Line
/// breaks and tabs stay.
pub fn escaped(text: &str) -> Cow<'_, str> {
    replace_characters(
        text,
        |c| c != '\n' && c != '\t' && is_control(c),
        |c, out| write!(out, "[U+{:04X}]", u32::from(c)),
    )
}

/// An action's kind in the words of the window; its slug if there are none.
pub fn action_label(kind: ActionKind) -> &'static str {
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
        "suggest" => "change suggested",
        "accept-suggestion" => "suggestion accepted",
        "reject-suggestion" => "suggestion rejected",
        "take-returned" => "returned file taken",
        "publish" => "went out verified",
        other => other,
    }
}

/// A claim's status in the words of the window.
pub fn status_label(standing: Standing) -> &'static str {
    match standing {
        Standing::Unchecked => "unchecked",
        Standing::Checked => "checked",
        Standing::Stale => "out of date",
        Standing::Orphaned => "no longer in text",
    }
}

/// A number of things: `1 query`, `2 queries`.
pub fn counted(number: impl TryInto<u64>, one: &str) -> String {
    let number = number.try_into().unwrap_or_default();
    match (number, one.strip_suffix('y')) {
        (1, _) => format!("1 {one}"),
        (n, Some(stem)) => format!("{n} {stem}ies"),
        (n, None) => format!("{n} {one}s"),
    }
}

/// Puts text from somebody else on one line.
pub fn one_line(words: &str) -> Cow<'_, str> {
    replace_characters(words, breaks_line, |_, out| out.write_char(' '))
}

/// A value as JSON on one line. Control characters and direction marks are JSON escapes.
pub fn json_line(value: &Value) -> String {
    // JSON has these characters only inside strings, and there each may be an escape.
    let escape = |c: char, out: &mut String| {
        c.encode_utf16(&mut [0; 2]).iter().try_for_each(|u| write!(out, "\\u{u:04x}"))
    };
    replace_characters(&value.to_string(), is_control, escape).into_owned()
}

/// Whether a terminal obeys a character instead of drawing it: control characters, line and paragraph separators, and the
/// explicit and implicit directional marks of the Unicode Bidirectional Algorithm (UAX #9).
fn is_control(c: char) -> bool {
    let direction =
        matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    c.is_control() || direction || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Whether a character starts a new line, or moves the rest of the line.
fn breaks_line(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn replace_characters(
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

    /// All control characters and direction marks.
    fn all() -> String {
        ('\0'..='\u{2fff}').filter(|c| is_control(*c)).collect()
    }

    #[test]
    fn escaped_text_has_no_terminal_commands_and_is_otherwise_unchanged() {
        let text = format!("Été\n\tשלום {}\u{1b}]52;c;YQ\u{7}", all());
        let escaped_text = escaped(&text);
        assert!(escaped_text.starts_with("Été\n\tשלום "));
        assert!(
            escaped_text.contains("[U+001B]]52;c;YQ[U+0007]")
                && escaped_text.contains("[U+009B]")
                && escaped_text.contains("[U+202E]")
        );
        assert!(!escaped_text.contains(|c| c != '\n' && c != '\t' && is_control(c)));
        assert!(matches!(escaped("plain words"), Cow::Borrowed(_)));
    }

    #[test]
    fn one_line_replaces_every_line_break() {
        assert_eq!(one_line("a\nverified: yes\r\u{2028}b\u{85}c"), "a verified: yes  b c");
    }

    #[test]
    fn json_line_escapes_control_characters_and_keeps_the_value() {
        let value = serde_json::json!({ "a": format!("x\u{1F600}{}", all()) });
        let escaped_text = json_line(&value);
        assert!(!escaped_text.contains(is_control));
        assert_eq!(serde_json::from_str::<Value>(&escaped_text).unwrap(), value);
    }
}
