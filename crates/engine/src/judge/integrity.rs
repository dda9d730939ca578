//! `integrity`: over every provided ledger, keys are unique, required cells filled in, references
//! resolve.
//!
//! One fact, one finding: an empty cell that another control of the run has already brought up is left
//! to it, and so is a dangling reference, or a number that another control requires to be unique. So
//! this is judged last.

use crate::context::evidence_ref::EvidenceRef;
use crate::context::lookup_index::{Index, Spec};
use crate::context::subject::SubjectRef;
use crate::context::{EvalContext, LedgerState};
use crate::explanation::fault_words;
use crate::explanation::{Explanation, UnknownReason, reasons, words};
use crate::outcome::outcome_builder::OutcomeBuilder;
use crate::value::{Items, Sort, State, Text, Value, Why, sort_of_field};
use std::collections::{BTreeMap, BTreeSet};
use zicha_model::{
    dataset::{CellState, Sym, Table},
    schema::{FieldId, FieldSchema, FieldType, LedgerId, LedgerSchema},
};

/// What other controls of the run have brought up.
#[derive(Debug, Default)]
pub(crate) struct Claims {
    /// Cells that are evidence of a violation.
    pub(crate) cells: BTreeSet<(LedgerId, u32, FieldId)>,
    /// Cells that are evidence of a violation together with the ledger searched in vain.
    pub(crate) sought: BTreeSet<(LedgerId, u32, FieldId, LedgerId)>,
    /// KeyGroups of duplicates: ledger and key.
    pub(crate) groups: BTreeSet<(LedgerId, String)>,
    /// Records that are still described one by one.
    pub(crate) limit: usize,
}

/// Judges every provided ledger.
pub(crate) fn judge<'a>(
    context: &EvalContext<'a>,
    claims: &Claims,
    builder: &mut OutcomeBuilder<'a>,
) {
    for ledger in context.schemas().ledger_ids() {
        if let LedgerState::Rows(table) = context.ledger_state(ledger) {
            context.count_work(table.len());
            keys(context, table, claims, builder);
            cells(context, table, claims, builder);
        }
    }
}

fn keys<'a>(
    context: &EvalContext<'a>,
    table: &Table,
    claims: &Claims,
    builder: &mut OutcomeBuilder<'a>,
) {
    let ledger = table.ledger;
    let schema = context.schemas().ledger(ledger);
    let mut groups: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for row in context.rows_with_longer_keys(ledger) {
        let filled = |field: &FieldId| table.cell(row, *field).0 == CellState::Value;
        if !schema.primary_key.is_empty() && schema.primary_key.iter().all(filled) {
            groups
                .entry(context.plain_key(table, row))
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
        let shown = rows.iter().take(crate::explanation::EXPLAINED);
        let explanation = Explanation {
            expected: vec![words::unique(&names)],
            actual: vec![words::repeated(
                &names,
                &context.key_for_people(ledger, rows[0]),
                rows.len(),
            )],
            faults: Vec::new(),
            evidence: shown
                .flat_map(|&row| context.key_cells(ledger, row))
                .collect(),
        };
        builder.fail(SubjectRef::Group(ledger, key, rows[0]), explanation);
    }
}

fn cells<'a>(
    context: &EvalContext<'a>,
    table: &Table,
    claims: &Claims,
    builder: &mut OutcomeBuilder<'a>,
) {
    let schema = context.schemas().ledger(table.ledger);
    for row in (0..table.len() as u32).filter(|&row| !is_open_question(context, table, row)) {
        builder.pass(SubjectRef::Row(table.ledger, row));
    }
    for (index, field) in schema.fields.iter().enumerate() {
        let id = FieldId(index as u16);
        if field.required {
            required(context, table, id, field, claims, builder);
        }
        if let Some(to) = field.reference {
            references(context, table, (id, field), to, claims, builder);
        }
    }
}

/// True for a row of the answer sheet that nobody has answered yet: its empty cells are told as a
/// question that was not checked.
fn is_open_question(context: &EvalContext<'_>, table: &Table, row: u32) -> bool {
    let schema = context.schemas().ledger(table.ledger);
    let answer = || schema.field_by_id("answer");
    schema.id == "attestations"
        && answer().is_some_and(|answer| table.cell(row, answer).0 == CellState::Empty)
}

