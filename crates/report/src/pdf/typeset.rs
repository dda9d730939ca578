//! One document: data in, PDF bytes out.
//!
//! Every document is typeset on a thread of its own with room on the stack (typst recurses; the
//! main thread of Windows has 1 MiB), so that a panic in the library costs one document, not the
//! run. Documents go one after the other: typst works in parallel inside, and two at a time only
//! double the memory.

use crate::pdf::fonts::Faces;
use crate::pdf::world::{Desk, datetime};
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::time::Day;

/// Stack of the typesetting thread.
const STACK: usize = 64 << 20;

/// What a document is made from.
pub(super) struct Job<'a> {
    /// File name in the output folder.
    pub(super) file: &'a str,
    /// Template in `templates/pdf`.
    pub(super) template: &'a str,
    /// Content of `/data.json`.
    pub(super) data: Vec<u8>,
    /// The day of the run: the date of the document.
    pub(super) day: Day,
    /// Name and version of the program.
    pub(super) creator: &'a str,
}

/// Typesets a document; a diagnostic names it if that fails.
pub(super) fn typeset(job: &Job<'_>, faces: &Faces) -> Result<Vec<u8>, Diagnostic> {
    let outcome = isolated(|| print(job, faces));
    comemo::evict(0);
    outcome.unwrap_or_else(|panic| Err(failure(job.file, &panic)))
}

fn print(job: &Job<'_>, faces: &Faces) -> Result<Vec<u8>, Diagnostic> {
    let fail = |errors: &[SourceDiagnostic]| failure(job.file, &messages(errors));
    let desk = Desk::new(job.template, job.data.clone(), faces, job.day)
        .ok_or_else(|| failure(job.file, job.template))?;
    let document = typst::compile::<PagedDocument>(&desk)
        .output
        .map_err(|errors| fail(&errors))?;
    let options = options(job).map_err(|message| failure(job.file, &message))?;
    typst_pdf::pdf(&document, &options).map_err(|errors| fail(&errors))
}

/// PDF/A-2a for the archive and PDF/UA-1 for readers that speak; nothing that depends on the clock.
fn options(job: &Job<'_>) -> Result<PdfOptions, String> {
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
        .map_err(|error| error.message().to_string())?;
    Ok(PdfOptions {
        ident: Smart::Custom(format!("{}/{}", job.file, job.day)),
        creator: Smart::Custom(Some(job.creator.to_owned())),
        timestamp: datetime(job.day).map(Timestamp::new_utc),
        standards,
        ..PdfOptions::default()
    })
}

/// Runs `work` on its own thread; its panic message if it panicked.
fn isolated<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, String> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new()
            .name("typeset".to_owned())
            .stack_size(STACK)
            .spawn_scoped(scope, work)
            .map_err(|error| error.to_string())?;
        thread.join().map_err(|panic| {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
            text.unwrap_or("panic").to_owned()
        })
    })
}

fn messages(errors: &[SourceDiagnostic]) -> String {
    let texts: Vec<_> = errors.iter().map(|error| error.message.as_str()).collect();
    texts.join("; ")
}

fn failure(file: &str, message: &str) -> Diagnostic {
    Diagnostic::new(
        codes::PDF_INTERNAL,
        format!("排版《{file}》时程序内部出错，这个文件没有生成：{message}"),
        Locus::default(),
    )
    .with_hint("其他格式不受影响；请把这条信息连同版本号告知程序的维护者")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::panic, reason = "a panic is what is tested")]
    fn a_panic_costs_one_document_and_is_told() {
        let outcome: Result<(), String> = isolated(|| panic!("内部错误"));
        assert_eq!(outcome, Err("内部错误".to_owned()));
        assert_eq!(isolated(|| 7), Ok(7));
    }
}
