//! Sheets that departments and persons answer on: a workbook that the reading understands by its headings,
//! and the same as a Word file to print and sign.

use crate::blank::{self, Column, Form, Kind};
use crate::document::blocks::{Align, Block, Row, Section, Span};
use crate::document::paper::{Document, Frame, Letterhead};
use crate::document::tables;
use crate::docx;
use rust_xlsxwriter::XlsxError;
use std::io;
use zicha_model::schema::{LedgerSchema, Schemas};
use zicha_scoring::levels::{Level, Sheet};

/// The ledger that the sheets are read as.
const LEDGER: &str = "attestations";
/// Its fields on a sheet, in order; the column of what the ledgers say stands behind the question.
const FIELDS: [&str; 8] = [
    "requirement_id",
    "scope_type",
    "scope_ref",
    "question",
    "answer",
    "inspector",
    "answered_on",
    "evidence",
];

/// The title of a sheet.
fn title(sheet: &Sheet) -> String {
    match sheet.level {
        Level::Department => format!("部门保密自查表 {}", sheet.who),
        Level::Person => format!("个人保密自查表 {}", sheet.who),
    }
}

/// The workbook of a sheet.
///
/// # Errors
///
/// The workbook cannot be written.
pub fn xlsx(schemas: &Schemas, sheet: &Sheet) -> Result<Vec<u8>, XlsxError> {
    let ledger = schemas.ledger_by_id(LEDGER).map(|id| schemas.ledger(id));
    blank::render(&ledger.map_or_else(Form::default, |ledger| form(schemas, ledger, sheet)))
}

fn form(schemas: &Schemas, ledger: &LedgerSchema, sheet: &Sheet) -> Form {
    let all = blank::of_ledger(schemas, ledger);
    let at = |id: &str| ledger.fields.iter().position(|field| field.id == id);
    let mut columns: Vec<Column> = FIELDS
        .iter()
        .filter_map(|id| all.columns.get(at(id)?).cloned())
        .collect();
    for (column, id) in columns.iter_mut().zip(FIELDS) {
        if matches!(
            id,
            "requirement_id" | "scope_type" | "scope_ref" | "question"
        ) {
            column.kind = Kind::Given;
        }
        column.width = match id {
            "question" => 46,
            "requirement_id" | "scope_type" => 10,
            _ => column.width.min(16),
        };
    }
    columns.insert(4, known_column());
    Form {
        title: title(sheet),
        purpose: purpose(sheet.level).to_owned(),
        columns,
        rows: sheet.lines.iter().map(|line| row(sheet, line)).collect(),
    }
}

fn known_column() -> Column {
    Column {
        heading: "台账记载".to_owned(),
        kind: Kind::Given,
        required: false,
        form: "程序写出".to_owned(),
        description: "台账中与本表有关的记录，与实际不符的写在最后一列".to_owned(),
        width: 36,
    }
}

fn row(sheet: &Sheet, line: &zicha_scoring::levels::Line) -> Vec<String> {
    let inspector = match sheet.level {
        Level::Person => sheet.who.clone(),
        Level::Department => String::new(),
    };
    vec![
        line.id.clone(),
        sheet.level.word().to_owned(),
        sheet.who.clone(),
        line.question.clone(),
        line.known.clone(),
        String::new(),
        inspector,
        String::new(),
        String::new(),
    ]
}

fn purpose(level: Level) -> &'static str {
    match level {
        Level::Person => {
            "由本人逐项答复：“是”表示做到了，“否”和“不适用”写明情况。只写本人的事项，填好后放回台账文件夹的任何位置"
        }
        Level::Department => {
            "由部门负责人或者兼职保密员逐项答复：“是”表示做到了，“否”和“不适用”写明情况，填好后放回台账文件夹的任何位置"
        }
    }
}

/// The same as a Word file to print: boxes and a line to sign.
///
/// # Errors
///
/// The package cannot be compressed.
pub fn docx(unit: &str, sheet: &Sheet) -> io::Result<Vec<u8>> {
    Ok(docx::render(&plain_frame(unit), &document(sheet))?.1)
}

/// A line of the sheet that inspectors carry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KitLine {
    /// Where it is; empty where no register says so.
    pub room: String,
    /// Whose it is.
    pub department: String,
    /// Control id.
    pub control: String,
    /// What is looked at; empty for the unit as a whole.
    pub object: String,
    /// The question.
    pub question: String,
}

