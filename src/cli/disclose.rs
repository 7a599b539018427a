//! `disclose`, and `verify --disclosed`.

use super::{
    At,
    output::{Failure, Output},
    shown::one_line,
};
use crate::desk::{self, Disclosed};
use serde_json::{Value, json};
use std::path::Path;

/// `disclose`
pub fn disclose(
    at: &At,
    source: &str,
    article: Option<String>,
    to: Option<&Path>,
    force: bool,
) -> Result<Output, Failure> {
    let desk = at.open()?;
    let article = article.map(|a| desk.article_named(&a)).transpose()?;
    let bytes = desk.disclose(desk.source_named(source)?, article)?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let json: Value = serde_json::from_slice(&bytes).map_err(|e| Failure(e.to_string()))?;
    let Some(path) = to else { return Ok(Output::new(json, text)) };
    desk.target(path, force)?.write_secret(&text)?;
    let count = json["facts"].as_array().map_or(0, Vec::len);
    let said = format!(
        "Written to {}: {count} facts with their salts. Anybody who has this file can read what is withheld.",
        path.display()
    );
    Ok(Output::new(json!({ "path": path.display().to_string(), "facts": count }), said))
}

/// `verify --disclosed`: adds to what was told of a bundle which facts of a disclosure it was made with.
pub fn proved(told: Output, bundle: &Path, disclosure: &str) -> Result<Output, Failure> {
    if told.no.is_some() {
        return Ok(told);
    }
    let all = desk::compare_disclosure(bundle, disclosure)?;
    let mut told = told;
    told.text.extend(all.iter().map(|d| format!("{}: {}: {}\n", word(d), d.kind, one_line(&d.text))));
    told.json["disclosed"] = all.iter().map(entry).collect();
    let wrong = all.iter().filter(|d| !d.proved).count();
    if wrong > 0 || all.is_empty() {
        let why = format!("{wrong} of {} disclosed facts are not in {}", all.len(), bundle.display());
        told.no = Some(why);
    }
    Ok(told)
}

fn word(d: &Disclosed) -> &'static str {
    if d.proved { "proved" } else { "not in the bundle" }
}

fn entry(d: &Disclosed) -> Value {
    json!({ "fact": d.fact.to_string(), "kind": d.kind, "text": d.text, "proved": d.proved })
}
