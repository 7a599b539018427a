//! The people who work at the desk, their keys, and the keys of other people.

pub(super) mod contacts;
pub(super) mod keys;
mod like_names;
pub(super) mod members;
