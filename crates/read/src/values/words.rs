//! What understanding the ledgers says to people.

use zicha_model::schema::EnumSchema;

/// An error value of a formula.
pub(crate) const FORMULA_ERROR: &str = "公式计算结果出错，请改为实际内容";
/// 同上 without anything above.
pub(crate) const NOTHING_ABOVE: &str = "上面没有可引用的内容，请写出实际内容";
/// A name that several people bear.
pub(crate) const AMBIGUOUS_NAME: &str = "用人员编号区分同名者";
/// Names within a list that several persons bear; the others of the list count.
pub(crate) fn ambiguous_names(names: &[&str]) -> String {
    let names = names.join("、");
    format!("用人员编号写明其中的“{names}”是哪一位（有同名者，其余人员已照常计入）")
}

/// A list of persons that leaves some unnamed.
pub(crate) const EVERY_NAME: &str = "逐一写出的姓名（不写“等”“全体”）";
/// A term until a day, without the day it counts from.
pub(crate) const NO_START_OF_TERM: &str =
    "本行缺确定（收文）日期，无法由解密日期折算年数；请写年数，如 5年";

/// An end written as a mere time of day that lies before the start.
pub(crate) const END_BEFORE_START: &str =
    "带日期的结束时间，如 2026-03-06 08:00（只写时刻则早于开始时间，可能是次日）";

/// For date columns.
pub(crate) fn expect_date() -> String {
    "日期，如 2026-03-05 或 2026年3月5日".to_owned()
}

/// For months of a year.
pub(crate) fn expect_month() -> String {
    "写明年份的一个月份，如 2026-05 或 2026年5月".to_owned()
}

/// For dates without a year where the sheet has none either.
pub(crate) fn expect_year() -> String {
    "带年份的日期，如 2026-03-05（表名和标题中没有年份）".to_owned()
}

/// For dates that do not exist.
pub(crate) fn no_such_day(year: i32, month: i32, day: i32) -> String {
    format!("实际存在的日期（没有 {year}年{month}月{day}日），如 2026-03-05")
}

/// For whole numbers.
pub(crate) fn expect_integer() -> String {
    "整数，如 3 或 3份".to_owned()
}

/// For decimals.
pub(crate) fn expect_decimal() -> String {
    "数字，如 300 或 1,200.5元".to_owned()
}

/// For months.
pub(crate) fn expect_months() -> String {
    "月数，如 6、6个月 或 2年".to_owned()
}

/// For yes and no.
pub(crate) fn expect_bool() -> String {
    "是 或 否（也可写 √、×、有、无、已、未）".to_owned()
}

/// For level cells.
pub(crate) fn expect_level() -> String {
    "密级，如 机密、机密★5年、绝密★长期、内部、公开".to_owned()
}

/// For retention terms.
pub(crate) fn expect_term() -> String {
    "保密期限，如 5年、长期、解密日期或解密条件".to_owned()
}

/// For enumerations: the words, the first eight of them.
pub(crate) fn expect_one_of(schema: &EnumSchema) -> String {
    let labels: Vec<&str> = schema.values.iter().map(|v| v.label.as_str()).collect();
    let more = if labels.len() > 8 { "等" } else { "" };
    let shown = labels[..labels.len().min(8)].join("、");
    format!("{}之一：{shown}{more}", schema.label)
}

/// Told of a roster of everybody beside a list of those with access to secrets.
pub(crate) const OTHERS_NOT_CLEARED: &str =
    "没有“涉密人员类别”列，另有涉密人员名单：名单以外的人员按非涉密计（假定）";

/// A fact of a person that two rosters state otherwise; `here`: file, cell and what stands there.
pub(crate) fn rosters_differ(
    name: &str,
    field: &str,
    here: (&str, &str, &str),
    there: &str,
) -> String {
    let (file, cell, text) = here;
    format!(
        "“{name}”的“{field}”两张名册不一致：此处为“{there}”，{file} 的 {cell} 为“{text}”，按后者计"
    )
}
