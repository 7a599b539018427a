//! Tracked changes as elements: what is inside of them, and which paragraph marks they touch.

use super::{Context, Story, open::OpenMove};
use crate::formats::article::word::{
    pieces::{Does, Mark, State},
    xml::Element,
};

/// The most sides of moves that are open at a time.
const MOST_MOVES: usize = 64;
/// The longest name of a move, in bytes. Each change in it copies it.
const LONGEST_NAME: usize = 1_000;

/// What an element with that name does to what is in it.
fn does(name: &str) -> Option<Does> {
    match name {
        "w:ins" | "w:moveTo" | "w:cellIns" => Some(Does::Insert),
        "w:del" | "w:moveFrom" | "w:cellDel" => Some(Does::Delete),
        _ => None,
    }
}

/// Whether an element is a tracked change around what is in it.
pub fn is_change(name: &str) -> bool {
    matches!(name, "w:ins" | "w:moveTo" | "w:del" | "w:moveFrom")
}

impl<'x> Story<'x> {
    /// The context inside a tracked change; `None` if what is in it is in no text.
    pub(super) fn entered(&mut self, change: Element<'x>, context: Context) -> Option<Context> {
        self.touched(change, context.state).map(|state| Context { state, ..context })
    }

    fn touched(&mut self, change: Element<'x>, state: State) -> Option<State> {
        let Some(does) = does(change.name()) else { return Some(state) };
        let (author, date) = (change.attribute("w:author"), change.attribute("w:date"));
        if self.own.is_some_and(|own| own.accepts(author, date)) {
            return (does == Does::Insert).then_some(state);
        }
        let is_from = change.name() == "w:moveFrom";
        let is_move = is_from || change.name() == "w:moveTo";
        let moved = if is_move { self.open_move(is_from) } else { None };
        let named = |name: &str| change.attribute(name).map(str::to_owned).filter(|v| !v.is_empty());
        let mark = Mark { does, author: named("w:author"), date: named("w:date"), moved };
        self.pieces.enter(state, mark)
    }

    /// The name of the innermost move that is open on that side.
    fn open_move(&mut self, is_from: bool) -> Option<String> {
        let name = self.moves.iter().rev().find(|m| m.is_from == is_from)?.name.clone();
        self.may_copy(name.len()).then_some(name)
    }

    /// The state that the changes directly in `properties` give; `None` if what has them is in no text.
    pub(super) fn touched_by(&mut self, properties: Option<Element<'x>>, state: State) -> Option<State> {
        let mut changes =
            properties.into_iter().flat_map(|p| p.children()).filter(|c| does(c.name()).is_some());
        changes.try_fold(state, |state, change| self.touched(change, state))
    }

    /// Notes where a comment's range, or one side of a move, begins or ends.
    pub(super) fn place(&mut self, e: Element<'x>) {
        let Some(id) = e.attribute("w:id") else { return };
        match e.name() {
            "w:commentRangeStart" => {
                let at = self.pieces.here();
                self.ranges.entry(id.to_owned()).or_insert((at, None));
            }
            "w:commentRangeEnd" => {
                let at = self.pieces.here();
                if let Some((_, end)) = self.ranges.get_mut(id) {
                    *end = end.or(Some(at));
                }
            }
            name @ ("w:moveFromRangeStart" | "w:moveToRangeStart") if self.moves.len() < MOST_MOVES => {
                let of_move = e.attribute("w:name").unwrap_or(id);
                let is_from = name == "w:moveFromRangeStart";
                if of_move.len() <= LONGEST_NAME {
                    self.moves.push(OpenMove { is_from, id: id.to_owned(), name: of_move.to_owned() });
                }
            }
            "w:moveFromRangeEnd" | "w:moveToRangeEnd" => self.moves.retain(|m| m.id != id),
            _ => {}
        }
    }
}
