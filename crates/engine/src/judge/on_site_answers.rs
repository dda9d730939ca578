//! On-site questions: who must answer, who did, and what.
//!
//! One answer for the whole unit answers for all. Otherwise every department, every key site, every
//! cleared person on post, every computer in use, every classified meeting needs one: whom a question of
//! that scope is about. A row without checklist counts for both. 不适用 without a reason is no answer.

use crate::context::evidence_ref::EvidenceRef;
use crate::context::lookup_index::Spec;
use crate::context::question_scopes::{
    WHOLE_UNIT, enum_of, register, rows_in_scope, scope_label, text_of,
};
use crate::context::subject::SubjectRef;
use crate::context::{EvalContext, LedgerState};
use crate::explanation::fault_words;
use crate::explanation::{Explanation, reasons, words};
use crate::outcome::Unanswered;
use crate::outcome::outcome_builder::OutcomeBuilder;
use crate::value::Sort;
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
pub(crate) fn judge(
    context: &EvalContext<'_>,
    control: &Control,
    ask: &Ask,
    period: Option<Period>,
    builder: &mut OutcomeBuilder<'_>,
) {
    let given = answers(context, control, period);
    let mut answered = BTreeSet::new();
    let mut for_all = false;
    for (table, columns, row) in &given {
        let Some(answer) = judge_answer(context, ask, table, columns, *row, builder) else {
            continue;
        };
        for_all |= answer;
        answered.extend(scope_ref(context, ask.scope, table, columns, *row));
    }
    if !for_all {
        missing_answers(context, ask, &answered, builder);
    }
}

/// The rows that answer this control's question in this run.
fn answers<'w>(
    context: &EvalContext<'w>,
    control: &Control,
    period: Option<Period>,
) -> Vec<(&'w Table, Columns, u32)> {
    let find = || {
        let ledger = context.schemas().ledger_by_id("attestations")?;
        let schema = context.schemas().ledger(ledger);
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
        let LedgerState::Rows(table) = context.ledger_state(ledger) else {
            return None;
        };
        let rows = (0..table.len() as u32).map(|row| Some((table, columns()?, row)));
        rows.collect::<Option<Vec<_>>>()
    };
    context.count_work(1);
    let counts = |answer: &(&Table, Columns, u32)| {
        let (table, columns, row) = answer;
        text_of(context, table, *row, columns.control).eq_ignore_ascii_case(&control.id)
            && is_for_run(context, control, table, columns, *row)
            && is_current(context, table, columns, *row, period)
    };
    find()
        .unwrap_or_default()
        .into_iter()
        .filter(counts)
        .collect()
}

/// True if the row's checklist runs, or the row names none.
fn is_for_run(
    context: &EvalContext<'_>,
    control: &Control,
    table: &Table,
    columns: &Columns,
    row: u32,
) -> bool {
    let checklist = match enum_of(context, table, row, columns.checklist) {
        Some("annual") => Checklist::Annual,
        Some("festival") => Checklist::Festival,
        _ => return true,
    };
    control.checklists.contains(&checklist) && context.plan.checklists().contains(&checklist)
}

fn is_current(
    context: &EvalContext<'_>,
    table: &Table,
    columns: &Columns,
    row: u32,
    period: Option<Period>,
) -> bool {
    let day = crate::order::day_of(&context.cell(table, row, columns.answered_on));
    match (day, period) {
        (Some(day), Some(period)) => period.contains(Day(day)),
        _ => true,
    }
}

/// Judges one answer; tells whether it was given for the whole unit. None if nothing was answered.
fn judge_answer(
    context: &EvalContext<'_>,
    ask: &Ask,
    table: &Table,
    columns: &Columns,
    row: u32,
    builder: &mut OutcomeBuilder<'_>,
) -> Option<bool> {
    let who = SubjectRef::Row(table.ledger, row);
    match enum_of(context, table, row, columns.answer)? {
        "yes" => builder.pass(who),
        "no" => {
            let explanation = refused(context, ask, table, columns, row);
            builder.fail(who, explanation);
        }
        _ if text_of(context, table, row, columns.evidence).is_empty() => {
            builder.remark(reasons::NO_REASON.to_owned());
            return None;
        }
        _ => {}
    }
    let scope = enum_of(context, table, row, columns.scope_type);
    let names_one = !text_of(context, table, row, columns.scope_ref).is_empty();
    Some(match scope {
        Some("unit") => true,
        Some(_) => false,
        None => ask.scope == Scope::Unit || !names_one,
    })
}

fn refused(
    context: &EvalContext<'_>,
    ask: &Ask,
    table: &Table,
    columns: &Columns,
    row: u32,
) -> Explanation {
    let scope = match text_of(context, table, row, columns.scope_ref) {
        "" => WHOLE_UNIT,
        name => name,
    };
    let answer = context.dataset.raw(table, row, columns.answer);
    let cell = |field| EvidenceRef::Cell(table.ledger, row, field);
    Explanation {
        expected: vec![words::expected_answer(&ask.question)],
        actual: vec![words::answered(scope, answer)],
        faults: vec![fault_words::found_on_site(scope)],
        evidence: vec![cell(columns.answer), cell(columns.control)],
    }
}

/// Whom in the register the answer is about, by row.
fn scope_ref(
    context: &EvalContext<'_>,
    scope: Scope,
    table: &Table,
    columns: &Columns,
    row: u32,
) -> Option<u32> {
    let value = context.cell(table, row, columns.scope_ref);
    let (ledger, fields, _) = register(scope)?;
    let ledger = context.schemas().ledger_by_id(ledger)?;
    let schema = context.schemas().ledger(ledger);
    let register = context.dataset.table(ledger)?;
    let sort = match scope {
        Scope::Department => Sort::Department,
        Scope::Person => Sort::Person,
        _ => Sort::Text,
    };
    let key = [context.coarse(&value, sort)?];
    fields.iter().find_map(|id| {
        let spec = Spec {
            ledger,
            fields: vec![(schema.field_by_id(id)?, sort)],
        };
        let lookup = context.indexes.get(context, register, spec);
        lookup.index()?.rows(&key).first().copied()
    })
}

/// Tells who in scope has not answered.
fn missing_answers(
    context: &EvalContext<'_>,
    ask: &Ask,
    answered: &BTreeSet<u32>,
    builder: &mut OutcomeBuilder<'_>,
) {
    let question = || ask.question.clone();
    let Some((id, _, filters)) = register(ask.scope) else {
        return builder.unanswered(Unanswered {
            scope: WHOLE_UNIT.to_owned(),
            question: question(),
        });
    };
    let ledger = context.schemas().ledger_by_id(id);
    let ledger_state = ledger.map_or(LedgerState::Missing, |ledger| context.ledger_state(ledger));
    let table = match ledger_state {
        LedgerState::Rows(table) => table,
        LedgerState::RightlyEmpty => return,
        LedgerState::Missing => {
            let scope = words::every(scope_label(ask.scope));
            return builder.unanswered(Unanswered {
                scope,
                question: question(),
            });
        }
    };
    let in_scope = rows_in_scope(context, table, filters);
    let (mut all, mut given) = (0, 0);
    for row in in_scope {
        all += 1;
        if answered.contains(&row) {
            given += 1;
            continue;
        }
        let scope = context.scope_name(table, row);
        builder.unanswered(Unanswered {
            scope,
            question: question(),
        });
    }
    if given < all {
        builder.remark(reasons::unanswered(given, all));
    }
}
