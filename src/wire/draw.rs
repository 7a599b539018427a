//! Converts values of the model to the types of the page.

use super::{
    WireError,
    convert::{span_out, spans_out},
    page::*,
};
use crate::desk::{
    self, ArticleRow, Desk, DeskError, Placed, Preview, Reading, Standings, Subjects, WentOut,
};
use crate::{
    model::{
        self, Action, Answer, ArticleState, Chain, ClaimId, ClaimStanding, ClaimView, Encoding, EvidenceView,
        FileChange, FileComment, FileLink, FilePicture, Interview, LeftOut, Logged, Noted, Person, PersonId,
        ProposedBlock, QueryView, Rating, ReadOptions, RevisionView, Scale, SignOff, Source, SourceId,
        Standing, VerdictView, Workflow, slugs,
    },
    text::{Offsets, Part, words},
    wire::{
        all_in_words, in_words,
        suggested::{Suggested, SuggestedAt, suggested},
    },
};
use std::{cell::RefCell, collections::HashMap, sync::Arc};
use uuid::Uuid;

/// Converts values of one desk. It looks up numbers and people as needed, each person once.
pub struct Drawing<'d> {
    desk: &'d Desk,
    people: RefCell<HashMap<PersonId, PersonDto>>,
}

impl<'d> Drawing<'d> {
    /// Converts values of this desk.
    pub fn new(desk: &'d Desk) -> Self {
        Self { desk, people: RefCell::default() }
    }

    /// What can be undone or redone next.
    pub fn step(&self, action: Option<Action>) -> Option<Step> {
        let action = action?;
        let article = match action.chain {
            Chain::Article(id) => Some(id.to_string()),
            Chain::Source(_) | Chain::Person(_) | Chain::Scale(_) | Chain::Desk => None,
        };
        let by = self.person(action.person);
        Some(Step { action: action.id.to_string(), label: label(&action), article, by })
    }

    /// A person. If the desk does not have the person, or cannot read them, they are shown as unknown.
    pub fn person(&self, id: PersonId) -> PersonDto {
        let unknown =
            || PersonDto { id: id.to_string(), name: "Somebody unknown".into(), initials: "?".into() };
        let read = || self.desk.person(id).ok().flatten().map_or_else(unknown, |p| person(&p));
        self.people.borrow_mut().entry(id).or_insert_with(read).clone()
    }

    /// A thing's short number.
    pub fn number(&self, id: Uuid) -> Result<i64, WireError> {
        Ok(self.desk.number_of(id)?)
    }

    /// An article in the library.
    pub fn card(&self, a: &ArticleRow) -> Result<ArticleCard, WireError> {
        let count = |n: i64| usize::try_from(n).unwrap_or_default();
        let [unchecked, checked, stale, orphaned] = a.standings.map(count);
        let (claims, open_queries, context) = (count(a.claims), count(a.open_queries), count(a.context));
        let StatusDto { state, deadline, assignee } = self.status(&a.status);
        Ok(ArticleCard {
            id: a.article.to_string(),
            number: a.number,
            headline: a.headline.clone(),
            outlet: a.outlet.clone(),
            date: a.date.clone(),
            archived: a.archived,
            revisions: count(a.revisions),
            counts: Counts { claims, unchecked, checked, stale, orphaned, open_queries, context },
            coverage: a.coverage,
            verified: a.verified.as_ref().map(|v| v.passed),
            touched: a.touched.to_string(),
            touched_by: self.person(a.touched_by),
            has_draft: self.desk.has_draft(a.article)?,
            tags: a.tags.clone(),
            state,
            deadline,
            assignee,
        })
    }

    /// An article's status.
    pub fn status(&self, s: &Workflow) -> StatusDto {
        StatusDto {
            state: s.state.map(|s| s.to_string()),
            deadline: s.deadline.as_ref().map(|d| d.to_string()),
            assignee: s.assignee.map(|p| self.person(p)),
        }
    }

