//! What empty workbooks say to those who fill them in.

use crate::blank::{Column, Form};

/// Author of the notes on headings.
pub(super) const AUTHOR: &str = "自查";
/// Sheet that explains the columns.
pub(super) const EXPLANATION: &str = "填写说明";

/// Head of the sheet with the words of the drop-downs.
pub(super) const CHOICES: &str = "下拉选项";

/// The note on a heading.
pub(super) fn note(column: &Column) -> String {
    let need = if column.required { "必填。" } else { "" };
    let mut text = format!("{need}{}。", column.form);
    if !column.description.is_empty() {
        text.push_str(&format!("\n{}。", column.description));
    }
    text
}

/// What Excel asks when something else was typed.
pub(super) fn warning(column: &Column) -> String {
    format!("这一列：{}。", column.form)
}

/// The lines of the explaining sheet, the title first.
pub(super) fn explanation(form: &Form) -> Vec<String> {
    let mut lines = vec![
        format!("《{}》填写说明", form.title),
        format!("用途：{}。", form.purpose),
        "一行写一件事；标题行的颜色较深的列必填；列的次序可以调整，可以增加列，列名不要改。"
            .to_owned(),
        "没有的内容留空即可，不要写“无”“略”；行数不够就接着往下写。".to_owned(),
    ];
    for column in &form.columns {
        let need = if column.required { "（必填）" } else { "" };
        let mut line = format!("【{}】{need}{}", column.heading, column.form);
        if !column.description.is_empty() {
            line.push_str(&format!("；{}", column.description));
        }
        line.push('。');
        lines.push(line);
    }
    lines
}
