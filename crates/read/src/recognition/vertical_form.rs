//! Sheets that hold one record upright: labels on the left, what they ask for to the right.
//!
//! What enters: a [`Grid`]. What leaves: an [`Upright`], the same record as one heading row with one
//! row below it, so that it is understood as any other table, and where its cells really stand.

use crate::formats::grid::{Cell, CellKind, Grid, Row};
use crate::recognition::sheet::{Guide, Place, Understood, Upright};
use std::collections::BTreeMap;
use zicha_model::dataset::{SheetUse, SkippedRows, column_letter};

/// More rows are no form to fill in.
const MOST_ROWS: usize = 80;
/// Fewer labels may stand one below the other by chance.
const FEWEST_LABELS: usize = 3;

/// One label with its value, if it has one.
struct Pair<'g> {
    row: u32,
    label: Cell<'g>,
    value: Option<Cell<'g>>,
}

/// Lays the record of a sheet down; none if labels do not stand one below the other.
pub fn lay_down(grid: &Grid, guide: &Guide<'_>) -> Option<Upright> {
    if grid.len() > MOST_ROWS {
        return None;
    }
    let columns = label_columns(grid, guide);
    let mut upright = Upright {
        grid: Grid {
            since_1904: grid.since_1904,
            ..Grid::new(&grid.name)
        },
        places: Vec::new(),
        left: Vec::new(),
    };
    let mut pairs: Vec<Pair<'_>> = Vec::new();
    let mut beside = 0;
    for row in grid.rows() {
        let (found, left) = pairs_of(row, &columns);
        let named = found.iter().any(|pair| is_label(&pair.label, guide));
        if pairs.is_empty() && !named {
            // Titles come along, because they name the ledger.
            for cell in row.cells() {
                upright
                    .grid
                    .push(row.number(), cell.column, cell.text, cell.kind);
            }
        } else if found.iter().all(|pair| pair.value.is_none()) && !named {
            upright
                .left
                .extend(row.cells().map(|cell| (row.number(), cell.column)));
        } else {
            pairs.extend(found);
            beside += left.len();
            upright.left.extend(left);
        }
    }
    let filled = |pair: &&Pair<'_>| pair.value.is_some() && is_label(&pair.label, guide);
    let filled = pairs.iter().filter(filled).count();
    // With more beside each label than what it asks for, the sheet holds several records or a list.
    if filled < FEWEST_LABELS || beside > filled {
        return None;
    }
    upright.fill(&pairs);
    Some(upright)
}

fn is_label(cell: &Cell<'_>, guide: &Guide<'_>) -> bool {
    cell.kind == CellKind::Text && guide.index.knows(cell.text)
}

/// Columns in which several labels stand one below the other. Beside one of them what it asks for
/// may be called as some label is, but not as often.
fn label_columns(grid: &Grid, guide: &Guide<'_>) -> Vec<u32> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for row in grid.rows() {
        for cell in row.cells().filter(|cell| is_label(cell, guide)) {
            *counts.entry(cell.column).or_default() += 1;
        }
    }
    let mut columns: Vec<(u32, usize)> = Vec::new();
    for (column, count) in counts.into_iter().filter(|&(_, count)| count >= 2) {
        match columns.last() {
            Some(&(left, more)) if left + 1 == column && count <= more => {}
            Some(&(left, _)) if left + 1 == column => {
                columns.pop();
                columns.push((column, count));
            }
            _ => columns.push((column, count)),
        }
    }
    columns.into_iter().map(|(column, _)| column).collect()
}

/// The labels of a row, each with the first cell before the next label, and the cells left over.
fn pairs_of<'g>(row: Row<'g>, columns: &[u32]) -> (Vec<Pair<'g>>, Vec<Place>) {
    let (mut pairs, mut left): (Vec<Pair<'_>>, Vec<Place>) = Default::default();
    for cell in row.cells() {
        match pairs.last_mut() {
            _ if columns.contains(&cell.column) => pairs.push(Pair {
                row: row.number(),
                label: cell,
                value: None,
            }),
            Some(pair) if pair.value.is_none() => pair.value = Some(cell),
            _ => left.push((row.number(), cell.column)),
        }
    }
    (pairs, left)
}

impl Upright {
    fn fill(&mut self, pairs: &[Pair<'_>]) {
        let heading = pairs[0].row;
        for (column, pair) in (0..).zip(pairs) {
            self.grid
                .push(heading, column, pair.label.text, CellKind::Text);
            let beside = pair.value.map_or(pair.label.column + 1, |cell| cell.column);
            let label = (pair.row, pair.label.column);
            self.places.push((label, (pair.row, beside)));
        }
        for (column, pair) in (0..).zip(pairs) {
            if let Some(cell) = pair.value {
                self.grid.push(heading + 1, column, cell.text, cell.kind);
            }
        }
    }

    /// Says of a table understood lying where everything stands in the sheet.
    pub fn stand_up(&self, understood: &mut Understood) {
        for usage in understood.sections.iter_mut().map(|s| &mut s.usage) {
            self.place_columns(usage);
            usage.heading_row = None;
            usage.why.push_str("；标签在左、内容在右，整表是一条记录");
        }
        for told in &mut understood.diagnostics {
            told.locus.cell = None;
        }
        if let Some(section) = understood.sections.first_mut() {
            self.tell_left(&mut section.usage);
        }
    }

    fn place_columns(&self, usage: &mut SheetUse) {
        for column in &mut usage.columns {
            column.column = self.value(column.column).1;
        }
        for column in &mut usage.unused_columns {
            if let Some(((_, label), _)) = self.places.get(column.column as usize) {
                column.column = *label;
            }
        }
    }

    fn tell_left(&self, usage: &mut SheetUse) {
        let Some((row, column)) = self.left.first() else {
            return;
        };
        let rows: BTreeMap<u32, ()> = self.left.iter().map(|&(row, _)| (row, ())).collect();
        usage.skipped.push(SkippedRows {
            rows: rows.into_keys().collect(),
            why: "标签和内容以外的文字".to_owned(),
        });
        usage.remarks.push(format!(
            "{}{row} 等 {} 格在标签和内容以外，没有使用",
            column_letter(*column),
            self.left.len()
        ));
    }

    /// The place of what is written beside a label.
    pub(crate) fn value(&self, column: u32) -> Place {
        let known = self.places.get(column as usize);
        known.map_or((1, column), |(_, value)| *value)
    }
}
