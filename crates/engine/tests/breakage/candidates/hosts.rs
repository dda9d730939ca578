//! Which records of the sample a change is made to: those in order that are likest to the examples.

use super::super::change::{Cell, cell};
use super::super::model::Model;
use super::{Candidates, is_text};
use std::{cmp::Reverse, collections::BTreeSet};
use zicha_model::{
    dataset::{CellState, Dataset, ListId, Table},
    schema::{FieldId, FieldType, LedgerId},
};

/// Records of a ledger that are tried.
const HOSTS: usize = 8;

/// Records whose names stand for those that an example names.
const NAMES: usize = 4;

impl Candidates<'_> {
    /// Records that are in order: of those judged, or of those that name one of them, the likest to
    /// the records of the examples that pass.
    pub(super) fn hosts(&self, data: &Dataset, ledger: LedgerId) -> Vec<u32> {
        let Some(table) = data.table(ledger) else {
            return Vec::new();
        };
        let judged = self.subjects.iter().filter(|(other, _)| *other == ledger);
        let mut rows: Vec<u32> = judged.map(|&(_, row)| row).collect();
        let mut links = BTreeSet::new();
        if rows.is_empty() {
            rows = (0..table.len() as u32).collect();
            links = self.links(data);
        }
        let patterns = self.orderly.iter().chain(&self.models);
        let patterns: Vec<_> = patterns.filter(|m| m.ledger == ledger).collect();
        let linked = |row| self.names_one_of(table, row, &links);
        let rank = |&row: &u32| {
            let best = patterns
                .iter()
                .map(|model| self.alike(data, table, row, model));
            Reverse((best.max(), linked(row)))
        };
        rows.sort_by_cached_key(rank);
        spread(rows)
    }

    /// How many cells of those that the rule reads are as in the example, as far as that can be said
    /// of texts and dates.
    fn alike(&self, data: &Dataset, table: &Table, row: u32, model: &Model) -> usize {
        let items = |own: Cell| data.lists.get(ListId(own.word as u32));
        let same = |&(field, ty): &(FieldId, FieldType)| {
            let (own, goal) = (cell(table, row, field), model.cells[usize::from(field.0)]);
            let closed = matches!(
                ty,
                FieldType::Bool | FieldType::Enum(_) | FieldType::Integer
            );
            let both = own.state == CellState::Value && goal.state == CellState::Value;
            match ty {
                FieldType::EnumList(_) if both => items(own) == items(goal),
                _ => own.state == goal.state && (own.word == goal.word || !closed),
            }
        };
        self.read(model.ledger).filter(same).count()
    }

    fn names_one_of(&self, table: &Table, row: u32, links: &BTreeSet<i32>) -> bool {
        let texts = self.fields(table.ledger).filter(|&(_, ty)| is_text(ty));
        let mut cells = texts.map(|(field, _)| cell(table, row, field));
        cells.any(|own| own.state == CellState::Value && links.contains(&own.word))
    }

    /// The numbers by which other ledgers name the records that the control judges.
    fn links(&self, data: &Dataset) -> BTreeSet<i32> {
        let mut links = BTreeSet::new();
        for &(ledger, row) in self.subjects {
            let Some(table) = data.table(ledger) else {
                continue;
            };
            let key = &self.bench.catalogue.schemas.ledger(ledger).primary_key;
            let cells = key.iter().map(|&field| cell(table, row, field));
            let filled = cells.filter(|own| own.state == CellState::Value);
            links.extend(filled.map(|own| own.word));
        }
        links
    }

    /// What the sample calls such things as the example names in this cell: where another record of
    /// the example bears the name, the names of the records likest to that one.
    pub(super) fn namesakes(&self, data: &Dataset, model: &Model, goal: Cell) -> Vec<i32> {
        let mut words = Vec::new();
        for other in self.models.iter().filter(|m| m.ledger != model.ledger) {
            let bears = |&(field, ty): &(FieldId, FieldType)| {
                let cell = other.cells[usize::from(field.0)];
                is_text(ty) && cell.state == CellState::Value && cell.word == goal.word
            };
            let Some((field, _)) = self.fields(other.ledger).find(bears) else {
                continue;
            };
            let Some(table) = data.table(other.ledger) else {
                continue;
            };
            let mut rows: Vec<u32> = (0..table.len() as u32).collect();
            rows.sort_by_cached_key(|&row| Reverse(self.alike(data, table, row, other)));
            let names = rows.iter().map(|&row| cell(table, row, field));
            let filled = names.filter(|own| own.state == CellState::Value);
            words.extend(filled.take(NAMES).map(|own| own.word));
        }
        words
    }
}

/// The first rows, and some from all over the rest.
fn spread(rows: Vec<u32>) -> Vec<u32> {
    let (first, rest) = rows.split_at(rows.len().min(HOSTS / 2));
    let step = rest.len().div_ceil(HOSTS / 2).max(1);
    first
        .iter()
        .chain(rest.iter().step_by(step))
        .copied()
        .collect()
}
