//! Revising: a new state of the text, and where every claim came to stand in it.

use crate::desk::{Clock, Desk, DeskError, Done, Reading, Standings, act::Act};
use crate::messages::Message;
use crate::{
    anchor::carry,
    model::{
        ActionKind, Anchor, Anchors, Archived, ArticleId, ArticleState, Chain, ClaimId, Edtf, Fact, Info,
        InfoAt, NumberKind, Placement, Revision, RevisionId, Standing,
    },
    store::Draft,
    text::{Change, Span, normalise},
};
use std::collections::HashMap;

/// What was typed: a whole text, with the change set that led to it where the editor knows it.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// The whole text.
    pub text: String,
    /// The exact change set against `base`.
    pub change: Option<Change>,
    /// The revision it was typed on; the newest where nothing is said.
    pub base: Option<RevisionId>,
    /// What its author says of it.
    pub note: Option<String>,
    /// Whether to save it as a revision after the newest although that is not its base.
    pub on_top: bool,
}

/// A saved revision and what became of the live claims.
#[derive(Clone, Debug)]
pub struct Revised {
    /// Which.
    pub revision: RevisionId,
    /// Every live claim, in the order they were marked.
    pub placements: Vec<Placed>,
}

/// A text about to become a revision.
pub(in crate::desk) struct Next {
    pub text: String,
    pub anchors: Vec<Anchor>,
    pub parents: Vec<RevisionId>,
    pub note: Option<String>,
    pub restores: Option<RevisionId>,
    pub info: Info,
}

impl Desk {
    /// Saves what was typed as a new revision. Fails where nothing differs, or where the article was revised elsewhere
    /// since and `on_top` does not say to save it all the same; the draft is kept either way.
    pub fn revise(&mut self, article: ArticleId, typed: Typed) -> Result<Done<Revised>, DeskError> {
        let newest = self.read(article, None)?;
        let base = typed.base.unwrap_or(newest.revision.id);
        if base != newest.revision.id && !typed.on_top {
            let (newest, base) = (self.number_of(newest.revision.id.0)?, self.number_of(base.0)?);
            return Err(DeskError::RevisedElsewhere { newest, base });
        }
        let text = normalise(&typed.text);
        if *text == *newest.text {
            return Err(DeskError::NoChange(
                "the text is the same as in the newest revision; nothing was recorded".into(),
            ));
        }
        if text.trim().is_empty() {
            return Err(DeskError::refused(
                "an article cannot be saved without any text; undo the deletion, or archive the article",
            ));
        }
        let exact = typed
            .change
            .filter(|c| base == newest.revision.id && c.apply(&newest.text).is_ok_and(|t| t == text));
        let anchors = carried(&newest, &text, exact.as_ref());
        let (parents, saved) = (vec![newest.revision.id], text.clone());
        let next = Next { text, anchors, parents, note: typed.note, restores: None, info: info_of(&newest) };
        let done = self.save(article, ActionKind::Revise, &newest, next)?;
        self.drop_draft_of(article, &saved)?;
        Ok(done)
    }

    /// Brings an old revision's text back as a new revision, its claims placed as they stood there; a claim that was
    /// marked later is carried from the newest revision.
    pub fn restore_revision(
        &mut self,
        article: ArticleId,
        old: RevisionId,
    ) -> Result<Done<Revised>, DeskError> {
        let newest = self.read(article, None)?;
        let then = self.read(article, Some(old))?;
        if then.text == newest.text {
            return Err(DeskError::NoChange(
                "the newest revision has the same text already; nothing was recorded".into(),
            ));
        }
        let stood: HashMap<ClaimId, Vec<Span>> = spans_by_claim(&then);
        let anchors = carried(&newest, &then.text, None)
            .into_iter()
            .map(|a| as_it_stood(a, &stood, &newest, &then.text));
        let next = Next {
            anchors: anchors.collect(),
            parents: vec![newest.revision.id],
            note: None,
            restores: Some(old),
            info: info_of(&then),
            text: then.text.to_string(),
        };
        self.save(article, ActionKind::Restore, &newest, next)
    }

