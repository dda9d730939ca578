//! What falls due in the next months: terms that ledgers state, intervals since the last time,
//! numbers a year, duties before holidays, and the terms of this run's findings.
//!
//! What enters: the records, parameters and findings. What leaves: [`DueDates`]. It reminds and
//! judges nothing; what cannot be told (no such ledger, no date) is counted a matter, so that an
//! empty month does not pass for a quiet one.

mod records;
mod rules;
mod yearly;

use crate::{Input, records::Records};
use rules::Condition;
use std::collections::BTreeMap;
use zicha_engine::Subjects;
use zicha_model::{
    control::ParameterValue,
    dataset::{CellState, Place, Sym},
    rectification::Column,
    results::{Finding, State},
    time::Day,
};

/// What falls due.
#[derive(Clone, Debug, Default)]
pub struct DueDates {
    /// The last day looked at.
    pub until: Option<Day>,
    /// By day, overdue ones first.
    pub entries: Vec<Entry>,
    /// What was looked at, in the order of the data.
    pub matters: Vec<Matter>,
}

/// One thing to be done by a day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The last day.
    pub due: Day,
    /// What is to be done.
    pub matter: String,
    /// About what: number and title of the record, or a count.
    pub item: String,
    /// Department in charge.
    pub department: Option<String>,
    /// Person in charge.
    pub person: Option<String>,
    /// The ledger, or what else it follows from.
    pub source: String,
    /// The cell that it follows from.
    pub place: Option<Place>,
}

/// How a matter was looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matter {
    /// What is to be done.
    pub label: String,
    /// The ledger.
    pub source: String,
    /// The unit has the ledger.
    pub kept: bool,
    /// Entries overdue or due in the months looked at.
    pub within: usize,
    /// Due after them.
    pub later: usize,
    /// Open, and no day stands there or can be worked out.
    pub undated: usize,
    /// A date or condition could not be read, or the column is not kept.
    pub unclear: usize,
}

impl DueDates {
    fn add(&mut self, matter: &mut Matter, entry: Entry) {
        if self.until.is_some_and(|until| entry.due > until) {
            matter.later += 1;
        } else {
            matter.within += 1;
            self.entries.push(entry);
        }
    }
}

/// Looks at every rule, then at the findings of this run.
pub(super) fn dates(input: &Input<'_>, findings: &[Finding]) -> Result<DueDates, String> {
    let rules = rules::load()?;
    let look = Look {
        input,
        subjects: Subjects::new(input.catalogue, input.dataset, input.plan, input.profile),
        staff: Staff::of(input),
    };
    let mut dates = DueDates {
        until: Some(input.plan.as_of.add_months(rules.months)),
        ..DueDates::default()
    };
    for rule in &rules.records {
        let matter = records::look(&look, rule, &mut dates);
        dates.matters.push(matter);
    }
    for rule in &rules.minima {
        let matter = yearly::minimum(&look, rule, &mut dates);
        dates.matters.push(matter);
    }
    for rule in &rules.festivals {
        let matter = yearly::before_festivals(&look, rule, &mut dates);
        dates.matters.push(matter);
    }
    of_findings(input, findings, &mut dates);
    dates.entries.sort();
    Ok(dates)
}

/// What the rules are looked up in.
struct Look<'a> {
    input: &'a Input<'a>,
    subjects: Subjects<'a>,
    staff: Staff<'a>,
}

impl<'a> Look<'a> {
    fn records(&self, ledger: &str) -> Option<Records<'a>> {
        Records::of(&self.input.catalogue.schemas, self.input.dataset, ledger)
    }

    /// The matter before anything is counted.
    fn matter(&self, label: &str, ledger: &str) -> Matter {
        let schemas = &self.input.catalogue.schemas;
        let id = schemas.ledger_by_id(ledger);
        Matter {
            label: label.to_owned(),
            source: id.map_or_else(|| ledger.to_owned(), |id| schemas.ledger(id).label.clone()),
            kept: self.records(ledger).is_some(),
            ..Matter::default()
        }
    }

    /// A number of a parameter (`$name`), of several the one for the key or `other`.
    fn parameter(&self, name: &str, key: Option<&str>) -> Option<i32> {
        let parameter = self
            .input
            .catalogue
            .parameters
            .get(name.strip_prefix('$')?)?;
        let number = match &parameter.value {
            ParameterValue::Integer(number) => *number,
            ParameterValue::Map(numbers) => {
                let own = key.and_then(|key| numbers.get(key));
                own.or_else(|| numbers.get("other")).copied().flatten()?
            }
            _ => return None,
        };
        i32::try_from(number).ok()
    }
}

/// Whether a record meets a condition; `None` if a cell cannot be read or the column is not kept.
fn meets(records: Records<'_>, row: u32, condition: &Condition) -> Option<bool> {
    let mut unclear = false;
    for (field, wanted) in condition {
        match records.state(row, field) {
            Some(CellState::Value) => {
                if !wanted.iter().any(|id| records.says(row, field, id)) {
                    return Some(false);
                }
            }
            Some(CellState::Empty) => {}
            _ => unclear = true,
        }
    }
    (!unclear).then_some(true)
}

/// The staff register: person id → row.
struct Staff<'a> {
    records: Option<Records<'a>>,
    rows: BTreeMap<Sym, u32>,
}

