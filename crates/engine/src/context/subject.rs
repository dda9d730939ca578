//! Who a subject is: its ledger and key, the department and person responsible, its fingerprint.

use super::{EvalContext, LedgerState};
use crate::context::evidence_ref::EvidenceRef;
use crate::value::{Items, Sort, Text, Value};
use zicha_model::digest::Hasher;
use zicha_model::{
    dataset::Sym,
    results::{Evidence, Subject},
    schema::{FieldId, FieldType, LedgerId},
};

/// Fields that name the person responsible for a record, the first that a ledger has; where it has
/// none of them, its first column of persons.
const RESPONSIBLE: [&str; 12] = [
    "responsible",
    "custodian",
    "person",
    "holder",
    "keeper",
    "borrower",
    "reader",
    "user",
    "carriers",
    "operator",
    "head",
    "person_id",
];

/// Whom a clause judges.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SubjectRef {
    /// The unit as a whole.
    Unit,
    /// A record.
    Row(LedgerId, u32),
    /// A quarter, an item, a gap.
    Named(String),
    /// Records that share a key; the first of them.
    Group(LedgerId, String, u32),
}

impl EvalContext<'_> {
    /// The subject with its ledger, key, department and person.
    pub(crate) fn subject(&self, who: &SubjectRef) -> Subject {
        match who {
            SubjectRef::Unit => self.unit_subject(self.unit_name()),
            SubjectRef::Named(key) => self.unit_subject(key.clone()),
            SubjectRef::Row(ledger, row) => {
                self.record_subject(*ledger, *row, self.key(*ledger, *row))
            }
            SubjectRef::Group(ledger, key, row) => self.record_subject(*ledger, *row, key.clone()),
        }
    }

    /// Ledger id and key of the subject.
    pub(crate) fn identity(&self, who: &SubjectRef) -> (String, String) {
        let unit = || "unit_profile".to_owned();
        match who {
            SubjectRef::Unit => (unit(), self.unit_name()),
            SubjectRef::Named(key) => (unit(), key.clone()),
            SubjectRef::Row(l, row) => (self.schemas().ledger(*l).id.clone(), self.key(*l, *row)),
            SubjectRef::Group(l, key, _) => (self.schemas().ledger(*l).id.clone(), key.clone()),
        }
    }

    fn unit_subject(&self, key: String) -> Subject {
        Subject {
            ledger: "unit_profile".to_owned(),
            key,
            department: None,
            person: None,
        }
    }

    fn record_subject(&self, ledger: LedgerId, row: u32, key: String) -> Subject {
        let person = self.person_of(ledger, row);
        let department = self.own_department(ledger, row).or_else(|| {
            let of = person
                .as_ref()
                .and_then(|&(sym, _)| self.department_of(sym));
            of.map(|sym| self.name(sym, Sort::Department).to_owned())
        });
        Subject {
            ledger: self.schemas().ledger(ledger).id.clone(),
            key,
            department,
            person: person.map(|(_, name)| name),
        }
    }

    /// The department that a record names.
    fn own_department(&self, ledger: LedgerId, row: u32) -> Option<String> {
        let schema = self.schemas().ledger(ledger);
        let field = if schema.id == "departments" {
            schema.field_by_id("name")?
        } else {
            let of = |f: &zicha_model::schema::FieldSchema| f.ty == FieldType::Department;
            FieldId(schema.fields.iter().position(of)? as u16)
        };
        let table = self.dataset.table(ledger)?;
        match self.cell(table, row, field) {
            Value::Text(Text::Known(sym)) => Some(self.name(sym, Sort::Department).to_owned()),
            _ => None,
        }
    }

    /// The person responsible for a record; of several the first, named with the others.
    fn person_of(&self, ledger: LedgerId, row: u32) -> Option<(Sym, String)> {
        let schema = self.schemas().ledger(ledger);
        let is_person = |f: &&zicha_model::schema::FieldSchema| {
            matches!(f.ty, FieldType::Person | FieldType::PersonList)
        };
        let named = RESPONSIBLE.iter().find_map(|id| schema.field_by_id(id));
        let first = schema
            .fields
            .iter()
            .find(is_person)
            .and_then(|f| schema.field_by_id(&f.id));
        let table = self.dataset.table(ledger)?;
        match self.cell(table, row, named.or(first)?) {
            Value::Text(Text::Known(sym)) => Some((sym, self.name(sym, Sort::Person).to_owned())),
            Value::List(Items::Words(words, _)) => {
                let syms = words.iter().map(|&word| Sym(word as u32));
                let names: Vec<_> = syms.clone().map(|s| self.name(s, Sort::Person)).collect();
                Some((syms.clone().next()?, names.join("、")))
            }
            _ => None,
        }
    }

    /// Evidence as reports show it.
    pub(crate) fn evidence(&self, evidence: &EvidenceRef) -> Option<Evidence> {
        match evidence {
            EvidenceRef::Cell(ledger, row, field) => {
                let table = self.dataset.table(*ledger)?;
                Some(self.dataset.evidence(self.schemas(), table, *row, *field))
            }
            EvidenceRef::Sought(ledger, condition) => Some(Evidence {
                file: None,
                sheet: None,
                row: None,
                column: None,
                field: self.schemas().ledger(*ledger).id.clone(),
                value: condition.clone(),
                origin: None,
                comment: None,
            }),
        }
    }

    /// All evidence of a finding, each cell once, in the order in which it decided.
    pub(crate) fn all_evidence(&self, evidence: &[EvidenceRef]) -> Vec<Evidence> {
        evidence
            .iter()
            .filter_map(|evidence| self.evidence(evidence))
            .collect()
    }

    /// True if the ledger has rows.
    pub(crate) fn has_rows(&self, ledger: LedgerId) -> bool {
        matches!(self.ledger_state(ledger), LedgerState::Rows(_))
    }
}

/// The stable identity of a finding.
pub(crate) fn fingerprint(control: &str, ledger: &str, key: &str) -> String {
    Hasher::of(format!("{control}\0{ledger}\0{key}")).hex_prefix(8)
}
