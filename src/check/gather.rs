//! What is counted and gathered over the rows of a query: `count`, sums and extremes, `latest`, lists.

use super::compare::in_time;
use super::eval::Machine;
use super::query::Wanted;
use super::value::{Items, Truth, Value, Why};
use crate::model::schema::LedgerId;
use crate::rule::ir::{Aggregate, Comparison, Expr, ExprKind, Query, Ty};
use std::cmp::Ordering;
use std::ops::ControlFlow;

impl<'a> Machine<'a> {
    /// `count`, aggregates, `latest` and lists of values over a query.
    pub(super) fn gather(&mut self, expr: &'a Expr) -> Value<'a> {
        let gathered = match &expr.kind {
            ExprKind::Count(query) => self.count(query).map(Value::number),
            ExprKind::Aggregate(aggregate, x, query) => self.aggregate(*aggregate, x, query),
            ExprKind::Latest(x, by, query) => self.latest(x, by, query),
            ExprKind::Values(x, query) => self
                .each_value(query, |machine| machine.value(x))
                .map(|values| Value::List(Items::Values(values.into()))),
            _ => Err(Why::Undefined),
        };
        gathered.unwrap_or_else(Value::Unknown)
    }

    fn count(&mut self, query: &'a Query) -> Result<i64, Why<'a>> {
        match self.bounds(query)? {
            (least, _, None) => Ok(least),
            (_, _, Some(why)) => Err(why),
        }
    }

    /// At least and at most how many rows satisfy, and why that is not the same.
    fn bounds(&mut self, query: &'a Query) -> Result<(i64, i64, Option<Why<'a>>), Why<'a>> {
        let (mut least, mut most, mut doubt) = (0, 0, None);
        self.rows(Wanted::of(query), &mut |_, _, why| {
            most += 1;
            least += i64::from(why.is_none());
            doubt = doubt.or(why);
            ControlFlow::Continue(())
        })?;
        Ok((least, most, doubt))
    }

    /// A count compared with a value: rows that cannot be told do not matter where the others
    /// decide.
    pub(super) fn compare_count(
        &mut self,
        comparison: Comparison,
        query: &'a Query,
        other: &'a Expr,
    ) -> Truth<'a> {
        let (least, most, doubt) = match self.bounds(query) {
            Ok(bounds) => bounds,
            Err(why) => return Truth::Unknown(why),
        };
        let value = self.value(other);
        let against = |machine: &Self, n: i64| {
            machine.compare(
                comparison,
                (&Value::number(n), &Ty::Integer),
                (&value, &other.ty),
            )
        };
        let Some(why) = doubt else {
            return against(self, least);
        };
        let first = against(self, least);
        let same = (least + 1..=most.min(least + 64)).all(|n| against(self, n) == first);
        if same && most <= least + 64 {
            first
        } else {
            Truth::Unknown(why)
        }
    }

    /// What `of` yields on every row of the query, absent ones left out. One row that cannot be
    /// told makes the whole untold.
    fn each_value(
        &mut self,
        query: &'a Query,
        mut of: impl FnMut(&mut Self) -> Value<'a>,
    ) -> Result<Vec<Value<'a>>, Why<'a>> {
        let (mut values, mut doubt) = (Vec::new(), None);
        self.rows(Wanted::of(query), &mut |machine, _, why| {
            let value = of(machine);
            match (why, value) {
                (Some(why), _) | (None, Value::Unknown(why)) => {
                    doubt = Some(why);
                    return ControlFlow::Break(());
                }
                (None, Value::Absent(_)) => {}
                (None, value) => values.push(value),
            }
            ControlFlow::Continue(())
        })?;
        doubt.map_or(Ok(values), Err)
    }

    fn aggregate(
        &mut self,
        aggregate: Aggregate,
        x: &'a Expr,
        query: &'a Query,
    ) -> Result<Value<'a>, Why<'a>> {
        let values = self.each_value(query, |machine| machine.value(x))?;
        let wanted = match aggregate {
            Aggregate::Sum => return Ok(sum(&values, query.ledger)),
            Aggregate::Min => Ordering::Less,
            Aggregate::Max => Ordering::Greater,
        };
        let mut best: Option<Value<'a>> = None;
        for value in values {
            if self.beats(&value, best.as_ref(), &x.ty, wanted) {
                best = Some(value);
            }
        }
        Ok(best.unwrap_or(Value::Absent(Why::Nothing(query.ledger))))
    }

    /// The value of the row with the greatest date; rows without date are left out, of equally late
    /// ones the last counts.
    fn latest(
        &mut self,
        x: &'a Expr,
        by: &'a Expr,
        query: &'a Query,
    ) -> Result<Value<'a>, Why<'a>> {
        let mut best: Option<(Value<'a>, Value<'a>)> = None;
        let mut doubt = None;
        self.rows(Wanted::of(query), &mut |machine, _, why| {
            let when = machine.value(by);
            match (why, when.clone()) {
                (Some(why), _) | (None, Value::Unknown(why)) => {
                    doubt = Some(why);
                    return ControlFlow::Break(());
                }
                (None, Value::Absent(_)) => {}
                (None, _) => {
                    let earlier = best
                        .as_ref()
                        .is_some_and(|(_, best)| in_time(&when, best) == Some(Ordering::Less));
                    if !earlier {
                        best = Some((machine.value(x), when));
                    }
                }
            }
            ControlFlow::Continue(())
        })?;
        match doubt {
            Some(why) => Err(why),
            None => Ok(best.map_or(Value::Absent(Why::Nothing(query.ledger)), |(x, _)| x)),
        }
    }
}

fn sum<'a>(values: &[Value<'a>], ledger: LedgerId) -> Value<'a> {
    if values.is_empty() {
        return Value::Absent(Why::Nothing(ledger));
    }
    let numbers = values.iter().filter_map(|value| match value {
        Value::Number(n) => Some(*n),
        _ => None,
    });
    Value::Number(numbers.fold(0, i64::saturating_add))
}
