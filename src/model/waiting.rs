//! The suggestions of an article in one revision: which wait for a decision, where they are, and what deciding one does.
//!
//! The state of a suggestion is computed, never recorded: from its decisions, its place in the revision, and the suggestion that it
//! is within. A suggestion within another one changes the words which that one adds, not the text. So it may be decided first: the
//! other one then adds the changed words when it is accepted. When the other one is accepted first, its words are in the text, and
//! this one waits there. Each order gives the same text.

use super::{ArticleState, RevisionId, SuggestionAnchor, SuggestionId, SuggestionState, SuggestionView};
use crate::text::{Change, Insert, Layer, Slot, Span};
use std::collections::{HashMap, HashSet};

/// How deep suggestions may be within each other. Word nests two. Deeper ones change nothing.
const MAX_DEPTH: usize = 32;

/// The suggestions of an article in one revision.
#[derive(Clone, Debug)]
pub struct Waiting<'s> {
    state: &'s ArticleState,
    layer: Layer<SuggestionId>,
    overtaken: HashSet<SuggestionId>,
    /// Whether each decided one was accepted.
    decided: HashMap<SuggestionId, bool>,
    /// The suggestions within another one, by their places in the state.
    inner: HashMap<SuggestionId, Vec<usize>>,
    found: HashMap<SuggestionId, (SuggestionState, Added)>,
}

/// Where the words are that a suggestion adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Added {
    /// In the text.
    InText,
    /// They wait for a decision.
    Waiting,
    /// They were rejected.
    Gone,
    /// Unknown: the words around changed otherwise.
    Lost,
}

impl ArticleState {
    /// The suggestions in a revision, if its anchors are among the folded facts.
    pub fn waiting(&self, revision: RevisionId) -> Waiting<'_> {
        let (layer, overtaken) = places(self, revision);
        let mut inner: HashMap<SuggestionId, Vec<usize>> = HashMap::new();
        for (at, view) in self.suggestions.iter().enumerate() {
            if let Some(outer) = view.suggestion.within {
                inner.entry(outer).or_default().push(at);
            }
        }
        let accepted = |v: &SuggestionView| v.decision().map(|d| (v.id, d.value.accepted));
        let decided = self.suggestions.iter().filter_map(accepted).collect();
        let found = HashMap::new();
        let mut waiting = Waiting { state: self, layer, overtaken, decided, inner, found };
        let done: Vec<SuggestionId> = waiting.decided.keys().copied().collect();
        done.into_iter().for_each(|id| waiting.layer.remove(id));
        waiting.find_states();
        waiting
    }
}

/// The recorded places in a revision, and the places of what was suggested on that revision itself.
fn places(state: &ArticleState, revision: RevisionId) -> (Layer<SuggestionId>, HashSet<SuggestionId>) {
    let (mut slots, mut overtaken, mut known) = (Vec::new(), HashSet::new(), HashSet::new());
    for anchor in state.suggestion_anchors(revision) {
        match anchor {
            SuggestionAnchor::Edit(id, nth, span) => {
                known.insert(*id);
                slots.push(Slot { key: *id, nth: *nth, span: *span });
            }
            SuggestionAnchor::Overtaken(id) => drop((known.insert(*id), overtaken.insert(*id))),
            SuggestionAnchor::Query(..) => {}
        }
    }
    let here = |v: &&SuggestionView| {
        v.suggestion.revision == revision && v.suggestion.within.is_none() && !known.contains(&v.id)
    };
    let mut layer = Layer::new(slots);
    layer.add(state.suggestions.iter().filter(here).flat_map(|v| {
        let edits = v.suggestion.edits.iter().enumerate();
        edits.map(|(nth, e)| Slot { key: v.id, nth, span: e.span })
    }));
    (layer, overtaken)
}

impl<'s> Waiting<'s> {
    /// The suggestions in the order they were made, each with its state.
    pub fn all(&self) -> impl Iterator<Item = (&'s SuggestionView, SuggestionState)> {
        self.state.suggestions.iter().map(|v| (v, self.state_of(v.id)))
    }

    /// The state of a suggestion.
    pub fn state_of(&self, id: SuggestionId) -> SuggestionState {
        self.found.get(&id).map_or(SuggestionState::Overtaken, |(state, _)| *state)
    }

    /// The places of a suggestion in the text: the number of the edit, and the words that go. None for one that is decided or
    /// overtaken, or that is within another one that waits.
    pub fn places_of(&self, id: SuggestionId) -> impl Iterator<Item = (usize, Span)> {
        self.layer.of(id).map(|p| (p.nth, p.span))
    }

    /// The words that each edit of a suggestion adds, with what was accepted in them.
    pub fn words_of(&self, view: &SuggestionView) -> Vec<String> {
        self.words(view, 0).into_iter().map(|w| w.text).collect()
    }

