//! `log`, `undo`, `redo`, `redact`, `export`, `verify`, `search`.

use super::{
    At,
    args::{PassphraseFrom, Require},
    gate::{asked, not_passed, open_item, opened, policy_json},
    output::{Failure, Output},
    passphrase,
    shown::{done, one_line},
};
use crate::wire::all_in_words;
use crate::wire::in_words;
use crate::{
    desk::{self, Desk, Fault, Findings, FoundKind, KnownSigner, Stepped, Subjects},
    formats::{bundle, interchange::Format},
    model::{Correction, Moment, Recorded, StillOpen},
    text::{Offsets, Span},
    wire::script,
};
use serde_json::json;
use std::path::Path;

/// `log`
pub fn log(at: &At, article: &str) -> Result<Output, Failure> {
    let desk = at.open()?;
    let article = desk.article_named(article)?;
    let (reading, log) = (desk.read(article, None)?, desk.log_with_status(article)?);
    let subjects = Subjects::new(&desk, &reading, &log);
    let (mut all, mut text) = (Vec::new(), String::new());
    for logged in &log {
        let a = &logged.action;
        let (about, of) = (subjects.about(logged)?, subjects.target(logged).map(|l| l.action.kind));
        let by = desk.person(a.person)?.map(|p| p.name);
        let undone = !logged.live;
        let fact = |f: &Recorded| json!({ "fact": f.id.to_string(), "kind": f.fact().map(|x| x.kind()), "open": f.fact().is_some() });
        let mark = if undone { " (undone)" } else { "" };
        let said = of.into_iter().map(|k| done(k).to_owned()).chain(about.as_ref().map(in_words));
        let said = std::iter::once(done(a.kind).to_owned()).chain(said).collect::<Vec<_>>().join(": ");
        text += &format!(
            "{}  {}  {}{mark}\n",
            a.at,
            one_line(by.as_deref().unwrap_or_default()),
            one_line(&said)
        );
        all.push(json!({
            "action": a.id.to_string(), "kind": a.kind.as_str(), "about": about.as_ref().map(in_words), "about_message": about, "says": desk.status_set_by(logged)?.as_ref().map(in_words), "by": by, "at": a.at.to_string(), "undone": undone,
            "target": a.target.map(|t| t.to_string()), "digest": a.digest().to_string(),
            "facts": logged.facts.iter().map(fact).collect::<Vec<_>>(),
        }));
    }
    Ok(Output::new(all.into(), text))
}

/// `undo`
pub fn undo(at: &At) -> Result<Output, Failure> {
    let mut desk = at.open()?;
    let stepped = desk.undo(None)?;
    told(&desk, &stepped, "undone")
}

/// `redo`
pub fn redo(at: &At) -> Result<Output, Failure> {
    let mut desk = at.open()?;
    let stepped = desk.redo(None)?;
    told(&desk, &stepped, "redone")
}

fn told(desk: &Desk, s: &Stepped, what: &str) -> Result<Output, Failure> {
    let kept = if s.draft_kept { "; its text is kept as a draft" } else { "" };
    let json = json!({
        what: s.action.kind.as_str(), "action": s.action.id.to_string(), "article": s.article.map(|a| a.to_string()),
        "draft_kept": s.draft_kept,
    });
    let standing = s.article.and_then(|a| desk.summary(a).ok());
    let within =
        standing.map(|a| format!(" in article {} “{}”", a.number, one_line(&a.headline))).unwrap_or_default();
    Ok(Output::new(json, format!("{what}: {}{within}{kept}", done(s.action.kind))))
}

/// `redact`
pub fn redact(at: &At, fact: &str, why: Option<String>) -> Result<Output, Failure> {
    let id = fact.parse().map_err(|e: crate::model::NotAnId| Failure(e.to_string()))?;
    at.open()?.redact(id, why)?;
    Ok(Output::new(json!({ "redacted": fact }), "Redacted: its content is erased, its digest stays"))
}

/// How a bundle is written.
pub struct How {
    /// Nothing is written, and the answer is no, where the gate is not passed.
    pub verified: bool,
    /// Nobody signs it.
    pub unsigned: bool,
    /// It takes the place of a file that stands there.
    pub force: bool,
    /// Where the key's passphrase comes from, where it has one.
    pub passphrase: PassphraseFrom,
}

