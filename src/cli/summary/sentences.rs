//! The run in sentences that fit the screen: what was checked, the score, problems with the gravest
//! first, what was not checked, what was left out.

use super::lines::{cut, two_lines};
use crate::pipeline::Ran;
use std::collections::BTreeSet;
use zicha_model::{
    results::{ControlResult, Evidence, Finding, FindingKind, Results, State},
    verdict::{Severity, Verdict},
};

/// Problems named in the terminal; all are in the reports.
const WORST: usize = 6;

/// The lines, each within the width of the terminal.
pub(super) fn of(ran: &Ran) -> Vec<String> {
    let results = &ran.results;
    let mut lines = vec![cut(&title(results)), cut(&what_was_read(results))];
    lines.push(cut(&what_was_decided(&results.controls)));
    lines.extend(score(results));
    lines.extend(problems(results));
    lines.extend(open_matters(&results.controls));
    lines.extend(narrowed(&results.controls));
    lines.extend(wanted(&ran.advice));
    lines.extend(assumed(&ran.assumed));
    lines
}

/// Ledgers and columns named in the terminal; ten are in index.html.
const WANTED: usize = 3;

/// What the unit should add first.
fn wanted(advice: &[String]) -> Vec<String> {
    if advice.is_empty() {
        return Vec::new();
    }
    let mut lines =
        vec!["补上这些，能判定的检查项最多（空表由 zicha init --beside 写出）：".to_owned()];
    let shown = advice.iter().take(WANTED);
    lines.extend(shown.map(|line| with_ready_line(line)));
    if advice.len() > WANTED {
        lines.push(format!(
            "  ……其余 {} 条见 index.html",
            advice.len() - WANTED
        ));
    }
    lines
}

/// What is to be pasted stands whole on a line of its own.
fn with_ready_line(advice: &str) -> String {
    match advice.split_once(READY) {
        Some((told, ready)) => format!(
            "{}\n    {ready}",
            cut(&format!("  {told}{}", READY.trim_end()))
        ),
        None => two_lines(&format!("  {advice}"), "    "),
    }
}

/// What stands before a line for the settings.
const READY: &str = "在 zicha.yaml 写 ";

/// What was taken for granted.
fn assumed(assumed: &[String]) -> Option<String> {
    let first = assumed.first()?;
    let more = match assumed.len() {
        1 => String::new(),
        all => format!("等 {all} 项假定，见 index.html"),
    };
    Some(cut(&format!("假定：{first}{more}")))
}

fn title(results: &Results) -> String {
    let unit = match results.unit.name.as_str() {
        "" => "（未写明单位名称）",
        name => name,
    };
    let checklists = results.run.checklists.iter().map(|list| list.label());
    let checklists: Vec<_> = checklists.collect();
    let day = results.run.as_of.chinese();
    format!("{unit}　{}　基准日 {day}", checklists.join("、"))
}

fn what_was_read(results: &Results) -> String {
    let sheets = || results.inputs.iter().flat_map(|input| &input.sheets);
    let ledgers: BTreeSet<_> = sheets().filter_map(|sheet| sheet.ledger.as_ref()).collect();
    let used = sheets().filter(|sheet| sheet.ledger.is_some());
    let records: u64 = used.map(|sheet| u64::from(sheet.rows)).sum();
    format!(
        "查阅文件 {} 个，认出台账 {} 类、记录 {records} 条；怎样识别的用 zicha ledgers 查看",
        results.inputs.len(),
        ledgers.len()
    )
}

fn what_was_decided(controls: &[ControlResult]) -> String {
    let counts = Verdict::ALL.iter().filter_map(|&verdict| {
        let count = controls.iter().filter(|c| c.verdict == verdict).count();
        (count > 0).then(|| format!("{} {count}", verdict.label()))
    });
    let counts: Vec<_> = counts.collect();
    format!("检查 {} 项：{}", controls.len(), counts.join("，"))
}

