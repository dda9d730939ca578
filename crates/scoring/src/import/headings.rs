//! The heading rows of a score table → what each column is.

use crate::table::FormTable;
use std::collections::BTreeMap;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// 序号.
    Number,
    /// Group of items, merged over its rows.
    Group,
    /// What is asked.
    Text,
    /// Points of the item.
    Points,
    /// How points are lost.
    Method,
    /// Whether the item is a basic condition.
    Nature,
    /// ★ for what the unit has: filled in.
    Present,
    /// What was deducted and why: filled in.
    Deducted,
    /// Points reached: filled in.
    Score,
    /// Records that prove it: filled in.
    Evidence,
}

/// Words of headings. Where several fit, the first of the list that is the whole heading, else the first
/// that it contains.
const WORDS: &[(Role, &[&str])] = &[
    (
        Role::Number,
        &["序号", "编号", "项号", "项次", "题号", "条目号", "No", "NO"],
    ),
    (
        Role::Present,
        &[
            "实有项目",
            "是否实有",
            "实有",
            "是否适用",
            "适用情况",
            "是否具备",
            "适用",
        ],
    ),
    (
        Role::Score,
        &[
            "得分",
            "自评得分",
            "自评分",
            "自查得分",
            "考评得分",
            "实得分",
            "实际得分",
            "评分结果",
            "自评分数",
            "打分",
        ],
    ),
    (
        Role::Deducted,
        &[
            "扣分情况",
            "扣分原因",
            "扣分说明",
            "扣分事由",
            "扣分理由",
            "扣分依据",
            "扣分项",
            "存在问题",
            "检查情况",
            "检查记录",
            "自查情况",
            "扣分记录",
            "实扣分",
            "扣分",
        ],
    ),
    (
        Role::Method,
        &[
            "评分方法",
            "评分标准",
            "扣分标准",
            "扣分办法",
            "计分办法",
            "评分办法",
            "评分细则",
            "扣分细则",
            "评审标准",
            "计分标准",
            "计分方法",
            "评分要求",
            "评分说明",
            "扣分方法",
            "评分规则",
            "扣分规则",
            "考评标准",
            "考核标准",
            "评价标准",
        ],
    ),
    (
        Role::Points,
        &[
            "分值",
            "标准分",
            "满分",
            "标准分值",
            "配分",
            "分数",
            "权重",
            "应得分",
            "总分值",
            "满分值",
        ],
    ),
    (
        Role::Nature,
        &["项目性质", "性质", "项目类型", "条款类型", "类型"],
    ),
    (
        Role::Evidence,
        &["佐证材料", "佐证", "证明材料", "备查资料", "支撑材料"],
    ),
    (
        Role::Text,
        &[
            "自查内容",
            "检查内容",
            "考评内容",
            "评审内容",
            "考核内容",
            "自评内容",
            "评估内容",
            "检查内容和要求",
            "检查要点",
            "内容和要求",
            "具体内容",
            "标准要求",
            "具体要求",
            "检查标准",
            "二级指标",
            "评分内容",
            "审查内容",
            "内容",
            "要求",
        ],
    ),
    (
        Role::Group,
        &[
            "类别",
            "项目",
            "检查项目",
            "评审项目",
            "考核项目",
            "自查项目",
            "评分项目",
            "一级指标",
            "分类",
            "检查类别",
            "部分",
            "大项",
            "章节",
            "评审类别",
        ],
    ),
];

/// Rows of headings that a table has at most.
const MOST_ROWS: u32 = 3;

/// The heading of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// Its last row.
    pub last: u32,
    /// What each column is; of two columns with one role the first.
    pub columns: BTreeMap<Role, u32>,
}

impl Heading {
    /// The column with a role.
    pub fn column(&self, role: Role) -> Option<u32> {
        self.columns.get(&role).copied()
    }

