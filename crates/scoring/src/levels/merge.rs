//! Answers of departments and persons, wherever their sheets lie: who answered, who did not, and what
//! contradicts what. Of several answers to one question the latest day counts.

use super::questions::{Level, Question, is_sample, questions};
use super::records::Records;
use super::sheets::{Member, members};
use std::collections::{BTreeMap, BTreeSet};
use zicha_model::dataset::{Dataset, Place};
use zicha_model::results::{Finding, LevelCounts};
use zicha_model::schema::Schemas;

/// What the sheets amount to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// By department, in the order of the register; persons without one last.
    pub departments: Vec<Taking>,
    /// Persons and departments that answered everything.
    pub whole: usize,
    /// Those that answered a part.
    pub part: Vec<String>,
    /// Those that answered nothing.
    pub none: Vec<String>,
    /// What contradicts what, in order.
    pub contradictions: Vec<Contradiction>,
}

impl Merged {
    /// The counts alone.
    pub fn counted(&self) -> LevelCounts {
        let (part, none) = (self.part.len(), self.none.len());
        LevelCounts {
            asked: self.whole + part + none,
            whole: self.whole,
            part,
            none,
            contradictions: self.contradictions.len(),
        }
    }
}

/// How a department and its people took part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taking {
    /// Its name.
    pub department: String,
    /// Questions that the department answered, of how many.
    pub answered: (usize, usize),
    /// Questions that it answered 否.
    pub not_met: usize,
    /// Its people who answered everything, of how many.
    pub persons: (usize, usize),
    /// Questions that its people answered 否.
    pub persons_not_met: usize,
    /// Contradictions that concern it.
    pub contradictions: usize,
}

/// Two sources that cannot both be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    /// The question.
    pub question: String,
    /// Who answered.
    pub who: String,
    /// Department concerned.
    pub department: String,
    /// What was answered and what stands against it, one sentence.
    pub message: String,
    /// Where the answer stands.
    pub place: Option<Place>,
}

#[derive(Clone)]
struct Answer {
    word: String,
    day: String,
    place: Option<Place>,
}

/// Who → question → answers.
type Given = BTreeMap<(Level, String), BTreeMap<String, Vec<Answer>>>;

/// Merges the answers; `None` if no sheet of either level lies in the workspace. `named`: the name of a
/// person or department as findings have it → the one in sheets.
pub fn merge(schemas: &Schemas, dataset: &Dataset, findings: &[Finding]) -> Option<Merged> {
    let people = Level::ALL.map(|level| members(schemas, dataset, level));
    let [departments, persons] = &people;
    let failed = failed_samples(schemas, dataset);
    let given = given(schemas, dataset, departments, persons);
    if given.is_none() && failed.is_empty() {
        return None;
    }
    let sheets = given.is_some();
    let given = given.unwrap_or_default();
    let mut merger = Merger {
        asked: Level::ALL.map(questions),
        findings,
        given,
        merged: Merged::default(),
    };
    merger.merged.contradictions = failed;
    if !sheets {
        return Some(merger.merged);
    }
    merger.taking(departments, persons);
    for person in persons {
        merger.own(Level::Person, person, &person.department);
    }
    for department in departments {
        merger.own(Level::Department, department, &department.name);
        merger.against_persons(department, persons);
    }
    merger.count();
    Some(merger.merged)
}

/// What a sample found otherwise than the ledgers have it.
fn failed_samples(schemas: &Schemas, dataset: &Dataset) -> Vec<Contradiction> {
    let Some(records) = Records::of(schemas, dataset, "attestations") else {
        return Vec::new();
    };
    let failed = records.rows().filter(|row| {
        let id = records.text(*row, "requirement_id").to_uppercase();
        is_sample(&id) && records.text(*row, "answer") == "否"
    });
    let found = failed.map(|row| {
        let object = records.text(row, "scope_ref");
        let remark = records.text(row, "evidence");
        let remark = if remark.is_empty() {
            "没有写明情况".to_owned()
        } else {
            remark
        };
        Contradiction {
            question: records.text(row, "requirement_id").to_uppercase(),
            message: format!("抽查“{object}”与台账不符：{remark}"),
            who: object,
            department: String::new(),
            place: records.place(row, "answer"),
        }
    });
    found.collect()
}

