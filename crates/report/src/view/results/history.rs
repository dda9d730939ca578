//! The course over all runs of the same checklist: score and standing problems, and where the standard
//! changed, so that a better number is not mistaken for progress.

use crate::document::blocks::{Align, Chart, Row, Table};
use crate::document::tables;
use crate::redaction::display_text;
use crate::view::results::course;
use crate::view::source::Source;
use crate::view::words;
use zicha_model::{
    history::PastRun,
    verdict::{Severity, Verdict},
};

/// Runs that the chart shows at most: the latest.
const SHOWN: usize = 40;
/// Runs that the table lists at most: the latest.
const LISTED: usize = 12;

/// One run as documents show it.
struct Turn<'a> {
    run: &'a PastRun,
    /// What its standard has other than the run's before it.
    changes: Vec<&'static str>,
}

/// Earlier runs and this one, the oldest first; none without an earlier one.
fn turns<'a>(source: &'a Source<'_>) -> Vec<Turn<'a>> {
    if source.data.history.is_empty() {
        return Vec::new();
    }
    let runs = source.data.history.iter().chain([&source.data.this_run]);
    let runs: Vec<_> = runs.collect();
    let before = std::iter::once(None).chain(runs.iter().map(Some));
    let turns = runs.iter().zip(before).map(|(run, before)| Turn {
        run,
        changes: before.map_or(Vec::new(), |before| run.standard.changes(&before.standard)),
    });
    turns.collect()
}

/// The latest of many.
fn latest<'t, 'a>(turns: &'t [Turn<'a>], most: usize) -> &'t [Turn<'a>] {
    &turns[turns.len().saturating_sub(most)..]
}

/// The chart; `None` without an earlier run.
pub(crate) fn chart(source: &Source<'_>) -> Option<Chart> {
    let turns = turns(source);
    let shown = latest(&turns, SHOWN);
    if shown.is_empty() {
        return None;
    }
    let mut title = match shown.iter().any(|turn| turn.run.score.is_some()) {
        true => "历次检查的得分率和问题数（处）".to_owned(),
        false => "历次检查的问题数（处）".to_owned(),
    };
    if shown.len() < turns.len() {
        title.push_str(&format!(
            "（共{}次，图为最近{}次）",
            turns.len(),
            shown.len()
        ));
    }
    let points = shown.iter().map(|turn| course::Point {
        label: turn.run.as_of.to_string(),
        score: turn.run.score.as_ref().map(|score| score.percent),
        parts: Severity::WORST_FIRST.map(|severity| found(turn.run, severity)),
        changed: !turn.changes.is_empty(),
        told: told(turn),
    });
    let points: Vec<_> = points.collect();
    Some(course::draw("chart-history", &title, &points))
}

/// The latest runs as a table; `None` without an earlier run.
pub(crate) fn table(source: &Source<'_>) -> Option<Table> {
    let turns = turns(source);
    let listed = latest(&turns, LISTED);
    if listed.is_empty() {
        return None;
    }
    let caption = match listed.len() < turns.len() {
        true => format!("最近{}次检查", listed.len()),
        false => "历次检查".to_owned(),
    };
    let end = Align::End;
    let columns = [
        ("检查基准日", 13, Align::Center),
        ("得分率（%）", 9, end),
        ("等次", 11, Align::Start),
        ("重大", 6, end),
        ("严重", 6, end),
        ("一般", 6, end),
        ("提示", 6, end),
        ("符合", 6, end),
        ("不符合", 7, end),
        ("未检查、无法判定", 9, end),
        ("其他", 6, end),
        ("检查标准", 15, Align::Start),
    ];
    let rows = listed.iter().map(row).collect();
    Some(tables::plain("history", &caption, &columns, rows))
}

