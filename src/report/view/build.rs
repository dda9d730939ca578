//! Puts the view together: gathers the parts, fills in the narrative, heads the documents.

use super::{
    Block, Chart, Document, Fact, Letterhead, Overview, Problem, Row, Span, Table, Tally, View,
    chart, festival, figures, items, lists, marking,
    narrative::{self, Parts},
    open::{self, Open},
    problems, score,
    source::Source,
    tables, words,
};
use crate::model::{
    results::{ProposalKind, State},
    verdict::{Severity, Verdict},
};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Worst problems shown in the overview.
const WORST: usize = 10;

/// Departments shown in the chart.
const DEPARTMENTS: usize = 10;

/// Everything that several documents need, worked out once.
struct Gathered {
    problems: Vec<Problem>,
    open: Open,
    list: [Table; 3],
    proposals: Table,
    marking_notice: Option<String>,
}

/// Builds the view.
pub(super) fn view(source: &Source<'_>, redacted: bool) -> View {
    let gathered = Gathered {
        problems: problems::group(source),
        // In the short report they stand right under the chapter.
        open: open::collect(source, if festival_only(source) { 2 } else { 3 }),
        list: lists::rectification(source),
        proposals: lists::proposals(source),
        marking_notice: marking::notice(source),
    };
    let data = &source.data;
    let context = context(source, &gathered);
    View {
        unit: unit(source),
        tool: format!(
            "保密自查 {} {}",
            data.results.tool.name, data.results.tool.version
        ),
        date: data.plan.as_of.chinese(),
        as_of: data.plan.as_of.to_string(),
        year: data.plan.year,
        festival_only: festival_only(source),
        redacted,
        letterhead: letterhead(source, gathered.marking_notice.clone()),
        facts: facts(source),
        overview: overview(source, &gathered),
        report: report(source, &gathered, &context),
        list: list(source, &gathered, &context),
        summary: summary(source, &gathered, &context),
    }
}

fn festival_only(source: &Source<'_>) -> bool {
    source.data.plan.annual.is_none() && source.data.plan.festival.is_some()
}

fn unit(source: &Source<'_>) -> String {
    match source.data.results.unit.name.as_str() {
        "" => "（未填写单位名称）".to_owned(),
        name => name.to_owned(),
    }
}

fn letterhead(source: &Source<'_>, marking_notice: Option<String>) -> Letterhead {
    let profile = source.data.profile;
    let head = &profile.letterhead;
    let shown = |text: &Option<String>| text.as_deref().map(super::super::text::display);
    Letterhead {
        issuer: shown(&head.issuer).unwrap_or_else(|| unit(source)),
        kind: shown(&head.kind).unwrap_or_else(|| "报告".to_owned()),
        number: shown(&head.number),
        signer: shown(&head.signer).map(|signer| source.masked(&signer)),
        copy_number: shown(&head.copy_number),
        marking: shown(&profile.marking),
        marking_notice,
        urgency: shown(&head.urgency),
        addressee: shown(&profile.addressee),
    }
}

fn checklists(source: &Source<'_>) -> String {
    let names = source.data.plan.checklists();
    let names: Vec<_> = names.into_iter().map(|c| c.label()).collect();
    names.join("和")
}

fn period(source: &Source<'_>) -> String {
    let plan = source.data.plan;
    let period = plan
        .annual
        .or(plan.festival.as_ref().map(|(period, _)| *period));
    period.map_or_else(String::new, |p| {
        format!("{}至{}", p.from.chinese(), p.to.chinese())
    })
}

