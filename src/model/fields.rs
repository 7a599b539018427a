//! Converts facts to and from the fields of a [`Record`]. The order and names here are the format: they never change
//! for a kind in use, since digests cover them.

use super::{
    Anchor, Anchors, Answer, Archived, Article, Attachment, BadFact, BadRecord, Claim, Evidence,
    EvidenceScope, Exemption, Fact, FileAuthor, Import, Info, InfoAt, Interview, Original, Passage, Person,
    Picture, Policy, Published, Query, Rating, Record, Redaction, Resolution, Revision, Scale, SignOff,
    Source, SourceContact, SuggestedEdit, Suggestion, SuggestionAnchors, SuggestionDecision, Verdict,
    Workflow, Written, suggestion::place,
};
use crate::text::Span;
use std::str::FromStr;

impl Fact {
    /// Adds the fact's content to `r`, after its kind, its id and what it replaces.
    pub(super) fn put_fields(&self, r: &mut Record) {
        match self {
            Self::Person(f) => put_person(r, f),
            Self::Article(f) => put_article(r, f),
            Self::Archived(f) => drop(r.put("article", f.article).put("archived", f.archived)),
            Self::Revision(f) => put_revision(r, f),
            Self::InfoAt(f) => put_info(r.put("revision", f.revision), &f.info),
            Self::Claim(f) => put_claim(r, f),
            Self::Anchors(f) => drop(r.put("revision", f.revision).put_all("at", &f.anchors)),
            Self::Source(f) => put_source(r, f),
            Self::Evidence(f) => put_evidence(r, f),
            Self::Passage(f) => put_passage(r, f),
            Self::Verdict(f) => put_verdict(r, f),
            Self::Scale(id, f) => put_scale(r.put("scale", id), f),
            Self::Query(f) => put_query(r, f),
            Self::Answer(f) => put_answer(r, f),
            Self::Resolution(f) => drop(r.put("query", f.query).put_some("note", &f.note)),
            Self::Redaction(f) => {
                r.put("fact", f.fact).put_some("why", &f.why).put_all("replaced", &f.replaced);
            }
            Self::Import(f) => drop(r.put("article", f.article).put("bundle", f.bundle)),
            Self::Exemption(f) => put_exemption(r, f),
            Self::SignOff(f) => put_sign_off(r, f),
            Self::Policy(f) => put_policy(r, f),
            Self::EvidenceScope(f) => {
                r.put("evidence", f.evidence).put("verdict", f.verdict).put("taken-back", f.taken_back);
            }
            Self::Workflow(f) => put_workflow(r, f),
            Self::Interview(f) => put_interview(r, f),
            Self::Contact(f) => put_contact(r, f),
            Self::Suggestion(f) => put_suggestion(r, f),
            Self::Decision(f) => put_decision(r, f),
            Self::SuggestionAnchors(f) => drop(r.put("revision", f.revision).put_all("at", &f.anchors)),
            Self::FileAuthor(f) => put_file_author(r, f),
            Self::Picture(f) => put_picture(r, f),
            Self::Published(f) => put_published(r, f),
        }
    }