/// The answers of the sheets; `None` without any line of them.
fn given(
    schemas: &Schemas,
    dataset: &Dataset,
    departments: &[Member],
    persons: &[Member],
) -> Option<Given> {
    let records = Records::of(schemas, dataset, "attestations")?;
    let mut given = Given::new();
    let mut any = false;
    for row in records.rows() {
        let id = records.text(row, "requirement_id").to_uppercase();
        let (level, known) = match id.split('-').next() {
            Some("LVP") => (Level::Person, persons),
            Some("LVD") => (Level::Department, departments),
            _ => continue,
        };
        any = true;
        let word = records.text(row, "answer");
        if word.is_empty() {
            continue;
        }
        let written = records.text(row, "scope_ref");
        let member = known
            .iter()
            .find(|m| m.reference == written || m.id == written || m.name == written);
        let who = member.map_or(written, |member| member.reference.clone());
        let answer = Answer {
            word,
            day: records.text(row, "answered_on"),
            place: records.place(row, "answer"),
        };
        given
            .entry((level, who))
            .or_default()
            .entry(id)
            .or_default()
            .push(answer);
    }
    any.then_some(given)
}

struct Merger<'a> {
    asked: [Vec<Question>; 2],
    findings: &'a [Finding],
    given: Given,
    merged: Merged,
}

