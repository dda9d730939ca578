//! The cell of a column that counts in a row: its own, that of a merged region, or the one above
//! for 同上.

use super::{
    block::{Cell, Known},
    grid::{self, CellKind},
    normalise,
    section::{Section, Source},
};
use crate::model::schema::FieldId;
use std::collections::HashMap;

/// The cell of a column that the rows below may refer to.
#[derive(Clone, Copy)]
pub(super) struct Held<'g> {
    pub(super) cell: grid::Cell<'g>,
    pub(super) row: u32,
}

/// Working state of one column.
pub(super) struct Cursor<'g> {
    pub(super) column: u32,
    pub(super) field: FieldId,
    /// Distinct texts read so far.
    pub(super) known: HashMap<(&'g str, CellKind), Known>,
    /// The cells read so far.
    pub(super) cells: Vec<Cell>,
    /// Last record's cell, for 同上.
    above: Option<Held<'g>>,
    /// Merged regions of this column that reach down, sorted.
    merged: Vec<(u32, u32)>,
    /// Top cell of the merged region that the rows are in.
    top: Option<Held<'g>>,
}

/// A cursor for each column of a section.
pub(super) fn cursors<'g>(source: Source<'g>, section: &Section) -> Vec<Cursor<'g>> {
    let columns = section.columns.iter();
    columns
        .map(|&(column, field, _)| {
            let down = source
                .grid
                .merged
                .iter()
                .filter(|m| m.1 == column && m.2 > m.0);
            let mut merged: Vec<(u32, u32)> = down.map(|m| (m.0, m.2)).collect();
            merged.sort_unstable();
            merged.reverse();
            Cursor {
                column,
                field,
                known: HashMap::new(),
                cells: Vec::with_capacity(section.records.len()),
                above: None,
                merged,
                top: None,
            }
        })
        .collect()
}

impl<'g> Cursor<'g> {
    /// The cell that counts in this row, and whether it stands in another one.
    pub(super) fn resolve(
        &mut self,
        own: Option<grid::Cell<'g>>,
        row: u32,
    ) -> (Option<Held<'g>>, bool) {
        while self.merged.last().is_some_and(|&(_, last)| last < row) {
            self.merged.pop();
            self.top = None;
        }
        let region = self
            .merged
            .last()
            .filter(|&&(first, _)| first <= row)
            .copied();
        let own = own.map(|cell| Held { cell, row });
        let (held, carried) = match (own, region) {
            (Some(own), _) if is_ditto(own.cell.text) && self.above.is_some() => (self.above, true),
            (Some(own), _) => (Some(own), false),
            (None, Some((first, _))) if first < row => (self.top, self.top.is_some()),
            (None, _) => (None, false),
        };
        if region.is_some_and(|(first, _)| first == row) {
            self.top = held;
        }
        self.above = held;
        (held, carried)
    }
}

/// 同上 and the marks that stand for it.
pub(super) fn is_ditto(text: &str) -> bool {
    text.len() <= 24
        && matches!(
            normalise::squeezed(text).as_str(),
            "同上"
                | "同上行"
                | "〃"
                | "″"
                | "\""
                | "''"
                | "’’"
                | "”"
                | "“"
                | "“”"
                | "々"
                | "上同"
        )
}
