//! The JSON that the command line prints for scripts. Offsets are Unicode code points, end exclusive.

use super::suggested::{Suggested, SuggestedAt, suggested};
use crate::desk::{
    ArticleRow, ClaimRow, Comparison, Desk, DeskError, OfferedSource, Placed, Reading, Standings,
    SuggestionEffect, WentOut,
};
use crate::{
    model::{
        ClaimId, ClaimView, EvidenceView, Info, Interview, Noted, QueryView, Source, Stamp, VerdictView,
        Waiting, Workflow,
    },
    text::{Offsets, Part, Span},
    wire::{all_in_words, in_words},
};
use serde_json::{Value, json};

/// Byte spans in code points.
pub fn spans(offsets: &Offsets, spans: &[Span]) -> Value {
    spans.iter().filter_map(|s| span(offsets, *s)).collect()
}

fn span(offsets: &Offsets, span: Span) -> Option<Value> {
    let range = offsets.span_to_points(span).ok()?;
    Some(json!({ "start": range.start.0, "end": range.end.0 }))
}

/// The details of an article: byline, outlet, date and so on.
pub fn info(i: &Info) -> Value {
    json!({
        "byline": i.byline, "outlet": i.outlet, "date": i.date, "time": i.time, "zone": i.zone, "place": i.place,
        "language": i.language, "tags": i.tags, "hashtags": i.hashtags, "url": i.url,
    })
}

/// The article details of a reading.
pub fn info_of(reading: &Reading) -> Value {
    info(&reading.revision.info.as_ref().map(|i| i.value.clone()).unwrap_or_default())
}

/// An article with its text and claims.
pub fn article(desk: &Desk, reading: &Reading) -> Result<Value, DeskError> {
    let mut all = json!({
        "article": reading.article.to_string(),
        "number": desk.number_of(reading.article.0)?,
        "revision": desk.number_of(reading.revision.id.0)?,
        "headline": crate::desk::headline(&reading.text),
        "archived": reading.state.archived,
        "info": info_of(reading),
        "text": &*reading.text,
        "claims": claims(desk, reading)?,
    });
    with(&mut all, status(desk, &desk.status(reading.article)?)?);
    all["published"] = published(desk, desk.went_out(reading.article)?.as_ref())?;
    Ok(all)
}

/// How an article last went out verified; null if it never did.
pub fn published(desk: &Desk, out: Option<&WentOut>) -> Result<Value, DeskError> {
    let Some(WentOut { published, at, by }) = out else { return Ok(Value::Null) };
    let revision = desk.number_of(published.revision.0)?;
    Ok(json!({
        "revision": revision, "bundle": published.bundle.to_string(), "at": at.to_string(), "by": person(desk, Some(*by))?,
    }))
}

/// An article's status: `state`, `deadline` and `assignee`, by name.
pub fn status(desk: &Desk, s: &Workflow) -> Result<Value, DeskError> {
    Ok(json!({
        "state": s.state.map(|s| s.as_str()),
        "deadline": s.deadline.as_ref().map(|d| d.as_str()),
        "assignee": person(desk, s.assignee)?,
    }))
}

/// An article as a row of a list.
pub fn article_row(desk: &Desk, a: &ArticleRow) -> Result<Value, DeskError> {
    let mut all = article_alone(a);
    all["tags"] = a.tags.clone().into();
    with(&mut all, status(desk, &a.status)?);
    all["published"] = published(desk, desk.went_out(a.article)?.as_ref())?;
    Ok(all)
}

/// Adds the fields of one object to another.
fn with(all: &mut Value, more: Value) {
    if let (Some(all), Value::Object(more)) = (all.as_object_mut(), more) {
        all.extend(more);
    }
}

fn article_alone(a: &ArticleRow) -> Value {
    let [unchecked, checked, stale, orphaned] = a.standings;
    json!({
        "article": a.article.to_string(),
        "number": a.number,
        "headline": a.headline,
        "archived": a.archived,
        "revision": a.revision_number,
        "touched": a.touched.to_string(),
        "claims": a.claims, "unchecked": unchecked, "checked": checked, "stale": stale, "orphaned": orphaned,
        "context": a.context,
        "open_queries": a.open_queries,
        "coverage": a.coverage,
        "verified": a.verified.as_ref().map(|v| v.passed),
    })
}

