//! On-site answers held against the run: outdated, contradictory, without the reason that 不适用
//! needs, for a control that does not exist. None of them counts silently.

use super::records::Records;
use std::collections::BTreeMap;
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::{
    dataset::Dataset,
    plan::{Period, Plan},
    results::Evidence,
    time::Day,
};
use zicha_rule::pack::Catalogue;
use zicha_scoring::levels::{Merged, is_level};

/// Tells every answer that does not count, or that another one contradicts. Without a plan (`lint`)
/// also those that cannot be read, which a run finds by itself, and nothing about periods.
pub(super) fn tell(
    catalogue: &Catalogue,
    dataset: &Dataset,
    plan: Option<&Plan>,
) -> Vec<Diagnostic> {
    let Some(answers) = Records::of(&catalogue.schemas, dataset, "attestations") else {
        return Vec::new();
    };
    let mut told = Vec::new();
    let mut given: BTreeMap<Vec<String>, Vec<(String, u32)>> = BTreeMap::new();
    let mut outdated: BTreeMap<(String, bool), Vec<(Day, u32)>> = BTreeMap::new();
    for row in answers.rows() {
        if plan.is_none() && answers.is_unreadable(row, "answer") {
            told.push(unreadable(answers, row));
        }
        let Some(answer) = answers.text(row, "answer") else {
            continue;
        };
        let id = answers.text(row, "requirement_id").unwrap_or_default();
        let id = id.to_uppercase();
        if is_level(&id) {
            continue;
        }
        if let Some(problem) = problem(catalogue, answers, row, &id) {
            told.push(problem);
            continue;
        }
        if let Some((day, period)) = outside(catalogue, plan, answers, row, &id) {
            let early = day < period.from;
            outdated.entry((id, early)).or_default().push((day, row));
            continue;
        }
        let scope = ["checklist", "scope_type", "scope_ref"];
        let scope = scope.map(|field| answers.text(row, field).unwrap_or_default());
        let key = std::iter::once(id).chain(scope).collect();
        given.entry(key).or_default().push((answer, row));
    }
    for ((id, early), rows) in outdated {
        told.push(out_of_period(answers, &id, early, &rows));
    }
    for (key, rows) in given {
        told.extend(contradiction(answers, &key, &rows));
    }
    told
}

/// What departments and persons answered against one another or against the ledgers, and who did not answer.
pub(super) fn levels(merged: &Merged) -> Vec<Diagnostic> {
    let contradictions = merged.contradictions.iter().map(|found| {
        let locus = found.place.as_ref().map_or_else(Locus::default, |place| {
            let column = place.column.clone().unwrap_or_default();
            Locus::cell(
                &place.file,
                place.sheet.as_deref(),
                format!("{column}{}", place.row),
            )
        });
        Diagnostic::new(codes::LEVELS_CONTRADICTION, &found.message, locus)
            .with_hint("向答复人核实；属实的按不符合整改，台账有误的更正台账。")
    });
    let silent = (!merged.none.is_empty()).then(|| {
        let message = format!(
            "部门和个人自查表有{}份没有答复，名单见自查工作底稿",
            merged.none.len()
        );
        Diagnostic::new(codes::LEVELS_UNANSWERED, message, Locus::default())
    });
    contradictions.chain(silent).collect()
}

/// How many answers are given.
pub(super) fn count(catalogue: &Catalogue, dataset: &Dataset) -> usize {
    let answers = Records::of(&catalogue.schemas, dataset, "attestations");
    answers.map_or(0, |answers| {
        let given = |row: &u32| answers.text(*row, "answer").is_some();
        answers.rows().filter(given).count()
    })
}

fn unreadable(answers: Records<'_>, row: u32) -> Diagnostic {
    let written = answers.evidence(row, "answer");
    let written = written.map(|cell| cell.value).unwrap_or_default();
    let message = format!("答复“{written}”看不懂");
    Diagnostic::new(
        codes::ANSWER_UNREADABLE,
        message,
        place(answers, row, "answer"),
    )
    .with_hint("答复写 是、否 或 不适用，具体情况写在“说明或佐证”栏。")
}

