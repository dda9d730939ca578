//! The things a rule speaks of, in plain Chinese: labels of fields, parameters with their value, what
//! is counted and where.

use super::{Explainer, words};
use crate::rows::Bound;
use crate::rows::numeric_bounds::is_spanned;
use crate::value::{Truth, Value, Why};
use zicha_model::dataset::decimal;
use zicha_model::schema::{FieldId, FieldType, LedgerId};
use zicha_rule::ir::{Aggregate, Expr, ExprKind, Function, Input, Key, Query, Slot, Ty};
use zicha_rule::walk::query_of;

impl<'a> Explainer<'_, 'a> {
    /// The value of an expression for people; empty where it has none now.
    pub(crate) fn shown(&mut self, expr: &'a Expr) -> String {
        if !self.is_bound(expr) {
            return String::new();
        }
        match self.eval.value(expr) {
            Value::Unknown(_) if is_spanned(expr) => self.shown_span(expr),
            Value::Unknown(Why::Cell(ledger, row, field, _)) => {
                self.eval.context.show_cell(ledger, row, field)
            }
            Value::Text(option) if let ExprKind::Parameter(name) = &expr.kind => {
                let option = self.eval.context.letters(&option);
                self.option_label(name, option).to_owned()
            }
            value => self.eval.context.show(&value, &expr.ty),
        }
    }

    /// A number of which only the span is known, as people say it; empty where that says nothing.
    pub(crate) fn shown_span(&mut self, expr: &'a Expr) -> String {
        let span = self.eval.span(expr).ok().filter(|span| span.why.is_some());
        span.map_or_else(String::new, |span| {
            words::from_to(&decimal(span.least), &decimal(span.most))
        })
    }

    /// What an expression stands for, by name.
    pub(crate) fn name(&mut self, expr: &'a Expr) -> String {
        match &expr.kind {
            ExprKind::Field(slot, ledger, field) => self.field_name(*slot, *ledger, *field),
            ExprKind::Single(ledger, field) => self
                .eval
                .context
                .schemas()
                .field(*ledger, *field)
                .label
                .clone(),
            ExprKind::Input(input) => input_name(*input).to_owned(),
            ExprKind::Parameter(name) | ExprKind::ParameterAt(name, _) => self.parameter_name(name),
            ExprKind::Call(function, arguments) => self.call_name(*function, arguments, expr),
            ExprKind::Add(a, b) if is_day(a) => {
                let (a, b) = (self.name(a), self.shown_or_name(b));
                format!("{a}后{b}天")
            }
            ExprKind::Subtract(a, b) if is_day(a) && !is_day(b) => {
                let (a, b) = (self.name(a), self.shown_or_name(b));
                format!("{a}前{b}天")
            }
            ExprKind::Add(a, b) => format!("{}与{}之和", self.named(a), self.named(b)),
            ExprKind::Subtract(a, b) => format!("{}减{}", self.named(a), self.named(b)),
            ExprKind::Choose(condition, yes, no) => {
                let chosen = self.chosen(condition, yes, no);
                self.name(chosen)
            }
            ExprKind::Item(slot) if let &Bound::Item(_, list) = self.eval.bound(*slot) => {
                words::each_item(&self.name(list))
            }
            ExprKind::Aggregate(..)
            | ExprKind::Latest(..)
            | ExprKind::Count(_)
            | ExprKind::Values(..) => self.query_name(expr),
            _ if expr.ty == Ty::Bool => self.phrase(expr, true),
            _ => self.shown(expr),
        }
    }

    /// Name and value: `收文日期（2026-03-05）`; only the value of what is written in the rule.
    pub(crate) fn named(&mut self, expr: &'a Expr) -> String {
        let shown = self.shown(expr);
        let name = match &expr.kind {
            ExprKind::Literal(_) | ExprKind::List(_) => return self.literal_name(expr, shown),
            ExprKind::Call(Function::Rank, x)
                if matches!(
                    x[..],
                    [Expr {
                        kind: ExprKind::Literal(_),
                        ..
                    }]
                ) =>
            {
                return self.named(&x[0]);
            }
            _ => self.name(expr),
        };
        if name == shown {
            name
        } else {
            words::with_value(&name, &shown)
        }
    }

    fn literal_name(&mut self, expr: &'a Expr, shown: String) -> String {
        match &expr.kind {
            ExprKind::List(items) => {
                let names: Vec<_> = items.iter().map(|item| self.named(item)).collect();
                names.join("、")
            }
            _ if expr.ty == Ty::Bool => format!("“{shown}”"),
            _ => shown,
        }
    }

    fn shown_or_name(&mut self, expr: &'a Expr) -> String {
        let shown = self.shown(expr);
        if shown.is_empty() {
            self.name(expr)
        } else {
            shown
        }
    }

    /// The field's label; fields of joined records with their ledger.
    fn field_name(&self, slot: Slot, ledger: LedgerId, field: FieldId) -> String {
        let label = &self.eval.context.schemas().field(ledger, field).label;
        if self.is_home(slot) {
            return label.clone();
        }
        if self.is_home_ledger(ledger) {
            return words::of_another(label);
        }
        words::of_ledger(
            &words::ledger(&self.eval.context.schemas().ledger(ledger).label),
            label,
        )
    }

    fn parameter_name(&self, name: &str) -> String {
        let parameter = self.eval.context.catalogue.parameters.get(name);
        parameter.map_or_else(
            || name.to_owned(),
            |p| format!("规定的{}", without_remark(&p.label)),
        )
    }

    fn call_name(&mut self, function: Function, arguments: &'a [Expr], expr: &'a Expr) -> String {
        let [first, rest @ ..] = arguments else {
            return String::new();
        };
        let second = |explainer: &mut Self| {
            rest.first()
                .map_or_else(String::new, |b| explainer.shown_or_name(b))
        };
        match function {
            Function::Date | Function::Rank | Function::Split | Function::Distinct => {
                self.name(first)
            }
            Function::DeadlineDays => format!("{}所指条目的整改天数", self.name(first)),
            Function::Time => format!("{}的时刻", self.name(first)),
            Function::Year => format!("{}所在年份", self.name(first)),
            Function::Month => format!("{}所在月份", self.name(first)),
            Function::EndOfYear => format!("{}年年底", self.shown(first)),
            Function::Coalesce => self.coalesced(first, rest),
            Function::AddDays => format!("{}后{}天", self.name(first), second(self)),
            Function::AddMonths => format!("{}后{}个月", self.name(first), second(self)),
            Function::AddYears => format!("{}后{}年", self.name(first), second(self)),
            Function::DaysBetween => self.between(first, rest, "天数"),
            Function::HoursBetween => self.between(first, rest, "小时数"),
            Function::Count => words::number_of(&self.name(first), is_distinct(first)),
            Function::Max | Function::Min => {
                let names: Vec<_> = arguments.iter().map(|a| self.named(a)).collect();
                let which = match (function, is_day(expr)) {
                    (Function::Max, true) => "较晚者",
                    (Function::Max, false) => "最高者",
                    (_, true) => "较早者",
                    (_, false) => "最低者",
                };
                format!("{}中的{which}", names.join("、"))
            }
            Function::Present | Function::Absent | Function::Pending => self.phrase(expr, true),
        }
    }

    /// The one that counts: the first where it has a value, or where the other is a mere number.
    fn coalesced(&mut self, first: &'a Expr, rest: &'a [Expr]) -> String {
        match rest.first() {
            Some(other) if self.stands_in(first, other) && !is_figure(other) => self.named(other),
            _ => self.name(first),
        }
    }

    /// True if the other stands in for the first, which has no value.
    pub(crate) fn stands_in(&mut self, first: &'a Expr, other: &'a Expr) -> bool {
        self.is_bound(first) && self.is_bound(other) && self.shown(first).is_empty()
    }

    /// The side of a choice that counts.
    pub(crate) fn chosen(&mut self, condition: &'a Expr, yes: &'a Expr, no: &'a Expr) -> &'a Expr {
        let is_no = self.is_bound(condition) && self.eval.truth(condition) == Truth::False;
        if is_no { no } else { yes }
    }

    fn between(&mut self, from: &'a Expr, rest: &'a [Expr], unit: &str) -> String {
        let to = rest.first().map_or_else(String::new, |to| self.named(to));
        format!("{}至{to}的{unit}", self.named(from))
    }

    fn query_name(&mut self, expr: &'a Expr) -> String {
        let Some(query) = query_of(expr) else {
            return String::new();
        };
        let (ledger, condition) = (self.query_ledger(query), self.condition(query));
        let mut what = |x: &'a Expr| self.at_home(query.slot, |explainer| explainer.name(x));
        let what = match &expr.kind {
            ExprKind::Aggregate(Aggregate::Sum, x, _) => words::sum_of(&what(x)),
            ExprKind::Aggregate(Aggregate::Min, x, _) if is_day(x) => words::earliest(&what(x)),
            ExprKind::Aggregate(Aggregate::Max, x, _) if is_day(x) => words::last(&what(x)),
            ExprKind::Aggregate(Aggregate::Min, x, _) => words::least(&what(x)),
            ExprKind::Aggregate(Aggregate::Max, x, _) => words::greatest(&what(x)),
            ExprKind::Latest(x, ..) => words::last(&what(x)),
            ExprKind::Values(x, _) => what(x),
            _ => words::NUMBER_OF_RECORDS.to_owned(),
        };
        words::gathered(&ledger, &condition, &what)
    }

    /// The name of a query's ledger.
    pub(crate) fn query_ledger(&self, query: &Query) -> String {
        self.eval.context.ledger_name(query.ledger)
    }

    /// What a query looks for, in words.
    pub(crate) fn condition(&mut self, query: &'a Query) -> String {
        self.at_home(query.slot, |explainer| {
            let mut parts = Vec::new();
            for key in &query.keys {
                let (Key::Equals(field, outer) | Key::Contains(field, outer)) = key;
                let field = explainer.eval.context.schemas().field(query.ledger, *field);
                let (label, ty) = (&field.label, field.ty);
                let shown = explainer.sought(outer, ty);
                parts.push(match key {
                    Key::Equals(..) => words::is(label, &shown),
                    Key::Contains(..) => words::includes(label, &shown, true),
                });
            }
            if let Some(filter) = &query.filter {
                let alone = parts.is_empty();
                parts.push(match alone {
                    true => explainer.phrase(filter, true),
                    false => explainer.within_others(filter, true, words::AND),
                });
            }
            parts.join(words::AND)
        })
    }

    /// What a look-up seeks, in words; in a person's column the person's name.
    fn sought(&mut self, outer: &'a Expr, ty: FieldType) -> String {
        let person = matches!(ty, FieldType::Person | FieldType::PersonList);
        if person && self.is_bound(outer) {
            let value = self.eval.value(outer);
            let name = self.eval.context.show(&value, &Ty::Person);
            if !name.is_empty() {
                return name;
            }
        }
        self.shown_or_name(outer)
    }

    /// True if every variable that the expression needs is bound.
    pub(crate) fn is_bound(&self, expr: &Expr) -> bool {
        self.all_bound(expr, &mut Vec::new())
    }

    fn all_bound(&self, expr: &Expr, inner: &mut Vec<Slot>) -> bool {
        match &expr.kind {
            ExprKind::Field(slot, ..)
            | ExprKind::Item(slot)
            | ExprKind::WindowStart(slot)
            | ExprKind::WindowEnd(slot) => {
                inner.contains(slot) || !matches!(self.eval.bound(*slot), Bound::Nothing)
            }
            _ => {
                let own = query_of(expr).map(|query| query.slot);
                inner.extend(own);
                let mut bound = true;
                zicha_rule::walk::each_part(expr, &mut |part| {
                    bound = bound && self.all_bound(part, inner);
                });
                if own.is_some() {
                    inner.pop();
                }
                bound
            }
        }
    }

    /// The label of a parameter's option; other words as they are.
    pub(crate) fn option_label<'t>(&self, parameter: &str, word: &'t str) -> &'t str
    where
        'a: 't,
    {
        let parameter = self.eval.context.catalogue.parameters.get(parameter);
        parameter.map_or(word, |p| p.option_label(word))
    }
}

