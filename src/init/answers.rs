//! The on-site answer sheet: one row a question and whom it is about.

use std::collections::BTreeMap;
use zicha_engine::Subjects;
use zicha_model::{
    control::{Ask, Control, Scope},
    dataset::Dataset,
    plan::{Checklist, Plan},
    profile::Profile,
    schema::{LedgerSchema, Schemas},
    time::Day,
};
use zicha_report::blank::{self, Form, Kind};
use zicha_rule::pack::Catalogue;

/// The sheet's name in a workspace.
pub(super) const FILE: &str = "现场检查答复表.xlsx";

/// The sheet with every question of the catalogue, for everybody whom the registers name. Without a
/// register the question has one row whose object is to be filled in.
pub(super) fn form(catalogue: &Catalogue, profile: &Profile, dataset: &Dataset) -> Form {
    let Some(ledger) = catalogue.schemas.ledger_by_id(super::ANSWERS) else {
        return Form::default();
    };
    let ledger = catalogue.schemas.ledger(ledger);
    let mut form = blank::of_ledger(&catalogue.schemas, ledger);
    form.purpose = PURPOSE.to_owned();
    for (column, field) in form.columns.iter_mut().zip(&ledger.fields) {
        if matches!(field.id.as_str(), "requirement_id" | "question") {
            column.kind = Kind::Given;
        }
        if field.id == "question" {
            column.width = 60;
        }
    }
    let scopes = scopes(catalogue, profile, dataset);
    for compiled in &catalogue.controls {
        let control = &compiled.control;
        if catalogue.not_judged(profile, control).is_some() {
            continue;
        }
        if let Some(ask) = &control.ask {
            let objects = scopes.get(label(ask.scope)).cloned().flatten();
            for object in objects.unwrap_or_else(|| vec![String::new()]) {
                let cells = cells(&catalogue.schemas, control, ask, &object);
                form.rows.push(row(ledger, &cells));
            }
        }
    }
    form
}

const PURPOSE: &str = "检查人到现场看过以后逐行答复；“是”表示符合要求，“否”和“不适用”要在最后一列写明情况。\
同一问题涉及几个部门、场所、人员、设备、会议的，每个写一行；范围对象空着的，先填上名称，再按需要复制这一行";

/// Everybody in scope, by the scope's id; `None` where no register tells.
pub(super) fn scopes(
    catalogue: &Catalogue,
    profile: &Profile,
    dataset: &Dataset,
) -> BTreeMap<&'static str, Option<Vec<String>>> {
    let plan = Plan {
        as_of: Day(0),
        year: 0,
        annual: None,
        festival: None,
    };
    let subjects = Subjects::new(catalogue, dataset, &plan, profile);
    let all = [
        Scope::Unit,
        Scope::Department,
        Scope::Site,
        Scope::Person,
        Scope::Device,
        Scope::Meeting,
    ];
    all.into_iter()
        .map(|scope| (label(scope), subjects.in_scope(scope)))
        .collect()
}

/// Value id of enumeration `scope_type`.
pub(super) fn label(scope: Scope) -> &'static str {
    match scope {
        Scope::Unit => "unit",
        Scope::Department => "department",
        Scope::Site => "site",
        Scope::Person => "person",
        Scope::Device => "device",
        Scope::Meeting => "meeting",
    }
}

/// What is known of a row: field id → text.
fn cells<'a>(
    schemas: &'a Schemas,
    control: &'a Control,
    ask: &'a Ask,
    object: &'a str,
) -> BTreeMap<&'static str, &'a str> {
    let word = |of: &str, id: &str| {
        let values = schemas
            .enum_by_id(of)
            .map(|e| &schemas.enumeration(e).values);
        let found = values.and_then(|values| values.iter().find(|value| value.id == id));
        found.map_or("", |value| value.label.as_str())
    };
    // A question that stands on both checklists is answered once: an empty cell counts for both.
    let checklist = match control.checklists.as_slice() {
        [Checklist::Annual] => word("checklist", "annual"),
        [Checklist::Festival] => word("checklist", "festival"),
        _ => "",
    };
    BTreeMap::from([
        ("requirement_id", control.id.as_str()),
        ("checklist", checklist),
        ("scope_type", word("scope_type", label(ask.scope))),
        ("scope_ref", object),
        ("question", ask.question.as_str()),
    ])
}

fn row(ledger: &LedgerSchema, cells: &BTreeMap<&'static str, &str>) -> Vec<String> {
    let text = |id: &str| cells.get(id).copied().unwrap_or_default().to_owned();
    ledger.fields.iter().map(|field| text(&field.id)).collect()
}
