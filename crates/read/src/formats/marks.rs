//! What cells look like, where that changes what they mean: struck through, under a picture, shown
//! otherwise than stored.
//!
//! A row of which every cell is struck through is a cancelled record and goes; of other rows only
//! the struck cells do. A picture over an empty cell of a row counts as its content. All of it is
//! told once a sheet.

use crate::formats::grid::{CellKind, Grid, PICTURE};
use crate::formats::read_errors;
use std::collections::BTreeSet;
use zicha_model::dataset::column_letter;
use zicha_model::diag::Diagnostic;

/// How often something was noticed, and where first.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) count: u32,
    pub(crate) first: String,
}

impl Tally {
    /// Notes a cell; `row` counts from 1, `column` from 0.
    pub(crate) fn note(&mut self, row: u32, column: u32) {
        if self.count == 0 {
            self.first = format!("{}{row}", column_letter(column));
        }
        self.count += 1;
    }
}

/// The marks of one sheet.
#[derive(Default)]
pub(crate) struct Marks {
    /// Cells that are struck through as a whole: row and column.
    pub(crate) struck: Vec<(u32, u32)>,
    /// Cells of which a part was left out.
    pub(crate) parts: Tally,
    /// Cells under a picture.
    pub(crate) pictures: Vec<(u32, u32)>,
    /// Cells read as shown, and of the first one what is shown and what is stored.
    pub(crate) shown: Tally,
    pub(crate) example: Option<(String, String)>,
}

impl Marks {
    /// Applies the marks to the cells of a sheet in order; returns what is to be told.
    pub(crate) fn apply(mut self, grid: &mut Grid, named: bool) -> Vec<Diagnostic> {
        let name = named.then(|| grid.name.clone());
        let sheet = name.as_deref();
        let mut told = Vec::new();
        if !self.struck.is_empty() {
            let rows = self.strike(grid);
            if !rows.is_empty() {
                told.push(read_errors::struck_rows(sheet, &rows));
                grid.struck_rows = rows;
            }
        }
        if self.parts.count > 0 {
            let Tally { count, first } = &self.parts;
            told.push(read_errors::struck_cells(sheet, first, *count));
        }
        told.extend(self.place_pictures(grid, sheet));
        if let Some((shown, stored)) = &self.example {
            let Tally { count, first } = &self.shown;
            told.push(read_errors::shown_cells(
                sheet, first, *count, shown, stored,
            ));
        }
        told
    }

    /// Takes out what is struck through; returns the rows that are cancelled as a whole.
    fn strike(&mut self, grid: &mut Grid) -> Vec<u32> {
        let struck: BTreeSet<(u32, u32)> = self.struck.drain(..).collect();
        let rows: BTreeSet<u32> = struck.iter().map(|(row, _)| *row).collect();
        let is_struck = |row, column| struck.contains(&(row, column));
        let mut cancelled = BTreeSet::new();
        for row in grid.rows().filter(|row| rows.contains(&row.number())) {
            let number = row.number();
            let kept = row.cells().filter(|cell| !is_struck(number, cell.column));
            let kept: Vec<_> = kept.map(|cell| (cell.column, cell.text)).collect();
            let first = row.cells().next().map(|cell| cell.column);
            // The running number is often left as it is.
            let only_number = |(column, text): &(u32, &str)| {
                Some(*column) == first && text.trim().bytes().all(|b| b.is_ascii_digit())
            };
            match &kept[..] {
                [] => cancelled.insert(number),
                [one] if only_number(one) && row.cells().len() > 2 => cancelled.insert(number),
                _ => false,
            };
        }
        for &(row, column) in &struck {
            if !cancelled.contains(&row) {
                self.parts.note(row, column);
            }
        }
        let goes = |row, column| cancelled.contains(&row) || is_struck(row, column);
        grid.cells.retain(|row, column| !goes(row, column));
        cancelled.into_iter().collect()
    }

    /// Puts a text where a picture lies over an empty cell of a row with other content.
    fn place_pictures(&self, grid: &mut Grid, sheet: Option<&str>) -> Option<Diagnostic> {
        let mut placed = Tally::default();
        let mut pictures = self.pictures.clone();
        pictures.sort_unstable();
        pictures.dedup();
        let row_of = |grid: &Grid, number: u32| {
            let rows: Vec<_> = grid.rows().map(|row| row.number()).collect();
            rows.binary_search(&number).ok()
        };
        let fits = |&&(row, column): &&(u32, u32)| {
            let row = row_of(grid, row).map(|at| grid.row(at));
            row.is_some_and(|row| row.cells().len() > 1 && row.cell(column).is_none())
        };
        let free: Vec<(u32, u32)> = pictures.iter().filter(fits).copied().collect();
        for &(row, column) in &free {
            placed.note(row, column);
            grid.push(row, column, PICTURE, CellKind::Text);
        }
        if !free.is_empty() {
            grid.sort();
        }
        let first = pictures.first()?;
        let first = format!("{}{}", column_letter(first.1), first.0);
        Some(read_errors::pictures(
            sheet,
            &first,
            pictures.len(),
            (placed.count, &placed.first),
        ))
    }
}
