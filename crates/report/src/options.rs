//! What is to be written, and what was.

use std::path::PathBuf;
use zicha_model::diag::Diagnostic;

/// An output format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "named after what they are")]
pub enum Format {
    Html,
    Pdf,
    Docx,
    Xlsx,
    Json,
    Csv,
    Oscal,
}

impl Format {
    /// The ending of papers in this format that are written for departments; `None` for other formats.
    pub(crate) fn ending(self) -> Option<&'static str> {
        match self {
            Self::Pdf => Some("pdf"),
            Self::Docx => Some("docx"),
            Self::Xlsx => Some("xlsx"),
            Self::Html | Self::Json | Self::Csv | Self::Oscal => None,
        }
    }
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
