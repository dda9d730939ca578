//! What the bureau's report says.

use zicha_rollup::figures::Group;

pub(super) const BUREAU: &str = "保密自查汇总";
pub(super) const DAY: &str = "最近的检查基准日";
pub(super) const STEM: &str = "汇总报告";
pub(super) const WORKBOOK: &str = "汇总表.xlsx";
pub(super) const CSV: &str = "汇总.csv";
pub(super) const JSON: &str = "rollup.json";
pub(super) const REPORT_PURPOSE: &str = "各单位自查情况汇总";
pub(super) const WORKBOOK_PURPOSE: &str = "全部单位、检查项、检查事项的数字，供筛选、排序";
pub(super) const CSV_PURPOSE: &str = "每个单位一行，供其他程序读取";
pub(super) const JSON_PURPOSE: &str = "汇总的全部数据，可以再次汇总";
/// Where rows stand that a document leaves out.
pub(super) const REST: &str = "汇总表.xlsx";

/// The checklist as people call it.
pub(super) fn checklist(id: &str) -> &str {
    match id {
        "annual" => "年度自查",
        "all" => "年度自查和节前检查",
        "spring-festival" => "春节节前检查",
        "may-day" => "五一节前检查",
        "national-day" => "国庆节前检查",
        other => other,
    }
}

/// `2026年度自查`, `2026年春节节前检查`.
pub(super) fn group(group: &Group<'_>) -> String {
    let name = checklist(group.checklist);
    match name.strip_prefix('年') {
        Some(rest) => format!("{}年{rest}", group.year),
        None => format!("{}年{name}", group.year),
    }
}

/// The kind of a unit, by the value id of enumeration `unit_type`.
pub(super) fn kind(id: &str) -> &str {
    match id {
        "government" => "党政机关",
        "institution" => "事业单位",
        "school" => "学校",
        "enterprise" => "企业",
        "other" => "其他",
        _ => "",
    }
}
