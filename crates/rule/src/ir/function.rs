//! The functions of the language: names in both languages, how they are written, what they take and give.
//!
//! A new function begins here; the compiler then asks for its value (`zicha_engine`, `rows/functions.rs`) and
//! for the words that explain it (`explanation/describe.rs`).

use crate::ir::Ty;

/// Functions of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// `present(x)`: two-valued, unless the column does not exist.
    Present,
    /// `absent(x)`.
    Absent,
    /// `coalesce(a, b)`: `b` where `a` is absent.
    Coalesce,
    /// `date(t)`.
    Date,
    /// `time(t)`: cannot tell for a moment of which only the day is known.
    Time,
    /// `year(d)`.
    Year,
    /// `month(d)`: text `YYYY-MM`.
    Month,
    /// `add_days(d, n)`.
    AddDays,
    /// `add_months(d, n)`.
    AddMonths,
    /// `add_years(d, n)`.
    AddYears,
    /// `end_of_year(y)`.
    EndOfYear,
    /// `days_between(a, b)` = b - a.
    DaysBetween,
    /// `hours_between(a, b)` = b - a in hours, to the minute; where only a day is known, some minute of it.
    HoursBetween,
    /// `rank(x)`.
    Rank,
    /// `max(a, b, …)`: the greater; absent ones are left out. With one argument, the greatest item
    /// of that list (an empty or absent list gives nothing). Enumerations compare by rank.
    Max,
    /// `min(a, b, …)`, `min(list)`.
    Min,
    /// `count(list)`: an absent list counts 0.
    Count,
    /// `pending(d)`: cannot tell while `as_of < d` (not yet due), false from that day on. Written
    /// `COND or pending(end_of_year(check_year))`: a yearly minimum is no fault early in the year.
    Pending,
    /// `split(text)`: a list, split at 、，,；; and blanks.
    Split,
    /// `distinct(list)`: the list without repetitions.
    Distinct,
    /// `deadline_days(id)`: the calendar days of the control of that id; absent if there is no such
    /// control, so that `present(deadline_days(x))` tells whether `x` is one.
    DeadlineDays,
}

/// Types of arguments (`None`: any).
type Arguments = &'static [Option<&'static Ty>];

const DAY: Arguments = &[Some(&Ty::Date)];
const TWO_DAYS: Arguments = &[Some(&Ty::Date), Some(&Ty::Date)];
const DAY_AND_NUMBER: Arguments = &[Some(&Ty::Date), Some(&Ty::Integer)];

/// What a function is called and how it is used.
pub(crate) struct Definition {
    /// English name.
    pub(crate) english: &'static str,
    /// Chinese name.
    pub(crate) chinese: &'static str,
    /// Its arguments as messages show them.
    pub(crate) written: &'static str,
    /// The least and the greatest number of arguments.
    pub(crate) arity: (usize, usize),
    /// Types of arguments and result; `None` where the result follows from the arguments.
    pub(crate) types: Option<(Arguments, Ty)>,
}

impl Function {
    /// All, in the order in which they are listed to people.
    pub(crate) const ALL: [Self; 21] = [
        Self::Present,
        Self::Absent,
        Self::Coalesce,
        Self::Date,
        Self::Time,
        Self::Year,
        Self::Month,
        Self::AddDays,
        Self::AddMonths,
        Self::AddYears,
        Self::EndOfYear,
        Self::DaysBetween,
        Self::HoursBetween,
        Self::Rank,
        Self::Max,
        Self::Min,
        Self::Count,
        Self::Pending,
        Self::Split,
        Self::Distinct,
        Self::DeadlineDays,
    ];

