//! Papers that are lent, carried out or on circulation, to be returned before people leave.

use crate::document::blocks::{Align, Block, Row};
use crate::document::tables;
use crate::document::wide::paragraph;
use crate::view::source::Source;
use zicha_model::{
    dataset::{CellState, Table},
    schema::LedgerSchema,
};

/// Rows that are printed; the page has all.
const PRINTED: usize = 20;

/// Ledger, what is done with the paper there, and its fields: number, who has it, since when, until
/// when, returned.
const LEDGERS: [(&str, &str, [&str; 5]); 3] = [
    (
        "borrowing",
        "借阅",
        ["reg_no", "borrower", "borrowed_on", "due_on", "returned_on"],
    ),
    (
        "circulation",
        "传阅",
        ["reg_no", "reader", "delivered_at", "", "returned_at"],
    ),
    (
        "carry_out",
        "外出携带",
        [
            "item_ref",
            "carriers",
            "out_on",
            "due_back_on",
            "returned_on",
        ],
    ),
];

/// The table, or that nothing is out; ledgers that were not provided are named.
pub(crate) fn blocks(source: &Source<'_>) -> Vec<Block> {
    let mut rows = Vec::new();
    let mut missing = Vec::new();
    for (ledger, what, fields) in LEDGERS {
        match source.table(ledger) {
            Some((schema, table)) => rows.extend(open(source, schema, table, what, fields)),
            None => missing.push(format!("《{}》", source.ledger_label(ledger))),
        }
    }
    let missing = match missing.is_empty() {
        true => String::new(),
        false => format!("{}没有提供，未能核对。", missing.join("")),
    };
    if rows.is_empty() {
        return vec![paragraph(format!(
            "台账中没有尚未归还的文件、载体。{missing}"
        ))];
    }
    let rows = rows.into_iter().enumerate();
    let rows = rows.map(|(index, row)| row.with(0, &(index + 1).to_string()));
    let columns = [
        ("序号", 5, Align::Center),
        ("类别", 9, Align::Center),
        ("文件、载体编号", 26, Align::Start),
        ("现在何人处", 16, Align::Start),
        ("交出时间", 13, Align::Start),
        ("应还时间", 12, Align::Start),
        ("收回", 8, Align::Center),
    ];
    let table = tables::plain(
        "to-return",
        "放假前应当收回的文件、载体",
        &columns,
        rows.collect(),
    );
    let table = table.on_paper(PRINTED).continued_in("有关登记簿");
    let mut blocks = vec![Block::Table { table }];
    if !missing.is_empty() {
        blocks.push(paragraph(missing));
    }
    blocks
}

/// Records without a day of return; none if the ledger has no such column.
fn open(
    source: &Source<'_>,
    schema: &LedgerSchema,
    table: &Table,
    what: &str,
    fields: [&str; 5],
) -> Vec<Row> {
    let [number, who, since, until, returned] = fields.map(|id| schema.field_by_id(id));
    let Some(returned) = returned else {
        return Vec::new();
    };
    let rows = 0..table.len() as u32;
    let out = rows.filter(|&row| table.cell(row, returned).0 == CellState::Empty);
    let rows = out.map(|row| {
        let cell =
            |field: Option<_>| field.map_or_else(String::new, |f| source.cell(table, row, f));
        Row::of([
            String::new(),
            what.to_owned(),
            cell(number),
            who.map_or_else(String::new, |f| source.names(table, row, f)),
            cell(since),
            cell(until),
            "□".to_owned(),
        ])
    });
    rows.collect()
}
