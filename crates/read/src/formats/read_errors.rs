//! Why a file, or a part of one, was not read: the messages of the readers, in one place.
//!
//! Readers do not know paths: the file is put into the locus when the file is done.

use crate::formats::sniff::Format;
use zicha_model::diag::{Code, codes};
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
    Diagnostic::new(codes::LIMIT_EXCEEDED, message, Locus::default())
        .with_hint("请用 WPS 或 Excel 打开核对，只保留有内容的区域，另存为新的 .xlsx 文件后重试")
}

/// What was read so far, and this file, take more memory than a run may.
pub(crate) fn over_budget(so_far: u64, own: u64, most: u64) -> Diagnostic {
    let (so_far, own, most) = (size(so_far), size(own), size(most));
    let message = format!(
        "已读入的台账占用内存 {so_far}，加上此文件的 {own} 超过一次检查的上限 {most}，没有读取此文件"
    );
    Diagnostic::new(codes::MEMORY_BUDGET, message, Locus::default())
        .with_hint("请按年度或部门把台账分放在几个文件夹里分别检查；其余台账已照常检查")
}

/// The file is larger than its format may be.
pub(crate) fn too_large(bytes: u64, most: u64) -> Diagnostic {
    let (bytes, most) = (size(bytes), size(most));
    let message = format!("文件有 {bytes}，超过此格式的上限 {most}，没有读取");
    Diagnostic::new(codes::FILE_TOO_LARGE, message, Locus::default())
        .with_hint("请按年度或部门拆分台账，或另存为 .xlsx 格式")
}

/// A cell lies where no spreadsheet has cells.
pub(crate) fn outside_grid(place: &str) -> Diagnostic {
    let message = format!(
        "单元格位置“{}”超出表格范围（1048576 行、16384 列），没有读取此文件",
        shorten(place)
    );
    Diagnostic::new(codes::CELL_OUTSIDE_GRID, message, Locus::default())
        .with_hint("文件可能已损坏，请用 WPS 或 Excel 打开后另存为 .xlsx")
}

/// The file is damaged; `detail` is what its reader said.
pub(crate) fn broken(detail: impl std::fmt::Display) -> Diagnostic {
    let message = format!("文件已损坏或不完整，无法读取{}", in_chinese(&detail));
    Diagnostic::new(codes::FILE_BROKEN, message, Locus::default())
        .with_hint("请用 WPS 或 Excel 打开核对，另存为 .xlsx；打不开的，请向填报人重新索取")
}

/// The file could not be opened.
pub(crate) fn unreadable(error: &std::io::Error) -> Diagnostic {
    let why = match error.kind() {
        std::io::ErrorKind::PermissionDenied => "没有读取权限".to_owned(),
        std::io::ErrorKind::NotFound => "文件不存在".to_owned(),
        std::io::ErrorKind::ResourceBusy | std::io::ErrorKind::WouldBlock => {
            "正被其他程序占用".to_owned()
        }
        _ => "读取时出错".to_owned(),
    };
    let message = format!("无法打开文件：{why}");
    Diagnostic::new(codes::FILE_UNREADABLE, message, Locus::default())
        .with_hint("请确认文件没有被其他程序占用，并有读取权限")
}

/// The file asks for a password when it is opened.
pub(crate) fn encrypted() -> Diagnostic {
    format(Format::Encrypted)
}

/// The file is something that cannot be read as tables.
pub(crate) fn format(format: Format) -> Diagnostic {
    let (code, message, hint) = match format {
        Format::Empty => (
            codes::FILE_EMPTY,
            "文件是空的（0 字节）".to_owned(),
            "请重新导出此文件",
        ),
        Format::Encrypted => (
            codes::FILE_ENCRYPTED,
            "工作簿设有打开密码，无法读取".to_owned(),
            "请用 WPS（文件—文档加密—密码加密）或 Excel（文件—信息—保护工作簿—用密码进行加密）打开，清除打开密码后保存",
        ),
        Format::Html => (
            codes::FILE_HTML,
            "文件内容是网页（HTML），不是电子表格，只是扩展名写成了表格".to_owned(),
            "请用 WPS 或 Excel 打开，选择“文件—另存为—Excel 工作簿（*.xlsx）”",
        ),
        Format::XmlSpreadsheet => (
            codes::FILE_XML_SPREADSHEET,
            "文件是 Excel 2003 的 XML 表格，不能直接读取".to_owned(),
            "请用 WPS 或 Excel 打开，选择“文件—另存为—Excel 工作簿（*.xlsx）”",
        ),
        Format::OldExcel => (
            codes::FILE_OLD_EXCEL,
            "文件是 Excel 2.0 至 4.0 的工作表，这种格式过于陈旧，不能直接读取".to_owned(),
            "请用 WPS 或 Excel 打开，选择“文件—另存为—Excel 工作簿（*.xlsx）”",
        ),
        Format::Other(name) => (
            codes::FILE_NOT_TABLE,
            format!("文件内容是{name}，不是电子表格"),
            "请核对文件；是台账的，请另存为 .xlsx，不是台账的，请移出文件夹或在 zicha.yaml 的 files.exclude 中排除",
        ),
        Format::Xlsx
        | Format::Xlsb
        | Format::Ods
        | Format::FlatOds
        | Format::Xls
        | Format::Text => (
            codes::FILE_NOT_TABLE,
            "文件内容与扩展名不符".to_owned(),
            "请用 WPS 或 Excel 打开后另存为 .xlsx",
        ),
    };
    Diagnostic::new(code, message, Locus::default()).with_hint(hint)
}