/// A claim as a row of a list of the whole desk: the same as [`claim`], and its article.
pub fn claim_row(desk: &Desk, c: &ClaimRow) -> Result<Value, DeskError> {
    let given = c.verdict.map(|v| desk.verdict(v)).transpose()?.flatten();
    Ok(json!({
        "article": c.article.to_string(),
        "claim": c.claim.to_string(),
        "number": c.number,
        "quote": c.words,
        "assertion": c.assertion,
        "kind": c.kind.map(|k| k.as_str()),
        "claimant": c.claimant,
        "risk": c.risk.as_str(),
        "retracted": false,
        "assignee": person(desk, c.assignee)?,
        "spans": c.spans.iter().map(|(start, end)| json!({ "start": start, "end": end })).collect::<Vec<_>>(),
        "placement": c.placement.as_str(),
        "standing": c.standing.as_str(),
        "context_changed": c.context_changed,
        "context_open": c.context_open,
        "reasons": all_in_words(&c.reasons),
        "reason_messages": c.reasons,
        "verdict": given.map(|v| verdict(desk, &v)).transpose()?,
        "side_by_side": verdicts(desk, &desk.side_by_side(c.article, c.claim)?)?,
    }))
}

/// The live claims of a reading in the order of the text, orphans last.
pub fn claims(desk: &Desk, reading: &Reading) -> Result<Vec<Value>, DeskError> {
    let (standings, offsets) = (Standings::new(reading), Offsets::new(&reading.text));
    let mut live: Vec<&ClaimView> =
        reading.state.live_claims().filter(|c| standings.anchor(c).is_some()).collect();
    let place = |c: &&ClaimView| {
        standings.anchor(c).and_then(|a| a.spans.first()).map_or((usize::MAX, 0), |s| (s.start.0, s.end.0))
    };
    live.sort_by_key(place);
    live.into_iter().map(|c| claim(desk, reading, c, &standings, &offsets)).collect()
}

/// One claim. `quote` is its current words; for an orphan the last words it had.
pub fn claim(
    desk: &Desk,
    reading: &Reading,
    view: &ClaimView,
    standings: &Standings,
    offsets: &Offsets,
) -> Result<Value, DeskError> {
    let current = standings.of(view);
    let quote = match current.quote.is_empty() {
        false => Some(current.quote.join(" … ")),
        true => desk.last_place(reading.article, view.id)?.map(|(_, words)| words),
    };
    let spans = standings.anchor(view).map_or(json!([]), |a| spans(offsets, &a.spans));
    Ok(json!({
        "claim": view.id.to_string(),
        "number": desk.number_of(view.id.0)?,
        "quote": quote,
        "assertion": view.claim.assertion,
        "kind": view.claim.kind.map(|k| k.as_str()),
        "claimant": view.claim.claimant,
        "risk": view.claim.risk.as_str(),
        "retracted": view.claim.retracted,
        "assignee": person(desk, view.claim.assignee)?,
        "spans": spans,
        "placement": current.placement.as_str(),
        "standing": current.standing.as_str(),
        "context_changed": current.context_changed,
        "context_open": current.context_changed && desk.asks_for_context()?,
        "reasons": all_in_words(&current.reasons),
        "reason_messages": current.reasons,
        "verdict": view.verdict().map(|v| verdict(desk, v)).transpose()?,
        "side_by_side": verdicts(desk, view.side_by_side())?,
    }))
}

/// A claim with its evidence, verdicts and queries.
pub fn claim_whole(desk: &Desk, reading: &Reading, view: &ClaimView) -> Result<Value, DeskError> {
    let (standings, offsets) = (Standings::new(reading), Offsets::new(&reading.text));
    let mut all = claim(desk, reading, view, &standings, &offsets)?;
    let context = standings.of(view).context;
    with(&mut all, json!({ "context": all_in_words(&context), "context_messages": context }));
    let evidence = view.live_evidence().map(|e| evidence(desk, reading, e)).collect::<Result<Vec<_>, _>>()?;
    let asked = reading.state.queries.iter().filter(|q| q.query.claim == Some(view.id));
    all["contradicted"] =
        (view.is_contradicted() && standings.of(view).standing == crate::model::Standing::Checked).into();
    all["evidence"] = evidence.into();
    all["verdicts"] = verdicts(desk, view.verdicts.iter().rev())?;
    all["queries"] = asked.map(|q| query(desk, q)).collect::<Result<Vec<_>, _>>()?.into();
    Ok(all)
}

