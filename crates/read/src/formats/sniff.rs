//! Bytes → what a file really is. Extensions lie: an xlsx named .xls, a web page named .xls.

use crate::formats::container::cfb;
use crate::formats::text::unmarked_utf16;
use std::io::Read;

/// What a file is by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// Excel 2007 and later, also .xlsm and what WPS writes today.
    Xlsx,
    /// Excel's binary package.
    Xlsb,
    /// OpenDocument spreadsheet.
    Ods,
    /// Excel 97–2003, also older .et files.
    Xls,
    /// A worksheet of Excel 2–4: records without the container.
    OldExcel,
    /// OpenDocument spreadsheet as one XML file.
    FlatOds,
    /// Plain text: CSV, TSV or YAML, told apart by the name.
    Text,
    /// A workbook with a password.
    Encrypted,
    /// A web page, often saved under the name .xls by some office system.
    Html,
    /// An XML table of Excel 2003.
    XmlSpreadsheet,
    /// Nothing at all.
    Empty,
    /// Something that is no table, by its name for people.
    Other(&'static str),
}

/// What the bytes are.
pub(crate) fn sniff(bytes: &[u8]) -> Format {
    match bytes {
        [] => Format::Empty,
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => package(bytes),
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => compound(bytes),
        // A bare BIFF stream of Excel 2–4 (BOF record without the container).
        [0x09, 0x00 | 0x02 | 0x04, _, 0x00, ..] => Format::OldExcel,
        _ => known_magic(bytes).unwrap_or_else(|| text(bytes)),
    }
}

fn known_magic(bytes: &[u8]) -> Option<Format> {
    const MAGIC: [(&[u8], &str); 11] = [
        (b"%PDF", "PDF 文档"),
        (b"%OFD", "OFD 文档"),
        (b"{\\rtf", "RTF 文档"),
        (b"Rar!", "RAR 压缩包"),
        (b"7z\xBC\xAF\x27\x1C", "7z 压缩包"),
        (b"\x1F\x8B", "gzip 压缩包"),
        (b"\x89PNG", "PNG 图片"),
        (b"\xFF\xD8\xFF", "JPEG 图片"),
        (b"GIF8", "GIF 图片"),
        (b"SQLite format 3\0", "SQLite 数据库"),
        (b"MZ", "可执行程序"),
    ];
    MAGIC
        .iter()
        .find(|(magic, _)| bytes.starts_with(magic))
        .map(|&(_, name)| Format::Other(name))
}

/// Tells the zip packages apart. A package too broken to list its parts is taken for an xlsx, so
/// that its reader says what is wrong.
fn package(bytes: &[u8]) -> Format {
    let Ok(mut zip) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else {
        return Format::Xlsx;
    };
    if let Some(format) = by_mimetype(&mut zip) {
        return format;
    }
    let has = |part: &str| {
        zip.file_names_raw()
            .any(|name| name.to_ascii_lowercase().ends_with(part.as_bytes()))
    };
    if has("xl/workbook.bin") {
        Format::Xlsb
    } else if has("workbook.xml") {
        Format::Xlsx
    } else if has("word/document.xml") {
        Format::Other("Word 文档")
    } else if has("ppt/presentation.xml") {
        Format::Other("演示文稿")
    } else if has("ofd.xml") {
        Format::Other("OFD 文档")
    } else {
        Format::Other("压缩包")
    }
}

type Archive<'a> = zip::ZipArchive<std::io::Cursor<&'a [u8]>>;

/// OpenDocument packages name their kind in a part called `mimetype`, and in their manifest which
/// parts are encrypted.
fn by_mimetype(zip: &mut Archive<'_>) -> Option<Format> {
    let kind = head(zip, "mimetype", 256)?;
    if kind.contains("opendocument.spreadsheet") {
        let manifest = head(zip, "META-INF/manifest.xml", 1 << 20).unwrap_or_default();
        match manifest.contains("encryption-data") {
            true => Some(Format::Encrypted),
            false => Some(Format::Ods),
        }
    } else if kind.contains("opendocument") {
        Some(Format::Other("OpenDocument 文档（不是表格）"))
    } else {
        None
    }
}

