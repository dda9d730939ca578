//! The rows of 整改清单.

mod cells;

pub(crate) use crate::view::findings::list::cells::{OF_THE_LEDGERS, basis, cells_alone, due};

use crate::document::blocks::{Align, Row, Table, Tags};
use crate::document::tables;
use crate::view::findings::list::cells::{cited, hint, overdue, places, problem_text, status};
use crate::view::findings::problems;
use crate::view::model::{ListRow, ListSheet};
use crate::view::source::Source;
use crate::view::words;
use std::collections::BTreeMap;
use zicha_model::{
    rectification::{self, Cells, Column, OWN_SHEET},
    results::{Finding, State},
};

/// A row of 整改清单, by column; what people entered stands before what the program proposes.
struct Line {
    cells: Cells,
    extra: BTreeMap<String, String>,
    id: String,
    check: String,
    /// Cells as the papers print them; empty where people wrote what stands in the column.
    places: String,
    /// Clauses as the papers print them; as `places`.
    basis: String,
}

/// The parts of 整改清单, as tables to read and as sheets to work with.
pub(crate) struct List {
    /// 新增, 推进落实, 已办结销号.
    pub(crate) parts: [Table; 3],
    /// Items that people added; `None` without any.
    pub(crate) own: Option<Table>,
    /// Rows of lists that fit no finding; `None` without any.
    pub(crate) unmatched: Option<Table>,
    /// The same as sheets.
    pub(crate) sheets: Vec<ListSheet>,
}

/// Id, caption and sheet of the three parts, and the states that stand in them.
const PARTS: [(&str, &str, &str, &[State]); 3] = [
    ("new", "新增问题", "新增", &[State::New]),
    (
        "open",
        "推进落实的问题",
        "推进落实",
        &[State::Open, State::Reopened],
    ),
    ("fixed", "已办结销号的问题", "已办结销号", &[State::Fixed]),
];

/// Puts 整改清单 together.
pub(crate) fn rectification(source: &Source<'_>) -> List {
    let whole = &source.original.results.findings;
    let findings: Vec<_> = source.findings().zip(whole).collect();
    let today = source.data.plan.as_of.to_string();
    let mut sheets = Vec::new();
    let parts = PARTS.map(|(id, caption, name, states)| {
        let mut mine: Vec<_> = findings
            .iter()
            .filter(|(f, _)| !f.waived && states.contains(&f.state))
            .collect();
        mine.sort_by_key(|(f, _)| (std::cmp::Reverse(f.severity), f.due));
        // The workbook has all of them, the pages only so many.
        let (mut lines, mut rows) = (Vec::with_capacity(mine.len()), Vec::new());
        for (index, (finding, whole)) in mine.iter().enumerate() {
            let line = line(source, finding, whole);
            if index < tables::MOST {
                rows.push(row(index + 1, &line, &today, tags(source, finding)));
            }
            lines.push(line);
        }
        let left_out = lines.len() - rows.len();
        sheets.push(sheet(name, caption, lines));
        tables::interactive(id, caption, &words::LIST_COLUMNS, rows)
            .continued_in("整改清单.xlsx 和 results.json")
            .leaving_out(left_out)
    });
    let own = own(source);
    let own_table = (!own.is_empty()).then(|| own_table(&own, &today));
    sheets.push(sheet(OWN_SHEET, "自行登记的事项", own));
    List {
        parts,
        own: own_table,
        unmatched: unmatched(source),
        sheets,
    }
}

fn sheet(name: &str, caption: &str, lines: Vec<Line>) -> ListSheet {
    let rows = lines.into_iter().map(|line| ListRow {
        cells: line.cells,
        extra: line.extra,
        id: line.id,
        check: line.check,
    });
    ListSheet {
        name: name.to_owned(),
        caption: caption.to_owned(),
        rows: rows.collect(),
    }
}

/// What the program says of a finding, and over it what people entered. Entries are shown whole:
/// what is cut here would come back cut from the next list.
fn line(source: &Source<'_>, finding: &Finding, whole: &Finding) -> Line {
    let mut cells = proposed(source, finding);
    let check = rectification::check(&cells);
    let entry = &whole.rectification;
    for column in Column::OPEN {
        if let Some(text) = entry.cell(column) {
            cells.insert(column, source.entered(text));
        }
    }
    let hint = hint(source, finding);
    if !hint.is_empty() {
        cells.insert(Column::Hint, hint);
    }
    let extra = entry.extra.iter();
    Line {
        cells,
        extra: extra
            .map(|(heading, text)| (source.entered(heading), source.entered(text)))
            .collect(),
        id: finding.fingerprint.clone(),
        check,
        places: cells_alone(source, finding),
        basis: cited(source, finding),
    }
}

