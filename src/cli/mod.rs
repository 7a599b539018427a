//! The command line: the same core as the window, for scripts and for desks without a display.
//!
//! Printing, exit codes and the environment are here and nowhere below. Exit 0: done. 1: the answer is no (verify,
//! check). 2: wrong use, or an error. Every exit other than 0 puts a message on standard error whose first line is
//! complete in itself, also where JSON was printed.

mod args;
mod articles;
mod call;
mod claims;
mod disclose;
mod evidence;
mod gate;
mod keys;
mod lists;
mod maintenance;
mod out;
mod output;
mod passphrase;
mod past;
mod progress;
mod queries;
mod revisions;
mod shown;
mod sources;
mod verdicts;

use args::{Cli, Command};
use clap::{CommandFactory, Parser};
use output::{Failure, Output};
use progress::Line;
use shown::{one_line, shown};
use std::{
    borrow::Cow,
    cell::{RefCell, RefMut},
    io::Write,
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
};

use crate::{
    desk::{Access, Desk, Opening, SystemClock},
    model::Progress,
};

/// Runs the program and gives its exit code.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(e) => {
            if e.use_stderr() {
                // It repeats what was given, names of files among it.
                eprint!("{}", shown(&e.render().to_string()));
                return ExitCode::from(2);
            }
            let _ = e.print();
            return ExitCode::SUCCESS;
        }
    };
    let json = cli.json;
    let (line, progress) = Line::new();
    let done = run(cli, progress);
    if let Some(line) = line {
        line.clear();
    }
    match done {
        Ok(told) => finish(&told, json),
        Err(Failure(message)) => {
            eprintln!("tickmark: {}", shown(&one_line(&message)));
            ExitCode::from(2)
        }
    }
}

fn finish(told: &Output, json: bool) -> ExitCode {
    let text = match json && !told.raw {
        true => Cow::Owned(shown::json(&told.json) + "\n"),
        false => shown(&told.text),
    };
    if let Err(e) = std::io::stdout().write_all(text.as_bytes()).and_then(|()| std::io::stdout().flush()) {
        if e.kind() == std::io::ErrorKind::BrokenPipe {
            return ExitCode::SUCCESS;
        }
        eprintln!("tickmark: writing the answer failed: {e}");
        return ExitCode::from(2);
    }
    match &told.no {
        Some(why) => {
            eprintln!("tickmark: {}", shown(&one_line(why)));
            ExitCode::from(1)
        }
        None => ExitCode::SUCCESS,
    }
}

/// Where the desk is, who works, and what the command does with it.
struct At {
    path: PathBuf,
    name: Option<String>,
    json: bool,
    access: Option<Access>,
    desk: RefCell<Option<Desk>>,
    /// Who is told how far long work is.
    progress: Arc<dyn Progress + Send + Sync>,
}

impl At {
    /// The desk that is there. It is opened once, and the command's transaction begins then.
    fn open(&self) -> Result<RefMut<'_, Desk>, Failure> {
        self.opened(false)
    }

    /// The desk, made where there is none.
    fn open_or_create(&self) -> Result<RefMut<'_, Desk>, Failure> {
        if let Some(folder) = self.path.parent().filter(|f| !f.as_os_str().is_empty()) {
            crate::desk::make_folder(folder)?;
        }
        self.opened(true)
    }

    /// Opens the desk, and tells on standard error what a person should know before the work goes on.
    fn opened(&self, create: bool) -> Result<RefMut<'_, Desk>, Failure> {
        let mut held = self.desk.borrow_mut();
        if held.is_none() {
            let opening = Opening { create, lock: None, progress: Some(Arc::clone(&self.progress)) };
            let desk = Desk::open_as(&self.path, Box::new(SystemClock), opening)?;
            desk.notices().iter().for_each(|n| eprintln!("tickmark: note: {}", shown(&one_line(n))));
            self.access.map_or(Ok(()), |access| desk.begin(access))?;
            *held = Some(self.staffed(desk)?);
        }
        RefMut::filter_map(held, Option::as_mut).map_err(|_| Failure("the desk is not open".into()))
    }

    /// Keeps what the command did.
    fn commit(&self) -> Result<(), Failure> {
        match (&*self.desk.borrow(), self.access) {
            (Some(desk), Some(_)) => Ok(desk.commit()?),
            _ => Ok(()),
        }
    }

    /// Does after a command that may have written what a window does at rest, as far as it costs next to nothing. Where it
    /// fails, everything stays as it is, and the next command tries again.
    fn rest_briefly(&self) {
        if let Some(desk) = self.desk.borrow_mut().as_mut().filter(|_| self.access != Some(Access::Read)) {
            let _ = desk.cover_briefly().and_then(|()| desk.repack_briefly());
        }
    }

    /// Says who works: the name given, else who worked last, else the name the system knows.
    fn staffed(&self, mut desk: Desk) -> Result<Desk, Failure> {
        let system = || {
            ["USER", "LOGNAME", "USERNAME"]
                .iter()
                .find_map(|v| std::env::var(v).ok().filter(|n| !n.is_empty()))
        };
        match &self.name {
            Some(name) => desk.work_as(name)?,
            None if !desk.has_person() => desk.work_as(&system().unwrap_or_else(|| "Editor".into()))?,
            None => {}
        }
        Ok(desk)
    }
}

