//! Edits that wait on a text, in the order they have in it. Each belongs to a key; one is put in place while the others stay on
//! their words.
//!
//! The algebra: slots are in text order, and slots at one offset have an order too. What comes before a slot in that order
//! stays before the words that the slot puts in; what comes after it stays after them. An insertion inside words that another
//! slot takes away falls to the end of what is put in their place. A deletion around words that are inserted splits around
//! them. So slots that take away different words can be put in place in any order, with the same result.

use super::{Change, Side, Span, Step};

/// One place of an edit that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot<K> {
    /// What it belongs to.
    pub key: K,
    /// Which of the key's edits it is of. A split edit has several slots; the first one has the words to put in.
    pub nth: usize,
    /// The words that go, in bytes; empty where words are only put in.
    pub span: Span,
}

/// The words that an edit puts in, and the slots that wait in them. Their spans count in these words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Insert<K> {
    /// The words.
    pub text: String,
    /// The slots.
    pub slots: Vec<Slot<K>>,
}

/// The edits that wait on a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer<K> {
    slots: Vec<Slot<K>>,
}

/// What putting a key's edits in place does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Put<K> {
    /// The change of the text.
    pub change: Change,
    /// The keys whose words are partly gone with it. Their slots wait no longer.
    pub lost: Vec<K>,
}

impl<K: Copy + PartialEq> Layer<K> {
    /// The edits of these slots. Slots of one place keep the order they are given in.
    pub fn new(slots: Vec<Slot<K>>) -> Self {
        let mut layer = Self { slots };
        layer.sort();
        layer
    }

    /// The slots, in text order.
    pub fn slots(&self) -> &[Slot<K>] {
        &self.slots
    }

    /// The slots of a key, in text order.
    pub fn of(&self, key: K) -> impl Iterator<Item = &Slot<K>> {
        self.slots.iter().filter(move |p| p.key == key)
    }

    /// Adds slots after all others of the same place.
    pub fn add(&mut self, slots: impl IntoIterator<Item = Slot<K>>) {
        self.slots.extend(slots);
        self.sort();
    }

    /// Removes a key's slots.
    pub fn remove(&mut self, key: K) {
        self.slots.retain(|p| p.key != key);
    }

    /// Puts a key's edits in place: edit `nth` puts in `with[nth]`. `len` is the length of the text in bytes. `None` if the key has
    /// no slots here, or they overlap or leave the text.
    pub fn put(&mut self, key: K, len: usize, with: &[Insert<K>]) -> Option<Put<K>> {
        let own = own_edits(&self.slots, key, len, with)?;
        let (mut placed, mut lost) = (Vec::with_capacity(self.slots.len()), Vec::new());
        for (at, slot) in self.slots.iter().enumerate() {
            match own.iter().find(|o| o.order == at) {
                Some(o) => {
                    let inside = o.with.map_or(&[][..], |w| &w.slots);
                    placed.extend(inside.iter().map(|p| moved(p, p.span.shifted(o.put_at as isize))));
                }
                None => match new_spans(slot.span, at, &own) {
                    Some(spans) => placed.extend(spans.into_iter().map(|span| moved(slot, span))),
                    None => lost.push(slot.key),
                },
            }
        }
        placed.retain(|p| !lost.contains(&p.key));
        lost.dedup();
        self.slots = placed;
        self.sort();
        Some(Put { change: change_of(&own, len), lost })
    }

    /// Carries the slots over another change of the text. Returns the keys with a slot whose words are not the same any more, or
    /// whose place is gone. Their slots wait no longer.
    pub fn carry(&mut self, change: &Change, old: &str, new: &str) -> Vec<K> {
        let (mut placed, mut lost) = (Vec::new(), Vec::new());
        for slot in &self.slots {
            match carried(slot.span, change, old, new) {
                Some(span) => placed.push(moved(slot, span)),
                None => lost.push(slot.key),
            }
        }
        placed.retain(|p| !lost.contains(&p.key));
        lost.dedup();
        self.slots = placed;
        self.sort();
        lost
    }

    /// At one place, what only puts words in comes before what takes words away.
    fn sort(&mut self) {
        self.slots.sort_by_key(|p| (p.span.start, p.span.end));
    }
}

