//! The comments of the file: a thread for each claim and each query, with the words it is on.

use super::{
    super::{ExportInput, phrases},
    authors::Author,
    mark::{self, MarkOf},
};
use crate::{
    formats::bundle::{Claim, Query},
    model::ClaimId,
    text::{Offsets, Point, Span},
};

/// A thread: a comment and its answers.
pub struct Thread {
    /// Its place.
    pub on: On,
    /// The comment and its answers, in order.
    pub comments: Vec<Comment>,
    /// Whether it is done.
    pub done: bool,
    /// The name of the hidden bookmark on its words, if it has one.
    pub bookmark: Option<String>,
}

/// The words that a thread is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// Words of the text.
    Text(Span),
    /// Words of the older revision that changes are tracked since.
    Old(Span),
    /// The first paragraph.
    Article,
}

/// A comment of a thread.
pub struct Comment {
    /// Who wrote it, and when.
    pub author: Author,
    /// Its paragraphs. The last one is the mark.
    pub paragraphs: Vec<String>,
}

/// The threads, in the order of the claims.
pub fn threads(input: &ExportInput) -> Vec<Thread> {
    let (offsets, mut all) = (Offsets::new(input.text), Vec::new());
    for claim in &input.claims.claims {
        let on = place(input, &offsets, claim);
        all.push(of_claim(input, claim, on));
        all.extend(claim.queries.iter().map(|q| of_query(input, q, on)));
    }
    all.extend(input.claims.queries.iter().map(|q| of_query(input, q, place_of_query(input, q))));
    all
}

/// The words of a query that came with a file; the first paragraph if it has none.
fn place_of_query(input: &ExportInput, q: &Query) -> On {
    let state = &input.dossier.state;
    let place = || {
        let newest = state.newest()?.id;
        let (_, spans) = state.query_places(newest).find(|(id, _)| id.to_string() == q.id)?;
        Some(On::Text(Span::new(spans.first()?.start, spans.last()?.end)))
    };
    place().unwrap_or(On::Article)
}

/// The words of a claim, from its first to its last; those it had in the older revision, if it is no longer in the text.
fn place(input: &ExportInput, offsets: &Offsets<'_>, claim: &Claim) -> On {
    let at = |point: usize| offsets.from_point(Point(point)).ok();
    let (first, last) = (claim.spans.first(), claim.spans.last());
    if let (Some(start), Some(end)) = (first.and_then(|s| at(s.start)), last.and_then(|s| at(s.end))) {
        return On::Text(Span::new(start, end));
    }
    let old = || {
        let anchor = input.dossier.state.anchor(input.since?, claim.id.parse::<ClaimId>().ok()?)?;
        Some(On::Old(Span::new(anchor.spans.first()?.start, anchor.spans.last()?.end)))
    };
    old().unwrap_or(On::Article)
}

fn of_claim(input: &ExportInput, c: &Claim, on: On) -> Thread {
    let number = input.numbers.get(&c.id).copied().unwrap_or(c.number as i64);
    let author = match &c.verdict {
        Some(v) => Author::new(v.by, &v.at),
        None => Author::new(c.by, &c.at),
    };
    let bookmark = matches!(on, On::Text(_)).then(|| mark::bookmark(number, &c.id));
    let words = claim_words(input, c, number);
    Thread {
        on,
        comments: vec![comment(author, words, (MarkOf::Claim, number, &c.id))],
        done: false,
        bookmark,
    }
}

/// What a claim's comment says: its verdict, the rationale, what is to know of both, and the sources.
fn claim_words(input: &ExportInput, c: &Claim, number: i64) -> Vec<String> {
    let mut words = vec![format!("C{number} · {}", phrases::verdict(c))];
    words.extend(c.verdict.as_ref().map(|v| v.rationale.to_owned()));
    if c.spans.len() != 1 {
        words.push(phrases::words(c));
    }
    words.extend(c.remark.as_ref().map(|r| format!("{r}.")));
    if c.standing == "stale" && !c.reasons.is_empty() {
        words.push(format!("Since the verdict: {}", c.reasons.join("; ")));
    }
    words.extend(c.evidence.iter().map(|e| phrases::evidence(e, &input.claims)));
    words
}

fn of_query(input: &ExportInput, q: &Query, on: On) -> Thread {
    let asked = input.claims.claims.iter().flat_map(|c| &c.queries).chain(&input.claims.queries);
    let count = || asked.take_while(|other| other.id != q.id).count() as i64 + 1;
    let number = input.numbers.get(&q.id).copied().unwrap_or_else(count);
    let of = (MarkOf::Query, number, q.id.as_str());
    let question = [q.to.map(|to| format!("To {to}:")), Some(q.text.to_owned())];
    let signed = |(by, at): (Option<&str>, &str)| Author::new(by, at);
    let mut comments = vec![comment(signed(q.signed()), question.into_iter().flatten().collect(), of)];
    let answers = q.answers.iter();
    comments.extend(answers.map(|a| comment(signed(a.signed()), vec![a.text.to_owned()], of)));
    if let Some(resolved) = &q.resolution {
        let note =
            resolved.note.map(|n| comment(Author::new(resolved.by, &resolved.at), vec![n.to_owned()], of));
        comments.extend(note);
    }
    Thread { on, comments, done: q.resolution.is_some(), bookmark: None }
}

fn comment(author: Author, words: Vec<String>, (of, number, id): (MarkOf, i64, &str)) -> Comment {
    let lines = words.iter().flat_map(|w| w.lines()).map(str::trim).filter(|l| !l.is_empty());
    let mut paragraphs: Vec<String> = lines.map(str::to_owned).collect();
    paragraphs.push(mark::line(of, number, id, &paragraphs.join("\n")));
    Comment { author, paragraphs }
}
