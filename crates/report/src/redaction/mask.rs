//! Masking for passing reports on outside the unit: the same person, title or number gets the same
//! mask wherever it stands, in every output.
//!
//! What enters: the assessment. What leaves: a [`Mask`], a list of words with their masks. Which
//! words are persons, titles and numbers, the ledgers' schemas say.

use super::fingerprint_key::FingerprintKey;
use crate::redaction::{display_text, unit_text::UnitText};
use std::collections::{BTreeMap, BTreeSet};
use zicha_assess::Assessment;
use zicha_model::{
    dataset::{CellState, Dataset, ListId, Sym, Table},
    rectification::Column,
    results::Finding,
    schema::{FieldSchema, FieldType, LedgerSchema},
};

/// Words and what stands in their place.
#[derive(Debug, Default)]
pub struct Mask {
    /// What fingerprints are made anew with.
    key: FingerprintKey,
    /// First character → words that begin with it, the longest first.
    words: BTreeMap<char, Vec<(String, String)>>,
}

/// What a text of the ledgers is, for masking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Person,
    Title,
    Number,
}

impl Mask {
    /// Collects persons, titles and numbers from every table and finding.
    pub fn of(assessment: &Assessment<'_>) -> Self {
        let mut found = Found::default();
        let schemas = &assessment.catalogue.schemas;
        for id in schemas.ledger_ids() {
            if let Some(table) = assessment.dataset.table(id) {
                found.table(assessment.dataset, schemas.ledger(id), table);
            }
        }
        let findings = assessment.results.findings.iter();
        let persons = findings.filter_map(|f| f.subject.person.as_deref());
        persons.for_each(|name| found.person(name, name));
        found.entries(assessment);
        let signer = assessment.profile.letterhead.signer.iter();
        signer.for_each(|name| found.person(name, name));
        Self {
            key: FingerprintKey::of(assessment),
            ..found.into_mask()
        }
    }

    /// The assessment with every text masked; what reports do not show is left out.
    pub fn assessment<'a>(&self, assessment: &Assessment<'a>) -> Assessment<'a> {
        let mut masked = display_text::copy(assessment);
        masked.each_text(&|t| *t = self.apply(t));
        let findings = &mut masked.results.findings;
        findings.iter_mut().for_each(|finding| self.seal(finding));
        masked
    }

    /// A finding with every text masked.
    pub(crate) fn finding(&self, mut finding: Finding) -> Finding {
        finding.each_text(&|t| *t = self.apply(t));
        self.seal(&mut finding);
        finding
    }

    /// Makes the fingerprint anew, so that nobody can tell from it which record it stands for.
    pub(crate) fn seal(&self, finding: &mut Finding) {
        finding.fingerprint = self.key.sealed(&finding.fingerprint);
    }

    /// A text with every known word masked, the longest word at each place.
    pub fn apply(&self, text: &str) -> String {
        let mut masked = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let before = masked.chars().next_back();
            let (mask, length) = self
                .at(rest, before)
                .unwrap_or((&rest[..c.len_utf8()], c.len_utf8()));
            masked.push_str(mask);
            rest = &rest[length..];
        }
        masked
    }

    fn at(&self, rest: &str, before: Option<char>) -> Option<(&str, usize)> {
        let words = self.words.get(&rest.chars().next()?)?;
        let word = words.iter().find(|(word, _)| {
            rest.starts_with(word.as_str())
                && stands_alone(before, word, rest[word.len()..].chars().next())
        });
        word.map(|(word, mask)| (mask.as_str(), word.len()))
    }
}

/// Latin letters and digits count only as whole words: `12` is not masked in `2026-12-01`.
fn stands_alone(before: Option<char>, word: &str, after: Option<char>) -> bool {
    let joins = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    let touches = |inner: Option<char>, outer: Option<char>| {
        inner.is_some_and(|c| c.is_ascii_alphanumeric()) && outer.is_some_and(joins)
    };
    !touches(word.chars().next(), before) && !touches(word.chars().next_back(), after)
}

/// Words found so far: kind → identity → spellings. A person's identity is the id of the register.
#[derive(Default)]
struct Found {
    words: BTreeMap<(Kind, String), BTreeSet<String>>,
}

impl Found {
    fn table(&mut self, dataset: &Dataset, schema: &LedgerSchema, table: &Table) {
        for (index, field) in schema.fields.iter().enumerate() {
            let Some(kind) = kind_of(schema, index, field) else {
                continue;
            };
            let column = &table.columns[index];
            for (row, &state) in column.states.iter().enumerate() {
                let raw = dataset.strings.resolve(column.raw[row]);
                match state {
                    CellState::Value => {
                        self.cell(dataset, kind, field.ty, column.words[row], raw);
                    }
                    CellState::Unreadable | CellState::Future => self.word(kind, raw, raw),
                    CellState::Empty | CellState::NoColumn => {}
                }
            }
        }
        self.register(dataset, schema, table);
    }

