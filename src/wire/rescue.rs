//! Saves what a person typed to a text file if the desk can no longer be written, so that nothing typed is lost.

use crate::desk::rescue_text;
use serde_json::Value;
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

/// The rescue file of one session. The first rescued text creates it.
#[derive(Default)]
pub(super) struct Rescue(Mutex<Rescued>);

#[derive(Default)]
struct Rescued {
    path: Option<PathBuf>,
    /// The typed words by where they belong. Of a text that grows, only the last state is stored.
    entries: BTreeMap<String, String>,
}

impl Rescue {
    /// Writes the words of a refused request to a new file, in the first of the folders that can be written to. Returns the
    /// file; nothing if no request had any words, or no folder can be written to.
    pub fn write(
        &self,
        (name, request): (&str, &Value),
        desk: &Path,
        folders: &[PathBuf],
    ) -> Option<PathBuf> {
        let mut words = String::new();
        collect(request, "", &mut words);
        let mut rescued = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if words.is_empty() {
            return rescued.path.clone();
        }
        let key = entry_key(name, request, rescued.entries.len());
        rescued.entries.insert(key, words);
        let text = file_text(desk, &rescued.entries);
        rescued.path = rescue_text(desk, &text, rescued.path.take(), folders);
        rescued.path.clone()
    }
}

/// The key for a request's words. A draft and a save of it have the same key, so each replaces the earlier draft.
fn entry_key(name: &str, request: &Value, count: usize) -> String {
    match (name, request["article"].as_str()) {
        ("draft.keep" | "article.save", Some(article)) => format!("text of article {article}"),
        ("form.keep", Some(article)) => {
            let (claim, form) = (request["claim"].as_str(), request["form"].as_str().unwrap_or_default());
            let of = claim.map(|c| format!(", claim {c}")).unwrap_or_default();
            format!("form '{form}' of article {article}{of}")
        }
        _ => format!("{name}, number {}", count + 1),
    }
}

fn file_text(desk: &Path, entries: &BTreeMap<String, String>) -> String {
    let head =
        format!("Typed in Tickmark while the desk {} could no longer be written to.\n", desk.display());
    entries.iter().fold(head, |text, (what, words)| format!("{text}\n==== {what} ====\n{words}"))
}

/// Collects all strings of a request with the names of their fields.
fn collect(value: &Value, field: &str, out: &mut String) {
    match value {
        Value::String(words) if !words.is_empty() => *out += &format!("{field}:\n{words}\n"),
        Value::Array(all) => all.iter().for_each(|v| collect(v, field, out)),
        Value::Object(fields) => fields.iter().for_each(|(name, v)| collect(v, name, out)),
        _ => {}
    }
}
