//! The summary at the end of `zicha check`: verdicts by matter, the worst findings, the files.

use crate::pipeline::Ran;
use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use zicha_model::diag::{Severity as Told, human};
use zicha_model::{
    chapter,
    results::{ControlResult, Finding, Results, State},
    verdict::Verdict,
};

/// Findings listed in the terminal; all are in the reports.
const WORST: usize = 10;

/// The whole summary as text.
pub(super) fn render(ran: &Ran) -> String {
    let results = &ran.results;
    let mut text = String::new();
    for problem in ran.diagnostics.iter().filter(|d| d.severity != Told::Note) {
        text.push_str(&human::render(problem));
    }
    text.push_str(&format!("\n{}\n", heading(results)));
    text.push_str(&format!("{}\n", verdicts(&results.controls)));
    text.push_str(&worst(results));
    text.push_str(&open_matters(results));
    text.push_str(&narrowed(&results.controls));
    text.push_str(&files(ran));
    text
}

fn heading(results: &Results) -> String {
    let unit = if results.unit.name.is_empty() {
        "（未写明单位名称）"
    } else {
        &results.unit.name
    };
    let mut line = format!("{unit}  基准日 {}", results.run.as_of.chinese());
    if results.score.of.is_positive() {
        let score = &results.score;
        line.push_str(&format!(
            "  自评 {}/{} 分（{}%），{}",
            score.points, score.of, score.percent, score.grade
        ));
        if score.highest > score.points {
            line.push_str(&format!(
                "；未查清的事项全部符合时最高 {} 分（{}）",
                score.highest, score.highest_grade
            ));
        }
    }
    line
}

/// Verdict counts by matter of 条例 §58, with a total row.
fn verdicts(controls: &[ControlResult]) -> Table {
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_BORDERS_ONLY)
        .set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(std::iter::once("检查事项").chain(Verdict::ALL.iter().map(|v| v.label())));
    for number in 1..=chapter::CHAPTERS.len() as u8 {
        let mine: Vec<_> = controls
            .iter()
            .filter(|c| c.chapter == number.to_string())
            .collect();
        if !mine.is_empty() {
            table.add_row(row(&format!("{number}. {}", chapter::name(number)), &mine));
        }
    }
    table.add_row(row("合计", &controls.iter().collect::<Vec<_>>()));
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

fn row(title: &str, controls: &[&ControlResult]) -> Vec<String> {
    let count = |verdict| controls.iter().filter(|c| c.verdict == verdict).count();
    let shown = |n: usize| {
        if n == 0 {
            "·".to_owned()
        } else {
            n.to_string()
        }
    };
    std::iter::once(title.to_owned())
        .chain(Verdict::ALL.iter().map(|&v| shown(count(v))))
        .collect()
}

fn worst(results: &Results) -> String {
    let standing: Vec<_> = results
        .findings
        .iter()
        .filter(|f| f.state != State::Fixed && !f.waived)
        .collect();
    if standing.is_empty() {
        return "已经判定的检查项中没有发现问题。\n".to_owned();
    }
    let mut text = format!("发现问题 {} 处，最重的在前：\n", standing.len());
    for finding in standing.iter().take(WORST) {
        text.push_str(&format!("  {}\n", line(finding)));
    }
    if standing.len() > WORST {
        text.push_str(&format!("  ……其余 {} 处见报告。\n", standing.len() - WORST));
    }
    text
}

fn line(finding: &Finding) -> String {
    let control = finding.control.as_deref().unwrap_or("无法识读");
    let place = finding.evidence.iter().find_map(|evidence| {
        let file = evidence.file.as_ref()?;
        let sheet = evidence
            .sheet
            .as_ref()
            .map(|sheet| format!("[{sheet}]"))
            .unwrap_or_default();
        let cell = match (&evidence.column, evidence.row) {
            (Some(column), Some(row)) => format!(" {column}{row}"),
            (None, Some(row)) => format!(" 第{row}行"),
            _ => String::new(),
        };
        Some(format!("（{file}{sheet}{cell}）"))
    });
    format!(
        "{} {control} {} {}",
        finding.severity.label(),
        finding.message,
        place.unwrap_or_default()
    )
}

/// What was not checked, so that it cannot be overlooked.
fn open_matters(results: &Results) -> String {
    let count = |verdict| {
        results
            .controls
            .iter()
            .filter(|c| c.verdict == verdict)
            .count()
    };
    let (unknown, unasked) = (count(Verdict::Unknown), count(Verdict::NotChecked));
    if unknown + unasked == 0 {
        return String::new();
    }
    format!(
        "注意：{unknown} 项因缺少台账或数据无法判定，{unasked} 项现场检查没有答复，都不算合格；原因见报告。\n"
    )
}

/// What packs of the unit left out of controls.
fn narrowed(controls: &[ControlResult]) -> String {
    let narrowed = controls.iter().filter_map(|c| c.narrowed.as_ref());
    let records: Vec<u32> = narrowed.map(|narrowed| narrowed.records).collect();
    if records.is_empty() {
        return String::new();
    }
    format!(
        "注意：{} 项由清单包收窄，条件以外的 {} 条记录未检查；条件和理由见报告。\n",
        records.len(),
        records.iter().sum::<u32>()
    )
}

fn files(ran: &Ran) -> String {
    let mut text = format!("\n报告在 {}：\n", ran.out.display());
    for file in &ran.files {
        text.push_str(&format!("  {file}\n"));
    }
    if ran.files.iter().any(|file| file == "index.html") {
        text.push_str(&format!(
            "请先打开 {}\n",
            ran.out.join("index.html").display()
        ));
    }
    text
}
