//! Names that are not allowed on Windows. A bag with such a name is valid, but it cannot be unpacked on Windows.
//! Source: <https://learn.microsoft.com/windows/win32/fileio/naming-a-file>.

use crate::messages::{Message, message};

/// Device names that no file may have, not even with an extension.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Why a path, with `/` between its parts, is not allowed on Windows; `None` if it is allowed.
pub fn trouble_on_windows(path: &str) -> Option<Message> {
    path.split('/').find_map(trouble)
}

fn trouble(name: &str) -> Option<Message> {
    let odd = |c: char| c.is_control() || matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\\');
    match name {
        _ if name.contains(odd) => Some(message!("windows_sign")),
        _ if name.ends_with(['.', ' ']) => Some(message!("windows_end")),
        _ if is_device(name) => Some(message!("windows_device")),
        _ => None,
    }
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let port = |of: &str| {
        stem.strip_prefix(of)
            .is_some_and(|n| matches!(n, "¹" | "²" | "³") || (n.len() == 1 && ("1"..="9").contains(&n)))
    };
    DEVICES.contains(&stem.as_str()) || port("com") || port("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_windows_cannot_hold_are_known_and_no_others() {
        for path in [
            "data/CON",
            "data/aux.txt",
            "a/com1",
            "LPT9.tar.gz",
            "a:b",
            "what?",
            "a/b. ",
            "a./b",
            "a\\b",
            "a\nb",
        ] {
            assert!(trouble_on_windows(path).is_some(), "{path}");
        }
        for path in
            ["data/console.txt", "a/com10", "comma", "a.b/c.d", "résumé", ".hidden", "nullable", "lpt"]
        {
            assert_eq!(trouble_on_windows(path), None, "{path}");
        }
    }
}
