//! What is wrong, as an office says it: a phrase for each part of a condition that fails.
//!
//! `blame` finds the failing parts and tells them exactly (`actual`); papers want the same fact as people
//! write it: `没有登记存放柜号`, `相隔47天，超过30天`, `历时78小时50分，超过24小时`.

use super::Explainer;
use super::describe::{is_day, is_given};
use super::fault_words as words;
use crate::value::Value;
use zicha_model::schema::{FieldType, LedgerId};
use zicha_rule::ir::{Comparison, Expr, ExprKind, Function, Input, Literal, Query, Ty};
use zicha_rule::walk::query_of;

/// Thousandths in one: how numbers are kept.
const ONE: i64 = 1000;

impl<'a> Explainer<'_, 'a> {
    /// The fault that a failing leaf states; `None` where only the exact words can tell it.
    pub(super) fn fault(&mut self, expr: &'a Expr, want: bool) -> Option<String> {
        match &expr.kind {
            ExprKind::Call(Function::Present, x) if want => self.lacking(x.first()?),
            ExprKind::Call(Function::Absent, x) if want => self.present_though(x.first()?),
            ExprKind::Compare(how, a, b) => {
                let how = if want { *how } else { opposite(*how) };
                self.compared(how, a, b)
            }
            ExprKind::In(x, list) if query_of(list).is_none() => {
                let name = self.plain_name(x)?;
                Some(words::is(&name, &self.spoken(x)))
            }
            ExprKind::Exists(query) if !want => Some(self.still_there(query)),
            ExprKind::Exists(query) if want => {
                Some(words::no_record(&self.ledger_label(query.ledger)))
            }
            _ => None,
        }
    }

    /// Records that ought not to be there, by their keys.
    fn still_there(&mut self, query: &'a Query) -> String {
        let which = self.counted(query);
        words::still_there(&self.ledger_label(query.ledger), &which)
    }

    fn ledger_label(&self, ledger: LedgerId) -> String {
        self.eval.context.schemas().ledger(ledger).label.clone()
    }

    /// A cell that ought to be filled in.
    fn lacking(&mut self, x: &'a Expr) -> Option<String> {
        let ExprKind::Field(_, ledger, field) = &x.kind else {
            return None;
        };
        let field = self.eval.context.schemas().field(*ledger, *field);
        let label = words::bare(&field.label);
        let person = matches!(field.ty, FieldType::Person | FieldType::PersonList);
        Some(words::lacking(&label, person))
    }

    /// A cell that ought to be empty.
    fn present_though(&mut self, x: &'a Expr) -> Option<String> {
        let name = self.plain_name(x)?;
        match self.eval.value(x) {
            Value::Bool(is) => Some(words::stated(&name, is)),
            _ => Some(words::is(&name, &self.spoken(x))),
        }
    }

    /// The day of the check stands in for a day that is not there: it is overdue.
    fn overdue(&mut self, a: &'a Expr) -> Option<String> {
        let ExprKind::Call(Function::Coalesce, parts) = &a.kind else {
            return None;
        };
        match &parts[..] {
            [first, other] if is_given(other) && self.stands_in(first, other) => {
                let lacking = self.lacking(first)?;
                Some(match is_today(other) {
                    true => words::overdue(&lacking),
                    false => lacking,
                })
            }
            _ => None,
        }
    }

    fn compared(&mut self, how: Comparison, a: &'a Expr, b: &'a Expr) -> Option<String> {
        if is_given(a) && !is_given(b) {
            return self.compared(mirrored(how), b, a);
        }
        if let Some(truth) = literal_bool(b) {
            return self.stated(a, (how == Comparison::Equal) == truth);
        }
        if let Some(overdue) = self.overdue(a) {
            return Some(overdue);
        }
        match &a.kind {
            ExprKind::Call(Function::DaysBetween, ends) => {
                return self.apart(how, ends, b, Unit::Days);
            }
            ExprKind::Call(Function::HoursBetween, ends) => {
                return self.apart(how, ends, b, Unit::Hours);
            }
            ExprKind::Call(Function::AddMonths, x) if is_today(b) => {
                let (from, months) = (x.first()?, x.get(1)?);
                let Value::Number(months) = self.eval.value(months) else {
                    return None;
                };
                let name = self.plain_name(from)?;
                return Some(words::long_ago(&name, &self.spoken(from), months / ONE));
            }
            ExprKind::Call(Function::Count, list) => {
                let list = list.first()?;
                let name = self.plain_name(list)?;
                let (count, limit) = (self.spoken(a), self.spoken(b));
                let unit = match &list.ty {
                    Ty::List(things) => words::counter(things),
                    other => words::counter(other),
                };
                let numbers = (count.as_str(), limit.as_str(), unit);
                return Some(words::counted(&name, numbers, &self.spoken(list), how));
            }
            _ => {}
        }
        let name = self.plain_name(a)?;
        let (seen, limit) = (self.spoken(a), self.spoken(b));
        if seen.is_empty() {
            return None;
        }
        let other = if is_given(b) {
            String::new()
        } else {
            self.plain_name(b)?
        };
        let compared = words::Compared {
            how,
            name: &name,
            seen: &seen,
            other: &other,
            limit: &limit,
        };
        Some(match a.ty {
            Ty::Date | Ty::DateTime | Ty::Time => compared.day(),
            Ty::Integer | Ty::Decimal => compared.number(),
            Ty::Enum(_) | Ty::Rank(_) => compared.rank(),
            _ => compared.text(),
        })
    }

    /// A yes-or-no column says what it must not.
    fn stated(&mut self, a: &'a Expr, want: bool) -> Option<String> {
        let name = self.plain_name(a)?;
        match self.eval.value(a) {
            Value::Bool(is) if is != want => Some(words::stated(&name, is)),
            _ => None,
        }
    }

    /// Two days or moments too far apart, or the wrong way round.
    fn apart(
        &mut self,
        how: Comparison,
        ends: &'a [Expr],
        limit: &'a Expr,
        unit: Unit,
    ) -> Option<String> {
        let [from, to] = ends else { return None };
        let span = unit.shown(self.minutes(to)? - self.minutes(from)?);
        let Value::Number(most) = self.eval.value(limit) else {
            return None;
        };
        let most = unit.shown(most * unit.minutes() / ONE);
        let first = (self.plain_name(from)?, self.spoken(from));
        let wrong_way = matches!(how, Comparison::GreaterEqual | Comparison::Greater);
        let Some(to) = self.counted_end(to) else {
            return (!wrong_way).then(|| words::up_to_now(&first, &span, &most));
        };
        let Some(to_name) = self.plain_name(to) else {
            return Some(words::does_not_fit(&first));
        };
        let last = (to_name, self.spoken(to));
        Some(match wrong_way {
            true => words::earlier(&last, &first),
            false => words::apart(&first, &last, &span, &most),
        })
    }

    /// Minutes since 1970 of a day or moment that is known.
    fn minutes(&mut self, expr: &'a Expr) -> Option<i64> {
        match self.eval.value(expr) {
            Value::Date(day) => Some(i64::from(day) * Unit::Days.minutes()),
            Value::Moment(word) => {
                let moment = zicha_model::time::Moment(word);
                Some(
                    i64::from(moment.day().0) * Unit::Days.minutes()
                        + i64::from(moment.minute_of_day()),
                )
            }
            _ => None,
        }
    }

    /// The end that a period is counted to; `None` if that is the day of the check.
    fn counted_end(&mut self, to: &'a Expr) -> Option<&'a Expr> {
        match &to.kind {
            ExprKind::Input(_) => None,
            ExprKind::Call(Function::Coalesce, parts) => match &parts[..] {
                [first, other] if self.stands_in(first, other) => self.counted_end(other),
                [first, ..] => Some(first),
                [] => None,
            },
            _ => Some(to),
        }
    }

    /// The name of a column without its ledger and remarks; `None` for what has no name of its own.
    fn plain_name(&mut self, expr: &'a Expr) -> Option<String> {
        match &expr.kind {
            ExprKind::Field(_, ledger, field) | ExprKind::Single(ledger, field) => {
                let field = self.eval.context.schemas().field(*ledger, *field);
                Some(words::bare(&field.label))
            }
            ExprKind::Call(
                Function::Date
                | Function::Rank
                | Function::Time
                | Function::Distinct
                | Function::Split,
                x,
            ) => self.plain_name(x.first()?),
            ExprKind::Call(Function::Max, _) if is_day(expr) => Some(words::LAST_DONE.to_owned()),
            ExprKind::Aggregate(how, x, _) => {
                let name = self.plain_name(x)?;
                Some(words::aggregated(*how, &name, is_day(x)))
            }
            ExprKind::Count(query) => Some(words::records(&self.ledger_label(query.ledger))),
            ExprKind::Call(Function::Coalesce, x) => {
                let first = x.first()?;
                let second = x.get(1)?;
                match self.stands_in(first, second) {
                    true if is_given(second) => None,
                    true => self.plain_name(second),
                    false => self.plain_name(first),
                }
            }
            _ => None,
        }
    }

    /// A value as it stands in a sentence: `6月4日`, `机密`.
    fn spoken(&mut self, expr: &'a Expr) -> String {
        if !self.is_bound(expr) {
            return String::new();
        }
        match self.eval.value(expr) {
            Value::Date(_) | Value::Moment(_) => {
                let value = self.eval.value(expr);
                self.eval.context.speak(&value, &expr.ty)
            }
            _ => self.shown(expr),
        }
    }
}

