//! Operators between two operands: which types go together, and what they become.

use crate::ir::{Comparison, Expr, ExprKind, Function, Input, Literal, Ty};
use crate::syntax::ast::Operator;
use crate::syntax::{ast, spelling};
use crate::types::infer::{alike, is_name, is_number, wider};
use crate::types::options::{option_named, option_near};
use crate::types::scope::Scope;
use crate::types::type_messages;
use zicha_model::diag::codes;
use zicha_model::{control::ParameterType, dataset::decimal};

type Typed = Option<(ExprKind, Ty)>;

impl Scope<'_, '_> {
    /// Types `left operator right`.
    pub(crate) fn binary(
        &mut self,
        operator: Operator,
        left: &ast::Expr,
        right: &ast::Expr,
        at: &ast::Expr,
    ) -> Typed {
        match operator {
            Operator::Implies => {
                let (a, b) = (self.truth(left), self.truth(right));
                Some((ExprKind::Implies(a?.into(), b?.into()), Ty::Bool))
            }
            Operator::Compare(comparison) => self.compare(comparison, left, right, at),
            Operator::In => self.contained(left, right, at),
            Operator::NotIn => {
                let (kind, ty) = self.contained(left, right, at)?;
                let span = at.span.clone();
                let inner = Expr { kind, ty, span };
                Some((ExprKind::Not(inner.into()), Ty::Bool))
            }
            Operator::Contains => self.contains(left, right, at),
            Operator::Matches => self.matches(left, right),
            Operator::Subset => self.sets(left, right, at, ExprKind::Subset),
            Operator::Intersects => self.sets(left, right, at, ExprKind::Intersects),
            Operator::Add => self.arithmetic(left, right, at, ExprKind::Add),
            Operator::Subtract => self.arithmetic(left, right, at, ExprKind::Subtract),
        }
    }

    fn compare(
        &mut self,
        comparison: Comparison,
        left: &ast::Expr,
        right: &ast::Expr,
        at: &ast::Expr,
    ) -> Typed {
        let (a, b) = self.pair(left, right, None);
        let (mut a, mut b) = (a?, b?);
        self.settle_option(&a, &mut b)?;
        self.settle_option(&b, &mut a)?;
        let equality = matches!(comparison, Comparison::Equal | Comparison::NotEqual);
        let holds = match (&a.ty, &b.ty) {
            (Ty::List(item), other) if equality && alike(item, other) => {
                Some(ExprKind::Contains(a.clone().into(), b.clone().into()))
            }
            (other, Ty::List(item)) if equality && alike(item, other) => {
                Some(ExprKind::Contains(b.clone().into(), a.clone().into()))
            }
            _ => None,
        };
        if let Some(kind) = holds {
            return Some((
                self.negated(kind, comparison == Comparison::NotEqual, at),
                Ty::Bool,
            ));
        }
        if !alike(&a.ty, &b.ty) {
            return self.unlike(&a, &b, at);
        }
        let orderly = self.ordered(&a.ty) || is_month(&a) || is_month(&b);
        if !equality && !orderly {
            let found = self.type_name(&a.ty);
            self.tell(codes::RULE_TYPE, type_messages::no_order(&found), &at.span)
                .hint = Some(type_messages::use_equality());
            return None;
        }
        Some((ExprKind::Compare(comparison, a.into(), b.into()), Ty::Bool))
    }

    fn negated(&self, kind: ExprKind, negated: bool, at: &ast::Expr) -> ExprKind {
        if !negated {
            return kind;
        }
        let inner = Expr {
            kind,
            ty: Ty::Bool,
            span: at.span.clone(),
        };
        ExprKind::Not(inner.into())
    }

    /// A choice parameter beside a literal: the literal must name one of its options.
    fn settle_option(&mut self, parameter: &Expr, literal: &mut Expr) -> Option<()> {
        let (ExprKind::Parameter(name), ExprKind::Literal(Literal::Text(text))) =
            (&parameter.kind, &mut literal.kind)
        else {
            return Some(());
        };
        let Some(ParameterType::Choice(options)) = self.context.parameters.get(name).map(|p| &p.ty)
        else {
            return Some(());
        };
        if let Some(option) = option_named(options, text) {
            text.clone_from(&option.id);
            return Some(());
        }
        let hint = option_near(options, text).or_else(|| Some(type_messages::options_are(options)));
        let message = type_messages::unknown_option(name, text);
        self.tell(codes::UNKNOWN_VALUE, message, &literal.span).hint = hint;
        None
    }

