//! Zip archives: written in one fixed form, and read with distrust.
//!
//! The general zip library hides entries of one name, rewrites odd paths and lets its headers vary, so the walk over
//! the headers is ours: `header` is the fixed form, `pack` writes it, `walk` lists what an archive of anybody's holds,
//! or refuses it whole, and `strict` holds an archive of ours against the fixed form, byte for byte. Zip64, encryption
//! and archives in several parts are refused; nothing is ever unpacked onto the disk.

mod header;
mod names;
mod open;
mod pack;
mod strict;
mod walk;

pub use header::Stamp;
pub use names::same_name;
pub use open::Archive;
pub use pack::{Pack, Sums};
pub use walk::Refused;

/// The longest archive that is written or read, in bytes: 2 GiB.
pub const MOST_BYTES: u64 = 2 << 30;
/// The longest file in an archive, in bytes: 512 MiB.
pub const MOST_FILE_BYTES: u64 = 512 << 20;
/// The most files in an archive.
pub const MOST_FILES: usize = 20_000;
/// The most bytes that one deflated byte may become. Files under [`FREE_BYTES`] are not held to it.
pub const MOST_RATIO: u64 = 200;
/// Up to this length a file may be deflated as well as it can be: 1 MiB.
pub const FREE_BYTES: u64 = 1 << 20;
