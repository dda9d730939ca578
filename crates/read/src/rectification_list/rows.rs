//! The rectification list (整改清单) read back: rows with what people entered, wherever rows and
//! columns were moved, sorted, inserted or renamed.
//!
//! What enters: a grid. What leaves: [`ListRow`]s. Columns are found by their headings, rows by the
//! fingerprint they bear; nothing depends on positions.

use super::attachments::{self, Attachment};
use crate::discovery::files;
use crate::formats::grid::{Cell, CellKind, Form, Grid, Row};
use crate::rectification_list::words::{ALIASES, STATUS_WORDS};
use crate::values::coerce::dates;
use crate::values::coerce::dates::Reckoning;
use crate::values::normalise;
use std::path::Path;
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::digest::FileDigests;
use zicha_model::{
    dataset::column_letter,
    rectification::{Column, ListRow, Status},
};

/// Rows in which the heading is looked for.
const HEADING_ROWS: usize = 30;
/// Known headings that make a row the heading of a list.
const ENOUGH: usize = 3;

/// The rows of all sheets of a file, and what was noticed.
#[derive(Debug, Default)]
pub struct ListFile {
    /// SHA-256 of the file.
    pub sha256: String,
    /// The file's bytes could be read as sheets.
    pub readable: bool,
    /// Its rows in order.
    pub rows: Vec<ListRow>,
    /// What people put on it besides texts.
    pub attachments: Vec<Attachment>,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// Opens a list outside the folders that are read for ledgers; `shown` is its name in messages.
pub fn open(root: &Path, path: &str, shown: &str) -> ListFile {
    let mut raw = files::open(root, path);
    let bytes = raw.readable.then(|| std::fs::read(root.join(path)));
    let bytes = bytes.and_then(Result::ok);
    for told in &mut raw.diagnostics {
        told.locus.file = Some(shown.to_owned());
    }
    let mut file = ListFile {
        sha256: raw.digests.sha256,
        readable: raw.readable,
        rows: Vec::new(),
        attachments: bytes.map_or_else(Vec::new, |bytes| attachments::of(&bytes)),
        diagnostics: raw.diagnostics,
    };
    for grid in &raw.grids {
        let (rows, told) = rows(shown, raw.form, grid);
        file.rows.extend(rows);
        file.diagnostics.extend(told);
    }
    file
}

/// SHA-256 of a file in lower-case hex, without reading it as a list.
///
/// # Errors
/// If the file cannot be read.
pub fn sha256(path: &Path) -> std::io::Result<String> {
    Ok(FileDigests::of_reader(std::fs::File::open(path)?)?.sha256)
}

/// True if a heading row of the sheet has a column of fingerprints.
pub(crate) fn bears_fingerprints(grid: &Grid) -> bool {
    let rows = grid.rows().take(HEADING_ROWS);
    rows.map(headings)
        .any(|known| known.iter().any(|(_, c)| *c == Some(Column::Fingerprint)) && known.len() > 1)
}

/// The rows of one sheet; none if no heading of a list stands on it.
pub(crate) fn rows(path: &str, form: Form, grid: &Grid) -> (Vec<ListRow>, Vec<Diagnostic>) {
    let Some((at, columns)) = find_heading(grid) else {
        return Default::default();
    };
    let reader = Reader {
        path,
        sheet: (form == Form::Workbook).then_some(grid.name.as_str()),
        columns,
        heading: grid.row(at),
        spans: spans(grid, grid.row(at).number()),
        days: Reckoning {
            year: None,
            since_1904: grid.since_1904,
        },
        diagnostics: Vec::new(),
    };
    reader.read(grid.rows().skip(at + 1))
}

/// A heading row: each named sheet column, and what it means; `None` is a column of people's own.
type Headings = Vec<(u32, Option<Column>)>;

/// Where the heading stands, and which column is what.
fn find_heading(grid: &Grid) -> Option<(usize, Headings)> {
    let candidates = grid.rows().take(HEADING_ROWS).enumerate();
    candidates
        .map(|(at, row)| (at, headings(row)))
        .find(|(_, columns)| {
            let has = |wanted| columns.iter().any(|(_, c)| *c == Some(wanted));
            let known = columns.iter().filter(|(_, c)| c.is_some()).count();
            known >= ENOUGH && (has(Column::Fingerprint) || has(Column::Problem))
        })
}

/// What each heading of a row means; a second column of the same meaning is one of people's own.
fn headings(row: Row<'_>) -> Headings {
    let mut taken = Vec::new();
    let cells = row.cells().filter(|cell| !cell.text.trim().is_empty());
    let named = cells.map(|cell| {
        let column = column(cell.text).filter(|c| !taken.contains(c));
        taken.extend(column);
        (cell.column, column)
    });
    named.collect()
}

fn column(text: &str) -> Option<Column> {
    let keys = normalise::loose(text);
    let is = |name: &str| keys.iter().any(|key| key == name);
    let label = Column::ALL.into_iter().find(|c| is(c.label()));
    label.or_else(|| {
        let aliases = ALIASES
            .iter()
            .find(|(_, names)| names.iter().any(|name| is(name)));
        aliases.map(|(column, _)| *column)
    })
}

/// A cell merged over rows: it holds for all of them.
struct Span<'g> {
    first: u32,
    last: u32,
    cell: Cell<'g>,
}

