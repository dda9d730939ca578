//! On-site questions: who must answer, who did, and what.
//!
//! One answer for the whole unit answers for all. Otherwise every department, every key site, every
//! cleared person on post, every computer in use, every classified meeting needs one: whom a question of
//! that scope is about. A row without checklist counts for both. 不适用 without a reason is no answer.

use super::explain::{Account, Proof};
use super::identity::Who;
use super::index::Spec;
use super::scopes::{enum_of, register, rows_in_scope, scope_label, text_of};
use super::tally::Tally;
use super::value::Sort;
use super::world::{Shelf, World};
use super::{Unanswered, reasons, words};
use std::collections::BTreeSet;
use zicha_model::{
    control::{Ask, Control, Scope},
    dataset::Table,
    plan::{Checklist, Period},
    schema::FieldId,
    time::Day,
};

/// The columns of the answers.
struct Columns {
    control: FieldId,
    checklist: FieldId,
    scope_type: FieldId,
    scope_ref: FieldId,
    answer: FieldId,
    answered_on: FieldId,
    evidence: FieldId,
}

/// Judges the on-site question of a control.
pub(super) fn judge(
    world: &World<'_>,
    control: &Control,
    ask: &Ask,
    period: Option<Period>,
    tally: &mut Tally,
) {
    let given = answers(world, control, period);
    let mut answered = BTreeSet::new();
    let mut for_all = false;
    for (table, columns, row) in &given {
        let Some(answer) = judge_answer(world, ask, table, columns, *row, tally) else {
            continue;
        };
        for_all |= answer;
        answered.extend(scope_ref(world, ask.scope, table, columns, *row));
    }
    if !for_all {
        missing_answers(world, ask, &answered, tally);
    }
}

/// The rows that answer this control's question in this run.
fn answers<'w>(
    world: &World<'w>,
    control: &Control,
    period: Option<Period>,
) -> Vec<(&'w Table, Columns, u32)> {
    let find = || {
        let ledger = world.schemas().ledger_by_id("attestations")?;
        let schema = world.schemas().ledger(ledger);
        let columns = || {
            Some(Columns {
                control: schema.field_by_id("requirement_id")?,
                checklist: schema.field_by_id("checklist")?,
                scope_type: schema.field_by_id("scope_type")?,
                scope_ref: schema.field_by_id("scope_ref")?,
                answer: schema.field_by_id("answer")?,
                answered_on: schema.field_by_id("answered_on")?,
                evidence: schema.field_by_id("evidence")?,
            })
        };
        let Shelf::Table(table) = world.shelf(ledger) else {
            return None;
        };
        let rows = (0..table.len() as u32).map(|row| Some((table, columns()?, row)));
        rows.collect::<Option<Vec<_>>>()
    };
    world.count_work(1);
    let counts = |answer: &(&Table, Columns, u32)| {
        let (table, columns, row) = answer;
        text_of(world, table, *row, columns.control).eq_ignore_ascii_case(&control.id)
            && is_for_run(world, control, table, columns, *row)
            && is_current(world, table, columns, *row, period)
    };
    find()
        .unwrap_or_default()
        .into_iter()
        .filter(counts)
        .collect()
}

/// True if the row's checklist runs, or the row names none.
fn is_for_run(
    world: &World<'_>,
    control: &Control,
    table: &Table,
    columns: &Columns,
    row: u32,
) -> bool {
    let checklist = match enum_of(world, table, row, columns.checklist) {
        Some("annual") => Checklist::Annual,
        Some("festival") => Checklist::Festival,
        _ => return true,
    };
    control.checklists.contains(&checklist) && world.plan.checklists().contains(&checklist)
}

fn is_current(
    world: &World<'_>,
    table: &Table,
    columns: &Columns,
    row: u32,
    period: Option<Period>,
) -> bool {
    let day = super::compare::day_of(&world.cell(table, row, columns.answered_on));
    match (day, period) {
        (Some(day), Some(period)) => period.contains(Day(day)),
        _ => true,
    }
}

