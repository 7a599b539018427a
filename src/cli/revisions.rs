//! `revise`, `revisions`, `revision restore`, `diff`.

use super::{
    At,
    args::{Diff, DiffFormat, Revise, Revision, RevisionWhat, Take},
    output::{Failure, Output, minute},
    shown::{self, one_line, status},
};
use crate::wire::all_in_words;
use crate::wire::in_words;
use crate::{
    desk::{self, Comparison, Desk, Done, Merging, Placed, Proposed, Returned, Revised, Typed},
    model::{ArticleId, Placement, Standing},
    text::{Decision, Part},
    wire::script,
};
use serde_json::json;
use std::collections::HashMap;

/// `revise`
pub fn revise(at: &At, a: Revise) -> Result<Output, Failure> {
    let text = desk::read_text(&a.file)?;
    let mut desk = at.open()?;
    let article = desk.article_named(&a.article)?;
    let note = a.note.filter(|n| !n.trim().is_empty());
    let Some(base) = a.base else {
        let done = desk.revise(article, Typed { text, note, ..Typed::default() })?;
        return told(&desk, article, &done);
    };
    let base = desk.revision_named(article, &base)?;
    let decision = a.take.map(decision);
    let returned = Returned { text, base, seen: None, note };
    match desk.merge_returned(article, returned, |_| decision.clone())? {
        Merging::Revised(done) => told(&desk, article, &done),
        Merging::Open(proposed) => {
            let told = conflicts(&desk, article, &proposed)?;
            let no = told.no.map(|no| {
                no + " Resolve the conflicts in the file, or choose which words to keep with --take ours or --take theirs"
            });
            Ok(Output { no, ..told })
        }
        Merging::Merged { done, theirs, decided } => {
            let (mut told, theirs) = (told(&desk, article, &done)?, desk.number_of(theirs.0)?);
            let settled = match decided {
                0 => String::new(),
                1 => ", 1 conflict resolved".into(),
                n => format!(", {n} conflicts resolved"),
            };
            told.text = format!("Merged; the file itself is revision {theirs}{settled}\n{}", told.text);
            told.json["merged"] = true.into();
            told.json["theirs"] = theirs.into();
            told.json["decided"] = decided.into();
            Ok(told)
        }
    }
}

/// Whose words stand, as the command line says.
pub fn decision(side: Take) -> Decision {
    match side {
        Take::Ours => Decision::Ours,
        Take::Theirs => Decision::Theirs,
    }
}

/// The answer no: conflicts that a person must decide. Nothing was recorded.
pub fn conflicts(desk: &Desk, article: ArticleId, proposed: &Proposed) -> Result<Output, Failure> {
    let (base, newest) = (desk.number_of(proposed.base.0)?, desk.number_of(proposed.newest.0)?);
    let (mut all, mut text) = (Vec::new(), String::new());
    for (at, c) in proposed.merge.conflicts().enumerate() {
        let said = |words: &str| {
            if words.is_empty() { "(empty)".into() } else { words.replace('\n', "\n          ") }
        };
        text += &format!(
            "Conflict {}\n  base:   {}\n  ours:   {}\n  theirs: {}\n",
            at + 1,
            said(&c.base.words),
            said(&c.ours.words),
            said(&c.theirs.words)
        );
        all.push(json!({ "base": c.base.words, "ours": c.ours.words, "theirs": c.theirs.words }));
    }
    let count = if all.len() == 1 { "1 sentence was".into() } else { format!("{} places were", all.len()) };
    let no =
        format!("{count} changed differently on both sides since revision {base}; nothing was recorded.");
    let json = json!({ "article": article.to_string(), "merged": false, "base": base, "newest": newest, "conflicts": all });
    Ok(Output { no: Some(no), ..Output::new(json, text) })
}

/// `revision restore`
pub fn revision(at: &At, a: Revision) -> Result<Output, Failure> {
    let RevisionWhat::Restore { article, revision } = a.what;
    let mut desk = at.open()?;
    let article = desk.article_named(&article)?;
    let revision = desk.revision_named(article, &revision)?;
    let done = desk.restore_revision(article, revision)?;
    told(&desk, article, &done)
}

fn told(desk: &Desk, article: ArticleId, done: &Done<Revised>) -> Result<Output, Failure> {
    revised(desk, article, &done.value)
}

/// A revision and what became of the claims.
pub fn revised(desk: &Desk, article: ArticleId, revised: &Revised) -> Result<Output, Failure> {
    let reading = desk.read(article, Some(revised.revision))?;
    let number = desk.number_of(revised.revision.0)?;
    let placements = script::placements(desk, &reading.text, &revised.placements)?;
    let mut text = format!("Revision {number}\n");
    let as_it_was = |p: &&Placed| p.placement == Placement::Kept && !p.context_changed;
    for p in revised.placements.iter().filter(|p| !as_it_was(p)) {
        text += &line(desk, p)?;
    }
    let kept = revised.placements.iter().filter(as_it_was).count();
    if kept > 0 {
        text += &format!("  unchanged: {kept}\n");
    }
    let json = json!({ "article": article.to_string(), "revision": number, "id": revised.revision.to_string(), "placements": placements });
    Ok(Output::new(json, text))
}