fn row(turn: &Turn<'_>) -> Row {
    let run = turn.run;
    let ended = |verdicts: &[Verdict]| -> String {
        let counts = verdicts.iter().filter_map(|v| run.verdicts.get(v));
        counts.sum::<u32>().to_string()
    };
    let severity = |severity| found(run, severity).to_string();
    let score = run.score.as_ref();
    Row::of([
        run.as_of.to_string(),
        score.map_or("—".to_owned(), |score| words::points(score.percent)),
        score.map_or("—".to_owned(), |score| {
            display_text::display(&score.grade)
        }),
        severity(Severity::Critical),
        severity(Severity::Serious),
        severity(Severity::General),
        severity(Severity::Hint),
        ended(&[Verdict::Pass]),
        ended(&[Verdict::Fail]),
        ended(&[Verdict::NotChecked, Verdict::Unknown]),
        ended(&[
            Verdict::Waived,
            Verdict::NotApplicable,
            Verdict::NotSelected,
        ]),
        standard(turn),
    ])
}

fn standard(turn: &Turn<'_>) -> String {
    match turn.changes.is_empty() {
        true => String::new(),
        false => format!("{}有变化", turn.changes.join("、")),
    }
}

/// Where figures cannot be compared, a whole sentence; empty if they can throughout.
pub(crate) fn caution(source: &Source<'_>) -> String {
    let turns = turns(source);
    let changed = turns.iter().filter(|turn| !turn.changes.is_empty());
    let changed: Vec<_> = changed
        .map(|turn| {
            format!(
                "{}（{}）",
                turn.run.as_of.chinese(),
                turn.changes.join("、")
            )
        })
        .collect();
    match changed.as_slice() {
        [] => String::new(),
        all => {
            let recent = &all[all.len().saturating_sub(3)..];
            let more = if recent.len() < all.len() { "等" } else { "" };
            format!(
                "检查标准在{}{more}有变化，变化前后的数字不可直接比较，不能据此认定工作改进或者退步。",
                recent.join("、")
            )
        }
    }
}

fn found(run: &PastRun, severity: Severity) -> usize {
    run.findings.get(&severity).copied().unwrap_or_default() as usize
}

/// A run in words, for those who do not see the chart.
fn told(turn: &Turn<'_>) -> String {
    let run = turn.run;
    let mut told = format!("{}：", run.as_of);
    if let Some(score) = &run.score {
        let grade = display_text::display(&score.grade);
        told.push_str(&format!(
            "得分率{}%（{grade}），",
            words::points(score.percent)
        ));
    }
    let parts = Severity::WORST_FIRST
        .map(|severity| format!("{}{}处", severity.label(), found(run, severity)));
    told.push_str(&parts.join("、"));
    if !turn.changes.is_empty() {
        told.push_str(&format!("，{}", standard(turn)));
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;

    #[test]
    fn a_long_history_is_cut_and_says_so_and_no_text_of_it_is_markup() {
        let fixture = Fixture::annual();
        let mut assessment = fixture.assessment();
        let mut past = assessment.this_run.clone();
        if let Some(score) = &mut past.score {
            score.grade = "<script>\u{202e}".into();
        }
        assessment.history = vec![past; 50];
        let source = Source::new(&assessment, None);
        let chart = chart(&source).unwrap();
        assert!(
            chart.title.ends_with("（共51次，图为最近40次）"),
            "{}",
            chart.title
        );
        assert!(!chart.svg.contains("<script>") && !chart.alt.contains('\u{202e}'));
        let table = table(&source).unwrap();
        assert_eq!(
            (table.rows.len(), table.caption.as_str()),
            (12, "最近12次检查")
        );
    }

    #[test]
    fn the_caution_names_the_latest_changes() {
        let fixture = Fixture::annual();
        let mut assessment = fixture.assessment();
        let past = |n: usize| {
            let mut past = assessment.this_run.clone();
            past.standard.packs = n.to_string();
            past
        };
        let history = (0..5).map(past).collect();
        assessment.history = history;
        let told = caution(&Source::new(&assessment, None));
        assert_eq!(told.matches("（检查条目）").count(), 3);
        assert!(told.contains("等有变化"), "{told}");
    }
}
