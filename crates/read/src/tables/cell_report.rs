//! What is told of the cells of a table: once a column, with the first cell.

use crate::recognition::row_kinds;
use crate::recognition::sheet::Source;
use crate::tables::block::Block;
use crate::tables::reading_notes;
use zicha_model::diag::{Diagnostic, codes};
use zicha_model::schema::Schemas;

/// Tells what was decided while reading a table's cells: once a column, with the first cell.
pub(crate) fn tell_values(
    source: Source<'_>,
    block: &mut Block,
    schemas: &Schemas,
) -> Vec<Diagnostic> {
    let mut told = Vec::new();
    for (&(field, note), noticed) in &block.notes {
        let label = &schemas.field(block.ledger, field).label;
        let remark = reading_notes::words(note, label, noticed.count, &noticed.example);
        let (row, column) = noticed.place;
        let locus = source.locus(row, column);
        let mut diagnostic = Diagnostic::new(reading_notes::code(note), remark.clone(), locus);
        if let Some(hint) = reading_notes::hint(note) {
            diagnostic = diagnostic.with_hint(hint);
        }
        told.push(diagnostic);
        block.usage.remarks.push(remark);
    }
    for (row, column, own, mark) in &block.differences {
        told.push(
            Diagnostic::new(
                codes::TERM_DIFFERS,
                format!("保密期限列写“{own}”，密级列写“{mark}”，两者不一致，以保密期限列为准"),
                source.locus(*row, *column),
            )
            .with_hint("请核对后改为一致。"),
        );
    }
    for (row, column, told_of) in &block.contradictions {
        let locus = source.locus(*row, *column);
        let warning = Diagnostic::new(codes::VALUES_CONTRADICT, told_of.clone(), locus);
        told.push(warning.with_hint("请核对后改为一致。"));
    }
    if !block.conditions.is_empty() {
        block.conditions.sort_unstable();
        block.conditions.dedup();
        let remark = format!(
            "{}的保密期限是解密条件，不能折算为年数，相关条目无法判定",
            row_kinds::numbers(&block.conditions)
        );
        let locus = source.locus(block.conditions[0], term_column(block, schemas));
        told.push(Diagnostic::new(
            codes::TERM_CONDITION,
            remark.clone(),
            locus,
        ));
        block.usage.remarks.push(remark);
    }
    told
}

/// The column that terms were read from: their own, or that of the levels.
fn term_column(block: &Block, schemas: &Schemas) -> u32 {
    let field = schemas.ledger(block.ledger).field_by_id("secrecy_years");
    let place = field.and_then(|field| block.places[usize::from(field.0)]);
    place.unwrap_or_default()
}
