//! Sources and evidence.

use crate::desk::{Access, ContactChange, Conversation, Desk, Filter, NewFile, Page, PassageText};
use crate::{
    messages::message,
    model::{ArticleId, Digest, EvidenceId},
    wire::{
        WireError, convert,
        draw::{self, Drawing},
        error::unread,
        page::*,
    },
};

pub fn list(desk: &mut Desk, q: SourcesRequest) -> Result<Vec<SourceDto>, WireError> {
    let draw = Drawing::new(desk);
    let words = q.words.filter(|w| !w.trim().is_empty()).map(Filter::Words);
    let (skip, most) = (q.skip.unwrap_or_default(), q.most.unwrap_or(usize::MAX));
    let sort = q.sort.map(|s| s.parse().map_err(unread)).transpose()?;
    let page = Page { sort, filters: words.into_iter().collect(), skip, most };
    Ok(desk.sources(&page)?.iter().map(|s| draw.source_dto(s)).collect::<Result<_, _>>()?)
}

pub fn add(desk: &mut Desk, q: AddSourceRequest) -> Result<SourceDto, WireError> {
    let source = desk.add_source(q.fields.try_into()?, &[])?.value;
    Ok(Drawing::new(desk).source(source)?)
}

pub fn edit(desk: &mut Desk, q: EditSourceRequest) -> Result<SourceDto, WireError> {
    let source = desk.source_named(&q.source)?;
    desk.edit_source(source, q.fields.try_into()?, &[])?;
    Ok(Drawing::new(desk).source(source)?)
}

pub fn show(desk: &mut Desk, q: SourceRequest) -> Result<SourceDetail, WireError> {
    Ok(Drawing::new(desk).source_detail(desk.source_named(&q.source)?)?)
}

pub fn interview(desk: &mut Desk, q: InterviewRequest) -> Result<SourceDetail, WireError> {
    let source = desk.source_named(&q.source)?;
    let said = Conversation {
        with: q.with,
        role: q.role,
        how: q.how.parse().map_err(unread)?,
        on: convert::date(q.on)?,
        terms: q.terms.parse().map_err(unread)?,
        confirmed: q.confirmed,
        recording: q.recording,
    };
    desk.add_interview(source, said)?;
    Ok(Drawing::new(desk).source_detail(source)?)
}

pub fn contact(desk: &mut Desk, q: ContactRequest) -> Result<SourceDetail, WireError> {
    let source = desk.source_named(&q.source)?;
    let given = |field: Given<String>| field.0.map(Option::unwrap_or_default);
    let change = ContactChange { phone: given(q.phone), address: given(q.address), mail: given(q.mail) };
    desk.set_contact(source, change)?;
    Ok(Drawing::new(desk).source_detail(source)?)
}

pub fn attach(desk: &mut Desk, q: AttachRequest) -> Result<SourceDto, WireError> {
    desk.keeping(&[NewFile::open(q.path.as_ref())?], |desk, files| {
        let source = desk.source_named(&q.source)?;
        desk.attach(source, files)?;
        Ok(Drawing::new(desk).source(source)?)
    })
}

pub fn write_snapshot(desk: &mut Desk, q: SnapshotRequest) -> Result<Written, WireError> {
    let (to, file) = (desk.target(q.path.as_ref(), q.replace)?, digest(&q.digest)?);
    desk.fetch_file(&file, &mut super::hub::connect)?;
    desk.write_attachment(&file, &to)?;
    Ok(Written { path: q.path })
}

pub fn snapshot_text(desk: &mut Desk, q: SnapshotTextRequest) -> Result<TextAnswer, WireError> {
    let file = digest(&q.digest)?;
    desk.fetch_file(&file, &mut super::hub::connect)?;
    Ok(TextAnswer { text: desk.attachment_text(&file)? })
}

pub fn detach(desk: &mut Desk, q: DetachRequest) -> Result<SourceDto, WireError> {
    let source = desk.source_named(&q.source)?;
    desk.detach(source, digest(&q.digest)?)?;
    Ok(Drawing::new(desk).source(source)?)
}

pub fn add_evidence(desk: &mut Desk, q: AddEvidenceRequest) -> Result<EvidenceDto, WireError> {
    let named = desk.claim_named(&q.claim)?;
    let source = desk.source_named(&q.source)?;
    let text = PassageText { passage: q.passage, locator: q.locator, note: q.note };
    let evidence = desk.add_evidence(named, source, q.stance.parse().map_err(unread)?, text)?.value;
    drawn(desk, named.0, evidence)
}

pub fn edit_evidence(desk: &mut Desk, q: EditEvidenceRequest) -> Result<EvidenceDto, WireError> {
    let (article, _, evidence) = desk.evidence_named(&q.evidence)?;
    let text = PassageText { passage: q.passage, locator: q.locator, note: q.note };
    desk.edit_evidence(article, evidence, q.stance.parse().map_err(unread)?, text)?;
    drawn(desk, article, evidence)
}

pub fn retract_evidence(desk: &mut Desk, q: EvidenceRequest) -> Result<ActionAnswer, WireError> {
    let (article, _, evidence) = desk.evidence_named(&q.evidence)?;
    let done = desk.retract_evidence(article, evidence)?;
    Ok(ActionAnswer { action: done.action.to_string() })
}

fn drawn(desk: &Desk, article: ArticleId, evidence: EvidenceId) -> Result<EvidenceDto, WireError> {
    let state = desk.read(article, None)?.state;
    let (_, view) = state.evidence(evidence).ok_or_else(|| unread(message!("wire_evidence_lost")))?;
    Ok(Drawing::new(desk).evidence(&state, view)?)
}

pub fn disclose(desk: &mut Desk, q: DiscloseRequest) -> Result<Written, WireError> {
    let article = q.article.map(|a| desk.article_named(&a)).transpose()?;
    let bytes = desk.disclose(desk.source_named(&q.source)?, article)?;
    desk.target(q.path.as_ref(), q.replace)?.write_secret(&String::from_utf8_lossy(&bytes))?;
    Ok(Written { path: q.path })
}

pub(super) fn digest(given: &str) -> Result<Digest, WireError> {
    given.parse().map_err(|_| unread(message!("wire_no_digest", given = given)))
}

pub fn offered(desk: &mut Desk, q: ArticleRequest) -> Result<Vec<OfferedSourceDto>, WireError> {
    desk.transact(Access::Read, |desk| {
        let article = desk.article_named(&q.article)?;
        let file = desk.linked_in_file(article)?;
        Ok(draw::offered(&desk.read(article, None)?, &desk.offered_sources(article, &file)?))
    })
}

pub fn take_offered(desk: &mut Desk, q: TakeOfferedRequest) -> Result<ActionAnswer, WireError> {
    let article = desk.article_named(&q.article)?;
    let seen = q.seen.as_deref().map(super::revision).transpose()?;
    let file = desk.linked_in_file(article)?;
    let done = desk.transact(Access::Write, |desk| {
        desk.take_offered_sources(article, &file, q.numbers.as_deref(), seen)
    })?;
    Ok(ActionAnswer { action: done.action.to_string() })
}
