//! `claims.json`: the claims with their verdicts, evidence and queries, for other programs to read.
//!
//! This is our own format with a version number. Its schema, `docs/claims.schema.json`, is generated from the types below;
//! their doc comments are its descriptions. Offsets count Unicode code points, the end exclusive.

use super::{
    fields::Placed,
    gate::{self, Exempted, Gate, Ledger, SignedOff},
    paths, revisions,
};
use crate::{
    formats::bundle::fields::{Info, code_points, name_of},
    messages::Message,
    model::{
        self, ArticleState, ClaimView, Dossier, EvidenceView, FileAuthor, Noted, QueryView, Source, SourceId,
        Standing, VerdictView,
    },
    text::Offsets,
};
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};

/// The claims of one article, in its newest revision.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::formats) struct Claims<'d> {
    /// Always `tickmark-claims`.
    pub format: &'static str,
    /// The version of this format: 1.
    pub version: u32,
    /// The language of the words that are made of messages, as BCP 47 has it. A file without it is in English.
    pub language: &'static str,
    /// The article.
    pub article: Article<'d>,
    /// Whether the article counted as verified, and what was open if not.
    pub gate: Gate<'d>,
    /// The claims, numbered in the order of the text; those that are no longer in the text come last.
    pub claims: Vec<Claim<'d>>,
    /// The sources, numbered in the order of their first use. Withheld sources are not included.
    pub sources: Vec<SourceEntry<'d>>,
    /// Queries on the article as a whole.
    pub queries: Vec<Query<'d>>,
    /// The sentences that a person marked as needing no check.
    #[serde(rename = "waved")]
    pub exempt: Vec<Exempted<'d>>,
    /// What changed since the article was last exported as verified, if it was.
    pub corrections: Option<Ledger<'d>>,
}

/// The article and its newest revision, which the claims refer to.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::formats) struct Article<'d> {
    /// Its id, a UUID.
    pub id: String,
    /// Its headline: the text's first `#` line.
    pub headline: Option<&'d str>,
    /// What it is called where it has no headline either, see [`title`]. Not in the file.
    #[serde(skip)]
    pub title: String,
    /// The number of the newest revision, from 1.
    pub revision: usize,
    /// That revision's id, a UUID.
    revision_id: String,
    /// The path of its text, relative to this folder.
    text: &'static str,
    /// The SHA-256 of its text.
    sha256: String,
    /// The article details: byline, outlet, date, place and so on.
    pub info: Info<'d>,
}

/// One claim: a statement of the article that was marked as checkable.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::formats) struct Claim<'d> {
    /// Its number in this bundle, from 1.
    pub number: usize,
    /// Its id, a UUID.
    pub id: String,
    /// The words it covers now, one entry per span; empty if it is no longer in the text.
    pub quote: &'d [String],
    /// The claim in one sentence that is clear without the article.
    pub assertion: Option<&'d str>,
    /// The kind of statement: fact, figure, name, date, quotation, attribution, opinion or forecast.
    pub kind: Option<&'static str>,
    /// Who makes the claim in the article.
    pub claimant: Option<&'d str>,
    /// How much harm an error would do: normal or high.
    pub risk: &'static str,
    /// Who marked it.
    pub by: Option<&'d str>,
    /// When it was marked, in RFC 3339, UTC.
    pub at: String,
    /// Where it is in the text; empty if it is no longer there.
    pub spans: Vec<Placed>,
    /// What happened to its words in this revision: kept, moved, changed or orphaned.
    pub placement: &'static str,
    /// Its status: unchecked, checked, stale or orphaned.
    pub standing: &'static str,
    /// Why a verdict is out of date, in words.
    pub reasons: Vec<String>,
    /// The same as messages: codes and their arguments.
    pub reason_messages: &'d [Message],
    /// Whether the sentence around it differs from the one the verdict was given in.
    pub context_changed: bool,
    /// What changed in that sentence, in words. Since rules 3.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub context: Vec<String>,
    /// The same as messages.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub context_messages: &'d [Message],
    /// The current verdict.
    pub verdict: Option<Verdict<'d>>,
    /// Conflicting verdicts: given on another desk, rating the claim differently, and not yet resolved.
    pub disputed: Vec<Verdict<'d>>,
    /// The second persons who signed off the current verdict.
    pub sign_offs: Vec<SignedOff<'d>>,
    /// Every verdict ever given, oldest first.
    pub history: Vec<Verdict<'d>>,
    /// The evidence on the current words.
    pub evidence: Vec<Evidence<'d>>,
    /// Whether the verdict holds although all evidence that takes sides says the opposite of the rating.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub contradicted: bool,
    /// The same in a sentence. Not in the file.
    #[serde(skip)]
    pub remark: Option<String>,
    /// Evidence on earlier words of the claim, which an earlier verdict was given on.
    pub earlier_evidence: Vec<Evidence<'d>>,
    /// Queries on it.
    pub queries: Vec<Query<'d>>,
}

