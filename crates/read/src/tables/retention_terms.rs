//! Retention terms: those that level cells bear, and those until a day, become years.

use crate::tables::block::Block;
use crate::values::coerce::{Coercer, Term, levels};
use crate::values::words;
use std::collections::HashMap;
use zicha_model::{
    dataset::{CellState, Column, Interner, Sym},
    schema::{FieldId, FieldType, LedgerSchema},
    time::{Day, Moment},
};

/// Terms as they come up: those of level cells by row, and those that stand in the term column.
#[derive(Default)]
pub(crate) struct Found {
    /// The term of a level cell, its column and its text.
    pub(crate) beside: HashMap<u32, (Term, u32, Sym)>,
    /// Terms in cells of their own.
    pub(crate) pending: Vec<(u32, FieldId, Term)>,
}

/// Brings the terms that level cells bear, and terms until a day, into the term column.
pub(crate) struct Terms<'b, 'c> {
    pub(crate) block: &'b mut Block,
    pub(crate) schema: &'c LedgerSchema,
    pub(crate) found: Found,
    pub(crate) coercer: &'c Coercer<'c>,
    pub(crate) texts: &'c Interner,
    pub(crate) nothing: Sym,
}

impl Terms<'_, '_> {
    /// Settles every term.
    pub(crate) fn finish(mut self) {
        for (row, field, term) in std::mem::take(&mut self.found.pending) {
            let cell = self.decide(row, term);
            self.put(row, field, cell);
        }
        let Some(field) = self.schema.field_by_id("secrecy_years") else {
            return;
        };
        if self.found.beside.is_empty() {
            return;
        }
        let own = self.block.columns[usize::from(field.0)].is_some();
        if !own {
            self.stand_in(field);
        }
        let mut terms: Vec<_> = std::mem::take(&mut self.found.beside).into_iter().collect();
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
        let rows = self.block.rows.len();
        self.block.columns[usize::from(field.0)] = Some(Column {
            words: vec![0; rows],
            states: vec![CellState::Empty; rows],
            raw: vec![self.nothing; rows],
        });
        self.block.places[usize::from(field.0)] = level.and_then(|at| self.block.places[at]);
    }

    fn fill(&mut self, row: u32, field: FieldId, term: Term, (column, raw): (u32, Sym), own: bool) {
        let (state, word) = self.decide(row, term);
        let at = row as usize;
        let Some(cells) = &mut self.block.columns[usize::from(field.0)] else {
            return;
        };
        let number = self.block.rows[at];
        if cells.states[at] == CellState::Empty {
            (cells.states[at], cells.words[at], cells.raw[at]) = (state, word, raw);
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
                let expected = words::NO_START_OF_TERM.into();
                self.block.unreadable.push((row, field, expected));
            }
        } else if (cells.states[at], state) == (CellState::Value, CellState::Value)
            && cells.words[at] != word
        {
            let own = self.texts.resolve(cells.raw[at]).to_owned();
            let mark = self.texts.resolve(raw).to_owned();
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
            (cells.states[row as usize], cells.words[row as usize]) = (state, word);
        }
        // A condition was told of by deciding on it, just before.
        let told = self.block.conditions.last() == Some(&self.block.rows[row as usize]);
        if state == CellState::Unreadable && !told {
            self.block
                .unreadable
                .push((row, field, words::NO_START_OF_TERM.into()));
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
                let cells = self.block.columns[usize::from(field.0)].as_ref()?;
                let (state, word) = (cells.states[row as usize], cells.words[row as usize]);
                let known = state == CellState::Value;
                known.then(|| match self.schema.fields[usize::from(field.0)].ty {
                    FieldType::DateTime => Moment(word).day(),
                    _ => Day(word),
                })
            })
    }
}