/// The text at the beginning of a part.
fn head(zip: &mut Archive<'_>, part: &str, most: u64) -> Option<String> {
    let part = zip.by_name(part).ok()?;
    let mut bytes = Vec::new();
    part.take(most).read_to_end(&mut bytes).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// Tells the compound files apart by the streams in their root; a file too broken to list them is
/// taken for an xls, so that its reader says what is wrong.
fn compound(bytes: &[u8]) -> Format {
    let names = cfb::root_names(bytes);
    let has = |stream: &str| names.iter().any(|name| name == stream);
    let mentions = |stream: &str| {
        let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &name).is_some()
    };
    if has("encryptedpackage") || (names.is_empty() && mentions("EncryptedPackage")) {
        Format::Encrypted
    } else if has("workbook") || has("book") {
        Format::Xls
    } else if has("worddocument") {
        Format::Other("Word 文档")
    } else if has("powerpoint document") {
        Format::Other("演示文稿")
    } else {
        Format::Xls
    }
}

fn text(bytes: &[u8]) -> Format {
    let head = &bytes[..bytes.len().min(4096)];
    let (shown, _, _) = encoding_rs::UTF_8.decode(head);
    let lower = shown.trim_start_matches(['\u{feff}', ' ', '\r', '\n', '\t']);
    let lower = lower.to_ascii_lowercase();
    if lower.contains("urn:schemas-microsoft-com:office:spreadsheet") && lower.starts_with("<?xml")
    {
        return Format::XmlSpreadsheet;
    }
    if lower.starts_with("<?xml") && lower.contains("opendocument:xmlns:office") {
        return match lower.contains("opendocument.spreadsheet") {
            true => Format::FlatOds,
            false => Format::Other("OpenDocument 文档（不是表格）"),
        };
    }
    let opens = ["<!doctype html", "<html", "<table", "<meta", "<head"];
    let page = lower.starts_with('<') && opens.iter().any(|tag| lower.contains(tag));
    if page || lower.starts_with("mime-version:") {
        return Format::Html;
    }
    let wide = head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]);
    if head.contains(&0) && !wide && unmarked_utf16(bytes).is_none() && !is_padded(head) {
        return Format::Other("二进制文件");
    }
    Format::Text
}

/// True for text in which a program left a zero here and there, as some databases pad their fields.
fn is_padded(head: &[u8]) -> bool {
    const ONE_IN: usize = 8;
    let control = |b: &&u8| matches!(b, 0..=8 | 14..=31 | 127);
    let zeros = head.iter().filter(|&&b| b == 0).count();
    let breaks = head.iter().filter(|&&b| b == b'\n' || b == b'\r').count();
    let text: Vec<u8> = head.iter().copied().filter(|&b| b != 0).collect();
    let odd = text.iter().filter(control).count();
    breaks >= 2
        && zeros * ONE_IN <= head.len()
        && odd == 0
        && crate::formats::text::decode(&text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_documents_are_not_taken_for_tables() {
        assert_eq!(sniff(b"\n<html><table>"), Format::Html);
        assert_eq!(sniff(b"%PDF-1.7"), Format::Other("PDF 文档"));
        assert_eq!(sniff(b""), Format::Empty);
        assert_eq!(sniff(b"abc\0def"), Format::Other("二进制文件"));
    }

    #[test]
    fn text_of_any_encoding_is_text() {
        assert_eq!(sniff("编号,标题\n1,甲".as_bytes()), Format::Text);
        assert_eq!(sniff(b"\xB1\xE0\xBA\xC5,1\n"), Format::Text);
        assert_eq!(sniff(b"\xFF\xFE1\x00,\x00"), Format::Text);
        let padded = "编号,标题,份数\n1,甲\0\0,2\n2,乙\0\0,1\n";
        assert_eq!(sniff(padded.as_bytes()), Format::Text);
    }

    #[test]
    fn an_encrypted_workbook_is_known_by_its_stream() {
        let mut bytes = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(sniff(&bytes), Format::Encrypted);
    }
}
