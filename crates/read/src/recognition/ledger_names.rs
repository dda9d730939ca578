//! How strongly a title, a sheet's or a file's name speaks for a ledger.
//!
//! What enters: the names of the ledgers in the schemas, and a text. What leaves: a score for each
//! ledger. 登记表, 台账, 名单 and the like say only that something is a register, and the year says
//! nothing about which.

use crate::values::normalise;
use std::collections::HashMap;
use std::sync::RwLock;
use zicha_model::schema::{LedgerId, Schemas};

/// Bytes of a text that may name a ledger.
const LONGEST_NAME: usize = 200;
/// What a ledger's very name gives.
pub(crate) const EXACT: f32 = 4.0;
/// What a name gives that differs only in the word for register.
pub(crate) const SAME_CORE: f32 = 3.0;

/// Words by which a register calls itself one, the longer first where one ends with the other.
const REGISTER: [&str; 44] = [
    "登记台账",
    "管理台账",
    "登记簿",
    "登记表",
    "登记册",
    "登记本",
    "登记",
    "台账",
    "花名册",
    "名册",
    "名单",
    "一览表",
    "清单",
    "清册",
    "记录表",
    "记录簿",
    "记录本",
    "记录单",
    "记录",
    "目录",
    "列表",
    "明细表",
    "明细",
    "基本情况表",
    "基本情况",
    "情况表",
    "情况",
    "汇总表",
    "汇总",
    "统计表",
    "备案表",
    "备案",
    "信息表",
    "信息",
    "导入模板",
    "模板",
    "数据",
    "安排表",
    "安排",
    "预约",
    "簿",
    "册",
    "本",
    "表",
];
/// Words that offices write in another way than the ledgers' names.
const SPELLED: [(&str, &str); 8] = [
    ("电脑", "计算机"),
    ("微机", "计算机"),
    ("优盘", "u盘"),
    ("台帐", "台账"),
    ("登记薄", "登记簿"),
    ("密件", "涉密文件"),
    ("收到文件", "收文"),
    ("来访者", "来访人员"),
];
/// What stands before the thing itself in the names of many registers.
const BEFORE: [&str; 2] = ["涉密", "保密"];

/// One name of a ledger.
struct Name {
    text: String,
    core: String,
    ledger: LedgerId,
}

/// The names of all ledgers.
pub(crate) struct LedgerNames {
    names: Vec<Name>,
    ledgers: usize,
    /// Scores of texts looked at before: sheets of many files bear the same names.
    known: RwLock<HashMap<String, Vec<f32>>>,
}

/// Texts whose scores are remembered.
const REMEMBERED: usize = 5_000;

impl LedgerNames {
    /// The ids, labels and other names of the ledgers.
    pub(crate) fn of(schemas: &Schemas) -> Self {
        let mut names: Vec<Name> = Vec::new();
        for ledger in schemas.ledger_ids() {
            let schema = schemas.ledger(ledger);
            let own = [&schema.id, &schema.label]
                .into_iter()
                .chain(&schema.aliases);
            for text in own.flat_map(|name| normalise::loose(name)) {
                let known = |name: &Name| name.ledger == ledger && name.text == text;
                if !names.iter().any(known) {
                    let core = core(&text).to_owned();
                    names.push(Name { text, core, ledger });
                }
            }
        }
        Self {
            names,
            ledgers: schemas.ledgers.len(),
            known: RwLock::default(),
        }
    }

    /// The ledger that bears this very name.
    pub(crate) fn named(&self, name: &str) -> Option<LedgerId> {
        let [key, _] = normalise::loose(name);
        let named = self.names.iter().find(|name| name.text == key);
        named.map(|name| name.ledger)
    }

    /// For each ledger how strongly the text speaks for it.
    pub(crate) fn scores(&self, text: &str) -> Vec<f32> {
        if let Ok(known) = self.known.read()
            && let Some(scores) = known.get(text)
        {
            return scores.clone();
        }
        let scores = self.find_scores(text);
        if let Ok(mut known) = self.known.write()
            && known.len() < REMEMBERED
        {
            known.insert(text.to_owned(), scores.clone());
        }
        scores
    }

    fn find_scores(&self, text: &str) -> Vec<f32> {
        let mut scores = vec![0.0; self.ledgers];
        if text.len() > LONGEST_NAME {
            return scores;
        }
        for text in normalise::loose(text) {
            let text = spelled(&text);
            let stem = without_year(&text);
            for name in &self.names {
                let score = score(name, &text, &stem);
                let best: &mut f32 = &mut scores[usize::from(name.ledger.0)];
                *best = best.max(score);
            }
        }
        scores
    }
}

fn score(name: &Name, text: &str, stem: &str) -> f32 {
    let length = |s: &str| s.chars().count().min(12) as f32;
    let (whole, own) = (name.text.as_str(), core(stem));
    if text == whole || stem == whole {
        EXACT
    } else if length(stem) >= 2.0 && own == name.core {
        SAME_CORE
    } else if length(whole) >= 3.0 && stem.contains(whole) {
        1.5 + 0.2 * length(whole)
    } else if (length(&name.core) >= 3.0 && stem.contains(&name.core))
        || (length(&name.core) >= 4.0 && is_spelled_in(&name.core, stem))
    {
        1.0 + 0.2 * length(&name.core)
    } else if length(own) >= 4.0 && name.core.contains(own) {
        1.0 + 0.2 * length(own)
    } else if length(stem) >= 2.0 && whole.contains(stem) {
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
    let bare = without_register_word(name);
    let inner = BEFORE.iter().find_map(|word| bare.strip_prefix(word));
    inner
        .filter(|inner| inner.chars().count() >= 2)
        .unwrap_or(bare)
}

/// 涉密项目一览表 → 涉密项目.
pub(crate) fn without_register_word(name: &str) -> &str {
    let bare = REGISTER.iter().find_map(|end| name.strip_suffix(end));
    bare.filter(|bare| bare.chars().count() >= 2)
        .unwrap_or(name)
}

fn spelled(text: &str) -> String {
    let replace = |text: String, (from, to): &(&str, &str)| text.replace(from, to);
    SPELLED.iter().fold(text.to_owned(), replace)
}

/// A name without years and numbers: `2026年收文` → `收文`.
fn without_year(text: &str) -> String {
    let bare: String = text.chars().filter(|c| !c.is_ascii_digit()).collect();
    let bare = bare.trim_start_matches("年度").trim_start_matches('年');
    bare.trim_end_matches("年度")
        .trim_end_matches('年')
        .to_owned()
}