fn proposed(source: &Source<'_>, finding: &Finding) -> Cells {
    // The data's word: what people entered is laid over it, and 校验 tells the two apart.
    let department = finding.subject.department.clone();
    let department = department.filter(|name| !name.is_empty());
    let department = department.unwrap_or_else(|| words::NO_DEPARTMENT.to_owned());
    Cells::from([
        (Column::Problem, problem_text(source, finding)),
        (Column::Basis, basis(source, finding)),
        (Column::Places, places(source, finding)),
        (Column::Found, finding.found.to_string()),
        (Column::Severity, finding.severity.label().to_owned()),
        (Column::Leader, source.leader(&department)),
        (Column::Department, department),
        (
            Column::Responsible,
            finding.subject.person.clone().unwrap_or_default(),
        ),
        (Column::Measure, finding.remedy.clone()),
        (Column::Due, due(finding)),
        (Column::Status, status(finding).to_owned()),
    ])
}

/// What a finding's row is filtered by.
pub(crate) fn tags(source: &Source<'_>, finding: &Finding) -> Tags {
    Tags {
        severity: words::severity_id(finding.severity).to_owned(),
        department: problems::department(finding),
        chapter: source.chapter(finding.control.as_deref()).to_string(),
        state: words::state_id(finding.state).to_owned(),
        control: finding.control.clone().unwrap_or_default(),
        fingerprint: finding.fingerprint.clone(),
        anchor: format!("f-{}", finding.fingerprint),
        link: match &finding.control {
            Some(id) => format!("自查工作底稿.html#p-{id}"),
            None => String::new(),
        },
    }
}

/// The columns that are read and printed: what the workbook keeps apart to be filled in and sorted (who,
/// how far, signed off) stands one below the other here.
fn row(number: usize, line: &Line, run_day: &str, tags: Tags) -> Row {
    let text = |column: Column| line.cells.get(&column).cloned().unwrap_or_default();
    let below = |columns: &[Column]| joined(columns.iter().map(|column| text(*column)));
    let who = [text(Column::Department), text(Column::Responsible)];
    let who = who.into_iter().filter(|text| !text.is_empty());
    let who = who.collect::<Vec<_>>().join("　");
    let leader = match text(Column::Leader) {
        name if name.is_empty() => name,
        name => format!("分管领导：{name}"),
    };
    let found = match text(Column::Found) {
        day if day.is_empty() || day == run_day => String::new(),
        day => format!("{day} 发现"),
    };
    let printed = |column: Column, own: &str| match own {
        "" => text(column),
        own => own.to_owned(),
    };
    let extra = line.extra.iter();
    let extra = extra.map(|(heading, text)| format!("{heading}：{text}"));
    let remarks = [text(Column::Hint), found, text(Column::Remark)];
    let cells = vec![
        number.to_string(),
        first_line(&text(Column::Problem)),
        printed(Column::Basis, &line.basis),
        printed(Column::Places, &line.places),
        text(Column::Severity),
        joined([who, leader]),
        text(Column::Measure),
        text(Column::Due),
        below(&[Column::Status, Column::Completed, Column::Proof]),
        below(&[Column::Reviewer, Column::Closed]),
        joined(remarks.into_iter().chain(extra)),
    ];
    Row { cells, tags }
}

/// Texts one below the other, those that say something.
fn joined(texts: impl IntoIterator<Item = String>) -> String {
    let texts: Vec<_> = texts.into_iter().filter(|text| !text.is_empty()).collect();
    texts.join("\n")
}

/// The sentence; what it should be and which record it is stand in the workbook and the working paper.
fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

/// Items that people added.
fn own(source: &Source<'_>) -> Vec<Line> {
    let items = source.original.results.follow_up.own.iter();
    let lines = items.map(|item| {
        let shown = |(column, text): (&Column, &String)| (*column, source.entered(text));
        let mut cells: Cells = item.filled.iter().map(shown).collect();
        if item.overdue_days > 0 {
            cells.insert(Column::Hint, overdue(item.overdue_days));
        }
        let extra = item.extra.iter();
        Line {
            cells,
            extra: extra
                .map(|(heading, text)| (source.entered(heading), source.entered(text)))
                .collect(),
            id: item.id.clone(),
            check: String::new(),
            places: String::new(),
            basis: String::new(),
        }
    });
    lines.collect()
}

fn own_table(lines: &[Line], run_day: &str) -> Table {
    let rows = lines.iter().enumerate();
    let rows = rows.map(|(index, line)| {
        let tags = Tags {
            fingerprint: line.id.clone(),
            ..Tags::default()
        };
        row(index + 1, line, run_day, tags)
    });
    tables::interactive(
        "own",
        "自行登记的事项",
        &words::LIST_COLUMNS,
        rows.collect(),
    )
}

fn unmatched(source: &Source<'_>) -> Option<Table> {
    let rows = &source.data.results.follow_up.unmatched;
    let rows: Vec<_> = rows
        .iter()
        .map(|row| {
            let sheet = row
                .sheet
                .as_ref()
                .map_or_else(String::new, |s| format!(" 工作表“{s}”"));
            Row::of([
                format!("{}{sheet} 第{}行", source.entered(&row.file), row.row),
                source.entered(&row.problem),
                row.reason.clone(),
            ])
        })
        .collect();
    let columns = [
        ("位置", 24, Align::Start),
        ("内容", 36, Align::Start),
        ("原因", 30, Align::Start),
    ];
    let table = tables::plain("unmatched", "没有对应上的填写内容", &columns, rows);
    (!table.rows.is_empty()).then_some(table)
}
