//! 整改清单.xlsx: the list that people work with. One row a finding; what people fill in is open,
//! the rest is protected, and the fingerprint in a hidden column lets the next run find the row.

use super::view::{Table, View};
use crate::model::time::Day;
use chrono::Datelike;
use rust_xlsxwriter::{
    DataValidation, DataValidationRule, DocProperties, ExcelDateTime, Format, FormatAlign,
    FormatBorder, Formula, ProtectionOptions, Workbook, Worksheet, XlsxError,
};

/// Row of the headings (0-based); the title stands above.
const HEADING: u32 = 1;
/// Columns by number (0-based), as in 整改清单.
const SEVERITY: u16 = 5;
const FIRST_OPEN: u16 = 6;
const DUE: u16 = 10;
const STATUS: u16 = 11;
const CLOSED: u16 = 14;
/// The column after the last one of the list.
const FINGERPRINT: u16 = 16;
/// Rows below the list in which people may add their own.
const SPARE: u32 = 50;

/// What 完成情况 may say; the labels of enumeration `rect_status`.
const STATUSES: [&str; 4] = ["待整改", "整改中", "已完成", "已复核销号"];

const INSTRUCTIONS: [&str; 9] = [
    "一、本表由程序根据检查结果生成，每行一处问题。分“新增”“推进落实”“已办结销号”三张工作表。",
    "二、浅色底纹的列（责任部门至备注）由责任部门和复核人填写，其余各列已保护，请勿改动。",
    "三、“完成情况”从下拉列表中选择：待整改、整改中、已完成、已复核销号。",
    "四、“整改时限”“销号日期”按“2026-10-28”的形式填写日期；要求立即整改的，时限栏写“立行立改”。",
    "五、整改完成后在“佐证材料”栏写明材料名称和存放位置，由复核人核实、签名并填写销号日期。",
    "六、可以按各列筛选。为防止隐藏的识别号与问题错位，工作表保护状态下不能排序；确需排序的，请先撤销保护（无密码）并全表一起排序。",
    "七、隐藏的最后一列是问题的识别号，下次检查时用来对应同一问题，请勿删改。",
    "八、填写后保存在原处，文件名不变。",
    "九、本表内容可能涉密，应当在与所涉密级相应的设备上处理和保管。",
];

struct Formats {
    title: Format,
    heading: Format,
    fixed: Format,
    open: Format,
    open_date: Format,
    plain: Format,
}

/// Renders the workbook; the same bytes for the same view.
pub(super) fn render(view: &View) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(view)?);
    let formats = formats();
    let names = ["新增", "推进落实", "已办结销号"];
    for (name, table) in names.into_iter().zip(view.list.tables()) {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name)?;
        part(sheet, view, table, &formats)?;
    }
    instructions(workbook.add_worksheet(), view, &formats)?;
    statuses(workbook.add_worksheet())?;
    workbook.save_to_buffer()
}

fn properties(view: &View) -> Result<DocProperties, XlsxError> {
    let mut properties = DocProperties::new()
        .set_title(view.list.title.as_str())
        .set_author(view.unit.as_str())
        .set_comment(view.tool.as_str());
    if let Some(day) = Day::parse(&view.as_of) {
        properties = properties.set_creation_datetime(&excel_date(day)?);
    }
    Ok(properties)
}

pub(super) fn excel_date(day: Day) -> Result<ExcelDateTime, XlsxError> {
    let date = day.date();
    let year = u16::try_from(date.year()).unwrap_or(1900);
    ExcelDateTime::from_ymd(year, date.month() as u8, date.day() as u8)
}

fn formats() -> Formats {
    let cell = Format::new()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_border(FormatBorder::Thin)
        .set_border_color("#B8B8B8")
        .set_font_size(10);
    let open = cell.clone().set_unlocked().set_background_color("#F3F7FB");
    Formats {
        title: Format::new().set_bold().set_font_size(16),
        heading: cell
            .clone()
            .set_bold()
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter)
            .set_background_color("#E4E7EB"),
        open_date: open.clone().set_num_format("yyyy-mm-dd"),
        open,
        fixed: cell.set_num_format("yyyy-mm-dd"),
        plain: Format::new().set_text_wrap().set_align(FormatAlign::Top),
    }
}

fn part(
    sheet: &mut Worksheet,
    view: &View,
    table: &Table,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let title = format!("{}（{}）", view.list.title, table.caption);
    sheet.write_string_with_format(0, 0, &title, &formats.title)?;
    for (column, index) in table.columns.iter().zip(0..) {
        sheet.write_string_with_format(HEADING, index, &column.title, &formats.heading)?;
        sheet.set_column_width(index, f64::from(column.width) * 1.5 + 1.0)?;
    }
    sheet.write_string_with_format(HEADING, FINGERPRINT, "识别号", &formats.heading)?;
    sheet.set_column_hidden(FINGERPRINT)?;
    for (row, at) in table.rows.iter().zip(HEADING + 1..) {
        for (text, column) in row.cells.iter().zip(0..) {
            cell(sheet, at, column, text, formats)?;
        }
        let fingerprint = &row.tags.fingerprint;
        sheet.write_string_with_format(at, FINGERPRINT, fingerprint, &formats.fixed)?;
    }
    let last = HEADING + table.rows.len() as u32;
    spare_rows(sheet, last + 1, formats)?;
    rules(sheet, last + SPARE)?;
    sheet.autofilter(HEADING, 0, last.max(HEADING + 1), FINGERPRINT)?;
    sheet.set_freeze_panes(HEADING + 1, 2)?;
    page(sheet, view)?;
    protect(sheet);
    Ok(())
}

