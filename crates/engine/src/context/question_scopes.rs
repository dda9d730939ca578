//! Whom on-site questions are about: the unit, or everyone of a register who counts.

use super::{EvalContext, LedgerState};
use crate::value::State;
use std::collections::BTreeMap;
use zicha_model::{
    control::Scope,
    dataset::Table,
    schema::{FieldId, FieldType},
};

/// A field that must (not) have a value of its enumeration.
pub(crate) struct Filter(&'static str, bool, &'static str);

/// Scope → ledger of those in scope, fields that name one, and which rows count.
pub(crate) fn register(
    scope: Scope,
) -> Option<(&'static str, &'static [&'static str], &'static [Filter])> {
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

/// The rows of a register that count.
pub(crate) fn rows_in_scope(
    context: &EvalContext<'_>,
    table: &Table,
    filters: &'static [Filter],
) -> impl Iterator<Item = u32> {
    (0..table.len() as u32).filter(move |&row| counts(context, table, row, filters))
}

/// Whom a question of a scope is about, in the order of the register: as an answer names them.
/// `None` for the whole unit and where the register has no rows.
pub(crate) fn in_scope(context: &EvalContext<'_>, scope: Scope) -> Option<Vec<String>> {
    let (id, fields, filters) = register(scope)?;
    let ledger = context.schemas().ledger_by_id(id)?;
    let LedgerState::Rows(table) = context.ledger_state(ledger) else {
        return None;
    };
    let schema = context.schemas().ledger(ledger);
    let fields: Vec<_> = fields
        .iter()
        .filter_map(|f| schema.field_by_id(f))
        .collect();
    let texts = |field: FieldId| {
        let rows = 0..table.len() as u32;
        rows.map(move |row| text_of(context, table, row, field))
    };
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for name in fields.last().into_iter().flat_map(|&field| texts(field)) {
        *names.entry(name).or_default() += 1;
    }
    // The name that people know, unless two bear it; then the number.
    let reference = |row| {
        let cells = fields
            .iter()
            .rev()
            .map(|&f| text_of(context, table, row, f));
        let mut cells = cells.filter(|text| !text.is_empty());
        cells.find(|text| names.get(text).is_none_or(|&count| count == 1))
    };
    let references = rows_in_scope(context, table, filters).filter_map(reference);
    Some(references.map(str::to_owned).collect())
}

fn counts(context: &EvalContext<'_>, table: &Table, row: u32, filters: &[Filter]) -> bool {
    let schema = context.schemas().ledger(table.ledger);
    filters.iter().all(|Filter(field, want, value)| {
        let own = schema
            .field_by_id(field)
            .and_then(|f| enum_of(context, table, row, f));
        own.is_none_or(|own| (own == *value) == *want)
    })
}

/// Where a question is answered once.
pub(crate) const WHOLE_UNIT: &str = "全单位";

/// Those in a scope, for people.
pub(crate) fn scope_label(scope: Scope) -> &'static str {
    match scope {
        Scope::Unit => WHOLE_UNIT,
        Scope::Department => "部门",
        Scope::Site => "要害部门部位",
        Scope::Person => "在岗涉密人员",
        Scope::Device => "在用计算机",
        Scope::Meeting => "涉密会议",
    }
}

impl EvalContext<'_> {
    /// A department's, site's or person's name; else the record's key.
    pub(crate) fn scope_name(&self, table: &Table, row: u32) -> String {
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

/// A cell's text; empty where it has none.
pub(crate) fn text_of<'w>(
    context: &EvalContext<'w>,
    table: &Table,
    row: u32,
    field: FieldId,
) -> &'w str {
    let (state, word) = table.cell(row, field);
    match (
        State::of(state),
        context.schemas().field(table.ledger, field).ty,
    ) {
        (None, FieldType::Text | FieldType::Person | FieldType::Department) => context
            .dataset
            .strings
            .resolve(zicha_model::dataset::Sym(word as u32)),
        _ => "",
    }
}

/// The id of a cell's value; none where it has none.
pub(crate) fn enum_of<'w>(
    context: &EvalContext<'w>,
    table: &Table,
    row: u32,
    field: FieldId,
) -> Option<&'w str> {
    let (state, word) = table.cell(row, field);
    match (
        State::of(state),
        context.schemas().field(table.ledger, field).ty,
    ) {
        (None, FieldType::Enum(e)) => {
            let values = &context.schemas().enumeration(e).values;
            values.get(word as usize).map(|value| value.id.as_str())
        }
        _ => None,
    }
}
