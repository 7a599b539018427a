//! The command line: the same core as the window, for scripts and for desks without a display.
//!
//! Only this module prints, sets exit codes and reads the environment. Exit 0: done. 1: the answer is "no" (verify, check).
//! 2: wrong use, or an error. For every exit code other than 0 there is a message on standard error, also if JSON was printed.
//! Its first line can be understood alone.

mod args;
mod articles;
mod bundles;
mod call;
mod claims;
mod confirm;
mod disclose;
mod display;
mod evidence;
mod gate;
mod hosting;
mod hub;
mod keys;
mod lists;
mod log_and_undo;
mod maintenance;
mod output;
mod passphrase;
mod past;
mod progress;
mod proposed;
mod queries;
mod reading;
mod redact;
mod returned;
mod revisions;
mod search;
mod sources;
mod suggestions;
mod verdicts;
mod versions;

use crate::desk::{Access, Desk, DeskError, Opening, SystemClock};
use crate::model::Progress;
use crate::wire::in_words;
use args::{Cli, Command};
use clap::CommandFactory;
use display::{escaped, one_line};
use output::{Failure, Output};
use progress::Line;
use std::{
    borrow::Cow,
    cell::{Cell, RefCell, RefMut},
    io::Write,
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
};

/// Runs the program and returns its exit code.
pub fn main() -> ExitCode {
    if std::env::args_os().nth(1).is_some_and(|first| first == crate::desk::READ_PDF) {
        return read_pdf();
    }
    if let Ok(program) = std::env::current_exe() {
        crate::desk::read_pdfs_with(program);
    }
    let cli = match args::parse() {
        Ok(cli) => cli,
        Err(e) => {
            if e.use_stderr() {
                // The message repeats the arguments, such as names of files.
                eprint!("{}", escaped(&e.render().to_string()));
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
        Ok(output) => finish(&output, json),
        Err(Failure(message)) => {
            eprintln!("tickmark: {}", escaped(&one_line(&message)));
            ExitCode::from(2)
        }
    }
}

/// Reads one PDF for the program that started this one. It gets an answer or none; it says why to people itself.
fn read_pdf() -> ExitCode {
    match crate::desk::answer_pdf(std::io::stdin().lock(), std::io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(2),
    }
}

fn finish(output: &Output, json: bool) -> ExitCode {
    let text = match json && !output.raw {
        true => Cow::Owned(display::json_line(&output.json) + "\n"),
        false => escaped(&output.text),
    };
    if let Err(e) = std::io::stdout().write_all(text.as_bytes()).and_then(|()| std::io::stdout().flush()) {
        if e.kind() == std::io::ErrorKind::BrokenPipe {
            return ExitCode::SUCCESS;
        }
        eprintln!("tickmark: writing the answer failed: {e}");
        return ExitCode::from(2);
    }
    match &output.no {
        Some(why) => {
            eprintln!("tickmark: {}", escaped(&one_line(why)));
            ExitCode::from(1)
        }
        None => ExitCode::SUCCESS,
    }
}

/// What a command works with: the desk, the person who works, and what the command does with the desk.
struct Context {
    path: PathBuf,
    name: Option<String>,
    /// Whether that name may be like the name of somebody else.
    new_person: bool,
    json: bool,
    access: Option<Access>,
    desk: RefCell<Option<Desk>>,
    /// Whether the first action of this command adds a person to those of the desk.
    adds_person: Cell<bool>,
    /// Receives the progress of long work.
    progress: Arc<dyn Progress + Send + Sync>,
}

impl Context {
    /// The existing desk. The first call opens it and begins the command's transaction.
    fn open(&self) -> Result<RefMut<'_, Desk>, Failure> {
        self.opened(false)
    }

    /// The desk; creates it if there is none.
    fn open_or_create(&self) -> Result<RefMut<'_, Desk>, Failure> {
        if let Some(folder) = self.path.parent().filter(|f| !f.as_os_str().is_empty()) {
            crate::desk::make_folder(folder)?;
        }
        self.opened(true)
    }

    /// Opens the desk, and prints the notices of opening on standard error.
    fn opened(&self, create: bool) -> Result<RefMut<'_, Desk>, Failure> {
        let mut slot = self.desk.borrow_mut();
        if slot.is_none() {
            let opening = Opening { create, lock: None, progress: Some(Arc::clone(&self.progress)) };
            let desk = Desk::open_as(&self.path, Box::new(SystemClock), opening)?;
            desk.notices()
                .iter()
                .for_each(|n| eprintln!("tickmark: note: {}", escaped(&one_line(&in_words(n)))));
            self.access.map_or(Ok(()), |access| desk.begin(access))?;
            *slot = Some(self.with_person(desk)?);
        }
        RefMut::filter_map(slot, Option::as_mut).map_err(|_| Failure("the desk is not open".into()))
    }

    /// Commits the command's transaction.
    fn commit(&self) -> Result<(), Failure> {
        match (&*self.desk.borrow(), self.access) {
            (Some(desk), Some(_)) => Ok(desk.commit()?),
            _ => Ok(()),
        }
    }

    /// After a command that may have written, does the quick part of what a window does when it is idle. If it fails, nothing
    /// changes, and the next command tries again.
    fn rest_briefly(&self) {
        if let Some(desk) = self.desk.borrow_mut().as_mut().filter(|_| self.access != Some(Access::Read)) {
            let _ = desk.cover_briefly().and_then(|()| desk.repack_briefly());
        }
    }

    /// Sets who works: the given name, else the person who worked last, else the user name of the system.
    fn with_person(&self, mut desk: Desk) -> Result<Desk, Failure> {
        let system = || {
            ["USER", "LOGNAME", "USERNAME"]
                .iter()
                .find_map(|v| std::env::var(v).ok().filter(|n| !n.is_empty()))
        };
        match &self.name {
            Some(name) if self.new_person => desk.work_as_another(name)?,
            Some(name) => desk.work_as(name).map_err(misspelt)?,
            None if !desk.has_person() => {
                desk.work_as_another(&system().unwrap_or_else(|| "Editor".into()))?
            }
            None => {}
        }
        let new = desk.my_id().is_none() && desk.shared_with()?.is_none() && !desk.people()?.is_empty();
        self.adds_person.set(new);
        Ok(desk)
    }

    /// Says that the command added a person, for a name that was not meant to be new.
    fn say_who_is_new(&self) {
        let added = self.desk.borrow().as_ref().filter(|_| self.adds_person.get()).map(|d| d.me());
        if let Some(Ok(Some(me))) = added {
            eprintln!("tickmark: note: “{}” is a new person on this desk", escaped(&one_line(&me.name)));
        }
    }
}

