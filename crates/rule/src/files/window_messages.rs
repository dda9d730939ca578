//! What a control looks at: the period of each checklist, and which records lie in it.

pub(crate) fn window_annual() -> String {
    "年度检查的期间：检查年度的1月1日至12月31日".to_owned()
}

pub(crate) fn window_festival() -> String {
    "节日检查的期间：节日当年的1月1日至放假末日".to_owned()
}

/// The records of a ledger; `event` is the date that decides whether one lies in the period.
pub(crate) fn window_records(label: &str, event: Option<&str>, open: bool) -> String {
    let Some(event) = event else {
        return format!("《{label}》：现有的全部记录，不论日期");
    };
    let open = if open { "，以及尚未办结的" } else { "" };
    format!("《{label}》：{event}在期间以内的记录{open}；没有填日期的也算")
}

pub(crate) fn window_answers() -> String {
    "现场检查：答复日期在期间以内的答复；没有填日期的也算".to_owned()
}

pub(crate) fn window_days_off() -> String {
    "放假首日、末日：按公布的放假安排，未收录的年度按法定节假日".to_owned()
}

pub(crate) fn window_quarters() -> String {
    "检查年度的每个季度".to_owned()
}

pub(crate) fn window_months() -> String {
    "检查年度的各月，按规则中的月数分段".to_owned()
}

pub(crate) fn window_items() -> String {
    "参数中列出的每一项；查到的记录不论日期，规则中另写日期的按规则".to_owned()
}

pub(crate) fn window_covered() -> String {
    "规则中写明的起止日之间的每个时段".to_owned()
}

pub(crate) fn window_integrity() -> String {
    "所有台账的全部记录".to_owned()
}

pub(crate) fn window_unit() -> String {
    "单位整体：查到的记录不论日期，规则中另写日期的按规则".to_owned()
}
