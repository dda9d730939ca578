//! How alike the words of a form and of a control are: pairs of characters, rare ones weigh more, and
//! clauses of law that both name. Whole numbers throughout, so that every machine proposes the same.

use std::collections::{BTreeMap, BTreeSet};
use zicha_model::plan::Checklist;
use zicha_rule::pack::Catalogue;

type Pair = [char; 2];

/// Per cent that a clause named by both adds.
const CLAUSE: u32 = 20;

/// The controls by their words.
pub(super) struct Index {
    controls: Vec<Entry>,
    /// In how many controls a pair stands.
    frequency: BTreeMap<Pair, u32>,
}

struct Entry {
    id: String,
    pairs: BTreeSet<Pair>,
    clauses: BTreeSet<u32>,
}

impl Index {
    /// The controls that are judged in a yearly run.
    pub(super) fn new(catalogue: &Catalogue) -> Self {
        let judged = catalogue
            .controls
            .iter()
            .map(|compiled| &compiled.control)
            .filter(|control| {
                control.merged_into.is_empty()
                    && control.checklists.contains(&Checklist::Annual)
                    && !control.id.starts_with(super::questions::DOMAIN)
            });
        let controls: Vec<Entry> = judged
            .map(|control| {
                let question = control.ask.as_ref().map_or("", |ask| &ask.question);
                let text = format!("{}。{}。{question}", control.title, control.requirement);
                let clauses = control.basis.iter().filter(|basis| basis.starts_with('法'));
                Entry {
                    id: control.id.clone(),
                    pairs: pairs(&text),
                    clauses: clauses
                        .filter_map(|basis| article(basis.split('§').nth(1)?))
                        .collect(),
                }
            })
            .collect();
        let mut frequency = BTreeMap::new();
        for pair in controls.iter().flat_map(|entry| &entry.pairs) {
            *frequency.entry(*pair).or_insert(0) += 1;
        }
        Self {
            controls,
            frequency,
        }
    }

    /// Controls like a way of an item, the surest first, in per cent.
    pub(super) fn like(&self, way: &str, item: &str) -> Vec<(u32, String)> {
        let (own, around) = (pairs(way), pairs(item));
        let weight = own_weight(own.len());
        let named = articles(&format!("{way}{item}"));
        let mut found: Vec<_> = self
            .controls
            .iter()
            .map(|entry| {
                let own_share = self.share(&own, &entry.pairs);
                let around_share = self.share(&around, &entry.pairs);
                let words = (own_share * weight + around_share * (10 - weight)) / 10;
                let clause = if named.intersection(&entry.clauses).next().is_some() {
                    CLAUSE
                } else {
                    0
                };
                (words + clause, entry.id.clone())
            })
            .filter(|(sure, _)| *sure > 0)
            .collect();
        found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        found
    }

    /// Per cent of the weight of some pairs that a control has too.
    fn share(&self, wanted: &BTreeSet<Pair>, has: &BTreeSet<Pair>) -> u32 {
        let all: u32 = wanted.iter().map(|pair| self.weight(pair)).sum();
        let shared: u32 = wanted.intersection(has).map(|pair| self.weight(pair)).sum();
        (shared * 100).checked_div(all).unwrap_or(0)
    }

    /// The rarer, the heavier; a pair that no control has weighs as one that a single control has.
    fn weight(&self, pair: &Pair) -> u32 {
        let stands_in = self.frequency.get(pair).copied().unwrap_or(1).max(1);
        (self.controls.len() as u32 / stands_in).max(1).ilog2() + 1
    }
}

/// What a way's own words weigh beside those of its item, of ten: the fewer they are, the less they say.
/// `没有记录的` alone is like every register.
fn own_weight(pairs: usize) -> u32 {
    (pairs as u32 + 1).clamp(2, 6)
}

/// The pairs of neighbouring Chinese characters, words about points left out.
fn pairs(text: &str) -> BTreeSet<Pair> {
    let mut text = text.to_owned();
    for word in [
        "扣完为止",
        "每发现",
        "发现",
        "每",
        "扣",
        "分",
        "的",
        "应当",
        "是否",
        "情况",
        "未",
        "没有",
        "不",
    ] {
        text = text.replace(word, "|");
    }
    let chars: Vec<char> = text.chars().collect();
    let han = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
    let pairs = chars.windows(2).filter(|pair| pair.iter().all(han));
    pairs.map(|pair| [pair[0], pair[1]]).collect()
}

/// The articles of law that a text names: `第二十六条`, `第26条`.
fn articles(text: &str) -> BTreeSet<u32> {
    let pieces = text.split('第').skip(1);
    pieces
        .filter_map(|piece| article(piece.split_once('条')?.0))
        .collect()
}

fn article(word: &str) -> Option<u32> {
    let word = word.trim();
    let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
    if !digits.is_empty() {
        return digits.parse().ok();
    }
    let chars: Vec<char> = word.chars().collect();
    if chars.len() > 4 {
        return None;
    }
    crate::import::chinese_number(&chars)
}
