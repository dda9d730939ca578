//! Whether the words below a heading can be those of the field that it names.
//!
//! What enters: a table and a ledger that its heading speaks for. What leaves: how many of the
//! columns hold the words of another enumeration. 设备编号、密级、责任人 head the register of
//! computers as well as that of printers; 台式机 below 设备名称 decides.

use super::{
    assign,
    coerce::{Coercer, Value, dates::Reckoning},
    memo,
    section::{Guide, Region, Source},
};
use crate::model::schema::{FieldSchema, FieldType, LedgerId};

/// Filled cells of a column that are looked at.
const LOOKED_AT: usize = 30;
/// Rows below the heading among which they are sought.
const DEEPEST: usize = 200;

/// The columns of the table that cannot be the fields of the ledger which their headings name: most
/// of their words are no values of that enumeration, but of another one. A word that none knows is
/// a clerk's own and speaks for nothing.
pub(super) fn strangers(
    source: Source<'_>,
    guide: &Guide<'_>,
    region: &Region<'_>,
    ledger: LedgerId,
) -> usize {
    let schema = guide.schemas.ledger(ledger);
    let assignment = assign::assign(region.heading, ledger);
    let columns = assignment.taken.iter().map(|taken| {
        let column = region.heading.columns[taken.at].0;
        (column, &schema.fields[usize::from(taken.field.0)])
    });
    columns
        .filter(|(_, field)| matches!(field.ty, FieldType::Enum(_) | FieldType::EnumList(_)))
        .filter(|&(column, field)| is_strange(source, guide.coercer, region, column, field))
        .count()
}

fn is_strange(
    source: Source<'_>,
    coercer: &Coercer<'_>,
    region: &Region<'_>,
    column: u32,
    field: &FieldSchema,
) -> bool {
    let first = region.heading.row + region.heading.height;
    let rows = (first..region.to.min(first + DEEPEST)).map(|at| source.grid.row(at));
    let cells = rows.filter_map(|row| row.cell(column));
    let written = cells.filter(|cell| !memo::is_ditto(cell.text));
    let (mut filled, mut strange) = (0, 0);
    for cell in written.take(LOOKED_AT) {
        let reading = coercer.read(field, cell.text, cell.kind, Reckoning::default());
        filled += 1;
        if matches!(reading.value, Value::Unreadable(_)) && coercer.knows(cell.text) {
            strange += 1;
        }
    }
    strange * 2 > filled
}
