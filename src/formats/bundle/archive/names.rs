//! Checks names in untrusted archives: which are allowed, and which two are the same file on some systems.

use crate::messages::{Message, message};
use unicode_normalization::UnicodeNormalization;

/// A normal form that ignores case and Unicode normalisation. Names with an equal form are the same file on some systems.
pub fn same_name(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    name.nfc().flat_map(char::to_lowercase).nfc().collect()
}

/// Why a name in an archive is refused; `None` if it is allowed. The caller removes the slash at the end of a folder's name.
pub(super) fn refuse(name: &str) -> Option<Message> {
    let step = |wanted: fn(&str) -> bool| name.split('/').any(wanted);
    match () {
        () if name.is_empty() => Some(message!("entry_no_name")),
        () if name.len() > 4096 => Some(message!("entry_long_name")),
        () if name.starts_with('/') => Some(message!("entry_absolute")),
        () if name.contains('\\') => Some(message!("entry_backslash")),
        () if name.chars().any(char::is_control) => Some(message!("entry_control")),
        () if drive(name) => Some(message!("entry_drive")),
        () if step(|s| s == "..") => Some(message!("entry_leads_outside")),
        () if step(|s| s.is_empty() || s == ".") => Some(message!("entry_empty_step")),
        () => None,
    }
}

fn drive(name: &str) -> bool {
    let bytes = name.as_bytes();
    bytes.len() >= 2 && bytes[0].is_ascii_alphabetic() && bytes[1] == b':'
}