/// A slot of the key that is put in place.
struct Own<'w, K> {
    /// Its place in the order of all slots.
    order: usize,
    span: Span,
    /// Where its words begin in the new text.
    put_at: usize,
    /// The words; none for the further slots of a split edit.
    with: Option<&'w Insert<K>>,
}

impl<K> Own<'_, K> {
    fn text(&self) -> &str {
        self.with.map_or("", |w| &w.text)
    }

    /// The end of its words in the new text.
    fn put_to(&self) -> usize {
        self.put_at + self.text().len()
    }
}

fn own_edits<'w, K: Copy + PartialEq>(
    slots: &[Slot<K>],
    key: K,
    len: usize,
    with: &'w [Insert<K>],
) -> Option<Vec<Own<'w, K>>> {
    let (mut all, mut seen, mut at, mut new) = (Vec::new(), vec![false; with.len()], 0, 0);
    for (order, slot) in slots.iter().enumerate().filter(|(_, p)| p.key == key) {
        let Span { start, end } = slot.span;
        if start.0 < at || end.0 > len {
            return None;
        }
        let first = !std::mem::replace(seen.get_mut(slot.nth)?, true);
        let own = Own {
            order,
            span: slot.span,
            put_at: new + start.0 - at,
            with: with.get(slot.nth).filter(|_| first),
        };
        (at, new) = (end.0, own.put_to());
        all.push(own);
    }
    (!all.is_empty()).then_some(all)
}

fn change_of<K>(own: &[Own<K>], len: usize) -> Change {
    let (mut at, mut steps) = (0, Vec::new());
    for o in own {
        steps.push(Step::Keep(o.span.start.0.saturating_sub(at)));
        steps.push(Step::Replace { len: o.span.len(), with: o.text().to_owned() });
        at = o.span.end.0;
    }
    steps.push(Step::Keep(len.saturating_sub(at)));
    Change::new(steps)
}

/// Where a slot of another key is after the own edits; `None` if words of it are gone.
fn new_spans<K>(span: Span, order: usize, own: &[Own<K>]) -> Option<Vec<Span>> {
    if span.is_empty() {
        let at = new_place(span.start.0, order, own);
        return Some(vec![Span::at(at, at)]);
    }
    if own.iter().any(|o| !o.span.is_empty() && o.span.overlaps(&span)) {
        return None;
    }
    let inside = |o: &&Own<K>| span.start < o.span.start && o.span.end < span.end;
    let (mut all, mut from, mut start) = (Vec::new(), span.start.0, new_place(span.start.0, order, own));
    for o in own.iter().filter(inside) {
        all.push(Span::at(start, start + o.span.start.0 - from));
        (from, start) = (o.span.start.0, o.put_to());
    }
    all.push(Span::at(start, start + span.end.0 - from));
    all.retain(|s| !s.is_empty());
    Some(all)
}

/// Where a place is after the own edits that come before it in the order.
fn new_place<K>(at: usize, order: usize, own: &[Own<K>]) -> usize {
    match own.iter().rev().find(|o| o.order < order && o.span.start.0 <= at) {
        Some(o) => o.put_to() + at.saturating_sub(o.span.end.0),
        None => at,
    }
}

/// Where a slot is after another change of the text.
fn carried(span: Span, change: &Change, old: &str, new: &str) -> Option<Span> {
    if span.is_empty() {
        let place = change.map(span.start, Side::Before);
        return (!place.deleted).then(|| Span::new(place.at, place.at));
    }
    let (start, end) = (change.map(span.start, Side::After).at, change.map(span.end, Side::Before).at);
    let now = (start <= end).then(|| Span::new(start, end))?;
    (now.of(new)? == span.of(old)?).then_some(now)
}

