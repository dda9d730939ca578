//! Which rows below a heading are records, and why the others are not.

use crate::formats::grid::{Form, Row};
use crate::recognition::foot_rows;
use crate::recognition::header_detection::Heading;
use crate::recognition::sheet::Source;
use crate::values::normalise;
use std::collections::BTreeMap;
use zicha_model::{
    dataset::{SheetUse, SkippedRows},
    schema::FieldId,
};

const TOTALS: [&str; 7] = [
    "合计",
    "总计",
    "小计",
    "共计",
    "累计",
    "本页合计",
    "本页小计",
];
/// Words that begin a row which explains the table, however many cells it fills.
const LEGENDS: [&str; 1] = ["图例:"];
const NOTES: [&str; 22] = [
    "注",
    "备注",
    "说明",
    "填表说明",
    "填报说明",
    "附注",
    "值班要求",
    "注意事项",
    "填表人",
    "填报人",
    "制表",
    "制表人",
    "审核",
    "审核人",
    "审批人",
    "单位负责人",
    "部门负责人",
    "负责人",
    "经办人",
    "联系人",
    "联系电话",
    "打印日期",
];
/// Gaps of more rows than these are told as a range.
const LISTED_GAP: u32 = 200;

/// Why a row is passed over that says there is nothing to register.
pub(crate) const NONE: &str = "只写“无”、“/”的行";
/// Told of a row that heads a part of the table.
pub(crate) const GROUP: &str = "分组标题行";

/// Why a row is no record.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Skip {
    Title,
    Blank,
    Struck,
    SerialOnly,
    Total,
    Repeated,
    Group,
    Example,
    NothingBelow,
    None,
    Note,
}

impl Skip {
    fn why(self) -> &'static str {
        match self {
            Self::Title => "标题行以上的表名和说明",
            Self::Blank => "空行",
            Self::Struck => "整行划去的行",
            Self::SerialOnly => "只有序号的空白行",
            Self::Total => "合计行",
            Self::Repeated => "重复的标题行",
            Self::Group => GROUP,
            Self::Example => "填写示例",
            Self::NothingBelow => "“以下空白”",
            Self::None => NONE,
            Self::Note => "表下说明或签字栏",
        }
    }
}

/// The rows of a region that are records; all others are told in `usage.skipped`.
pub fn records(
    source: Source<'_>,
    heading: &Heading,
    columns: &[(u32, FieldId, bool)],
    from: usize,
    to: usize,
    usage: &mut SheetUse,
) -> Vec<usize> {
    let grid = source.grid;
    let first = heading.row + heading.height;
    let mut skipped: BTreeMap<Skip, Vec<u32>> = BTreeMap::new();
    if from < heading.row {
        let titles = (from..heading.row).map(|at| grid.row(at).number());
        skipped.insert(Skip::Title, titles.collect());
    }
    let last_record = (first..to)
        .rev()
        .find(|&at| grid.row(at).cells().len() > 2)
        .unwrap_or(first);
    let table = Table {
        source,
        heading,
        columns,
        last_record,
    };
    let mut records = Vec::new();
    let mut previous = grid.row(heading.row + heading.height - 1).number();
    for at in first..to {
        let number = grid.row(at).number();
        gap(source, (previous, number), &mut skipped);
        previous = number;
        match table.why_not(at) {
            None => records.push(at),
            Some(skip) => skipped.entry(skip).or_default().push(number),
        }
    }
    let end = match to == grid.len() {
        true => u32::MAX,
        false => grid.row(to).number(),
    };
    struck_between(source, (previous, end), &mut skipped);
    let told = skipped.into_iter().map(|(skip, rows)| SkippedRows {
        rows,
        why: skip.why().to_owned(),
    });
    usage.skipped = told.collect();
    usage
        .skipped
        .sort_by_key(|skipped| skipped.rows.first().copied());
    records
}

/// Row numbers that the grid does not have stand for blank rows, or for rows struck through.
fn gap(source: Source<'_>, (previous, next): (u32, u32), skipped: &mut BTreeMap<Skip, Vec<u32>>) {
    if source.form != Form::Workbook || next <= previous + 1 {
        return;
    }
    struck_between(source, (previous, next), skipped);
    let struck = &source.grid.struck_rows;
    let blank = |row: &u32| struck.binary_search(row).is_err();
    let rows: Vec<u32> = match next - previous > LISTED_GAP {
        true => [previous + 1, next - 1].into_iter().filter(blank).collect(),
        false => (previous + 1..next).filter(blank).collect(),
    };
    if !rows.is_empty() {
        skipped.entry(Skip::Blank).or_default().extend(rows);
    }
}