/// Text in no encoding that is known.
pub(crate) fn encoding() -> Diagnostic {
    let message = "文字编码无法识别（不是 UTF-8、UTF-16 或 GBK/GB18030）";
    Diagnostic::new(codes::TEXT_ENCODING, message, Locus::default())
        .with_hint("请用 WPS 或 Excel 打开，另存为“CSV UTF-8”或 .xlsx")
}

/// Quotation marks without a partner; `first` is the line of the first one.
pub(crate) fn stray_quote(first: u32, count: usize) -> Diagnostic {
    let more = match count {
        1 => String::new(),
        n => format!("（共 {n} 行有这种情况）"),
    };
    let message = format!(
        "第 {first} 行的引号没有成对{more}，已把引号当作普通文字，这一行和后面各行都照常逐行读取"
    );
    let locus = Locus {
        line: Some(first),
        ..Locus::default()
    };
    Diagnostic::new(codes::CSV_QUOTE, message, locus)
        .with_hint("请核对这一行各列的内容；引号是多余的请删去，或用 WPS、Excel 打开后另存为 .xlsx")
}

/// Cells that held characters nobody sees; `first` is the first one's address or line.
pub(crate) fn cleaned(sheet: Option<&str>, first: &str, count: u32) -> Diagnostic {
    let message =
        format!("{count} 个单元格含有看不见的控制字符（如空字符、文字方向控制符），已去掉后读取");
    Diagnostic::new(codes::CELLS_CLEANED, message, place(sheet, first))
        .with_hint("请核对这些单元格的内容是否被改动过")
}

/// Texts that a program marked for Excel.
pub(crate) fn marked_text(sheet: Option<&str>, first: &str, count: u32) -> Diagnostic {
    let message =
        format!("{count} 个单元格写作 =\"…\" 或以撇号开头（如 {first}），已按其中的文字读取");
    Diagnostic::new(codes::CELLS_MARKED, message, place(sheet, first))
}

/// Cells with more text than a spreadsheet allows.
pub(crate) fn cut(sheet: Option<&str>, first: &str, count: u32) -> Diagnostic {
    let most = crate::formats::limits::CELL_CHARS;
    let message = format!("{count} 个单元格的文字超过 {most} 个字符，只读取了前 {most} 个");
    Diagnostic::new(codes::CELLS_CUT, message, place(sheet, first))
        .with_hint("请核对这些单元格，过长的内容请另行存放")
}

/// Rows that are struck through as a whole.
pub(crate) fn struck_rows(sheet: Option<&str>, rows: &[u32]) -> Diagnostic {
    const NAMED: usize = 20;
    let named: Vec<String> = rows.iter().take(NAMED).map(u32::to_string).collect();
    let more = match rows.len() {
        n if n > NAMED => format!(" 等 {n} "),
        _ => " ".to_owned(),
    };
    let message = format!(
        "第 {}{more}行整行划有删除线，按已作废处理：不作为记录，不检查，不计数",
        named.join("、")
    );
    let first = rows.first().map_or(String::new(), |row| format!("A{row}"));
    Diagnostic::new(codes::ROWS_STRUCK, message, place(sheet, &first))
        .with_hint("没有作废的，请去掉删除线后重新检查")
}

/// Cells of which all or a part is struck through, in rows that are not cancelled.
pub(crate) fn struck_cells(sheet: Option<&str>, first: &str, count: u32) -> Diagnostic {
    let message =
        format!("{count} 个单元格的文字全部或部分划有删除线（如 {first}），划去的文字没有读取");
    Diagnostic::new(codes::CELLS_STRUCK, message, place(sheet, first))
        .with_hint("请核对这些单元格；划去的文字仍然有效的，请去掉删除线")
}