fn run(cli: Cli, progress: Arc<dyn Progress + Send + Sync>) -> Result<Output, Failure> {
    let path = cli.desk.map_or_else(default_desk, Ok)?;
    let access = cli.command.access();
    let context = Context {
        path,
        name: cli.name,
        new_person: cli.new_person,
        json: cli.json,
        access,
        desk: RefCell::default(),
        adds_person: Cell::default(),
        progress,
    };
    let output = answer(&context, cli.command)?;
    context.commit()?;
    context.say_who_is_new();
    context.rest_briefly();
    Ok(output)
}

fn answer(context: &Context, command: Command) -> Result<Output, Failure> {
    match command {
        Command::Import(a) => articles::import(context, a),
        Command::Articles(list) => lists::articles(context, &list),
        Command::Article(a) => articles::article(context, a),
        Command::Revise(a) if a.suggest => suggestions::revise(context, a),
        Command::Revise(a) => returned::revise(context, a),
        Command::Revisions { article } => revisions::list(context, &article),
        Command::Blame { article, revision } => past::blame(context, &article, revision),
        Command::Timeline { article } => past::timeline(context, &article),
        Command::Revision(a) => revisions::revision(context, a),
        Command::Diff(a) => revisions::diff(context, a),
        Command::Claim(a) => claims::claim(context, a),
        Command::Source(a) => sources::source(context, a),
        Command::Evidence(a) => evidence::evidence(context, a),
        Command::Verdict(a) => verdicts::verdict(context, a),
        Command::Reaffirm(a) => verdicts::reaffirm(context, a),
        Command::SignOff(a) => gate::sign_off(context, a),
        Command::Coverage { article, open } => gate::coverage(context, &article, open),
        Command::Exempt(a) => gate::exempt(context, a),
        Command::Gate { article } => gate::gate(context, &article),
        Command::Corrections { article, since } => past::corrections(context, &article, since),
        Command::Policy(a) => gate::policy(context, a),
        Command::Scale(a) => verdicts::scale(context, a),
        Command::Query(a) => queries::query(context, a),
        Command::Suggestion(a) => suggestions::suggestion(context, a),
        Command::Log { article } => log_and_undo::log(context, &article),
        Command::Undo { action } => log_and_undo::undo(context, action.as_deref()),
        Command::Redo => log_and_undo::redo(context),
        Command::Redact { fact, why, yes } => redact::redact(context, &fact, why, yes),
        Command::Export {
            article,
            to,
            bom,
            force,
            format,
            changes_since,
            verified,
            unsigned,
            passphrase,
        } => {
            let options =
                bundles::ExportOptions { verified, unsigned, force, bom, changes_since, passphrase };
            bundles::export(context, &article, &to, format, &options)
        }
        Command::Verify { path, require, disclosed } => {
            let output = bundles::verify(context, &path, &require)?;
            match disclosed {
                Some(file) => disclose::with_disclosed(output, &path, &file),
                None => Ok(output),
            }
        }
        Command::Disclose { source, article, to, force } => {
            disclose::disclose(context, &source, article, to.as_deref(), force)
        }
        Command::Key(a) => keys::key(context, a),
        Command::Contact(a) => keys::contact(context, a),
        Command::Hub(a) => hub::hub(context, a),
        Command::Sync { set_aside, files } => hub::sync(context, set_aside, files),
        Command::Versions(a) => versions::versions(context, &a),
        Command::Search { words } => search::search(context, &words.join(" ")),
        Command::Check { rebuild } => maintenance::check(context, rebuild),
        Command::Backup { file, second } => maintenance::backup(context, file.as_deref(), second.as_deref()),
        Command::Desk(a) => match a.what {
            args::DeskWhat::Where => maintenance::whereabouts(context),
        },
        Command::Restore { file, yes } => maintenance::restore(context, &file, yes),
        Command::Call => call::call(context),
        Command::Example => articles::example(context),
        Command::Completions { shell } => Ok(completions(shell)),
        Command::Man => man(),
    }
}

/// A refused name, with what to do if it is that of somebody new.
fn misspelt(why: DeskError) -> Failure {
    match why {
        DeskError::LikeKnown { .. } => {
            Failure(format!("{why} If this is another person, add --new-person. Nothing was recorded"))
        }
        other => other.into(),
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

/// The desk that the window opens if none is named: in the platform's folder for a program's data.
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

/// The name of the desk's folder: the identifier of the desktop program.
const IDENTIFIER: &str = "org.tickmark.Tickmark";

/// Sets a field if a value is given; an empty value clears it.
pub fn set(field: &mut Option<String>, given: Option<String>) {
    if let Some(value) = given {
        *field = Some(value).filter(|v| !v.trim().is_empty());
    }
}
