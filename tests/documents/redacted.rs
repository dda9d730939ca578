//! `--redact`: no name, title or number of the unit's registers in anything that is passed on.

use super::{closed_up, documents, files, said};
use std::{collections::BTreeSet, path::Path};
use tempfile::TempDir;

use zicha_testing::workspace::Workspace;

/// What the columns of a ledger hold, as it stands in the files.
fn texts(workspace: &Workspace, ledger: &str, fields: &[&str]) -> BTreeSet<String> {
    let schemas = &workspace.catalogue.schemas;
    let id = schemas.ledger_by_id(ledger).unwrap();
    let table = workspace.dataset.table(id).unwrap();
    let fields = fields
        .iter()
        .map(|name| schemas.ledger(id).field_by_id(name).unwrap());
    let rows = fields.flat_map(|field| (0..table.len() as u32).map(move |row| (row, field)));
    let raw = rows.map(|(row, field)| workspace.dataset.raw(table, row, field).trim().to_owned());
    // A single character, a short number or 同上 is nobody's name.
    raw.filter(|text| text.chars().count() > 1 && text.len() > 3 && text != "同上")
        .collect()
}

#[test]
fn no_name_title_or_number_survives_in_any_format() {
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/sample-data/faulty");
    let workspace = Workspace::read(Path::new(sample));
    let secrets: BTreeSet<_> = [
        texts(&workspace, "personnel", &["name"]),
        texts(&workspace, "documents_received", &["doc_no", "title"]),
        texts(&workspace, "dispatches", &["doc_no", "title"]),
        texts(&workspace, "telegrams", &["telegram_no"]),
        texts(&workspace, "meetings", &["title"]),
        texts(&workspace, "visitors", &["visitor_name"]),
        texts(&workspace, "third_parties", &["project"]),
    ]
    .into_iter()
    .flatten()
    .map(|text| closed_up(&text))
    .collect();
    assert!(secrets.len() > 200, "{}", secrets.len());
    for checklist in ["annual", "festival"] {
        let dir = TempDir::new().unwrap();
        let out = documents(dir.path(), &[sample, "--redact", "--checklist", checklist]);
        for file in files(&out) {
            let Some(text) = said(&file) else { continue };
            let text = closed_up(&text);
            let told: Vec<_> = secrets
                .iter()
                .filter(|s| text.contains(s.as_str()))
                .collect();
            assert!(
                told.is_empty(),
                "{checklist}: {} tells {told:?}",
                file.display()
            );
        }
    }
}
