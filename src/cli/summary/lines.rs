//! Lines that fit the terminal.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns of the narrowest terminal that is served.
const WIDTH: usize = 80;

/// The line, cut with an ellipsis where it would not fit; a hanzi takes two columns.
pub(super) fn cut(line: &str) -> String {
    if line.width() <= WIDTH {
        return line.to_owned();
    }
    let (kept, _) = line.split_at(fitting(line, WIDTH - 2));
    format!("{kept}…")
}

/// The text over two lines at most, the second indented; cut where even that does not do.
pub(super) fn two_lines(text: &str, indent: &str) -> String {
    let (first, rest) = text.split_at(fitting(text, WIDTH));
    if rest.is_empty() {
        return first.to_owned();
    }
    format!("{first}\n{}", cut(&format!("{indent}{rest}")))
}

/// How many bytes of a text fit into so many columns.
fn fitting(text: &str, columns: usize) -> usize {
    let mut used = 0;
    let over = text.char_indices().find(|(_, sign)| {
        used += sign.width().unwrap_or(0);
        used > columns
    });
    over.map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_fits_eighty_columns_and_says_that_it_was_cut() {
        let long = "密".repeat(60);
        assert_eq!(cut("短"), "短");
        assert!(cut(&long).width() <= WIDTH && cut(&long).ends_with('…'));
        let both = two_lines(&long, "      ");
        let lines: Vec<_> = both.lines().collect();
        assert!(lines.iter().all(|line| line.width() <= WIDTH), "{both}");
        assert_eq!(both.matches('密').count(), 60);
        assert!(two_lines(&"密".repeat(90), "  ").ends_with('…'));
    }
}
