//! The table of records that could not be decided: every cause once, with everything that hangs on it.
//!
//! What enters: the causes of the controls. What leaves: one table. A column that ten controls need is
//! one row, since it is mended once; so are a thousand empty cells of a column.

use crate::document::blocks::{Align, Row, Table};
use crate::document::tables;
use crate::view::source::Source;
use crate::view::unresolved::causes::with_controls;
use std::collections::{BTreeMap, BTreeSet};
use zicha_engine::{CellRuns, Outcome, Undecided, UndecidedCause};
use zicha_model::{results::CauseKind, verdict::Verdict};

/// Causes that are printed; the page has them all.
const ON_PAPER: usize = 40;

/// Records named where no cell tells which they are.
const NAMED: usize = 3;

/// The causes, in the order of the catalogue.
pub(crate) fn table(source: &Source<'_>) -> Table {
    let mut lines: Vec<Line> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for (outcome, control) in with_controls(source) {
        for (told, records) in told(source, outcome) {
            let at = *known.entry(told.clone()).or_insert(lines.len());
            if at == lines.len() {
                lines.push(Line {
                    told,
                    ..Line::default()
                });
            }
            lines[at].records = lines[at].records.max(records);
            lines[at].controls.insert(control.id.clone());
        }
    }
    let rows = lines.into_iter().map(|line| {
        Row::of([
            line.told,
            line.records.to_string(),
            line.controls.into_iter().collect::<Vec<_>>().join("、"),
        ])
    });
    tables::plain(
        "undecided",
        "无法判定的记录",
        &[
            ("位置和原因", 46, Align::Start),
            ("记录数", 6, Align::End),
            ("无法判定的检查项", 24, Align::Start),
        ],
        rows.collect(),
    )
    .on_paper(ON_PAPER)
}

/// A cause with all controls that hang on it.
#[derive(Default)]
struct Line {
    told: String,
    /// Of the control that has most of them.
    records: u32,
    controls: BTreeSet<String>,
}

/// The causes of an outcome in words with their records; its own reasons where no record is named. What
/// hangs on a missing ledger stands in the table of ledgers.
fn told(source: &Source<'_>, outcome: &Outcome) -> Vec<(String, u32)> {
    let causes = outcome.undecided.iter();
    let causes = causes.filter(|c| c.records > 0 && c.cause != CauseKind::MissingLedger);
    let told: Vec<_> = causes.flat_map(|cause| lines(source, cause)).collect();
    let unknown = outcome.verdict == Verdict::Unknown;
    if told.is_empty() && unknown && outcome.missing_ledgers.is_empty() {
        let reasons = outcome.reasons.iter().cloned();
        return reasons.map(|reason| (reason, 1)).collect();
    }
    told
}

/// `台账/收文.xlsx 工作表“2026” F列第36—80行：登记日期未填写` for every column of a sheet; without cells to
/// name, the records or the cause alone.
fn lines(source: &Source<'_>, cause: &UndecidedCause) -> Vec<(String, u32)> {
    if cause.cause == CauseKind::MissingColumn {
        return vec![(cause.reason.clone(), cause.records)];
    }
    let only = match (&cause.examples[..], cause.records) {
        ([only], 1) => Some(only),
        _ => None,
    };
    if let Some(only) = only {
        return vec![(single(source, only), 1)];
    }
    if cause.places.is_empty() {
        let keys = cause.examples.iter().map(|u| u.subject.key.clone());
        let mut keys: Vec<_> = keys.take(NAMED).collect();
        keys.retain(|key| !key.is_empty());
        let keys = match keys.len() < cause.records as usize {
            true => format!("{}等{}条", keys.join("、"), cause.records),
            false => keys.join("、"),
        };
        return vec![(format!("{keys}：{}", cause.reason), cause.records)];
    }
    let places = cause.places.iter();
    let lines = places.map(|runs| (format!("{}：{}", place(runs), cause.reason), runs.rows));
    lines.collect()
}

/// A record by itself: the places of its cells, else its key, with the reason in full.
fn single(source: &Source<'_>, undecided: &Undecided) -> String {
    let ledger = &undecided.subject.ledger;
    let cells = undecided.evidence.iter();
    let cells: Vec<_> = cells.map(|e| source.place(e, ledger).place).collect();
    let place = match tables::some_of(&cells, 3, "处") {
        place if place.is_empty() => undecided.subject.key.clone(),
        place => place,
    };
    format!("{place}：{}", undecided.reason)
}

/// `台账/收文.xlsx 工作表“2026” F列第36—80行`.
fn place(runs: &CellRuns) -> String {
    let told = runs.runs.iter().map(|(from, to)| match to - from {
        0 => from.to_string(),
        _ => format!("{from}—{to}"),
    });
    let told = told.collect::<Vec<_>>().join("、");
    let listed: u32 = runs.runs.iter().map(|(from, to)| to - from + 1).sum();
    let more = match listed < runs.rows {
        true => format!("等共{}", runs.rows),
        false => String::new(),
    };
    let sheet = runs.sheet.as_ref();
    let sheet = sheet.map_or_else(String::new, |sheet| format!(" 工作表“{sheet}”"));
    let column = runs.column.as_ref();
    let column = column.map_or_else(String::new, |column| format!(" {column}列"));
    format!("{}{sheet}{column}第{told}{more}行", runs.file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_rows_are_told_as_one_place() {
        let runs = CellRuns {
            file: "值班表.csv".to_owned(),
            sheet: None,
            column: Some("E".to_owned()),
            runs: vec![(4, 5), (9, 9)],
            rows: 3,
        };
        assert_eq!(place(&runs), "值班表.csv E列第4—5、9行");
        let more = CellRuns {
            sheet: Some("白班".to_owned()),
            rows: 203,
            ..runs
        };
        assert_eq!(place(&more), "值班表.csv 工作表“白班” E列第4—5、9等共203行");
    }
}
