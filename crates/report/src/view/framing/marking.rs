//! Marking: the program never decides that its report is secret (法 §22 forbids marking what is
//! not). Where the profile names no marking but findings concern carriers at a level, it says so.

use crate::view::source::Source;
use std::collections::BTreeMap;
use zicha_model::{
    dataset::CellState,
    results::State,
    schema::{FieldId, FieldType, LedgerId},
};

/// Told to the 定密责任人; `None` if a marking is named or no finding concerns a secret carrier.
pub(crate) fn notice(source: &Source<'_>) -> Option<String> {
    if source.data.profile.marking.is_some() {
        return None;
    }
    let (level, years) = highest(source)?;
    let term = match years {
        None => String::new(),
        Some(999) => "，最长保密期限为长期".to_owned(),
        Some(years) => format!("，最长保密期限为{years}年"),
    };
    Some(format!(
        "本文件尚未确定密级。所列问题涉及的载体、事项最高为{level}级{term}，应当先由定密责任人确定本文件的密级和保密期限，再行印发、报送。"
    ))
}

/// The highest state-secret level among the records of findings, and the longest term in years.
fn highest(source: &Source<'_>) -> Option<(String, Option<i32>)> {
    let mut highest: Option<(i32, String)> = None;
    let mut longest = None;
    for (ledger, rows) in rows_by_ledger(source) {
        let Some((levels, term)) = fields(source, ledger) else {
            continue;
        };
        let table = source.data.dataset.table(ledger)?;
        for row in rows {
            let (state, word) = table.cell(row, levels);
            let level = secret_level(source, ledger, levels, word);
            let Some(level) = level.filter(|_| state == CellState::Value) else {
                continue;
            };
            highest = highest.max(Some(level));
            let years = term.map(|term| table.cell(row, term));
            let years = years.filter(|(state, _)| *state == CellState::Value);
            longest = longest.max(years.map(|(_, years)| years));
        }
    }
    highest.map(|(_, label)| (label, longest))
}

/// Rows that findings are about, by ledger.
fn rows_by_ledger(source: &Source<'_>) -> BTreeMap<LedgerId, Vec<u32>> {
    let mut places = BTreeMap::new();
    let mut rows: BTreeMap<LedgerId, Vec<u32>> = BTreeMap::new();
    let findings = source.original.results.findings.iter();
    for finding in findings.filter(|f| !f.waived && f.state != State::Fixed) {
        let Some(ledger) = source.schemas().ledger_by_id(&finding.subject.ledger) else {
            continue;
        };
        let known = places
            .entry(ledger)
            .or_insert_with(|| source.rows_by_place(ledger));
        for cell in &finding.evidence {
            let place = cell.file.clone().zip(cell.row);
            let place = place.map(|(file, row)| (file, cell.sheet.clone(), row));
            if let Some(&row) = place.and_then(|place| known.get(&place)) {
                rows.entry(ledger).or_default().push(row);
            }
        }
    }
    rows
}

/// The fields that hold a record's level and its term in years.
fn fields(source: &Source<'_>, ledger: LedgerId) -> Option<(FieldId, Option<FieldId>)> {
    let schema = source.schemas().ledger(ledger);
    let level = schema.field_by_id("level")?;
    let term = schema.field_by_id("secrecy_years");
    let term = term.filter(|t| schema.fields[usize::from(t.0)].ty == FieldType::Integer);
    Some((level, term))
}

/// Rank and name of a level of state secrets; `None` for 内部 and below.
fn secret_level(
    source: &Source<'_>,
    ledger: LedgerId,
    field: FieldId,
    word: i32,
) -> Option<(i32, String)> {
    let FieldType::Enum(id) = source.schemas().field(ledger, field).ty else {
        return None;
    };
    let value = source.schemas().enumeration(id).values.get(word as usize)?;
    let secret = ["confidential", "secret", "top_secret"].contains(&value.id.as_str());
    secret.then(|| (value.rank.unwrap_or(0), value.label.clone()))
}
