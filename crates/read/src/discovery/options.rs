//! What of a workspace is read.

use std::path::PathBuf;

/// What to read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Folders and files never read: the output folder, a bureau's score table.
    pub leave_out: Vec<PathBuf>,
}
