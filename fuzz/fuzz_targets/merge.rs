//! Any three texts: the changes of one side alone are taken exactly, and it does not matter which side is ours.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tickmark::text::{Decision, merge};

fuzz_target!(|texts: (&str, &str, &str)| {
    let (base, ours, theirs) = texts;
    assert_eq!(merge(base, base, theirs).text().as_deref(), Some(theirs));
    assert_eq!(merge(base, ours, base).text().as_deref(), Some(ours));
    assert_eq!(merge(base, ours, ours).text().as_deref(), Some(ours));
    let (one, other) = (merge(base, ours, theirs), merge(base, theirs, ours));
    assert_eq!(one.text(), other.text());
    let all = |take: &Decision| vec![Some(take.clone()); one.conflicts().count()];
    assert_eq!(one.resolve(&all(&Decision::Ours)), other.resolve(&all(&Decision::Theirs)));
});
