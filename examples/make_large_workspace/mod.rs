//! The orderly sample many times over: so many units side by side in one workspace.
//!
//! Every copy keeps its own names, numbers and departments, so that what belongs together in the
//! sample belongs together in each copy and to nothing else: the work of a check should grow as the
//! rows do.

use std::{fs, io, path::Path};
use zicha_model::{
    dataset::{Dataset, Table},
    profile::Profile,
    schema::{FieldId, FieldType, LedgerSchema, Schemas},
};
use zicha_read as read;
use zicha_rule::pack;

/// The ledgers of which a unit has one record.
const SINGLE: [&str; 1] = ["unit_profile"];

/// Writes `copies` of a workspace to a folder, one CSV a ledger and its profile; tells how many records
/// were written.
pub(crate) fn write(from: &Path, to: &Path, copies: usize) -> io::Result<usize> {
    let schemas = pack::load(from, &Profile::default()).0.schemas;
    let profile = read::settings::profile::load(from).0;
    let data = read::read(from, &schemas, &profile, &read::Options::default());
    fs::create_dir_all(to)?;
    fs::copy(from.join("zicha.yaml"), to.join("zicha.yaml"))?;
    let mut records = 0;
    for table in data.tables.iter().flatten() {
        let ledger = schemas.ledger(table.ledger);
        let copies = if SINGLE.contains(&ledger.id.as_str()) {
            1
        } else {
            copies
        };
        let mut file = csv::Writer::from_path(to.join(format!("{}.csv", ledger.label)))?;
        file.write_record(ledger.fields.iter().map(|field| &field.label))?;
        for copy in 0..copies {
            for row in 0..table.len() as u32 {
                file.write_record(record(&data, &schemas, table, row, copy))?;
            }
        }
        file.flush()?;
        records += copies * table.len();
    }
    Ok(records)
}

/// The cells of a record in one of the copies.
fn record(data: &Dataset, schemas: &Schemas, table: &Table, row: u32, copy: usize) -> Vec<String> {
    let ledger = schemas.ledger(table.ledger);
    let fields = (0..ledger.fields.len() as u16).map(FieldId);
    let cell = |field| {
        let text = data.display(schemas, table, row, field);
        if copy == 0 || text.is_empty() || !is_name(ledger, field) {
            return text;
        }
        let names = text.split('、').map(|name| format!("{name}{}", mark(copy)));
        names.collect::<Vec<_>>().join("、")
    };
    fields.map(cell).collect()
}

/// True for what names something: in another copy the name is another.
fn is_name(ledger: &LedgerSchema, field: FieldId) -> bool {
    let schema = &ledger.fields[usize::from(field.0)];
    match schema.ty {
        FieldType::Person | FieldType::PersonList | FieldType::Department => true,
        FieldType::Text => {
            let numbered = ["_no", "_id", "_ref"]
                .iter()
                .any(|end| schema.id.ends_with(end));
            numbered || schema.reference.is_some() || ledger.primary_key.contains(&field)
        }
        _ => false,
    }
}

/// Tells the copies apart, in characters that names may hold.
fn mark(copy: usize) -> String {
    const DIGITS: [char; 10] = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'];
    let digits = copy.to_string().into_bytes();
    digits
        .iter()
        .map(|digit| DIGITS[usize::from(digit - b'0')])
        .collect()
}
