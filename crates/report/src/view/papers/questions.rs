//! The on-site questions still open, one entry a question and object: for the form on screen and for the
//! sheet that inspectors carry, by room.

use crate::view::source::Source;
use serde::Serialize;
use std::collections::BTreeMap;
use zicha_model::control::Scope;

/// An open question about one object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OpenQuestion {
    /// Control id.
    pub control: String,
    /// The question.
    pub question: String,
    /// Kind of object, as enumeration `scope_type` has it: 全单位, 部门, 人员.
    pub kind: String,
    /// The object; empty for the unit as a whole.
    pub object: String,
    /// Its department, where a register says so; the department itself for one.
    pub department: String,
    /// Where it is, where a register says so.
    pub room: String,
}

/// Registers that place objects: ledger, fields that name one, its department, its place. Departments come
/// first, so that the others' references lead to their names.
const REGISTERS: [(&str, [&str; 2], &str, &str); 4] = [
    ("departments", ["name", "dept_id"], "name", ""),
    ("personnel", ["name", "person_id"], "department", ""),
    ("key_sites", ["name", "site_id"], "department", "location"),
    (
        "computers",
        ["asset_no", "asset_no"],
        "department",
        "location",
    ),
];

/// The open questions by department, room and object.
pub(crate) fn open(source: &Source<'_>) -> Vec<OpenQuestion> {
    let places = places(source);
    let mut questions = Vec::new();
    for outcome in &source.data.outcomes {
        let compiled = source.data.catalogue.controls.get(outcome.control);
        let Some((control, ask)) =
            compiled.and_then(|c| Some((&c.control, c.control.ask.as_ref()?)))
        else {
            continue;
        };
        for open in &outcome.unanswered {
            let object = if ask.scope == Scope::Unit {
                String::new()
            } else {
                open.scope.clone()
            };
            let (department, room) = places.get(&object).cloned().unwrap_or_default();
            questions.push(OpenQuestion {
                control: control.id.clone(),
                question: open.question.clone(),
                kind: kind(source, ask.scope),
                object,
                department,
                room,
            });
        }
    }
    questions.sort_by(|a, b| {
        let key = |q: &OpenQuestion| {
            (
                q.room.is_empty(),
                q.room.clone(),
                q.department.clone(),
                q.object.clone(),
                q.control.clone(),
            )
        };
        key(a).cmp(&key(b))
    });
    questions
}

/// The word of enumeration `scope_type`.
fn kind(source: &Source<'_>, scope: Scope) -> String {
    let id = match scope {
        Scope::Unit => "unit",
        Scope::Department => "department",
        Scope::Site => "site",
        Scope::Person => "person",
        Scope::Device => "device",
        Scope::Meeting => "meeting",
    };
    let schemas = source.schemas();
    let values = schemas
        .enum_by_id("scope_type")
        .map(|e| &schemas.enumeration(e).values);
    let found = values.and_then(|values| values.iter().find(|value| value.id == id));
    found.map_or_else(String::new, |value| value.label.clone())
}

/// Department and room of every object of the registers, by the names it goes by.
fn places(source: &Source<'_>) -> BTreeMap<String, (String, String)> {
    let mut places = BTreeMap::<String, (String, String)>::new();
    for (ledger, names, department, room) in REGISTERS {
        let schemas = source.schemas();
        let Some(id) = schemas.ledger_by_id(ledger) else {
            continue;
        };
        let (schema, Some(table)) = (schemas.ledger(id), source.data.dataset.table(id)) else {
            continue;
        };
        let text = |row: u32, field: &str| {
            let field = schema.field_by_id(field);
            let shown = field.map(|field| source.data.dataset.display(schemas, table, row, field));
            source.masked(&shown.unwrap_or_default())
        };
        for row in 0..table.len() as u32 {
            let own = text(row, department);
            // People choose a department by its name; registers often have its number.
            let known = places.get(&own).map(|(name, _)| name.clone());
            let named = known.filter(|name| !name.is_empty()).unwrap_or(own);
            let place = (named, text(row, room));
            for name in names
                .map(|name| text(row, name))
                .into_iter()
                .filter(|n| !n.is_empty())
            {
                places.entry(name).or_insert_with(|| place.clone());
            }
        }
    }
    places
}
