//! One person in several rosters → one record.
//!
//! What enters: the joined tables; a unit keeps a roster of everybody and a list of those with access to
//! secrets, and both are of the same ledger. What leaves: one record a person, each field from the roster
//! that states it, contradictions told. Who stands twice in one roster, or bears the same name as
//! somebody in another department, stays two.

use crate::recognition::words;
use crate::tables::link_names::{self, Register};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use zicha_model::diag::{Diagnostic, Locus, codes};
use zicha_model::{
    dataset::{CellState, Column, Dataset, Given, Part, RowOrigin, Table},
    results::Origin,
    schema::{FieldId, FieldType, LedgerSchema, Schemas},
};

/// Joins the records of each person.
pub(crate) fn join_rosters(dataset: &mut Dataset, schemas: &Schemas) -> Option<()> {
    let register = Register::persons(schemas)?;
    let schema = schemas.ledger(register.ledger);
    let several = dataset.table(register.ledger)?.parts.len() > 1;
    if !several {
        return None;
    }
    let numbered = link_names::running_numbers(dataset, register);
    let mut table = dataset.tables[usize::from(register.ledger.0)].take()?;
    let groups = same(&table, schema, register, &numbered);
    for rows in &groups {
        let told = contradictions(dataset, schemas, &table, rows);
        dataset.diagnostics.extend(told);
        join(&mut table, schema.fields.len(), rows);
    }
    let joined: BTreeSet<u32> = groups.iter().flatten().copied().collect();
    let cleared = others_are_not_cleared(schemas, schema, &mut table, &joined);
    let dropped = groups.iter().flat_map(|rows| rows[1..].iter().copied());
    let kept = keep_but(&mut table, &dropped.collect());
    dataset.unreadable.retain_mut(|cell| {
        if cell.ledger == register.ledger {
            match kept.get(&cell.row) {
                Some(&row) => cell.row = row,
                None => return false,
            }
        }
        true
    });
    for part in cleared {
        let part = &table.parts[part];
        let remarks = &mut dataset.inputs[part.input].sheets[part.told].remarks;
        remarks.push(words::OTHERS_NOT_CLEARED.to_owned());
    }
    dataset.tables[usize::from(register.ledger.0)] = Some(table);
    Some(())
}

/// Rows of the same person, the first of them the one that stays.
fn same(
    table: &Table,
    schema: &LedgerSchema,
    register: Register,
    numbered: &std::collections::HashSet<usize>,
) -> Vec<Vec<u32>> {
    let value = |row: u32, field: FieldId| {
        let (state, word) = table.cell(row, field);
        (state == CellState::Value).then_some(word)
    };
    let mut named: BTreeMap<i32, Vec<u32>> = BTreeMap::new();
    for row in 0..table.len() as u32 {
        if let Some(name) = value(row, register.name) {
            named.entry(name).or_default().push(row);
        }
    }
    let part = |row: u32| table.origins[row as usize].part;
    let id = |row: u32| {
        let counted = numbered.contains(&(part(row) as usize));
        value(row, register.id).filter(|_| !counted)
    };
    let department = schema.field_by_id("department");
    let one = |rows: &Vec<u32>| {
        let parts: BTreeSet<u32> = rows.iter().map(|&row| part(row)).collect();
        let ids: BTreeSet<i32> = rows.iter().filter_map(|&row| id(row)).collect();
        let numbered = rows.iter().all(|&row| id(row).is_some());
        let places = rows
            .iter()
            .filter_map(|&row| value(row, department?))
            .collect::<BTreeSet<i32>>();
        rows.len() > 1
            && parts.len() == rows.len()
            && ids.len() <= 1
            && (numbered || places.len() <= 1)
    };
    named.into_values().filter(one).collect()
}