fn run(cli: Cli, progress: Arc<dyn Progress + Send + Sync>) -> Result<Output, Failure> {
    let path = cli.desk.map_or_else(default_desk, Ok)?;
    let access = cli.command.access();
    let at = At { path, name: cli.name, json: cli.json, access, desk: RefCell::default(), progress };
    let told = answer(&at, cli.command)?;
    at.commit()?;
    at.rest_briefly();
    Ok(told)
}

fn answer(at: &At, command: Command) -> Result<Output, Failure> {
    match command {
        Command::Import(a) => articles::import(at, a),
        Command::Articles(list) => lists::articles(at, &list),
        Command::Article(a) => articles::article(at, a),
        Command::Revise(a) => revisions::revise(at, a),
        Command::Revisions { article } => revisions::list(at, &article),
        Command::Blame { article, revision } => past::blame(at, &article, revision),
        Command::Timeline { article } => past::timeline(at, &article),
        Command::Revision(a) => revisions::revision(at, a),
        Command::Diff(a) => revisions::diff(at, a),
        Command::Claim(a) => claims::claim(at, a),
        Command::Source(a) => sources::source(at, a),
        Command::Evidence(a) => evidence::evidence(at, a),
        Command::Verdict(a) => verdicts::verdict(at, a),
        Command::Reaffirm(a) => verdicts::reaffirm(at, a),
        Command::SignOff(a) => gate::sign_off(at, a),
        Command::Coverage { article, open } => gate::coverage(at, &article, open),
        Command::Wave(a) => gate::wave(at, a),
        Command::Gate { article } => gate::gate(at, &article),
        Command::Corrections { article, since } => out::corrections(at, &article, since),
        Command::Policy(a) => gate::policy(at, a),
        Command::Scale(a) => verdicts::scale(at, a),
        Command::Query(a) => queries::query(at, a),
        Command::Log { article } => out::log(at, &article),
        Command::Undo => out::undo(at),
        Command::Redo => out::redo(at),
        Command::Redact { fact, why } => out::redact(at, &fact, why),
        Command::Export { article, to, force, format, verified, unsigned, passphrase } => {
            out::export(at, &article, &to, format, &out::How { verified, unsigned, force, passphrase })
        }
        Command::Verify { path, require, disclosed } => {
            let told = out::verify(at, &path, &require)?;
            match disclosed {
                Some(file) => disclose::proved(told, &path, &file),
                None => Ok(told),
            }
        }
        Command::Disclose { source, article, to, force } => {
            disclose::disclose(at, &source, article, to.as_deref(), force)
        }
        Command::Key(a) => keys::key(at, a),
        Command::Contact(a) => keys::contact(at, a),
        Command::Search { words } => out::search(at, &words.join(" ")),
        Command::Check { rebuild } => maintenance::check(at, rebuild),
        Command::Backup { file, second } => maintenance::backup(at, file.as_deref(), second.as_deref()),
        Command::Desk(a) => match a.what {
            args::DeskWhat::Where => maintenance::whereabouts(at),
        },
        Command::Restore { file } => maintenance::restore(at, &file),
        Command::Call => call::call(at),
        Command::Example => articles::example(at),
        Command::Completions { shell } => Ok(completions(shell)),
        Command::Man => man(),
    }
}

fn completions(shell: clap_complete::Shell) -> Output {
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "tickmark", &mut out);
    Output::raw(String::from_utf8_lossy(&out).into_owned())
}

fn man() -> Result<Output, Failure> {
    let mut out = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut out).map_err(|e| Failure(e.to_string()))?;
    Ok(Output::raw(String::from_utf8_lossy(&out).into_owned()))
}

/// The desk the window opens where none is named: in the platform's folder for a program's data.
fn default_desk() -> Result<PathBuf, Failure> {
    let named = |v: &str| std::env::var_os(v).filter(|p| !p.is_empty()).map(PathBuf::from);
    let home = || named("HOME");
    let folder = if cfg!(target_os = "macos") {
        home().map(|h| h.join("Library/Application Support"))
    } else if cfg!(windows) {
        named("APPDATA")
    } else {
        named("XDG_DATA_HOME").or_else(|| home().map(|h| h.join(".local/share")))
    };
    let missing = || {
        Failure("no desk was named and the system names no folder for one; name a file with --desk".into())
    };
    Ok(folder.ok_or_else(missing)?.join(IDENTIFIER).join("my.desk"))
}

/// The folder's name: the identifier of the desktop program.
const IDENTIFIER: &str = "org.tickmark.Tickmark";

/// Sets a field where a value is given; an empty one clears it.
pub fn set(field: &mut Option<String>, given: Option<String>) {
    if let Some(value) = given {
        *field = Some(value).filter(|v| !v.trim().is_empty());
    }
}
