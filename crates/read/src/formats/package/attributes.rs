//! Attributes of XML tags: text, number, address of a cell.

use crate::formats::limits;
use quick_xml::events::BytesStart;

/// The value of an attribute, entities resolved.
pub(crate) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let found = attributes
        .with_checks(false)
        .flatten()
        .find(|a| a.key.as_ref() == name)?;
    match found.normalized_value(quick_xml::XmlVersion::Implicit1_0) {
        Ok(value) => Some(value.into_owned()),
        Err(_) => Some(found.value.to_string()),
    }
}

/// An attribute that is a number.
pub(crate) fn number(tag: &BytesStart<'_>, name: &str) -> Option<u64> {
    attribute(tag, name)?.trim().parse().ok()
}

/// An attribute that is true where it says so.
pub(crate) fn truth(tag: &BytesStart<'_>, name: &str) -> bool {
    matches!(attribute(tag, name).as_deref(), Some("1" | "true"))
}

/// A 1-based row inside the grid.
pub(crate) fn row_number(text: &str) -> Option<u32> {
    let row = text.parse().ok()?;
    (1..=limits::ROWS).contains(&row).then_some(row)
}

/// `C14` → 1-based row and 0-based column; `None` outside the grid.
pub(crate) fn address(text: &str) -> Option<(u32, u32)> {
    let text = text.replace('$', "");
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    if !(1..=3).contains(&letters) {
        return None;
    }
    let column = text[..letters].bytes().fold(0, |sum, b| {
        sum * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1
    });
    let row = row_number(&text[letters..])?;
    (column <= limits::COLUMNS).then_some((row, column - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_where_the_grid_ends() {
        assert_eq!(address("C14"), Some((14, 2)));
        assert_eq!(address("XFD1048576"), Some((1_048_576, 16_383)));
        for outside in [
            "XFE1",
            "A1048577",
            "ZZZZZZZ1",
            "A4294967295",
            "A0",
            "7",
            "A",
        ] {
            assert_eq!(address(outside), None, "{outside}");
        }
    }
}
