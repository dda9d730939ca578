//! The sentences that papers have of findings.

use super::problems;
use crate::view::source::Source;
use zicha_model::results::Finding;

/// What is wrong, in a sentence without full stop.
pub(crate) fn sentence(finding: &Finding) -> String {
    finding.message.trim_end_matches('。').to_owned()
}

/// The fault that findings of one control share, with their number: `将密件带回家中2起`.
pub(crate) fn counted(source: &Source<'_>, findings: &[&Finding]) -> String {
    let title = findings
        .first()
        .map_or_else(String::new, |f| problems::title(source, f));
    format!("{title}{}处", findings.len())
}
