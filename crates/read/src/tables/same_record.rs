//! One record in several tables → one record.
//!
//! What enters: the joined tables. What leaves: one record where two tables of a ledger have records of the
//! same key that contradict each other in nothing and the one has columns that the other lacks: a
//! register and the columns added to it in another file.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use zicha_model::{
    dataset::{CellState, Column, Dataset, Given, RowOrigin, Table},
    results::Origin,
    schema::{FieldId, Schemas},
};

/// Joins the records of every ledger that are in parts.
pub(crate) fn join_parts(dataset: &mut Dataset, schemas: &Schemas) {
    for ledger in schemas.ledger_ids() {
        let schema = schemas.ledger(ledger);
        let &[key] = schema.primary_key.as_slice() else {
            continue;
        };
        let several = dataset.table(ledger).is_some_and(differ_in_columns);
        let Some(mut table) = dataset.tables[usize::from(ledger.0)].take_if(|_| several) else {
            continue;
        };
        let groups = same_key(&table, key);
        let width = schema.fields.len();
        for rows in &groups {
            join(&mut table, width, rows);
        }
        let dropped = groups.iter().flat_map(|rows| rows[1..].iter().copied());
        drop_rows(dataset, &mut table, &dropped.collect());
        dataset.tables[usize::from(ledger.0)] = Some(table);
    }
}

/// True if some part has a column that another has not.
fn differ_in_columns(table: &Table) -> bool {
    let has = |columns: &[Option<u32>]| columns.iter().map(Option::is_some).collect::<Vec<_>>();
    let kinds: BTreeSet<Vec<bool>> = table.parts.iter().map(|part| has(&part.columns)).collect();
    kinds.len() > 1
}

/// Rows with the same key in different parts that agree in all that both state, and complete each other.
fn same_key(table: &Table, key: FieldId) -> Vec<Vec<u32>> {
    let mut keyed: BTreeMap<i32, Vec<u32>> = BTreeMap::new();
    for row in 0..table.len() as u32 {
        if let (CellState::Value, word) = table.cell(row, key) {
            keyed.entry(word).or_default().push(row);
        }
    }
    let part = |row: u32| table.origins[row as usize].part;
    let one = |rows: &Vec<u32>| {
        let parts: BTreeSet<u32> = rows.iter().map(|&row| part(row)).collect();
        rows.len() > 1 && parts.len() == rows.len() && complete_each_other(table, key, rows)
    };
    keyed.into_values().filter(one).collect()
}

fn complete_each_other(table: &Table, key: FieldId, rows: &[u32]) -> bool {
    let mut adds = vec![false; rows.len()];
    for field in (0..table.columns.len() as u16).map(FieldId) {
        let written: Vec<usize> = (0..rows.len())
            .filter(|&at| says(table, rows[at], field) >= UNREADABLE)
            .collect();
        let words: BTreeSet<(u8, i32)> = written
            .iter()
            .map(|&at| (says(table, rows[at], field), table.cell(rows[at], field).1))
            .collect();
        if words.len() > 1 {
            return false;
        }
        if let &[only] = written.as_slice() {
            adds[only] |= field != key;
        }
    }
    // A copy that says nothing more is a number given twice.
    adds.iter().filter(|adds| **adds).count() > 0 && adds.len() == 2
}

/// Unreadable or written.
const UNREADABLE: u8 = 4;

/// How much a cell says: a value written there, one that is given or assumed, one that cannot be read.
pub(super) fn says(table: &Table, row: u32, field: FieldId) -> u8 {
    let part = &table.parts[table.origins[row as usize].part as usize];
    let assumed = |given: &Given| given.origin == Origin::Assumed;
    match table.cell(row, field).0 {
        CellState::Value if !part.given.get(&field).is_some_and(assumed) => 5,
        CellState::Unreadable | CellState::Future => 4,
        CellState::Value => 3,
        CellState::Empty => 2,
        CellState::NoColumn => 1,
    }
}

/// Brings into the first row what the others say better.
pub(super) fn join(table: &mut Table, width: usize, rows: &[u32]) {
    let first = rows[0];
    for field in (0..width as u16).map(FieldId) {
        let best = rows
            .iter()
            .copied()
            .rev()
            .max_by_key(|&row| says(table, row, field));
        let Some(best) = best.filter(|&best| best != first) else {
            continue;
        };
        let column = &mut table.columns[usize::from(field.0)];
        let (to, from) = (first as usize, best as usize);
        column.words[to] = column.words[from];
        column.states[to] = column.states[from];
        column.raw[to] = column.raw[from];
        let origin = table.origins[from];
        table.moved.insert((first, field), origin);
        match table.carried.get(&(best, field)).copied() {
            Some(place) => table.carried.insert((first, field), place),
            None => table.carried.remove(&(first, field)),
        };
    }
}

/// Takes rows out of a table and out of what is told of its cells.
pub(super) fn drop_rows(dataset: &mut Dataset, table: &mut Table, dropped: &BTreeSet<u32>) {
    if dropped.is_empty() {
        return;
    }
    let kept = keep_but(table, dropped);
    dataset.unreadable.retain_mut(|cell| {
        if cell.ledger == table.ledger {
            match kept.get(&cell.row) {
                Some(&row) => cell.row = row,
                None => return false,
            }
        }
        true
    });
}

/// Takes rows out of a table; gives for each row that stays where it is now.
fn keep_but(table: &mut Table, dropped: &BTreeSet<u32>) -> HashMap<u32, u32> {
    let length = table.len() as u32;
    let kept = (0..length).filter(|row| !dropped.contains(row));
    let kept: HashMap<u32, u32> = kept.zip(0..).collect();
    let width = table.columns.len();
    for column in &mut table.columns {
        *column = Column {
            words: without(&column.words, dropped),
            states: without(&column.states, dropped),
            raw: without(&column.raw, dropped),
        };
    }
    for part in &mut table.parts {
        let first = part.first;
        if let Some(lines) = &mut part.cell_lines {
            let rows = (first..).zip(lines.chunks(width));
            let rows = rows.filter(|(row, _)| !dropped.contains(row));
            *lines = rows.flat_map(|(_, line)| line.iter().copied()).collect();
        }
        part.first -= dropped.range(..first).count() as u32;
    }
    table.origins = without(&table.origins, dropped);
    let move_to = |((row, field), place): ((u32, FieldId), (u32, u32))| {
        Some(((*kept.get(&row)?, field), place))
    };
    table.carried = std::mem::take(&mut table.carried)
        .into_iter()
        .filter_map(move_to)
        .collect();
    let move_to = |((row, field), origin): ((u32, FieldId), RowOrigin)| {
        Some(((*kept.get(&row)?, field), origin))
    };
    table.moved = std::mem::take(&mut table.moved)
        .into_iter()
        .filter_map(move_to)
        .collect();
    kept
}

fn without<T: Copy>(items: &[T], dropped: &BTreeSet<u32>) -> Vec<T> {
    let items = (0u32..).zip(items);
    let kept = items.filter(|(row, _)| !dropped.contains(row));
    kept.map(|(_, item)| *item).collect()
}