/// `export`
pub fn export(
    at: &At,
    article: &str,
    to: &Path,
    format: Option<String>,
    how: &How,
) -> Result<Output, Failure> {
    let format = format.map(|f| Format::named(&f).map_err(Failure)).transpose()?;
    let desk = at.open()?;
    let article = desk.article_named(article)?;
    let view = desk.export_view(article)?;
    let stop = how.verified && !view.open.is_empty();
    let target = || desk.target(to, how.force);
    match format {
        _ if stop => {}
        Some(format) => desk.export_as(article, format, &target()?)?,
        None if how.unsigned => desk.export(article, &target()?, true)?,
        None => {
            passphrase::unlock(&desk, &how.passphrase)?;
            desk.export(article, &target()?, false)?;
        }
    }
    let mut text = if stop { String::new() } else { format!("Written to {}\n", to.display()) };
    text.extend(view.open.iter().map(|o| format!("  open: {}\n", opened(o))));
    text.extend(view.warnings.iter().map(|w| format!("  careful: {}\n", one_line(&in_words(w)))));
    let open = view.open.iter().map(|o| open_item(&desk, o)).collect::<Result<Vec<_>, _>>()?;
    let path = (!stop).then(|| to.display().to_string());
    let json = json!({ "path": path, "open": open, "warnings": all_in_words(&view.warnings), "warning_messages": view.warnings, "withheld": view.withheld });
    let no = stop.then(|| format!("nothing was written: {}", not_passed(view.open.len())));
    Ok(Output { no, ..Output::new(json, text) })
}

/// `corrections`
pub fn corrections(at: &At, article: &str, since: Option<String>) -> Result<Output, Failure> {
    let desk = at.open()?;
    let article = desk.article_named(article)?;
    let since = since.map(|n| desk.last_while(article, desk.revision_named(article, &n)?)).transpose()?;
    let (told, text) = desk.corrections(article, since)?;
    let entry = |c: &Correction| {
        let number = c.claim.map(|c| desk.number_of(c.0)).transpose()?;
        Ok(
            json!({ "kind": c.kind, "text": in_words(&c.message), "message": c.message, "why": c.why, "claim": number }),
        )
    };
    let entries = told.entries.iter().map(entry).collect::<Result<Vec<_>, desk::DeskError>>()?;
    let text = if text.is_empty() { "No statement has changed.".into() } else { text };
    Ok(Output::new(json!({ "since": told.at.to_string(), "entries": entries }), text))
}

/// `verify`
/// Who signed it is told by what the desk knows, where there is one.
pub fn verify(at: &At, path: &Path, require: &[Require]) -> Result<Output, Failure> {
    let found = desk::verify(path, &*at.progress)?;
    let (signer, later) = match at.open() {
        Ok(desk) => (desk.signer(&found.signed)?, desk.newer_bundle_seen(&found)?),
        Err(_) => (KnownSigner::of(&found.signed), None),
    };
    let fault = |f: &Fault| json!({ "code": f.code, "path": f.path, "message": f.message });
    let yes = |b: bool| if b { "yes" } else { "no" };
    let mut text = format!(
        "kind: {}\ncomplete: {}\nvalid: {}\nsigned: {}\nverified: {}\n",
        found.kind.title(),
        yes(found.complete),
        yes(found.valid),
        signed(&signer),
        verified(&found)
    );
    text += match found.page {
        Some(true) => "page: follows from the history\n",
        Some(false) => {
            "page: NOT PROVEN; another version of Tickmark wrote it, so it could say anything. Import the bundle to read it\n"
        }
        None => "",
    };
    let query = |o: &StillOpen| if o.kind == "query" { "query: " } else { "" };
    text.extend(found.verified.iter().map(|v| format!("required: {}\n", asked(&v.policy))));
    text.extend(open(&found).map(|o| format!("  open: {}{}\n", query(o), one_line(&in_words(&o.message)))));
    for f in &found.errors {
        text += &format!("  {}\n", faulted(f));
    }
    text.extend(found.warnings.iter().map(|w| format!("  careful: {}\n", faulted(w))));
    text.extend(later.map(|seen| format!("  careful: {}\n", older(seen))));
    let json = json!({
        "kind": found.kind.as_str(), "complete": found.complete, "valid": found.valid, "signed": signer.word(), "key": signer.key_id(), "signer_said": signer.said,
        "verified": found.verified.as_ref().map(|v| v.open.is_empty()),
        "policy": found.verified.as_ref().map(|v| policy_json(&v.policy)),
        "rules": found.page.map(|_| bundle::agent()),
        "page": found.page.map(|proven| if proven { "proven" } else { "unproven" }),
        "open": open(&found).map(|o| json!({ "kind": o.kind, "text": in_words(&o.message), "message": o.message })).collect::<Vec<_>>(),
        "newer_seen": later.map(|seen| seen.to_string()),
        "errors": found.errors.iter().map(fault).collect::<Vec<_>>(),
        "warnings": found.warnings.iter().map(fault).collect::<Vec<_>>(),
    });
    let no = (!found.complete || !found.valid).then(|| {
        let why = found.errors.first().map_or("it is not complete".into(), faulted);
        format!("{} is not valid: {why}", path.display())
    });
    let unsigned = require.contains(&Require::Signed) && signer.name.is_none();
    let asked =
        require.contains(&Require::Verified) && found.verified.as_ref().is_none_or(|v| !v.open.is_empty());
    let no = no.or_else(|| {
        asked.then(|| {
            format!(
                "{} is valid, but its article does not count as verified: {}",
                path.display(),
                verified(&found)
            )
        })
    });
    let no = no.or_else(|| {
        unsigned.then(|| {
            format!(
                "{} is valid, but not signed with a key this desk knows: {}",
                path.display(),
                signed(&signer)
            )
        })
    });
    Ok(Output { no, ..Output::new(json, text) })
}

