//! The functions of the language; [`crate`] types their calls, `zicha_engine` computes them.

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
