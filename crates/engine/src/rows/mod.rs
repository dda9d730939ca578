//! Evaluates expressions for the records bound to their variables, one combination at a time.
//!
//! What enters: an expression, and what its variables stand for. What leaves: its [`Value`] or [`Truth`], in
//! three values, with the reason where it cannot be told. Used where columns are no way: for what is the same
//! for every row (`constants`), for few records, and to explain what columns have decided.
//!
//! `comparison`, `functions`, `aggregate` and `numeric_bounds` evaluate kinds of expressions; `row_lookup`
//! finds the rows of a [`row_query::RowQuery`], through an index or an `access_path`; `iteration` binds
//! variables to elements in turn.

mod access_path;
mod aggregate;
mod comparison;
mod constants;
mod functions;
pub(crate) mod iteration;
mod number_range;
pub(crate) mod numeric_bounds;
pub(crate) mod row_lookup;
pub(crate) mod row_query;

use crate::context::EvalContext;
use crate::rows::access_path::AccessPath;
use crate::value::{Items, Truth, Value, Why};
use row_query::RowQuery;
use std::collections::HashMap;
use std::sync::Arc;
use zicha_model::schema::{FieldId, LedgerId};
use zicha_rule::ir::{Expr, ExprKind, Slot, Ty};

/// What a variable stands for.
#[derive(Clone, Debug, Default)]
pub(crate) enum Bound<'a> {
    /// Nothing yet.
    #[default]
    Nothing,
    /// A record.
    Row(LedgerId, u32),
    /// An item of a list, and what the list is.
    Item(Value<'a>, &'a Expr),
    /// A calendar window, first and last day.
    Window(i32, i32),
}

/// An expression by where it lies: rules stay in place for the whole run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ExprId(usize);

impl ExprId {
    pub(crate) fn of(expr: &Expr) -> Self {
        Self(std::ptr::from_ref(expr).addr())
    }
}

/// Evaluates the expressions of one clause.
pub(crate) struct Evaluator<'a> {
    pub(crate) context: &'a EvalContext<'a>,
    slots: Vec<Bound<'a>>,
    /// Values of expressions that depend on no variable, by the expression's address.
    fixed: HashMap<ExprId, Value<'a>>,
    /// Whether an expression depends on no variable.
    closed: HashMap<ExprId, bool>,
    /// Rows that a filter on one variable leaves, by the filter's address.
    pub(crate) left: HashMap<ExprId, Arc<[u32]>>,
    /// What the conditions of a filter that speak of one row alone say of every row, by the filter's
    /// address.
    pub(crate) own: HashMap<ExprId, Arc<[u8]>>,
    /// The ways to the rows that a filter means, if it offers any, by its address.
    pub(crate) ways: HashMap<ExprId, Option<Arc<[AccessPath<'a>]>>>,
    /// What the conditions of a query that speak of one row alone say of every row of its ledger: decided by
    /// columns, a floor above this one.
    prefilter: Prefilter<'a>,
    work: usize,
}

/// Decides for every row of a query's ledger what the conditions on that row alone say.
pub(crate) type Prefilter<'a> = fn(&mut Evaluator<'a>, RowQuery<'a>) -> Arc<[u8]>;

impl Drop for Evaluator<'_> {
    fn drop(&mut self) {
        self.context.count_work(self.work);
    }
}

impl<'a> Evaluator<'a> {
    /// An evaluator for a clause with so many variables.
    pub(crate) fn new(
        context: &'a EvalContext<'a>,
        slots: usize,
        prefilter: Prefilter<'a>,
    ) -> Self {
        Self {
            context,
            slots: vec![Bound::Nothing; slots],
            fixed: HashMap::new(),
            closed: HashMap::new(),
            left: HashMap::new(),
            own: HashMap::new(),
            ways: HashMap::new(),
            prefilter,
            work: 0,
        }
    }

    /// What the conditions of a query that speak of one row alone say of every row.
    pub(crate) fn own_truths(&mut self, wanted: RowQuery<'a>) -> Arc<[u8]> {
        (self.prefilter)(self, wanted)
    }

    /// Counts a row looked at.
    pub(crate) fn step(&mut self) {
        self.work += 1;
    }