    /// The change of the text if a suggestion is accepted, `len` bytes long before; none if that leaves the text as it is.
    pub fn change_of(&self, view: &SuggestionView, len: usize) -> Option<Change> {
        let open = self.state_of(view.id) == SuggestionState::Open;
        let put = || self.layer.clone().put(view.id, len, &self.words(view, 0));
        open.then(put).flatten().map(|p| p.change)
    }

    /// The words that a suggestion adds now, all edits one after the other, and the places in them of one that waits within it.
    pub fn places_within(&self, outer: &SuggestionView, inner: SuggestionId) -> (String, Vec<(usize, Span)>) {
        let (mut text, mut places) = (String::new(), Vec::new());
        for words in self.words(outer, 0) {
            let here = words.slots.iter().filter(|s| s.key == inner);
            places.extend(here.map(|s| (s.nth, s.span.shifted(text.len() as isize))));
            text.push_str(&words.text);
        }
        (text, places)
    }

    /// Accepts a suggestion in a text of `len` bytes. Returns the change of the text; no change if its words are within another one
    /// that waits. None if it is not open, or its places make no sense in the text.
    pub fn accept(&mut self, view: &SuggestionView, len: usize) -> Option<Option<Change>> {
        if self.state_of(view.id) != SuggestionState::Open {
            return None;
        }
        let mut touched = vec![view.id];
        let change = match self.is_in_text(view.id) {
            true => {
                let put = self.layer.put(view.id, len, &self.words(view, 0))?;
                self.overtaken.extend(&put.lost);
                touched.extend(put.lost);
                Some(put.change)
            }
            false => None,
        };
        self.decided.insert(view.id, true);
        self.find_states_from(touched);
        Some(change)
    }

    /// Whether an open suggestion has a place in the text. Otherwise it is in the words that another one adds.
    pub fn is_in_text(&self, id: SuggestionId) -> bool {
        self.layer.of(id).next().is_some()
    }

    /// Carries the places to the text that a change makes.
    pub fn carry(&mut self, change: &Change, old: &str, new: &str) {
        let lost = self.layer.carry(change, old, new);
        self.overtaken.extend(lost);
        self.find_states();
    }

    /// Adds the places that another text of the same article has for suggestions that have none here.
    pub fn add_missing(&mut self, other: &Self) {
        let missing = other
            .layer
            .slots()
            .iter()
            .filter(|p| !self.is_in_text(p.key) && !self.decided.contains_key(&p.key));
        let missing: Vec<_> = missing.copied().collect();
        self.overtaken.retain(|id| missing.iter().all(|s| s.key != *id));
        self.layer.add(missing);
        self.find_states();
    }

    /// Whether no suggestion waits.
    pub fn is_empty(&self) -> bool {
        self.layer.slots().is_empty() && self.overtaken.iter().all(|id| self.decided.contains_key(id))
    }

    /// The places to record for the revision.
    pub fn anchors(&self) -> Vec<SuggestionAnchor> {
        let edits = self.layer.slots().iter().map(|p| SuggestionAnchor::Edit(p.key, p.nth, p.span));
        let undecided =
            self.state.suggestions.iter().map(|v| v.id).filter(|id| !self.decided.contains_key(id));
        let lost = undecided.filter(|id| self.overtaken.contains(id) && !self.is_in_text(*id));
        edits.chain(lost.map(SuggestionAnchor::Overtaken)).collect()
    }

    /// Finds the state of each. One that another is within comes before it.
    fn find_states(&mut self) {
        self.found.clear();
        let placed: HashSet<SuggestionId> = self.layer.slots().iter().map(|p| p.key).collect();
        for view in &self.state.suggestions {
            self.found.insert(view.id, self.find_state(view, placed.contains(&view.id)));
        }
    }

    /// Finds the states of some again, and of those within them. One that another is within comes before it.
    fn find_states_from(&mut self, mut touched: Vec<SuggestionId>) {
        while let Some(id) = touched.pop() {
            let Some(&place) = self.state.suggestion_at.get(&id) else { continue };
            let Some(view) = self.state.suggestions.get(place) else { continue };
            self.found.insert(id, self.find_state(view, self.is_in_text(id)));
            let inner = self.inner.get(&id).into_iter().flatten().filter(|at| **at > place);
            touched.extend(inner.filter_map(|at| self.state.suggestions.get(*at)).map(|v| v.id));
        }
    }

    /// The state of one that has a place in the text or not. That of the one it is within is found already.
    fn find_state(&self, view: &SuggestionView, is_placed: bool) -> (SuggestionState, Added) {
        let outer = match view.suggestion.within {
            Some(outer) => self.found.get(&outer).map_or(Added::Lost, |(_, added)| *added),
            None => Added::InText,
        };
        match (self.decided.get(&view.id), outer) {
            (Some(true), outer) => (SuggestionState::Accepted, outer),
            (Some(false), _) => (SuggestionState::Rejected, Added::Gone),
            (None, _) if is_placed => (SuggestionState::Open, Added::Waiting),
            (None, Added::Waiting) => (SuggestionState::Open, Added::Waiting),
            (None, Added::Gone) => (SuggestionState::Moot, Added::Gone),
            (None, Added::InText | Added::Lost) => (SuggestionState::Overtaken, Added::Lost),
        }
    }

