//! Why something was not or could not be judged, in the language of those who read it.

/// A ledger was not provided.
pub(crate) fn not_provided(ledger: &str) -> String {
    format!("未提供{ledger}")
}

/// A ledger has no rows though it should have some.
pub(crate) fn is_empty(ledger: &str) -> String {
    format!("{ledger}没有任何记录")
}

/// A ledger that the unit does not keep.
pub(crate) fn not_kept(ledger: &str, reason: &str) -> String {
    format!("本单位不设{ledger}：{reason}")
}

/// A cell that is needed is empty.
pub(crate) fn cell_empty(name: &str) -> String {
    format!("{name}未填写，无法判定")
}

/// A cell that is needed cannot be read.
pub(crate) fn cell_unreadable(name: &str, raw: &str) -> String {
    format!("{name}“{raw}”无法识别，无法判定")
}

/// Cells of a column that cannot be read.
pub(crate) fn cells_unreadable(name: &str) -> String {
    format!("{name}无法识别，无法判定")
}

/// The day has not come for several records.
pub(crate) const NOT_DUE_YET: &str = "尚未到期，暂不判定";

/// References of several records that are not there.
pub(crate) fn all_dangling(name: &str, ledger: &str) -> String {
    format!("{name}在{ledger}中查不到，无法判定")
}

/// A fact is dated after the day of the check.
pub(crate) fn future(name: &str, raw: &str, as_of: &str) -> String {
    format!("{name}“{raw}”晚于检查基准日{as_of}，不能作为已经发生的依据，无法判定")
}

/// Facts of several records are dated after the day of the check.
pub(crate) fn all_future(name: &str) -> String {
    format!("{name}晚于检查基准日，不能作为已经发生的依据，无法判定")
}

/// A column that is needed is missing.
pub(crate) fn column_missing(ledger: &str, field: &str) -> String {
    format!("{ledger}没有“{field}”一列，无法判定")
}

/// An aggregate met nothing.
pub(crate) fn nothing_to_gather(ledger: &str) -> String {
    format!("{ledger}中没有可供比较的记录，无法判定")
}

/// The day has not come.
pub(crate) fn not_due(day: &str) -> String {
    format!("尚未到期（{day}前完成即可），暂不判定")
}

/// A run without festival.
pub(crate) const NO_FESTIVAL: &str = "本次检查未指定节日，无法判定";
/// The time of day is missing.
pub(crate) fn no_time(name: &str) -> String {
    format!("{name}只写了日期，没有写时刻，无法判定")
}
/// Something has no order or is out of range.
pub(crate) const UNDEFINED: &str = "所填内容无法比较，无法判定";
/// A parameter without value.
pub(crate) fn unset(label: &str) -> String {
    format!("参数“{label}”未设定，无法判定")
}

/// A reference to a record that is not there.
pub(crate) fn dangling(name: &str, value: &str, ledger: &str) -> String {
    format!("{name}“{value}”在{ledger}中查不到，无法判定")
}

/// No record to judge.
pub(crate) const NO_SUBJECT: &str = "没有需要检查的对象";
/// All records that it means are left out by packs.
pub(crate) fn all_passed_over(records: u32) -> String {
    format!("清单包收窄后没有需要检查的对象（另有 {records} 条记录未检查）")
}
/// The condition of the control does not hold.
pub(crate) const DOES_NOT_APPLY: &str = "本单位情况不适用本条";
/// A control that the unit disabled.
pub(crate) fn disabled(reason: &str) -> String {
    format!("本单位停用：{reason}")
}

/// A control whose demands others check; `None` if it stands for itself.
pub(crate) fn merged(into: &[String]) -> Option<String> {
    let others = into.join("、");
    (!into.is_empty()).then(|| format!("与 {others} 要求相同，由其一并检查，不重复判定"))
}

/// Answers that are missing.
pub(crate) fn unanswered(given: usize, of: usize) -> String {
    format!("现场检查项应答{of}项，已答{given}项")
}

/// 不适用 that nobody can follow.
pub(crate) const NO_REASON: &str = "答复“不适用”没有说明理由，不作为答复";
/// A name in a list that may mean the person in question.
pub(crate) fn namesakes(name: &str) -> String {
    format!("名单中的“{name}”有同名者，是哪一位无法判定")
}

/// Hours at the beginning that belong to the night shift of the day before.
pub(crate) fn night_of_the_eve(interval: &str) -> String {
    format!("{interval}属于前一天的夜班，值班安排从次日白班写起，没有列出")
}

/// References that cannot be checked.
pub(crate) fn unchecked_references(ledger: &str) -> String {
    format!("未提供{ledger}，引用它的内容无法核对")
}
