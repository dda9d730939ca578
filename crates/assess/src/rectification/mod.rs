//! What people entered in the rectification list (整改清单), carried on to the findings of this run.
//!
//! What enters: the findings with their states, the lists that were found, the earlier results.
//! What leaves: each finding's [`Rectification`], items that people added, rows that fit nothing,
//! and what does not go together: marked as done but still found, gone but never signed off,
//! overdue. Nothing that people wrote is lost: what fits no finding is carried as an item of its own.

mod entries;
mod matching;
mod messages;

use crate::input::Input;
use matching::{Agreement, Matcher};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use zicha_model::diag::Diagnostic;
use zicha_model::digest::Hasher;
use zicha_model::{
    rectification::{
        Cells, Column, List, ListRead, ListRow, Origin, OwnItem, Rectification, Unmatched,
    },
    results::{Finding, FollowUp, Results, State},
    time::Day,
};

/// Items of people's own begin their id with this.
const OWN: &str = "own-";

/// Fills in every finding's rectification and completes the comparison.
pub(super) fn carry(
    input: &Input<'_>,
    findings: &mut [Finding],
    follow_up: &mut FollowUp,
) -> Vec<Diagnostic> {
    let lists = unread(input);
    let mut sorted = SortedRows::default();
    if !lists.is_empty() {
        let matcher = Matcher::new(input.catalogue, findings, input.earlier());
        for list in &lists {
            sorted.list(list, &matcher, &is_known(input, list));
        }
    }
    let own = own_items(input, &sorted, findings);
    let mut told = Vec::new();
    let earlier = entries::Earlier::of(input);
    for finding in findings.iter_mut() {
        let rows = sorted.rows.remove(&finding.fingerprint).unwrap_or_default();
        told.extend(entries::contradictions(finding, &rows));
        finding.rectification = entries::entry(input, &earlier, finding, &rows);
        entries::judge(finding, input.plan.as_of);
    }
    follow_up.lists = lists_read(input, &sorted);
    follow_up.unmatched = unmatched(input, &sorted);
    follow_up.own = own;
    count(findings, follow_up);
    told.extend(messages::lists(&sorted.read));
    told.extend(messages::moved(&sorted.moved));
    told.extend(messages::unmatched(&sorted.unmatched));
    told.extend(messages::follow_up(findings, follow_up));
    told
}

/// A row of a list, and what people entered in it.
pub(super) struct Row<'l> {
    list: &'l List,
    row: Cow<'l, ListRow>,
}

/// The rows of all lists by what they belong to.
#[derive(Default)]
struct SortedRows<'l> {
    /// Rows by fingerprint, the most binding list first.
    rows: BTreeMap<String, Vec<Row<'l>>>,
    /// Rows of items that people added, and of findings that nobody knows any more.
    own: Vec<(String, Row<'l>)>,
    unmatched: Vec<Unmatched>,
    read: Vec<(ListRead, Origin)>,
    /// Rows whose hidden columns belong to another row, by list.
    moved: Vec<(String, Vec<u32>)>,
}

impl<'l> SortedRows<'l> {
    fn list(&mut self, list: &'l List, matcher: &Matcher<'_>, known: &BTreeSet<&str>) {
        let mut matched = 0;
        let mut moved = Vec::new();
        for row in &list.rows {
            match place(list, row, matcher, known) {
                RowTarget::Finding(fingerprint) => {
                    matched += 1;
                    let row = Cow::Borrowed(row);
                    let rows = self.rows.entry(fingerprint).or_default();
                    rows.push(Row { list, row });
                }
                RowTarget::Moved(fingerprint) => {
                    matched += 1;
                    moved.push(row.row);
                    let row = Cow::Owned(with_its_own_check(list, row, &fingerprint));
                    let rows = self.rows.entry(fingerprint).or_default();
                    rows.push(Row { list, row });
                }
                RowTarget::Own(id) => self.add_own(id, list, row),
                RowTarget::Nowhere(reason) => self.nowhere(list, row, reason),
                RowTarget::Elsewhere => {}
            }
        }
        if !moved.is_empty() {
            self.moved.push((list.path.clone(), moved));
        }
        let read = ListRead {
            path: list.path.clone(),
            sha256: list.sha256.clone(),
            rows: list.rows.len() as u32,
            matched,
        };
        self.read.push((read, list.origin));
    }
}

impl<'l> SortedRows<'l> {
    /// A row that fits nothing: told, and what people entered in it carried on as an item of its own.
    fn nowhere(&mut self, list: &'l List, row: &'l ListRow, reason: &str) {
        let carried = list.origin != Origin::Ledger && has_content(row);
        // A kept copy was told of when it was read from its first place.
        if list.origin != Origin::Kept {
            let and = if carried { messages::CARRIED } else { "" };
            let told = left_over(list, row, &format!("{reason}{and}"));
            self.unmatched.push(told);
        }
        if carried {
            let id = match reason {
                messages::CONTRADICTS => content_id(row),
                _ => own_id(row),
            };
            self.add_own(id, list, row);
        }
    }

