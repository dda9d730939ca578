//! The command line: arguments in, text and exit code out. One file a command.
//!
//! The only place that prints, and where the only clock enters (`--as-of`, today by default).

mod args;
mod check;
mod choices;
mod clock;
mod examples;
mod exit;
mod explain;
mod forgiving;
mod guide;
mod guided;
mod init;
pub mod ledgers;
mod lint;
mod manual;
mod opener;
mod output;
mod rollup;
mod scoring;
mod summary;
mod unread;
mod usage;
mod verify;

use args::{Cli, Command};
use clap::{CommandFactory, FromArgMatches};
use exit::Exit;
use std::{ffi::OsString, path::Path, process::ExitCode};

/// Parses the arguments and runs the command.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let typed: Vec<OsString> = args.into_iter().collect();
    if typed.len() < 2 && guided::somebody_is_there() {
        return guided::run().into();
    }
    let dropped = matches!(typed.as_slice(), [_, only] if Path::new(only).is_dir());
    let forgiven = forgiving::understand(typed, &usage::commands());
    for note in &forgiven.notes {
        output::complain(&format!("说明：{note}\n"));
    }
    let matches = usage::localised(Cli::command()).try_get_matches_from(forgiven.arguments);
    match matches.and_then(|matches| Cli::from_arg_matches(&matches)) {
        Ok(cli) if dropped => drop_folder(cli.command).into(),
        Ok(cli) => dispatch(cli.command).into(),
        Err(error) => usage::report(&error).into(),
    }
}

/// A folder dropped on the program in Windows opens a window that closes with the program.
fn drop_folder(command: Command) -> Exit {
    match command {
        Command::Check(args) if cfg!(windows) && guided::somebody_is_there() => {
            guided::check_and_offer(&args)
        }
        command => dispatch(command),
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
        Command::Scoring { command } => scoring::run(&command),
        Command::Verify(args) => verify::run(&args),
        Command::Completions { shell } => manual::completions(shell),
        Command::Help { command } => usage::help(command.as_deref()),
        Command::Man => manual::man(),
    }
}