/// Rows struck through between two others.
fn struck_between(
    source: Source<'_>,
    (previous, next): (u32, u32),
    skipped: &mut BTreeMap<Skip, Vec<u32>>,
) {
    // In order: a register may have as many gaps as rows struck through.
    let struck = &source.grid.struck_rows;
    let from = struck.partition_point(|&row| row <= previous);
    let to = struck.partition_point(|&row| row < next).max(from);
    if from < to {
        let rows = skipped.entry(Skip::Struck).or_default();
        rows.extend(&struck[from..to]);
    }
}

struct Table<'a> {
    source: Source<'a>,
    heading: &'a Heading,
    columns: &'a [(u32, FieldId, bool)],
    last_record: usize,
}

impl Table<'_> {
    fn why_not(&self, at: usize) -> Option<Skip> {
        let row = self.source.grid.row(at);
        let count = row.cells().len();
        let first = row.cells().next()?;
        let first = (first.column, first.text.trim());
        if self.source.form == Form::Yaml {
            return None;
        }
        if let Some(skip) = self.beside_records(row) {
            return Some(skip);
        }
        let alone = count == 1 && self.columns.len() > 2;
        if alone && self.is_serial(first.0) {
            let key = normalise::squeezed(first.1);
            if !is_note(&key) && !is_group(&key) && !self.is_wide(at, first.0) {
                const LONGEST_NUMBER: usize = 12;
                return Some(match key.chars().count() {
                    ..LONGEST_NUMBER => Skip::SerialOnly,
                    _ => Skip::Note,
                });
            }
        }
        if is_total_row(row) || foot_rows::is_sum(row) {
            return Some(Skip::Total);
        }
        if alone
            && self.is_first(first.0)
            && (is_number_in_advance(first.1) || self.is_numbered_in_advance(at, first))
        {
            return Some(Skip::SerialOnly);
        }
        if self.repeats_heading(row) {
            return Some(Skip::Repeated);
        }
        self.prose(at, count, first)
    }

    /// Rows that say something of the table, whatever its width.
    fn beside_records(&self, row: Row<'_>) -> Option<Skip> {
        if self.columns.len() < 2 {
            return None;
        }
        let kinds = [
            (foot_rows::is_nothing_below(row), Skip::NothingBelow),
            (foot_rows::is_example(row), Skip::Example),
            (
                foot_rows::says_none(row, |column| self.is_serial(column)),
                Skip::None,
            ),
            (
                foot_rows::is_page_foot(row) || foot_rows::is_signature_line(row),
                Skip::Note,
            ),
        ];
        let found = kinds.into_iter().find(|(is, _)| *is);
        found.map(|(_, skip)| skip)
    }

    /// True for a number below all records that goes on with theirs: QT058 below QT057.
    fn is_numbered_in_advance(&self, at: usize, (column, text): (u32, &str)) -> bool {
        let shape = |text: &str| {
            let text = normalise::squeezed(text);
            let digits = text.chars().rev().take_while(char::is_ascii_digit).count();
            (digits > 0)
                .then(|| text.chars().count() - digits)
                .map(|stem| text.chars().take(stem).collect::<String>())
        };
        let last = self.source.grid.row(self.last_record).text(column);
        at > self.last_record && shape(text).is_some() && shape(text) == shape(last)
    }

    /// True for the leftmost column that has a field.
    fn is_first(&self, column: u32) -> bool {
        self.columns.iter().map(|&(column, ..)| column).min() == Some(column)
    }

    fn is_serial(&self, column: u32) -> bool {
        let claimed = self.columns.iter().find(|(c, ..)| *c == column);
        let heading = self.heading.columns.iter().find(|(c, _)| *c == column);
        claimed.map_or_else(
            || heading.is_some_and(|(_, text)| normalise::heading(text) == "序号"),
            |&(_, _, weak)| weak,
        )
    }

    /// True for a cell that is merged over half of the table and more.
    fn is_wide(&self, at: usize, column: u32) -> bool {
        let row = self.source.grid.row(at).number();
        let width = self.heading.columns.len();
        self.source.grid.merged.iter().any(|&(r0, c0, _, c1)| {
            r0 == row && c0 == column && (c1 - c0 + 1) as usize * 2 >= width
        })
    }

    fn repeats_heading(&self, row: Row<'_>) -> bool {
        let top = self.heading.row;
        let mut rows = (top..top + self.heading.height).map(|at| self.source.grid.row(at));
        // Comparing one cell first keeps this cheap on a million rows.
        rows.any(|heading| {
            let mut first = heading.cells().take(3);
            let quick = first.any(|cell| row.text(cell.column) == cell.text.trim());
            quick && alike(row, heading)
        }) || alike_loosely(row, self.source.grid.row(top))
    }

    /// Notes, signatures and group titles: short rows that say so, or stand below all records.
    fn prose(&self, at: usize, filled: usize, (column, text): (u32, &str)) -> Option<Skip> {
        let width = self.heading.columns.len();
        if width < 3 {
            return None;
        }
        if LEGENDS
            .iter()
            .any(|word| normalise::squeezed(text).starts_with(word))
        {
            return Some(Skip::Note);
        }
        if filled > (self.columns.len() / 3).max(3) {
            return None;
        }
        let key = normalise::squeezed(text);
        if is_note(&key) {
            return Some(Skip::Note);
        }
        if filled > 1 {
            return None;
        }
        if self.is_wide(at, column) || is_group(&key) {
            return Some(if at > self.last_record {
                Skip::Note
            } else {
                Skip::Group
            });
        }
        let outside = self.columns.iter().all(|(c, ..)| *c != column);
        // A sentence below all records: 此表一式两份，保密办、使用部门各存一份.
        let sentence = text.contains(['，', '。', '；']) && text.chars().count() >= 12;
        let long = (text.chars().count() >= 20 || sentence) && at > self.last_record;
        (outside || long).then_some(Skip::Note)
    }
}

