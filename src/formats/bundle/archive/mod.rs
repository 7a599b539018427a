//! Zip archives: written in one fixed form, and read as untrusted input.
//!
//! The general zip library hides entries with the same name, rewrites odd paths and allows different headers. So we read
//! and write the headers ourselves: `header` is the fixed form, `pack` writes it, `walk` lists the entries of any archive
//! or refuses the whole archive, and `strict` compares our archives with the fixed form, byte for byte. Zip64, encryption
//! and archives in several parts are refused. Nothing is ever unpacked to the disk.

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
/// The highest compression ratio: how many bytes one deflated byte may become. Files up to [`FREE_BYTES`] are exempt.
pub const MOST_RATIO: u64 = 200;
/// Up to this length, in bytes, a file may have any compression ratio: 1 MiB.
pub const FREE_BYTES: u64 = 1 << 20;
