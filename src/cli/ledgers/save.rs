//! What was understood, as a block of comments in `zicha.yaml` to be corrected.
//!
//! What enters: the dataset as read and the settings as they stand. What leaves: the settings with the block
//! in place of the last one. Every line of it is a comment: it changes nothing until a clerk takes
//! the sign away.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use zicha_model::{
    dataset::{Dataset, SheetUse},
    diag::{Diagnostic, Locus, codes},
    schema::{LedgerId, Schemas},
};
use zicha_read::settings::profile::FILE;

const BEGIN: &str = "# ==== zicha ledgers --save 写下的识别结果（去掉行首的“# ”才起作用）====";
const END: &str = "# ==== 识别结果完 ====";

/// Writes the block; the rest of the file stays as it is.
pub(super) fn save(dir: &Path, schemas: &Schemas, dataset: &Dataset) -> Result<(), Diagnostic> {
    let place = dir.join(FILE);
    let before = match std::fs::read_to_string(&place) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(cannot_write(&place, &error)),
    };
    let text = placed(&before, &block(schemas, dataset));
    let beside = dir.join(format!(".{FILE}.part"));
    std::fs::write(&beside, text)
        .and_then(|()| std::fs::rename(&beside, &place))
        .map_err(|error| cannot_write(&place, &error))
}

fn cannot_write(place: &Path, error: &std::io::Error) -> Diagnostic {
    let message = format!("写不进去：{error}。");
    let locus = Locus::file(place.display().to_string());
    Diagnostic::new(codes::CANNOT_WRITE, message, locus)
        .with_hint("检查文件夹的名称、磁盘空间和写入权限。")
}

/// The settings with the block in place of an earlier one, or at the end.
fn placed(before: &str, block: &str) -> String {
    let rest = |text: &str| text.split_once(END).map(|(_, rest)| rest.to_owned());
    match before.split_once(BEGIN) {
        Some((head, tail)) => {
            let tail = rest(tail).unwrap_or_default();
            format!("{head}{block}{}", tail.trim_start_matches(['\r', '\n']))
        }
        None if before.is_empty() || before.ends_with('\n') => format!("{before}{block}"),
        None => format!("{before}\n{block}"),
    }
}

fn block(schemas: &Schemas, dataset: &Dataset) -> String {
    let mut lines = vec!["sheets:".to_owned()];
    let mut columns: BTreeMap<LedgerId, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    let mut told: BTreeSet<String> = BTreeSet::new();
    for input in &dataset.inputs {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for sheet in &input.sheets {
            let Some(ledger) = sheet.ledger else { continue };
            told.extend(assumptions(schemas, ledger, sheet));
            // Further tables of a sheet are what its rows state of other ledgers.
            if !seen.insert(&sheet.name) {
                continue;
            }
            let label = &schemas.ledger(ledger).label;
            let place = format!("{}#{}", input.path, sheet.name);
            let further = input.sheets.iter().filter(|other| {
                other.name == sheet.name && !other.projected && other.ledger != Some(ledger)
            });
            // Named as one ledger's, a sheet of several would be read as that alone.
            let several = further.count() > 0;
            match several {
                true => told.insert(format!("  “{place}”有几本台账的内容，照样分别读取")),
                false => {
                    lines.push(format!("  {}: {label}", quoted(&place)));
                    false
                }
            };
            for column in &sheet.columns {
                let field = &schemas.field(ledger, column.field).label;
                let own = columns.entry(ledger).or_default();
                let headings = own.entry(field.clone()).or_default();
                headings.insert(column.heading.clone());
            }
        }
    }
    lines.push("columns:".to_owned());
    for (ledger, fields) in &columns {
        lines.push(format!("  {}:", schemas.ledger(*ledger).label));
        for (field, headings) in fields {
            let headings: Vec<String> = headings.iter().map(|h| quoted(h)).collect();
            lines.push(format!("    {}: [{}]", quoted(field), headings.join(", ")));
        }
    }
    if !told.is_empty() {
        // Still remarks when the marks of the block are taken away.
        lines.push("# 假定和由标题、表名、其他列得知的内容：".to_owned());
        lines.extend(told.into_iter().map(|line| format!("# {line}")));
    }
    let lines: String = lines.iter().map(|line| format!("# {line}\n")).collect();
    format!("{BEGIN}\n{lines}{END}\n")
}

/// What is told of a sheet's values that no cell of theirs states.
fn assumptions(schemas: &Schemas, ledger: LedgerId, sheet: &SheetUse) -> Vec<String> {
    let label = &schemas.ledger(ledger).label;
    let stated = sheet.remarks.iter();
    let stated = stated.filter(|r| r.contains("没有列") || r.contains("假定"));
    stated
        .map(|remark| format!("  《{label}》{remark}"))
        .collect()
}

/// A text as YAML takes it for a word whatever stands in it.
fn quoted(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-（）()年".contains(c);
    match text.chars().all(plain) && !text.is_empty() {
        true => text.to_owned(),
        false => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_block_takes_the_place_of_the_last_one_and_leaves_the_rest() {
        let block = |line: &str| format!("{BEGIN}\n# {line}\n{END}\n");
        let first = placed("unit:\n  name: 示例局", &block("一"));
        assert_eq!(first, format!("unit:\n  name: 示例局\n{}", block("一")));
        let more = format!("{first}marking: 内部\n");
        let second = placed(&more, &block("二"));
        let expected = format!("unit:\n  name: 示例局\n{}marking: 内部\n", block("二"));
        assert_eq!(second, expected);
    }

    #[test]
    fn texts_with_signs_of_yaml_are_quoted() {
        assert_eq!(quoted("台账/收文.xlsx#2026"), "\"台账/收文.xlsx#2026\"");
        assert_eq!(quoted("保密期限(年)"), "保密期限(年)");
        assert_eq!(quoted("文号\"甲\""), "\"文号\\\"甲\\\"\"");
    }
}
