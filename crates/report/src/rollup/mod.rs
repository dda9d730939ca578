//! The bureau's report: documents, workbook, table and data of a summary of many units.
//!
//! What enters: a [`Summary`]. What leaves: 汇总报告, 汇总表.xlsx, 汇总.csv, rollup.json and a manifest. The bytes
//! depend on the summary alone, not on how its inputs were grouped. No person is named: the summary
//! knows none.

mod document;
mod names;
mod open;
mod tables;
mod workbook;

use crate::csv;
use crate::options::{Fonts, Format, Written};
use crate::output::document_set;
use crate::output::document_set::Set;
use crate::redaction::display_text;
use crate::view::{Fact, Frame, Letterhead};
use std::{io, path::PathBuf};
use zicha_model::{results::Tool, time::Day};
use zicha_rollup::{Summary, figures};

/// What to write, and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// Output folder.
    pub out: PathBuf,
    /// Formats wanted; CSV and JSON are always written.
    pub formats: Vec<Format>,
    /// Faces of PDF documents.
    pub fonts: Fonts,
    /// The bureau's name; may be empty.
    pub bureau: String,
}

/// Writes everything.
pub fn write(summary: &Summary, options: &Options) -> io::Result<Written> {
    let groups = figures::groups(summary);
    let as_of = newest(summary);
    let document = document::document(summary, &groups, &options.bureau);
    let mut others = Vec::new();
    if options.formats.contains(&Format::Xlsx) {
        let workbook = workbook::render(summary, &groups, as_of).map_err(io::Error::other)?;
        others.push((names::WORKBOOK, workbook, names::WORKBOOK_PURPOSE));
    }
    let table = csv::render(tables::csv(&groups))?;
    others.push((names::CSV, table, names::CSV_PURPOSE));
    others.push((names::JSON, summary.render()?, names::JSON_PURPOSE));
    let set = Set {
        frame: &frame(summary, as_of, &options.bureau),
        documents: vec![(&document, names::REPORT_PURPOSE)],
        others,
    };
    let options = document_set::Options {
        out: options.out.clone(),
        formats: options.formats.clone(),
        fonts: options.fonts,
    };
    document_set::write(set, &options)
}

/// The newest day that any result stands on: the summary has no day of its own.
fn newest(summary: &Summary) -> Day {
    let days = summary.entries.values().map(|entry| entry.tally.as_of);
    days.max().unwrap_or(Day(0))
}

fn frame(summary: &Summary, as_of: Day, bureau: &str) -> Frame {
    let fact = |label: &str, value: String| Fact {
        label: label.to_owned(),
        value,
    };
    let unit = match bureau {
        "" => names::BUREAU.to_owned(),
        name => display_text::display(name),
    };
    Frame {
        letterhead: Letterhead {
            issuer: unit.clone(),
            ..Letterhead::default()
        },
        unit,
        tool: Tool::this().label(),
        date_label: names::DAY.to_owned(),
        date: as_of.chinese(),
        as_of: as_of.to_string(),
        redacted: false,
        facts: vec![
            fact(names::DAY, as_of.chinese()),
            fact("计入结果", format!("{} 份", summary.entries.len())),
            fact("未能采用", format!("{} 份", summary.left_out.len())),
        ],
    }
}
