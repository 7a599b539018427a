//! Articles from documents that are no text.

mod pdf;
