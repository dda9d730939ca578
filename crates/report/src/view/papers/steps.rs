//! What could not be told, and what is to be done.

use crate::document::blocks::{Align, Block, Row, Span, Table};
use crate::document::tables;
use crate::document::wide::paragraph;
use crate::view::gathered::Gathered;
use crate::view::source::Source;
use crate::view::unresolved::open::Open;
use std::collections::BTreeMap;
use zicha_model::{time::Day, verdict::Severity, verdict::Verdict};

/// Terms in the table of the report; later ones are taken together.
const TERMS: usize = 10;

/// How many requirements were not checked or could not be decided, and why, in one sentence.
pub(crate) fn not_checked(source: &Source<'_>, open: &Open) -> Vec<Block> {
    let controls = source.data.results.controls.iter();
    let count = controls
        .filter(|c| matches!(c.verdict, Verdict::Unknown | Verdict::NotChecked))
        .count();
    let causes = [
        (
            open.ledgers,
            format!("台账未提供或者没有记录的{}类", open.ledgers),
        ),
        (
            open.questions,
            format!("现场检查事项待答复{}项", open.questions),
        ),
        (
            open.undecided,
            format!("登记内容不全、有待核实的{}条", open.undecided),
        ),
    ];
    let causes: Vec<_> = causes
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(_, told)| told)
        .collect();
    let told = match (count, causes.is_empty()) {
        (0, true) => "应当检查的事项均已检查并得出结论。".to_owned(),
        (0, false) => format!(
            "另有部分记录尚未核实（{}），不作为符合要求处理，详见《自查工作底稿》。",
            causes.join("，")
        ),
        (count, true) => format!(
            "另有{count}项尚未核查或者不能得出结论，不作为符合要求处理，详见《自查工作底稿》。"
        ),
        (count, false) => format!(
            "另有{count}项尚未核查或者不能得出结论（{}），不作为符合要求处理，详见《自查工作底稿》。",
            causes.join("，")
        ),
    };
    vec![paragraph(told)]
}

/// Findings by the day they are due, at most [`TERMS`] rows.
pub(crate) fn terms(source: &Source<'_>) -> Table {
    let mut days: BTreeMap<Option<Day>, [usize; 2]> = BTreeMap::new();
    for finding in source.standing() {
        let due = (finding.due > finding.found).then_some(finding.due);
        let counts = days.entry(due).or_default();
        counts[0] += 1;
        counts[1] += usize::from(finding.severity >= Severity::Serious);
    }
    let later: Vec<_> = days.iter().skip(TERMS).map(|(day, n)| (*day, *n)).collect();
    let as_of = source.data.plan.as_of;
    let name = |day: Option<Day>| match day {
        None => "立行立改".to_owned(),
        Some(day) if day < as_of => format!("{}前（已超过）", day.chinese()),
        Some(day) => format!("{}前", day.chinese()),
    };
    let row = |told: String, [all, grave]: [usize; 2]| {
        Row::of([told, all.to_string(), grave.to_string()])
    };
    let mut rows: Vec<_> = days
        .iter()
        .take(TERMS)
        .map(|(day, counts)| row(name(*day), *counts))
        .collect();
    if let Some((last, _)) = later.last() {
        let sum = later
            .iter()
            .fold([0, 0], |sum, (_, n)| [sum[0] + n[0], sum[1] + n[1]]);
        rows.push(row(format!("其余，最迟{}", name(*last)), sum));
    }
    tables::plain(
        "terms",
        "整改时限安排",
        &[
            ("整改时限", 40, Align::Start),
            ("问题（处）", 20, Align::End),
            ("其中重大、严重（处）", 20, Align::End),
        ],
        rows,
    )
}

/// What the office does next.
pub(crate) fn next(gathered: &Gathered) -> Vec<Block> {
    let problems = &gathered.problems;
    let urgent = problems.iter().filter(|p| p.due == "立行立改").count();
    let mut told = Vec::new();
    if urgent > 0 {
        told.push(format!(
            "对要求立行立改的{urgent}项问题立即整改，留存佐证材料。"
        ));
    }
    if problems.len() > urgent {
        told.push(
            "其余问题按照时限逐项整改，责任落实到部门和人员，整改一项、复核一项、销号一项。"
                .to_owned(),
        );
    }
    if !gathered.open.lines.is_empty() {
        told.push(
            "补齐缺少的台账，完成现场检查事项的核查，核实登记不全的记录，对有关事项补充检查。"
                .to_owned(),
        );
    }
    let proposals = gathered.proposals.rows.len();
    if proposals > 0 {
        told.push(format!("对{proposals}项奖惩建议按照权限提交研究决定。"));
    }
    told.push("坚持定期自查，对整改情况适时复查，防止问题再次出现。".to_owned());
    items(told)
}

/// What must be settled before people leave.
pub(crate) fn before_leaving(source: &Source<'_>, gathered: &Gathered) -> Vec<Block> {
    let urgent = source.standing().filter(|f| f.due <= f.found).count();
    let all = source.standing().count();
    let mut told = Vec::new();
    if urgent > 0 {
        told.push(format!(
            "要求立行立改的问题{urgent}处，放假前全部整改到位。"
        ));
    }
    if all > urgent {
        told.push(format!(
            "其余问题{}处，能够整改的放假前整改，其他的按照《整改清单》所列时限落实。",
            all - urgent
        ));
    }
    if gathered.open.questions > 0 {
        told.push(format!(
            "完成{}项现场检查，结果记入《节前保密检查记录表》。",
            gathered.open.questions
        ));
    }
    told.push("清点、入柜保管涉密文件和设备，落实要害部位和值班期间的保密措施。".to_owned());
    items(told)
}

fn items(told: Vec<String>) -> Vec<Block> {
    vec![Block::List {
        ordered: true,
        items: told
            .into_iter()
            .map(|text| vec![Span::plain(text)])
            .collect(),
    }]
}
