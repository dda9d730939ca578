//! 年度保密工作情况报告 (条例 §56): the year's counts from the ledgers beside those of the year before.

use crate::document::blocks::{Align, Block, Row};
use crate::document::tables;
use crate::document::wide::paragraph;
use crate::view::findings::problems;
use crate::view::source::Source;
use crate::view::words;
use zicha_model::{
    dataset::{CellState, Table},
    results::{FindingKind, State},
    schema::{FieldType, LedgerSchema},
    time::{Day, Moment},
};

/// Ledger, what its records are called in the report, and their unit of measure.
const COUNTED: [(&str, &str, &str); 20] = [
    ("work_records", "保密工作活动、会议", "次"),
    ("regimes", "现行保密制度", "项"),
    ("trainings", "保密教育培训", "次"),
    ("commitments", "签订保密承诺书", "份"),
    ("classification_decisions", "确定、变更、解除国家秘密", "项"),
    ("documents_received", "登记收文", "件"),
    ("dispatches", "登记发文", "件"),
    ("copying", "办理复制", "次"),
    ("carry_out", "办理外出携带", "次"),
    ("returns", "清退文件", "件"),
    ("destruction", "销毁载体", "件"),
    ("computers", "在册计算机", "台"),
    ("media", "移动存储介质", "个"),
    ("meetings", "涉密会议、活动", "次"),
    ("press_reviews", "信息公开保密审查", "次"),
    ("exits_abroad", "办理出国（境）审批", "人次"),
    ("departures", "办理离岗离职手续", "人"),
    ("inspections", "保密检查", "次"),
    ("incidents", "失泄密事件", "起"),
    ("rectifications", "列入整改的问题", "项"),
];

/// The table of counts; ledgers that were not provided are named below it.
pub(crate) fn counts(source: &Source<'_>) -> Vec<Block> {
    let year = source.data.plan.year;
    let mut rows = Vec::new();
    let mut missing = Vec::new();
    for (ledger, what, unit) in COUNTED {
        match source.table(ledger) {
            Some((schema, table)) => {
                let last = Last::of(source, year);
                rows.push(row(schema, table, (what, unit), year, last));
            }
            None => missing.push(what.to_owned()),
        }
    }
    let columns = [
        ("事项", 30, Align::Start),
        ("单位", 8, Align::Center),
        ("本年度", 14, Align::End),
        ("上年度", 14, Align::End),
        ("增减", 12, Align::End),
    ];
    let caption = format!("{year}年度保密工作情况统计");
    let mut blocks = vec![Block::Table {
        table: tables::plain("year", &caption, &columns, rows),
    }];
    if !missing.is_empty() {
        let told = tables::some_of(&missing, missing.len(), "项");
        blocks.push(paragraph(format!("{told}没有台账，未统计。")));
    }
    blocks
}

/// The last day of this year's count.
struct Last(Day);

impl Last {
    fn of(source: &Source<'_>, year: i32) -> Self {
        let end = Day::of(year, 12, 31).unwrap_or(source.data.plan.as_of);
        Self(end.min(source.data.plan.as_of))
    }
}

/// Records of the year and of the year before; a register without days is counted as it stands.
fn row(
    schema: &LedgerSchema,
    table: &Table,
    (what, unit): (&str, &str),
    year: i32,
    Last(last): Last,
) -> Row {
    let of = |year: i32, month: u32, day: u32| Day::of(year, month, day);
    let years = (of(year, 1, 1), of(year - 1, 1, 1), of(year - 1, 12, 31));
    let (Some(first), Some(before), Some(before_end)) = years else {
        return Row::of([what, unit, "", "", ""].map(str::to_owned));
    };
    let now = within(schema, table, first, last);
    let earlier = within(schema, table, before, before_end).filter(|count| *count > 0);
    let now = now.unwrap_or(table.len());
    let change = earlier.map(|earlier| match now.cmp(&earlier) {
        std::cmp::Ordering::Less => format!("减少{}", earlier - now),
        std::cmp::Ordering::Equal => "持平".to_owned(),
        std::cmp::Ordering::Greater => format!("增加{}", now - earlier),
    });
    let none = || "—".to_owned();
    Row::of([
        what.to_owned(),
        unit.to_owned(),
        now.to_string(),
        earlier.map_or_else(none, |count| count.to_string()),
        change.unwrap_or_else(none),
    ])
}

/// Records whose event lies in the days; `None` for a ledger without days.
fn within(schema: &LedgerSchema, table: &Table, from: Day, to: Day) -> Option<usize> {
    let date = schema.event_date?;
    let is_moment = matches!(schema.fields[usize::from(date.0)].ty, FieldType::DateTime);
    let inside = |row: &u32| match table.cell(*row, date) {
        (CellState::Value, word) if is_moment => {
            let day = Moment(word).day();
            from <= day && day <= to
        }
        (CellState::Value, word) => from <= Day(word) && Day(word) <= to,
        _ => false,
    };
    Some((0..table.len() as u32).filter(inside).count())
}

/// How the self-assessment ended, and against the last one where its results are at hand.
pub(crate) fn assessed(source: &Source<'_>) -> Vec<Block> {
    let score = &source.data.results.score;
    let graded = match score.of.is_positive() {
        true => format!(
            "得分率{}%，自评结果为{}。",
            words::points(score.percent),
            score.grade
        ),
        false => String::new(),
    };
    let found = source.violations().count();
    let found = match found {
        0 => "对已核查的事项，没有发现不符合要求的问题。".to_owned(),
        count => format!("发现问题{count}处。"),
    };
    let illegible = match problems::count_kind(source, FindingKind::Unreadable) {
        0 => String::new(),
        count => format!("另有台账填写不规范{count}处。"),
    };
    let compared = match source.data.results.follow_up.baseline.is_empty() {
        true => String::new(),
        false => crate::view::framing::head::follow_up(source),
    };
    vec![paragraph(format!(
        "对照法律法规和保密制度逐项开展自查自评，{graded}{found}{illegible}{compared}"
    ))]
}

/// What came of the findings: mended, open, overdue. What cannot be read in the ledgers is listed with them.
pub(crate) fn mended(source: &Source<'_>) -> Vec<Block> {
    let findings = source.findings().filter(|f| !f.waived);
    let (fixed, open): (Vec<_>, Vec<_>) = findings.partition(|f| f.state == State::Fixed);
    if fixed.is_empty() && open.is_empty() {
        return vec![paragraph("没有需要整改的问题。".to_owned())];
    }
    let overdue = open.iter().filter(|f| f.rectification.overdue_days > 0);
    let overdue = match overdue.count() {
        0 => String::new(),
        count => format!("，其中超过时限{count}处"),
    };
    let mended = match fixed.len() {
        0 => String::new(),
        count => format!("已整改{count}处，"),
    };
    let illegible = problems::count_kind(source, FindingKind::Unreadable);
    let listed = match illegible {
        0 => "自查发现的问题",
        _ => "自查发现的问题和台账填写不规范之处",
    };
    vec![paragraph(format!(
        "{listed}逐项列入《整改清单》，共{}处，{mended}正在整改{}处{overdue}。",
        fixed.len() + open.len(),
        open.len()
    ))]
}
