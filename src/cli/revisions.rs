//! `revise`, `revisions`, `revision restore` and `diff`.

use super::{
    Context,
    args::{Diff, DiffFormat, Revise, Revision, RevisionWhat, Take},
    display::{self, counted, one_line, status_label},
    output::{Failure, Output, minute},
    reading,
};
use crate::desk::{self, Comparison, Desk, Done, Merging, Placed, Proposed, Returned, Revised, Typed};
use crate::{
    messages::quoted,
    model::{ArticleId, Placement, Proposal, Standing},
    text::{Decision, Part},
    wire::{all_in_words, in_words, script},
};
use serde_json::json;
use std::collections::HashMap;

/// `revise` with the bytes of a text
pub fn revise(context: &Context, args: Revise, bytes: &[u8]) -> Result<Output, Failure> {
    if args.look {
        return Err(Failure("--look is for a Word file that came back; 'diff' compares texts".into()));
    }
    if args.take.is_some() && args.base.is_none() {
        let why = "--take is for a merge: name the revision that the file was made on with --base";
        return Err(Failure(why.into()));
    }
    let encoding = reading::encoding(args.encoding.as_deref())?;
    let read = {
        let desk = context.open()?;
        let article = desk.article_named(&args.article)?;
        desk.version_text(article, &args.file, bytes, encoding)?
    };
    let mut output = match unchanged(context, &args, &read)? {
        Some(output) => output,
        None => record(context, args, read.text.clone())?,
    };
    output.json["left_out"] = super::proposed::all_left_out(&read).into();
    output.json["encoding"] = read.encoding.as_str().into();
    output.text = reading::told(&read) + &output.text;
    Ok(output)
}

/// The answer for a file that is the newest revision but for what is left out of it: it is not wrong, and nothing is recorded.
fn unchanged(context: &Context, args: &Revise, read: &Proposal) -> Result<Option<Output>, Failure> {
    if args.base.is_some() || read.left_out.is_empty() {
        return Ok(None);
    }
    let desk = context.open()?;
    let article = desk.article_named(&args.article)?;
    let Some(same) = desk.unchanged(article, &read.text)? else { return Ok(None) };
    let Output { mut json, .. } = revised(&desk, article, &same)?;
    json["unchanged"] = true.into();
    let number = desk.number_of(same.revision.0)?;
    let text =
        format!("Apart from what is left out it is the text of revision {number}; nothing was recorded\n");
    Ok(Some(Output::new(json, text)))
}

/// Saves a text as a revision, or merges it with its base.
fn record(context: &Context, args: Revise, text: String) -> Result<Output, Failure> {
    let mut desk = context.open()?;
    let article = desk.article_named(&args.article)?;
    let note = args.note.filter(|n| !n.trim().is_empty());
    let Some(base) = args.base else {
        if !args.replace {
            desk.expect_related(article, &text, &desk::file_name(&args.file))?;
        }
        let done = desk.revise(article, Typed { text, note, ..Typed::default() })?;
        return revised_output(&desk, article, &done);
    };
    let base = desk.revision_named(article, &base)?;
    let decision = args.take.map(decision);
    let returned = Returned { text, base, seen: None, note };
    match desk.merge_returned(article, returned, |_| decision.clone())? {
        Merging::Revised(done) => revised_output(&desk, article, &done),
        Merging::Open(proposed) => {
            let output = conflicts(&desk, article, &proposed)?;
            let no = output.no.map(|no| {
                no + " Resolve the conflicts in the file, or choose which words to keep with --take ours or --take theirs"
            });
            Ok(Output { no, ..output })
        }
        Merging::Merged { done, theirs, decided } => {
            let (mut output, theirs) = (revised_output(&desk, article, &done)?, desk.number_of(theirs.0)?);
            let settled = match decided {
                0 => String::new(),
                n => format!(", {} resolved", counted(n, "conflict")),
            };
            output.text = format!("Merged; the file itself is revision {theirs}{settled}\n{}", output.text);
            output.json["merged"] = true.into();
            output.json["theirs"] = theirs.into();
            output.json["decided"] = decided.into();
            Ok(output)
        }
    }
}