/// Judges one answer; tells whether it was given for the whole unit. None if nothing was answered.
fn judge_answer(
    world: &World<'_>,
    ask: &Ask,
    table: &Table,
    columns: &Columns,
    row: u32,
    tally: &mut Tally,
) -> Option<bool> {
    let who = Who::Row(table.ledger, row);
    match enum_of(world, table, row, columns.answer)? {
        "yes" => tally.pass(who),
        "no" => {
            let account = refused(world, ask, table, columns, row);
            tally.fail(who, account);
        }
        _ if text_of(world, table, row, columns.evidence).is_empty() => {
            tally.remark(reasons::NO_REASON.to_owned());
            return None;
        }
        _ => {}
    }
    let scope = enum_of(world, table, row, columns.scope_type);
    let names_one = !text_of(world, table, row, columns.scope_ref).is_empty();
    Some(match scope {
        Some("unit") => true,
        Some(_) => false,
        None => ask.scope == Scope::Unit || !names_one,
    })
}

fn refused(world: &World<'_>, ask: &Ask, table: &Table, columns: &Columns, row: u32) -> Account {
    let scope = match text_of(world, table, row, columns.scope_ref) {
        "" => words::WHOLE_UNIT,
        name => name,
    };
    let answer = world.dataset.raw(table, row, columns.answer);
    let cell = |field| Proof::Cell(table.ledger, row, field);
    Account {
        expected: vec![words::expected_answer(&ask.question)],
        actual: vec![words::answered(scope, answer)],
        proof: vec![cell(columns.answer), cell(columns.control)],
    }
}

/// Whom in the register the answer is about, by row.
fn scope_ref(
    world: &World<'_>,
    scope: Scope,
    table: &Table,
    columns: &Columns,
    row: u32,
) -> Option<u32> {
    let value = world.cell(table, row, columns.scope_ref);
    let (ledger, fields, _) = register(scope)?;
    let ledger = world.schemas().ledger_by_id(ledger)?;
    let schema = world.schemas().ledger(ledger);
    let register = world.dataset.table(ledger)?;
    let sort = match scope {
        Scope::Department => Sort::Department,
        Scope::Person => Sort::Person,
        _ => Sort::Text,
    };
    let key = [world.coarse(&value, sort)?];
    fields.iter().find_map(|id| {
        let spec = Spec {
            ledger,
            fields: vec![(schema.field_by_id(id)?, sort)],
        };
        let lookup = world.indexes.get(world, register, spec);
        lookup.index()?.rows(&key).first().copied()
    })
}

/// Tells who in scope has not answered.
fn missing_answers(world: &World<'_>, ask: &Ask, answered: &BTreeSet<u32>, tally: &mut Tally) {
    let question = || ask.question.clone();
    let Some((id, _, filters)) = register(ask.scope) else {
        return tally.unanswered(Unanswered {
            scope: words::WHOLE_UNIT.to_owned(),
            question: question(),
        });
    };
    let ledger = world.schemas().ledger_by_id(id);
    let shelf = ledger.map_or(Shelf::Missing, |ledger| world.shelf(ledger));
    let table = match shelf {
        Shelf::Table(table) => table,
        Shelf::Bare => return,
        Shelf::Missing => {
            let scope = words::every(scope_label(ask.scope));
            return tally.unanswered(Unanswered {
                scope,
                question: question(),
            });
        }
    };
    let in_scope = rows_in_scope(world, table, filters);
    let (mut all, mut given) = (0, 0);
    for row in in_scope {
        all += 1;
        if answered.contains(&row) {
            given += 1;
            continue;
        }
        let scope = world.scope_name(table, row);
        tally.unanswered(Unanswered {
            scope,
            question: question(),
        });
    }
    if given < all {
        tally.remark(reasons::unanswered(given, all));
    }
}
