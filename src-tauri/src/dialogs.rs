//! The system's file dialogs. They only name a file; reading and writing it is the core's.

use std::path::PathBuf;

use serde_json::{Value, json};
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder};

use crate::answer::{Answer, error, text};
use crate::window::MAIN;

/// Asks for a file to open: `{for}` is one of article, bundle, source, desk.
/// Answers `{path, name}`, or `null` when the person cancelled.
pub fn pick(app: &AppHandle, request: &Value) -> Answer {
    let dialog = filtered(dialog(app, request), text(request, "for")?)?;
    Ok(named(overridden().or_else(|| dialog.blocking_pick_file().and_then(|file| file.into_path().ok()))))
}

/// Asks where to save: `{for, name}` with the proposed file name. Answers as [`pick`].
pub fn save_as(app: &AppHandle, request: &Value) -> Answer {
    let dialog = filtered(dialog(app, request), text(request, "for")?)?;
    let dialog = dialog.set_file_name(text(request, "name")?);
    Ok(named(overridden().or_else(|| dialog.blocking_save_file().and_then(|file| file.into_path().ok()))))
}

fn dialog(app: &AppHandle, request: &Value) -> FileDialogBuilder<tauri::Wry> {
    let mut dialog = app.dialog().file();
    if let Some(window) = app.get_webview_window(MAIN) {
        dialog = dialog.set_parent(&window);
    }
    if let Some(title) = request.get("title").and_then(Value::as_str) {
        dialog = dialog.set_title(title);
    }
    dialog
}

/// Shows only the kinds of file that make sense for what the file is wanted for.
fn filtered(
    dialog: FileDialogBuilder<tauri::Wry>,
    purpose: &str,
) -> Result<FileDialogBuilder<tauri::Wry>, Value> {
    Ok(match purpose {
        "article" => dialog.add_filter("Text", &["txt", "md", "markdown", "text"]).add_filter("All", &["*"]),
        "bundle" => dialog.add_filter("Bundle", &["zip"]).add_filter("All", &["*"]),
        "desk" => dialog.add_filter("Desk", &["desk"]).add_filter("All", &["*"]),
        "source" => dialog,
        _ => return Err(error("wrong_request", format!("No file is picked for \"{purpose}\"."))),
    })
}

fn named(path: Option<PathBuf>) -> Value {
    let Some(path) = path else { return Value::Null };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    json!({ "path": path.display().to_string(), "name": name })
}

/// The answer of a dialog in a test: native dialogs cannot be driven, so a debug build
/// reads it from the environment. The variable may name a file that holds the path, marked
/// by an @ in front, so that one run can answer several dialogs differently.
#[cfg(debug_assertions)]
fn overridden() -> Option<PathBuf> {
    let answer = std::env::var("TICKMARK_DIALOG_PATH").ok()?;
    match answer.strip_prefix('@') {
        None => Some(PathBuf::from(answer)),
        Some(file) => std::fs::read_to_string(file).ok().map(|path| PathBuf::from(path.trim_end())),
    }
}

#[cfg(not(debug_assertions))]
fn overridden() -> Option<PathBuf> {
    None
}
