//! A workbook without the sheets that cannot be read, so that the others are.
//!
//! Macro sheets, and sheets that lead to no part of the package, make calamine refuse all of it.

use crate::formats::package::{Package, repack};
use crate::formats::read_errors;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer};
use zicha_model::diag::Diagnostic;

/// A package made anew, and what is told of the sheets that it lacks.
pub(super) type Remade = (Vec<u8>, Vec<Diagnostic>);

/// The package without those sheets and what is told of each; `None` if there are none.
pub(super) fn without(bytes: &[u8], package: &Package) -> Result<Option<Remade>, Diagnostic> {
    let bad = |(name, id): &(String, String)| Some((name.clone(), package.unreadable(name, id)?));
    let bad: Vec<(String, &str)> = package.sheets.iter().filter_map(bad).collect();
    if bad.is_empty() {
        return Ok(None);
    }
    let book = |name: &str| name == "xl/workbook.xml";
    let names: Vec<&str> = bad.iter().map(|(name, _)| name.as_str()).collect();
    let rest = repack::rewritten(bytes, book, |_, content| {
        without_elements(&content, &names).unwrap_or(content)
    })?;
    let told = bad
        .iter()
        .map(|(name, why)| read_errors::sheet_not_read(name, why));
    Ok(Some((rest, told.collect())))
}

/// The workbook part without the elements of these sheets.
fn without_elements(content: &[u8], names: &[&str]) -> Option<Vec<u8>> {
    let mut reader = Reader::from_reader(content);
    let mut writer = Writer::new(Vec::new());
    let is_bad = |tag: &BytesStart<'_>| {
        let name = crate::formats::package::attributes::attribute(tag, "name");
        tag.local_name().as_ref() == "sheet"
            && name.is_some_and(|name| names.contains(&name.as_str()))
    };
    let mut buffer = Vec::new();
    // Inside a dropped element that is not closed at once.
    let mut dropping = false;
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).ok()? {
            Event::Eof => return Some(writer.into_inner()),
            Event::Empty(tag) if is_bad(&tag) => {}
            Event::Start(tag) if is_bad(&tag) => dropping = true,
            Event::End(tag) if dropping && tag.local_name().as_ref() == "sheet" => {
                dropping = false;
            }
            event => writer.write_event(event).ok()?,
        }
    }
}
