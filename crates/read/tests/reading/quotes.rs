//! Quotation marks in delimited text: no line is lost, whatever marks stand in it.

use proptest::prelude::*;
use zicha_read::discovery::files::from_bytes;
use zicha_read::formats::{grid::RawFile, limits::Limits};

fn read(text: &str) -> RawFile {
    from_bytes("访客登记.csv", text.as_bytes(), &Limits::default())
}

/// Rows as their cells joined with `|`, and the lines told.
fn rows(text: &str) -> (Vec<String>, Vec<u32>) {
    let file = read(text);
    let grid = &file.grids[0];
    let row = |row: zicha_read::formats::grid::Row<'_>| {
        let cells: Vec<_> = row.cells().map(|cell| cell.text).collect();
        cells.join("|")
    };
    let told = file.diagnostics.iter().filter(|d| d.code == "csv-quote");
    (
        grid.rows().map(row).collect(),
        told.filter_map(|d| d.locus.line).collect(),
    )
}

#[test]
fn a_mark_that_never_closes_costs_no_row() {
    let head = "日期,姓名,单位,事由\n";
    let day = |n: u32| format!("2026-03-{n:02},来客{n},某单位,洽谈\n");
    let plain: String = (1..30).map(day).collect();
    for (broken, line) in [
        ("\"2026-04-01,甲,某单位,洽谈\n", 31),
        ("2026-04-01,\"甲,某单位,洽谈\n", 31),
        ("2026-04-01,甲,某单位,\"洽谈\n", 31),
        ("2026-04-01,甲,某\"单位,洽谈\n", 31),
    ] {
        // The later marks are in order: the first could close at one of them.
        let tail = "2026-05-01,\"乙\",\"某, 单位\",洽谈\n";
        let (rows, told) = rows(&format!("{head}{plain}{broken}{plain}{tail}"));
        assert_eq!((rows.len(), told), (61, vec![line]), "{broken}");
        assert_eq!(rows[60], "2026-05-01|乙|某, 单位|洽谈");
    }
}

#[test]
fn quoted_fields_keep_delimiters_marks_and_line_breaks() {
    let text = "编号,标题,备注\n1,\"甲,乙\",\"说\"\"好\"\"\"\n2,\"上行\n下行\",x\n3,\"一\n二\n三\"\n\"4\",\"\",\"a\" ,\n5,\"十四五\"规划,y\n6,6寸\",z\n7,7寸\",z\n";
    let (rows, told) = rows(text);
    let expected = [
        "编号|标题|备注",
        "1|甲,乙|说\"好\"",
        "2|上行\n下行|x",
        "3|一\n二\n三",
        "4|a",
        "5|\"十四五\"规划|y",
        "6|6寸\"|z",
        "7|7寸\"|z",
    ];
    assert_eq!(rows, expected);
    assert_eq!(told, [10], "inch marks are told, quoted words are not");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Every word of every line is in some cell, and every line is a row unless a cell holds it.
    #[test]
    fn no_word_is_lost(lines in prop::collection::vec(prop::collection::vec("[\"甲,]{0,4}", 1..5), 1..30)) {
        let mut text = String::from("a,b,c\n");
        for (number, cells) in lines.iter().enumerate() {
            let cells: Vec<_> = cells.iter().enumerate().map(|(n, c)| format!("{c}r{number}c{n}")).collect();
            text.push_str(&cells.join(","));
            text.push('\n');
        }
        let file = read(&text);
        let all: Vec<String> = file.grids[0]
            .rows()
            .flat_map(|row| row.cells().map(|cell| cell.text.to_owned()).collect::<Vec<_>>())
            .collect();
        let all = all.join("\u{1}");
        for (number, cells) in lines.iter().enumerate() {
            for n in 0..cells.len() {
                let word = format!("r{number}c{n}");
                prop_assert!(all.contains(&word), "{word} of {text:?}");
            }
        }
        let breaks = all.matches('\n').count();
        prop_assert_eq!(file.grids[0].len() + breaks, lines.len() + 1, "{:?}", text);
    }
}
