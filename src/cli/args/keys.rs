//! `key` and `contact`, and where a passphrase comes from.

use clap::{Args, Subcommand};
use std::path::PathBuf;

/// Where the passphrase of one's key comes from, where it has one.
#[derive(Args)]
pub struct PassphraseFrom {
    /// The file whose first line is the passphrase of your key, - for standard input; without it TICKMARK_PASSPHRASE is
    /// taken, else it is asked for at the terminal
    #[arg(long, value_name = "FILE", global = true)]
    pub passphrase_file: Option<String>,
}

#[derive(Args)]
pub struct KeyArgs {
    #[command(subcommand)]
    pub what: Option<KeyWhat>,
    /// Write it to a file in minisign's form
    #[arg(long, value_name = "FILE")]
    pub export: Option<PathBuf>,
    /// Replace an existing file
    #[arg(long, requires = "export")]
    pub force: bool,
    #[command(flatten)]
    pub passphrase: PassphraseFrom,
}

#[derive(Subcommand)]
pub enum KeyWhat {
    /// Set, change or remove the passphrase of your key; a key that has none gets the one that is given for it
    Passphrase {
        /// The file whose first line is the new passphrase, - for standard input; else it is asked for
        #[arg(long, value_name = "FILE")]
        new_passphrase_file: Option<String>,
        /// Remove it: whoever can read your files can sign as you
        #[arg(long, conflicts_with = "new_passphrase_file")]
        remove: bool,
    },
}

#[derive(Args)]
pub struct Contact {
    #[command(subcommand)]
    pub what: ContactWhat,
}

#[derive(Subcommand)]
pub enum ContactWhat {
    /// Add a public key with its owner's name
    Add {
        /// The owner of the key
        name: String,
        /// The key, or a file that holds it
        key: String,
    },
    /// List the contacts
    List,
    /// Remove a contact
    Remove {
        /// The name, or the key's id
        named: String,
    },
}
