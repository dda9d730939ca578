//! Heights of rows in workbooks: office programs other than Excel do not make room by themselves.

/// Points that a line takes.
const LINE: f64 = 16.0;

/// Height in points of a row whose cells are these texts in columns of these widths (characters).
pub(crate) fn row_height<'t>(cells: impl Iterator<Item = (&'t str, u16)>) -> f64 {
    let lines = cells.map(|(text, width)| lines(text, width));
    LINE * f64::from(lines.max().unwrap_or(1))
}

/// Lines that a text takes in a column.
fn lines(text: &str, width: u16) -> u32 {
    let wide = |c: char| if c.is_ascii() { 1 } else { 2 };
    let room = u32::from(width).saturating_sub(1).max(1);
    let lines = text.lines().map(|line| {
        let units: u32 = line.chars().map(wide).sum();
        units.div_ceil(room).max(1)
    });
    lines.sum::<u32>().max(1)
}
