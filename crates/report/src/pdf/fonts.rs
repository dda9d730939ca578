//! The faces a document is set in.
//!
//! What enters: the faces built into the program and, for [`Fonts::Auto`], those of a folder
//! `fonts/` beside the program and of the machine. What leaves: [`Faces`], a font book in which
//! every role of the templates (`rpt-fang`, `rpt-hei`, …) is one face, read from disk only when a
//! glyph of it is needed. The templates never name a face, so that a page looks the same whatever
//! stands in for 仿宋.

use crate::options::Fonts;
use crate::pdf::roles::{ROLES, TAIL};
use crate::pdf::search::Search;
use crate::pdf::slot::Slot;
use std::path::Path;
use std::sync::Arc;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use zicha_model::manifest::Face;

/// The faces by role, ready for typesetting.
pub(super) struct Faces {
    book: LazyHash<FontBook>,
    /// One per entry of the book; roles played by the same face share its slot.
    slots: Vec<Arc<Slot>>,
}

impl Faces {
    /// Looks for the faces; `None` if none of them has Chinese characters.
    pub(super) fn find(fonts: Fonts, beside: Option<&Path>) -> Option<Self> {
        let mut search = Search::new(fonts, beside);
        let mut book = FontBook::new();
        let mut slots = Vec::new();
        for role in &ROLES {
            let Some(slot) = search.play(role) else {
                continue;
            };
            let mut info = slot.info.clone();
            info.family = role.alias.to_owned();
            book.push(info);
            slots.push(slot);
        }
        let faces = Self {
            book: LazyHash::new(book),
            slots,
        };
        faces.has("rpt-fang").then_some(faces)
    }

    /// The font book of the roles.
    pub(super) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    /// The face at an index of the book, read now if it was not yet.
    pub(super) fn font(&self, index: usize) -> Option<Font> {
        self.slots.get(index)?.font()
    }

    /// True if a face plays the role.
    pub(super) fn has(&self, alias: &str) -> bool {
        self.book.contains_family(alias)
    }

    /// True if a face of the tail has a glyph for the character: it then prints in every role.
    pub(super) fn covers(&self, character: char) -> bool {
        self.entries()
            .filter(|(alias, _)| TAIL.contains(alias))
            .any(|(_, slot)| slot.info.coverage.contains(character.into()))
    }

    /// The faces read so far, each once: those that the documents are set in.
    pub(super) fn used(&self) -> Vec<Face> {
        let mut slots: Vec<&Arc<Slot>> = Vec::new();
        for slot in &self.slots {
            if !slots.iter().any(|other| Arc::ptr_eq(other, slot)) {
                slots.push(slot);
            }
        }
        slots.into_iter().filter_map(|slot| slot.used()).collect()
    }

    fn entries(&self) -> impl Iterator<Item = (&str, &Slot)> {
        self.slots.iter().enumerate().filter_map(|(index, slot)| {
            let info = self.book.info(index)?;
            Some((info.family.as_str(), &**slot))
        })
    }
}
