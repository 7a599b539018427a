//! Articles, their revisions and drafts.

use super::Drawing;
use crate::desk::{self, ArticleRow, DeskError, Reading, Standings, WentOut};
use crate::{
    model::{RevisionView, Standing, Workflow},
    text::words,
    wire::{WireError, page::*},
};

impl Drawing<'_> {
    /// An article open on the desk.
    pub fn article(&self, reading: &Reading) -> Result<ArticleView, WireError> {
        let queries = self.queries(reading)?;
        let suggestions = if reading.newest { self.suggestions(reading, false)? } else { Vec::new() };
        let StatusDto { state, deadline, assignee } = self.status(&self.desk.status(reading.article)?)?;
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
            by: self.person(view.stamp.by)?,
            at: view.stamp.at.to_string(),
            note: view.revision.note.clone(),
            restores,
            words,
            written,
            struck,
        })
    }
}

impl<F: Form> Drawing<'_, F> {
    /// An article in the library.
    pub fn card(&self, a: &ArticleRow) -> Result<ArticleCard<F>, DeskError> {
        let count = |n: i64| usize::try_from(n).unwrap_or_default();
        let [unchecked, checked, stale, orphaned] = a.standings.map(count);
        let (claims, open_queries, context) = (count(a.claims), count(a.open_queries), count(a.context));
        let StatusDto { state, deadline, assignee } = self.status(&a.status)?;
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
            touched_by: self.person(a.touched_by)?,
            has_draft: self.desk.has_draft(a.article)?,
            tags: a.tags.clone(),
            state,
            deadline,
            assignee,
        })
    }

    /// An article's status.
    pub fn status(&self, s: &Workflow) -> Result<StatusDto<F>, DeskError> {
        Ok(StatusDto {
            state: s.state.map(|s| s.to_string()),
            deadline: s.deadline.as_ref().map(|d| d.to_string()),
            assignee: self.somebody(s.assignee)?,
        })
    }

    /// How an article last went out verified.
    pub fn published(&self, out: &WentOut) -> Result<PublishedDto<F>, DeskError> {
        let number = self.number(out.published.revision.0)?;
        Ok(PublishedDto { number, at: out.at.to_string(), by: self.person(out.by)? })
    }
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
