//! Tickmark's core: an article's text stays editable, every statement in it can be
//! marked as a claim, and a verdict holds only for the exact words it was given on.
//!
//! Imports go down only: `cli` and the desktop shell on top, then `wire`, then `desk`,
//! the only caller of `store`, `anchor`, `formats` and `files`, then `model`, then `text`.
//! ARCHITECTURE.md has the map and lists what each part leaves out on purpose.

pub mod anchor;
pub mod cli;
pub mod desk;
pub mod files;
pub mod formats;
pub mod hub;
pub mod messages;
pub mod model;
pub mod store;
pub mod text;
pub mod wire;
