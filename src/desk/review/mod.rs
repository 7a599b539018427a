//! What is checked and what is still open: coverage, exemptions, the gate, lists and search.

pub(super) mod bulk_changes;
pub(super) mod changed_sentences;
pub(super) mod context;
pub(super) mod coverage;
pub(super) mod coverage_cache;
pub(super) mod coverage_rules;
pub(super) mod current_rows;
pub(super) mod exemptions;
pub(super) mod gate;
pub(super) mod hand_over;
pub(super) mod judging;
pub(super) mod lists;
pub(super) mod open_items;
pub(super) mod search;
pub(super) mod sign_offs;
