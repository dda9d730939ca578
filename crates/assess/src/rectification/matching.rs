//! A row without fingerprint → the finding it is about, by what both say: control, subject, cell.

use super::messages;
use std::collections::{BTreeMap, BTreeSet};
use zicha_model::{
    rectification::{Column, ListRow},
    results::Finding,
};
use zicha_rule::pack::Catalogue;

/// The findings prepared for comparison.
pub(super) struct Matcher<'f> {
    fingerprints: BTreeSet<String>,
    findings: Vec<Known>,
    titles: BTreeMap<&'f str, &'f str>,
}

/// What a row may say of a finding, blanks taken out.
struct Known {
    fingerprint: String,
    control: Option<String>,
    message: String,
    /// Parts of the record's key.
    key: Vec<String>,
    /// File name and address of the deciding cells.
    cells: Vec<(String, String)>,
}

impl<'f> Matcher<'f> {
    /// Prepares the findings.
    pub(super) fn new(catalogue: &'f Catalogue, findings: &[Finding]) -> Self {
        let controls = catalogue.controls.iter().map(|c| &c.control);
        Self {
            fingerprints: findings.iter().map(|f| f.fingerprint.clone()).collect(),
            findings: findings.iter().map(known).collect(),
            titles: controls
                .map(|c| (c.id.as_str(), c.title.as_str()))
                .collect(),
        }
    }

    /// True if this run has the finding.
    pub(super) fn has(&self, fingerprint: &str) -> bool {
        self.fingerprints.contains(fingerprint)
    }

    /// The one finding that a row is about, or why there is none.
    pub(super) fn find(&self, row: &ListRow) -> Result<String, &'static str> {
        let said = Said::of(row);
        let scored = self
            .findings
            .iter()
            .map(|known| (self.score(&said, known), known));
        let best = scored.filter(|(score, _)| *score > 0);
        let mut best: Vec<_> = best.collect();
        best.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        match best.as_slice() {
            [] => Err(messages::NO_MATCH),
            [(a, _), (b, _), ..] if a == b => Err(messages::SEVERAL_MATCHES),
            [(_, known), ..] => Ok(known.fingerprint.clone()),
        }
    }

    /// How much a row says of a finding; 0 if it is not enough to take it for this one.
    fn score(&self, said: &Said, known: &Known) -> u32 {
        let message = !known.message.is_empty() && said.all.contains(&known.message);
        let id = known.control.as_deref();
        let control = id.is_some_and(|id| {
            let title = self.titles.get(id).map(|title| squeezed(title));
            said.all.contains(&squeezed(id)) || title.is_some_and(|title| said.all.contains(&title))
        });
        let key = !known.key.is_empty() && known.key.iter().all(|part| said.all.contains(part));
        let cell = known
            .cells
            .iter()
            .any(|(file, address)| said.all.contains(file) && said.names_cell(address));
        let enough = message || (control && (key || cell)) || (key && cell);
        let points = [(message, 8), (control, 4), (key, 3), (cell, 2)];
        let sum = points.iter().filter(|(is, _)| *is).map(|(_, p)| p).sum();
        if enough { sum } else { 0 }
    }
}

/// What a row says, blanks taken out.
struct Said {
    all: String,
}

impl Said {
    fn of(row: &ListRow) -> Self {
        let columns = [
            Column::Problem,
            Column::Basis,
            Column::Places,
            Column::Remark,
        ];
        let texts = columns.iter().filter_map(|column| row.cells.get(column));
        let extra = row.extra.values();
        let all: Vec<_> = texts.chain(extra).map(|text| squeezed(text)).collect();
        Self {
            all: all.join("\u{1f}"),
        }
    }

    /// True if the address stands there by itself: `F4` is not in `F47`.
    fn names_cell(&self, address: &str) -> bool {
        self.all.match_indices(address).any(|(at, _)| {
            let alone = |c: Option<char>| !c.is_some_and(|c| c.is_ascii_alphanumeric());
            alone(self.all[..at].chars().next_back())
                && alone(self.all[at + address.len()..].chars().next())
        })
    }
}

fn known(finding: &Finding) -> Known {
    let cells = finding.evidence.iter().filter_map(|cell| {
        let file = cell.file.as_deref()?.rsplit('/').next()?;
        let address = format!("{}{}", cell.column.as_deref()?, cell.row?);
        Some((squeezed(file), squeezed(&address)))
    });
    let key = finding.subject.key.split('|').map(squeezed);
    Known {
        fingerprint: finding.fingerprint.clone(),
        control: finding.control.clone(),
        message: squeezed(&finding.message),
        key: key.filter(|part| !part.is_empty()).collect(),
        cells: cells.collect(),
    }
}

/// Without blanks and in lower case.
fn squeezed(text: &str) -> String {
    let chars = text.chars().filter(|c| !c.is_whitespace());
    chars.flat_map(char::to_lowercase).collect()
}
