//! Any bytes as ClaimReview: read leniently and validated, without a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../laws.rs"]
mod laws;

fuzz_target!(|bytes: &[u8]| laws::claimreview(bytes));