    /// An article open on the desk.
    pub fn article(&self, reading: &Reading) -> Result<ArticleView, WireError> {
        let queries = self.queries(reading)?;
        let suggestions = if reading.newest { self.suggestions(reading, false)? } else { Vec::new() };
        let StatusDto { state, deadline, assignee } = self.status(&self.desk.status(reading.article)?);
        Ok(ArticleView {
            id: reading.article.to_string(),
            number: self.number(reading.article.0)?,
            headline: desk::headline(&reading.text),
            archived: reading.state.archived,
            revision: self.revision(&reading.revision, None)?,
            newest: reading.newest,
            text: reading.text.to_string(),
            info: reading.revision.info.as_ref().map(|i| (&i.value).into()).unwrap_or_default(),
            counts: counts(reading, self.desk.asks_for_context()?),
            claims: self.claims(reading)?,
            queries,
            suggestions,
            pictures: reading.state.pictures.len(),
            draft: if reading.newest { self.draft(reading)? } else { None },
            state,
            deadline,
            assignee,
            published: self.desk.went_out(reading.article)?.map(|out| self.published(&out)).transpose()?,
        })
    }

    fn published(&self, out: &WentOut) -> Result<PublishedDto, WireError> {
        let number = self.number(out.published.revision.0)?;
        Ok(PublishedDto { number, at: out.at.to_string(), by: self.person(out.by) })
    }

    fn draft(&self, reading: &Reading) -> Result<Option<DraftDto>, WireError> {
        let Some(d) = self.desk.draft(reading.article)? else { return Ok(None) };
        let changes = d.changes.as_deref().and_then(|c| serde_json::from_str(c).ok());
        let current = d.base == reading.revision.id;
        let base_number = self.number(d.base.0)?;
        Ok(Some(DraftDto {
            base: d.base.to_string(),
            base_number,
            current,
            text: d.text,
            changes,
            at: d.at.to_string(),
        }))
    }

    /// A revision's row. `texts` are the text before it and its own, if its changed words are to be counted.
    pub fn revision(
        &self,
        view: &RevisionView,
        texts: Option<(&str, &str)>,
    ) -> Result<RevisionRow, WireError> {
        let restores = view.revision.restores.map(|r| self.number(r.0)).transpose()?;
        let (words, written, struck) = match texts {
            Some((before, text)) => {
                let stats = crate::text::stats(&crate::text::diff(before, text), before, text);
                (words(text).len(), stats.inserted, stats.deleted)
            }
            None => (0, 0, 0),
        };
        Ok(RevisionRow {
            id: view.id.to_string(),
            number: self.number(view.id.0)?,
            parent: view.revision.parents.first().map(|p| p.to_string()),
            by: self.person(view.stamp.by),
            at: view.stamp.at.to_string(),
            note: view.revision.note.clone(),
            restores,
            words,
            written,
            struck,
        })
    }

    /// The live claims of a reading in the order of the text, orphans last.
    pub fn claims(&self, reading: &Reading) -> Result<Vec<ClaimRow>, WireError> {
        let (standings, offsets) = (Standings::new(reading), Offsets::new(&reading.text));
        let open = (&open_by_claim(&reading.state), self.desk.asks_for_context()?);
        let here = reading.state.live_claims().filter(|c| standings.anchor(c).is_some());
        let mut rows =
            here.map(|c| self.row(c, &standings, &offsets, reading, open)).collect::<Result<Vec<_>, _>>()?;
        rows.sort_by_key(|r| r.spans.first().map_or((usize::MAX, usize::MAX), |s| (s.start, s.end)));
        Ok(rows)
    }