fn literal_bool(expr: &Expr) -> Option<bool> {
    match expr.kind {
        ExprKind::Literal(Literal::Bool(truth)) => Some(truth),
        _ => None,
    }
}

fn is_today(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Input(Input::AsOf))
}

/// What a period is counted in.
#[derive(Clone, Copy)]
enum Unit {
    Days,
    Hours,
}

impl Unit {
    fn minutes(self) -> i64 {
        match self {
            Self::Days => 24 * 60,
            Self::Hours => 60,
        }
    }

    fn shown(self, minutes: i64) -> String {
        match self {
            Self::Days => words::days(minutes.div_euclid(self.minutes())),
            Self::Hours => words::hours(minutes),
        }
    }
}

/// The comparison with its sides exchanged.
fn mirrored(how: Comparison) -> Comparison {
    match how {
        Comparison::Less => Comparison::Greater,
        Comparison::LessEqual => Comparison::GreaterEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterEqual => Comparison::LessEqual,
        same => same,
    }
}

/// What must hold where the comparison must not.
fn opposite(how: Comparison) -> Comparison {
    match how {
        Comparison::Equal => Comparison::NotEqual,
        Comparison::NotEqual => Comparison::Equal,
        Comparison::Less => Comparison::GreaterEqual,
        Comparison::LessEqual => Comparison::Greater,
        Comparison::Greater => Comparison::LessEqual,
        Comparison::GreaterEqual => Comparison::Less,
    }
}
