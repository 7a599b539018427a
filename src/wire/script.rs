//! The JSON that the command line prints for scripts. `draw` describes a thing; here is which of its keys differ for scripts, and
//! what scripts get besides. Offsets are Unicode code points, end exclusive.

use super::{
    draw::{Changes, Claims, Drawing, offered},
    page::*,
};
use crate::desk::{self, ArticleRow, Desk, DeskError, OfferedSource, Placed, Reading, WentOut};
use crate::{
    model::{
        ArticleId, ClaimId, ClaimView, Info, Noted, Person, PersonId, QueryView, Source, SourceId, Stamp,
        Standing, SuggestionId, SuggestionState, SuggestionView, VerdictView, Waiting, Workflow,
    },
    text::{Offsets, Part, Span},
    wire::all_in_words,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What scripts get: Unicode code points, and people by name.
#[derive(Clone, Debug, PartialEq)]
pub struct ScriptForm;

/// A span of a text in Unicode code points, end exclusive.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PointSpan {
    start: usize,
    end: usize,
}

impl Form for ScriptForm {
    type Span = PointSpan;
    type Person = Option<String>;

    fn span(offsets: &Offsets, span: Span) -> Option<PointSpan> {
        let range = offsets.span_to_points(span).ok()?;
        Some(PointSpan { start: range.start.0, end: range.end.0 })
    }

    /// Whoever the desk does not have has no name here.
    fn person(_: PersonId, found: Result<Option<Person>, DeskError>) -> Result<Option<String>, DeskError> {
        Ok(found?.map(|p| p.name))
    }

    fn name(person: &Option<String>) -> Option<String> {
        person.clone()
    }
}

type Draw<'d> = Drawing<'d, ScriptForm>;

/// A thing as scripts get it: its keys in snake case, some by another name, and without those that only the page has.
fn printed(thing: &impl Serialize, renamed: &[(&str, &str)], only_there: &[&str]) -> Value {
    let Value::Object(fields) = json!(thing) else { return Value::Null };
    let fields = fields.into_iter().map(|(key, value)| (snake(&key), value));
    let kept = fields.filter(|(key, _)| !only_there.contains(&key.as_str()));
    let other = |key: &str| renamed.iter().find(|(from, _)| *from == key).map(|(_, to)| (*to).to_owned());
    kept.map(|(key, value)| (other(&key).unwrap_or(key), value)).collect()
}

fn all_printed(things: &[impl Serialize]) -> Vec<Value> {
    things.iter().map(|t| printed(t, &[], &[])).collect()
}

fn snake(key: &str) -> String {
    let mut all = String::with_capacity(key.len() + 2);
    for c in key.chars() {
        all.extend(c.is_ascii_uppercase().then_some('_'));
        all.push(c.to_ascii_lowercase());
    }
    all
}

/// Adds the fields of one object to another.
fn with(all: &mut Value, more: Value) {
    if let (Some(all), Value::Object(more)) = (all.as_object_mut(), more) {
        all.extend(more);
    }
}

/// Byte spans in code points.
pub fn spans(offsets: &Offsets, spans: &[Span]) -> Value {
    json!(ScriptForm::spans(offsets, spans))
}

/// Who recorded something, by name.
pub fn by(desk: &Desk, stamp: &Stamp) -> Result<Option<String>, DeskError> {
    Draw::of(desk).person(stamp.by)
}

/// The details of an article: byline, outlet, date and so on.
pub fn info(i: &Info) -> Value {
    json!(InfoDto::from(i))
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
        "headline": desk::headline(&reading.text),
        "archived": reading.state.archived,
        "info": info_of(reading),
        "text": &*reading.text,
        "claims": claims(desk, reading)?,
    });
    with(&mut all, status(desk, &desk.status(reading.article)?)?);
    all["published"] = published(&Draw::of(desk), desk.went_out(reading.article)?.as_ref())?;
    Ok(all)
}

