//! A sheet as rows of written cells, before it becomes a workbook, a CSV or a YAML file.

use super::layout::Sheet;
use super::place::{Place, Places, letter};
use super::prng::mix;
use super::spelling::{Written, written};
use super::world::{Row, Value, World};

/// Rows of a sheet and what spans several cells.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    /// Cells by row and column, all rows equally wide.
    pub(crate) rows: Vec<Vec<Written>>,
    /// Merged regions: first row, first column, last row, last column, from 0.
    pub(crate) merged: Vec<(usize, usize, usize, usize)>,
    /// Rows that are headings, for bold print.
    pub(crate) headings: Vec<usize>,
    /// Hidden rows.
    pub(crate) hidden: Vec<usize>,
}

/// Lays a sheet out and notes where each value stands.
pub(crate) fn lay_out(world: &World, sheet: &Sheet, places: &mut Places) -> Table {
    let mut table = Table::default();
    top(sheet, &mut table);
    heading(sheet, &mut table);
    let records: Vec<&Row> = world
        .rows(sheet.ledger)
        .iter()
        .filter(|row| (sheet.filter)(row))
        .collect();
    let mut above: Vec<Option<(usize, Written)>> = vec![None; sheet.columns.len()];
    for (i, record) in records.iter().enumerate() {
        if sheet.repeat.is_some_and(|every| i > 0 && i % every == 0) {
            heading(sheet, &mut table);
            above.fill(None);
        }
        if sheet.hidden_row == Some(i) {
            table.hidden.push(table.rows.len());
        }
        row(world, sheet, record, &mut table, &mut above, places);
    }
    merge_runs(sheet, &mut table);
    bottom(sheet, &records, &mut table);
    table
}

fn blank(sheet: &Sheet) -> Vec<Written> {
    vec![Written::Blank; sheet.columns.len()]
}

fn banner(sheet: &Sheet, table: &mut Table, text: &str) {
    let mut cells = blank(sheet);
    cells[0] = Written::Text(text.to_owned());
    if sheet.columns.len() > 1 {
        table.merged.push((
            table.rows.len(),
            0,
            table.rows.len(),
            sheet.columns.len() - 1,
        ));
    }
    table.rows.push(cells);
}

fn top(sheet: &Sheet, table: &mut Table) {
    for line in [&sheet.title, &sheet.subtitle].into_iter().flatten() {
        banner(sheet, table, line);
    }
}

fn heading(sheet: &Sheet, table: &mut Table) {
    let names = |name: fn(&super::layout::Column) -> &str| -> Vec<Written> {
        sheet
            .columns
            .iter()
            .map(|column| Written::Text(name(column).to_owned()))
            .collect()
    };
    let first = table.rows.len();
    table.headings.push(first);
    if !sheet.grouped() {
        table.rows.push(names(|column| &column.heading));
        return;
    }
    let mut upper = blank(sheet);
    let mut lower = blank(sheet);
    let mut i = 0;
    while i < sheet.columns.len() {
        let group = &sheet.columns[i].group;
        let end = sheet.columns[i..]
            .iter()
            .take_while(|column| group.is_some() && column.group == *group)
            .count()
            .max(1)
            + i;
        upper[i] = Written::Text(
            group
                .clone()
                .unwrap_or_else(|| sheet.columns[i].heading.clone()),
        );
        if group.is_some() {
            for (cell, column) in lower.iter_mut().zip(&sheet.columns).take(end).skip(i) {
                *cell = Written::Text(column.heading.clone());
            }
            if end > i + 1 {
                table.merged.push((first, i, first, end - 1));
            }
        } else {
            table.merged.push((first, i, first + 1, i));
        }
        i = end;
    }
    table.headings.push(first + 1);
    table.rows.extend([upper, lower]);
}

fn row(
    world: &World,
    sheet: &Sheet,
    record: &Row,
    table: &mut Table,
    above: &mut [Option<(usize, Written)>],
    places: &mut Places,
) {
    let number = table.rows.len();
    let mut cells = blank(sheet);
    for (i, column) in sheet.columns.iter().enumerate() {
        let cell = written(world, record, column);
        let same = above[i]
            .as_ref()
            .is_some_and(|(_, over)| *over == cell && cell != Written::Blank);
        let carried = same
            && (column.has("merge")
                || column.has("ditto") && !mix(&format!("{i} {}", record.uid)).is_multiple_of(3));
        if !carried {
            above[i] = Some((number, cell.clone()));
        }
        let holder = above[i].as_ref().map_or(number, |(row, _)| *row);
        if let Some(field) = column.field {
            let column = Some(letter(i));
            let place = Place {
                file: sheet.file.into(),
                sheet: sheet.tab(),
                row: holder as u32 + 1,
                column,
                value: cell.raw(),
            };
            places.insert((sheet.ledger, record.uid, field), place);
        }
        cells[i] = match carried {
            true if column.has("merge") => Written::Blank,
            true => Written::Text(
                if number.is_multiple_of(2) {
                    "同上"
                } else {
                    "〃"
                }
                .to_owned(),
            ),
            false => cell,
        };
    }
    table.rows.push(cells);
}

/// Blank cells below a value of a merging column become one region with it.
fn merge_runs(sheet: &Sheet, table: &mut Table) {
    for (i, _) in sheet
        .columns
        .iter()
        .enumerate()
        .filter(|(_, column)| column.has("merge"))
    {
        let first = table.headings.last().map_or(0, |row| row + 1);
        let mut start = first;
        for n in first + 1..=table.rows.len() {
            if n == table.rows.len() || table.rows[n][i] != Written::Blank {
                if n > start + 1 {
                    table.merged.push((start, i, n - 1, i));
                }
                start = n;
            }
        }
    }
}

fn bottom(sheet: &Sheet, records: &[&Row], table: &mut Table) {
    if let Some(field) = sheet.total {
        let mut cells = blank(sheet);
        cells[0] = Written::Text("合计".into());
        let sum = records
            .iter()
            .map(|row| {
                if let Value::Number(n) = row.get(field) {
                    *n
                } else {
                    0
                }
            })
            .sum();
        if let Some(at) = sheet
            .columns
            .iter()
            .position(|column| column.field == Some(field))
        {
            cells[at] = Written::Number(sum);
        }
        table.rows.push(cells);
    }
    if let Some(note) = sheet.note {
        table.rows.push(blank(sheet));
        banner(sheet, table, note);
    }
}
