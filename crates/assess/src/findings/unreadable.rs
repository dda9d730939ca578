//! Cells that could not be read → findings, one a cell.
//!
//! There may be as many as cells. So many are findings like all others; the rest is kept as places only, and
//! its findings are made one by one as they are written.

use crate::input::Input;
use zicha_engine::Subjects;
use zicha_model::{
    dataset::{CellState, Dataset, UnreadableCell},
    digest::Hasher,
    results::{Finding, FindingKind, State},
    schema::FieldSchema,
    time::Day,
    verdict::Severity,
};
use zicha_rule::pack::Catalogue;

/// Days to mend a cell that cannot be read: our assumption, the time of a general fault.
pub(super) const DEADLINE: i32 = 30;

/// Unreadable cells that papers list and that are compared with earlier runs.
pub(crate) const LISTED: usize = 20_000;

/// Unreadable cells beyond `LISTED`.
#[derive(Default)]
pub struct MoreUnreadable<'a> {
    source: Option<Source<'a>>,
    /// Indexes in [`Dataset::unreadable`], in the order of results.
    cells: Vec<u32>,
}

impl MoreUnreadable<'_> {
    /// Number of cells.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// True if there are none.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Their findings in order, each made when it is asked for.
    pub fn findings(&self) -> impl Iterator<Item = Finding> {
        let source = self.source.iter();
        source.flat_map(|source| self.cells.iter().filter_map(|&at| source.at(at)))
    }
}

/// What the findings are made from.
struct Source<'a> {
    catalogue: &'a Catalogue,
    dataset: &'a Dataset,
    as_of: Day,
    subjects: Subjects<'a>,
}

/// The findings of the first cells by subject, and the other cells.
pub(super) fn collect<'a>(input: &Input<'a>) -> (Vec<Finding>, MoreUnreadable<'a>) {
    let source = Source {
        catalogue: input.catalogue,
        dataset: input.dataset,
        as_of: input.plan.as_of,
        subjects: Subjects::new(input.catalogue, input.dataset, input.plan, input.profile),
    };
    let mut cells: Vec<_> = (0..input.dataset.unreadable.len() as u32).collect();
    let mut more = MoreUnreadable::default();
    if cells.len() > LISTED {
        cells.sort_by_cached_key(|&at| source.order(at));
        more.cells = cells.split_off(LISTED);
    }
    let findings = cells.into_iter().filter_map(|at| source.at(at)).collect();
    more.source = (!more.is_empty()).then_some(source);
    (findings, more)
}

impl Source<'_> {
    fn at(&self, at: u32) -> Option<Finding> {
        self.finding(self.dataset.unreadable.get(at as usize)?)
    }

    /// Ledger and key, as findings are ordered.
    fn order(&self, at: u32) -> (&str, String) {
        let cell = &self.dataset.unreadable[at as usize];
        let ledger = self.catalogue.schemas.ledger(cell.ledger);
        (&ledger.id, self.subjects.key(cell.ledger, cell.row))
    }

    fn finding(&self, cell: &UnreadableCell) -> Option<Finding> {
        let schemas = &self.catalogue.schemas;
        let table = self.dataset.table(cell.ledger)?;
        let ledger = schemas.ledger(cell.ledger);
        let field = schemas.field(cell.ledger, cell.field);
        let evidence = self.dataset.evidence(schemas, table, cell.row, cell.field);
        let subject = self.subjects.of(cell.ledger, cell.row);
        let found = self.as_of;
        Some(Finding {
            fingerprint: fingerprint(&ledger.id, &subject.key, &field.id),
            control: None,
            severity: Severity::General,
            kind: FindingKind::Unreadable,
            state: State::New,
            waived: false,
            subject,
            message: message(table.cell(cell.row, cell.field).0, field, &evidence.value),
            expected: cell.expected.to_string(),
            actual: beginning(&evidence.value),
            remedy: "核对原始凭据，按要求的写法更正该单元格；更正前，依赖它的检查项不作合格处理。"
                .to_owned(),
            found,
            due: found.add_days(DEADLINE),
            problem: format!(
                "{}“{}”填写不规范，无法识读",
                field.label,
                beginning(&evidence.value)
            ),
            evidence: vec![evidence],
            rectification: Default::default(),
            past: None,
        })
    }
}

/// What is wrong with a cell that nothing can be concluded from.
fn message(state: CellState, field: &FieldSchema, raw: &str) -> String {
    let (label, raw) = (&field.label, beginning(raw));
    match state {
        CellState::Future => {
            format!("“{label}”填的是“{raw}”，晚于检查基准日：尚未到来的日期不能说明事项已经办理。")
        }
        _ => format!("“{label}”无法识读：单元格内容为“{raw}”。"),
    }
}

/// The beginning of a long cell: a list of all staff says no more; the evidence holds it whole.
fn beginning(text: &str) -> String {
    match text.char_indices().nth(30) {
        None => text.to_owned(),
        Some((at, _)) => format!("{}……", &text[..at]),
    }
}

/// Stable identity of an unreadable cell: ledger, record key and field, never the row number.
fn fingerprint(ledger: &str, key: &str, field: &str) -> String {
    Hasher::of(format!("unreadable\u{1f}{ledger}\u{1f}{key}\u{1f}{field}")).hex_prefix(8)
}
