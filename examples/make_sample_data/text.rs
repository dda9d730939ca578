//! Tables → CSV and YAML bytes.

use super::layout::Sheet;
use super::place::{Place, Places};
use super::spelling::{Written, written};
use super::table::Table;
use super::world::World;

/// One CSV file; `gbk` as an old program exports it, else UTF-8 with or without byte order mark.
pub(crate) fn csv(table: &Table, encoding: &str) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(Written::raw).collect();
        writer.write_record(&cells).expect("writing to memory");
    }
    let bytes = writer.into_inner().expect("writing to memory");
    let text = String::from_utf8_lossy(&bytes).into_owned();
    match encoding {
        "gbk" => encoding_rs::GBK.encode(&text).0.into_owned(),
        "bom" => [b"\xEF\xBB\xBF", bytes.as_slice()].concat(),
        _ => bytes,
    }
}

/// One YAML file: a mapping of lists, or one list if the only sheet has no name. Notes the line of
/// every value.
pub(crate) fn yaml(world: &World, sheets: &[Sheet], places: &mut Places) -> Vec<u8> {
    let mut lines = vec!["# 由登记系统导出".to_owned()];
    for sheet in sheets {
        let indent = if sheet.name.is_empty() { "" } else { "  " };
        if !sheet.name.is_empty() {
            lines.push(format!("{}:", sheet.name));
        }
        for record in world
            .rows(sheet.ledger)
            .iter()
            .filter(|row| (sheet.filter)(row))
        {
            let mut lead = "- ";
            for column in &sheet.columns {
                let value = written(world, record, column).raw();
                if let Some(field) = column.field {
                    let row = lines.len() as u32 + 1;
                    let place = Place {
                        file: sheet.file.into(),
                        sheet: None,
                        row,
                        column: None,
                        value: value.clone(),
                    };
                    places.insert((sheet.ledger, record.uid, field), place);
                }
                lines.push(format!(
                    "{indent}{lead}{}: {}",
                    column.heading,
                    scalar(&value)
                ));
                lead = "  ";
            }
        }
    }
    (lines.join("\n") + "\n").into_bytes()
}

/// Plain where YAML allows it, quoted elsewhere.
fn scalar(value: &str) -> String {
    let plain = !value.is_empty()
        && !value.starts_with([
            '-', '?', '*', '&', '!', '%', '@', '`', '"', '\'', '[', '{', '#', ' ',
        ])
        && !value.contains(": ")
        && !value.contains(" #")
        && !value.ends_with([':', ' ']);
    match (value.is_empty(), plain) {
        (true, _) => String::new(),
        (_, true) => value.to_owned(),
        _ => format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"")),
    }
}
