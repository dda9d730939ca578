//! The sentence of a finding for papers, from its control's template and the record's cells.

use super::Explanation;
use super::fault_words as words;
use crate::context::EvalContext;
use crate::context::subject::SubjectRef;
use crate::value::Value;
use zicha_model::{
    control::Control,
    problem::Part,
    schema::{FieldId, LedgerId},
    time::{Day, Moment},
};
use zicha_rule::ir::Ty;

impl<'a> EvalContext<'a> {
    /// The sentence of a violation: the template of its control where all that it needs is there, else
    /// subject and faults, else subject and title.
    pub(crate) fn problem_sentence(
        &self,
        control: &Control,
        who: &SubjectRef,
        explanation: &Explanation,
    ) -> String {
        let faults = explanation.faults.join(words::ALSO);
        if self.is_answer(who) {
            let problem = control.problem.as_ref();
            let title = problem.map_or(&control.title, |problem| &problem.title);
            return format!("{title}{faults}");
        }
        let template = control.problem.as_ref().and_then(|p| p.one.as_ref());
        let sentence = Sentence {
            context: self,
            who,
            faults: &faults,
        };
        if let Some(said) = template.and_then(|parts| sentence.fill(parts)) {
            return said;
        }
        // What the unit as a whole lacks is what the title says.
        if let (SubjectRef::Unit, Some(problem)) = (who, &control.problem) {
            return problem.title.clone();
        }
        let who = self.name_of_subject(who);
        match (faults.is_empty(), &control.problem) {
            (true, Some(problem)) => format!("{who}{}", problem.title),
            (true, None) => format!("{who}：{}", explanation.actual.join(words::ALSO)),
            (false, _) => format!("{who}{faults}"),
        }
    }

    /// True if an answer given on site is what fails.
    fn is_answer(&self, who: &SubjectRef) -> bool {
        let is = |ledger: LedgerId| self.schemas().ledger(ledger).id == "attestations";
        matches!(who, SubjectRef::Row(ledger, _) if is(*ledger))
    }

    /// The subject as people name it, without its ledger; nothing for the unit itself.
    fn name_of_subject(&self, who: &SubjectRef) -> String {
        match who {
            SubjectRef::Unit => String::new(),
            SubjectRef::Named(key) => self.speak_key(key),
            SubjectRef::Row(ledger, row) | SubjectRef::Group(ledger, _, row) => {
                let name = self.schemas().ledger(*ledger).field_by_id("name");
                let named = name.and_then(|field| self.speak_cell(*ledger, *row, field));
                named.unwrap_or_else(|| self.key_for_people(*ledger, *row))
            }
        }
    }

    /// A stretch of time as people say it, `10月3日18时至10月4日8时`; another key as it stands.
    fn speak_key(&self, key: &str) -> String {
        let ends = key
            .split_once('至')
            .and_then(|(from, to)| self.speak_minute(from).zip(self.speak_minute(to)));
        ends.map_or_else(|| key.to_owned(), |(from, to)| format!("{from}至{to}"))
    }

    /// `2026-10-03 18:00` → `10月3日18时`.
    fn speak_minute(&self, text: &str) -> Option<String> {
        let (day, time) = text.trim().split_once(' ')?;
        let (hour, minute) = time.split_once(':')?;
        let (hour, minute) = (hour.parse::<u32>().ok()?, minute.parse::<u32>().ok()?);
        let day = self.speak_day(Day::parse(day)?);
        Some(match minute {
            0 => format!("{day}{hour}时"),
            minute => format!("{day}{hour}时{minute:02}分"),
        })
    }

    /// A value as it stands in a sentence: the year only where it is not the year of the check.
    pub(crate) fn speak(&self, value: &Value<'a>, ty: &Ty) -> String {
        match value {
            Value::Date(day) => self.speak_day(Day(*day)),
            Value::Moment(word) => {
                let moment = Moment(*word);
                let day = self.speak_day(moment.day());
                match moment.is_day_only() {
                    true => day,
                    false => {
                        let minute = moment.minute_of_day();
                        format!("{day}{}时{:02}分", minute / 60, minute % 60)
                    }
                }
            }
            value => self.show(value, ty),
        }
    }

    fn speak_day(&self, day: Day) -> String {
        let chinese = day.chinese();
        match day.year() == self.plan.year {
            true => chinese
                .split_once('年')
                .map_or(chinese.clone(), |(_, rest)| rest.to_owned()),
            false => chinese,
        }
    }

    fn speak_cell(&self, ledger: LedgerId, row: u32, field: FieldId) -> Option<String> {
        let table = self.dataset.table(ledger)?;
        let ty = Ty::from(self.schemas().field(ledger, field).ty);
        match self.cell(table, row, field) {
            Value::Absent(_) | Value::Unknown(_) => None,
            value => Some(self.speak(&value, &ty)).filter(|said| !said.is_empty()),
        }
    }
}

/// A sentence in the making.
struct Sentence<'s, 'a> {
    context: &'s EvalContext<'a>,
    who: &'s SubjectRef,
    faults: &'s str,
}

impl Sentence<'_, '_> {
    /// The parts put together; `None` if one that must be there is not.
    fn fill(&self, parts: &[Part]) -> Option<String> {
        let mut said = String::new();
        for part in parts {
            match part {
                Part::Text(text) => said.push_str(text),
                Part::Subject => {
                    let name = self.context.name_of_subject(self.who);
                    said.push_str(Some(name).filter(|name| !name.is_empty())?.as_str());
                }
                Part::Faults if self.faults.is_empty() => return None,
                Part::Faults => said.push_str(self.faults),
                Part::Field(field, instead) => {
                    let cell = self.cell(field).or_else(|| instead.clone());
                    said.push_str(&cell?);
                }
                Part::Duration(from, to) => said.push_str(&self.duration(from, to)?),
                Part::Optional(inner) => {
                    if let Some(inner) = self.fill(inner) {
                        said.push_str(&inner);
                    }
                }
            }
        }
        Some(said)
    }

    fn row(&self) -> Option<(LedgerId, u32)> {
        match self.who {
            SubjectRef::Row(ledger, row) | SubjectRef::Group(ledger, _, row) => {
                Some((*ledger, *row))
            }
            SubjectRef::Unit | SubjectRef::Named(_) => None,
        }
    }

    fn field(&self, name: &str) -> Option<(LedgerId, u32, FieldId)> {
        let (ledger, row) = self.row()?;
        let field = self.context.schemas().ledger(ledger).field_by_id(name)?;
        Some((ledger, row, field))
    }

    fn cell(&self, name: &str) -> Option<String> {
        let (ledger, row, field) = self.field(name)?;
        self.context.speak_cell(ledger, row, field)
    }

    /// The time between two moments of the record; `None` if one of them has no time of day.
    fn duration(&self, from: &str, to: &str) -> Option<String> {
        let minutes = |name: &str| {
            let (ledger, row, field) = self.field(name)?;
            let table = self.context.dataset.table(ledger)?;
            match self.context.cell(table, row, field) {
                Value::Moment(word) if !Moment(word).is_day_only() => {
                    let moment = Moment(word);
                    let day = i64::from(moment.day().0);
                    Some(day * 24 * 60 + i64::from(moment.minute_of_day()))
                }
                _ => None,
            }
        };
        let span = minutes(to)? - minutes(from)?;
        (span > 0).then(|| words::hours(span))
    }
}
