//! The view model: what the documents show, in the words and order in which they show it.
//!
//! What enters: an [`Assessment`]. What leaves: a [`View`], built once, serialisable, made of
//! strings ready for display, so that HTML, PDF and XLSX can never tell different stories. The three
//! papers are [`Document`]s: sections of [`Block`]s. A renderer draws blocks; it decides nothing.
//! The narrative comes from `templates/text/*.md`.

mod build;
pub(crate) mod findings;
pub(crate) mod framing;
mod gathered;
mod model;
mod narrative_values;
mod overview;
pub(crate) mod papers;
pub(crate) mod prose;
pub(crate) mod results;
mod source;
pub(crate) mod unresolved;
mod words;

pub use crate::document::blocks::{
    Align, Block, Chart, Column, Example, PlaceText, Problem, Row, Section, Span, Table, Tags,
};
pub use crate::document::paper::{Document, Fact, Frame, Letterhead};
pub use model::{Late, ListRow, ListSheet, Notice, Overview, Tally, View};

use crate::redaction::mask::Mask;
use zicha_assess::Assessment;

impl View {
    /// Builds the view of an assessment, masked if a mask is given.
    pub fn build(assessment: &Assessment<'_>, mask: Option<&Mask>) -> Self {
        build::view(&source::Source::new(assessment, mask), mask.is_some())
    }
}
