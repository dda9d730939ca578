//! Basic figures of the unit, counted from the ledgers that were provided.

use crate::document::blocks::{Align, Row, Table};
use crate::document::tables;
use crate::view::source::Source;
use zicha_model::{
    dataset::{self, CellState},
    schema::{FieldId, FieldType, LedgerSchema},
};

/// What is counted: name in the report, ledger, fields by whose values it is broken down.
const FIGURES: [(&str, &str, &[&str]); 14] = [
    ("内设部门", "departments", &["is_key_dept"]),
    ("在册人员", "personnel", &["category", "status"]),
    ("涉密岗位", "classified_posts", &["category"]),
    ("保密制度", "regimes", &[]),
    ("定密事项", "classification_decisions", &["level"]),
    ("收文载体", "documents_received", &["level", "status"]),
    ("涉密档案", "archives", &["level"]),
    ("计算机", "computers", &["level", "network", "status"]),
    ("移动存储介质", "media", &["level", "status"]),
    ("办公自动化设备", "peripherals", &["level", "status"]),
    ("信息系统与网络", "systems", &["level"]),
    ("要害部门部位、保密室", "key_sites", &["site_type"]),
    ("保密柜", "containers", &["max_level"]),
    ("涉密会议、活动", "meetings", &["level"]),
];

/// The table of basic figures. A ledger that is not there is said to be so, never shown as zero.
pub(crate) fn table(source: &Source<'_>) -> Table {
    let rows = FIGURES.iter().map(|&(name, ledger, fields)| {
        let (count, parts) = count(source, ledger, fields);
        let label = source.ledger_label(ledger);
        Row::of([name.to_owned(), count, parts, label])
    });
    let rows = rows.collect();
    tables::plain(
        "figures",
        "基本情况统计表",
        &[
            ("项目", 14, Align::Start),
            ("数量", 8, Align::End),
            ("构成", 40, Align::Start),
            ("取自台账", 22, Align::Start),
        ],
        rows,
    )
}

fn count(source: &Source<'_>, ledger: &str, fields: &[&str]) -> (String, String) {
    let Some((schema, table)) = source.table(ledger) else {
        return ("—".to_owned(), "台账未提供，未统计".to_owned());
    };
    let breakdowns = fields.iter().filter_map(|id| schema.field_by_id(id));
    let parts: Vec<_> = breakdowns
        .map(|field| breakdown(source, schema, table, field))
        .filter(|part| !part.is_empty())
        .collect();
    (table.len().to_string(), parts.join("\n"))
}

/// `密级：机密 3、秘密 5、未填写 1`, in the order of the enumeration.
fn breakdown(
    source: &Source<'_>,
    schema: &LedgerSchema,
    table: &dataset::Table,
    field: FieldId,
) -> String {
    let field_schema = &schema.fields[usize::from(field.0)];
    let labels: Vec<String> = match field_schema.ty {
        FieldType::Enum(id) => {
            let values = &source.schemas().enumeration(id).values;
            values.iter().map(|v| v.label.clone()).collect()
        }
        FieldType::Bool => vec!["否".to_owned(), "是".to_owned()],
        _ => return String::new(),
    };
    let mut counts = vec![0_usize; labels.len()];
    let (mut empty, mut unreadable, mut lacking) = (0_usize, 0_usize, 0_usize);
    for row in 0..table.len() as u32 {
        match table.cell(row, field) {
            (CellState::Value, word) => {
                if let Some(count) = counts.get_mut(word as usize) {
                    *count += 1;
                }
            }
            (CellState::Unreadable | CellState::Future, _) => unreadable += 1,
            (CellState::Empty, _) => empty += 1,
            (CellState::NoColumn, _) => lacking += 1,
        }
    }
    if lacking > 0 && lacking == table.len() {
        return format!("{}：台账没有这一列", field_schema.label);
    }
    let extra = [
        ("未填写", empty),
        ("无法识读", unreadable),
        ("所在表没有这一列", lacking),
    ];
    let parts = labels.iter().map(String::as_str).zip(counts).rev();
    let parts: Vec<_> = parts
        .chain(extra)
        .filter(|(_, count)| *count > 0)
        .map(|(label, count)| format!("{label} {count}"))
        .collect();
    if parts.is_empty() {
        return String::new();
    }
    format!("{}：{}", field_schema.label, parts.join("、"))
}
