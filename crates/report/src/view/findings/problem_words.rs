//! The sentences that papers have of findings.

use super::problems;
use crate::view::source::Source;
use zicha_model::results::Finding;

/// What is wrong, in a sentence without full stop.
pub(crate) fn sentence(finding: &Finding) -> String {
    let said = match finding.problem.as_str() {
        "" => &finding.message,
        said => said,
    };
    said.trim_end_matches('。').to_owned()
}

/// The fault that findings of one control share, with their number: `将密件带回家中2起`.
pub(crate) fn counted(source: &Source<'_>, findings: &[&Finding]) -> String {
    let Some(first) = findings.first() else {
        return String::new();
    };
    let control = first.control.as_deref().and_then(|id| source.control(id));
    match control.and_then(|c| c.problem.as_ref()) {
        Some(problem) => problem.counted(findings.len()),
        None => format!("{}{}处", problems::title(source, first), findings.len()),
    }
}
