//! Delimited text (csv, tsv) → one grid whose row numbers are line numbers.

use crate::formats::grid::{CellKind, Grid};
use crate::formats::grid_builder::Gather;
use crate::formats::limits::Limits;
use crate::formats::text::csv_records::{Records, line_width};
use crate::formats::{limits, read_errors};
use std::borrow::Cow;
use zicha_model::diag::Diagnostic;

/// What may separate fields, the likelier first.
const DELIMITERS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// Bytes at the start that the delimiter is judged by.
const SAMPLE: usize = 64 << 10;

/// Reads decoded text; `name` becomes the grid's name.
pub(crate) fn read(
    text: &str,
    name: &str,
    limits: &Limits,
) -> Result<(Grid, Vec<Diagnostic>), Diagnostic> {
    let text = with_line_feeds(text);
    let Layout {
        delimiter,
        width,
        skip,
    } = layout(&text);
    let mut records = Records::new(&text[skip..], delimiter, width, limits.csv_field_bytes);
    let mut gather = Gather::new(name, false);
    let mut cells = 0;
    while let Some((line, fields)) = records.next() {
        let line = if skip > 0 { line + 1 } else { line };
        cells += fields.len() as u64;
        if cells > limits.cells {
            return Err(read_errors::limit("单元格数", limits.cells));
        }
        if fields.len() > limits::COLUMNS as usize {
            return Err(read_errors::limit("列数", limits::COLUMNS));
        }
        for (column, field) in fields.iter().enumerate() {
            gather.push(line, column as u32, field, CellKind::Text);
        }
    }
    let (grid, mut notes) = gather.finish(false);
    if let Some(&first) = records.stray.first() {
        let first = if skip > 0 { first + 1 } else { first };
        notes.push(read_errors::stray_quote(first, records.stray.len()));
    }
    Ok((grid, notes))
}

/// Files of old Macs end lines by a carriage return alone, which would give one line number to all.
fn with_line_feeds(text: &str) -> Cow<'_, str> {
    if text.contains('\r') && !text.contains('\n') {
        Cow::Owned(text.replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

/// How a text is laid out.
struct Layout {
    delimiter: u8,
    /// The most usual number of fields in a line.
    width: usize,
    /// Bytes of an opening line `sep=;` that says the delimiter outright.
    skip: usize,
}

fn layout(text: &str) -> Layout {
    let (said, skip) = said_delimiter(text);
    let mut end = text.len().min(skip + SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = &text[skip..end];
    let candidates = match &said {
        Some(delimiter) => std::slice::from_ref(delimiter),
        None => &DELIMITERS[..],
    };
    let scored = candidates.iter().rev().map(|&d| (score(sample, d), d));
    let ((_, width), delimiter) = scored.max().unwrap_or(((0, 0), b','));
    let delimiter = if width == 0 { candidates[0] } else { delimiter };
    Layout {
        delimiter,
        width,
        skip,
    }
}

/// The delimiter of an opening line `sep=;`, and the bytes of that line.
fn said_delimiter(text: &str) -> (Option<u8>, usize) {
    if let Some(rest) = text.strip_prefix("sep=")
        && let Some((said, _)) = rest.split_once('\n')
        && let [delimiter] = said.trim_end_matches('\r').as_bytes()
    {
        return (Some(*delimiter), "sep=".len() + said.len() + 1);
    }
    (None, 0)
}

/// How many lines have the most usual width beyond one field, and that width. Lines are judged each
/// alone, and those with half of a pair of quotation marks not at all, so that a mark that never
/// closes does not spoil the sample.
fn score(sample: &str, delimiter: u8) -> (usize, usize) {
    let mut widths = std::collections::BTreeMap::new();
    let paired = |line: &&str| line.matches('"').count().is_multiple_of(2);
    for line in sample.lines().filter(paired) {
        let width = line_width(line.as_bytes(), delimiter);
        if width > 1 {
            *widths.entry(width).or_insert(0) += 1;
        }
    }
    let most = widths.into_iter().max_by_key(|&(width, n)| (n, width));
    most.map_or((0, 0), |(width, n)| (n, width))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u32, Vec<String>)> {
        let (grid, _) = read(text, "t", &Limits::default()).expect("readable");
        grid.rows()
            .map(|row| {
                (
                    row.number(),
                    row.cells().map(|c| c.text.to_owned()).collect(),
                )
            })
            .collect()
    }

    #[test]
    fn line_numbers_hold_after_blank_lines_and_quoted_breaks() {
        let text = "\n编号,标题\n\n\n1,\"两\n行\"\n2,三\r\n\r\n3,四\n";
        let numbers: Vec<_> = rows(text).into_iter().map(|(n, _)| n).collect();
        assert_eq!(numbers, [2, 5, 7, 9]);
    }

    #[test]
    fn the_delimiter_is_found() {
        for text in [
            "a,b\n1,2\n",
            "a\tb\n1,5\t2\n",
            "a;b\n1,5;2\n",
            "a|b\n1,5|2\n",
            "sep=;\na;b\n",
        ] {
            let all = rows(text);
            assert_eq!(all[0].1, ["a", "b"], "{text:?}");
        }
    }

    #[test]
    fn ragged_rows_and_old_line_ends_are_read() {
        let all = rows("a,b,c\r1\r2,3,4,5");
        assert_eq!(all.len(), 3);
        assert_eq!(all[2], (3, ["2", "3", "4", "5"].map(String::from).to_vec()));
    }

    #[test]
    fn an_open_quotation_mark_is_text_and_told_with_its_line() {
        let text = format!("a,b,c\n1,\"甲,x\n{}", "2,乙,y\n".repeat(50));
        let (grid, notes) = read(&text, "t", &Limits::default()).expect("readable");
        assert_eq!(grid.len(), 52);
        assert_eq!(grid.row(1).text(1), "\"甲");
        assert_eq!(
            (notes[0].code.name(), notes[0].locus.line),
            ("csv-quote", Some(2))
        );
    }

    #[test]
    fn a_line_with_more_columns_than_any_sheet_is_refused() {
        let error = read(&"a,".repeat(20_000), "t", &Limits::default()).expect_err("too wide");
        assert!(error.message.contains("列数"), "{}", error.message);
    }
}
