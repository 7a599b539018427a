//! Asks once before something that cannot be taken back. Only a person at a terminal is asked: a script goes on as it is.

use super::{
    display::{escaped, one_line},
    output::Failure,
};
use std::io::{IsTerminal, Write, stderr, stdin};

/// Fails if a person at the terminal does not agree. `lost` says what is lost and for whom, in lines; `question` ends with `?`.
/// Nobody is asked if `yes` was given, or if standard input or standard error is no terminal.
pub fn confirm(yes: bool, lost: &[String], question: &str) -> Result<(), Failure> {
    if yes || !stdin().is_terminal() || !stderr().is_terminal() {
        return Ok(());
    }
    lost.iter().for_each(|line| eprintln!("{}", escaped(&one_line(line))));
    eprint!("{question} [y/N] ");
    let _ = stderr().flush();
    let mut answer = String::new();
    stdin()
        .read_line(&mut answer)
        .map_err(|e| Failure(format!("the answer could not be read from the terminal: {e}")))?;
    match answer.trim().to_lowercase().as_str() {
        "y" | "yes" => Ok(()),
        _ => Err(Failure("not confirmed with y; nothing was changed".into())),
    }
}