    /// Changes what is known about an article at its newest revision. The date is read as people write it.
    pub fn set_info(&mut self, article: ArticleId, mut info: Info) -> Result<Done<()>, DeskError> {
        if let Some(date) = &mut info.date {
            *date = Edtf::read(date).map_err(DeskError::refused)?.to_string();
        }
        let newest = self.read(article, None)?;
        let known = newest.revision.info.as_ref();
        if known.is_some_and(|k| k.value == info) {
            return Err(DeskError::NoChange(
                "the article's details are the same already; nothing was recorded".into(),
            ));
        }
        let (revision, replaces) = (newest.revision.id, known.map(|k| k.stamp.fact).into_iter().collect());
        self.act(ActionKind::EditInfo, Chain::Article(article), |act| {
            act.replace(Fact::InfoAt(InfoAt { revision, info }), replaces);
            Ok(())
        })
    }

    /// Puts an article away, or takes it out again.
    pub fn archive(&mut self, article: ArticleId, archived: bool) -> Result<Done<()>, DeskError> {
        let state = self.read(article, None)?.state;
        if state.archived == archived {
            let why =
                if archived { "the article is archived already" } else { "the article is not archived" };
            return Err(DeskError::NoChange(format!("{why}; nothing was recorded")));
        }
        let replaces = state.archived_by.map(|s| s.fact).into_iter().collect();
        let kind = if archived { ActionKind::Archive } else { ActionKind::Unarchive };
        self.act(kind, Chain::Article(article), |act| {
            act.replace(Fact::Archived(Archived { article, archived }), replaces);
            Ok(())
        })
    }

    /// Keeps what is typed and not saved.
    pub fn keep_draft(
        &self,
        article: ArticleId,
        base: RevisionId,
        text: &str,
        changes: Option<String>,
    ) -> Result<(), DeskError> {
        let draft = Draft { article, base, text: normalise(text), changes, at: self.clock.now() };
        Ok(self.store.save_draft(&draft)?)
    }

    /// What is typed on an article and not saved.
    pub fn draft(&self, article: ArticleId) -> Result<Option<Draft>, DeskError> {
        Ok(self.store.draft(article)?)
    }

    /// Whether something is typed on an article and not saved.
    pub fn has_draft(&self, article: ArticleId) -> Result<bool, DeskError> {
        Ok(self.store.has_draft(article)?)
    }

    /// Forgets what is typed on an article.
    pub fn drop_draft(&self, article: ArticleId) -> Result<(), DeskError> {
        Ok(self.store.drop_draft(article)?)
    }

    /// Forgets the draft where it says what was just saved; other words, typed elsewhere on the same desk, are kept.
    pub(in crate::desk) fn drop_draft_of(&self, article: ArticleId, saved: &str) -> Result<(), DeskError> {
        match self.store.draft(article)? {
            Some(draft) if draft.text == saved => Ok(self.store.drop_draft(article)?),
            Some(_) | None => Ok(()),
        }
    }

    fn save(
        &mut self,
        article: ArticleId,
        kind: ActionKind,
        before: &Reading,
        next: Next,
    ) -> Result<Done<Revised>, DeskError> {
        let revision = RevisionId(self.fresh());
        let done =
            self.act(kind, Chain::Article(article), |act| record(act, article, revision, before, next))?;
        let placements = self.placements(before, &self.read(article, Some(revision))?);
        Ok(Done { value: Revised { revision, placements }, action: done.action, seq: done.seq })
    }

    /// How every live claim of `now` came from `before`.
    pub(in crate::desk) fn placements(&self, before: &Reading, now: &Reading) -> Vec<Placed> {
        let (was, is) = (Standings::new(before), Standings::new(now));
        now.state.live_claims().filter(|c| is.anchor(c).is_some()).map(|c| Placed::of(c, &was, &is)).collect()
    }
}

