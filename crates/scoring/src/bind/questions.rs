//! Ways to lose points that no control tells → on-site questions of their own.
//!
//! They are written as controls of a file of the catalogue, so that the answer sheet, the verdicts and
//! every paper treat them as any other question.

use crate::standard::{Item, Standard, Way};
use std::collections::BTreeSet;

/// Domain of their ids.
pub const DOMAIN: &str = "SCR";
/// The longest title in characters.
const TITLE: usize = 30;

/// Numbers the ways that have neither controls nor a question. Numbers once given stay.
pub(super) fn number(standard: &mut Standard) {
    let mut taken: BTreeSet<String> = standard.ways().map(|way| way.question.clone()).collect();
    let mut next = 1;
    for way in standard.items.iter_mut().flat_map(|item| &mut item.ways) {
        if !way.controls.is_empty() || !way.question.is_empty() {
            continue;
        }
        while !taken.insert(format!("{DOMAIN}-{next:03}")) {
            next += 1;
        }
        way.question = format!("{DOMAIN}-{next:03}");
    }
}

/// Gives a question to what people left without controls (`检查项: []`) since the file was written.
pub fn complete(standard: &mut Standard) {
    number(standard);
}

/// The questions as a file of controls; `None` if there are none. Give it to
/// `zicha_rule::pack::Catalogue::take_in`.
pub fn controls(standard: &Standard) -> Option<String> {
    let asked = standard
        .items
        .iter()
        .flat_map(|item| item.ways.iter().map(move |way| (item, way)));
    let asked: Vec<_> = asked.filter(|(_, way)| !way.question.is_empty()).collect();
    let written: Vec<String> = asked.iter().map(|(item, way)| control(item, way)).collect();
    (!written.is_empty()).then(|| written.concat())
}

fn control(item: &Item, way: &Way) -> String {
    let lost = way.text.trim_end_matches(['。', '；', ' ']);
    let title: String = format!("自评第{}项：{lost}", item.number)
        .chars()
        .take(TITLE)
        .collect();
    let question = if item.nature.decides_alone() {
        format!("自评第{}项：是否没有发生“{lost}”的情形？", item.number)
    } else {
        format!(
            "自评第{}项“{}”：是否没有应当扣分的情形（{lost}）？",
            item.number,
            brief(&item.text)
        )
    };
    let quoted = |text: &str| serde_json::to_string(&text.replace('$', "＄")).unwrap_or_default();
    format!(
        "- id: {}\n  title: {}\n  requirement: {}\n  basis: [{}]\n  checklists: [annual]\n  kind: attest\n  severity: 一般\n  ask: {{scope: unit, question: {}}}\n  remedy: {}\n  deadline: 30\n",
        way.question,
        quoted(&title),
        quoted(&item.text),
        quoted(&format!("评分表 第{}项", item.number)),
        quoted(&question),
        quoted(&format!("按评分表第{}项的要求整改", item.number)),
    )
}

fn brief(text: &str) -> String {
    let count = text.chars().count();
    let short: String = text.chars().take(40).collect();
    if count > 40 {
        format!("{short}…")
    } else {
        short
    }
}
