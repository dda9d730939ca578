//! The papers that are signed and sent: the report of the year, the report and the record before a
//! holiday. Their length does not grow with the findings: what they leave out is counted, and the
//! working paper has it.

pub(crate) mod duty;
pub(crate) mod gaps;
pub(crate) mod notices;
pub(crate) mod questions;
pub(crate) mod record;
pub(crate) mod shortcomings;
pub(crate) mod steps;
pub(crate) mod to_return;
pub(crate) mod work;
pub(crate) mod year;

use crate::document::blocks::{Block, Span};

/// A paragraph that begins with a few words in bold.
fn run_in(title: &str, text: String) -> Block {
    let title = Span {
        strong: true,
        ..Span::plain(title)
    };
    Block::Paragraph {
        spans: vec![title, Span::plain(text)],
    }
}
