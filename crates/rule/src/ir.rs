//! The typed form of a rule, ready to evaluate. Produced by `pack`, consumed by
//! `zicha_engine`.
//!
//! Every variable has a [`Slot`]; every expression has a type and the byte range of the rule text
//! it stands for, so that findings can quote the condition that decided.

mod function;
pub mod left_out;
pub mod walk;

pub use crate::ir::function::Function;

use std::{collections::BTreeSet, ops::Range};
use zicha_model::schema::{EnumId, FieldId, FieldType, LedgerId};

/// A rule: clauses that are judged independently; each must hold.
#[derive(Clone, Debug, Default)]
pub struct Rule {
    /// The clauses in the order written.
    pub clauses: Vec<Clause>,
}

impl Clause {
    /// The ledger whose records it judges, and the variable that stands for the record.
    pub fn judged(&self) -> Option<(LedgerId, Slot)> {
        let Subjects::Each(bindings) = &self.subject else {
            return None;
        };
        let first = bindings.first()?;
        match first.source {
            Source::Ledger(ledger) | Source::Consecutive { ledger, .. } => {
                Some((ledger, first.slot))
            }
            _ => None,
        }
    }
}

/// One clause: who is judged, and what must hold.
#[derive(Clone, Debug)]
pub struct Clause {
    /// Byte range in the rule text.
    pub span: Range<usize>,
    /// `if … then`: the clause applies only if this (unit-level) condition holds.
    pub condition: Option<Expr>,
    /// Whom it judges.
    pub subject: Subjects,
    /// What packs of the unit demand of a subject besides: a record of which one of these is false
    /// is not judged.
    pub narrowed: Vec<Expr>,
    /// What must hold.
    pub body: Body,
    /// Number of variable slots in the clause.
    pub slots: usize,
    /// Every ledger and field it reads: all are needed to decide it.
    pub needs: BTreeSet<(LedgerId, FieldId)>,
    /// Every ledger it reads, also where only the existence of rows counts.
    pub ledgers: BTreeSet<LedgerId>,
}

/// Whom a clause judges.
#[derive(Clone, Debug)]
pub enum Subjects {
    /// The unit as a whole (no `for`).
    Unit,
    /// `for v in source, w in source where …`: the first binding is the subject; all combinations
    /// that satisfy the filters are judged, several for one subject make one finding.
    Each(Vec<Binding>),
}

/// A variable of `for` and where it comes from.
#[derive(Clone, Debug)]
pub struct Binding {
    /// The variable.
    pub slot: Slot,
    /// Name as written.
    pub name: String,
    /// What it runs over.
    pub source: Source,
    /// Equalities `v.field == (expression over earlier variables)`, usable as a hash look-up.
    pub keys: Vec<Key>,
    /// The rest of the filter that becomes decidable with this variable.
    pub filter: Option<Expr>,
}

/// What a variable runs over.
#[derive(Clone, Debug)]
pub enum Source {
    /// The rows of a ledger.
    Ledger(LedgerId),
    /// The items of a list: a list field, a parameter, a set.
    Items(Box<Expr>),
    /// The calendar quarters of a year: `quarters(check_year)`. The variable has `.start`, `.end`.
    Quarters(Box<Expr>),
    /// The months of a year, `n` at a time: `months(check_year, n)`.
    Months(Box<Expr>, Box<Expr>),
    /// Pairs of rows neighbouring by a date: `for consecutive a, b in L by date where …`; this slot
    /// is the earlier, `next` the later row.
    Consecutive {
        /// The ledger.
        ledger: LedgerId,
        /// The date that orders its rows.
        by: FieldId,
        /// The later row's variable.
        next: Slot,
    },
}

/// A hash look-up over the rows of a ledger.
#[derive(Clone, Debug)]
pub enum Key {
    /// `v.field == outer`.
    Equals(FieldId, Expr),
    /// `v.list contains outer`.
    Contains(FieldId, Expr),
}

/// What must hold for the subjects.
#[derive(Clone, Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "one body a clause; a box would only add a step for every reader"
)]
pub enum Body {
    /// A condition.
    Holds(Expr),
    /// No two subjects agree in all these: `unique v.a, v.b`. Rows with an absent part are left out.
    Unique(Vec<Expr>),
    /// A condition for every inner combination: `for …: for …: …`.
    Each(Vec<Binding>, Box<Body>),
    /// Every moment between two days is covered by the intervals of the query's rows:
    /// `covered from A to B by (r.start_at, r.end_at) for r in L where …`. Each gap is a subject.
    Covered {
        /// First day.
        from: Expr,
        /// Last day, covered whole.
        to: Expr,
        /// Where a row's interval starts.
        start: Expr,
        /// Where it ends.
        end: Expr,
        /// The rows.
        query: Query,
    },
    /// `suggest`: every subject is a case for a proposal (reward or penalty); nothing fails.
    Suggest,
    /// `integrity`: over every provided ledger, keys are unique, required cells filled in and
    /// references resolve (ORG-022). Cells that another control of the run requires are left to it.
    Integrity,
}

/// Index of a variable within its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot(pub u16);

/// A typed expression.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Its type.
    pub ty: Ty,
    /// Byte range in the rule text.
    pub span: Range<usize>,
}

