//! Expressions of the rule language → numbers over columns.

use crate::columnar::column_expr::NO_RANK;
use crate::columnar::{Column, ColumnExpr};
use crate::rows::Evaluator;
use crate::rows::row_query::RowQuery;
use crate::value::{Sort, Value};
use zicha_model::schema::FieldType;
use zicha_rule::ir::{Expr, ExprKind, Function, Ty};
use zicha_rule::walk::is_closed;

impl<'a> Evaluator<'a> {
    /// A value as a number for each row; text as whom or what it names in a sort.
    pub(crate) fn column_expr(&mut self, expr: &'a Expr, sort: Sort) -> Option<ColumnExpr<'a>> {
        if is_closed(expr) {
            return match self.value(expr) {
                Value::Moment(_) => None,
                value => self.context.coarse(&value, sort).map(ColumnExpr::Constant),
            };
        }
        if let Some((column, ty)) = self.column(expr) {
            return self.cell_scalar(column, ty, sort);
        }
        match &expr.kind {
            ExprKind::Call(Function::Year, x) => {
                Some(ColumnExpr::Year(self.day(x.first()?)?.into()))
            }
            ExprKind::Call(Function::Date, x) => self.day(x.first()?),
            ExprKind::Call(Function::DaysBetween, x) => {
                let [from, to] = &x[..] else { return None };
                Some(ColumnExpr::Days(
                    self.day(from)?.into(),
                    self.day(to)?.into(),
                ))
            }
            ExprKind::Call(Function::AddDays, x) => match &x[..] {
                [day, n] => self.shifted(day, n, 1),
                _ => None,
            },
            ExprKind::Add(day, n) => self.shifted(day, n, 1),
            ExprKind::Subtract(day, n) => self.shifted(day, n, -1),
            ExprKind::Call(Function::Coalesce, x) => self.coalesced_expr(x, sort),
            ExprKind::Count(query) => Some(ColumnExpr::Count(
                self.hash_join(RowQuery::of(query))?.into(),
            )),
            _ => None,
        }
    }

    /// A field, or where its cell is empty something else. Moments are left out: they compare to the minute.
    fn coalesced_expr(&mut self, parts: &'a [Expr], sort: Sort) -> Option<ColumnExpr<'a>> {
        let [first, second] = parts else { return None };
        let (column, ty) = self.column(first)?;
        let is_moment = ty == FieldType::DateTime || second.ty == Ty::DateTime;
        if is_moment || sort == Sort::Person && self.context.has_namesakes() {
            return None;
        }
        let own = self.cell_scalar(column, ty, sort)?;
        let other = self.column_expr(second, sort)?;
        Some(ColumnExpr::Coalesce(own.into(), column, other.into()))
    }

    /// A cell's value as a number; text as whom or what it names in a sort.
    pub(crate) fn cell_scalar(
        &self,
        column: Column<'a>,
        ty: FieldType,
        sort: Sort,
    ) -> Option<ColumnExpr<'a>> {
        match ty {
            FieldType::EnumList(_) | FieldType::PersonList => None,
            FieldType::Integer => Some(ColumnExpr::Cell(column, 1000)),
            FieldType::DateTime => Some(ColumnExpr::Day(column)),
            FieldType::Text | FieldType::Person | FieldType::Department => {
                let names = self.context.names(sort);
                Some(names.map_or(ColumnExpr::Cell(column, 1), |n| {
                    ColumnExpr::Named(column, n)
                }))
            }
            _ => Some(ColumnExpr::Cell(column, 1)),
        }
    }

    /// The rank of a field's value for each row.
    pub(crate) fn ranked(&self, expr: &Expr) -> Option<ColumnExpr<'a>> {
        let (column, _) = self.column(expr)?;
        let Ty::Enum(e) = expr.ty else { return None };
        let values = self.context.schemas().enumeration(e).values.iter();
        let ranks = values.map(|value| value.rank.map_or(NO_RANK, i64::from));
        Some(ColumnExpr::Rank(column, ranks.collect()))
    }

    /// A day so many days later, the same number for all rows.
    fn shifted(&mut self, day: &'a Expr, n: &'a Expr, sign: i64) -> Option<ColumnExpr<'a>> {
        if day.ty != Ty::Date || !is_closed(n) {
            return None;
        }
        let n = self.value(n).whole()?.clamp(-4_000_000, 4_000_000);
        Some(ColumnExpr::Shifted(self.day(day)?.into(), n * sign))
    }

    pub(crate) fn day(&mut self, expr: &'a Expr) -> Option<ColumnExpr<'a>> {
        let dated = matches!(expr.ty, Ty::Date | Ty::DateTime);
        dated.then(|| self.column_expr(expr, Sort::Day)).flatten()
    }
}
