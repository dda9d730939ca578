//! The state at a glance, and the counts that the narrative shares with it.

use crate::advice;
use crate::document::blocks::Chart;
use crate::document::chart;
use crate::view::findings::problems;
use crate::view::framing::head;
use crate::view::gathered::Gathered;
use crate::view::model::{Late, Overview, Tally};
use crate::view::papers::gaps;
use crate::view::results::{chapters, history, trend};
use crate::view::source::Source;
use crate::view::words;
use std::collections::BTreeMap;
use zicha_model::{
    results::Score,
    verdict::{Severity, Verdict},
};

/// Worst problems shown in the overview.
const WORST: usize = 10;

/// Overdue entries shown in the overview.
const LATE: usize = 10;

/// Departments shown in the chart.
const DEPARTMENTS: usize = 10;

pub(crate) fn verdicts(source: &Source<'_>) -> Vec<Tally> {
    let counts = chapters::count(source.data.results.controls.iter());
    let tallies = Verdict::ALL.iter().zip(counts);
    tallies
        .map(|(verdict, count)| Tally {
            id: words::verdict_id(*verdict).to_owned(),
            label: verdict.label().to_owned(),
            count,
        })
        .collect()
}

pub(crate) fn severities(source: &Source<'_>) -> Vec<Tally> {
    let tally = |severity: Severity| Tally {
        id: words::severity_id(severity).to_owned(),
        label: severity.label().to_owned(),
        count: source.standing().filter(|f| f.severity == severity).count(),
    };
    Severity::WORST_FIRST.map(tally).into()
}

/// The points that are proven, and those that the open matters leave possible.
fn points(score: &Score) -> String {
    let mut text = format!(
        "得分{}分，实有项目总分{}分，得分率{}%。",
        words::points(score.points),
        words::points(score.of),
        words::points(score.percent)
    );
    if score.highest > score.points {
        text.push_str(&format!(
            "已判定{}分，失分{}分，尚未判定{}分。",
            words::points(score.decided),
            words::points(score.lost),
            words::points(score.open)
        ));
        text.push_str(&format!(
            "没有检查和无法判定的事项不计分，核查后全部符合的，最高{}分（{}）。",
            words::points(score.highest),
            score.highest_grade
        ));
    }
    text
}

pub(crate) fn overview(source: &Source<'_>, gathered: &Gathered) -> Overview {
    let score = &source.data.results.score;
    let scored = !head::festival_only(source) && score.of.is_positive();
    let text = |text: String| if scored { text } else { String::new() };
    let problems = &gathered.problems;
    let mut late = late(source);
    let late_groups = late.len();
    late.truncate(LATE);
    Overview {
        summary: sentence(source, gathered),
        grade: text(score.grade.clone()),
        score: text(points(score)),
        percent: text(words::points(score.percent)),
        verdicts: verdicts(source),
        severities: severities(source),
        worst: problems.iter().take(WORST).cloned().collect(),
        problems: problems.len(),
        overdue: problems::overdue(source).count(),
        late,
        late_groups,
        gaps: gaps::lines(source),
        unchecked: gathered.open.lines.clone(),
        advice: advice::lines(source.schemas(), &source.data.results.advice),
        assumed: advice::assumed(source.schemas(), source.data.dataset),
        follow_up: head::follow_up(source),
        chart: chapters::chart(source),
        departments: departments(source),
        trend: trend::chart(source),
        history: history::chart(source),
        caution: history::caution(source),
    }
}

/// What is overdue, by control and department, the longest first.
fn late(source: &Source<'_>) -> Vec<Late> {
    let mut groups: BTreeMap<(Option<&str>, String), Late> = BTreeMap::new();
    for finding in problems::overdue(source) {
        let control = finding.control.as_deref();
        let department = problems::department(finding);
        let group = groups
            .entry((control, department.clone()))
            .or_insert_with(|| Late {
                title: problems::title(source, finding),
                department,
                count: 0,
                days: 0,
                anchor: problems::anchor(control),
            });
        group.count += 1;
        group.days = group.days.max(finding.rectification.overdue_days);
    }
    let mut groups: Vec<_> = groups.into_values().collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.days));
    groups
}

fn sentence(source: &Source<'_>, gathered: &Gathered) -> String {
    let findings = source.standing().count();
    let found = if findings == 0 {
        "已判定的检查项没有发现问题".to_owned()
    } else {
        format!("发现问题{}项、{findings}处", gathered.problems.len())
    };
    let open = if gathered.open.lines.is_empty() {
        "应检查的事项均已得出结论"
    } else {
        "另有事项没有检查或者无法判定，不作为符合要求处理"
    };
    let controls = source.data.results.controls.len();
    format!("共{controls}个检查项，{found}；{open}。")
}

/// Findings by department and severity, the departments with most first.
pub(crate) fn departments(source: &Source<'_>) -> Option<Chart> {
    let mut counts: BTreeMap<String, [usize; 4]> = BTreeMap::new();
    for finding in source.standing() {
        let parts = counts.entry(problems::department(finding)).or_default();
        let at = Severity::WORST_FIRST
            .iter()
            .position(|s| *s == finding.severity);
        parts[at.unwrap_or(3)] += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    let total = |parts: &[usize; 4]| parts.iter().sum::<usize>();
    counts.sort_by(|a, b| total(&b.1).cmp(&total(&a.1)).then_with(|| a.0.cmp(&b.0)));
    let rest = counts.split_off(counts.len().min(DEPARTMENTS));
    if !rest.is_empty() {
        let sum = rest.iter().fold([0; 4], |mut sum, (_, parts)| {
            sum.iter_mut().zip(parts).for_each(|(s, p)| *s += p);
            sum
        });
        counts.push((format!("其他{}个部门", rest.len()), sum));
    }
    let bars: Vec<_> = counts
        .into_iter()
        .map(|(label, parts)| chart::Bar {
            label: clipped(&label),
            parts: parts.into(),
        })
        .collect();
    let title = "问题的严重程度和责任部门（处）";
    (!bars.is_empty()).then(|| chart::bars("chart-departments", title, &chart::SEVERITIES, &bars))
}

/// A label that fits beside its bar.
fn clipped(label: &str) -> String {
    match label.char_indices().nth(14) {
        None => label.to_owned(),
        Some((at, _)) => format!("{}…", &label[..at]),
    }
}
