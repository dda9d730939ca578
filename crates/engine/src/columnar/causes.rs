//! Which cells are to blame for what a predicate leaves unknown: by columns, as the predicate itself.

use crate::columnar::batch::Batch;
use crate::columnar::column::Column;
use crate::columnar::predicate::{ColumnExpr, HashJoin, Predicate};
use crate::kleene::{UNKNOWN, positions};
use crate::value::{ANY_ROW, State, Why};
use zicha_model::dataset::CellState;

/// Hears of a cause: why, of which records, and the rows of the cells to blame, one for each of the records.
pub(crate) type CauseSink<'s, 'a> = &'s mut dyn FnMut(Why<'a>, &[u32], Option<&[u32]>);

impl<'a> Predicate<'a> {
    /// Tells why the predicate is unknown for the records of a batch, all of which it leaves unknown. `of`
    /// says which record each position of the batch is.
    pub(crate) fn causes(&self, batch: &Batch<'_>, of: &[u32], sink: CauseSink<'_, 'a>) {
        if of.is_empty() {
            return;
        }
        match self {
            Self::Known(_) | Self::Opaque => {}
            Self::Unknown(why) => sink(*why, of, None),
            // Never unknown.
            Self::Future(_) => {}
            Self::Not(a) | Self::Surely(a) => a.causes(batch, of, sink),
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.causes_where_unknown(batch, of, sink);
                }
            }
            Self::Exists(join) => join.causes(batch, of, sink),
            Self::Each(condition) => {
                for (at, why) in condition.causes(batch) {
                    let cell = why.cell_row();
                    let cells = cell.as_ref().map(std::slice::from_ref);
                    sink(why.general(), &[of[at as usize]], cells);
                }
            }
            Self::CountIs(_, join, other) => {
                join.causes(batch, of, sink);
                cell_causes(&other.columns(), batch, of, false, sink);
            }
            Self::Pending(day, _) => {
                let days = day.numbers(batch);
                let due: Vec<_> = (0..batch.len as u32)
                    .filter(|&at| days.known[at as usize])
                    .map(|at| of[at as usize])
                    .collect();
                if !due.is_empty() {
                    sink(Why::NotDue(i32::MAX), &due, None);
                }
                cell_causes(&day.columns(), batch, of, false, sink);
            }
            Self::Filled(column, _)
            | Self::OneOf(column, ..)
            | Self::Between(column, ..)
            | Self::Table(column, _)
            | Self::InPeriod(column, _) => cell_causes(&[*column], batch, of, true, sink),
            Self::Moments(_, a, b) => cell_causes(&[*a, *b], batch, of, true, sink),
            Self::Compare(_, a, b) => {
                let mut columns = a.columns();
                columns.extend(b.columns());
                cell_causes(&columns, batch, of, true, sink);
            }
        }
    }

    /// The same for those records of the batch that it leaves unknown.
    pub(crate) fn causes_where_unknown(
        &self,
        batch: &Batch<'_>,
        of: &[u32],
        sink: CauseSink<'_, 'a>,
    ) {
        let unknown = positions(&self.truths(batch), UNKNOWN);
        if unknown.len() == batch.len {
            return self.causes(batch, of, sink);
        }
        let records: Vec<_> = unknown.iter().map(|&at| of[at as usize]).collect();
        self.causes(&batch.picked(&unknown), &records, sink);
    }
}

impl<'a> ColumnExpr<'a> {
    /// The columns that it reads.
    pub(crate) fn columns(&self) -> Vec<Column<'a>> {
        match self {
            Self::Constant(_) => Vec::new(),
            Self::Cell(column, _)
            | Self::Day(column)
            | Self::Named(column, _)
            | Self::Rank(column, _) => vec![*column],
            Self::Year(a) | Self::Shifted(a, _) => a.columns(),
            Self::Days(a, b) => [a.columns(), b.columns()].concat(),
            Self::Coalesce(_, column, b) => {
                let mut columns = b.columns();
                columns.push(*column);
                columns
            }
            Self::Count(join) => join.key_columns(),
        }
    }
}

impl<'a> HashJoin<'a> {
    /// The columns that its key is read from.
    pub(crate) fn key_columns(&self) -> Vec<Column<'a>> {
        let cells = self.keys.iter().chain(&self.needed);
        cells.flat_map(ColumnExpr::columns).collect()
    }

    /// Tells which cells of the key have no value.
    pub(crate) fn key_causes(&self, batch: &Batch<'_>, of: &[u32], sink: CauseSink<'_, 'a>) {
        cell_causes(&self.key_columns(), batch, of, false, sink);
    }

    /// Tells why it cannot be told which rows count for the records of a batch.
    fn causes(&self, batch: &Batch<'_>, of: &[u32], sink: CauseSink<'_, 'a>) {
        self.key_causes(batch, of, sink);
        if let Some(why) = self.incomplete {
            return sink(why, of, None);
        }
        self.pairs(batch, &mut |pairs| {
            let truths = self.filter(batch, pairs);
            let unknown = pairs.at(&positions(&truths, UNKNOWN));
            let records: Vec<_> = unknown.of.iter().map(|&at| of[at as usize]).collect();
            self.filter
                .causes(&batch.joined(self.slot, &unknown), &records, sink);
        });
    }
}

/// Tells which cells of some columns have no value. What remains is out of order or range, which is told if
/// the columns are all that there is to blame (`is_all`).
pub(crate) fn cell_causes<'a>(
    columns: &[Column<'a>],
    batch: &Batch<'_>,
    of: &[u32],
    is_all: bool,
    sink: CauseSink<'_, 'a>,
) {
    let mut told = vec![!is_all; batch.len];
    for column in columns {
        let (Some(states), Some(rows)) = (batch.states(*column), batch.rows(column.slot)) else {
            continue;
        };
        let without_value = [
            CellState::Empty,
            CellState::Unreadable,
            CellState::Future,
            CellState::NoColumn,
        ];
        for state in without_value {
            let (mut records, mut cells) = (Vec::new(), Vec::new());
            for (at, _) in states.iter().enumerate().filter(|(_, own)| **own == state) {
                told[at] = true;
                records.push(of[at]);
                cells.push(rows[at]);
            }
            if let (Some(state), false) = (State::of(state), records.is_empty()) {
                let why = Why::Cell(column.ledger, ANY_ROW, column.field, state).general();
                sink(why, &records, Some(&cells));
            }
        }
    }
    let rest: Vec<_> = (0..batch.len).filter(|&at| !told[at]).collect();
    if !rest.is_empty() {
        let records: Vec<_> = rest.into_iter().map(|at| of[at]).collect();
        sink(Why::Undefined, &records, None);
    }
}
