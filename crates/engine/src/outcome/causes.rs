//! What keeps subjects undecided, by cause: counts and sets of rows, never one object a record.

use super::CellRuns;
use crate::context::EvalContext;
use crate::context::subject::SubjectRef;
use crate::row_set::RowSet;
use crate::value::Why;
use std::collections::{BTreeMap, BTreeSet};
use zicha_model::schema::{FieldId, LedgerId};

/// Subjects kept as examples of a cause.
pub(crate) const EXAMPLES: usize = 5;

/// Runs of rows named for one column; the number of rows is always told.
const RUNS: usize = 100;

/// A subject that a clause left open: what is evaluated again where it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Sample {
    /// Index of the clause.
    pub(crate) clause: usize,
    pub(crate) ledger: LedgerId,
    pub(crate) row: u32,
}

/// The subjects that one cause leaves open.
#[derive(Clone, Debug, Default)]
pub(crate) struct OpenSubjects {
    /// Records, by the clause that they leave open and their ledger.
    pub(crate) rows: BTreeMap<(usize, LedgerId), RowSet>,
    /// Subjects that are no records.
    pub(crate) others: BTreeSet<SubjectRef>,
    /// Rows of the cells that are to blame, in the ledger that the cause names.
    pub(crate) cells: RowSet,
}

impl OpenSubjects {
    /// Records that are open for any clause, by ledger.
    pub(crate) fn by_ledger(&self) -> BTreeMap<LedgerId, RowSet> {
        let mut all: BTreeMap<LedgerId, RowSet> = BTreeMap::new();
        for (&(_, ledger), rows) in &self.rows {
            all.entry(ledger).or_default().add(rows);
        }
        all
    }

    /// The first records, for examples, each with a clause that it leaves open.
    pub(crate) fn samples(&self, failed: &BTreeMap<LedgerId, RowSet>) -> BTreeSet<Sample> {
        let mut samples = BTreeSet::new();
        for (&(clause, ledger), rows) in &self.rows {
            let fails = |row: u32| failed.get(&ledger).is_some_and(|rows| rows.contains(row));
            let left = EXAMPLES.saturating_sub(samples.len());
            let open = rows.iter().filter(|&row| !fails(row)).take(left);
            samples.extend(open.map(|row| Sample {
                clause,
                ledger,
                row,
            }));
        }
        samples
    }
}

/// Causes with the subjects that they leave open.
#[derive(Clone, Debug, Default)]
pub(crate) struct CauseTally<'a> {
    pub(crate) causes: BTreeMap<Why<'a>, OpenSubjects>,
}

impl<'a> CauseTally<'a> {
    /// Records that a cause leaves open, and the rows of the cells to blame.
    pub(crate) fn add(
        &mut self,
        why: Why<'a>,
        (clause, ledger): (usize, LedgerId),
        records: &[u32],
        cells: &[u32],
    ) {
        let open = self.causes.entry(why.general()).or_default();
        let rows = open.rows.entry((clause, ledger)).or_default();
        records.iter().for_each(|&row| rows.insert(row));
        cells.iter().for_each(|&row| open.cells.insert(row));
    }

    /// A subject that is no record.
    pub(crate) fn add_other(&mut self, why: Why<'a>, who: SubjectRef) {
        let open = self.causes.entry(why.general()).or_default();
        open.others.insert(who);
    }

    /// A cause that concerns no single subject.
    pub(crate) fn name(&mut self, why: Why<'a>) {
        self.causes.entry(why.general()).or_default();
    }

    /// Records that any cause leaves open, by ledger.
    pub(crate) fn rows(&self) -> BTreeMap<LedgerId, RowSet> {
        let mut all: BTreeMap<LedgerId, RowSet> = BTreeMap::new();
        for (&(_, ledger), rows) in self.causes.values().flat_map(|open| &open.rows) {
            all.entry(ledger).or_default().add(rows);
        }
        all
    }

    /// True if some subject is open.
    pub(crate) fn leaves_some_open(&self) -> bool {
        let mut all = self.causes.values();
        all.any(|open| !open.others.is_empty() || open.rows.values().any(|rows| !rows.is_empty()))
    }
}

impl CellRuns {
    fn add(&mut self, row: u32) {
        self.rows += 1;
        let is_full = self.runs.len() == RUNS;
        match self.runs.last_mut() {
            Some((_, last)) if *last + 1 == row => *last = row,
            _ if !is_full => self.runs.push((row, row)),
            _ => {}
        }
    }
}

/// Where cells of a field stand: runs of rows, by sheet and column.
pub(crate) fn places(
    context: &EvalContext<'_>,
    ledger: LedgerId,
    field: FieldId,
    rows: &RowSet,
) -> Vec<CellRuns> {
    let mut places: Vec<(u32, CellRuns)> = Vec::new();
    let Some(table) = context.dataset.table(ledger) else {
        return Vec::new();
    };
    for row in rows.iter() {
        let origin = table.origin(row, field);
        let part = &table.parts[origin.part as usize];
        let is_plain = part.cell_lines.is_none() && !table.carried.contains_key(&(row, field));
        let known = places.last().is_some_and(|(own, _)| *own == origin.part);
        let place = (!known || !is_plain).then(|| context.dataset.place(table, row, field));
        let at = place.as_ref().map_or(origin.row, |place| place.row);
        if let (false, Some(place)) = (known, place) {
            let runs = CellRuns {
                file: place.file,
                sheet: place.sheet,
                column: place.column,
                runs: Vec::new(),
                rows: 0,
            };
            places.push((origin.part, runs));
        }
        if let Some((_, runs)) = places.last_mut() {
            runs.add(at);
        }
    }
    places.into_iter().map(|(_, runs)| runs).collect()
}
