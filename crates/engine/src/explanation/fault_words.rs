//! The phrases that papers say a fault in. Each states what is, never what ought to be.

use zicha_rule::ir::{Aggregate, Comparison, Ty};

/// A column or value that ends in a day: its name, and the day as spoken.
pub(super) type Named = (String, String);

/// A label without remarks in brackets: `铁(防护)窗` is `铁窗`.
pub(crate) fn bare(label: &str) -> String {
    let mut bare = String::new();
    let mut depth = 0_u32;
    for c in label.chars() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            c if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    bare
}

/// A cell that is empty.
pub(crate) fn lacking(label: &str, person: bool) -> String {
    let needs_no_verb = person || label.ends_with("日期") || label.ends_with("时间");
    match needs_no_verb {
        true => format!("没有{label}"),
        false => format!("没有登记{label}"),
    }
}

/// A yes-or-no column that says the wrong thing: `是否` is taken out of its name.
pub(super) fn stated(name: &str, is: bool) -> String {
    match (name.split_once("是否"), is) {
        (Some((what, rest)), true) => format!("{what}{rest}"),
        (Some((what, rest)), false) => format!("{what}{}", denied(rest)),
        (None, true) => format!("有{name}"),
        (None, false) => format!("没有{name}"),
    }
}

/// The opposite of what follows `是否`.
fn denied(rest: &str) -> String {
    const STATES: [&str; 5] = ["符合", "正常", "完好", "属于", "物理隔离"];
    const THINGS: [&str; 4] = ["设备", "人员", "系统", "需要"];
    if let Some(done) = rest.strip_prefix('已') {
        format!("没有{done}")
    } else if rest == "物理隔离" {
        "没有物理隔离".to_owned()
    } else if STATES.iter().any(|state| rest.starts_with(state)) {
        format!("不{rest}")
    } else if THINGS.iter().any(|thing| rest.ends_with(thing)) {
        format!("不是{rest}")
    } else {
        format!("没有{rest}")
    }
}

/// A column's value.
pub(super) fn is(name: &str, value: &str) -> String {
    match value.is_empty() {
        true => format!("{name}不明"),
        false => format!("{name}为{value}"),
    }
}

/// A look-up that found nothing.
pub(super) fn no_record(ledger: &str) -> String {
    format!("《{ledger}》中没有相应记录")
}

/// Records that ought not to be there.
pub(super) fn still_there(ledger: &str, which: &str) -> String {
    format!("《{ledger}》中仍有{which}")
}

/// What the latest of several days is called.
pub(super) const LAST_DONE: &str = "最近一次办理日期";

/// What is gathered from several records.
pub(super) fn aggregated(how: Aggregate, name: &str, is_day: bool) -> String {
    match (how, is_day) {
        (Aggregate::Sum, _) => format!("{name}合计"),
        (Aggregate::Min, true) => format!("最早的{name}"),
        (Aggregate::Max, true) => format!("最近的{name}"),
        (Aggregate::Min, false) => format!("最低的{name}"),
        (Aggregate::Max, false) => format!("最高的{name}"),
    }
}

/// Records that are counted.
pub(super) fn records(ledger: &str) -> String {
    format!("《{ledger}》相应记录")
}

/// A day after which too many months went by.
pub(super) fn long_ago(name: &str, day: &str, months: i64) -> String {
    format!("{name}（{day}）至今已超过{months}个月")
}

/// The word that counts the things of a list, by their type: people, departments, kinds, numbers.
pub(super) fn counter(things: &Ty) -> &'static str {
    match things {
        Ty::Person => "人",
        Ty::Enum(_) => "种",
        _ => "个",
    }
}

/// A list that is too long or too short; `unit` is its counter word.
pub(super) fn counted(
    name: &str,
    (count, limit, unit): (&str, &str, &str),
    items: &str,
    how: Comparison,
) -> String {
    let items = match items.is_empty() {
        true => String::new(),
        false => format!("（{items}）"),
    };
    match how {
        Comparison::GreaterEqual | Comparison::Greater if count == "0" => {
            format!("没有{name}")
        }
        Comparison::GreaterEqual | Comparison::Greater => {
            format!("{name}只有{count}{unit}{items}")
        }
        _ => format!("{name}{count}{unit}{items}，应为{limit}{unit}"),
    }
}

/// A comparison that does not hold, in words.
#[derive(Clone, Copy)]
pub(super) struct Compared<'t> {
    /// What ought to be so.
    pub(super) how: Comparison,
    /// What is compared.
    pub(super) name: &'t str,
    /// Its value.
    pub(super) seen: &'t str,
    /// What it is compared with; empty where that is given for all records.
    pub(super) other: &'t str,
    /// The other value.
    pub(super) limit: &'t str,
}

