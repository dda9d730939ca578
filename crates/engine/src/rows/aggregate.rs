//! What is counted and gathered over the rows of a query: `count`, sums and extremes, `latest`, lists.

use super::Evaluator;
use crate::order::in_time;
use crate::rows::row_query::RowQuery;
use crate::value::{Items, Truth, Value, Why, sort_of};
use std::cmp::Ordering;
use std::ops::ControlFlow;
use zicha_model::schema::LedgerId;
use zicha_rule::ir::{Aggregate, Expr, ExprKind, Query};

impl<'a> Evaluator<'a> {
    /// `count`, aggregates, `latest` and lists of values over a query.
    pub(crate) fn aggregate_query(&mut self, expr: &'a Expr) -> Value<'a> {
        let gathered = match &expr.kind {
            ExprKind::Count(query) => self.count(query).map(Value::number),
            ExprKind::Aggregate(aggregate, x, query) => self.aggregate(*aggregate, x, query),
            ExprKind::Latest(x, by, query) => self.latest(x, by, query),
            ExprKind::Values(x, query) => self
                .each_value(query, |eval| eval.value(x))
                .map(|values| Value::List(Items::Values(values.into()))),
            _ => Err(Why::Undefined),
        };
        gathered.unwrap_or_else(Value::Unknown)
    }

    fn count(&mut self, query: &'a Query) -> Result<i64, Why<'a>> {
        let counted = self.counted_rows(query)?;
        counted.doubt.map_or(Ok(counted.least), Err)
    }

    /// What `of` yields on every row of the query, absent ones left out. One row that cannot be
    /// told makes the whole untold.
    fn each_value(
        &mut self,
        query: &'a Query,
        mut of: impl FnMut(&mut Self) -> Value<'a>,
    ) -> Result<Vec<Value<'a>>, Why<'a>> {
        let (mut values, mut doubt) = (Vec::new(), None);
        self.rows(RowQuery::of(query), &mut |eval, _, why| {
            let value = of(eval);
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
        let values = self.each_value(query, |eval| eval.value(x))?;
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

    /// The value of the row with the greatest date, of equally late ones the last. A row without date may
    /// be the latest: it does not matter only if it has the same value.
    fn latest(
        &mut self,
        x: &'a Expr,
        by: &'a Expr,
        query: &'a Query,
    ) -> Result<Value<'a>, Why<'a>> {
        let mut best: Option<(Value<'a>, Value<'a>)> = None;
        let mut undated = Vec::new();
        let mut doubt = None;
        self.rows(RowQuery::of(query), &mut |eval, _, why| {
            let when = eval.value(by);
            match (why, when.clone()) {
                (Some(why), _) | (None, Value::Unknown(why)) => {
                    doubt = Some(why);
                    return ControlFlow::Break(());
                }
                (None, Value::Absent(why)) => undated.push((eval.value(x), why)),
                (None, _) => {
                    let earlier = best
                        .as_ref()
                        .is_some_and(|(_, best)| in_time(&when, best) == Some(Ordering::Less));
                    if !earlier {
                        best = Some((eval.value(x), when));
                    }
                }
            }
            ControlFlow::Continue(())
        })?;
        if let Some(why) = doubt {
            return Err(why);
        }
        let best = best.map(|(x, _)| x);
        let sort = sort_of(&x.ty);
        let same = |value| {
            let same = best.as_ref().map(|best| self.same(value, best, sort));
            same == Some(Truth::True)
        };
        match undated.iter().find(|(value, _)| !same(value)) {
            Some((_, why)) => Err(*why),
            None => Ok(best.unwrap_or(Value::Absent(Why::Nothing(query.ledger)))),
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
