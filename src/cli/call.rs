//! `call`: the window's own command table, for scripts. One JSON request a line in, one answer a line out.

use super::{
    At,
    output::{Failure, Output},
    shown,
};
use crate::wire::{Session, WireError};
use serde_json::{Value, json};
use std::io::{BufRead, Write};

/// Answers `{"id"?, "command", "request"?}` with `{"id"?, "answer"}` or `{"id"?, "error"}`, line by line, until the
/// input ends. A line that cannot be read is answered with an error too.
pub fn call(at: &At) -> Result<Output, Failure> {
    drop(at.open_or_create()?);
    let desk = at.desk.take().ok_or_else(|| Failure("the desk is not open".into()))?;
    let session = Session::over(desk);
    let (input, mut out) = (std::io::stdin().lock(), std::io::stdout().lock());
    for line in input.split(b'\n') {
        let line = line.map_err(|e| Failure(format!("reading the requests failed: {e}")))?;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let answer = answer(&session, &line);
        writeln!(out, "{}", shown::json(&answer))
            .and_then(|()| out.flush())
            .map_err(|e| Failure(format!("writing an answer failed: {e}")))?;
    }
    // Where it fails, everything stays as it is, and the next one that writes tries again.
    let _ = session.rest_briefly();
    Ok(Output::raw(String::new()))
}

fn answer(session: &Session, line: &[u8]) -> Value {
    let (id, result) = match serde_json::from_slice::<Value>(line) {
        Err(e) => (Value::Null, Err(WireError::request("call", e))),
        Ok(asked) if !asked["command"].is_string() => {
            let why = "a request is {\"command\": NAME, \"request\": {...}} and may have an \"id\"; this one names no command";
            (asked["id"].clone(), Err(WireError::new("wrong_request", why)))
        }
        Ok(asked) => {
            let name = asked["command"].as_str().unwrap_or_default().to_owned();
            (asked["id"].clone(), session.call(&name, asked["request"].clone()))
        }
    };
    match result {
        Ok(answer) => json!({ "id": id, "answer": answer }),
        Err(error) => json!({ "id": id, "error": error }),
    }
}