    /// An item of people's own; a second one of the same words is another item.
    fn add_own(&mut self, id: String, list: &'l List, row: &'l ListRow) {
        let same = |(known, other): &&(String, Row<'_>)| {
            *known == id
                && std::ptr::eq(other.list, list)
                && own_cells(&other.row) != own_cells(row)
        };
        let id = match self.own.iter().find(same) {
            Some(_) => content_id(row),
            None => id,
        };
        let row = Cow::Borrowed(row);
        self.own.push((id, Row { list, row }));
    }
}

/// What a row belongs to.
enum RowTarget {
    Finding(String),
    /// A finding, by what is visible; the hidden columns belong to another row.
    Moved(String),
    Own(String),
    /// A finding of another run or checklist, which has its own list.
    Elsewhere,
    Nowhere(&'static str),
}

fn place(list: &List, row: &ListRow, matcher: &Matcher<'_>, known: &BTreeSet<&str>) -> RowTarget {
    match row.fingerprint() {
        Some(id) if matcher.has(id) => match matcher.agreement(id, row) {
            Agreement::Agrees => RowTarget::Finding(id.to_owned()),
            Agreement::Other(fingerprint) => RowTarget::Moved(fingerprint),
            Agreement::Contradicts => RowTarget::Nowhere(messages::CONTRADICTS),
        },
        Some(id) if id.starts_with(OWN) => RowTarget::Own(id.to_owned()),
        Some(id) if known.contains(id) => RowTarget::Elsewhere,
        Some(_) => RowTarget::Nowhere(messages::FINGERPRINT_UNKNOWN),
        None if list.origin == Origin::Other => RowTarget::Elsewhere,
        None if row.is_own() && has_content(row) => RowTarget::Own(own_id(row)),
        None => match matcher.find(row) {
            Ok(fingerprint) => RowTarget::Finding(fingerprint),
            Err(reason) => RowTarget::Nowhere(reason),
        },
    }
}

/// A row with the hidden columns of the finding that it is about, as they stand elsewhere in its list.
fn with_its_own_check(list: &List, row: &ListRow, fingerprint: &str) -> ListRow {
    let mut row = row.clone();
    let bearer = list.rows.iter();
    let mut bearer = bearer.filter(|other| other.fingerprint() == Some(fingerprint));
    let check = bearer.next().and_then(|r| r.cells.get(&Column::Check));
    match check {
        Some(check) => row.cells.insert(Column::Check, check.clone()),
        None => row.cells.remove(&Column::Check),
    };
    row.cells
        .insert(Column::Fingerprint, fingerprint.to_owned());
    row
}

/// Fingerprints that an earlier result explains.
fn is_known<'l>(input: &'l Input<'_>, list: &'l List) -> BTreeSet<&'l str> {
    let baseline = input.baseline.iter().map(|(_, results)| results);
    let findings = baseline.flat_map(|results| &results.findings);
    let own = list.known.iter().map(String::as_str);
    let mut known: BTreeSet<_> = findings.map(|f| f.fingerprint.as_str()).collect();
    if list.origin == Origin::Other {
        known.extend(own);
    }
    known
}

/// Lists not read by an earlier run, the most binding first.
fn unread(input: &Input<'_>) -> Vec<List> {
    let seen: BTreeSet<_> = input
        .earlier()
        .flat_map(|results| &results.follow_up.lists)
        .map(|list| list.sha256.as_str())
        .collect();
    let found = input.lists.iter().cloned().chain(workspace(input));
    let mut lists: Vec<_> = found
        .filter(|list| list.origin == Origin::Ledger || !seen.contains(list.sha256.as_str()))
        .collect();
    lists.sort_by_key(|list| list.origin);
    lists
}

/// Lists that lie among the ledgers: copies with fingerprints, and the unit's own ledger.
fn workspace<'a>(input: &'a Input<'_>) -> impl Iterator<Item = List> + 'a {
    input.dataset.filled_lists.iter().map(|(file, rows)| {
        let file = &input.dataset.inputs[*file];
        let ours = rows.iter().any(|row| row.fingerprint().is_some());
        List {
            path: file.path.clone(),
            sha256: file.digests.sha256.clone(),
            origin: if ours {
                Origin::Workspace
            } else {
                Origin::Ledger
            },
            rows: rows.clone(),
            known: BTreeSet::new(),
        }
    })
}

/// The results of an earlier run for the very same day: what they tell is told again.
fn same_day<'a>(input: &'a Input<'_>) -> Option<&'a Results> {
    let beside = input.beside.as_ref();
    beside.filter(|results| results.run.as_of == input.plan.as_of)
}

