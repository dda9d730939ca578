//! Files made to hurt, or hurt on their way: each gives a message, none an abort.

use super::packages::{cell, ods, package, xlsx};
use zicha_model::diag::{Diagnostic, Severity};
use zicha_read::formats::limits::Limits;
use zicha_read::formats::open;

/// Bounds small enough that tests need no huge files.
fn small() -> Limits {
    Limits {
        inflated_bytes: 4 << 20,
        opaque_part_bytes: 1 << 20,
        ratio_from_bytes: 1 << 20,
        record_bytes: 300 << 10,
        text_run_bytes: 100 << 10,
        cells: 1_000,
        zip_entries: 100,
        ..Limits::default()
    }
}

fn refused(path: &str, bytes: &[u8], limits: &Limits) -> Diagnostic {
    let mut told = open::read(path, bytes, limits).expect_err("refused");
    let first = told.remove(0);
    assert_eq!(first.severity, Severity::Error);
    assert_eq!(first.locus.file.as_deref(), Some(path));
    assert!(first.hint.is_some() || first.excerpt.is_some(), "{first:?}");
    first
}

fn sheet(rows: &str) -> Vec<u8> {
    xlsx(&format!("<sheetData>{rows}</sheetData>"), &[])
}

#[test]
fn a_bomb_is_stopped_while_it_inflates() {
    let zeros = vec![0; 8 << 20];
    let bytes = package(&[
        ("xl/workbook.xml", b"<workbook/>"),
        ("xl/media/a.png", &zeros),
    ]);
    assert_eq!(refused("a.xlsx", &bytes, &small()).code, "limit-exceeded");
    let rows = format!("<row>{}</row>", " ".repeat(1 << 10)).repeat(3 << 10);
    let told = refused("a.xlsx", &sheet(&rows), &small());
    assert!(told.message.contains("膨胀的倍数"), "{}", told.message);
}

#[test]
fn too_many_parts_are_refused_before_they_are_listed() {
    let names: Vec<_> = (0..150).map(|i| format!("p{i}")).collect();
    let parts: Vec<_> = names.iter().map(|n| (n.as_str(), &b"x"[..])).collect();
    let told = refused("a.xlsx", &package(&parts), &small());
    assert!(told.message.contains("部件个数"), "{}", told.message);
}

#[test]
fn rows_and_columns_beyond_the_grid_are_refused() {
    let places = [
        ("<row r=\"4294967295\"/>".to_owned(), "4294967295"),
        (cell("A1048577", "甲"), "A1048577"),
        (cell("ZZZZZZZ1", "甲"), "ZZZZZZZ1"),
        (cell("XFE1", "甲"), "XFE1"),
    ];
    for (rows, place) in places {
        let told = refused("a.xlsx", &sheet(&rows), &Limits::default());
        assert_eq!(told.code.name(), "cell-outside-grid");
        assert!(told.message.contains(place), "{}", told.message);
    }
}

#[test]
fn a_claimed_number_of_strings_is_not_believed() {
    let strings = "<sst uniqueCount=\"10000000000\"><si><t>甲</t></si></sst>";
    let bytes = xlsx("<sheetData/>", &[("xl/sharedStrings.xml", strings)]);
    let told = refused("a.xlsx", &bytes, &Limits::default());
    assert!(told.message.contains("uniqueCount"), "{}", told.message);
}

#[test]
fn a_huge_text_and_a_huge_row_are_refused() {
    let text: String = (0..20_000)
        .map(|i| char::from(b'a' + (i * i % 26) as u8))
        .collect();
    let told = refused("a.xlsx", &sheet(&cell("A1", &text.repeat(12))), &small());
    assert!(told.message.contains("文字长度"), "{}", told.message);
    let row = format!("<row>{}</row>", cell("A1", &text).repeat(20));
    let told = refused("a.xlsx", &sheet(&row), &small());
    assert!(told.message.contains("一行内容"), "{}", told.message);
}

#[test]
fn too_many_cells_are_refused() {
    let rows = "<row><c><v>1</v></c></row>".repeat(1_500);
    let told = refused("a.xlsx", &sheet(&rows), &small());
    assert!(told.message.contains("单元格数"), "{}", told.message);
}

