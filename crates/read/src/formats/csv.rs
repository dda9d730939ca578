//! Delimited text (csv, tsv) → one grid whose row numbers are line numbers.

use crate::formats::grid::{CellKind, Grid};
use crate::formats::grid_builder::Gather;
use crate::formats::limits::Limits;
use crate::formats::{limits, read_errors};
use std::borrow::Cow;
use zicha_model::diag::Diagnostic;

/// What may separate fields, the likelier first.
const DELIMITERS: [u8; 3] = [b',', b'\t', b';'];

/// Bytes at the start that the delimiter is judged by.
const SAMPLE: usize = 64 << 10;

/// Reads decoded text; `name` becomes the grid's name.
pub(crate) fn read(
    text: &str,
    name: &str,
    limits: &Limits,
) -> Result<(Grid, Vec<Diagnostic>), Diagnostic> {
    let text = with_line_feeds(text);
    let (delimiter, skip) = delimiter(&text);
    let body = &text[skip..];
    let mut reader = reader(delimiter).from_reader(body.as_bytes());
    let mut record = csv::ByteRecord::new();
    let mut gather = Gather::new(name, false);
    let mut cells = 0;
    let mut lines = Lines::new(body, if skip > 0 { 2 } else { 1 });
    while reader
        .read_byte_record(&mut record)
        .map_err(read_errors::broken)?
    {
        let line = lines.of(&record);
        cells += record.len() as u64;
        if cells > limits.cells {
            return Err(read_errors::limit("单元格数", limits.cells));
        }
        if record.len() > limits::COLUMNS as usize {
            return Err(read_errors::limit("列数", limits::COLUMNS));
        }
        for (column, field) in record.iter().enumerate() {
            if field.len() > limits.csv_field_bytes {
                return Err(read_errors::open_quote(u64::from(line)));
            }
            let value = String::from_utf8_lossy(field);
            gather.push(line, column as u32, &value, CellKind::Text);
        }
    }
    Ok(gather.finish(false))
}

fn reader(delimiter: u8) -> csv::ReaderBuilder {
    let mut builder = csv::ReaderBuilder::new();
    builder
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false);
    builder
}

/// Files of old Macs end lines by a carriage return alone, which would give one line number to all.
fn with_line_feeds(text: &str) -> Cow<'_, str> {
    if text.contains('\r') && !text.contains('\n') {
        Cow::Owned(text.replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The delimiter, and the bytes of an opening line `sep=;` that says it outright.
fn delimiter(text: &str) -> (u8, usize) {
    if let Some(rest) = text.strip_prefix("sep=")
        && let Some((said, _)) = rest.split_once('\n')
        && let [delimiter] = said.trim_end_matches('\r').as_bytes()
    {
        return (*delimiter, "sep=".len() + said.len() + 1);
    }
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = &text[..end];
    let best = DELIMITERS
        .into_iter()
        .rev()
        .max_by_key(|&delimiter| score(sample, delimiter));
    (best.unwrap_or(b','), 0)
}

/// How many records have the most usual width beyond one field, and that width.
fn score(sample: &str, delimiter: u8) -> (usize, usize) {
    let mut widths = std::collections::BTreeMap::new();
    let mut reader = reader(delimiter).from_reader(sample.as_bytes());
    for record in reader.byte_records().flatten().filter(|r| r.len() > 1) {
        *widths.entry(record.len()).or_insert(0) += 1;
    }
    let most = widths.into_iter().max_by_key(|&(width, n)| (n, width));
    most.map_or((0, 0), |(width, n)| (n, width))
}

/// Line numbers of records. The reader's own position stands before the blank lines that it skips.
struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: u32,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str, first: u32) -> Self {
        Self {
            text: text.as_bytes(),
            at: 0,
            line: first,
        }
    }

    fn of(&mut self, record: &csv::ByteRecord) -> u32 {
        let start = record.position().map_or(0, |p| p.byte() as usize);
        let start = start.clamp(self.at, self.text.len());
        let blank = self.text[start..]
            .iter()
            .take_while(|&&b| b == b'\n' || b == b'\r')
            .count();
        let begin = start + blank;
        let feeds = self.text[self.at..begin].iter().filter(|&&b| b == b'\n');
        self.line += feeds.count() as u32;
        self.at = begin;
        self.line
    }
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
    fn an_open_quotation_mark_is_told_with_its_line() {
        let limits = Limits {
            csv_field_bytes: 50,
            ..Limits::default()
        };
        let text = format!("a,b\n1,\"{}", "长\n".repeat(50));
        let error = read(&text, "t", &limits).expect_err("too long");
        assert_eq!((error.code, error.locus.line), ("csv-quote", Some(2)));
    }

    #[test]
    fn a_line_with_more_columns_than_any_sheet_is_refused() {
        let error = read(&"a,".repeat(20_000), "t", &Limits::default()).expect_err("too wide");
        assert!(error.message.contains("列数"), "{}", error.message);
    }
}
