//! Conditions and values in plain Chinese, made from the rule itself: labels of fields, labels of
//! values, dates, parameters with their value.

use super::eval::{Bound, Machine};
use super::free::query_of;
use super::value::{Text, Value, item_type};
use super::words;
use crate::model::{
    dataset::decimal,
    schema::{FieldId, FieldType, LedgerId},
    time::{Day, Moment},
};
use crate::rule::ir::{
    Aggregate, Comparison, Expr, ExprKind, Function, Input, Key, Query, Slot, Ty,
};

impl<'a> Machine<'a> {
    /// A value as people write it.
    pub(super) fn show(&self, value: &Value<'a>, ty: &Ty) -> String {
        match value {
            Value::Bool(b) => if *b { "是" } else { "否" }.to_owned(),
            Value::Number(n) => self.show_number(*n, ty),
            Value::Date(day) => Day(*day).to_string(),
            Value::Moment(word) => Moment(*word).to_string(),
            Value::Time(minutes) => format!("{:02}:{:02}", minutes / 60, minutes % 60),
            Value::Text(text) => self.show_text(text, ty).to_owned(),
            Value::Enum(index) => self.show_enum(*index, ty),
            Value::List(items) => {
                let (values, own) = (self.items_of(items), Ty::Text);
                let item = if let Ty::List(item) = ty { item } else { &own };
                let shown: Vec<_> = values.iter().map(|v| self.show(v, item)).collect();
                shown.join("、")
            }
            Value::Absent(_) | Value::Unknown(_) => String::new(),
        }
    }

    fn show_number(&self, n: i64, ty: &Ty) -> String {
        if let Ty::Rank(e) = ty {
            let mut values = self.world.schemas().enumeration(*e).values.iter();
            if let Some(value) = values.find(|v| v.rank.map(i64::from) == Some(n / 1000)) {
                return value.label.clone();
            }
        }
        match i32::try_from(n) {
            Ok(word) => decimal(word),
            Err(_) => (n / 1000).to_string(),
        }
    }

