//! Reads what the page sends: UTF-16 spans, CodeMirror's change sets, article details and the fields of a source.

use super::{
    WireError,
    error::unread,
    in_words,
    page::{EntryLeftOut, EntryRemark, InfoDto, SourceFields, SpanDto},
};
use crate::{
    desk::SourceChange,
    formats::interchange::{LeftOut, Remark},
    model::{Edtf, Info},
    text::{Change, Offsets, Range, Span, Step, Utf16},
};
use serde_json::Value;

/// UTF-16 spans as byte spans.
pub fn spans_in(text: &str, spans: &[SpanDto]) -> Result<Vec<Span>, WireError> {
    let offsets = Offsets::new(text);
    let range = |s: &SpanDto| offsets.span_from_utf16(Range::new(Utf16(s.start), Utf16(s.end)));
    Ok(spans.iter().map(range).collect::<Result<_, _>>()?)
}

/// Reads a change set to `base` as CodeMirror's `ChangeSet.toJSON` writes it. A number is the count of UTF-16 units that
/// stay. A list deletes as many units as its first element says and inserts its other elements as lines. Nothing if it does
/// not fit `base`. Source: the `toJSON` method of `ChangeSet` in @codemirror/state 6.
pub fn change(base: &str, json: &Value) -> Option<Change> {
    let offsets = Offsets::new(base);
    let (mut at, mut steps) = (Utf16(0), Vec::new());
    for section in json.as_array()? {
        let (len, with) = match section {
            Value::Number(n) => (n.as_u64()? as usize, None),
            Value::Array(parts) => (parts.first()?.as_u64()? as usize, Some(lines(&parts[1..])?)),
            _ => return None,
        };
        let span = offsets.span_from_utf16(Range::new(at, Utf16(at.0 + len))).ok()?;
        steps.push(match with {
            None => Step::Keep(span.len()),
            Some(with) => Step::Replace { len: span.len(), with },
        });
        at = Utf16(at.0 + len);
    }
    (at == offsets.utf16s()).then(|| Change::new(steps))
}

fn lines(parts: &[Value]) -> Option<String> {
    let lines: Option<Vec<&str>> = parts.iter().map(Value::as_str).collect();
    Some(lines?.join("\n"))
}

/// Parses a date as people write it; nothing if it is empty.
pub fn date(given: Option<String>) -> Result<Option<Edtf>, WireError> {
    given.filter(|d| !d.trim().is_empty()).map(|d| Edtf::read(&d).map_err(unread)).transpose()
}

impl TryFrom<SourceFields> for SourceChange {
    type Error = WireError;

    fn try_from(f: SourceFields) -> Result<Self, WireError> {
        Ok(Self {
            kind: f.kind.map(|k| k.parse().map_err(unread)).transpose()?,
            title: f.title,
            authors: f.authors,
            publisher: f.publisher,
            published: date(f.published)?,
            accessed: date(f.accessed)?,
            url: f.url,
            note: f.note,
            reliability: f.reliability,
            withhold: f.withhold,
            keep_here: f.keep_here,
        })
    }
}

impl From<&Info> for InfoDto {
    fn from(i: &Info) -> Self {
        let Info { byline, outlet, date, time, zone, place, language, url, tags, hashtags } = i.clone();
        Self { byline, outlet, date, time, zone, place, language, url, tags, hashtags }
    }
}

impl From<InfoDto> for Info {
    fn from(i: InfoDto) -> Self {
        let text = |t: Option<String>| t.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
        let all = |t: Vec<String>| t.into_iter().filter_map(|t| text(Some(t))).collect();
        Self {
            byline: text(i.byline),
            outlet: text(i.outlet),
            date: text(i.date),
            time: text(i.time),
            zone: text(i.zone),
            place: text(i.place),
            language: text(i.language),
            url: text(i.url),
            tags: all(i.tags),
            hashtags: all(i.hashtags),
        }
    }
}

impl From<LeftOut> for EntryLeftOut {
    fn from(LeftOut { what, why }: LeftOut) -> Self {
        Self { what: in_words(&what), why: in_words(&why), called: what, said: why }
    }
}

impl From<Remark> for EntryRemark {
    fn from(Remark { what, why }: Remark) -> Self {
        Self { what: in_words(&what), why: in_words(&why), called: what, said: why }
    }
}
