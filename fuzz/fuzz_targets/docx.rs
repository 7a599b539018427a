//! Any bytes as a Word file, and as the parts of one: read without a panic, and its changes lead from one text to the other.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../laws.rs"]
mod laws;

fuzz_target!(|bytes: &[u8]| laws::docx(bytes));
