//! Decides most records at once, a column at a time; the few that are left are judged one by one.
//!
//! What enters: the conditions of a clause, put together once into a [`Node`]. What leaves: for every row
//! *no*, *yes* or *ask*. *No* and *yes* are what [`super::eval`] would say; *ask* means that it must be
//! asked, because the condition cannot be told of the row, or is of a kind that is not decided here. So the
//! evaluator remains the one judge, and nothing here knows of evidence or reasons. The three values are
//! ordered, hence `and` is the least, `or` the greatest, `not` the mirror image.

use super::batch::{Batch, CHUNK, positions};
use super::binding;
use super::compare::holds;
use super::decided::Rows;
use super::eval::Machine;
use super::probe::Probe;
use super::query::Wanted;
use super::tally::Tally;
use super::value::{Items, Sort, Text, Truth, Value, common, sort_of, sort_of_field};
use super::world::{Shelf, World};
use crate::model::{
    dataset::{self, Sym, Table},
    plan::Period,
    schema::{FieldId, FieldType},
    time::Day,
};
use crate::rule::ir::{Binding, Body, Comparison, Expr, ExprKind, Function, Slot, Source, Ty};
use crate::rule::walk::{is_closed, query_of};

/// The condition does not hold.
pub(super) const NO: u8 = 0;
/// The evaluator must be asked.
pub(super) const ASK: u8 = 1;
/// The condition holds.
pub(super) const YES: u8 = 2;

