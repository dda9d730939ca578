//! The score, and how each number in it came about.

use crate::document::blocks::{Align, Block, Row, Table};
use crate::document::tables;
use crate::view::source::Source;
use crate::view::words;
use zicha_model::results::{ScorePart, ScoreStep};

/// 评分表: item, points, cases, deduction, cap, what is open.
pub(crate) fn table(source: &Source<'_>) -> Table {
    let score = &source.data.results.score;
    let mut rows: Vec<_> = score.steps.iter().map(row).collect();
    if !rows.is_empty() {
        rows.push(total(source));
    }
    let mut table = tables::plain(
        "score",
        "自评评分表",
        &[
            ("评分项目", 20, Align::Start),
            ("分值", 6, Align::End),
            ("问题数", 7, Align::End),
            ("应扣分", 7, Align::End),
            ("实扣分", 7, Align::End),
            ("未核查项", 8, Align::End),
            ("暂不计分", 8, Align::End),
            ("得分", 6, Align::End),
            ("最高可得", 8, Align::End),
            ("说明", 26, Align::Start),
        ],
        rows,
    );
    table.empty = "未评分".to_owned();
    table
}

fn row(step: &ScoreStep) -> Row {
    if !step.applies {
        let note = format!("无此项工作，不计入。{}", step.note);
        return Row::of([0; 10].map(|_| "—".to_owned()))
            .with(0, &step.title)
            .with(9, &note);
    }
    Row::of([
        step.title.clone(),
        words::points(step.points),
        step.cases.to_string(),
        words::points(step.deduction),
        words::points(step.deducted),
        step.open.to_string(),
        words::points(step.withheld),
        words::points(step.lowest),
        words::points(step.highest),
        step.note.clone(),
    ])
}

fn total(source: &Source<'_>) -> Row {
    let score = &source.data.results.score;
    let steps = || score.steps.iter().filter(|step| step.applies);
    Row::of([
        "合计（实有项目）".to_owned(),
        words::points(score.of),
        steps().map(|s| s.cases).sum::<u32>().to_string(),
        words::points(steps().map(|s| s.deduction).sum()),
        words::points(steps().map(|s| s.deducted).sum()),
        steps().map(|s| s.open).sum::<u32>().to_string(),
        words::points(steps().map(|s| s.withheld).sum()),
        words::points(score.points),
        words::points(score.highest),
        calculation(source),
    ])
}

/// 扣分明细: what every control cost; empty if nothing did.
pub(crate) fn parts(source: &Source<'_>) -> Vec<Block> {
    let steps = source.data.results.score.steps.iter();
    let rows: Vec<_> = steps
        .flat_map(|step| step.parts.iter().map(move |part| (step, part)))
        .map(|(step, part)| {
            let control = source.control(&part.control);
            let severity = control.map_or("", |c| c.severity.label());
            Row::of([
                step.title.clone(),
                part.control.clone(),
                control.map_or_else(String::new, |c| c.title.clone()),
                severity.to_owned(),
                part.cases.to_string(),
                words::points(part.per_case),
                words::points(part.deduction),
            ])
        })
        .collect();
    let columns = [
        ("评分项目", 18, Align::Start),
        ("检查项", 8, Align::Start),
        ("检查项名称", 24, Align::Start),
        ("严重程度", 8, Align::Start),
        ("问题数", 7, Align::End),
        ("每处扣分", 8, Align::End),
        ("应扣分", 7, Align::End),
    ];
    table_if_any("score-parts", "扣分明细", &columns, rows)
}

/// The same for paper, one row an item of the score: what the controls cost, and how many cost nothing.
pub(crate) fn sums(source: &Source<'_>) -> Vec<Block> {
    let steps = source.data.results.score.steps.iter();
    let rows: Vec<_> = steps
        .filter(|step| step.applies && !step.parts.is_empty())
        .map(|step| {
            let costs: Vec<_> = step.parts.iter().map(cost).collect();
            Row::of([
                step.title.clone(),
                words::points(step.deduction),
                costs.join("；"),
            ])
        })
        .collect();
    let columns = [
        ("评分项目", 18, Align::Start),
        ("应扣分", 7, Align::End),
        ("检查项、问题数、每处扣分和应扣分", 60, Align::Start),
    ];
    table_if_any("score-sums", "扣分汇总", &columns, rows)
}

/// `DOC-004 2处×0.5＝1`.
fn cost(part: &ScorePart) -> String {
    let (each, all) = (words::points(part.per_case), words::points(part.deduction));
    format!("{} {}处×{each}＝{all}", part.control, part.cases)
}

/// 部门检查评比; empty if the data name no department.
pub(crate) fn departments(source: &Source<'_>) -> Vec<Block> {
    let scores = source.data.results.departments.iter();
    let rows: Vec<_> = scores
        .map(|score| {
            Row::of([
                score.rank.to_string(),
                score.department.clone(),
                score.cases.to_string(),
                words::points(score.deducted),
                words::points(score.points),
                words::points(score.of),
                format!("{}%", words::points(score.percent)),
                score.grade.clone(),
            ])
        })
        .collect();
    let columns = [
        ("名次", 5, Align::End),
        ("部门", 20, Align::Start),
        ("问题数", 7, Align::End),
        ("扣分", 7, Align::End),
        ("得分", 7, Align::End),
        ("总分", 7, Align::End),
        ("得分率", 8, Align::End),
        ("等次", 12, Align::Start),
    ];
    table_if_any("department-scores", "部门检查评比", &columns, rows)
}

fn table_if_any(
    id: &str,
    caption: &str,
    columns: &[(&str, u16, Align)],
    rows: Vec<Row>,
) -> Vec<Block> {
    if rows.is_empty() {
        return Vec::new();
    }
    let table = tables::plain(id, caption, columns, rows);
    vec![Block::Table { table }]
}

/// `86 ÷ 100 = 86%`.
pub(crate) fn calculation(source: &Source<'_>) -> String {
    let score = &source.data.results.score;
    format!(
        "{} ÷ {} = {}%",
        words::points(score.points),
        words::points(score.of),
        words::points(score.percent)
    )
}

/// Points withheld for what is open; `None` if nothing is open.
pub(crate) fn withheld(source: &Source<'_>) -> Option<String> {
    let steps = source.data.results.score.steps.iter();
    let open = steps.filter(|step| step.applies && step.open > 0);
    let withheld: Vec<_> = open.map(|step| step.withheld).collect();
    (!withheld.is_empty()).then(|| words::points(withheld.into_iter().sum()))
}