/// A rating that a person gave a claim, on exact words.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::formats) struct Verdict<'d> {
    /// The rating's short name on its scale.
    pub rating: &'d str,
    /// Its name for readers.
    pub label: &'d str,
    /// Its colour family: holds, partly, fails or open.
    pub family: &'static str,
    /// The rating as a number, higher means truer, if its scale has numbers.
    pub value: Option<i64>,
    /// The name of the scale.
    pub scale: &'d str,
    /// Why the person chose this rating.
    pub rationale: &'d str,
    /// Who gave it.
    pub by: Option<&'d str>,
    /// When, in RFC 3339, UTC.
    pub at: String,
    /// The number of the revision it was given in, if that revision still exists.
    pub revision: Option<usize>,
    /// The words it was given on, one entry per span.
    pub words: &'d [String],
    /// Whether this withdraws the verdict.
    pub withdrawn: bool,
    /// Whether this confirms that an earlier verdict still holds on new words.
    pub reaffirms: bool,
}

/// A source used for a claim.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::formats) struct Evidence<'d> {
    /// Its id, a UUID.
    pub id: String,
    /// What it does for the claim: supports, refutes or context.
    pub stance: &'static str,
    /// The number of its source, or `withheld`.
    pub source: SourceRef,
    /// The exact words of the source.
    pub passage: Option<&'d str>,
    /// Where in the source: a page or a timecode.
    pub locator: Option<&'d str>,
    /// Anything else.
    pub note: Option<&'d str>,
    /// Who recorded it.
    pub by: Option<&'d str>,
    /// When, in RFC 3339, UTC.
    pub at: String,
}

/// The number of a source, or `withheld`.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub(in crate::formats) enum SourceRef {
    /// Its number in `sources`.
    Number(usize),
    /// The source is withheld: it is not in this bundle.
    Withheld(Withheld),
}

/// The word for a withheld source.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub(in crate::formats) enum Withheld {
    /// `withheld`.
    Withheld,
}

/// A document, page, dataset or person that claims are compared with. Field names follow CSL where CSL has them.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::formats) struct SourceEntry<'d> {
    /// Its number in this bundle, from 1.
    pub number: usize,
    /// Its id, a UUID.
    pub id: String,
    /// Its kind: an item type of CSL 1.0.2.
    pub kind: &'static str,
    /// Its title.
    pub title: &'d str,
    /// Who made it.
    pub authors: &'d [String],
    /// Who published it.
    pub publisher: Option<&'d str>,
    /// When it was published: a year, a month or a day.
    pub published: Option<&'d str>,
    /// When it was accessed.
    pub accessed: Option<&'d str>,
    /// Where it is.
    pub url: Option<&'d str>,
    /// Anything else.
    pub note: Option<&'d str>,
    /// How reliable it is.
    pub reliability: Option<&'d str>,
    /// The archived copies of it in this bundle.
    pub files: Vec<File<'d>>,
    /// Interviews with it that are on the record, in the order they were recorded.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub interviews: Vec<Talk<'d>>,
}

