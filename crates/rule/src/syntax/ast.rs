//! What a rule says, before names are resolved and types are checked.

use crate::ir::{Aggregate, Comparison};
use std::ops::Range;

/// A name and its place.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    /// As written, without the brackets of a title.
    pub(crate) text: String,
    /// Where.
    pub(crate) span: Range<usize>,
}

/// A clause.
#[derive(Clone, Debug)]
pub(crate) struct Clause {
    /// Where.
    pub(crate) span: Range<usize>,
    /// `if … then`.
    pub(crate) condition: Option<Expr>,
    /// What it says.
    pub(crate) body: Body,
}

/// What a clause says.
#[derive(Clone, Debug)]
pub(crate) enum Body {
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
pub(crate) struct Covered {
    /// First moment.
    pub(crate) from: Expr,
    /// Last day.
    pub(crate) to: Expr,
    /// Where an interval starts.
    pub(crate) start: Expr,
    /// Where it ends.
    pub(crate) end: Expr,
    /// The intervals' rows.
    pub(crate) query: Query,
}

/// `for` with its variables and filter.
#[derive(Clone, Debug)]
pub(crate) struct For {
    /// The variables.
    pub(crate) bindings: Vec<Binding>,
    /// `where`.
    pub(crate) filter: Option<Expr>,
}

/// A variable and its source.
#[derive(Clone, Debug)]
pub(crate) struct Binding {
    /// The variable.
    pub(crate) name: Name,
    /// What it runs over.
    pub(crate) source: Source,
}

/// What a variable runs over.
#[derive(Clone, Debug)]
pub(crate) enum Source {
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
pub(crate) struct Query {
    /// The variable.
    pub(crate) name: Name,
    /// The ledger.
    pub(crate) ledger: Name,
    /// The condition.
    pub(crate) filter: Option<Box<Expr>>,
    /// Where.
    pub(crate) span: Range<usize>,
}

/// An expression.
#[derive(Clone, Debug)]
pub(crate) struct Expr {
    /// What it is.
    pub(crate) kind: ExprKind,
    /// Where.
    pub(crate) span: Range<usize>,
}

/// Operators between two operands other than comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
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
pub(crate) enum ExprKind {
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
