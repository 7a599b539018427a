//! `check`, `backup`, `restore`.

use super::{
    At,
    told::{Failure, Told},
};
use crate::desk;
use serde_json::json;
use std::path::Path;

/// `check`
pub fn check(at: &At) -> Result<Told, Failure> {
    let found = at.open()?.check()?;
    let json = json!({ "sound": found.faults.is_empty(), "faults": found.faults, "actions": found.actions, "facts": found.facts });
    let text = match found.faults.as_slice() {
        [] => format!("Sound: {} actions, {} facts", found.actions, found.facts),
        faults => faults.iter().map(|f| format!("{f}\n")).collect(),
    };
    let no = found.faults.first().map(|f| format!("the desk {} is not sound: {f}", at.path.display()));
    Ok(Told { no, ..Told::new(json, text) })
}

/// `backup`
pub fn backup(at: &At, file: &Path) -> Result<Told, Failure> {
    let found = at.open()?.backup(file)?;
    let json = json!({ "path": file.display().to_string(), "actions": found.actions });
    Ok(Told::new(json, format!("Copied to {} and checked: {} actions", file.display(), found.actions)))
}

/// `restore`
pub fn restore(at: &At, file: &Path) -> Result<Told, Failure> {
    let kept = desk::restore(&at.path, file)?.map(|k| k.display().to_string());
    let told = kept.as_ref().map(|k| format!("; the desk as it was is kept at {k}")).unwrap_or_default();
    let json = json!({ "desk": at.path.display().to_string(), "kept": kept });
    Ok(Told::new(json, format!("{} is restored{told}", at.path.display())))
}
