//! YAML and JSON ledgers → one grid for each top-level key.
//!
//! A file is a mapping of ledgers to records, or one list of records in a file named after its
//! ledger. See [`crate::formats::grid::Form::Yaml`] for how records become rows. Layout means
//! nothing: records may share a line, and a record is what it is by its place in the list.

use crate::formats::grid::{CellKind, Grid};
use crate::formats::grid_builder::Gather;
use crate::formats::limits::Limits;
use crate::formats::{limits, read_errors};
use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
};
use zicha_model::diag::{Code, codes};
use zicha_model::diag::{Diagnostic, Severity};
use zicha_yaml::{Node, Value};

/// Keys that exports of programs put around their records; the file says which ledger it is.
const WRAPPERS: [&str; 8] = [
    "data", "rows", "records", "list", "items", "result", "results", "RECORDS",
];

/// Keys under which exports name the columns of records that are mere lists.
const HEADINGS: [&str; 5] = ["columns", "fields", "headers", "header", "heads"];

/// Single values at the top that make one record rather than a slip.
const FEWEST_FIELDS: usize = 3;

/// Characters of a long line that are shown.
const SHOWN: usize = 60;

/// Reads decoded text; `name` is the ledger of a file that is one list.
pub(crate) fn read(
    text: &str,
    name: &str,
    limits: &Limits,
) -> Result<(Vec<Grid>, Vec<Diagnostic>), Vec<Diagnostic>> {
    if text.len() as u64 > limits.yaml_bytes {
        let told = read_errors::too_large(text.len() as u64, limits.yaml_bytes);
        return Err(vec![told]);
    }
    let text = &*as_one_list(text);
    let Some(root) = zicha_yaml::parse(text, limits.yaml())? else {
        return Ok(Default::default());
    };
    let mut reading = Reading {
        text,
        name,
        grids: Vec::new(),
        told: Vec::new(),
        repeated: BTreeMap::new(),
    };
    match &root.value {
        Value::Map(entries) if is_record(entries) => reading.ledger(name, &root),
        Value::Map(entries) => reading.ledgers(entries),
        Value::List(_) => reading.ledger(name, &root),
        Value::Null => {}
        Value::Word(_) => reading.shape(&root, "文件内容应为“台账名: 记录列表”"),
    }
    let bad = reading.told.iter().any(|d| d.severity == Severity::Error);
    if bad {
        return Err(reading.told);
    }
    Ok((reading.grids, reading.told))
}

/// Records on a line each, as logs and exports have them, as one list. Lines keep their numbers.
fn as_one_list(text: &str) -> Cow<'_, str> {
    let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty());
    let whole = |line: &str| line.starts_with('{') && line.ends_with('}');
    if !text.trim_start().starts_with('{') || lines().count() < 2 || !lines().all(whole) {
        return Cow::Borrowed(text);
    }
    let last = text.trim_end();
    Cow::Owned(format!(
        "[{}]",
        last.replace("}\n", "},\n").replace("}\r\n", "},\r\n")
    ))
}

/// True for a mapping of single values: one record, in a file named after its ledger.
fn is_record(entries: &[(Node, Node)]) -> bool {
    entries.len() >= FEWEST_FIELDS && entries.iter().all(|(_, value)| value.is_scalar())
}

/// True for rows that are lists of single values, as tables of programs are.
fn are_rows(records: &[Node]) -> bool {
    let row = |node: &Node| matches!(&node.value, Value::List(items) if items.iter().all(Node::is_scalar));
    !records.is_empty() && records.iter().all(row)
}

struct Reading<'a> {
    text: &'a str,
    /// Ledger of lists whose key says nothing.
    name: &'a str,
    grids: Vec<Grid>,
    told: Vec<Diagnostic>,
    /// Mistakes of one kind: where in `told` the first one stands, and how many there are.
    repeated: BTreeMap<(Code, String), (usize, u32)>,
}

/// A cell of a record on its way into the grid.
type Placed<'n> = (u32, u32, Cow<'n, str>, CellKind);

