//! Any edit: a claim is carried to whole characters of the new text, or is orphaned.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tickmark::{anchor::carry, text::Span};

fuzz_target!(|input: (&str, &str, u16, u16)| {
    let (old, new, from, to) = input;
    let floor = |at: u16| {
        let at = usize::from(at).min(old.len());
        (0..=at).rev().find(|&b| old.is_char_boundary(b)).unwrap_or(0)
    };
    let claim = Span::at(floor(from.min(to)), floor(from.max(to)));
    if claim.is_empty() {
        return;
    }
    for placed in carry(old, new, None, &[vec![claim]]) {
        assert!(placed.spans.iter().all(|s| !s.is_empty() && s.of(new).is_some()), "{:?}", placed.spans);
    }
});
