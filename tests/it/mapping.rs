//! The page maps claims while somebody types, the core when the text is saved. For the same random edits both return the
//! same spans. The cases are random with a fixed seed; the page's tests read them too. After an intended change,
//! `TICKMARK_WRITE_EXPECTED=1 cargo test --test it mapping` writes the new results of the core.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tickmark::anchor::map;
use tickmark::text::{Byte, Change, Offsets, Span, Step};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/cases/mapping.json");
const CASES: usize = 1500;

/// A text, an edit of it as CodeMirror writes it, and spans before and after it, in UTF-16 units.
#[derive(Serialize, Deserialize, PartialEq, Debug)]
struct Case {
    before: String,
    changes: Value,
    spans: Vec<(usize, usize)>,
    after: Vec<(usize, usize)>,
}

#[test]
fn the_core_maps_random_edits_as_the_page_does() {
    let now =
        serde_json::to_string(&random_cases()).expect("cases are plain data").replace("},{", "},\n{") + "\n";
    if std::env::var_os("TICKMARK_WRITE_EXPECTED").is_some() {
        std::fs::write(FILE, &now).expect("the cases can be written");
    }
    let kept: Vec<Case> = serde_json::from_str(&std::fs::read_to_string(FILE).expect("the cases are kept"))
        .expect("the cases are JSON");
    assert_eq!(kept.len(), CASES);
    assert!(
        now == std::fs::read_to_string(FILE).expect("the cases are kept"),
        "the core maps otherwise than before"
    );
    assert!(kept.iter().filter(|c| c.after.len() < c.spans.len()).count() > 20, "some claims are emptied");
}

fn random_cases() -> Vec<Case> {
    let mut runner = TestRunner::deterministic();
    let character = prop::sample::select(vec![
        "a", "b", "5", ".", ",", " ", " ", "-", "é", "東", "\n", "'", "€", "%", "🏠", "๕", "三", "\u{200b}",
    ]);
    let words = prop::collection::vec(character, 0..24);
    let step = (
        0..6usize,
        prop::option::of((
            0..5usize,
            prop::collection::vec(
                prop::sample::select(vec!["a", "5", " ", ".", "-", "東", "é", "\n", "๐", "十"]),
                0..4,
            ),
        )),
    );
    let all =
        (words, prop::collection::vec(step, 1..5), prop::collection::vec((0..24usize, 0..24usize), 1..4));
    (0..CASES).map(|_| case(all.new_tree(&mut runner).expect("a case").current())).collect()
}

type Drawn = (Vec<&'static str>, Vec<(usize, Option<(usize, Vec<&'static str>)>)>, Vec<(usize, usize)>);

fn case((chars, edits, places): Drawn) -> Case {
    let before = chars.concat();
    let bytes: Vec<usize> = before.char_indices().map(|(at, _)| at).chain([before.len()]).collect();
    let mut at = 0;
    let mut steps = Vec::new();
    let mut take = |n: usize| {
        let from = at;
        at = (at + n).min(bytes.len() - 1);
        bytes[at] - bytes[from]
    };
    for (keep, replace) in edits {
        steps.push(Step::Keep(take(keep)));
        if let Some((gone, put)) = replace {
            steps.push(Step::Replace { len: take(gone), with: put.concat() });
        }
    }
    steps.push(Step::Keep(take(usize::MAX / 2)));
    let change = Change::new(steps);
    let spans: Vec<Span> = places.iter().filter_map(|(a, b)| span(&bytes, *a, *b)).collect();
    let now = change.apply(&before).expect("the change fits");
    let after = units(&now, &map(&before, &now, &change, &spans));
    Case { spans: units(&before, &spans), changes: sections(&before, &change), before, after }
}

fn span(bytes: &[usize], a: usize, b: usize) -> Option<Span> {
    let (a, b) = (bytes[a % bytes.len()], bytes[b % bytes.len()]);
    (a != b).then(|| Span::new(Byte(a.min(b)), Byte(a.max(b))))
}

fn units(text: &str, spans: &[Span]) -> Vec<(usize, usize)> {
    let offsets = Offsets::new(text);
    let range =
        |s: &Span| offsets.span_to_utf16(*s).map(|r| (r.start.0, r.end.0)).expect("a span of the text");
    spans.iter().map(range).collect()
}

/// The change in the form of CodeMirror's `ChangeSet.toJSON`.
fn sections(before: &str, change: &Change) -> Value {
    let mut at = 0;
    let mut units = |len: usize| {
        at += len;
        before[at - len..at].encode_utf16().count()
    };
    let section = |step: &Step| match step {
        Step::Keep(len) => json!(units(*len)),
        Step::Replace { len, with } if with.is_empty() => json!([units(*len)]),
        Step::Replace { len, with } => {
            json!(
                std::iter::once(json!(units(*len)))
                    .chain(with.split('\n').map(|l| json!(l)))
                    .collect::<Vec<_>>()
            )
        }
    };
    change.steps().iter().map(section).collect()
}