/// A label without the remark in brackets at its end, since the value follows in brackets; a unit
/// such as `（小时）` stays.
fn without_remark(label: &str) -> &str {
    let parts = label.strip_suffix('）').and_then(|l| l.rsplit_once('（'));
    match parts {
        Some((name, remark)) if remark == "至少" || remark.chars().count() > 2 => name,
        _ => label,
    }
}

fn input_name(input: Input) -> &'static str {
    match input {
        Input::AsOf => "检查基准日",
        Input::CheckYear => "检查年度",
        Input::Festival => "本次检查的节日",
        Input::FestivalStart => "放假首日",
        Input::FestivalEnd => "放假末日",
    }
}

/// True for what has no name of its own: what is written in the rule.
pub(crate) fn is_figure(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Literal(_) | ExprKind::List(_))
}

fn is_distinct(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Call(Function::Distinct, _))
}

pub(crate) fn is_day(expr: &Expr) -> bool {
    matches!(expr.ty, Ty::Date | Ty::DateTime)
}

/// True for what no record says: literals, parameters, run inputs.
pub(crate) fn is_given(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Literal(_)
        | ExprKind::Parameter(_)
        | ExprKind::ParameterAt(..)
        | ExprKind::Input(_) => true,
        ExprKind::Call(_, arguments) | ExprKind::List(arguments) => arguments.iter().all(is_given),
        ExprKind::Add(a, b) | ExprKind::Subtract(a, b) | ExprKind::Compare(_, a, b) => {
            is_given(a) && is_given(b)
        }
        ExprKind::In(a, b) | ExprKind::Contains(a, b) => is_given(a) && is_given(b),
        ExprKind::Not(a) => is_given(a),
        _ => false,
    }
}
