//! Comments on the cells of a sheet, from the part that holds them.

use crate::formats::limits;
use crate::formats::package::attributes::{address, attribute};
use crate::formats::package::facts::{Comment, Package};
use quick_xml::events::BytesStart;

/// The walk over one part of comments.
#[derive(Default)]
pub(super) struct Comments {
    found: Vec<Comment>,
    /// Within an element of text.
    text: bool,
}

impl Comments {
    /// True for the name of a part that holds comments.
    pub(super) fn are_in(name: &str) -> bool {
        name.contains("/comment") && name.ends_with(".xml")
    }

    /// An element begins.
    pub(super) fn open(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().as_ref() {
            "comment" if self.found.len() < limits::COMMENTS => {
                let place = attribute(tag, "ref").and_then(|place| address(&place));
                let (row, column) = place.unwrap_or_default();
                self.found.push((row, column, String::new()));
            }
            "t" => self.text = true,
            _ => {}
        }
    }

    /// Text within an element.
    pub(super) fn text(&mut self, text: &str) {
        if let Some((.., said)) = self.found.last_mut().filter(|_| self.text)
            && said.len() + text.len() <= limits::COMMENT_BYTES
        {
            said.push_str(text);
        }
    }

    /// An element ends.
    pub(super) fn close(&mut self, local: &str) {
        self.text &= local != "t";
    }

    /// Leaves the comments in the package.
    pub(super) fn finish(mut self, name: &str, package: &mut Package) {
        self.found
            .retain(|(row, _, said)| *row > 0 && !said.trim().is_empty());
        if !self.found.is_empty() {
            package.comments.insert(name.to_owned(), self.found);
        }
    }
}
