//! What documents are made of: sections, blocks, tables, problems, charts.
//!
//! Strings ready for display; nothing here knows how they are drawn.

use serde::Serialize;

/// A chapter or annex.
#[derive(Clone, Debug, Serialize)]
pub struct Section {
    /// Anchor, ASCII, unique in the document.
    pub id: String,
    /// Heading with its number, such as `一、自查工作组织开展情况`; empty for an opening without heading.
    pub title: String,
    /// An annex starts on a page of its own.
    pub annex: bool,
    /// True if its tables want a landscape page.
    pub landscape: bool,
    /// Shown on the page only: too long for paper, which says where it stands.
    pub screen: bool,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "block", rename_all = "snake_case")]
pub enum Block {
    /// A heading below the section's: level 2 is （一）, 3 is 1., 4 is （1）; the number is part of the text.
    Heading {
        /// 2 to 4.
        level: u8,
        /// Anchor, ASCII, unique in the document.
        id: String,
        /// The heading.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// Its text.
        spans: Vec<Span>,
    },
    /// A list.
    List {
        /// Numbered.
        ordered: bool,
        /// One entry each.
        items: Vec<Vec<Span>>,
    },
    /// A table.
    Table {
        /// The table.
        table: Table,
    },
    /// A chart.
    Chart {
        /// The chart.
        chart: Chart,
    },
    /// A group of findings of the same control.
    Problem {
        /// The group.
        problem: Box<Problem>,
    },
    /// A box that cannot be overlooked: what was not checked, what must be decided by people.
    Notice {
        /// Its heading.
        title: String,
        /// Its text, one paragraph each.
        lines: Vec<String>,
    },
    /// Lines for signatures.
    Signatures {
        /// Who signs, such as `检查组组长`.
        roles: Vec<String>,
    },
}

/// Running text of one style.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Span {
    /// The text, literal.
    pub text: String,
    /// Emphasised.
    pub strong: bool,
    /// Anchor in the same document (`#score`) or a file of the output folder; `None` for plain text.
    pub link: Option<String>,
}

/// A table.
#[derive(Clone, Debug, Serialize)]
pub struct Table {
    /// Anchor, ASCII, unique in the document.
    pub id: String,
    /// Caption.
    pub caption: String,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows; every one has as many cells as there are columns.
    pub rows: Vec<Row>,
    /// Said in place of the rows where there are none.
    pub empty: String,
    /// True where people search, filter and sort: rows bear [`Tags`].
    pub interactive: bool,
    /// Rows printed at most; the document says how many were left out.
    pub most: usize,
    /// Where the rows stand that a document leaves out.
    pub rest: String,
    /// Rows beyond those in `rows`, which no document shows.
    pub left_out: usize,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Column {
    /// Heading.
    pub title: String,
    /// Relative width.
    pub width: u16,
    /// How cells are aligned.
    pub align: Align,
}

/// Alignment of cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the three usual ones")]
pub enum Align {
    Start,
    Center,
    End,
}

/// A row.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Row {
    /// One text a column; a line feed is a line break.
    pub cells: Vec<String>,
    /// What it can be filtered by.
    pub tags: Tags,
}

/// What a row or problem can be filtered by; empty where it does not apply.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tags {
    /// `critical`, `serious`, `general` or `hint`.
    pub severity: String,
    /// Department responsible.
    pub department: String,
    /// Item of 条例 §58, `1` to `13`.
    pub chapter: String,
    /// `new`, `open`, `reopened` or `fixed`.
    pub state: String,
    /// Control id.
    pub control: String,
    /// The finding's fingerprint.
    pub fingerprint: String,
    /// The row's anchor in its page, ASCII: `f-…` for a finding, `c-…` for a control.
    pub anchor: String,
    /// Where its control's id leads: the control's entry, or the problem that it is.
    pub link: String,
}

/// All findings of one control as one entry.
#[derive(Clone, Debug, Serialize)]
pub struct Problem {
    /// Anchor: `p-DOC-004`; `p-unreadable` for cells that could not be read.
    pub id: String,
    /// Position among the problems, from 1.
    pub number: usize,
    /// Control id; empty for cells that could not be read.
    pub control: String,
    /// What is wrong, short: the control's title.
    pub title: String,
    /// Item of 条例 §58, 1 to 13; 0 for cells that could not be read.
    pub chapter: u8,
    /// `重大`, `严重`, `一般`, `提示`.
    pub severity: String,
    /// `critical`, `serious`, `general`, `hint`.
    pub severity_id: String,
    /// What is required.
    pub requirement: String,
    /// Which records count, a line for each kind.
    pub window: Vec<String>,
    /// Source clauses.
    pub basis: Vec<String>,
    /// Number of findings.
    pub count: usize,
    /// `共 12 处，涉及办公室 7 处、业务一处 5 处。`
    pub extent: String,
    /// Departments concerned, by name, sorted.
    pub departments: Vec<String>,
    /// `new`, `open`, `reopened` among its findings.
    pub states: Vec<String>,
    /// The first few findings.
    pub examples: Vec<Example>,
    /// Where the rest stands; `None` if the examples are all.
    pub more: Option<String>,
    /// The entry as paper has it: facts in one line, then one line an instance.
    pub brief: Vec<String>,
    /// What to do.
    pub remedy: String,
    /// By when: `立行立改`, `2026年10月28日前`.
    pub due: String,
}

/// One finding as an example.
#[derive(Clone, Debug, Serialize)]
pub struct Example {
    /// What it is about: record key or name.
    pub subject: String,
    /// What is wrong, one sentence.
    pub message: String,
    /// What was expected.
    pub expected: String,
    /// What was found.
    pub actual: String,
    /// Where: the cells that decided.
    pub places: Vec<PlaceText>,
    /// Fingerprint.
    pub fingerprint: String,
}

/// A cell that decided, as people look it up.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PlaceText {
    /// `台账/收文.xlsx　工作表“2026”　F47`, or in which ledger nothing was found.
    pub place: String,
    /// Label of the field.
    pub field: String,
    /// The cell as it stands in the file; `（空）` if nothing stands there.
    pub value: String,
}

/// A chart, the same in HTML and PDF.
#[derive(Clone, Debug, Serialize)]
pub struct Chart {
    /// Anchor, ASCII, unique in the document.
    pub id: String,
    /// Caption.
    pub title: String,
    /// The figures in words, for those who do not see it.
    pub alt: String,
    /// A whole SVG element with explicit colours.
    pub svg: String,
}