/// True if most cells say what the heading says in the same column.
fn alike(row: Row<'_>, heading: Row<'_>) -> bool {
    let same = row.cells().filter(|cell| {
        normalise::heading(heading.text(cell.column)) == normalise::heading(cell.text)
    });
    let same = same.count();
    same >= 2 && same * 5 >= row.cells().len() * 3
}

/// As [`alike`] for headings whose first cells were retyped with other blanks.
fn alike_loosely(row: Row<'_>, heading: Row<'_>) -> bool {
    row.cells().next().is_some_and(|cell| {
        let above = heading.text(cell.column);
        above.len() < 60
            && cell.text.len() < 60
            && cell
                .text
                .chars()
                .next()
                .is_some_and(|c| above.starts_with(c))
            && alike(row, heading)
    })
}

/// True if one of the first two cells says that a sum follows.
pub(crate) fn is_total_row(row: Row<'_>) -> bool {
    row.cells().take(2).any(|cell| is_total(cell.text.trim()))
}

/// A number, month or term written in advance: 12, 9月份, 第四期.
fn is_number_in_advance(text: &str) -> bool {
    const LONGEST: usize = 12;
    let key = normalise::arabic(&normalise::squeezed(text));
    let ends = ["月份", "月", "期", "季度", "号", "次"];
    let bare = ends
        .iter()
        .find_map(|end| key.strip_suffix(end))
        .unwrap_or(&key);
    let bare = bare.trim_start_matches('第');
    key.chars().count() <= LONGEST && !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit())
}

/// 合计, 合计：12份, 本页小计.
fn is_total(text: &str) -> bool {
    if text.len() > 60 || !text.contains('计') {
        return false;
    }
    let key = normalise::squeezed(text);
    let rest = TOTALS.iter().find_map(|word| key.strip_prefix(word));
    rest.is_some_and(|rest| {
        let rest = normalise::without_brackets(rest);
        rest.chars().all(|c| {
            c.is_ascii_digit()
                || matches!(
                    c,
                    ':' | ','
                        | '.'
                        | '份'
                        | '件'
                        | '人'
                        | '元'
                        | '条'
                        | '个'
                        | '台'
                        | '次'
                        | '项'
                        | '数'
                )
        })
    })
}

/// 注：…, 说明：…, 制表人：…, 第 1 页 共 3 页.
fn is_note(key: &str) -> bool {
    let noted = NOTES.iter().any(|word| {
        key.strip_prefix(word).is_some_and(|rest| {
            let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            rest.starts_with([':', '.', '、'])
                || (rest.is_empty() && key != "负责人" && key != "备注")
        })
    });
    let paged = key.starts_with('第') && key.contains('页') && key.chars().count() <= 14;
    noted || paged || key.starts_with("注:") || key.starts_with("*注")
}

/// 一、机关, （二）事业单位.
fn is_group(key: &str) -> bool {
    let key = key.trim_start_matches('(');
    let rest = key.trim_start_matches(|c| "一二三四五六七八九十".contains(c));
    rest.len() < key.len() && rest.starts_with(['、', ')'])
}

/// Row numbers in few words: `3、5-9`.
pub fn numbers(rows: &[u32]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut at = 0;
    while at < rows.len() {
        let mut end = at;
        while end + 1 < rows.len() && rows[end + 1] == rows[end] + 1 {
            end += 1;
        }
        parts.push(if end == at {
            rows[at].to_string()
        } else {
            format!("{}-{}", rows[at], rows[end])
        });
        at = end + 1;
    }
    let more = if parts.len() > 10 { "等" } else { "" };
    parts.truncate(10);
    format!("第 {} 行{more}", parts.join("、"))
}