    fn row(
        &self,
        claim: &ClaimView,
        standings: &Standings,
        offsets: &Offsets,
        reading: &Reading,
        (open, asks_for_context): (&HashMap<ClaimId, usize>, bool),
    ) -> Result<ClaimRow, WireError> {
        let current = standings.of(claim);
        let spans = standings.anchor(claim).map(|a| spans_out(offsets, &a.spans)).unwrap_or_default();
        let verdict = claim.verdict();
        let quote = self.words(claim, &current, reading)?;
        Ok(ClaimRow {
            id: claim.id.to_string(),
            number: self.number(claim.id.0)?,
            spans,
            quote,
            assertion: claim.claim.assertion.clone(),
            kind: claim.claim.kind.map(|k| k.to_string()),
            claimant: claim.claim.claimant.clone(),
            risk: claim.claim.risk.to_string(),
            placement: current.placement.to_string(),
            standing: current.standing.to_string(),
            context_changed: current.context_changed,
            context_open: asks_for_context && current.context_changed,
            context_messages: current.context,
            reasons: all_in_words(&current.reasons),
            reason_messages: current.reasons,
            rating: verdict.map(|v| rated(&v.verdict.rating)),
            checker: verdict.map(|v| self.person(v.stamp.by)),
            assignee: claim.claim.assignee.map(|p| self.person(p)),
            evidence: claim.current_evidence().count(),
            sign_offs: claim.agreed().count(),
            open_queries: open.get(&claim.id).copied().unwrap_or_default(),
        })
    }

    /// The words a claim covers; for an orphan the last ones it covered.
    fn words(
        &self,
        claim: &ClaimView,
        current: &ClaimStanding,
        reading: &Reading,
    ) -> Result<String, WireError> {
        if current.standing != Standing::Orphaned {
            return Ok(current.quote.join(" … "));
        }
        let last = self.desk.last_place(reading.article, claim.id)?;
        Ok(last.map(|(_, words)| words).unwrap_or_default())
    }

    /// A claim with its evidence, verdicts, queries and history.
    pub fn claim(&self, reading: &Reading, claim: &ClaimView) -> Result<ClaimDetail, WireError> {
        let (standings, offsets) = (Standings::new(reading), Offsets::new(&reading.text));
        let open = (&open_by_claim(&reading.state), self.desk.asks_for_context()?);
        let row = self.row(claim, &standings, &offsets, reading, open)?;
        let last = match row.standing.as_str() {
            "orphaned" => self.desk.last_place(reading.article, claim.id)?,
            _ => None,
        };
        let queries = reading.state.queries.iter().filter(|q| q.query.claim == Some(claim.id));
        Ok(ClaimDetail {
            row,
            article: reading.article.to_string(),
            retracted: claim.claim.retracted,
            marked_by: self.person(claim.marked.by),
            marked_at: claim.marked.at.to_string(),
            evidence: claim
                .live_evidence()
                .map(|e| self.evidence(&reading.state, e))
                .collect::<Result<_, _>>()?,
            verdicts: claim.verdicts.iter().rev().map(|v| self.verdict(v)).collect::<Result<_, _>>()?,
            sign_offs: claim.agreed().map(|s| self.signed(s)).collect(),
            queries: queries.map(|q| self.query(q)).collect::<Result<_, _>>()?,
            last_stood: last.map(|(r, _)| self.number(r.0)).transpose()?,
            history: self.history(reading, claim)?,
        })
    }

    fn history(&self, reading: &Reading, claim: &ClaimView) -> Result<Vec<LogRow>, WireError> {
        let about = |l: &&Logged| {
            l.facts.iter().filter_map(|f| f.fact()).any(|f| {
                let evidence = claim.evidence.iter().any(|e| f.subject() == e.id.bytes());
                f.subject() == claim.id.bytes() || evidence
            })
        };
        let log = self.desk.log(reading.article)?;
        let subjects = Subjects::new(self.desk, reading, &log);
        log.iter().filter(about).rev().map(|l| self.log_row(l, &subjects)).collect()
    }

