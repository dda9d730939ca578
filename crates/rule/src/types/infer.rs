//! Expressions → typed expressions.
//!
//! A literal takes its type from what it meets: `'机密'` is a level beside a level and text beside
//! text. So the operand that knows its type goes first.

use crate::ir::{Aggregate, Expr, ExprKind, Literal, Ty};
use crate::syntax::ast::ExprKind as Ast;
use crate::syntax::{ast, spelling};
use crate::types::scope::Scope;
use crate::types::type_messages;
use zicha_model::diag::codes;
use zicha_model::schema::{LedgerId, Schemas};

/// True if a ledger holds one record only, so that its fields can be named directly.
pub(crate) fn holds_record(schemas: &Schemas, ledger: LedgerId) -> bool {
    schemas.ledger(ledger).id == "unit_profile"
}

impl Scope<'_, '_> {
    /// A condition.
    pub(crate) fn truth(&mut self, expr: &ast::Expr) -> Option<Expr> {
        let typed = self.typed(expr, Some(&Ty::Bool))?;
        if typed.ty == Ty::Bool {
            return Some(typed);
        }
        let found = self.type_name(&typed.ty);
        self.tell(
            codes::RULE_TYPE,
            type_messages::want_condition(&found),
            &expr.span,
        )
        .hint = Some(type_messages::condition_form());
        None
    }

    /// An expression of any type.
    pub(crate) fn any(&mut self, expr: &ast::Expr) -> Option<Expr> {
        self.typed(expr, None)
    }

    /// An expression that must go together with a type.
    pub(crate) fn of(&mut self, expr: &ast::Expr, want: &Ty) -> Option<Expr> {
        let typed = self.typed(expr, Some(want))?;
        if alike(&typed.ty, want) {
            return Some(typed);
        }
        let (want, found) = (self.type_name(want), self.type_name(&typed.ty));
        self.tell(
            codes::RULE_TYPE,
            type_messages::want_type(&want, &found),
            &expr.span,
        );
        None
    }

    /// The same; a number with decimals is refused where only a whole one has a meaning.
    pub(crate) fn exactly(&mut self, expr: &ast::Expr, want: &Ty) -> Option<Expr> {
        let typed = self.of(expr, want)?;
        if *want == Ty::Integer && matches!(typed.kind, ExprKind::Literal(Literal::Decimal(_))) {
            let (want, found) = (self.type_name(want), self.type_name(&typed.ty));
            self.tell(
                codes::RULE_TYPE,
                type_messages::want_type(&want, &found),
                &expr.span,
            );
            return None;
        }
        Some(typed)
    }

    /// An expression; `want` guides literals and is not enforced.
    pub(crate) fn typed(&mut self, expr: &ast::Expr, want: Option<&Ty>) -> Option<Expr> {
        let (kind, ty) = match &expr.kind {
            Ast::Bool(value) => (ExprKind::Literal(Literal::Bool(*value)), Ty::Bool),
            Ast::Integer(value) => (ExprKind::Literal(Literal::Integer(*value)), Ty::Integer),
            Ast::Decimal(value) => (ExprKind::Literal(Literal::Decimal(*value)), Ty::Decimal),
            Ast::Time(value) => (ExprKind::Literal(Literal::Time(*value)), Ty::Time),
            Ast::Date(value) => (ExprKind::Literal(Literal::Date(*value)), Ty::Date),
            Ast::Text(text) => self.text(text, want, expr)?,
            Ast::Name(name) => self.name(name, expr)?,
            Ast::Field(base, field) => self.dotted(base, field)?,
            Ast::Parameter(name) => self.parameter_value(name, expr)?,
            Ast::ParameterAt(name, key) => self.parameter_at(name, key, expr)?,
            Ast::Not(inner) => (ExprKind::Not(self.truth(inner)?.into()), Ty::Bool),
            Ast::And(parts) => (ExprKind::And(self.truths(parts)?), Ty::Bool),
            Ast::Or(parts) => (ExprKind::Or(self.truths(parts)?), Ty::Bool),
            Ast::Binary(operator, left, right) => self.binary(*operator, left, right, expr)?,
            Ast::Choose(condition, then, or) => self.choose(condition, then, or, want, expr)?,
            Ast::List(items) => self.list(items, want)?,
            Ast::Call(name, arguments) => self.call(name, arguments, want, expr)?,
            Ast::Exists(query) => {
                let (query, _) = self.query(query, |_| Some(()));
                (ExprKind::Exists(query?.into()), Ty::Bool)
            }
            Ast::Count(query) => {
                let (query, _) = self.query(query, |_| Some(()));
                (ExprKind::Count(query?.into()), Ty::Integer)
            }
            Ast::Aggregate(aggregate, value, query) => self.aggregate(*aggregate, value, query)?,
            Ast::Latest(value, by, query) => {
                let (query, parts) = self.query(query, |scope| {
                    let value = scope.any(value);
                    Some((value?, scope.of(by, &Ty::Date)?))
                });
                let (value, by) = parts?;
                let ty = value.ty.clone();
                (ExprKind::Latest(value.into(), by.into(), query?.into()), ty)
            }
            Ast::Values(value, query) => {
                let (query, value) = self.query(query, |scope| scope.any(value));
                let value = value?;
                let ty = Ty::List(Box::new(value.ty.clone()));
                (ExprKind::Values(value.into(), query?.into()), ty)
            }
        };
        let span = expr.span.clone();
        Some(Expr { kind, ty, span })
    }

