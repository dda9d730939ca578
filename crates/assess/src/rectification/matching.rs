//! A row of the list → the finding it is about, by what both say: control, subject, cell. The
//! fingerprint alone does not suffice: people sort visible columns without the hidden ones.

use super::messages;
use std::collections::{BTreeMap, BTreeSet};
use zicha_model::{
    rectification::{Column, ListRow},
    results::{Evidence, Finding, Results},
};
use zicha_rule::pack::Catalogue;

/// Findings prepared for comparison.
pub(super) struct Matcher<'f> {
    /// What a row may say of each finding, in the words of this run and of earlier ones.
    findings: Vec<Known>,
    /// Fingerprint → places in `findings`.
    by_fingerprint: BTreeMap<String, Vec<usize>>,
    /// First line of the problem → fingerprints: the quick way to the finding a row talks about.
    by_message: BTreeMap<String, BTreeSet<String>>,
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

/// How what is visible in a row goes with the fingerprint that it bears.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Agreement {
    /// It is about that finding, or says nothing against it.
    Agrees,
    /// It is about this other one.
    Other(String),
    /// It is not about that finding, and not clearly about another one.
    Contradicts,
}

impl<'f> Matcher<'f> {
    /// Prepares the findings; lists in use were written with the words of earlier runs.
    pub(super) fn new<'b>(
        catalogue: &'f Catalogue,
        findings: &'b [Finding],
        earlier: impl Iterator<Item = &'b Results>,
    ) -> Self {
        let controls = catalogue.controls.iter().map(|c| &c.control);
        let titles = controls.map(|c| (c.id.as_str(), c.title.as_str()));
        let before = earlier.flat_map(|results| &results.findings);
        Self::of(titles.collect(), findings, before)
    }

    fn of<'b>(
        titles: BTreeMap<&'f str, &'f str>,
        findings: &'b [Finding],
        before: impl Iterator<Item = &'b Finding>,
    ) -> Self {
        let here: BTreeSet<_> = findings.iter().map(|f| f.fingerprint.as_str()).collect();
        let before = before.filter(|f| here.contains(f.fingerprint.as_str()));
        let all: Vec<_> = findings.iter().chain(before).flat_map(known).collect();
        let mut by_fingerprint: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        let mut by_message: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
        for (at, known) in all.iter().enumerate() {
            let places = by_fingerprint.entry(known.fingerprint.clone());
            places.or_default().push(at);
            let names = by_message.entry(known.message.clone());
            names.or_default().insert(known.fingerprint.clone());
        }
        Self {
            findings: all,
            by_fingerprint,
            by_message,
            titles,
        }
    }

    /// True if this run has the finding.
    pub(super) fn has(&self, fingerprint: &str) -> bool {
        self.by_fingerprint.contains_key(fingerprint)
    }

    /// Holds what is visible in a row against the fingerprint that it bears.
    pub(super) fn agreement(&self, fingerprint: &str, row: &ListRow) -> Agreement {
        let Some(problem) = row.cells.get(&Column::Problem) else {
            return Agreement::Agrees;
        };
        let problem = squeezed(problem);
        let own = self.by_fingerprint.get(fingerprint).into_iter().flatten();
        let mut own = own.map(|&at| &self.findings[at]);
        if own.any(|known| !known.message.is_empty() && problem.starts_with(&known.message)) {
            return Agreement::Agrees;
        }
        let said = Said::of(row);
        let named = match row
            .cells
            .get(&Column::Problem)
            .and_then(|t| t.lines().next())
        {
            Some(line) => self.by_message.get(&squeezed(line)),
            None => None,
        };
        match named
            .map(|names| names.iter().collect::<Vec<_>>())
            .as_deref()
        {
            Some([only]) => Agreement::Other((*only).clone()),
            _ => self.by_parts(fingerprint, &said),
        }
    }

    /// The same where people reworded the problem.
    fn by_parts(&self, fingerprint: &str, said: &Said) -> Agreement {
        let best = self.best(said);
        match best.as_slice() {
            [] if self.names_other_control(fingerprint, said) => Agreement::Contradicts,
            [] => Agreement::Agrees,
            some if some.contains(&fingerprint) => Agreement::Agrees,
            [other] => Agreement::Other((*other).to_owned()),
            _ => Agreement::Contradicts,
        }
    }

    /// True if the row names a control, and not the finding's.
    fn names_other_control(&self, fingerprint: &str, said: &Said) -> bool {
        let own = self.by_fingerprint.get(fingerprint).into_iter().flatten();
        let own = own.filter_map(|&at| self.findings[at].control.as_deref());
        let own: BTreeSet<_> = own.collect();
        let names = |id: &&&str| said.all.contains(&squeezed(id));
        let mut named = self.titles.keys().filter(names).peekable();
        named.peek().is_some() && !named.any(|id| own.contains(id))
    }

    /// The findings that a row says most of; empty if it says too little of all.
    fn best(&self, said: &Said) -> Vec<&str> {
        let mut most = 1;
        let mut best = BTreeSet::new();
        for known in &self.findings {
            let score = self.score(said, known);
            if score > most {
                most = score;
                best.clear();
            }
            if score == most {
                best.insert(known.fingerprint.as_str());
            }
        }
        best.into_iter().collect()
    }

    /// The one finding that a row is about, or why there is none.
    pub(super) fn find(&self, row: &ListRow) -> Result<String, &'static str> {
        match self.best(&Said::of(row)).as_slice() {
            [] => Err(messages::NO_MATCH),
            [only] => Ok((*only).to_owned()),
            _ => Err(messages::SEVERAL_MATCHES),
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

/// What may be said of a finding: as it is told now, and as it was told when it was found.
fn known(finding: &Finding) -> Vec<Known> {
    let one = |message: &str, evidence: &[Evidence]| {
        let cells = evidence.iter().filter_map(|cell| {
            let file = cell.file.as_deref()?.rsplit('/').next()?;
            let address = format!("{}{}", cell.column.as_deref()?, cell.row?);
            Some((squeezed(file), squeezed(&address)))
        });
        let key = finding.subject.key.split('|').map(squeezed);
        Known {
            fingerprint: finding.fingerprint.clone(),
            control: finding.control.clone(),
            message: squeezed(message),
            key: key.filter(|part| !part.is_empty()).collect(),
            cells: cells.collect(),
        }
    };
    let then = finding.past.as_ref().map(|past| &past.told);
    let then = then.map(|told| one(&told.message, &told.evidence));
    let now = one(&finding.message, &finding.evidence);
    std::iter::once(now).chain(then).collect()
}

/// Without blanks and in lower case.
fn squeezed(text: &str) -> String {
    let chars = text.chars().filter(|c| !c.is_whitespace());
    chars.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use proptest::prelude::*;
    use zicha_model::rectification::Cells;

    const TITLES: [(&str, &str); 2] = [("NET-011", "口令更换"), ("NET-012", "设备标识")];

    /// Findings of two controls about `count` devices.
    fn findings(count: usize) -> Vec<Finding> {
        let devices = 0..count;
        let of = |n: usize| {
            TITLES.map(|(control, title)| {
                let key = format!("SM-J{n}");
                let mut finding = fixture::finding(control, &key);
                finding.message = format!("《涉密计算机台账》“{key}”：{title}不符合要求。");
                finding.evidence = vec![Evidence {
                    file: Some("台账/计算机.xlsx".into()),
                    sheet: Some("2026".into()),
                    row: Some(n as u32 + 4),
                    column: Some("F".into()),
                    field: "password".into(),
                    value: String::new(),
                    origin: Default::default(),
                    comment: None,
                }];
                finding
            })
        };
        devices.flat_map(of).collect()
    }

    fn matcher(findings: &[Finding]) -> Matcher<'static> {
        Matcher::of(BTreeMap::from(TITLES), findings, std::iter::empty())
    }

    /// The row of one finding with the hidden columns of another, as the list writes them.
    fn row(visible: &Finding, hidden: &Finding) -> ListRow {
        let control = visible.control.clone().unwrap_or_default();
        let row = visible.evidence[0].row.unwrap_or_default();
        ListRow {
            cells: Cells::from([
                (
                    Column::Problem,
                    format!("{}\n应为：31 日内", visible.message),
                ),
                (Column::Basis, format!("{control}\n002 六.1")),
                (
                    Column::Places,
                    format!("台账/计算机.xlsx 工作表“2026” F{row}"),
                ),
                (Column::Fingerprint, hidden.fingerprint.clone()),
            ]),
            ..ListRow::default()
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        /// However rows are sorted, copied, deleted or filtered with or without their hidden columns, an
        /// entry is booked on the finding that its row shows.
        #[test]
        fn no_entry_is_booked_on_another_finding(
            pairs in prop::collection::vec((0usize..24, 0usize..24), 1..12),
            reworded in 0usize..3,
        ) {
            let findings = findings(12);
            let matcher = matcher(&findings);
            for (visible, hidden) in pairs {
                let mut row = row(&findings[visible], &findings[hidden]);
                match reworded {
                    // A remark behind the problem, or before it: only the parts tell.
                    1 => row.cells.entry(Column::Problem).or_default().push_str("\n（已约谈）"),
                    2 => row.cells.entry(Column::Problem).or_default().insert_str(0, "重点："),
                    _ => {}
                }
                let agreement = matcher.agreement(&findings[hidden].fingerprint, &row);
                let right = if visible == hidden {
                    Agreement::Agrees
                } else {
                    Agreement::Other(findings[visible].fingerprint.clone())
                };
                prop_assert_eq!(agreement, right);
            }
        }
    }

    #[test]
    fn a_row_that_names_another_control_and_nothing_else_is_refused() {
        let findings = findings(2);
        let mut row = row(&findings[0], &findings[0]);
        row.cells.insert(Column::Problem, "已改写".into());
        row.cells.remove(&Column::Places);
        let matcher = matcher(&findings);
        let agreement = |row: &ListRow| matcher.agreement(&findings[0].fingerprint, row);
        assert_eq!(agreement(&row), Agreement::Agrees);
        row.cells.insert(Column::Basis, "NET-012".into());
        assert_eq!(agreement(&row), Agreement::Contradicts);
    }
}