    /// Its definition.
    pub(crate) fn definition(self) -> Definition {
        match self {
            Self::Present => of(
                ("present", "已填"),
                "(列)",
                (1, 1),
                Some((&[None], Ty::Bool)),
            ),
            Self::Absent => of(
                ("absent", "未填"),
                "(列)",
                (1, 1),
                Some((&[None], Ty::Bool)),
            ),
            Self::Coalesce => of(("coalesce", "缺省"), "(原值, 没填时用的值)", (2, 2), None),
            Self::Date => of(
                ("date", "日期"),
                "(日期时间)",
                (1, 1),
                Some((DAY, Ty::Date)),
            ),
            Self::Time => of(
                ("time", "时刻"),
                "(日期时间)",
                (1, 1),
                Some((&[Some(&Ty::DateTime)], Ty::Time)),
            ),
            Self::Year => of(("year", "年份"), "(日期)", (1, 1), Some((DAY, Ty::Integer))),
            Self::Month => of(("month", "年月"), "(日期)", (1, 1), Some((DAY, Ty::Text))),
            Self::AddDays => of(
                ("add_days", "加天"),
                "(日期, 天数)",
                (2, 2),
                Some((DAY_AND_NUMBER, Ty::Date)),
            ),
            Self::AddMonths => of(
                ("add_months", "加月"),
                "(日期, 月数)",
                (2, 2),
                Some((DAY_AND_NUMBER, Ty::Date)),
            ),
            Self::AddYears => of(
                ("add_years", "加年"),
                "(日期, 年数)",
                (2, 2),
                Some((DAY_AND_NUMBER, Ty::Date)),
            ),
            Self::EndOfYear => of(
                ("end_of_year", "年末"),
                "(年度)",
                (1, 1),
                Some((&[Some(&Ty::Integer)], Ty::Date)),
            ),
            Self::DaysBetween => of(
                ("days_between", "相隔天数"),
                "(较早, 较晚)",
                (2, 2),
                Some((TWO_DAYS, Ty::Integer)),
            ),
            Self::HoursBetween => of(
                ("hours_between", "相隔小时"),
                "(较早, 较晚)",
                (2, 2),
                Some((TWO_DAYS, Ty::Decimal)),
            ),
            Self::Rank => of(("rank", "级次"), "(密级等分高低的列)", (1, 1), None),
            Self::Max => of(("max", "最大"), "(一个, 另一个) 或一个列表", (1, 16), None),
            Self::Min => of(("min", "最小"), "(一个, 另一个) 或一个列表", (1, 16), None),
            Self::Count => of(("count", "计数"), "(列表)", (1, 1), None),
            Self::Pending => of(
                ("pending", "未到期"),
                "(日期)",
                (1, 1),
                Some((DAY, Ty::Bool)),
            ),
            Self::Split => of(
                ("split", "拆分"),
                "(文字)",
                (1, 1),
                Some((&[Some(&Ty::Text)], Ty::List(Box::new(Ty::Text)))),
            ),
            Self::Distinct => of(("distinct", "去重"), "(列表)", (1, 1), None),
            Self::DeadlineDays => of(
                ("deadline_days", "整改天数"),
                "(条目编号)",
                (1, 1),
                Some((&[Some(&Ty::Text)], Ty::Integer)),
            ),
        }
    }
}

/// A function of so many arguments.
fn of(
    (english, chinese): (&'static str, &'static str),
    written: &'static str,
    (least, most): (usize, usize),
    types: Option<(Arguments, Ty)>,
) -> Definition {
    Definition {
        english,
        chinese,
        written,
        arity: (least, most),
        types,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn all_functions_are_listed_once_and_no_name_means_two() {
        let names = |f: Function| [f.definition().english, f.definition().chinese];
        let names: Vec<_> = Function::ALL.into_iter().flat_map(names).collect();
        let distinct: BTreeSet<_> = names.iter().collect();
        assert_eq!(distinct.len(), names.len());
        // The last variant: one that is missing above would leave a gap.
        assert_eq!(Function::ALL.len(), Function::DeadlineDays as usize + 1);
        for function in Function::ALL {
            let definition = function.definition();
            // Others are typed in ways of their own (`types::calls`), which must know them.
            let own_way = [
                Function::Coalesce,
                Function::Rank,
                Function::Max,
                Function::Min,
                Function::Count,
                Function::Distinct,
            ];
            assert_eq!(definition.types.is_none(), own_way.contains(&function));
            if let Some((arguments, _)) = definition.types {
                let given = (arguments.len(), arguments.len());
                assert_eq!(given, definition.arity, "{function:?}");
            }
        }
    }
}