fn required<'a>(
    context: &EvalContext<'a>,
    table: &Table,
    id: FieldId,
    field: &FieldSchema,
    claims: &Claims,
    builder: &mut OutcomeBuilder<'a>,
) {
    let ledger = table.ledger;
    let states = &table.columns[usize::from(id.0)].states;
    if states.iter().all(|&state| state == CellState::NoColumn) {
        let label = words::ledger(&context.schemas().ledger(ledger).label);
        return builder.leave_open(UnknownReason {
            reasons: vec![reasons::column_missing(&label, &field.label)],
            whys: vec![Why::NoColumn(ledger, id)],
            ..UnknownReason::default()
        });
    }
    for (row, &state) in (0..).zip(states) {
        match State::of(state) {
            Some(State::Empty) if is_open_question(context, table, row) => {}
            Some(State::Empty) if !claims.cells.contains(&(ledger, row, id)) => {
                builder.fail_up_to(claims.limit, (ledger, row), || Explanation {
                    expected: vec![words::required(&field.label)],
                    actual: vec![words::not_filled(&field.label)],
                    faults: vec![fault_words::lacking(
                        &fault_words::bare(&field.label),
                        false,
                    )],
                    evidence: vec![EvidenceRef::Cell(ledger, row, id)],
                });
            }
            Some(State::NoColumn) => {
                builder.leave_row_open(context, Why::NoColumn(ledger, id), (ledger, row));
            }
            _ => {}
        }
    }
}

fn references<'a>(
    context: &EvalContext<'a>,
    table: &Table,
    (id, field): (FieldId, &FieldSchema),
    (to, to_field): (LedgerId, FieldId),
    claims: &Claims,
    builder: &mut OutcomeBuilder<'a>,
) {
    let target = match context.ledger_state(to) {
        LedgerState::Rows(target) => target,
        _ if !has_values(table, id) || context.not_kept(to).is_some() => return,
        _ => {
            let label = words::ledger(&context.schemas().ledger(to).label);
            return builder.leave_open(UnknownReason {
                reasons: vec![reasons::unchecked_references(&label)],
                missing: vec![to],
                whys: vec![Why::NoLedger(to)],
                ..UnknownReason::default()
            });
        }
    };
    let sort = reference_sort(context, field, to);
    let spec = Spec {
        ledger: to,
        fields: vec![(to_field, sort)],
    };
    let lookup = context.indexes.get(context, target, spec);
    let Some(index) = lookup.index().filter(|index| index.doubtful.is_empty()) else {
        return;
    };
    let cleared = lists_only_cleared(context, target) && names_somebody(context, to, to_field);
    let unknown = |value: &Value<'_>| !is_listed(context, index, value, sort);
    for row in 0..table.len() as u32 {
        if is_external(context, table, row, to)
            || claims.sought.contains(&(table.ledger, row, id, to))
        {
            continue;
        }
        let needed = match cleared {
            true => needs_clearance(context, table, row),
            false => Clearance::Needed,
        };
        if let Clearance::NotTold(why) = needed
            && values(context, table, row, id).iter().any(unknown)
        {
            builder.leave_row_open(context, why, (table.ledger, row));
        }
        if !matches!(needed, Clearance::Needed) {
            continue;
        }
        for value in values(context, table, row, id) {
            // Told as a cell of its own while reading.
            if field.ty == FieldType::PersonList
                && matches!(&value, Value::Text(Text::Known(name)) if context.is_ambiguous(*name))
            {
                continue;
            }
            if unknown(&value) {
                builder.fail_up_to(claims.limit, (table.ledger, row), || {
                    dangling(context, table, (row, id), field, to, &value)
                });
            }
        }
    }
}

/// True for a register of persons that lists those with access to secrets only: who is not on it may
/// well be one of the others.
fn lists_only_cleared(context: &EvalContext<'_>, target: &Table) -> bool {
    let schema = context.schemas().ledger(target.ledger);
    let Some(category) = schema.field_by_id("category") else {
        return false;
    };
    let FieldType::Enum(categories) = schema.fields[usize::from(category.0)].ty else {
        return false;
    };
    let none = context
        .schemas()
        .enumeration(categories)
        .value_by_id("none");
    schema.id == "personnel"
        && (0..target.len() as u32).all(|row| {
            let (state, word) = target.cell(row, category);
            state == CellState::Value && Some(word) != none
        })
}

/// True if anybody who stands in any of the other ledgers is on the list: one on which nobody stands is
/// no list of this unit's, and says nothing of who is cleared.
fn names_somebody(context: &EvalContext<'_>, to: LedgerId, to_field: FieldId) -> bool {
    let LedgerState::Rows(target) = context.ledger_state(to) else {
        return false;
    };
    context.schemas().ledger_ids().any(|ledger| {
        let LedgerState::Rows(table) = context.ledger_state(ledger) else {
            return false;
        };
        let fields = context.schemas().ledger(ledger).fields.iter();
        let mut fields = (0..).zip(fields).filter(|(at, field)| {
            field.reference == Some((to, to_field)) && has_values(table, FieldId(*at))
        });
        fields.any(|(at, field)| {
            let sort = reference_sort(context, field, to);
            let spec = Spec {
                ledger: to,
                fields: vec![(to_field, sort)],
            };
            let lookup = context.indexes.get(context, target, spec);
            let Some(index) = lookup.index() else {
                return false;
            };
            (0..table.len() as u32).any(|row| {
                let values = values(context, table, row, FieldId(at));
                let mut values = values.iter();
                values.any(|value| is_listed(context, index, value, sort))
            })
        })
    })
}

