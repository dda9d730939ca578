//! Numbers written as a range: `001-003` stands for 001, 002 and 003.
//!
//! What enters: one part of a list of numbers. What leaves: the numbers that it stands for. Only digits
//! after the same beginning make a range, so that a date or a file number with a dash stays whole.

/// More numbers than this are no range of copies but something else with a dash in it.
const MOST: u64 = 1000;

/// The dashes that offices write between the ends.
const DASHES: [char; 7] = ['-', '－', '—', '–', '~', '～', '至'];

/// The numbers of a range in order, each as wide as its ends; the part itself where it is none.
pub(super) fn numbers(part: &str) -> Vec<String> {
    range(part).unwrap_or_else(|| vec![part.to_owned()])
}

fn range(part: &str) -> Option<Vec<String>> {
    let (first, last) = part.split_once(DASHES)?;
    let (prefix, from) = parted(first);
    let (other, to) = parted(last);
    // The beginning may stand only once: 复001-003.
    let same = other.is_empty() || other == prefix;
    let as_wide = from.len() == to.len() && !from.is_empty();
    let (low, high): (u64, u64) = (from.parse().ok()?, to.parse().ok()?);
    if !same || !as_wide || low > high || high - low >= MOST {
        return None;
    }
    let width = from.len();
    Some(
        (low..=high)
            .map(|n| format!("{prefix}{n:0width$}"))
            .collect(),
    )
}

/// What stands before the digits at the end, and these digits.
fn parted(text: &str) -> (&str, &str) {
    let digits = text.bytes().rev().take_while(u8::is_ascii_digit).count();
    text.split_at(text.len() - digits)
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn a_range_stands_for_each_of_its_numbers() {
        for (written, meant) in [
            ("001-003", "001、002、003"),
            ("复001—复002", "复001、复002"),
            ("复08至11", "复08、复09、复10、复11"),
            ("5", "5"),
            ("2026-1", "2026-1"),
            ("9-12", "9-12"),
            ("003-001", "003-001"),
            ("SM-J07", "SM-J07"),
        ] {
            assert_eq!(numbers(written).join("、"), meant, "{written}");
        }
    }
}
