//! Names in an expression → what they stand for: variables and their fields, inputs, parameters.

use crate::ir::{ExprKind, Input, Ty};
use crate::syntax::ast::{ExprKind as Ast, Name};
use crate::syntax::spelling::{END, START};
use crate::syntax::{ast, spelling};
use crate::types::scope::{Scope, StandsFor};
use crate::types::type_messages;
use zicha_model::diag::codes;
use zicha_model::{control::ParameterType, schema::LedgerId};
use zicha_yaml::suggest;
use zicha_yaml::suggest::nearest;

impl Scope<'_, '_> {
    /// A bare name: a list item, an input, or the field of the record at hand.
    pub(crate) fn name(&mut self, name: &str, at: &ast::Expr) -> Option<(ExprKind, Ty)> {
        if let Some(variable) = self.variable(name) {
            let slot = variable.slot;
            if let StandsFor::Item(ty) = &variable.stands_for {
                return Some((ExprKind::Item(slot), ty.clone()));
            }
            if matches!(variable.stands_for, StandsFor::Unknown) {
                return None;
            }
            let message = type_messages::variable_needs_field(name);
            self.tell(codes::RULE_TYPE, message, &at.span);
            return None;
        }
        if let Some((slot, ledger)) = self.bare
            && crate::types::scope::field_named(self.context.schemas, ledger, name).is_some()
        {
            let name = Name {
                text: name.to_owned(),
                span: at.span.clone(),
            };
            let field = self.field(ledger, &name)?;
            let ty = Ty::from(self.context.schemas.field(ledger, field).ty);
            return Some((ExprKind::Field(slot, ledger, field), ty));
        }
        if let Some(input) = spelling::input(name) {
            return self.input(input);
        }
        self.unknown_name(name, at);
        None
    }

    fn unknown_name(&mut self, name: &str, at: &ast::Expr) {
        if let Some((_, ledger)) = self.bare {
            return self.unknown_bare(ledger, name, at);
        }
        let variables: Vec<_> = self.variables.iter().map(|v| v.name.clone()).collect();
        let inputs = spelling::INPUTS.iter().flat_map(|(_, e, c)| [*e, *c]);
        let names = variables.iter().map(String::as_str).chain(inputs);
        let hint =
            suggest::hint(nearest(name, names)).or_else(|| Some(type_messages::quote_values(name)));
        self.tell(
            codes::RULE_NAME,
            type_messages::unknown_name(name),
            &at.span,
        )
        .hint = hint;
    }

    /// A name that is neither a column of the record at hand nor anything else.
    fn unknown_bare(&mut self, ledger: LedgerId, name: &str, at: &ast::Expr) {
        let schema = self.context.schemas.ledger(ledger);
        let columns = schema.fields.iter().flat_map(|f| [&f.id, &f.label]);
        let inputs = spelling::INPUTS.iter().flat_map(|(_, e, c)| [*e, *c]);
        let names = || columns.clone().map(String::as_str).chain(inputs.clone());
        let near = nearest(name, names()).or_else(|| suggest::nearest_short(name, names()));
        let hint =
            suggest::hint(near).or_else(|| Some(type_messages::bare_column_or_value(schema, name)));
        let message = type_messages::unknown_field(&schema.label, name);
        self.tell(codes::UNKNOWN_FIELD, message, &at.span).hint = hint;
    }

    fn input(&mut self, input: Input) -> Option<(ExprKind, Ty)> {
        let ty = match input {
            Input::AsOf | Input::FestivalStart | Input::FestivalEnd => Ty::Date,
            Input::CheckYear => Ty::Integer,
            Input::Festival => Ty::Enum(self.context.schemas.enum_by_id("festival")?),
        };
        Some((ExprKind::Input(input), ty))
    }

    /// `v.field`, `w.start`, `unit_profile.field`.
    pub(crate) fn dotted(&mut self, base: &Name, field: &Name) -> Option<(ExprKind, Ty)> {
        let Some(variable) = self.variable(&base.text) else {
            return self.single_field(base, field);
        };
        let slot = variable.slot;
        match variable.stands_for.clone() {
            StandsFor::Record(ledger) => {
                let id = self.field(ledger, field)?;
                let ty = Ty::from(self.context.schemas.field(ledger, id).ty);
                Some((ExprKind::Field(slot, ledger, id), ty))
            }
            StandsFor::Window if spelling::is(START, &field.text) => {
                Some((ExprKind::WindowStart(slot), Ty::Date))
            }
            StandsFor::Window if spelling::is(END, &field.text) => {
                Some((ExprKind::WindowEnd(slot), Ty::Date))
            }
            StandsFor::Window => {
                self.tell(codes::RULE_NAME, type_messages::window_has(), &field.span);
                None
            }
            StandsFor::Unknown => None,
            StandsFor::Item(_) => {
                let message = type_messages::item_has_no_fields(&base.text);
                self.tell(codes::RULE_TYPE, message, &field.span);
                None
            }
        }
    }

    fn single_field(&mut self, base: &Name, field: &Name) -> Option<(ExprKind, Ty)> {
        let before = self.mistakes.len();
        let Some(ledger) = self.single(base) else {
            if self.mistakes.len() == before && self.bare.is_some() {
                let message = type_messages::unknown_name(&base.text);
                self.tell(codes::RULE_NAME, message, &base.span).hint =
                    Some(type_messages::bare_column(&field.text));
            } else if self.mistakes.len() == before {
                let at = ast::Expr {
                    kind: Ast::Bool(true),
                    span: base.span.clone(),
                };
                self.unknown_name(&base.text, &at);
            }
            return None;
        };
        let id = self.field(ledger, field)?;
        let ty = Ty::from(self.context.schemas.field(ledger, id).ty);
        Some((ExprKind::Single(ledger, id), ty))
    }

    /// `$name`.
    pub(crate) fn parameter_value(&mut self, name: &str, at: &ast::Expr) -> Option<(ExprKind, Ty)> {
        let parameter = self.parameter(name, &at.span)?;
        let schemas = self.context.schemas;
        let ty = match &parameter.ty {
            ParameterType::Integer { .. } => Ty::Integer,
            ParameterType::Bool => Ty::Bool,
            ParameterType::Enum(id) => Ty::Enum(schemas.enum_by_id(id)?),
            ParameterType::EnumList(id) => Ty::List(Box::new(Ty::Enum(schemas.enum_by_id(id)?))),
            ParameterType::Choice(_) => Ty::Text,
            ParameterType::TextList => Ty::List(Box::new(Ty::Text)),
            ParameterType::Time => Ty::Time,
            ParameterType::Map { key, .. } => {
                let id = schemas.enum_by_id(key)?;
                let message = type_messages::map_needs_key(name, &schemas.enumeration(id).label);
                self.tell(codes::RULE_TYPE, message, &at.span);
                return None;
            }
        };
        Some((ExprKind::Parameter(parameter.name.clone()), ty))
    }

    /// `$name[key]`.
    pub(crate) fn parameter_at(
        &mut self,
        name: &str,
        key: &ast::Expr,
        at: &ast::Expr,
    ) -> Option<(ExprKind, Ty)> {
        let parameter = self.parameter(name, &at.span)?;
        let ParameterType::Map { key: of, .. } = &parameter.ty else {
            self.tell(codes::RULE_TYPE, type_messages::no_map(name), &at.span);
            return None;
        };
        let id = self.context.schemas.enum_by_id(of)?;
        let key = self.of(key, &Ty::Enum(id))?;
        Some((
            ExprKind::ParameterAt(parameter.name.clone(), key.into()),
            Ty::Integer,
        ))
    }
}
