//! The system's file dialogs. They only name a file; reading and writing it is the core's.
//! `None` is a person who thought better of it.

use std::path::PathBuf;

use tauri::{AppHandle, Manager, Wry};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder};

use crate::window::MAIN;

/// What a file is wanted for; it decides which kinds of file the dialog shows.
#[derive(Clone, Copy)]
pub enum Purpose {
    /// An article's text, or a bundle with an article.
    Article,
    /// A bundle.
    Bundle,
    /// A file that can be verified: a bag, a bundle, a web archive, annotations, reviews.
    Verifiable,
    /// A whole desk.
    Desk,
    /// A file of a source, of any kind.
    Source,
    /// A public key.
    Key,
    /// A file for another program; its proposed name says which kind.
    OtherProgram,
}

/// Asks for a file that exists.
pub fn open(app: &AppHandle, purpose: Purpose) -> Option<PathBuf> {
    in_its_place()
        .unwrap_or_else(|| dialog(app, purpose).blocking_pick_file().and_then(|file| file.into_path().ok()))
}

/// Asks where to write a file, and proposes a name.
pub fn save(app: &AppHandle, purpose: Purpose, name: &str) -> Option<PathBuf> {
    in_its_place().unwrap_or_else(|| {
        let dialog = dialog(app, purpose).set_file_name(name);
        dialog.blocking_save_file().and_then(|file| file.into_path().ok())
    })
}

fn dialog(app: &AppHandle, purpose: Purpose) -> FileDialogBuilder<Wry> {
    let mut dialog = app.dialog().file();
    if let Some(window) = app.get_webview_window(MAIN) {
        dialog = dialog.set_parent(&window);
    }
    match purpose {
        Purpose::Article => dialog
            .add_filter(
                "*.docx, *.html, *.pdf, *.eml, *.txt, *.md, *.markdown, *.zip",
                &[
                    "docx", "docm", "html", "htm", "xhtml", "mhtml", "mht", "pdf", "eml", "txt", "text",
                    "md", "markdown", "zip",
                ],
            )
            .add_filter("*", &["*"]),
        Purpose::Bundle => dialog.add_filter("*.zip", &["zip"]).add_filter("*", &["*"]),
        Purpose::Verifiable => dialog
            .add_filter("*.zip, *.wacz, *.json, *.jsonld", &["zip", "wacz", "json", "jsonld"])
            .add_filter("*", &["*"]),
        Purpose::Desk => dialog.add_filter("*.desk", &["desk"]).add_filter("*", &["*"]),
        Purpose::Key => dialog.add_filter("*.pub", &["pub"]).add_filter("*", &["*"]),
        Purpose::Source | Purpose::OtherProgram => dialog,
    }
}

/// What a test says in the dialog's place: native dialogs cannot be driven, so a debug
/// build reads the answer from the environment. After an @ comes a file that holds the
/// path, so that one run can answer several dialogs differently; an empty one cancels.
#[cfg(debug_assertions)]
fn in_its_place() -> Option<Option<PathBuf>> {
    let answer = std::env::var("TICKMARK_DIALOG_PATH").ok()?;
    let path = match answer.strip_prefix('@') {
        None => answer,
        Some(file) => std::fs::read_to_string(file).unwrap_or_default().trim_end().to_owned(),
    };
    Some((!path.is_empty()).then(|| PathBuf::from(path)))
}

#[cfg(not(debug_assertions))]
fn in_its_place() -> Option<Option<PathBuf>> {
    None
}
