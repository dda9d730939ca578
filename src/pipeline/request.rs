//! What the user asked for.

use std::path::{Path, PathBuf};
use zicha_calendar as calendar;
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus};
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

/// Reports could not be written.
pub(super) fn cannot_write(out: &Path, error: &std::io::Error) -> Diagnostic {
    Diagnostic::new(
        codes::CANNOT_WRITE,
        format!("报告写不进输出文件夹：{error}。"),
        Locus::file(out.display().to_string()),
    )
    .with_hint(
        "关闭正在 WPS 或 Excel 中打开的旧报告，检查磁盘空间和写入权限，或者用 --out 换一个文件夹。",
    )
}
