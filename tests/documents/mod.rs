//! The documents of a whole run, in every format, as other programs and people see them.
#![expect(clippy::print_stderr, reason = "a skipped test says so")]

mod hostile;
mod length;
mod libreoffice;
mod redacted;

use assert_cmd::Command;
use calamine::{Reader, Xlsx, open_workbook};
use std::{
    fs,
    path::{Path, PathBuf},
};
use zicha_testing::poppler;

/// Runs a check, whatever it finds; its output folder stands in `dir`.
fn documents(dir: &Path, arguments: &[&str]) -> PathBuf {
    let out = dir.join("报告");
    let status = Command::cargo_bin("zicha")
        .unwrap()
        .arg("check")
        .args(arguments)
        .args(["--as-of", "2026-09-24", "--fonts", "embedded", "--out"])
        .arg(&out)
        .output()
        .unwrap()
        .status;
    assert!(status.code().is_some_and(|code| code <= 2));
    out
}

/// All files of a folder and of those below it, by name.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    let (folders, mut found): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| path.is_dir());
    found.extend(folders.iter().flat_map(|folder| files(folder)));
    found.sort();
    found
}

fn is(file: &Path, kind: &str) -> bool {
    file.extension().is_some_and(|e| e == kind)
}

/// Every cell of every sheet: sheet, row, column, text.
fn cells(workbook: &Path) -> Vec<(String, usize, usize, String)> {
    let mut workbook: Xlsx<_> = open_workbook(workbook).unwrap();
    let mut cells = Vec::new();
    for (name, range) in workbook.worksheets() {
        let used = range.used_cells();
        cells.extend(used.map(|(row, column, data)| (name.clone(), row, column, data.to_string())));
    }
    cells
}

/// What a document says, whatever its format; `None` where the tool for it is missing.
fn said(file: &Path) -> Option<String> {
    if is(file, "pdf") {
        return poppler("pdftotext", &["-raw"], file);
    }
    if is(file, "xlsx") {
        let texts = cells(file).into_iter().map(|(.., text)| text);
        return Some(texts.collect::<Vec<_>>().join("\n"));
    }
    fs::read_to_string(file).ok()
}

/// Without blanks and the break marks that typesetting adds.
fn closed_up(text: &str) -> String {
    let kept = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '\u{200b}');
    kept.collect()
}

/// PDF needs faces that the build had.
fn can_make_pdf() -> bool {
    zicha_report::can_make_pdf(zicha_report::Fonts::Embedded)
}
