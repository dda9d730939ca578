//! Fonts, number formats and styles of the workbook's records, and the styles of its cells.

use crate::formats::container::cfb::word;
use crate::formats::look::{Look, LookBook, Styled};
use crate::formats::number_look::NumberLook;
use crate::formats::xls::shared_strings::records;

const FONT: u16 = 0x0031;
const XF: u16 = 0x00E0;
const FORMAT: u16 = 0x041E;
const END: u16 = 0x000A;
const STRIKES: u16 = 0x0008;
/// A run of numbers, each with a style of its own.
const NUMBERS: u16 = 0x00BD;
/// The number that no font has: font 5 is the fifth record.
const NO_FONT: u16 = 4;

/// The looks by the number of the style; empty if all are plain.
pub(super) fn read(stream: &[u8]) -> Vec<Look> {
    let mut book = LookBook::default();
    let mut styles = Vec::new();
    for (kind, body) in records(stream) {
        match kind {
            FONT => book
                .fonts
                .push(word(body, 2).is_some_and(|flags| flags & STRIKES != 0)),
            FORMAT => {
                if let (Some(id), Some(code)) = (word(body, 0), code(body)) {
                    book.formats.insert(u32::from(id), NumberLook::of(&code));
                }
            }
            XF => styles.push((word(body, 0), word(body, 2))),
            END => break,
            _ => {}
        }
    }
    for (font, format) in styles {
        let record = |font: u16| match font {
            0..NO_FONT => Some(usize::from(font)),
            _ => usize::from(font).checked_sub(1),
        };
        book.style(font.and_then(record), format.map(u32::from));
    }
    book.finish()
}

/// The code of a format: counted characters of two bytes or one, or those of the code page.
fn code(body: &[u8]) -> Option<String> {
    let wide = |bytes: &[u8]| {
        let units = bytes
            .chunks_exact(2)
            .map(|two| u16::from_le_bytes([two[0], two[1]]));
        char::decode_utf16(units)
            .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect()
    };
    let count = usize::from(word(body, 2)?);
    // Before Excel 97 the count is one byte and the text begins at once.
    if body.len() == 3 + usize::from(*body.get(2)?) {
        let (text, _) = encoding_rs::GB18030.decode_without_bom_handling(&body[3..]);
        return Some(text.into_owned());
    }
    let text = body.get(5..)?;
    match body.get(4)? & 1 {
        1 => Some(wide(text.get(..2 * count)?)),
        _ => Some(
            text.get(..count)?
                .iter()
                .map(|&byte| char::from(byte))
                .collect(),
        ),
    }
}

/// Notes the styles of the cells that a record holds.
pub(super) fn note(kind: u16, body: &[u8], looks: &[Look], styled: &mut Styled) {
    if looks.is_empty() {
        return;
    }
    let (Some(row), Some(column)) = (word(body, 0), word(body, 2)) else {
        return;
    };
    let count = match kind {
        NUMBERS => body.len().saturating_sub(6) / 6,
        _ => 1,
    };
    for at in 0..count {
        if let Some(style) = word(body, 4 + 6 * at) {
            let place = (u32::from(row), u32::from(column) + at as u32);
            styled.note(place, u32::from(style), looks);
        }
    }
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
    fn styles_of_cells_are_found_by_font_and_format() {
        let font = |strikes: u8| record(FONT, &[0, 0, strikes, 0]);
        let format = [&[164, 0, 7, 0, 0][..], b"\"GX-\"00"].concat();
        let wide = [&[165, 0, 3, 0, 1][..], &[0x30, 0, 0x30, 0, 0x30, 0]].concat();
        let stream = [
            font(0),
            font(0),
            font(0),
            font(0),
            font(8),
            record(FORMAT, &format),
            record(FORMAT, &wide),
            record(XF, &[0, 0, 0, 0]),
            record(XF, &[5, 0, 0, 0]),
            record(XF, &[0, 0, 164, 0]),
            record(XF, &[0, 0, 165, 0]),
            record(END, &[]),
        ]
        .concat();
        let looks = read(&stream);
        let seen: Vec<_> = looks
            .iter()
            .map(|look| (look.struck, look.numbers.number("8")))
            .collect();
        let shown = |text: &str| Some(text.to_owned());
        assert_eq!(
            seen,
            [
                (false, None),
                (true, None),
                (false, shown("GX-08")),
                (false, shown("008"))
            ]
        );
        let mut styled = Styled::default();
        note(
            NUMBERS,
            &[2, 0, 1, 0, 0, 0, 9, 9, 9, 9, 2, 0, 9, 9, 9, 9, 2, 0],
            &looks,
            &mut styled,
        );
        assert!(styled.look((2, 1), &looks).is_none() && styled.look((2, 2), &looks).is_some());
    }
}
