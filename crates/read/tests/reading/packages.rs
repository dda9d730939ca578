//! Workbooks made by hand, part by part, for what no writer would write.

use std::io::{Cursor, Write};
use zip::{ZipWriter, write::SimpleFileOptions};

const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// A zip package of the parts given.
pub(crate) fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        let options = SimpleFileOptions::default();
        zip.start_file(*name, options).expect("a part");
        zip.write_all(content).expect("written");
    }
    zip.finish().expect("a package").into_inner()
}

/// An xlsx of one sheet with this content, and what else is wanted.
pub(crate) fn xlsx(sheet: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let rels = |inner: &str| format!("<Relationships xmlns=\"r\">{inner}</Relationships>");
    let root = rels(&format!(
        "<Relationship Id=\"rId1\" Type=\"{RELATIONSHIPS}/officeDocument\" Target=\"xl/workbook.xml\"/>"
    ));
    let book = rels(&format!(
        "<Relationship Id=\"rId1\" Type=\"{RELATIONSHIPS}/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
    ));
    let workbook = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONSHIPS}\"><sheets>\
         <sheet name=\"表\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let sheet = format!("<worksheet xmlns=\"{MAIN}\">{sheet}</worksheet>");
    let mut parts = vec![
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", book.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ];
    parts.extend(more.iter().map(|(name, text)| (*name, text.as_bytes())));
    package(&parts)
}

/// An inline text cell.
pub(crate) fn cell(place: &str, text: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

/// An ods of one content.
pub(crate) fn ods(tables: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\">\
         <office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>\
         </office:document-content>"
    );
    package(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        (
            "META-INF/manifest.xml",
            b"<manifest:manifest xmlns:manifest=\"m\"/>",
        ),
        ("content.xml", content.as_bytes()),
    ])
}

/// An xlsb of one sheet: rows of text cells.
pub(crate) fn xlsb(rows: &[(u32, &[(u32, &str)])]) -> Vec<u8> {
    let wide = |text: &str| {
        let mut bytes = (text.encode_utf16().count() as u32).to_le_bytes().to_vec();
        bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    let mut bundle = vec![0; 4];
    bundle.extend(1u32.to_le_bytes());
    bundle.extend(wide("rId1"));
    bundle.extend(wide("表"));
    let workbook = [record(0x9C, &bundle), record(0x90, &[]), record(0x84, &[])].concat();
    let mut sheet = [record(0x81, &[]), record(0x94, &[0; 16]), record(0x91, &[])].concat();
    for (number, cells) in rows {
        let mut head = number.to_le_bytes().to_vec();
        head.extend([0; 13]);
        sheet.extend(record(0x00, &head));
        for (column, text) in *cells {
            let mut body = column.to_le_bytes().to_vec();
            body.extend([0; 4]);
            body.extend(wide(text));
            sheet.extend(record(0x06, &body));
        }
    }
    sheet.extend([record(0x92, &[]), record(0x82, &[])].concat());
    let rels = "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.bin\"/></Relationships>";
    package(&[
        ("xl/workbook.bin", &workbook),
        ("xl/_rels/workbook.bin.rels", rels.as_bytes()),
        ("xl/worksheets/sheet1.bin", &sheet),
    ])
}

/// A record of the binary format: type, length, body.
fn record(kind: u8, body: &[u8]) -> Vec<u8> {
    let mut bytes = vec![kind];
    if kind & 0x80 != 0 {
        bytes.push(1);
    }
    let length = body.len();
    bytes.push((length & 0x7F) as u8 | if length > 0x7F { 0x80 } else { 0 });
    if length > 0x7F {
        bytes.push((length >> 7) as u8);
    }
    bytes.extend(body);
    bytes
}
