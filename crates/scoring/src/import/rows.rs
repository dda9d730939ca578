//! The rows below a heading → groups, items, lines of sums.

use super::headings::{self, Heading, Role};
use super::{numbers, ways};
use crate::standard::{Group, Item, Nature, Standard};
use crate::table::FormTable;
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::points::Points;

/// Words of lines that sum up.
const TOTAL: [&str; 5] = ["总分", "合计", "总计", "总分值", "满分"];
const SUBTOTAL: [&str; 3] = ["小计", "分项合计", "本项合计"];
/// Lines at the end of a form that are filled in or signed.
const FOOT: [&str; 18] = [
    "实有项目总分值",
    "实有项目总分",
    "总得分",
    "得分率",
    "百分比",
    "考评结果",
    "自评结果",
    "评定结果",
    "考评等次",
    "单位",
    "负责人",
    "分管领导",
    "填表",
    "时间",
    "日期",
    "备注",
    "说明",
    "签名",
];

/// Reads the rows of a table into the standard.
pub(crate) fn read(
    path: &str,
    table: &FormTable,
    heading: &Heading,
    standard: &mut Standard,
) -> Reading {
    let mut reader = RowReader {
        path,
        table,
        heading,
        standard,
        reading: Reading::default(),
        open: None,
        heavy: false,
        basic: false,
    };
    for row in heading.last + 1..=table.rows() {
        reader.row(row);
    }
    reader.close();
    reader.reading
}

/// What the rows held beside items.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// What was not understood.
    pub(crate) told: Vec<Diagnostic>,
    /// Rows that are no items: at their text grades are looked for.
    pub(crate) other: Vec<u32>,
}

struct RowReader<'a> {
    path: &'a str,
    table: &'a FormTable,
    heading: &'a Heading,
    standard: &'a mut Standard,
    reading: Reading,
    /// The item being read: its rows so far.
    open: Option<Open>,
    /// The group says that its items cost the total.
    heavy: bool,
    basic: bool,
}

struct Open {
    item: Item,
    method: String,
    row: u32,
}

