//! The thin binary: parse, run, exit code.

use std::process::ExitCode;

/// Gives memory back when a document is done; Cargo.toml has the figures.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    zicha::cli::run(std::env::args_os())
}
