//! Any two texts: the change read off their diff makes the one of the other, and its inverse leads back.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tickmark::text::Change;

fuzz_target!(|texts: (&str, &str)| {
    let (old, new) = texts;
    let change = Change::between(old, new);
    assert_eq!(change.apply(old).as_deref(), Ok(new));
    assert_eq!(change.invert(old).apply(new).as_deref(), Ok(old));
});
