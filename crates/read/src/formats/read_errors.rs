//! Why a file, or a part of one, was not read: the messages of the readers, in one place.
//!
//! Readers do not know paths: the file is put into the locus when the file is done.

use crate::formats::sniff::Format;
use zicha_model::diag::{Diagnostic, Locus};

/// Bytes as people say them: `64 MB`, `512 KB`.
pub(crate) fn size(bytes: u64) -> String {
    match bytes {
        b if b >= 10 << 20 => format!("{} MB", b >> 20),
        b if b >= 10 << 10 => format!("{} KB", b >> 10),
        b => format!("{b} 字节"),
    }
}

/// A limit was exceeded: what is too large, and how large it may be.
pub(crate) fn limit(what: &str, most: impl std::fmt::Display) -> Diagnostic {
    let message = format!("{what}超过上限（{most}），为防止文件损坏或被恶意构造，没有读取此文件");
    Diagnostic::error("limit-exceeded", message, Locus::default())
        .with_hint("请用 WPS 或 Excel 打开核对，只保留有内容的区域，另存为新的 .xlsx 文件后重试")
}

/// The file is larger than its format may be.
pub(crate) fn too_large(bytes: u64, most: u64) -> Diagnostic {
    let (bytes, most) = (size(bytes), size(most));
    let message = format!("文件有 {bytes}，超过此格式的上限 {most}，没有读取");
    Diagnostic::error("file-too-large", message, Locus::default())
        .with_hint("请按年度或部门拆分台账，或另存为 .xlsx 格式")
}

/// A cell lies where no spreadsheet has cells.
pub(crate) fn outside_grid(place: &str) -> Diagnostic {
    let message = format!(
        "单元格位置“{}”超出表格范围（1048576 行、16384 列），没有读取此文件",
        shorten(place)
    );
    Diagnostic::error("cell-outside-grid", message, Locus::default())
        .with_hint("文件可能已损坏，请用 WPS 或 Excel 打开后另存为 .xlsx")
}

/// The file is damaged; `detail` is what its reader said.
pub(crate) fn broken(detail: impl std::fmt::Display) -> Diagnostic {
    let message = format!(
        "文件已损坏或不完整，无法读取（{}）",
        shorten(&detail.to_string())
    );
    Diagnostic::error("file-broken", message, Locus::default())
        .with_hint("请用 WPS 或 Excel 打开核对，另存为 .xlsx；打不开的，请向填报人重新索取")
}

/// A reader panicked: a mistake of this program or of a library.
pub(crate) fn internal() -> Diagnostic {
    let message = "读取时发生内部错误，此文件没有读取";
    Diagnostic::error("internal", message, Locus::default())
        .with_hint("请用 WPS 或 Excel 打开后另存为 .xlsx 再试，并把此提示告知维护人员")
}

/// The file could not be opened.
pub(crate) fn unreadable(error: &std::io::Error) -> Diagnostic {
    let why = match error.kind() {
        std::io::ErrorKind::PermissionDenied => "没有读取权限".to_owned(),
        std::io::ErrorKind::NotFound => "文件不存在".to_owned(),
        _ => error.to_string(),
    };
    let message = format!("无法打开文件：{why}");
    Diagnostic::error("file-unreadable", message, Locus::default())
        .with_hint("请确认文件没有被其他程序占用，并有读取权限")
}

