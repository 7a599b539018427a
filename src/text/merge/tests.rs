use super::*;
use proptest::prelude::*;

/// One change a writer makes to a list of sentences.
#[derive(Clone, Debug)]
enum Operation {
    Edit(usize),
    Delete(usize),
    Insert(usize, usize),
    Move(usize, usize),
}

fn operations() -> impl Strategy<Value = Vec<Operation>> {
    let at = 0..12_usize;
    let operation = prop_oneof![
        at.clone().prop_map(Operation::Edit),
        at.clone().prop_map(Operation::Delete),
        (at.clone(), 0..3_usize).prop_map(|(at, what)| Operation::Insert(at, what)),
        (at.clone(), at).prop_map(|(from, to)| Operation::Move(from, to)),
    ];
    prop::collection::vec(operation, 0..5)
}

const TOPICS: [&str; 8] = ["mill", "dam", "road", "school", "market", "river", "bank", "tower"];

/// A sentence that is not similar to any other of the base.
fn sentence(at: usize) -> String {
    let topic = TOPICS[at % TOPICS.len()];
    format!("The {topic} number {at} of the {topic} quarter{at} opened in {} with {topic} feasts.", 1900 + at)
}

fn base(len: usize) -> Vec<String> {
    (0..len).map(sentence).collect()
}

/// The sentences after the operations; `side` makes the words of two writers differ.
fn after(base: &[String], operations: &[Operation], side: &str) -> Vec<String> {
    let mut all = base.to_vec();
    for operation in operations {
        let len = all.len().max(1);
        match *operation {
            Operation::Edit(at) if !all.is_empty() => {
                all[at % len] = all[at % len].replace("feasts", &format!("{side} feasts"));
            }
            Operation::Delete(at) if !all.is_empty() => drop(all.remove(at % len)),
            Operation::Move(from, to) if !all.is_empty() => {
                let moved = all.remove(from % len);
                all.insert(to % len, moved);
            }
            Operation::Insert(at, what) => {
                let new = format!("Nobody {side} had heard anything of the {what} other affairs before.");
                if !all.contains(&new) {
                    all.insert(at % len, new);
                }
            }
            Operation::Edit(_) | Operation::Delete(_) | Operation::Move(..) => {}
        }
    }
    all
}

/// The sentences as a text with three sentences in a paragraph.
fn text(sentences: &[String]) -> String {
    sentences.chunks(3).map(|p| p.join(" ")).collect::<Vec<_>>().join("\n\n") + "\n"
}

fn three() -> impl Strategy<Value = (String, String, String)> {
    (1..9_usize, operations(), operations(), any::<bool>()).prop_map(|(len, a, b, same)| {
        let base = base(len);
        let (ours, theirs) =
            (after(&base, &a, "grand"), after(&base, &b, if same { "grand" } else { "small" }));
        (text(&base), text(&ours), text(&theirs))
    })
}

fn cut(text: &str) -> Vec<&str> {
    crate::text::sentences(text).iter().map(|s| s.of(text).unwrap()).collect()
}

fn all(merge: &Merge, decision: Decision) -> String {
    merge.resolve(&vec![Some(decision); merge.conflicts().count()]).unwrap()
}

fn words_of(merge: &Merge) -> String {
    let piece = |p: &Piece| match p {
        Piece::Text(text) => text.clone(),
        Piece::Conflict(c) => format!("{}\n{}\n", c.ours.words, c.theirs.words),
    };
    merge.pieces().iter().map(piece).collect()
}

