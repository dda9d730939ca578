//! Diagnostics: every problem found in an input, told in words an office worker understands.
//!
//! What enters: facts about a file, a cell or a place in a text. What leaves: [`Diagnostic`]
//! values, collected (never the first one only), sorted, and rendered for people
//! ([`human`]), for editors ([`sarif`]) or into `results.json`. A diagnostic is one phrase; advice goes into its hint. Every kind of problem is
//! a line of [`codes`].

pub mod codes;
pub mod human;
pub mod sarif;

pub use codes::Code;

use serde::{Deserialize, Serialize};

/// How bad a diagnostic is. `Error` means the run could not be done as asked (exit status 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The input is wrong or unreadable; the run is not what the user asked for.
    Error,
    /// Something was left out or guessed; the user should look.
    Warning,
    /// Worth knowing; nothing to do.
    Note,
}

/// Where a problem is.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Locus {
    /// Path relative to the workspace with `/` separators; `None` for the run as a whole.
    pub file: Option<String>,
    /// 1-based line in a text file (profile, pack, YAML or CSV ledger).
    pub line: Option<u32>,
    /// 1-based column in characters.
    pub column: Option<u32>,
    /// Sheet name of a workbook.
    pub sheet: Option<String>,
    /// Cell address as Excel shows it, such as `C14`.
    pub cell: Option<String>,
}

impl Locus {
    /// A whole file.
    pub fn file(file: impl Into<String>) -> Self {
        Self {
            file: Some(file.into()),
            ..Self::default()
        }
    }

    /// A place in a text file; line and column count from 1, the column in characters.
    pub fn text(file: impl Into<String>, line: u32, column: u32) -> Self {
        Self {
            line: Some(line),
            column: Some(column),
            ..Self::file(file)
        }
    }

    /// A sheet of a workbook.
    pub fn sheet(file: impl Into<String>, sheet: Option<&str>) -> Self {
        Self {
            sheet: sheet.map(str::to_owned),
            ..Self::file(file)
        }
    }

    /// A cell of a sheet, addressed as Excel shows it.
    pub fn cell(file: impl Into<String>, sheet: Option<&str>, cell: impl Into<String>) -> Self {
        Self {
            cell: Some(cell.into()),
            ..Self::sheet(file, sheet)
        }
    }
}

/// The stretch of source text that a diagnostic points at, for the caret in the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The whole text of the file (or of the relevant lines).
    pub text: String,
    /// Line number of the first line of `text`.
    pub first_line: u32,
    /// Byte range in `text` that is underlined.
    pub range: std::ops::Range<usize>,
}

/// One problem: what, where, how bad, what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// The kind of problem.
    pub code: Code,
    /// What is wrong, one phrase in Chinese, with what was expected.
    pub message: String,
    /// Where it is.
    pub locus: Locus,
    /// What to do about it, in Chinese.
    pub hint: Option<String>,
    /// The source text to show with a caret, where there is one.
    pub excerpt: Option<Excerpt>,
}

impl Diagnostic {
    /// A problem of the kind that the code names; the code decides how bad it is.
    pub fn new(code: Code, message: impl Into<String>, locus: Locus) -> Self {
        Self {
            severity: code.severity(),
            code,
            message: message.into(),
            locus,
            hint: None,
            excerpt: None,
        }
    }

    /// The same with advice: what the user should do.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same with the source text that the caret points into.
    #[must_use]
    pub fn with_excerpt(mut self, excerpt: Excerpt) -> Self {
        self.excerpt = Some(excerpt);
        self
    }
}

/// Sorts by place, then by kind and wording, and drops exact repetitions: two runs tell the same
/// problems in the same order whatever the threads did.
pub fn sort_and_dedup(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| {
        (a.severity, &a.locus, a.code, &a.message).cmp(&(b.severity, &b.locus, b.code, &b.message))
    });
    diagnostics.dedup();
}
