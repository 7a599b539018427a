use super::{super::pieces::*, *};
use crate::{
    formats::article::word::settle::settle,
    model::{BlockKind, Origin},
};
use proptest::prelude::*;

fn mark(does: Does, author: &str, time: &str) -> Mark {
    Mark { does, author: Some(author.into()), date: Some(format!("2025-03-01T{time}:00Z")), moved: None }
}

fn inserted(author: &str, time: &str) -> Mark {
    mark(Does::Insert, author, time)
}

fn deleted(author: &str, time: &str) -> Mark {
    mark(Does::Delete, author, time)
}

/// Pieces of one paragraph: words, and the marks they are in, from the outermost.
fn paragraph(words: &[(&str, &[Mark])]) -> Pieces {
    let mut pieces = Pieces::default();
    add(&mut pieces, words, &[]);
    settle(&mut pieces);
    pieces
}

/// Adds a paragraph; `end` are the marks of its break.
fn add(pieces: &mut Pieces, words: &[(&str, &[Mark])], end: &[Mark]) {
    pieces.begin(BlockKind::Paragraph, Origin::Paragraph(1), State::default());
    for (text, marks) in words {
        if let Some(state) = state(pieces, marks) {
            pieces.push(Part::Words, text, state);
        }
    }
    if let Some(state) = state(pieces, end) {
        pieces.push(Part::Break, "", state);
    }
}

fn state(pieces: &mut Pieces, marks: &[Mark]) -> Option<State> {
    marks.iter().try_fold(State::default(), |state, mark| pieces.enter(state, mark.clone()))
}

/// Kind, words that go, words that come, and what it is within, of every change.
fn summary(pieces: &Pieces) -> Vec<(ChangeKind, String, Option<usize>)> {
    let before = pieces.text(View::Before);
    let all = changes(pieces, &[]);
    let added = |c: &FileChange| c.edits.iter().map(|e| e.with.clone()).collect::<String>();
    let base = |c: &FileChange| c.within.and_then(|w| all.get(w)).map_or_else(|| before.clone(), added);
    let gone = |c: &FileChange| {
        c.edits.iter().filter_map(|e| e.span.of(&base(c)).map(str::to_owned)).collect::<String>()
    };
    all.iter().map(|c| (c.kind, format!("{}>{}", gone(c), added(c)), c.within)).collect()
}

#[test]
fn a_run_of_one_author_time_and_kind_is_one_change() {
    let (a, b) = (inserted("Ada", "10:00"), inserted("Ben", "10:00"));
    let later = inserted("Ada", "15:00");
    let pieces = paragraph(&[
        ("The port ", &[]),
        ("re", std::slice::from_ref(&a)),
        ("ally ", std::slice::from_ref(&a)),
        ("now ", std::slice::from_ref(&b)),
        ("today ", std::slice::from_ref(&later)),
        ("opened.", &[]),
    ]);
    assert_eq!(
        summary(&pieces),
        [
            (ChangeKind::Insert, ">really ".into(), None),
            (ChangeKind::Insert, ">now ".into(), None),
            (ChangeKind::Insert, ">today ".into(), None)
        ]
    );
}

#[test]
fn a_deletion_that_touches_an_insertion_of_its_author_is_a_replacement() {
    for (del, ins, expected) in [
        (deleted("Ada", "10:00"), inserted("Ada", "10:03"), 1),
        (deleted("Ada", "10:00"), inserted("Ben", "10:00"), 2),
        (deleted("Ada", "10:00"), inserted("Ada", "18:00"), 2),
    ] {
        let pieces = paragraph(&[("about ", &[]), ("300", &[del]), ("330", &[ins]), (" boats", &[])]);
        let found = summary(&pieces);
        assert_eq!(found.len(), expected, "{found:?}");
        if expected == 1 {
            assert_eq!(found, [(ChangeKind::Replace, "300>330".into(), None)]);
        }
    }
}

#[test]
fn a_deletion_inside_anothers_insertion_hangs_on_it() {
    let outer = inserted("Ada", "10:00");
    let inner = [outer.clone(), deleted("Ben", "11:00")];
    let pieces = paragraph(&[
        ("The port ", &[]),
        ("was ", std::slice::from_ref(&outer)),
        ("never ", &inner),
        ("opened", std::slice::from_ref(&outer)),
    ]);
    assert_eq!(
        summary(&pieces),
        [
            (ChangeKind::Insert, ">was never opened".into(), None),
            (ChangeKind::Delete, "never >".into(), Some(0))
        ]
    );
}

#[test]
fn an_insertion_between_anothers_words_hangs_on_them() {
    let outer = inserted("Ada", "10:00");
    let inner = [outer.clone(), inserted("Ben", "11:00")];
    let pieces = paragraph(&[
        ("It ", &[]),
        ("was ", std::slice::from_ref(&outer)),
        ("indeed ", &inner),
        ("open", std::slice::from_ref(&outer)),
    ]);
    assert_eq!(
        summary(&pieces),
        [(ChangeKind::Insert, ">was open".into(), None), (ChangeKind::Insert, ">indeed ".into(), Some(0))]
    );
}

