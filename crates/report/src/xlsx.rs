//! 整改清单.xlsx: the list that people work with, and the part of it that each department gets. One row a finding; what people fill in is open,
//! the rest is protected. Two hidden columns at the end bear the fingerprint, by which the next run
//! finds the row, and what the program had put into the open columns, so that an edit can be told.

use crate::view::{ListRow, Notice, View};
use chrono::Datelike;
use rust_xlsxwriter::{
    DataValidation, DataValidationRule, DocProperties, ExcelDateTime, Format, FormatAlign,
    FormatBorder, Formula, ProtectionOptions, Workbook, Worksheet, XlsxError,
};
use std::{borrow::Cow, collections::BTreeSet};
use zicha_model::{
    rectification::{Column, Status},
    time::Day,
};

/// Row of the headings (0-based); the title stands above.
const HEADING: u32 = 1;
/// Rows below the list in which people may add their own.
const SPARE: u32 = 50;

const INSTRUCTIONS: [&str; 10] = [
    "一、本表由程序根据检查结果生成，每行一处问题。分“新增”“推进落实”“已办结销号”三张工作表。",
    "二、浅色底纹的列（责任部门至备注）由责任部门和复核人填写，其余各列已保护，请勿改动。",
    "三、“完成情况”从下拉列表中选择：待整改、整改中、已完成、已复核销号。",
    "四、“整改时限”是计划完成的日期，“完成日期”是实际完成的日期，与“销号日期”一样按“2026-10-28”的形式填写；要求立即整改的，时限栏写“立行立改”。",
    "五、整改完成后在“佐证材料”栏写明材料名称和存放位置，由复核人核实、签名并填写销号日期。",
    "六、可以按各列筛选。为防止隐藏的识别号与问题错位，工作表保护状态下不能排序；确需排序的，请先撤销保护（无密码）并全表一起排序。",
    "七、隐藏的最后两列用来在下次检查时对应同一问题、识别填写的内容，请勿删改。需要增加栏目的，撤销保护后可以插入新的列，下次检查时一并带入。",
    "八、检查程序没有发现而需要整改的事项，填写在“自行登记”工作表，下次检查时原样带入。",
    "九、填写后保存在原处，文件名不变。填好的副本放进台账文件夹也能读回。",
    "十、本表内容可能涉密，应当在与所涉密级相应的设备上处理和保管。",
];

/// Instructions that speak of the whole list.
const OF_THE_LIST: [&str; 3] = [INSTRUCTIONS[0], INSTRUCTIONS[7], INSTRUCTIONS[8]];

/// What stands in their place in the workbook of a department.
const OF_A_NOTICE: [&str; 2] = [
    "一、本表由程序根据检查结果生成，只列本部门的问题，每行一处。填好后交保密工作机构，放回“整改通知单”文件夹或者台账文件夹，下次检查读回。",
    "没有列出而需要整改的事项，报保密工作机构登记。",
];

/// 单位, 检查基准日, 检查清单, 检查期间: the comparison with the last run counts other departments too.
const FACTS_OF_A_NOTICE: usize = 4;

struct Formats {
    title: Format,
    heading: Format,
    fixed: Format,
    fixed_date: Format,
    open: Format,
    open_date: Format,
    plain: Format,
}

/// Renders the workbook; the same bytes for the same view. The rows are used up: the workbook holds them all
/// once more.
pub(super) fn render(view: &mut View) -> Result<Vec<u8>, XlsxError> {
    let sheets = std::mem::take(&mut view.sheets);
    let parts = sheets.into_iter().map(|sheet| Part {
        name: sheet.name,
        caption: sheet.caption,
        rows: sheet.rows.into_iter().map(Cow::Owned).collect(),
    });
    let view = &*view;
    let book = Book {
        view,
        title: &view.list.title,
        parts: parts.collect(),
        instructions: INSTRUCTIONS.to_vec(),
        facts: view.facts.len(),
    };
    book.render()
}

/// The workbook of one department: its rows of the list, in the columns of the list, so that it is read
/// back like the list.
pub(super) fn notice(view: &View, notice: &Notice) -> Result<Vec<u8>, XlsxError> {
    let parts = view.sheets.iter().enumerate().map(|(at, sheet)| {
        let mine = notice.rows.iter().filter(|(of, _)| *of == at);
        let mine = mine.filter_map(|(_, row)| sheet.rows.get(*row));
        Part {
            name: sheet.name.clone(),
            caption: sheet.caption.clone(),
            rows: mine.map(Cow::Borrowed).collect(),
        }
    });
    let others = INSTRUCTIONS
        .iter()
        .filter(|line| !OF_THE_LIST.contains(line));
    let book = Book {
        view,
        title: &notice.document.title,
        parts: parts.filter(|part| !part.rows.is_empty()).collect(),
        instructions: OF_A_NOTICE.iter().chain(others).copied().collect(),
        facts: FACTS_OF_A_NOTICE,
    };
    book.render()
}

