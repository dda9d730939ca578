//! All headings and names of all ledgers in one look-up.
//!
//! What enters: the schemas and the profile's `columns:`. What leaves: for a heading the fields
//! that it may be in every ledger, with how it matched.

use super::normalise;
use crate::diag::{Diagnostic, Locus};
use crate::model::{
    dataset::Match,
    profile::Profile,
    schema::{FieldId, LedgerId, Schemas},
};
use std::collections::HashMap;

/// A field that a heading may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The ledger.
    pub ledger: LedgerId,
    /// Its field.
    pub field: FieldId,
    /// How the heading matched.
    pub matched: Match,
    /// A bare 序号: any better heading wins against it.
    pub weak: bool,
}

/// Bytes of a text that may be a heading; longer ones are compared with nothing.
pub const LONGEST_HEADING: usize = 120;
/// Bytes of a text that may name a ledger.
const LONGEST_NAME: usize = 200;

/// The look-up.
pub struct Index {
    exact: HashMap<String, Vec<Claim>>,
    loose: HashMap<String, Vec<Claim>>,
    /// Names of ledgers (id, label, aliases) without brackets, with the ledger.
    names: Vec<(String, LedgerId)>,
    ledgers: usize,
    /// Mistakes in the profile's `columns:` and `sheets:`.
    pub diagnostics: Vec<Diagnostic>,
}

/// Headings of rows' running numbers.
fn is_serial(key: &str) -> bool {
    matches!(key, "序号" | "no." | "no")
}

impl Index {
    /// Builds the look-up.
    pub fn new(schemas: &Schemas, profile: &Profile) -> Self {
        let mut index = Self {
            exact: HashMap::new(),
            loose: HashMap::new(),
            names: Vec::new(),
            ledgers: schemas.ledgers.len(),
            diagnostics: Vec::new(),
        };
        for ledger in schemas.ledger_ids() {
            index.add_ledger(schemas, ledger);
        }
        index.add_profile(schemas, profile);
        index
    }

    fn add_ledger(&mut self, schemas: &Schemas, ledger: LedgerId) {
        let schema = schemas.ledger(ledger);
        let names = [&schema.id, &schema.label]
            .into_iter()
            .chain(&schema.aliases);
        for name in names {
            for key in normalise::loose(name) {
                if !self.names.contains(&(key.clone(), ledger)) {
                    self.names.push((key, ledger));
                }
            }
        }
        for (at, field) in (0..).zip(&schema.fields) {
            self.add(ledger, FieldId(at), &field.id, Match::Id);
            self.add(ledger, FieldId(at), &field.label, Match::Label);
            for alias in &field.aliases {
                self.add(ledger, FieldId(at), alias, Match::Alias);
            }
        }
    }

    fn add_profile(&mut self, schemas: &Schemas, profile: &Profile) {
        for (ledger, fields) in &profile.columns {
            let Some(id) = self.ledger_named(schemas, ledger) else {
                self.mistake(format!("columns 中的“{ledger}”不是任何台账的编号或名称"));
                continue;
            };
            for (field, headings) in fields {
                let known = schemas.ledger(id).fields.iter().position(|f| {
                    f.id == *field || normalise::heading(&f.label) == normalise::heading(field)
                });
                let Some(at) = known else {
                    self.mistake(format!("columns 中“{ledger}”没有字段“{field}”"));
                    continue;
                };
                for heading in headings {
                    self.add(id, FieldId(at as u16), heading, Match::Profile);
                }
            }
        }
        for (sheet, ledger) in &profile.sheets {
            if self.ledger_named(schemas, ledger).is_none() {
                self.mistake(format!(
                    "sheets 中“{sheet}”指定的“{ledger}”不是任何台账的编号或名称"
                ));
            }
        }
    }

    fn mistake(&mut self, message: String) {
        self.diagnostics.push(
            Diagnostic::error("profile-mapping", message, Locus::file("zicha.yaml"))
                .with_hint("请写台账或字段的编号（英文）或名称；运行 zicha ledgers 可以看到它们。"),
        );
    }