    /// Counts rows looked at together.
    pub(crate) fn work(&mut self, rows: usize) {
        self.work += rows;
    }

    /// Gives a variable its meaning.
    pub(crate) fn bind(&mut self, slot: Slot, bound: Bound<'a>) {
        let index = usize::from(slot.0);
        if index >= self.slots.len() {
            self.slots.resize(index + 1, Bound::Nothing);
        }
        self.slots[index] = bound;
    }

    /// What a variable stands for.
    pub(crate) fn bound(&self, slot: Slot) -> &Bound<'a> {
        self.slots
            .get(usize::from(slot.0))
            .unwrap_or(&Bound::Nothing)
    }

    /// The truth of a condition.
    pub(crate) fn truth(&mut self, expr: &'a Expr) -> Truth<'a> {
        match self.value(expr) {
            Value::Bool(truth) => truth.into(),
            Value::Absent(why) | Value::Unknown(why) => Truth::Unknown(why),
            _ => Truth::Unknown(Why::Undefined),
        }
    }

    /// The value of an expression.
    pub(crate) fn value(&mut self, expr: &'a Expr) -> Value<'a> {
        if !self.is_fixed(expr) {
            return self.compute(expr);
        }
        let address = ExprId::of(expr);
        if let Some(value) = self.fixed.get(&address) {
            return value.clone();
        }
        let value = self.compute(expr);
        self.fixed.insert(address, value.clone());
        value
    }

    /// True for what is costly and the same for every subject: queries without outer variables, lists.
    fn is_fixed(&mut self, expr: &'a Expr) -> bool {
        let costly = match &expr.kind {
            ExprKind::Parameter(_) => matches!(expr.ty, Ty::List(_) | Ty::Text | Ty::Enum(_)),
            ExprKind::List(_)
            | ExprKind::Exists(_)
            | ExprKind::Count(_)
            | ExprKind::Aggregate(..)
            | ExprKind::Latest(..)
            | ExprKind::Values(..) => true,
            _ => false,
        };
        costly
            && *self
                .closed
                .entry(ExprId::of(expr))
                .or_insert_with(|| zicha_rule::walk::is_closed(expr))
    }

    fn compute(&mut self, expr: &'a Expr) -> Value<'a> {
        match &expr.kind {
            ExprKind::Literal(literal) => self.literal(literal),
            ExprKind::Parameter(name) => self.parameter(name, &expr.ty),
            ExprKind::ParameterAt(name, key) => self.parameter_at(name, key),
            ExprKind::Input(input) => self.input(*input),
            ExprKind::Field(slot, _, field) => self.field(*slot, *field),
            ExprKind::Single(ledger, field) => self.single(*ledger, *field),
            ExprKind::Item(slot) => match self.bound(*slot) {
                Bound::Item(value, _) => value.clone(),
                _ => Value::Unknown(Why::Undefined),
            },
            ExprKind::WindowStart(slot) => self.window(*slot, |start, _| start),
            ExprKind::WindowEnd(slot) => self.window(*slot, |_, end| end),
            ExprKind::Choose(condition, yes, no) => match self.truth(condition) {
                Truth::True => self.value(yes),
                Truth::False => self.value(no),
                Truth::Unknown(why) => Value::Unknown(why),
            },
            ExprKind::List(items) => {
                let items: Arc<[Value<'a>]> = items.iter().map(|item| self.value(item)).collect();
                Value::List(Items::Values(items))
            }
            ExprKind::Add(a, b) => self.arithmetic(a, b, 1),
            ExprKind::Subtract(a, b) => self.arithmetic(a, b, -1),
            ExprKind::Call(function, arguments) => self.call(*function, arguments),
            ExprKind::Count(_)
            | ExprKind::Aggregate(..)
            | ExprKind::Latest(..)
            | ExprKind::Values(..) => self.aggregate_query(expr),
            _ => self.decide(expr).value(),
        }
    }

    /// The truth of the kinds of expressions that are conditions by their form.
    fn decide(&mut self, expr: &'a Expr) -> Truth<'a> {
        match &expr.kind {
            ExprKind::Not(a) => self.truth(a).not(),
            ExprKind::And(parts) => self.all(parts),
            ExprKind::Or(parts) => self.any(parts),
            ExprKind::Implies(a, b) => match self.truth(a) {
                Truth::False => Truth::True,
                Truth::True => self.truth(b),
                unknown => match self.truth(b) {
                    Truth::True => Truth::True,
                    _ => unknown,
                },
            },
            ExprKind::Compare(comparison, a, b) => {
                let (left, right) = (self.value(a), self.value(b));
                let mirrored = crate::order::mirrored(*comparison);
                match (&left, &right) {
                    (Value::Unknown(_), _) if numeric_bounds::is_spanned(a) => {
                        self.compare_span(*comparison, a, b)
                    }
                    (_, Value::Unknown(_)) if numeric_bounds::is_spanned(b) => {
                        self.compare_span(mirrored, b, a)
                    }
                    _ => self.compare(*comparison, (&left, &a.ty), (&right, &b.ty)),
                }
            }
            ExprKind::In(x, list) => self.is_in(x, list),
            ExprKind::Contains(list, x) => self.contains(list, x),
            ExprKind::Matches(a, b) => self.matches(a, b),
            ExprKind::Subset(a, b) => self.subset(a, b),
            ExprKind::Intersects(a, b) => self.intersects(a, b),
            ExprKind::Exists(query) => self.exists(query, None),
            _ => Truth::Unknown(Why::Undefined),
        }
    }

    /// False if any part is false; else unknown if any is.
    fn all(&mut self, parts: &'a [Expr]) -> Truth<'a> {
        let mut result = Truth::True;
        for part in parts {
            match self.truth(part) {
                Truth::False => return Truth::False,
                Truth::Unknown(why) if result == Truth::True => result = Truth::Unknown(why),
                _ => {}
            }
        }
        result
    }

    /// True if any part is true; else unknown if any is.
    fn any(&mut self, parts: &'a [Expr]) -> Truth<'a> {
        let mut result = Truth::False;
        for part in parts {
            match self.truth(part) {
                Truth::True => return Truth::True,
                Truth::Unknown(why) if result == Truth::False => result = Truth::Unknown(why),
                _ => {}
            }
        }
        result
    }

    fn field(&mut self, slot: Slot, field: FieldId) -> Value<'a> {
        let &Bound::Row(ledger, row) = self.bound(slot) else {
            return Value::Unknown(Why::Undefined);
        };
        match self.context.dataset.table(ledger) {
            Some(table) => self.context.cell(table, row, field),
            None => Value::Unknown(Why::NoLedger(ledger)),
        }
    }

    /// The field of a ledger with one record: of the first record that has it. The profile stands in
    /// for the unit's name and kind.
    fn single(&mut self, ledger: LedgerId, field: FieldId) -> Value<'a> {
        let context = self.context;
        let mut value = Value::Unknown(Why::NoLedger(ledger));
        if let Some(table) = context.dataset.table(ledger) {
            for row in 0..table.len() as u32 {
                value = context.cell(table, row, field);
                if value.why().is_none() {
                    return value;
                }
            }
        }
        self.of_profile(ledger, field).unwrap_or(value)
    }

    fn of_profile(&self, ledger: LedgerId, field: FieldId) -> Option<Value<'a>> {
        let (profile, schemas) = (self.context.profile, self.context.schemas());
        let schema = schemas.field(ledger, field);
        match (schemas.ledger(ledger).id.as_str(), schema.id.as_str()) {
            ("unit_profile", "unit_name") if !profile.unit_name.is_empty() => {
                Some(Value::Text(self.context.text(&profile.unit_name)))
            }
            ("unit_profile", "unit_type") => {
                let kinds = schemas.enum_by_id("unit_type")?;
                let index = schemas.enumeration(kinds).value_by_id(&profile.unit_kind)?;
                Some(Value::Enum(index))
            }
            _ => None,
        }
    }

    fn window(&self, slot: Slot, end: impl Fn(i32, i32) -> i32) -> Value<'a> {
        match self.bound(slot) {
            Bound::Window(first, last) => Value::Date(end(*first, *last)),
            _ => Value::Unknown(Why::Undefined),
        }
    }
}
