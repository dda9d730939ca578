//! The two ways through a workbook that are measured beside each other: the program's own reading
//! into typed tables, and the bare walk of the same cells by calamine.

use calamine::{Reader, Xlsx, open_workbook};
use std::path::Path;
use zicha_model::{profile::Profile, schema::Schemas};
use zicha_read as read;

/// Reads a folder as `zicha check` does; how many records there are.
pub(crate) fn tables(folder: &Path, schemas: &Schemas) -> usize {
    let dataset = read::read(
        folder,
        schemas,
        &Profile::default(),
        &read::Options::default(),
    );
    let tables = dataset.tables.iter().flatten();
    tables.map(|table| table.len()).sum()
}

/// All cells of the first sheet, looked at by nobody; how many there are.
pub(crate) fn walk(workbook: &Path) -> usize {
    let mut book: Xlsx<_> = open_workbook(workbook).unwrap();
    let name = book.sheet_names()[0].clone();
    let mut cells = book.worksheet_cells_reader(&name).unwrap();
    let mut count = 0;
    while cells.next_cell().unwrap().is_some() {
        count += 1;
    }
    count
}