/// An interview with a source. It never contains the source's contact details.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::formats) struct Talk<'d> {
    /// With whom.
    pub with: &'d str,
    /// The role or position of that person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<&'d str>,
    /// How: in-person, phone, video, mail or message.
    pub how: &'static str,
    /// When: a year, a month or a day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<&'d str>,
    /// The agreement on naming the source: always `record`.
    pub terms: &'static str,
    /// What the person confirmed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<&'d str>,
    /// Where the recording or the notes are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recording: Option<&'d str>,
    /// Who recorded it.
    pub by: Option<&'d str>,
    /// When, in RFC 3339, UTC.
    pub at: String,
}

/// A file of a source.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::formats) struct File<'d> {
    /// Its original name.
    pub name: &'d str,
    /// Its path, relative to this folder.
    pub path: String,
    /// Its SHA-256.
    pub sha256: String,
    /// Its length in bytes.
    pub bytes: u64,
}

/// A question to the writer or a colleague.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::formats) struct Query<'d> {
    /// Its id, a UUID.
    pub id: String,
    /// Who is asked.
    pub to: Option<&'d str>,
    /// The question.
    pub text: &'d str,
    /// Who asked.
    pub by: Option<&'d str>,
    /// When, in RFC 3339, UTC.
    pub at: String,
    /// The answers, oldest first.
    pub answers: Vec<Said<'d>>,
    /// How it was resolved, if it was.
    pub resolution: Option<Settled<'d>>,
    /// Who asked by the file that it came with, and when. Not written.
    #[serde(skip)]
    pub of_file: Option<&'d FileAuthor>,
}

/// An answer.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::formats) struct Said<'d> {
    /// The answer.
    pub text: &'d str,
    /// Who gave it, or who imported it from the writer's file.
    pub by: Option<&'d str>,
    /// When, in RFC 3339, UTC.
    pub at: String,
    /// Who wrote it, if it was read from a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub writer: Option<&'d str>,
    /// The name of that file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<&'d str>,
    /// Who gave it by the file that it came with, and when. Not written.
    #[serde(skip)]
    pub of_file: Option<&'d FileAuthor>,
}

impl<'d> Query<'d> {
    /// Whose words the question is, and when it was asked: by the file that it came with, else by the desk.
    pub fn signed(&self) -> (Option<&'d str>, &str) {
        signed(self.of_file, self.by, &self.at)
    }
}

impl<'d> Said<'d> {
    /// Whose words the answer is, and when it was given.
    pub fn signed(&self) -> (Option<&'d str>, &str) {
        signed(self.of_file, self.writer.or(self.by), &self.at)
    }
}

fn signed<'a, 'd>(
    file: Option<&'d FileAuthor>,
    by: Option<&'d str>,
    at: &'a str,
) -> (Option<&'d str>, &'a str)
where
    'd: 'a,
{
    let date = file.and_then(|f| f.date.as_deref());
    (file.map_or(by, |f| f.name.as_deref()), date.unwrap_or(at))
}

/// How a query was resolved.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(in crate::formats) struct Settled<'d> {
    /// What was decided.
    pub note: Option<&'d str>,
    /// Who resolved it.
    pub by: Option<&'d str>,
    /// When, in RFC 3339, UTC.
    pub at: String,
}