    /// The log of the article of a reading, newest first.
    pub fn log(&self, reading: &Reading) -> Result<Vec<LogRow>, WireError> {
        let log = self.desk.log_with_status(reading.article)?;
        let subjects = Subjects::new(self.desk, reading, &log);
        log.iter().rev().map(|l| self.log_row(l, &subjects)).collect()
    }

    fn log_row(&self, logged: &Logged, subjects: &Subjects) -> Result<LogRow, WireError> {
        let a = &logged.action;
        let (about, status) = (subjects.about(logged)?, self.desk.status_set_by(logged)?);
        Ok(LogRow {
            action: a.id.to_string(),
            label: label(a),
            about: about.as_ref().map(in_words),
            about_message: about,
            of: subjects.target(logged).map(|l| label(&l.action)),
            by: self.person(a.person),
            passed_on_by: self.desk.passed_on_by(a.id)?,
            at: a.at.to_string(),
            undone: !logged.live,
            says: status.as_ref().map(in_words),
            status_message: status,
        })
    }

    /// A piece of evidence.
    pub fn evidence(&self, state: &ArticleState, view: &EvidenceView) -> Result<EvidenceDto, WireError> {
        let source = state.sources.get(&view.evidence.source).map(|s| self.source_dto(s)).transpose()?;
        let passage = view.passage.as_ref().map(|p| p.value.clone());
        Ok(EvidenceDto {
            id: view.id.to_string(),
            stance: view.evidence.stance.to_string(),
            source,
            passage: passage.as_ref().and_then(|p| p.passage.clone()),
            locator: passage.as_ref().and_then(|p| p.locator.clone()),
            note: passage.and_then(|p| p.note),
            by: self.person(view.stamp.by),
            at: view.stamp.at.to_string(),
            scope: view.is_earlier().then(|| "earlier".into()),
        })
    }

    /// A verdict.
    pub fn verdict(&self, view: &VerdictView) -> Result<VerdictDto, WireError> {
        let v = &view.verdict;
        Ok(VerdictDto {
            fact: view.stamp.fact.to_string(),
            action: view.stamp.action.to_string(),
            rating: rated(&v.rating),
            scale: v.scale.clone(),
            rationale: v.rationale.clone(),
            words: v.words.join(" … "),
            revision: self.number(v.revision.0)?,
            by: self.person(view.stamp.by),
            at: view.stamp.at.to_string(),
            withdrawn: v.withdrawn,
            reaffirms: v.reaffirms,
            current: view.current,
        })
    }

    fn signed(&self, noted: &Noted<SignOff>) -> SignedDto {
        let Noted { value, stamp } = noted;
        SignedDto { by: self.person(stamp.by), at: stamp.at.to_string(), note: value.note.clone() }
    }

    /// A query.
    pub fn query(&self, view: &QueryView) -> Result<QueryDto, WireError> {
        let author = |of: Uuid| {
            let found = view.author_of(of);
            (found.and_then(|a| a.name.clone()), found.and_then(|a| a.date.clone()))
        };
        let answer = |a: &Noted<Answer>| AnswerDto {
            text: a.value.text.clone(),
            author: author(a.stamp.fact.0).0,
            date: author(a.stamp.fact.0).1,
            by: self.person(a.stamp.by),
            at: a.stamp.at.to_string(),
            written: a.value.written.as_ref().map(ToString::to_string),
        };
        Ok(QueryDto {
            id: view.id.to_string(),
            number: self.number(view.id.0)?,
            claim: view.query.claim.map(|c| c.to_string()),
            to: view.query.to.clone(),
            text: view.query.text.clone(),
            author: author(view.id.0).0,
            date: author(view.id.0).1,
            spans: Vec::new(),
            by: self.person(view.stamp.by),
            at: view.stamp.at.to_string(),
            answers: view.answers.iter().map(answer).collect(),
            open: view.is_open(),
            resolution: view.resolution.as_ref().and_then(|r| r.value.note.clone()),
        })
    }