    fn unlike(&mut self, a: &Expr, b: &Expr, at: &ast::Expr) -> Typed {
        let left = (&a.ty, self.called(a, type_messages::left_side()));
        let right = (&b.ty, self.called(b, type_messages::right_side()));
        self.mismatch(left, right, at);
        if (is_year(a) || is_year(b))
            && let Some(told) = self.mistakes.last_mut()
        {
            told.hint = Some(type_messages::use_year());
        }
        None
    }

    /// What a list holds, named after the list.
    fn items<'t>(&self, list: &Expr, item: &'t Ty, otherwise: String) -> (&'t Ty, String) {
        (item, type_messages::items_of(&self.called(list, otherwise)))
    }

    /// Tells that two operands cannot be compared, each named with its type.
    fn mismatch(
        &mut self,
        (a, left): (&Ty, String),
        (b, right): (&Ty, String),
        at: &ast::Expr,
    ) -> Typed {
        let left = type_messages::is_of_type(&left, &self.type_name(a));
        let right = type_messages::is_of_type(&right, &self.type_name(b));
        self.tell(
            codes::RULE_TYPE,
            type_messages::cannot_compare(&left, &right),
            &at.span,
        )
        .hint = type_messages::compare_instead(a, b);
        None
    }

    /// How people know an operand: its column, parameter, function; else where it stands.
    fn called(&self, expr: &Expr, otherwise: String) -> String {
        let column = |ledger, field| {
            let schema = self.context.schemas.field(ledger, field);
            format!("“{}”", schema.label)
        };
        match &expr.kind {
            ExprKind::Field(_, ledger, field) | ExprKind::Single(ledger, field) => {
                column(*ledger, *field)
            }
            ExprKind::Parameter(name) | ExprKind::ParameterAt(name, _) => {
                let known = self.context.parameters.get(name);
                type_messages::parameter_called(known.map_or(name, |parameter| &parameter.label))
            }
            ExprKind::Input(input) => format!("“{}”", spelling::input_label(*input)),
            ExprKind::Call(function, _) => type_messages::result_of(*function),
            ExprKind::Literal(Literal::Text(text)) => format!("“{text}”"),
            ExprKind::Literal(Literal::Integer(number)) => format!("“{number}”"),
            ExprKind::Literal(Literal::Decimal(number)) => format!("“{}”", decimal(*number)),
            _ => otherwise,
        }
    }

    /// `x in list`; for a list on the left, any of its items.
    fn contained(&mut self, left: &ast::Expr, right: &ast::Expr, at: &ast::Expr) -> Typed {
        let (a, b) = self.pair(left, right, None);
        let (a, b) = (a?, b?);
        let Ty::List(item) = &b.ty else {
            let found = self.type_name(&b.ty);
            self.tell(
                codes::RULE_TYPE,
                type_messages::in_wants_list(&found),
                &right.span,
            );
            return None;
        };
        if let Ty::List(own) = &a.ty {
            if alike(own, item) {
                return Some((ExprKind::Intersects(a.into(), b.into()), Ty::Bool));
            }
            let left = (
                &**own,
                type_messages::items_of(&self.called(&a, type_messages::left_side())),
            );
            return self.mismatch(left, self.items(&b, item, type_messages::right_side()), at);
        }
        if !alike(&a.ty, item) {
            let left = (&a.ty, self.called(&a, type_messages::left_side()));
            return self.mismatch(left, self.items(&b, item, type_messages::right_side()), at);
        }
        Some((ExprKind::In(a.into(), b.into()), Ty::Bool))
    }

    fn contains(&mut self, left: &ast::Expr, right: &ast::Expr, at: &ast::Expr) -> Typed {
        let (a, b) = self.pair(left, right, None);
        let (a, b) = (a?, b?);
        let Ty::List(item) = &a.ty else {
            let found = self.type_name(&a.ty);
            let hint = is_name(&a.ty).then(type_messages::use_matches_or_split);
            self.tell(
                codes::RULE_TYPE,
                type_messages::contains_wants_list(&found),
                &left.span,
            )
            .hint = hint;
            return None;
        };
        if !alike(item, &b.ty) {
            let left = self.items(&a, item, type_messages::left_side());
            return self.mismatch(
                left,
                (&b.ty, self.called(&b, type_messages::right_side())),
                at,
            );
        }
        Some((ExprKind::Contains(a.into(), b.into()), Ty::Bool))
    }

    /// `text matches text`, or any of a list of texts.
    fn matches(&mut self, left: &ast::Expr, right: &ast::Expr) -> Typed {
        let (a, b) = (self.any(left), self.any(right));
        let (a, b) = (a?, b?);
        let texts = matches!(&b.ty, Ty::List(item) if is_name(item));
        for (expr, fits) in [(&a, is_name(&a.ty)), (&b, is_name(&b.ty) || texts)] {
            if !fits {
                let found = self.type_name(&expr.ty);
                self.tell(
                    codes::RULE_TYPE,
                    type_messages::matches_wants_text(&found),
                    &expr.span,
                );
                return None;
            }
        }
        Some((ExprKind::Matches(a.into(), b.into()), Ty::Bool))
    }

    fn sets(
        &mut self,
        left: &ast::Expr,
        right: &ast::Expr,
        at: &ast::Expr,
        kind: fn(Box<Expr>, Box<Expr>) -> ExprKind,
    ) -> Typed {
        let (a, b) = self.pair(left, right, None);
        let (a, b) = (a?, b?);
        for expr in [&a, &b] {
            if !matches!(expr.ty, Ty::List(_)) {
                let found = self.type_name(&expr.ty);
                self.tell(
                    codes::RULE_TYPE,
                    type_messages::want_list_value(&found),
                    &expr.span,
                );
                return None;
            }
        }
        if !alike(&a.ty, &b.ty) {
            return self.unlike(&a, &b, at);
        }
        Some((kind(a.into(), b.into()), Ty::Bool))
    }

    /// `a + b`, `a - b`: numbers, or a date and days.
    fn arithmetic(
        &mut self,
        left: &ast::Expr,
        right: &ast::Expr,
        at: &ast::Expr,
        kind: fn(Box<Expr>, Box<Expr>) -> ExprKind,
    ) -> Typed {
        let (a, b) = (self.any(left), self.any(right));
        let (a, b) = (a?, b?);
        let ty = match (&a.ty, &b.ty) {
            (x, y) if is_number(x) && is_number(y) => wider(x, y),
            (Ty::Date, Ty::Integer) => Ty::Date,
            _ => return self.no_arithmetic(&a, &b, at),
        };
        Some((kind(a.into(), b.into()), ty))
    }

    fn no_arithmetic(&mut self, a: &Expr, b: &Expr, at: &ast::Expr) -> Typed {
        let (left, right) = (self.type_name(&a.ty), self.type_name(&b.ty));
        let dated = |ty: &Ty| matches!(ty, Ty::Date | Ty::DateTime);
        let hint = if dated(&a.ty) && dated(&b.ty) {
            Some(type_messages::use_days_between())
        } else if is_name(&a.ty) && is_name(&b.ty) {
            Some(type_messages::unique_tuple())
        } else {
            None
        };
        self.tell(
            codes::RULE_TYPE,
            type_messages::no_arithmetic(&left, &right),
            &at.span,
        )
        .hint = hint;
        None
    }
}

/// The year checked, or a number that can only be a year.
fn is_year(expr: &Expr) -> bool {
    match expr.kind {
        ExprKind::Input(Input::CheckYear) => true,
        ExprKind::Literal(Literal::Integer(number)) => (1900..2200).contains(&number),
        _ => false,
    }
}

/// `month(…)` gives text `2026-03`, whose order is that of time.
fn is_month(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Call(Function::Month, _))
}
