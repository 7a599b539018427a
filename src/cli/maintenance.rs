//! `check`, `backup`, `restore` and `desk where`.

use super::{
    Context,
    confirm::confirm,
    display::{counted, one_line},
    output::{Failure, Output},
};
use crate::desk::{self, Desk, SystemClock, Whereabouts};
use crate::wire::{all_in_words, in_words};
use serde_json::json;
use std::path::Path;

/// `check`
pub fn check(context: &Context, rebuild: bool) -> Result<Output, Failure> {
    let desk = context.open()?;
    if rebuild {
        desk.rebuild()?;
    }
    let found = desk.check()?;
    if found.faults.is_empty() {
        pack(&desk);
    }
    let json = json!({ "sound": found.faults.is_empty(), "faults": all_in_words(&found.faults), "fault_messages": found.faults, "actions": found.actions, "facts": found.facts });
    let text = match found.faults.as_slice() {
        [] => format!(
            "No problems found: {}, {}",
            counted(found.actions, "action"),
            counted(found.facts, "fact")
        ),
        faults => faults.iter().map(|f| format!("{}\n", one_line(&in_words(f)))).collect(),
    };
    let no =
        found.faults.first().map(|f| format!("problems found in the desk {}: {f}", context.path.display()));
    Ok(Output { no, ..Output::new(json, text) })
}

/// Packs the texts of long histories. A window does this when it is idle. A desk without a window does it after a command that
/// takes long anyway. If it fails, nothing changes, and the next command tries again.
fn pack(desk: &Desk) {
    let _ = desk.repack();
}

/// `backup`
pub fn backup(context: &Context, file: Option<&Path>, second: Option<&Path>) -> Result<Output, Failure> {
    match (file, second) {
        (_, Some(place)) => self::second(context, place),
        (Some(file), None) => one_file(context, file),
        (None, None) => Err(Failure("name the file to write: tickmark backup FILE".into())),
    }
}

fn one_file(context: &Context, file: &Path) -> Result<Output, Failure> {
    let desk = context.open()?;
    let made = desk.backup(file)?;
    pack(&desk);
    let json = json!({ "path": file.display().to_string(), "actions": made.check.actions, "missing": all_in_words(&made.missing) });
    let missing: String =
        made.missing.iter().map(|m| format!("Not in it: {}\n", one_line(&in_words(m)))).collect();
    let text = format!(
        "Copied to {} and checked: {}\n{missing}",
        file.display(),
        counted(made.check.actions, "action")
    );
    Ok(Output::new(json, text))
}

fn second(context: &Context, place: &Path) -> Result<Output, Failure> {
    let desk = context.open()?;
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
pub fn restore(context: &Context, file: &Path, yes: bool) -> Result<Output, Failure> {
    if context.path.exists() {
        let lost = format!(
            "This replaces the desk {} by the backup {}. What anybody recorded since that backup is no longer in the desk; the desk as \
             it is now is kept among its backups.",
            context.path.display(),
            file.display()
        );
        confirm(yes, &[lost], "Replace it?")?;
    }
    let done = desk::restore(&context.path, file, &SystemClock, &*context.progress)?;
    let kept = done.kept.map(|k| k.display().to_string());
    let where_kept =
        kept.as_ref().map(|k| format!("; the desk as it was is kept at {k}")).unwrap_or_default();
    let mut text = format!("{} is restored{where_kept}\n", context.path.display());
    if !done.missing.is_empty() {
        text += &format!(
            "{} of its files are missing; 'tickmark check' lists them. What was redacted since the backup is gone from it\n",
            done.missing.len()
        );
    }
    let json = json!({ "desk": context.path.display().to_string(), "kept": kept, "missing": done.missing });
    Ok(Output::new(json, text))
}

/// `desk where`
pub fn whereabouts(context: &Context) -> Result<Output, Failure> {
    let w = context.open()?.whereabouts()?;
    let text = |p: &Path| p.display().to_string();
    let second =
        w.second.as_ref().map(|(folder, reached)| json!({ "folder": text(folder), "reached": reached }));
    let json = json!({
        "desk": text(&w.desk), "files": text(&w.files), "count": w.count, "bytes": w.bytes,
        "keys": text(&w.keys), "hub": w.hub.as_deref().map(text), "backups": text(&w.backups), "second": second,
    });
    Ok(Output::new(json, in_lines(&w)))
}

fn in_lines(w: &Whereabouts) -> String {
    let files = match w.count {
        0 => "not there yet: no file over 64 KiB is kept".to_owned(),
        n => format!("{}, {}", counted(n, "file"), counted(w.bytes, "byte")),
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
