//! Writes the ledger of corrections as Markdown, ready to publish below an article.

use crate::messages::Language;
use crate::model::{Correction, Dossier};

/// The ledger of a dossier; empty if no statement changed.
pub fn markdown(dossier: &Dossier) -> String {
    let Some(c) = dossier.corrections.as_ref().filter(|c| !c.entries.is_empty()) else {
        return String::new();
    };
    let day = c.at.utc().format("%-d %B %Y");
    let entries: String = c.entries.iter().map(|e| entry(e, dossier.language)).collect();
    format!("## Corrections\n\nSince the version of {day}:\n\n{entries}")
}

fn entry(c: &Correction, language: Language) -> String {
    let why = c.why.as_deref().map(|w| format!(": {}", line(w))).unwrap_or_default();
    let text = format!("{}{why}", line(&c.message.words(language)));
    let bare = text.trim_end_matches(['”', '"', '’', '\'', ')']);
    let stop = if bare.ends_with(['.', '!', '?', '…']) { "" } else { "." };
    format!("- {}{stop}\n", escaped(&text))
}

fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Escapes the characters that Markdown reads as markup.
fn escaped(text: &str) -> String {
    text.chars().flat_map(|c| if "*_`[]<\\".contains(c) { vec!['\\', c] } else { vec![c] }).collect()
}
