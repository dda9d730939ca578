//! One person in several rosters → one record.
//!
//! What enters: the joined tables; a unit keeps a roster of everybody and a list of those with access to
//! secrets, and both are of the same ledger. What leaves: one record a person, each field from the roster
//! that states it, contradictions told. Who stands twice in one roster, or bears the same name as
//! somebody in another department, stays two.

use crate::recognition::surroundings;
use crate::tables::link_names::{self, Register};
use crate::tables::same_record::{drop_rows, join, says};
use crate::values::words;
use std::collections::{BTreeMap, BTreeSet};
use zicha_model::diag::{Diagnostic, Locus, codes};
use zicha_model::{
    dataset::{CellState, Dataset, Given, Part, Table},
    profile::Profile,
    results::Origin,
    schema::{FieldId, FieldType, LedgerSchema, Schemas},
};

/// Joins the records of each person.
pub(crate) fn join_rosters(
    dataset: &mut Dataset,
    schemas: &Schemas,
    profile: &Profile,
) -> Option<()> {
    let register = Register::persons(schemas)?;
    let schema = schemas.ledger(register.ledger);
    let several = dataset.table(register.ledger)?.parts.len() > 1;
    if !several {
        return None;
    }
    let numbered = link_names::running_numbers(dataset, register);
    let category = schema.fields.iter().find(|field| field.id == "category")?;
    let mut table = dataset.tables[usize::from(register.ledger.0)].take()?;
    let groups = same(&table, schema, register, &numbered);
    for rows in &groups {
        let told = contradictions(dataset, schemas, &table, rows);
        dataset.diagnostics.extend(told);
        join(&mut table, schema.fields.len(), rows);
    }
    let joined: BTreeSet<u32> = groups.iter().flatten().copied().collect();
    let cleared = match surroundings::assumes_not(profile, schema, category) {
        true => Vec::new(),
        false => others_are_not_cleared(schemas, schema, &mut table, &joined),
    };
    let dropped = groups.iter().flat_map(|rows| rows[1..].iter().copied());
    drop_rows(dataset, &mut table, &dropped.collect());
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
