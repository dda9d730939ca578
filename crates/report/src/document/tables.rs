//! Making tables and running text.

use crate::document::blocks::{Align, Column, Row, Span, Table, Tags};

/// Rows that are printed of any table: beyond them nobody reads paper, and each thousand of the list
/// takes a quarter of a gibibyte to typeset.
pub(crate) const MOST: usize = 1_500;

/// Where all rows of the report's tables stand, whatever its pages leave out.
const REPORT: &str = "results.json";

/// A table for reading: neither searched nor filtered.
pub(crate) fn plain(
    id: &str,
    caption: &str,
    columns: &[(&str, u16, Align)],
    rows: Vec<Row>,
) -> Table {
    let columns = columns.iter().map(|&(title, width, align)| Column {
        title: title.to_owned(),
        width,
        align,
    });
    Table {
        id: id.to_owned(),
        caption: caption.to_owned(),
        columns: columns.collect(),
        rows,
        empty: "无".to_owned(),
        interactive: false,
        most: MOST,
        rest: REPORT.to_owned(),
        left_out: 0,
    }
}

/// A table that people search, filter and sort.
pub(crate) fn interactive(
    id: &str,
    caption: &str,
    columns: &[(&str, u16)],
    rows: Vec<Row>,
) -> Table {
    let columns: Vec<_> = columns
        .iter()
        .map(|&(title, width)| (title, width, Align::Start))
        .collect();
    Table {
        interactive: true,
        ..plain(id, caption, &columns, rows)
    }
}

impl Table {
    /// The table with fewer rows on paper.
    pub(crate) fn on_paper(self, most: usize) -> Self {
        Self { most, ..self }
    }

    /// The table with so many more rows that were not made.
    pub(crate) fn leaving_out(self, left_out: usize) -> Self {
        Self { left_out, ..self }
    }

    /// The table with another place where all rows stand.
    pub(crate) fn continued_in(self, place: &str) -> Self {
        Self {
            rest: place.to_owned(),
            ..self
        }
    }
}

impl Row {
    /// A row without tags.
    pub(crate) fn of<const N: usize>(cells: [String; N]) -> Self {
        Self {
            cells: cells.into(),
            tags: Tags::default(),
        }
    }

    /// The row with another text in one of its cells.
    pub(crate) fn with(mut self, column: usize, text: &str) -> Self {
        if let Some(cell) = self.cells.get_mut(column) {
            *cell = text.to_owned();
        }
        self
    }
}

impl Span {
    /// Plain text.
    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            strong: false,
            link: None,
        }
    }
}

/// The first `most` texts, and how many there are in all: `甲、乙等5项`.
pub(crate) fn some_of(texts: &[String], most: usize, unit: &str) -> String {
    let shown = texts.iter().take(most).cloned().collect::<Vec<_>>();
    let shown = shown.join("、");
    if texts.len() <= most {
        return shown;
    }
    format!("{shown}等{}{unit}", texts.len())
}

/// `1—4`, `7`, `9—12`, from numbers in order.
pub(crate) fn ranges(numbers: &[usize]) -> Vec<String> {
    let mut told: Vec<(usize, usize)> = Vec::new();
    for &number in numbers {
        match told.last_mut() {
            Some((_, end)) if *end + 1 == number => *end = number,
            _ => told.push((number, number)),
        }
    }
    let told = told.into_iter().map(|(from, to)| match to - from {
        0 => from.to_string(),
        _ => format!("{from}—{to}"),
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_told_as_ranges() {
        assert_eq!(ranges(&[1, 2, 3, 5, 8, 9]), ["1—3", "5", "8—9"]);
        assert!(ranges(&[]).is_empty());
    }
}