/// How an article last went out verified; null if it never did.
fn published(draw: &Draw, out: Option<&WentOut>) -> Result<Value, DeskError> {
    let Some(out) = out else { return Ok(Value::Null) };
    let mut all = printed(&draw.published(out)?, &[("number", "revision")], &[]);
    all["bundle"] = out.published.bundle.to_string().into();
    Ok(all)
}

/// An article's status: `state`, `deadline` and `assignee`, by name.
pub fn status(desk: &Desk, s: &Workflow) -> Result<Value, DeskError> {
    Ok(json!(Draw::of(desk).status(s)?))
}

/// An article as a row of a list.
pub fn article_row(desk: &Desk, a: &ArticleRow) -> Result<Value, DeskError> {
    let draw = Draw::of(desk);
    let card = draw.card(a)?;
    let only_there = ["counts", "outlet", "date", "revisions", "touched_by", "has_draft"];
    let mut all = printed(&card, &[("id", "article")], &only_there);
    with(&mut all, printed(&card.counts, &[], &[]));
    all["revision"] = a.revision_number.into();
    all["published"] = published(&draw, desk.went_out(a.article)?.as_ref())?;
    Ok(all)
}

/// A claim as a row of a list of the whole desk: the same as in [`claims`], and its article.
pub fn claim_row(desk: &Desk, c: &desk::ClaimRow) -> Result<Value, DeskError> {
    let draw = Draw::of(desk);
    let given = c.verdict.map(|v| desk.verdict(v)).transpose()?.flatten();
    let given = given.map(|v| draw.verdict(&v)).transpose()?;
    let spans = c.spans.iter().map(|&(start, end)| PointSpan { start, end });
    let mut all = claim(&draw.listed(c, spans.collect())?, given.as_ref());
    all["article"] = c.article.to_string().into();
    all["side_by_side"] = verdicts(&draw, &desk.side_by_side(c.article, c.claim)?)?;
    Ok(all)
}

/// The live claims of a reading in the order of the text, orphans last.
pub fn claims(desk: &Desk, reading: &Reading) -> Result<Vec<Value>, DeskError> {
    let draw = Draw::of(desk);
    let all = draw.claims_of(reading)?;
    all.in_order().into_iter().map(|c| Ok(claim_of(&draw, &all, c)?.0)).collect()
}

/// A claim with its evidence, verdicts and queries.
pub fn claim_whole(desk: &Desk, reading: &Reading, view: &ClaimView) -> Result<Value, DeskError> {
    let (draw, state) = (Draw::of(desk), &reading.state);
    let (mut all, row) = claim_of(&draw, &draw.claims_of(reading)?, view)?;
    all["contradicted"] = (view.is_contradicted() && row.standing == Standing::Checked.as_str()).into();
    all["context"] = all_in_words(&row.context_messages).into();
    all["context_messages"] = json!(row.context_messages);
    all["evidence"] = draw.evidence_of(state, view)?.iter().map(evidence).collect();
    all["verdicts"] = draw.verdicts_of(view)?.iter().map(verdict).collect();
    all["queries"] = draw.queries_of(state, view)?.iter().map(|q| query_on(reading.article, q)).collect();
    Ok(all)
}

fn claim_of(draw: &Draw, all: &Claims, view: &ClaimView) -> Result<(Value, ClaimRow<ScriptForm>), DeskError> {
    let row = draw.row(all, view)?;
    let given = view.verdict().map(|v| draw.verdict(v)).transpose()?;
    let mut claim = claim(&row, given.as_ref());
    claim["retracted"] = view.claim.retracted.into();
    claim["side_by_side"] = verdicts(draw, view.side_by_side())?;
    Ok((claim, row))
}

fn verdicts<'v>(draw: &Draw, all: impl IntoIterator<Item = &'v VerdictView>) -> Result<Value, DeskError> {
    all.into_iter().map(|v| Ok(verdict(&draw.verdict(v)?))).collect()
}