fn line(desk: &Desk, p: &Placed) -> Result<String, Failure> {
    let words = p.quote.as_deref().or(p.was.as_deref()).unwrap_or_default();
    let why = if p.reasons.is_empty() {
        String::new()
    } else {
        format!(": {}", all_in_words(&p.reasons).join("; "))
    };
    let around = if p.context_changed { ", surrounding words changed" } else { "" };
    // An orphan's status says how it was placed too, and one from before has no words on either side.
    let placement = match p.placement {
        Placement::Orphaned => status(Standing::Orphaned),
        Placement::Kept | Placement::Moved | Placement::Changed => p.placement.as_str(),
    };
    let standing = match p.standing {
        Standing::Orphaned => String::new(),
        Standing::Unchecked | Standing::Checked | Standing::Stale => format!(", {}", status(p.standing)),
    };
    let words = if words.is_empty() { String::new() } else { format!("  “{words}”") };
    Ok(format!(
        "  C{} {}{standing}{}\n",
        desk.number_of(p.claim.0)?,
        placement,
        one_line(&(why + around + &words))
    ))
}

/// `revisions`
pub fn list(at: &At, article: &str) -> Result<Output, Failure> {
    let desk = at.open()?;
    let article = desk.article_named(article)?;
    let (mut all, mut text, mut texts) = (Vec::new(), String::new(), HashMap::<_, String>::new());
    for view in &desk.read(article, None)?.state.revisions {
        let now = desk.text_of(view)?;
        let before = view.revision.parents.first().and_then(|p| texts.get(p)).map_or("", String::as_str);
        let stats = crate::text::stats(&crate::text::diff(before, &now), before, &now);
        let (number, by) = (desk.number_of(view.id.0)?, script::by(&desk, &view.stamp)?);
        let restores = view.revision.restores.map(|r| desk.number_of(r.0)).transpose()?;
        let parents =
            view.revision.parents.iter().map(|p| desk.number_of(p.0)).collect::<Result<Vec<_>, _>>()?;
        all.push(json!({
            "revision": number, "id": view.id.to_string(), "by": by, "at": view.stamp.at.to_string(),
            "note": view.revision.note, "restores": restores, "parents": parents,
            "words": { "inserted": stats.inserted, "deleted": stats.deleted, "moved": stats.moved },
        }));
        let note = view.revision.note.as_deref().map(|n| format!("  {n}")).unwrap_or_default();
        let note = restores.map(|r| format!("  restores revision {r}")).unwrap_or(note);
        let by = by.unwrap_or_default();
        text += &format!(
            "{number:>4}  {}  {}  +{} -{} words{}\n",
            minute(&view.stamp),
            one_line(&by),
            stats.inserted,
            stats.deleted,
            one_line(&note)
        );
        texts.insert(view.id, now);
    }
    Ok(Output::new(all.into(), text))
}

/// `diff`
pub fn diff(at: &At, a: Diff) -> Result<Output, Failure> {
    let desk = at.open()?;
    let article = desk.article_named(&a.article)?;
    let reading = desk.read(article, None)?;
    let to = a.to.map(|r| desk.revision_named(article, &r)).transpose()?.unwrap_or(reading.revision.id);
    let before = reading.state.revision(to).and_then(|r| r.revision.parents.first().copied()).unwrap_or(to);
    let from = a.from.map(|r| desk.revision_named(article, &r)).transpose()?.unwrap_or(before);
    let c = desk.compare(article, from, to)?;
    let json = script::comparison(&desk, &c)?;
    Ok(match a.format {
        None => Output::new(json, said(&c)),
        Some(DiffFormat::Text) => Output { raw: true, ..Output::new(json, said(&c)) },
        Some(DiffFormat::Json) => Output::raw(shown::json(&json) + "\n"),
        Some(DiffFormat::Html) => Output::raw(desk::comparison_page(&c)),
    })
}

/// The change in statements, then the changed lines: [-struck-], {+written+}, [moved away>], {>moved here}.
fn said(c: &Comparison) -> String {
    let mut out: String =
        c.statements.iter().map(|s| format!("* {}\n", one_line(&in_words(&s.message)))).collect();
    if !out.is_empty() {
        out.push('\n');
    }
    let text = marked(&c.diff.parts, &c.from.text, &c.to.text);
    let marks = ["[-", "{+", "-]", "+}", "[moved away: ", "{moved here: "];
    let changed = text.lines().filter(|l| marks.iter().any(|m| l.contains(m)));
    out += &changed.collect::<Vec<_>>().join("\n");
    if out.is_empty() { "No differences.".into() } else { out }
}

/// Both texts woven into one, with what went and what came marked.
pub fn marked(parts: &[Part], old: &str, new: &str) -> String {
    let mut text = String::new();
    for part in parts {
        match part {
            Part::Kept { new: n, .. } => text += n.of(new).unwrap_or_default(),
            Part::Deleted { old: o } => text += &wrapped(o.of(old), "[-", "-]"),
            Part::Inserted { new: n } => text += &wrapped(n.of(new), "{+", "+}"),
            Part::MovedFrom { old: o, .. } => text += &wrapped(o.of(old), "[moved away: ", "]"),
            Part::MovedTo { new: n, .. } => text += &wrapped(n.of(new), "{moved here: ", "}"),
        }
    }
    text
}

/// Marks every line of a changed stretch, so that each can be read alone.
fn wrapped(words: Option<&str>, open: &str, close: &str) -> String {
    let line = |l: &str| if l.is_empty() { String::new() } else { format!("{open}{l}{close}") };
    words.unwrap_or_default().split('\n').map(line).collect::<Vec<_>>().join("\n")
}
