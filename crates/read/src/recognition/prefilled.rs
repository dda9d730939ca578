//! Rows of the program's own forms that nobody has filled in yet.
//!
//! What enters: the records of a table. What leaves: those in which something stands beside the names that the
//! form was handed out with. A row that only names whom it asks about states nothing: taken for a record, it
//! would be one with everything missing.

use crate::recognition::row_kinds;
use crate::recognition::sheet::{Section, Source};
use zicha_model::{
    dataset::{SheetUse, SkippedRows},
    schema::{FieldId, LedgerSchema},
};

/// The folder of the forms that are written beside ledgers in use.
pub const FOLDER: &str = "补充台账";
/// Fields beside the key that a form is handed out with.
const HANDED_OUT: [&str; 5] = ["person", "name", "title", "department", "unit_name"];

/// True for a form of which nobody has filled in anything: that a unit has no such matter it says by a row
/// 无, not by leaving the form as it was handed out.
pub(crate) fn is_untouched(source: Source<'_>, sections: &[Section]) -> bool {
    let said = |section: &Section| {
        let mut skipped = section.usage.skipped.iter();
        !section.records.is_empty() || skipped.any(|skipped| skipped.why == row_kinds::NONE)
    };
    is_handed_out(source) && !sections.iter().any(said)
}

fn is_handed_out(source: Source<'_>) -> bool {
    let mut folders = source.path.rsplit('/').skip(1);
    folders.any(|folder| folder == FOLDER)
}

/// The records that say more than the form did.
pub(crate) fn filled_in(
    source: Source<'_>,
    schema: &LedgerSchema,
    columns: &[(u32, FieldId, bool)],
    records: Vec<usize>,
    usage: &mut SheetUse,
) -> Vec<usize> {
    if !is_handed_out(source) {
        return records;
    }
    let asked = |&(_, field, _): &(u32, FieldId, bool)| {
        let id = schema.fields[usize::from(field.0)].id.as_str();
        !schema.primary_key.contains(&field) && !HANDED_OUT.contains(&id)
    };
    let asked: Vec<u32> = columns
        .iter()
        .filter(|column| asked(column))
        .map(|&(column, ..)| column)
        .collect();
    let says = |at: &usize| {
        let row = source.grid.row(*at);
        asked
            .iter()
            .any(|&column| !row.text(column).trim().is_empty())
    };
    let (filled, blank): (Vec<usize>, Vec<usize>) = records.into_iter().partition(says);
    if !blank.is_empty() {
        let rows = blank.iter().map(|&at| source.grid.row(at).number());
        usage.skipped.push(SkippedRows {
            rows: rows.collect(),
            why: "只有预先写好的名称、尚未填写的行".to_owned(),
        });
    }
    filled
}
