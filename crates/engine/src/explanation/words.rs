//! Every phrase of findings and reasons, in the language of those who read them.

use zicha_rule::ir::{Comparison, Ty};

/// Between requirements that must all hold.
pub(crate) const AND: &str = "，且";
/// Between alternatives.
pub(crate) const OR: &str = "，或者";
/// Between two things found together.
pub(crate) const AND_THAT: &str = "，";
/// Between the clauses of one finding.
pub(crate) const ALSO: &str = "；";
/// A condition of a look-up without anything special.
pub(crate) const ANY_RECORD: &str = "任何";

/// A ledger's name.
pub(crate) fn ledger(label: &str) -> String {
    format!("《{label}》")
}

/// A field of a joined record.
pub(crate) fn of_ledger(ledger: &str, field: &str) -> String {
    format!("{ledger}的{field}")
}

/// A field of another record of the same ledger.
pub(crate) fn of_another(field: &str) -> String {
    format!("另一条记录的{field}")
}

/// A thing with its value.
pub(crate) fn with_value(name: &str, value: &str) -> String {
    if value.is_empty() {
        name.to_owned()
    } else {
        format!("{name}（{value}）")
    }
}

/// `a` compared with `b`; by type, because days are early or late and levels high or low.
pub(crate) fn compared(comparison: Comparison, ty: &Ty, a: &str, b: &str) -> String {
    let verb = match (comparison, ty) {
        (Comparison::Equal, Ty::Bool | Ty::Enum(_)) => "为",
        (Comparison::Equal, Ty::Text | Ty::Person | Ty::Department) => "与",
        (Comparison::Equal, _) => "等于",
        (Comparison::NotEqual, Ty::Bool | Ty::Enum(_)) => "不为",
        (Comparison::NotEqual, Ty::Text | Ty::Person | Ty::Department) => "不同于",
        (Comparison::NotEqual, _) => "不等于",
        (Comparison::Less, Ty::Date | Ty::DateTime | Ty::Time) => "早于",
        (Comparison::LessEqual, Ty::Date | Ty::DateTime | Ty::Time) => "不晚于",
        (Comparison::Greater, Ty::Date | Ty::DateTime | Ty::Time) => "晚于",
        (Comparison::GreaterEqual, Ty::Date | Ty::DateTime | Ty::Time) => "不早于",
        (Comparison::Less, Ty::Enum(_) | Ty::Rank(_)) => "低于",
        (Comparison::LessEqual, Ty::Enum(_) | Ty::Rank(_)) => "不高于",
        (Comparison::Greater, Ty::Enum(_) | Ty::Rank(_)) => "高于",
        (Comparison::GreaterEqual, Ty::Enum(_) | Ty::Rank(_)) => "不低于",
        (Comparison::Less, _) => "少于",
        (Comparison::LessEqual, _) => "不超过",
        (Comparison::Greater, _) => "多于",
        (Comparison::GreaterEqual, _) => "不少于",
    };
    let tail = if verb == "与" { "一致" } else { "" };
    format!("{a}{verb}{b}{tail}")
}

/// What a thing is.
pub(crate) fn is(name: &str, value: &str) -> String {
    if value.is_empty() {
        format!("{name}未填写")
    } else {
        format!("{name}为{value}")
    }
}

/// A number of which only the least and the most are known.
pub(crate) fn from_to(least: &str, most: &str) -> String {
    format!("{least}至{most}（有的无法判定）")
}

/// A list with an item.
pub(crate) fn has_item(list: &str, item: &str) -> String {
    format!("{list}中有{item}")
}

/// The items of a list, one by one.
pub(crate) fn each_item(list: &str) -> String {
    format!("{list}中的每一项")
}

/// What a thing without value is taken for.
pub(crate) fn taken_for(state: &str, value: &str) -> String {
    format!("{state}（按{value}计）")
}

/// Whether something is filled in.
pub(crate) fn filled(name: &str, want: bool) -> String {
    if want {
        format!("{name}已填写")
    } else {
        format!("{name}为空")
    }
}

/// Something is not filled in.
pub(crate) fn not_filled(name: &str) -> String {
    format!("{name}未填写")
}

/// Whether a thing is one of several.
pub(crate) fn among(x: &str, list: &str, want: bool) -> String {
    let verb = if want { "属于" } else { "不属于" };
    format!("{x}{verb}“{list}”")
}

/// Whether a thing is among the records of a ledger.
pub(crate) fn listed(x: &str, ledger: &str, condition: &str, want: bool) -> String {
    let verb = if want { "在" } else { "不在" };
    let of = if condition.is_empty() { "" } else { "的" };
    format!("{x}{verb}{ledger}中{condition}{of}记录之列")
}

/// Whether a list has a thing.
pub(crate) fn includes(list: &str, x: &str, want: bool) -> String {
    let verb = if want { "包含" } else { "不包含" };
    format!("{list}{verb}{x}")
}

/// Whether a text has another as a part.
pub(crate) fn mentions(whole: &str, part: &str, want: bool) -> String {
    let verb = if want { "写有" } else { "不含" };
    format!("{whole}{verb}{part}")
}

/// Whether a list lies within another.
pub(crate) fn within(part: &str, whole: &str, want: bool) -> String {
    let verb = if want { "全部在" } else { "不全在" };
    format!("{part}{verb}{whole}之内")
}

