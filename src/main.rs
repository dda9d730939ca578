//! The thin binary: parse, run, exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    zicha::cli::run(std::env::args_os())
}