fn verdicts<'v>(desk: &Desk, all: impl IntoIterator<Item = &'v VerdictView>) -> Result<Value, DeskError> {
    Ok(all.into_iter().map(|v| verdict(desk, v)).collect::<Result<Vec<_>, _>>()?.into())
}

/// A verdict.
pub fn verdict(desk: &Desk, view: &VerdictView) -> Result<Value, DeskError> {
    let v = &view.verdict;
    Ok(json!({
        "verdict": view.stamp.fact.to_string(),
        "rating": v.rating.slug,
        "label": v.rating.label,
        "scale": v.scale,
        "rationale": v.rationale,
        "words": v.words.join(" … "),
        "revision": desk.number_of(v.revision.0)?,
        "by": by(desk, &view.stamp)?,
        "at": view.stamp.at.to_string(),
        "withdrawn": v.withdrawn,
        "reaffirms": v.reaffirms,
        "current": view.current,
    }))
}

/// A piece of evidence. `source` is null if the desk that exported it withheld it.
pub fn evidence(desk: &Desk, reading: &Reading, view: &EvidenceView) -> Result<Value, DeskError> {
    let found = reading.state.sources.get(&view.evidence.source);
    let text = view.passage.as_ref().map(|p| p.value.clone());
    Ok(json!({
        "evidence": view.id.to_string(),
        "stance": view.evidence.stance.as_str(),
        "source": found.map(|s| source(desk, s)).transpose()?,
        "passage": text.as_ref().and_then(|t| t.passage.clone()),
        "locator": text.as_ref().and_then(|t| t.locator.clone()),
        "note": text.and_then(|t| t.note),
        "by": by(desk, &view.stamp)?,
        "at": view.stamp.at.to_string(),
        "scope": view.is_earlier().then_some("earlier"),
    }))
}

/// A source.
pub fn source(desk: &Desk, noted: &Noted<Source>) -> Result<Value, DeskError> {
    let s = &noted.value;
    let file = |f: &crate::model::Attachment| json!({ "sha256": f.digest.to_string(), "name": f.name, "bytes": f.bytes });
    Ok(json!({
        "source": s.source.to_string(),
        "number": desk.number_of(s.source.0)?,
        "kind": s.kind.as_str(),
        "title": s.title,
        "authors": s.authors,
        "publisher": s.publisher,
        "published": s.published.as_ref().map(|d| d.as_str()),
        "accessed": s.accessed.as_ref().map(|d| d.as_str()),
        "url": s.url,
        "note": s.note,
        "reliability": s.reliability,
        "withhold": s.withhold,
        "kept_here": desk.is_kept_here(s.source)?,
        "files": s.files.iter().map(file).collect::<Vec<_>>(),
    }))
}

/// The sources that an article's file offers.
pub fn offered_sources(
    desk: &Desk,
    reading: &Reading,
    offers: &[OfferedSource],
) -> Result<Vec<Value>, DeskError> {
    let offsets = Offsets::new(&reading.text);
    let claim = |c: &ClaimId| Ok(json!({ "claim": c.to_string(), "number": desk.number_of(c.0)? }));
    let one = |(number, o): (usize, &OfferedSource)| {
        Ok(json!({
            "number": number,
            "url": o.url,
            "words": o.words,
            "note": o.note,
            "sentence": span(&offsets, o.sentence),
            "claims": o.claims.iter().map(claim).collect::<Result<Vec<_>, DeskError>>()?,
            "source": o.source.map(|s| desk.number_of(s.0)).transpose()?,
        }))
    };
    (1..).zip(offers).map(one).collect()
}

/// A source with its conversations and contact details.
pub fn source_whole(desk: &Desk, noted: &Noted<Source>) -> Result<Value, DeskError> {
    let (id, mut all) = (noted.value.source, source(desk, noted)?);
    let (contact, fact) = desk.contact_of(id)?;
    let interviews = desk.interviews(id)?;
    all["used"] = desk.source_uses(id)?.into();
    all["interviews"] = interviews.iter().map(|i| interview(desk, i)).collect::<Result<Vec<_>, _>>()?.into();
    all["contact"] = json!({
        "fact": fact.map(|f| f.to_string()), "phone": contact.phone, "address": contact.address, "mail": contact.mail,
    });
    Ok(all)
}

