//! A control: one requirement of the regulations made decidable.
//!
//! Controls are data (`checklists/controls/*.yaml`); `zicha_rule::pack` loads them and compiles
//! their rules into `zicha_rule::ir`.

use super::{
    plan::Checklist,
    verdict::{Severity, Verdict},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The shape of a control's condition, as the catalogue classifies it (`check_kind`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(
    missing_docs,
    reason = "the ten words are the catalogue's own and say it all"
)]
pub enum CheckKind {
    Required,
    Row,
    Unique,
    Coverage,
    Sequence,
    Threshold,
    Reconcile,
    Overlap,
    Attest,
    Calc,
}

/// Whose answer an on-site question needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the words of enumeration scope_type")]
pub enum Scope {
    Unit,
    Department,
    Site,
    Person,
    Device,
    Meeting,
}

/// An on-site question; 是 means in order.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// Who or what each answer is about.
    pub scope: Scope,
    /// The question, answerable by looking.
    pub question: String,
}

/// An example: a few records, and what must come out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// What it shows, one phrase.
    pub title: String,
    /// The title of the example that it changes, where it is written so.
    pub like: Option<String>,
    /// How the control must end with it: pass, fail, unknown or not applicable.
    pub expected: Verdict,
    /// How many cases for a proposal must come out, where the control proposes any.
    pub suggests: Option<usize>,
    /// Other controls that must fail with it too.
    pub also: Vec<String>,
    /// Records by ledger id: field id → cell as written.
    pub records: BTreeMap<String, Vec<BTreeMap<String, String>>>,
    /// The day it is evaluated on, where it is not the default of examples (2026-06-30).
    pub as_of: Option<super::time::Day>,
}

impl Example {
    /// True if the control must fail with it.
    pub fn fails(&self) -> bool {
        self.expected == Verdict::Fail
    }

    /// True if the control must pass with it.
    pub fn passes(&self) -> bool {
        self.expected == Verdict::Pass
    }
}

/// One control, without its compiled rule.
#[derive(Clone, Debug)]
pub struct Control {
    /// Permanent id, such as `DOC-012`.
    pub id: String,
    /// Short title.
    pub title: String,
    /// What is required, one or two sentences.
    pub requirement: String,
    /// Source clauses: `000 A三.2`, `法 §24`, `条例 §58`.
    pub basis: Vec<String>,
    /// Item of 条例 §58 it belongs to, 1 to 13.
    pub chapter: u8,
    /// The checklists it stands on.
    pub checklists: Vec<Checklist>,
    /// Shape of its condition.
    pub kind: CheckKind,
    /// How serious a violation is.
    pub severity: Severity,
    /// How a violation is put in papers; none in a pack that does not say.
    pub problem: Option<super::problem::Problem>,
    /// What to do about a violation.
    pub remedy: String,
    /// Calendar days for that; 0 is shown as 立行立改.
    pub deadline_days: u16,
    /// The rule's text, empty if the control is only asked on site.
    pub rule: String,
    /// The on-site question, if there is one.
    pub ask: Option<Ask>,
    /// The choice made where sources conflict or the draft was ambiguous; shown by `explain`.
    pub note: Option<String>,
    /// Controls that check all that this one asks for. It keeps its id and its clauses, and is not
    /// judged a second time; empty for nearly all.
    pub merged_into: Vec<String>,
    /// Examples that pass and fail.
    pub examples: Vec<Example>,
    /// Where it is written: file and line.
    pub source: (String, u32),
}

/// A clause of one of the source documents, and who answers for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// The document's number and the place in it, as in [`Control::basis`]: `000 A三.2`.
    pub id: String,
    /// What it is about, in our words.
    pub label: String,
    /// The control that checks it; `None` for headings, purposes and the like, which bind nobody.
    pub control: Option<String>,
}

/// What a parameter's value may be, and is.
#[derive(Clone, Debug, PartialEq)]
pub enum ParameterValue {
    /// A whole number.
    Integer(i64),
    /// true / false.
    Bool(bool),
    /// One word: an enumeration's value id or one of the options.
    Word(String),
    /// Several words.
    Words(Vec<String>),
    /// A number (or `None`, not set) for each key, such as months by level.
    Map(BTreeMap<String, Option<i64>>),
    /// Minutes since midnight, written `17:30`.
    Time(i32),
}

/// Where a parameter's default comes from; reports say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// One of the five source documents.
    Seed,
    /// The law or the implementing regulations of 2024.
    Law,
    /// Our own assumption: no source gives a figure.
    Assumption,
}

/// A parameter (`$name`) of the rules.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Name without `$`.
    pub name: String,
    /// What it is, for people.
    pub label: String,
    /// Its type; the enumeration of its words or keys where it has one.
    pub ty: ParameterType,
    /// The value in force.
    pub value: ParameterValue,
    /// Where the default, or the value of the pack that set it, comes from.
    pub origin: Origin,
    /// The clauses it comes from (for an assumption: that leave the figure open), as written:
    /// `001 十四.1a; 000 K9a`.
    pub source: String,
    /// Who gave the value in force.
    pub set_by: Setter,
}

/// Who gave a parameter its value in force: the last of these that speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Setter {
    /// Nobody: it is the default.
    Default,
    /// A pack that the unit picked (its title); origin and source are those of its value.
    Pack(String),
    /// The unit itself, in `zicha.yaml`.
    Profile,
}

impl Parameter {
    /// The label of one of its options; other words as they are.
    pub fn option_label<'p>(&'p self, word: &'p str) -> &'p str {
        let ParameterType::Choice(options) = &self.ty else {
            return word;
        };
        let option = options.iter().find(|option| option.id == word);
        option.map_or(word, |option| &option.label)
    }
}

/// An option of a parameter: the word that rules use, and what people read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The word in rules and settings.
    pub id: String,
    /// For people; the word itself where the pack gives no label.
    pub label: String,
}

/// The type of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterType {
    /// A whole number in a range, both ends included.
    Integer {
        /// Least value allowed.
        min: i64,
        /// Greatest value allowed.
        max: i64,
    },
    /// true / false.
    Bool,
    /// One value of an enumeration (its id).
    Enum(String),
    /// Several values of an enumeration.
    EnumList(String),
    /// One of these options.
    Choice(Vec<Choice>),
    /// Free words.
    TextList,
    /// A whole number for each value of an enumeration; key `other` stands for the rest.
    Map {
        /// Enumeration of the keys.
        key: String,
        /// Least value allowed.
        min: i64,
        /// Greatest value allowed.
        max: i64,
    },
    /// A time of day.
    Time,
}
