//! Names in a clause: variables, ledgers, fields, values; and what the clause reads.

use crate::ir::{Slot, Ty};
use crate::syntax::ast::Name;
use crate::syntax::mistake::Mistake;
use crate::types::type_messages;
use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};
use zicha_model::diag::Code;
use zicha_model::diag::codes;
use zicha_model::{
    control::Parameter,
    schema::{EnumId, EnumSchema, FieldId, LedgerId, LedgerSchema, Schemas},
};
use zicha_yaml::suggest;
use zicha_yaml::suggest::nearest;

/// What names may refer to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context<'c> {
    /// Ledgers and enumerations.
    pub(crate) schemas: &'c Schemas,
    /// Parameters by name.
    pub(crate) parameters: &'c BTreeMap<String, Parameter>,
}

/// A variable in scope.
#[derive(Clone, Debug)]
pub(crate) struct Variable {
    /// As written.
    pub(crate) name: String,
    /// Its place in the clause.
    pub(crate) slot: Slot,
    /// What it stands for.
    pub(crate) stands_for: StandsFor,
}

/// What a variable stands for.
#[derive(Clone, Debug)]
pub(crate) enum StandsFor {
    /// A record of a ledger.
    Record(LedgerId),
    /// An item of a list.
    Item(Ty),
    /// A calendar window.
    Window,
    /// What could not be found: told already, so nothing about it is told again.
    Unknown,
}

/// Resolves and types one clause.
#[derive(Debug)]
pub(crate) struct Scope<'c, 'm> {
    /// What names may refer to.
    pub(crate) context: Context<'c>,
    /// Mistakes are told here.
    pub(crate) mistakes: &'m mut Vec<Mistake>,
    /// Variables in scope, the innermost last.
    pub(crate) variables: Vec<Variable>,
    /// Slots given out.
    pub(crate) slots: u16,
    /// Fields read.
    pub(crate) needs: BTreeSet<(LedgerId, FieldId)>,
    /// Ledgers read.
    pub(crate) ledgers: BTreeSet<LedgerId>,
    /// The record whose fields may be named bare (`open_when`).
    pub(crate) bare: Option<(Slot, LedgerId)>,
}

impl<'c, 'm> Scope<'c, 'm> {
    /// An empty scope.
    pub(crate) fn new(context: Context<'c>, mistakes: &'m mut Vec<Mistake>) -> Self {
        Self {
            context,
            mistakes,
            variables: Vec::new(),
            slots: 0,
            needs: BTreeSet::new(),
            ledgers: BTreeSet::new(),
            bare: None,
        }
    }

    /// Brings a variable into scope; a name that is taken is told.
    pub(crate) fn declare(&mut self, name: &Name, stands_for: StandsFor) -> Slot {
        if self.variables.iter().any(|v| v.name == name.text) {
            let message = type_messages::variable_taken(&name.text);
            self.tell(codes::RULE_NAME, message, &name.span).hint =
                Some(type_messages::other_name());
        }
        let slot = Slot(self.slots);
        self.slots += 1;
        self.variables.push(Variable {
            name: name.text.clone(),
            slot,
            stands_for,
        });
        slot
    }

    /// The innermost variable of a name.
    pub(crate) fn variable(&self, name: &str) -> Option<&Variable> {
        self.variables.iter().rev().find(|v| v.name == name)
    }

    /// The ledger of a name; an unknown one is told.
    pub(crate) fn ledger(&mut self, name: &Name) -> Option<LedgerId> {
        let found = ledger_named(self.context.schemas, &name.text);
        match found {
            Some(ledger) => {
                self.ledgers.insert(ledger);
            }
            None => self.unknown_ledger(name),
        }
        found
    }

    fn unknown_ledger(&mut self, name: &Name) {
        let names = ledger_names(self.context.schemas);
        let hint = suggest::hint(nearest(&name.text, names))
            .or_else(|| Some(type_messages::where_ledgers_stand()));
        self.tell(
            codes::UNKNOWN_LEDGER,
            type_messages::unknown_ledger(&name.text),
            &name.span,
        )
        .hint = hint;
    }

    /// The field of a ledger by name; an unknown one is told.
    pub(crate) fn field(&mut self, ledger: LedgerId, name: &Name) -> Option<FieldId> {
        let schema = self.context.schemas.ledger(ledger);
        let found = field_named(self.context.schemas, ledger, &name.text);
        match found {
            Some(field) => {
                self.needs.insert((ledger, field));
                self.ledgers.insert(ledger);
            }
            None => {
                let hint = field_near(schema, &name.text);
                let message = type_messages::unknown_field(&schema.label, &name.text);
                self.tell(codes::UNKNOWN_FIELD, message, &name.span).hint = hint;
            }
        }
        found
    }

    /// The index of an enumeration's value by id, label or alias; an unknown one is told.
    pub(crate) fn value(&mut self, id: EnumId, text: &str, span: &Range<usize>) -> Option<i32> {
        let schema = self.context.schemas.enumeration(id);
        let found = value_named(self.context.schemas, id, text);
        if found.is_none() {
            let hint = Some(value_near(schema, text));
            let message = type_messages::unknown_value(&schema.label, text);
            self.tell(codes::UNKNOWN_VALUE, message, span).hint = hint;
        }
        found
    }

