//! One view model, built once from the assessment; rendered as HTML, PDF, XLSX and JSON.
use crate::assess::Assessment;
use crate::diag::Diagnostic;
use std::path::{Path, PathBuf};

#[cfg(test)]
pub(crate) mod fixture;
mod html;
pub mod redact;
#[cfg(test)]
mod tests;
mod text;
pub mod view;

/// An output format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "named after what they are")]
pub enum Format {
    Html,
    Pdf,
    Xlsx,
    Json,
}

/// Which faces PDF documents use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fonts {
    /// The machine's office fonts first, embedded ones as fallback.
    #[default]
    Auto,
    /// Only the embedded ones: the PDF does not depend on the machine.
    Embedded,
}

/// What to write, and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// Output folder.
    pub out: PathBuf,
    /// Formats wanted.
    pub formats: Vec<Format>,
    /// Faces.
    pub fonts: Fonts,
    /// Mask names, titles and numbers.
    pub redact: bool,
}

/// What was written.
#[derive(Debug, Default)]
pub struct Written {
    /// File names in the output folder, in the order of the overview.
    pub files: Vec<String>,
    /// What could not be done (PDF without fonts).
    pub diagnostics: Vec<Diagnostic>,
}

/// Renders every format wanted and puts the files into place, each whole or not at all.
pub fn write(_assessment: &Assessment<'_>, _options: &Options) -> std::io::Result<Written> {
    unimplemented!("report helpers")
}

/// True if PDF can be made: a face for Chinese is embedded or installed.
pub fn can_make_pdf(_fonts: Fonts, _extra: Option<&Path>) -> bool {
    false
}
