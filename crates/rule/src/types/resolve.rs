//! Clauses → typed clauses: variables get slots, names get their ledgers and fields.

use crate::ir::{Binding, Body, Clause, Expr, Query, Rule, Slot, Source, Subjects, Ty};
use crate::syntax::mistake::Mistake;
use crate::syntax::{ast, parse};
use crate::types::infer::holds_record;
use crate::types::join_keys;
use crate::types::scope::{Context, Scope, StandsFor};
use crate::types::type_messages;
use zicha_model::diag::codes;
use zicha_model::schema::{FieldType, LedgerId};

/// Compiles a rule. Mistakes are added to the list; with any, the rule must not be used.
pub(crate) fn rule(text: &str, context: Context<'_>, mistakes: &mut Vec<Mistake>) -> Rule {
    let clauses = parse::rule(text, mistakes);
    let clauses = clauses
        .iter()
        .filter_map(|clause| self::clause(clause, context, mistakes))
        .collect();
    Rule { clauses }
}

/// The record that a condition is about; its fields are named bare.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Record {
    /// Its ledger.
    pub(crate) ledger: LedgerId,
    /// The variable that stands for it.
    pub(crate) slot: Slot,
    /// The first slot that is free.
    pub(crate) free: usize,
}

/// Compiles a condition about one record; with it comes the number of slots then in use.
pub(crate) fn condition(
    text: &str,
    record: Record,
    context: Context<'_>,
    mistakes: &mut Vec<Mistake>,
) -> Option<(Expr, usize)> {
    let condition = parse::condition(text, mistakes)?;
    let mut scope = Scope::new(context, mistakes);
    scope.slots = record.free as u16;
    scope.bare = Some((record.slot, record.ledger));
    let condition = scope.truth(&condition)?;
    Some((condition, usize::from(scope.slots)))
}

fn clause(
    clause: &ast::Clause,
    context: Context<'_>,
    mistakes: &mut Vec<Mistake>,
) -> Option<Clause> {
    let mut scope = Scope::new(context, mistakes);
    let condition = clause.condition.as_ref().map(|c| scope.truth(c));
    let (subject, body) = match &clause.body {
        ast::Body::Each(each, body) => {
            let bindings = scope.variables(each);
            let body = scope.body(body);
            (bindings.map(Subjects::Each), body)
        }
        body => (Some(Subjects::Unit), scope.body(body)),
    };
    Some(Clause {
        span: clause.span.clone(),
        condition: condition.map_or(Some(None), |c| c.map(Some))?,
        subject: subject?,
        narrowed: Vec::new(),
        body: body?,
        slots: usize::from(scope.slots),
        needs: scope.needs,
        ledgers: scope.ledgers,
    })
}

impl Scope<'_, '_> {
    fn body(&mut self, body: &ast::Body) -> Option<Body> {
        match body {
            ast::Body::Holds(condition) => self.truth(condition).map(Body::Holds),
            ast::Body::Unique(parts) => {
                if self.variables.is_empty() {
                    let span = parts.first().map_or(0..0, |part| part.span.clone());
                    self.tell(codes::RULE_SYNTAX, type_messages::unique_needs_for(), &span);
                    return None;
                }
                let parts: Vec<_> = parts.iter().map(|part| self.any(part)).collect();
                parts
                    .into_iter()
                    .collect::<Option<Vec<_>>>()
                    .map(Body::Unique)
            }
            ast::Body::Each(each, inner) => {
                let bindings = self.variables(each);
                let inner = self.body(inner);
                Some(Body::Each(bindings?, Box::new(inner?)))
            }
            ast::Body::Covered(covered) => self.covered(covered),
            ast::Body::Suggest => Some(Body::Suggest),
            ast::Body::Integrity(span) => {
                if !self.variables.is_empty() {
                    self.tell(codes::RULE_SYNTAX, type_messages::integrity_alone(), span);
                }
                Some(Body::Integrity)
            }
        }
    }

    fn covered(&mut self, covered: &ast::Covered) -> Option<Body> {
        let from = self.of(&covered.from, &Ty::Date);
        let to = self.of(&covered.to, &Ty::Date);
        let (query, ends) = self.query(&covered.query, |scope| {
            let start = scope.of(&covered.start, &Ty::Date);
            let end = scope.of(&covered.end, &Ty::Date);
            Some((start?, end?))
        });
        let (start, end) = ends?;
        Some(Body::Covered {
            from: from?,
            to: to?,
            start,
            end,
            query: query?,
        })
    }