    /// Reads what [`Fact::put_fields`] wrote.
    pub(super) fn from_fields(r: &Record) -> Result<Self, BadFact> {
        Ok(match r.get::<String>("kind")?.as_str() {
            "person" => Self::Person(Person {
                person: r.get("person")?,
                name: r.get("name")?,
                initials: r.get("initials")?,
            }),
            "article" => Self::Article(article(r)?),
            "archived" => {
                Self::Archived(Archived { article: r.get("article")?, archived: r.get("archived")? })
            }
            "revision" => Self::Revision(revision(r)?),
            "info" => Self::InfoAt(InfoAt { revision: r.get("revision")?, info: info(r)? }),
            "claim" => Self::Claim(claim(r)?),
            "anchors" => Self::Anchors(Anchors { revision: r.get("revision")?, anchors: r.all("at")? }),
            "source" => Self::Source(source(r)?),
            "evidence" => Self::Evidence(evidence(r)?),
            "passage" => Self::Passage(passage(r)?),
            "verdict" => Self::Verdict(verdict(r)?),
            "scale" => Self::Scale(r.get("scale")?, scale(r)?),
            "query" => Self::Query(query(r)?),
            "answer" => Self::Answer(answer(r)?),
            "resolution" => Self::Resolution(Resolution { query: r.get("query")?, note: r.maybe("note")? }),
            "redaction" => Self::Redaction(Redaction {
                fact: r.get("fact")?,
                why: r.maybe("why")?,
                replaced: r.all("replaced")?,
            }),
            "import" => Self::Import(Import { article: r.get("article")?, bundle: r.get("bundle")? }),
            "waved" => Self::Exemption(exemption(r)?),
            "sign-off" => Self::SignOff(sign_off(r)?),
            "policy" => Self::Policy(policy(r)?),
            "evidence-scope" => Self::EvidenceScope(EvidenceScope {
                evidence: r.get("evidence")?,
                verdict: r.get("verdict")?,
                taken_back: r.get("taken-back")?,
            }),
            "workflow" => Self::Workflow(workflow(r)?),
            "published" => Self::Published(published(r)?),
            "interview" => Self::Interview(interview(r)?),
            "contact" => Self::Contact(contact(r)?),
            "suggestion" => Self::Suggestion(suggestion(r)?),
            "decision" => Self::Decision(decision(r)?),
            "suggestion-anchors" => Self::SuggestionAnchors(SuggestionAnchors {
                revision: r.get("revision")?,
                anchors: r.all("at")?,
            }),
            "file-author" => Self::FileAuthor(file_author(r)?),
            "picture" => Self::Picture(picture(r)?),
            other => return Err(BadFact::Kind(other.into())),
        })
    }
}

fn put_person(r: &mut Record, f: &Person) {
    r.put("person", f.person).put("name", &f.name).put("initials", &f.initials);
}

fn put_article(r: &mut Record, f: &Article) {
    r.put("article", f.article);
    if let Some(o) = &f.original {
        r.put("original", o.digest).put("file", &o.name);
    }
}

fn article(r: &Record) -> Result<Article, BadRecord> {
    let original = match r.maybe("original")? {
        Some(digest) => Some(Original { digest, name: r.get("file")? }),
        None => None,
    };
    Ok(Article { article: r.get("article")?, original })
}

fn put_revision(r: &mut Record, f: &Revision) {
    r.put("revision", f.revision).put("article", f.article).put_all("parent", &f.parents);
    r.put("text", f.text).put("bytes", f.bytes).put_some("note", &f.note).put_some("restores", &f.restores);
}

fn revision(r: &Record) -> Result<Revision, BadRecord> {
    Ok(Revision {
        revision: r.get("revision")?,
        article: r.get("article")?,
        parents: r.all("parent")?,
        text: r.get("text")?,
        bytes: r.get("bytes")?,
        note: r.maybe("note")?,
        restores: r.maybe("restores")?,
    })
}

fn put_info(r: &mut Record, f: &Info) {
    r.put_some("byline", &f.byline)
        .put_some("outlet", &f.outlet)
        .put_some("date", &f.date)
        .put_some("time", &f.time);
    r.put_some("zone", &f.zone)
        .put_some("place", &f.place)
        .put_some("language", &f.language)
        .put_some("url", &f.url);
    r.put_all("tag", &f.tags).put_all("hashtag", &f.hashtags);
}

fn info(r: &Record) -> Result<Info, BadRecord> {
    Ok(Info {
        byline: r.maybe("byline")?,
        outlet: r.maybe("outlet")?,
        date: r.maybe("date")?,
        time: r.maybe("time")?,
        zone: r.maybe("zone")?,
        place: r.maybe("place")?,
        language: r.maybe("language")?,
        url: r.maybe("url")?,
        tags: r.all("tag")?,
        hashtags: r.all("hashtag")?,
    })
}

fn put_claim(r: &mut Record, f: &Claim) {
    r.put("claim", f.claim)
        .put("article", f.article)
        .put_some("assertion", &f.assertion)
        .put_some("claim-kind", &f.kind);
    r.put_some("claimant", &f.claimant)
        .put("risk", f.risk)
        .put_some("assignee", &f.assignee)
        .put("retracted", f.retracted);
}

fn claim(r: &Record) -> Result<Claim, BadRecord> {
    Ok(Claim {
        claim: r.get("claim")?,
        article: r.get("article")?,
        assertion: r.maybe("assertion")?,
        kind: r.maybe("claim-kind")?,
        claimant: r.maybe("claimant")?,
        risk: r.get("risk")?,
        assignee: r.maybe("assignee")?,
        retracted: r.get("retracted")?,
    })
}

