//! Columns of yes and no that are no field of the ledger, but say something of one: 是否涉密人员.
//!
//! What enters: a table's records and its unused columns. What leaves: for the rows that answer no the
//! value which that says, with the cell that answers.

use crate::recognition::sheet::{Guide, Region, Source, Stated};
use crate::recognition::surroundings::{AnswerRule, Rules};
use crate::values::coerce::Value;
use crate::values::coerce::dates::Reckoning;
use crate::values::normalise;
use zicha_model::{
    results::Origin,
    schema::{FieldId, FieldType, LedgerId},
};

/// What the columns that no field claims say.
pub(crate) fn stated(
    source: Source<'_>,
    guide: &Guide<'_>,
    region: &Region<'_>,
    ledger: LedgerId,
    columns: &[(u32, FieldId, bool)],
    records: &[usize],
) -> Vec<Stated> {
    let schema = guide.schemas.ledger(ledger);
    let used = |column: u32| columns.iter().any(|&(known, ..)| known == column);
    let rules = Rules::built_in().answers(&schema.id).iter();
    let found = rules.filter_map(|rule| {
        let field = schema.field_by_id(&rule.field)?;
        let mut free = region.heading.columns.iter().filter(|(c, _)| !used(*c));
        let (column, heading) = free.find(|(_, heading)| is_headed(rule, heading))?;
        let answers: Vec<Option<(u32, u32, String)>> = records
            .iter()
            .map(|&at| {
                let row = source.grid.row(at);
                let text = row.text(*column).trim();
                denies(guide, text).then(|| (row.number(), *column, text.to_owned()))
            })
            .collect();
        if answers.iter().all(Option::is_none) {
            return None;
        }
        let turns = answers.iter().map(|answer| match answer {
            Some(_) => rule.value.clone(),
            None => String::new(),
        });
        Some(Stated {
            turns: turns.collect(),
            blanks: true,
            places: answers.into_iter().map(Option::unwrap_or_default).collect(),
            ..Stated::of(field, rule.value.clone(), Origin::Derived, heading.clone())
        })
    });
    found.collect()
}

fn is_headed(rule: &AnswerRule, heading: &str) -> bool {
    let key = normalise::heading(heading);
    let mut headings = rule.headings.iter();
    headings.any(|known| normalise::heading(known) == key)
}

fn denies(guide: &Guide<'_>, text: &str) -> bool {
    let answer = guide
        .coercer
        .read_as(FieldType::Bool, text, Reckoning::default());
    !text.is_empty() && answer == Value::Word(0)
}
