//! The one integration binary.

mod anchors;
mod architecture;
mod bundle;
mod cli;
mod desk;
mod example;
mod formats;
mod fuzzed;
mod gate;
mod hard_texts;
mod import;
mod judged;
mod kill;
mod laws;
mod mapping;
mod merges;
mod past;
mod signing;
mod support;
