//! What a style does to the text of a cell, whatever format the workbook has.

use crate::formats::number_look::NumberLook;
use std::collections::BTreeMap;

/// What a style does to the text of a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Look {
    /// It is struck through.
    pub(crate) struck: bool,
    /// Numbers and texts are shown otherwise than stored.
    pub(crate) numbers: NumberLook,
}

impl Look {
    /// True if it changes nothing.
    pub(crate) fn is_plain(&self) -> bool {
        !self.struck && self.numbers.is_plain()
    }
}

/// The fonts, formats and styles of a workbook as they come.
#[derive(Default)]
pub(crate) struct LookBook {
    /// Number formats by their number.
    pub(crate) formats: BTreeMap<u32, NumberLook>,
    /// For each font whether it strikes through.
    pub(crate) fonts: Vec<bool>,
    /// The looks by the number of the style.
    pub(crate) looks: Vec<Look>,
}

impl LookBook {
    /// Adds a style of a font and a format.
    pub(crate) fn style(&mut self, font: Option<usize>, format: Option<u32>) {
        let struck = font.and_then(|font| self.fonts.get(font));
        let numbers = format.and_then(|format| self.formats.get(&format));
        self.looks.push(Look {
            struck: struck.copied().unwrap_or_default(),
            numbers: numbers.cloned().unwrap_or_default(),
        });
    }

    /// The looks; empty if all are plain.
    pub(crate) fn finish(self) -> Vec<Look> {
        match self.looks.iter().all(Look::is_plain) {
            true => Vec::new(),
            false => self.looks,
        }
    }
}

/// The cells of a sheet whose looks are not plain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Styled {
    /// 0-based row and column, and the number of the style, in order once it is asked.
    cells: Vec<(u32, u32, u32)>,
}

impl Styled {
    /// Notes the style of a cell; plain ones are not kept.
    pub(crate) fn note(&mut self, (row, column): (u32, u32), style: u32, looks: &[Look]) {
        let look = looks.get(style as usize);
        if look.is_some_and(|look| !look.is_plain()) {
            self.cells.push((row, column, style));
        }
    }

    /// Puts the cells in order.
    pub(crate) fn sort(&mut self) {
        self.cells.sort_unstable();
    }

    /// The look of a cell, if it is not plain.
    pub(crate) fn look<'l>(
        &self,
        (row, column): (u32, u32),
        looks: &'l [Look],
    ) -> Option<&'l Look> {
        let key = |&(r, c, _): &(u32, u32, u32)| (r, c);
        let at = self.cells.binary_search_by_key(&(row, column), key).ok()?;
        looks.get(self.cells[at].2 as usize)
    }
}
