//! One finding's entries: merged from the lists, else carried from the earlier results, and held
//! against what the check says.

use super::{Row, late_by, messages};
use crate::{input::Input, records::Records};
use std::collections::BTreeMap;
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::{
    rectification::{Cells, Change, Column, Origin, Rectification, Status, edited, same},
    results::{Finding, Results, State},
    time::Day,
};

/// Findings of earlier results by fingerprint: each finding of this run looks itself up.
pub(super) struct Earlier<'a> {
    /// Of the baseline.
    baseline: BTreeMap<&'a str, &'a Finding>,
    /// Of any earlier results, the most binding first.
    any: BTreeMap<&'a str, &'a Finding>,
}

impl<'a> Earlier<'a> {
    pub(super) fn of(input: &'a Input<'_>) -> Self {
        let baseline = input.baseline.iter().map(|(_, results)| results);
        Self {
            baseline: by_fingerprint(baseline),
            any: by_fingerprint(input.earlier()),
        }
    }
}

/// The first of each fingerprint.
fn by_fingerprint<'a>(
    results: impl Iterator<Item = &'a Results>,
) -> BTreeMap<&'a str, &'a Finding> {
    let mut first = BTreeMap::new();
    for finding in results.flat_map(|results| &results.findings) {
        first.entry(finding.fingerprint.as_str()).or_insert(finding);
    }
    first
}

