//! A column that says of every row which kind of thing it is: computers, printers and sticks in one
//! sheet go to the registers that they belong to.
//!
//! What enters: a table that was taken for a register of things. What leaves: which rows belong to
//! which register, or that the things are none of those.

use crate::formats::grid::CellKind;
use crate::recognition::sheet::Guide;
use crate::recognition::value_witness::Columns;
use crate::values::coerce::Value;
use crate::values::coerce::dates::Reckoning;
use zicha_model::schema::{FieldId, LedgerId};

/// Cells that say no kind before the table is taken for one of other things.
const ENOUGH: usize = 2;

/// What the kind column says of a table.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Kinds {
    /// There is no such column, or it says nothing against the ledger.
    Own,
    /// No row is a thing that any of the registers knows.
    Foreign,
    /// For each register the rows that belong to it.
    Split(Vec<(LedgerId, Vec<usize>)>),
}

/// Which rows belong to which register.
pub(crate) fn kinds(
    columns: Columns<'_>,
    guide: &Guide<'_>,
    ledger: LedgerId,
    records: &[usize],
) -> Kinds {
    let registers = &guide.index.kinds;
    if !registers.iter().any(|&(register, _)| register == ledger) {
        return Kinds::Own;
    }
    let Some(column) = kind_column(columns, guide) else {
        return Kinds::Own;
    };
    let grid = columns.source.grid;
    let mut split: Vec<(LedgerId, Vec<usize>)> = Vec::new();
    let (mut unknown, mut filled) = (Vec::new(), 0);
    for &at in records {
        let text = grid.row(at).text(column).trim();
        filled += usize::from(!text.is_empty());
        match register_of(guide, ledger, text) {
            Some(register) => put(&mut split, register, at),
            None => unknown.push(at),
        }
    }
    if split.is_empty() {
        return if filled >= ENOUGH && filled == records.len() {
            Kinds::Foreign
        } else {
            Kinds::Own
        };
    }
    // What no register knows stays where the others are, to be told cell by cell.
    let home = match split.iter().any(|(register, _)| *register == ledger) {
        true => ledger,
        false => split[0].0,
    };
    for at in unknown {
        put(&mut split, home, at);
    }
    if split.len() == 1 && split[0].0 == ledger {
        return Kinds::Own;
    }
    for (_, rows) in &mut split {
        rows.sort_unstable();
    }
    split.sort_by_key(|(register, _)| *register != home);
    Kinds::Split(split)
}

/// True if most cells of a column headed as the kind of a thing name one.
pub(crate) fn says_kinds(columns: Columns<'_>, guide: &Guide<'_>) -> bool {
    let Some(own) = guide.index.kinds.first().map(|(ledger, _)| *ledger) else {
        return false;
    };
    let Some(column) = kind_column(columns, guide) else {
        return false;
    };
    let (mut filled, mut known) = (0, 0);
    for cell in columns.first_cells(column) {
        filled += 1;
        known += usize::from(register_of(guide, own, cell.text).is_some());
    }
    known >= ENOUGH && known * 2 > filled
}

fn put(split: &mut Vec<(LedgerId, Vec<usize>)>, register: LedgerId, at: usize) {
    match split.iter_mut().find(|(known, _)| *known == register) {
        Some((_, rows)) => rows.push(at),
        None => split.push((register, vec![at])),
    }
}

/// The register whose kinds the word is one of; the table's own first.
fn register_of(guide: &Guide<'_>, own: LedgerId, text: &str) -> Option<LedgerId> {
    let knows = |&(ledger, field): &(LedgerId, FieldId)| {
        let field = guide.schemas.field(ledger, field);
        let reading = guide
            .coercer
            .read(field, text, CellKind::Text, Reckoning::default());
        matches!(reading.value, Value::Word(_) | Value::Words(_))
    };
    let registers = &guide.index.kinds;
    let first = registers.iter().filter(|(ledger, _)| *ledger == own);
    let others = registers.iter().filter(|(ledger, _)| *ledger != own);
    let found = first.chain(others).find(|register| knows(register));
    found.map(|(ledger, _)| *ledger)
}

/// The field of a register that says which kind of thing a record is, with the column of the table that
/// says it.
pub(crate) fn says_kind(
    columns: Columns<'_>,
    guide: &Guide<'_>,
    ledger: LedgerId,
) -> Option<(u32, FieldId)> {
    let mut registers = guide.index.kinds.iter();
    let (_, field) = registers.find(|(register, _)| *register == ledger)?;
    Some((kind_column(columns, guide)?, *field))
}

/// Of the columns whose heading may be the kind of a thing that which says most kinds.
fn kind_column(columns: Columns<'_>, guide: &Guide<'_>) -> Option<u32> {
    let heading = columns.region.heading;
    let mut best: Option<(usize, u32)> = None;
    for ((column, _), claims) in heading.columns.iter().zip(&heading.claims) {
        let kind = |claim: &(LedgerId, FieldId)| guide.index.kinds.contains(claim);
        if !claims
            .iter()
            .any(|claim| kind(&(claim.ledger, claim.field)))
        {
            continue;
        }
        let own = guide.index.kinds.first()?.0;
        let cells = columns.first_cells(*column);
        let known = cells.filter(|cell| register_of(guide, own, cell.text).is_some());
        let known = known.count();
        if best.is_none_or(|(most, _)| known > most) {
            best = Some((known, *column));
        }
    }
    best.map(|(_, column)| column)
}
