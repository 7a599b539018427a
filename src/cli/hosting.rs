//! `hub init`, `hub status --url`, `hub close`, `hub open` and `hub delete`: what the administrator of a database does.

use super::{
    display::{counted, escaped, one_line},
    output::{Failure, Output},
};
use crate::desk::{self, Clock, SystemClock, new_password, read_certificate};
use crate::hub::{self, Founding, Host, HostedDesk, Invite, UNNAMED_DAYS};
use serde_json::json;
use std::{
    io::{BufRead, IsTerminal, Read},
    path::Path,
};
use uuid::Uuid;

/// The longest name that is typed to delete a shared desk, in bytes.
const LONGEST: u64 = 4096;

/// A database as its administrator reaches it.
pub struct Hosting {
    url: String,
    ca: Option<String>,
}

impl Hosting {
    /// The database at this address, with the certificate of its authority in a file.
    pub fn new(url: String, ca: Option<&Path>) -> Result<Self, Failure> {
        Ok(Self { url, ca: ca.map(read_certificate).transpose()? })
    }

    fn desks(&self) -> Result<(Vec<HostedDesk>, i64), Failure> {
        Ok(hub::hosted_desks(&self.url, self.ca.as_deref())?)
    }

    /// The shared desk of that name or id.
    fn desk(&self, named: &str) -> Result<HostedDesk, Failure> {
        let mut fits = self.desks()?.0;
        fits.retain(|d| d.name == named || d.desk.to_string() == named);
        match fits.len() {
            1 => Ok(fits.remove(0)),
            0 => Err(Failure(format!(
                "the database has no shared desk '{named}'; 'hub status --url' lists them"
            ))),
            _ => {
                let ids: Vec<String> =
                    fits.iter().map(|d| format!("{} ({})", d.desk, counted(d.entries, "entry"))).collect();
                Err(Failure(format!(
                    "the database has several shared desks '{named}'; give the id instead: {}",
                    ids.join(", ")
                )))
            }
        }
    }
}

/// `hub init`
pub fn init(
    url: &str,
    (name, chief): (String, String),
    at: &[String],
    ca: Option<&Path>,
    to: &Path,
) -> Result<Output, Failure> {
    desk::refuse_taken(to)?;
    let hosts = at.iter().map(|h| Host::parse(h)).collect::<Result<Vec<_>, _>>().map_err(failed)?;
    let ca = ca.map(read_certificate).transpose()?;
    let database = hub::database_in(url)?;
    let founding =
        Founding { desk: fresh(), name, chief, password: new_password(&SystemClock), hosts, database, ca };
    let invite = hub::init(url, &founding)?;
    desk::write_invite(&invite, to)?;
    Ok(invited(&invite, to))
}

/// `hub status --url`
pub fn status(at: &Hosting) -> Result<Output, Failure> {
    let (desks, size) = at.desks()?;
    let json_of = |d: &HostedDesk| {
        json!({
            "desk": d.desk.to_string(), "name": d.name, "state": d.state, "head": d.entries, "bytes": d.used,
            "quota": d.quota, "unnamed": d.unnamed, "members": d.members, "devices": d.devices,
        })
    };
    let line_of = |d: &HostedDesk| {
        let unnamed = d.unnamed.filter(|n| *n > 0).map(|n| format!("  {}\n", not_named(n as u64)));
        format!(
            "{}: {}, {}, {} with {}, {} of {} MB of texts and files\n{}",
            one_line(&d.name),
            d.state,
            counted(d.entries, "entry"),
            counted(d.members, "member"),
            counted(d.devices, "device"),
            d.used >> 20,
            d.quota >> 20,
            unnamed.unwrap_or_default()
        )
    };
    let text: String = desks.iter().map(line_of).collect();
    let json = json!({ "database_bytes": size, "desks": desks.iter().map(json_of).collect::<Vec<_>>() });
    Ok(Output::new(json, format!("{text}The database has {} MB\n", size >> 20)))
}