    fn show_text<'t>(&self, text: &'t Text, ty: &Ty) -> &'t str
    where
        'a: 't,
    {
        match (text, ty) {
            (Text::Known(sym), Ty::Person) => self.world.name(*sym, super::value::Sort::Person),
            (Text::Known(sym), Ty::Department) => {
                self.world.name(*sym, super::value::Sort::Department)
            }
            _ => self.world.letters(text),
        }
    }

    fn show_enum(&self, index: i32, ty: &Ty) -> String {
        let Ty::Enum(e) = ty else {
            return String::new();
        };
        let values = &self.world.schemas().enumeration(*e).values;
        values
            .get(index as usize)
            .map_or_else(String::new, |v| v.label.clone())
    }

    /// A cell's value for people; the raw text where it could not be read.
    pub(super) fn show_cell(&self, ledger: LedgerId, row: u32, field: FieldId) -> String {
        let (world, ty) = (self.world, self.world.schemas().field(ledger, field).ty);
        let Some(table) = world.dataset.table(ledger) else {
            return String::new();
        };
        match world.cell(table, row, field) {
            Value::Absent(_) => String::new(),
            Value::Unknown(_) => world.dataset.raw(table, row, field).to_owned(),
            value => self.show(&value, &type_of(ty)),
        }
    }

    /// The value of an expression for people; empty where it has none now.
    pub(super) fn shown(&mut self, expr: &'a Expr) -> String {
        if !self.is_bound(expr) {
            return String::new();
        }
        let value = self.value(expr);
        self.show(&value, &expr.ty)
    }

    /// What an expression stands for, by name.
    pub(super) fn name(&mut self, expr: &'a Expr) -> String {
        match &expr.kind {
            ExprKind::Field(slot, ledger, field) => self.field_name(*slot, *ledger, *field),
            ExprKind::Single(ledger, field) => {
                self.world.schemas().field(*ledger, *field).label.clone()
            }
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
                let chosen = if self.is_bound(condition)
                    && self.truth(condition) == super::value::Truth::False
                {
                    no
                } else {
                    yes
                };
                self.name(chosen)
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
    pub(super) fn named(&mut self, expr: &'a Expr) -> String {
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
        let label = &self.world.schemas().field(ledger, field).label;
        if self.is_home(slot) {
            return label.clone();
        }
        let ledger = words::ledger(&self.world.schemas().ledger(ledger).label);
        format!("{ledger}的{label}")
    }

    fn parameter_name(&self, name: &str) -> String {
        let parameter = self.world.catalogue.parameters.get(name);
        parameter.map_or_else(|| name.to_owned(), |p| format!("规定的{}", p.label))
    }

    fn call_name(&mut self, function: Function, arguments: &'a [Expr], expr: &'a Expr) -> String {
        let [first, rest @ ..] = arguments else {
            return String::new();
        };
        let second = |machine: &mut Self| {
            rest.first()
                .map_or_else(String::new, |b| machine.shown_or_name(b))
        };
        match function {
            Function::Date | Function::Rank | Function::Split => self.name(first),
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
            Function::Count => format!("{}的数量", self.name(first)),
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

    /// The one that counts: the first where it has a value.
    fn coalesced(&mut self, first: &'a Expr, rest: &'a [Expr]) -> String {
        match rest.first() {
            Some(other) if self.shown(first).is_empty() && self.is_bound(first) => self.name(other),
            _ => self.name(first),
        }
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
        let mut what = |x: &'a Expr| self.at_home(query.slot, |machine| machine.name(x));
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
    pub(super) fn query_ledger(&self, query: &Query) -> String {
        words::ledger(&self.world.schemas().ledger(query.ledger).label)
    }

    /// What a query looks for, in words.
    pub(super) fn condition(&mut self, query: &'a Query) -> String {
        self.at_home(query.slot, |machine| {
            let mut parts = Vec::new();
            for key in &query.keys {
                let (Key::Equals(field, outer) | Key::Contains(field, outer)) = key;
                let label = &machine.world.schemas().field(query.ledger, *field).label;
                let shown = machine.shown_or_name(outer);
                parts.push(match key {
                    Key::Equals(..) => words::is(label, &shown),
                    Key::Contains(..) => words::includes(label, &shown, true),
                });
            }
            if let Some(filter) = &query.filter {
                parts.push(machine.phrase(filter, true));
            }
            parts.join(words::AND)
        })
    }

    /// A condition as a requirement (`want`), or its opposite.
    pub(super) fn phrase(&mut self, expr: &'a Expr, want: bool) -> String {
        match &expr.kind {
            ExprKind::Not(a) => self.phrase(a, !want),
            ExprKind::And(parts) => {
                self.phrases(parts, want, if want { words::AND } else { words::OR })
            }
            ExprKind::Or(parts) => {
                self.phrases(parts, want, if want { words::OR } else { words::AND })
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
            ExprKind::Call(Function::Pending, x) => {
                let day = x.first().map_or_else(String::new, |x| self.shown(x));
                words::not_due(&day)
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
            ExprKind::Choose(..) | ExprKind::Item(_) => self.shown(expr),
            _ => self.name(expr),
        }
    }

    fn first_name(&mut self, arguments: &'a [Expr]) -> String {
        arguments.first().map_or_else(String::new, |x| self.name(x))
    }

    fn phrases(&mut self, parts: &'a [Expr], want: bool, with: &str) -> String {
        let phrases: Vec<_> = parts.iter().map(|part| self.phrase(part, want)).collect();
        phrases.join(with)
    }

    fn comparison(&mut self, how: Comparison, a: &'a Expr, b: &'a Expr, want: bool) -> String {
        let how = if want { how } else { words::opposite(how) };
        let (how, a, b) = if is_given(a) && !is_given(b) {
            (words::mirrored(how), b, a)
        } else {
            (how, a, b)
        };
        words::compared(how, &a.ty, &self.name(a), &self.named(b))
    }

    /// True if every variable that the expression needs is bound.
    pub(super) fn is_bound(&self, expr: &Expr) -> bool {
        self.all_bound(expr, &mut Vec::new())
    }

    fn all_bound(&self, expr: &Expr, inner: &mut Vec<Slot>) -> bool {
        match &expr.kind {
            ExprKind::Field(slot, ..)
            | ExprKind::Item(slot)
            | ExprKind::WindowStart(slot)
            | ExprKind::WindowEnd(slot) => {
                inner.contains(slot) || !matches!(self.bound(*slot), Bound::Nothing)
            }
            _ => {
                let own = query_of(expr).map(|query| query.slot);
                inner.extend(own);
                let mut bound = true;
                super::free::each_part(expr, &mut |part| {
                    bound = bound && self.all_bound(part, inner);
                });
                if own.is_some() {
                    inner.pop();
                }
                bound
            }
        }
    }

    /// The label of a parameter, for reasons.
    pub(super) fn parameter_label(&self, name: &str) -> String {
        let parameter = self.world.catalogue.parameters.get(name);
        parameter.map_or_else(|| name.to_owned(), |p| p.label.clone())
    }
}

/// What a column's type is in a rule.
pub(super) fn type_of(ty: FieldType) -> Ty {
    match ty {
        FieldType::Text => Ty::Text,
        FieldType::Integer => Ty::Integer,
        FieldType::Decimal => Ty::Decimal,
        FieldType::Bool => Ty::Bool,
        FieldType::Date => Ty::Date,
        FieldType::DateTime => Ty::DateTime,
        FieldType::Enum(e) => Ty::Enum(e),
        FieldType::Person => Ty::Person,
        FieldType::Department => Ty::Department,
        FieldType::EnumList(_) | FieldType::PersonList => {
            Ty::List(Box::new(type_of(item_type(ty))))
        }
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

fn is_day(expr: &Expr) -> bool {
    matches!(expr.ty, Ty::Date | Ty::DateTime)
}

/// True for what no record says: literals, parameters, run inputs.
pub(super) fn is_given(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Literal(_)
        | ExprKind::Parameter(_)
        | ExprKind::ParameterAt(..)
        | ExprKind::Input(_) => true,
        ExprKind::Call(_, arguments) | ExprKind::List(arguments) => arguments.iter().all(is_given),
        ExprKind::Add(a, b) | ExprKind::Subtract(a, b) => is_given(a) && is_given(b),
        _ => false,
    }
}
