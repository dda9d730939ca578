//! `clauses.csv` → the clauses of the sources, each with the control that answers for it.
//!
//! One line a clause: `clause,label,control`. No field is quoted; labels use full-width marks.

use crate::files::file_messages;
use zicha_model::control::Clause;
use zicha_model::diag::codes;
use zicha_yaml::YamlDocument;

/// First line of the table.
const HEADING: &str = "clause,label,control";

/// Reads the table; a line that is none is told and left out.
pub(crate) fn clauses(page: &mut YamlDocument, clauses: &mut Vec<Clause>) {
    let text = page.text.clone();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let at = start..start + line.trim_end().len();
        start += line.len();
        if line.trim_end() == HEADING || line.trim().is_empty() {
            continue;
        }
        match clause(line.trim_end()) {
            Some(clause) => clauses.push(clause),
            None => {
                page.mistake(codes::BAD_VALUE, file_messages::want_clause(), at);
            }
        }
    }
}

fn clause(line: &str) -> Option<Clause> {
    let cells: Vec<_> = line.split(',').collect();
    let &[id, label, control] = cells.as_slice() else {
        return None;
    };
    (!id.is_empty() && !label.is_empty()).then(|| Clause {
        id: id.to_owned(),
        label: label.to_owned(),
        control: (!control.is_empty()).then(|| control.to_owned()),
    })
}