/// A claim that is not retracted. `quote` is its current words; for an orphan the last words it had.
fn claim(row: &ClaimRow<ScriptForm>, given: Option<&VerdictDto<ScriptForm>>) -> Value {
    let only_there = ["context_messages", "rating", "checker", "evidence", "sign_offs", "open_queries"];
    let mut all = printed(row, &[("id", "claim")], &only_there);
    all["quote"] = Some(row.quote.as_str()).filter(|q| !q.is_empty()).into();
    all["retracted"] = false.into();
    all["verdict"] = given.map(verdict).into();
    all
}

/// A verdict.
fn verdict(v: &VerdictDto<ScriptForm>) -> Value {
    let mut all = printed(v, &[("fact", "verdict")], &["action"]);
    all["rating"] = v.rating.slug.as_str().into();
    all["label"] = v.rating.label.as_str().into();
    all
}

/// A piece of evidence. `source` is null if the desk that exported it withheld it.
fn evidence(e: &EvidenceDto<ScriptForm>) -> Value {
    let mut all = printed(e, &[("id", "evidence")], &[]);
    all["source"] = e.source.as_ref().map(source_alone).into();
    all
}

/// A source.
pub fn source(desk: &Desk, noted: &Noted<Source>) -> Result<Value, DeskError> {
    Ok(source_alone(&Draw::of(desk).source_dto(noted)?))
}

fn source_alone(s: &SourceDto) -> Value {
    let mut all = printed(s, &[("id", "source")], &["used"]);
    all["files"] = s.files.iter().map(|f| printed(f, &[("digest", "sha256")], &[])).collect();
    all
}

/// A source with its conversations and contact details.
pub fn source_whole(desk: &Desk, source: SourceId) -> Result<Value, DeskError> {
    let detail = Draw::of(desk).source_detail(source)?;
    let mut all = source_alone(&detail.source);
    all["used"] = detail.source.used.into();
    all["interviews"] = all_printed(&detail.interviews).into();
    all["contact"] = json!(detail.contact);
    Ok(all)
}

/// The sources that an article's file offers.
pub fn offered_sources(
    desk: &Desk,
    reading: &Reading,
    offers: &[OfferedSource],
) -> Result<Vec<Value>, DeskError> {
    let claim = |c: &ClaimId| Ok(json!({ "claim": c.to_string(), "number": desk.number_of(c.0)? }));
    let one = |(drawn, o): (OfferedSourceDto<ScriptForm>, &OfferedSource)| {
        let mut all = printed(&drawn, &[], &[]);
        all["claims"] = o.claims.iter().map(claim).collect::<Result<_, DeskError>>()?;
        all["source"] = o.source.map(|s| desk.number_of(s.0)).transpose()?.into();
        Ok(all)
    };
    offered(reading, offers).into_iter().zip(offers).map(one).collect()
}

/// A query.
pub fn query(desk: &Desk, view: &QueryView) -> Result<Value, DeskError> {
    Ok(query_on(view.query.article, &Draw::of(desk).query(view)?))
}

fn query_on(article: ArticleId, q: &QueryDto<ScriptForm>) -> Value {
    let mut all = printed(q, &[("id", "query")], &["spans"]);
    all["article"] = article.to_string().into();
    all
}

/// The suggestions of an article that are wanted, in the order they were made.
pub fn suggestions(
    desk: &Desk,
    reading: &Reading,
    is_wanted: impl Fn(SuggestionId, SuggestionState) -> bool,
) -> Result<Vec<Value>, DeskError> {
    let (waiting, offsets) = (reading.state.waiting(reading.revision.id), Offsets::new(&reading.text));
    let wanted = waiting.all().filter(|(view, state)| is_wanted(view.id, *state));
    wanted.map(|(view, _)| suggestion(desk, (reading, &offsets), &waiting, view)).collect()
}

