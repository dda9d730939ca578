//! What poppler's tools say of a PDF.
#![expect(clippy::print_stderr, reason = "a skipped test says so")]

use std::{path::Path, process::Command};

/// Output of one of poppler's tools; `None` if it is not installed.
pub fn poppler(tool: &str, arguments: &[&str], file: &Path) -> Option<String> {
    let Ok(output) = Command::new(tool)
        .args(arguments)
        .arg(file)
        .arg("-")
        .output()
    else {
        eprintln!("skipped: {tool} is not installed");
        return None;
    };
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}
