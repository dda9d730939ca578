//! The records of an example in the words of the sample: its texts interned there, its persons as the
//! register has them.

use super::bench::Bench;
use super::change::{Cell, cell};
use zicha_model::{
    control::Example,
    dataset::{CellState, Dataset, ListId, Sym, Table},
    schema::{FieldId, FieldType, LedgerId},
};
use zicha_read as read;

/// A record of an example, in the words of the sample.
pub(super) struct Model {
    pub(super) ledger: LedgerId,
    pub(super) cells: Vec<Cell>,
}

/// The records of an example, ledger by ledger.
pub(super) fn of(
    bench: &Bench,
    data: &mut Dataset,
    example: &Example,
    ledgers: &[LedgerId],
) -> Vec<Model> {
    let written = read::from_records(&bench.catalogue.schemas, &example.records);
    let tables = ledgers.iter().filter_map(|&ledger| written.table(ledger));
    let rows = tables.flat_map(|table| (0..table.len() as u32).map(move |row| (table, row)));
    rows.map(|(table, row)| translate(bench, data, &written, table, row))
        .collect()
}

/// The day of a word of a date or moment.
pub(super) fn day(ty: FieldType, word: i32) -> Option<i32> {
    match ty {
        FieldType::Date => Some(word),
        FieldType::DateTime => Some(word.div_euclid(2880)),
        _ => None,
    }
}

/// What one day adds to a word.
pub(super) fn step(ty: FieldType) -> i32 {
    if ty == FieldType::DateTime { 2880 } else { 1 }
}

fn translate(
    bench: &Bench,
    data: &mut Dataset,
    written: &Dataset,
    table: &Table,
    row: u32,
) -> Model {
    let schema = bench.catalogue.schemas.ledger(table.ledger);
    let cells = schema.fields.iter().enumerate().map(|(at, field)| {
        let own = cell(table, row, FieldId(at as u16));
        let mut intern = |word: i32| {
            let text = written.strings.resolve(Sym(word as u32));
            data.strings.intern(text)
        };
        let raw = intern(own.raw.0 as i32);
        let word = match (own.state, field.ty) {
            (CellState::Value, FieldType::Text | FieldType::Department) => {
                intern(own.word).0 as i32
            }
            (CellState::Value, FieldType::Person) => {
                let sym = intern(own.word);
                data.persons.get(&sym).copied().unwrap_or(sym).0 as i32
            }
            (CellState::Value, FieldType::EnumList(_)) => {
                let items = written.lists.get(ListId(own.word as u32)).to_vec();
                data.lists.push(items).0 as i32
            }
            (CellState::Value, FieldType::PersonList) => {
                let items = written.lists.get(ListId(own.word as u32)).to_vec();
                let items: Vec<i32> = items.into_iter().map(|w| intern(w).0 as i32).collect();
                data.lists.push(items).0 as i32
            }
            _ => own.word,
        };
        Cell {
            state: own.state,
            word,
            raw,
        }
    });
    Model {
        ledger: table.ledger,
        cells: cells.collect(),
    }
}
