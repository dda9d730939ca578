//! Workbooks of Excel 97–2003 and older .et files → grids.
//!
//! calamine reads these as dense areas, whatever the cells claim, and follows sector chains that a
//! broken file may close to a circle. So the container and its records are walked here first.

use crate::formats::container::cfb::{long, word, workbook_stream, wrap};
use crate::formats::grid_builder::Gather;
use crate::formats::limits::Limits;
use crate::formats::look::{Look, Styled};
use crate::formats::package::Facts;
use crate::formats::xls::shared_strings::records;
use crate::formats::xls::{shared_strings, styles};
use crate::formats::{limits, read_errors, sheets as common};
use calamine::{Reader, SheetVisible, Xls, open_workbook_from_rs};
use std::io::Cursor;
use zicha_model::diag::Diagnostic;

/// Reads the workbook.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<common::Sheets, Diagnostic> {
    let mut stream =
        workbook_stream(bytes).ok_or_else(|| read_errors::broken("找不到工作簿数据"))?;
    know_code_page(&mut stream)?;
    let looks = styles::read(&stream);
    let facts = walk(&stream, limits, &looks)?;
    // calamine sees the workbook's own records and nothing of the container around them.
    let alone = wrap(&stream);
    let mut book: Xls<Cursor<&[u8]>> =
        open_workbook_from_rs(Cursor::new(&alone[..])).map_err(read_errors::broken)?;
    let all = book.sheets_metadata().to_vec();
    let mut sheets = common::Sheets::default();
    for (meta, (facts, styled)) in all.iter().zip(facts) {
        if common::worksheets(std::slice::from_ref(meta)).is_empty() {
            continue;
        }
        let mut gather = Gather::new(&meta.name, meta.visible != SheetVisible::Visible);
        let range = book
            .worksheet_range(&meta.name)
            .map_err(read_errors::broken)?;
        common::take_range(&mut gather, &range, &looks, &styled);
        common::finish(gather, facts, &mut sheets);
    }
    Ok(common::reckoned(sheets, book.has_1904_epoch()))
}

/// Code pages that calamine does not know, and those that hold the same characters.
const CODE_PAGES: [(u16, u16); 12] = [
    (10000, 1252),
    (10001, 932),
    (10002, 950),
    (10003, 949),
    (10006, 1253),
    (10007, 1251),
    (10008, 936),
    (10029, 1250),
    (10081, 1254),
    (20936, 936),
    (32768, 1252),
    (54936, 936),
];

/// Puts the code page of a workbook of the Mac in terms of the one that calamine knows.
fn know_code_page(stream: &mut [u8]) -> Result<(), Diagnostic> {
    const CODE_PAGE: u16 = 0x0042;
    let mut at = 0;
    while let (Some(kind), Some(length)) = (word(stream, at), word(stream, at + 2)) {
        if kind == CODE_PAGE
            && let Some(page) = word(stream, at + 4)
        {
            if let Some((_, known)) = CODE_PAGES.iter().find(|(other, _)| *other == page) {
                stream[at + 4..at + 6].copy_from_slice(&known.to_le_bytes());
            }
            return Ok(());
        }
        if kind == 0x000A {
            break;
        }
        at += 4 + usize::from(length);
    }
    Ok(())
}

/// Walks the records: facts of every sheet in the order in which the workbook lists them. Goes
/// exactly where calamine will go, so that nothing hides at places that only it visits.
fn walk(
    stream: &[u8],
    limits: &Limits,
    looks: &[Look],
) -> Result<Vec<(Facts, Styled)>, Diagnostic> {
    let starts = sheet_starts(stream)?;
    if starts.len() > limits::SHEETS {
        return Err(read_errors::limit("工作表个数", limits::SHEETS));
    }
    let mut left = Left {
        lengths: shared_strings::lengths(stream),
        text: limits.text_bytes,
        cells: limits.dense_cells,
        bytes: 2 * stream.len(),
    };
    starts
        .into_iter()
        .map(|start| {
            let sheet = stream.get(start as usize..);
            let sheet = sheet.ok_or_else(|| read_errors::broken("工作表的位置在文件之外"))?;
            walk_sheet(sheet, limits, &mut left, looks)
        })
        .collect()
}