/// `hub close`
pub fn close(at: &Hosting, named: &str) -> Result<Output, Failure> {
    let desk = at.desk(named)?;
    hub::close_desk(&at.url, at.ca.as_deref(), desk.desk)?;
    let text = format!(
        "{} is closed. Members read it as before, and nothing that they record is sent any more. 'hub open' takes that back.",
        one_line(&desk.name)
    );
    Ok(Output::new(json!({ "desk": desk.desk.to_string(), "name": desk.name, "state": "closed" }), text))
}

/// `hub open`
pub fn open(at: &Hosting, named: &str) -> Result<Output, Failure> {
    let id = at.desk(named)?.desk;
    hub::open_desk(&at.url, at.ca.as_deref(), id)?;
    let (id, desk) = (id.to_string(), at.desk(&id.to_string())?);
    let text =
        format!("{} is {}. What waits on the members' desks is sent now.", one_line(&desk.name), desk.state);
    Ok(Output::new(json!({ "desk": id, "name": desk.name, "state": desk.state }), text))
}

/// `hub delete`
pub fn delete(at: &Hosting, named: &str, yes: Option<&str>) -> Result<Output, Failure> {
    let desk = at.desk(named)?;
    if desk.state != "closed" {
        return Err(Failure(format!(
            "'{}' is not closed, and only a closed desk is deleted: 'hub close' it, give the members time to sync and to fetch \
             their files, then delete it",
            desk.name
        )));
    }
    let typed = yes.map_or_else(|| typed(&desk), |yes| Ok(yes.to_owned()))?;
    if typed != desk.name {
        return Err(Failure(format!(
            "'{typed}' is not the name of the shared desk, '{}'; nothing was deleted",
            desk.name
        )));
    }
    hub::delete_desk(&at.url, at.ca.as_deref(), desk.desk)?;
    let json = json!({
        "deleted": desk.desk.to_string(), "name": desk.name, "head": desk.entries, "bytes": desk.used,
        "members": desk.members, "devices": desk.devices,
    });
    Ok(Output::new(json, format!("{} is deleted: {}", one_line(&desk.name), what_goes(&desk))))
}

/// What is lost with a shared desk, and what is not.
fn what_goes(desk: &HostedDesk) -> String {
    format!(
        "{} entries, {} bytes of texts and files, and the logins of {} members with {} devices. Members keep their desk files with \
         all that these received. Files that nobody fetched are lost, and backups of the database keep everything until you remove them.",
        desk.entries, desk.used, desk.members, desk.devices
    )
}

/// The name that is typed to delete the desk.
fn typed(desk: &HostedDesk) -> Result<String, Failure> {
    let failed = |why: &dyn ToString| {
        Failure(format!(
            "the name was not typed: {}; repeat it with --yes NAME. Nothing was deleted",
            why.to_string()
        ))
    };
    if !std::io::stdin().is_terminal() {
        return Err(failed(&"there is no terminal to ask for it"));
    }
    let name = one_line(&desk.name);
    let name = escaped(&name);
    eprint!(
        "This deletes {name} for ever: {}\nType the name of the shared desk to delete it: ",
        what_goes(desk)
    );
    let mut line = String::new();
    std::io::stdin().lock().take(LONGEST).read_line(&mut line).map_err(|e| failed(&e))?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// An invite that was written.
pub fn invited(invite: &Invite, to: &Path) -> Output {
    let text =
        format!("The invite is in {}. It works once, for 7 days; pass it on like a password.", to.display());
    Output::new(json!({ "invite": to.display().to_string(), "login": invite.login }), text)
}

/// What is said of bytes that no entry names.
pub fn not_named(bytes: u64) -> String {
    format!(
        "{bytes} bytes of the texts and files belong to no entry yet; they go when nobody has sent more of them for {} days",
        UNNAMED_DAYS
    )
}

fn fresh() -> Uuid {
    let mut random = [0; 16];
    SystemClock.random(&mut random);
    uuid::Builder::from_random_bytes(random).into_uuid()
}

fn failed(why: hub::NotAnInvite) -> Failure {
    Failure(why.to_string())
}
