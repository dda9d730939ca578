//! One run at a time into one place: a second one would mix its reports and its line of the history
//! with those of the first.
//!
//! The lock is the system's on an open file, so that it is gone with the program, however that ends. It
//! lies in `out/` itself, because all runs of a workspace write its history.

use super::request::{Request, cannot_write};
use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
};
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus};

/// Name of the lock file. Hidden, so that nobody takes it for a report.
const NAME: &str = ".zicha.lock";

/// Held as long as it lives. A folder made for it in which nothing was written is taken away again.
#[derive(Debug)]
pub(super) struct RunLock {
    folder: PathBuf,
    /// True if the folder was not there before.
    made: bool,
    file: Option<File>,
}

impl Drop for RunLock {
    fn drop(&mut self) {
        // Taken away while it is still held, so that no other run can hold it; where an open file cannot
        // be removed, right after.
        let file = self.folder.join(NAME);
        if fs::remove_file(&file).is_err() {
            self.file = None;
            let _ = fs::remove_file(&file);
        }
        self.file = None;
        let mut entries = fs::read_dir(&self.folder).into_iter().flatten();
        if self.made && entries.next().is_none() {
            let _ = fs::remove_dir(&self.folder);
        }
    }
}

/// Takes the place where the reports of a run go.
///
/// # Errors
/// Another run has it, or the folder cannot be written to.
pub(super) fn take(request: &Request, out: &Path) -> Result<RunLock, Diagnostic> {
    let folder = match &request.out {
        Some(_) => out.to_owned(),
        None => request.dir.join("out"),
    };
    let made = !folder.exists();
    let file = open(&folder).map_err(|error| cannot_write(&folder, &error))?;
    let file = match file.try_lock() {
        Ok(()) => Some(file),
        Err(TryLockError::WouldBlock) => return Err(taken(&folder)),
        // Some network drives know no locks; the run is worth more than the guard.
        Err(TryLockError::Error(_)) => None,
    };
    Ok(RunLock { folder, made, file })
}

fn open(folder: &Path) -> io::Result<File> {
    fs::create_dir_all(folder)?;
    OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(folder.join(NAME))
}

fn taken(folder: &Path) -> Diagnostic {
    let place = Locus::file(folder.display().to_string());
    let message = "另一次检查正在往这个文件夹写报告，这次没有做。";
    Diagnostic::new(codes::RUN_IN_PROGRESS, message, place)
        .with_hint("等那一次结束后再运行；要同时检查的，用 --out 写到另一个文件夹。")
}
