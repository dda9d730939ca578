//! The questions of both levels.

use zicha_embedded as embedded;
use zicha_yaml::{Key, YamlDocument};

const KEYS: &[Key] = &[
    ("id", "编号"),
    ("field", "方面"),
    ("question", "问题"),
    ("controls", "检查项"),
    ("records", "台账"),
    ("persons", "个人项目"),
];

/// Who answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// An inner department: its head or officer.
    Department,
    /// Every person for himself.
    Person,
}

impl Level {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Department, Self::Person];

    /// The file of its questions.
    fn file(self) -> &'static str {
        match self {
            Self::Department => "checklists/levels/department.yaml",
            Self::Person => "checklists/levels/person.yaml",
        }
    }

    /// The word for people, as in enumeration `scope_type`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Department => "部门",
            Self::Person => "人员",
        }
    }
}

/// A question; 是 means in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// `LVP-001` of persons, `LVD-001` of departments.
    pub id: String,
    /// The field that it belongs to.
    pub field: String,
    /// The question.
    pub question: String,
    /// Controls by which the ledgers answer the same.
    pub controls: Vec<String>,
    /// Ledgers whose records about the person stand on the sheet.
    pub records: Vec<String>,
    /// The same asked of persons.
    pub persons: Vec<String>,
}

/// True for the id of a question of either level, or of a line of a sample.
pub fn is_level(id: &str) -> bool {
    ["LVP-", "LVD-", "SMP-"]
        .iter()
        .any(|domain| id.starts_with(domain))
}

/// True for the id of a line of a sample.
pub(super) fn is_sample(id: &str) -> bool {
    id.starts_with("SMP-")
}

/// The questions of a level, in order.
pub fn questions(level: Level) -> Vec<Question> {
    let path = level.file();
    let mut page = YamlDocument::new(path, embedded::text(path).unwrap_or_default());
    let Some(tree) = page.tree() else {
        return Vec::new();
    };
    let mut questions = Vec::new();
    for node in page.list(&tree) {
        let Some(fields) = page.fields(node, "", KEYS) else {
            continue;
        };
        questions.push(Question {
            id: page.required(&fields, "id").unwrap_or_default().to_owned(),
            field: page
                .required(&fields, "field")
                .unwrap_or_default()
                .to_owned(),
            question: page
                .required(&fields, "question")
                .unwrap_or_default()
                .to_owned(),
            controls: page.texts(&fields, "controls"),
            records: page.texts(&fields, "records"),
            persons: page.texts(&fields, "persons"),
        });
    }
    questions
}
