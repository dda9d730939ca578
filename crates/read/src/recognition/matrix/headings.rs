//! What the headings of a roster stand for.

use super::clock::Shift;
use crate::formats::grid::Grid;
use crate::values::normalise;

/// What a column or a row of a roster holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Who is on duty in a shift.
    Shift(Shift),
    /// Who leads those on duty.
    Leader,
    /// Who is on duty.
    Role,
    /// Telephones.
    Phone,
    /// Anything else.
    Other,
}

const PHONES: [&str; 5] = ["电话", "手机", "联系方式", "号码", "短号"];
const LEADERS: [&str; 5] = ["带班", "领导", "负责人", "指挥", "总值班"];
const ROLES: [&str; 13] = [
    "值班",
    "值守",
    "值勤",
    "值日",
    "司机",
    "驾驶员",
    "民警",
    "辅警",
    "主班",
    "副班",
    "备班",
    "主值",
    "副值",
];
/// Words of headings that name no people though they speak of duty.
const NO_ROLES: [&str; 20] = [
    "日期", "时间", "地点", "情况", "记录", "签", "事项", "部门", "单位", "要求", "内容", "交接",
    "星期", "备注", "地址", "室", "编号", "时段", "天数", "次数",
];
const PEOPLE: [&str; 4] = ["姓名", "人员", "人", "名单"];

/// What a heading stands for.
pub(super) fn kind(text: &str) -> Kind {
    const LONGEST: usize = 90;
    let text = normalise::squeezed(text);
    if text.is_empty() || text.len() > LONGEST {
        return Kind::Other;
    }
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let joined = text.contains(['及', '和', '与', '、', '/', '(', '兼']);
    if has(&PHONES) && !(joined && (has(&ROLES) || has(&LEADERS) || text.contains("姓名"))) {
        return Kind::Phone;
    }
    let telling = !has(&["日期", "时间", "备注", "说明"]);
    if let Some(shift) = Shift::of(&text).filter(|_| telling) {
        return match has(&LEADERS) {
            true => Kind::Leader,
            false => Kind::Shift(shift),
        };
    }
    if has(&LEADERS) {
        return Kind::Leader;
    }
    let bare = normalise::without_brackets(&text);
    if (has(&ROLES) && !has(&NO_ROLES)) || PEOPLE.contains(&bare.as_str()) {
        return Kind::Role;
    }
    Kind::Other
}

/// A column of a roster.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) column: u32,
    /// Its heading, of two rows joined.
    pub(super) heading: String,
    pub(super) kind: Kind,
}

/// The columns under a heading row, and how many rows the heading takes: below a shift there may stand
/// 值班员 and 电话. `dates`: the column of days, which a second row of headings leaves empty.
pub(super) fn columns(grid: &Grid, at: usize, dates: u32) -> (Vec<Column>, usize) {
    let top = grid.row(at);
    let second = (at + 1 < grid.len())
        .then(|| grid.row(at + 1))
        .filter(|row| {
            let known = |text: &str| kind(text) != Kind::Other || PEOPLE.contains(&text);
            row.text(dates).is_empty() && row.cells().any(|cell| known(cell.text.trim()))
        });
    let Some(below) = second else {
        let columns = top.cells().map(|cell| Column {
            column: cell.column,
            heading: normalise::text(cell.text),
            kind: kind(cell.text),
        });
        return (columns.collect(), 1);
    };
    let last = top
        .cells()
        .chain(below.cells())
        .map(|cell| cell.column)
        .max();
    let mut group = String::new();
    let mut columns = Vec::new();
    for column in 0..=last.unwrap_or(0) {
        let (above, own) = (top.text(column), below.text(column));
        match (above.is_empty(), own.is_empty()) {
            (true, true) => {
                group.clear();
                continue;
            }
            (false, _) => above.clone_into(&mut group),
            (true, false) => {}
        }
        columns.push(Column {
            column,
            heading: normalise::text(&format!("{group}{own}")),
            kind: under(&group, own),
        });
    }
    (columns, 2)
}

/// What a heading below another stands for.
fn under(group: &str, own: &str) -> Kind {
    match (kind(group), kind(own)) {
        (above, _) if own.is_empty() => above,
        (_, Kind::Phone) => Kind::Phone,
        (Kind::Shift(_), Kind::Leader) | (Kind::Leader, _) => Kind::Leader,
        (Kind::Shift(shift), Kind::Role) => Kind::Shift(shift),
        (_, own) => own,
    }
}
