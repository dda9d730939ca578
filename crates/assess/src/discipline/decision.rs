//! What weighs a case heavier, how a decision already taken stands to the band, and what is missing
//! for one.

use super::{Grounds, Input, Measures, Records, measure_rank, measure_rank_by_label};
use zicha_model::{control::ParameterValue, schema::Schemas, time::Day};

/// Months after which an open case is late, where the parameter is not set.
const MONTHS: i64 = 3;

/// A case with what is needed to judge it.
#[derive(Clone, Copy)]
pub(super) struct Case<'a> {
    pub(super) input: &'a Input<'a>,
    pub(super) cases: Records<'a>,
    pub(super) row: u32,
}

impl Case<'_> {
    fn schemas(&self) -> &Schemas {
        &self.input.catalogue.schemas
    }

    fn day(&self, field: &str) -> Option<Day> {
        self.cases.day(self.row, field)
    }

    fn text(&self, field: &str) -> Option<String> {
        self.cases.text(self.row, field)
    }

    fn yes(&self, field: &str) -> bool {
        self.cases.yes(self.row, field)
    }

    fn number(&self, parameter: &str, default: i64) -> i64 {
        match self
            .input
            .catalogue
            .parameters
            .get(parameter)
            .map(|p| &p.value)
        {
            Some(ParameterValue::Integer(number)) => *number,
            _ => default,
        }
    }

    /// Earlier cases of the same person in the ledger, whatever the year: their numbers and days.
    pub(super) fn earlier(&self) -> Vec<String> {
        let person = self.cases.sym(self.row, "person");
        let (Some(person), Some(day)) = (person, self.day("violation_on")) else {
            return Vec::new();
        };
        let mut rows: Vec<_> = self
            .cases
            .rows()
            .filter(|&row| self.cases.sym(row, "person") == Some(person))
            .filter_map(|row| Some((self.cases.day(row, "violation_on")?, row)))
            .filter(|(before, _)| *before < day)
            .collect();
        rows.sort_unstable();
        let named = rows.into_iter().map(|(day, row)| {
            let id = self.cases.text(row, "case_id").unwrap_or_default();
            format!("{id}（{day}）")
        });
        named.collect()
    }

    /// Times the person offended before: the ledger's count or the cases found, whichever is more.
    pub(super) fn prior_count(&self) -> usize {
        let written = self.cases.integer(self.row, "prior_count").unwrap_or(0);
        self.earlier()
            .len()
            .max(usize::try_from(written).unwrap_or(0))
    }

    /// True if it counts as a repeat offence.
    pub(super) fn is_repeat(&self) -> bool {
        let limit = self.number("repeat_violation_count", 1).max(1);
        self.prior_count() as i64 >= limit
    }

    /// Repeat offences in words.
    pub(super) fn repeats(&self) -> Vec<String> {
        let earlier = self.earlier();
        let count = self.prior_count();
        let mut told = Vec::new();
        if count > 0 {
            let which = match earlier.as_slice() {
                [] => String::new(),
                some => format!("：{}", some.join("、")),
            };
            told.push(format!("从重：此前已有 {count} 次违规{which}"));
        }
        let written = self.cases.integer(self.row, "prior_count");
        if written.is_some_and(|n| (n.max(0) as usize) < earlier.len()) {
            told.push(format!(
                "登记的此前违规次数少于台账中查到的 {} 次，请核实",
                earlier.len()
            ));
        }
        told
    }

    /// How a decision stands to the band: missing, late, incomplete, too light, too heavy.
    pub(super) fn compare(&self, grounds: &Grounds, band: &Measures, weighed: bool) -> Vec<String> {
        let taken = self.cases.choices(self.row, "measures");
        let mut told = self.timing(taken.is_empty());
        if self.day("decided_on").is_none() {
            return told;
        }
        if taken.is_empty() {
            told.push("已有决定日期，但没有填写处理措施".to_owned());
            return told;
        }
        let rank = |label: &str| measure_rank_by_label(self.schemas(), label);
        let heaviest = taken
            .iter()
            .filter_map(|id| measure_rank(self.schemas(), id))
            .max();
        if let (Some(taken), Some(from), Some(to)) = (heaviest, rank(&band.from), rank(&band.to)) {
            if taken < from {
                told.push("已作处理轻于幅度下限，请复核".to_owned());
            } else if taken > to {
                told.push("已作处理重于幅度上限，请复核".to_owned());
            } else if weighed && taken == from && from < to {
                told.push("有从重情节，已作处理仍为幅度最低一档，请复核".to_owned());
            }
        }
        if self.yes("is_crime") && !taken.contains(&grounds.judicial.measure.as_str()) {
            told.push("涉嫌犯罪，处理措施中没有移送司法机关，请复核".to_owned());
        }
        let fines = matches!(
            self.input
                .catalogue
                .parameters
                .get("allow_fine")
                .map(|p| &p.value),
            Some(ParameterValue::Bool(true))
        );
        if taken.contains(&"economic") && !fines {
            told.push("已作处理含经济处罚，本单位未设定可以罚款，请复核依据".to_owned());
        }
        told
    }

    /// Undecided, and since when; decided late.
    fn timing(&self, no_measures: bool) -> Vec<String> {
        let months = self.number("incident_result_months", MONTHS);
        let due = self
            .day("violation_on")
            .map(|day| day.add_months(i32::try_from(months).unwrap_or(MONTHS as i32)));
        let as_of = self.input.plan.as_of;
        match (self.day("decided_on"), due) {
            (None, due) => {
                let mut told = vec!["尚未作出处理决定（涉嫌）".to_owned()];
                if !no_measures {
                    told.push("已填写处理措施，但没有决定日期".to_owned());
                }
                if due.is_some_and(|due| due < as_of) {
                    told.push(format!("违规之日起超过 {months} 个月尚未作出决定"));
                }
                told
            }
            (Some(decided), Some(due)) if decided > due => {
                vec![format!("决定日期晚于违规之日起 {months} 个月")]
            }
            _ => Vec::new(),
        }
    }

    /// What must be known before the competent authority can decide.
    pub(super) fn missing(&self, grounds: &Grounds) -> Option<String> {
        let leak = self.cases.choice(self.row, "violation_type") == Some("leak");
        let mut fields = vec![
            "person",
            "violation_type",
            "violation_on",
            "gravity",
            "is_crime",
        ];
        if leak {
            fields.push("leaked_level");
            fields.extend(grounds.aggravating.iter().map(|c| c.field.as_str()));
        }
        if self.day("decided_on").is_some() {
            fields.extend(["decided_by", "recorded_in_file"]);
        }
        let ledger = self.schemas().ledger_by_id("punishments")?;
        let schema = self.schemas().ledger(ledger);
        let missing = fields
            .into_iter()
            .filter(|field| self.text(field).is_none());
        let labels: Vec<_> = missing
            .filter_map(|field| {
                let id = schema.field_by_id(field)?;
                Some(format!("“{}”", self.schemas().field(ledger, id).label))
            })
            .collect();
        (!labels.is_empty()).then(|| format!("作出决定尚缺：{}", labels.join("")))
    }
}
