//! `zicha init --kit`: what inspectors carry on site: the questions by room and route, and a sample to look at.

use super::{Created, internal, put};
use std::collections::BTreeMap;
use std::path::Path;
use zicha_model::control::Scope;
use zicha_model::dataset::Dataset;
use zicha_model::diag::Diagnostic;
use zicha_model::profile::Profile;
use zicha_report::answer_sheets::{self, KitLine};
use zicha_rule::pack::Catalogue;
use zicha_scoring::sample;

/// Folder of the kit.
const FOLDER: &str = "现场检查";
/// Registers that say where something is: ledger, its names, department, room.
const REGISTERS: [(&str, [&str; 2], &str, &str); 3] = [
    ("key_sites", ["name", "site_id"], "department", "name"),
    (
        "computers",
        ["asset_no", "asset_no"],
        "department",
        "location",
    ),
    ("personnel", ["name", "person_id"], "department", ""),
];

/// Writes the kit; `seed`: of the sample, such as unit and year.
pub(super) fn write(
    dir: &Path,
    catalogue: &Catalogue,
    profile: &Profile,
    dataset: &Dataset,
    scopes: &dyn Fn(Scope) -> Option<Vec<String>>,
    created: &mut Created,
) -> Result<(), Vec<Diagnostic>> {
    let lines = lines(catalogue, profile, dataset, scopes);
    let document = answer_sheets::kit(&profile.unit_name, &lines);
    let document = document.map_err(|error| vec![internal(&error.to_string())])?;
    put(
        dir,
        &format!("{FOLDER}/现场检查单.docx"),
        &document,
        created,
    )?;
    let plan = sample::plan(&catalogue.schemas, dataset, &profile.unit_name);
    if !plan.lines.is_empty() {
        let workbook = answer_sheets::sample(&catalogue.schemas, &plan);
        let workbook = workbook.map_err(|error| vec![internal(&error.to_string())])?;
        put(dir, &format!("{FOLDER}/抽查表.xlsx"), &workbook, created)?;
    }
    Ok(())
}

/// The questions in the order of a walk: room by room, then department by department, the unit last.
fn lines(
    catalogue: &Catalogue,
    profile: &Profile,
    dataset: &Dataset,
    scopes: &dyn Fn(Scope) -> Option<Vec<String>>,
) -> Vec<KitLine> {
    let places = places(catalogue, dataset);
    let mut lines = Vec::new();
    for compiled in &catalogue.controls {
        let control = &compiled.control;
        let Some(ask) = control
            .ask
            .as_ref()
            .filter(|_| catalogue.not_judged(profile, control).is_none())
        else {
            continue;
        };
        let objects = scopes(ask.scope);
        for object in objects.unwrap_or_else(|| vec![String::new()]) {
            let (department, room) = match ask.scope {
                Scope::Department => (object.clone(), String::new()),
                _ => places.get(&object).cloned().unwrap_or_default(),
            };
            lines.push(KitLine {
                room,
                department,
                control: control.id.clone(),
                object,
                question: ask.question.clone(),
            });
        }
    }
    lines.sort_by_key(|line| {
        let place = (line.room.is_empty(), line.department.is_empty());
        (
            place,
            line.room.clone(),
            line.department.clone(),
            line.object.clone(),
            line.control.clone(),
        )
    });
    lines
}

/// Department and room of what the registers name.
fn places(catalogue: &Catalogue, dataset: &Dataset) -> BTreeMap<String, (String, String)> {
    let schemas = &catalogue.schemas;
    let mut places = BTreeMap::new();
    for (ledger, names, department, room) in REGISTERS {
        let Some(id) = schemas.ledger_by_id(ledger) else {
            continue;
        };
        let (schema, Some(table)) = (schemas.ledger(id), dataset.table(id)) else {
            continue;
        };
        let text = |row: u32, field: &str| {
            let field = schema.field_by_id(field);
            field
                .map(|field| dataset.display(schemas, table, row, field))
                .unwrap_or_default()
        };
        for row in 0..table.len() as u32 {
            let place = (text(row, department), text(row, room));
            for name in names
                .map(|name| text(row, name))
                .into_iter()
                .filter(|name| !name.is_empty())
            {
                places.entry(name).or_insert_with(|| place.clone());
            }
        }
    }
    places
}
