//! Dates with an English month, as spreadsheets and programs write them: `1-Aug`, `Aug-26`,
//! `12-Jan-2026`, `Jan 12, 2026`, `Mon Jan 05 2026 00:00:00`.

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The same with numbers, `2026-1-12` or `8-1`, and what follows; `None` without an English month.
pub(crate) fn months(text: &str) -> Option<String> {
    if !text.bytes().any(|b| b.is_ascii_alphabetic()) {
        return None;
    }
    let mut parts = text
        .split([' ', '-', '/', ',', '.'])
        .filter(|part| !part.is_empty());
    let (mut month, mut before, mut after) = (None, Vec::new(), Vec::new());
    let mut rest = String::new();
    for part in parts.by_ref() {
        if part.contains(':') {
            rest = part.to_owned();
            break;
        }
        match (named(part, &MONTHS), month) {
            (Some(at), None) => month = Some(at + 1),
            _ if named(part, &WEEKDAYS).is_some() => {}
            _ if part.bytes().all(|b| b.is_ascii_digit()) && month.is_none() => before.push(part),
            _ if part.bytes().all(|b| b.is_ascii_digit()) => after.push(part),
            _ => return None,
        }
    }
    for part in parts {
        rest.push(' ');
        rest.push_str(part);
    }
    let month = month?;
    let date = match (before[..].as_ref(), after[..].as_ref()) {
        ([day], []) => format!("{month}-{day}"),
        // Aug-26 shows the year where Aug-5 cannot be told from it: the month alone.
        ([], [year]) if year.len() == 4 => format!("{year}-{month}"),
        ([], [year]) if year.len() == 2 => format!("20{year}-{month}"),
        ([day], [year]) if year.len() == 4 => format!("{year}-{month}-{day}"),
        ([day], [year]) if year.len() == 2 => format!("20{year}-{month}-{day}"),
        ([], [day, year]) if year.len() == 4 => format!("{year}-{month}-{day}"),
        ([year, day], []) | ([year], [day]) if year.len() == 4 => format!("{year}-{month}-{day}"),
        _ => return None,
    };
    Some(format!("{date} {rest}").trim_end().to_owned())
}

fn named(part: &str, names: &[&str]) -> Option<usize> {
    let lower = part.to_lowercase();
    let long = lower.len() >= 3 && lower.bytes().all(|b| b.is_ascii_alphabetic());
    let at = names.iter().position(|name| lower.starts_with(name));
    at.filter(|_| long && lower.len() <= 9)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_months_become_numbers() {
        for (text, meant) in [
            ("1-Aug", Some("8-1")),
            ("Aug-26", Some("2026-8")),
            ("12-Jan-2026", Some("2026-1-12")),
            ("Jan 12, 2026", Some("2026-1-12")),
            ("2026-Sept-3", Some("2026-9-3")),
            ("Mon Jan 05 2026 00:00:00", Some("2026-1-05 00:00:00")),
            ("12-Jan-26 3:00 PM", Some("2026-1-12 3:00 PM")),
            ("2026-1-12T08:00", None),
            ("SM-01", None),
            ("marking", None),
        ] {
            assert_eq!(months(text).as_deref(), meant, "{text}");
        }
    }
}
