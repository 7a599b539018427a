//! `disclose`, and `verify --disclosed`.

use super::{
    Context,
    display::{counted, one_line},
    output::{Failure, Output},
};
use crate::desk::{self, Disclosed};
use serde_json::{Value, json};
use std::path::Path;

/// `disclose`
pub fn disclose(
    context: &Context,
    source: &str,
    article: Option<String>,
    to: Option<&Path>,
    force: bool,
) -> Result<Output, Failure> {
    let desk = context.open()?;
    let article = article.map(|a| desk.article_named(&a)).transpose()?;
    let bytes = desk.disclose(desk.source_named(source)?, article)?;
    let disclosure = String::from_utf8_lossy(&bytes).into_owned();
    let json: Value = serde_json::from_slice(&bytes).map_err(|e| Failure(e.to_string()))?;
    let Some(path) = to else { return Ok(Output::new(json, disclosure)) };
    desk.target(path, force)?.write_secret(&disclosure)?;
    let count = json["facts"].as_array().map_or(0, Vec::len);
    let text = format!(
        "Written to {}: {} with {}. Anybody who has this file can read what is withheld.",
        path.display(),
        counted(count, "fact"),
        if count == 1 { "its salt" } else { "their salts" }
    );
    Ok(Output::new(json!({ "path": path.display().to_string(), "facts": count }), text))
}

/// `verify --disclosed`: adds to the output of `verify` which facts of a disclosure the bundle was made with.
pub fn with_disclosed(mut output: Output, bundle: &Path, disclosure: &str) -> Result<Output, Failure> {
    if output.no.is_some() {
        return Ok(output);
    }
    let all = desk::compare_disclosure(bundle, disclosure)?;
    output.text.extend(all.iter().map(|d| format!("{}: {}: {}\n", word(d), d.kind, one_line(&d.text))));
    output.json["disclosed"] = all.iter().map(entry).collect();
    let wrong = all.iter().filter(|d| !d.proved).count();
    if wrong > 0 || all.is_empty() {
        let why = format!("{wrong} of {} disclosed facts are not in {}", all.len(), bundle.display());
        output.no = Some(why);
    }
    Ok(output)
}

fn word(d: &Disclosed) -> &'static str {
    if d.proved { "proved" } else { "not in the bundle" }
}

fn entry(d: &Disclosed) -> Value {
    json!({ "fact": d.fact.to_string(), "kind": d.kind, "text": d.text, "proved": d.proved })
}