/// Where the sheets begin, from the records before the first end mark.
fn sheet_starts(stream: &[u8]) -> Result<Vec<u32>, Diagnostic> {
    let mut starts = Vec::new();
    for (kind, body) in records(stream) {
        match kind {
            0x0085 => starts.extend(long(body, 0)),
            // Obfuscated or encrypted; a record of zeros stands for no password.
            0x002F if body.iter().any(|&byte| byte != 0) => {
                return Err(read_errors::encrypted());
            }
            0x000A => break,
            _ => {}
        }
    }
    Ok(starts)
}

/// What all sheets together may still use.
struct Left {
    /// Bytes that each shared string takes.
    lengths: Vec<u32>,
    /// Bytes of text, shared strings counted in every cell: calamine copies them.
    text: u64,
    /// Cells of the areas in use.
    cells: u64,
    /// Bytes walked; sheets that overlap would make a small file long.
    bytes: usize,
}

impl Left {
    /// Counts the text of a cell that refers to a shared string; false if it is too much.
    fn takes_shared(&mut self, body: &[u8]) -> bool {
        let index = long(body, 6).and_then(|index| usize::try_from(index).ok());
        let length = index.and_then(|index| self.lengths.get(index));
        let left = self
            .text
            .checked_sub(u64::from(length.copied().unwrap_or_default()));
        left.is_some_and(|left| {
            self.text = left;
            true
        })
    }
}

fn walk_sheet(
    sheet: &[u8],
    limits: &Limits,
    left: &mut Left,
    looks: &[Look],
) -> Result<(Facts, Styled), Diagnostic> {
    let (mut facts, mut styled) = (Facts::default(), Styled::default());
    let mut area = Area::default();
    // The first beginning is the sheet's own, further ones are charts within it.
    let mut depth = 0;
    for (kind, body) in records(sheet) {
        left.bytes = left
            .bytes
            .checked_sub(4 + body.len())
            .ok_or_else(|| read_errors::broken("工作表的位置互相重叠"))?;
        match kind {
            0x0809 => depth += 1,
            0x000A if depth <= 1 => break,
            0x000A => depth -= 1,
            _ if depth > 1 => {}
            0x00FD if !left.takes_shared(body) => {
                let most = read_errors::size(limits.text_bytes);
                return Err(read_errors::limit("各单元格文字的总长度", most));
            }
            0x0200 => claimed_area(body)?,
            0x0207 => area.cell(area.formula, area.formula.1),
            0x00FD | 0x0203 | 0x027E | 0x0204 | 0x00D6 | 0x0205 | 0x0006 | 0x00BD => {
                area.take(kind, body);
                styles::note(kind, body, looks, &mut styled);
            }
            _ => note(kind, body, &mut facts),
        }
        if area.size() > left.cells {
            return Err(read_errors::limit(
                "工作表使用区域的单元格数",
                limits.dense_cells,
            ));
        }
    }
    left.cells -= area.size();
    styled.sort();
    Ok((facts, styled))
}

