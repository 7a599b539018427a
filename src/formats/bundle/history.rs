//! `history/actions.jsonl`: every action of the log, one per line, in order, with the digests of its facts.
//!
//! Each canonical record is written as text, so any tool can compute its SHA-256. An open fact has its salt and its
//! record. A closed fact, and every fact of an undone action, has only its digest, its id and the ids of facts it replaces.

use crate::model::{Action, Digest, Fact, FactId, Logged, Recorded, Salt, State};
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
pub(super) fn read(from: impl Read) -> Result<Vec<Logged>, (usize, String)> {
    let (mut from, mut log) = (io::BufReader::new(from), Vec::new());
    loop {
        let at = log.len() + 1;
        match next(&mut from).map_err(|e| (at, e))? {
            Some(line) => log.push(logged(line).map_err(|e| (at, e))?),
            None => return Ok(log),
        }
    }
}

fn next(from: &mut impl BufRead) -> Result<Option<Line>, String> {
    let mut line = Vec::new();
    from.take(MOST_LINE).read_until(b'\n', &mut line).map_err(|e| e.to_string())?;
    match line.strip_suffix(b"\n") {
        Some(json) => serde_json::from_slice(json).map(Some).map_err(|e| format!("it cannot be read: {e}")),
        None if line.is_empty() => Ok(None),
        None => Err("the line breaks off or is too long".into()),
    }
}

fn logged(line: Line) -> Result<Logged, String> {
    let action =
        Action::parse(line.action.as_bytes()).map_err(|e| format!("its action cannot be read: {e}"))?;
    if action.canonical() != line.action.as_bytes() {
        return Err("its action is not in the canonical form".into());
    }
    if action.digest().to_string() != line.digest {
        return Err("its action does not match its digest".into());
    }
    if !action.facts.iter().map(Digest::to_string).eq(line.facts.iter().map(|f| f.digest.clone())) {
        return Err("its facts are not those its action names".into());
    }
    let facts = line.facts.into_iter().map(|f| recorded(f, &action, line.live));
    let facts = facts.collect::<Result<_, _>>()?;
    Ok(Logged { action, live: line.live, facts })
}

fn recorded(line: FactLine, action: &Action, live: bool) -> Result<Recorded, String> {
    let id: FactId = line.id.parse().map_err(|_| format!("'{}' is not the id of a fact", line.id))?;
    let replaces =
        line.replaces.iter().map(|r| r.parse().map_err(|_| format!("'{r}' is not the id of a fact")));
    let replaces = replaces.collect::<Result<Vec<FactId>, _>>()?;
    let digest = line.digest.parse()?;
    let state = match (line.salt, line.body) {
        (None, None) => State::Closed,
        (Some(_), Some(_)) if !live => return Err(format!("the fact {id} was undone and yet stands open")),
        (Some(salt), Some(body)) => open(id, &replaces, &salt, &body)?,
        (Some(_), None) | (None, Some(_)) => return Err(format!("the fact {id} is half closed")),
    };
    let recorded = Recorded { id, action: action.id, replaces, digest, state };
    recorded.is_sound().then_some(recorded).ok_or_else(|| format!("the fact {id} does not match its digest"))
}

fn open(id: FactId, replaces: &[FactId], salt: &str, body: &str) -> Result<State, String> {
    let salt: Salt = salt.parse().map_err(|e: String| format!("the salt of the fact {id}: {e}"))?;
    let (own, replaced, fact) =
        Fact::parse(body.as_bytes()).map_err(|e| format!("the fact {id} cannot be read: {e}"))?;
    if own != id || replaced != replaces || fact.canonical(id, replaces) != body.as_bytes() {
        return Err(format!("the fact {id} is not in the canonical form"));
    }
    Ok(State::Open(salt, Box::new(fact)))
}
