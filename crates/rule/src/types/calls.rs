//! Calls of functions: how many arguments, of which types, and what comes out.

use crate::ir::{Expr, ExprKind, Function, Ty};
use crate::syntax::ast::Name;
use crate::syntax::{ast, spelling};
use crate::types::infer::{alike, is_name, wider};
use crate::types::scope::Scope;
use crate::types::type_messages;
use zicha_model::diag::codes;
use zicha_model::schema::EnumId;
use zicha_yaml::suggest;
use zicha_yaml::suggest::nearest;

type Typed = Option<(ExprKind, Ty)>;

impl Scope<'_, '_> {
    /// Types `name(arguments)`.
    pub(crate) fn call(
        &mut self,
        name: &Name,
        arguments: &[ast::Expr],
        want: Option<&Ty>,
        at: &ast::Expr,
    ) -> Typed {
        let Some(function) = spelling::function(&name.text) else {
            self.unknown_function(name);
            return None;
        };
        let count = arguments.len();
        let (least, most) = function.definition().arity;
        if count < least || count > most {
            let signature = type_messages::signature(function);
            let message = type_messages::wrong_arity(&name.text, count);
            self.tell(codes::RULE_ARITY, message, &at.span).hint = Some(signature);
            return None;
        }
        let (arguments, ty) = match function {
            Function::Rank => self.rank(&arguments[0], want)?,
            Function::Coalesce => self.coalesce(&arguments[0], &arguments[1], want, at)?,
            Function::Max | Function::Min => self.extreme(name, arguments, want, at)?,
            Function::Count | Function::Distinct => self.of_list(function, &arguments[0])?,
            _ => self.plain(function, arguments)?,
        };
        Some((ExprKind::Call(function, arguments), ty))
    }

    fn unknown_function(&mut self, name: &Name) {
        let names = spelling::function_names();
        let queries = [spelling::SUM, spelling::LATEST];
        let names = names.chain(queries.into_iter().flat_map(|(e, c)| [e, c]));
        let hint = suggest::hint(nearest(&name.text, names));
        let hint = hint.or_else(|| Some(type_messages::functions_are()));
        let message = type_messages::unknown_function(&name.text);
        self.tell(codes::UNKNOWN_FUNCTION, message, &name.span).hint = hint;
    }

    /// Functions whose arguments have fixed types.
    fn plain(&mut self, function: Function, arguments: &[ast::Expr]) -> Option<(Vec<Expr>, Ty)> {
        // Those that take any type have no fixed result; they are typed by their own ways (`call`).
        let (wanted, ty) = function.definition().types?;
        let typed: Vec<_> = arguments
            .iter()
            .zip(wanted)
            .map(|(argument, want)| match want {
                Some(want) => self.exactly(argument, want),
                None => self.any(argument),
            })
            .collect();
        let typed = typed.into_iter().collect::<Option<Vec<_>>>()?;
        if function == Function::Time && typed[0].ty == Ty::Date {
            self.tell(
                codes::RULE_TYPE,
                type_messages::date_has_no_time(),
                &arguments[0].span,
            );
            return None;
        }
        Some((typed, ty))
    }

    /// `rank(x)`; a bare value takes the enumeration of what it is compared with.
    fn rank(&mut self, argument: &ast::Expr, want: Option<&Ty>) -> Option<(Vec<Expr>, Ty)> {
        let guide = match (want, &argument.kind) {
            (Some(Ty::Rank(id)), _) => Some(Ty::Enum(*id)),
            (_, ast::ExprKind::Text(text)) => self.ranked_with(text).map(Ty::Enum),
            _ => None,
        };
        let typed = self.typed(argument, guide.as_ref())?;
        match typed.ty {
            Ty::Enum(id) if self.ordered(&typed.ty) => Some((vec![typed], Ty::Rank(id))),
            _ => {
                let found = self.type_name(&typed.ty);
                let hint = matches!(typed.ty, Ty::List(_)).then(type_messages::max_of_list);
                self.tell(
                    codes::RULE_TYPE,
                    type_messages::rank_wants_order(&found),
                    &argument.span,
                )
                .hint = hint;
                None
            }
        }
    }

    /// The one ranked enumeration that has a value of this name.
    fn ranked_with(&self, text: &str) -> Option<EnumId> {
        let schemas = self.context.schemas;
        let ids = (0..schemas.enums.len() as u16).map(EnumId);
        let mut having = ids.filter(|id| {
            self.ordered(&Ty::Enum(*id))
                && crate::types::scope::value_named(schemas, *id, text).is_some()
        });
        having.next().filter(|_| having.next().is_none())
    }

    fn coalesce(
        &mut self,
        first: &ast::Expr,
        second: &ast::Expr,
        want: Option<&Ty>,
        at: &ast::Expr,
    ) -> Option<(Vec<Expr>, Ty)> {
        let (a, b) = self.pair(first, second, want);
        let (a, b) = (a?, b?);
        if !alike(&a.ty, &b.ty) {
            let (left, right) = (self.type_name(&a.ty), self.type_name(&b.ty));
            self.tell(
                codes::RULE_TYPE,
                type_messages::branches_differ(&left, &right),
                &at.span,
            );
            return None;
        }
        let ty = wider(&a.ty, &b.ty);
        Some((vec![a, b], ty))
    }

    /// `max(a, b, …)` or `max(list)`.
    fn extreme(
        &mut self,
        name: &Name,
        arguments: &[ast::Expr],
        want: Option<&Ty>,
        at: &ast::Expr,
    ) -> Option<(Vec<Expr>, Ty)> {
        let first = self.typed(&arguments[0], want)?;
        let mut ty = match (&first.ty, arguments.len()) {
            (Ty::List(item), 1) => (**item).clone(),
            (_, 1) => {
                let message = type_messages::wrong_arity(&name.text, 1);
                self.tell(codes::RULE_ARITY, message, &at.span).hint =
                    Some(type_messages::signature(Function::Max));
                return None;
            }
            (ty, _) => ty.clone(),
        };
        if !self.ordered(&ty) {
            let found = self.type_name(&ty);
            self.tell(
                codes::RULE_TYPE,
                type_messages::no_order(&found),
                &arguments[0].span,
            );
            return None;
        }
        let mut typed = vec![first];
        for argument in &arguments[1..] {
            let next = self.of(argument, &ty)?;
            ty = wider(&ty, &next.ty);
            typed.push(next);
        }
        Some((typed, ty))
    }

    fn of_list(&mut self, function: Function, argument: &ast::Expr) -> Option<(Vec<Expr>, Ty)> {
        let typed = self.any(argument)?;
        if !matches!(typed.ty, Ty::List(_)) {
            let found = self.type_name(&typed.ty);
            let hint = is_name(&typed.ty).then(type_messages::use_split);
            self.tell(
                codes::RULE_TYPE,
                type_messages::want_list_value(&found),
                &argument.span,
            )
            .hint = hint;
            return None;
        }
        let ty = match function {
            Function::Count => Ty::Integer,
            _ => typed.ty.clone(),
        };
        Some((vec![typed], ty))
    }
}