fn interview(desk: &Desk, noted: &Noted<Interview>) -> Result<Value, DeskError> {
    let i = &noted.value;
    Ok(json!({
        "fact": noted.stamp.fact.to_string(),
        "with": i.with,
        "role": i.role,
        "how": i.how.as_str(),
        "on": i.on.as_ref().map(|d| d.as_str()),
        "terms": i.terms.as_str(),
        "confirmed": i.confirmed,
        "recording": i.recording,
        "by": by(desk, &noted.stamp)?,
        "at": noted.stamp.at.to_string(),
    }))
}

/// A query.
pub fn query(desk: &Desk, view: &QueryView) -> Result<Value, DeskError> {
    let answers = view.answers.iter().map(|a| {
        let written = a.value.written.as_ref().map(ToString::to_string);
        let author = view.author_of(a.stamp.fact.0);
        Ok(json!({
            "text": a.value.text, "by": by(desk, &a.stamp)?, "at": a.stamp.at.to_string(), "written": written,
            "author": author.and_then(|a| a.name.as_deref()), "date": author.and_then(|a| a.date.as_deref()),
        }))
    });
    Ok(json!({
        "query": view.id.to_string(),
        "number": desk.number_of(view.id.0)?,
        "article": view.query.article.to_string(),
        "claim": view.query.claim.map(|c| c.to_string()),
        "to": view.query.to,
        "text": view.query.text,
        "author": view.author_of(view.id.0).and_then(|a| a.name.as_deref()),
        "date": view.author_of(view.id.0).and_then(|a| a.date.as_deref()),
        "by": by(desk, &view.stamp)?,
        "at": view.stamp.at.to_string(),
        "answers": answers.collect::<Result<Vec<_>, DeskError>>()?,
        "open": view.is_open(),
        "resolution": view.resolution.as_ref().and_then(|r| r.value.note.clone()),
    }))
}

/// The suggestions of an article in the order they were made; without `all`, those that are open or overtaken.
pub fn suggestions(desk: &Desk, reading: &Reading, all: bool) -> Result<Vec<Value>, DeskError> {
    let (waiting, offsets) = (reading.state.waiting(reading.revision.id), Offsets::new(&reading.text));
    suggested(reading, &waiting, all)
        .iter()
        .map(|s| suggestion(desk, reading, (&waiting, &offsets), s))
        .collect()
}

/// One suggestion. `start` and `end` enclose its edits; for one in the words that another one adds, the edits of that one.
pub fn suggestion(
    desk: &Desk,
    reading: &Reading,
    (waiting, offsets): (&Waiting, &Offsets),
    s: &Suggested,
) -> Result<Value, DeskError> {
    let fact = &s.view.suggestion;
    let places = waiting.places_of(s.outer.map_or(s.view.id, |o| o.id)).map(|(_, span)| span);
    let enclosing = places.reduce(|a, b| Span::new(a.start.min(b.start), a.end.max(b.end)));
    let range = enclosing.and_then(|s| offsets.span_to_points(s).ok());
    let inner = s.outer.map(|_| Offsets::new(&s.outer_words));
    let edit = |e: &SuggestedAt| {
        let spans = spans(inner.as_ref().unwrap_or(offsets), &e.spans);
        let end = spans.as_array().and_then(|s| s.last()).map(|s| s["end"].clone());
        json!({ "start": spans[0]["start"], "end": end, "spans": spans, "words": e.words, "with": e.with })
    };
    let recorded = || (by(desk, &s.view.stamp), Some(s.view.stamp.at.to_string()));
    let (author, date) = match s.of_file {
        Some((name, date)) => (name.map(str::to_owned), date.map(str::to_owned)),
        None => (recorded().0?, recorded().1),
    };
    let effects = desk.suggestion_effects(reading, waiting, s.view)?;
    let decision = s.view.decision();
    Ok(json!({
        "number": desk.number_of(s.view.id.0)?,
        "suggestion": s.view.id.to_string(),
        "article": reading.article.to_string(),
        "revision": desk.number_of(fact.revision.0)?,
        "kind": fact.kind.as_str(),
        "start": range.map(|r| r.start.0),
        "end": range.map(|r| r.end.0),
        "words": s.edits.iter().map(|e| e.words.as_str()).collect::<String>(),
        "with": s.edits.iter().map(|e| e.with.as_str()).collect::<String>(),
        "edits": s.edits.iter().map(edit).collect::<Vec<_>>(),
        "within": s.outer.map(|o| desk.number_of(o.id.0)).transpose()?,
        "author": author,
        "date": date,
        "of_file": s.of_file.is_some(),
        "state": s.state.as_str(),
        "by": decision.map(|d| by(desk, &d.stamp)).transpose()?.flatten(),
        "at": decision.map(|d| d.stamp.at.to_string()),
        "note": decision.and_then(|d| d.value.note.clone()),
        "effects": effects.iter().map(|e| effect(desk, e)).collect::<Result<Vec<_>, _>>()?,
    }))
}

