//! `hub` and `sync`.

use super::articles::Take;
use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Args)]
pub struct VersionsArgs {
    /// The article: its number or id
    #[arg(value_name = "A")]
    pub article: String,
    /// Merge the newest version with this one
    #[arg(long, value_name = "N")]
    pub with: Option<String>,
    /// Which words to keep where both changed the same sentence: ours (the newest version's) or theirs
    #[arg(long, value_name = "SIDE", requires = "with")]
    pub take: Option<Take>,
}

#[derive(Args)]
pub struct HubArgs {
    #[command(subcommand)]
    pub what: HubWhat,
}

/// Where a database is, for its administrator.
#[derive(Args)]
pub struct HostingArgs {
    /// The address of the database, as psql takes it: postgresql://postgres@HOST/DATABASE
    #[arg(long, value_name = "URL")]
    pub url: String,
    /// The certificate of the authority that signed the hub's, in PEM
    #[arg(long, value_name = "PEM")]
    pub ca: Option<PathBuf>,
}

#[derive(Subcommand)]
pub enum HubWhat {
    /// Prepare a PostgreSQL database for a shared desk and write the invite of its chief; for the database's administrator
    Init {
        /// The address of the database, as psql takes it: postgresql://postgres@HOST/DATABASE
        #[arg(long, value_name = "URL")]
        url: String,
        /// The name of the shared desk
        #[arg(long, value_name = "NAME")]
        name: String,
        /// The name of its chief
        #[arg(long, value_name = "NAME")]
        chief: String,
        /// The machines of the hub as members reach them, separated by commas: HOST:PORT,…
        #[arg(long, value_name = "HOSTS", value_delimiter = ',', required = true)]
        at: Vec<String>,
        /// The certificate of the authority that signed the hub's, in PEM; without it those of the system are used
        #[arg(long, value_name = "PEM")]
        ca: Option<PathBuf>,
        /// The file to write the invite to; only you may read it
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// Join a shared desk with an invite; the desk must be empty, unless you found the shared desk with it
    Join {
        /// The invite
        file: PathBuf,
        /// What this device is called in the list of members
        #[arg(long, value_name = "NAME", default_value = "command line")]
        label: String,
        /// Bring in the articles of this older desk, with their histories
        #[arg(long, value_name = "DESK")]
        with: Option<PathBuf>,
    },
    /// Invite somebody, or another device of a member, and write the invite; for the chief
    Invite {
        /// Who is invited
        name: String,
        /// What they may record: reader, reporter, checker or chief
        #[arg(long, value_name = "ROLE", default_value = "checker")]
        role: String,
        /// The file to write the invite to; only you may read it
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// List the members and their devices
    Members,
    /// Give a member another role; for the chief
    Role {
        /// The member: name or login
        member: String,
        /// reader, reporter, checker or chief
        role: String,
    },
    /// Remove a member; what they recorded stays; for the chief
    Remove {
        /// The member: name or login
        member: String,
        /// Hand what is assigned to them over to this person: name or initials
        #[arg(long, value_name = "WHO")]
        hand_over_to: Option<String>,
    },
    /// Revoke a device that was lost; for the chief
    Revoke {
        /// The device's id, from 'hub members'
        device: String,
    },
    /// After a backup of the hub was restored: let every member send again; with --done, end that; for the chief
    Recover {
        /// End it
        #[arg(long)]
        done: bool,
    },
    /// Leave the shared desk; everything stays in this desk, which is your own again
    Leave {
        /// Leave also where files are only on the shared desk; they are missing here afterwards
        #[arg(long)]
        without_files: bool,
    },
    /// List what others recorded that concerns you since you last looked
    News {
        /// Mark all of it as seen
        #[arg(long)]
        seen: bool,
    },
    /// Show how this desk stands to the shared desk, without asking the hub
    Status {
        /// List the shared desks of the database at this address, with their sizes; for its administrator
        #[arg(long, value_name = "URL")]
        url: Option<String>,
        /// The certificate of the authority that signed the hub's, in PEM
        #[arg(long, value_name = "PEM", requires = "url")]
        ca: Option<PathBuf>,
    },
    /// Close a shared desk: members read it as before, and nothing that they record is sent any more; for the administrator
    Close {
        /// The shared desk: name or id
        name: String,
        #[command(flatten)]
        at: HostingArgs,
    },
    /// Open a closed shared desk again; for the administrator
    Open {
        /// The shared desk: name or id
        name: String,
        #[command(flatten)]
        at: HostingArgs,
    },
    /// Delete a closed shared desk and the logins of its members; members keep their desk files; for the administrator
    Delete {
        /// The shared desk: name or id
        name: String,
        /// The name of the shared desk once more, so that nobody is asked to type it
        #[arg(long, value_name = "NAME")]
        yes: Option<String>,
        #[command(flatten)]
        at: HostingArgs,
    },
    /// Compare this desk with the hub. Exit 1 if something differs
    Check,
}
