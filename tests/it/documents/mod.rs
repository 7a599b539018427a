//! Articles from documents that are no text.

mod pages;
mod pdf;