fn effect(desk: &Desk, e: &SuggestionEffect) -> Result<Value, DeskError> {
    Ok(json!({
        "claim": e.claim.to_string(),
        "number": desk.number_of(e.claim.0)?,
        "now": e.now.as_str(),
        "then": e.then.as_str(),
        "words": all_in_words(&e.words).join("; "),
        "word_messages": e.words,
    }))
}

/// How each claim was placed in a revision.
pub fn placements(desk: &Desk, text: &str, placed: &[Placed]) -> Result<Vec<Value>, DeskError> {
    let offsets = Offsets::new(text);
    let one = |p: &Placed| {
        Ok(json!({
            "claim": p.claim.to_string(),
            "number": desk.number_of(p.claim.0)?,
            "placement": p.placement.as_str(),
            "standing": p.standing.as_str(),
            "context_changed": p.context_changed,
            "spans": spans(&offsets, &p.spans),
            "quote": p.quote,
            "was": p.was,
            "reasons": all_in_words(&p.reasons),
            "reason_messages": p.reasons,
        }))
    };
    placed.iter().map(one).collect()
}

/// A comparison: parts with their words, statements, claims.
pub fn comparison(desk: &Desk, c: &Comparison) -> Result<Value, DeskError> {
    let (old, new) = (Offsets::new(&c.from.text), Offsets::new(&c.to.text));
    let statement = |s: &crate::desk::Statement| {
        Ok(json!({
            "kind": s.kind.as_str(),
            "text": in_words(&s.message),
            "message": s.message,
            "claim": s.claim.map(|c: ClaimId| c.to_string()),
            "new": s.new.and_then(|s| span(&new, s)),
            "old": s.old.and_then(|s| span(&old, s)),
        }))
    };
    let part = |p: &Part| match p {
        Part::Kept { old: o, new: n } => {
            json!({ "kind": "kept", "old": span(&old, *o), "new": span(&new, *n) })
        }
        Part::Deleted { old: o } => {
            json!({ "kind": "deleted", "old": span(&old, *o), "text": o.of(&c.from.text) })
        }
        Part::Inserted { new: n } => {
            json!({ "kind": "inserted", "new": span(&new, *n), "text": n.of(&c.to.text) })
        }
        Part::MovedFrom { old: o, id } => {
            json!({ "kind": "moved_from", "old": span(&old, *o), "move": id, "text": o.of(&c.from.text) })
        }
        Part::MovedTo { new: n, id } => {
            json!({ "kind": "moved_to", "new": span(&new, *n), "move": id, "text": n.of(&c.to.text) })
        }
    };
    Ok(json!({
        "article": c.to.article.to_string(),
        "from": desk.number_of(c.from.revision.id.0)?,
        "to": desk.number_of(c.to.revision.id.0)?,
        "words": { "inserted": c.stats.inserted, "deleted": c.stats.deleted, "moved": c.stats.moved },
        "statements": c.statements.iter().map(statement).collect::<Result<Vec<_>, DeskError>>()?,
        "parts": c.diff.parts.iter().map(part).collect::<Vec<_>>(),
        "claims": placements(desk, &c.to.text, &c.claims)?,
    }))
}

/// Who recorded something, by name.
pub fn by(desk: &Desk, stamp: &Stamp) -> Result<Option<String>, DeskError> {
    person(desk, Some(stamp.by))
}

fn person(desk: &Desk, id: Option<crate::model::PersonId>) -> Result<Option<String>, DeskError> {
    let Some(id) = id else { return Ok(None) };
    Ok(desk.person(id)?.map(|p| p.name))
}
