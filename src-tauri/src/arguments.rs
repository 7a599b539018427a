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

/// The folder for a program's data by the XDG rules, which only Linux follows: `XDG_DATA_HOME` where it is a whole path, else
/// `.local/share` in the home folder. `None` where neither is known.
pub fn data_folder(identifier: &str, known: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let asked = known("XDG_DATA_HOME").map(PathBuf::from).filter(|folder| folder.is_absolute());
    let home = || known("HOME").map(|home| PathBuf::from(home).join(".local/share"));
    Some(asked.or_else(home)?.join(identifier))
}

/// A name for the desk that may stand in a D-Bus name: a letter and hexadecimal digits. The default desk has one name, asked
/// for by its path or not.
pub fn lock_name(asked: &Asked, default: Option<&Path>) -> String {
    let whole = |desk: &Path| desk.canonicalize().unwrap_or_else(|_| desk.to_owned());
    let Some(desk) = &asked.desk else { return "Default".into() };
    if default.is_some_and(|default| whole(default) == whole(desk)) {
        return "Default".into();
    }
    let mut hasher = DefaultHasher::new();
    whole(desk).hash(&mut hasher);
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
        let lock = |name| lock_name(&parsed(&[name]).unwrap(), None);
        assert_eq!(lock("a.desk"), lock("./a.desk"));
        assert_ne!(lock("a.desk"), lock("b.desk"));
        assert_eq!(lock_name(&Asked { desk: None }, None), "Default");
    }

    #[test]
    fn the_default_desk_has_one_lock_by_its_path_too() {
        let known = |name: &str| (name == "HOME").then(|| OsString::from("/home/mara"));
        let default = default_desk(&data_folder("org.tickmark.Tickmark", known).unwrap());
        assert_eq!(default, Path::new("/home/mara/.local/share/org.tickmark.Tickmark/my.desk"));
        let named = Asked { desk: Some(default.clone()) };
        assert_eq!(lock_name(&named, Some(&default)), "Default");
        let other = Asked { desk: Some("/home/mara/other.desk".into()) };
        assert_ne!(lock_name(&other, Some(&default)), "Default");
    }
}
