//! What a rule says, before names are resolved and types are checked.

use super::ir::{Aggregate, Comparison};
use std::ops::Range;

/// A name and its place.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// As written, without the brackets of a title.
    pub(super) text: String,
    /// Where.
    pub(super) span: Range<usize>,
}

/// A clause.
#[derive(Clone, Debug)]
pub(super) struct Clause {
    /// Where.
    pub(super) span: Range<usize>,
    /// `if … then`.
    pub(super) condition: Option<Expr>,
    /// What it says.
    pub(super) body: Body,
}

/// What a clause says.
#[derive(Clone, Debug)]
pub(super) enum Body {
    /// A condition.
    Holds(Expr),
    /// `unique …`.
    Unique(Vec<Expr>),
    /// `for …: …`.
    Each(For, Box<Body>),
    /// `covered from … to … by (…, …) for …`.
    Covered(Box<Covered>),
    /// `suggest`.
    Suggest,
    /// `integrity`.
    Integrity(Range<usize>),
}

/// The parts of a `covered` clause.
#[derive(Clone, Debug)]
pub(super) struct Covered {
    /// First moment.
    pub(super) from: Expr,
    /// Last day.
    pub(super) to: Expr,
    /// Where an interval starts.
    pub(super) start: Expr,
    /// Where it ends.
    pub(super) end: Expr,
    /// The intervals' rows.
    pub(super) query: Query,
}

/// `for` with its variables and filter.
#[derive(Clone, Debug)]
pub(super) struct For {
    /// The variables.
    pub(super) bindings: Vec<Binding>,
    /// `where`.
    pub(super) filter: Option<Expr>,
}

/// A variable and its source.
#[derive(Clone, Debug)]
pub(super) struct Binding {
    /// The variable.
    pub(super) name: Name,
    /// What it runs over.
    pub(super) source: Source,
}

/// What a variable runs over.
#[derive(Clone, Debug)]
pub(super) enum Source {
    /// A ledger by name, or a list.
    Of(Expr),
    /// `quarters(year)`.
    Quarters(Expr),
    /// `months(year, n)`.
    Months(Expr, Expr),
    /// `consecutive a, b in ledger by field`.
    Consecutive { next: Name, ledger: Name, by: Name },
}

/// `v in ledger where …`.
#[derive(Clone, Debug)]
pub(super) struct Query {
    /// The variable.
    pub(super) name: Name,
    /// The ledger.
    pub(super) ledger: Name,
    /// The condition.
    pub(super) filter: Option<Box<Expr>>,
    /// Where.
    pub(super) span: Range<usize>,
}

/// An expression.
#[derive(Clone, Debug)]
pub(super) struct Expr {
    /// What it is.
    pub(super) kind: ExprKind,
    /// Where.
    pub(super) span: Range<usize>,
}

/// Operators between two operands other than comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Compare(Comparison),
    In,
    NotIn,
    Contains,
    Matches,
    Subset,
    Intersects,
    Add,
    Subtract,
    Implies,
}

/// The kinds of expressions.
#[derive(Clone, Debug)]
pub(super) enum ExprKind {
    Bool(bool),
    Integer(i64),
    Decimal(i64),
    Time(i32),
    Date(i32),
    Text(String),
    Name(String),
    Field(Name, Name),
    Parameter(String),
    ParameterAt(String, Box<Expr>),
    Not(Box<Expr>),
    And(Vec<Expr>),
    Or(Vec<Expr>),
    Binary(Operator, Box<Expr>, Box<Expr>),
    Choose(Box<Expr>, Box<Expr>, Box<Expr>),
    List(Vec<Expr>),
    Call(Name, Vec<Expr>),
    Exists(Query),
    Count(Query),
    Aggregate(Aggregate, Box<Expr>, Query),
    Latest(Box<Expr>, Box<Expr>, Query),
    Values(Box<Expr>, Query),
}