    /// The text in the column with a role; empty without such a column.
    pub(crate) fn text<'t>(&self, table: &'t FormTable, row: u32, role: Role) -> &'t str {
        self.column(role)
            .map_or("", |column| table.text(row, column))
    }

    /// The same, unless the cell begins in a row above.
    pub(crate) fn own<'t>(&self, table: &'t FormTable, row: u32, role: Role) -> &'t str {
        self.column(role)
            .map_or("", |column| table.own(row, column))
    }
}

/// Finds the heading; `None` of a table that scores nothing.
pub(crate) fn find(table: &FormTable) -> Option<Heading> {
    let rows = 1..=table.rows().min(40);
    rows.filter(|&row| is_heading_row(table, row))
        .find_map(|first| {
            let last = last_row(table, first);
            let columns = columns(table, first, last);
            let heading = Heading { last, columns };
            heading.is_enough().then_some(heading)
        })
}

impl Heading {
    /// A score table says what is asked or how points are lost, and how many there are.
    fn is_enough(&self) -> bool {
        let has = |role| self.columns.contains_key(&role);
        has(Role::Points) && (has(Role::Text) || has(Role::Method))
    }
}

/// True for a row that repeats headings on a further page.
pub(crate) fn is_heading_row(table: &FormTable, row: u32) -> bool {
    let cells = table.row(row);
    let known = cells
        .iter()
        .filter(|(_, text)| role_of(text).is_some())
        .count();
    known >= 2 && cells.iter().all(|(_, text)| text.chars().count() <= 24)
}

/// The last row of the heading: cells of its first row may reach down, or stand above narrower ones.
fn last_row(table: &FormTable, first: u32) -> u32 {
    let mut last = first;
    for row in first + 1..first + MOST_ROWS {
        let reaches = (0..table.columns())
            .any(|c| table.anchor(row, c) != (row, c) && table.anchor(row, c).0 == first);
        if row <= table.rows() && (is_heading_row(table, row) || reaches && is_short(table, row)) {
            last = row;
        } else {
            break;
        }
    }
    last
}

fn is_short(table: &FormTable, row: u32) -> bool {
    let cells = table.row(row);
    cells.iter().all(|(_, text)| role_of(text).is_some())
}

/// What each column is: its lowest heading speaks first, then those above it.
fn columns(table: &FormTable, first: u32, last: u32) -> BTreeMap<Role, u32> {
    let mut columns = BTreeMap::new();
    let mut whole = Vec::new();
    for column in 0..table.columns() {
        let below = role_of(table.text(last, column));
        let role = below.or_else(|| {
            (first..last)
                .rev()
                .find_map(|row| role_of(table.text(row, column)))
        });
        let anchor = table.anchor(last, column);
        // A heading over two columns names the first of them only.
        if let Some(role) = role.filter(|_| anchor.1 == column) {
            whole.push((role, column));
        }
    }
    for (role, column) in &whole {
        columns.entry(*role).or_insert(*column);
    }
    settle(&mut columns, &whole);
    columns
}

/// `检查项目` alone is what is asked; beside `检查内容` it is the group. `评分标准` without a column for
/// what is asked may be both.
fn settle(columns: &mut BTreeMap<Role, u32>, whole: &[(Role, u32)]) {
    if !columns.contains_key(&Role::Text)
        && let Some(group) = columns.remove(&Role::Group)
    {
        columns.insert(Role::Text, group);
        let second = whole
            .iter()
            .find(|(role, at)| *role == Role::Group && *at != group);
        if let Some((_, second)) = second {
            columns.insert(Role::Text, *second);
            columns.insert(Role::Group, group);
        }
    }
}

/// The role that a heading names.
fn role_of(text: &str) -> Option<Role> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = bare.split(['（', '(']).next().unwrap_or_default();
    if bare.is_empty() || bare.chars().count() > 16 {
        return None;
    }
    let whole = WORDS.iter().find(|(_, words)| words.contains(&bare));
    let part = || {
        let ends = |words: &[&str]| {
            words
                .iter()
                .any(|word| word.chars().count() >= 2 && bare.ends_with(word))
        };
        WORDS.iter().find(|(_, words)| ends(words))
    };
    whole.or_else(part).map(|(role, _)| *role)
}
