//! Verdict counts by matter, for `-v`.

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};
use zicha_model::{chapter, results::ControlResult, verdict::Verdict};

/// Verdict counts by matter of 条例 §58, with a total row.
pub(super) fn table(controls: &[ControlResult]) -> Table {
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_BORDERS_ONLY)
        .set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(std::iter::once("检查事项").chain(Verdict::ALL.iter().map(|v| v.label())));
    for number in 1..=chapter::CHAPTERS.len() as u8 {
        let mine: Vec<_> = controls
            .iter()
            .filter(|c| c.chapter == number.to_string())
            .collect();
        if !mine.is_empty() {
            table.add_row(row(&format!("{number}. {}", chapter::name(number)), &mine));
        }
    }
    table.add_row(row("合计", &controls.iter().collect::<Vec<_>>()));
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

fn row(title: &str, controls: &[&ControlResult]) -> Vec<String> {
    let count = |verdict| controls.iter().filter(|c| c.verdict == verdict).count();
    let shown = |n: usize| {
        if n == 0 {
            "·".to_owned()
        } else {
            n.to_string()
        }
    };
    std::iter::once(title.to_owned())
        .chain(Verdict::ALL.iter().map(|&v| shown(count(v))))
        .collect()
}
