//! Any bytes as the history of a bundle: another history does not verify, and reading it does not panic.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../laws.rs"]
mod laws;

fuzz_target!(|bytes: &[u8]| laws::history(bytes));
