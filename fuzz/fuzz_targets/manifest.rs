//! Any bytes as the manifest of a bag: without the right digest the bag is not valid.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../laws.rs"]
mod laws;

fuzz_target!(|bytes: &[u8]| laws::manifest(bytes));
