//! The one integration binary.

mod anchors;
mod architecture;
mod bundle;
mod cli;
mod corrections;
mod current;
mod desk;
mod disclosures;
mod example;
mod forgeries;
mod formats;
mod fuzzed;
mod gate;
mod golden;
mod hard_texts;
mod import;
mod joins;
mod judged;
mod kill;
mod laws;
mod mapping;
mod merges;
mod past;
mod signing;
mod support;
mod typing;