proptest! {
    #[test]
    fn what_one_side_did_alone_or_both_did_alike_is_taken_to_the_letter((b, x, _) in three()) {
        prop_assert_eq!(merge(&b, &b, &x).text(), Some(x.clone()));
        prop_assert_eq!(merge(&b, &x, &b).text(), Some(x.clone()));
        prop_assert_eq!(merge(&b, &x, &x).text(), Some(x));
    }

    #[test]
    fn any_texts_at_all_obey_the_same_laws(b in "[ab .!\n]{0,30}", x in "[ab .!\n]{0,30}", y in "[ab .!\n]{0,30}") {
        prop_assert_eq!(merge(&b, &b, &x).text(), Some(x.clone()));
        prop_assert_eq!(merge(&b, &x, &b).text(), Some(x.clone()));
        prop_assert_eq!(merge(&b, &x, &x).text(), Some(x.clone()));
        prop_assert_eq!(merge(&b, &x, &y).text(), merge(&b, &y, &x).text());
    }

    #[test]
    fn it_does_not_matter_which_side_is_called_ours((b, x, y) in three()) {
        let (one, other) = (merge(&b, &x, &y), merge(&b, &y, &x));
        prop_assert_eq!(one.text(), other.text());
        let words_in = |c: &Conflict| (c.base.clone().words, c.ours.clone().words, c.theirs.clone().words);
        let turned: Vec<_> = other.conflicts().map(words_in).map(|(b, o, t)| (b, t, o)).collect();
        prop_assert_eq!(one.conflicts().map(words_in).collect::<Vec<_>>(), turned);
    }

    #[test]
    fn every_sentence_of_a_merge_is_one_sides_own((b, x, y) in three()) {
        if let Some(merged) = merge(&b, &x, &y).text() {
            let (ours, theirs) = (cut(&x), cut(&y));
            for sentence in cut(&merged) {
                prop_assert!(ours.contains(&sentence) || theirs.contains(&sentence), "{}", sentence);
            }
        }
    }

    #[test]
    fn no_sentence_that_a_side_wrote_is_lost((b, x, y) in three()) {
        let (found, was) = (words_of(&merge(&b, &x, &y)), cut(&b));
        for sentence in cut(&x).into_iter().chain(cut(&y)).filter(|s| !was.contains(s)) {
            prop_assert!(found.contains(sentence), "{} is not in {}", sentence, found);
        }
    }

    #[test]
    fn nothing_that_both_kept_is_lost_or_doubled_whichever_side_is_chosen((b, x, y) in three()) {
        let (merged, [was, ours, theirs]) = (merge(&b, &x, &y), [&b, &x, &y].map(|t| cut(t)));
        for decision in [Decision::Ours, Decision::Theirs] {
            let text = all(&merged, decision);
            for sentence in &was {
                let times = text.matches(*sentence).count();
                prop_assert!(times <= 1, "{} stands {} times in {}", sentence, times, text);
                let kept = ours.contains(sentence) && theirs.contains(sentence);
                prop_assert!(times == 1 || !kept, "{} is lost in {}", sentence, text);
            }
        }
    }

    #[test]
    fn no_sentence_stands_in_two_wordings_whichever_side_is_chosen((b, x, y) in three()) {
        let merged = merge(&b, &x, &y);
        for decision in [Decision::Ours, Decision::Theirs] {
            let text = all(&merged, decision);
            for at in 0..12 {
                let times = text.matches(&format!("quarter{at} ")).count();
                prop_assert!(times <= 1, "number {} stands {} times in {}", at, times, text);
            }
        }
    }
}

/// One side moves every sentence, the other edits every second one: thousands of moves and conflicts.
#[test]
fn a_long_text_turned_round_and_edited_everywhere_ends_soon() {
    let base = base(3000);
    let ours: Vec<String> = base.iter().rev().cloned().collect();
    let mut theirs = base.clone();
    theirs.iter_mut().step_by(2).for_each(|s| *s = s.replace("feasts", "small feasts"));
    let merged = merge(&text(&base), &text(&ours), &text(&theirs));
    let kept = all(&merged, Decision::Theirs);
    assert!((0..3000).all(|at| kept.matches(&format!("quarter{at} ")).count() == 1));
}

#[test]
fn one_sentence_said_over_and_over_merges_with_itself() {
    let (base, ours) = ("It rained. ".repeat(4000), "It rained. ".repeat(3900));
    let theirs = format!("{base}He left.");
    assert!(merge(&base, &ours, &theirs).text().is_some_and(|t| t.ends_with("It rained. He left.")));
}