    fn cell(&mut self, dataset: &Dataset, kind: Kind, ty: FieldType, word: i32, raw: &str) {
        let resolve = |word: i32| dataset.strings.resolve(Sym(word as u32));
        match (kind, ty) {
            (Kind::Person, FieldType::PersonList) => {
                for &item in dataset.lists.get(ListId(word as u32)) {
                    self.person(resolve(item), resolve(item));
                }
            }
            (Kind::Person, FieldType::Person) => {
                self.person(resolve(word), resolve(word));
                self.person(resolve(word), raw);
            }
            (Kind::Person, _) => self.person(raw, raw),
            _ => self.word(kind, raw, raw),
        }
    }

    /// Id and name of the staff register are one person.
    fn register(&mut self, dataset: &Dataset, schema: &LedgerSchema, table: &Table) {
        let fields = (schema.field_by_id("person_id"), schema.field_by_id("name"));
        if let (Some(id), Some(name)) = fields {
            for row in 0..table.len() as u32 {
                let identity = dataset.raw(table, row, id).to_owned();
                self.person(&identity, &identity);
                self.person(&identity, dataset.raw(table, row, name));
            }
        }
    }

    /// Persons whom people named in the rectification list.
    fn entries(&mut self, assessment: &Assessment<'_>) {
        let results = &assessment.results;
        let findings = results.findings.iter().map(|f| &f.rectification.filled);
        let ledger = results.findings.iter().map(|f| &f.rectification.ledger);
        let own = results.follow_up.own.iter().map(|item| &item.filled);
        for cells in findings.chain(ledger).chain(own) {
            for column in [Column::Responsible, Column::Leader, Column::Reviewer] {
                let text = cells.get(&column).map_or("", |text| text);
                let names = text.split(['、', '，', ',', ' ', '\n']);
                names.for_each(|name| self.person(name, name));
            }
        }
    }

    fn person(&mut self, identity: &str, spelling: &str) {
        self.word(Kind::Person, identity, spelling);
    }

    /// Single characters and bare short numbers are no names: masking them would mask everything.
    fn word(&mut self, kind: Kind, identity: &str, spelling: &str) {
        let spelling = spelling.trim();
        let short = spelling.chars().count() < 2;
        let bare = spelling.len() < 4 && spelling.bytes().all(|b| b.is_ascii_digit());
        if !short && !bare {
            let spellings = self.words.entry((kind, identity.trim().to_owned()));
            spellings.or_default().insert(spelling.to_owned());
        }
    }

    fn into_mask(self) -> Mask {
        let mut mask = Mask::default();
        let mut taken: BTreeMap<String, String> = BTreeMap::new();
        let mut counts = BTreeMap::new();
        for ((kind, _), spellings) in self.joined() {
            let known = spellings.iter().find_map(|s| taken.get(s).cloned());
            let shown = known.unwrap_or_else(|| {
                let count = counts.entry(kind).or_insert(0);
                *count += 1;
                format!("{}{count:03}", label(kind))
            });
            for spelling in spellings {
                taken.entry(spelling).or_insert_with(|| shown.clone());
            }
        }
        for (word, shown) in taken {
            if let Some(first) = word.chars().next() {
                mask.words.entry(first).or_default().push((word, shown));
            }
        }
        for words in mask.words.values_mut() {
            words.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        }
        mask
    }

    /// Identities with several spellings first, so that a name alone finds its register entry.
    fn joined(self) -> Vec<((Kind, String), BTreeSet<String>)> {
        let mut words: Vec<_> = self.words.into_iter().collect();
        words.sort_by(|a, b| (a.0.0, a.1.len() < 2, &a.0.1).cmp(&(b.0.0, b.1.len() < 2, &b.0.1)));
        words
    }
}

fn label(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "人员",
        Kind::Title => "题名",
        Kind::Number => "编号",
    }
}

/// Fields of free text that name people from outside, who stand in no register of persons.
const PERSONS: [&str; 4] = [
    "visitor_name",
    "user_name",
    "borrower",
    "receiver_signed_by",
];

/// Fields that say what something is about.
const TITLES: [&str; 5] = ["title", "topics", "content", "problem", "project"];

/// Numbers of documents and things, beside keys and fields that are called so.
const NUMBERS: [&str; 6] = [
    "serials",
    "appointment_doc",
    "reply_to",
    "item_ref",
    "carry_ref",
    "dedicated_printer",
];

/// What a field holds, by its type and its permanent id. Registers of the unit's own structure
/// (departments, regimes, the unit itself) hold nothing to mask but persons.
fn kind_of(schema: &LedgerSchema, index: usize, field: &FieldSchema) -> Option<Kind> {
    let structure = ["unit_profile", "departments", "regimes", "attestations"];
    let id = field.id.as_str();
    let key = schema.primary_key.iter().any(|k| usize::from(k.0) == index);
    match field.ty {
        FieldType::Person | FieldType::PersonList => Some(Kind::Person),
        FieldType::Text if id == "name" && schema.id == "personnel" => Some(Kind::Person),
        FieldType::Text if PERSONS.contains(&id) => Some(Kind::Person),
        _ if structure.contains(&schema.id.as_str()) => None,
        FieldType::Text if id == "person_id" => Some(Kind::Person),
        FieldType::Text if TITLES.contains(&id) => Some(Kind::Title),
        FieldType::Text if key || id.ends_with("_no") || id.ends_with("_id") => Some(Kind::Number),
        FieldType::Text if NUMBERS.contains(&id) => Some(Kind::Number),
        _ => None,
    }
}
