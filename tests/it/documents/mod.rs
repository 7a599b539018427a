//! Articles from documents that are no text.

mod mail;
mod pdf;
