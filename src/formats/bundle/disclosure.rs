//! A disclosure: facts that a bundle withholds, with their salts, for an auditor who has the bundle.
//!
//! For a withheld fact, the bundle contains only a digest: SHA-256 over 32 random bytes (the salt) and its record. With the
//! salt and the record, the auditor can compute that digest again. No other record has the same digest. The file is JSON:
//! `{"format": "tickmark-disclosure", "version": 1, "facts": [{"id", "digest", "salt", "record", "replaces"}]}`.

use crate::{
    messages::{Message, message, shown_in_english},
    model::{ActionId, Fact, FactId, Recorded, Salt, State},
};
use serde::{Deserialize, Serialize};
use thiserror::Error;

const FORMAT: &str = "tickmark-disclosure";
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct File {
    format: String,
    version: u32,
    facts: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    id: String,
    digest: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    replaces: Vec<String>,
    salt: String,
    record: String,
}

/// The file is not a disclosure, or it was changed.
#[derive(Debug, Error)]
pub struct NotADisclosure(Message);

impl NotADisclosure {
    /// What is said of it.
    pub fn message(&self) -> Message {
        message!("disclosure_unread", why = self.0.clone())
    }
}

shown_in_english!(NotADisclosure);

/// Writes facts with their salts. Leaves out closed facts: they have no content to disclose.
pub fn write(facts: &[Recorded]) -> serde_json::Result<Vec<u8>> {
    let facts = facts.iter().filter_map(entry).collect();
    let mut out = serde_json::to_vec_pretty(&File { format: FORMAT.into(), version: VERSION, facts })?;
    out.push(b'\n');
    Ok(out)
}

fn entry(recorded: &Recorded) -> Option<Entry> {
    let State::Open(salt, fact) = &recorded.state else { return None };
    Some(Entry {
        id: recorded.id.to_string(),
        digest: recorded.digest.to_string(),
        replaces: recorded.replaces.iter().map(FactId::to_string).collect(),
        salt: salt.to_string(),
        record: String::from_utf8(fact.canonical(recorded.id, &recorded.replaces)).ok()?,
    })
}

/// Reads facts and checks each one against its digest. The caller checks whether a bundle has that digest.
pub fn read(bytes: &[u8]) -> Result<Vec<Recorded>, NotADisclosure> {
    let file: File = serde_json::from_slice(bytes)
        .map_err(|e| NotADisclosure(message!("disclosure_no_json", e = e.to_string())))?;
    if (file.format.as_str(), file.version) != (FORMAT, VERSION) {
        return Err(NotADisclosure(message!(
            "disclosure_form",
            format = file.format,
            version = file.version,
            known_format = FORMAT,
            known_version = VERSION
        )));
    }
    file.facts.into_iter().map(|f| recorded(f).map_err(NotADisclosure)).collect()
}

fn recorded(entry: Entry) -> Result<Recorded, Message> {
    let named = |why: Message| message!("disclosure_fact", fact = &entry.id, why = why);
    let unread = |why: String| named(Message::verbatim(why));
    let salt: Salt = entry.salt.parse().map_err(unread)?;
    let (id, replaces, fact) = Fact::parse(entry.record.as_bytes()).map_err(|e| named(e.message()))?;
    let digest = entry.digest.parse().map_err(unread)?;
    let recorded = Recorded {
        id,
        action: ActionId(uuid::Uuid::nil()),
        replaces,
        digest,
        state: State::Open(salt, Box::new(fact)),
    };
    let whole = recorded.is_sound() && id.to_string() == entry.id;
    whole.then_some(recorded).ok_or_else(|| named(message!("disclosure_digest")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Person, PersonId};

    fn facts() -> Vec<Recorded> {
        let person =
            Person { person: PersonId(uuid::Uuid::from_u128(7)), name: "Ana".into(), initials: "A".into() };
        let (id, action) = (FactId(uuid::Uuid::from_u128(8)), ActionId(uuid::Uuid::nil()));
        vec![Recorded::seal(id, action, Vec::new(), Salt([3; 32]), Fact::Person(person))]
    }

    #[test]
    fn what_is_disclosed_comes_back() {
        assert_eq!(read(&write(&facts()).unwrap()).unwrap(), facts());
    }

    #[test]
    fn a_changed_record_or_salt_is_refused() {
        let text = String::from_utf8(write(&facts()).unwrap()).unwrap();
        for (was, now) in [("Ana", "Eva"), ("0303", "0304"), ("tickmark-disclosure", "other"), ("{", "")] {
            assert!(read(text.replacen(was, now, 1).as_bytes()).is_err(), "{was}");
        }
    }
}