impl Compared<'_> {
    /// Two days in the wrong order.
    pub(super) fn day(&self) -> String {
        let Self {
            how,
            name,
            seen,
            other,
            limit,
        } = *self;
        let relation = match how {
            Comparison::Less | Comparison::LessEqual => "晚于",
            Comparison::Greater | Comparison::GreaterEqual => "早于",
            Comparison::Equal => "不是",
            Comparison::NotEqual => "就是",
        };
        match other.is_empty() {
            true if matches!(how, Comparison::Greater | Comparison::GreaterEqual) => {
                format!("{name}（{seen}）已过")
            }
            true => format!("{name}（{seen}）{relation}{limit}"),
            false => format!("{name}（{seen}）{relation}{other}（{limit}）"),
        }
    }

    /// A number beyond its bound.
    pub(super) fn number(&self) -> String {
        let Self {
            how,
            name,
            seen,
            other,
            limit,
        } = *self;
        let relation = match how {
            Comparison::Less | Comparison::LessEqual => "超过",
            Comparison::Greater | Comparison::GreaterEqual => "少于",
            Comparison::Equal => "不是",
            Comparison::NotEqual => "等于",
        };
        match (other.is_empty(), how) {
            (false, Comparison::Equal) => format!("{name}{seen}与{other}{limit}不符"),
            (false, _) => format!("{name}{seen}，{relation}{other}{limit}"),
            (true, _) => format!("{name}{seen}，{relation}{limit}"),
        }
    }

    /// A level or rank that is too high, too low or another one.
    pub(super) fn rank(&self) -> String {
        let Self {
            how,
            name,
            seen,
            other,
            limit,
        } = *self;
        let relation = match how {
            Comparison::Less | Comparison::LessEqual => "高于",
            Comparison::Greater | Comparison::GreaterEqual => "低于",
            Comparison::Equal if !other.is_empty() => "不同于",
            Comparison::Equal | Comparison::NotEqual => return is(name, seen),
        };
        match other.is_empty() {
            true => format!("{name}为{seen}，{relation}{limit}"),
            false => format!("{name}为{seen}，{relation}{other}{limit}"),
        }
    }

    /// Two texts or names that ought to agree.
    pub(super) fn text(&self) -> String {
        let Self {
            how,
            name,
            seen,
            other,
            limit,
        } = *self;
        match (how, other.is_empty()) {
            (Comparison::Equal, false) => format!("{name}{seen}与{other}{limit}不一致"),
            _ => is(name, seen),
        }
    }
}

/// A period that ends with the day of the check.
pub(super) fn up_to_now(first: &Named, span: &str, most: &str) -> String {
    format!("{}（{}）至今{span}，超过{most}", first.0, first.1)
}

/// What ought to be there by now.
pub(super) fn overdue(lacking: &str) -> String {
    format!("已过期限，{lacking}")
}

/// A day that another one, reckoned from a third, contradicts.
pub(super) fn does_not_fit(day: &Named) -> String {
    format!("{}（{}）与规定的期限不符", day.0, day.1)
}

/// Two days the wrong way round.
pub(super) fn earlier(last: &Named, first: &Named) -> String {
    format!("{}（{}）早于{}（{}）", last.0, last.1, first.0, first.1)
}

/// Two days too far apart.
pub(super) fn apart(first: &Named, last: &Named, span: &str, most: &str) -> String {
    let beyond = match most {
        "0天" => "没有当日办理".to_owned(),
        most => format!("超过{most}"),
    };
    format!("{}至{}历时{span}，{beyond}", first.0, last.0)
}

/// Days as people say them.
pub(super) fn days(days: i64) -> String {
    format!("{days}天")
}

/// Minutes as hours and minutes: `78小时50分`.
pub(super) fn hours(minutes: i64) -> String {
    let (hours, rest) = (minutes.div_euclid(60), minutes.rem_euclid(60));
    match (hours, rest) {
        (0, rest) => format!("{rest}分钟"),
        (hours, 0) => format!("{hours}小时"),
        (hours, rest) => format!("{hours}小时{rest}分"),
    }
}

/// Time that no duty covers.
pub(crate) const GAP: &str = "没有安排值班";

/// What an inspector found: the title of the control tells what.
pub(crate) fn found_on_site(scope: &str) -> String {
    format!("（现场检查，{scope}）")
}

/// Joins several faults of one record.
pub(super) const ALSO: &str = "，";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_yes_or_no_column_becomes_a_fact() {
        for (name, is, said) in [
            ("是否接受采访", true, "接受采访"),
            ("事项是否正在办理", true, "事项正在办理"),
            ("手机是否管控", false, "手机没有管控"),
            ("场所是否符合保密要求", false, "场所不符合保密要求"),
            ("是否已告知全员", false, "没有告知全员"),
            ("是否加密设备", false, "不是加密设备"),
            ("是否物理隔离", false, "没有物理隔离"),
            ("报警装置", false, "没有报警装置"),
        ] {
            assert_eq!(stated(name, is), said);
        }
    }

    #[test]
    fn a_list_is_counted_with_the_word_for_its_things() {
        let told = |things, how| counted("复制件编号", ("1", "3", counter(things)), "复1", how);
        let short = Comparison::GreaterEqual;
        assert_eq!(told(&Ty::Text, short), "复制件编号只有1个（复1）");
        assert_eq!(told(&Ty::Person, short), "复制件编号只有1人（复1）");
        let exact = told(&Ty::Text, Comparison::Equal);
        assert_eq!(exact, "复制件编号1个（复1），应为3个");
    }

    #[test]
    fn durations_are_said_in_hours_and_minutes() {
        assert_eq!(hours(78 * 60 + 50), "78小时50分");
        assert_eq!(hours(24 * 60), "24小时");
        assert_eq!(hours(40), "40分钟");
    }

    #[test]
    fn labels_lose_their_remarks() {
        assert_eq!(bare("铁(防护)窗"), "铁窗");
        assert_eq!(bare("脱密期(月)"), "脱密期");
    }
}
