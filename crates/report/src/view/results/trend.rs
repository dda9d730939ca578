//! How the findings moved since the last run, as a chart.

use crate::document::blocks::Chart;
use crate::document::chart;
use crate::view::source::Source;
use zicha_model::{
    results::{Finding, State},
    verdict::Severity,
};

/// Bars in the order in which a reader asks: what is gone, what stays, what came back, what is new.
const STATES: [(State, &str); 4] = [
    (State::Fixed, "已整改"),
    (State::Open, "仍未整改"),
    (State::Reopened, "再次出现"),
    (State::New, "新增"),
];

/// Findings by state and severity; `None` without a run to compare with.
pub(crate) fn chart(source: &Source<'_>) -> Option<Chart> {
    if source.data.results.follow_up.baseline.is_empty() {
        return None;
    }
    let counted = |state: State, severity: Severity| {
        let fits = |f: &&Finding| !f.waived && f.state == state && f.severity == severity;
        source.findings().filter(fits).count()
    };
    let bars = STATES.map(|(state, label)| chart::Bar {
        label: label.to_owned(),
        parts: Severity::WORST_FIRST
            .map(|severity| counted(state, severity))
            .into(),
    });
    let title = "与上次检查相比（处）";
    Some(chart::bars("chart-trend", title, &chart::SEVERITIES, &bars))
}
