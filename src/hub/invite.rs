//! Invites: the file with which somebody joins a shared desk. It holds a password that works once, so it is passed on like
//! one.

use crate::{
    messages::{Message, message, shown_in_english},
    model::Moment,
};
use serde_json::{Value, json};
use thiserror::Error;
use uuid::Uuid;

/// The number of this form of invites.
const FORM: u64 = 1;

/// A machine that the hub runs on. All of them are asked, and the one that takes writes is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// Its name or address. The certificate must be for exactly this.
    pub name: String,
    /// The port.
    pub port: u16,
}

/// How a device reaches the hub, and who it is there.
#[derive(Clone, PartialEq, Eq)]
pub struct Invite {
    /// The machines.
    pub hosts: Vec<Host>,
    /// The name of the database.
    pub database: String,
    /// The id of the shared desk.
    pub desk: Uuid,
    /// The name of the shared desk.
    pub name: String,
    /// The login.
    pub login: String,
    /// Its password.
    pub password: String,
    /// The certificate of the authority that signed the hub's, in PEM. Without one, those of the system are used.
    pub ca: Option<String>,
    /// Until when the password works; `None` once the device joined.
    pub until: Option<Moment>,
}

/// The text is no invite.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct NotAnInvite(pub Message);

impl NotAnInvite {
    /// What is said of it.
    pub fn message(&self) -> Message {
        message!("no_invite", why = self.0.clone())
    }
}

shown_in_english!(NotAnInvite);

impl std::fmt::Debug for Invite {
    /// Everything but the password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Invite({} on {:?} as {})", self.name, self.hosts, self.login)
    }
}

impl Host {
    /// Reads `NAME:PORT`, or `[ADDRESS]:PORT`; without a port it is 5432.
    pub fn parse(text: &str) -> Result<Self, NotAnInvite> {
        let bad = || NotAnInvite(message!("invite_no_host_and_port", text = text));
        let (name, port) = match text.rsplit_once(':') {
            Some((name, port)) if !name.contains(':') || name.ends_with(']') => {
                (name, port.parse().map_err(|_| bad())?)
            }
            _ => (text, 5432),
        };
        let name = name.trim_start_matches('[').trim_end_matches(']');
        let fits = |c: char| c.is_ascii_alphanumeric() || ".-_:".contains(c);
        match !name.is_empty() && name.chars().all(fits) {
            true => Ok(Self { name: name.into(), port }),
            false => Err(bad()),
        }
    }

    fn written(&self) -> String {
        let bracketed = self.name.contains(':');
        if bracketed {
            format!("[{}]:{}", self.name, self.port)
        } else {
            format!("{}:{}", self.name, self.port)
        }
    }
}

impl Invite {
    /// The text of the file.
    pub fn file(&self) -> String {
        let hosts: Vec<String> = self.hosts.iter().map(Host::written).collect();
        let value = json!({
            "tickmark-invite": FORM, "hosts": hosts, "database": self.database, "desk": self.desk.to_string(),
            "name": self.name, "login": self.login, "password": self.password, "ca": self.ca,
            "until": self.until.map(|u| u.to_string()),
        });
        format!("{value:#}\n")
    }

    /// Reads the text of the file.
    pub fn parse(text: &str) -> Result<Self, NotAnInvite> {
        let value: Value = serde_json::from_str(text).map_err(|e| NotAnInvite(Message::verbatim(e)))?;
        match value["tickmark-invite"].as_u64() {
            Some(FORM) => {}
            Some(form) => {
                return Err(NotAnInvite(message!("invite_newer", form = form)));
            }
            None => return Err(NotAnInvite(message!("invite_unmarked"))),
        }
        let hosts = value["hosts"].as_array().map(Vec::as_slice).unwrap_or_default();
        let hosts = hosts
            .iter()
            .map(|h| Host::parse(h.as_str().unwrap_or_default()))
            .collect::<Result<Vec<_>, _>>()?;
        if hosts.is_empty() {
            return Err(NotAnInvite(message!("invite_no_host")));
        }
        Ok(Self {
            hosts,
            database: text_at(&value, "database")?,
            desk: Uuid::try_parse(&text_at(&value, "desk")?)
                .map_err(|e| NotAnInvite(Message::verbatim(format!("desk: {e}"))))?,
            name: text_at(&value, "name")?,
            login: text_at(&value, "login")?,
            password: text_at(&value, "password")?,
            ca: value["ca"].as_str().map(str::to_owned),
            until: value["until"]
                .as_str()
                .map(str::parse)
                .transpose()
                .map_err(|e| NotAnInvite(Message::verbatim(format!("until: {e}"))))?,
        })
    }
}

fn text_at(value: &Value, key: &str) -> Result<String, NotAnInvite> {
    let text = value[key].as_str().filter(|t| !t.is_empty() && !t.contains('\0'));
    text.map(str::to_owned).ok_or_else(|| NotAnInvite(message!("invite_lacks", key = key)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn invite() -> Invite {
        Invite {
            hosts: vec![Host::parse("hub.example.org").unwrap(), Host::parse("[::1]:6000").unwrap()],
            database: "tickmark".into(),
            desk: Uuid::from_u128(7),
            name: "News".into(),
            login: "tm_0123456789ab".into(),
            password: "secret words".into(),
            ca: Some("-----BEGIN CERTIFICATE-----\n".into()),
            until: Some("2026-11-30T10:00:00.000Z".parse().unwrap()),
        }
    }

    #[test]
    fn an_invite_is_read_back_as_it_was_written_and_never_shows_its_password() {
        let one = invite();
        assert_eq!(Invite::parse(&one.file()), Ok(one.clone()));
        assert_eq!(one.hosts[1], Host { name: "::1".into(), port: 6000 });
        assert!(!format!("{one:?}").contains("secret"));
    }

    #[test]
    fn what_is_no_invite_is_refused_with_the_reason() {
        for (bad, why) in [
            ("{}", "does not say"),
            ("rubbish", "expected"),
            (r#"{"tickmark-invite":2}"#, "newer"),
            (r#"{"tickmark-invite":1}"#, "no host"),
            (r#"{"tickmark-invite":1,"hosts":["a b:1"]}"#, "host and port"),
        ] {
            let told = Invite::parse(bad).unwrap_err().to_string();
            assert!(told.contains(why), "{told}");
        }
    }
}