impl RowReader<'_> {
    fn row(&mut self, row: u32) {
        let cells = self.table.row(row);
        if cells.is_empty() && !self.continues(row) || headings::is_heading_row(self.table, row) {
            return;
        }
        if self.sums(row) {
            self.close();
            self.reading.other.push(row);
        } else if let Some(title) = self.group_title(row) {
            self.close();
            self.open_group(row, &title);
        } else if self.continues(row) {
            self.go_on(row);
        } else if self.is_item(row) {
            self.close();
            self.begin(row);
        } else {
            self.close();
            self.reading.other.push(row);
            self.tell_other(row);
        }
    }

    fn text(&self, row: u32, role: Role) -> &str {
        self.heading.text(self.table, row, role)
    }

    fn own(&self, row: u32, role: Role) -> &str {
        self.heading.own(self.table, row, role)
    }

    /// A line of sums sets what it states; true if it is one.
    fn sums(&mut self, row: u32) -> bool {
        let cells = self.table.row(row);
        let Some((_, first)) = cells.first() else {
            return false;
        };
        let bare = numbers::plain(first);
        let bare = bare
            .split(['（', '(', '：', ':'])
            .next()
            .unwrap_or_default()
            .to_owned();
        if !numbers::plain(self.own(row, Role::Number)).is_empty()
            && is_number(self.own(row, Role::Number))
        {
            return false;
        }
        let stated = numbers::points(self.own(row, Role::Points)).or_else(|| {
            let number = cells
                .iter()
                .skip(1)
                .find_map(|(_, text)| numbers::points(text));
            number.or_else(|| in_parentheses(first))
        });
        if SUBTOTAL.iter().any(|word| bare.contains(word)) {
            if let (Some(group), Some(points)) = (self.standard.groups.last_mut(), stated) {
                group.subtotal = Some(points);
            }
            return true;
        }
        if TOTAL.contains(&bare.as_str()) {
            self.standard.total = self.standard.total.or(stated);
            return true;
        }
        let scores = numbers::points(self.own(row, Role::Points)).is_some()
            && !FOOT.contains(&bare.as_str());
        FOOT.iter().any(|word| bare.starts_with(word)) && !self.has_way(row) && !scores
    }

    fn has_way(&self, row: u32) -> bool {
        !ways::read(self.text(row, Role::Method), None)
            .ways
            .is_empty()
    }

    /// The title, if the row begins a group.
    fn group_title(&self, row: u32) -> Option<String> {
        let cells = self.table.row(row);
        let (column, first) = cells.first()?;
        if is_number(self.own(row, Role::Number)) || first.chars().count() > 60 {
            return None;
        }
        let texts = cells
            .iter()
            .filter(|(_, text)| numbers::points(text).is_none() && !text.contains('★'));
        let alone = texts.count() == 1;
        let ordinal = is_ordinal(first);
        let wide = self.table.anchor(row, column + 1) == (row, *column);
        let method = self.own(row, Role::Method);
        let stands_apart = method.is_empty()
            || self
                .heading
                .column(Role::Method)
                .is_some_and(|c| self.table.anchor(row, c).1 == *column);
        let titles = ordinal || wide && !first.contains("扣");
        (alone && stands_apart && titles).then(|| (*first).to_owned())
    }

    fn open_group(&mut self, row: u32, title: &str) {
        let own = self
            .heading
            .column(Role::Points)
            .filter(|c| self.table.anchor(row, *c) == (row, *c));
        let stated = own.and_then(|c| numbers::points(self.table.text(row, c)));
        self.group(title, stated.or_else(|| in_parentheses(title)));
        if title.contains(['%', '％']) {
            let message = format!("分组“{title}”写有权重，得分按分值相加，没有按权重折算");
            self.tell(row, Role::Points, message);
        }
    }

    /// Begins a group, unless it is the one already open.
    fn group(&mut self, title: &str, subtotal: Option<Points>) {
        let title = title.replace(['\n', ' ', '\u{3000}'], "");
        if self
            .standard
            .groups
            .last()
            .is_some_and(|group| group.title == title)
        {
            return;
        }
        self.heavy = ["加重扣分", "重扣", "重点扣分", "加扣", "倒扣"]
            .iter()
            .any(|word| title.contains(word));
        self.basic = ["基本项", "基本条件", "否决项"]
            .iter()
            .any(|word| title.contains(word));
        self.standard.groups.push(Group { title, subtotal });
    }

    /// True if the row belongs to the item above: its number reaches down, or it has neither number nor points.
    fn continues(&self, row: u32) -> bool {
        let Some(open) = &self.open else { return false };
        let covered = |role| {
            let column = self.heading.column(role);
            column.is_some_and(|c| {
                self.table.is_covered_from_above(row, c) && self.table.anchor(row, c).0 >= open.row
            })
        };
        let number = self.heading.column(Role::Number).is_some();
        if number && covered(Role::Number) {
            return true;
        }
        let no_points = self.own(row, Role::Points).is_empty();
        let says = !self.own(row, Role::Method).is_empty() || !self.own(row, Role::Text).is_empty();
        if number {
            self.own(row, Role::Number).is_empty() && no_points && says
        } else {
            no_points && says && (covered(Role::Text) || covered(Role::Points))
        }
    }

    fn go_on(&mut self, row: u32) {
        let text = self.own(row, Role::Text).to_owned();
        let method = self.own(row, Role::Method).to_owned();
        if let Some(open) = &mut self.open {
            join(&mut open.item.text, &text);
            join(&mut open.method, &method);
        }
    }

    fn is_item(&self, row: u32) -> bool {
        let says = !self.own(row, Role::Text).is_empty() || !self.own(row, Role::Method).is_empty();
        let points = numbers::points(self.text(row, Role::Points)).is_some();
        says && (is_number(self.own(row, Role::Number))
            || points
            || self.has_way(row)
            || ways::read(self.text(row, Role::Text), None).veto)
    }

    fn begin(&mut self, row: u32) {
        let group = self.text(row, Role::Group).to_owned();
        if !group.is_empty() {
            let subtotal = in_parentheses(&group);
            self.group(&group, subtotal);
        }
        let stated = self.own(row, Role::Points).to_owned();
        let number = numbers::plain(self.own(row, Role::Number));
        let nature = self.own(row, Role::Nature);
        let basic = self.basic || ["基本", "否决"].iter().any(|word| nature.contains(word));
        let item = Item {
            number: number.trim_matches(['★', '*', '.', '、', '．']).to_owned(),
            group: self.standard.groups.len().checked_sub(1),
            text: self.own(row, Role::Text).to_owned(),
            points: numbers::points(&stated).filter(|points| points.is_positive()),
            nature: if basic { Nature::Basic } else { Nature::Scored },
            place: format!("{}/{row}", self.table.name),
            ..Item::default()
        };
        if item.points.is_none()
            && !matches!(
                stated.trim(),
                "" | "—" | "-" | "/" | "／" | "－" | "——" | "无" | "0"
            )
        {
            let message = format!(
                "第 {} 项的分值“{stated}”读不出数字，按没有分值处理",
                item.number
            );
            self.tell(row, Role::Points, message);
        }
        let method = self.own(row, Role::Method).to_owned();
        self.open = Some(Open { item, method, row });
    }

    /// The item is whole: its ways are read.
    fn close(&mut self) {
        let Some(Open {
            mut item,
            method,
            row,
        }) = self.open.take()
        else {
            return;
        };
        item.text = item.text.replace('\n', "");
        let mut read = ways::read(&method, item.points);
        if method.is_empty() || read.ways.is_empty() && !read.veto {
            let from_text = ways::read(&item.text, item.points);
            if !from_text.ways.is_empty() || from_text.veto {
                read = ways::Read {
                    unread: if method.is_empty() {
                        Vec::new()
                    } else {
                        read.unread
                    },
                    ..from_text
                };
            }
        }
        if item.text.is_empty() {
            item.text = method.replace('\n', "");
        }
        item.nature = self.nature(&item, &read);
        item.ways = read.ways;
        item.unread = read.unread;
        if item.ways.is_empty() && item.nature.decides_alone() {
            item.ways.push(crate::standard::Way {
                text: item.text.clone(),
                ..crate::standard::Way::default()
            });
        }
        for text in &item.unread {
            let message = format!(
                "第 {} 项的评分方法中“{text}”没有读懂，已作为文字保留",
                item.number
            );
            self.tell(row, Role::Method, message);
        }
        if item.ways.is_empty() && item.unread.is_empty() {
            let message = format!("第 {} 项没有写明怎样扣分，得分由人评定", item.number);
            self.tell(row, Role::Method, message);
        }
        self.standard.items.push(item);
    }

    fn nature(&self, item: &Item, read: &ways::Read) -> Nature {
        match item.points {
            _ if item.nature == Nature::Basic => Nature::Basic,
            None if read.veto => Nature::Veto,
            None if self.heavy || !read.ways.is_empty() => Nature::Heavy,
            _ => Nature::Scored,
        }
    }

    fn tell(&mut self, row: u32, role: Role, message: String) {
        let column = self.heading.column(role).unwrap_or(0);
        let locus = place(self.path, self.table, row, column);
        let told = Diagnostic::new(codes::SCORING_UNREAD, message, locus);
        self.reading
            .told
            .push(told.with_hint("在写出的文件里按表上的意思补上，原文保留在“存疑”中。"));
    }

    fn tell_other(&mut self, row: u32) {
        let cells = self.table.row(row);
        let text = cells
            .iter()
            .map(|(_, text)| *text)
            .collect::<Vec<_>>()
            .join(" ")
            .replace('\n', "");
        if text.chars().count() < 2
            || super::grades::LABELS
                .iter()
                .any(|label| text.contains(label))
        {
            return;
        }
        let column = cells.first().map_or(0, |(column, _)| *column);
        let short: String = text.chars().take(60).collect();
        let message = format!("这一行“{short}”既不是评分项目，也不是分组、合计，没有用到");
        let told = Diagnostic::new(
            codes::SCORING_ROW,
            message,
            place(self.path, self.table, row, column),
        );
        self.reading.told.push(told);
    }
}

