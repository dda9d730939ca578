//! Opens a file with the program that the system has for it.

use std::{
    path::Path,
    process::{Command, Stdio},
};

/// Starts it and does not wait; `false` if the system has nothing to open it with.
pub(super) fn open(file: &Path) -> bool {
    let mut command = opener(file);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.spawn().is_ok()
}

#[cfg(windows)]
fn opener(file: &Path) -> Command {
    let mut command = Command::new("explorer");
    command.arg(file);
    command
}

#[cfg(target_os = "macos")]
fn opener(file: &Path) -> Command {
    let mut command = Command::new("open");
    command.arg(file);
    command
}

#[cfg(not(any(windows, target_os = "macos")))]
fn opener(file: &Path) -> Command {
    let mut command = Command::new("xdg-open");
    command.arg(file);
    command
}
