//! Order of values: in time, and what each comparison demands of an order.

use crate::value::Value;
use std::cmp::Ordering;
use zicha_model::time::Moment;
use zicha_rule::ir::Comparison;

/// Order in time: to the minute if both have a time of day, else by day.
pub(crate) fn in_time(a: &Value<'_>, b: &Value<'_>) -> Option<Ordering> {
    if let (Value::Moment(x), Value::Moment(y)) = (a, b) {
        return Some(moments_in_time(Moment(*x), Moment(*y)));
    }
    Some(day_of(a)?.cmp(&day_of(b)?))
}

/// The same for two moments.
pub(crate) fn moments_in_time(a: Moment, b: Moment) -> Ordering {
    if a.is_day_only() || b.is_day_only() {
        a.day().0.cmp(&b.day().0)
    } else {
        a.minutes().cmp(&b.minutes())
    }
}

/// The least word of a moment on a day.
pub(crate) fn first_word(day: i32) -> i32 {
    day.saturating_mul(2880)
}

/// The greatest word of a moment on a day.
pub(crate) fn last_word(day: i32) -> i32 {
    first_word(day.saturating_add(1)).saturating_sub(1)
}

/// The day of a date or moment.
pub(crate) fn day_of(value: &Value<'_>) -> Option<i32> {
    match value {
        Value::Date(day) => Some(*day),
        Value::Moment(word) => Some(Moment(*word).day().0),
        _ => None,
    }
}

/// True if an order is as a comparison wants it.
pub(crate) fn holds(comparison: Comparison, order: Ordering) -> bool {
    match comparison {
        Comparison::Equal => order.is_eq(),
        Comparison::NotEqual => order.is_ne(),
        Comparison::Less => order.is_lt(),
        Comparison::LessEqual => order.is_le(),
        Comparison::Greater => order.is_gt(),
        Comparison::GreaterEqual => order.is_ge(),
    }
}

/// The opposite comparison.
pub(crate) fn opposite(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Equal => Comparison::NotEqual,
        Comparison::NotEqual => Comparison::Equal,
        Comparison::Less => Comparison::GreaterEqual,
        Comparison::LessEqual => Comparison::Greater,
        Comparison::Greater => Comparison::LessEqual,
        Comparison::GreaterEqual => Comparison::Less,
    }
}

/// The comparison read from the other side.
pub(crate) fn mirrored(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Less => Comparison::Greater,
        Comparison::LessEqual => Comparison::GreaterEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterEqual => Comparison::LessEqual,
        same => same,
    }
}

/// What a comparison comes to whatever a number between two bounds is; `None` if that hangs on it.
pub(crate) fn always(comparison: Comparison, least: i64, most: i64, against: i64) -> Option<bool> {
    let (low, high) = (least.cmp(&against), most.cmp(&against));
    match comparison {
        _ if low == high && low != Ordering::Equal => Some(holds(comparison, low)),
        _ if least == most => Some(holds(comparison, low)),
        Comparison::Equal | Comparison::NotEqual => None,
        _ => (holds(comparison, low) == holds(comparison, high)).then(|| holds(comparison, low)),
    }
}
