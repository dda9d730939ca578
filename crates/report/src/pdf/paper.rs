//! What the template reads of a paper.
//!
//! What enters: a [`Document`] of the view. What leaves: its JSON form for print: rows as plain
//! lists of cells, at most [`Table::most`] of a table with the number of those left out, and for every
//! column how much room its texts want, because a table whose widths fit its content has half the
//! pages of one whose widths were guessed.

use crate::view::{Document, Table};
use serde_json::{Value, json};

/// The paper as data.
pub(super) fn paper(document: &Document) -> Value {
    let printed = printed(document);
    let mut paper = json!(printed);
    let sections = paper["sections"].as_array_mut().into_iter().flatten();
    let blocks =
        sections.flat_map(|section| section["blocks"].as_array_mut().into_iter().flatten());
    let tables = blocks.filter_map(|block| block.get_mut("table"));
    for (data, table) in tables.zip(printed.tables()) {
        shorten(data, table);
        measure(data, table);
    }
    paper
}

/// The document without what is shown on the page only.
fn printed(document: &Document) -> Document {
    let mut printed = document.clone();
    printed.sections.retain(|section| !section.screen);
    printed
}

/// Drops filter tags, and rows beyond the cap, leaving their number.
fn shorten(data: &mut Value, table: &Table) {
    let most = table.most;
    let Some(rows) = data["rows"].as_array_mut() else {
        return;
    };
    let total = rows.len();
    rows.truncate(most);
    for row in rows.iter_mut() {
        *row = row["cells"].take();
    }
    data["shown"] = json!(total.min(most));
    data["left_out"] = json!(total.saturating_sub(most) + table.left_out);
}

/// Says of every column how long its longest line and its texts on average are, in hanzi.
fn measure(data: &mut Value, table: &Table) {
    let rows = &table.rows[..table.rows.len().min(table.most)];
    for (index, column) in table.columns.iter().enumerate() {
        let cells = || rows.iter().filter_map(|row| row.cells.get(index));
        let longest = cells().map(|cell| longest_line(cell)).fold(0.0, f64::max);
        let sum: f64 = cells().map(|cell| width(cell)).sum();
        data["columns"][index]["heading"] = json!(width(&column.title));
        data["columns"][index]["longest"] = json!(longest);
        data["columns"][index]["mean"] = json!(sum / rows.len().max(1) as f64);
    }
}

fn longest_line(text: &str) -> f64 {
    text.lines().map(width).fold(0.0, f64::max)
}

/// Width in hanzi; letters and digits count a little more than half.
fn width(text: &str) -> f64 {
    let letters = text.chars().map(|c| if c.is_ascii() { 0.55 } else { 1.0 });
    let next = text.chars().zip(text.chars().skip(1));
    // A quarter stands between a Chinese character and a Latin letter or digit.
    let seams = next.filter(|(a, b)| {
        let latin = |c: &char| c.is_ascii_alphanumeric();
        latin(a) && !b.is_ascii() || latin(b) && !a.is_ascii()
    });
    letters.sum::<f64>() + 0.25 * seams.count() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{Align, Block, Column, Row, Section, Tags};

    fn document(rows: usize) -> Document {
        let row = |n: usize| Row {
            cells: vec![format!("甲{n:04}")],
            tags: Tags::default(),
        };
        let table = Table {
            id: "t".to_owned(),
            caption: String::new(),
            columns: vec![Column {
                title: "编号".to_owned(),
                width: 1,
                align: Align::Start,
            }],
            rows: (0..rows).map(row).collect(),
            empty: String::new(),
            interactive: false,
            most: 2_000,
            rest: "results.json".to_owned(),
            left_out: 0,
        };
        Document {
            stem: "整改清单".to_owned(),
            title: String::new(),
            landscape: true,
            official: false,
            sections: vec![Section {
                id: "s".to_owned(),
                title: String::new(),
                annex: false,
                landscape: false,
                screen: false,
                blocks: vec![Block::Table { table }],
            }],
            leaflets: false,
            annexes: Vec::new(),
        }
    }

    #[test]
    fn rows_beyond_the_cap_are_counted() {
        let paper = paper(&document(2_007));
        let table = &paper["sections"][0]["blocks"][0]["table"];
        assert_eq!(table["rows"].as_array().map(Vec::len), Some(2_000));
        assert_eq!(
            (&table["shown"], &table["left_out"]),
            (&json!(2000), &json!(7))
        );
        assert_eq!(table["rows"][0], json!(["甲0000"]));
    }

    #[test]
    fn columns_tell_how_much_room_they_want() {
        let paper = paper(&document(2));
        let column = &paper["sections"][0]["blocks"][0]["table"]["columns"][0];
        for name in ["longest", "mean"] {
            let width = column[name].as_f64().unwrap_or_default();
            assert!((width - 3.45).abs() < 0.01, "{name}: {width}");
        }
        assert_eq!(column["heading"], json!(2.0));
    }
}
