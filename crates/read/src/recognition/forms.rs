//! Several forms one below the other, or a form with a list below it → the rows of each.
//!
//! What enters: a sheet. What leaves: the ranges of its rows that are tables of their own; none where
//! the sheet is one. A range counts only if its form gives a record: nothing is parted on a guess.

use crate::formats::grid::{Form, Grid, Row};
use crate::recognition::sections;
use crate::recognition::sheet::{Guide, Source};
use crate::values::normalise;
use std::collections::BTreeSet;

/// Rows in which the first form begins.
const DEEPEST: usize = 6;
/// More rows are no forms to fill in.
const MOST_ROWS: usize = 3_000;
/// Forms in one sheet at most.
const MOST_FORMS: usize = 300;
/// Rows of a form above its list.
const MOST_ABOVE: usize = 40;
/// Fewer rows are no form.
const FEWEST_ROWS: usize = 3;

/// Indexes of rows: the first, and the one behind the last.
pub(crate) type Rows = (usize, usize);

/// What the ranges of a sheet are.
pub(crate) enum Parts {
    /// Forms of one kind, each a record.
    Forms(Vec<Rows>),
    /// A form, and the list below it.
    FormAndList(Rows, Rows),
}

/// The parts of a sheet; `None` if it is one.
pub(crate) fn parts(source: Source<'_>, guide: &Guide<'_>) -> Option<Parts> {
    let grid = source.grid;
    if source.form != Form::Workbook || source.beside_list || grid.len() > MOST_ROWS {
        return None;
    }
    let forms = repeated(grid, guide)?;
    if forms.len() > 1 {
        let mut ledgers = BTreeSet::new();
        for &(from, to) in &forms {
            ledgers.insert(stands(source, (from, to), guide)?);
        }
        return (ledgers.len() == 1).then_some(Parts::Forms(forms));
    }
    let list = list_below(grid, guide)?;
    stands(source, (0, list), guide)?;
    // A training with the names of those who came is one record, and read as such.
    if sections::is_laid(source, guide) {
        return None;
    }
    Some(Parts::FormAndList((0, list), (list, grid.len())))
}

/// The ledger of the record that rows of a sheet hold upright.
fn stands(
    source: Source<'_>,
    (from, to): Rows,
    guide: &Guide<'_>,
) -> Option<zicha_model::schema::LedgerId> {
    let part = source.grid.lines(from, to);
    let part = Source {
        grid: &part,
        ..source
    };
    sections::standing_ledger(part, guide)
}

/// Where forms begin whose first label is the same; one range if it stands but once.
fn repeated(grid: &Grid, guide: &Guide<'_>) -> Option<Vec<Rows>> {
    let first = (0..grid.len().min(DEEPEST)).find(|&at| opens(grid.row(at), guide))?;
    let key = |row: Row<'_>| {
        let cell = row.cells().next()?;
        Some((cell.column, normalise::heading(cell.text)))
    };
    let opening = key(grid.row(first));
    let again = (first..grid.len()).filter(|&at| key(grid.row(at)) == opening);
    let mut starts: Vec<usize> = again.map(|at| with_title(grid, at)).collect();
    starts.dedup();
    if starts.len() > MOST_FORMS {
        return None;
    }
    starts[0] = 0;
    let ends = starts.iter().skip(1).copied().chain([grid.len()]);
    let forms: Vec<Rows> = starts.iter().copied().zip(ends).collect();
    let tall = forms.iter().all(|(from, to)| to - from >= FEWEST_ROWS);
    tall.then_some(forms)
}

/// True for a row that begins with a label and what it asks for: 编号, XD01.
fn opens(row: Row<'_>, guide: &Guide<'_>) -> bool {
    let mut cells = row.cells();
    let known = |text: &str| guide.index.knows(text);
    let label = cells.next().is_some_and(|cell| known(cell.text));
    label && cells.next().is_some_and(|cell| !known(cell.text))
}

/// The first of the rows of one cell right above: titles.
fn with_title(grid: &Grid, at: usize) -> usize {
    const TITLES: usize = 3;
    let mut start = at;
    while start > 0 && at - start < TITLES && grid.row(start - 1).cells().len() == 1 {
        start -= 1;
    }
    start
}

/// Where a list begins below a form: a row of headings beside each other, with rows of content below it.
fn list_below(grid: &Grid, guide: &Guide<'_>) -> Option<usize> {
    let last = grid.len().min(MOST_ABOVE);
    let heading = (2..last).find(|&at| at + 1 < grid.len() && heads(grid, at, guide))?;
    let start = with_title(grid, heading);
    (start >= 2).then_some(start)
}

/// True for a heading of three cells and more with a row below that fills most of them.
fn heads(grid: &Grid, at: usize, guide: &Guide<'_>) -> bool {
    const FEWEST_COLUMNS: usize = 3;
    let (row, below) = (grid.row(at), grid.row(at + 1));
    let count = row.cells().len();
    if count < FEWEST_COLUMNS {
        return false;
    }
    let mut texts = row.cells().map(|cell| normalise::heading(cell.text));
    let serial = texts
        .next()
        .is_some_and(|text| guide.index.is_neutral(&text));
    let known = row.cells().filter(|cell| guide.index.knows(cell.text));
    let filled = row.cells().filter(|c| below.cell(c.column).is_some());
    let filled = filled.count();
    let again = below.cells().filter(|cell| guide.index.knows(cell.text));
    (serial || known.count() == count) && filled * 2 >= count && again.count() * 2 < count
}
