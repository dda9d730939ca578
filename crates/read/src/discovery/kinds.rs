//! What a file is by its name, and by its first bytes where the name says nothing: read, a table in
//! a format that is not read, or something else.

use crate::formats::sniff::{Format, sniff};
use std::{fs::File, io::Read, path::Path};

/// Extensions of files that may hold ledgers.
pub const EXTENSIONS: [&str; 17] = [
    "xlsx", "xlsm", "xltx", "xltm", "xlsb", "xls", "xlt", "et", "ett", "ods", "ots", "fods", "csv",
    "tsv", "yaml", "yml", "json",
];

/// Extensions of tables that are not read, with the name of their format.
const OTHER_TABLES: [(&str, &str); 14] = [
    ("numbers", "苹果 Numbers 表格"),
    ("dbf", "dBase 数据表"),
    ("mdb", "Access 数据库"),
    ("accdb", "Access 数据库"),
    ("uos", "标文通（UOF）表格"),
    ("uof", "标文通（UOF）文档"),
    ("sxc", "OpenOffice 1.0 表格"),
    ("xlw", "Excel 工作区"),
    ("xla", "Excel 加载宏"),
    ("xlam", "Excel 加载宏"),
    ("slk", "SYLK 表格"),
    ("dif", "DIF 表格"),
    ("wk1", "Lotus 1-2-3 表格"),
    ("prn", "以空格分隔的文本表格"),
];

/// Extensions of documents, whose packages may look like those of workbooks.
const DOCUMENTS: [&str; 14] = [
    "doc", "docx", "docm", "wps", "wpt", "ppt", "pptx", "dps", "pdf", "ofd", "zip", "rar", "7z",
    "msg",
];

/// Files of unknown names are looked into up to this size.
const LOOKED_INTO: u64 = 64 << 20;

/// What is done with a file.
pub(crate) enum Kind {
    /// It is read.
    Read,
    /// The program wrote it.
    Own,
    /// A table that is not read, and why.
    Table(String),
    /// Anything else.
    Other,
}

/// The kind of the file at `full` with an extension in lower case.
pub(crate) fn kind(extension: &str, full: &Path) -> Kind {
    if extension == "json" && is_own(full) {
        return Kind::Own;
    }
    if EXTENSIONS.contains(&extension) {
        return Kind::Read;
    }
    let other = OTHER_TABLES.iter().find(|(known, _)| *known == extension);
    if let Some((_, name)) = other {
        return Kind::Table(format!("{name}（.{extension}）是不支持的格式，没有读取"));
    }
    if DOCUMENTS.contains(&extension) || !is_workbook(full) {
        return Kind::Other;
    }
    let named = match extension {
        "" => "没有扩展名".to_owned(),
        other => format!("扩展名是 .{other}"),
    };
    Kind::Table(format!("内容是电子表格，但{named}，没有读取"))
}

/// True for the results of a run.
fn is_own(full: &Path) -> bool {
    let Ok(file) = File::open(full) else {
        return false;
    };
    let mut head = Vec::new();
    let read = file.take(200).read_to_end(&mut head);
    read.is_ok() && String::from_utf8_lossy(&head).contains("\"zicha/")
}

fn is_workbook(full: &Path) -> bool {
    let Ok(mut file) = File::open(full) else {
        return false;
    };
    let mut bytes = Vec::new();
    if file.by_ref().take(8).read_to_end(&mut bytes).is_err() {
        return false;
    }
    let container = bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0");
    let small = file.metadata().is_ok_and(|meta| meta.len() <= LOOKED_INTO);
    if !container || !small || file.read_to_end(&mut bytes).is_err() {
        return false;
    }
    matches!(
        sniff(&bytes),
        Format::Xlsx | Format::Xlsb | Format::Xls | Format::Ods
    )
}