/// Why an answer does not count.
fn problem(catalogue: &Catalogue, answers: Records<'_>, row: u32, id: &str) -> Option<Diagnostic> {
    if !catalogue.controls.iter().any(|c| c.control.id == id) {
        let message = format!("检查条目编号“{id}”不存在，这条答复没有用上");
        let told = Diagnostic::new(
            codes::ANSWER_UNKNOWN_CONTROL,
            message,
            place(answers, row, "requirement_id"),
        );
        return Some(told.with_hint("核对条目编号；可用 zicha explain 查看。"));
    }
    let reasonless =
        answers.choice(row, "answer") == Some("na") && answers.text(row, "evidence").is_none();
    reasonless.then(|| {
        let message = format!("{id} 答复“不适用”，没有说明理由，按未检查处理");
        Diagnostic::new(
            codes::ANSWER_WITHOUT_REASON,
            message,
            place(answers, row, "answer"),
        )
        .with_hint("在“说明或佐证”栏写明为什么不适用。")
    })
}

/// The day of an answer that lies outside the period of its control, and that period.
fn outside(
    catalogue: &Catalogue,
    plan: Option<&Plan>,
    answers: Records<'_>,
    row: u32,
    id: &str,
) -> Option<(Day, Period)> {
    let control = catalogue.controls.iter().find(|c| c.control.id == id)?;
    let period = plan?.period_for(&control.control.checklists)?;
    let day = answers.day(row, "answered_on")?;
    (!period.contains(day)).then_some((day, period))
}

/// The answers to one question that lie before (`early`) or behind the period, told once.
fn out_of_period(answers: Records<'_>, id: &str, early: bool, rows: &[(Day, u32)]) -> Diagnostic {
    let (first, last) = (rows.iter().min(), rows.iter().max());
    let day = |row: Option<&(Day, u32)>| row.map(|(day, _)| day.to_string()).unwrap_or_default();
    let days = match (day(first), day(last)) {
        (one, other) if one == other => one,
        (one, other) => format!("{one}至{other}"),
    };
    let when = if early { "早于" } else { "晚于" };
    let many = match rows.len() {
        1 => String::new(),
        count => format!("（{count}条）"),
    };
    let message = format!("{id} 的答复日期 {days} {when}检查期间，不作为本次答复{many}");
    let row = rows.iter().map(|(_, row)| *row).min().unwrap_or_default();
    Diagnostic::new(
        codes::ANSWER_OUTDATED,
        message,
        place(answers, row, "answered_on"),
    )
    .with_hint("请重新检查并填写答复和日期。")
}

fn contradiction(
    answers: Records<'_>,
    key: &[String],
    rows: &[(String, u32)],
) -> Option<Diagnostic> {
    let (first, _) = rows.first()?;
    let (other, row) = rows.iter().find(|(answer, _)| answer != first)?;
    let scope = key.last().filter(|scope| !scope.is_empty());
    let scope = scope.map_or_else(|| "全单位".to_owned(), Clone::clone);
    let message = format!(
        "{} 对同一对象（{scope}）有互相矛盾的答复：“{first}”和“{other}”，有“否”的按不符合处理",
        key[0]
    );
    let told = Diagnostic::new(
        codes::ANSWER_CONTRADICTORY,
        message,
        place(answers, *row, "answer"),
    );
    Some(told.with_hint("核实后只保留一条，或者把检查对象分开填写。"))
}

fn place(answers: Records<'_>, row: u32, field: &str) -> Locus {
    answers
        .evidence(row, field)
        .map_or_else(Locus::default, |cell| locus(&cell))
}

fn locus(cell: &Evidence) -> Locus {
    let file = cell.file.clone().unwrap_or_default();
    match (&cell.column, cell.row) {
        (Some(column), Some(row)) => {
            Locus::cell(file, cell.sheet.as_deref(), format!("{column}{row}"))
        }
        (None, Some(row)) => Locus::text(file, row, 1),
        _ => Locus::file(file),
    }
}