    /// The queries of an article, with their places in its text.
    pub fn queries(&self, reading: &Reading) -> Result<Vec<QueryDto>, WireError> {
        let places: HashMap<_, _> = reading.state.query_places(reading.revision.id).collect();
        let offsets = Offsets::new(&reading.text);
        let query = |q: &QueryView| {
            let spans = places.get(&q.id).map(|s| spans_out(&offsets, s)).unwrap_or_default();
            Ok(QueryDto { spans, ..self.query(q)? })
        };
        reading.state.queries.iter().map(query).collect()
    }

    /// The suggestions of a reading in the order they were made; without `all`, those that are open or overtaken.
    pub fn suggestions(&self, reading: &Reading, all: bool) -> Result<Vec<SuggestionDto>, WireError> {
        if reading.state.suggestions.is_empty() {
            return Ok(Vec::new());
        }
        let (offsets, waiting) = (Offsets::new(&reading.text), reading.state.waiting(reading.revision.id));
        suggested(reading, &waiting, all).iter().map(|s| self.suggestion(s, &offsets)).collect()
    }

    fn suggestion(&self, s: &Suggested, offsets: &Offsets) -> Result<SuggestionDto, WireError> {
        let inner = s.outer.map(|_| Offsets::new(&s.outer_words));
        let edit = |e: &SuggestedAt| SuggestionEditDto {
            spans: spans_out(inner.as_ref().unwrap_or(offsets), &e.spans),
            words: e.words.clone(),
            with: e.with.clone(),
        };
        let (fact, by) = (&s.view.suggestion, self.person(s.view.stamp.by));
        let (author, date) = match s.of_file {
            Some((name, date)) => (name.map(str::to_owned), date.map(str::to_owned)),
            None => (Some(by.name.clone()), Some(s.view.stamp.at.to_string())),
        };
        let decision = s.view.decision();
        Ok(SuggestionDto {
            id: s.view.id.to_string(),
            number: self.number(s.view.id.0)?,
            kind: fact.kind.to_string(),
            state: s.state.to_string(),
            revision: self.number(fact.revision.0)?,
            edits: s.edits.iter().map(edit).collect(),
            within: s.outer.map(|o| o.id.to_string()),
            author,
            date,
            of_file: s.of_file.is_some(),
            by,
            decided_by: decision.map(|d| self.person(d.stamp.by)),
            decided_at: decision.map(|d| d.stamp.at.to_string()),
            note: decision.and_then(|d| d.value.note.clone()),
        })
    }

    /// A source by its id.
    pub fn source(&self, id: SourceId) -> Result<SourceDto, WireError> {
        self.source_dto(&self.desk.source(id)?)
    }

    /// A source.
    pub fn source_dto(&self, noted: &Noted<Source>) -> Result<SourceDto, WireError> {
        let s = noted.value.clone();
        let file = |f: crate::model::Attachment| FileDto {
            digest: f.digest.to_string(),
            name: f.name,
            bytes: f.bytes,
        };
        Ok(SourceDto {
            id: s.source.to_string(),
            number: self.number(s.source.0)?,
            kind: s.kind.to_string(),
            title: s.title,
            authors: s.authors,
            publisher: s.publisher,
            published: s.published.map(|d| d.to_string()),
            accessed: s.accessed.map(|d| d.to_string()),
            url: s.url,
            note: s.note,
            reliability: s.reliability,
            withhold: s.withhold,
            kept_here: self.desk.is_kept_here(s.source)?,
            files: s.files.into_iter().map(file).collect(),
            used: usize::try_from(self.desk.source_uses(s.source)?).unwrap_or_default(),
        })
    }

