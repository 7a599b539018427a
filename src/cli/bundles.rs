//! `export` and `verify`.

use super::{
    Context,
    args::{PassphraseFrom, Require},
    display::{counted, one_line},
    gate::{not_passed, open_item, open_line, policy_json, requirements_line},
    output::{Failure, Output},
    passphrase,
};
use crate::desk::{self, Fault, Findings, KnownSigner};
use crate::{
    formats::{bundle, interchange::Format},
    model::{Moment, StillOpen},
    wire::{all_in_words, in_words},
};
use serde_json::json;
use std::path::Path;

/// How `export` writes a bundle.
pub struct ExportOptions {
    /// Write only if the article counts as verified; otherwise the answer is "no".
    pub verified: bool,
    /// Do not sign it.
    pub unsigned: bool,
    /// Replace an existing file.
    pub force: bool,
    /// Begin a CSV file with a byte order mark.
    pub bom: bool,
    /// Show the changes since this revision.
    pub changes_since: Option<String>,
    /// Where the key's passphrase comes from, if it has one.
    pub passphrase: PassphraseFrom,
}

/// `export`
pub fn export(
    context: &Context,
    article: &str,
    to: &Path,
    format: Option<String>,
    options: &ExportOptions,
) -> Result<Output, Failure> {
    let format = match format {
        Some(slug) => Some(Format::named(&slug).map_err(|e| Failure(e.to_string()))?),
        None if to.is_dir() => None,
        None => format_of(to)?,
    };
    if let Some(other) = format.filter(|f| options.bom && !f.takes_mark()) {
        return Err(Failure(format!(
            "--bom is for '--format csv', and '{}' was asked for; leave --bom out",
            other.slug
        )));
    }
    if let Some(other) = format.filter(|f| options.changes_since.is_some() && !f.shows_changes()) {
        return Err(Failure(format!(
            "--changes-since is for '--format docx' and '--format pdf', and '{}' was asked for; leave --changes-since out",
            other.slug
        )));
    }
    let desk = context.open()?;
    let article = desk.article_named(article)?;
    let since = options.changes_since.as_ref().map(|r| desk.revision_named(article, r)).transpose()?;
    let to = &if to.is_dir() { to.join(desk.offered_name(article, format)?) } else { to.into() };
    let mut view = desk.export_view(article)?;
    let not_verified = options.verified && !view.open.is_empty();
    let target = || desk.target(to, options.force);
    match format {
        _ if not_verified => {}
        Some(format) => {
            let how = desk::ExportAs { mark: options.bom, changes_since: since };
            view.warnings.extend(desk.export_as(article, format, how, &target()?)?);
        }
        None if options.unsigned => view.warnings.extend(desk.export(article, &target()?, true)?),
        None => {
            passphrase::unlock(&desk, &options.passphrase)?;
            view.warnings.extend(desk.export(article, &target()?, false)?);
        }
    }
    let mut text = if not_verified { String::new() } else { format!("Written to {}\n", to.display()) };
    text.extend(view.open.iter().map(|o| format!("  open: {}\n", open_line(o))));
    text.extend(view.warnings.iter().map(|w| format!("  careful: {}\n", one_line(&in_words(w)))));
    let open = view.open.iter().map(|o| open_item(&desk, o)).collect::<Result<Vec<_>, _>>()?;
    let path = (!not_verified).then(|| to.display().to_string());
    let json = json!({ "path": path, "open": open, "warnings": all_in_words(&view.warnings), "warning_messages": view.warnings, "withheld": view.withheld });
    let no = not_verified.then(|| format!("nothing was written: {}", not_passed(view.open.len())));
    Ok(Output { no, ..Output::new(json, text) })
}

/// The format that the name of a file asks for: none for a bundle. Fails if several formats have such names.
fn format_of(to: &Path) -> Result<Option<&'static Format>, Failure> {
    let ending = to.extension().and_then(|e| e.to_str()).unwrap_or_default();
    match Format::by_ending(ending)[..] {
        [] => Ok(None),
        [one] => Ok(Some(one)),
        ref several => {
            let slugs: Vec<_> = several.iter().map(|f| format!("--format {}", f.slug)).collect();
            Err(Failure(format!(
                "the name '{}' does not say which format is meant; add {}",
                to.display(),
                slugs.join(" or ")
            )))
        }
    }
}

