//! One view model, built once from the assessment; rendered as HTML, PDF, DOCX, XLSX and JSON.

use output::{
    atomic_write::{self, Staged},
    formats::{self, Rendered},
};
use redaction::mask::Mask;
use std::io;
use view::View;
use zicha_assess::Assessment;

pub use options::{Fonts, Format, Options, Written};
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
mod options;
mod oscal;
mod output;
pub mod pdf;
mod redaction;
pub mod rollup;
mod row_height;
mod score_form;
#[cfg(test)]
mod tests;
pub mod view;
mod xlsx;

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
