//! The sheets that departments and persons answer on: the questions, and beside them what the ledgers say about
//! the one who answers. A person's sheet holds that person's matters only.

use super::questions::{Level, Question, questions};
use super::records::Records;
use zicha_model::dataset::{Dataset, Sym};
use zicha_model::schema::Schemas;

/// Records told beside one question.
const RECORDS: usize = 3;
/// Fields told of a record.
const FIELDS: usize = 3;

/// A sheet for one department or person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Who answers.
    pub level: Level,
    /// The department's or person's name, or number where two bear the name.
    pub who: String,
    /// The person's department, by name.
    pub department: String,
    /// Its lines.
    pub lines: Vec<Line>,
}

/// A line of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Id of the question.
    pub id: String,
    /// The field it belongs to.
    pub field: String,
    /// The question.
    pub question: String,
    /// What the ledgers say about the one who answers.
    pub known: String,
}

/// The sheets for everybody whom the registers name, departments first, in the order of the registers.
pub fn sheets(schemas: &Schemas, dataset: &Dataset) -> Vec<Sheet> {
    let mut sheets = Vec::new();
    for level in Level::ALL {
        let asked = questions(level);
        for member in members(schemas, dataset, level) {
            let lines = asked
                .iter()
                .map(|question| line(schemas, dataset, &member, question));
            sheets.push(Sheet {
                level,
                who: member.reference.clone(),
                department: member.department.clone(),
                lines: lines.collect(),
            });
        }
    }
    sheets
}

/// A department or person of the register.
#[derive(Clone, Debug)]
pub(super) struct Member {
    /// How sheets name it.
    pub(super) reference: String,
    /// Name.
    pub(super) name: String,
    /// Number in the register.
    pub(super) id: String,
    /// Name of the person's department.
    pub(super) department: String,
    /// Symbol of the number, by which cells name a person.
    pub(super) sym: Option<Sym>,
}

/// Everybody who answers on a level: departments, and persons who have not left.
pub(super) fn members(schemas: &Schemas, dataset: &Dataset, level: Level) -> Vec<Member> {
    let (ledger, id) = match level {
        Level::Department => ("departments", "dept_id"),
        Level::Person => ("personnel", "person_id"),
    };
    let Some(records) = Records::of(schemas, dataset, ledger) else {
        return Vec::new();
    };
    let departments = Records::of(schemas, dataset, "departments");
    let name_of = |id: &str| {
        let found = departments.and_then(|d| {
            d.rows()
                .find(|row| d.text(*row, "dept_id") == id)
                .map(|row| d.text(row, "name"))
        });
        found
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| id.to_owned())
    };
    let gone = |row: &u32| ["离职", "退休"].contains(&records.text(*row, "status").as_str());
    let rows = records
        .rows()
        .filter(|row| level == Level::Department || !gone(row));
    let mut members: Vec<Member> = rows
        .map(|row| Member {
            reference: String::new(),
            name: records.text(row, "name"),
            id: records.text(row, id),
            department: if level == Level::Person {
                name_of(&records.text(row, "department"))
            } else {
                String::new()
            },
            sym: records.sym(row, id),
        })
        .collect();
    let names: Vec<String> = members.iter().map(|member| member.name.clone()).collect();
    for member in &mut members {
        let alone = names.iter().filter(|name| **name == member.name).count() == 1;
        let named = alone && !member.name.is_empty();
        member.reference = if named {
            member.name.clone()
        } else {
            member.id.clone()
        };
    }
    members.retain(|member| !member.reference.is_empty());
    members
}

fn line(schemas: &Schemas, dataset: &Dataset, member: &Member, question: &Question) -> Line {
    Line {
        id: question.id.clone(),
        field: question.field.clone(),
        question: question.question.clone(),
        known: known(schemas, dataset, member, question),
    }
}

/// What the ledgers of a question say about a person.
fn known(schemas: &Schemas, dataset: &Dataset, member: &Member, question: &Question) -> String {
    let Some(person) = member.sym else {
        return String::new();
    };
    let mut told = Vec::new();
    for ledger in &question.records {
        let Some(records) = Records::of(schemas, dataset, ledger) else {
            continue;
        };
        let own = |row: &u32| match ledger.as_str() {
            "personnel" => records.sym(*row, "person_id") == Some(person),
            _ => records.names(*row, person),
        };
        let rows: Vec<u32> = records.rows().filter(own).collect();
        let shown: Vec<String> = rows
            .iter()
            .take(RECORDS)
            .map(|row| records.brief(*row, FIELDS))
            .collect();
        let label = &records.schema().label;
        match rows.len() {
            0 => told.push(format!("{label}：没有本人的记录")),
            count => {
                let more = if count > RECORDS { "等" } else { "" };
                told.push(format!("{label}{count}条：{}{more}", shown.join("；")));
            }
        }
    }
    told.join("\n")
}
