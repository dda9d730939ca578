//! The unit's profile (`zicha.yaml`) and its waivers, after validation.

use super::time::Day;
use std::collections::{BTreeMap, BTreeSet};

/// The profile. Everything has a default: a workspace without `zicha.yaml` works.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// True if the workspace has a `zicha.yaml`.
    pub provided: bool,
    /// Unit name; empty if not named (the `unit_profile` ledger may name it).
    pub unit_name: String,
    /// Unit kind: value id of enumeration `unit_type`, empty if not named.
    pub unit_kind: String,
    /// The organ addressed (主送机关).
    pub addressee: Option<String>,
    /// What heads the documents.
    pub letterhead: Letterhead,
    /// Who signs the short paper before a holiday; the usual three if empty.
    pub signatories: Vec<String>,
    /// The unit's own paragraphs: narrative (`report.md` …) → chapter (`opening`, `organization` …)
    /// → Markdown.
    pub texts: BTreeMap<String, BTreeMap<String, String>>,
    /// The classification marking that the unit decided on, printed as it stands.
    pub marking: Option<String>,
    /// What the unit calls the sources of the controls: `001` → 本单位保密制度汇编.
    pub sources: BTreeMap<String, String>,
    /// Names of people stand in 奖惩汇总; without it their departments do.
    pub names_in_proposals: bool,
    /// Packs: built-in ids or paths in the workspace.
    pub packs: Vec<String>,
    /// Parameter overrides as written, checked against the parameters when the pack is loaded.
    pub parameters: BTreeMap<String, Setting>,
    /// Disabled controls and why.
    pub disable: BTreeMap<String, String>,
    /// Extra heading aliases: ledger id or label → field id or label → headings.
    pub columns: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// Sheets whose ledger the unit decided: `file` or `file#sheet` → ledger id or label.
    pub sheets: BTreeMap<String, String>,
    /// Ledgers the unit has no matter for, and why.
    pub not_kept: BTreeMap<String, String>,
    /// What is not to be taken for granted: `ledger.field` or `ledger`, by id or label; 全部 for all.
    pub not_assumed: Vec<String>,
    /// Globs of files to read (all if empty).
    pub include: Vec<String>,
    /// Globs of files to leave out.
    pub exclude: Vec<String>,
    /// Scoring model: built-in id or path; the built-in default if empty.
    pub scoring: Option<Named>,
    /// Days off as published: year → festival id → first and last day.
    pub holidays: BTreeMap<i32, BTreeMap<String, (Day, Day)>>,
    /// Days worked in exchange for days off (调休上班), by year, as published.
    pub days_worked: BTreeMap<i32, BTreeSet<Day>>,
    /// Days off beside the three festivals, by year.
    pub more_days_off: BTreeMap<i32, BTreeSet<Day>>,
}

/// A setting as written in YAML, with the line for messages.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// The value.
    pub value: SettingValue,
    /// 1-based line in `zicha.yaml`.
    pub line: u32,
    /// 1-based column in characters.
    pub column: u32,
}

/// A name as written in YAML, with its place for messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The name.
    pub text: String,
    /// 1-based line in `zicha.yaml`.
    pub line: u32,
    /// 1-based column in characters.
    pub column: u32,
}

/// The shapes a setting may have.
#[derive(Clone, Debug, PartialEq)]
pub enum SettingValue {
    /// One word, number or truth value, as written.
    One(String),
    /// A list.
    Many(Vec<String>),
    /// A mapping.
    Map(BTreeMap<String, String>),
}

/// What heads and ends the documents (GB/T 9704-2012).
#[derive(Clone, Debug, Default)]
pub struct Letterhead {
    /// 发文机关标志; the unit name if absent.
    pub issuer: Option<String>,
    /// 文种: 报告 or 函; 报告 if absent.
    pub kind: Option<String>,
    /// 发文字号.
    pub number: Option<String>,
    /// 签发人.
    pub signer: Option<String>,
    /// 份号, six digits.
    pub copy_number: Option<String>,
    /// 紧急程度.
    pub urgency: Option<String>,
    /// 附注: whom to ask, with telephone.
    pub contact: Option<String>,
    /// 抄送.
    pub copies: Vec<String>,
    /// 印发机关.
    pub printer: Option<String>,
    /// Number of copies printed.
    pub copies_printed: Option<String>,
}

/// A waiver (豁免): failures of a control that the unit accepts for a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// Control id.
    pub control: String,
    /// Which subjects: field or `key`, `department`, `person` → value; empty means all.
    pub scope: BTreeMap<String, String>,
    /// Why.
    pub reason: String,
    /// Who approved.
    pub approver: String,
    /// Last day it holds.
    pub expires: Day,
    /// 1-based line in `waivers.yaml`.
    pub line: u32,
}
