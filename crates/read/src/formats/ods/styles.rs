//! Styles of an OpenDocument spreadsheet: only what changes which text counts.

use crate::formats::package::attributes::attribute;
use quick_xml::events::BytesStart;
use std::collections::BTreeSet;

/// The styles read so far.
#[derive(Default)]
pub(super) struct Styles {
    current: String,
    /// Styles of cells or text that are struck through.
    struck: BTreeSet<String>,
    /// Styles of sheets that are hidden.
    hidden: BTreeSet<String>,
}

impl Styles {
    /// Takes an element that may be part of a style.
    pub(super) fn open(&mut self, tag: &BytesStart<'_>) {
        match tag.name().as_ref() {
            "style:style" => self.current = attribute(tag, "style:name").unwrap_or_default(),
            "style:text-properties" => {
                let named = [
                    "style:text-line-through-style",
                    "style:text-line-through-type",
                ];
                let line = named.iter().find_map(|name| attribute(tag, name));
                if line.is_some_and(|line| line != "none") {
                    self.struck.insert(self.current.clone());
                }
            }
            "style:table-properties"
                if attribute(tag, "table:display").as_deref() == Some("false") =>
            {
                self.hidden.insert(self.current.clone());
            }
            _ => {}
        }
    }

    /// True if the element's style strikes its text through.
    pub(super) fn strikes(&self, tag: &BytesStart<'_>, attribute_name: &str) -> bool {
        let style = attribute(tag, attribute_name);
        style.is_some_and(|style| self.struck.contains(&style))
    }

    /// True if the style of a sheet hides it.
    pub(super) fn hides(&self, tag: &BytesStart<'_>) -> bool {
        let style = attribute(tag, "table:style-name");
        style.is_some_and(|style| self.hidden.contains(&style))
    }
}