impl Reading<'_> {
    /// The ledgers of a mapping. Where some keys hold lists, single values beside them are what
    /// exports of programs say about themselves (`code: 0`).
    fn ledgers(&mut self, entries: &[(Node, Node)]) {
        let wrapper = |key: &Node| key.text().is_some_and(|key| WRAPPERS.contains(&key));
        let wrapped = entries
            .iter()
            .any(|(key, value)| wrapper(key) && value.text().is_none());
        if wrapped && self.headed(entries) {
            return;
        }
        for (key, value) in entries {
            match &value.value {
                Value::Null | Value::Word(_) if wrapped => {}
                Value::Map(inner) if wrapper(key) => self.ledgers(inner),
                _ => self.ledger(key.text().unwrap_or_default(), value),
            }
        }
    }

    /// Records that are lists, below the names of their columns; false if there are none such.
    fn headed(&mut self, entries: &[(Node, Node)]) -> bool {
        let list = |names: &[&str]| {
            let named = |key: &Node| key.text().is_some_and(|key| names.contains(&key));
            let found = entries.iter().find(|(key, _)| named(key));
            found.and_then(|(_, value)| match &value.value {
                Value::List(items) => Some((value, items)),
                _ => None,
            })
        };
        let (Some((heading, names)), Some((_, records))) = (list(&HEADINGS), list(&WRAPPERS))
        else {
            return false;
        };
        if !names.iter().all(Node::is_scalar) || !are_rows(records) {
            return false;
        }
        self.rows(self.name, heading, records);
        true
    }

    /// Takes rows that are lists, below a list of their headings.
    fn rows(&mut self, name: &str, heading: &Node, records: &[Node]) {
        let mut gather = Gather::new(name, false);
        for (number, row) in
            std::iter::once((0, heading)).chain(records.iter().map(|r| (r.line, r)))
        {
            let Value::List(items) = &row.value else {
                continue;
            };
            if items.len() >= limits::COLUMNS as usize {
                let most = limits::COLUMNS;
                return self.told.push(read_errors::limit("字段个数", most));
            }
            let texts = items.iter().map(|item| item.text().unwrap_or_default());
            let cells = (0..).zip(texts).filter(|(_, text)| !text.trim().is_empty());
            let cells: Vec<(u32, &str)> = cells.collect();
            if !cells.is_empty() {
                gather.open(number);
            }
            for (column, text) in cells {
                gather.push_at(row.line, (number, column), text, CellKind::Text);
            }
        }
        let (grid, notes) = gather.finish(false);
        self.grids.push(grid);
        self.told.extend(notes);
    }

    fn ledger(&mut self, name: &str, node: &Node) {
        let single = std::slice::from_ref(node);
        let records = match &node.value {
            Value::List(items) => items.as_slice(),
            // A ledger of one record, such as the unit's profile, is often written without a list.
            Value::Map(_) => single,
            Value::Null => &[],
            Value::Word(_) => {
                return self.shape(node, &format!("“{name}”之下应为记录列表（每条以“- ”开头）"));
            }
        };
        let named = if WRAPPERS.contains(&name) {
            self.name
        } else {
            name
        };
        if let Some((heading, rows)) = records.split_first()
            && are_rows(records)
            && !rows.is_empty()
        {
            return self.rows(named, heading, rows);
        }
        let mut columns = Columns::default();
        let fits = records
            .iter()
            .filter_map(Node::entries)
            .flatten()
            .all(|(key, _)| columns.of(key.text().unwrap_or_default()).is_some());
        if !fits {
            let most = limits::COLUMNS;
            return self.told.push(read_errors::limit("字段个数", most));
        }
        let mut gather = Gather::new(named, false);
        if columns.keys.iter().any(|key| !key.trim().is_empty()) {
            gather.open(0);
        }
        for (column, key) in columns.keys.iter().enumerate() {
            gather.push_at(node.line, (0, column as u32), key, CellKind::Text);
        }
        for record in records {
            self.record(record, &mut columns, &mut gather);
        }
        let (grid, notes) = gather.finish(false);
        self.grids.push(grid);
        self.told.extend(notes);
    }

    fn record(&mut self, record: &Node, columns: &mut Columns, gather: &mut Gather) {
        let Value::Map(entries) = &record.value else {
            return self.shape(record, "每条记录应为若干“字段: 值”");
        };
        let mut cells: Vec<Placed<'_>> = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            let column = columns.of(key.text().unwrap_or_default());
            let (text, kind) = self.cell(value);
            if let Some(column) = column.filter(|_| !text.trim().is_empty()) {
                cells.push((column, value.line, text, kind));
            }
        }
        // Each record opens a row of its own: several may stand on one line.
        cells.sort_by_key(|(column, ..)| *column);
        if !cells.is_empty() {
            gather.open(record.line);
        }
        for (column, line, text, kind) in cells {
            gather.push_at(line, (record.line, column), &text, kind);
        }
    }

    /// A list becomes one text with its items joined as people join names. Anything deeper cannot
    /// be a cell: it is kept as it stands and told, and counts as unreadable.
    fn cell<'n>(&mut self, value: &'n Node) -> (Cow<'n, str>, CellKind) {
        match &value.value {
            Value::Null | Value::Word(_) => {
                let text = value.text().unwrap_or_default();
                (Cow::Borrowed(text), CellKind::Text)
            }
            Value::List(items) if items.iter().all(Node::is_scalar) => {
                let texts: Vec<_> = items.iter().filter_map(Node::text).collect();
                (Cow::Owned(texts.join("、")), CellKind::Text)
            }
            _ => {
                let message = "此处的值有多层结构，无法作为一个单元格读取";
                let told = Diagnostic::new(codes::YAML_NESTED, message, value.locus())
                    .with_hint("请把此处改写为一段文字，或拆成几个字段");
                self.tell(told, value);
                (Cow::Owned(self.head_of(value)), CellKind::Error)
            }
        }
    }

    fn shape(&mut self, node: &Node, message: &str) {
        let told = Diagnostic::new(codes::YAML_SHAPE, message, node.locus()).with_hint(
            "YAML 写成“台账名:”之下每条记录一个“- 编号: …”；JSON 写成 {\"台账名\": [{\"编号\": \"…\"}]}",
        );
        self.tell(told, node);
    }

    /// Tells a mistake with its line; of many that are alike the first, and how many there are.
    fn tell(&mut self, told: Diagnostic, node: &Node) {
        let key = (told.code, told.message.clone());
        if let Some((at, count)) = self.repeated.get_mut(&key) {
            *count += 1;
            self.told[*at].message = format!("{}（共 {count} 处，这是第一处）", key.1);
            return;
        }
        self.repeated.insert(key, (self.told.len(), 1));
        let excerpt = zicha_yaml::excerpt(self.text, node.line, node.at.clone());
        self.told.push(told.with_excerpt(excerpt));
    }

    /// The beginning of what a node is written as.
    fn head_of(&self, value: &Node) -> String {
        let rest = self.text.get(value.at.start..).unwrap_or_default();
        let line = rest.lines().next().unwrap_or_default();
        line.trim().chars().take(SHOWN).collect()
    }
}