/// A condition over columns.
#[derive(Debug)]
pub(super) enum Node<'a> {
    /// The same for every row.
    Known(u8),
    /// The cell has a value, or the opposite.
    Filled(Column<'a>, bool),
    /// The cell's word is one of these, or the opposite.
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

/// A number for every row; values of all types have one, equal values the same.
#[derive(Debug)]
pub(super) enum Scalar<'a> {
    Constant(i64),
    /// A cell's word, times a factor.
    Cell(Column<'a>, i64),
    /// The day of a moment.
    Day(Column<'a>),
    /// Whom or what the cell's text names.
    Named(Column<'a>, &'a [u32]),
    /// The rank of an enumeration's value, by its index; [`NO_RANK`] where it has none.
    Rank(Column<'a>, Vec<i64>),
    /// The year of a day, in thousandths.
    Year(Box<Scalar<'a>>),
    /// Days from the first to the second, in thousandths.
    Days(Box<Scalar<'a>>, Box<Scalar<'a>>),
    /// So many days later.
    Shifted(Box<Scalar<'a>>, i64),
    /// How many rows of another ledger satisfy a condition, in thousandths.
    Count(Box<Probe<'a>>),
}

/// Stands for the rank of a value without one.
pub(super) const NO_RANK: i64 = i64::MIN;

/// A column as the variable in a slot shows it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column<'a> {
    pub(super) slot: Slot,
    pub(super) cells: &'a dataset::Column,
}

/// What is decided of the subjects of a clause.
#[derive(Debug)]
pub(super) struct Sieve<'a> {
    /// Who is a subject.
    pub(super) subject: Node<'a>,
    /// The records joined to it.
    pub(super) joins: Vec<Probe<'a>>,
    /// What must hold.
    pub(super) body: Node<'a>,
}

impl<'a> Machine<'a> {
    /// The sieve of `for first, rest …: body`.
    pub(super) fn sieve(
        &mut self,
        first: &'a Binding,
        rest: &'a [Binding],
        body: &'a Body,
        period: Option<Period>,
    ) -> Sieve<'a> {
        let filter = first.filter.as_ref();
        let filter = filter.map_or(Node::Known(YES), |filter| self.node(filter));
        let subject = all(vec![self.period_node(first, period), filter]);
        let ask = |subject| Sieve {
            subject,
            joins: Vec::new(),
            body: Node::Known(ASK),
        };
        let (inner, body) = match body {
            Body::Each(inner, body) => (&inner[..], &**body),
            body => (&[][..], body),
        };
        let Body::Holds(condition) = body else {
            return ask(subject);
        };
        let joins = rest.iter().chain(inner).map(|join| self.join(join));
        let Some(joins) = joins.collect() else {
            return ask(subject);
        };
        Sieve {
            subject,
            joins,
            body: self.node(condition),
        }
    }

    /// Judges the records of a ledger that can be judged by columns. Returns the rows that are left; none
    /// where this is no way to judge.
    pub(super) fn sift(
        &mut self,
        first: &'a Binding,
        rest: &'a [Binding],
        body: &'a Body,
        period: Option<Period>,
        tally: &mut Tally,
    ) -> Option<Vec<u32>> {
        let Source::Ledger(ledger) = first.source else {
            return None;
        };
        let Shelf::Table(table) = self.world.shelf(ledger) else {
            return None;
        };
        if self.world.one_by_one {
            return None;
        }
        let sieve = self.sieve(first, rest, body, period);
        let rows = table.len();
        self.work(rows);
        let chunks = super::in_parallel(rows.div_ceil(CHUNK), |chunk| {
            let start = chunk * CHUNK;
            let verdicts = sieve.judge(first.slot, start..rows.min(start + CHUNK));
            let asked = positions(&verdicts, ASK).into_iter();
            let asked: Vec<_> = asked.map(|at| start as u32 + at).collect();
            (bits(&verdicts), asked)
        });
        let (passed, asked): (Vec<_>, Vec<_>) = chunks.into_iter().unzip();
        tally.pass_all(ledger, Rows::from_bits(passed.concat()));
        Some(asked.concat())
    }

    /// For every record whether the filter means it, and whether it lies in the period.
    pub(super) fn sift_subjects(
        &mut self,
        first: &'a Binding,
        period: Option<Period>,
        rows: usize,
    ) -> Vec<(u8, u8)> {
        let filter = first.filter.as_ref();
        let filter = filter.map_or(Node::Known(YES), |filter| self.node(filter));
        let period = self.period_node(first, period);
        self.work(rows);
        let chunks = super::in_parallel(rows.div_ceil(CHUNK), |chunk| {
            let start = chunk * CHUNK;
            let batch = Batch::of_rows(first.slot, start..rows.min(start + CHUNK));
            let pairs = filter.truths(&batch).into_iter().zip(period.truths(&batch));
            pairs.collect::<Vec<_>>()
        });
        chunks.concat()
    }

    fn join(&mut self, join: &'a Binding) -> Option<Probe<'a>> {
        match join.source {
            Source::Ledger(ledger) => self.probe(binding::wanted(join, ledger)),
            _ => None,
        }
    }

    fn period_node(&mut self, first: &Binding, period: Option<Period>) -> Node<'a> {
        let world = self.world;
        let Source::Ledger(ledger) = first.source else {
            return Node::Known(ASK);
        };
        let event = world.schemas().ledger(ledger).event_date;
        let (Some(period), Some(event), Some(table)) = (period, event, world.dataset.table(ledger))
        else {
            return Node::Known(YES);
        };
        let (from, to) = (period.from.0, period.to.0);
        let ends = match world.schemas().field(ledger, event).ty {
            FieldType::Date => (from, to),
            FieldType::DateTime => (first_word(from), last_word(to)),
            _ => return Node::Known(YES),
        };
        let inside = Node::InPeriod(column(table, first.slot, event), ends);
        match world.catalogue.open_when.get(&ledger) {
            None => inside,
            // The condition speaks of slot 0; another one is left to the evaluator.
            Some(open) if first.slot == Slot(0) => Node::Any(vec![inside, self.node(open)]),
            Some(_) => Node::Any(vec![inside, Node::Known(ASK)]),
        }
    }

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
            ExprKind::Or(parts) => Node::Any(parts.iter().map(|part| self.node(part)).collect()),
            ExprKind::Implies(a, b) => {
                Node::Any(vec![Node::Not(self.node(a).into()), self.node(b)])
            }
            _ => self.leaf(expr).unwrap_or(Node::Known(ASK)),
        }
    }

    fn leaf(&mut self, expr: &'a Expr) -> Option<Node<'a>> {
        match &expr.kind {
            ExprKind::Field(..) if expr.ty == Ty::Bool => {
                Some(Node::OneOf(self.column(expr)?.0, vec![1], false))
            }
            ExprKind::Call(Function::Present, x) => self.filled(x, false),
            ExprKind::Call(Function::Absent, x) => self.filled(x, true),
            ExprKind::Compare(comparison, a, b) => self.comparison_node(*comparison, a, b),
            ExprKind::In(x, list) if query_of(list).is_some() => self.among(x, list),
            ExprKind::In(x, list) | ExprKind::Contains(list, x) if is_closed(list) => {
                self.one_of(x, list)
            }
            ExprKind::Exists(query) => self.exists_node(Wanted::of(query)),
            _ => None,
        }
    }

    fn filled(&self, arguments: &[Expr], negated: bool) -> Option<Node<'a>> {
        let (column, ty) = self.column(arguments.first()?)?;
        let is_list = matches!(ty, FieldType::EnumList(_) | FieldType::PersonList);
        (!is_list).then_some(Node::Filled(column, negated))
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

    fn comparison_node(&mut self, how: Comparison, a: &'a Expr, b: &'a Expr) -> Option<Node<'a>> {
        if !is_closed(a) && is_closed(b) {
            let value = self.value(b);
            let node = self.against(how, a, &value, &b.ty);
            if let Some(node) = node.or_else(|| self.in_years(how, a, b)) {
                return Some(node);
            }
        } else if is_closed(a) {
            return self.comparison_node(super::words::mirrored(how), b, a);
        }
        if let (Some((x, FieldType::DateTime)), Some((y, FieldType::DateTime))) =
            (self.column(a), self.column(b))
        {
            return Some(Node::Moments(how, x, y));
        }
        let equality = matches!(how, Comparison::Equal | Comparison::NotEqual);
        match a.ty {
            Ty::List(_) => return None,
            Ty::Text | Ty::Person | Ty::Department if !equality => return None,
            Ty::Enum(_) if !equality => {
                let (x, y) = (self.ranked(a)?, self.ranked(b)?);
                return Some(Node::Compare(how, x, y));
            }
            _ => {}
        }
        let sort = common(sort_of(&a.ty), sort_of(&b.ty));
        let (x, y) = (self.scalar(a, sort)?, self.scalar(b, sort)?);
        Some(Node::Compare(how, x, y))
    }

    /// The rank of a field's value for each row.
    fn ranked(&self, expr: &Expr) -> Option<Scalar<'a>> {
        let (column, _) = self.column(expr)?;
        let Ty::Enum(e) = expr.ty else { return None };
        let values = self.world.schemas().enumeration(e).values.iter();
        let ranks = values.map(|value| value.rank.map_or(NO_RANK, i64::from));
        Some(Scalar::Rank(column, ranks.collect()))
    }

    /// `year(v.field)` compared with a year that is the same for all rows: days from its first to its
    /// last.
    fn in_years(&mut self, how: Comparison, a: &Expr, b: &'a Expr) -> Option<Node<'a>> {
        let ExprKind::Call(Function::Year, day) = &a.kind else {
            return None;
        };
        let (column, ty) = self.column(day.first()?)?;
        let Value::Number(year) = self.value(b) else {
            return None;
        };
        let year = i32::try_from(year / 1000)
            .ok()
            .filter(|_| year % 1000 == 0)?;
        let (first, last) = (Day::of(year, 1, 1)?.0, Day::of(year, 12, 31)?.0);
        let (first, last) = match ty {
            FieldType::Date => (first, last),
            FieldType::DateTime => (first_word(first), last_word(last)),
            _ => return None,
        };
        Some(match how {
            Comparison::Equal => Node::Between(column, first, last),
            Comparison::NotEqual => Node::Not(Node::Between(column, first, last).into()),
            Comparison::Less => Node::Between(column, i32::MIN, first - 1),
            Comparison::LessEqual => Node::Between(column, i32::MIN, last),
            Comparison::Greater => Node::Between(column, last + 1, i32::MAX),
            Comparison::GreaterEqual => Node::Between(column, first, i32::MAX),
        })
    }

    /// A field compared with what is the same for all rows.
    fn against(
        &self,
        how: Comparison,
        field: &Expr,
        value: &Value<'a>,
        ty: &Ty,
    ) -> Option<Node<'a>> {
        let (column, own) = self.column(field)?;
        match (how, own, value) {
            (_, _, Value::Absent(_) | Value::Unknown(_) | Value::List(_)) => None,
            (Comparison::Equal | Comparison::NotEqual, _, Value::Text(text)) => {
                let sort = common(sort_of_field(own), sort_of(ty));
                let words = words_of(self.world, text, sort);
                Some(Node::OneOf(column, words, how == Comparison::NotEqual))
            }
            (Comparison::Equal | Comparison::NotEqual, FieldType::Enum(_), Value::Enum(n)) => {
                Some(Node::OneOf(column, vec![*n], how == Comparison::NotEqual))
            }
            (_, FieldType::Enum(_), Value::Enum(n)) => {
                self.ranks(column, &field.ty, |machine, index| {
                    let (x, y) = (Value::Enum(index), Value::Enum(*n));
                    machine
                        .order(&x, &y, &field.ty)
                        .map(|order| holds(how, order))
                })
            }
            (_, FieldType::Integer, Value::Number(n)) => interval(how, column, *n, 1000),
            (_, FieldType::Decimal, Value::Number(n)) => interval(how, column, *n, 1),
            (_, FieldType::Date, Value::Date(day)) => interval(how, column, (*day).into(), 1),
            (_, FieldType::Bool, Value::Bool(b)) => interval(how, column, (*b).into(), 1),
            _ => None,
        }
    }

    /// Yes or no for each value of an enumeration.
    fn ranks(
        &self,
        column: Column<'a>,
        ty: &Ty,
        test: impl Fn(&Self, i32) -> Option<bool>,
    ) -> Option<Node<'a>> {
        let Ty::Enum(e) = ty else { return None };
        let values = self.world.schemas().enumeration(*e).values.len() as i32;
        let table = (0..values).map(|index| match test(self, index) {
            Some(true) => YES,
            Some(false) => NO,
            None => ASK,
        });
        Some(Node::Table(column, table.collect()))
    }

    /// `v.field in {…}`, the list the same for all rows.
    fn one_of(&mut self, x: &'a Expr, list: &'a Expr) -> Option<Node<'a>> {
        let (column, own) = self.column(x)?;
        let Value::List(Items::Values(values)) = self.value(list) else {
            return None;
        };
        let sort = common(sort_of_field(own), sort_of(&list.ty));
        let mut words = Vec::new();
        for value in values.iter() {
            match (value, own) {
                (
                    Value::Text(text),
                    FieldType::Text | FieldType::Person | FieldType::Department,
                ) => {
                    // A name in a list that several bear: the evaluator knows.
                    if matches!(text, Text::Known(name) if sort == Sort::Person && self.world.is_ambiguous(*name))
                    {
                        return None;
                    }
                    words.extend(words_of(self.world, text, sort));
                }
                (Value::Enum(n), FieldType::Enum(_)) => words.push(*n),
                _ => return None,
            }
        }
        Some(Node::OneOf(column, words, false))
    }

    /// `x in (v.field for v in …)`.
    fn among(&mut self, x: &'a Expr, list: &'a Expr) -> Option<Node<'a>> {
        let ExprKind::Values(value, query) = &list.kind else {
            return None;
        };
        match value.kind {
            ExprKind::Field(slot, _, field) if slot == query.slot => {
                let wanted = Wanted {
                    extra: Some((field, x)),
                    ..Wanted::of(query)
                };
                self.exists_node(wanted)
            }
            _ => None,
        }
    }

    fn exists_node(&mut self, wanted: Wanted<'a>) -> Option<Node<'a>> {
        if matches!(self.world.shelf(wanted.ledger), Shelf::Bare) {
            return Some(Node::Known(NO));
        }
        Some(Node::Exists(self.probe(wanted)?.into()))
    }

    /// A value as a number for each row; text as whom or what it names in a sort.
    pub(super) fn scalar(&mut self, expr: &'a Expr, sort: Sort) -> Option<Scalar<'a>> {
        if is_closed(expr) {
            return match self.value(expr) {
                Value::Moment(_) => None,
                value => self.world.coarse(&value, sort).map(Scalar::Constant),
            };
        }
        if let Some((column, ty)) = self.column(expr) {
            return self.cell_scalar(column, ty, sort);
        }
        match &expr.kind {
            ExprKind::Call(Function::Year, x) => Some(Scalar::Year(self.day(x.first()?)?.into())),
            ExprKind::Call(Function::Date, x) => self.day(x.first()?),
            ExprKind::Call(Function::DaysBetween, x) => {
                let [from, to] = &x[..] else { return None };
                Some(Scalar::Days(self.day(from)?.into(), self.day(to)?.into()))
            }
            ExprKind::Call(Function::AddDays, x) => match &x[..] {
                [day, n] => self.shifted(day, n, 1),
                _ => None,
            },
            ExprKind::Add(day, n) => self.shifted(day, n, 1),
            ExprKind::Subtract(day, n) => self.shifted(day, n, -1),
            ExprKind::Count(query) => Some(Scalar::Count(self.probe(Wanted::of(query))?.into())),
            _ => None,
        }
    }

    /// A cell's value as a number; text as whom or what it names in a sort.
    pub(super) fn cell_scalar(
        &self,
        column: Column<'a>,
        ty: FieldType,
        sort: Sort,
    ) -> Option<Scalar<'a>> {
        match ty {
            FieldType::EnumList(_) | FieldType::PersonList => None,
            FieldType::Integer => Some(Scalar::Cell(column, 1000)),
            FieldType::DateTime => Some(Scalar::Day(column)),
            FieldType::Text | FieldType::Person | FieldType::Department => {
                let names = self.world.names(sort);
                Some(names.map_or(Scalar::Cell(column, 1), |n| Scalar::Named(column, n)))
            }
            _ => Some(Scalar::Cell(column, 1)),
        }
    }

    /// A day so many days later, the same number for all rows.
    fn shifted(&mut self, day: &'a Expr, n: &'a Expr, sign: i64) -> Option<Scalar<'a>> {
        if day.ty != Ty::Date || !is_closed(n) {
            return None;
        }
        let n = self.value(n).whole()?.clamp(-4_000_000, 4_000_000);
        Some(Scalar::Shifted(self.day(day)?.into(), n * sign))
    }

    fn day(&mut self, expr: &'a Expr) -> Option<Scalar<'a>> {
        let dated = matches!(expr.ty, Ty::Date | Ty::DateTime);
        dated.then(|| self.scalar(expr, Sort::Day)).flatten()
    }
}

