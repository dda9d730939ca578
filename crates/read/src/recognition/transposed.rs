//! Sheets whose records are columns: the headings stand one below the other on the left, and each column to
//! the right is a record.
//!
//! What enters: a [`Grid`]. What leaves: the same records as rows, and where their cells really stand.

use crate::formats::grid::{Cell, CellKind, Grid, Row};
use crate::recognition::matrix::laid::Laid;
use crate::recognition::sheet::{Guide, Understood};
use zicha_model::dataset::SkippedRows;

/// More rows are no headings.
const MOST_ROWS: usize = 80;
/// Fewer headings may stand one below the other by chance.
const FEWEST_LABELS: usize = 4;
/// One record beside its labels is a form.
const FEWEST_RECORDS: usize = 2;

/// Lays the records down; none if the sheet is no such table.
pub(crate) fn lay_down(grid: &Grid, guide: &Guide<'_>) -> Option<Laid> {
    if grid.len() > MOST_ROWS {
        return None;
    }
    let column = grid
        .rows()
        .filter_map(|row| row.cells().next())
        .map(|c| c.column)
        .min()?;
    let label = |row: &Row<'_>| {
        let cell = row.cell(column)?;
        let known = cell.kind == CellKind::Text && !guide.index.claims(cell.text).is_empty();
        (known && row.cells().len() > 1).then_some(cell.text.to_owned())
    };
    let first = (0..grid.len()).find(|&at| label(&grid.row(at)).is_some() && !is_head(grid, at))?;
    let rows: Vec<Row<'_>> = (first..grid.len()).map(|at| grid.row(at)).collect();
    let named = rows.iter().filter(|row| label(row).is_some()).count();
    let labelled = rows.iter().take_while(|row| row.cell(column).is_some());
    // Rows below without any label are a foot; among the others nearly all must be known.
    let rows: Vec<&Row<'_>> = labelled.collect();
    if named < FEWEST_LABELS || named * 10 < rows.len() * 7 {
        return None;
    }
    let mut columns: Vec<u32> = rows
        .iter()
        .flat_map(|row| row.cells().map(|cell| cell.column))
        .filter(|&c| c != column)
        .collect();
    columns.sort_unstable();
    columns.dedup();
    let filled = |c: u32| rows.iter().filter(|row| row.cell(c).is_some()).count() * 2;
    if columns.len() < FEWEST_RECORDS || columns.iter().any(|&c| filled(c) < rows.len()) {
        return None;
    }
    // A value that is a heading as well: the sheet is a table or a form with labels side by side.
    let headings = |c: u32| {
        let cells = rows.iter().filter_map(|row| row.cell(c));
        cells
            .filter(|cell| cell.kind == CellKind::Text && guide.index.knows(cell.text))
            .count()
    };
    if columns.iter().any(|&c| headings(c) * 3 > rows.len()) {
        return None;
    }
    Some(turned(grid, first, column, &columns, &rows))
}

/// 项目、部位1、部位2: a row that heads the columns.
fn is_head(grid: &Grid, at: usize) -> bool {
    const WORDS: [&str; 6] = ["项目", "内容", "名目", "栏目", "事项", "登记项目"];
    let first = grid.row(at).cells().next();
    first.is_some_and(|cell| WORDS.contains(&cell.text.trim()))
}

fn turned(grid: &Grid, first: usize, column: u32, columns: &[u32], rows: &[&Row<'_>]) -> Laid {
    let names: Vec<&str> = rows.iter().map(|row| row.text(column)).collect();
    let above = (0..first).take_while(|&at| !is_head(grid, at)).count();
    let mut laid = Laid::new(grid, above, "", &names);
    laid.skipped = (above..first)
        .map(|at| (grid.row(at).number(), "标题行"))
        .collect();
    let heading = rows.first().map_or(1, |row| row.number());
    for &c in columns {
        let cells = rows.iter().map(|row| {
            let place = (row.number(), c);
            let cell: Option<Cell<'_>> = row.cell(c);
            cell.map_or(("", CellKind::Text, place), |cell| {
                (cell.text, cell.kind, place)
            })
        });
        laid.record_of(heading, cells);
    }
    let behind = first + rows.len();
    let left = (behind..grid.len()).map(|at| (grid.row(at).number(), "表下的文字"));
    laid.skipped.extend(left);
    laid
}

/// Says of the table understood lying where everything stands in the sheet.
pub(crate) fn stand_up(laid: &Laid, understood: &mut Understood) {
    let (label, first) = (laid.grid.row(laid.heading).number(), laid.heading + 1);
    let Some(record) = (first < laid.grid.len()).then(|| laid.grid.row(first).number()) else {
        return;
    };
    for usage in understood
        .sections
        .iter_mut()
        .map(|section| &mut section.usage)
    {
        for used in &mut usage.columns {
            used.column = laid.place(record, used.column).1;
        }
        for unused in &mut usage.unused_columns {
            unused.column = laid.place(record, unused.column).1;
        }
        usage.heading_row = None;
        usage.why.push_str("；标题在左，每列是一条记录");
        usage
            .skipped
            .retain(|skipped| skipped.rows.iter().all(|&row| row < label));
        for &(row, why) in &laid.skipped {
            usage.skipped.push(SkippedRows {
                rows: vec![row],
                why: why.to_owned(),
            });
        }
    }
    for told in &mut understood.diagnostics {
        told.locus.cell = None;
    }
}
