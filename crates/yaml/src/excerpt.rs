//! The stretch of a text that a message shows with a caret.

use std::ops::Range;
use zicha_model::diag::Excerpt;

/// Bytes of a line that are shown on either side of the place.
const SHOWN: usize = 500;

/// The line of `text` that a range begins in, for the caret; of a very long line what stands around
/// the place, so that a message never carries a copy of it.
pub fn excerpt(text: &str, line: u32, range: Range<usize>) -> Excerpt {
    let start = range.start.min(text.len());
    let low = text.floor_char_boundary(start.saturating_sub(SHOWN));
    let high = text.ceil_char_boundary((start + SHOWN).min(text.len()));
    let begin = text[low..start].rfind('\n').map_or(low, |at| low + at + 1);
    let end = text[start..high].find('\n').map_or(high, |at| start + at);
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