/// The rows that hold, a bit each.
fn bits(verdicts: &[u8]) -> Vec<u64> {
    let words = verdicts.chunks(64).map(|verdicts| {
        let bits = (0..).zip(verdicts);
        bits.fold(0, |word, (at, &verdict)| {
            word | u64::from(verdict == YES) << at
        })
    });
    words.collect()
}

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

impl Scalar<'_> {
    fn cost(&self) -> u32 {
        match self {
            Self::Constant(_) => 0,
            Self::Cell(..) => 2,
            Self::Day(_) | Self::Named(..) | Self::Rank(..) => 4,
            Self::Year(a) => a.cost() + 20,
            Self::Shifted(a, _) => a.cost() + 1,
            Self::Days(a, b) => a.cost() + b.cost() + 1,
            Self::Count(_) => 100,
        }
    }
}

/// The words of all texts that name the same as this one.
fn words_of(world: &World<'_>, text: &Text, sort: Sort) -> Vec<i32> {
    let Text::Known(sym) = text else {
        return Vec::new();
    };
    let Some(named) = world.canonical(*sym, sort) else {
        return Vec::new();
    };
    match world.names(sort) {
        None => vec![named.0 as i32],
        Some(names) => (0..names.len() as u32)
            .filter(|&word| world.canonical(Sym(word), sort) == Some(named))
            .map(|word| word as i32)
            .collect(),
    }
}

/// The words, each counting `factor`, that compare so with a number.
fn interval(how: Comparison, column: Column<'_>, n: i64, factor: i64) -> Option<Node<'_>> {
    let (floor, ceiling) = (n.div_euclid(factor), -(-n).div_euclid(factor));
    let (from, to) = match how {
        Comparison::Equal | Comparison::NotEqual => (ceiling, floor),
        Comparison::Less => (i64::MIN, ceiling - 1),
        Comparison::LessEqual => (i64::MIN, floor),
        Comparison::Greater => (floor + 1, i64::MAX),
        Comparison::GreaterEqual => (ceiling, i64::MAX),
    };
    let word = |n: i64| n.clamp(i32::MIN.into(), i32::MAX.into()) as i32;
    if to < i32::MIN.into() || from > i32::MAX.into() {
        return None;
    }
    let between = Node::Between(column, word(from), word(to));
    Some(match how {
        Comparison::NotEqual => Node::Not(between.into()),
        _ => between,
    })
}

/// The least word of a moment on a day, and the greatest.
pub(super) fn first_word(day: i32) -> i32 {
    day.saturating_mul(2880)
}

pub(super) fn last_word(day: i32) -> i32 {
    first_word(day.saturating_add(1)).saturating_sub(1)
}
