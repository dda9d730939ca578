//! Units that may be one unit in two spellings: asked about, never merged unasked.

use super::summary::Summary;
use std::collections::{BTreeMap, BTreeSet};
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus};

/// Names that differ only in blanks, width of signs or brackets.
pub(super) fn spellings(summary: &Summary) -> Vec<Diagnostic> {
    let named = summary.entries.keys().map(|key| key.name.as_str());
    let expected = summary.expected.iter().map(String::as_str);
    let mut alike: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for name in named.chain(expected) {
        alike.entry(plain(name)).or_default().insert(name);
    }
    let several = alike.into_values().filter(|names| names.len() > 1);
    several.map(|names| ask(&names)).collect()
}

/// Without blanks, marks and brackets, half-width, in lower case.
fn plain(name: &str) -> String {
    let half = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        other => other,
    };
    let kept = name.chars().map(half).filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}

fn ask(names: &BTreeSet<&str>) -> Diagnostic {
    let names: Vec<_> = names.iter().map(|name| format!("“{name}”")).collect();
    let message = format!(
        "{}可能是同一个单位的不同写法，现按不同单位汇总。",
        names.join("、")
    );
    Diagnostic::new(codes::ROLLUP_UNIT_SPELLING, message, Locus::default())
        .with_hint("是同一单位的，请统一各自 zicha.yaml 的 unit.name 和单位名单的写法后重新汇总。")
}
