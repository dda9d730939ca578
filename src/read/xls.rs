//! Workbooks of Excel 97–2003 and older .et files → grids.
//!
//! calamine reads these as dense areas, whatever the cells claim, and follows sector chains that a
//! broken file may close to a circle. So the container and its records are walked here first.

use super::{
    gather::Gather,
    guard::Facts,
    limits::{self, Limits},
    refuse, sheet,
    sniff::Format,
};
use crate::diag::Diagnostic;
use calamine::{Reader, SheetVisible, Xls, open_workbook_from_rs};
use std::io::Cursor;

/// Sector ids from here on are marks, not sectors.
const LAST_SECTOR: u32 = 0xFFFF_FFF9;

/// Reads the workbook.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<sheet::Sheets, Diagnostic> {
    let stream = workbook_stream(bytes).ok_or_else(|| refuse::broken("找不到工作簿数据"))?;
    let facts = walk(&stream, limits)?;
    let mut book: Xls<Cursor<&[u8]>> =
        open_workbook_from_rs(Cursor::new(bytes)).map_err(refuse::broken)?;
    let all = book.sheets_metadata().to_vec();
    let mut sheets = sheet::Sheets::default();
    for (meta, facts) in all.iter().zip(facts) {
        if sheet::worksheets(std::slice::from_ref(meta)).is_empty() {
            continue;
        }
        let mut gather = Gather::new(&meta.name, meta.visible != SheetVisible::Visible);
        let range = book.worksheet_range(&meta.name).map_err(refuse::broken)?;
        sheet::take_range(&mut gather, &range);
        sheet::finish(gather, facts, &mut sheets);
    }
    Ok(sheets)
}

/// The container: sectors linked to streams by a table.
struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    fat: Vec<u32>,
}

impl<'a> Compound<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let shift = word(bytes, 30)?;
        let sector = 1
            << if matches!(shift, 9 | 12) {
                shift
            } else {
                return None;
            };
        let mut file = Self {
            bytes,
            sector,
            fat: Vec::new(),
        };
        let mut tables: Vec<u32> = (0..109).map_while(|i| long(bytes, 76 + 4 * i)).collect();
        let mut next = long(bytes, 68)?;
        let most = bytes.len() / sector + 1;
        while next <= LAST_SECTOR {
            let mut more = words(file.at(next)?);
            next = more.pop()?;
            tables.extend(more);
            if tables.len() > most + sector {
                return None;
            }
        }
        tables.retain(|&id| id <= LAST_SECTOR);
        tables.truncate(most);
        let fat = tables.iter().map_while(|&id| file.at(id)).flat_map(words);
        file.fat = fat.collect();
        Some(file)
    }

    fn at(&self, id: u32) -> Option<&'a [u8]> {
        let start = (id as usize).checked_add(1)?.checked_mul(self.sector)?;
        let end = (start + self.sector).min(self.bytes.len());
        self.bytes.get(start..end)
    }

    /// The bytes of a chain of sectors; `None` if it runs in a circle or out of the file.
    fn chain(&self, start: u32) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut id = start;
        while id <= LAST_SECTOR {
            bytes.extend_from_slice(self.at(id)?);
            if bytes.len() > self.bytes.len() {
                return None;
            }
            id = *self.fat.get(id as usize)?;
        }
        Some(bytes)
    }
}

/// The stream that holds the workbook's records.
fn workbook_stream(bytes: &[u8]) -> Option<Vec<u8>> {
    let file = Compound::open(bytes)?;
    let directory = file.chain(long(bytes, 48)?)?;
    let root = directory.get(..128)?;
    // Walked for its own sake: calamine follows these two chains without a bound.
    if long(bytes, 64)? > 0 {
        file.chain(long(root, 116)?)?;
        file.chain(long(bytes, 60)?)?;
    }
    let entry = |name: &str| {
        let mut entries = directory.chunks_exact(128);
        entries.find(|entry| entry_name(entry).eq_ignore_ascii_case(name))
    };
    let entry = entry("Workbook").or_else(|| entry("Book"))?;
    let (start, length) = (long(entry, 116)?, long(entry, 120)? as usize);
    let mut stream = if length >= 4096 {
        file.chain(start)?
    } else {
        let table = words(&file.chain(long(bytes, 60)?)?);
        small_chain(&file.chain(long(root, 116)?)?, &table, start)?
    };
    stream.truncate(length);
    Some(stream)
}

/// A short stream, kept in pieces of 64 bytes within the root's stream.
fn small_chain(pieces: &[u8], table: &[u32], start: u32) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut id = start;
    while id <= LAST_SECTOR && bytes.len() <= 4096 {
        let at = id as usize * 64;
        bytes.extend_from_slice(pieces.get(at..(at + 64).min(pieces.len()))?);
        id = *table.get(id as usize)?;
    }
    Some(bytes)
}

fn entry_name(entry: &[u8]) -> String {
    let units = entry[..64].chunks_exact(2);
    let units: Vec<u16> = units.map(|c| u16::from_le_bytes([c[0], c[1]])).collect();
    let text = String::from_utf16_lossy(&units);
    text.trim_end_matches('\0').to_owned()
}

