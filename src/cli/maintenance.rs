//! `check`, `backup`, `restore`, `desk where`.

use super::{
    At,
    output::{Failure, Output},
    shown::one_line,
};
use crate::desk::{self, Desk, SystemClock, Whereabouts};
use serde_json::json;
use std::path::Path;

/// `check`
pub fn check(at: &At, rebuild: bool) -> Result<Output, Failure> {
    let desk = at.open()?;
    if rebuild {
        desk.rebuild()?;
    }
    let found = desk.check()?;
    if found.faults.is_empty() {
        pack(&desk);
    }
    let json = json!({ "sound": found.faults.is_empty(), "faults": found.faults, "actions": found.actions, "facts": found.facts });
    let text = match found.faults.as_slice() {
        [] => format!("No problems found: {} actions, {} facts", found.actions, found.facts),
        faults => faults.iter().map(|f| format!("{}\n", one_line(f))).collect(),
    };
    let no = found.faults.first().map(|f| format!("problems found in the desk {}: {f}", at.path.display()));
    Ok(Output { no, ..Output::new(json, text) })
}

/// Packs the texts of long histories. A desk that no window ever opens has no other quiet moment than a command that takes its
/// time anyway. Where it fails, everything stays as it is, and the next one tries again.
fn pack(desk: &Desk) {
    let _ = desk.repack();
}

/// `backup`
pub fn backup(at: &At, file: Option<&Path>, second: Option<&Path>) -> Result<Output, Failure> {
    match (file, second) {
        (_, Some(place)) => self::second(at, place),
        (Some(file), None) => one_file(at, file),
        (None, None) => Err(Failure("name the file to write: tickmark backup FILE".into())),
    }
}

fn one_file(at: &At, file: &Path) -> Result<Output, Failure> {
    let desk = at.open()?;
    let made = desk.backup(file)?;
    pack(&desk);
    let json =
        json!({ "path": file.display().to_string(), "actions": made.check.actions, "missing": made.missing });
    let missing: String = made.missing.iter().map(|m| format!("Not in it: {}\n", one_line(m))).collect();
    let text = format!("Copied to {} and checked: {} actions\n{missing}", file.display(), made.check.actions);
    Ok(Output::new(json, text))
}

fn second(at: &At, place: &Path) -> Result<Output, Failure> {
    let desk = at.open()?;
    if place == Path::new("none") {
        desk.set_second(None)?;
        let text =
            "Automatic backups are kept only beside the desk now; those in the second folder stay there";
        return Ok(Output::new(json!({ "second": null, "backup": null }), text));
    }
    let backup = desk.set_second(Some(place))?.map(|b| b.display().to_string());
    let second = desk.whereabouts()?.second.map(|(folder, _)| folder.display().to_string());
    let made = backup.as_ref().map(|b| format!("; the first is {b}")).unwrap_or_default();
    let text = format!("Automatic backups are also kept in {}{made}", second.as_deref().unwrap_or_default());
    Ok(Output::new(json!({ "second": second, "backup": backup }), text))
}

/// `restore`
pub fn restore(at: &At, file: &Path) -> Result<Output, Failure> {
    let done = desk::restore(&at.path, file, &SystemClock, &*at.progress)?;
    let kept = done.kept.map(|k| k.display().to_string());
    let told = kept.as_ref().map(|k| format!("; the desk as it was is kept at {k}")).unwrap_or_default();
    let mut text = format!("{} is restored{told}\n", at.path.display());
    if !done.missing.is_empty() {
        text += &format!(
            "{} of its files are missing; 'tickmark check' lists them. What was redacted since the backup is gone from it\n",
            done.missing.len()
        );
    }
    let json = json!({ "desk": at.path.display().to_string(), "kept": kept, "missing": done.missing });
    Ok(Output::new(json, text))
}

/// `desk where`
pub fn whereabouts(at: &At) -> Result<Output, Failure> {
    let w = at.open()?.whereabouts()?;
    let shown = |p: &Path| p.display().to_string();
    let second =
        w.second.as_ref().map(|(folder, reached)| json!({ "folder": shown(folder), "reached": reached }));
    let json = json!({
        "desk": shown(&w.desk), "files": shown(&w.files), "count": w.count, "bytes": w.bytes,
        "keys": shown(&w.keys), "backups": shown(&w.backups), "second": second,
    });
    Ok(Output::new(json, in_lines(&w)))
}

fn in_lines(w: &Whereabouts) -> String {
    let files = match w.count {
        0 => "not there yet: no file over 64 KiB is kept".to_owned(),
        1 => format!("1 file, {} bytes", w.bytes),
        n => format!("{n} files, {} bytes", w.bytes),
    };
    let second = match &w.second {
        None => "none; 'tickmark backup --second DIR' names one".to_owned(),
        Some((folder, true)) => folder.display().to_string(),
        Some((folder, false)) => format!("{} (cannot be reached now)", folder.display()),
    };
    format!(
        "Desk            {}\nFiles           {} ({files})\nKeys            {}\nBackups         {}\nSecond backups  {second}\n\
         To move the desk to another computer, close its window and copy the first three together, under the same names.\n",
        w.desk.display(),
        w.files.display(),
        w.keys.display(),
        w.backups.display()
    )
}
