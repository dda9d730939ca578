//! Workbooks and text tables, through the program's own readers.

use super::form::{Area, FormFile, FormTable, Kind};
use zicha_model::diag::Diagnostic;
use zicha_read::formats::grid::Grid;
use zicha_read::formats::{limits::Limits, open};

/// Reads a workbook or a csv file.
pub(super) fn read(path: &str, bytes: &[u8]) -> Result<FormFile, Vec<Diagnostic>> {
    let opened = open::read(path, bytes, &Limits::default())?;
    let tables = opened.grids.iter().filter(|grid| !grid.hidden).map(table);
    Ok(FormFile {
        kind: kind(bytes),
        tables: tables.collect(),
        paragraphs: Vec::new(),
        told: opened.notes,
    })
}

/// A package with a part `xl/workbook.xml` is given back filled in.
fn kind(bytes: &[u8]) -> Kind {
    let package = zip::ZipArchive::new(std::io::Cursor::new(bytes)).ok();
    let has = package.is_some_and(|package| package.index_for_name("xl/workbook.xml").is_some());
    if has { Kind::Xlsx } else { Kind::Other }
}

fn table(grid: &Grid) -> FormTable {
    let mut table = FormTable::new(&grid.name);
    for row in grid.rows() {
        for cell in row.cells() {
            table.put(row.number(), cell.column, cell.text);
        }
    }
    for &(top, left, bottom, right) in &grid.merged {
        table.merge(Area {
            first: (top, left),
            last: (bottom, right),
        });
    }
    table
}