/// Walks the records: facts of every sheet in the order in which the workbook lists them.
fn walk(stream: &[u8], limits: &Limits) -> Result<Vec<Facts>, Diagnostic> {
    let mut order = Vec::new();
    let mut sheets: Vec<(u32, Facts)> = Vec::new();
    let mut area = Area::default();
    let mut at = 0;
    while let (Some(kind), Some(length)) = (word(stream, at), word(stream, at + 2)) {
        let rest = stream.get(at + 4..).unwrap_or_default();
        let body = rest.get(..usize::from(length)).unwrap_or(rest);
        match kind {
            0x0809 | 0x0409 | 0x0209 | 0x0009 => {
                sheets.push((at as u32, Facts::default()));
                area = Area::default();
            }
            0x0085 => order.extend(long(body, 0)),
            0x002F if word(body, 0) != Some(0) => return Err(refuse::format(Format::Encrypted)),
            0x00FD
            | 0x0203
            | 0x027E
            | 0x0204
            | 0x00D6
            | 0x0205
            | 0x0006
            | 0x0206
            | 0x0406
            | 0x00BD
            | 0x0002..=0x0005 => area.take(kind, body, limits)?,
            _ => {
                if let Some((_, facts)) = sheets.last_mut() {
                    note(kind, body, facts);
                }
            }
        }
        at += 4 + usize::from(length);
    }
    let find = |start: u32| sheets.iter().find(|(at, _)| *at == start);
    Ok(order
        .into_iter()
        .map(|start| {
            find(start)
                .map(|(_, facts)| facts.clone())
                .unwrap_or_default()
        })
        .collect())
}

/// Rows, columns and merged regions.
fn note(kind: u16, body: &[u8], facts: &mut Facts) {
    let at = |i: usize| u32::from(word(body, i).unwrap_or(0));
    match kind {
        0x0208 if at(12) & 0x20 != 0 => facts.hidden_rows.push(at(0) + 1),
        0x007D if at(8) & 1 != 0 => facts.hidden_columns.push((at(0), at(2))),
        0x00E5 => {
            let regions = (2..body.len().saturating_sub(7)).step_by(8);
            let region = |i: usize| (at(i) + 1, at(i + 4), at(i + 2) + 1, at(i + 6));
            let room = limits::MERGED_REGIONS.saturating_sub(facts.merged.len());
            facts.merged.extend(regions.map(region).take(room));
        }
        _ => {}
    }
}

/// The area in use of the current sheet.
#[derive(Default)]
struct Area {
    rows: Option<(u32, u32)>,
    columns: Option<(u32, u32)>,
}

impl Area {
    fn take(&mut self, kind: u16, body: &[u8], limits: &Limits) -> Result<(), Diagnostic> {
        let (Some(row), Some(column)) = (word(body, 0), word(body, 2)) else {
            return Ok(());
        };
        // A run of numbers also names its last column, in its last two bytes.
        let last = if kind == 0x00BD { body.len() - 2 } else { 2 };
        let last = word(body, last).unwrap_or(column).max(column);
        let rows = widen(&mut self.rows, row, row);
        let columns = widen(&mut self.columns, column, last);
        if rows * columns > limits.dense_cells {
            return Err(refuse::limit(
                "工作表使用区域的单元格数",
                limits.dense_cells,
            ));
        }
        Ok(())
    }
}

fn widen(span: &mut Option<(u32, u32)>, first: u16, last: u16) -> u64 {
    let (first, last) = (u32::from(first), u32::from(last));
    let (low, high) = span.unwrap_or((first, last));
    let (low, high) = (low.min(first), high.max(last));
    *span = Some((low, high));
    u64::from(high - low) + 1
}

fn word(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..at + 2)?;
    Some(u16::from_le_bytes([pair[0], pair[1]]))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at + 4)?;
    Some(u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

fn words(bytes: &[u8]) -> Vec<u32> {
    let fours = bytes.chunks_exact(4);
    fours
        .map(|c| u32::from_le_bytes([c[0], c[1], c[2], c[3]]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, body: &[u8]) -> Vec<u8> {
        let mut bytes = kind.to_le_bytes().to_vec();
        bytes.extend((body.len() as u16).to_le_bytes());
        bytes.extend(body);
        bytes
    }

    #[test]
    fn an_area_claimed_by_two_far_cells_is_refused() {
        let mut stream = record(0x0809, &[0; 16]);
        stream.extend(record(0x0203, &[0; 14]));
        let mut far = [0; 14];
        far[..4].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0xFF]);
        stream.extend(record(0x0203, &far));
        let error = walk(&stream, &Limits::default()).expect_err("too wide");
        assert_eq!(error.code, "limit-exceeded");
    }

    #[test]
    fn hidden_rows_and_merged_regions_belong_to_their_sheet() {
        let bof = record(0x0809, &[0; 16]);
        let start = (2 * bof.len() + 12) as u32;
        let mut bound = start.to_le_bytes().to_vec();
        bound.extend([0; 4]);
        let mut stream = bof.clone();
        stream.extend(record(0x0085, &bound));
        stream.extend(&bof);
        stream.extend(&bof);
        let mut row = [0; 16];
        (row[0], row[12]) = (4, 0x20);
        stream.extend(record(0x0208, &row));
        stream.extend(record(0x00E5, &[1, 0, 2, 0, 3, 0, 0, 0, 1, 0]));
        let facts = walk(&stream, &Limits::default()).expect("within limits");
        assert_eq!(facts[0].hidden_rows, [5]);
        assert_eq!(facts[0].merged, [(3, 0, 4, 1)]);
    }

    #[test]
    fn garbage_is_no_workbook() {
        assert!(workbook_stream(&[0xD0; 700]).is_none());
        assert!(workbook_stream(&[]).is_none());
    }
}