/// A cell of a form as people find it.
pub(crate) fn place(path: &str, table: &FormTable, row: u32, column: u32) -> Locus {
    let letter = zicha_model::dataset::column_letter(column);
    Locus::cell(path, Some(&table.name), format!("{letter}{row}"))
}

fn join(text: &mut String, more: &str) {
    if more.is_empty() {
        return;
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(more);
}

/// `12`, `1.2`, `★3`, `（4）`, `4、`.
fn is_number(cell: &str) -> bool {
    let plain = numbers::plain(cell);
    let bare = plain.trim_matches(['★', '*', '（', '）', '(', ')', '、', '.', '．']);
    !bare.is_empty()
        && bare.starts_with(|c: char| c.is_ascii_digit())
        && bare
            .chars()
            .all(|c| c.is_ascii_digit() || c == '.' || c == '-')
}

/// `一、…`, `（二）…`, `第三部分…`.
fn is_ordinal(text: &str) -> bool {
    let plain: Vec<char> = numbers::plain(text).chars().collect();
    let rest = match plain.first() {
        Some('（' | '(' | '第') => &plain[1..],
        _ => &plain[..],
    };
    let words = rest
        .iter()
        .take_while(|c| numbers::chinese(&[**c]).is_some())
        .count();
    let next = rest.get(words);
    words > 0 && next.is_some_and(|c| "、.．）)部章类大".contains(*c))
}

/// `…（14分）`, `…（共14分）`.
fn in_parentheses(text: &str) -> Option<Points> {
    let plain = numbers::plain(text);
    let inside = plain.rsplit(['（', '(']).next()?;
    let inside = inside.split(['）', ')']).next()?;
    if !inside.contains('分') {
        return None;
    }
    let number = inside.trim_start_matches(|c: char| !c.is_ascii_digit());
    numbers::points(number)
}