    fn truths(&mut self, parts: &[ast::Expr]) -> Option<Vec<Expr>> {
        let parts: Vec<_> = parts.iter().map(|part| self.truth(part)).collect();
        parts.into_iter().collect()
    }

    /// Text in quotes: a value of the enumeration it meets, else text.
    fn text(&mut self, text: &str, want: Option<&Ty>, at: &ast::Expr) -> Option<(ExprKind, Ty)> {
        let want = match want {
            Some(Ty::List(item)) => Some(&**item),
            other => other,
        };
        match want {
            Some(Ty::Enum(id)) => {
                let index = self.value(*id, text, &at.span)?;
                Some((ExprKind::Literal(Literal::Enum(*id, index)), Ty::Enum(*id)))
            }
            Some(Ty::Date | Ty::DateTime) => {
                let message = type_messages::date_in_quotes(text);
                self.tell(codes::RULE_TYPE, message, &at.span).hint =
                    Some(type_messages::date_unquoted());
                None
            }
            _ => Some((ExprKind::Literal(Literal::Text(text.to_owned())), Ty::Text)),
        }
    }

    fn choose(
        &mut self,
        condition: &ast::Expr,
        then: &ast::Expr,
        or: &ast::Expr,
        want: Option<&Ty>,
        at: &ast::Expr,
    ) -> Option<(ExprKind, Ty)> {
        let condition = self.truth(condition);
        let (then, or) = self.pair(then, or, want);
        let (condition, then, or) = (condition?, then?, or?);
        if !alike(&then.ty, &or.ty) {
            let (a, b) = (self.type_name(&then.ty), self.type_name(&or.ty));
            self.tell(
                codes::RULE_TYPE,
                type_messages::branches_differ(&a, &b),
                &at.span,
            );
            return None;
        }
        let ty = wider(&then.ty, &or.ty);
        let kind = ExprKind::Choose(condition.into(), then.into(), or.into());
        Some((kind, ty))
    }

    fn list(&mut self, items: &[ast::Expr], want: Option<&Ty>) -> Option<(ExprKind, Ty)> {
        let want = match want {
            Some(Ty::List(item)) => Some((**item).clone()),
            Some(other) => Some(other.clone()),
            None => None,
        };
        let typed: Vec<_> = items
            .iter()
            .map(|item| match &want {
                Some(want) => self.of(item, want),
                None => self.any(item),
            })
            .collect();
        let typed = typed.into_iter().collect::<Option<Vec<_>>>()?;
        let item = want.or_else(|| typed.first().map(|i| i.ty.clone()));
        for (typed, written) in typed.iter().zip(items) {
            let wanted = item.as_ref().unwrap_or(&Ty::Text);
            if !alike(&typed.ty, wanted) {
                let (a, b) = (self.type_name(wanted), self.type_name(&typed.ty));
                self.tell(
                    codes::RULE_TYPE,
                    type_messages::want_type(&a, &b),
                    &written.span,
                );
                return None;
            }
        }
        let ty = Ty::List(Box::new(item.unwrap_or(Ty::Text)));
        Some((ExprKind::List(typed), ty))
    }

