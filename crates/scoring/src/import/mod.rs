//! A form's tables → a [`Standard`], and where what is filled in stands.
//!
//! What enters: [`crate::table::FormFile`]. What leaves: [`Imported`]. Headings say what each column is ([`headings`]); rows become
//! groups and items (`rows`), their words ways to lose points (`ways`), lines at the end grades (`grades`).
//! No layout is built in: a form of other columns needs no code.

mod grades;
pub mod headings;
mod numbers;
mod rows;
mod ways;

use crate::standard::{DECIDED_AT_LEAST, Standard};
use crate::table::{self, FormFile, FormTable};
use headings::Heading;

pub(crate) use numbers::chinese as chinese_number;

use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::digest::Hasher;
use zicha_model::points::Points;

/// A form once understood.
#[derive(Debug, Default)]
pub struct Imported {
    /// What it says.
    pub standard: Standard,
    /// Its tables, as they stand.
    pub file: FormFile,
    /// For each table that scores: its index in the file and its heading.
    pub layouts: Vec<(usize, Heading)>,
    /// What was not understood, with its place.
    pub told: Vec<Diagnostic>,
}

/// Takes in a form; `path` names it in messages and in the standard.
///
/// # Errors
///
/// The file cannot be read, or no table in it scores anything.
pub fn import(path: &str, bytes: &[u8]) -> Result<Imported, Vec<Diagnostic>> {
    let file = table::open(path, bytes)?;
    let mut imported = Imported {
        told: file.told.clone(),
        ..Imported::default()
    };
    let standard = &mut imported.standard;
    let mut texts: Vec<String> = file.paragraphs.clone();
    for (at, table) in file.tables.iter().enumerate() {
        let Some(heading) = headings::find(table) else {
            texts.extend(all_text(table, 1..=table.rows()));
            continue;
        };
        texts.extend(all_text(table, 1..=heading.last));
        let reading = rows::read(path, table, &heading, standard);
        texts.extend(
            reading
                .other
                .iter()
                .flat_map(|row| all_text(table, *row..=*row)),
        );
        imported.told.extend(reading.told);
        imported.layouts.push((at, heading));
    }
    if standard.items.is_empty() {
        return Err(vec![no_table(path)]);
    }
    number_items(standard);
    standard.title = title(path, &file, &imported.layouts);
    standard.sha256 = digest(bytes);
    standard.decided_at_least = Points::from(DECIDED_AT_LEAST);
    standard.absent_counts_full = texts.iter().any(|text| counts_full(text));
    let total = standard.total.unwrap_or_else(|| standard.sum());
    standard.grades = grades::read(texts.iter().map(String::as_str), Some(total));
    if standard.grades.is_empty() {
        imported.told.push(no_grades(path));
    }
    imported.file = file;
    Ok(imported)
}

fn all_text(table: &FormTable, rows: std::ops::RangeInclusive<u32>) -> Vec<String> {
    let cells = rows.flat_map(|row| table.row(row));
    cells.map(|(_, text)| text.to_owned()).collect()
}

/// Items without a number of their own are counted.
fn number_items(standard: &mut Standard) {
    for (at, item) in standard.items.iter_mut().enumerate() {
        if item.number.is_empty() {
            item.number = format!("{}", at + 1);
        }
    }
}

/// The form's own title: the line above its table that looks like one, else the file's name.
fn title(path: &str, file: &FormFile, layouts: &[(usize, Heading)]) -> String {
    let above = layouts.first().map(|(at, heading)| {
        let table = &file.tables[*at];
        all_text(table, 1..=heading.last.saturating_sub(1))
    });
    let lines = file
        .paragraphs
        .iter()
        .cloned()
        .chain(above.unwrap_or_default());
    let is_title = |line: &String| {
        let count = line.chars().count();
        (4..=40).contains(&count)
            && ["标准", "评分", "自评", "考评", "评审", "自查"]
                .iter()
                .any(|word| line.contains(word))
    };
    let found = lines.into_iter().find(is_title);
    let stem = path.rsplit('/').next().unwrap_or(path);
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    found.unwrap_or_else(|| stem.to_owned()).replace('\n', "")
}

fn counts_full(text: &str) -> bool {
    ["按满分计", "计满分", "视为满分", "得满分", "按满分"]
        .iter()
        .any(|word| text.contains(word))
        && ["不适用", "不涉及", "没有此项", "无此项", "缺项"]
            .iter()
            .any(|word| text.contains(word))
}

fn no_table(path: &str) -> Diagnostic {
    Diagnostic::new(
        codes::SCORING_FORM,
        "文件里没有找到评分表：没有一行同时写着“内容（或评分方法）”和“分值”这样的标题",
        Locus::file(path),
    )
    .with_hint("核对是不是评分标准；标题行应有“自查内容、分值、评分方法”或者意思相同的列名。")
}

fn no_grades(path: &str) -> Diagnostic {
    Diagnostic::new(
        codes::SCORING_OPEN,
        "表上没有读出等次的界线",
        Locus::file(path),
    )
    .with_hint("在写出的文件的“等次”中按上级规定补上；没有等次的，只算分、不评定。")
}

/// SHA-256, lower-case hex.
pub(crate) fn digest(bytes: &[u8]) -> String {
    Hasher::of(bytes).hex()
}
