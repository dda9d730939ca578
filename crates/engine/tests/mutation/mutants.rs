//! One change of a rule at a time.

use std::ops::Range;
use zicha_rule::ir::{Binding, Body, Comparison, Expr, ExprKind, Key, Query, Rule, Subjects};

/// What was changed, and where in the rule's text.
pub(crate) struct Change {
    /// What was done.
    pub(crate) change: &'static str,
    /// To which part.
    pub(crate) span: Range<usize>,
}

/// The rule with its `nth` change; `None` if there are not so many.
pub(crate) fn mutant(rule: &Rule, nth: usize) -> Option<(Rule, Change)> {
    let mut rule = rule.clone();
    let mut mutator = Mutator {
        left: nth,
        made: None,
    };
    for clause in &mut rule.clauses {
        clause.condition.iter_mut().for_each(|c| mutator.expr(c));
        if let Subjects::Each(bindings) = &mut clause.subject {
            bindings.iter_mut().for_each(|b| mutator.binding(b));
        }
        mutator.body(&mut clause.body);
    }
    mutator.made.map(|change| (rule, change))
}

struct Mutator {
    /// Changes to pass over.
    left: usize,
    made: Option<Change>,
}

impl Mutator {
    /// True if the change at hand is the one to make.
    fn takes(&mut self, change: &'static str, span: &Range<usize>) -> bool {
        if self.made.is_some() {
            return false;
        }
        if self.left > 0 {
            self.left -= 1;
            return false;
        }
        let span = span.clone();
        self.made = Some(Change { change, span });
        true
    }

    fn binding(&mut self, binding: &mut Binding) {
        let span = binding.filter.as_ref().map_or(0..0, |f| f.span.clone());
        self.keys(&mut binding.keys, &span);
        self.filter(&mut binding.filter);
    }

    fn query(&mut self, query: &mut Query) {
        let span = query.span.clone();
        self.keys(&mut query.keys, &span);
        self.filter(&mut query.filter);
    }

    fn keys(&mut self, keys: &mut Vec<Key>, span: &Range<usize>) {
        let drop = (0..keys.len()).find(|_| self.takes("an equality dropped", span));
        drop.map(|at| keys.remove(at));
        for key in keys {
            let (Key::Equals(_, outer) | Key::Contains(_, outer)) = key;
            self.expr(outer);
        }
    }

    /// A filter that is one condition is dropped whole, one of several a condition at a time.
    fn filter(&mut self, filter: &mut Option<Expr>) {
        let whole = filter
            .as_ref()
            .filter(|f| !matches!(f.kind, ExprKind::And(_)));
        let span = whole.map(|whole| whole.span.clone());
        if span.is_some_and(|span| self.takes("a condition dropped", &span)) {
            *filter = None;
        }
        filter.iter_mut().for_each(|f| self.expr(f));
    }

    fn body(&mut self, body: &mut Body) {
        match body {
            Body::Holds(expr) => self.expr(expr),
            Body::Unique(parts) => parts.iter_mut().for_each(|part| self.expr(part)),
            Body::Each(bindings, inner) => {
                bindings.iter_mut().for_each(|b| self.binding(b));
                self.body(inner);
            }
            Body::Covered {
                from,
                to,
                start,
                end,
                query,
            } => {
                [from, to, start, end]
                    .into_iter()
                    .for_each(|part| self.expr(part));
                self.query(query);
            }
            Body::Suggest | Body::Integrity => {}
        }
    }

    fn expr(&mut self, expr: &mut Expr) {
        use ExprKind as K;
        let span = expr.span.clone();
        match &mut expr.kind {
            K::Literal(_) | K::Parameter(_) | K::Input(_) | K::Field(..) | K::Single(..) => {}
            K::Item(_) | K::WindowStart(_) | K::WindowEnd(_) => {}
            K::ParameterAt(_, a) | K::Not(a) => self.expr(a),
            K::And(parts) => {
                let drop =
                    (0..parts.len()).find(|&at| self.takes("a conjunct dropped", &parts[at].span));
                drop.map(|at| parts.remove(at));
                parts.iter_mut().for_each(|part| self.expr(part));
            }
            K::Or(parts) | K::List(parts) | K::Call(_, parts) => {
                parts.iter_mut().for_each(|part| self.expr(part));
            }
            K::Compare(comparison, a, b) => {
                if self.takes("a comparison reversed", &span) {
                    *comparison = reversed(*comparison);
                }
                self.expr(a);
                self.expr(b);
            }
            K::In(a, b) => {
                self.expr(a);
                if let K::List(values) = &mut b.kind {
                    let remove = (0..values.len())
                        .find(|&at| self.takes("a value removed", &values[at].span));
                    remove.map(|at| values.remove(at));
                }
                self.expr(b);
            }
            K::Implies(a, b)
            | K::Contains(a, b)
            | K::Matches(a, b)
            | K::Subset(a, b)
            | K::Intersects(a, b)
            | K::Add(a, b)
            | K::Subtract(a, b) => {
                self.expr(a);
                self.expr(b);
            }
            K::Choose(a, b, c) => [a, b, c].into_iter().for_each(|part| self.expr(part)),
            K::Exists(query) | K::Count(query) => self.query(query),
            K::Aggregate(_, x, query) | K::Values(x, query) => {
                self.expr(x);
                self.query(query);
            }
            K::Latest(x, by, query) => {
                self.expr(x);
                self.expr(by);
                self.query(query);
            }
        }
    }
}

fn reversed(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Equal => Comparison::NotEqual,
        Comparison::NotEqual => Comparison::Equal,
        Comparison::Less => Comparison::GreaterEqual,
        Comparison::LessEqual => Comparison::Greater,
        Comparison::Greater => Comparison::LessEqual,
        Comparison::GreaterEqual => Comparison::Less,
    }
}
