//! What stands in the attributes and values of cells: types, addresses, numbers.
//!
//! Only what Excel, WPS and the usual writers write; anything else is `None`, and calamine reads it.

use crate::formats::limits;

/// What a cell's value is.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Type {
    /// A number, or a date by its style.
    #[default]
    Number,
    /// The index of a shared string.
    Shared,
    /// A formula's text.
    Text,
    /// A text within the cell.
    Inline,
    /// 0 or 1.
    Bool,
    /// A date in ISO form.
    Date,
    /// `#N/A` and its like.
    Error,
}

/// The type that a cell names; `None` for one that nobody writes.
pub(super) fn kind(written: &[u8]) -> Option<Type> {
    Some(match written {
        b"n" => Type::Number,
        b"s" => Type::Shared,
        b"str" => Type::Text,
        b"inlineStr" => Type::Inline,
        b"b" => Type::Bool,
        b"d" => Type::Date,
        b"e" => Type::Error,
        _ => return None,
    })
}

/// A truth value of an attribute.
pub(super) fn truth(written: &[u8]) -> bool {
    matches!(written, b"1" | b"true")
}

/// A number of digits only.
pub(super) fn number(written: &[u8]) -> Option<u32> {
    if written.is_empty() || written.len() > 9 {
        return None;
    }
    written.iter().try_fold(0, |sum, byte| {
        byte.is_ascii_digit()
            .then(|| sum * 10 + u32::from(byte - b'0'))
    })
}

/// `C14` → 1-based row and 0-based column; `None` for what is spelled otherwise or outside.
pub(super) fn address(written: &[u8]) -> Option<(u32, u32)> {
    let letters = written
        .iter()
        .take_while(|b| b.is_ascii_uppercase())
        .count();
    if !(1..=3).contains(&letters) {
        return None;
    }
    let (letters, digits) = written.split_at(letters);
    let column = letters
        .iter()
        .fold(0, |sum, b| sum * 26 + u32::from(b - b'A') + 1);
    let row = number(digits)?;
    let inside = (1..=limits::ROWS).contains(&row) && column <= limits::COLUMNS;
    inside.then_some((row, column - 1))
}

/// True for digits, perhaps with a point among them, that [`crate::formats::cell_text::shortest`] would write alike.
pub(super) fn is_shortest(written: &[u8]) -> bool {
    let digits = |text: &[u8]| !text.is_empty() && text.iter().all(u8::is_ascii_digit);
    let whole = |text: &[u8]| digits(text) && (text[0] != b'0' || text.len() == 1);
    written.len() <= 15
        && match memchr::memchr(b'.', written) {
            None => whole(written),
            Some(at) => {
                let (before, behind) = (&written[..at], &written[at + 1..]);
                whole(before) && digits(behind) && !behind.ends_with(b"0")
            }
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::cell_text;

    #[test]
    fn numbers_left_as_written_are_those_that_need_no_writing() {
        let numbers = [
            "0",
            "7",
            "10",
            "0.5",
            "12.25",
            "123456789012345",
            "0.1",
            "99999999999.125",
            "0.0001",
            "00",
            "01",
            "1.0",
            "1e5",
            "-3",
            ".5",
            "5.",
            "1234567890123456",
            "1.50",
            "",
        ];
        for written in numbers {
            if is_shortest(written.as_bytes()) {
                let number = written.parse().expect("a number");
                assert_eq!(cell_text::shortest(number), written);
            }
        }
        let plain = numbers.map(|n| is_shortest(n.as_bytes()));
        assert_eq!(plain[..9], [true; 9]);
        assert_eq!(plain[9..], [false; 10]);
    }

    #[test]
    fn addresses_are_those_of_the_grid() {
        assert_eq!(address(b"C14"), Some((14, 2)));
        assert_eq!(address(b"XFD1048576"), Some((1_048_576, 16_383)));
        for other in [
            "c14",
            "$C$14",
            "XFE1",
            "A1048577",
            "A0",
            "A",
            "14",
            "AAAA1",
            "A9999999999",
        ] {
            assert_eq!(address(other.as_bytes()), None, "{other}");
        }
    }
}
