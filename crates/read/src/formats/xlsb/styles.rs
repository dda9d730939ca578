//! Fonts, number formats and styles of a binary package, and the styles of its cells.
//!
//! The guard has walked the package before: sizes are within bounds.

use crate::formats::look::{Look, LookBook, Styled};
use crate::formats::number_look::NumberLook;
use crate::formats::package::guard::part_name;
use crate::formats::xlsb::short_cells::record;
use std::io::{Cursor, Read};
use zip::ZipArchive;

const FONT: u32 = 43;
const FORMAT: u32 = 44;
const STYLE: u32 = 47;
const BEGIN_CELL_STYLES: u32 = 617;
const END_CELL_STYLES: u32 = 618;
const ROW: u32 = 0;
/// Cells that name their column: blank, number, error, truth value, number, text, shared text, and the
/// results of formulas.
const CELLS: std::ops::RangeInclusive<u32> = 0x01..=0x0B;
const STRIKES: u16 = 0x0008;

/// A package, and the looks that its styles have.
pub(super) struct StyledCells<'a> {
    bytes: &'a [u8],
    /// The looks by the number of the style; empty if all are plain.
    pub(super) looks: Vec<Look>,
}

impl<'a> StyledCells<'a> {
    /// Reads the styles of a package.
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        let content = part(bytes, |name| name.ends_with("styles.bin"));
        let looks = content.map_or_else(Vec::new, |content| looks(&content));
        Self { bytes, looks }
    }

    /// The cells of a sheet, by its part, that are not shown as they are stored.
    pub(super) fn sheet(&self, name: Option<&str>) -> Styled {
        let wanted = name.filter(|_| !self.looks.is_empty());
        let content = wanted.and_then(|name| part(self.bytes, |part| part == name));
        content.map_or_else(Styled::default, |content| cells(&content, &self.looks))
    }
}

fn looks(content: &[u8]) -> Vec<Look> {
    let mut book = LookBook::default();
    let (mut rest, mut in_cells) = (content, false);
    while let Some((kind, body, after)) = record(rest) {
        rest = after;
        match kind {
            FONT => book
                .fonts
                .push(short(body, 2).is_some_and(|flags| flags & STRIKES != 0)),
            FORMAT => {
                if let (Some(id), Some(code)) = (short(body, 0), text(body, 2)) {
                    book.formats.insert(u32::from(id), NumberLook::of(&code));
                }
            }
            BEGIN_CELL_STYLES => in_cells = true,
            END_CELL_STYLES => in_cells = false,
            STYLE if in_cells => {
                let font = short(body, 4).map(usize::from);
                book.style(font, short(body, 2).map(u32::from));
            }
            _ => {}
        }
    }
    book.finish()
}

fn cells(content: &[u8], looks: &[Look]) -> Styled {
    let (mut rest, mut row, mut styled) = (content, 0, Styled::default());
    while let Some((kind, body, after)) = record(rest) {
        rest = after;
        if kind == ROW {
            row = long(body, 0).unwrap_or(row);
        } else if CELLS.contains(&kind)
            && let (Some(column), Some(style)) = (long(body, 0), long(body, 4))
        {
            styled.note((row, column), style & 0x00FF_FFFF, looks);
        }
    }
    styled.sort();
    styled
}

fn short(body: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*body.get(at..)?.first_chunk()?))
}

fn long(body: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*body.get(at..)?.first_chunk()?))
}

/// Counted characters of two bytes each.
fn text(body: &[u8], at: usize) -> Option<String> {
    let count = usize::try_from(long(body, at)?).ok()?;
    let bytes = body.get(at + 4..)?.get(..count.checked_mul(2)?)?;
    let units = bytes
        .chunks_exact(2)
        .map(|two| u16::from_le_bytes([two[0], two[1]]));
    Some(
        char::decode_utf16(units)
            .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect(),
    )
}

/// The content of the first part of such a name.
fn part(bytes: &[u8], wanted: impl Fn(&str) -> bool) -> Option<Vec<u8>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).ok()?;
        if wanted(&part_name(&part)) {
            let mut content = Vec::new();
            part.read_to_end(&mut content).ok()?;
            return Some(content);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_of_cells_are_found_by_font_and_format() {
        let code: Vec<u8> = "000".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let format = [&[44, 12, 164, 0, 3, 0, 0, 0][..], &code].concat();
        let fonts = [43, 4, 0, 0, 0, 0, 43, 4, 0, 0, 8, 0];
        let styles = [
            &[0xE9, 4, 0][..],
            &[47, 6, 0, 0, 0, 0, 0, 0],
            &[47, 6, 0, 0, 164, 0, 0, 0],
            &[47, 6, 0, 0, 0, 0, 1, 0],
            &[0xEA, 4, 0],
        ]
        .concat();
        let looks = looks(&[&format[..], &fonts, &styles].concat());
        assert_eq!(looks[1].numbers.number("7").as_deref(), Some("007"));
        assert!(looks[2].struck && !looks[0].struck);
        let sheet = [0, 4, 5, 0, 0, 0, 2, 12, 3, 0, 0, 0, 1, 0, 0, 0, 9, 9, 9, 9];
        let styled = cells(&sheet, &looks);
        assert!(styled.look((5, 3), &looks).is_some());
    }
}
