//! How a command ends.

use std::process::ExitCode;

/// How a command ends; the numbers are the contract's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// Everything in order.
    Clean,
    /// Findings, or mistakes for `lint` and `verify`.
    Findings,
    /// The run could not be done as asked.
    Failed,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Clean => 0,
            Exit::Findings => 1,
            Exit::Failed => 2,
        })
    }
}
