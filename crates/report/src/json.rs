//! `results.json`: the results as they stand, in the binding key order.

use std::cmp::Reverse;
use zicha_model::results::{Finding, Results};

/// The file's text: findings the worst first, then by control, ledger and key.
pub(super) fn render(results: &Results) -> serde_json::Result<Vec<u8>> {
    let mut results = results.clone();
    results.findings.sort_by(|a, b| order(a).cmp(&order(b)));
    let mut bytes = serde_json::to_vec_pretty(&results)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Cells that could not be read have no control and come last of their severity.
fn order(f: &Finding) -> impl Ord {
    (
        Reverse(f.severity),
        f.control.is_none(),
        f.control.clone(),
        f.subject.clone(),
        f.fingerprint.clone(),
    )
}
