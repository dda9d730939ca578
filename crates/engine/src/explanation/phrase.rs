//! Conditions in plain Chinese, as a requirement or its opposite.

use super::{Explainer, reasons, words};
use crate::explanation::describe::is_given;
use crate::value::Truth;
use zicha_rule::ir::{Comparison, Expr, ExprKind, Function, Literal};
use zicha_rule::walk::{is_pending, query_of};

impl<'a> Explainer<'_, 'a> {
    /// A condition as a requirement (`want`), or its opposite.
    pub(crate) fn phrase(&mut self, expr: &'a Expr, want: bool) -> String {
        match &expr.kind {
            ExprKind::Not(a) => self.phrase(a, !want),
            ExprKind::And(parts) | ExprKind::Or(parts) => {
                let parts = self.undecided(expr, parts);
                self.phrases(&parts, want, joiner(expr, want).unwrap_or(words::AND))
            }
            ExprKind::Implies(a, b) if want => {
                words::when(&self.phrase(a, true), &self.phrase(b, true))
            }
            ExprKind::Implies(a, b) => {
                [self.phrase(a, true), self.phrase(b, false)].join(words::AND)
            }
            ExprKind::Compare(comparison, a, b) => self.comparison(*comparison, a, b, want),
            ExprKind::In(x, list) if query_of(list).is_some() => self.listed(x, list, want),
            ExprKind::In(x, list) => words::among(&self.name(x), &self.named(list), want),
            ExprKind::Contains(list, x) => words::includes(&self.name(list), &self.named(x), want),
            ExprKind::Matches(a, b) => words::mentions(&self.name(a), &self.named(b), want),
            ExprKind::Subset(a, b) => words::within(&self.name(a), &self.named(b), want),
            ExprKind::Intersects(a, b) => words::shares(&self.name(a), &self.named(b), want),
            ExprKind::Exists(query) => {
                let condition = self.condition(query);
                words::has_record(&self.query_ledger(query), &condition, want)
            }
            ExprKind::Call(Function::Present, x) => words::filled(&self.first_name(x), want),
            ExprKind::Call(Function::Absent, x) => words::filled(&self.first_name(x), !want),
            ExprKind::Choose(condition, yes, no) => {
                let chosen = self.chosen(condition, yes, no);
                self.phrase(chosen, want)
            }
            ExprKind::Call(Function::Pending, x) => {
                let day = x.first().map_or_else(String::new, |x| self.shown(x));
                reasons::not_due(&day)
            }
            _ => words::is(
                &self.name_of_truth(expr),
                if want { "“是”" } else { "“否”" },
            ),
        }
    }

    /// `x in (v.field for v in …)`: among the records of a ledger.
    fn listed(&mut self, x: &'a Expr, list: &'a Expr, want: bool) -> String {
        let Some(query) = query_of(list) else {
            return String::new();
        };
        let (ledger, condition) = (self.query_ledger(query), self.condition(query));
        words::listed(&self.name(x), &ledger, &condition, want)
    }

    fn name_of_truth(&mut self, expr: &'a Expr) -> String {
        match &expr.kind {
            ExprKind::Literal(_) => self.shown(expr),
            _ => self.name(expr),
        }
    }

    fn first_name(&mut self, arguments: &'a [Expr]) -> String {
        arguments.first().map_or_else(String::new, |x| self.name(x))
    }

    fn phrases(&mut self, parts: &[&'a Expr], want: bool, with: &str) -> String {
        let phrases: Vec<_> = parts
            .iter()
            .map(|part| self.within_others(part, want, with))
            .collect();
        phrases.join(with)
    }

    /// A phrase among others that `with` joins: in brackets if it is itself joined otherwise.
    pub(crate) fn within_others(&mut self, expr: &'a Expr, want: bool, with: &str) -> String {
        let phrase = self.phrase(expr, want);
        match joiner(expr, want) {
            Some(own) if own != with && phrase.contains(own) => words::bracketed(&phrase),
            _ => phrase,
        }
    }

    /// The parts of `and` or `or` that records decide: what parameters and inputs decide by
    /// themselves, one way or the other, tells nobody anything.
    fn undecided(&mut self, whole: &Expr, parts: &'a [Expr]) -> Vec<&'a Expr> {
        let idle = matches!(whole.kind, ExprKind::And(_));
        let all: Vec<_> = parts.iter().filter(|part| !is_pending(part)).collect();
        let mut telling = all.clone();
        telling.retain(|part| self.settled(part) != Some(idle));
        if telling.is_empty() { all } else { telling }
    }

    /// What a condition comes to whatever the records say; `None` if it hangs on them.
    fn settled(&mut self, expr: &'a Expr) -> Option<bool> {
        let decisive = matches!(expr.kind, ExprKind::Or(_));
        match &expr.kind {
            ExprKind::Not(inner) => self.settled(inner).map(|truth| !truth),
            ExprKind::And(parts) | ExprKind::Or(parts) => {
                let parts: Vec<_> = parts.iter().map(|part| self.settled(part)).collect();
                if parts.contains(&Some(decisive)) {
                    return Some(decisive);
                }
                parts.iter().all(Option::is_some).then_some(!decisive)
            }
            _ if is_given(expr) => match self.eval.truth(expr) {
                Truth::True => Some(true),
                Truth::False => Some(false),
                Truth::Unknown(_) => None,
            },
            _ => None,
        }
    }

    fn comparison(&mut self, how: Comparison, a: &'a Expr, b: &'a Expr, want: bool) -> String {
        let how = if want {
            how
        } else {
            crate::order::opposite(how)
        };
        let (how, a, b) = if is_given(a) && !is_given(b) {
            (crate::order::mirrored(how), b, a)
        } else {
            (how, a, b)
        };
        if let (Comparison::GreaterEqual, ExprKind::Call(function, ends)) = (how, &a.kind)
            && let (Function::DaysBetween | Function::HoursBetween, [from, to]) =
                (function, &ends[..])
            && matches!(b.kind, ExprKind::Literal(Literal::Integer(0)))
        {
            return words::compared(how, &to.ty, &self.name(to), &self.named(from));
        }
        words::compared(how, &a.ty, &self.name(a), &self.beside(a, b))
    }

    /// The other side of a comparison: an option of a parameter by its label.
    fn beside(&mut self, a: &'a Expr, b: &'a Expr) -> String {
        match (&a.kind, &b.kind) {
            (ExprKind::Parameter(name), ExprKind::Literal(Literal::Text(word))) => {
                self.option_label(name, word).to_owned()
            }
            _ => self.named(b),
        }
    }
}

/// What joins the parts of a condition, read as a requirement (`want`) or its opposite.
fn joiner(expr: &Expr, want: bool) -> Option<&'static str> {
    match (&expr.kind, want) {
        (ExprKind::Not(inner), _) => joiner(inner, !want),
        (ExprKind::And(_), true) | (ExprKind::Or(_), false) => Some(words::AND),
        (ExprKind::Or(_), true) | (ExprKind::And(_), false) => Some(words::OR),
        _ => None,
    }
}
