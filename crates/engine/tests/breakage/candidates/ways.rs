//! The changes themselves: what is written into a record, the closest to the example first.

use super::super::change::{Cell, Change, Deed, cell};
use super::super::model::{Model, day, step};
use super::{Candidates, is_text};
use zicha_model::{
    dataset::{CellState, Dataset, ListId, Table},
    schema::{FieldId, FieldType, LedgerId},
};

/// Days by which all that a record tells may have happened earlier.
const EARLIER: [i32; 3] = [100, 400, 1200];

/// Items of a list that are left out in turn.
const ITEMS: usize = 4;

/// Days by which a date is moved where the example does not say.
const SHIFTS: [i32; 10] = [1, -1, 8, -8, 40, -40, 200, -200, 1200, -1200];

impl Candidates<'_> {
    /// One cell as in the example: its value, or as far from another date as there.
    pub(super) fn towards(
        &self,
        data: &mut Dataset,
        model: &Model,
        row: u32,
        changes: &mut Vec<Change>,
    ) {
        for (field, ty) in self.read(model.ledger).collect::<Vec<_>>() {
            let goal = model.cells[usize::from(field.0)];
            let mut cells = self.relative(data, model, row, (field, ty));
            cells.extend(self.items(data, model, row, (field, ty)));
            if is_text(ty) && goal.state == CellState::Value {
                let table = data.table(model.ledger).expect("a table");
                let mut words = self.namesakes(data, model, goal);
                words.extend(others(table, row, field));
                cells.extend(words.into_iter().map(|word| self.filled(data, ty, word)));
            } else {
                cells.push(goal);
            }
            self.write(data, model.ledger, row, field, cells, changes);
        }
    }

    /// The value that is as far from the record's other dates as in the example.
    fn relative(
        &self,
        data: &mut Dataset,
        model: &Model,
        row: u32,
        (field, ty): (FieldId, FieldType),
    ) -> Vec<Cell> {
        let goal = model.cells[usize::from(field.0)];
        if goal.state != CellState::Value || day(ty, 0).is_none() {
            return Vec::new();
        }
        let Some(table) = data.table(model.ledger) else {
            return Vec::new();
        };
        let others = self
            .fields(model.ledger)
            .filter(|&(other, _)| other != field);
        let moved = others.filter_map(|(other, other_ty)| {
            let (there, here) = (model.cells[usize::from(other.0)], cell(table, row, other));
            let both = there.state == CellState::Value && here.state == CellState::Value;
            let days = day(other_ty, here.word)? - day(other_ty, there.word)?;
            both.then_some(goal.word + days * step(ty))
        });
        let mut words: Vec<i32> = moved.collect();
        words.dedup();
        words
            .into_iter()
            .map(|word| self.filled(data, ty, word))
            .collect()
    }

    /// A list without one of its first items, and with those of the example besides.
    fn items(
        &self,
        data: &mut Dataset,
        model: &Model,
        row: u32,
        (field, ty): (FieldId, FieldType),
    ) -> Vec<Cell> {
        let goal = model.cells[usize::from(field.0)];
        let own = cell(data.table(model.ledger).expect("a table"), row, field);
        let list = matches!(ty, FieldType::PersonList | FieldType::EnumList(_));
        if own.state != CellState::Value || !list {
            return Vec::new();
        }
        let items = data.lists.get(ListId(own.word as u32)).to_vec();
        let mut lists: Vec<Vec<i32>> = (0..items.len().min(ITEMS))
            .map(|left_out| [&items[..left_out], &items[left_out + 1..]].concat())
            .collect();
        if goal.state == CellState::Value {
            let more = data.lists.get(ListId(goal.word as u32));
            lists.push([&items, more].concat());
        }
        let words = lists
            .into_iter()
            .map(|items| data.lists.push(items).0 as i32);
        let words: Vec<i32> = words.collect();
        let cells = words.into_iter();
        cells.map(|word| self.filled(data, ty, word)).collect()
    }

    /// All cells that the rule reads as in the example, dates as far apart as there; then without its
    /// texts; then without those that the record has already.
    pub(super) fn like(
        &self,
        data: &mut Dataset,
        model: &Model,
        row: u32,
        changes: &mut Vec<Change>,
    ) {
        for keep in [Keep::Nothing, Keep::Texts, Keep::TextsAndDates] {
            let cells = self.overlay(data, model, row, keep);
            if !cells.is_empty() {
                changes.push(change(model.ledger, row, Deed::Write, cells));
            }
        }
    }

    fn overlay(
        &self,
        data: &mut Dataset,
        model: &Model,
        row: u32,
        keep: Keep,
    ) -> Vec<(FieldId, Cell)> {
        let Some(table) = data.table(model.ledger) else {
            return Vec::new();
        };
        let shift = self.fields(model.ledger).find_map(|(field, ty)| {
            let (there, here) = (model.cells[usize::from(field.0)], cell(table, row, field));
            let both = there.state == CellState::Value && here.state == CellState::Value;
            let days = day(ty, here.word)? - day(ty, there.word)?;
            both.then_some(days)
        });
        let mut cells = Vec::new();
        for (field, ty) in self.read(model.ledger).collect::<Vec<_>>() {
            let goal = model.cells[usize::from(field.0)];
            let own = cell(data.table(model.ledger).expect("a table"), row, field);
            let goal = match goal.state {
                CellState::Value if is_text(ty) && keep != Keep::Nothing => continue,
                CellState::Value
                    if own.state == CellState::Value
                        && day(ty, 0).is_some()
                        && keep == Keep::TextsAndDates =>
                {
                    continue;
                }
                CellState::Value if day(ty, 0).is_some() => {
                    self.filled(data, ty, goal.word + shift.unwrap_or(0) * step(ty))
                }
                _ => goal,
            };
            if goal != own {
                cells.push((field, goal));
            }
        }
        cells
    }

    /// One cell with another value of its kind.
    pub(super) fn otherwise(
        &self,
        data: &mut Dataset,
        ledger: LedgerId,
        row: u32,
        changes: &mut Vec<Change>,
    ) {
        for (field, ty) in self.read(ledger).collect::<Vec<_>>() {
            let table = data.table(ledger).expect("a table");
            let own = cell(table, row, field);
            let mut words: Vec<i32> = match ty {
                FieldType::Bool => vec![0, 1],
                FieldType::Enum(id) => {
                    (0..self.bench.catalogue.schemas.enumeration(id).values.len() as i32).collect()
                }
                FieldType::Integer => vec![0, own.word + 1, own.word - 1, own.word + 100],
                FieldType::Decimal => {
                    vec![0, own.word + 1000, own.word - 1000, own.word + 1_000_000]
                }
                FieldType::Date | FieldType::DateTime => {
                    let start = if own.state == CellState::Value {
                        own.word
                    } else {
                        20720 * step(ty)
                    };
                    SHIFTS.iter().map(|days| start + days * step(ty)).collect()
                }
                _ => others(table, row, field),
            };
            if ty == FieldType::Text {
                words.push(data.strings.intern("另一").0 as i32);
            }
            let mut cells = vec![self.empty(data)];
            cells.extend(words.into_iter().map(|word| self.filled(data, ty, word)));
            self.write(data, ledger, row, field, cells, changes);
        }
    }

    /// All dates of the record moved.
    pub(super) fn earlier(
        &self,
        data: &mut Dataset,
        ledger: LedgerId,
        row: u32,
        changes: &mut Vec<Change>,
    ) {
        for days in EARLIER {
            let mut cells = Vec::new();
            for (field, ty) in self.fields(ledger).collect::<Vec<_>>() {
                let own = cell(data.table(ledger).expect("a table"), row, field);
                if own.state == CellState::Value && day(ty, 0).is_some() {
                    cells.push((field, self.filled(data, ty, own.word - days * step(ty))));
                }
            }
            changes.push(change(ledger, row, Deed::Write, cells));
        }
    }

    /// The record once more under a number of its own, as it is or like the example.
    pub(super) fn repeated(
        &self,
        data: &mut Dataset,
        model: &Model,
        row: u32,
        changes: &mut Vec<Change>,
    ) {
        let schema = self.bench.catalogue.schemas.ledger(model.ledger);
        let mut number = Vec::new();
        for &field in &schema.primary_key {
            if schema.fields[usize::from(field.0)].ty == FieldType::Text {
                let word = data.strings.intern("ZZ-1").0 as i32;
                number.push((field, self.filled(data, FieldType::Text, word)));
            }
        }
        let mut like = self.overlay(data, model, row, Keep::Texts);
        like.retain(|(field, _)| number.iter().all(|(key, _)| key != field));
        like.extend(number.iter().copied());
        for cells in [number, like, Vec::new()] {
            changes.push(change(model.ledger, row, Deed::Repeat, cells));
        }
    }

    fn write(
        &self,
        data: &Dataset,
        ledger: LedgerId,
        row: u32,
        field: FieldId,
        cells: Vec<Cell>,
        changes: &mut Vec<Change>,
    ) {
        let own = cell(data.table(ledger).expect("a table"), row, field);
        for new in cells {
            let change = change(ledger, row, Deed::Write, vec![(field, new)]);
            let differs = (new.state, new.word) != (own.state, own.word);
            if differs && !changes.contains(&change) {
                changes.push(change);
            }
        }
    }

    fn filled(&self, data: &mut Dataset, ty: FieldType, word: i32) -> Cell {
        let text = data.display_word(&self.bench.catalogue.schemas, ty, word);
        Cell {
            state: CellState::Value,
            word,
            raw: data.strings.intern(&text),
        }
    }

    fn empty(&self, data: &mut Dataset) -> Cell {
        Cell {
            state: CellState::Empty,
            word: 0,
            raw: data.strings.intern(""),
        }
    }
}

/// What of a record stays when the rest becomes as in an example.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keep {
    Nothing,
    Texts,
    TextsAndDates,
}

pub(super) fn change(
    ledger: LedgerId,
    row: u32,
    deed: Deed,
    cells: Vec<(FieldId, Cell)>,
) -> Change {
    Change {
        ledger,
        row,
        deed,
        cells,
    }
}

/// Words of the column's other rows.
fn others(table: &Table, row: u32, field: FieldId) -> Vec<i32> {
    let column = &table.columns[usize::from(field.0)];
    let own = column.words[row as usize];
    let filled = column.words.iter().zip(&column.states);
    let mut words = Vec::new();
    for (&word, _) in filled.filter(|(_, state)| **state == CellState::Value) {
        if word != own && !words.contains(&word) {
            words.push(word);
        }
        if words.len() == 8 {
            break;
        }
    }
    words
}
