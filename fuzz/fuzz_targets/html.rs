//! Any bytes as a web page.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../laws.rs"]
mod laws;

fuzz_target!(|bytes: &[u8]| laws::html(bytes));
