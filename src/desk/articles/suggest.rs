//! Making suggestions: a person proposes other words, or another version of the text becomes suggestions.

use crate::desk::{Desk, DeskError, Done, Reading, act::Act};
use crate::{
    messages::message,
    model::{
        ActionKind, ArticleId, Chain, ChangeKind, Fact, NumberKind, RevisionId, SuggestedEdit, Suggestion,
        SuggestionAnchor, SuggestionAnchors, SuggestionId,
    },
    text::{Change, Part, Span, Step, diff, normalise},
};
use std::collections::HashMap;

impl Desk {
    /// Suggests to put words in the place of a span of the newest revision. Fails if that changes nothing, or if `revision` is no
    /// longer the newest.
    pub fn suggest(
        &mut self,
        article: ArticleId,
        revision: Option<RevisionId>,
        span: Span,
        with: &str,
    ) -> Result<Done<SuggestionId>, DeskError> {
        let newest = self.read_newest(article, revision)?;
        let edit = edit(&newest.text, span, normalise(with))?;
        let all = self.suggest_all(&newest, Found::one_each(vec![edit]))?;
        let first = all.value.first().copied().ok_or_else(nothing_changes)?;
        Ok(Done { value: first, action: all.action, seq: all.seq })
    }

    /// Suggests the edits of a change of the newest revision, each on its own, in one action.
    pub fn suggest_change(
        &mut self,
        article: ArticleId,
        revision: Option<RevisionId>,
        change: &Change,
    ) -> Result<Done<Vec<SuggestionId>>, DeskError> {
        let newest = self.read_newest(article, revision)?;
        let (mut at, mut edits) = (0, Vec::new());
        for step in change.steps() {
            match step {
                Step::Keep(len) => at += len,
                Step::Replace { len, with } => {
                    edits.push(edit(&newest.text, Span::at(at, at + len), normalise(with))?);
                    at += len;
                }
            }
        }
        self.suggest_all(&newest, Found::one_each(edits))
    }

    /// Suggests the differences between the newest revision and another text, each on its own, in one action.
    pub fn suggest_text(
        &mut self,
        article: ArticleId,
        text: &str,
    ) -> Result<Done<Vec<SuggestionId>>, DeskError> {
        let newest = self.read(article, None)?;
        let found = differences(&newest.text, &normalise(text));
        self.suggest_all(&newest, found)
    }

    fn suggest_all(&mut self, newest: &Reading, found: Found) -> Result<Done<Vec<SuggestionId>>, DeskError> {
        if found.all.is_empty() {
            return Err(nothing_changes());
        }
        let (article, revision) = (newest.article, newest.revision.id);
        self.act(ActionKind::Suggest, Chain::Article(article), |act| {
            let ids: Vec<SuggestionId> = found.all.iter().map(|_| SuggestionId(act.desk().fresh())).collect();
            let anchors = found.order.iter().filter_map(|&(at, nth)| {
                let span = found.all.get(at)?.get(nth)?.span;
                Some(SuggestionAnchor::Edit(*ids.get(at)?, nth, span))
            });
            let anchors: Vec<SuggestionAnchor> = anchors.collect();
            for (suggestion, edits) in ids.iter().copied().zip(found.all) {
                let kind = kind_of(&edits);
                record_suggestion(
                    act,
                    Suggestion { suggestion, article, revision, kind, edits, within: None },
                )?;
            }
            if anchors.len() > ids.len() {
                act.record(Fact::SuggestionAnchors(SuggestionAnchors { revision, anchors }));
            }
            Ok(ids)
        })
    }
}

/// Edits that become suggestions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Found {
    /// The edits of each suggestion.
    all: Vec<Vec<SuggestedEdit>>,
    /// All edits in text order, each by the places of its suggestion and of itself. It orders edits at one place, where a
    /// suggestion has several.
    order: Vec<(usize, usize)>,
}

impl Found {
    fn one_each(edits: Vec<SuggestedEdit>) -> Self {
        let order = (0..edits.len()).map(|at| (at, 0)).collect();
        Self { all: edits.into_iter().map(|e| vec![e]).collect(), order }
    }

