//! The seeded faults, and their list `faults.yaml`.

use super::place::{Place, Places};
use super::world::World;
use std::fmt::Write;

/// One seeded fault.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    /// Control that must find it; empty for a cell that cannot be read.
    pub(crate) control: &'static str,
    /// Ledger of the subject.
    pub(crate) ledger: &'static str,
    /// Record, if the subject is one.
    pub(crate) uid: Option<usize>,
    /// Key of the subject.
    pub(crate) key: String,
    /// Fields whose cells show it.
    pub(crate) fields: Vec<&'static str>,
    /// What is wrong.
    pub(crate) phrase: &'static str,
}

/// `faults.yaml`.
pub(crate) fn listed(_world: &World, faults: &[Fault], places: &Places) -> String {
    let mut out = String::from("# 预置问题清单（由 make-sample-data 生成，请勿手改）\n");
    for fault in faults {
        one(&mut out, fault, places);
    }
    out
}

fn one(out: &mut String, fault: &Fault, places: &Places) {
    let control = if fault.control.is_empty() {
        "null"
    } else {
        fault.control
    };
    let _ = writeln!(
        out,
        "- control: {control}\n  ledger: {}\n  key: {}\n  phrase: {}",
        fault.ledger,
        quoted(&fault.key),
        fault.phrase
    );
    let cells: Vec<(&str, &Place)> = fault
        .fields
        .iter()
        .filter_map(|field| Some((*field, places.get(&(fault.ledger, fault.uid?, *field))?)))
        .collect();
    assert_eq!(
        cells.len(),
        if fault.uid.is_some() {
            fault.fields.len()
        } else {
            0
        },
        "{}: a field is on no sheet: {:?}",
        fault.control,
        fault.fields
    );
    let Some((_, first)) = cells.first() else {
        let _ = writeln!(out, "  file: null\n  sheet: null\n  cells: []");
        return;
    };
    let _ = writeln!(
        out,
        "  file: {}\n  sheet: {}\n  cells:",
        first.file,
        first.sheet.as_deref().map_or("null".into(), quoted)
    );
    for (field, place) in &cells {
        let column = place.column.as_deref().unwrap_or("null");
        let _ = writeln!(
            out,
            "    - {{field: {field}, row: {}, column: {column}, value: {}}}",
            place.row,
            quoted(&place.value)
        );
    }
}

fn quoted(text: &str) -> String {
    format!(
        "\"{}\"",
        text.replace('\\', "\\\\")
            .replace('"', "\\\"")
            .replace('\n', "\\n")
    )
}
