//! What stands on the terminal after `zicha check`: a [`Ran`] in, text or JSON out.
//!
//! First what was noticed, by cause ([`causes`]); then, at the end, so that it is what remains on the
//! screen, the run in a few sentences, the gravest first. `-v` adds the table by matter ([`verdicts`])
//! and every file; `-q` leaves errors only.

mod causes;
mod json;
mod lines;
mod sentences;
mod verdicts;

use crate::pipeline::Ran;
use zicha_model::diag::Diagnostic;

/// How much is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Detail {
    /// Errors only.
    Quiet,
    /// One screen.
    #[default]
    Normal,
    /// Everything.
    Verbose,
}

/// The whole summary as text.
pub(super) fn render(ran: &Ran, detail: Detail) -> String {
    let mut text = causes::render(&ran.diagnostics, detail);
    if detail == Detail::Quiet {
        return text;
    }
    if !text.is_empty() {
        text.push('\n');
    }
    if detail == Detail::Verbose {
        text.push_str(&format!("{}\n", verdicts::table(&ran.results.controls)));
    }
    for line in sentences::of(ran) {
        text.push_str(&line);
        text.push('\n');
    }
    text.push_str(&files(ran, detail));
    text
}

/// The run in five lines at most, for whom it leads through.
pub(super) fn in_five_lines(ran: &Ran) -> String {
    let lines = sentences::of(ran);
    lines
        .iter()
        .take(5)
        .map(|line| format!("{line}\n"))
        .collect()
}

/// For programs.
pub(super) fn json(ran: &Ran) -> String {
    format!("{:#}\n", json::of_run(ran))
}

/// Why nothing was done, for programs.
pub(super) fn refusal_json(problems: &[Diagnostic]) -> String {
    format!("{:#}\n", json::of_refusal(problems))
}

fn files(ran: &Ran, detail: Detail) -> String {
    let out = ran.out.display();
    let mut text = format!("报告在 {out}（{} 个文件）", ran.files.len());
    if ran.files.iter().any(|file| file == "index.html") {
        text.push_str("，请先打开其中的 index.html");
    }
    text.push('\n');
    if detail == Detail::Verbose {
        for file in &ran.files {
            text.push_str(&format!("  {file}\n"));
        }
    }
    text
}