/// Records a revision, what is known at it and where its claims stand.
pub(in crate::desk) fn record(
    act: &mut Act,
    article: ArticleId,
    revision: RevisionId,
    before: &Reading,
    next: Next,
) -> Result<(), DeskError> {
    let store = act.tx();
    let text = store.put_text(&next.text, Some(before.revision.revision.text))?;
    let bytes = next.text.len();
    let Next { parents, note, restores, .. } = next;
    act.record(Fact::Revision(Revision { revision, article, parents, text, bytes, note, restores }));
    act.record(Fact::InfoAt(InfoAt { revision, info: next.info }));
    if !next.anchors.is_empty() {
        act.record(Fact::Anchors(Anchors { revision, anchors: next.anchors }));
    }
    store.give_number(NumberKind::Revision(article.0), revision.0)?;
    Ok(())
}

/// Where every claim of `from` comes to stand in `text`; retracted claims too, so that they can be restored. A claim
/// that is orphaned stays so until a person puts it somewhere.
pub(in crate::desk) fn carried(from: &Reading, text: &str, change: Option<&Change>) -> Vec<Anchor> {
    let claims: Vec<ClaimId> =
        from.state.claims.iter().map(|c| c.id).filter(|c| anchor(from, *c).is_some()).collect();
    let spans: Vec<Vec<Span>> =
        claims.iter().map(|c| anchor(from, *c).map(|a| a.spans.clone()).unwrap_or_default()).collect();
    let standing: Vec<usize> = (0..claims.len()).filter(|&i| !spans[i].is_empty()).collect();
    let asked: Vec<Vec<Span>> = standing.iter().map(|&i| spans[i].clone()).collect();
    let orphan = |claim| Anchor { claim, placement: Placement::Orphaned, spans: Vec::new() };
    let mut anchors: Vec<Anchor> = claims.iter().map(|&c| orphan(c)).collect();
    for (at, placed) in standing.into_iter().zip(carry(&from.text, text, change, &asked)) {
        anchors[at] = Anchor { claim: claims[at], placement: placed.placement, spans: placed.spans };
    }
    anchors
}

fn anchor(reading: &Reading, claim: ClaimId) -> Option<&Anchor> {
    reading.state.anchor(reading.revision.id, claim)
}

fn spans_by_claim(reading: &Reading) -> HashMap<ClaimId, Vec<Span>> {
    let spans = |p: &ArticleState, c| p.anchor(reading.revision.id, c).map(|a| a.spans.clone());
    let claims = reading.state.claims.iter().map(|c| c.id);
    claims.filter_map(|c| Some((c, spans(&reading.state, c).filter(|s| !s.is_empty())?))).collect()
}

/// A claim placed where it stood in the old revision, told as kept or changed against the newest.
fn as_it_stood(carried: Anchor, stood: &HashMap<ClaimId, Vec<Span>>, newest: &Reading, text: &str) -> Anchor {
    let Some(spans) = stood.get(&carried.claim) else { return carried };
    if carried.spans == *spans {
        return carried;
    }
    let was = anchor(newest, carried.claim)
        .map(|a| crate::anchor::statement(&newest.text, &a.spans))
        .unwrap_or_default();
    let same = !super::standing::differs(&was, &crate::anchor::statement(text, spans));
    let placement = if same { Placement::Moved } else { Placement::Changed };
    Anchor { claim: carried.claim, placement, spans: spans.clone() }
}

pub(in crate::desk) fn info_of(reading: &Reading) -> Info {
    reading.revision.info.as_ref().map(|i| i.value.clone()).unwrap_or_default()
}

/// How one claim came from one state to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Which.
    pub claim: ClaimId,
    /// How.
    pub placement: Placement,
    /// What its verdict is worth there.
    pub standing: Standing,
    /// What it was worth before.
    pub stood: Standing,
    /// Whether the sentence around it differs.
    pub context_changed: bool,
    /// Where it stands now, and stood.
    pub spans: Vec<Span>,
    /// Where it stood.
    pub old_spans: Vec<Span>,
    /// The words now; nothing for an orphan.
    pub quote: Option<String>,
    /// The words before.
    pub was: Option<String>,
    /// What changed, in words.
    pub reasons: Vec<Message>,
}