fn score(results: &Results) -> Vec<String> {
    let score = &results.score;
    if !score.of.is_positive() {
        return Vec::new();
    }
    let reached = format!(
        "自评 {}/{} 分（{}%），{}",
        score.points, score.of, score.percent, score.grade
    );
    let mut lines = vec![cut(&reached)];
    if score.highest > score.points {
        lines.push(format!(
            "未查清的事项全部符合时最高 {} 分（{}）",
            score.highest, score.highest_grade
        ));
    }
    lines
}

/// How many stand, and the gravest, one line a control.
fn problems(results: &Results) -> Vec<String> {
    let standing = |finding: &&Finding| finding.state != State::Fixed && !finding.waived;
    let mut standing: Vec<_> = results.findings.iter().filter(standing).collect();
    if standing.is_empty() {
        return vec!["已经判定的检查项中没有发现问题。".to_owned()];
    }
    let counts = Severity::WORST_FIRST.iter().filter_map(|&severity| {
        let count = standing.iter().filter(|f| f.severity == severity).count();
        (count > 0).then(|| format!("{} {count}", severity.label()))
    });
    let counts: Vec<_> = counts.collect();
    let mut lines = vec![format!(
        "发现问题 {} 处：{}。最重的：",
        standing.len(),
        counts.join("，")
    )];
    // Stable: within a severity the order of the results; what could not be read comes last.
    standing.sort_by_key(|f| {
        (
            std::cmp::Reverse(f.severity),
            f.kind == FindingKind::Unreadable,
        )
    });
    let mut told: BTreeSet<Option<&str>> = BTreeSet::new();
    let mut named = 0;
    for finding in &standing {
        let control = finding.control.as_deref();
        if !told.insert(control) {
            continue;
        }
        let same = standing
            .iter()
            .filter(|other| other.control.as_deref() == control);
        let same = same.count();
        named += same;
        lines.push(line(finding, same));
        if told.len() == WORST {
            break;
        }
    }
    if standing.len() > named {
        lines.push(format!("  ……其余 {} 处见报告", standing.len() - named));
    }
    lines
}

/// `  重大 DOC-039 …等3处（收文.xlsx F47）`
fn line(finding: &Finding, same: usize) -> String {
    let control = finding.control.as_deref().unwrap_or("无法识读");
    let said = match finding.problem.as_str() {
        "" => &finding.message,
        said => said,
    };
    let sentence = said.trim_end_matches('。');
    let place = finding.evidence.iter().find_map(place).unwrap_or_default();
    let many = if same > 1 {
        format!("等{same}处")
    } else {
        String::new()
    };
    let start = format!("  {} {control} {sentence}", finding.severity.label());
    two_lines(&format!("{start}{many}{place}"), "      ")
}

fn place(evidence: &Evidence) -> Option<String> {
    let file = evidence.file.as_ref()?;
    let name = file.rsplit('/').next().unwrap_or(file);
    let cell = match (&evidence.column, evidence.row) {
        (Some(column), Some(row)) => format!(" {column}{row}"),
        (None, Some(row)) => format!(" 第{row}行"),
        _ => String::new(),
    };
    Some(format!("（{name}{cell}）"))
}

/// What was not checked, so that it cannot be overlooked.
fn open_matters(controls: &[ControlResult]) -> Vec<String> {
    let count = |verdict| controls.iter().filter(|c| c.verdict == verdict).count();
    let (unknown, unasked) = (count(Verdict::Unknown), count(Verdict::NotChecked));
    let mut lines = Vec::new();
    if unknown > 0 {
        lines.push(format!(
            "注意：{unknown} 项因缺少台账或数据无法判定，不算合格；缺什么见报告"
        ));
    }
    if unasked > 0 {
        lines.push(format!(
            "注意：{unasked} 项要到现场看的没有答复，不算合格；答复登记在现场检查答复表"
        ));
    }
    lines
}

/// What packs of the unit left out of controls.
fn narrowed(controls: &[ControlResult]) -> Option<String> {
    let narrowed = controls.iter().filter_map(|c| c.narrowed.as_ref());
    let records: Vec<u32> = narrowed.map(|narrowed| narrowed.records).collect();
    (!records.is_empty()).then(|| {
        format!(
            "注意：{} 项由清单包收窄，条件以外的 {} 条记录未检查；条件和理由见报告",
            records.len(),
            records.iter().sum::<u32>()
        )
    })
}