/// The merged cells below the heading that have a text.
fn spans(grid: &Grid, heading: u32) -> Vec<Span<'_>> {
    let down = grid.merged.iter().filter(|m| m.2 > m.0 && m.0 > heading);
    let spans = down.filter_map(|&(first, column, last, _)| {
        let mut rows = grid.rows().skip_while(|row| row.number() < first);
        let top = rows.next().filter(|row| row.number() == first)?;
        let cell = top.cell(column)?;
        Some(Span { first, last, cell })
    });
    spans.collect()
}

struct Reader<'g> {
    path: &'g str,
    sheet: Option<&'g str>,
    columns: Headings,
    heading: Row<'g>,
    spans: Vec<Span<'g>>,
    days: Reckoning,
    diagnostics: Vec<Diagnostic>,
}

impl<'g> Reader<'g> {
    fn read(mut self, rows: impl Iterator<Item = Row<'g>>) -> (Vec<ListRow>, Vec<Diagnostic>) {
        let read: Vec<_> = rows.filter_map(|row| self.row(row)).collect();
        (read, self.diagnostics)
    }

    /// True for a column that people fill in; what the program wrote was never merged.
    fn is_peoples(&self, column: u32) -> bool {
        let known = self.columns.iter().find(|(at, _)| *at == column);
        known.is_some_and(|(_, column)| column.is_none_or(|c| Column::OPEN.contains(&c)))
    }

    fn row(&mut self, row: Row<'g>) -> Option<ListRow> {
        let mut read = ListRow {
            sheet: self.sheet.map(str::to_owned),
            row: row.number(),
            ..ListRow::default()
        };
        let number = row.number();
        let own = row.cells().filter(|c| !c.text.trim().is_empty());
        let above = self.spans.iter().filter(|span| {
            span.first < number && number <= span.last && row.text(span.cell.column).is_empty()
        });
        let above = above
            .map(|span| span.cell)
            .filter(|c| self.is_peoples(c.column));
        for cell in own.chain(above.collect::<Vec<_>>()) {
            let known = self.columns.iter().find(|(at, _)| *at == cell.column);
            match known.and_then(|(_, column)| *column) {
                Some(Column::Number) => {}
                Some(column) => {
                    let text = self.text(column, row.number(), cell);
                    read.cells.insert(column, text);
                }
                None => {
                    let heading = self.own_heading(cell.column);
                    read.extra.insert(heading, cell.text.trim().to_owned());
                }
            }
        }
        let repeated = read.cells.iter().all(|(c, text)| c.label() == text);
        (!repeated || !read.extra.is_empty()).then_some(read)
    }

    /// The heading of a column that people added.
    fn own_heading(&self, column: u32) -> String {
        let text = self.heading.text(column);
        if text.is_empty() {
            format!("{}列", column_letter(column))
        } else {
            text.replace('\n', "")
        }
    }

    fn text(&mut self, column: Column, row: u32, cell: Cell<'_>) -> String {
        let text = cell.text.trim();
        if column == Column::Status {
            return self.status(row, cell);
        }
        if !column.is_date() || (column == Column::Due && text == "立行立改") {
            return text.to_owned();
        }
        let kind = match cell.kind {
            CellKind::Number | CellKind::Date => cell.kind,
            _ => CellKind::Text,
        };
        match dates::when(&normalise::plain(text), kind, self.days, true) {
            Ok(when) => when.day.to_string(),
            Err(expected) => {
                let message = format!(
                    "“{}”栏“{text}”不是可以识读的日期，按文字带入",
                    column.label()
                );
                self.warn(message, format!("应填{expected}。"), row, cell.column);
                text.to_owned()
            }
        }
    }