fn lists_read(input: &Input<'_>, sorted: &SortedRows<'_>) -> Vec<ListRead> {
    let before = input
        .earlier()
        .flat_map(|results| results.follow_up.lists.iter().cloned());
    let now = sorted
        .read
        .iter()
        .filter(|(_, origin)| *origin != Origin::Ledger);
    let all: BTreeMap<_, _> = before
        .chain(now.map(|(read, _)| read.clone()))
        .map(|list| (list.sha256.clone(), list))
        .collect();
    let mut lists: Vec<_> = all.into_values().collect();
    lists.sort();
    lists
}

fn unmatched(input: &Input<'_>, sorted: &SortedRows<'_>) -> Vec<Unmatched> {
    let before = same_day(input).map(|results| results.follow_up.unmatched.clone());
    let mut all: BTreeSet<_> = before.unwrap_or_default().into_iter().collect();
    all.extend(sorted.unmatched.iter().cloned());
    all.into_iter().collect()
}

/// Items that people added: as the lists have them now, else as they were carried before.
fn own_items(input: &Input<'_>, sorted: &SortedRows<'_>, findings: &[Finding]) -> Vec<OwnItem> {
    let mut items: BTreeMap<String, OwnItem> = BTreeMap::new();
    for (id, row) in &sorted.own {
        items.entry(id.clone()).or_insert_with(|| OwnItem {
            id: id.clone(),
            filled: own_cells(&row.row),
            extra: row.row.extra.clone(),
            overdue_days: 0,
        });
    }
    for results in input.earlier() {
        for item in &results.follow_up.own {
            items.entry(item.id.clone()).or_insert_with(|| item.clone());
        }
    }
    let found: BTreeSet<_> = findings.iter().map(|f| f.fingerprint.as_str()).collect();
    items.retain(|id, _| !found.contains(id.as_str()));
    for item in items.values_mut() {
        item.overdue_days = own_overdue(item, input.plan.as_of);
    }
    items.into_values().collect()
}

fn own_cells(row: &ListRow) -> Cells {
    let cells = row.cells.iter().filter(|(column, text)| {
        let service = [
            Column::Number,
            Column::Hint,
            Column::Fingerprint,
            Column::Check,
        ];
        !service.contains(column) && !text.is_empty()
    });
    cells
        .map(|(column, text)| (*column, text.clone()))
        .collect()
}

fn own_overdue(item: &OwnItem, as_of: Day) -> u32 {
    let entry = Rectification {
        filled: item.filled.clone(),
        ..Rectification::default()
    };
    let due = item
        .filled
        .get(&Column::Due)
        .and_then(|text| Day::parse(text));
    match due {
        Some(due) if !entry.says_done() => late_by(due, as_of),
        _ => 0,
    }
}

/// Days from one day to a later one; 0 if it is not later.
fn late_by(due: Day, as_of: Day) -> u32 {
    u32::try_from(as_of.0 - due.0).unwrap_or(0)
}

fn has_content(row: &ListRow) -> bool {
    !own_cells(row).is_empty() || !row.extra.is_empty()
}

/// The id of an item of which only its whole content tells it from others.
fn content_id(row: &ListRow) -> String {
    hashed(&format!("{:?}{:?}", own_cells(row), row.extra))
}

/// The id of an item that people added: made of what it is about, never of its place.
fn own_id(row: &ListRow) -> String {
    if let Some(id) = row.fingerprint() {
        return id.to_owned();
    }
    let about = row.cells.get(&Column::Problem).cloned();
    let about = about.unwrap_or_else(|| format!("{:?}{:?}", own_cells(row), row.extra));
    hashed(about.trim())
}

fn hashed(about: &str) -> String {
    let id = Hasher::of(format!("own\u{1f}{about}")).hex_prefix(6);
    format!("{OWN}{id}")
}

fn left_over(list: &List, row: &ListRow, reason: &str) -> Unmatched {
    Unmatched {
        file: list.path.clone(),
        sheet: row.sheet.clone(),
        row: row.row,
        problem: row.about(),
        reason: reason.to_owned(),
    }
}

fn count(findings: &[Finding], follow_up: &mut FollowUp) {
    let of = |wanted: &dyn Fn(&Finding) -> bool| {
        findings.iter().filter(|f| !f.waived && wanted(f)).count() as u32
    };
    follow_up.claimed = of(&|f| f.stands() && f.rectification.says_done());
    follow_up.unsigned = of(&|f| f.state == State::Fixed && !f.rectification.is_signed_off());
    let own = follow_up.own.iter().filter(|item| item.overdue_days > 0);
    follow_up.overdue = of(&|f| f.rectification.overdue_days > 0) + own.count() as u32;
}
