//! Forms come back filled in, and nothing else of them is touched.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use zicha_model::points::Points;
use zicha_scoring::fill::{Note, fill};
use zicha_scoring::import;
use zicha_scoring::reckon::{Facts, reckon};
use zicha_scoring::table::{self, FormTable};
use zicha_testing::score_form;

fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let names: Vec<String> = package
        .file_names()
        .map(|name| name.expect("a name").into_owned())
        .collect();
    let mut parts = BTreeMap::new();
    for name in names {
        let mut content = Vec::new();
        package
            .by_name(&name)
            .expect("a part")
            .read_to_end(&mut content)
            .expect("read");
        parts.insert(name, content);
    }
    parts
}

/// Fills a form whose items are all decided by people: item 1 loses 1.5 points, the last scored one is absent.
fn filled(path: &str, bytes: &[u8]) -> (FormTable, FormTable, Vec<u8>) {
    let imported = import(path, bytes).expect("a form");
    let mut standard = imported.standard.clone();
    for item in &mut standard.items {
        for way in &mut item.ways {
            way.decided = Some(Points::ZERO);
        }
    }
    standard.items[0].ways[0].decided = Some(Points::nearest(1.5));
    standard.items[49].present = zicha_scoring::standard::Present::No;
    let facts = Facts {
        controls: BTreeMap::new(),
        not_kept: BTreeSet::new(),
        kept: BTreeSet::new(),
    };
    let reckoned = reckon(&standard, &facts);
    let mut notes = vec![Note::default(); 59];
    notes[0].deducted = "1起 <扣1.5分>\n第二行 & 更多".to_owned();
    let filled = fill(path, bytes, &imported, &standard, &reckoned, &notes)
        .expect("written")
        .expect("a format that is filled");
    assert!(filled.told.is_empty(), "{:?}", filled.told);
    let before = table::open(path, bytes).expect("opened").tables.remove(0);
    let after = table::open(path, &filled.bytes)
        .expect("opened again")
        .tables
        .remove(0);
    (before, after, filled.bytes)
}

fn row_of(table: &FormTable, label: &str) -> u32 {
    (1..=table.rows())
        .find(|row| table.row(*row).iter().any(|(_, text)| *text == label))
        .expect("a label")
}

/// Cells that differ, and that they were empty before (but the ticked box).
fn changed(before: &FormTable, after: &FormTable) -> usize {
    let mut count = 0;
    for row in 1..=before.rows() {
        for column in 0..before.columns() {
            let (old, new) = (before.own(row, column), after.own(row, column));
            let own = before.anchor(row, column) == (row, column);
            if own && old != new {
                count += 1;
                assert!(
                    old.is_empty() || new.contains('☑'),
                    "{row},{column}: {old} → {new}"
                );
            }
        }
    }
    count
}

#[test]
fn a_word_form_comes_back_filled_in() {
    let bytes = score_form::docx();
    let (before, after, filled) = filled("标准.docx", &bytes);
    let first = row_of(&after, "1");
    assert_eq!((after.text(first, 3), after.text(first, 5)), ("★", "2.5"));
    let last = row_of(&after, "50");
    assert_eq!((after.text(last, 3), after.text(last, 5)), ("无此项", ""));
    assert_eq!(after.text(row_of(&after, "实有项目总分值"), 2), "99");
    assert_eq!(after.text(row_of(&after, "总得分"), 2), "97.5");
    assert_eq!(after.text(row_of(&after, "得分率"), 2), "98.48%");
    let result = after.text(row_of(&after, "考评结果"), 2);
    assert_eq!(result, "☑符合要求　□基本符合要求　□不符合要求");
    // ★ and points of 50 items, 0 of eight heavier ones, four lines at the end.
    assert_eq!(changed(&before, &after), 50 + 49 + 8 + 4);
    let (old, new) = (parts(&bytes), parts(&filled));
    assert_eq!(
        old.keys().collect::<Vec<_>>(),
        new.keys().collect::<Vec<_>>()
    );
    assert!(
        old.iter()
            .all(|(name, part)| name == "word/document.xml" || new[name] == *part)
    );
}

#[test]
fn a_workbook_comes_back_filled_in() {
    let bytes = score_form::xlsx();
    let (before, after, filled) = filled("标准.xlsx", &bytes);
    let first = row_of(&after, "1");
    assert_eq!(after.text(first, 3), "★");
    assert_eq!(after.text(first, 5), "1起 <扣1.5分>\n第二行 & 更多");
    assert_eq!(after.text(first, 6), "2.5");
    assert_eq!(after.text(row_of(&after, "实有项目总分值"), 2), "99");
    assert_eq!(
        after.text(row_of(&after, "考评结果"), 2),
        "☑符合要求　□基本符合要求　□不符合要求"
    );
    assert_eq!(changed(&before, &after), 50 + 1 + 49 + 8 + 4);
    let (old, new) = (parts(&bytes), parts(&filled));
    assert!(
        old.iter()
            .all(|(name, part)| name == "xl/worksheets/sheet1.xml" || new[name] == *part)
    );
}

#[test]
fn the_same_form_gives_the_same_bytes() {
    let bytes = score_form::docx();
    assert!(filled("标准.docx", &bytes).2 == filled("标准.docx", &bytes).2);
}
