//! Two registers beside each other in one sheet → a grid for each.
//!
//! What enters: a [`Grid`]. What leaves: the same, or its parts, each with the rows and columns that it
//! has in the sheet. Only what both halves say for themselves parts a sheet: an empty column within a
//! register does not.

use crate::formats::grid::Grid;
use crate::recognition::header_detection::Heading;
use crate::recognition::sheet::Guide;
use crate::recognition::table_starts;
use crate::values::normalise;

/// Rows in which the heading of a repeated block may stand.
const DEEPEST: usize = 15;
/// Rows that show what stands in a sheet.
const TOP: usize = 100;
/// Parts of a sheet that are looked for.
const MOST: usize = 6;

/// The first and the last column of each table; one span where the sheet is one.
pub(crate) fn spans(grid: &Grid, guide: &Guide<'_>) -> Vec<(u32, u32)> {
    let last = grid.last_column();
    let mut spans = Vec::new();
    let mut from = 0;
    let starts = starts(grid, guide);
    if starts.is_empty() {
        return vec![(0, last)];
    }
    // What stands above and at the heads of tables says what they are, however long they are.
    let top = grid.lines(0, TOP);
    for start in starts.into_iter().take(MOST) {
        let (left, right) = (top.columns(from, start - 1), top.columns(start, last));
        if stand_alone(&top, &left, &right, guide) {
            spans.push((from, start - 1));
            from = start;
        }
    }
    spans.push((from, last));
    spans
}

/// Columns that may begin another table: those behind an empty one, those that say again what the
/// first heading says, and those below a title that names a ledger beside another title.
fn starts(grid: &Grid, guide: &Guide<'_>) -> Vec<u32> {
    let last = grid.last_column();
    let filled = grid.filled_columns();
    let is_filled = |column: u32| filled.get(column as usize).copied().unwrap_or(false);
    let first = (0..=last).find(|&column| is_filled(column)).unwrap_or(0);
    let behind_gap = |&column: &u32| column > first && is_filled(column) && !is_filled(column - 1);
    let mut starts: Vec<u32> = (first + 1..=last).filter(behind_gap).collect();
    for row in grid.rows().take(DEEPEST) {
        if (2..=MOST).contains(&row.cells().len()) {
            let names = |text: &str| guide.index.name_scores(text).iter().any(|&s| s > 0.0);
            let titles = row.cells().skip(1).filter(|cell| names(cell.text));
            starts.extend(titles.map(|cell| cell.column));
        }
    }
    for row in grid
        .rows()
        .take(DEEPEST)
        .filter(|row| row.cells().len() >= 6)
    {
        let mut cells = row
            .cells()
            .map(|cell| (cell.column, normalise::heading(cell.text)));
        let Some((_, first)) = cells.next() else {
            continue;
        };
        // A list to sign goes on beside itself, and is one.
        let signs = row.cells().any(|cell| {
            ["签名", "签字", "签到"]
                .iter()
                .any(|word| cell.text.contains(word))
        });
        if signs || !guide.index.knows(&first) {
            continue;
        }
        let again = cells.filter(|(_, text)| *text == first);
        starts.extend(again.map(|(column, _)| column));
    }
    starts.sort_unstable();
    starts.dedup();
    starts
}

/// True if both halves have a heading of their own, and are not two parts of one register: of that the
/// whole would know about as many columns.
fn stand_alone(whole: &Grid, left: &Grid, right: &Grid, guide: &Guide<'_>) -> bool {
    const MORE: usize = 2;
    let most = |grid: &Grid| {
        let headings = table_starts::headings(grid, guide).into_iter();
        let convincing = headings.filter(Heading::convincing);
        let fields = |heading: Heading| heading.fits.iter().map(|fit| fit.fields).max();
        convincing.filter_map(fields).max()
    };
    let (Some(left), Some(right)) = (most(left), most(right)) else {
        return false;
    };
    most(whole).unwrap_or(0) + MORE < left + right
}