/// True if the list has a record of the value.
fn is_listed(context: &EvalContext<'_>, index: &Index, value: &Value<'_>, sort: Sort) -> bool {
    let word = context.coarse(value, sort);
    word.is_some_and(|word| !index.rows(&[word]).is_empty())
}

/// Whether who stands in a record must be on a list of those with access to secrets.
enum Clearance {
    Needed,
    Not,
    /// The table does not tell whether the record is about a secret.
    NotTold(Why<'static>),
}

/// Ledgers whose records are about secrets, or about those who have access to them, though no column
/// of theirs says so. In all others without a level anybody may stand: on duty, as a visitor's host.
const OF_SECRETS: [&str; 10] = [
    "allowances",
    "archives_access",
    "borrowing",
    "circulation",
    "classified_posts",
    "containers",
    "crypto_items",
    "handovers",
    "key_sites",
    "media_usage",
];

/// A thing that is no secret may be in anybody's hands; where nothing says whether it is one, that
/// cannot be told.
fn needs_clearance(context: &EvalContext<'_>, table: &Table, row: u32) -> Clearance {
    let schema = context.schemas().ledger(table.ledger);
    let cell = |id: &str| {
        let field = schema.field_by_id(id)?;
        Some((field, table.cell(row, field)))
    };
    if let Some((_, (CellState::Value, word))) = cell("is_classified") {
        return match word {
            0 => Clearance::Not,
            _ => Clearance::Needed,
        };
    }
    match cell("level") {
        Some((field, (CellState::Value, word))) => match is_secret(context, schema, field, word) {
            true => Clearance::Needed,
            false => Clearance::Not,
        },
        Some((field, (CellState::NoColumn, _))) => {
            Clearance::NotTold(Why::NoColumn(table.ledger, field))
        }
        Some(_) => Clearance::Needed,
        None if OF_SECRETS.contains(&schema.id.as_str()) => Clearance::Needed,
        None => Clearance::Not,
    }
}

fn is_secret(context: &EvalContext<'_>, schema: &LedgerSchema, field: FieldId, word: i32) -> bool {
    let FieldType::Enum(levels) = schema.fields[usize::from(field.0)].ty else {
        return true;
    };
    let levels = context.schemas().enumeration(levels);
    let rank = |word: i32| levels.values.get(word as usize).and_then(|v| v.rank);
    rank(word) >= levels.value_by_id("confidential").and_then(rank)
}

/// Persons and departments are referred to by name as well as by number.
fn reference_sort(context: &EvalContext<'_>, field: &FieldSchema, to: LedgerId) -> Sort {
    match (
        sort_of_field(field.ty),
        context.schemas().ledger(to).id.as_str(),
    ) {
        (Sort::Text, "personnel") => Sort::Person,
        (Sort::Text, "departments") => Sort::Department,
        (sort, _) => sort,
    }
}

fn dangling(
    context: &EvalContext<'_>,
    table: &Table,
    (row, id): (u32, FieldId),
    field: &FieldSchema,
    to: LedgerId,
    value: &Value<'_>,
) -> Explanation {
    let label = words::ledger(&context.schemas().ledger(to).label);
    let (shown, ambiguous) = match value {
        Value::Text(text) => {
            let ambiguous = matches!(text, Text::Known(sym) if context.is_ambiguous(*sym));
            (context.letters(text).to_owned(), ambiguous)
        }
        _ => (context.dataset.raw(table, row, id).to_owned(), false),
    };
    let actual = if ambiguous {
        words::several_bear(&field.label, &shown)
    } else {
        words::does_not_resolve(&field.label, &shown, &label)
    };
    Explanation {
        expected: vec![words::resolves(&field.label, &label)],
        faults: vec![actual.clone()],
        actual: vec![actual],
        evidence: vec![
            EvidenceRef::Cell(table.ledger, row, id),
            EvidenceRef::Sought(to, shown),
        ],
    }
}

fn values<'w>(context: &EvalContext<'w>, table: &Table, row: u32, id: FieldId) -> Vec<Value<'w>> {
    match context.cell(table, row, id) {
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
fn is_external(context: &EvalContext<'_>, table: &Table, row: u32, to: LedgerId) -> bool {
    let schemas = context.schemas();
    let field = schemas.ledger(table.ledger).field_by_id("external");
    schemas.ledger(to).id == "media"
        && field.is_some_and(|f| matches!(context.cell(table, row, f), Value::Bool(true)))
}
