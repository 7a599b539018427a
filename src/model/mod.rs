//! Plain types (being built).
