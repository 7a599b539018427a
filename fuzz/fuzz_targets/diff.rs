//! Any two texts: the change from their diff turns one into the other, and its inverse turns it back.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tickmark::text::Change;

fuzz_target!(|texts: (&str, &str)| {
    let (old, new) = texts;
    let change = Change::between(old, new);
    assert_eq!(change.apply(old).as_deref(), Ok(new));
    assert_eq!(change.invert(old).apply(new).as_deref(), Ok(old));
});