    /// The parameter of a name; an unknown one is told.
    pub(crate) fn parameter(&mut self, name: &str, span: &Range<usize>) -> Option<&'c Parameter> {
        let parameters = self.context.parameters;
        let found = parameter_named(parameters, name);
        if found.is_none() {
            let message = type_messages::unknown_parameter(name);
            self.tell(codes::UNKNOWN_PARAMETER, message, span).hint =
                parameter_near(parameters, name);
        }
        found
    }

    /// Tells a mistake; the caller may add advice.
    pub(crate) fn tell(
        &mut self,
        code: Code,
        message: String,
        span: &Range<usize>,
    ) -> &mut Mistake {
        self.mistakes.push(Mistake {
            code,
            message,
            hint: None,
            span: span.clone(),
        });
        let last = self.mistakes.len() - 1;
        &mut self.mistakes[last]
    }
}

/// The ledger that an id, a label or an alias names.
pub(crate) fn ledger_named(schemas: &Schemas, name: &str) -> Option<LedgerId> {
    if let Some(ledger) = schemas.ledger_by_id(name) {
        return Some(ledger);
    }
    let by = |named: &dyn Fn(&zicha_model::schema::LedgerSchema) -> bool| {
        let found = schemas.ledgers.iter().position(named);
        found.map(|index| LedgerId(index as u16))
    };
    by(&|l| same(&l.label, name)).or_else(|| by(&|l| l.aliases.iter().any(|a| same(a, name))))
}

/// Ids and labels of all ledgers, for suggestions.
pub(crate) fn ledger_names(schemas: &Schemas) -> impl Iterator<Item = &str> {
    let names = schemas
        .ledgers
        .iter()
        .flat_map(|l| [l.id.as_str(), l.label.as_str()]);
    names.chain(
        schemas
            .ledgers
            .iter()
            .flat_map(|l| l.aliases.iter().map(String::as_str)),
    )
}

/// The field that an id, a label or an alias names.
pub(crate) fn field_named(schemas: &Schemas, ledger: LedgerId, name: &str) -> Option<FieldId> {
    let schema = schemas.ledger(ledger);
    if let Some(field) = schema.field_by_id(name) {
        return Some(field);
    }
    let by = |named: &dyn Fn(&zicha_model::schema::FieldSchema) -> bool| {
        let found = schema.fields.iter().position(named);
        found.map(|index| FieldId(index as u16))
    };
    by(&|f| same(&f.label, name)).or_else(|| by(&|f| f.aliases.iter().any(|a| same(a, name))))
}

/// The parameter that a name, or its label with or without the unit in brackets, names.
pub(crate) fn parameter_named<'p>(
    parameters: &'p BTreeMap<String, Parameter>,
    name: &str,
) -> Option<&'p Parameter> {
    let labelled = |p: &&Parameter| same(&p.label, name) || same(without_unit(&p.label), name);
    parameters
        .get(name)
        .or_else(|| parameters.values().find(labelled))
}

/// Advice that names the parameter a mistaken name comes near to.
pub(crate) fn parameter_near(
    parameters: &BTreeMap<String, Parameter>,
    name: &str,
) -> Option<String> {
    let names = parameters
        .values()
        .flat_map(|p| [p.name.as_str(), without_unit(&p.label)]);
    suggest::hint(nearest(name, names)).or_else(|| Some(type_messages::where_parameters_stand()))
}

/// A label without the bracket at its end: `补丁更新间隔（天）`.
fn without_unit(label: &str) -> &str {
    match label
        .strip_suffix('）')
        .and_then(|inner| inner.rsplit_once('（'))
    {
        Some((before, _)) if !before.is_empty() => before,
        _ => label,
    }
}

/// Advice that names the field a mistaken name comes near to, else those that there are.
pub(crate) fn field_near(ledger: &LedgerSchema, name: &str) -> Option<String> {
    let names = ledger.fields.iter().flat_map(|f| [&f.id, &f.label]);
    let aliases = ledger.fields.iter().flat_map(|f| &f.aliases);
    let near = nearest(name, names.chain(aliases).map(String::as_str));
    suggest::hint(near).or_else(|| Some(type_messages::fields_of(ledger)))
}

/// Advice that names the value a mistaken word comes near to, and all of them.
pub(crate) fn value_near(values: &EnumSchema, text: &str) -> String {
    let names = || {
        values
            .values
            .iter()
            .flat_map(|v| [v.id.as_str(), v.label.as_str()])
    };
    let near = nearest(text, names()).or_else(|| suggest::nearest_short(text, names()));
    type_messages::value_advice(near, values)
}

/// The index of the value that an id, a label or an alias names.
pub(crate) fn value_named(schemas: &Schemas, id: EnumId, name: &str) -> Option<i32> {
    let schema = schemas.enumeration(id);
    if let Some(value) = schema.value_by_id(name) {
        return Some(value);
    }
    let by = |named: &dyn Fn(&zicha_model::schema::EnumValue) -> bool| {
        let found = schema.values.iter().position(named);
        found.map(|index| index as i32)
    };
    by(&|v| same(&v.label, name)).or_else(|| by(&|v| v.aliases.iter().any(|a| same(a, name))))
}

/// Names are the same whatever the width of their brackets.
fn same(known: &str, written: &str) -> bool {
    let plain = |c: char| match c {
        '（' => '(',
        '）' => ')',
        other => other,
    };
    known.chars().map(plain).eq(written.chars().map(plain))
}