/// The sheet that inspectors carry, a section a room or department in the order of the lines.
///
/// # Errors
///
/// The package cannot be compressed.
pub fn kit(unit: &str, lines: &[KitLine]) -> io::Result<Vec<u8>> {
    let groups = lines.chunk_by(|a, b| place(a) == place(b));
    let sections = groups
        .enumerate()
        .map(|(at, lines)| kit_section(at + 1, lines));
    let document = Document {
        stem: "现场检查单".to_owned(),
        title: format!("{unit}现场检查单"),
        landscape: false,
        official: false,
        leaflets: false,
        sections: sections.collect(),
        annexes: Vec::new(),
    };
    Ok(docx::render(&plain_frame(unit), &document)?.1)
}

/// The heading under which a line stands.
fn place(line: &KitLine) -> String {
    match (line.room.as_str(), line.department.as_str()) {
        ("", "") => "全单位".to_owned(),
        ("", department) => department.to_owned(),
        (room, "") => room.to_owned(),
        (room, department) => format!("{room}（{department}）"),
    }
}

fn kit_section(number: usize, lines: &[KitLine]) -> Section {
    let rows = lines.iter().map(|line| {
        Row::of([
            line.control.clone(),
            line.object.clone(),
            line.question.clone(),
            "□是 □否 □不适用".to_owned(),
            String::new(),
        ])
    });
    let table = tables::plain(
        &format!("kit-{number}"),
        "",
        &[
            ("编号", 9, Align::Start),
            ("对象", 14, Align::Start),
            ("看什么", 44, Align::Start),
            ("结果", 12, Align::Start),
            ("情况", 16, Align::Start),
        ],
        rows.collect(),
    );
    let signatures = Block::Signatures {
        roles: vec!["检查人员".to_owned(), "在场人员".to_owned()],
    };
    Section {
        id: format!("place-{number}"),
        title: format!("{number}. {}", lines.first().map(place).unwrap_or_default()),
        annex: false,
        landscape: false,
        screen: false,
        blocks: vec![Block::Table { table }, signatures],
    }
}

/// The sample to look at as a workbook that is read back.
///
/// # Errors
///
/// The workbook cannot be written.
pub fn sample(schemas: &Schemas, plan: &Sheet) -> Result<Vec<u8>, XlsxError> {
    let ledger = schemas.ledger_by_id(LEDGER).map(|id| schemas.ledger(id));
    let Some(ledger) = ledger else {
        return blank::render(&Form::default());
    };
    let mut form = form(schemas, ledger, plan);
    form.title = "抽查表".to_owned();
    form.purpose = "按固定办法抽取：不足10件的全看，超过的看总数的平方根（至少10件，至多50件）；同一单位同样的台账抽到的相同。逐件答复，放回台账文件夹读回".to_owned();
    for (cells, line) in form.rows.iter_mut().zip(&plan.lines) {
        cells[1] = String::new();
        cells[2].clone_from(&line.field);
        cells[6] = String::new();
    }
    blank::render(&form)
}

fn plain_frame(unit: &str) -> Frame {
    Frame {
        unit: unit.to_owned(),
        tool: String::new(),
        date_label: String::new(),
        date: String::new(),
        as_of: String::new(),
        redacted: false,
        letterhead: Letterhead::default(),
        facts: Vec::new(),
    }
}

fn document(sheet: &Sheet) -> Document {
    let rows = sheet.lines.iter().map(|line| {
        Row::of([
            line.id.clone(),
            line.question.clone(),
            line.known.clone(),
            "□是 □否 □不适用".to_owned(),
        ])
    });
    let table = tables::plain(
        "answers",
        purpose(sheet.level),
        &[
            ("编号", 13, Align::Start),
            ("问题", 42, Align::Start),
            ("台账记载", 27, Align::Start),
            ("答复", 24, Align::Start),
        ],
        rows.collect(),
    );
    let about = Block::Paragraph {
        spans: vec![Span::plain(format!(
            "{}：{}　{}",
            sheet.level.word(),
            sheet.who,
            sheet.department
        ))],
    };
    let role = match sheet.level {
        Level::Person => "本人签名",
        Level::Department => "部门负责人签名",
    };
    let signatures = Block::Signatures {
        roles: vec![role.to_owned()],
    };
    Document {
        stem: title(sheet),
        title: title(sheet),
        landscape: false,
        official: false,
        leaflets: false,
        sections: vec![Section {
            id: "sheet".to_owned(),
            title: String::new(),
            annex: false,
            landscape: false,
            screen: false,
            blocks: vec![about, Block::Table { table }, signatures],
        }],
        annexes: Vec::new(),
    }
}