fn put_source(r: &mut Record, f: &Source) {
    r.put("source", f.source).put("source-kind", f.kind).put("title", &f.title).put_all("author", &f.authors);
    r.put_some("publisher", &f.publisher)
        .put_some("published", &f.published)
        .put_some("accessed", &f.accessed);
    r.put_some("url", &f.url).put_some("note", &f.note).put_some("reliability", &f.reliability);
    r.put("withhold", f.withhold).put_all("attached", &f.files);
}

fn source(r: &Record) -> Result<Source, BadRecord> {
    Ok(Source {
        source: r.get("source")?,
        kind: r.get("source-kind")?,
        title: r.get("title")?,
        authors: r.all("author")?,
        publisher: r.maybe("publisher")?,
        published: r.maybe("published")?,
        accessed: r.maybe("accessed")?,
        url: r.maybe("url")?,
        note: r.maybe("note")?,
        reliability: r.maybe("reliability")?,
        withhold: r.get("withhold")?,
        files: r.all("attached")?,
    })
}

fn put_evidence(r: &mut Record, f: &Evidence) {
    r.put("evidence", f.evidence).put("claim", f.claim).put("source", f.source).put("stance", f.stance);
    r.put("retracted", f.retracted);
}

fn evidence(r: &Record) -> Result<Evidence, BadRecord> {
    Ok(Evidence {
        evidence: r.get("evidence")?,
        claim: r.get("claim")?,
        source: r.get("source")?,
        stance: r.get("stance")?,
        retracted: r.get("retracted")?,
    })
}

fn put_passage(r: &mut Record, f: &Passage) {
    r.put("evidence", f.evidence).put_some("passage", &f.passage).put_some("locator", &f.locator);
    r.put_some("note", &f.note);
}

fn passage(r: &Record) -> Result<Passage, BadRecord> {
    Ok(Passage {
        evidence: r.get("evidence")?,
        passage: r.maybe("passage")?,
        locator: r.maybe("locator")?,
        note: r.maybe("note")?,
    })
}

fn put_verdict(r: &mut Record, f: &Verdict) {
    r.put("claim", f.claim)
        .put("revision", f.revision)
        .put("scale", &f.scale)
        .put("rating", nested(&f.rating.record()));
    r.put("rationale", &f.rationale).put_all("words", &f.words).put("context", &f.context);
    r.put("withdrawn", f.withdrawn).put("reaffirms", f.reaffirms);
}

fn verdict(r: &Record) -> Result<Verdict, BadRecord> {
    Ok(Verdict {
        claim: r.get("claim")?,
        revision: r.get("revision")?,
        scale: r.get("scale")?,
        rating: Rating::from_record(&unnested(r.text("rating"))?)?,
        rationale: r.get("rationale")?,
        words: r.all("words")?,
        context: r.get("context")?,
        withdrawn: r.get("withdrawn")?,
        reaffirms: r.get("reaffirms")?,
    })
}

fn put_scale(r: &mut Record, f: &Scale) {
    r.put("name", &f.name);
    for rating in &f.ratings {
        r.put("rating", nested(&rating.record()));
    }
}

fn scale(r: &Record) -> Result<Scale, BadRecord> {
    let rating = |text| unnested(Some(text)).and_then(|r| Rating::from_record(&r));
    Ok(Scale { name: r.get("name")?, ratings: r.texts("rating").map(rating).collect::<Result<_, _>>()? })
}

fn put_query(r: &mut Record, f: &Query) {
    r.put("query", f.query).put("article", f.article).put_some("claim", &f.claim).put_some("to", &f.to);
    r.put("text", &f.text);
}

fn query(r: &Record) -> Result<Query, BadRecord> {
    Ok(Query {
        query: r.get("query")?,
        article: r.get("article")?,
        claim: r.maybe("claim")?,
        to: r.maybe("to")?,
        text: r.get("text")?,
    })
}

fn put_exemption(r: &mut Record, f: &Exemption) {
    r.put("wave", f.exemption)
        .put("article", f.article)
        .put("sentence", &f.sentence)
        .put_some("note", &f.note);
    r.put("taken-back", f.taken_back);
}

fn exemption(r: &Record) -> Result<Exemption, BadRecord> {
    Ok(Exemption {
        exemption: r.get("wave")?,
        article: r.get("article")?,
        sentence: r.get("sentence")?,
        note: r.maybe("note")?,
        taken_back: r.get("taken-back")?,
    })
}