/// What people entered for a finding.
pub(super) fn entry(
    input: &Input<'_>,
    earlier: &Earlier<'_>,
    finding: &Finding,
    rows: &[Row<'_>],
) -> Rectification {
    let fingerprint = finding.fingerprint.as_str();
    let before = earlier.baseline.get(fingerprint).copied();
    let carried = || {
        let entry = &earlier.any.get(fingerprint)?.rectification;
        Some((entry.filled.clone(), entry.extra.clone()))
    };
    let fallback = match rows {
        [] => Cells::new(),
        _ => fallback(input, finding),
    };
    let filled_in = rows.iter().filter(|r| r.list.origin != Origin::Ledger);
    let whole = |row: &Row<'_>| row.list.origin <= Origin::Earlier;
    // The list itself holds everything entered so far, so that what is empty there was taken out. A
    // copy holds a part: what it does not say stays.
    let has_whole = filled_in.clone().any(whole);
    let mut merged = Entered::default();
    filled_in.for_each(|row| fill_up(&mut merged, entered(row, &fallback)));
    if !has_whole && let Some(carried) = carried() {
        fill_up(&mut merged, carried);
    }
    let (filled, extra) = merged;
    let mut entry = Rectification {
        filled,
        extra,
        ledger: ledger(rows),
        earlier: before.map_or_else(Vec::new, |f| f.rectification.earlier.clone()),
        ..Rectification::default()
    };
    if let Some(before) = before.filter(|_| finding.state == State::Reopened) {
        put_marks_aside(&mut entry, &before.rectification);
    }
    let last = earlier.any.get(fingerprint).map(|f| &f.rectification);
    entry.history = history(last, &entry, rows, input.plan.as_of);
    if finding.state == State::Reopened {
        // Marks of the round before were put aside by the program, not by people.
        entry
            .history
            .retain(|change| change.on < input.plan.as_of || !change.to.is_empty());
    }
    entry
}

/// What was changed before, and what differs from the last run now.
fn history(
    last: Option<&Rectification>,
    entry: &Rectification,
    rows: &[Row<'_>],
    on: Day,
) -> Vec<Change> {
    let mut changes = last.map_or_else(Vec::new, |last| last.history.clone());
    for column in Column::OPEN {
        let from = last.and_then(|last| last.filled.get(&column));
        let to = entry.filled.get(&column);
        if from == to {
            continue;
        }
        let says = |row: &&Row<'_>| row.row.cells.get(&column) == to;
        let list = rows.iter().find(says).or(rows.first());
        changes.push(Change {
            on,
            column,
            from: from.cloned().unwrap_or_default(),
            to: to.cloned().unwrap_or_default(),
            file: list.map_or_else(String::new, |row| row.list.path.clone()),
        });
    }
    changes
}

type Entered = (Cells, BTreeMap<String, String>);

fn entered(row: &Row<'_>, fallback: &Cells) -> Entered {
    (edited(&row.row.cells, fallback), row.row.extra.clone())
}

fn fill_up(into: &mut Entered, from: Entered) {
    for (column, text) in from.0 {
        into.0.entry(column).or_insert(text);
    }
    for (heading, text) in from.1 {
        into.1.entry(heading).or_insert(text);
    }
}

/// What the program itself may have put into the open columns: for lists whose 校验 is gone.
fn fallback(input: &Input<'_>, finding: &Finding) -> Cells {
    let department = finding.subject.department.clone().unwrap_or_default();
    let leader = leader(input, &department);
    let status = match finding.state {
        State::Fixed => Status::Done,
        _ => Status::Open,
    };
    let department = if department.is_empty() {
        messages::NO_DEPARTMENT.to_owned()
    } else {
        department
    };
    let due = if finding.due <= finding.found {
        "立行立改".to_owned()
    } else {
        finding.due.to_string()
    };
    Cells::from([
        (Column::Department, department),
        (
            Column::Responsible,
            finding.subject.person.clone().unwrap_or_default(),
        ),
        (Column::Leader, leader),
        (Column::Measure, finding.remedy.clone()),
        (Column::Due, due),
        (Column::Status, status.label().to_owned()),
    ])
}

fn leader(input: &Input<'_>, department: &str) -> String {
    let register = Records::of(&input.catalogue.schemas, input.dataset, "departments");
    let leader = register.and_then(|register| {
        let mut rows = register.rows();
        let row = rows.find(|&row| register.text(row, "name").as_deref() == Some(department))?;
        register.text(row, "business_leader")
    });
    leader.unwrap_or_default()
}

/// What a hand-kept ledger says.
fn ledger(rows: &[Row<'_>]) -> Cells {
    let mut cells = Cells::new();
    for row in rows.iter().filter(|r| r.list.origin == Origin::Ledger) {
        for column in Column::OPEN {
            if let Some(text) = row.row.cells.get(&column).filter(|t| !t.is_empty()) {
                cells.entry(column).or_insert_with(|| text.clone());
            }
        }
    }
    cells
}

/// A fault that is back begins a new round: the old marks are told, no longer in force.
fn put_marks_aside(entry: &mut Rectification, before: &Rectification) {
    let old: Cells = Column::MARKS
        .into_iter()
        .filter_map(|column| Some((column, before.filled.get(&column)?.clone())))
        .collect();
    if old.is_empty() {
        return;
    }
    for (column, text) in &old {
        if entry.filled.get(column) == Some(text) {
            entry.filled.remove(column);
        }
    }
    entry.earlier.push(messages::earlier_round(&old));
}

/// Tells entries of two places that differ.
pub(super) fn contradictions(finding: &Finding, rows: &[Row<'_>]) -> Vec<Diagnostic> {
    let binding = |row: &&Row<'_>| row.list.origin <= Origin::Workspace;
    let none = Cells::new();
    let entries: Vec<_> = rows
        .iter()
        .filter(binding)
        .map(|row| (row, edited(&row.row.cells, &none)))
        .collect();
    let mut told = Vec::new();
    for column in Column::OPEN {
        let mut given = entries
            .iter()
            .filter_map(|(row, cells)| Some((row, cells.get(&column)?)));
        let Some((first, text)) = given.next() else {
            continue;
        };
        let other = given.find(|(_, other)| !same(text, other));
        told.extend(other.map(|(row, other)| {
            let message = messages::contradiction(
                finding,
                column,
                (text, &shown(first)),
                (other, &shown(row)),
            );
            let locus = Locus::sheet(&row.list.path, row.row.sheet.as_deref());
            Diagnostic::new(codes::LIST_CONTRADICTION, message, locus)
                .with_hint("核实后在本次生成的整改清单中改正，并删去不用的那一份。")
        }));
    }
    told
}

fn shown(row: &Row<'_>) -> String {
    messages::place(&row.list.path, row.row.sheet.as_deref(), row.row.row)
}

/// The day a finding is to be mended by: people's plan where they gave one.
fn due_day(finding: &Finding) -> Day {
    let planned = finding.rectification.cell(Column::Due);
    planned.and_then(Day::parse).unwrap_or(finding.due)
}

/// Holds the entries against the state: overdue days, and what does not go together.
pub(super) fn judge(finding: &mut Finding, as_of: Day) {
    let due = due_day(finding);
    let mended = finding.state == State::Fixed;
    let overdue = if finding.stands() {
        late_by(due, as_of)
    } else {
        0
    };
    let mut notes = Vec::new();
    let entry = &finding.rectification;
    if entry.says_done() && finding.past.is_some() {
        notes.push(messages::not_verified(entry));
    } else if entry.says_done() && !mended {
        notes.push(messages::still_found(entry));
    }
    if mended && !entry.is_signed_off() {
        notes.push(messages::NOT_SIGNED_OFF.to_owned());
    }
    notes.extend(messages::incomplete(entry));
    notes.extend(messages::without_proof(entry));
    notes.extend(messages::extended(finding));
    notes.extend(messages::own_reviewer(entry));
    let days = [Column::Completed, Column::Closed].map(|c| (c, entry.cell(c).and_then(Day::parse)));
    for (column, day) in days {
        notes.extend(
            day.filter(|day| *day > as_of)
                .map(|_| messages::in_future(column)),
        );
    }
    let completed = days[0].1.or(days[1].1);
    let late = completed.map_or(0, |day| late_by(due, day));
    if late > 0 {
        notes.push(messages::completed_late(late));
    }
    finding.rectification.overdue_days = overdue;
    finding.rectification.notes = notes;
}