/// The claims of a dossier whose newest revision has `text`. `files` has the path of each attachment in the bundle.
pub(super) fn claims<'d>(
    dossier: &'d Dossier,
    text: &'d str,
    files: &BTreeMap<model::Digest, String>,
) -> Option<Claims<'d>> {
    let newest = dossier.state.newest()?;
    let ordered = in_order(dossier);
    let numbers = source_numbers(&dossier.state, &ordered);
    let offsets = Offsets::new(text);
    let builder = EntryBuilder { dossier, numbers: &numbers, offsets: &offsets };
    Some(Claims {
        format: "tickmark-claims",
        version: super::FORMAT,
        language: dossier.language.code(),
        article: Article {
            id: dossier.article.to_string(),
            headline: headline(text),
            title: title(text),
            revision: dossier.state.revisions.len(),
            revision_id: newest.id.to_string(),
            text: paths::TEXT.trim_start_matches("data/"),
            sha256: newest.revision.text.to_string(),
            info: newest.info.as_ref().map(|i| Info::of(&i.value)).unwrap_or_default(),
        },
        gate: gate::gate(dossier),
        claims: ordered.iter().enumerate().map(|(i, c)| builder.claim(i + 1, c)).collect(),
        sources: sources(&dossier.state, &numbers, files),
        queries: builder.queries(None),
        exempt: gate::exemptions(dossier),
        corrections: gate::ledger(dossier),
    })
}

/// The text of the first `#` line.
pub(super) fn headline(text: &str) -> Option<&str> {
    text.lines().find_map(|l| l.strip_prefix("# ")).map(str::trim).filter(|h| !h.is_empty())
}

/// What an article is called: its headline, or the first words of its text, or that it has none.
pub fn title(text: &str) -> String {
    let line = text.lines().find(|l| !l.trim().is_empty()).unwrap_or_default();
    let words: Vec<_> = headline(text).unwrap_or(line).split_whitespace().collect();
    match words.len() {
        0 => "Article without words".into(),
        13.. if headline(text).is_none() => format!("{} …", words[..12].join(" ")),
        _ => words.join(" "),
    }
}

/// The live claims in the order of the text, orphaned ones last.
pub(super) fn in_order<'d>(dossier: &'d Dossier) -> Vec<&'d ClaimView> {
    let newest = dossier.state.newest().map(|r| r.id);
    let place = |c: &ClaimView| {
        let anchor = newest.and_then(|r| dossier.state.anchor(r, c.id));
        let span = anchor.and_then(|a| a.spans.first());
        (span.is_none(), span.map(|s| (s.start, std::cmp::Reverse(s.end))), c.marked.at, c.id)
    };
    let mut claims: Vec<_> = dossier.state.live_claims().collect();
    claims.sort_by_key(|c| place(c));
    claims
}

/// Numbers the sources by first use, claim by claim; unused sources come last, in the order they were created.
fn source_numbers(state: &ArticleState, claims: &[&ClaimView]) -> HashMap<SourceId, usize> {
    let used = claims.iter().flat_map(|c| c.current_evidence()).map(|e| e.evidence.source);
    let mut numbers = HashMap::new();
    for id in used.chain(state.sources.keys().copied()).filter(|id| state.sources.contains_key(id)) {
        let next = numbers.len() + 1;
        numbers.entry(id).or_insert(next);
    }
    numbers
}

fn sources<'d>(
    state: &'d ArticleState,
    numbers: &HashMap<SourceId, usize>,
    files: &BTreeMap<model::Digest, String>,
) -> Vec<SourceEntry<'d>> {
    let entry = |(id, s): (&SourceId, &'d Noted<Source>)| {
        let talks = state.interviews.get(id).into_iter().flatten();
        // Leaves out an earlier interview on background with somebody who later spoke on the record.
        let talks = talks.filter(|t| !t.value.terms.withholds());
        let interviews = talks.map(|t| talk(state, t)).collect();
        SourceEntry { interviews, ..source(*id, numbers[id], &s.value, files) }
    };
    let mut all: Vec<_> = state.sources.iter().map(entry).collect();
    all.sort_by_key(|s| s.number);
    all
}