#[test]
fn repeated_open_document_rows_are_counted() {
    let table = "<table:table table:name=\"a\"><table:table-row table:number-rows-repeated=\"1048576\">\
        <table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"string\"><text:p>x</text:p></table:table-cell>\
        </table:table-row></table:table>";
    let told = refused("a.ods", &ods(table), &Limits::default());
    assert_eq!(told.code.name(), "limit-exceeded");
}

#[test]
fn cut_and_broken_workbooks_are_told_as_broken() {
    let whole = sheet(&cell("A1", "甲"));
    for keep in [whole.len() / 2, whole.len() - 30, 10] {
        assert_eq!(
            refused("a.xlsx", &whole[..keep], &Limits::default()).code,
            "file-broken"
        );
    }
    let broken = [
        "<sheetData><row><c r=\"A1\"><v>1</v></row>",
        "<sheetData><<>",
        "<sheetData><row r=\"x\"/>",
    ];
    for content in broken {
        let told = open::read("a.xlsx", &xlsx(content, &[]), &Limits::default());
        assert!(told.is_err(), "{content}");
    }
    let mut damaged = include_bytes!("../../../../tests/fixtures/plain-xlwt.xls").to_vec();
    damaged.truncate(3_000);
    assert_eq!(
        refused("a.xls", &damaged, &Limits::default()).code,
        "file-broken"
    );
}

#[test]
fn every_damaged_byte_gives_a_table_or_a_message() {
    let files = [
        (
            "a.xls",
            &include_bytes!("../../../../tests/fixtures/plain-xlwt.xls")[..],
        ),
        (
            "a.xlsx",
            &include_bytes!("../../../../tests/fixtures/plain-openpyxl.xlsx")[..],
        ),
    ];
    for (path, bytes) in files {
        for at in (0..bytes.len()).step_by(37) {
            let mut damaged = bytes.to_vec();
            damaged[at] ^= 0xFF;
            if let Err(told) = open::read(path, &damaged, &Limits::default()) {
                assert!(!told.is_empty(), "{path} at {at}");
            }
        }
    }
}

#[test]
fn locked_files_and_other_documents_are_named() {
    let mut encrypted = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    encrypted.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let cases: [(&str, &[u8], &str); 5] = [
        ("a.xlsx", &encrypted, "密码"),
        (
            "a.xls",
            b"<html><table><tr><td>1</td></tr></table></html>",
            "网页",
        ),
        ("a.xlsx", b"%PDF-1.7 ...", "PDF"),
        ("a.xlsx", b"", "空"),
        ("a.csv", b"\xFF\xFF\xFF\xFF", "编码"),
    ];
    for (path, bytes, word) in cases {
        let told = refused(path, bytes, &Limits::default());
        assert!(told.message.contains(word), "{}", told.message);
    }
    let word = package(&[("word/document.xml", b"<w/>")]);
    assert!(
        refused("a.xlsx", &word, &Limits::default())
            .message
            .contains("Word")
    );
}

#[test]
fn deep_aliased_and_repeated_yaml_is_told_with_its_place() {
    let bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n";
    let deep = format!("a: {}", "[".repeat(100_000));
    for (text, code, line) in [
        (bomb, "yaml-alias", 2),
        (&deep, "yaml-depth", 1),
        ("a: []\na: []\n", "yaml-duplicate-key", 2),
        ("a:\n  - x: 1\n    x: 2\n", "yaml-duplicate-key", 3),
    ] {
        let told = refused("a.yaml", text.as_bytes(), &Limits::default());
        assert_eq!((told.code.name(), told.locus.line), (code, Some(line)));
    }
}

#[test]
fn control_characters_are_taken_out_and_told() {
    let bytes = "编号,标题\n1\0,甲\u{202e}乙\n".as_bytes();
    // A NUL makes a file look binary unless it is marked as text.
    let mut wide = vec![0xFF, 0xFE];
    let text = std::str::from_utf8(bytes).expect("text");
    wide.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    let read = open::read("a.csv", &wide, &Limits::default()).expect("readable");
    assert_eq!(read.grids[0].row(1).text(1), "甲乙");
    assert_eq!(read.notes[0].code.name(), "cells-cleaned");
    assert_eq!(read.notes[0].locus.cell.as_deref(), Some("A2"));
}