/// The decision that `--take` makes.
pub fn decision(side: Take) -> Decision {
    match side {
        Take::Ours => Decision::Ours,
        Take::Theirs => Decision::Theirs,
    }
}

/// The answer "no" (exit 1): a person must decide conflicts. Nothing was recorded.
pub fn conflicts(desk: &Desk, article: ArticleId, proposed: &Proposed) -> Result<Output, Failure> {
    let (base, newest) = (desk.number_of(proposed.base.0)?, desk.number_of(proposed.newest.0)?);
    let (mut all, mut text) = (Vec::new(), String::new());
    for (index, c) in proposed.merge.conflicts().enumerate() {
        let indented = |words: &str| {
            if words.is_empty() { "(empty)".into() } else { words.replace('\n', "\n          ") }
        };
        text += &format!(
            "Conflict {}\n  base:   {}\n  ours:   {}\n  theirs: {}\n",
            index + 1,
            indented(&c.base.words),
            indented(&c.ours.words),
            indented(&c.theirs.words)
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
pub fn revision(context: &Context, args: Revision) -> Result<Output, Failure> {
    let RevisionWhat::Restore { article, revision } = args.what;
    let mut desk = context.open()?;
    let article = desk.article_named(&article)?;
    let revision = desk.revision_named(article, &revision)?;
    let done = desk.restore_revision(article, revision)?;
    revised_output(&desk, article, &done)
}

fn revised_output(desk: &Desk, article: ArticleId, done: &Done<Revised>) -> Result<Output, Failure> {
    revised(desk, article, &done.value)
}

/// A new revision, and how each claim was placed in it.
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
    // The status of an orphan is also its placement. A claim that was an orphan before has no words in either revision.
    let placement = match p.placement {
        Placement::Orphaned => status_label(Standing::Orphaned),
        Placement::Kept | Placement::Moved | Placement::Changed => p.placement.as_str(),
    };
    let standing = match p.standing {
        Standing::Orphaned => String::new(),
        Standing::Unchecked | Standing::Checked | Standing::Stale => {
            format!(", {}", status_label(p.standing))
        }
    };
    let words = if words.is_empty() { String::new() } else { format!("  {}", quoted(words)) };
    Ok(format!(
        "  C{} {}{standing}{}\n",
        desk.number_of(p.claim.0)?,
        placement,
        one_line(&(why + around + &words))
    ))
}

/// `revisions`
pub fn list(context: &Context, article: &str) -> Result<Output, Failure> {
    let desk = context.open()?;
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
pub fn diff(context: &Context, args: Diff) -> Result<Output, Failure> {
    let desk = context.open()?;
    let article = desk.article_named(&args.article)?;
    let reading = desk.read(article, None)?;
    let to = args.to.map(|r| desk.revision_named(article, &r)).transpose()?.unwrap_or(reading.revision.id);
    let before = reading.state.revision(to).and_then(|r| r.revision.parents.first().copied()).unwrap_or(to);
    let from = args.from.map(|r| desk.revision_named(article, &r)).transpose()?.unwrap_or(before);
    let c = desk.compare(article, from, to)?;
    let json = script::comparison(&desk, &c)?;
    Ok(match args.format {
        None => Output::new(json, comparison_text(&c)),
        Some(DiffFormat::Text) => Output { raw: true, ..Output::new(json, comparison_text(&c)) },
        Some(DiffFormat::Json) => Output::raw(display::json_line(&json) + "\n"),
        Some(DiffFormat::Html) => Output::raw(desk::comparison_page(&c)),
    })
}

/// The change in statements, then the changed lines: [-struck-], {+written+}, [moved away>], {>moved here}.
fn comparison_text(c: &Comparison) -> String {
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

/// Both texts in one, with the deleted, inserted and moved words marked.
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

/// Marks each line of a changed part separately.
fn wrapped(words: Option<&str>, open: &str, close: &str) -> String {
    let line = |l: &str| if l.is_empty() { String::new() } else { format!("{open}{l}{close}") };
    words.unwrap_or_default().split('\n').map(line).collect::<Vec<_>>().join("\n")
}