    fn status(&mut self, row: u32, cell: Cell<'_>) -> String {
        let key = normalise::squeezed(cell.text);
        let known = STATUS_WORDS
            .iter()
            .find(|(status, words)| key == status.label() || words.contains(&key.as_str()));
        if let Some((status, _)) = known {
            return status.label().to_owned();
        }
        let text = cell.text.trim();
        let words: Vec<_> = Status::ALL.iter().map(|s| s.label()).collect();
        let message = format!("“完成情况”栏“{text}”不是规定的写法，按文字带入，不作为已完成处理");
        let hint = format!("请填{}之一。", words.join("、"));
        self.warn(message, hint, row, cell.column);
        text.to_owned()
    }

    fn warn(&mut self, message: String, hint: String, row: u32, column: u32) {
        let cell = format!("{}{row}", column_letter(column));
        let locus = Locus::cell(self.path, self.sheet, cell);
        let told = Diagnostic::new(codes::LIST_CELL, message, locus).with_hint(hint);
        self.diagnostics.push(told);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(rows: &[&[&str]]) -> Grid {
        let mut grid = Grid::new("新增");
        for (texts, number) in rows.iter().zip(1..) {
            for (text, column) in texts.iter().zip(0..) {
                grid.push(number, column, text, CellKind::Text);
            }
        }
        grid
    }

    fn read(rows_: &[&[&str]]) -> (Vec<ListRow>, Vec<Diagnostic>) {
        rows("整改清单.xlsx", Form::Workbook, &grid(rows_))
    }

    #[test]
    fn columns_are_found_by_heading_wherever_they_stand() {
        let (rows, told) = read(&[
            &["某局整改清单"],
            &["识别号", "督办意见", "整改状态", "问题描述", "销号日期"],
            &["ab12", "抓紧", "已销号", "口令逾期", "2026年10月1日"],
            &["", "", "", "", ""],
        ]);
        assert!(told.is_empty(), "{told:?}");
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].fingerprint(), Some("ab12"));
        assert_eq!(rows[0].cells[&Column::Status], "已复核销号");
        assert_eq!(rows[0].cells[&Column::Closed], "2026-10-01");
        assert_eq!(rows[0].extra["督办意见"], "抓紧");
        assert_eq!(rows[0].row, 3);
    }

    #[test]
    fn a_cell_merged_over_rows_holds_for_all_of_them() {
        let mut grid = grid(&[
            &["识别号", "问题描述", "整改措施", "完成情况"],
            &["ab12", "口令逾期", "统一更换", "整改中"],
            &["ab13", "口令逾期"],
            &["ab14", "口令逾期", "", "已完成"],
        ]);
        grid.merged = vec![(2, 2, 4, 2), (2, 3, 3, 3)];
        let (rows, _) = rows("整改清单.xlsx", Form::Workbook, &grid);
        let of = |column| {
            rows.iter()
                .map(|r| r.cells[&column].as_str())
                .collect::<Vec<_>>()
        };
        assert_eq!(of(Column::Measure), ["统一更换"; 3]);
        assert_eq!(of(Column::Status), ["整改中", "整改中", "已完成"]);
        assert_eq!(of(Column::Fingerprint), ["ab12", "ab13", "ab14"]);
    }

    #[test]
    fn a_date_or_status_nobody_can_read_is_told_and_kept() {
        let (rows, told) = read(&[
            &["识别号", "问题描述", "完成情况", "销号日期"],
            &["ab12", "口令逾期", "差不多了", "下月初"],
        ]);
        assert_eq!(rows[0].cells[&Column::Status], "差不多了");
        assert_eq!(rows[0].cells[&Column::Closed], "下月初");
        let cells: Vec<_> = told.iter().filter_map(|d| d.locus.cell.clone()).collect();
        assert_eq!(cells, ["C2", "D2"]);
    }

    #[test]
    fn a_ledger_without_fingerprints_does_not_bear_them() {
        assert!(bears_fingerprints(&grid(&[
            &["序号", "识别号"],
            &["1", "ab"]
        ])));
        assert!(!bears_fingerprints(&grid(&[&[
            "序号",
            "问题描述",
            "责任人"
        ]])));
    }
}
