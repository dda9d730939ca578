//! Points of a score and percentages: fixed-point numbers of two decimals, rounded here and nowhere
//! else, so that a figure shown and the grade it is held against are the same number.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Sub};

/// Hundredths in one point.
const SCALE: i64 = 100;

/// A number of points, or a percentage, in hundredths. JSON has it as a plain number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Points(i64);

impl Points {
    /// No points.
    pub const ZERO: Self = Self(0);

    /// From hundredths.
    pub const fn hundredths(hundredths: i64) -> Self {
        Self(hundredths)
    }

    /// The nearest number of hundredths; 0 for what is no number.
    pub fn nearest(number: f64) -> Self {
        Self((number * SCALE as f64).round() as i64)
    }

    /// For charts, which need lengths.
    pub fn as_f64(self) -> f64 {
        self.0 as f64 / SCALE as f64
    }

    /// True if there is something.
    pub fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// This × `part` ÷ `whole`, to the nearest hundredth; 0 of an empty whole.
    pub fn share(self, part: i64, whole: i64) -> Self {
        if whole == 0 {
            return Self::ZERO;
        }
        let product = i128::from(self.0) * i128::from(part);
        let whole = i128::from(whole);
        Self(((2 * product + whole).div_euclid(2 * whole)) as i64)
    }

    /// 100 × this ÷ `whole`; 0 of an empty whole.
    pub fn percent_of(self, whole: Self) -> Self {
        Self(100 * SCALE).share(self.0, whole.0)
    }

    /// The difference, at least 0.
    pub fn less(self, other: Self) -> Self {
        Self((self.0 - other.0).max(0))
    }

    /// With one decimal, for tables in which figures stand below one another.
    pub fn one_decimal(self) -> String {
        let tenths = self.share(10, SCALE).0;
        format!("{}.{}", tenths / 10, tenths % 10)
    }
}

impl From<u32> for Points {
    fn from(whole: u32) -> Self {
        Self(i64::from(whole) * SCALE)
    }
}

impl Add for Points {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl AddAssign for Points {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

impl Sub for Points {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Mul<u32> for Points {
    type Output = Self;

    fn mul(self, times: u32) -> Self {
        Self(self.0 * i64::from(times))
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Self>>(points: I) -> Self {
        points.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Points {
    /// Without needless zeros: `8`, `7.5`, `56.25`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.as_f64())
    }
}

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.as_f64())
    }
}

impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        f64::deserialize(deserializer).map(Self::nearest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_is_exact_where_binary_fractions_are_not() {
        let percent = Points::nearest(75.6).percent_of(Points::from(84));
        assert_eq!(percent, Points::from(90));
        assert_eq!(
            Points::from(1).percent_of(Points::from(3)).to_string(),
            "33.33"
        );
        assert_eq!(Points::from(1).percent_of(Points::ZERO), Points::ZERO);
    }

    #[test]
    fn halves_are_rounded_up_and_shown_without_needless_zeros() {
        assert_eq!(Points::hundredths(5).share(1, 2), Points::hundredths(3));
        assert_eq!(Points::from(8).to_string(), "8");
        assert_eq!(Points::nearest(7.5).to_string(), "7.5");
        assert_eq!(Points::nearest(90.25).one_decimal(), "90.3");
    }

    #[test]
    fn json_has_plain_numbers() {
        let json = serde_json::to_string(&Points::from(8)).expect("written");
        assert_eq!(json, "8.0");
        let read: Points = serde_json::from_str("56.25").expect("read");
        assert_eq!(read, Points::hundredths(5625));
    }
}
