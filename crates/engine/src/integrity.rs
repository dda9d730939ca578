//! `integrity`: over every provided ledger, keys are unique, required cells filled in, references
//! resolve.
//!
//! One fact, one finding: an empty cell that another control of the run has already brought up is left
//! to it, and so is a dangling reference, or a number that another control requires to be unique. So
//! this is judged last.

use super::doubt::Doubt;
use super::explain::{Account, Proof};
use super::identity::Who;
use super::index::Spec;
use super::tally::Tally;
use super::value::{Items, Sort, State, Text, Value, sort_of_field};
use super::world::{Shelf, World};
use super::{reasons, words};
use std::collections::{BTreeMap, BTreeSet};
use zicha_model::{
    dataset::{CellState, Sym, Table},
    schema::{FieldId, FieldSchema, FieldType, LedgerId},
};

/// What other controls of the run have brought up.
#[derive(Debug, Default)]
pub(super) struct Claims {
    /// Cells that are evidence of a violation.
    pub(super) cells: BTreeSet<(LedgerId, u32, FieldId)>,
    /// Cells that are evidence of a violation together with the ledger searched in vain.
    pub(super) sought: BTreeSet<(LedgerId, u32, FieldId, LedgerId)>,
    /// Groups of duplicates: ledger and key.
    pub(super) groups: BTreeSet<(LedgerId, String)>,
}

/// Judges every provided ledger.
pub(super) fn judge(world: &World<'_>, claims: &Claims, tally: &mut Tally) {
    for ledger in world.schemas().ledger_ids() {
        if let Shelf::Table(table) = world.shelf(ledger) {
            world.count_work(table.len());
            keys(world, table, claims, tally);
            cells(world, table, claims, tally);
        }
    }
}

fn keys(world: &World<'_>, table: &Table, claims: &Claims, tally: &mut Tally) {
    let ledger = table.ledger;
    let schema = world.schemas().ledger(ledger);
    let mut groups: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for row in 0..table.len() as u32 {
        let filled = |field: &FieldId| table.cell(row, *field).0 == CellState::Value;
        if !schema.primary_key.is_empty() && schema.primary_key.iter().all(filled) {
            groups
                .entry(world.plain_key(table, row))
                .or_default()
                .push(row);
        }
    }
    let labels: Vec<_> = schema
        .primary_key
        .iter()
        .map(|&field| schema.fields[usize::from(field.0)].label.as_str())
        .collect();
    let names = labels.join("、");
    for (key, rows) in groups {
        if rows.len() < 2 || claims.groups.contains(&(ledger, key.clone())) {
            continue;
        }
        let shown = rows.iter().take(super::clause::EXPLAINED);
        let account = Account {
            expected: vec![words::unique(&names)],
            actual: vec![words::repeated(
                &names,
                &world.key_for_people(ledger, rows[0]),
                rows.len(),
            )],
            proof: shown
                .flat_map(|&row| world.key_cells(ledger, row))
                .collect(),
        };
        tally.fail(Who::Group(ledger, key, rows[0]), account);
    }
}

fn cells(world: &World<'_>, table: &Table, claims: &Claims, tally: &mut Tally) {
    let schema = world.schemas().ledger(table.ledger);
    for row in (0..table.len() as u32).filter(|&row| !is_open_question(world, table, row)) {
        tally.pass(Who::Row(table.ledger, row));
    }
    for (index, field) in schema.fields.iter().enumerate() {
        let id = FieldId(index as u16);
        if field.required {
            required(world, table, id, field, claims, tally);
        }
        if let Some(to) = field.reference {
            references(world, table, (id, field), to, claims, tally);
        }
    }
}

/// True for a row of the answer sheet that nobody has answered yet: its empty cells are told as a
/// question that was not checked.
fn is_open_question(world: &World<'_>, table: &Table, row: u32) -> bool {
    let schema = world.schemas().ledger(table.ledger);
    let answer = || schema.field_by_id("answer");
    schema.id == "attestations"
        && answer().is_some_and(|answer| table.cell(row, answer).0 == CellState::Empty)
}

