//! Changes to single records that may break a control, the likeliest first.
//!
//! A failing example of the control says which way: its cells are written onto those records of the
//! sample that resemble its own most. Where that does not do it, other values of the same kind,
//! records left out and records entered twice follow.

use super::bench::Bench;
use super::change::{Cell, Change, Deed, cell};
use super::model::{Model, day, step, translate};
use std::collections::BTreeSet;
use zicha::{
    model::{
        control::Example,
        dataset::{CellState, Dataset, ListId, Table},
        schema::{FieldId, FieldType, LedgerId},
    },
    read,
    rule::{
        ir::{Source, Subjects},
        pack::Compiled,
    },
};

/// Records of a ledger that are tried.
const HOSTS: usize = 8;

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
    /// The record left out.
    Removed,
    /// The record once more under a number of its own.
    Repeated,
}

impl Way {
    /// All ways, the closest to the example first.
    pub(super) const ALL: [Self; 5] = [
        Self::Towards,
        Self::Like,
        Self::Otherwise,
        Self::Removed,
        Self::Repeated,
    ];
}

/// The changes to try for one example of a control.
pub(super) struct Candidates<'a> {
    bench: &'a Bench,
    needs: BTreeSet<(LedgerId, FieldId)>,
    models: Vec<Model>,
    subjects: &'a [(LedgerId, u32)],
}

impl<'a> Candidates<'a> {
    /// Translates the example's records, which may add texts to the dataset.
    pub(super) fn new(
        bench: &'a Bench,
        data: &mut Dataset,
        (plan, control): (usize, usize),
        example: &Example,
    ) -> Self {
        let compiled = &bench.catalogue.controls[control];
        let schemas = &bench.catalogue.schemas;
        let written = read::from_records(schemas, &example.records);
        let models = ledgers(compiled).into_iter().flat_map(|ledger| {
            let table = written.table(ledger);
            table.map_or(Vec::new(), |t| {
                (0..t.len() as u32).map(|row| (t, row)).collect()
            })
        });
        let models: Vec<_> = models.collect();
        let models = models
            .into_iter()
            .map(|(table, row)| translate(bench, data, &written, table, row))
            .collect();
        let clauses = compiled.rule.clauses.iter();
        Self {
            bench,
            needs: clauses.flat_map(|c| c.needs.iter().copied()).collect(),
            models,
            subjects: bench.subjects(plan, control),
        }
    }

    /// The changes of one way.
    pub(super) fn of(&self, way: Way, data: &mut Dataset) -> Vec<Change> {
        let mut changes = Vec::new();
        for model in &self.models {
            for row in self.hosts(data, model) {
                match way {
                    Way::Towards => self.towards(data, model, row, &mut changes),
                    Way::Like => self.like(data, model, row, &mut changes),
                    Way::Otherwise => self.otherwise(data, model, row, &mut changes),
                    Way::Removed => self.removed(model, row, &mut changes),
                    Way::Repeated => self.repeated(data, model, row, &mut changes),
                }
            }
        }
        changes
    }

    /// The records that resemble the example's, the closest first.
    fn hosts(&self, data: &Dataset, model: &Model) -> Vec<u32> {
        let Some(table) = data.table(model.ledger) else {
            return Vec::new();
        };
        let alike = |row: u32| {
            let fields = self.fields(model.ledger);
            fields
                .filter(|&(field, ty)| {
                    let (own, goal) = (cell(table, row, field), model.cells[usize::from(field.0)]);
                    let closed = matches!(
                        ty,
                        FieldType::Bool | FieldType::Enum(_) | FieldType::Integer
                    );
                    own.state == goal.state && (own.word == goal.word || !closed)
                })
                .count()
        };
        let judged = self
            .subjects
            .iter()
            .filter(|(ledger, _)| *ledger == model.ledger);
        let mut rows: Vec<u32> = judged.map(|&(_, row)| row).collect();
        let mut links = BTreeSet::new();
        if rows.is_empty() {
            rows = (0..table.len() as u32).collect();
            links = self.links(data);
        }
        let linked = |row: u32| {
            let fields = self.fields(model.ledger).filter(|&(_, ty)| is_text(ty));
            let words = fields.map(|(field, _)| cell(table, row, field));
            words
                .filter(|own| own.state == CellState::Value && links.contains(&own.word))
                .count()
        };
        rows.sort_by_cached_key(|&row| std::cmp::Reverse((linked(row).min(1), alike(row))));
        rows.truncate(HOSTS);
        rows
    }

