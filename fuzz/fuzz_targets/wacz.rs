//! Any bytes as a WACZ, as the list of its files and as the list of its pages.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../laws.rs"]
mod laws;

fuzz_target!(|bytes: &[u8]| laws::wacz(bytes));
