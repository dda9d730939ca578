//! `findings.csv`: the findings of `results.json` as a table, one line each, for programs and for
//! pivot tables. Column names are those of `results.json`; the cell is that of the first evidence.

use crate::csv;
use std::io;
use zicha_model::results::{Finding, FindingKind, Results};

/// File name.
pub(crate) const NAME: &str = "findings.csv";

const COLUMNS: [&str; 23] = [
    "fingerprint",
    "control",
    "title",
    "chapter",
    "severity",
    "kind",
    "state",
    "waived",
    "ledger",
    "key",
    "department",
    "person",
    "problem",
    "expected",
    "actual",
    "remedy",
    "found",
    "due",
    "overdue_days",
    "file",
    "sheet",
    "cell",
    "value",
];

/// Renders the table in the order of the results.
pub(crate) fn render(results: &Results) -> io::Result<Vec<u8>> {
    let heading = COLUMNS.map(str::to_owned);
    let rows = results.findings.iter().map(|finding| row(results, finding));
    csv::render(std::iter::once(heading).chain(rows))
}

fn row(results: &Results, finding: &Finding) -> [String; COLUMNS.len()] {
    let control = finding.control.as_deref().unwrap_or_default();
    let judged = results.controls.iter().find(|c| c.id == control);
    let kind = match finding.kind {
        FindingKind::Violation => "violation",
        FindingKind::Unreadable => "unreadable",
    };
    let state = serde_json::to_value(finding.state).unwrap_or_default();
    let seen = finding.evidence.first();
    let of = |text: &Option<String>| text.clone().unwrap_or_default();
    let cell = seen.and_then(|e| {
        let row = e.row?;
        Some(format!("{}{row}", e.column.as_deref().unwrap_or_default()))
    });
    let said = match finding.problem.as_str() {
        "" => finding.message.clone(),
        said => said.to_owned(),
    };
    [
        finding.fingerprint.clone(),
        control.to_owned(),
        judged.map(|c| c.title.clone()).unwrap_or_default(),
        judged.map(|c| c.chapter.clone()).unwrap_or_default(),
        finding.severity.label().to_owned(),
        kind.to_owned(),
        state.as_str().unwrap_or_default().to_owned(),
        finding.waived.to_string(),
        finding.subject.ledger.clone(),
        finding.subject.key.clone(),
        finding.department().unwrap_or_default().to_owned(),
        of(&finding.subject.person),
        said,
        finding.expected.clone(),
        finding.actual.clone(),
        finding.remedy.clone(),
        finding.found.to_string(),
        finding.due.to_string(),
        finding.rectification.overdue_days.to_string(),
        seen.map(|e| of(&e.file)).unwrap_or_default(),
        seen.map(|e| of(&e.sheet)).unwrap_or_default(),
        cell.unwrap_or_default(),
        seen.map(|e| e.value.clone()).unwrap_or_default(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    #[test]
    fn each_finding_is_a_line_whose_cell_is_that_of_the_results() {
        let fixture = Fixture::annual();
        let bytes = render(&fixture.results).expect("written to memory");
        let text = String::from_utf8(bytes).expect("UTF-8");
        let mut reader = ::csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let rows: Vec<_> = reader.records().map(|row| row.expect("a row")).collect();
        assert_eq!(rows.len(), fixture.results.findings.len());
        for (row, finding) in rows.iter().zip(&fixture.results.findings) {
            assert_eq!(&row[0], finding.fingerprint);
            assert_eq!(&row[4], finding.severity.label());
            let first = finding.evidence.first().and_then(|e| e.row);
            assert!(first.is_none_or(|number| row[21].ends_with(&number.to_string())));
        }
    }
}
