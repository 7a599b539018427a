//! Bundles and bags, from the outside.

mod dossier;
mod roundtrip;
