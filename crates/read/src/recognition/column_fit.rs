//! Whether the words below a heading can be those of the field that it names.
//!
//! What enters: a table and a ledger that its heading speaks for. What leaves: how many of the
//! columns hold the words of another enumeration. 设备编号、密级、责任人 head the register of
//! computers as well as that of printers; 台式机 below 设备名称 decides.

use crate::recognition::column_mapping::{Assigned, Assignment};
use crate::recognition::sheet::{Guide, Region, Source};
use crate::recognition::value_witness::Columns;
use crate::recognition::{column_mapping, value_witness};
use crate::values::coerce::dates::Reckoning;
use crate::values::coerce::{Coercer, Note, Value};
use zicha_model::{
    dataset::Match,
    schema::{EnumId, FieldId, FieldSchema, FieldType, LedgerId},
};

/// Cells that do not read one by one before a column is taken for prose.
const ENOUGH: usize = 2;
/// Characters from which a text tells something; a shorter one is a word of the clerk's own for a
/// value, which has to be told cell by cell.
const PROSE: usize = 6;

/// The columns of the table that cannot be the fields of the ledger which their headings name: most
/// of their words are no values of that enumeration, but of another one. A word that none knows is
/// a clerk's own and speaks for nothing.
pub(crate) fn strangers(
    source: Source<'_>,
    guide: &Guide<'_>,
    region: &Region<'_>,
    ledger: LedgerId,
) -> usize {
    let schema = guide.schemas.ledger(ledger);
    let refuted = value_witness::refuted(source, guide, region, ledger);
    let assignment = column_mapping::assign_but(region.heading, ledger, &refuted);
    let columns = assignment.taken.iter().map(|taken| {
        let column = region.heading.columns[taken.at].0;
        (column, &schema.fields[usize::from(taken.field.0)])
    });
    columns
        .filter(|(_, field)| matches!(field.ty, FieldType::Enum(_) | FieldType::EnumList(_)))
        .filter(|&(column, field)| is_strange(source, guide.coercer, region, column, field))
        .count()
}

/// Columns whose heading is but another word for the field's name and none of whose cells says any
/// of its values: 违规行为 that tells what happened, not of which type it was.
pub(crate) fn prose(
    source: Source<'_>,
    guide: &Guide<'_>,
    region: &Region<'_>,
    ledger: LedgerId,
    assignment: &Assignment,
) -> Vec<(usize, FieldId)> {
    let schema = guide.schemas.ledger(ledger);
    let other_words = |taken: &&Assigned| matches!(taken.matched, Match::Alias | Match::Similar);
    let columns = assignment.taken.iter().filter(other_words);
    let prose = columns.filter(|taken| {
        let field = &schema.fields[usize::from(taken.field.0)];
        let column = region.heading.columns[taken.at].0;
        let listed = matches!(field.ty, FieldType::Enum(_) | FieldType::EnumList(_));
        listed && is_prose(source, guide.coercer, region, column, field)
    });
    prose.map(|taken| (taken.at, taken.field)).collect()
}

/// Columns of another scale than their field's: 核心、重要、一般 under 涉密等级 of places tells how
/// deeply they are concerned, not which level of paper they hold. All cells are words of one other
/// ranked enumeration, and one at least none of the field's own. With the scale's name.
pub(crate) fn foreign_scales(
    source: Source<'_>,
    guide: &Guide<'_>,
    region: &Region<'_>,
    ledger: LedgerId,
    assignment: &Assignment,
) -> Vec<(usize, FieldId, String)> {
    let schema = guide.schemas.ledger(ledger);
    let columns = asked(source, guide.coercer, region);
    let foreign = assignment.taken.iter().filter_map(|taken| {
        let FieldType::Enum(own) = schema.fields[usize::from(taken.field.0)].ty else {
            return None;
        };
        let column = region.heading.columns[taken.at].0;
        let cells: Vec<&str> = columns.first_cells(column).map(|cell| cell.text).collect();
        let is = |id: EnumId, text: &&str| guide.coercer.is_value(id, text);
        let strange = cells.iter().any(|text| !is(own, text));
        if cells.is_empty() || !strange {
            return None;
        }
        let mut others = (0..).map(EnumId).zip(&guide.schemas.enums);
        let (_, scale) = others.find(|(id, scale)| {
            let ranked = scale.values.iter().all(|value| value.rank.is_some());
            ranked && *id != own && cells.iter().all(|text| is(*id, text))
        })?;
        Some((taken.at, taken.field, scale.label.clone()))
    });
    foreign.collect()
}

fn is_prose(
    source: Source<'_>,
    coercer: &Coercer<'_>,
    region: &Region<'_>,
    column: u32,
    field: &FieldSchema,
) -> bool {
    let (mut filled, mut long, mut by_part) = (0, 0, 0);
    for cell in asked(source, coercer, region).first_cells(column) {
        let reading = coercer.read(field, cell.text, cell.kind, Reckoning::default());
        match reading.value {
            Value::Unreadable(_) => {}
            _ if reading.note == Some(Note::ByPart) => by_part += 1,
            _ => return false,
        }
        filled += 1;
        long += usize::from(cell.text.chars().count() >= PROSE);
    }
    filled >= ENOUGH && long * 2 >= filled && by_part * 2 <= filled
}

fn asked<'a>(source: Source<'a>, coercer: &'a Coercer<'a>, region: &'a Region<'a>) -> Columns<'a> {
    Columns {
        source,
        coercer,
        region,
    }
}

fn is_strange(
    source: Source<'_>,
    coercer: &Coercer<'_>,
    region: &Region<'_>,
    column: u32,
    field: &FieldSchema,
) -> bool {
    let (mut filled, mut strange) = (0, 0);
    for cell in asked(source, coercer, region).first_cells(column) {
        let reading = coercer.read(field, cell.text, cell.kind, Reckoning::default());
        filled += 1;
        if matches!(reading.value, Value::Unreadable(_)) && coercer.knows(cell.text) {
            strange += 1;
        }
    }
    strange * 2 > filled
}
