//! Documents that are imported: what of them becomes text, and what else they hold.

mod mail;
mod own;
mod pages;
mod pdf;
mod pictures;
mod word;
mod word_hostile;
