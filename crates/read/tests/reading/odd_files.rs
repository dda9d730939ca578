//! Files that programs write otherwise than Excel does, each read or told truly.

use super::formats::opened;
use super::packages::{cell, ods, package, xlsx};
use zicha_read::formats::grid::{Form, PICTURE};
use zicha_read::formats::limits::Limits;
use zicha_read::formats::open::{self, Opened};

fn rows(opened: &Opened) -> Vec<Vec<String>> {
    let grids = opened.grids.iter();
    grids
        .flat_map(|grid| {
            let rows = grid.rows();
            rows.map(|row| row.cells().map(|cell| cell.text.to_owned()).collect())
                .collect::<Vec<_>>()
        })
        .collect()
}

fn told(opened: &Opened) -> Vec<&str> {
    opened.notes.iter().map(|note| note.code.name()).collect()
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn delimited_text_in_utf16_is_read_with_and_without_a_mark() {
    let text = "登记号,标题,日期\n1,甲,2026-03-01\n2,乙,2026-03-02\n3,丙,2026-03-03\n";
    let marked = [&[0xFF, 0xFE][..], &utf16(text)].concat();
    for bytes in [utf16(text), marked] {
        let read = opened("a.csv", &bytes);
        assert_eq!(read.form, Form::Csv);
        assert_eq!(rows(&read)[2], ["2", "乙", "2026-03-02"]);
    }
}

#[test]
fn parts_in_utf16_are_read() {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let wide = |text: &str| {
        let text = format!("<?xml version=\"1.0\" encoding=\"UTF-16\"?>{text}");
        [&[0xFF, 0xFE][..], &utf16(&text)].concat()
    };
    let root = format!(
        "<Relationships xmlns=\"r\"><Relationship Id=\"rId1\" Type=\"{relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let book = format!(
        "<Relationships xmlns=\"r\"><Relationship Id=\"rId1\" Type=\"{relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
    );
    let workbook = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{relations}\"><sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let sheet = format!(
        "<worksheet xmlns=\"{main}\"><sheetData><row r=\"1\">{}</row></sheetData></worksheet>",
        cell("A1", "甲")
    );
    let bytes = package(&[
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", &wide(&workbook)),
        ("xl/_rels/workbook.xml.rels", book.as_bytes()),
        ("xl/worksheets/sheet1.xml", &wide(&sheet)),
    ]);
    assert_eq!(rows(&opened("a.xlsx", &bytes)), [["甲"]]);
}

#[test]
fn a_sheet_that_is_not_there_costs_that_sheet() {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let rels = |target: &str, kind: &str| {
        format!(
            "<Relationships xmlns=\"r\"><Relationship Id=\"rId1\" Type=\"{relations}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let workbook = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{relations}\"><sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"缺\" sheetId=\"2\" r:id=\"rId9\"/></sheets></workbook>"
    );
    let sheet = format!(
        "<worksheet xmlns=\"{main}\"><sheetData><row r=\"1\">{}</row></sheetData></worksheet>",
        cell("A1", "甲")
    );
    let bytes = package(&[
        (
            "_rels/.rels",
            rels("xl/workbook.xml", "officeDocument").as_bytes(),
        ),
        ("xl/workbook.xml", workbook.as_bytes()),
        (
            "xl/_rels/workbook.xml.rels",
            rels("worksheets/sheet1.xml", "worksheet").as_bytes(),
        ),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ]);
    let read = opened("a.xlsx", &bytes);
    assert_eq!(rows(&read), [["甲"]]);
    assert!(
        read.notes.iter().any(|note| note.message.contains("缺")),
        "{:?}",
        read.notes
    );
}

#[test]
fn an_open_document_in_one_file_is_read() {
    let document = "<?xml version=\"1.0\"?><office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
        xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
        office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\"><office:body><office:spreadsheet>\
        <table:table table:name=\"收文\"><table:table-row><table:table-cell office:value-type=\"string\"><text:p>登记号</text:p>\
        </table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document>";
    assert_eq!(rows(&opened("a.fods", document.as_bytes())), [["登记号"]]);
}

#[test]
fn rows_of_an_open_document_that_repeat_are_rows_only_where_they_say_something() {
    let row = |repeated: u32, text: &str| {
        format!(
            "<table:table-row table:number-rows-repeated=\"{repeated}\"><table:table-cell office:value-type=\"string\">\
             <text:p>{text}</text:p></table:table-cell></table:table-row>"
        )
    };
    let empty = "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell/></table:table-row>";
    let table = format!(
        "<table:table table:name=\"a\">{}{empty}</table:table>",
        row(3, "甲")
    );
    assert_eq!(
        rows(&opened("a.ods", &ods(&table))),
        [["甲"], ["甲"], ["甲"]]
    );
}

#[test]
fn a_picture_in_a_cell_counts_as_one() {
    let formula =
        "<c r=\"B1\" t=\"str\"><f>_xlfn.DISPIMG(\"ID_1\",1)</f><v>=DISPIMG(\"ID_1\",1)</v></c>";
    let sheet = format!(
        "<sheetData><row r=\"1\">{}{formula}{}</row></sheetData>",
        cell("A1", "甲"),
        cell("C1", "乙")
    );
    let read = opened("a.xlsx", &xlsx(&sheet, &[]));
    assert_eq!(rows(&read), [["甲", PICTURE, "乙"]]);
}

#[test]
fn texts_within_cells_have_looks_as_well() {
    let styles = "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><numFmts><numFmt numFmtId=\"164\" formatCode=\"&quot;GX-&quot;@\"/></numFmts>\
        <fonts><font/><font><strike/></font></fonts><fills><fill/></fills><borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>\
        <cellXfs><xf numFmtId=\"0\" fontId=\"0\"/><xf numFmtId=\"0\" fontId=\"1\"/><xf numFmtId=\"164\" fontId=\"0\"/></cellXfs></styleSheet>";
    let styled = |place: &str, style: u32, text: &str| {
        cell(place, text).replacen("<c ", &format!("<c s=\"{style}\" "), 1)
    };
    let struck: String = ["A2", "B2", "C2"]
        .iter()
        .map(|place| styled(place, 1, "废"))
        .collect();
    let sheet = format!(
        "<sheetData><row r=\"1\">{}{}</row><row r=\"2\">{struck}</row></sheetData>",
        styled("A1", 2, "08"),
        styled("B1", 1, "旧名"),
    );
    let read = opened("a.xlsx", &xlsx(&sheet, &[("xl/styles.xml", styles)]));
    assert_eq!(rows(&read), [["GX-08"]]);
    assert_eq!(told(&read), ["rows-struck", "cells-struck", "cells-shown"]);
}

#[test]
fn texts_marked_for_excel_are_what_they_mark() {
    let text = "机号,=\"SM,01\",备注\n=\"007\",'008,\"=\"\"009\"\"\"\n";
    let read = opened("a.csv", text.as_bytes());
    assert_eq!(
        rows(&read),
        [["机号", "SM,01", "备注"], ["007", "008", "009"]]
    );
    assert_eq!(told(&read), ["cells-marked"]);
    assert!(open::read("a.csv", text.as_bytes(), &Limits::default()).is_ok());
}
