//! What people changed in the rectification list, and when: a line a change, as the lists read back told it.

use crate::document::blocks::{Align, Row, Table};
use crate::document::tables;
use crate::redaction::display_text;
use crate::view::source::Source;
use zicha_model::{rectification::Change, results::Finding};

/// Changes listed, the latest; `results.json` has them all.
const LISTED: usize = 200;

/// The table; `None` where nothing was ever changed.
pub(crate) fn table(source: &Source<'_>) -> Option<Table> {
    let findings = source.findings();
    let all = findings.flat_map(|f| {
        f.rectification
            .history
            .iter()
            .map(move |change| (f, change))
    });
    let mut all: Vec<_> = all.collect();
    if all.is_empty() {
        return None;
    }
    // Stable: within a day the order of the findings.
    all.sort_by_key(|(_, change)| change.on);
    let from = all.len().saturating_sub(LISTED);
    let caption = match from {
        0 => "整改填写变动记录".to_owned(),
        left_out => {
            format!("整改填写变动记录（最近{LISTED}条，以前的{left_out}条见 results.json）")
        }
    };
    let rows = all[from..]
        .iter()
        .map(|(finding, change)| row(source, finding, change));
    Some(tables::plain(
        "entry-changes",
        &caption,
        &[
            ("读回日期", 13, Align::Start),
            ("问题", 27, Align::Start),
            ("栏目", 9, Align::Start),
            ("原来填写", 16, Align::Start),
            ("改为", 16, Align::Start),
            ("所据清单", 19, Align::Start),
        ],
        rows.collect(),
    ))
}

fn row(source: &Source<'_>, finding: &Finding, change: &Change) -> Row {
    let said = match finding.problem.as_str() {
        "" => &finding.message,
        said => said,
    };
    let or_empty = |text: &str| match text {
        "" => "（空）".to_owned(),
        text => source.entered(text),
    };
    Row::of([
        change.on.chinese(),
        display_text::display(said),
        change.column.label().to_owned(),
        or_empty(&change.from),
        or_empty(&change.to),
        display_text::display(&change.file),
    ])
}