impl<'a> Staff<'a> {
    fn of(input: &Input<'a>) -> Self {
        let records = Records::of(&input.catalogue.schemas, input.dataset, "personnel");
        let rows = records.into_iter().flat_map(|records| {
            let of = move |row| records.sym(row, "person_id").map(|id| (id, row));
            records.rows().filter_map(of)
        });
        Self {
            records,
            rows: rows.collect(),
        }
    }

    /// False only if the register knows the person and says otherwise: whom it does not know is
    /// reminded of rather than left out.
    fn is(&self, person: Sym, condition: &Condition) -> bool {
        let (Some(records), Some(&row)) = (self.records, self.rows.get(&person)) else {
            return true;
        };
        meets(records, row, condition).unwrap_or(true)
    }
}

/// Findings that stand, one entry for each control, department, person and day.
fn of_findings(input: &Input<'_>, findings: &[Finding], dates: &mut DueDates) {
    let mut matter = Matter {
        label: "整改本次检查发现的问题".to_owned(),
        source: "本次检查".to_owned(),
        kept: true,
        ..Matter::default()
    };
    let mut groups: BTreeMap<_, usize> = BTreeMap::new();
    let standing = |f: &&Finding| f.state != State::Fixed && !f.waived;
    for finding in findings.iter().filter(standing) {
        let entered = |column| finding.rectification.cell(column);
        let due = entered(Column::Due).and_then(Day::parse);
        let person = entered(Column::Responsible).or(finding.subject.person.as_deref());
        let group = (
            due.unwrap_or(finding.due),
            finding.control.as_deref(),
            finding.department().map(str::to_owned),
            person.map(str::to_owned),
        );
        *groups.entry(group).or_default() += 1;
    }
    for ((due, control, department, person), count) in groups {
        let known = input.catalogue.controls.iter().map(|c| &c.control);
        let mut title = known
            .filter(|c| Some(c.id.as_str()) == control)
            .map(|c| c.title.as_str());
        let what = title.next_back().unwrap_or("无法识读的内容");
        let entry = Entry {
            due,
            matter: matter.label.clone(),
            item: format!("{what}：{count}处，见整改清单"),
            department,
            person,
            source: matter.source.clone(),
            place: None,
        };
        dates.add(&mut matter, entry);
    }
    dates.matters.push(matter);
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use zicha_model::schema::{DateKind, FieldType};

    /// Every term that a ledger states is told, or the data says why it is nothing to be done.
    #[test]
    fn every_term_of_the_ledgers_is_told() {
        let rules = rules::load().expect("the data is well formed");
        let (catalogue, _) = zicha_rule::pack::load(std::path::Path::new("."), &Default::default());
        let told: BTreeSet<_> = rules
            .records
            .iter()
            .filter_map(|rule| Some(format!("{}.{}", rule.ledger, rule.on.as_ref()?)))
            .chain(rules.not_due)
            .collect();
        let mut terms = BTreeSet::new();
        for ledger in &catalogue.schemas.ledgers {
            let day = |ty| matches!(ty, FieldType::Date | FieldType::DateTime);
            let fields = ledger.fields.iter();
            let fields = fields.filter(|f| day(f.ty) && f.date_kind == DateKind::Term);
            terms.extend(fields.map(|field| format!("{}.{}", ledger.id, field.id)));
        }
        assert_eq!(told, terms);
    }

    /// Fields, values and parameters that the data names exist.
    #[test]
    fn what_the_data_names_exists() {
        let rules = rules::load().expect("the data is well formed");
        let (catalogue, _) = zicha_rule::pack::load(std::path::Path::new("."), &Default::default());
        let mut missing = Vec::new();
        let mut field = |ledger: &str, field: &str| {
            let id = catalogue.schemas.ledger_by_id(ledger);
            let known = id.and_then(|id| catalogue.schemas.ledger(id).field_by_id(field));
            if known.is_none() {
                missing.push(format!("{ledger}.{field}"));
            }
        };
        for rule in &rules.records {
            let by = rule.plus.iter().flat_map(|plus| &plus.by);
            let named = rule.on.iter().chain(&rule.since).chain(&rule.done);
            let named = named.chain(&rule.item).chain(rule.only.keys()).chain(by);
            named
                .chain(rule.latest_by.iter().flatten())
                .for_each(|name| field(&rule.ledger, name));
            rule.holders
                .keys()
                .for_each(|name| field("personnel", name));
        }
        for rule in &rules.minima {
            let named = rule.persons.iter().chain([&rule.on]);
            named.for_each(|name| field(&rule.ledger, name));
        }
        for rule in &rules.festivals {
            let named = [&rule.on, &rule.festival]
                .into_iter()
                .chain(rule.only.keys());
            named.for_each(|name| field(&rule.ledger, name));
        }
        let plus = rules.records.iter().flat_map(|rule| &rule.plus);
        let stretches = plus.flat_map(|p| p.days.iter().chain(&p.months).chain(&p.years));
        let counts = rules.minima.iter().map(|rule| &rule.at_least);
        let leads = rules.festivals.iter().map(|rule| &rule.lead);
        for name in stretches.chain(counts).chain(leads) {
            let parameter = name.strip_prefix('$');
            if parameter.is_some_and(|name| !catalogue.parameters.contains_key(name)) {
                missing.push(name.clone());
            }
        }
        assert_eq!(missing, Vec::<String>::new());
    }
}