    fn aggregate(
        &mut self,
        aggregate: Aggregate,
        value: &ast::Expr,
        query: &ast::Query,
    ) -> Option<(ExprKind, Ty)> {
        let (query, typed) = self.query(query, |scope| scope.any(value));
        let typed = typed?;
        let fits = match aggregate {
            Aggregate::Sum => is_number(&typed.ty),
            Aggregate::Min | Aggregate::Max => self.ordered(&typed.ty),
        };
        if !fits {
            let found = self.type_name(&typed.ty);
            let message = type_messages::no_aggregate(aggregate, &found);
            self.tell(codes::RULE_TYPE, message, &value.span);
            return None;
        }
        let ty = typed.ty.clone();
        let kind = ExprKind::Aggregate(aggregate, typed.into(), query?.into());
        Some((kind, ty))
    }

    /// Two expressions that meet: the one that knows its type goes first and guides the other.
    pub(crate) fn pair(
        &mut self,
        left: &ast::Expr,
        right: &ast::Expr,
        want: Option<&Ty>,
    ) -> (Option<Expr>, Option<Expr>) {
        if needs_guidance(left) && !needs_guidance(right) {
            let right = self.typed(right, want);
            let guide = right.as_ref().map(|r| r.ty.clone());
            // Without a guide the literal would only raise mistakes that follow from the first.
            let left = guide.and_then(|guide| self.typed(left, Some(&guide)));
            return (left, right);
        }
        let left = self.typed(left, want);
        let guide = left.as_ref().map(|l| l.ty.clone()).or(want.cloned());
        let right = match (&guide, needs_guidance(right)) {
            (None, true) => None,
            _ => self.typed(right, guide.as_ref()),
        };
        (left, right)
    }

    /// True if values of a type come in an order.
    pub(crate) fn ordered(&self, ty: &Ty) -> bool {
        match ty {
            Ty::Integer | Ty::Decimal | Ty::Date | Ty::DateTime | Ty::Time | Ty::Rank(_) => true,
            Ty::Enum(id) => {
                let values = &self.context.schemas.enumeration(*id).values;
                values.iter().any(|value| value.rank.is_some())
            }
            _ => false,
        }
    }

    /// The name of a type for people.
    pub(crate) fn type_name(&self, ty: &Ty) -> String {
        type_messages::type_name(ty, self.context.schemas)
    }
}

/// True for literals that take their type from what they meet.
fn needs_guidance(expr: &ast::Expr) -> bool {
    match &expr.kind {
        Ast::Text(_) => true,
        Ast::List(items) => items.iter().all(needs_guidance),
        Ast::Choose(_, then, or) => needs_guidance(then) && needs_guidance(or),
        Ast::Call(name, arguments) => {
            spelling::function(&name.text) == Some(crate::ir::Function::Rank)
                && arguments.iter().all(needs_guidance)
        }
        _ => false,
    }
}

/// Types whose values can be compared with each other.
pub(crate) fn alike(a: &Ty, b: &Ty) -> bool {
    let dated = |ty: &Ty| matches!(ty, Ty::Date | Ty::DateTime);
    match (a, b) {
        (Ty::List(a), Ty::List(b)) => alike(a, b),
        _ => {
            a == b
                || is_number(a) && is_number(b)
                || dated(a) && dated(b)
                || is_name(a) && is_name(b)
        }
    }
}

/// The type that holds the values of both.
pub(crate) fn wider(a: &Ty, b: &Ty) -> Ty {
    match (a, b) {
        (Ty::Integer, Ty::Decimal) | (Ty::Date, Ty::DateTime) => b.clone(),
        (Ty::Text, Ty::Person | Ty::Department) => b.clone(),
        _ => a.clone(),
    }
}

/// Whole or decimal.
pub(crate) fn is_number(ty: &Ty) -> bool {
    matches!(ty, Ty::Integer | Ty::Decimal)
}

/// Text, or a name that the registers may resolve.
pub(crate) fn is_name(ty: &Ty) -> bool {
    matches!(ty, Ty::Text | Ty::Person | Ty::Department)
}
