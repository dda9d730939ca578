//! A finding of an earlier run looked up in this run: its outcomes, its record, its cells.

use crate::input::Input;
use std::collections::HashSet;
use zicha_engine::{Outcome, Subjects, Undecided, UndecidedCause};
use zicha_model::{
    dataset::CellState,
    results::{ChangedCell, Evidence, Finding, Results},
    schema::{FieldId, LedgerId},
};

/// What findings of the baseline are looked up in.
pub(super) struct Look<'a> {
    pub(super) input: &'a Input<'a>,
    pub(super) subjects: Subjects<'a>,
    outcomes: &'a [Outcome],
    /// Which ledger each sheet was read as then: file, sheet, ledger.
    then: HashSet<(&'a str, &'a str, &'a str)>,
}

impl<'a> Look<'a> {
    /// Prepares this run and the one before for looking up.
    pub(super) fn new(
        input: &'a Input<'a>,
        outcomes: &'a [Outcome],
        baseline: &'a Results,
    ) -> Self {
        let sheets = baseline.inputs.iter().flat_map(|file| {
            let ledgers = file.sheets.iter().filter_map(|sheet| {
                let ledger = sheet.ledger.as_deref()?;
                Some((file.path.as_str(), sheet.name.as_str(), ledger))
            });
            ledgers.collect::<Vec<_>>()
        });
        Self {
            input,
            subjects: Subjects::new(input.catalogue, input.dataset, input.plan, input.profile),
            outcomes,
            then: sheets.collect(),
        }
    }

    /// The outcomes of its control; more than one where checklists are judged apart.
    pub(super) fn outcomes_of(&self, before: &Finding) -> impl Iterator<Item = &'a Outcome> {
        let controls = &self.input.catalogue.controls;
        let id = before.control.clone();
        let outcomes = self.outcomes.iter();
        outcomes.filter(move |outcome| {
            id.as_deref() == Some(controls[outcome.control].control.id.as_str())
        })
    }

    /// Why its subject could not be decided, where that is known of the subject itself.
    pub(super) fn undecided_reason(&self, before: &Finding) -> Option<String> {
        let mut causes = self.outcomes_of(before).flat_map(|o| &o.undecided);
        let row = self.row(before);
        let is_meant = |cause: &&UndecidedCause| {
            let example = |u: &Undecided| {
                u.subject.ledger == before.subject.ledger && u.subject.key == before.subject.key
            };
            cause.examples.iter().any(example)
                || row.is_some_and(|row| self.is_to_blame(row, before, cause))
        };
        let cause = causes.find(is_meant)?;
        Some(cause.reason.clone())
    }

    /// True if a cell of the record is among those that the cause names.
    fn is_to_blame(
        &self,
        (ledger, row): (LedgerId, u32),
        before: &Finding,
        cause: &UndecidedCause,
    ) -> bool {
        if cause.ledger != before.subject.ledger {
            return false;
        }
        let schemas = &self.input.catalogue.schemas;
        let Some(field) = schemas.ledger(ledger).field_by_id(&cause.field) else {
            return false;
        };
        let Some(table) = self.input.dataset.table(ledger) else {
            return false;
        };
        let cell = self.input.dataset.evidence(schemas, table, row, field);
        cause.places.iter().any(|place| {
            Some(&place.file) == cell.file.as_ref()
                && place.sheet == cell.sheet
                && cell.row.is_some_and(|row| {
                    place
                        .runs
                        .iter()
                        .any(|&(from, to)| (from..=to).contains(&row))
                })
        })
    }

    /// The ledger of its subject.
    pub(super) fn ledger(&self, before: &Finding) -> Option<LedgerId> {
        self.input
            .catalogue
            .schemas
            .ledger_by_id(&before.subject.ledger)
    }

    /// Where its record stands now.
    pub(super) fn row(&self, before: &Finding) -> Option<(LedgerId, u32)> {
        let ledger = self.ledger(before)?;
        let row = self.subjects.row(ledger, &before.subject.key)?;
        Some((ledger, row))
    }

    /// True if its record is there and the cell has a column: without one nothing was read.
    pub(super) fn cell_stands(&self, before: &Finding) -> bool {
        let Some((ledger, row)) = self.row(before) else {
            return false;
        };
        let mut fields = before
            .evidence
            .iter()
            .filter_map(|cell| self.field(ledger, cell));
        let has_column = |field| {
            let table = self.input.dataset.table(ledger);
            table.is_some_and(|table| table.cell(row, field).0 != CellState::NoColumn)
        };
        fields.all(has_column)
    }

    /// Today's content of the cells of its own record that were named then, and what of it is
    /// different.
    pub(super) fn cells(&self, before: &Finding) -> (Vec<Evidence>, Vec<ChangedCell>) {
        let Some((ledger, row)) = self.row(before) else {
            return Default::default();
        };
        let Some(table) = self.input.dataset.table(ledger) else {
            return Default::default();
        };
        let mine = || before.evidence.iter().filter(|e| self.is_of(before, e));
        let first = mine().next().map(|cell| cell.row);
        let own = mine().filter(|cell| Some(cell.row) == first);
        let own = own.filter_map(|cell| Some((cell, self.field(ledger, cell)?)));
        let mut now = Vec::new();
        let mut changed = Vec::new();
        for (then, field) in own {
            let schemas = &self.input.catalogue.schemas;
            let today = self.input.dataset.evidence(schemas, table, row, field);
            if today.value.trim() != then.value.trim() {
                changed.push(ChangedCell {
                    field: then.field.clone(),
                    then: then.value.clone(),
                    now: today.value.clone(),
                });
            }
            now.push(today);
        }
        (now, changed)
    }

    /// True if a cell named then lies in a sheet that was read as the subject's ledger.
    fn is_of(&self, before: &Finding, cell: &Evidence) -> bool {
        let Some(file) = cell.file.as_deref() else {
            return false;
        };
        let ledger = before.subject.ledger.as_str();
        match cell.sheet.as_deref() {
            Some(sheet) => self.then.contains(&(file, sheet, ledger)),
            None => self.then.iter().any(|(f, _, l)| *f == file && *l == ledger),
        }
    }

    fn field(&self, ledger: LedgerId, cell: &Evidence) -> Option<FieldId> {
        let schemas = &self.input.catalogue.schemas;
        schemas.ledger(ledger).field_by_id(&cell.field)
    }
}
