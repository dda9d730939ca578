//! One view model, built once from the assessment; rendered as HTML, PDF, DOCX, XLSX and JSON.

use output::{
    atomic_write::{self, Staged},
    formats::{self, Rendered},
};
use redaction::mask::Mask;
use std::{io, path::PathBuf};
use view::View;
use zicha_assess::Assessment;
use zicha_model::diag::Diagnostic;

pub use output::{manifest, verify};
pub use redaction::mask as redact;

pub mod advice;
pub mod answer_sheets;
pub mod blank;
mod csv;
mod document;
mod docx;
mod due;
mod findings_table;
#[cfg(test)]
pub(crate) mod fixture;
pub mod guide;
pub mod handout;
mod html;
mod json;
mod oscal;
mod output;
pub mod pdf;
mod redaction;
pub mod rollup;
mod score_form;
#[cfg(test)]
mod tests;
pub mod view;
mod xlsx;

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
    fn ending(self) -> Option<&'static str> {
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

/// Renders every format wanted and puts the files into place, each whole or not at all. If a
/// document cannot be rendered nothing is replaced, except that PDF may be missing: then the other
/// formats are still written and the diagnostics say why.
pub fn write(assessment: &Assessment<'_>, options: &Options) -> io::Result<Written> {
    let mut files = Staged::new(&options.out)?;
    let mask = options.redact.then(|| Mask::of(assessment));
    let masked = mask.as_ref().map(|mask| mask.assessment(assessment));
    let results = masked.as_ref().map_or(&assessment.results, |m| &m.results);
    if options.formats.contains(&Format::Json) {
        formats::data(
            results,
            &assessment.more_unreadable,
            mask.as_ref(),
            &mut files,
        )?;
    }
    let exchanged = [Format::Csv, Format::Oscal];
    if options.formats.iter().any(|f| exchanged.contains(f)) {
        formats::exchange(
            results,
            &assessment.more_unreadable,
            mask.as_ref(),
            &options.formats,
            &mut files,
        )?;
    }
    let mut rendered = Rendered::default();
    // The papers copy what they show: where only data are wanted, nothing is.
    if options.formats.iter().any(|format| *format != Format::Json) {
        let view = View::build(assessment, mask.as_ref());
        let wanted = score_form::Wanted {
            xlsx: options.formats.contains(&Format::Xlsx),
            docx: options.formats.contains(&Format::Docx),
            redacted: options.redact,
        };
        let form = score_form::files(assessment, &view, wanted)?;
        rendered = formats::papers(view, options, form, &mut files)?;
    }
    formats::sort(&mut files);
    let head = manifest::Head {
        as_of: results.run.as_of.to_string(),
        unit: &results.unit.name,
        checklists: &results.run.checklists,
        packs: &results.run.packs,
        redacted: options.redact,
        inputs: &results.inputs,
        fonts: &rendered.faces,
    };
    let manifest = manifest::render(&head, files.files())?;
    files.put(manifest::NAME, &manifest)?;
    let earlier = verify::written_before(&options.out);
    let files = files.commit()?;
    let endings: Vec<_> = options.formats.iter().filter_map(|f| f.ending()).collect();
    atomic_write::clean(&options.out, &earlier, &files, &endings);
    Ok(Written {
        files,
        diagnostics: rendered.diagnostics,
    })
}

/// True if PDF can be made: a face for Chinese is embedded or installed.
pub fn can_make_pdf(fonts: Fonts) -> bool {
    pdf::possible(fonts)
}