/// A sheet with its rows.
struct Part<'v> {
    name: String,
    caption: String,
    rows: Vec<Cow<'v, ListRow>>,
}

/// A workbook to be filled in.
struct Book<'v> {
    view: &'v View,
    title: &'v str,
    parts: Vec<Part<'v>>,
    instructions: Vec<&'v str>,
    /// Facts of the run that stand below the instructions, from the first.
    facts: usize,
}

impl Book<'_> {
    fn render(mut self) -> Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        workbook.set_properties(&properties(self.view, self.title)?);
        let formats = formats();
        let layout = Layout::new(&self.parts);
        for part in std::mem::take(&mut self.parts) {
            let sheet = workbook.add_worksheet();
            sheet.set_name(&part.name)?;
            layout.sheet(sheet, &self, part, &formats)?;
        }
        instructions(workbook.add_worksheet(), &self, &formats)?;
        statuses(workbook.add_worksheet())?;
        workbook.save_to_buffer()
    }
}

fn properties(view: &View, title: &str) -> Result<DocProperties, XlsxError> {
    let mut properties = DocProperties::new()
        .set_title(title)
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
        fixed_date: cell.clone().set_num_format("yyyy-mm-dd"),
        fixed: cell,
        plain: Format::new().set_text_wrap().set_align(FormatAlign::Top),
    }
}

/// A column of the sheet: one of the list's, or one that people added.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    Known(Column),
    Added(String),
}

/// The columns of every sheet from left to right.
struct Layout {
    places: Vec<Place>,
}

/// Columns from here on are open to people.
const FIRST_OPEN: Column = Column::Department;

impl Layout {
    /// Columns that people added stand behind the remarks.
    fn new(parts: &[Part<'_>]) -> Self {
        let rows = parts.iter().flat_map(|part| &part.rows);
        let added: BTreeSet<_> = rows.flat_map(|row| row.extra.keys().cloned()).collect();
        let (mine, service) = Column::ALL.split_at(17);
        let known =
            |columns: &[Column]| columns.iter().map(|c| Place::Known(*c)).collect::<Vec<_>>();
        let mut places = known(mine);
        places.extend(added.into_iter().map(Place::Added));
        places.extend(known(service));
        Self { places }
    }

    fn at(&self, column: Column) -> u16 {
        let at = self.places.iter().position(|p| *p == Place::Known(column));
        at.unwrap_or_default() as u16
    }

    fn sheet(
        &self,
        sheet: &mut Worksheet,
        book: &Book<'_>,
        part: Part<'_>,
        formats: &Formats,
    ) -> Result<(), XlsxError> {
        let title = format!("{}（{}）", book.title, part.caption);
        sheet.write_string_with_format(0, 0, &title, &formats.title)?;
        for (place, at) in self.places.iter().zip(0..) {
            sheet.write_string_with_format(HEADING, at, place.label(), &formats.heading)?;
            sheet.set_column_width(at, place.width())?;
        }
        for column in [Column::Fingerprint, Column::Check] {
            sheet.set_column_hidden(self.at(column))?;
        }
        let last = HEADING + part.rows.len() as u32;
        for (row, number) in part.rows.into_iter().zip(1..) {
            self.row(sheet, number, &row, formats)?;
        }
        self.spare_rows(sheet, last + 1, formats)?;
        self.rules(sheet, last + SPARE)?;
        let end = self.places.len() as u16 - 1;
        sheet.autofilter(HEADING, 0, last.max(HEADING + 1), end)?;
        sheet.set_freeze_panes(HEADING + 1, 2)?;
        page(sheet, book.view)?;
        protect(sheet);
        Ok(())
    }

    fn row(
        &self,
        sheet: &mut Worksheet,
        number: u32,
        row: &ListRow,
        formats: &Formats,
    ) -> Result<(), XlsxError> {
        let at = HEADING + number;
        let own = row.check.is_empty();
        for (place, column) in self.places.iter().zip(0..) {
            let text = match place {
                Place::Known(Column::Fingerprint) => row.id.as_str(),
                Place::Known(Column::Check) => row.check.as_str(),
                Place::Known(known) => row.cells.get(known).map_or("", String::as_str),
                Place::Added(heading) => row.extra.get(heading).map_or("", String::as_str),
            };
            let format = place.format(formats, own);
            match place {
                Place::Known(Column::Number) => {
                    sheet.write_number_with_format(at, column, number, format)?;
                }
                _ => cell(sheet, (at, column), text, place.is_date(), format)?,
            }
        }
        Ok(())
    }

    /// Open rows below the list, in all columns that people see.
    fn spare_rows(
        &self,
        sheet: &mut Worksheet,
        first: u32,
        formats: &Formats,
    ) -> Result<(), XlsxError> {
        for row in first..first + SPARE {
            for (place, column) in self.places.iter().zip(0..).filter(|(p, _)| p.is_shown()) {
                sheet.write_blank(row, column, place.format(formats, true))?;
            }
        }
        Ok(())
    }

    /// Drop-downs and date checks, down to the last spare row.
    fn rules(&self, sheet: &mut Worksheet, last: u32) -> Result<(), XlsxError> {
        let first = HEADING + 1;
        let status = DataValidation::new()
            .allow_list_formula(Formula::new(format!("=选项!$A$1:$A${}", Status::ALL.len())))
            .set_error_title("完成情况")?
            .set_error_message("请从下拉列表中选择")?;
        let at = self.at(Column::Status);
        sheet.add_data_validation(first, at, last, at, &status)?;
        let severity =
            DataValidation::new().allow_list_strings(&["重大", "严重", "一般", "提示"])?;
        let at = self.at(Column::Severity);
        sheet.add_data_validation(first, at, last, at, &severity)?;
        let from = ExcelDateTime::from_ymd(2000, 1, 1)?;
        let date = DataValidation::new()
            .allow_date(DataValidationRule::GreaterThanOrEqualTo(from))
            .set_error_title("日期")?
            .set_error_message("请按 2026-10-28 的形式填写日期")?;
        for column in [Column::Completed, Column::Closed] {
            let at = self.at(column);
            sheet.add_data_validation(first, at, last, at, &date)?;
        }
        // 立行立改 is a valid word here, so a text that is no date only warns.
        let due = date.set_error_style(rust_xlsxwriter::DataValidationErrorStyle::Warning);
        let at = self.at(Column::Due);
        sheet.add_data_validation(first, at, last, at, &due)?;
        Ok(())
    }
}

impl Place {
    fn label(&self) -> &str {
        match self {
            Self::Known(column) => column.label(),
            Self::Added(heading) => heading,
        }
    }

