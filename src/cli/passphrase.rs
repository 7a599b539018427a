//! Reads a passphrase from the named file, the environment, or the terminal, which does not show it. A key without a passphrase
//! needs none of them.

use super::{
    args::PassphraseFrom,
    display::{escaped, one_line},
    output::Failure,
};
use crate::desk::{self, Desk};
use std::{
    io::{BufRead, IsTerminal, Read},
    path::Path,
};
use zeroize::Zeroizing;

/// The environment variable with the passphrase of the user's key.
const VARIABLE: &str = "TICKMARK_PASSPHRASE";
/// Other ways to give the current passphrase, and a new one, as the error names them.
const OF_KEY: &str = "name a file that holds it with --passphrase-file FILE (- for standard input), or set TICKMARK_PASSPHRASE";
const NEW: &str = "name a file that holds it with --new-passphrase-file FILE (- for standard input)";
/// The longest line that is read as a passphrase, in bytes.
const LONGEST: u64 = 4096;

/// A passphrase. Its memory is wiped after use.
pub type Passphrase = Zeroizing<String>;

/// Unlocks the key of the person who works, if it has a passphrase.
pub fn unlock(desk: &Desk, from: &PassphraseFrom) -> Result<(), Failure> {
    if !desk.needs_passphrase()? {
        return Ok(());
    }
    Ok(desk.unlock(&current(desk, from)?)?)
}

/// The current passphrase of the key.
pub fn current(desk: &Desk, from: &PassphraseFrom) -> Result<Passphrase, Failure> {
    match given(from)? {
        Some(given) => Ok(given),
        None => ask(&format!("Passphrase of the key of {}: ", escaped(&one_line(&name(desk)?))), OF_KEY),
    }
}

/// The first passphrase of a key without one: the one given without a terminal, else a new one from the terminal.
pub fn first(desk: &Desk, from: &PassphraseFrom) -> Result<Passphrase, Failure> {
    match given(from)? {
        Some(given) => Ok(given),
        None => chosen(desk),
    }
}

/// A new passphrase from the terminal, typed twice.
pub fn chosen(desk: &Desk) -> Result<Passphrase, Failure> {
    let new = ask(&format!("New passphrase for the key of {}: ", escaped(&one_line(&name(desk)?))), NEW)?;
    match new == ask("Repeat the passphrase: ", NEW)? {
        true => Ok(new),
        false => Err(Failure("the two passphrases are not the same; nothing was changed, try again".into())),
    }
}

/// The first line of a file; for `-` the next line of standard input.
pub fn read(file: &str) -> Result<Passphrase, Failure> {
    let failed = |why: String| Failure(format!("the passphrase could not be read from '{file}': {why}"));
    let text = match file {
        "-" => next_line().map_err(|e| failed(e.to_string()))?,
        path => desk::read_small(Path::new(path))?.ok_or_else(|| failed("there is no such file".into()))?,
    };
    let text = Zeroizing::new(text);
    match text.lines().next() {
        Some(line) if !line.is_empty() => Ok(Zeroizing::new(line.to_owned())),
        _ => Err(failed("its first line is empty".into())),
    }
}

fn next_line() -> std::io::Result<String> {
    let mut line = String::new();
    std::io::stdin().lock().take(LONGEST).read_line(&mut line)?;
    Ok(line)
}

/// The passphrase from the named file, else from the environment.
fn given(from: &PassphraseFrom) -> Result<Option<Passphrase>, Failure> {
    let named = || std::env::var(VARIABLE).ok().filter(|p| !p.is_empty()).map(Zeroizing::new);
    from.passphrase_file.as_deref().map_or_else(|| Ok(named()), |file| read(file).map(Some))
}

fn ask(prompt: &str, other_ways: &str) -> Result<Passphrase, Failure> {
    if !std::io::stdin().is_terminal() {
        let what = prompt.trim_end_matches(": ");
        return Err(Failure(format!(
            "a passphrase is needed and there is no terminal to ask for it ({what}); {other_ways}. Nothing was written"
        )));
    }
    rpassword::prompt_password(prompt)
        .map(Zeroizing::new)
        .map_err(|e| Failure(format!("the passphrase could not be read from the terminal: {e}")))
}

fn name(desk: &Desk) -> Result<String, Failure> {
    Ok(desk.me()?.map(|me| me.name).unwrap_or_default())
}
