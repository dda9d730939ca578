//! Worksheets of xlsb whose cells are written in short forms → the same with the usual forms.
//!
//! The format lets a cell that follows its left neighbour leave out its column, and lets a cell hold
//! formatted text of its own. Excel writes neither, other programs do, and calamine passes over both
//! without a word; so such sheets are rewritten before it reads them.

use crate::formats::package::repack;
use crate::formats::package::xlsb_records::{FORMATTED, SHORT};
use zicha_model::diag::Diagnostic;

const ROW: u32 = 0x00;
/// Cells that name their column: blank, number, error, truth value, number, text, shared text.
const USUAL: std::ops::RangeInclusive<u32> = 0x01..=0x0B;
const TEXT: u32 = 0x06;

/// The package with every worksheet rewritten. The guard has walked it: sizes are within bounds.
pub(crate) fn spelled_out(bytes: &[u8]) -> Result<Vec<u8>, Diagnostic> {
    let worksheet = |name: &str| name.ends_with(".bin") && name.contains("worksheets/");
    repack::rewritten(bytes, worksheet, |_, content| sheet(&content))
}

/// Rewrites one worksheet; what does not look like a record any more is kept as it stands.
fn sheet(content: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(content.len() + content.len() / 4);
    let mut rest = content;
    let mut column: u32 = 0;
    while let Some((kind, body, after)) = record(rest) {
        let whole = &rest[..rest.len() - after.len()];
        match kind {
            ROW => column = 0,
            _ if USUAL.contains(&kind) || kind == FORMATTED => {
                let own = body.first_chunk().map(|own| u32::from_le_bytes(*own));
                column = own.unwrap_or(column).saturating_add(1);
            }
            _ => {}
        }
        match kind {
            FORMATTED if body.len() > 8 => {
                let (place, text) = body.split_at(8);
                put(&mut out, TEXT, &[place, &text[1..]]);
            }
            _ if SHORT.contains(&kind) => {
                let usual = kind - SHORT.start() + USUAL.start();
                put(&mut out, usual, &[&column.to_le_bytes(), body]);
                column = column.saturating_add(1);
            }
            _ => out.extend_from_slice(whole),
        }
        rest = after;
    }
    out.extend_from_slice(rest);
    out
}

/// The kind and body of the first record, and what follows it.
/// Type and content of the first record, and what follows it.
pub(super) fn record(bytes: &[u8]) -> Option<(u32, &[u8], &[u8])> {
    let (kind, rest) = number(bytes, 2)?;
    let (length, rest) = number(rest, 4)?;
    let (body, after) = rest.split_at_checked(length as usize)?;
    Some((kind, body, after))
}

/// A number in groups of seven bits, lowest first.
fn number(bytes: &[u8], most: usize) -> Option<(u32, &[u8])> {
    let mut value = 0;
    for (at, &byte) in bytes.iter().take(most).enumerate() {
        value |= u32::from(byte & 0x7F) << (7 * at);
        if byte & 0x80 == 0 || at + 1 == most {
            return Some((value, &bytes[at + 1..]));
        }
    }
    None
}

/// Appends a record of a kind below 128.
fn put(out: &mut Vec<u8>, kind: u32, parts: &[&[u8]]) {
    out.push((kind & 0x7F) as u8);
    let mut length: usize = parts.iter().map(|part| part.len()).sum();
    while length > 0x7F {
        out.push((length & 0x7F) as u8 | 0x80);
        length >>= 7;
    }
    out.push(length as u8);
    for part in parts {
        out.extend_from_slice(part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_cells_take_the_column_after_their_neighbour() {
        let row = [0x00, 4, 0, 0, 0, 0];
        let first = [0x02, 12, 3, 0, 0, 0, 9, 9, 9, 9, 1, 1, 1, 1];
        let short = [0x0D, 8, 9, 9, 9, 9, 2, 2, 2, 2];
        let spelled = sheet(&[&row[..], &first, &short, &short].concat());
        let second = [0x02, 12, 4, 0, 0, 0, 9, 9, 9, 9, 2, 2, 2, 2];
        let third = [0x02, 12, 5, 0, 0, 0, 9, 9, 9, 9, 2, 2, 2, 2];
        assert_eq!(spelled, [&row[..], &first, &second, &third].concat());
    }

    #[test]
    fn formatted_text_becomes_plain_and_broken_ends_are_kept() {
        let formatted = [0x3E, 13, 1, 0, 0, 0, 9, 9, 9, 9, 1, 0, 0, 0, 0];
        let plain = [0x06, 12, 1, 0, 0, 0, 9, 9, 9, 9, 0, 0, 0, 0];
        assert_eq!(sheet(&formatted), plain);
        assert_eq!(sheet(&[0x0D, 80, 1]), [0x0D, 80, 1]);
    }
}
