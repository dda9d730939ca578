//! On-site questions: who must answer, who did, and what.
//!
//! One answer for the whole unit answers for all. Otherwise every department, every key site, every
//! cleared person on post, every computer in use, every classified meeting needs one: whom a question of
//! that scope is about. A row without checklist counts for both. 不适用 without a reason is no answer.

use super::explain::{Account, Proof};
use super::identity::Who;
use super::index::Spec;
use super::tally::Tally;
use super::value::{Sort, State};
use super::world::{Shelf, World};
use super::{Unanswered, words};
use crate::model::{
    control::{Ask, Control, Scope},
    dataset::Table,
    plan::{Checklist, Period},
    schema::{FieldId, FieldType},
    time::Day,
};
use std::collections::{BTreeMap, BTreeSet};

/// Scope → ledger of those in scope, fields that name one, and which rows count.
fn register(scope: Scope) -> Option<(&'static str, &'static [&'static str], &'static [Filter])> {
    match scope {
        Scope::Unit => None,
        Scope::Department => Some(("departments", &["dept_id", "name"], &[])),
        Scope::Site => Some(("key_sites", &["site_id", "name"], &[])),
        Scope::Person => Some((
            "personnel",
            &["person_id", "name"],
            &[
                Filter("status", true, "on_post"),
                Filter("category", false, "none"),
            ],
        )),
        Scope::Device => Some((
            "computers",
            &["asset_no"],
            &[Filter("status", true, "in_use")],
        )),
        Scope::Meeting => Some((
            "meetings",
            &["meeting_id", "title"],
            &[
                Filter("level", false, "public"),
                Filter("level", false, "internal"),
            ],
        )),
    }
}

/// A field that must (not) have a value of its enumeration.
struct Filter(&'static str, bool, &'static str);

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
            tally.remark(words::NO_REASON.to_owned());
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
        tally.remark(words::unanswered(given, all));
    }
}

fn rows_in_scope(
    world: &World<'_>,
    table: &Table,
    filters: &'static [Filter],
) -> impl Iterator<Item = u32> {
    (0..table.len() as u32).filter(move |&row| counts(world, table, row, filters))
}

/// Whom a question of a scope is about, in the order of the register: as an answer names them.
/// `None` for the whole unit and where the register has no rows.
pub(super) fn in_scope(world: &World<'_>, scope: Scope) -> Option<Vec<String>> {
    let (id, fields, filters) = register(scope)?;
    let ledger = world.schemas().ledger_by_id(id)?;
    let Shelf::Table(table) = world.shelf(ledger) else {
        return None;
    };
    let schema = world.schemas().ledger(ledger);
    let fields: Vec<_> = fields
        .iter()
        .filter_map(|f| schema.field_by_id(f))
        .collect();
    let texts = |field: FieldId| {
        let rows = 0..table.len() as u32;
        rows.map(move |row| text_of(world, table, row, field))
    };
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for name in fields.last().into_iter().flat_map(|&field| texts(field)) {
        *names.entry(name).or_default() += 1;
    }
    // The name that people know, unless two bear it; then the number.
    let reference = |row| {
        let cells = fields.iter().rev().map(|&f| text_of(world, table, row, f));
        let mut cells = cells.filter(|text| !text.is_empty());
        cells.find(|text| names.get(text).is_none_or(|&count| count == 1))
    };
    let references = rows_in_scope(world, table, filters).filter_map(reference);
    Some(references.map(str::to_owned).collect())
}

fn counts(world: &World<'_>, table: &Table, row: u32, filters: &[Filter]) -> bool {
    let schema = world.schemas().ledger(table.ledger);
    filters.iter().all(|Filter(field, want, value)| {
        let own = schema
            .field_by_id(field)
            .and_then(|f| enum_of(world, table, row, f));
        own.is_none_or(|own| (own == *value) == *want)
    })
}

fn scope_label(scope: Scope) -> &'static str {
    match scope {
        Scope::Unit => words::WHOLE_UNIT,
        Scope::Department => "部门",
        Scope::Site => "要害部门部位",
        Scope::Person => "在岗涉密人员",
        Scope::Device => "在用计算机",
        Scope::Meeting => "涉密会议",
    }
}

impl World<'_> {
    /// A department's, site's or person's name; else the record's key.
    fn scope_name(&self, table: &Table, row: u32) -> String {
        let schema = self.schemas().ledger(table.ledger);
        let name = schema
            .field_by_id("name")
            .or_else(|| schema.field_by_id("title"));
        let name = name
            .map(|field| text_of(self, table, row, field))
            .unwrap_or_default();
        if name.is_empty() {
            self.key(table.ledger, row)
        } else {
            name.to_owned()
        }
    }
}

fn text_of<'w>(world: &World<'w>, table: &Table, row: u32, field: FieldId) -> &'w str {
    let (state, word) = table.cell(row, field);
    match (
        State::of(state),
        world.schemas().field(table.ledger, field).ty,
    ) {
        (None, FieldType::Text | FieldType::Person | FieldType::Department) => world
            .dataset
            .strings
            .resolve(crate::model::dataset::Sym(word as u32)),
        _ => "",
    }
}

fn enum_of<'w>(world: &World<'w>, table: &Table, row: u32, field: FieldId) -> Option<&'w str> {
    let (state, word) = table.cell(row, field);
    match (
        State::of(state),
        world.schemas().field(table.ledger, field).ty,
    ) {
        (None, FieldType::Enum(e)) => {
            let values = &world.schemas().enumeration(e).values;
            values.get(word as usize).map(|value| value.id.as_str())
        }
        _ => None,
    }
}
