//! Any bytes as a zip archive: refused, or listed within the limits.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../laws.rs"]
mod laws;

fuzz_target!(|bytes: &[u8]| laws::zip(bytes));