/// Types of expressions. Text, persons and departments compare with each other (text is resolved
/// like a person); a date compares with a moment by day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ty {
    /// Truth.
    Bool,
    /// A whole number.
    Integer,
    /// A decimal.
    Decimal,
    /// A day.
    Date,
    /// A moment.
    DateTime,
    /// A time of day, in minutes.
    Time,
    /// Text.
    Text,
    /// A value of an enumeration.
    Enum(EnumId),
    /// A rank number of an enumeration's value.
    Rank(EnumId),
    /// A person.
    Person,
    /// A department.
    Department,
    /// A list of such.
    List(Box<Ty>),
    /// A calendar window with `.start` and `.end`.
    Window,
}

impl From<FieldType> for Ty {
    /// What the values of a column are in a rule.
    fn from(ty: FieldType) -> Self {
        match ty {
            FieldType::Text => Self::Text,
            FieldType::Integer => Self::Integer,
            FieldType::Decimal => Self::Decimal,
            FieldType::Bool => Self::Bool,
            FieldType::Date => Self::Date,
            FieldType::DateTime => Self::DateTime,
            FieldType::Enum(id) => Self::Enum(id),
            FieldType::EnumList(id) => Self::List(Box::new(Self::Enum(id))),
            FieldType::Person => Self::Person,
            FieldType::PersonList => Self::List(Box::new(Self::Person)),
            FieldType::Department => Self::Department,
        }
    }
}

/// The kinds of expressions.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// A literal.
    Literal(Literal),
    /// `$name`.
    Parameter(String),
    /// `$name[key]`.
    ParameterAt(String, Box<Expr>),
    /// A run input.
    Input(Input),
    /// `v.field`.
    Field(Slot, LedgerId, FieldId),
    /// `unit_profile.field`: the field of a ledger with one record.
    Single(LedgerId, FieldId),
    /// A variable over list items.
    Item(Slot),
    /// `w.start` of a window variable.
    WindowStart(Slot),
    /// `w.end` of a window variable.
    WindowEnd(Slot),
    /// `not a`.
    Not(Box<Expr>),
    /// `a and b and …`.
    And(Vec<Expr>),
    /// `a or b or …`.
    Or(Vec<Expr>),
    /// `a => b`.
    Implies(Box<Expr>, Box<Expr>),
    /// `a op b`.
    Compare(Comparison, Box<Expr>, Box<Expr>),
    /// `x in list`.
    In(Box<Expr>, Box<Expr>),
    /// `list contains x` (whole items).
    Contains(Box<Expr>, Box<Expr>),
    /// `text matches text`: contains as a part, both normalised. With a list on the right: any of
    /// its items.
    Matches(Box<Expr>, Box<Expr>),
    /// `list subset list`.
    Subset(Box<Expr>, Box<Expr>),
    /// `list intersects list`.
    Intersects(Box<Expr>, Box<Expr>),
    /// `a + b` (numbers, or date + days).
    Add(Box<Expr>, Box<Expr>),
    /// `a - b` (numbers, or date - days).
    Subtract(Box<Expr>, Box<Expr>),
    /// `c ? a : b`.
    Choose(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `{a, b, …}`.
    List(Vec<Expr>),
    /// A function of the language.
    Call(Function, Vec<Expr>),
    /// `exists v in L where …`.
    Exists(Box<Query>),
    /// `count(v in L where …)`.
    Count(Box<Query>),
    /// `sum(x for v in L where …)`, `min`, `max`: absent values are left out; none left is absent.
    Aggregate(Aggregate, Box<Expr>, Box<Query>),
    /// `latest(x by d for v in L where …)`: `x` of the row with the greatest `d`.
    Latest(Box<Expr>, Box<Expr>, Box<Query>),
    /// `(x for v in L where …)`: the list of values.
    Values(Box<Expr>, Box<Query>),
}

/// Rows of a ledger that satisfy a condition.
#[derive(Clone, Debug)]
pub struct Query {
    /// The variable.
    pub slot: Slot,
    /// Name as written.
    pub name: String,
    /// The ledger.
    pub ledger: LedgerId,
    /// Equalities usable as a hash look-up.
    pub keys: Vec<Key>,
    /// The rest of the condition.
    pub filter: Option<Expr>,
    /// Byte range in the rule text.
    pub span: Range<usize>,
}

/// A literal.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// `true`, `是`.
    Bool(bool),
    /// `31`.
    Integer(i64),
    /// `2.5`, thousandths.
    Decimal(i64),
    /// `17:30`, minutes.
    Time(i32),
    /// `2026-01-01`, days.
    Date(i32),
    /// Text.
    Text(String),
    /// A value of an enumeration, by index.
    Enum(EnumId, i32),
}

/// What the run gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// The day the check stands on.
    AsOf,
    /// The year checked.
    CheckYear,
    /// The festival (enumeration `festival`; `none` without one).
    Festival,
    /// First day off; cannot tell without a festival.
    FestivalStart,
    /// Last day off.
    FestivalEnd,
}

/// Comparison operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the six usual ones")]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
}

/// Aggregates over a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the three usual ones")]
pub enum Aggregate {
    Sum,
    Min,
    Max,
}
