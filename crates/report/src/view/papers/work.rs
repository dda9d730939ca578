//! What was done in the year, matter by matter: counts from the ledgers first, then how the check
//! ended.

use super::run_in;
use crate::document::blocks::Block;
use crate::view::results::chapters;
use crate::view::source::Source;
use crate::view::words;
use zicha_model::{
    chapter::CHAPTERS,
    dataset::{CellState, Table},
    schema::LedgerSchema,
    time::{Day, Moment},
};

/// Matter, ledger, and the words before and after the number of its records. Ledgers with an event
/// date count the records of the period, registers all.
const DONE: [(usize, &str, &str, &str); 25] = [
    (1, "leadership_group", "保密工作领导小组成员", "人"),
    (1, "work_records", "开展保密工作活动", "次"),
    (1, "inspections", "开展保密检查", "次"),
    (2, "regimes", "现行保密制度", "项"),
    (3, "trainings", "组织保密教育培训", "次"),
    (4, "personnel", "在册人员", "人"),
    (4, "commitments", "签订保密承诺书", "份"),
    (4, "exits_abroad", "办理出国（境）审批", "人次"),
    (4, "departures", "办理离岗离职手续", "人"),
    (5, "classification_decisions", "定密事项", "件"),
    (6, "documents_received", "登记收文", "件"),
    (6, "dispatches", "登记发文", "件"),
    (6, "borrowing", "办理借阅", "次"),
    (6, "copying", "办理复制", "次"),
    (6, "returns", "清退文件", "件"),
    (6, "destruction", "销毁载体", "件"),
    (7, "computers", "在册计算机", "台"),
    (7, "media", "移动存储介质", "个"),
    (7, "peripherals", "办公自动化设备", "台"),
    (8, "systems", "信息系统和网络", "个"),
    (9, "key_sites", "保密要害部门部位（保密室）", "处"),
    (9, "visitors", "登记来访", "人次"),
    (10, "third_parties", "外部合作单位和人员", "个"),
    (11, "meetings", "涉密会议、活动", "次"),
    (12, "press_reviews", "开展信息公开保密审查", "次"),
];

/// A paragraph a matter that was checked.
pub(crate) fn blocks(source: &Source<'_>) -> Vec<Block> {
    let matters = (1..=CHAPTERS.len()).filter_map(|matter| {
        let result = result(source, matter)?;
        let done: Vec<_> = DONE
            .iter()
            .filter(|(of, ..)| *of == matter)
            .filter_map(|&(_, ledger, before, after)| told(source, ledger, before, after))
            .collect();
        let done = match done.is_empty() {
            true => String::new(),
            false => format!("{}。", done.join("，")),
        };
        let title = format!(
            "（{}）{}。",
            words::chinese_number(matter),
            CHAPTERS[matter - 1]
        );
        Some(run_in(&title, format!("{done}{result}")))
    });
    matters.collect()
}

fn told(source: &Source<'_>, ledger: &str, before: &str, after: &str) -> Option<String> {
    let (schema, table) = source.table(ledger)?;
    let count = counted(source, schema, table);
    (count > 0).then(|| format!("{before}{count}{after}"))
}

/// Records whose event lies in the period; all of a register.
fn counted(source: &Source<'_>, schema: &LedgerSchema, table: &Table) -> usize {
    let plan = source.data.plan;
    let period = plan
        .annual
        .or(plan.festival.as_ref().map(|(period, _)| *period));
    let (Some(date), Some(period)) = (schema.event_date, period) else {
        return table.len();
    };
    let is_moment = matches!(
        schema.fields[usize::from(date.0)].ty,
        zicha_model::schema::FieldType::DateTime
    );
    let last = period.to.min(plan.as_of);
    let inside = |row: &u32| match table.cell(*row, date) {
        (CellState::Value, word) => {
            let day = if is_moment {
                Moment(word).day()
            } else {
                Day(word)
            };
            period.from <= day && day <= last
        }
        _ => false,
    };
    (0..table.len() as u32).filter(inside).count()
}

/// How the check of a matter ended, in a sentence; `None` if no requirement of it stands.
fn result(source: &Source<'_>, matter: usize) -> Option<String> {
    let controls = source.data.results.controls.iter();
    let [fail, unknown, unchecked, waived, pass, ..] =
        chapters::count(controls.filter(|c| c.chapter.parse() == Ok(matter)));
    let judged = fail + unknown + unchecked + waived + pass;
    if judged == 0 {
        return None;
    }
    let mut parts = Vec::new();
    if pass > 0 {
        parts.push(format!("符合要求{pass}项"));
    }
    if fail > 0 {
        parts.push(format!("存在问题{fail}项"));
    }
    if unknown + unchecked > 0 {
        parts.push(format!("有待核查{}项", unknown + unchecked));
    }
    if waived > 0 {
        parts.push(format!("在期限内豁免{waived}项"));
    }
    Some(format!("检查{judged}项，{}。", parts.join("，")))
}