/// `verify`. Names the signer by the contacts of the desk, if there is a desk.
pub fn verify(context: &Context, path: &Path, require: &[Require]) -> Result<Output, Failure> {
    let found = desk::verify(path, &*context.progress)?;
    let (signer, later) = match context.open() {
        Ok(desk) => (desk.signer(&found.signed)?, desk.newer_bundle_seen(&found)?),
        Err(_) => (KnownSigner::of(&found.signed), None),
    };
    let fault = |f: &Fault| json!({ "code": f.code.as_str(), "path": f.path, "message": in_words(&f.message), "said": f.message });
    let yes = |b: bool| if b { "yes" } else { "no" };
    let mut text = format!(
        "kind: {}\ncomplete: {}\nvalid: {}\nsigned: {}\nverified: {}\n",
        found.kind.title(),
        yes(found.complete),
        yes(found.valid),
        signer_line(&signer),
        verified_line(&found)
    );
    if let Some(stated) = stated_otherwise(&found) {
        text +=
            &format!("stated in the bundle: {}, by the rules of the version that wrote it\n", yes(stated));
    }
    text += match found.page {
        Some(true) => "page: follows from the history\n",
        Some(false) => {
            "page: NOT PROVEN; another version of Tickmark wrote it, so it could say anything. Import the bundle to read it\n"
        }
        None => "",
    };
    let query = |o: &StillOpen| if o.kind == "query" { "query: " } else { "" };
    text.extend(found.verified.iter().map(|v| format!("required: {}\n", requirements_line(&v.policy))));
    text.extend(
        open_items(&found).map(|o| format!("  open: {}{}\n", query(o), one_line(&in_words(&o.message)))),
    );
    for f in &found.errors {
        text += &format!("  {}\n", fault_line(f));
    }
    text.extend(found.warnings.iter().map(|w| format!("  careful: {}\n", fault_line(w))));
    text.extend(later.map(|seen| format!("  careful: {}\n", older_line(seen))));
    let json = json!({
        "kind": found.kind.as_str(), "complete": found.complete, "valid": found.valid, "signed": signer.word(), "key": signer.key_id(), "signer_said": signer.said,
        "verified": found.verified.as_ref().map(|v| v.open.is_empty()),
        "stated_verified": found.stated_verified,
        "policy": found.verified.as_ref().map(|v| policy_json(&v.policy)),
        "rules": found.page.map(|_| bundle::agent()),
        "page": found.page.map(|proven| if proven { "proven" } else { "unproven" }),
        "open": open_items(&found).map(|o| json!({ "kind": o.kind, "text": in_words(&o.message), "message": o.message })).collect::<Vec<_>>(),
        "newer_seen": later.map(|seen| seen.to_string()),
        "errors": found.errors.iter().map(fault).collect::<Vec<_>>(),
        "warnings": found.warnings.iter().map(fault).collect::<Vec<_>>(),
    });
    let no = (!found.complete || !found.valid).then(|| {
        let why = found.errors.first().map_or("it is not complete".into(), fault_line);
        format!("{} is not valid: {why}", path.display())
    });
    let unsigned = require.contains(&Require::Signed) && signer.name.is_none();
    let not_verified =
        require.contains(&Require::Verified) && found.verified.as_ref().is_none_or(|v| !v.open.is_empty());
    let no = no.or_else(|| {
        not_verified.then(|| {
            format!(
                "{} is valid, but its article does not count as verified: {}",
                path.display(),
                verified_line(&found)
            )
        })
    });
    let no = no.or_else(|| {
        unsigned.then(|| {
            format!(
                "{} is valid, but not signed with a key this desk knows: {}",
                path.display(),
                signer_line(&signer)
            )
        })
    });
    Ok(Output { no, ..Output::new(json, text) })
}

/// The warning about a bundle that is older than one this desk has seen.
pub fn older_line(seen: Moment) -> String {
    format!("it is older than a bundle of the same article that this desk has seen, which goes up to {seen}")
}

/// Who signed a bundle, in words.
pub fn signer_line(signer: &KnownSigner) -> String {
    let named = signer
        .said
        .as_ref()
        .map(|s| format!(", which names {} as its owner", one_line(s)))
        .unwrap_or_default();
    match (&signer.key_id(), &signer.name) {
        (Some(key), Some(name)) => format!("by {}, key {key}", one_line(name)),
        // A key ID is easy to imitate, so people compare the whole key.
        (Some(_), None) => {
            let key = signer.key.as_ref().map(ToString::to_string).unwrap_or_default();
            let other = signer.imitates.as_ref();
            let other = other
                .map(|n| format!("; it has the id of {}’s key but is ANOTHER key", one_line(n)))
                .unwrap_or_default();
            format!("by an unknown key {key}{named}{other}")
        }
        (None, _) => signer.word(),
    }
}

/// Whether the article counts as verified, in words.
fn verified_line(found: &Findings) -> String {
    match found.verified.as_ref().map(|v| v.open.len()) {
        None => "not stated".into(),
        Some(0) => "yes".into(),
        Some(n) => format!("no, {} {} open", counted(n, "item"), if n == 1 { "was" } else { "were" }),
    }
}

/// What the bundle itself states, if this version's rules give another result.
fn stated_otherwise(found: &Findings) -> Option<bool> {
    let computed = found.verified.as_ref()?.open.is_empty();
    found.stated_verified.filter(|stated| *stated != computed)
}

fn open_items(found: &Findings) -> impl Iterator<Item = &StillOpen> {
    found.verified.iter().flat_map(|v| &v.open)
}

/// A fault as one line, with the entry it is about.
fn fault_line(f: &Fault) -> String {
    match &f.path {
        Some(path) => one_line(&format!("{path}: {}", in_words(&f.message))).into_owned(),
        None => one_line(&in_words(&f.message)).into_owned(),
    }
}
