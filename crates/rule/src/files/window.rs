//! Which records a control looks at, for people: the period of each checklist, and for every kind of
//! subject whether its date must lie in it. Read off the compiled rule, so that it cannot differ from
//! what is judged.

use crate::files::catalogue::{Catalogue, Compiled};
use crate::files::window_messages;
use crate::ir::{Body, Clause, Expr, ExprKind, Input, Source, Subjects, walk};
use zicha_model::{plan::Checklist, schema::LedgerId};

/// One line for each checklist and each kind of subject; never empty for a control that is judged.
pub fn lines(catalogue: &Catalogue, compiled: &Compiled) -> Vec<String> {
    let periods = compiled.control.checklists.iter().map(|c| period(*c));
    periods.chain(subjects(catalogue, compiled)).collect()
}

/// The period of a checklist.
pub fn period(checklist: Checklist) -> String {
    match checklist {
        Checklist::Annual => window_messages::window_annual(),
        Checklist::Festival => window_messages::window_festival(),
    }
}

/// One line for each kind of subject: whether its date must lie in the period.
pub fn subjects(catalogue: &Catalogue, compiled: &Compiled) -> Vec<String> {
    let control = &compiled.control;
    let mut lines = Vec::new();
    let mut add = |line: String| {
        if !lines.contains(&line) {
            lines.push(line);
        }
    };
    for clause in &compiled.rule.clauses {
        add(of_clause(catalogue, clause));
    }
    if control.ask.is_some() {
        add(window_messages::window_answers());
    }
    if compiled.rule.clauses.iter().any(names_days_off) {
        add(window_messages::window_days_off());
    }
    lines
}

fn of_clause(catalogue: &Catalogue, clause: &Clause) -> String {
    let first = match &clause.subject {
        Subjects::Each(bindings) => bindings.first(),
        Subjects::Unit => None,
    };
    match (first.map(|binding| &binding.source), &clause.body) {
        (Some(Source::Ledger(ledger) | Source::Consecutive { ledger, .. }), _) => {
            records(catalogue, *ledger)
        }
        (Some(Source::Quarters(_)), _) => window_messages::window_quarters(),
        (Some(Source::Months(..)), _) => window_messages::window_months(),
        (Some(Source::Items(_)), _) => window_messages::window_items(),
        (None, Body::Covered { .. }) => window_messages::window_covered(),
        (None, Body::Integrity) => window_messages::window_integrity(),
        (None, _) => window_messages::window_unit(),
    }
}

fn records(catalogue: &Catalogue, ledger: LedgerId) -> String {
    let schema = catalogue.schemas.ledger(ledger);
    let event = schema.event_date;
    let event = event.map(|field| catalogue.schemas.field(ledger, field).label.as_str());
    let open = catalogue.open_when.contains_key(&ledger);
    window_messages::window_records(&schema.label, event, open)
}

/// True if the clause speaks of the first or last day off.
fn names_days_off(clause: &Clause) -> bool {
    let mut found = false;
    each_expr(clause, &mut |expr| found |= mentions_days_off(expr));
    found
}

fn mentions_days_off(expr: &Expr) -> bool {
    let own = matches!(
        expr.kind,
        ExprKind::Input(Input::FestivalStart | Input::FestivalEnd)
    );
    let mut found = own;
    walk::each_part(expr, &mut |part| found = found || mentions_days_off(part));
    found
}

/// Calls `f` for the conditions of a clause, those of its variables included.
fn each_expr(clause: &Clause, f: &mut dyn FnMut(&Expr)) {
    clause.condition.iter().for_each(&mut *f);
    if let Subjects::Each(bindings) = &clause.subject {
        bindings
            .iter()
            .filter_map(|b| b.filter.as_ref())
            .for_each(&mut *f);
    }
    each_of_body(&clause.body, f);
}

fn each_of_body(body: &Body, f: &mut dyn FnMut(&Expr)) {
    match body {
        Body::Holds(condition) => f(condition),
        Body::Unique(parts) => parts.iter().for_each(f),
        Body::Each(bindings, inner) => {
            bindings
                .iter()
                .filter_map(|b| b.filter.as_ref())
                .for_each(&mut *f);
            each_of_body(inner, f);
        }
        Body::Covered { from, to, .. } => [from, to].into_iter().for_each(f),
        Body::Suggest | Body::Integrity => {}
    }
}
