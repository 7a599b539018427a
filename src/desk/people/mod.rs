//! Who works at the desk, the keys they sign with, and whose keys the desk knows.

pub(super) mod contacts;
pub(super) mod keys;
pub(super) mod members;