#[test]
fn both_sides_of_a_move_are_one_change() {
    let side = |does| Mark { moved: Some("move1".into()), ..mark(does, "Ada", "10:00") };
    let pieces =
        paragraph(&[("A ", &[side(Does::Delete)]), ("B ", &[]), ("A ", &[side(Does::Insert)]), ("C", &[])]);
    assert_eq!(summary(&pieces), [(ChangeKind::Move, "A >A ".into(), None)]);
}

#[test]
fn a_block_that_goes_takes_its_break_with_it() {
    let del = [deleted("Ada", "10:00")];
    let mut pieces = Pieces::default();
    add(&mut pieces, &[("One.", &[])], &[]);
    add(&mut pieces, &[("Two.", &del)], &[]);
    add(&mut pieces, &[("Three.", &[])], &[]);
    settle(&mut pieces);
    assert_eq!(pieces.text(View::Before), "One.\n\nTwo.\n\nThree.");
    assert_eq!(pieces.text(View::After), "One.\n\nThree.");
    assert_eq!(summary(&pieces), [(ChangeKind::Delete, "\n\nTwo.>".into(), None)]);
}

#[test]
fn a_new_block_at_the_end_brings_its_break() {
    let ins = [inserted("Ada", "10:00")];
    let mut pieces = Pieces::default();
    add(&mut pieces, &[("One.", &[])], &[]);
    add(&mut pieces, &[("Two.", &ins)], &ins);
    add(&mut pieces, &[], &[]);
    settle(&mut pieces);
    assert_eq!(pieces.text(View::Before), "One.");
    assert_eq!(pieces.text(View::After), "One.\n\nTwo.");
}

#[test]
fn the_mark_of_a_block_goes_with_it() {
    let del = [deleted("Ada", "10:00")];
    let mut pieces = Pieces::default();
    add(&mut pieces, &[("Old head", &del)], &del);
    add(&mut pieces, &[("Text.", &[])], &[]);
    pieces.units[0].marks = ["# ".into(), "# ".into()];
    settle(&mut pieces);
    assert_eq!(pieces.text(View::Before), "# Old head\n\nText.");
    assert_eq!(pieces.text(View::After), "Text.");
    assert_eq!(changes(&pieces, &[]).len(), 1);
}

fn any_mark() -> impl Strategy<Value = Mark> {
    let does = prop_oneof![Just(Does::Insert), Just(Does::Delete)];
    let moved = prop_oneof![4 => Just(None), 1 => "[mn]".prop_map(Some)];
    (does, "[AB]", prop_oneof![Just("10:00"), Just("10:05"), Just("18:00")], moved)
        .prop_map(|(does, author, time, moved)| Mark { moved, ..mark(does, &author, time) })
}

type Block = (Vec<(String, Vec<Mark>)>, Vec<Mark>, &'static str);

fn any_block() -> impl Strategy<Value = Block> {
    let marks = || prop_oneof![3 => Just(Vec::new()), 2 => proptest::collection::vec(any_mark(), 1..4)];
    let words = proptest::collection::vec(("[a-zé ]{0,4}", marks()), 0..5);
    (words, marks(), prop_oneof![4 => Just(""), 1 => Just("- "), 1 => Just("# ")])
}

fn document(blocks: &[Block]) -> Pieces {
    let mut pieces = Pieces::default();
    for (words, end, prefix) in blocks {
        let words = words.iter().map(|(w, m)| (w.as_str(), m.as_slice())).collect::<Vec<_>>();
        add(&mut pieces, &words, end);
        if let Some(unit) = pieces.units.last_mut() {
            unit.marks = [(*prefix).to_owned(), (*prefix).to_owned()];
        }
    }
    pieces
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// All changes applied to the text before them give the text after them; none of them changes nothing.
    #[test]
    fn all_changes_give_the_accepted_text(blocks in proptest::collection::vec(any_block(), 0..6)) {
        let mut pieces = document(&blocks);
        settle(&mut pieces);
        let before = pieces.text(View::Before);
        let found = changes(&pieces, &[]);
        prop_assert_eq!(applied(&found, &before), Some(pieces.text(View::After)));
        prop_assert_eq!(applied(&[], &before), Some(before));
        for (at, change) in found.iter().enumerate() {
            prop_assert!(change.within.is_none_or(|w| w < at));
            prop_assert!(!change.edits.is_empty());
            prop_assert!(change.edits.windows(2).all(|e| e[0].span.end <= e[1].span.start));
        }
    }

    /// The last resort, one change for all, is not needed for changes as Word makes them.
    #[test]
    fn every_change_has_its_author(blocks in proptest::collection::vec(any_block(), 0..6)) {
        let mut pieces = document(&blocks);
        settle(&mut pieces);
        prop_assert!(changes(&pieces, &[]).iter().all(|c| c.author.is_some()));
    }

    /// Settling takes no words away and adds none.
    #[test]
    fn settling_keeps_all_words(blocks in proptest::collection::vec(any_block(), 0..6)) {
        let mut pieces = document(&blocks);
        let letters = |p: &Pieces, view| {
            let words = p.all.iter().filter(|p| p.part == Part::Words && p.is_in(view));
            words.flat_map(|p| p.text.chars().filter(|c| !c.is_whitespace())).collect::<String>()
        };
        let was = VIEWS.map(|view| letters(&pieces, view));
        settle(&mut pieces);
        prop_assert_eq!(was, VIEWS.map(|view| letters(&pieces, view)));
    }
}