    /// The variables of a `for`, with its filter dealt out to them.
    fn variables(&mut self, each: &ast::For) -> Option<Vec<Binding>> {
        let bindings: Vec<_> = each.bindings.iter().map(|b| self.binding(b)).collect();
        let filter = each.filter.as_ref().map(|filter| self.truth(filter));
        let bindings = bindings.into_iter().collect::<Option<Vec<_>>>()?;
        match filter {
            Some(filter) => Some(join_keys::deal(bindings, filter?)),
            None => Some(bindings),
        }
    }

    fn binding(&mut self, binding: &ast::Binding) -> Option<Binding> {
        let source = self.source(&binding.source);
        let stands_for = match &source {
            Some((_, stands_for)) => stands_for.clone(),
            None => StandsFor::Unknown,
        };
        let slot = self.declare(&binding.name, stands_for);
        let mut source = source?.0;
        if let (
            Source::Consecutive { ledger, next, .. },
            ast::Source::Consecutive { next: name, .. },
        ) = (&mut source, &binding.source)
        {
            *next = self.declare(name, StandsFor::Record(*ledger));
        }
        Some(Binding {
            slot,
            name: binding.name.text.clone(),
            source,
            keys: Vec::new(),
            filter: None,
        })
    }

    fn source(&mut self, source: &ast::Source) -> Option<(Source, StandsFor)> {
        match source {
            ast::Source::Of(expr) => self.rows_or_items(expr),
            ast::Source::Quarters(year) => {
                let year = self.exactly(year, &Ty::Integer)?;
                Some((Source::Quarters(Box::new(year)), StandsFor::Window))
            }
            ast::Source::Months(year, n) => {
                let year = self.exactly(year, &Ty::Integer);
                let n = self.exactly(n, &Ty::Integer);
                let source = Source::Months(Box::new(year?), Box::new(n?));
                Some((source, StandsFor::Window))
            }
            ast::Source::Consecutive { ledger, by, .. } => {
                let ledger = self.ledger(ledger)?;
                let field = self.field(ledger, by)?;
                let ty = self.context.schemas.field(ledger, field).ty;
                if !matches!(ty, FieldType::Date | FieldType::DateTime) {
                    self.tell(
                        codes::RULE_TYPE,
                        type_messages::by_wants_date(&by.text),
                        &by.span,
                    );
                    return None;
                }
                let source = Source::Consecutive {
                    ledger,
                    by: field,
                    next: Slot(0),
                };
                Some((source, StandsFor::Record(ledger)))
            }
        }
    }

    /// A bare name is a ledger unless a variable or input bears it; anything else is a list.
    fn rows_or_items(&mut self, expr: &ast::Expr) -> Option<(Source, StandsFor)> {
        if let ast::ExprKind::Name(text) = &expr.kind
            && self.variable(text).is_none()
        {
            let name = ast::Name {
                text: text.clone(),
                span: expr.span.clone(),
            };
            let ledger = self.ledger(&name)?;
            return Some((Source::Ledger(ledger), StandsFor::Record(ledger)));
        }
        let list = self.any(expr)?;
        let Ty::List(item) = list.ty.clone() else {
            let found = self.type_name(&list.ty);
            self.tell(
                codes::RULE_TYPE,
                type_messages::want_list_source(&found),
                &expr.span,
            );
            return None;
        };
        Some((Source::Items(Box::new(list)), StandsFor::Item(*item)))
    }

    /// Opens a query, runs a step with its variable in scope, closes it.
    pub(crate) fn query<T>(
        &mut self,
        query: &ast::Query,
        step: impl FnOnce(&mut Self) -> Option<T>,
    ) -> (Option<Query>, Option<T>) {
        let ledger = self.ledger(&query.ledger);
        let stands_for = ledger.map_or(StandsFor::Unknown, StandsFor::Record);
        let slot = self.declare(&query.name, stands_for);
        let filter = query.filter.as_ref().map(|filter| self.truth(filter));
        let value = step(self);
        self.variables.pop();
        let filter = match filter {
            Some(None) => return (None, value),
            Some(filter) => filter,
            None => None,
        };
        let Some(ledger) = ledger else {
            return (None, value);
        };
        let (keys, filter) = join_keys::split(slot, ledger, filter);
        let query = Query {
            slot,
            name: query.name.text.clone(),
            ledger,
            keys,
            filter,
            span: query.span.clone(),
        };
        (Some(query), value)
    }

    /// `unit_profile.field`: a ledger that holds one record.
    pub(crate) fn single(&mut self, name: &ast::Name) -> Option<LedgerId> {
        let ledger = crate::types::scope::ledger_named(self.context.schemas, &name.text)?;
        if holds_record(self.context.schemas, ledger) {
            return Some(ledger);
        }
        let label = &self.context.schemas.ledger(ledger).label;
        let message = type_messages::many_records(label);
        self.tell(codes::RULE_NAME, message, &name.span).hint = Some(type_messages::use_for());
        None
    }
}
