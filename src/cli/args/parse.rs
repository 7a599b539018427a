//! Parses the command line. A text may begin with a hyphen: `--quote "- item"`, `--quote "-5 degrees"`.

use super::Cli;
use clap::{Arg, ArgMatches, Command, CommandFactory, Error, FromArgMatches, error::ErrorKind};
use std::any::TypeId;

/// The arguments of this run.
pub fn parse() -> Result<Cli, Error> {
    let mut command = with_texts(Cli::command());
    let matches = command.try_get_matches_from_mut(std::env::args_os())?;
    refuse_options_as_texts(&mut command, &matches)?;
    Cli::from_arg_matches(&matches).map_err(|e| e.format(&mut command))
}

/// Lets the texts of all options begin with a hyphen.
fn with_texts(command: Command) -> Command {
    let hyphens = |arg: Arg| if is_text(&arg) { arg.allow_hyphen_values(true) } else { arg };
    command.mut_args(hyphens).mut_subcommands(with_texts)
}

/// Whether an option takes one text.
fn is_text(arg: &Arg) -> bool {
    let texts = arg.get_value_parser().type_id() == TypeId::of::<String>();
    arg.get_long().is_some()
        && arg.get_action().takes_values()
        && texts
        && arg.get_possible_values().is_empty()
}

/// Refuses an option's name where a text is missing: `--note --json`.
fn refuse_options_as_texts(command: &mut Command, matches: &ArgMatches) -> Result<(), Error> {
    let named = |value: &String| {
        command.get_arguments().filter_map(Arg::get_long).any(|long| value.strip_prefix("--") == Some(long))
    };
    let taken = |arg: &Arg| {
        let values = matches.try_get_many::<String>(arg.get_id().as_str()).ok().flatten();
        values.into_iter().flatten().find(|v| named(v)).cloned()
    };
    let found = command
        .get_arguments()
        .filter(|arg| is_text(arg))
        .find_map(|arg| Some((arg.get_long()?.to_owned(), taken(arg)?)));
    if let Some((option, value)) = found {
        let why = format!("a text is missing after '--{option}': '{value}' is an option");
        return Err(command.error(ErrorKind::MissingRequiredArgument, why));
    }
    match matches.subcommand() {
        Some((name, inner)) => {
            command.find_subcommand_mut(name).map_or(Ok(()), |sub| refuse_options_as_texts(sub, inner))
        }
        None => Ok(()),
    }
}