/// Keys in the order of their first appearance.
#[derive(Default)]
struct Columns {
    keys: Vec<String>,
    places: HashMap<String, u32>,
}

impl Columns {
    fn of(&mut self, key: &str) -> Option<u32> {
        if let Some(&column) = self.places.get(key) {
            return Some(column);
        }
        let column = self.keys.len() as u32;
        if column >= limits::COLUMNS {
            return None;
        }
        self.keys.push(key.to_owned());
        self.places.insert(key.to_owned(), column);
        Some(column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_become_rows_with_their_lines() {
        let text = "收文登记:\n  - 编号: '012'\n    经办人: [甲, 乙]\n  - 经办人: no\n    备注: ~\n空台账: []\n";
        let (grids, told) = read(text, "f", &Limits::default()).expect("valid");
        assert!(told.is_empty());
        assert_eq!(grids.len(), 2);
        let row = |i: usize| grids[0].row(i);
        let texts = |i: usize| -> Vec<_> { row(i).cells().map(|c| c.text).collect() };
        let last = row(2).cells().next().expect("a cell");
        assert_eq!(row(0).number(), 0);
        assert_eq!(texts(0), ["编号", "经办人", "备注"]);
        assert_eq!((row(1).number(), texts(1)), (2, vec!["012", "甲、乙"]));
        assert_eq!((row(2).number(), last.line), (4, 4));
        assert_eq!((last.column, texts(2)), (1, vec!["no"]));
        assert!(grids[1].is_empty());
    }

    #[test]
    fn records_on_one_line_are_records_all_the_same() {
        let text = "{\"收文登记\":[{\"编号\":\"1\",\"标题\":\"甲\"},{\"标题\":\"乙\",\"编号\":\"2\"},{\"编号\":null},{\"编号\":3}]}";
        let (grids, told) = read(text, "f", &Limits::default()).expect("valid");
        assert!(told.is_empty());
        let texts = |row: crate::formats::grid::Row<'_>| -> Vec<String> {
            row.cells().map(|c| c.text.to_owned()).collect()
        };
        let rows: Vec<_> = grids[0].rows().map(|r| (r.number(), texts(r))).collect();
        let row = |n, cells: &[&str]| (n, cells.iter().map(|&c| c.to_owned()).collect());
        let expected: [(u32, Vec<String>); 4] = [
            row(0, &["编号", "标题"]),
            row(1, &["1", "甲"]),
            row(1, &["2", "乙"]),
            row(1, &["3"]),
        ];
        assert_eq!(rows, expected);
    }

    #[test]
    fn what_programs_put_around_records_is_passed_over() {
        let text = r#"{"code": 0, "data": {"total": 1, "list": [{"编号": "1"}]}}"#;
        let (grids, told) = read(text, "收文登记", &Limits::default()).expect("valid");
        assert!(told.is_empty());
        assert_eq!(
            (grids.len(), grids[0].name.as_str(), grids[0].len()),
            (1, "收文登记", 2)
        );
    }

    #[test]
    fn records_are_read_in_every_layout_of_programs() {
        let layouts = [
            "{\"编号\": \"1\", \"标题\": \"甲\"}\n{\"编号\": \"2\", \"标题\": \"乙\"}\n",
            "{\"编号\": \"1\", \"标题\": \"甲\"}\r\n\r\n{\"编号\": \"2\", \"标题\": \"乙\"}\r\n",
            "[[\"编号\", \"标题\"], [\"1\", \"甲\"], [\"2\", \"乙\"]]",
            "{\"columns\": [\"编号\", \"标题\"], \"data\": [[\"1\", \"甲\"], [\"2\", \"乙\"]]}",
            "{\"data\": [[\"编号\", \"标题\"], [\"1\", \"甲\"], [\"2\", \"乙\"]], \"total\": 2}",
        ];
        for text in layouts {
            let (grids, told) = read(text, "收文登记", &Limits::default()).expect("valid");
            assert!(told.is_empty(), "{text}");
            assert_eq!(grids.len(), 1, "{text}");
            let row = |i: usize| -> Vec<_> { grids[0].row(i).cells().map(|c| c.text).collect() };
            let rows: Vec<Vec<&str>> = (0..grids[0].len()).map(row).collect();
            let expected = [["编号", "标题"], ["1", "甲"], ["2", "乙"]];
            assert_eq!(rows, expected, "{text}");
            assert_eq!(grids[0].row(0).number(), 0);
            assert_eq!(grids[0].name, "收文登记");
        }
        let one = "编号: 1\n标题: 甲\n密级: 秘密\n";
        let (grids, _) = read(one, "收文登记", &Limits::default()).expect("valid");
        assert_eq!((grids.len(), grids[0].len()), (1, 2));
    }

    #[test]
    fn a_long_line_of_mistakes_is_told_once() {
        let text = format!("台账: [{}]\n", ["1"; 10_000].join(","));
        let told = read(&text, "f", &Limits::default()).expect_err("no records");
        assert_eq!(told.len(), 1);
        assert!(
            told[0].message.contains("共 10000 处"),
            "{}",
            told[0].message
        );
        let shown = told[0].excerpt.as_ref().map(|e| e.text.len());
        assert!(shown.is_some_and(|n| n < 1_000));
    }

    #[test]
    fn every_wrong_shape_is_told() {
        let text = "a: 1\nb:\n  - 2\n  - x: {y: {z: 1}}\n";
        let told = read(text, "f", &Limits::default()).expect_err("wrong");
        let codes: Vec<_> = told.iter().map(|d| (d.code.name(), d.locus.line)).collect();
        let expected = [
            ("yaml-shape", Some(1)),
            ("yaml-shape", Some(3)),
            ("yaml-nested", Some(4)),
        ];
        assert_eq!(codes, expected);
    }

    #[test]
    fn one_list_is_named_after_its_file() {
        let (grids, _) = read("- a: 1\n", "收文登记", &Limits::default()).expect("valid");
        assert_eq!(grids[0].name, "收文登记");
    }
}