/// Dates become dates; everything else is text, never a formula.
fn cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    text: &str,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let open = column >= FIRST_OPEN;
    let date = matches!(column, 4 | DUE | CLOSED);
    let format = match (open, date) {
        (true, true) => &formats.open_date,
        (true, false) => &formats.open,
        (false, _) => &formats.fixed,
    };
    match Day::parse(text).filter(|_| date) {
        Some(day) => sheet.write_datetime_with_format(row, column, excel_date(day)?, format)?,
        None if text.is_empty() => sheet.write_blank(row, column, format)?,
        None => match (column, text.parse::<u32>()) {
            (0, Ok(number)) => sheet.write_number_with_format(row, column, number, format)?,
            _ => sheet.write_string_with_format(row, column, text, format)?,
        },
    };
    Ok(())
}

/// Open rows below the list, in all columns that people see.
fn spare_rows(sheet: &mut Worksheet, first: u32, formats: &Formats) -> Result<(), XlsxError> {
    for row in first..first + SPARE {
        for column in 0..FINGERPRINT {
            let date = matches!(column, 4 | DUE | CLOSED);
            let format = if date {
                &formats.open_date
            } else {
                &formats.open
            };
            sheet.write_blank(row, column, format)?;
        }
    }
    Ok(())
}

/// Drop-downs and date checks, down to the last spare row.
fn rules(sheet: &mut Worksheet, last: u32) -> Result<(), XlsxError> {
    let status = DataValidation::new()
        .allow_list_formula(Formula::new(format!("=选项!$A$1:$A${}", STATUSES.len())))
        .set_error_title("完成情况")?
        .set_error_message("请从下拉列表中选择")?;
    sheet.add_data_validation(HEADING + 1, STATUS, last, STATUS, &status)?;
    let severity = DataValidation::new().allow_list_strings(&["重大", "严重", "一般", "提示"])?;
    sheet.add_data_validation(HEADING + 1, SEVERITY, last, SEVERITY, &severity)?;
    let from = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let date = DataValidation::new()
        .allow_date(DataValidationRule::GreaterThanOrEqualTo(from))
        .set_error_title("日期")?
        .set_error_message("请按 2026-10-28 的形式填写日期")?;
    sheet.add_data_validation(HEADING + 1, CLOSED, last, CLOSED, &date)?;
    // 立行立改 is a valid word here, so a text that is no date only warns.
    let due = date.set_error_style(rust_xlsxwriter::DataValidationErrorStyle::Warning);
    sheet.add_data_validation(HEADING + 1, DUE, last, DUE, &due)?;
    Ok(())
}

/// A4 landscape, one page wide, title and headings on every page.
fn page(sheet: &mut Worksheet, view: &View) -> Result<(), XlsxError> {
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, HEADING)?;
    sheet.set_margins(0.5, 0.5, 0.7, 0.7, 0.3, 0.3);
    sheet.set_footer(format!("&L检查基准日 {}&R第 &P 页，共 &N 页", view.as_of));
    if let Some(marking) = &view.letterhead.marking {
        sheet.set_header(format!("&L{}", marking.replace('&', "&&")));
    }
    Ok(())
}

fn protect(sheet: &mut Worksheet) {
    sheet.protect_with_options(&ProtectionOptions {
        use_autofilter: true,
        format_rows: true,
        format_columns: true,
        ..ProtectionOptions::default()
    });
}

fn instructions(sheet: &mut Worksheet, view: &View, formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_name("填写说明")?;
    sheet.set_column_width(0, 100.0)?;
    sheet.write_string_with_format(0, 0, "整改清单填写说明", &formats.title)?;
    let facts = view
        .facts
        .iter()
        .map(|f| format!("{}：{}", f.label, f.value));
    let notice = view.letterhead.marking_notice.iter().cloned();
    let lines = INSTRUCTIONS.iter().map(|line| (*line).to_owned());
    for (line, row) in lines.chain(notice).chain(facts).zip(1..) {
        sheet.write_string_with_format(row, 0, &line, &formats.plain)?;
    }
    sheet.set_paper_size(9);
    Ok(())
}

/// The sheet that the drop-down takes its words from.
fn statuses(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name("选项")?;
    for (status, row) in STATUSES.iter().zip(0..) {
        sheet.write_string(row, 0, *status)?;
    }
    sheet.set_hidden(true);
    Ok(())
}