fn put_sign_off(r: &mut Record, f: &SignOff) {
    r.put("claim", f.claim).put("verdict", f.verdict).put_some("note", &f.note);
    r.put("taken-back", f.taken_back);
}

fn sign_off(r: &Record) -> Result<SignOff, BadRecord> {
    Ok(SignOff {
        claim: r.get("claim")?,
        verdict: r.get("verdict")?,
        note: r.maybe("note")?,
        taken_back: r.get("taken-back")?,
    })
}

fn put_answer(r: &mut Record, f: &Answer) {
    r.put("query", f.query).put("text", &f.text);
    r.put_some("writer", &f.written.as_ref().map(|w| &w.by));
    r.put_some("file", &f.written.as_ref().map(|w| &w.file));
}

fn answer(r: &Record) -> Result<Answer, BadRecord> {
    let written = match r.maybe("writer")? {
        Some(by) => Some(Written { by, file: r.get("file")? }),
        None => None,
    };
    Ok(Answer { query: r.get("query")?, text: r.get("text")?, written })
}

impl Policy {
    /// The requirements as bytes: the same for the same policy, no matter who set it and when.
    pub fn bytes(&self) -> Vec<u8> {
        let mut r = Record::default();
        put_policy(&mut r, self);
        r.bytes()
    }
}

fn put_policy(r: &mut Record, f: &Policy) {
    r.put("evidence", f.evidence).put("second-person", f.second).put("queries", f.queries);
    r.put("coverage", f.coverage);
    // Older records do not have it, and mean that it is asked for.
    r.put_some("context", &(!f.context).then_some(false));
}

fn policy(r: &Record) -> Result<Policy, BadRecord> {
    Ok(Policy {
        evidence: r.get("evidence")?,
        second: r.get("second-person")?,
        queries: r.get("queries")?,
        coverage: r.get("coverage")?,
        context: r.maybe("context")?.unwrap_or(true),
    })
}

fn put_workflow(r: &mut Record, f: &Workflow) {
    r.put("article", f.article).put_some("state", &f.state).put_some("deadline", &f.deadline);
    r.put_some("assignee", &f.assignee);
}

fn workflow(r: &Record) -> Result<Workflow, BadRecord> {
    Ok(Workflow {
        article: r.get("article")?,
        state: r.maybe("state")?,
        deadline: r.maybe("deadline")?,
        assignee: r.maybe("assignee")?,
    })
}

fn put_published(r: &mut Record, f: &Published) {
    r.put("article", f.article).put("revision", f.revision).put("last", f.last).put("bundle", f.bundle);
}

fn published(r: &Record) -> Result<Published, BadRecord> {
    Ok(Published {
        article: r.get("article")?,
        revision: r.get("revision")?,
        last: r.get("last")?,
        bundle: r.get("bundle")?,
    })
}

fn put_interview(r: &mut Record, f: &Interview) {
    r.put("source", f.source).put("with", &f.with).put_some("role", &f.role).put("how", f.how);
    r.put_some("on", &f.on).put("terms", f.terms).put_some("confirmed", &f.confirmed);
    r.put_some("recording", &f.recording);
}

fn interview(r: &Record) -> Result<Interview, BadRecord> {
    Ok(Interview {
        source: r.get("source")?,
        with: r.get("with")?,
        role: r.maybe("role")?,
        how: r.get("how")?,
        on: r.maybe("on")?,
        terms: r.get("terms")?,
        confirmed: r.maybe("confirmed")?,
        recording: r.maybe("recording")?,
    })
}

fn put_contact(r: &mut Record, f: &SourceContact) {
    r.put("source", f.source).put_some("phone", &f.phone).put_some("address", &f.address);
    r.put_some("mail", &f.mail);
}

fn contact(r: &Record) -> Result<SourceContact, BadRecord> {
    Ok(SourceContact {
        source: r.get("source")?,
        phone: r.maybe("phone")?,
        address: r.maybe("address")?,
        mail: r.maybe("mail")?,
    })
}

fn put_suggestion(r: &mut Record, f: &Suggestion) {
    r.put("suggestion", f.suggestion).put("article", f.article).put("revision", f.revision);
    r.put("change", f.kind).put_some("within", &f.within);
    for edit in &f.edits {
        let mut e = Record::default();
        e.put("at", edit.span).put("words", &edit.words).put("with", &edit.with);
        r.put("edit", nested(&e));
    }
}

