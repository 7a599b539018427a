//! The people who work at the desk, their keys, and the keys of other people.

pub(super) mod contacts;
pub(super) mod keys;
pub(super) mod members;
