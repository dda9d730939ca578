//! Packages around parts, so that the fuzzer spends its time on the parts rather than on checksums.

use std::io::{Cursor, Write};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// Parts the parts of an input.
pub const SEPARATOR: u8 = 0x1E;

fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in parts {
        zip.start_file(*name, options).expect("a part");
        zip.write_all(content).expect("written to memory");
    }
    zip.finish().expect("a package").into_inner()
}

fn relationships(kinds: &[(&str, &str)]) -> String {
    let mut text = String::from("<Relationships>");
    for (at, (kind, target)) in (1..).zip(kinds) {
        let line = format!(
            "<Relationship Id=\"rId{at}\" Type=\"{RELATIONSHIPS}/{kind}\" Target=\"{target}\"/>"
        );
        text.push_str(&line);
    }
    text + "</Relationships>"
}

/// An xlsx of the parts sheet, shared strings, styles and workbook, those missing being usual ones.
pub fn xlsx(input: &[u8]) -> Vec<u8> {
    let mut parts = input.split(|&b| b == SEPARATOR);
    let mut next = |usual: String| parts.next().map_or(usual.into_bytes(), <[u8]>::to_vec);
    let sheet = next(String::new());
    let strings = next(format!("<sst xmlns=\"{MAIN}\"/>"));
    let styles = next(format!("<styleSheet xmlns=\"{MAIN}\"/>"));
    let workbook = next(format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONSHIPS}\"><sheets>\
         <sheet name=\"表\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    ));
    let root = relationships(&[("officeDocument", "xl/workbook.xml")]);
    let book = relationships(&[
        ("worksheet", "worksheets/sheet1.xml"),
        ("sharedStrings", "sharedStrings.xml"),
        ("styles", "styles.xml"),
    ]);
    package(&[
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", &workbook),
        ("xl/_rels/workbook.xml.rels", book.as_bytes()),
        ("xl/sharedStrings.xml", &strings),
        ("xl/styles.xml", &styles),
        ("xl/worksheets/sheet1.xml", &sheet),
    ])
}

/// An xlsb of the parts workbook, shared strings, styles and sheet: three lengths of two bytes
/// each, lowest first, then the parts.
pub fn xlsb(input: &[u8]) -> Option<Vec<u8>> {
    let (lengths, mut rest) = input.split_at_checked(6)?;
    let mut parts = Vec::new();
    for length in lengths.chunks(2) {
        let length = usize::from(u16::from_le_bytes([length[0], length[1]]));
        let (part, after) = rest.split_at(length.min(rest.len()));
        parts.push(part);
        rest = after;
    }
    let book = relationships(&[
        ("worksheet", "worksheets/sheet1.bin"),
        ("sharedStrings", "sharedStrings.bin"),
        ("styles", "styles.bin"),
    ]);
    Some(package(&[
        ("xl/workbook.bin", parts[0]),
        ("xl/_rels/workbook.bin.rels", book.as_bytes()),
        ("xl/sharedStrings.bin", parts[1]),
        ("xl/styles.bin", parts[2]),
        ("xl/worksheets/sheet1.bin", rest),
    ]))
}

/// An ods of its content.
pub fn ods(content: &[u8]) -> Vec<u8> {
    package(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        (
            "META-INF/manifest.xml",
            b"<manifest:manifest xmlns:manifest=\"m\"/>",
        ),
        ("content.xml", content),
    ])
}
