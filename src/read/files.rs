//! The files below a workspace that may be ledgers, and how each is opened.

use super::{Options, grid::RawFile};
use crate::{diag::Diagnostic, model::profile::Profile};
use std::path::Path;

/// Paths relative to `root` with `/` separators, sorted.
pub fn find(
    _root: &Path,
    _profile: &Profile,
    _options: &Options,
) -> (Vec<String>, Vec<Diagnostic>) {
    Default::default()
}

/// Opens one file found by [`find`]. Never fails: what went wrong stands in its diagnostics.
pub fn open(_root: &Path, path: &str) -> RawFile {
    RawFile {
        path: path.to_owned(),
        ..RawFile::default()
    }
}
