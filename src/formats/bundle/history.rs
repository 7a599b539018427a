//! `history/actions.jsonl`: every action of the log, one per line, in order, with the digests of its facts.
//!
//! Each canonical record is written as text, so any tool can compute its SHA-256. An open fact has its salt and its
//! record. A closed fact, and every fact of an undone action, has only its digest, its id and the ids of facts it replaces.

use crate::{
    messages::{Message, message},
    model::{Action, Digest, Fact, FactId, Logged, Recorded, Salt, State},
};
use serde::{Deserialize, Serialize};
use std::io::{self, BufRead, Read, Write};

/// The longest line that is read, in bytes: 64 MiB.
const MOST_LINE: u64 = 64 << 20;

/// One action as a line of the file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    action: String,
    digest: String,
    live: bool,
    facts: Vec<FactLine>,
}

/// One fact in such a line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FactLine {
    id: String,
    digest: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    replaces: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    salt: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
}

/// Writes the log.
pub(super) fn write(log: &[Logged], out: &mut dyn Write) -> io::Result<()> {
    for logged in log {
        serde_json::to_writer(&mut *out, &line(logged))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn line(logged: &Logged) -> Line {
    Line {
        action: text(logged.action.canonical()),
        digest: logged.action.digest().to_string(),
        live: logged.live,
        facts: logged.facts.iter().map(|f| fact_line(f, logged.live)).collect(),
    }
}

fn fact_line(recorded: &Recorded, live: bool) -> FactLine {
    let open = match &recorded.state {
        State::Open(salt, fact) if live => Some((salt, fact)),
        State::Open(..) | State::Closed => None,
    };
    FactLine {
        id: recorded.id.to_string(),
        digest: recorded.digest.to_string(),
        replaces: recorded.replaces.iter().map(FactId::to_string).collect(),
        salt: open.map(|(salt, _)| salt.to_string()),
        body: open.map(|(_, fact)| text(fact.canonical(recorded.id, &recorded.replaces))),
    }
}

/// Canonical bytes as text; they are always UTF-8.
fn text(canonical: Vec<u8>) -> String {
    String::from_utf8(canonical).unwrap_or_default()
}

/// Reads the log and checks every digest. The error is the number of the line, from 1, and what is wrong.
pub(super) fn read(from: impl Read) -> Result<Vec<Logged>, (usize, Message)> {
    let (mut from, mut log) = (io::BufReader::new(from), Vec::new());
    loop {
        let at = log.len() + 1;
        match next(&mut from).map_err(|e| (at, e))? {
            Some(line) => log.push(logged(line).map_err(|e| (at, e))?),
            None => return Ok(log),
        }
    }
}

fn next(from: &mut impl BufRead) -> Result<Option<Line>, Message> {
    let mut line = Vec::new();
    from.take(MOST_LINE).read_until(b'\n', &mut line).map_err(Message::verbatim)?;
    match line.strip_suffix(b"\n") {
        Some(json) => {
            serde_json::from_slice(json).map(Some).map_err(|e| message!("history_unread", e = e.to_string()))
        }
        None if line.is_empty() => Ok(None),
        None => Err(message!("history_breaks_off")),
    }
}

fn logged(line: Line) -> Result<Logged, Message> {
    let action = Action::parse(line.action.as_bytes())
        .map_err(|e| message!("history_action_unread", e = e.message()))?;
    if action.canonical() != line.action.as_bytes() {
        return Err(message!("history_action_form"));
    }
    if action.digest().to_string() != line.digest {
        return Err(message!("history_action_digest"));
    }
    if !action.facts.iter().map(Digest::to_string).eq(line.facts.iter().map(|f| f.digest.clone())) {
        return Err(message!("history_facts"));
    }
    let facts = line.facts.into_iter().map(|f| recorded(f, &action, line.live));
    let facts = facts.collect::<Result<_, _>>()?;
    Ok(Logged { action, live: line.live, facts })
}

fn recorded(line: FactLine, action: &Action, live: bool) -> Result<Recorded, Message> {
    let id: FactId = line.id.parse().map_err(|_| message!("history_no_id", id = &line.id))?;
    let replaces = line.replaces.iter().map(|r| r.parse().map_err(|_| message!("history_no_id", id = r)));
    let replaces = replaces.collect::<Result<Vec<FactId>, _>>()?;
    let digest = line.digest.parse().map_err(|e: String| Message::verbatim(e))?;
    let state = match (line.salt, line.body) {
        (None, None) => State::Closed,
        (Some(_), Some(_)) if !live => return Err(message!("history_fact_open", id = id.to_string())),
        (Some(salt), Some(body)) => open(id, &replaces, &salt, &body)?,
        (Some(_), None) | (None, Some(_)) => return Err(message!("history_fact_half", id = id.to_string())),
    };
    let recorded = Recorded { id, action: action.id, replaces, digest, state };
    recorded
        .is_sound()
        .then_some(recorded)
        .ok_or_else(|| message!("history_fact_digest", id = id.to_string()))
}

fn open(id: FactId, replaces: &[FactId], salt: &str, body: &str) -> Result<State, Message> {
    let salt: Salt =
        salt.parse().map_err(|e: String| message!("history_fact_salt", id = id.to_string(), e = e))?;
    let (own, replaced, fact) = Fact::parse(body.as_bytes())
        .map_err(|e| message!("history_fact_unread", id = id.to_string(), e = e.message()))?;
    if own != id || replaced != replaces || fact.canonical(id, replaces) != body.as_bytes() {
        return Err(message!("history_fact_form", id = id.to_string()));
    }
    Ok(State::Open(salt, Box::new(fact)))
}