impl Merger<'_> {
    fn asked(&self, level: Level) -> &[Question] {
        match level {
            Level::Department => &self.asked[0],
            Level::Person => &self.asked[1],
        }
    }

    /// The answer that counts: of the latest day; of one day 否 before others.
    fn answer(&self, level: Level, who: &str, id: &str) -> Option<&Answer> {
        let answers = self.given.get(&(level, who.to_owned()))?.get(id)?;
        answers
            .iter()
            .max_by_key(|answer| (answer.day.as_str(), answer.word == "否"))
    }

    fn counts(&self, level: Level, who: &str) -> (usize, usize) {
        let asked = self.asked(level).iter();
        let answers: Vec<_> = asked
            .filter_map(|q| self.answer(level, who, &q.id))
            .collect();
        let not_met = answers.iter().filter(|answer| answer.word == "否").count();
        (answers.len(), not_met)
    }

    /// Who took part.
    fn taking(&mut self, departments: &[Member], persons: &[Member]) {
        let mut names: Vec<String> = departments.iter().map(|d| d.name.clone()).collect();
        let known: BTreeSet<_> = names.iter().cloned().collect();
        let others: BTreeSet<_> = persons
            .iter()
            .map(|p| p.department.clone())
            .filter(|d| !known.contains(d))
            .collect();
        names.extend(others);
        for name in names {
            let mut taking = Taking {
                department: name.clone(),
                ..Taking::default()
            };
            if let Some(department) = departments.iter().find(|d| d.name == name) {
                let (answered, not_met) = self.counts(Level::Department, &department.reference);
                taking.answered = (answered, self.asked(Level::Department).len());
                taking.not_met = not_met;
                self.note(&department.reference, taking.answered);
            }
            for person in persons.iter().filter(|p| p.department == name) {
                let (answered, not_met) = self.counts(Level::Person, &person.reference);
                let all = self.asked(Level::Person).len();
                taking.persons.0 += usize::from(answered == all);
                taking.persons.1 += 1;
                taking.persons_not_met += not_met;
                self.note(&person.reference, (answered, all));
            }
            self.merged.departments.push(taking);
        }
    }

    fn note(&mut self, who: &str, (answered, all): (usize, usize)) {
        match answered {
            0 => self.merged.none.push(who.to_owned()),
            some if some < all => self.merged.part.push(who.to_owned()),
            _ => self.merged.whole += 1,
        }
    }

    /// What somebody answered against what the ledgers found, and against other answers of the same day.
    fn own(&mut self, level: Level, member: &Member, department: &str) {
        let mut found = Vec::new();
        for question in self.asked(level) {
            let answers = self.given.get(&(level, member.reference.clone()));
            let answers = answers
                .and_then(|all| all.get(&question.id))
                .cloned()
                .unwrap_or_default();
            let tell = |message: String, place: Option<Place>| Contradiction {
                question: question.id.clone(),
                who: member.reference.clone(),
                department: department.to_owned(),
                message,
                place,
            };
            if let Some((first, other)) = differing(&answers) {
                let message = format!(
                    "{}对{}同一天既答“{}”又答“{}”",
                    member.reference, question.id, first.word, other.word
                );
                found.push(tell(message, other.place.clone()));
            }
            let answer = self
                .answer(level, &member.reference, &question.id)
                .filter(|a| a.word == "是");
            if let (Some(answer), Some(finding)) = (answer, self.finding(level, member, question)) {
                let fact = if finding.problem.is_empty() {
                    &finding.message
                } else {
                    &finding.problem
                };
                let message = format!(
                    "{}对{}答“是”，台账显示：{}",
                    member.reference,
                    question.id,
                    fact.trim_end_matches('。')
                );
                found.push(tell(message, answer.place.clone()));
            }
        }
        self.merged.contradictions.extend(found);
    }

    /// A standing finding about the one who answered, by a control of the question.
    fn finding(&self, level: Level, member: &Member, question: &Question) -> Option<&Finding> {
        let about = |finding: &&Finding| {
            let named = match level {
                Level::Person => finding.subject.person.as_deref(),
                Level::Department => finding.department(),
            };
            named.is_some_and(|named| named == member.id || named == member.name)
        };
        let bound = |finding: &&Finding| {
            finding
                .control
                .as_ref()
                .is_some_and(|id| question.controls.contains(id))
        };
        self.findings
            .iter()
            .filter(|f| f.stands())
            .filter(bound)
            .find(about)
    }

    /// A department's 是 against a 否 of its people.
    fn against_persons(&mut self, department: &Member, persons: &[Member]) {
        let mut found = Vec::new();
        for question in self.asked(Level::Department) {
            let answer = self.answer(Level::Department, &department.reference, &question.id);
            let Some(answer) = answer.filter(|answer| answer.word == "是") else {
                continue;
            };
            let own = persons
                .iter()
                .filter(|person| person.department == department.name);
            let no = |person: &&Member, id: &String| {
                self.answer(Level::Person, &person.reference, id)
                    .is_some_and(|a| a.word == "否")
            };
            for person in own {
                for id in question.persons.iter().filter(|id| no(&person, id)) {
                    found.push(Contradiction {
                        question: question.id.clone(),
                        who: department.reference.clone(),
                        department: department.name.clone(),
                        message: format!(
                            "{}对{}答“是”，{}对{id}答“否”",
                            department.reference, question.id, person.reference
                        ),
                        place: answer.place.clone(),
                    });
                }
            }
        }
        self.merged.contradictions.extend(found);
    }

    fn count(&mut self) {
        for taking in &mut self.merged.departments {
            let concerns = |c: &&Contradiction| c.department == taking.department;
            taking.contradictions = self.merged.contradictions.iter().filter(concerns).count();
        }
    }
}

/// Two different answers of one day.
fn differing(answers: &[Answer]) -> Option<(&Answer, &Answer)> {
    let pairs = answers
        .iter()
        .enumerate()
        .flat_map(|(at, first)| answers[at + 1..].iter().map(move |other| (first, other)));
    let mut differ =
        pairs.filter(|(first, other)| first.day == other.day && first.word != other.word);
    differ.next()
}
