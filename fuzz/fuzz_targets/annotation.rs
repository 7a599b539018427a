//! Any bytes as Web Annotations: read leniently and validated strictly, without a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../laws.rs"]
mod laws;

fuzz_target!(|bytes: &[u8]| laws::annotation(bytes));