/// How much a cell says: a value written there, one that is given or assumed, one that cannot be read.
fn says(table: &Table, row: u32, field: FieldId) -> u8 {
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
fn join(table: &mut Table, width: usize, rows: &[u32]) {
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

/// Facts of a person that two rosters state otherwise. Posts and the like are worded freely.
fn contradictions(
    dataset: &Dataset,
    schemas: &Schemas,
    table: &Table,
    rows: &[u32],
) -> Vec<Diagnostic> {
    const WRITTEN: u8 = 5;
    let schema = schemas.ledger(table.ledger);
    let mut told = Vec::new();
    for (at, field) in (0..).zip(&schema.fields) {
        let id = FieldId(at);
        let written = rows.iter().filter(|&&row| says(table, row, id) == WRITTEN);
        let written: Vec<u32> = written.copied().collect();
        let Some(&first) = written.first() else {
            continue;
        };
        let free = matches!(field.ty, FieldType::Text | FieldType::PersonList);
        let other = written
            .iter()
            .find(|&&row| table.cell(row, id).1 != table.cell(first, id).1);
        let Some(&other) = other.filter(|_| !free) else {
            continue;
        };
        let name = schema.field_by_id("name");
        let name = name.map(|name| dataset.raw(table, first, name));
        let (here, there) = (
            dataset.place(table, first, id),
            dataset.place(table, other, id),
        );
        let cell = |place: &zicha_model::dataset::Place| {
            format!("{}{}", place.column.clone().unwrap_or_default(), place.row)
        };
        let message = words::rosters_differ(
            name.unwrap_or_default(),
            &field.label,
            (&here.file, &cell(&here), dataset.raw(table, first, id)),
            dataset.raw(table, other, id),
        );
        let locus = Locus::cell(&there.file, there.sheet.as_deref(), cell(&there));
        let warning = Diagnostic::new(codes::VALUES_CONTRADICT, message, locus);
        told.push(warning.with_hint("请核对后改为一致。"));
    }
    told
}

/// Where one roster lists those with access only and another everybody without saying who has it:
/// whoever is not on the list has none. Gives the parts for which that is assumed.
fn others_are_not_cleared(
    schemas: &Schemas,
    schema: &LedgerSchema,
    table: &mut Table,
    joined: &BTreeSet<u32>,
) -> Vec<usize> {
    let Some(category) = schema.field_by_id("category") else {
        return Vec::new();
    };
    let FieldType::Enum(categories) = schema.fields[usize::from(category.0)].ty else {
        return Vec::new();
    };
    let none = schemas.enumeration(categories).value_by_id("none");
    let Some(none) = none else {
        return Vec::new();
    };
    let mut parts: Vec<Vec<u32>> = vec![Vec::new(); table.parts.len()];
    for (row, origin) in (0..).zip(&table.origins) {
        parts[origin.part as usize].push(row);
    }
    let has_column = |part: &Part| {
        part.columns[usize::from(category.0)].is_some() || part.given.contains_key(&category)
    };
    let lists_cleared = |at: usize| {
        let rows = &parts[at];
        let listed = |&row: &u32| {
            let (state, word) = table.cell(row, category);
            state == CellState::Value && word != none
        };
        has_column(&table.parts[at]) && !rows.is_empty() && rows.iter().all(listed)
    };
    let cleared: usize = (0..parts.len())
        .filter(|&at| lists_cleared(at))
        .map(|at| parts[at].len())
        .sum();
    let everybody: Vec<usize> = (0..parts.len())
        .filter(|&at| {
            let both = parts[at].iter().filter(|row| joined.contains(row)).count();
            !has_column(&table.parts[at])
                && parts[at].len() > cleared
                && cleared > 0
                && both * 2 > cleared
        })
        .collect();
    for &at in &everybody {
        let column = &mut table.columns[usize::from(category.0)];
        for &row in &parts[at] {
            if column.states[row as usize] == CellState::NoColumn {
                column.states[row as usize] = CellState::Value;
                column.words[row as usize] = none;
            }
        }
        table.parts[at].given.insert(
            category,
            Given {
                origin: Origin::Assumed,
                place: None,
                from: None,
                blanks: false,
            },
        );
    }
    everybody
}

/// Takes rows out of a table; gives for each row that stays where it is now.
fn keep_but(table: &mut Table, dropped: &BTreeSet<u32>) -> HashMap<u32, u32> {
    let length = table.len() as u32;
    let kept = (0..length).filter(|row| !dropped.contains(row));
    let kept: HashMap<u32, u32> = kept.zip(0..).collect();
    if dropped.is_empty() {
        return kept;
    }
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
