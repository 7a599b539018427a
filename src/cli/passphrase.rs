//! Where a passphrase comes from: the file that was named, the environment, or the terminal, which shows nothing of it.
//! Nothing is asked where the key has none.

use super::{
    args::PassphraseFrom,
    output::Failure,
    shown::{one_line, shown},
};
use crate::desk::{self, Desk};
use std::{
    io::{BufRead, IsTerminal, Read},
    path::Path,
};
use zeroize::Zeroizing;

/// The variable that holds the passphrase of one's key.
const VARIABLE: &str = "TICKMARK_PASSPHRASE";
/// What is said of other ways to give the passphrase a key has, and of those to give a new one.
const OF_KEY: &str = "name a file that holds it with --passphrase-file FILE (- for standard input), or set TICKMARK_PASSPHRASE";
const NEW: &str = "name a file that holds it with --new-passphrase-file FILE (- for standard input)";
/// The longest line that is read as a passphrase, in bytes.
const LONGEST: u64 = 4096;

/// A passphrase, wiped from memory once it was used.
pub type Passphrase = Zeroizing<String>;

/// Unlocks the key of whoever works, where it has a passphrase.
pub fn unlock(desk: &Desk, from: &PassphraseFrom) -> Result<(), Failure> {
    if !desk.needs_passphrase()? {
        return Ok(());
    }
    Ok(desk.unlock(&of_key(desk, from)?)?)
}

/// The passphrase that the key has.
pub fn of_key(desk: &Desk, from: &PassphraseFrom) -> Result<Passphrase, Failure> {
    match given(from)? {
        Some(given) => Ok(given),
        None => asked(&format!("Passphrase of the key of {}: ", shown(&one_line(&name(desk)?))), OF_KEY),
    }
}

/// The passphrase that a key gets which has none: the one that is given for it, else a new one from the terminal.
pub fn first(desk: &Desk, from: &PassphraseFrom) -> Result<Passphrase, Failure> {
    match given(from)? {
        Some(given) => Ok(given),
        None => chosen(desk),
    }
}

/// A new passphrase from the terminal, typed twice.
pub fn chosen(desk: &Desk) -> Result<Passphrase, Failure> {
    let new = asked(&format!("New passphrase for the key of {}: ", shown(&one_line(&name(desk)?))), NEW)?;
    match new == asked("Repeat the passphrase: ", NEW)? {
        true => Ok(new),
        false => Err(Failure("the two passphrases are not the same; nothing was changed, try again".into())),
    }
}

/// The first line of a file, or the next line of standard input where `-` is named.
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

/// What was given without a terminal.
fn given(from: &PassphraseFrom) -> Result<Option<Passphrase>, Failure> {
    let named = || std::env::var(VARIABLE).ok().filter(|p| !p.is_empty()).map(Zeroizing::new);
    from.passphrase_file.as_deref().map_or_else(|| Ok(named()), |file| read(file).map(Some))
}

fn asked(prompt: &str, other_ways: &str) -> Result<Passphrase, Failure> {
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
