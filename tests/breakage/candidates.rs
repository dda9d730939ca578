//! Changes to single records that may break a control, the likeliest first.
//!
//! A failing example of the control says which way: its cells are written onto those records of the
//! sample that resemble its own most. Where that does not do it, other values of the same kind,
//! records left out and records entered twice follow.

use super::bench::Bench;
use super::change::{Cell, Change, Deed, cell};
use super::model::{self, Model, day, step};
use std::{cmp::Reverse, collections::BTreeSet};
use zicha::{
    model::{
        control::Example,
        dataset::{CellState, Dataset, ListId, Table},
        schema::{FieldId, FieldType, LedgerId},
    },
    rule::{
        ir::{Source, Subjects},
        pack::Compiled,
    },
};

/// Records of a ledger that are tried.
const HOSTS: usize = 8;

/// Days by which all that a record tells may have happened earlier.
const EARLIER: [i32; 3] = [100, 400, 1200];

/// Items of a list that are left out in turn.
const ITEMS: usize = 4;

/// Days by which a date is moved where the example does not say.
const SHIFTS: [i32; 10] = [1, -1, 8, -8, 40, -40, 200, -200, 1200, -1200];

/// A way to break a record that resembles one of an example.
#[derive(Clone, Copy, Debug)]
pub(super) enum Way {
    /// One cell as in the example: its value, or as far from another date as there.
    Towards,
    /// All cells that the rule reads as in the example.
    Like,
    /// One cell with another value of its kind.
    Otherwise,
    /// The record as it would stand if all had happened earlier.
    Earlier,
    /// The record left out.
    Removed,
    /// The record once more under a number of its own.
    Repeated,
}

impl Way {
    /// All ways, the closest to the example first.
    pub(super) const ALL: [Self; 6] = [
        Self::Towards,
        Self::Like,
        Self::Otherwise,
        Self::Earlier,
        Self::Removed,
        Self::Repeated,
    ];
}

/// The changes to try for one example of a control.
pub(super) struct Candidates<'a> {
    bench: &'a Bench,
    needs: BTreeSet<(LedgerId, FieldId)>,
    /// The ledgers that the rule reads; first those whose records it judges.
    ledgers: Vec<LedgerId>,
    /// Records of the failing example.
    models: Vec<Model>,
    /// Records of the examples that pass.
    orderly: Vec<Model>,
    subjects: &'a [(LedgerId, u32)],
}

impl<'a> Candidates<'a> {
    /// Translates the examples' records, which may add texts to the dataset.
    pub(super) fn new(
        bench: &'a Bench,
        data: &mut Dataset,
        (plan, control): (usize, usize),
        example: &Example,
    ) -> Self {
        let compiled = &bench.catalogue.controls[control];
        let ledgers = ledgers(compiled);
        let passing = compiled.control.examples.iter().filter(|e| !e.fails);
        let orderly = passing
            .flat_map(|e| model::of(bench, data, e, &ledgers))
            .collect();
        let clauses = compiled.rule.clauses.iter();
        Self {
            bench,
            needs: clauses.flat_map(|c| c.needs.iter().copied()).collect(),
            models: model::of(bench, data, example, &ledgers),
            orderly,
            ledgers,
            subjects: bench.subjects(plan, control),
        }
    }

    /// The changes of one way.
    pub(super) fn of(&self, way: Way, data: &mut Dataset) -> Vec<Change> {
        let mut changes = Vec::new();
        for &ledger in &self.ledgers {
            for row in self.hosts(data, ledger) {
                match way {
                    Way::Otherwise => self.otherwise(data, ledger, row, &mut changes),
                    Way::Earlier => self.earlier(data, ledger, row, &mut changes),
                    Way::Removed => changes.push(change(ledger, row, Deed::Remove, Vec::new())),
                    Way::Towards | Way::Like | Way::Repeated => {
                        for model in self.models.iter().filter(|m| m.ledger == ledger) {
                            self.as_in(way, data, model, row, &mut changes);
                        }
                    }
                }
            }
        }
        changes
    }

    fn as_in(
        &self,
        way: Way,
        data: &mut Dataset,
        model: &Model,
        row: u32,
        changes: &mut Vec<Change>,
    ) {
        match way {
            Way::Towards => self.towards(data, model, row, changes),
            Way::Like => self.like(data, model, row, changes),
            _ => self.repeated(data, model, row, changes),
        }
    }

    /// Records that are in order: of those judged, or of those that name one of them, the likest to
    /// the records of the examples that pass.
    fn hosts(&self, data: &Dataset, ledger: LedgerId) -> Vec<u32> {
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
    fn namesakes(&self, data: &Dataset, model: &Model, goal: Cell) -> Vec<i32> {
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
            words.extend(filled.take(ITEMS).map(|own| own.word));
        }
        words
    }

    fn fields(&self, ledger: LedgerId) -> impl Iterator<Item = (FieldId, FieldType)> {
        let fields = &self.bench.catalogue.schemas.ledger(ledger).fields;
        (0..).map(FieldId).zip(fields.iter().map(|f| f.ty))
    }

    /// The fields of the ledger that the rule reads.
    fn read(&self, ledger: LedgerId) -> impl Iterator<Item = (FieldId, FieldType)> {
        self.fields(ledger)
            .filter(move |&(field, _)| self.needs.contains(&(ledger, field)))
    }

    /// One cell as in the example: its value, or as far from another date as there.
    fn towards(&self, data: &mut Dataset, model: &Model, row: u32, changes: &mut Vec<Change>) {
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
    fn like(&self, data: &mut Dataset, model: &Model, row: u32, changes: &mut Vec<Change>) {
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
    fn otherwise(&self, data: &mut Dataset, ledger: LedgerId, row: u32, changes: &mut Vec<Change>) {
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
    fn earlier(&self, data: &mut Dataset, ledger: LedgerId, row: u32, changes: &mut Vec<Change>) {
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
    fn repeated(&self, data: &mut Dataset, model: &Model, row: u32, changes: &mut Vec<Change>) {
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

fn is_text(ty: FieldType) -> bool {
    matches!(
        ty,
        FieldType::Text | FieldType::Person | FieldType::PersonList | FieldType::Department
    )
}

/// What of a record stays when the rest becomes as in an example.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keep {
    Nothing,
    Texts,
    TextsAndDates,
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

fn change(ledger: LedgerId, row: u32, deed: Deed, cells: Vec<(FieldId, Cell)>) -> Change {
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

/// The ledgers that the rule reads; first those whose records it judges.
fn ledgers(compiled: &Compiled) -> Vec<LedgerId> {
    let mut ledgers = Vec::new();
    for clause in &compiled.rule.clauses {
        if let Subjects::Each(bindings) = &clause.subject {
            for binding in bindings {
                if let Source::Ledger(ledger) | Source::Consecutive { ledger, .. } = binding.source
                {
                    ledgers.push(ledger);
                }
            }
        }
    }
    ledgers.extend(
        compiled
            .rule
            .clauses
            .iter()
            .flat_map(|c| c.ledgers.iter().copied()),
    );
    let mut seen = BTreeSet::new();
    ledgers.retain(|ledger| seen.insert(*ledger));
    ledgers
}
