//! A condition over columns: what it is made of, and how it is put together from a condition of the
//! language.

use super::eval::Machine;
use super::probe::Probe;
use super::scalar::Scalar;
use super::truths::{ASK, NO, YES};
use super::value::Truth;
use zicha_model::{
    dataset::{self, Table},
    schema::{FieldId, FieldType},
};
use zicha_rule::ir::{Comparison, Expr, ExprKind, Slot};
use zicha_rule::walk::is_closed;

/// A row takes longer than its cells take to be copied.
const SLOW: u32 = 16;

/// A condition over columns.
#[derive(Debug)]
pub(super) enum Node<'a> {
    /// The same for every row.
    Known(u8),
    /// The cell has a value, or the opposite.
    Filled(Column<'a>, bool),
    /// The cell's word is one of these, which are in order, or the opposite.
    OneOf(Column<'a>, Vec<i32>, bool),
    /// The cell's word lies between, both ends included.
    Between(Column<'a>, i32, i32),
    /// Yes or no by the cell's word; beyond the table, ask.
    Table(Column<'a>, Vec<u8>),
    /// The record's date lies in the period, or it has none.
    InPeriod(Column<'a>, (i32, i32)),
    /// Two numbers compared.
    Compare(Comparison, Scalar<'a>, Scalar<'a>),
    /// Two moments compared: to the minute if both have a time of day, else by day.
    Moments(Comparison, Column<'a>, Column<'a>),
    All(Vec<Node<'a>>),
    Any(Vec<Node<'a>>),
    Not(Box<Node<'a>>),
    /// Some row of another ledger satisfies the condition.
    Exists(Box<Probe<'a>>),
}

/// A column as the variable in a slot shows it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column<'a> {
    pub(super) slot: Slot,
    pub(super) cells: &'a dataset::Column,
}

impl<'a> Machine<'a> {
    /// A condition as far as it can be decided by columns.
    pub(super) fn node(&mut self, expr: &'a Expr) -> Node<'a> {
        if is_closed(expr) {
            return Node::Known(match self.truth(expr) {
                Truth::False => NO,
                Truth::True => YES,
                Truth::Unknown(_) => ASK,
            });
        }
        match &expr.kind {
            ExprKind::Not(a) => Node::Not(self.node(a).into()),
            ExprKind::And(parts) => all(parts.iter().map(|part| self.node(part)).collect()),
            ExprKind::Or(parts) => any(parts.iter().map(|part| self.node(part)).collect()),
            ExprKind::Implies(a, b) => any(vec![Node::Not(self.node(a).into()), self.node(b)]),
            _ => self.leaf(expr).unwrap_or(Node::Known(ASK)),
        }
    }

    /// The column that an expression names, if it is a field of a variable.
    pub(super) fn column(&self, expr: &Expr) -> Option<(Column<'a>, FieldType)> {
        let ExprKind::Field(slot, ledger, field) = expr.kind else {
            return None;
        };
        let table = self.world.dataset.table(ledger)?;
        let ty = self.world.schemas().field(ledger, field).ty;
        Some((column(table, slot, field), ty))
    }
}

/// A column of a table.
pub(super) fn column(table: &Table, slot: Slot, field: FieldId) -> Column<'_> {
    Column {
        slot,
        cells: &table.columns[usize::from(field.0)],
    }
}

/// All parts, those first that cost least.
pub(super) fn all(parts: Vec<Node<'_>>) -> Node<'_> {
    let mut flat = Vec::new();
    for part in parts {
        match part {
            Node::All(inner) => flat.extend(inner),
            Node::Known(YES) => {}
            part => flat.push(part),
        }
    }
    flat.sort_by_key(Node::cost);
    match flat.len() {
        0 => Node::Known(YES),
        _ => Node::All(flat),
    }
}

/// One of the parts, those first that cost least.
fn any(mut parts: Vec<Node<'_>>) -> Node<'_> {
    parts.sort_by_key(Node::cost);
    Node::Any(parts)
}

impl Node<'_> {
    /// What it can come to at best: where something must be asked, never to yes.
    pub(super) fn best(&self) -> u8 {
        match self {
            Self::Known(truth) => *truth,
            Self::All(parts) => parts.iter().map(Self::best).min().unwrap_or(YES),
            Self::Any(parts) => parts.iter().map(Self::best).max().unwrap_or(NO),
            _ => YES,
        }
    }

    /// True if it is worth the while to pick out the records that it must be asked of.
    pub(super) fn is_slow(&self) -> bool {
        self.cost() > SLOW
    }

    /// Roughly how long a row takes.
    fn cost(&self) -> u32 {
        match self {
            Self::Known(_) => 0,
            Self::Filled(..) | Self::Between(..) | Self::Table(..) | Self::InPeriod(..) => 1,
            Self::OneOf(_, words, _) => 1 + words.len() as u32,
            Self::Moments(..) => 4,
            Self::Compare(_, a, b) => a.cost() + b.cost(),
            Self::All(parts) | Self::Any(parts) => parts.iter().map(Self::cost).sum(),
            Self::Not(a) => a.cost(),
            Self::Exists(_) => 100,
        }
    }
}
