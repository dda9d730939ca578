//! The command line: arguments in, text and exit code out. One file a command.
//!
//! The only place that prints, and where the only clock enters (`--as-of`, today by default).

mod args;
mod check;
mod choices;
mod exit;
mod explain;
mod guide;
mod init;
pub mod ledgers;
mod lint;
mod manual;
mod output;
mod rollup;
mod summary;
mod unread;
mod usage;
mod verify;

use args::{Cli, Command};
use clap::{CommandFactory, FromArgMatches};
use exit::Exit;
use std::{ffi::OsString, process::ExitCode};

/// Parses the arguments and runs the command.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let matches = usage::localised(Cli::command()).try_get_matches_from(args);
    match matches.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) => dispatch(cli.command).into(),
        Err(error) => usage::report(&error).into(),
    }
}

fn dispatch(command: Command) -> Exit {
    match command {
        Command::Check(args) => check::run(&args),
        Command::Guide(args) => guide::run(&args),
        Command::Init(args) => init::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Ledgers(args) => ledgers::run(&args),
        Command::Lint(args) => lint::run(&args),
        Command::Rollup(args) => rollup::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Completions { shell } => manual::completions(shell),
        Command::Help { command } => usage::help(command.as_deref()),
        Command::Man => manual::man(),
    }
}
