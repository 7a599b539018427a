//! The command line of the window: at most one desk, else the default one. Everything
//! else that can be done from a command line is the `tickmark` program's.

use std::ffi::OsString;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// What the person who started the window asked for.
#[derive(Debug, PartialEq)]
pub struct Asked {
    /// The desk's file as a whole path, or `None` for the default desk.
    pub desk: Option<PathBuf>,
}

const USAGE: &str = "usage: tickmark-window [DESK]";

/// Reads the arguments after the program's name. The error is a message for the person.
pub fn parse(arguments: impl Iterator<Item = OsString>) -> Result<Asked, String> {
    // macOS adds a serial number when the program is started from the Finder.
    let mut rest = arguments.filter(|argument| !argument.to_string_lossy().starts_with("-psn_"));
    let Some(first) = rest.next() else { return Ok(Asked { desk: None }) };
    if rest.next().is_some() {
        return Err(format!("The window takes one desk at most.\n{USAGE}"));
    }
    if first.to_string_lossy().starts_with('-') {
        return Err(format!("The window knows no option {}.\n{USAGE}", first.to_string_lossy()));
    }
    let desk = std::path::absolute(&first)
        .map_err(|error| format!("The desk {} cannot be found: {error}.", first.to_string_lossy()))?;
    Ok(Asked { desk: Some(desk) })
}

/// Where the desk is when none is named, inside the platform's folder for the program's data.
pub fn default_desk(data: &Path) -> PathBuf {
    data.join("my.desk")
}

/// A name for the desk that may stand in a D-Bus name: a letter and hexadecimal digits.
pub fn lock_name(asked: &Asked) -> String {
    let Some(desk) = &asked.desk else { return "Default".into() };
    let mut hasher = DefaultHasher::new();
    desk.canonicalize().unwrap_or_else(|_| desk.clone()).hash(&mut hasher);
    format!("D{:016x}", hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(arguments: &[&str]) -> Result<Asked, String> {
        parse(arguments.iter().map(OsString::from))
    }

    #[test]
    fn no_argument_means_the_default_desk() {
        assert_eq!(parsed(&[]), Ok(Asked { desk: None }));
        assert_eq!(parsed(&["-psn_0_1"]), Ok(Asked { desk: None }));
    }

    #[test]
    fn a_relative_desk_is_made_whole() {
        let asked = parsed(&["a b.desk"]).unwrap();
        assert_eq!(asked.desk, Some(std::env::current_dir().unwrap().join("a b.desk")));
    }

    #[test]
    fn options_and_second_desks_are_refused_with_the_usage() {
        assert!(parsed(&["--help"]).unwrap_err().ends_with(USAGE));
        assert!(parsed(&["a", "b"]).unwrap_err().ends_with(USAGE));
    }

    #[test]
    fn two_desks_have_two_locks_and_one_desk_has_one() {
        let lock = |name| lock_name(&parsed(&[name]).unwrap());
        assert_eq!(lock("a.desk"), lock("./a.desk"));
        assert_ne!(lock("a.desk"), lock("b.desk"));
        assert_eq!(lock_name(&Asked { desk: None }), "Default");
    }
}
