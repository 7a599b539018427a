//! The laws of diff, change, merge and anchors on hard texts, each against each. The fuzz targets test the same laws on
//! random texts; this tests those in `cases/texts.txt`.

use crate::anchors::unescaped;
use tickmark::{
    anchor::carry,
    text::{Change, Decision, Span, merge},
};

fn texts() -> Vec<String> {
    let lines =
        include_str!("cases/texts.txt").lines().filter(|l| !l.starts_with("# T") && !l.starts_with("# E"));
    lines.map(unescaped).collect()
}

#[test]
fn a_change_makes_the_new_text_and_its_inverse_the_old_one() {
    for (old, new) in pairs() {
        let change = Change::between(&old, &new);
        assert_eq!(change.apply(&old).as_deref(), Ok(new.as_str()), "{old:?}");
        assert_eq!(change.invert(&old).apply(&new).as_deref(), Ok(old.as_str()), "{new:?}");
    }
}

#[test]
fn a_merge_takes_the_changes_of_one_side_exactly_and_prefers_no_side() {
    let all = texts();
    for (at, (ours, theirs)) in pairs().into_iter().enumerate() {
        let base = &all[at % all.len()];
        assert_eq!(merge(base, base, &theirs).text().as_deref(), Some(theirs.as_str()));
        assert_eq!(merge(base, &ours, base).text().as_deref(), Some(ours.as_str()));
        assert_eq!(merge(base, &ours, &ours).text().as_deref(), Some(ours.as_str()));
        let (one, other) = (merge(base, &ours, &theirs), merge(base, &theirs, &ours));
        assert_eq!(one.text(), other.text(), "{base:?} {ours:?} {theirs:?}");
        let take = |take: &Decision| vec![Some(take.clone()); one.conflicts().count()];
        assert_eq!(one.resolve(&take(&Decision::Ours)), other.resolve(&take(&Decision::Theirs)));
    }
}

#[test]
fn a_carried_claim_is_on_whole_characters_or_an_orphan() {
    for (old, new) in pairs() {
        let ends: Vec<usize> = old.char_indices().map(|(i, _)| i).chain([old.len()]).collect();
        let claims: Vec<Vec<Span>> = ends.windows(4).map(|w| vec![Span::at(w[0], w[3])]).collect();
        for placed in carry(&old, &new, None, &claims) {
            assert!(placed.spans.iter().all(|s| !s.is_empty() && s.of(&new).is_some()), "{old:?} {new:?}");
        }
    }
}

fn pairs() -> Vec<(String, String)> {
    let all = texts();
    assert!(all.len() > 20, "the texts are there");
    all.iter().flat_map(|a| all.iter().map(move |b| (a.clone(), b.clone()))).collect()
}
