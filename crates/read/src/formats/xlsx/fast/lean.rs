//! What calamine knows of a workbook without its bulk: its sheets, and which styles are dates.
//!
//! calamine opens a copy of the package without the shared strings and, in place of the sheets,
//! one that shows a number in every style. So sheets are named and dates told as calamine does,
//! and no format code is judged here.

use crate::formats::package::guard;
use crate::formats::sheets;
use crate::formats::xlsx::fast::parts::{Unusual, is_bulk};
use calamine::{DataRef, ExcelDateTime, ExcelDateTimeType, Reader, Sheet, Xlsx};
use std::io::{Cursor, Read, Write};
use zip::{ZipArchive, ZipWriter, read::ZipFile, write::SimpleFileOptions};

/// The kind of date that a style shows, and whether days count from 1904.
pub(super) type Dating = (ExcelDateTimeType, bool);

/// Styles at most: what Excel allows.
const STYLES: usize = 65_490;
/// Bytes of the part that holds the styles.
const STYLES_BYTES: u64 = 64 << 20;
/// The number shown in every style; far enough from both epochs to tell them apart.
const PROBE: f64 = 40_000.0;

/// Sheets and styles of a workbook.
pub(super) struct Lean {
    /// The sheets that hold cells, in order.
    pub(super) sheets: Vec<Sheet>,
    /// For each style the kind of date that its numbers are.
    pub(super) styles: Vec<Option<Dating>>,
    /// True if days count from 1904.
    pub(super) since_1904: bool,
}

/// Opens the package without its bulk. `name` and `part` are those of a sheet.
pub(super) fn open(bytes: &[u8], name: &str, part: &str) -> Result<Lean, Unusual> {
    let lean = copy(bytes, part).ok_or(Unusual)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(lean)).map_err(|_| Unusual)?;
    let sheets = sheets::worksheets(book.sheets_metadata());
    let mut cells = book.worksheet_cells_reader(name).map_err(|_| Unusual)?;
    let mut styles = Vec::new();
    while let Some(cell) = cells.next_cell().map_err(|_| Unusual)? {
        styles.push(match cell.get_value() {
            DataRef::DateTime(shown) => Some(dating(shown).ok_or(Unusual)?),
            _ => None,
        });
    }
    drop(cells);
    Ok(Lean {
        sheets,
        styles,
        since_1904: book.has_1904_epoch(),
    })
}

fn dating(shown: &ExcelDateTime) -> Option<Dating> {
    let kinds = [ExcelDateTimeType::DateTime, ExcelDateTimeType::TimeDelta];
    let datings = kinds
        .into_iter()
        .flat_map(|kind| [(kind, false), (kind, true)]);
    datings
        .into_iter()
        .find(|&(kind, is_1904)| *shown == ExcelDateTime::new(PROBE, kind, is_1904))
}

/// The package with the sheet replaced; `None` where something fails that calamine would tell.
fn copy(bytes: &[u8], sheet: &str) -> Option<Vec<u8>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut lean = ZipWriter::new(Cursor::new(Vec::new()));
    let mut styles = 1;
    for index in 0..zip.len() {
        let name = guard::part_name(&zip.by_index_raw(index).ok()?);
        if name == "xl/styles.xml" {
            styles = count_styles(zip.by_index(index).ok()?)?;
        }
        let small = name.ends_with(".xml") || name.ends_with(".rels");
        if small && !is_bulk(&name) {
            lean.raw_copy_file(zip.by_index_raw(index).ok()?).ok()?;
        }
    }
    lean.start_file(sheet, SimpleFileOptions::default()).ok()?;
    lean.write_all(probe(styles).as_bytes()).ok()?;
    Some(lean.finish().ok()?.into_inner())
}

/// No fewer than there are: other elements may have the same name.
fn count_styles(part: ZipFile<'_, Cursor<&[u8]>>) -> Option<usize> {
    let mut text = Vec::new();
    part.take(STYLES_BYTES).read_to_end(&mut text).ok()?;
    let count = memchr::memmem::find_iter(&text, b"<xf").count();
    Some(count.clamp(1, STYLES))
}

/// A sheet that shows a number in every style, each in a row of its own.
fn probe(styles: usize) -> String {
    let row = |style: usize| {
        let row = style + 1;
        format!("<row r=\"{row}\"><c r=\"A{row}\" s=\"{style}\"><v>{PROBE}</v></c></row>")
    };
    let rows: String = (0..styles).map(row).collect();
    format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")
}