fn source<'d>(
    id: SourceId,
    number: usize,
    s: &'d Source,
    files: &BTreeMap<model::Digest, String>,
) -> SourceEntry<'d> {
    let file = |a: &'d model::Attachment| File {
        name: &a.name,
        path: files.get(&a.digest).map(|p| p.trim_start_matches("data/").into()).unwrap_or_default(),
        sha256: a.digest.to_string(),
        bytes: a.bytes,
    };
    SourceEntry {
        number,
        id: id.to_string(),
        kind: s.kind.as_str(),
        title: &s.title,
        authors: &s.authors,
        publisher: s.publisher.as_deref(),
        published: s.published.as_ref().map(model::Edtf::as_str),
        accessed: s.accessed.as_ref().map(model::Edtf::as_str),
        url: s.url.as_deref(),
        note: s.note.as_deref(),
        reliability: s.reliability.as_deref(),
        files: s.files.iter().map(file).collect(),
        interviews: Vec::new(),
    }
}

fn talk<'d>(state: &'d ArticleState, t: &'d Noted<model::Interview>) -> Talk<'d> {
    Talk {
        with: &t.value.with,
        role: t.value.role.as_deref(),
        how: t.value.how.as_str(),
        on: t.value.on.as_ref().map(model::Edtf::as_str),
        terms: t.value.terms.as_str(),
        confirmed: t.value.confirmed.as_deref(),
        recording: t.value.recording.as_deref(),
        by: name_of(state, t.stamp.by),
        at: t.stamp.at.to_string(),
    }
}

impl<'d> Info<'d> {
    /// Converts the article details to their form in the file.
    pub fn of(info: &'d model::Info) -> Self {
        Self {
            byline: info.byline.as_deref(),
            outlet: info.outlet.as_deref(),
            date: info.date.as_deref(),
            time: info.time.as_deref(),
            zone: info.zone.as_deref(),
            place: info.place.as_deref(),
            language: info.language.as_deref(),
            url: info.url.as_deref(),
            tags: &info.tags,
            hashtags: &info.hashtags,
        }
    }
}

/// Builds the entries of the file from these values.
struct EntryBuilder<'a, 'd> {
    dossier: &'d Dossier<'d>,
    numbers: &'a HashMap<SourceId, usize>,
    offsets: &'a Offsets<'d>,
}

