//! One sequence for two texts: what both have, what is gone, and what came, with the mark that ends each paragraph.
//!
//! Leaving out what came gives the old paragraphs, leaving out what is gone gives the new ones.

use super::paragraphs::{CELL, Kind, Paragraph};
use crate::text::{Part, Span, diff};

/// A part of the sequence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub what: What,
    /// Which of the two texts have it.
    pub state: State,
    /// Its place in the old text, in bytes, if that has it.
    pub old: Option<usize>,
    /// Its place in the new text, in bytes, if that has it.
    pub new: Option<usize>,
    /// Who suggests to add it, by the place in a list. Neither text has it then.
    pub adds: Option<usize>,
    /// Who suggests to take it away.
    pub takes: Option<usize>,
}

/// Words, or the mark that ends a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Words.
    Words(String),
    /// The end of a paragraph of that kind.
    End(Kind),
}

/// Which of the two texts have a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Both.
    Kept,
    /// Only the old text.
    Gone,
    /// Only the new text.
    Came,
}

/// The paragraphs of one text.
pub fn of_one(paragraphs: &[Paragraph]) -> Vec<Piece> {
    let both = |piece: Piece| Piece { state: State::Kept, ..piece };
    paragraphs.iter().flat_map(whole_new).map(both).collect()
}

/// The paragraphs of both texts.
pub fn of_two(old: &[Paragraph], new: &[Paragraph]) -> Vec<Piece> {
    let atoms = atoms(&Side::of(old), &Side::of(new));
    let groups = groups(&atoms);
    let mut inside: Vec<Vec<&Atom>> = groups.iter().map(|_| Vec::new()).collect();
    for atom in &atoms {
        let group = groups.partition_point(|g| !g.begins_after(atom)).checked_sub(1);
        if let Some(list) = group.filter(|g| groups[*g].has(atom)).and_then(|g| inside.get_mut(g)) {
            list.push(atom);
        }
    }
    let (mut out, mut at) = (Vec::new(), (0, 0));
    for (group, atoms) in groups.iter().zip(&inside) {
        separate(&mut out, (old, at.0..group.old.start), (new, at.1..group.new.start));
        if group.can_weave(atoms, old, new) {
            let mut woven: Vec<Piece> = atoms.iter().flat_map(|a| a.pieces(old, new)).collect();
            join_last_ends(&mut woven);
            out.extend(woven);
        } else {
            separate(&mut out, (old, group.old.clone()), (new, group.new.clone()));
        }
        at = (group.old.end, group.new.end);
    }
    separate(&mut out, (old, at.0..old.len()), (new, at.1..new.len()));
    if !out.iter().any(|p| matches!(p.what, What::End(Kind::Row(_)))) {
        join_last_ends(&mut out);
    }
    keep_last_end(&mut out);
    out.retain(|p| !matches!(&p.what, What::Words(w) if w.is_empty()));
    out
}

/// The old paragraphs as gone, then the new ones as come.
fn separate(
    out: &mut Vec<Piece>,
    old: (&[Paragraph], std::ops::Range<usize>),
    new: (&[Paragraph], std::ops::Range<usize>),
) {
    let gone = |p: Piece| Piece { state: State::Gone, old: p.new, new: None, ..p };
    out.extend(old.0.get(old.1).unwrap_or_default().iter().flat_map(whole_new).map(gone));
    out.extend(new.0.get(new.1).unwrap_or_default().iter().flat_map(whole_new));
}

/// A paragraph that only the new text has.
fn whole_new(p: &Paragraph) -> Vec<Piece> {
    let came = |what, at| {
        let new = Some(p.place(at));
        Piece { what, state: State::Came, old: None, new, adds: None, takes: None }
    };
    let words = p.parts(0, p.words.len()).into_iter().map(|(at, words)| came(What::Words(words.into()), at));
    words.chain([came(What::End(p.kind), p.words.len())]).collect()
}

/// One text as the diff reads it: a line for each paragraph.
struct Side {
    text: String,
    /// Where each paragraph begins.
    starts: Vec<usize>,
}

impl Side {
    fn of(paragraphs: &[Paragraph]) -> Self {
        let (mut text, mut starts) = (String::new(), Vec::new());
        for p in paragraphs {
            starts.push(text.len());
            text += &p.words;
            text.push('\n');
        }
        Self { text, starts }
    }

    /// The paragraph at an offset, and where that is in it.
    fn at(&self, at: usize) -> (usize, usize) {
        let paragraph = self.starts.partition_point(|s| *s <= at).saturating_sub(1);
        (paragraph, at - self.starts.get(paragraph).copied().unwrap_or_default())
    }
}

/// A part of the difference within one paragraph of each text: words, or the end of the paragraph.
struct Atom {
    words: String,
    ends: bool,
    /// The paragraph of the old text, and the place in its words.
    old: Option<(usize, usize)>,
    /// The same of the new text.
    new: Option<(usize, usize)>,
}