fn required(
    world: &World<'_>,
    table: &Table,
    id: FieldId,
    field: &FieldSchema,
    claims: &Claims,
    tally: &mut Tally,
) {
    let ledger = table.ledger;
    let states = &table.columns[usize::from(id.0)].states;
    if states.iter().all(|&state| state == CellState::NoColumn) {
        let label = words::ledger(&world.schemas().ledger(ledger).label);
        return tally.leave_open(Doubt {
            reasons: vec![reasons::column_missing(&label, &field.label)],
            ..Doubt::default()
        });
    }
    for (row, &state) in (0..).zip(states) {
        match State::of(state) {
            Some(State::Empty) if is_open_question(world, table, row) => {}
            Some(State::Empty) if !claims.cells.contains(&(ledger, row, id)) => tally.fail(
                Who::Row(ledger, row),
                Account {
                    expected: vec![words::required(&field.label)],
                    actual: vec![words::not_filled(&field.label)],
                    proof: vec![Proof::Cell(ledger, row, id)],
                },
            ),
            Some(State::NoColumn) => {
                let machine = super::eval::Machine::new(world, 0);
                let why = super::value::Why::NoColumn(ledger, id);
                tally.doubt(Who::Row(ledger, row), machine.reason(why));
            }
            _ => {}
        }
    }
}

fn references(
    world: &World<'_>,
    table: &Table,
    (id, field): (FieldId, &FieldSchema),
    (to, to_field): (LedgerId, FieldId),
    claims: &Claims,
    tally: &mut Tally,
) {
    let target = match world.shelf(to) {
        Shelf::Table(target) => target,
        _ if !has_values(table, id) || world.not_kept(to).is_some() => return,
        _ => {
            let label = words::ledger(&world.schemas().ledger(to).label);
            return tally.leave_open(Doubt {
                reasons: vec![reasons::unchecked_references(&label)],
                missing: vec![to],
                ..Doubt::default()
            });
        }
    };
    let sort = reference_sort(world, field, to);
    let spec = Spec {
        ledger: to,
        fields: vec![(to_field, sort)],
    };
    let lookup = world.indexes.get(world, target, spec);
    let Some(index) = lookup.index().filter(|index| index.doubtful.is_empty()) else {
        return;
    };
    for row in 0..table.len() as u32 {
        if is_external(world, table, row, to)
            || claims.sought.contains(&(table.ledger, row, id, to))
        {
            continue;
        }
        for value in values(world, table, row, id) {
            // Told as a cell of its own while reading.
            if field.ty == FieldType::PersonList
                && matches!(&value, Value::Text(Text::Known(name)) if world.is_ambiguous(*name))
            {
                continue;
            }
            let known = world
                .coarse(&value, sort)
                .is_some_and(|word| !index.rows(&[word]).is_empty());
            if !known {
                tally.fail(
                    Who::Row(table.ledger, row),
                    dangling(world, table, (row, id), field, to, &value),
                );
            }
        }
    }
}

/// Persons and departments are referred to by name as well as by number.
fn reference_sort(world: &World<'_>, field: &FieldSchema, to: LedgerId) -> Sort {
    match (
        sort_of_field(field.ty),
        world.schemas().ledger(to).id.as_str(),
    ) {
        (Sort::Text, "personnel") => Sort::Person,
        (Sort::Text, "departments") => Sort::Department,
        (sort, _) => sort,
    }
}

fn dangling(
    world: &World<'_>,
    table: &Table,
    (row, id): (u32, FieldId),
    field: &FieldSchema,
    to: LedgerId,
    value: &Value<'_>,
) -> Account {
    let label = words::ledger(&world.schemas().ledger(to).label);
    let (shown, ambiguous) = match value {
        Value::Text(text) => {
            let ambiguous = matches!(text, Text::Known(sym) if world.is_ambiguous(*sym));
            (world.letters(text).to_owned(), ambiguous)
        }
        _ => (world.dataset.raw(table, row, id).to_owned(), false),
    };
    let actual = if ambiguous {
        words::several_bear(&field.label, &shown)
    } else {
        words::does_not_resolve(&field.label, &shown, &label)
    };
    Account {
        expected: vec![words::resolves(&field.label, &label)],
        actual: vec![actual],
        proof: vec![Proof::Cell(table.ledger, row, id), Proof::Sought(to, shown)],
    }
}

fn values<'w>(world: &World<'w>, table: &Table, row: u32, id: FieldId) -> Vec<Value<'w>> {
    match world.cell(table, row, id) {
        Value::Absent(_) | Value::Unknown(_) => Vec::new(),
        Value::List(Items::Words(words, _)) => {
            let syms = words.iter().map(|&word| Sym(word as u32));
            syms.map(|sym| Value::Text(Text::Known(sym))).collect()
        }
        value => vec![value],
    }
}

fn has_values(table: &Table, id: FieldId) -> bool {
    table.columns[usize::from(id.0)]
        .states
        .contains(&CellState::Value)
}

/// An external medium is in no register of the unit.
fn is_external(world: &World<'_>, table: &Table, row: u32, to: LedgerId) -> bool {
    let schemas = world.schemas();
    let field = schemas.ledger(table.ledger).field_by_id("external");
    schemas.ledger(to).id == "media"
        && field.is_some_and(|f| matches!(world.cell(table, row, f), Value::Bool(true)))
}
