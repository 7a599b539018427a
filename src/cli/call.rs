//! `call`: the window's own command table, for scripts. It reads one JSON request per line and writes one answer per line.

use super::{
    Context, display,
    output::{Failure, Output},
};
use crate::{
    messages::message,
    wire::{ErrorCode, Session, WireError},
};
use serde_json::{Value, json};
use std::io::{BufRead, Write};

/// Answers `{"id"?, "command", "request"?}` with `{"id"?, "answer"}` or `{"id"?, "error"}`, line by line, until the
/// input ends. A line that is not a request gets an error as its answer.
pub fn call(context: &Context) -> Result<Output, Failure> {
    drop(context.open_or_create()?);
    let desk = context.desk.take().ok_or_else(|| Failure("the desk is not open".into()))?;
    let session = Session::over(desk);
    let (input, mut out) = (std::io::stdin().lock(), std::io::stdout().lock());
    for line in input.split(b'\n') {
        let line = line.map_err(|e| Failure(format!("reading the requests failed: {e}")))?;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let answer = answer(&session, &line);
        writeln!(out, "{}", display::json_line(&answer))
            .and_then(|()| out.flush())
            .map_err(|e| Failure(format!("writing an answer failed: {e}")))?;
    }
    // If this fails, nothing changes, and the next command that writes tries again.
    let _ = session.rest_briefly();
    Ok(Output::raw(String::new()))
}

fn answer(session: &Session, line: &[u8]) -> Value {
    let (id, result) = match serde_json::from_slice::<Value>(line) {
        Err(e) => (Value::Null, Err(WireError::request("call", e))),
        Ok(request) if !request["command"].is_string() => {
            let why = message!("wire_no_name");
            (request["id"].clone(), Err(WireError::new(ErrorCode::WrongRequest, why)))
        }
        Ok(request) => {
            let name = request["command"].as_str().unwrap_or_default().to_owned();
            (request["id"].clone(), session.call(&name, request["request"].clone()))
        }
    };
    match result {
        Ok(answer) => json!({ "id": id, "answer": answer }),
        Err(error) => json!({ "id": id, "error": error }),
    }
}
