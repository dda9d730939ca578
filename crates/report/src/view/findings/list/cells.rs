//! What stands in the cells of a row of 整改清单.

use crate::document::tables;
use crate::view::findings::{bases, problem_words, problems};
use crate::view::source;
use crate::view::source::Source;
use zicha_model::results::{Finding, State};

/// Deciding cells named in a row; more are counted.
const PLACES: usize = 6;

/// Clauses named in a row; more are counted.
const CLAUSES: usize = 3;

/// What a cell that cannot be read goes against.
pub(crate) const OF_THE_LEDGERS: &str = "台账填写要求";

/// Clauses named in a printed row.
const CITED: usize = 2;

/// The first clauses, without codes.
pub(super) fn cited(source: &Source<'_>, finding: &Finding) -> String {
    let control = finding.control.as_deref().and_then(|id| source.control(id));
    control.map_or_else(
        || OF_THE_LEDGERS.to_owned(),
        |control| bases::cited(source, &control.basis, CITED),
    )
}

/// The message, and what it does not say by itself.
pub(super) fn problem_text(source: &Source<'_>, finding: &Finding) -> String {
    let mut text = format!("{}。", problem_words::sentence(finding));
    if !text.contains(&finding.subject.key) {
        text.push_str(&format!("\n{}", problems::subject(source, finding)));
    }
    if !finding.expected.is_empty() {
        text.push_str(&format!("\n应为：{}", finding.expected));
    }
    text
}

/// The control and its first clauses, the law's before the unit's own; the working paper has them all.
pub(crate) fn basis(source: &Source<'_>, finding: &Finding) -> String {
    let Some(id) = &finding.control else {
        return OF_THE_LEDGERS.to_owned();
    };
    let clauses = source.control(id);
    let clauses = clauses.map(|c| tables::some_of(&bases::named(source, &c.basis), CLAUSES, "条"));
    format!("{id}\n{}", clauses.unwrap_or_default())
}

/// The cells of [`places`] without what stands in them: the sentence beside them tells it. A file is named
/// without its folder and ending where no other file is called so: `收文“2026”F47、G47`.
pub(crate) fn cells_alone(source: &Source<'_>, finding: &Finding) -> String {
    let shown = finding.evidence.len().min(PLACES);
    let mut lines = source.short_places(&finding.evidence[..shown], &finding.subject.ledger);
    if finding.evidence.len() > PLACES {
        lines.push(format!("等{}处", finding.evidence.len()));
    }
    lines.join("\n")
}

/// One sheet a line, its cells one after the other:
/// `台账/收文.xlsx 工作表“2026” F47（登记日期：2026-03-09）、G47（状态：在用）`.
pub(super) fn places(source: &Source<'_>, finding: &Finding) -> String {
    let ledger = &finding.subject.ledger;
    let mut lines: Vec<String> = Vec::new();
    let mut before = None;
    for evidence in finding.evidence.iter().take(PLACES) {
        let told = source.place(evidence, ledger);
        let sheet = source::sheet(evidence);
        let cell = match source::cell(evidence) {
            Some(cell) => format!("{cell}（{}：{}）", told.field, told.value),
            None => format!("（{}）", told.value),
        };
        let line = match &sheet {
            Some(sheet) => format!("{sheet} {cell}"),
            None => format!("{}{cell}", told.place),
        };
        match lines.last_mut() {
            Some(line) if sheet.is_some() && sheet == before => line.push_str(&format!("、{cell}")),
            _ => lines.push(line),
        }
        before = sheet;
    }
    if finding.evidence.len() > PLACES {
        lines.push(format!("等{}处", finding.evidence.len()));
    }
    lines.join("\n")
}

pub(crate) fn due(finding: &Finding) -> String {
    if finding.due <= finding.found {
        "立行立改".to_owned()
    } else {
        finding.due.to_string()
    }
}

/// The state as 完成情况 words it. Proof in the data is not the sign-off, which people give.
pub(super) fn status(finding: &Finding) -> &'static str {
    match finding.state {
        State::New | State::Open | State::Reopened => "待整改",
        State::Fixed => "已完成",
    }
}

/// What the program has to say of a finding in the list. A note that says the state more fully stands
/// in its place.
pub(super) fn hint(source: &Source<'_>, finding: &Finding) -> String {
    let state = match finding.state {
        State::New => "",
        State::Open if finding.past.is_some() => "",
        State::Open => "上次检查已发现，仍未整改",
        State::Reopened => "曾整改到位，再次出现",
        State::Fixed => "台账显示已符合要求",
    };
    let entry = &finding.rectification;
    let mut parts = entry.notes.clone();
    if !parts.iter().any(|note| note.starts_with(state)) {
        parts.insert(0, state.to_owned());
    }
    if entry.overdue_days > 0 {
        parts.push(overdue(entry.overdue_days));
    }
    parts.extend(entry.earlier.iter().map(|text| source.entered(text)));
    parts.retain(|part| !part.is_empty());
    parts.join("；")
}

pub(super) fn overdue(days: u32) -> String {
    format!("已超过整改时限 {days} 天")
}