    /// A conversation with a source.
    pub fn interview(&self, noted: &Noted<Interview>) -> InterviewDto {
        let i = noted.value.clone();
        InterviewDto {
            fact: noted.stamp.fact.to_string(),
            with: i.with,
            role: i.role,
            how: i.how.to_string(),
            on: i.on.map(|d| d.to_string()),
            terms: i.terms.to_string(),
            confirmed: i.confirmed,
            recording: i.recording,
            by: self.person(noted.stamp.by),
            at: noted.stamp.at.to_string(),
        }
    }

    /// How one claim was placed in a revision. The spans are in the newer text, or in the older text if the claim is gone.
    pub fn placed(&self, p: &Placed, offsets: &Offsets) -> Result<PlacementDto, WireError> {
        Ok(PlacementDto {
            claim: p.claim.to_string(),
            number: self.number(p.claim.0)?,
            placement: p.placement.to_string(),
            standing: p.standing.to_string(),
            context_changed: p.context_changed,
            spans: spans_out(offsets, &p.spans),
            quote: p.quote.clone(),
            was: p.was.clone(),
            reasons: all_in_words(&p.reasons),
            reason_messages: p.reasons.clone(),
        })
    }
}

/// A person.
pub fn person(p: &Person) -> PersonDto {
    PersonDto { id: p.person.to_string(), name: p.name.clone(), initials: p.initials.clone() }
}

/// How many claims of a reading have each status.
pub fn counts(reading: &Reading, asks_for_context: bool) -> Counts {
    let standings = Standings::new(reading);
    let mut counts = Counts::default();
    for claim in reading.state.live_claims() {
        counts.claims += 1;
        let standing = standings.of(claim);
        counts.context += usize::from(asks_for_context && standing.context_changed);
        match standing.standing {
            Standing::Unchecked => counts.unchecked += 1,
            Standing::Checked => counts.checked += 1,
            Standing::Stale => counts.stale += 1,
            Standing::Orphaned => counts.orphaned += 1,
        }
    }
    counts.open_queries = reading.state.queries.iter().filter(|q| q.is_open()).count();
    counts
}

/// A previewed import.
pub fn proposal(preview: &Preview) -> Proposal {
    let p = &preview.proposal;
    let offsets = Offsets::new(&p.text);
    let part = |r: &ProposedBlock| {
        let line = r.from.number();
        Some(RecognisedDto { kind: r.kind.as_str().into(), span: span_out(&offsets, r.span)?, line })
    };
    Proposal {
        draft: preview.draft.to_string(),
        name: preview.name.clone(),
        text: p.text.clone(),
        info: (&p.info).into(),
        left_out: p.left_out.iter().map(left_out).collect(),
        recognised: p.blocks.iter().filter_map(part).collect(),
        kind: p.kind.as_str().into(),
        changes_as: preview.options.changes.as_str().into(),
        changes: p.changes.iter().map(|c| file_change(p, c)).collect(),
        comments: p.comments.iter().map(file_comment).collect(),
        links: p.links.iter().map(file_link).collect(),
        pictures: p.pictures.iter().map(file_picture).collect(),
        encoding: p.encoding.as_str().into(),
        encodings: Encoding::SLUGS.iter().map(|e| (*e).to_owned()).collect(),
        as_is: preview.options.as_is,
        needs_encoding: false,
        existing: preview.existing.map(|a| a.to_string()),
    }
}

fn file_change(p: &model::Proposal, c: &FileChange) -> FileChangeDto {
    let gone = c.edits.iter().filter(|_| c.within.is_none()).filter_map(|e| e.span.of(&p.text));
    FileChangeDto {
        kind: c.kind.as_str().into(),
        words: gone.collect(),
        with: c.edits.iter().map(|e| e.with.as_str()).collect(),
        author: c.author.clone(),
        date: c.date.clone(),
    }
}

fn file_comment(c: &FileComment) -> FileCommentDto {
    FileCommentDto {
        author: c.author.clone(),
        date: c.date.clone(),
        text: c.text.clone(),
        quote: c.quote.clone(),
        reply_to: c.reply_to,
        resolved: c.resolved,
    }
}

