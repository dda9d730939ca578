//! The styles of a workbook: which of them change what the text of a cell is.

use crate::formats::look::{Look, LookBook};
use crate::formats::number_look::NumberLook;
use crate::formats::package::attributes::{attribute, number};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::{BufReader, Read};

/// The looks by the number of the style; empty if all are plain. What cannot be made out is plain.
pub(super) fn read(source: impl Read) -> Vec<Look> {
    let mut reader = Reader::from_reader(BufReader::new(source));
    let mut styles = Styles::default();
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag)) => styles.open(&tag),
            Ok(Event::Empty(tag)) => {
                styles.open(&tag);
                styles.close(tag.local_name().as_ref());
            }
            Ok(Event::End(tag)) => styles.close(tag.local_name().as_ref()),
            Ok(Event::Eof) | Err(_) => break,
            _ => {}
        }
    }
    styles.book.finish()
}

#[derive(Default)]
struct Styles {
    book: LookBook,
    in_fonts: bool,
    in_cells: bool,
}

impl Styles {
    fn open(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().as_ref() {
            "numFmt" => {
                if let (Some(id), Some(code)) =
                    (number(tag, "numFmtId"), attribute(tag, "formatCode"))
                {
                    let id = u32::try_from(id).unwrap_or(u32::MAX);
                    self.book.formats.insert(id, NumberLook::of(&code));
                }
            }
            "fonts" => self.in_fonts = true,
            "font" if self.in_fonts => self.book.fonts.push(false),
            "strike" if self.in_fonts => {
                if let Some(font) = self.book.fonts.last_mut() {
                    *font = strikes(tag);
                }
            }
            "cellXfs" => self.in_cells = true,
            "xf" if self.in_cells => {
                let font = number(tag, "fontId").and_then(|id| usize::try_from(id).ok());
                let format = number(tag, "numFmtId").and_then(|id| u32::try_from(id).ok());
                self.book.style(font, format);
            }
            _ => {}
        }
    }

    fn close(&mut self, local: &str) {
        match local {
            "fonts" => self.in_fonts = false,
            "cellXfs" => self.in_cells = false,
            _ => {}
        }
    }
}

/// True unless the element says that it does not hold.
fn strikes(tag: &BytesStart<'_>) -> bool {
    !matches!(attribute(tag, "val").as_deref(), Some("0" | "false"))
}
