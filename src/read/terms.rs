//! Retention terms: those that level cells bear, and those until a day, become years.

use super::{
    block::{Block, Cell},
    coerce::{Coercer, Term, levels},
    words,
};
use crate::model::{
    dataset::{CellState, Sym},
    schema::{FieldId, FieldType, LedgerSchema},
    time::{Day, Moment},
};
use std::collections::HashMap;

/// Brings the terms that level cells bear, and terms until a day, into the term column.
pub(super) struct Terms<'b, 'c> {
    pub(super) block: &'b mut Block,
    pub(super) schema: &'c LedgerSchema,
    pub(super) terms: HashMap<u32, (Term, u32, Sym)>,
    pub(super) pending: Vec<(u32, FieldId, Term)>,
    pub(super) coercer: &'c Coercer<'c>,
    pub(super) nothing: Sym,
}

impl Terms<'_, '_> {
    /// Settles every term.
    pub(super) fn finish(mut self) {
        for (row, field, term) in std::mem::take(&mut self.pending) {
            let cell = self.decide(row, term);
            self.put(row, field, cell);
        }
        let Some(field) = self.schema.field_by_id("secrecy_years") else {
            return;
        };
        if self.terms.is_empty() {
            return;
        }
        let own = self.block.columns[usize::from(field.0)].is_some();
        if !own {
            self.stand_in(field);
        }
        let mut terms: Vec<_> = std::mem::take(&mut self.terms).into_iter().collect();
        terms.sort_unstable_by_key(|(row, _)| *row);
        for (row, (term, column, raw)) in terms {
            self.fill(row, field, term, (column, raw), own);
        }
    }

    /// No column for the term: the level column is that column too.
    fn stand_in(&mut self, field: FieldId) {
        let level = self
            .schema
            .fields
            .iter()
            .position(|f| self.coercer.is_level(f));
        let empty = Cell {
            word: 0,
            state: CellState::Empty,
            raw: self.nothing,
        };
        self.block.columns[usize::from(field.0)] = Some(vec![empty; self.block.rows.len()]);
        self.block.places[usize::from(field.0)] = level.and_then(|at| self.block.places[at]);
    }

    fn fill(&mut self, row: u32, field: FieldId, term: Term, (column, raw): (u32, Sym), own: bool) {
        let (state, word) = self.decide(row, term);
        let Some(column_cells) = &mut self.block.columns[usize::from(field.0)] else {
            return;
        };
        let cell = &mut column_cells[row as usize];
        let number = self.block.rows[row as usize];
        if cell.state == CellState::Empty {
            *cell = Cell { word, state, raw };
            if own {
                let yaml = self.block.lines.is_some();
                let at = self.block.carried.get(&(row, self.level())).copied();
                if !yaml {
                    self.block
                        .carried
                        .insert((row, field), at.unwrap_or((number, column)));
                }
            }
            self.copy_line(row, field);
            if matches!(term, Term::Until(_)) && state == CellState::Unreadable {
                let expected = words::NO_START_OF_TERM.to_owned();
                self.block.unreadable.push((row, field, expected));
            }
        } else if cell.state == CellState::Value && state == CellState::Value && cell.word != word {
            let own = self.block.strings.resolve(cell.raw).to_owned();
            let mark = self.block.strings.resolve(raw).to_owned();
            self.block.differences.push((number, column, own, mark));
        }
    }

    /// In YAML the term's line is that of the level.
    fn copy_line(&mut self, row: u32, field: FieldId) {
        let level = self.level();
        let width = self.block.columns.len();
        if let Some(lines) = &mut self.block.lines {
            let start = row as usize * width;
            lines[start + usize::from(field.0)] = lines[start + usize::from(level.0)];
        }
    }

    fn level(&self) -> FieldId {
        let at = self
            .schema
            .fields
            .iter()
            .position(|f| self.coercer.is_level(f));
        FieldId(at.unwrap_or(0) as u16)
    }

    fn put(&mut self, row: u32, field: FieldId, (state, word): (CellState, i32)) {
        if let Some(cells) = &mut self.block.columns[usize::from(field.0)] {
            let cell = &mut cells[row as usize];
            (cell.state, cell.word) = (state, word);
        }
        if state == CellState::Unreadable
            && !self
                .block
                .conditions
                .contains(&self.block.rows[row as usize])
        {
            self.block
                .unreadable
                .push((row, field, words::NO_START_OF_TERM.to_owned()));
        }
    }

    /// Years of a term; a condition, or a day without a start, cannot be told.
    fn decide(&mut self, row: u32, term: Term) -> (CellState, i32) {
        match term {
            Term::Years(years) => (CellState::Value, years),
            Term::Until(until) => match self.start(row) {
                Some(start) => (CellState::Value, levels::years_until(start, until)),
                None => (CellState::Unreadable, 0),
            },
            Term::Condition => {
                self.block.conditions.push(self.block.rows[row as usize]);
                (CellState::Unreadable, 0)
            }
        }
    }

    /// The day that the secret was decided on, else the day that the record is about.
    fn start(&self, row: u32) -> Option<Day> {
        let decided = self.schema.field_by_id("decided_on");
        [decided, self.schema.event_date]
            .into_iter()
            .flatten()
            .find_map(|field| {
                let cell = self.block.columns[usize::from(field.0)].as_ref()?[row as usize];
                let known = cell.state == CellState::Value;
                known.then(|| match self.schema.fields[usize::from(field.0)].ty {
                    FieldType::DateTime => Moment(cell.word).day(),
                    _ => Day(cell.word),
                })
            })
    }
}