/// Whether lists share something.
pub(crate) fn shares(a: &str, b: &str, want: bool) -> String {
    let verb = if want { "有" } else { "没有" };
    format!("{a}与{b}{verb}相同项")
}

/// Whether a ledger has a record.
pub(crate) fn has_record(ledger: &str, condition: &str, want: bool) -> String {
    let verb = if want { "有" } else { "没有" };
    match condition {
        "" => format!("{ledger}中{verb}记录"),
        _ => format!("{ledger}中{verb}{condition}的记录"),
    }
}

/// Records found that should not be there.
pub(crate) fn found_records(ledger: &str, which: &str) -> String {
    format!("{ledger}中有这样的记录：{which}")
}

/// A record sought in vain.
pub(crate) fn found_none(ledger: &str, condition: &str) -> String {
    match condition {
        "" => format!("{ledger}中没有任何记录"),
        _ => format!("{ledger}中没有找到{condition}的记录"),
    }
}

/// What is counted or gathered.
pub(crate) fn gathered(ledger: &str, condition: &str, what: &str) -> String {
    let of = if condition.is_empty() { "" } else { "的" };
    format!("{ledger}中{condition}{of}{what}")
}

/// What is counted.
pub(crate) const NUMBER_OF_RECORDS: &str = "记录数";
/// How many items a list has.
pub(crate) fn number_of(list: &str, distinct: bool) -> String {
    let of = if distinct {
        "不重复的数量"
    } else {
        "的数量"
    };
    format!("{list}{of}")
}
/// A phrase that others surround.
pub(crate) fn bracketed(phrase: &str) -> String {
    format!("（{phrase}）")
}
/// What a sum is of.
pub(crate) fn sum_of(what: &str) -> String {
    format!("{what}合计")
}
/// The least of.
pub(crate) fn least(what: &str) -> String {
    format!("最小的{what}")
}
/// The greatest of.
pub(crate) fn greatest(what: &str) -> String {
    format!("最大的{what}")
}
/// The earliest of.
pub(crate) fn earliest(what: &str) -> String {
    format!("最早的{what}")
}
/// The latest of.
pub(crate) fn last(what: &str) -> String {
    format!("最近一次的{what}")
}

/// Only the first of many are listed.
pub(crate) fn capped(shown: usize, of: usize) -> String {
    format!("（共{of}条，证据只列前{shown}条）")
}

/// A condition under which another must hold.
pub(crate) fn when(condition: &str, then: &str) -> String {
    format!("{condition}时，{then}")
}

/// What is expected of a group that must be unique.
pub(crate) fn unique(fields: &str) -> String {
    format!("{fields}不重复")
}

/// How often a key occurs.
pub(crate) fn repeated(fields: &str, value: &str, times: usize) -> String {
    format!("{fields}“{value}”重复出现{times}次")
}

/// What must be covered without a gap.
pub(crate) fn covered(ledger: &str, interval: &str) -> String {
    format!("{interval}在{ledger}中不间断")
}

/// A gap, as a key and for people.
pub(crate) fn interval(from: &str, to: &str) -> String {
    format!("{from}至{to}")
}

/// What is wrong with a gap.
pub(crate) fn gap(ledger: &str) -> String {
    format!("这段时间在{ledger}中没有登记")
}

/// A quarter of a year.
pub(crate) fn quarter(year: i32, number: u32) -> String {
    format!("{year}年第{number}季度")
}

/// Months of a year.
pub(crate) fn months(year: i32, from: u32, to: u32) -> String {
    if from == to {
        format!("{year}年{from}月")
    } else {
        format!("{year}年{from}月至{to}月")
    }
}

/// What was found where the matter as such is forbidden.
pub(crate) const FORBIDDEN: &str = "登记有这样的情形，而本单位的规定不允许";

/// What is expected where the matter as such is forbidden; a label may explain its values after `：`.
pub(crate) fn forbidden_by(label: &str) -> String {
    format!("按本单位规定（{label}），不得有这样的情形")
}

/// A finding in one sentence.
pub(crate) fn message(who: &str, actual: &str, title: &str) -> String {
    format!("{who}：{actual}，不符合“{title}”的要求。")
}

/// A record named for people.
pub(crate) fn record(ledger: &str, key: &str) -> String {
    format!("{ledger}“{key}”")
}

/// What an on-site question expects.
pub(crate) fn expected_answer(question: &str) -> String {
    format!("现场检查“{question}”答复为“是”")
}

/// What was answered.
pub(crate) fn answered(scope: &str, answer: &str) -> String {
    format!("{scope}的答复为“{answer}”")
}

/// Scopes without a register: nobody knows how many.
pub(crate) fn every(scope: &str) -> String {
    format!("各{scope}")
}

/// A required cell is empty.
pub(crate) fn required(fields: &str) -> String {
    format!("必填项{fields}已填写")
}

/// A reference must resolve.
pub(crate) fn resolves(field: &str, ledger: &str) -> String {
    format!("{field}能在{ledger}中查到")
}

/// A reference does not resolve.
pub(crate) fn does_not_resolve(field: &str, value: &str, ledger: &str) -> String {
    format!("{field}“{value}”在{ledger}中查不到")
}

/// A name that several persons bear.
pub(crate) fn several_bear(field: &str, value: &str) -> String {
    format!("{field}“{value}”有重名，无法对应到人")
}
