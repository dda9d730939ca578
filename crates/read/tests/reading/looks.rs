//! What cells look like: formats that make a code of a number, strikethrough, pictures.

use super::formats::opened;
use super::plain::commented;
use rust_xlsxwriter::{Color, Format, Image, Workbook};
use zicha_model::{dataset::Dataset, schema::Schemas};
use zicha_read::formats::open::Opened;

/// A register of three columns; `fill` writes below its heading.
fn book(fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Opened {
    opened("a.xlsx", &bytes(fill))
}

fn bytes(fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in ["编号", "名称", "签名"].into_iter().enumerate() {
        sheet.write(0, column as u16, heading).expect("a heading");
    }
    fill(sheet);
    book.save_to_buffer().expect("a workbook")
}

fn rows(opened: &Opened) -> Vec<(u32, Vec<String>)> {
    let texts =
        |row: zicha_read::formats::grid::Row<'_>| row.cells().map(|c| c.text.to_owned()).collect();
    opened.grids[0]
        .rows()
        .skip(1)
        .map(|row| (row.number(), texts(row)))
        .collect()
}

fn codes(opened: &Opened) -> Vec<&str> {
    opened.notes.iter().map(|told| told.code.name()).collect()
}

#[test]
fn numbers_are_read_as_the_codes_that_people_see() {
    let read = book(|sheet| {
        let code = Format::new().set_num_format("\"GX-\"00");
        let text = Format::new().set_num_format("\"KT-\"@");
        let money = Format::new().set_num_format("#,##0.00");
        sheet.write_with_format(1, 0, 8, &code).expect("a cell");
        sheet.write_with_format(1, 1, "07", &text).expect("a cell");
        sheet.write_with_format(1, 2, 1200, &money).expect("a cell");
    });
    let expected = ["GX-08", "KT-07", "1200"].map(String::from).to_vec();
    assert_eq!(rows(&read), [(2, expected)]);
    assert_eq!(codes(&read), ["cells-shown"]);
    assert!(
        read.notes[0].message.contains("2 个单元格"),
        "{}",
        read.notes[0].message
    );
}

#[test]
fn a_struck_out_row_is_cancelled_and_struck_out_words_are_left_out() {
    let read = book(|sheet| {
        let struck = Format::new().set_font_strikethrough();
        let plain = Format::new().set_font_color(Color::Red);
        for column in 0..3 {
            sheet
                .write_with_format(1, column, "废", &struck)
                .expect("a cell");
        }
        sheet.write(2, 0, 2).expect("a cell");
        sheet
            .write_with_format(2, 1, "旧名", &struck)
            .expect("a cell");
        let words = [(&struck, "王五"), (&plain, "赵六")];
        sheet.write_rich_string(2, 2, &words).expect("a cell");
        // The running number of a cancelled row is often left as it is.
        sheet.write(3, 0, 3).expect("a cell");
        sheet
            .write_with_format(3, 1, "废", &struck)
            .expect("a cell");
        sheet
            .write_with_format(3, 2, "废", &struck)
            .expect("a cell");
    });
    assert_eq!(rows(&read), [(3, vec!["2".to_owned(), "赵六".to_owned()])]);
    assert_eq!(codes(&read), ["rows-struck", "cells-struck"]);
    assert!(
        read.notes[0].message.contains("第 2、4 行"),
        "{}",
        read.notes[0].message
    );
    assert!(
        read.notes[1].message.contains("2 个单元格"),
        "{}",
        read.notes[1].message
    );
}

#[test]
fn a_picture_over_an_empty_cell_is_its_content() {
    // One black dot.
    const DOT: &[u8] = &[
        0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, b'I', b'H', b'D', b'R', 0,
        0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3A, 0x7E, 0x9B, 0x55, 0, 0, 0, 0x0A, b'I', b'D',
        b'A', b'T', 0x78, 0x9C, 0x63, 0x60, 0, 0, 0, 2, 0, 1, 0x48, 0xAF, 0xA4, 0x71, 0, 0, 0, 0,
        b'I', b'E', b'N', b'D', 0xAE, 0x42, 0x60, 0x82,
    ];
    let read = book(|sheet| {
        let picture = Image::new_from_buffer(DOT).expect("a picture");
        for row in [1, 2] {
            sheet.write(row, 0, row).expect("a cell");
            sheet.write(row, 1, "甲").expect("a cell");
        }
        sheet.insert_image(1, 2, &picture).expect("placed");
        // Over a cell with content, and where no record is.
        sheet.insert_image(2, 1, &picture).expect("placed");
        sheet.insert_image(9, 2, &picture).expect("placed");
    });
    let words = |cells: &[&str]| cells.iter().map(|&c| c.to_owned()).collect::<Vec<_>>();
    let expected = [
        (2, words(&["1", "甲", "（图片）"])),
        (3, words(&["2", "甲"])),
    ];
    assert_eq!(rows(&read), expected);
    assert_eq!(codes(&read), ["pictures"]);
}

#[test]
fn looks_are_the_same_where_another_reader_reads_the_workbook() {
    let plain = bytes(|sheet| {
        let code = Format::new().set_num_format("\"GX-\"00");
        let struck = Format::new().set_font_strikethrough();
        sheet.write_with_format(1, 0, 8, &code).expect("a cell");
        sheet.write(1, 1, "甲").expect("a cell");
        for column in 0..3 {
            sheet
                .write_with_format(2, column, "废", &struck)
                .expect("a cell");
        }
        sheet
            .write_with_format(3, 1, "旧名", &struck)
            .expect("a cell");
        sheet.write(3, 0, 3).expect("a cell");
        sheet.write(3, 2, "丙").expect("a cell");
    });
    let unusual = opened("a.xlsx", &commented(&plain));
    let plain = opened("a.xlsx", &plain);
    assert_eq!(rows(&unusual), rows(&plain));
    assert_eq!(codes(&unusual), codes(&plain));
    assert_eq!(rows(&plain)[0].1, ["GX-08", "甲"]);
    assert_eq!(rows(&plain)[1], (4, vec!["3".to_owned(), "丙".to_owned()]));
}

/// The workbook understood as the register of media.
fn register_of_media(workbook: &[u8]) -> (Schemas, Dataset) {
    let schemas = zicha_testing::schemas();
    let file = zicha_read::discovery::files::from_bytes(
        "移动存储介质台账.xlsx",
        workbook,
        &Default::default(),
    );
    let dataset = zicha_read::understand(&[file], &schemas, &Default::default());
    (schemas, dataset)
}

#[test]
fn a_struck_out_row_is_told_as_such_and_not_as_blank() {
    let plain = bytes(|sheet| {
        let struck = Format::new().set_font_strikethrough();
        for (row, look) in [(1, None), (2, Some(&struck)), (3, None), (4, Some(&struck))] {
            for (column, text) in ["SM-U01", "U盘", "张三"].into_iter().enumerate() {
                let column = column as u16;
                let written = match look {
                    Some(look) => sheet.write_with_format(row, column, text, look),
                    None => sheet.write(row, column, text),
                };
                written.expect("a cell");
            }
        }
    });
    let (_, dataset) = register_of_media(&plain);
    let usage = &dataset.inputs[0].sheets[0];
    assert_eq!(
        (usage.ledger.is_some(), usage.rows),
        (true, 2),
        "{}",
        usage.why
    );
    let skipped: Vec<_> = usage
        .skipped
        .iter()
        .map(|s| (s.why.as_str(), s.rows.as_slice()))
        .collect();
    assert_eq!(skipped, [("整行划去的行", &[3, 5][..])]);
}

#[test]
fn comments_stay_with_their_cells() {
    use rust_xlsxwriter::Note;
    let plain = bytes(|sheet| {
        sheet.write(1, 0, "SM-U01").expect("a cell");
        sheet.write(1, 1, "U盘").expect("a cell");
        let note = Note::new("外壳已换\n编号未变")
            .set_author("张三")
            .add_author_prefix(false);
        sheet.insert_note(1, 1, &note).expect("placed");
    });
    let content = "<table:table table:name=\"a\"><table:table-row><table:table-cell/>\
        <table:table-cell office:value-type=\"string\"><office:annotation><dc:creator>张三</dc:creator>\
        <text:p>外壳已换</text:p><text:p>编号未变</text:p></office:annotation><text:p>U盘</text:p></table:table-cell>\
        </table:table-row></table:table>";
    let unusual = opened("a.xlsx", &commented(&plain));
    let ods = opened("a.ods", &super::packages::ods(content));
    let said = |read: &Opened| read.grids[0].comments.clone();
    let at = |row: u32| vec![(row, 1, "外壳已换 编号未变".to_owned())];
    assert_eq!(said(&opened("a.xlsx", &plain)), at(2));
    assert_eq!(said(&unusual), at(2));
    assert_eq!(said(&ods), at(1));
    assert_eq!(ods.grids[0].row(0).text(1), "U盘");

    let (schemas, dataset) = register_of_media(&plain);
    let ledger = zicha_testing::ledger_id(&schemas, "media");
    let table = dataset.table(ledger).expect("read");
    let field = schemas
        .ledger(ledger)
        .field_by_id("media_type")
        .expect("a field");
    let evidence = dataset.evidence(&schemas, table, 0, field);
    assert_eq!(evidence.comment.as_deref(), Some("外壳已换 编号未变"));
}
