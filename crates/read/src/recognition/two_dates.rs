//! Columns whose cells state two days: 2026.5.1-5.7 is the begin and the end of a journey.
//!
//! What enters: a table whose columns have their fields. What leaves: the same, such a column having two.

use crate::recognition::matrix::days;
use crate::recognition::sheet::{Guide, Region, Source};
use crate::recognition::surroundings::Rules;
use crate::values::normalise;
use zicha_model::dataset::{ColumnUse, Match, SheetUse, column_letter};
use zicha_model::schema::{FieldId, LedgerId};

/// Cells of a column that are looked at.
const LOOKED_AT: usize = 20;

/// Column, field, whether it bears only a running number's name.
type Columns = Vec<(u32, FieldId, bool)>;

/// Gives columns of two days both fields.
pub(crate) fn part(
    source: Source<'_>,
    guide: &Guide<'_>,
    region: &Region<'_>,
    ledger: LedgerId,
    columns: &mut Columns,
    usage: &mut SheetUse,
) {
    let schema = guide.schemas.ledger(ledger);
    for rule in Rules::built_in().spans(&schema.id) {
        let (Some(start), Some(end)) = (
            schema.field_by_id(&rule.start),
            schema.field_by_id(&rule.end),
        ) else {
            continue;
        };
        let of = |columns: &Columns, field: FieldId| {
            columns
                .iter()
                .find(|known| known.1 == field)
                .map(|known| known.0)
        };
        if of(columns, end).is_some() {
            continue;
        }
        let own = of(columns, start);
        let free = |column: u32| !columns.iter().any(|known| known.0 == column);
        let named = |text: &str| rule.words.iter().any(|word| text.contains(word.as_str()));
        let mut heads = region.heading.columns.iter();
        let found = heads.find(|(column, text)| {
            let candidate = own.map_or_else(|| free(*column) && named(text), |own| own == *column);
            candidate && is_of_two(source, region, *column)
        });
        let Some((column, heading)) = found else {
            continue;
        };
        usage
            .unused_columns
            .retain(|unused| unused.column != *column);
        let fields = if own.is_some() {
            vec![end]
        } else {
            vec![start, end]
        };
        for field in fields {
            columns.push((*column, field, false));
            usage.columns.push(ColumnUse {
                column: *column,
                heading: normalise::text(heading),
                field,
                matched: Match::Similar,
            });
        }
        usage.columns.sort_by_key(|used| used.column);
        let label = |field: FieldId| schema.fields[usize::from(field.0)].label.as_str();
        usage.remarks.push(format!(
            "{} 列“{}”一格写有起止两个日期，拆作“{}”和“{}”",
            column_letter(*column),
            normalise::text(heading),
            label(start),
            label(end)
        ));
    }
}

/// True if most cells of the column state two days.
fn is_of_two(source: Source<'_>, region: &Region<'_>, column: u32) -> bool {
    let first = region.heading.row + region.heading.height;
    let texts = (first..region.to).map(|at| source.grid.row(at).text(column));
    let texts: Vec<&str> = texts
        .filter(|text| !text.is_empty())
        .take(LOOKED_AT)
        .collect();
    let found = texts.iter().filter(|text| days::is_span(text)).count();
    found > 0 && found * 2 >= texts.len()
}