/// calamine reserves the area that a sheet claims: no more than the format's grid.
fn claimed_area(body: &[u8]) -> Result<(), Diagnostic> {
    const GRID: u64 = 65_536 * 256;
    let (first_row, last_row, columns) = if body.len() == 10 {
        let row = |at| word(body, at).map(u32::from);
        (row(0), row(2), 4)
    } else {
        (long(body, 0), long(body, 4), 8)
    };
    let (first, last) = (word(body, columns), word(body, columns + 2));
    let (Some(top), Some(bottom), Some(first), Some(last)) = (first_row, last_row, first, last)
    else {
        return Ok(());
    };
    if bottom == 0 || last == 0 {
        return Ok(());
    }
    let first = if first > 0xFF || last < first {
        0
    } else {
        first
    };
    let rows = bottom.checked_sub(top);
    let rows = rows.ok_or_else(|| read_errors::broken("工作表声明的区域首尾颠倒"))?;
    if u64::from(rows) * u64::from(last - first) > GRID {
        return Err(read_errors::limit("工作表声明的区域", "65536 行、256 列"));
    }
    Ok(())
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

/// The area in use of one sheet.
#[derive(Default)]
struct Area {
    rows: Option<(u16, u16)>,
    columns: Option<(u16, u16)>,
    /// Row and column of the last formula; its text stands in a record of its own.
    formula: (u16, u16),
}

impl Area {
    fn take(&mut self, kind: u16, body: &[u8]) {
        let (Some(row), Some(column)) = (word(body, 0), word(body, 2)) else {
            return;
        };
        // A run of numbers also names its last column, in its last two bytes.
        let last = match kind {
            0x00BD => word(body, body.len() - 2).unwrap_or(column),
            _ => column,
        };
        if kind == 0x0006 {
            self.formula = (row, column);
        }
        self.cell((row, column), last);
    }

    fn cell(&mut self, (row, column): (u16, u16), last: u16) {
        self.rows = Some(widen(self.rows, row, row));
        self.columns = Some(widen(self.columns, column, last));
    }

    fn size(&self) -> u64 {
        let length = |span: Option<(u16, u16)>| span.map_or(0, |(a, b)| u64::from(b - a) + 1);
        length(self.rows) * length(self.columns)
    }
}

fn widen(span: Option<(u16, u16)>, first: u16, last: u16) -> (u16, u16) {
    let (low, high) = span.unwrap_or((first, last));
    (low.min(first).min(last), high.max(first).max(last))
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

    /// A stream of one sheet with these records.
    fn book(sheet: &[Vec<u8>]) -> Vec<u8> {
        let (begin, end) = (record(0x0809, &[0; 16]), record(0x000A, &[]));
        let start = (begin.len() + 12 + end.len()) as u32;
        let mut bound = start.to_le_bytes().to_vec();
        bound.extend([0; 4]);
        let sheet = sheet.concat();
        [&begin, &record(0x0085, &bound), &end, &begin, &sheet, &end]
            .into_iter()
            .flatten()
            .copied()
            .collect()
    }

    #[test]
    fn areas_used_or_claimed_beyond_bounds_are_refused() {
        let number = |at: [u8; 4]| {
            let mut body = [0; 14];
            body[..4].copy_from_slice(&at);
            record(0x0203, &body)
        };
        let used = book(&[number([0; 4]), number([0xFF; 4])]);
        let mut claim = [0; 14];
        claim[4..8].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0xFF]);
        claim[10] = 1;
        let claimed = book(&[record(0x0200, &claim)]);
        for stream in [used, claimed] {
            let error = walk(&stream, &Limits::default(), &[]).expect_err("too large");
            assert_eq!(error.code, "limit-exceeded");
        }
    }

    #[test]
    fn a_password_of_either_kind_is_told() {
        // Obfuscation by XOR has a type of zero and a key; both ways the record is not all zeros.
        for body in [&[0, 0, 0x12, 0x34, 0x56, 0x78][..], &[1, 0, 1, 0, 1, 0]] {
            let stream = [
                record(0x0809, &[0; 16]),
                record(0x002F, body),
                record(0x000A, &[]),
            ];
            let error = walk(&stream.concat(), &Limits::default(), &[]).expect_err("locked");
            assert_eq!(error.code.name(), "file-encrypted");
        }
    }

    #[test]
    fn code_pages_of_the_mac_become_those_that_hold_the_same_characters() {
        for (page, known) in [(10008_u16, 936_u16), (10029, 1250), (1252, 1252)] {
            let begin = record(0x0809, &[0; 16]);
            let at = begin.len() + 4;
            let mut stream = [
                begin,
                record(0x0042, &page.to_le_bytes()),
                record(0x000A, &[]),
            ]
            .concat();
            know_code_page(&mut stream).expect("known");
            assert_eq!(word(&stream, at), Some(known), "{page}");
        }
    }

    #[test]
    fn hidden_rows_and_merged_regions_belong_to_their_sheet() {
        let mut row = [0; 16];
        (row[0], row[12]) = (4, 0x20);
        let merged = record(0x00E5, &[1, 0, 2, 0, 3, 0, 0, 0, 1, 0]);
        let stream = book(&[record(0x0208, &row), merged]);
        let facts = walk(&stream, &Limits::default(), &[]).expect("within limits");
        assert_eq!(facts[0].0.hidden_rows, [5]);
        assert_eq!(facts[0].0.merged, [(3, 0, 4, 1)]);
    }
}