impl<'d> EntryBuilder<'_, 'd> {
    fn claim(&self, number: usize, c: &'d ClaimView) -> Claim<'d> {
        let state = &self.dossier.state;
        let anchor = state.newest().and_then(|r| state.anchor(r.id, c.id));
        let judged = self.dossier.standings.get(&c.id);
        let reasons = judged.map(|j| j.reasons.as_slice()).unwrap_or_default();
        let holds = judged.is_some_and(|j| j.standing == Standing::Checked);
        let remark = c.contradiction().filter(|_| holds).map(|r| r.words(self.dossier.language));
        let context = judged.map(|j| j.context.as_slice()).unwrap_or_default();
        Claim {
            number,
            id: c.id.to_string(),
            quote: judged.map(|j| j.quote.as_slice()).unwrap_or_default(),
            assertion: c.claim.assertion.as_deref(),
            kind: c.claim.kind.map(|k| k.as_str()),
            claimant: c.claim.claimant.as_deref(),
            risk: c.claim.risk.as_str(),
            by: name_of(state, c.marked.by),
            at: c.marked.at.to_string(),
            spans: anchor.map(|a| code_points(self.offsets, &a.spans)).unwrap_or_default(),
            placement: judged.map(|j| j.placement).unwrap_or(model::Placement::Orphaned).as_str(),
            standing: judged.map(|j| j.standing).unwrap_or(Standing::Orphaned).as_str(),
            reasons: reasons.iter().map(|r| r.words(self.dossier.language)).collect(),
            reason_messages: reasons,
            context_changed: judged.is_some_and(|j| j.context_changed),
            context: context.iter().map(|r| r.words(self.dossier.language)).collect(),
            context_messages: context,
            verdict: c.verdict().map(|v| self.verdict(v)),
            disputed: c.disputed().map(|v| self.verdict(v)).collect(),
            sign_offs: c.agreed().map(|s| self.signed(s)).collect(),
            history: c.verdicts.iter().map(|v| self.verdict(v)).collect(),
            evidence: c.current_evidence().map(|e| self.evidence(e)).collect(),
            contradicted: remark.is_some(),
            remark,
            earlier_evidence: c
                .live_evidence()
                .filter(|e| e.is_earlier())
                .map(|e| self.evidence(e))
                .collect(),
            queries: self.queries(Some(c.id)),
        }
    }

    fn verdict(&self, v: &'d VerdictView) -> Verdict<'d> {
        Verdict {
            rating: &v.verdict.rating.slug,
            label: &v.verdict.rating.label,
            family: v.verdict.rating.family.as_str(),
            value: v.verdict.rating.value,
            scale: &v.verdict.scale,
            rationale: &v.verdict.rationale,
            by: name_of(&self.dossier.state, v.stamp.by),
            at: v.stamp.at.to_string(),
            revision: revisions::number(self.dossier, v.verdict.revision),
            words: &v.verdict.words,
            withdrawn: v.verdict.withdrawn,
            reaffirms: v.verdict.reaffirms,
        }
    }

    fn signed(&self, s: &'d Noted<model::SignOff>) -> SignedOff<'d> {
        SignedOff {
            by: name_of(&self.dossier.state, s.stamp.by),
            at: s.stamp.at.to_string(),
            note: s.value.note.as_deref(),
        }
    }

    fn evidence(&self, e: &'d EvidenceView) -> Evidence<'d> {
        let number = self.numbers.get(&e.evidence.source);
        let quoted = e.passage.as_ref().map(|p| &p.value);
        Evidence {
            id: e.id.to_string(),
            stance: e.evidence.stance.as_str(),
            source: number.map_or(SourceRef::Withheld(Withheld::Withheld), |&n| SourceRef::Number(n)),
            passage: quoted.and_then(|p| p.passage.as_deref()),
            locator: quoted.and_then(|p| p.locator.as_deref()),
            note: quoted.and_then(|p| p.note.as_deref()),
            by: name_of(&self.dossier.state, e.stamp.by),
            at: e.stamp.at.to_string(),
        }
    }

    fn queries(&self, claim: Option<model::ClaimId>) -> Vec<Query<'d>> {
        let asked = self.dossier.state.queries.iter().filter(|q| q.query.claim == claim);
        asked.map(|q| self.query(q)).collect()
    }

    fn query(&self, q: &'d QueryView) -> Query<'d> {
        let name = |id| name_of(&self.dossier.state, id);
        let said = |a: &'d Noted<model::Answer>| Said {
            text: &a.value.text,
            by: name(a.stamp.by),
            at: a.stamp.at.to_string(),
            writer: a.value.written.as_ref().map(|w| w.by.as_str()),
            file: a.value.written.as_ref().map(|w| w.file.as_str()),
            of_file: q.author_of(a.stamp.fact.0),
        };
        Query {
            id: q.id.to_string(),
            to: q.query.to.as_deref(),
            text: &q.query.text,
            by: name(q.stamp.by),
            at: q.stamp.at.to_string(),
            answers: q.answers.iter().map(said).collect(),
            resolution: q.resolution.as_ref().map(|r| Settled {
                note: r.value.note.as_deref(),
                by: name(r.stamp.by),
                at: r.stamp.at.to_string(),
            }),
            of_file: q.author_of(q.id.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_schema_is_that_of_the_types() {
        let schema = schemars::schema_for!(Claims);
        let made = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/claims.schema.json");
        if std::env::var_os("TICKMARK_WRITE_SCHEMA").is_some() {
            std::fs::write(path, &made).unwrap();
        }
        assert!(
            made == std::fs::read_to_string(path).unwrap_or_default(),
            "docs/claims.schema.json is old: run this test once with TICKMARK_WRITE_SCHEMA=1 and commit the file"
        );
    }
}
