//! `desk`.

use clap::{Args, Subcommand};

#[derive(Args)]
pub struct DeskArgs {
    #[command(subcommand)]
    pub what: DeskWhat,
}

#[derive(Subcommand)]
pub enum DeskWhat {
    /// Print where the desk file, its folder of files, its keys and its backups are
    Where,
}