fn suggestion(r: &Record) -> Result<Suggestion, BadRecord> {
    let edit = |text| {
        let e = Record::parse(str::as_bytes(text))?;
        let at = e.text("at").and_then(place).ok_or(BadRecord::Missing("at"))?;
        Ok::<_, BadRecord>(SuggestedEdit { span: at, words: e.get("words")?, with: e.get("with")? })
    };
    Ok(Suggestion {
        suggestion: r.get("suggestion")?,
        article: r.get("article")?,
        revision: r.get("revision")?,
        kind: r.get("change")?,
        within: r.maybe("within")?,
        edits: r.texts("edit").map(edit).collect::<Result<_, _>>()?,
    })
}

fn put_decision(r: &mut Record, f: &SuggestionDecision) {
    r.put("suggestion", f.suggestion).put("accepted", f.accepted).put_some("revision", &f.revision);
    r.put_some("note", &f.note);
}

fn decision(r: &Record) -> Result<SuggestionDecision, BadRecord> {
    Ok(SuggestionDecision {
        suggestion: r.get("suggestion")?,
        accepted: r.get("accepted")?,
        revision: r.maybe("revision")?,
        note: r.maybe("note")?,
    })
}

fn put_file_author(r: &mut Record, f: &FileAuthor) {
    r.put("of", f.of).put_some("name", &f.name).put_some("date", &f.date).put("file", f.file);
}

fn file_author(r: &Record) -> Result<FileAuthor, BadRecord> {
    Ok(FileAuthor { of: r.get("of")?, name: r.maybe("name")?, date: r.maybe("date")?, file: r.get("file")? })
}

fn put_picture(r: &mut Record, f: &Picture) {
    r.put("picture", f.picture).put("article", f.article).put("revision", f.revision).put("name", &f.name);
    r.put_some("attached", &f.file).put_some("alt", &f.alt).put_some("caption", &f.caption);
    r.put_some("at", &f.at);
}

fn picture(r: &Record) -> Result<Picture, BadRecord> {
    Ok(Picture {
        picture: r.get("picture")?,
        article: r.get("article")?,
        revision: r.get("revision")?,
        name: r.get("name")?,
        file: r.maybe("attached")?,
        alt: r.maybe("alt")?,
        caption: r.maybe("caption")?,
        at: r.maybe("at")?,
    })
}

/// A record inside a record's text.
fn nested(r: &Record) -> String {
    String::from_utf8_lossy(&r.bytes()).into_owned()
}

fn unnested(text: Option<&str>) -> Result<Record, BadRecord> {
    Record::parse(text.ok_or(BadRecord::Missing("rating"))?.as_bytes())
}

impl std::fmt::Display for Anchor {
    /// `claim placement start-end,start-end`, offsets in bytes.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let spans: Vec<_> = self.spans.iter().map(Span::to_string).collect();
        write!(f, "{} {} {}", self.claim, self.placement, spans.join(","))
    }
}

impl FromStr for Anchor {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        let [claim, placement, spans] = s.splitn(3, ' ').collect::<Vec<_>>()[..] else {
            return Err(format!("'{s}' is not an anchor"));
        };
        Ok(Self {
            claim: claim.parse().map_err(|e: super::NotAnId| e.to_string())?,
            placement: placement.parse().map_err(|e: super::NotASlug| e.to_string())?,
            spans: spans.split(',').filter(|p| !p.is_empty()).map(span).collect::<Result<_, _>>()?,
        })
    }
}

fn span(s: &str) -> Result<Span, String> {
    let ends = s.split_once('-').and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
    match ends {
        Some((start, end)) if start < end => Ok(Span::at(start, end)),
        _ => Err(format!("'{s}' is not a span")),
    }
}

impl std::fmt::Display for Attachment {
    /// `digest bytes name`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {}", self.digest, self.bytes, self.name)
    }
}

impl FromStr for Attachment {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        let [digest, bytes, name] = s.splitn(3, ' ').collect::<Vec<_>>()[..] else {
            return Err(format!("'{s}' is not an attached file"));
        };
        let bytes = bytes.parse().map_err(|_| format!("'{bytes}' is not a length"))?;
        Ok(Self { digest: digest.parse()?, bytes, name: name.into() })
    }
}