    fn add(&mut self, ledger: LedgerId, field: FieldId, heading: &str, matched: Match) {
        let key = normalise::heading(heading);
        let claim = Claim {
            ledger,
            field,
            matched,
            weak: is_serial(&key),
        };
        push(self.exact.entry(key).or_default(), claim);
        let similar = Claim {
            matched: Match::Similar,
            ..claim
        };
        for key in normalise::loose(heading) {
            push(self.loose.entry(key).or_default(), similar);
        }
    }

    /// The ledger with this id, label or alias.
    pub fn ledger_named(&self, schemas: &Schemas, name: &str) -> Option<LedgerId> {
        schemas
            .ledger_by_id(name)
            .or_else(|| self.named(&normalise::loose(name)[0]))
    }

    fn named(&self, key: &str) -> Option<LedgerId> {
        let named = self.names.iter().find(|(name, _)| name == key);
        named.map(|&(_, ledger)| ledger)
    }

    /// Everything a heading may be: in each ledger the exact matches, or else the similar ones.
    pub fn claims(&self, heading: &str) -> Vec<Claim> {
        let mut claims = self
            .exact
            .get(&normalise::heading(heading))
            .cloned()
            .unwrap_or_default();
        let exact = claims.len();
        let [bare, full] = normalise::loose(heading);
        for key in [&full, &bare] {
            for &claim in self.loose.get(key).into_iter().flatten() {
                let decided = claims[..exact].iter().any(|c| c.ledger == claim.ledger);
                if !decided {
                    push(&mut claims, claim);
                }
            }
        }
        claims
    }

    /// True if any ledger has such a heading.
    pub fn knows(&self, heading: &str) -> bool {
        heading.len() <= LONGEST_HEADING && self.exact.contains_key(&normalise::heading(heading))
    }

    /// How strongly a title, sheet or file name speaks for each ledger: 4 for its very name, less
    /// if it contains the name, or the name contains it.
    pub fn name_scores(&self, text: &str) -> Vec<f32> {
        let mut scores = vec![0.0; self.ledgers];
        if text.len() > LONGEST_NAME {
            return scores;
        }
        let full = normalise::loose(text);
        for text in full {
            let stem = without_year(&text);
            for (name, ledger) in &self.names {
                let score = name_score(name, &text, &stem);
                let best: &mut f32 = &mut scores[usize::from(ledger.0)];
                *best = best.max(score);
            }
        }
        scores
    }
}

fn push(claims: &mut Vec<Claim>, claim: Claim) {
    let same = |c: &&mut Claim| c.ledger == claim.ledger && c.field == claim.field;
    match claims.iter_mut().find(same) {
        // The profile's word stands above all others; among the rest the better match counts.
        Some(known) if claim.matched == Match::Profile => *known = claim,
        Some(_) => {}
        None => claims.push(claim),
    }
}

fn name_score(name: &str, text: &str, stem: &str) -> f32 {
    let length = |s: &str| s.chars().count().min(12) as f32;
    if text == name || stem == name {
        4.0
    } else if length(stem) >= 2.0 && core(stem) == core(name) {
        3.0
    } else if length(name) >= 3.0 && stem.contains(name) {
        1.5 + 0.2 * length(name)
    } else if length(stem) >= 2.0 && name.contains(stem) {
        0.5 + 0.2 * length(stem)
    } else {
        0.0
    }
}

/// What a name says beyond being that of a register: `涉密计算机台账` and `计算机` are the same.
fn core(name: &str) -> &str {
    const ENDS: [&str; 14] = [
        "登记台账",
        "登记簿",
        "登记表",
        "登记册",
        "登记",
        "台账",
        "名册",
        "花名册",
        "一览表",
        "清单",
        "清册",
        "记录表",
        "记录",
        "目录",
    ];
    let bare = ENDS.iter().find_map(|end| name.strip_suffix(end));
    let bare = bare.filter(|bare| !bare.is_empty()).unwrap_or(name);
    bare.strip_prefix("涉密")
        .filter(|bare| !bare.is_empty())
        .unwrap_or(bare)
}

/// A name without years and numbers: `2026年收文` → `收文`.
fn without_year(text: &str) -> String {
    let bare: String = text.chars().filter(|c| !c.is_ascii_digit()).collect();
    let bare = bare.trim_start_matches("年度").trim_start_matches('年');
    bare.trim_end_matches("年度")
        .trim_end_matches('年')
        .to_owned()
}
