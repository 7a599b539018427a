//! What a person typed where the desk can no longer be written to: kept in a text file, so that nothing typed is lost.

use crate::desk::rescue_text;
use serde_json::Value;
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

/// The file of one session, made with the first thing that is rescued.
#[derive(Default)]
pub(super) struct Rescue(Mutex<Rescued>);

#[derive(Default)]
struct Rescued {
    path: Option<PathBuf>,
    /// What was typed, by what it is: of a text that grows only the last state is kept.
    entries: BTreeMap<String, String>,
}

impl Rescue {
    /// Keeps the words of a request that was refused, in a new file in one of the folders, the first in which that works.
    /// Gives where they are; nothing where no request held any, or no folder can be written to.
    pub fn keep(&self, (name, request): (&str, &Value), desk: &Path, folders: &[PathBuf]) -> Option<PathBuf> {
        let mut words = String::new();
        collect(request, "", &mut words);
        let mut rescued = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if words.is_empty() {
            return rescued.path.clone();
        }
        let key = entry(name, request, rescued.entries.len());
        rescued.entries.insert(key, words);
        let text = told(desk, &rescued.entries);
        rescued.path = rescue_text(desk, &text, rescued.path.take(), folders);
        rescued.path.clone()
    }
}

/// Under what a request's words are kept: a draft, and the save of it, replace the draft of before.
fn entry(name: &str, request: &Value, count: usize) -> String {
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

fn told(desk: &Path, entries: &BTreeMap<String, String>) -> String {
    let head =
        format!("Typed in Tickmark while the desk {} could no longer be written to.\n", desk.display());
    entries.iter().fold(head, |text, (what, words)| format!("{text}\n==== {what} ====\n{words}"))
}

/// Every word in a request, with the name of its field.
fn collect(value: &Value, field: &str, out: &mut String) {
    match value {
        Value::String(words) if !words.is_empty() => *out += &format!("{field}:\n{words}\n"),
        Value::Array(all) => all.iter().for_each(|v| collect(v, field, out)),
        Value::Object(fields) => fields.iter().for_each(|(name, v)| collect(v, name, out)),
        _ => {}
    }
}
