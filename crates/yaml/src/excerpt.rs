//! The stretch of a text that a message shows with a caret.

use std::ops::Range;
use zicha_model::diag::Excerpt;

/// The line of `text` that a range begins in, for the caret.
pub fn excerpt(text: &str, line: u32, range: Range<usize>) -> Excerpt {
    let start = range.start.min(text.len());
    let begin = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let line_text = text[begin..end].trim_end_matches('\r');
    // The range may end in a later line, or in the line end that is not shown.
    let within = |at: usize| (at.clamp(start, end) - begin).min(line_text.len());
    Excerpt {
        range: within(range.start)..within(range.end),
        text: line_text.to_owned(),
        first_line: line,
    }
}

/// Line and column, both counted from 1, the column in characters.
pub(crate) fn line_and_column(text: &str, offset: usize) -> (u32, u32) {
    let before = &text[..offset];
    let line = before.matches('\n').count() as u32 + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() as u32 + 1;
    (line, column)
}