/// What is said of a bundle that is older than one seen before.
pub fn older(seen: Moment) -> String {
    format!("it is older than a bundle of the same article that this desk has seen, which goes up to {seen}")
}

/// Who signed it, in words.
pub fn signed(signer: &KnownSigner) -> String {
    let said = signer
        .said
        .as_ref()
        .map(|s| format!(", which names {} as its owner", one_line(s)))
        .unwrap_or_default();
    match (&signer.key_id(), &signer.name) {
        (Some(key), Some(name)) => format!("by {}, key {key}", one_line(name)),
        // A number is easily imitated: what is compared with the person is the key.
        (Some(_), None) => {
            let key = signer.key.as_ref().map(ToString::to_string).unwrap_or_default();
            let other = signer.imitates.as_ref();
            let other = other
                .map(|n| format!("; it has the id of {}’s key but is ANOTHER key", one_line(n)))
                .unwrap_or_default();
            format!("by an unknown key {key}{said}{other}")
        }
        (None, _) => signer.word(),
    }
}

/// Whether the article counted as verified, in words.
fn verified(found: &Findings) -> String {
    match found.verified.as_ref().map(|v| v.open.len()) {
        None => "not stated".into(),
        Some(0) => "yes".into(),
        Some(1) => "no, 1 item was open".into(),
        Some(n) => format!("no, {n} items were open"),
    }
}

fn open(found: &Findings) -> impl Iterator<Item = &StillOpen> {
    found.verified.iter().flat_map(|v| &v.open)
}

/// A fault with the entry it is about, which its message leaves out.
fn faulted(f: &Fault) -> String {
    match &f.path {
        Some(path) => one_line(&format!("{path}: {}", f.message)).into_owned(),
        None => one_line(&f.message).into_owned(),
    }
}

/// `search`
pub fn search(at: &At, words: &str) -> Result<Output, Failure> {
    let desk = at.open()?;
    let (mut all, mut text) = (Vec::new(), String::new());
    for f in desk.search(words)? {
        let (kind, mark) = match f.kind {
            FoundKind::Article => ("article", ""),
            FoundKind::Tag => ("tag", ""),
            FoundKind::Person => ("person", ""),
            FoundKind::Claim => ("claim", "C"),
            FoundKind::Source => ("source", "S"),
        };
        let numbered = !matches!(f.kind, FoundKind::Tag | FoundKind::Person);
        let number = f.id.filter(|_| numbered).map(|id| desk.number_of(id)).transpose()?;
        let name = number.map_or_else(|| kind.to_owned(), |n| format!("{kind} {mark}{n}"));
        text += &format!("{name}  {}  {}\n", one_line(&f.title), one_line(&f.excerpt));
        let (id, article) = (f.id.map(|id| id.to_string()), f.article.map(|a| a.to_string()));
        let marks = |text: &str, spans: &[Span]| script::spans(&Offsets::new(text), spans);
        let marks =
            json!({ "title": marks(&f.title, &f.in_title), "excerpt": marks(&f.excerpt, &f.in_excerpt) });
        all.push(json!({
            "kind": kind, "id": id, "number": number, "article": article, "title": f.title, "excerpt": f.excerpt, "marks": marks,
        }));
    }
    if text.is_empty() {
        text = "Nothing found.".into();
    }
    Ok(Output::new(all.into(), text))
}