fn file_link(l: &FileLink) -> FileLinkDto {
    FileLinkDto { url: l.url.clone(), words: l.words.clone(), note: l.note.clone() }
}

fn file_picture(p: &FilePicture) -> FilePictureDto {
    FilePictureDto {
        name: p.name.clone(),
        bytes: p.bytes.as_ref().map(Vec::len),
        alt: p.alt.clone(),
        caption: p.caption.clone(),
    }
}

/// The preview of a file whose encoding is not certain, read in the likely one and otherwise by the same options. Any other error stays
/// an error.
pub fn unread_proposal(desk: &Desk, e: DeskError, options: &ReadOptions) -> Result<Proposal, WireError> {
    match e {
        DeskError::NeedsEncoding { draft: Some(draft), guess, .. } => {
            let options = ReadOptions { encoding: Some(guess), ..options.clone() };
            let preview = desk.preview_again(draft, &options)?;
            Ok(Proposal { needs_encoding: true, ..proposal(&preview) })
        }
        other => Err(other.into()),
    }
}

/// A line that is not in the text as written.
pub fn left_out(l: &LeftOut) -> LeftOutDto {
    LeftOutDto { line: l.from.number(), text: l.text.clone(), why: l.why.as_str().into() }
}

/// A rating's short form.
pub fn rated(r: &Rating) -> RatedDto {
    RatedDto { slug: r.slug.clone(), label: r.label.clone(), family: r.family.to_string() }
}

/// A scale.
pub fn scale(id: Option<String>, s: &Scale) -> ScaleDto {
    let rating = |r: &Rating| RatingDto {
        slug: r.slug.clone(),
        label: r.label.clone(),
        family: r.family.to_string(),
        value: r.value,
        meaning: r.meaning.clone(),
    };
    ScaleDto { id, name: s.name.clone(), ratings: s.ratings.iter().map(rating).collect() }
}

slugs! {
    /// What became of words between two texts.
    PartKind, "kind of part", {
        Kept = "kept", Deleted = "deleted", Inserted = "inserted", MovedFrom = "movedFrom", MovedTo = "movedTo",
    }
}

impl PartKind {
    /// The kind of a part.
    pub fn of(part: &Part) -> Self {
        match part {
            Part::Kept { .. } => Self::Kept,
            Part::Deleted { .. } => Self::Deleted,
            Part::Inserted { .. } => Self::Inserted,
            Part::MovedFrom { .. } => Self::MovedFrom,
            Part::MovedTo { .. } => Self::MovedTo,
        }
    }
}

/// The parts of a comparison in reading order.
pub fn parts(parts: &[Part], old: &Offsets, new: &Offsets) -> Vec<PartDto> {
    let places = |p: &Part| match *p {
        Part::Kept { old, new } => (Some(old), Some(new), None),
        Part::Deleted { old } => (Some(old), None, None),
        Part::Inserted { new } => (None, Some(new), None),
        Part::MovedFrom { old, id } => (Some(old), None, Some(id)),
        Part::MovedTo { new, id } => (None, Some(new), Some(id)),
    };
    let draw = |p: &Part| {
        let (o, n, pair) = places(p);
        PartDto {
            kind: PartKind::of(p).to_string(),
            old: o.and_then(|s| span_out(old, s)),
            new: n.and_then(|s| span_out(new, s)),
            pair,
        }
    };
    parts.iter().map(draw).collect()
}

/// The slug of an action's kind. The page shows it in the user's language.
pub fn label(action: &Action) -> String {
    action.kind.to_string()
}

fn open_by_claim(state: &Arc<ArticleState>) -> HashMap<ClaimId, usize> {
    let mut open = HashMap::new();
    for claim in state.queries.iter().filter(|q| q.is_open()).filter_map(|q| q.query.claim) {
        *open.entry(claim).or_default() += 1;
    }
    open
}