fn facts(source: &Source<'_>) -> Vec<Fact> {
    let fact = |label: &str, value: String| Fact {
        label: label.to_owned(),
        value,
    };
    let plan = source.data.plan;
    let mut facts = vec![
        fact("单位", unit(source)),
        fact("检查基准日", plan.as_of.chinese()),
        fact("检查清单", checklists(source)),
        fact("检查期间", period(source)),
    ];
    if let Some((_, f)) = &plan.festival {
        let note = if f.statutory_only {
            "（调休安排未收录，按法定节日计）"
        } else {
            ""
        };
        let days = format!(
            "{}，{}至{}{note}",
            f.kind.label(),
            f.start.chinese(),
            f.end.chinese()
        );
        facts.push(fact("节日", days));
    }
    let packs = source.data.results.run.packs.iter();
    let packs: Vec<_> = packs.map(|p| format!("{} {}", p.id, p.version)).collect();
    facts.push(fact("检查依据包", packs.join("、")));
    facts.push(fact("与上次比较", follow_up(source)));
    facts
}

/// Comparison with the last run, a whole sentence.
fn follow_up(source: &Source<'_>) -> String {
    let follow = &source.data.results.follow_up;
    if follow.baseline.is_empty() {
        return "没有可以比较的上次检查结果，全部问题列为新增。".to_owned();
    }
    format!(
        "与上次检查相比，新增{}处，仍未整改{}处，已整改{}处，再次出现{}处。",
        follow.new, follow.open, follow.fixed, follow.reopened
    )
}

fn verdicts(source: &Source<'_>) -> Vec<Tally> {
    let counts = items::count(source.data.results.controls.iter());
    let tallies = Verdict::ALL.iter().zip(counts);
    tallies
        .map(|(verdict, count)| Tally {
            id: words::verdict_id(*verdict).to_owned(),
            label: verdict.label().to_owned(),
            count,
        })
        .collect()
}

fn severities(source: &Source<'_>) -> Vec<Tally> {
    let tally = |severity: Severity| Tally {
        id: words::severity_id(severity).to_owned(),
        label: severity.label().to_owned(),
        count: source.standing().filter(|f| f.severity == severity).count(),
    };
    Severity::WORST_FIRST.map(tally).into()
}

