//! What the user asked for.

use std::path::{Path, PathBuf};
use zicha_calendar as calendar;
use zicha_report::{Fonts, Format};

/// What the user asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The workspace.
    pub dir: PathBuf,
    /// Day, checklists, festival, period.
    pub calendar: calendar::Request,
    /// Output folder; `DIR/out/<year>-<checklist>` if absent.
    pub out: Option<PathBuf>,
    /// Formats wanted.
    pub formats: Vec<Format>,
    /// What to compare with.
    pub baseline: Baseline,
    /// Faces of PDF documents.
    pub fonts: Fonts,
    /// Mask names, titles and numbers.
    pub redact: bool,
}

/// What to compare with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Baseline {
    /// The newest kept run of the same checklist with an earlier day.
    #[default]
    Latest,
    /// This file.
    File(PathBuf),
    /// Nothing.
    None,
}

/// A path as people know it: relative to the workspace where it lies in it.
pub(super) fn inside(dir: &Path, path: &Path) -> String {
    let shown = path.strip_prefix(dir).unwrap_or(path);
    shown.to_string_lossy().replace('\\', "/")
}