/// Numbers and texts whose format shows more than is stored.
pub(crate) fn shown_cells(
    sheet: Option<&str>,
    first: &str,
    count: u32,
    shown: &str,
    stored: &str,
) -> Diagnostic {
    let message = format!(
        "{count} 个单元格设有数字格式，按显示的内容读取（如 {first} 显示为“{}”，存储的是“{}”）",
        shorten(shown),
        shorten(stored)
    );
    Diagnostic::new(codes::CELLS_SHOWN, message, place(sheet, first))
}

/// Pictures over cells; `placed`: how many stand for the content of an empty cell, and the first one.
pub(crate) fn pictures(
    sheet: Option<&str>,
    first: &str,
    count: usize,
    placed: (u32, &str),
) -> Diagnostic {
    let used = match placed {
        (0, _) => "都没有对应到空单元格，没有作为内容读取".to_owned(),
        (n, first) => format!(
            "其中 {n} 张放在空单元格上（如 {first}），按“有图片”读取，签名、盖章的栏目视为已签"
        ),
    };
    let message = format!("表中有 {count} 张图片（如 {first} 处），{used}");
    Diagnostic::new(codes::PICTURES, message, place(sheet, first))
        .with_hint("图片里的文字无法读取；请核对图片内容，必要时把文字填入单元格")
}

/// Formulas saved without their result, and where they stand.
pub(crate) fn uncomputed(sheet: &str, places: &[(u32, u32)], count: u32) -> Diagnostic {
    let first = places.iter().min().map(|&(row, column)| {
        let letter = zicha_model::dataset::column_letter(column);
        format!("{letter}{row}")
    });
    let first = first.unwrap_or_default();
    let message =
        format!("{count} 个单元格的公式没有保存计算结果（如 {first}），这些单元格的内容无法读取");
    Diagnostic::new(
        codes::FORMULA_UNCOMPUTED,
        message,
        place(Some(sheet), &first),
    )
    .with_hint("请用 WPS 或 Excel 打开此文件，保存一次后重试")
}

/// A mistake of syntax in a JSON file, which is read as the YAML that it is.
pub(crate) fn of_json(told: Diagnostic) -> Diagnostic {
    if told.code != codes::YAML_SYNTAX {
        return told;
    }
    let message = "JSON 语法错误，这里读不下去";
    let told = Diagnostic {
        message: message.to_owned(),
        ..told
    };
    told.with_hint(
        "请核对这一处前后的引号、逗号和括号是否成对；也可以从原系统重新导出，或另存为 .xlsx",
    )
}

/// A workbook without any content.
pub(crate) fn no_content(sheets: usize) -> Diagnostic {
    let message = match sheets {
        0 => "文件里没有工作表，没有内容可读".to_owned(),
        n => format!("文件里的 {n} 个工作表都是空的，没有内容可读"),
    };
    Diagnostic::new(codes::FILE_NO_CONTENT, message, Locus::default())
        .with_hint("请核对是否选错了文件，或数据没有保存")
}

/// A sheet that is not read, and why; the others are.
pub(crate) fn sheet_not_read(sheet: &str, why: &str) -> Diagnostic {
    sheet_left_out(codes::SHEET_NOT_READ, sheet, why)
}

fn sheet_left_out(code: Code, sheet: &str, why: &str) -> Diagnostic {
    let message = format!("工作表“{}”没有读取：{why}", shorten(sheet));
    let locus = Locus {
        sheet: Some(sheet.to_owned()),
        ..Locus::default()
    };
    Diagnostic::new(code, message, locus)
        .with_hint("其余工作表照常读取；此表是台账的，请用 WPS 或 Excel 打开后另存为 .xlsx")
}

/// A sheet that is damaged; the others are read.
pub(crate) fn sheet_broken(sheet: &str, detail: impl std::fmt::Display) -> Diagnostic {
    let detail = in_chinese(&detail);
    sheet_left_out(codes::SHEET_BROKEN, sheet, &format!("内容已损坏{detail}"))
}

fn place(sheet: Option<&str>, first: &str) -> Locus {
    Locus {
        sheet: sheet.map(str::to_owned),
        cell: Some(first.to_owned()),
        ..Locus::default()
    }
}

/// What a reader says is wrong, in brackets; nothing where it says so in the words of its library.
fn in_chinese(detail: &impl std::fmt::Display) -> String {
    let detail = shorten(&detail.to_string());
    match detail.is_ascii() {
        true => String::new(),
        false => format!("（{detail}）"),
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