fn moved<K: Copy>(slot: &Slot<K>, span: Span) -> Slot<K> {
    Slot { span, ..*slot }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn slot(key: usize, nth: usize, start: usize, end: usize) -> Slot<usize> {
        Slot { key, nth, span: Span::at(start, end) }
    }

    fn words(text: &str) -> Insert<usize> {
        Insert { text: text.into(), slots: Vec::new() }
    }

    /// Puts keys in place in this order.
    fn put_all(text: &str, slots: &[Slot<usize>], with: &[Vec<Insert<usize>>], order: &[usize]) -> String {
        let (mut layer, mut text) = (Layer::new(slots.to_vec()), text.to_owned());
        for key in order {
            let put = layer.put(*key, text.len(), &with[*key]).expect("slots");
            assert_eq!(put.lost, Vec::<usize>::new());
            text = put.change.apply(&text).expect("a change of this text");
        }
        assert_eq!(layer.slots(), []);
        text
    }

    #[test]
    fn insertions_at_one_place_keep_their_order_whichever_is_put_in_first() {
        let slots = [slot(0, 0, 3, 3), slot(1, 0, 3, 3), slot(2, 0, 3, 6)];
        let with = [vec![words("A")], vec![words("B")], vec![words("C")]];
        for order in [[0, 1, 2], [1, 0, 2], [2, 1, 0], [2, 0, 1]] {
            assert_eq!(put_all("one two", &slots, &with, &order), "oneABCo", "{order:?}");
        }
    }

    #[test]
    fn an_insertion_inside_a_deletion_ends_up_the_same_in_both_orders() {
        let (slots, with) = ([slot(0, 0, 0, 6), slot(1, 0, 3, 3)], [vec![words("new")], vec![words("X")]]);
        assert_eq!(put_all("abcdef.", &slots, &with, &[0, 1]), "newX.");
        assert_eq!(put_all("abcdef.", &slots, &with, &[1, 0]), "newX.");
    }

    #[test]
    fn what_takes_away_the_same_words_is_lost() {
        let mut layer = Layer::new(vec![slot(0, 0, 0, 4), slot(1, 0, 2, 6), slot(2, 0, 6, 7)]);
        let put = layer.put(0, 7, &[words("")]).unwrap();
        assert_eq!(put.lost, [1]);
        assert_eq!(layer.slots(), [slot(2, 0, 2, 3)]);
    }

    #[test]
    fn slots_that_overlap_or_leave_the_text_are_refused() {
        assert!(Layer::new(vec![slot(0, 0, 0, 9)]).put(0, 5, &[words("")]).is_none());
        assert!(
            Layer::new(vec![slot(0, 0, 0, 3), slot(0, 1, 2, 4)]).put(0, 5, &[words(""), words("")]).is_none()
        );
        assert!(Layer::new(vec![slot(0, 1, 0, 3)]).put(0, 5, &[words("")]).is_none());
        assert!(Layer::<usize>::new(Vec::new()).put(0, 5, &[words("")]).is_none());
    }

    #[test]
    fn a_typed_text_moves_slots_and_loses_those_whose_words_changed() {
        let (old, new) = ("one two three four", "one 2 three, four");
        let change = Change::new([
            Step::Keep(4),
            Step::Replace { len: 3, with: "2".into() },
            Step::Keep(6),
            Step::Replace { len: 0, with: ",".into() },
            Step::Keep(5),
        ]);
        let mut layer =
            Layer::new(vec![slot(0, 0, 4, 7), slot(1, 0, 5, 5), slot(2, 0, 8, 13), slot(3, 0, 14, 14)]);
        assert_eq!(layer.carry(&change, old, new), [0, 1]);
        assert_eq!(layer.slots(), [slot(2, 0, 6, 11), slot(3, 0, 13, 13)]);
    }

    proptest! {
        /// Keys with up to two edits each; what they take away never overlaps.
        #[test]
        fn any_order_gives_the_same_text(
            cuts in prop::collection::vec((0..4usize, 0..4usize, 0..5usize, "[a-c]{0,2}"), 1..9),
            order in Just((0..5usize).collect::<Vec<_>>()).prop_shuffle(),
        ) {
            let text = "0123456789abcdefghijklmnopqrstuvwxyz0123456789";
            let (mut at, mut slots, mut with) = (0, Vec::new(), vec![Vec::new(); 5]);
            for (keep, take, key, put) in cuts {
                let start = at + keep;
                at = start + take;
                slots.push(slot(key, with[key].len(), start, at));
                with[key].push(words(&put));
            }
            let order: Vec<usize> = order.into_iter().filter(|k| slots.iter().any(|p| p.key == *k)).collect();
            let mut sorted = order.clone();
            sorted.sort_unstable();
            prop_assert_eq!(put_all(text, &slots, &with, &order), put_all(text, &slots, &with, &sorted));
        }
    }
}