/// The file is something that cannot be read as tables.
pub(crate) fn format(format: Format) -> Diagnostic {
    let (code, message, hint) = match format {
        Format::Empty => (
            "file-empty",
            "文件是空的（0 字节）".to_owned(),
            "请重新导出此文件",
        ),
        Format::Encrypted => (
            "file-encrypted",
            "工作簿设有打开密码，无法读取".to_owned(),
            "请用 WPS（文件—文档加密—密码加密）或 Excel（文件—信息—保护工作簿—用密码进行加密）打开，清除打开密码后保存",
        ),
        Format::Html => (
            "file-html",
            "文件内容是网页（HTML），不是电子表格，只是扩展名写成了表格".to_owned(),
            "请用 WPS 或 Excel 打开，选择“文件—另存为—Excel 工作簿（*.xlsx）”",
        ),
        Format::XmlSpreadsheet => (
            "file-xml-spreadsheet",
            "文件是 Excel 2003 的 XML 表格，不能直接读取".to_owned(),
            "请用 WPS 或 Excel 打开，选择“文件—另存为—Excel 工作簿（*.xlsx）”",
        ),
        Format::Other(name) => (
            "file-not-table",
            format!("文件内容是{name}，不是电子表格"),
            "请核对文件；是台账的，请另存为 .xlsx，不是台账的，请移出文件夹或在 zicha.yaml 的 files.exclude 中排除",
        ),
        Format::Xlsx | Format::Xlsb | Format::Ods | Format::Xls | Format::Text => (
            "file-not-table",
            "文件内容与扩展名不符".to_owned(),
            "请用 WPS 或 Excel 打开后另存为 .xlsx",
        ),
    };
    Diagnostic::error(code, message, Locus::default()).with_hint(hint)
}

/// Text in no encoding that is known.
pub(crate) fn encoding() -> Diagnostic {
    let message = "文字编码无法识别（不是 UTF-8、UTF-16 或 GBK/GB18030）";
    Diagnostic::error("text-encoding", message, Locus::default())
        .with_hint("请用 WPS 或 Excel 打开，另存为“CSV UTF-8”或 .xlsx")
}

/// A quotation mark that is never closed.
pub(crate) fn open_quote(line: u64) -> Diagnostic {
    let message = format!("从第 {line} 行起有引号没有闭合，后面的内容无法分列");
    let locus = Locus {
        line: u32::try_from(line).ok(),
        ..Locus::default()
    };
    Diagnostic::error("csv-quote", message, locus)
        .with_hint("请补上引号，或用 WPS、Excel 打开后另存为 .xlsx")
}

/// Cells that held characters nobody sees; `first` is the first one's address or line.
pub(crate) fn cleaned(sheet: Option<&str>, first: &str, count: u32) -> Diagnostic {
    let message =
        format!("{count} 个单元格含有看不见的控制字符（如空字符、文字方向控制符），已去掉后读取");
    Diagnostic::warning("cells-cleaned", message, place(sheet, first))
        .with_hint("请核对这些单元格的内容是否被改动过")
}

/// Cells with more text than a spreadsheet allows.
pub(crate) fn cut(sheet: Option<&str>, first: &str, count: u32) -> Diagnostic {
    let most = crate::formats::limits::CELL_CHARS;
    let message = format!("{count} 个单元格的文字超过 {most} 个字符，只读取了前 {most} 个");
    Diagnostic::warning("cells-cut", message, place(sheet, first))
        .with_hint("请核对这些单元格，过长的内容请另行存放")
}

/// Formulas saved without their result, which therefore read as empty.
pub(crate) fn uncomputed(sheet: &str, first: &str, count: u32) -> Diagnostic {
    let message = format!("{count} 个单元格的公式没有保存计算结果，按空单元格读取");
    Diagnostic::warning("formula-uncomputed", message, place(Some(sheet), first))
        .with_hint("请用 WPS 或 Excel 打开此文件，保存一次后重试")
}

fn place(sheet: Option<&str>, first: &str) -> Locus {
    Locus {
        sheet: sheet.map(str::to_owned),
        cell: Some(first.to_owned()),
        ..Locus::default()
    }
}

/// Keeps foreign text in a message short and harmless.
fn shorten(text: &str) -> String {
    let shown: String = text.chars().filter(|c| !c.is_control()).take(80).collect();
    if shown.chars().count() < 80 {
        shown
    } else {
        format!("{shown}…")
    }
}