    /// Adds an edit: to a suggestion that is there, or as one of its own. Returns which.
    fn add(&mut self, to: Option<usize>, edit: SuggestedEdit) -> usize {
        let at = to.unwrap_or(self.all.len());
        if at == self.all.len() {
            self.all.push(Vec::new());
        }
        if let Some(edits) = self.all.get_mut(at) {
            self.order.push((at, edits.len()));
            edits.push(edit);
        }
        at
    }

    /// The edit that was added last.
    fn last(&mut self) -> Option<&mut SuggestedEdit> {
        let (at, nth) = *self.order.last()?;
        self.all.get_mut(at)?.get_mut(nth)
    }
}

/// Records a suggestion and its number.
pub(in crate::desk) fn record_suggestion(act: &mut Act, fact: Suggestion) -> Result<(), DeskError> {
    let id = fact.suggestion;
    act.record(Fact::Suggestion(fact));
    act.tx().give_number(NumberKind::Suggestion, id.0)?;
    Ok(())
}

fn nothing_changes() -> DeskError {
    DeskError::NoChange(message!("unchanged_suggestion"))
}

fn edit(text: &str, span: Span, with: String) -> Result<SuggestedEdit, DeskError> {
    let words = span.of(text).ok_or_else(|| DeskError::refused(message!("refused_selection_outside")))?;
    if words == with {
        return Err(nothing_changes());
    }
    Ok(SuggestedEdit { span, words: words.to_owned(), with })
}

/// What edits do. Two edits are a move: one takes words away, the other puts them in.
fn kind_of(edits: &[SuggestedEdit]) -> ChangeKind {
    match edits {
        [one] if one.words.is_empty() => ChangeKind::Insert,
        [one] if one.with.is_empty() => ChangeKind::Delete,
        [_] => ChangeKind::Replace,
        _ => ChangeKind::Move,
    }
}

/// The differences of two texts in text order. What was deleted next to what was inserted is one; both places of what was moved are
/// one.
fn differences(old: &str, new: &str) -> Found {
    let words = |span: Span, of: &str| span.of(of).unwrap_or_default().to_owned();
    let (mut found, mut moves): (Found, HashMap<usize, usize>) = Default::default();
    let (mut at, mut joins) = (0, false);
    for part in &diff(old, new).parts {
        let (span, with, id) = match part {
            Part::Kept { old, .. } => {
                (at, joins) = (old.end.0, false);
                continue;
            }
            Part::Deleted { old } => (*old, String::new(), None),
            Part::Inserted { new: n } => (Span::at(at, at), words(*n, new), None),
            Part::MovedFrom { old, id } => (*old, String::new(), Some(*id)),
            Part::MovedTo { new: n, id } => (Span::at(at, at), words(*n, new), Some(*id)),
        };
        at = span.end.0;
        let edit = SuggestedEdit { span, words: words(span, old), with };
        match (id, found.last().filter(|_| joins)) {
            (None, Some(last)) => {
                last.span.end = edit.span.end.max(last.span.end);
                last.words.push_str(&edit.words);
                last.with.push_str(&edit.with);
            }
            (Some(id), _) => {
                let other = moves.get(&id).copied();
                moves.insert(id, found.add(other, edit));
            }
            (None, None) => drop(found.add(None, edit)),
        }
        joins = id.is_none();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_deleted_next_to_inserted_ones_are_one_difference() {
        let found = differences("The ferry left at ten.\n", "The ferry left at noon today.\n");
        let [edits] = &found.all[..] else { panic!("{found:?}") };
        assert_eq!(kind_of(edits), ChangeKind::Replace);
        assert!(edits[0].words.starts_with("ten") && edits[0].with.starts_with("noon"), "{edits:?}");
    }

    #[test]
    fn equal_texts_have_no_differences() {
        assert_eq!(differences("The same.\n", "The same.\n"), Found::default());
    }
}