impl Atom {
    /// The same as pieces, each of one part of the text.
    fn pieces(&self, old: &[Paragraph], new: &[Paragraph]) -> Vec<Piece> {
        let (was, is) = (self.old.and_then(|o| old.get(o.0)), self.new.and_then(|n| new.get(n.0)));
        let (Some(paragraph), Some((_, from))) = (is.or(was), self.new.or(self.old)) else {
            return Vec::new();
        };
        let state = match (was, is) {
            (Some(_), Some(_)) => State::Kept,
            (Some(_), None) => State::Gone,
            (None, _) => State::Came,
        };
        let place = |p: Option<&Paragraph>, at: Option<(usize, usize)>, by: usize| Some(p?.place(at?.1 + by));
        let piece = |what, by| {
            let (old, new) = (place(was, self.old, by), place(is, self.new, by));
            Piece { what, state, old, new, adds: None, takes: None }
        };
        if self.ends {
            return vec![piece(What::End(paragraph.kind), 0)];
        }
        let parts = paragraph.parts(from, from + self.words.len()).into_iter();
        parts.map(|(at, words)| piece(What::Words(words.into()), at - from)).collect()
    }
}

/// The difference, cut at the ends of paragraphs.
fn atoms(old: &Side, new: &Side) -> Vec<Atom> {
    let mut all = Vec::new();
    let mut add = |words: &str, at: (Option<usize>, Option<usize>)| {
        let mut from = 0;
        for line in words.split_inclusive('\n') {
            let ends = line.ends_with('\n');
            let length = line.len() - usize::from(ends);
            let place =
                |by: usize| (at.0.map(|o| old.at(o + from + by)), at.1.map(|n| new.at(n + from + by)));
            if length > 0 {
                let (old, new) = place(0);
                all.push(Atom { words: line.trim_end_matches('\n').to_owned(), ends: false, old, new });
            }
            if ends {
                let (old, new) = place(length);
                all.push(Atom { words: String::new(), ends: true, old, new });
            }
            from += line.len();
        }
    };
    let words = |span: Span, text: &'_ str| span.of(text).unwrap_or_default().to_owned();
    for part in diff(&old.text, &new.text).parts {
        match part {
            Part::Kept { old: o, new: n } => add(&words(o, &old.text), (Some(o.start.0), Some(n.start.0))),
            Part::Deleted { old: o } | Part::MovedFrom { old: o, .. } => {
                add(&words(o, &old.text), (Some(o.start.0), None));
            }
            Part::Inserted { new: n } | Part::MovedTo { new: n, .. } => {
                add(&words(n, &new.text), (None, Some(n.start.0)));
            }
        }
    }
    all
}

/// Paragraphs of both texts that share something, directly or over others.
struct Group {
    old: std::ops::Range<usize>,
    new: std::ops::Range<usize>,
}

impl Group {
    /// Whether its parts can stand in one sequence: all its paragraphs are of one kind, since programs differ in which of two
    /// joined ones says what both are; and a row has the same cells in both texts.
    fn can_weave(&self, atoms: &[&Atom], old: &[Paragraph], new: &[Paragraph]) -> bool {
        let [old, new] =
            [old.get(self.old.clone()), new.get(self.new.clone())].map(Option::unwrap_or_default);
        let mut kinds = old.iter().chain(new).map(|p| p.kind);
        let Some(first) = kinds.next() else { return false };
        if !kinds.all(|k| k.fits(first)) {
            return false;
        }
        let cut = |a: &&Atom| a.words.contains(CELL) && (a.old.is_none() || a.new.is_none());
        !matches!(first, Kind::Row(_)) || (old.len() == 1 && new.len() == 1 && !atoms.iter().any(cut))
    }

    /// Whether the group begins after that part.
    fn begins_after(&self, atom: &Atom) -> bool {
        match (atom.old, atom.new) {
            (Some((old, _)), _) => self.old.start > old,
            (None, new) => new.is_some_and(|(new, _)| self.new.start > new),
        }
    }

    /// Whether the part is in one of the group's paragraphs.
    fn has(&self, atom: &Atom) -> bool {
        atom.old.is_some_and(|(p, _)| self.old.contains(&p))
            || atom.new.is_some_and(|(p, _)| self.new.contains(&p))
    }
}

/// The groups, in order.
fn groups(atoms: &[Atom]) -> Vec<Group> {
    let mut all: Vec<Group> = Vec::new();
    for (old, new) in atoms.iter().filter_map(|a| Some((a.old?.0, a.new?.0))) {
        match all.last_mut().filter(|g| g.old.contains(&old) || g.new.contains(&new)) {
            Some(group) => (group.old.end, group.new.end) = (old + 1, new + 1),
            None => all.push(Group { old: old..old + 1, new: new..new + 1 }),
        }
    }
    all
}

