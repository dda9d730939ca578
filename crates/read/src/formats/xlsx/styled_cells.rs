//! Which cells of an unusual workbook are shown otherwise than stored: calamine does not tell styles.
//!
//! The guard has walked the package before: sizes are within bounds. A workbook without such styles, as
//! nearly all are, is not looked through again.

use crate::formats::look::{Look, Styled};
use crate::formats::package::attributes::{address, attribute, number};
use crate::formats::package::guard::part_name;
use crate::formats::xlsx::styles;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::{BufReader, Cursor, Read};
use zip::ZipArchive;

/// A package, and the looks that its styles have.
pub(super) struct StyledCells<'a> {
    bytes: &'a [u8],
    /// The looks by the number of the style; empty if all are plain.
    pub(super) looks: Vec<Look>,
}

impl<'a> StyledCells<'a> {
    /// Reads the styles of a package.
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        let is_styles = |name: &str| name.ends_with("styles.xml");
        let looks = with_part(bytes, is_styles, |part| styles::read(part));
        Self {
            bytes,
            looks: looks.unwrap_or_default(),
        }
    }

    /// The cells of a sheet, by its part, that are not shown as they are stored.
    pub(super) fn sheet(&self, part: Option<&str>) -> Styled {
        let found = part.filter(|_| !self.looks.is_empty()).and_then(|part| {
            with_part(self.bytes, |name| name == part, |source| self.cells(source))
        });
        found.unwrap_or_default()
    }

    fn cells(&self, source: impl Read) -> Styled {
        let mut reader = Reader::from_reader(BufReader::new(source));
        let (mut styled, mut buffer) = (Styled::default(), Vec::new());
        loop {
            buffer.clear();
            match reader.read_event_into(&mut buffer) {
                Ok(Event::Start(tag)) if tag.local_name().as_ref() == "c" => {
                    self.cell(&tag, &mut styled);
                }
                Ok(Event::Eof) | Err(_) => break,
                _ => {}
            }
        }
        styled.sort();
        styled
    }

    fn cell(&self, tag: &BytesStart<'_>, styled: &mut Styled) {
        let place = attribute(tag, "r").and_then(|place| address(&place));
        let style = number(tag, "s").and_then(|style| u32::try_from(style).ok());
        if let (Some((row, column)), Some(style)) = (place, style) {
            styled.note((row.saturating_sub(1), column), style, &self.looks);
        }
    }
}

/// Hands the first part of such a name over.
fn with_part<T>(
    bytes: &[u8],
    wanted: impl Fn(&str) -> bool,
    read: impl FnOnce(&mut dyn Read) -> T,
) -> Option<T> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).ok()?;
        if wanted(&part_name(&part)) {
            return Some(read(&mut part));
        }
    }
    None
}
