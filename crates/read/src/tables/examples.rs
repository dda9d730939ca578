//! Records written in a control's example → a dataset, through the same coercion as files.

use crate::formats::grid::{CellKind, Form, Grid};
use crate::recognition::sheet::{Section, Source};
use crate::tables::block::Sheet;
use crate::tables::join::{FileTables, InputFileParts, Ledgers, SheetTables};
use crate::tables::{block_builder, cell_report, join, link_names};
use crate::values::coerce::Coercer;
use std::collections::BTreeMap;
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::{
    dataset::{ColumnUse, Dataset, Match, SheetUse},
    schema::{FieldId, LedgerId, LedgerSchema, Schemas},
};

/// The file that example records stand in.
const FILE: &str = "示例";

/// Builds a dataset from records written in a control's example: ledger id → records of field id →
/// cell as written. Same coercion as for files; every ledger named has all its columns. Cells
/// stand in file 示例, sheet = the ledger's label, heading in row 1, records from row 2, columns in
/// the order of the fields. Unknown ledgers and fields are told as errors.
pub fn from_records(
    schemas: &Schemas,
    records: &BTreeMap<String, Vec<BTreeMap<String, String>>>,
) -> Dataset {
    let coercer = Coercer::new(schemas);
    let mut file = FileTables {
        input: InputFileParts {
            path: FILE.to_owned(),
            readable: true,
            ..InputFileParts::default()
        },
        ..FileTables::default()
    };
    for (name, records) in records {
        let Some(ledger) = schemas.ledger_by_id(name) else {
            file.diagnostics.push(unknown(format!("没有台账 {name}")));
            continue;
        };
        let schema = schemas.ledger(ledger);
        let mut grid = grid(schema, records, &mut file.diagnostics);
        let sheet = Sheet::of(&mut grid, Form::Workbook);
        let section = section(ledger, schema, records.len());
        let mut block = block_builder::build(sheet, section, &coercer, schemas);
        let source = Source {
            path: FILE,
            form: Form::Workbook,
            grid: &grid,
            beside_list: false,
        };
        let told = cell_report::tell_values(source, &mut block, schemas);
        file.diagnostics.extend(told);
        file.sheets.push(SheetTables::Ledgers(Ledgers {
            sheet: Some(schema.label.clone()),
            blocks: vec![block],
            texts: grid.texts,
        }));
    }
    let mut dataset = join::join(vec![file], schemas);
    link_names::link(&mut dataset, schemas);
    zicha_model::diag::sort_and_dedup(&mut dataset.diagnostics);
    dataset
}

fn unknown(message: String) -> Diagnostic {
    Diagnostic::new(codes::EXAMPLE_UNKNOWN, message, Locus::file(FILE))
}

fn grid(
    schema: &LedgerSchema,
    records: &[BTreeMap<String, String>],
    diagnostics: &mut Vec<Diagnostic>,
) -> Grid {
    let mut grid = Grid::new(&schema.label);
    for (column, field) in (0..).zip(&schema.fields) {
        grid.push(1, column, &field.label, CellKind::Text);
    }
    for (number, record) in (2..).zip(records) {
        grid.cells.open(number);
        for field in record.keys().filter(|f| schema.field_by_id(f).is_none()) {
            diagnostics.push(unknown(format!("台账 {} 没有字段 {field}", schema.id)));
        }
        for (column, field) in (0..).zip(&schema.fields) {
            if let Some(text) = record.get(&field.id) {
                grid.push(number, column, text, CellKind::Text);
            }
        }
    }
    grid
}

fn section(ledger: LedgerId, schema: &LedgerSchema, records: usize) -> Section {
    let fields = (0..schema.fields.len() as u16).map(FieldId);
    let columns = schema.fields.iter().zip(0..);
    Section {
        stated: Vec::new(),
        of_secrets: true,
        projected: false,
        ledger,
        columns: fields
            .map(|field| (u32::from(field.0), field, false))
            .collect(),
        clocks: Vec::new(),
        records: (1..=records).collect(),
        year: None,
        usage: SheetUse {
            name: schema.label.clone(),
            ledger: Some(ledger),
            heading_row: Some(1),
            rows: records as u32,
            columns: columns
                .map(|(field, at)| ColumnUse {
                    column: at,
                    heading: field.label.clone(),
                    field: FieldId(at as u16),
                    matched: Match::Label,
                })
                .collect(),
            ..SheetUse::default()
        },
    }
}