/// Where the last end of both texts is at the end of the sequence, once as gone and once as come, it is one end of both.
fn join_last_ends(pieces: &mut Vec<Piece>) {
    let last = |state: State| {
        let at = pieces.iter().rposition(|p| p.state == state)?;
        let Piece { what: What::End(kind), old, new, .. } = pieces.get(at)? else { return None };
        let kept_after = pieces.iter().skip(at).any(|p| p.state == State::Kept);
        (!kept_after).then_some((at, *kind, old.or(*new)))
    };
    let (Some((gone, was, old)), Some((came, is, new))) = (last(State::Gone), last(State::Came)) else {
        return;
    };
    if was.fits(is) {
        let mut at = 0;
        pieces.retain(|_| {
            at += 1;
            at - 1 != gone && at - 1 != came
        });
        pieces.push(Piece { what: What::End(is), state: State::Kept, old, new, adds: None, takes: None });
    }
}

/// A word processor never takes the last end of a document away. So where a last paragraph came or is gone, the end before it
/// is what came or is gone, as when a person types there.
fn keep_last_end(pieces: &mut [Piece]) {
    let Some(last) = pieces.last().filter(|p| p.state != State::Kept).cloned() else { return };
    let What::End(kind) = last.what else { return };
    let whole = pieces.iter().rposition(|p| p.state != last.state);
    let before = whole.and_then(|at| pieces.get_mut(at));
    let Some(before) = before.filter(|p| p.state == State::Kept) else { return };
    // In the text that lacks the last paragraph, the last end ends the one before, so both must be of one kind.
    if matches!(before.what, What::End(k) if k.fits(kind) && !matches!(k, Kind::Row(_))) {
        before.state = last.state;
        if let Some(piece) = pieces.last_mut() {
            piece.state = State::Kept;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::paragraphs::paragraphs, *};
    use proptest::prelude::*;

    /// What a reader sees in one of the texts: paragraphs with their kinds. An end that is not there joins two.
    fn seen(pieces: &[Piece], without: State) -> Vec<(String, String)> {
        let (mut all, mut words) = (Vec::new(), String::new());
        for piece in pieces.iter().filter(|p| p.state != without) {
            match &piece.what {
                What::Words(w) => words += w,
                What::End(kind) => all.push((named(*kind), std::mem::take(&mut words))),
            }
        }
        assert_eq!(words, "", "words without an end");
        all.retain(|(_, w)| !w.is_empty());
        all
    }

    /// The kind without what only numbers it.
    fn named(kind: Kind) -> String {
        match kind {
            Kind::Numbered(..) => "Numbered".into(),
            Kind::Row(_) => "Row".into(),
            other => format!("{other:?}"),
        }
    }

    fn of(paragraphs: &[Paragraph]) -> Vec<(String, String)> {
        paragraphs.iter().map(|p| (named(p.kind), p.words.clone())).collect()
    }

    fn drawn(old: &str, new: &str) -> String {
        let (old, new) = (paragraphs(old, false), paragraphs(new, false));
        let piece = |p: Piece| {
            let what = match p.what {
                What::Words(w) => w,
                What::End(_) => "¶".into(),
            };
            match p.state {
                State::Kept => what,
                State::Gone => format!("[-{what}-]"),
                State::Came => format!("[+{what}+]"),
            }
        };
        of_two(&old, &new).into_iter().map(piece).collect()
    }

    #[test]
    fn paragraphs_that_are_split_joined_added_or_changed_in_kind() {
        assert_eq!(drawn("A red cat.\n\nEnd.\n", "A blue cat.\n\nEnd.\n"), "A [-red-][+blue+] cat.¶End.¶");
        assert_eq!(
            drawn("It rained. It snowed.\n", "It rained.\n\nIt snowed.\n"),
            "It rained.[- -][+¶+]It snowed.¶"
        );
        assert_eq!(drawn("One stays.\n", "One stays.\n\nTwo came.\n"), "One stays.[+¶+][+Two came.+]¶");
        assert_eq!(drawn("A title\n\nB.\n", "## A title\n\nB.\n"), "[-A title-][-¶-][+A title+][+¶+]B.¶");
        assert_eq!(drawn("B.\n\n| a |\n", "B.\n\n| a | b |\n"), "B.¶[-a-][-¶-][+a+][+\u{1f}+][+b+][+¶+]");
    }

    fn texts() -> impl Strategy<Value = (String, String)> {
        let line = prop::sample::select(vec![
            "The cat sat on the mat.",
            "A dog barked. It was late.",
            "# Title",
            "## Past",
            "- one",
            "- two",
            "1. a",
            "2. b",
            "> said",
            "| a | b |",
            "| a | c |",
            "| d |",
            "x",
            "",
        ]);
        let lines = prop::collection::vec(line, 0..10);
        (lines.clone(), lines, 0..10usize).prop_map(|(a, b, cut)| {
            let mixed: Vec<&str> = a.iter().take(cut).chain(b.iter().skip(cut)).copied().collect();
            (a.join("\n"), mixed.join("\n").replace("cat sat", "cat\nsat"))
        })
    }

    proptest! {
        #[test]
        fn each_view_is_one_of_the_texts((old, new) in texts()) {
            let (old, new) = (paragraphs(&old, false), paragraphs(&new, false));
            let pieces = of_two(&old, &new);
            prop_assert_eq!(seen(&pieces, State::Came), of(&old));
            prop_assert_eq!(seen(&pieces, State::Gone), of(&new));
        }
    }
}
