//! Any bytes as the claims of a bundle: other claims do not verify, and reading them does not panic.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../laws.rs"]
mod laws;

fuzz_target!(|bytes: &[u8]| laws::claims(bytes));