/// One suggestion. `start` and `end` enclose its edits; for one in the words that another one adds, the edits of that one.
fn suggestion(
    desk: &Desk,
    (reading, offsets): (&Reading, &Offsets),
    waiting: &Waiting,
    view: &SuggestionView,
) -> Result<Value, DeskError> {
    let draw = Draw::of(desk);
    let s = draw.suggestion((reading, offsets), waiting, view)?;
    let outer = view.suggestion.within.filter(|_| s.within.is_some());
    let places = waiting.places_of(outer.unwrap_or(view.id)).map(|(_, span)| span);
    let enclosing = places.reduce(|a, b| Span::new(a.start.min(b.start), a.end.max(b.end)));
    let range = enclosing.and_then(|span| ScriptForm::span(offsets, span));
    let effects = draw.effects(desk.suggestion_effects(reading, waiting, view)?)?;
    let renamed = [("id", "suggestion"), ("decided_by", "by"), ("decided_at", "at")];
    let mut all = printed(&s, &renamed, &["by"]);
    all["article"] = reading.article.to_string().into();
    all["start"] = range.as_ref().map(|r| r.start).into();
    all["end"] = range.as_ref().map(|r| r.end).into();
    all["words"] = s.edits.iter().map(|e| e.words.as_str()).collect::<String>().into();
    all["with"] = s.edits.iter().map(|e| e.with.as_str()).collect::<String>().into();
    all["edits"] = s.edits.iter().map(edit).collect();
    all["within"] = outer.map(|o| desk.number_of(o.0)).transpose()?.into();
    all["effects"] = effects.iter().map(effect).collect();
    Ok(all)
}

fn edit(e: &SuggestionEditDto<ScriptForm>) -> Value {
    let mut all = printed(e, &[], &[]);
    all["start"] = e.spans.first().map(|s| s.start).into();
    all["end"] = e.spans.last().map(|s| s.end).into();
    all
}

fn effect(e: &SuggestionEffectDto) -> Value {
    let mut all = printed(e, &[("words", "word_messages")], &[]);
    all["words"] = all_in_words(&e.words).join("; ").into();
    all
}

/// How each claim was placed in a revision.
pub fn placements(desk: &Desk, text: &str, placed: &[Placed]) -> Result<Vec<Value>, DeskError> {
    Ok(all_printed(&Draw::of(desk).placements(placed, text)?))
}

/// A comparison: parts with their words, statements, claims.
pub fn comparison(desk: &Desk, c: &desk::Comparison) -> Result<Value, DeskError> {
    let Changes { parts, statements, claims } = Draw::of(desk).changes(c)?;
    let part = |(drawn, p)| part(drawn, p, &c.from.text, &c.to.text);
    Ok(json!({
        "article": c.to.article.to_string(),
        "from": desk.number_of(c.from.revision.id.0)?,
        "to": desk.number_of(c.to.revision.id.0)?,
        "words": { "inserted": c.stats.inserted, "deleted": c.stats.deleted, "moved": c.stats.moved },
        "statements": all_printed(&statements),
        "parts": parts.iter().zip(&c.diff.parts).map(part).collect::<Value>(),
        "claims": all_printed(&claims),
    }))
}

/// A part of a comparison: only the keys that have a value, and its words if they are not in both texts.
fn part(drawn: &PartDto<ScriptForm>, part: &Part, old: &str, new: &str) -> Value {
    let mut all = printed(drawn, &[("pair", "move")], &[]);
    all["kind"] = snake(&drawn.kind).into();
    all["text"] = match part {
        Part::Kept { .. } => None,
        Part::Deleted { old: span } | Part::MovedFrom { old: span, .. } => span.of(old),
        Part::Inserted { new: span } | Part::MovedTo { new: span, .. } => span.of(new),
    }
    .into();
    if let Some(all) = all.as_object_mut() {
        all.retain(|_, value| !value.is_null());
    }
    all
}
