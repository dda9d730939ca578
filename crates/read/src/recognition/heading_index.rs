//! All headings and names of all ledgers in one look-up.
//!
//! What enters: the schemas and the profile's `columns:`. What leaves: for a heading the fields
//! that it may be in every ledger, with how it matched.

use crate::values::normalise;
use std::collections::HashMap;
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::{
    dataset::Match,
    profile::Profile,
    schema::{FieldId, FieldType, LedgerId, Schemas},
};

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
    /// Where the heading stands among the names of its field: the first that a sheet has counts.
    pub order: u8,
    /// A bare 编号 where records tell what happened to things: it may be the thing's own number.
    pub doubtful: bool,
}

/// Behind all names of a field.
pub(crate) const LAST: u8 = u8::MAX;
/// Behind all of a day's names that do not say 时间.
const TIMES: u8 = LAST - 1;

/// Bytes of a text that may be a heading; longer ones are compared with nothing.
pub const LONGEST_HEADING: usize = 120;
/// Bytes of a text that may name a ledger.
const LONGEST_NAME: usize = 200;

/// The look-up.
pub struct Index {
    exact: HashMap<String, Vec<Claim>>,
    loose: HashMap<String, Vec<Claim>>,
    /// For each ledger the names of its fields without brackets and punctuation.
    fields: Vec<Vec<(FieldId, String)>>,
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

/// Numbers of the property register and of the maker: whatever number the ledger itself gives wins.
fn is_property_number(key: &str) -> bool {
    matches!(key, "资产编号" | "固定资产编号" | "序列号" | "出厂编号")
}

/// True if the ledger tells events and no other refers to its records: what its records bear beside
/// a running number is then likely the number of something else.
fn tells_events(schemas: &Schemas, ledger: LedgerId) -> bool {
    let mut fields = schemas.ledgers.iter().flat_map(|other| &other.fields);
    schemas.ledger(ledger).event_date.is_some()
        && !fields.any(|field| field.reference.is_some_and(|(to, _)| to == ledger))
}

impl Index {
    /// Builds the look-up.
    pub fn new(schemas: &Schemas, profile: &Profile) -> Self {
        let mut index = Self {
            exact: HashMap::new(),
            loose: HashMap::new(),
            fields: vec![Vec::new(); schemas.ledgers.len()],
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
        let events = tells_events(schemas, ledger);
        let mut written = Vec::new();
        for (at, field) in (0..).zip(&schema.fields) {
            let key = events && schema.primary_key == [FieldId(at)];
            let aliases = field.aliases.iter().map(|name| (name, Match::Alias));
            let names = [(&field.id, Match::Id), (&field.label, Match::Label)];
            for (order, (name, matched)) in (0..LAST).zip(names.into_iter().chain(aliases)) {
                let heading = normalise::heading(name);
                if matched != Match::Id {
                    let [bare, _] = normalise::loose(name);
                    written.push((FieldId(at), bare));
                }
                let last = is_property_number(&heading);
                // Beside a day the time is one of day; a field of days has no room for it.
                let time = match field.ty {
                    FieldType::Date => heading.ends_with("时间"),
                    FieldType::DateTime => heading == "时间",
                    _ => false,
                };
                let order = if time { order.max(TIMES) } else { order };
                let claim = Claim {
                    ledger,
                    field: FieldId(at),
                    matched,
                    weak: is_serial(&heading),
                    order: if last { LAST } else { order },
                    doubtful: key && heading == "编号",
                };
                self.add(name, claim);
            }
        }
        self.fields[usize::from(ledger.0)] = written;
    }

    /// The names of a ledger's fields without brackets and punctuation.
    pub(crate) fn fields(&self, ledger: LedgerId) -> &[(FieldId, String)] {
        &self.fields[usize::from(ledger.0)]
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
                    let claim = Claim {
                        ledger: id,
                        field: FieldId(at as u16),
                        matched: Match::Profile,
                        weak: is_serial(&normalise::heading(heading)),
                        order: 0,
                        doubtful: false,
                    };
                    self.add(heading, claim);
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

    fn add(&mut self, heading: &str, claim: Claim) {
        push(
            self.exact.entry(normalise::heading(heading)).or_default(),
            claim,
        );
        let similar = Claim {
            matched: Match::Similar,
            ..claim
        };
        for key in normalise::loose(heading) {
            push(self.loose.entry(one_word(&key)).or_default(), similar);
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
        for key in [full, bare] {
            for &claim in self.loose.get(&one_word(&key)).into_iter().flatten() {
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

/// What offices call their parts is one word: 使用科室 is 使用部门.
fn one_word(key: &str) -> String {
    ["处室", "科室", "股室"]
        .iter()
        .fold(key.to_owned(), |key, part| key.replace(part, "部门"))
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
    } else if (length(core(name)) >= 4.0 && stem.contains(core(name)))
        || (length(core(name)) >= 5.0 && is_spelled_in(core(name), stem))
    {
        1.0 + 0.2 * length(core(name))
    } else if length(stem) >= 2.0 && name.contains(stem) {
        0.5 + 0.2 * length(stem)
    } else {
        0.0
    }
}

/// True if the text spells the name with no more than a word put in: 保密教育培训 in
/// 保密宣传教育培训情况.
fn is_spelled_in(name: &str, text: &str) -> bool {
    const PUT_IN: usize = 3;
    let window = name.chars().count() + PUT_IN;
    let spells = |from: &str| {
        let mut wanted = name.chars().peekable();
        for c in from.chars().take(window) {
            wanted.next_if_eq(&c);
        }
        wanted.peek().is_none()
    };
    let first = name.chars().next();
    first.is_some_and(|first| {
        let mut starts = text.match_indices(first);
        starts.any(|(at, _)| spells(&text[at..]))
    })
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