    /// The words that each edit of a suggestion adds, and the places of the suggestions that wait in them.
    fn words(&self, view: &SuggestionView, depth: usize) -> Vec<Insert<SuggestionId>> {
        let plain =
            || view.suggestion.edits.iter().map(|e| Insert { text: e.with.clone(), slots: Vec::new() });
        let inner: Vec<&SuggestionView> = self.inner_of(view.id).collect();
        if inner.is_empty() || depth >= MAX_DEPTH {
            return plain().collect();
        }
        let mut text: String = view.suggestion.edits.iter().map(|e| e.with.as_str()).collect();
        let mut layer = Layer::new(inner_slots(&inner, &text));
        layer.add(ends(view));
        for accepted in inner.iter().filter(|v| self.decided.get(&v.id) == Some(&true)) {
            let with: Vec<Insert<Mark>> = self.words(accepted, depth + 1).into_iter().map(marked).collect();
            if let Some(put) = layer.put(Mark::Of(accepted.id), text.len(), &with)
                && let Ok(changed) = put.change.apply(&text)
            {
                text = changed;
            }
        }
        let mut parts = parts(&text, layer.slots()).into_iter();
        let has_words = view.suggestion.edits.iter().map(|e| !e.with.is_empty());
        let nothing = || Insert { text: String::new(), slots: Vec::new() };
        has_words.map(|has| if has { parts.next().unwrap_or_else(nothing) } else { nothing() }).collect()
    }

    /// The suggestions within another one that were not rejected, and have no place of their own in the text.
    fn inner_of(&self, id: SuggestionId) -> impl Iterator<Item = &'s SuggestionView> {
        let inner =
            self.inner.get(&id).into_iter().flatten().filter_map(|&at| self.state.suggestions.get(at));
        inner.filter(|v| self.decided.get(&v.id) != Some(&false) && !self.is_in_text(v.id))
    }
}

/// A key of the words that one suggestion adds: an inner suggestion, or the end of an edit's words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Of(SuggestionId),
    End,
}

fn inner_slots(inner: &[&SuggestionView], text: &str) -> Vec<Slot<Mark>> {
    let edits = |v: &&SuggestionView| {
        let (key, edits) = (Mark::Of(v.id), v.suggestion.edits.clone());
        edits.into_iter().enumerate().map(move |(nth, e)| Slot { key, nth, span: e.span })
    };
    inner.iter().flat_map(edits).filter(|p| p.span.of(text).is_some()).collect()
}

/// The ends of the words of each edit that adds some, except the last. Insert put in at such an end belong before it.
fn ends(view: &SuggestionView) -> Vec<Slot<Mark>> {
    let mut at = 0;
    let lengths = view.suggestion.edits.iter().map(|e| e.with.len()).filter(|len| *len > 0);
    let mut ends: Vec<Slot<Mark>> = lengths
        .map(|len| {
            at += len;
            Slot { key: Mark::End, nth: 0, span: Span::at(at, at) }
        })
        .collect();
    ends.pop();
    ends
}

fn marked(words: Insert<SuggestionId>) -> Insert<Mark> {
    let slots = words.slots.into_iter();
    let slots = slots.map(|p| Slot { key: Mark::Of(p.key), nth: p.nth, span: p.span }).collect();
    Insert { text: words.text, slots }
}

/// Cuts words at the ends of the edits they belong to.
fn parts(text: &str, slots: &[Slot<Mark>]) -> Vec<Insert<SuggestionId>> {
    let ends = slots.iter().filter(|p| p.key == Mark::End).map(|p| p.span.start.0);
    let cuts: Vec<usize> = [0].into_iter().chain(ends).chain([text.len()]).collect();
    let part =
        |w: &[usize]| Insert { text: text.get(w[0]..w[1]).unwrap_or_default().to_owned(), slots: Vec::new() };
    let mut parts: Vec<Insert<SuggestionId>> = cuts.windows(2).map(part).collect();
    let mut now = 0;
    for slot in slots {
        let Mark::Of(key) = slot.key else {
            now += 1;
            continue;
        };
        let (mut at, mut start) = (now, slot.span.start.0);
        while let (Some(part), Some(&from), Some(&to)) = (parts.get_mut(at), cuts.get(at), cuts.get(at + 1)) {
            let end = slot.span.end.0.min(to);
            if start < end || slot.span.is_empty() {
                let span = Span::at(start.saturating_sub(from), end.saturating_sub(from));
                part.slots.push(Slot { key, nth: slot.nth, span });
            }
            if slot.span.end.0 <= to {
                break;
            }
            (at, start) = (at + 1, to);
        }
    }
    parts
}