    fn width(&self) -> f64 {
        match self {
            Self::Known(Column::Number) => 7.0,
            Self::Known(Column::Problem) => 29.5,
            Self::Known(Column::Places) => 25.0,
            Self::Known(Column::Measure) => 23.5,
            Self::Known(Column::Hint) => 20.0,
            Self::Known(Column::Reviewer) => 8.5,
            Self::Known(Column::Severity | Column::Responsible | Column::Leader) => 10.0,
            Self::Known(_) | Self::Added(_) => 13.0,
        }
    }

    fn is_date(&self) -> bool {
        matches!(self, Self::Known(column) if column.is_date())
    }

    fn is_shown(&self) -> bool {
        !matches!(self, Self::Known(column) if *column >= Column::Hint)
    }

    /// Open to people, or fixed; in rows of their own every column is open.
    fn format<'f>(&self, formats: &'f Formats, own: bool) -> &'f Format {
        let open = match self {
            Self::Known(column) => *column >= FIRST_OPEN || own,
            Self::Added(_) => true,
        };
        match (open && self.is_shown(), self.is_date()) {
            (true, true) => &formats.open_date,
            (true, false) => &formats.open,
            (false, true) => &formats.fixed_date,
            (false, false) => &formats.fixed,
        }
    }
}

/// Days become dates; everything else is text, never a formula.
fn cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    date: bool,
    format: &Format,
) -> Result<(), XlsxError> {
    match Day::parse(text).filter(|_| date) {
        Some(day) => sheet.write_datetime_with_format(row, column, excel_date(day)?, format)?,
        None if text.is_empty() => sheet.write_blank(row, column, format)?,
        None => sheet.write_string_with_format(row, column, text, format)?,
    };
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

fn instructions(
    sheet: &mut Worksheet,
    book: &Book<'_>,
    formats: &Formats,
) -> Result<(), XlsxError> {
    sheet.set_name("填写说明")?;
    sheet.set_column_width(0, 100.0)?;
    sheet.write_string_with_format(0, 0, "填写说明", &formats.title)?;
    let view = book.view;
    let facts = view
        .facts
        .iter()
        .take(book.facts)
        .map(|f| format!("{}：{}", f.label, f.value));
    let notice = view.letterhead.marking_notice.iter().cloned();
    let lines = book.instructions.iter().map(|line| (*line).to_owned());
    for (line, row) in lines.chain(notice).chain(facts).zip(1..) {
        sheet.write_string_with_format(row, 0, &line, &formats.plain)?;
    }
    sheet.set_paper_size(9);
    Ok(())
}

/// The sheet that the drop-down takes its words from.
fn statuses(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_name("选项")?;
    for (status, row) in Status::ALL.iter().zip(0..) {
        sheet.write_string(row, 0, status.label())?;
    }
    sheet.set_hidden(true);
    Ok(())
}
