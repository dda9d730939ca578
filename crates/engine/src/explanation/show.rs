//! Values and records as people write them.

use super::{reasons, words};
use crate::context::EvalContext;
use crate::context::subject::SubjectRef;
use crate::value::{Sort, Text, Value};
use zicha_model::{
    dataset::decimal,
    schema::{FieldId, LedgerId},
    time::{Day, Moment},
};
use zicha_rule::ir::Ty;

impl<'a> EvalContext<'a> {
    /// A value as people write it.
    pub(crate) fn show(&self, value: &Value<'a>, ty: &Ty) -> String {
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
            let mut values = self.schemas().enumeration(*e).values.iter();
            if let Some(value) = values.find(|v| v.rank.map(i64::from) == Some(n / 1000)) {
                return value.label.clone();
            }
        }
        decimal(n)
    }

    fn show_text<'t>(&self, text: &'t Text, ty: &Ty) -> &'t str
    where
        'a: 't,
    {
        match (text, ty) {
            (Text::Known(sym), Ty::Person) => self.name(*sym, Sort::Person),
            (Text::Known(sym), Ty::Department) => self.name(*sym, Sort::Department),
            _ => self.letters(text),
        }
    }

    fn show_enum(&self, index: i32, ty: &Ty) -> String {
        let Ty::Enum(e) = ty else {
            return String::new();
        };
        let values = &self.schemas().enumeration(*e).values;
        values
            .get(index as usize)
            .map_or_else(String::new, |v| v.label.clone())
    }

    /// A cell's value for people; the raw text where it could not be read.
    pub(crate) fn show_cell(&self, ledger: LedgerId, row: u32, field: FieldId) -> String {
        let (context, ty) = (self, self.schemas().field(ledger, field).ty);
        let Some(table) = context.dataset.table(ledger) else {
            return String::new();
        };
        match context.cell(table, row, field) {
            Value::Absent(_) => String::new(),
            Value::Unknown(_) => context.dataset.raw(table, row, field).to_owned(),
            value => self.show(&value, &Ty::from(ty)),
        }
    }
}

impl EvalContext<'_> {
    /// The label of a parameter, for reasons.
    pub(crate) fn parameter_label(&self, name: &str) -> String {
        let parameter = self.catalogue.parameters.get(name);
        parameter.map_or_else(|| name.to_owned(), |p| p.label.clone())
    }

    /// A ledger by name, for sentences.
    pub(crate) fn ledger_name(&self, ledger: LedgerId) -> String {
        words::ledger(&self.schemas().ledger(ledger).label)
    }

    /// The record's key with names instead of ids.
    pub(crate) fn key_for_people(&self, ledger: LedgerId, row: u32) -> String {
        let schema = self.schemas().ledger(ledger);
        let name = (schema.id == "personnel")
            .then(|| schema.field_by_id("name"))
            .flatten();
        let fields = name.map_or(schema.primary_key.clone(), |name| vec![name]);
        let cells = fields.iter().map(|&f| self.show_cell(ledger, row, f));
        let shown: Vec<_> = cells.filter(|cell| !cell.is_empty()).collect();
        if shown.is_empty() {
            return self.place_for_people(ledger, row);
        }
        shown.join("、")
    }

    /// A record without key is named by where it stands.
    fn place_for_people(&self, ledger: LedgerId, row: u32) -> String {
        let field = self.schemas().ledger(ledger).primary_key.first();
        let place = self.dataset.table(ledger).zip(field);
        place.map_or_else(String::new, |(table, &field)| {
            format!("第{}行", self.dataset.place(table, row, field).row)
        })
    }

    /// Ledger and key, for sentences.
    pub(crate) fn record_for_people(&self, ledger: LedgerId, row: u32) -> String {
        let label = words::ledger(&self.schemas().ledger(ledger).label);
        words::record(&label, &self.key_for_people(ledger, row))
    }

    /// The subject, for sentences.
    pub(crate) fn who_for_people(&self, who: &SubjectRef) -> String {
        match who {
            SubjectRef::Unit => self.unit_name(),
            SubjectRef::Named(key) => key.clone(),
            SubjectRef::Row(ledger, row) | SubjectRef::Group(ledger, _, row) => {
                self.record_for_people(*ledger, *row)
            }
        }
    }

    /// Why a ledger cannot be asked.
    pub(crate) fn missing(&self, ledger: LedgerId) -> String {
        let label = words::ledger(&self.schemas().ledger(ledger).label);
        match self.dataset.table(ledger) {
            Some(_) => reasons::is_empty(&label),
            None => reasons::not_provided(&label),
        }
    }
}