    /// The numbers by which other ledgers name the records that the control judges.
    fn links(&self, data: &Dataset) -> BTreeSet<i32> {
        let mut links = BTreeSet::new();
        for &(ledger, row) in self.subjects {
            let Some(table) = data.table(ledger) else {
                continue;
            };
            let schema = self.bench.catalogue.schemas.ledger(ledger);
            let named = schema
                .primary_key
                .iter()
                .map(|&field| cell(table, row, field));
            links.extend(
                named
                    .filter(|own| own.state == CellState::Value)
                    .map(|own| own.word),
            );
        }
        links
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
            cells.extend(self.fewer(data, model.ledger, row, (field, ty)));
            if is_text(ty) && goal.state == CellState::Value {
                let table = data.table(model.ledger).expect("a table");
                let words = others(table, row, field);
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

    /// A list without one of its first items.
    fn fewer(
        &self,
        data: &mut Dataset,
        ledger: LedgerId,
        row: u32,
        (field, ty): (FieldId, FieldType),
    ) -> Vec<Cell> {
        let own = cell(data.table(ledger).expect("a table"), row, field);
        let list = matches!(ty, FieldType::PersonList | FieldType::EnumList(_));
        if own.state != CellState::Value || !list {
            return Vec::new();
        }
        let items = data.lists.get(ListId(own.word as u32)).to_vec();
        let without = (0..items.len().min(ITEMS)).map(|left_out| {
            let mut rest = items.clone();
            rest.remove(left_out);
            data.lists.push(rest).0 as i32
        });
        let words: Vec<i32> = without.collect();
        let cells = words.into_iter();
        cells.map(|word| self.filled(data, ty, word)).collect()
    }

    /// All cells that the rule reads as in the example, dates as far apart as there.
    fn like(&self, data: &mut Dataset, model: &Model, row: u32, changes: &mut Vec<Change>) {
        for keep_texts in [true, false] {
            let cells = self.overlay(data, model, row, keep_texts);
            if !cells.is_empty() {
                changes.push(Change {
                    ledger: model.ledger,
                    row,
                    deed: Deed::Write,
                    cells,
                });
            }
        }
    }

    fn overlay(
        &self,
        data: &mut Dataset,
        model: &Model,
        row: u32,
        keep_texts: bool,
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
                CellState::Value if is_text(ty) && keep_texts => continue,
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
    fn otherwise(&self, data: &mut Dataset, model: &Model, row: u32, changes: &mut Vec<Change>) {
        for (field, ty) in self.read(model.ledger).collect::<Vec<_>>() {
            let table = data.table(model.ledger).expect("a table");
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
            self.write(data, model.ledger, row, field, cells, changes);
        }
    }

    fn removed(&self, model: &Model, row: u32, changes: &mut Vec<Change>) {
        changes.push(Change {
            ledger: model.ledger,
            row,
            deed: Deed::Remove,
            cells: Vec::new(),
        });
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
        let mut like = self.overlay(data, model, row, true);
        like.retain(|(field, _)| number.iter().all(|(key, _)| key != field));
        like.extend(number.iter().copied());
        for cells in [number, like, Vec::new()] {
            changes.push(Change {
                ledger: model.ledger,
                row,
                deed: Deed::Repeat,
                cells,
            });
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
            let change = Change {
                ledger,
                row,
                deed: Deed::Write,
                cells: vec![(field, new)],
            };
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
