//! Why records could not be decided: the cause once, with everything that hangs on it.
//!
//! What enters: the outcomes of the controls. What leaves: one table. A cell that ten controls need
//! is one row, since it is mended once; so is a column that is empty in fifty rows.

use crate::document::tables;
use crate::view::source::Source;
use crate::view::unresolved::causes::with_controls;
use crate::view::{Align, Row, Table, source};
use std::collections::{BTreeMap, BTreeSet};
use zicha_engine::{Outcome, Undecided};
use zicha_model::verdict::Verdict;

/// Causes that are printed; the page has them all.
const ON_PAPER: usize = 40;

/// Runs of rows named in one cause; the number of rows is always told.
const RUNS: usize = 100;

/// The causes, in the order of the catalogue.
pub(crate) fn table(source: &Source<'_>) -> Table {
    let mut causes: Vec<Cause> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for (outcome, control) in with_controls(source) {
        for case in cases(source, outcome) {
            let at = *known.entry(case.alike.clone()).or_insert(causes.len());
            if at == causes.len() {
                causes.push(Cause::default());
            }
            causes[at].add(case, &control.id);
        }
    }
    let rows = causes.into_iter().map(|cause| {
        Row::of([
            cause.told(),
            cause.records.to_string(),
            cause.controls.into_iter().collect::<Vec<_>>().join("、"),
        ])
    });
    tables::plain(
        "undecided",
        "无法判定的记录",
        &[
            ("位置和原因", 46, Align::Start),
            ("次数", 6, Align::End),
            ("无法判定的检查项", 24, Align::Start),
        ],
        rows.collect(),
    )
    .on_paper(ON_PAPER)
}

/// A record that a control could not decide.
struct Case {
    /// Place and reason, by itself.
    line: String,
    /// The same for all cases that are told together.
    alike: String,
    /// Column with its sheet, row and reason, if it is one cell that was needed.
    cell: Option<(String, usize, String)>,
}

impl Case {
    /// One that is told by itself.
    fn single(line: String) -> Self {
        Self {
            alike: line.clone(),
            line,
            cell: None,
        }
    }
}

/// Cases that are told together.
#[derive(Default)]
struct Cause {
    line: String,
    column: Option<(String, String)>,
    rows: BTreeSet<usize>,
    records: usize,
    controls: BTreeSet<String>,
}

impl Cause {
    fn add(&mut self, case: Case, control: &str) {
        self.records += 1;
        self.controls.insert(control.to_owned());
        self.line = case.line;
        if let Some((column, row, reason)) = case.cell {
            self.rows.insert(row);
            self.column = Some((column, reason));
        }
    }

    /// `台账/收文.xlsx 工作表“2026” F列第36—80行：登记日期未填写`, or the one line that there is.
    fn told(&self) -> String {
        let Some((column, reason)) = self.column.as_ref().filter(|_| self.rows.len() > 1) else {
            return self.line.clone();
        };
        let rows: Vec<_> = self.rows.iter().copied().collect();
        let runs = tables::ranges(&rows);
        let more = match runs.len() > RUNS {
            true => format!("等共{}", rows.len()),
            false => String::new(),
        };
        let runs = runs[..runs.len().min(RUNS)].join("、");
        format!("{column}第{runs}{more}行：{reason}")
    }
}

/// One case for every undecided record; the outcome's own reasons where it names no record. What
/// hangs on a missing ledger stands in the table of ledgers.
fn cases(source: &Source<'_>, outcome: &Outcome) -> Vec<Case> {
    let of_ledger = |reason: &str| {
        let mut ledgers = outcome.missing_ledgers.iter();
        ledgers.any(|l| reason.contains(&source.ledger_label(l)))
    };
    let records = outcome.undecided.iter().filter(|u| !of_ledger(&u.reason));
    let cases: Vec<_> = records.map(|u| case(source, u)).collect();
    let unknown = outcome.verdict == Verdict::Unknown;
    if cases.is_empty() && unknown && outcome.missing_ledgers.is_empty() {
        let reasons = outcome.reasons.iter().cloned();
        return reasons.map(Case::single).collect();
    }
    cases
}

fn case(source: &Source<'_>, undecided: &Undecided) -> Case {
    let ledger = &undecided.subject.ledger;
    let cells = undecided.evidence.iter();
    let cells: Vec<_> = cells.map(|e| source.place(e, ledger).place).collect();
    let place = match tables::some_of(&cells, 3, "处") {
        place if place.is_empty() => undecided.subject.key.clone(),
        place => place,
    };
    let single = Case::single(format!("{place}：{}", undecided.reason));
    let Some((column, row)) = only_cell(undecided) else {
        return single;
    };
    let reason = unnamed(&undecided.reason);
    Case {
        alike: format!("{column}{reason}"),
        cell: Some((column, row, reason)),
        ..single
    }
}

/// The reason without the record that it names: `《值班表》“ZB5”的是否交接未填写` is the same for all.
fn unnamed(reason: &str) -> String {
    let named = reason.split_once("》“");
    let parts = named.and_then(|(ledger, rest)| Some((ledger, rest.split_once('”')?.1)));
    parts.map_or_else(
        || reason.to_owned(),
        |(ledger, rest)| format!("{ledger}》{rest}"),
    )
}

/// Sheet with column, and the row, if it is one cell that was needed.
fn only_cell(undecided: &Undecided) -> Option<(String, usize)> {
    let [cell] = undecided.evidence.as_slice() else {
        return None;
    };
    let (column, row) = (cell.column.as_ref()?, cell.row?);
    Some((format!("{} {column}列", source::sheet(cell)?), row as usize))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_told_without_its_record() {
        assert_eq!(unnamed("《值班表》“ZB5”的人未填写"), "《值班表》的人未填写");
        let other = "文件登记号“收字〔2026〕999号”在《收文登记簿》中查不到";
        assert_eq!(unnamed(other), other);
    }

    #[test]
    fn rows_of_one_column_are_told_as_one_cause_and_a_single_one_in_full() {
        let case = |row| Case {
            line: format!("值班表.csv 第{row}行E列：“ZB{row}”的是否交接未填写"),
            alike: String::new(),
            cell: Some((
                "值班表.csv E列".to_owned(),
                row,
                "是否交接未填写".to_owned(),
            )),
        };
        let mut cause = Cause::default();
        cause.add(case(5), "KEY-011");
        assert_eq!(cause.told(), "值班表.csv 第5行E列：“ZB5”的是否交接未填写");
        for row in [4, 9] {
            cause.add(case(row), "KEY-011");
        }
        assert_eq!(cause.told(), "值班表.csv E列第4—5、9行：是否交接未填写");
        assert_eq!((cause.records, cause.controls.len()), (3, 1));
        for row in (20..420).step_by(2) {
            cause.add(case(row), "KEY-012");
        }
        let told = cause.told();
        assert!(told.ends_with("、214等共203行：是否交接未填写"), "{told}");
    }
}