fn overview(source: &Source<'_>, gathered: &Gathered) -> Overview {
    let score = &source.data.results.score;
    let scored = !festival_only(source) && score.of > 0.0;
    let text = |text: String| if scored { text } else { String::new() };
    let problems = &gathered.problems;
    Overview {
        summary: sentence(source, gathered),
        grade: text(score.grade.clone()),
        score: text(format!(
            "得分{}分，实有项目总分{}分，得分率{}%。",
            words::points(score.points),
            words::points(score.of),
            words::points(score.percent)
        )),
        percent: text(words::points(score.percent)),
        verdicts: verdicts(source),
        severities: severities(source),
        worst: problems.iter().take(WORST).cloned().collect(),
        problems: problems.len(),
        overdue: problems::overdue(source, source.data.plan.as_of),
        unchecked: gathered.open.lines.clone(),
        follow_up: follow_up(source),
        chart: items::chart(source),
        departments: departments(source),
    }
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
fn departments(source: &Source<'_>) -> Option<Chart> {
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

fn report(source: &Source<'_>, gathered: &Gathered, context: &tera::Context) -> Document {
    let festival = festival_only(source);
    let (text, title, annexes) = if festival {
        let festival = source.data.plan.festival.as_ref();
        let name = festival.map_or("", |(_, f)| f.kind.label());
        let title = format!(
            "{}{}年{name}节前保密检查报告",
            unit(source),
            source.data.plan.year
        );
        ("festival.md", title, vec!["整改清单"])
    } else {
        let title = format!(
            "{}{}年度保密自查自评报告",
            unit(source),
            source.data.plan.year
        );
        ("report.md", title, vec!["评分表", "整改清单", "奖惩汇总"])
    };
    Document {
        stem: "自查报告".to_owned(),
        title,
        landscape: false,
        official: true,
        sections: narrative::sections(text, context, &report_parts(source, gathered)),
        annexes: annexes.into_iter().map(str::to_owned).collect(),
    }
}

fn report_parts(source: &Source<'_>, gathered: &Gathered) -> Parts {
    let table = |table: Table| vec![Block::Table { table }];
    let chart = |chart: Chart| vec![Block::Chart { chart }];
    let problems = &gathered.problems;
    let shown = problems.iter().map(|problem| Block::Problem {
        problem: Box::new(problem.clone()),
    });
    let mut parts = Parts::from([
        ("unchecked", unchecked(&gathered.open)),
        ("facts", table(facts_table(source))),
        ("figures", table(figures::table(source))),
        ("items-table", table(items::table(source))),
        ("items-chart", chart(items::chart(source))),
        ("items", items::blocks(source, problems)),
        ("open", gathered.open.blocks.clone()),
        ("problems", shown.collect()),
        ("causes", table(problems::causes(source, problems))),
        ("measures", table(problems::measures(problems))),
        ("next", next(gathered)),
        ("score", table(score::table(source))),
        ("roster", festival::roster(source)),
        ("signatures", vec![signatures()]),
        ("marking", marking_part(gathered)),
    ]);
    if let Some(drawn) = departments(source) {
        parts.insert("departments-chart", chart(drawn));
    }
    parts
}

fn signatures() -> Block {
    let roles = ["检查人员", "检查组组长", "分管领导"];
    Block::Signatures {
        roles: roles.map(str::to_owned).into(),
    }
}

fn facts_table(source: &Source<'_>) -> Table {
    let rows = facts(source)
        .into_iter()
        .map(|f| Row::of([f.label, f.value]));
    let columns = [
        ("事项", 16, super::Align::Start),
        ("内容", 64, super::Align::Start),
    ];
    tables::plain("facts", "本次检查的基本要素", &columns, rows.collect())
}

/// The box that cannot be overlooked.
fn unchecked(open: &Open) -> Vec<Block> {
    if open.lines.is_empty() {
        return Vec::new();
    }
    vec![Block::Notice {
        title: "没有检查和无法判定的事项（不作为符合要求处理）".to_owned(),
        lines: open.lines.clone(),
    }]
}

fn marking_part(gathered: &Gathered) -> Vec<Block> {
    let notice = gathered.marking_notice.iter().map(|line| Block::Notice {
        title: "定密提示".to_owned(),
        lines: vec![line.clone()],
    });
    notice.collect()
}

/// What the data say is to be done next.
fn next(gathered: &Gathered) -> Vec<Block> {
    let mut items = Vec::new();
    let mut add = |count: usize, text: String| {
        if count > 0 {
            items.push(vec![Span::plain(text)]);
        }
    };
    let open = &gathered.open;
    let urgent = gathered
        .problems
        .iter()
        .filter(|p| p.due == "立行立改")
        .count();
    let problems = gathered.problems.len();
    add(
        urgent,
        format!("对{urgent}项要求立行立改的问题立即整改，并留存佐证材料。"),
    );
    add(
        problems,
        format!(
            "对照《整改清单》落实{problems}项问题的责任部门、责任人和时限，整改完成后逐处复核销号。"
        ),
    );
    add(
        open.ledgers,
        format!(
            "补齐{}本未提供或者为空的台账，对依赖这些台账的检查项补充检查。",
            open.ledgers
        ),
    );
    add(
        open.questions,
        format!("完成{}项现场检查事项的检查和答复。", open.questions),
    );
    add(
        open.undecided,
        format!(
            "核实{}条无法判定的记录，补全所缺内容后重新检查。",
            open.undecided
        ),
    );
    add(
        open.unreadable,
        format!("更正{}个无法识读的单元格。", open.unreadable),
    );
    let proposals = gathered.proposals.rows.len();
    add(
        proposals,
        format!("将{proposals}项奖惩建议按照权限提交有权机关研究决定。"),
    );
    add(
        1,
        "整改完成后重新运行检查，核对问题是否消除、有无新的问题。".to_owned(),
    );
    vec![Block::List {
        ordered: true,
        items,
    }]
}

fn list(source: &Source<'_>, gathered: &Gathered, context: &tera::Context) -> Document {
    let table = |index: usize| {
        vec![Block::Table {
            table: gathered.list[index].clone(),
        }]
    };
    let parts = Parts::from([
        ("new", table(0)),
        ("open", table(1)),
        ("fixed", table(2)),
        ("marking", marking_part(gathered)),
    ]);
    Document {
        stem: "整改清单".to_owned(),
        title: format!("{}保密自查问题整改清单", unit(source)),
        landscape: true,
        official: false,
        sections: narrative::sections("list.md", context, &parts),
        annexes: Vec::new(),
    }
}

fn summary(source: &Source<'_>, gathered: &Gathered, context: &tera::Context) -> Document {
    let table = Block::Table {
        table: gathered.proposals.clone(),
    };
    let parts = Parts::from([
        ("proposals", vec![table]),
        ("marking", marking_part(gathered)),
    ]);
    Document {
        stem: "奖惩汇总".to_owned(),
        title: format!("{}保密工作奖惩建议汇总", unit(source)),
        landscape: true,
        official: false,
        sections: narrative::sections("summary.md", context, &parts),
        annexes: Vec::new(),
    }
}

/// The values that the narrative names.
fn context(source: &Source<'_>, gathered: &Gathered) -> tera::Context {
    let results = &source.data.results;
    let tallies = |tallies: Vec<Tally>| {
        let mut total = 0;
        let mut map: Map<String, Value> = Map::new();
        for tally in tallies {
            total += tally.count;
            map.insert(tally.id, tally.count.into());
        }
        map.insert("total".to_owned(), total.into());
        map
    };
    let ledgers = source.schemas().ledger_ids();
    let read = ledgers.filter_map(|id| source.data.dataset.table(id));
    let read: Vec<_> = read.map(|table| table.len()).collect();
    let kind = |kind| results.discipline.iter().filter(|p| p.kind == kind).count();
    let state = |states: &[State]| {
        let findings = results.findings.iter().filter(|f| !f.waived);
        findings.filter(|f| states.contains(&f.state)).count()
    };
    let festival = source.data.plan.festival.as_ref().map(|(_, f)| {
        json!({"name": f.kind.label(), "start": f.start.chinese(), "end": f.end.chinese(), "statutory": f.statutory_only})
    });
    let value = json!({
        "unit": unit(source),
        "date": source.data.plan.as_of.chinese(),
        "checklists": checklists(source),
        "period": period(source),
        "festival": festival,
        "inputs": {"files": results.inputs.len(), "ledgers": read.len(), "rows": read.iter().sum::<usize>()},
        "controls": tallies(verdicts(source)),
        "findings": tallies(severities(source)),
        "problems": gathered.problems.len(),
        "open_any": !gathered.open.lines.is_empty(),
        "follow_up": follow_up(source),
        "marking_notice": gathered.marking_notice.is_some(),
        "score": score_values(source),
        "list": {"new": state(&[State::New]), "open": state(&[State::Open, State::Reopened]),
                 "fixed": state(&[State::Fixed]), "overdue": problems::overdue(source, source.data.plan.as_of)},
        "proposals": {"total": results.discipline.len(), "rewards": kind(ProposalKind::Reward), "penalties": kind(ProposalKind::Penalty)},
    });
    tera::Context::from_serialize(&value).unwrap_or_default()
}

fn score_values(source: &Source<'_>) -> Value {
    let score = &source.data.results.score;
    if score.of <= 0.0 {
        return json!({"of": false});
    }
    json!({
        "of": words::points(score.of),
        "points": words::points(score.points),
        "percent": words::points(score.percent),
        "calculation": score::calculation(source),
        "grade": score.grade,
        "withheld": score::withheld(source),
        "highest": words::points(score.highest),
        "highest_grade": score.highest_grade,
        "vetoes": score.vetoes.join("；"),
    })
}
