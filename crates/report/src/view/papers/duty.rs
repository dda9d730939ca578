//! Duty over the days off: what the findings say of the roster, every gap of it.

use crate::document::blocks::{Block, Span};
use crate::document::wide::paragraph;
use crate::view::findings::problem_words;
use crate::view::source::Source;
use zicha_model::results::Finding;

const LEDGER: &str = "duty_roster";

/// Where the roster stands, and its faults; or that it is missing.
pub(crate) fn blocks(source: &Source<'_>) -> Vec<Block> {
    told(
        source,
        match source.table(LEDGER) {
            None => "没有提供值班安排，节日值班情况未检查。",
            Some(_) => "节日值班安排见《节前保密检查记录表》。",
        },
    )
}

/// Faults of the roster that stands right below; nothing without any.
pub(crate) fn faults(source: &Source<'_>) -> Vec<Block> {
    match source.standing().any(is_of_roster) {
        true => told(source, ""),
        false => Vec::new(),
    }
}

/// Faults that stand one after the other in a paragraph; more of them are a list.
const IN_A_ROW: usize = 3;

/// A few words, then the faults, each as a sentence.
fn told(source: &Source<'_>, told: &str) -> Vec<Block> {
    let faults = source.standing().filter(|f| is_of_roster(f));
    let faults: Vec<_> = faults.map(problem_words::sentence).collect();
    let head = format!(
        "{told}值班安排存在问题{}处，放假前应当补排、纠正：",
        faults.len()
    );
    match faults.len() {
        0 => vec![paragraph(told.to_owned())],
        1..=IN_A_ROW => vec![paragraph(format!("{head}{}。", faults.join("；")))],
        _ => {
            let items = faults.into_iter();
            let items = items.map(|fault| vec![Span::plain(format!("{fault}。"))]);
            let list = Block::List {
                ordered: true,
                items: items.collect(),
            };
            vec![paragraph(head), list]
        }
    }
}

/// True if the roster is what the finding is about, or where something was looked for in vain.
fn is_of_roster(finding: &Finding) -> bool {
    finding.subject.ledger == LEDGER || finding.evidence.iter().any(|e| e.field == LEDGER)
}
