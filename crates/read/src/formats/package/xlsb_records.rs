//! The guard's walk over a worksheet of an xlsb package: a chain of records, each with type and
//! length. Counts cells and collects merged regions and hidden rows and columns.

use crate::formats::limits::Limits;
use crate::formats::package::facts::{Facts, Package};
use crate::formats::{limits, read_errors};
use std::io::{self, BufRead, Read};
use zicha_model::diag::Diagnostic;

/// Bytes of a record that are looked at.
const HEAD: usize = 18;
/// Bytes of a record that may hold a sheet's name: 31 characters, and an id as long as that.
const NAMES: usize = 512;

/// Cells that leave out their column.
pub(crate) const SHORT: std::ops::RangeInclusive<u32> = 0x0C..=0x12;
/// A cell with formatted text.
pub(crate) const FORMATTED: u32 = 0x3E;
/// What the workbook says of one sheet.
pub(crate) const SHEET: u32 = 0x9C;

/// True for kinds of records that hold a cell which calamine does not see.
fn is_unseen(kind: u32) -> bool {
    SHORT.contains(&kind) || kind == FORMATTED
}

/// Walks one worksheet part.
pub(crate) fn walk(
    input: &mut impl BufRead,
    name: &str,
    limits: &Limits,
    package: &mut Package,
) -> Result<(), Diagnostic> {
    let mut facts = Facts::default();
    while let Some((kind, body)) = record(input, limits)? {
        let long =
            |at: usize| u32::from_le_bytes([body[at], body[at + 1], body[at + 2], body[at + 3]]);
        match kind {
            0x00 => {
                inside(long(0), 0)?;
                if body[11] & 0x10 != 0 {
                    facts.hidden_rows.push(long(0) + 1);
                }
            }
            0x02..=0x0B => {
                inside(0, long(0))?;
                package.cells += 1;
            }
            _ if is_unseen(kind) => {
                package.unseen = true;
                package.cells += 1;
            }
            0x3C if body[16] & 1 != 0 => {
                let last = long(4).min(limits::COLUMNS - 1);
                facts.hidden_columns.push((long(0).min(last), last));
            }
            0xB0 => {
                inside(long(4), long(12))?;
                let region = (long(0).min(long(4)) + 1, long(8), long(4) + 1, long(12));
                facts.merged.push(region);
            }
            _ => {}
        }
        if package.cells > limits.cells {
            return Err(read_errors::limit("有内容的单元格数", limits.cells));
        }
        if facts.merged.len() > limits::MERGED_REGIONS {
            return Err(read_errors::limit(
                "合并单元格的个数",
                limits::MERGED_REGIONS,
            ));
        }
    }
    package.parts.insert(name.to_owned(), facts);
    Ok(())
}

/// Walks the workbook part: the names of its sheets and what leads to their parts.
pub(crate) fn workbook(
    input: &mut impl BufRead,
    limits: &Limits,
    package: &mut Package,
) -> Result<(), Diagnostic> {
    while let Some((kind, body)) = kept(input, limits, NAMES)? {
        let named = (kind == SHEET).then(|| sheet_of(&body)).flatten();
        package.sheets.extend(named);
        if package.sheets.len() > limits::SHEETS {
            return Err(read_errors::limit("工作表个数", limits::SHEETS));
        }
    }
    Ok(())
}

/// Name and relationship id of a sheet's record.
pub(crate) fn sheet_of(body: &[u8]) -> Option<(String, String)> {
    let (id, rest) = wide_text(body.get(8..)?)?;
    let (name, _) = wide_text(rest)?;
    Some((name, id))
}

/// A text with its length in front, and what follows it.
fn wide_text(bytes: &[u8]) -> Option<(String, &[u8])> {
    let (length, rest) = bytes.split_first_chunk()?;
    let units = usize::try_from(u32::from_le_bytes(*length)).ok()?;
    let (text, rest) = rest.split_at_checked(units.checked_mul(2)?)?;
    let units: Vec<u16> = text
        .as_chunks()
        .0
        .iter()
        .map(|pair| u16::from_le_bytes(*pair))
        .collect();
    Some((String::from_utf16_lossy(&units), rest))
}

fn inside(row: u32, column: u32) -> Result<(), Diagnostic> {
    if row < limits::ROWS && column < limits::COLUMNS {
        return Ok(());
    }
    let place = format!(
        "第 {} 行第 {} 列",
        u64::from(row) + 1,
        u64::from(column) + 1
    );
    Err(read_errors::outside_grid(&place))
}

/// The next record: its type and the first bytes of its body, zero where it is shorter.
fn record(
    input: &mut impl BufRead,
    limits: &Limits,
) -> Result<Option<(u32, [u8; HEAD])>, Diagnostic> {
    let next = kept(input, limits, HEAD)?;
    Ok(next.map(|(kind, body)| {
        let mut head = [0; HEAD];
        head[..body.len()].copy_from_slice(&body);
        (kind, head)
    }))
}

/// The next record: its type and at most so many bytes of its body.
fn kept(
    input: &mut impl BufRead,
    limits: &Limits,
    most: usize,
) -> Result<Option<(u32, Vec<u8>)>, Diagnostic> {
    if input.fill_buf().map_err(read_errors::broken)?.is_empty() {
        return Ok(None);
    }
    let kind = variable(input, 2).map_err(read_errors::broken)?;
    // The two bytes of a long type keep their high bits in the form in which they are documented.
    let length = u64::from(variable(input, 4).map_err(read_errors::broken)?);
    if length > limits.record_bytes {
        let most = read_errors::size(limits.record_bytes);
        return Err(read_errors::limit("单条记录的长度", most));
    }
    let taken = length.min(most as u64);
    let mut head = vec![0; taken as usize];
    input.read_exact(&mut head).map_err(read_errors::broken)?;
    let rest = io::copy(&mut input.by_ref().take(length - taken), &mut io::sink());
    rest.map_err(read_errors::broken)?;
    Ok(Some((kind, head)))
}

/// A number in groups of seven bits, lowest first.
fn variable(input: &mut impl Read, most: u32) -> io::Result<u32> {
    let mut value = 0;
    for group in 0..most {
        let mut byte = [0];
        input.read_exact(&mut byte)?;
        value |= u32::from(byte[0] & 0x7F) << (7 * group);
        if byte[0] & 0x80 == 0 {
            break;
        }
    }
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walked(bytes: &[u8]) -> Result<Package, Diagnostic> {
        let mut package = Package::default();
        walk(&mut &bytes[..], "s", &Limits::default(), &mut package)?;
        Ok(package)
    }

    #[test]
    fn hidden_rows_and_merged_regions_are_collected() {
        let mut bytes = vec![
            0x00, 17, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10, 0, 0, 0, 0, 0,
        ];
        bytes.extend([0xB0, 0x01, 16]);
        for corner in [2u32, 3, 0, 1] {
            bytes.extend(corner.to_le_bytes());
        }
        let facts = &walked(&bytes).expect("within limits").parts["s"];
        assert_eq!(facts.hidden_rows, [3]);
        assert_eq!(facts.merged, [(3, 0, 4, 1)]);
    }

    #[test]
    fn a_row_beyond_the_grid_is_refused() {
        let error = walked(&[0x00, 4, 0xFF, 0xFF, 0xFF, 0xFF]).expect_err("outside");
        assert_eq!(error.code, "cell-outside-grid");
    }
}
