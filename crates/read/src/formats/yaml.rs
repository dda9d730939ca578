//! YAML ledgers → one grid for each top-level key.
//!
//! A file is a mapping of ledgers to records, or one list of records in a file named after its
//! ledger. See [`crate::formats::grid::Form::Yaml`] for how records become rows.

use crate::formats::grid::{CellKind, Grid};
use crate::formats::grid_builder::Gather;
use crate::formats::limits::Limits;
use crate::formats::{limits, read_errors};
use std::collections::HashMap;
use zicha_model::diag::{Diagnostic, Severity};
use zicha_yaml::{Node, Value};

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
    let Some(root) = zicha_yaml::parse(text, limits.yaml())? else {
        return Ok(Default::default());
    };
    let mut reading = Reading {
        text,
        grids: Vec::new(),
        told: Vec::new(),
    };
    match &root.value {
        Value::Map(entries) => {
            for (key, value) in entries {
                reading.ledger(key.text().unwrap_or_default(), value);
            }
        }
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

struct Reading<'a> {
    text: &'a str,
    grids: Vec<Grid>,
    told: Vec<Diagnostic>,
}

impl Reading<'_> {
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
        let mut columns = Columns::default();
        let mut gather = Gather::new(name, false);
        for record in records {
            self.record(record, &mut columns, &mut gather);
        }
        for (column, key) in columns.keys.iter().enumerate() {
            gather.push_at(node.line, (0, column as u32), key, CellKind::Text);
        }
        let (grid, notes) = gather.finish(false);
        self.grids.push(grid);
        self.told.extend(notes);
    }

    fn record(&mut self, record: &Node, columns: &mut Columns, gather: &mut Gather) {
        let Value::Map(entries) = &record.value else {
            return self.shape(record, "每条记录应为若干“字段: 值”");
        };
        for (key, value) in entries {
            let Some(column) = columns.of(key.text().unwrap_or_default()) else {
                let most = limits::COLUMNS;
                return self.told.push(read_errors::limit("字段个数", most));
            };
            let (text, kind) = self.cell(value);
            gather.push_at(value.line, (record.line, column), &text, kind);
        }
    }

    /// A list becomes one text with its items joined as people join names. Anything deeper cannot
    /// be a cell: it is kept as it stands and told, and counts as unreadable.
    fn cell(&mut self, value: &Node) -> (String, CellKind) {
        match &value.value {
            Value::Null | Value::Word(_) => {
                (value.text().unwrap_or_default().to_owned(), CellKind::Text)
            }
            Value::List(items) if items.iter().all(Node::is_scalar) => {
                let texts: Vec<_> = items.iter().filter_map(Node::text).collect();
                (texts.join("、"), CellKind::Text)
            }
            _ => {
                let message = "此处的值有多层结构，无法作为一个单元格读取";
                let told = Diagnostic::warning("yaml-nested", message, value.locus());
                let excerpt = zicha_yaml::excerpt(self.text, value.line, value.at.clone());
                self.told.push(told.with_excerpt(excerpt));
                let line = excerpt_line(self.text, value);
                (line, CellKind::Error)
            }
        }
    }

    fn shape(&mut self, node: &Node, message: &str) {
        let excerpt = zicha_yaml::excerpt(self.text, node.line, node.at.clone());
        let told = Diagnostic::error("yaml-shape", message, node.locus());
        self.told.push(told.with_excerpt(excerpt));
    }
}

fn excerpt_line(text: &str, value: &Node) -> String {
    let line = zicha_yaml::excerpt(text, value.line, value.at.clone());
    line.text[line.range.start..].trim().to_owned()
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
    fn every_wrong_shape_is_told() {
        let text = "a: 1\nb:\n  - 2\n  - x: {y: {z: 1}}\n";
        let told = read(text, "f", &Limits::default()).expect_err("wrong");
        let codes: Vec<_> = told.iter().map(|d| (d.code, d.locus.line)).collect();
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
