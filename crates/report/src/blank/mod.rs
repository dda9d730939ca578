//! Workbooks for people to fill in: headings with notes, drop-downs, date checks, a sheet that
//! explains the columns.
//!
//! What enters: [`Form`]s. What leaves: bytes, the same for the same form. The checks warn and do not
//! refuse: 长期 is a valid word in a date column, and the reading understands more spellings than a
//! drop-down can hold.

mod columns;
mod notes;

pub use crate::blank::columns::of_ledger;

use crate::row_height::row_height;
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, ExcelDateTime,
    Format, FormatAlign, FormatBorder, Formula, Note, Workbook, Worksheet, XlsxError,
};

/// Row of the headings (0-based); the title stands above.
const HEADING: u32 = 1;
/// Rows below the headings that bear formats and checks.
const ROOM: u32 = 2_000;
/// Sheet with the words of the drop-downs.
const CHOICES: &str = "选项";

/// A workbook to be filled in.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// Title above the table and name of the sheet.
    pub title: String,
    /// What the ledger is for, one sentence.
    pub purpose: String,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows already there, one text a column.
    pub rows: Vec<Vec<String>>,
}

/// A column to be filled in.
#[derive(Clone, Debug)]
pub struct Column {
    /// Heading.
    pub heading: String,
    /// What a cell may hold.
    pub kind: Kind,
    /// Must be filled in.
    pub required: bool,
    /// How it is written, one phrase.
    pub form: String,
    /// What to write, one phrase; may be empty.
    pub description: String,
    /// Width in characters.
    pub width: u16,
}

/// What a cell may hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Anything, taken as text.
    Text,
    /// A day.
    Date,
    /// A day and a time.
    DateTime,
    /// A whole number.
    Integer,
    /// A number.
    Decimal,
    /// One of these words.
    Choice(Vec<String>),
    /// Words that the program wrote; not to be changed.
    Given,
}

struct Formats {
    title: Format,
    required: Format,
    heading: Format,
    cell: Format,
    wrapped: Format,
    given: Format,
    date: Format,
    moment: Format,
}

/// Renders the workbook.
pub fn render(form: &Form) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let written = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(
        &DocProperties::new()
            .set_title(form.title.as_str())
            .set_creation_datetime(&written),
    );
    let formats = formats();
    table(workbook.add_worksheet(), form, &formats)?;
    explanation(workbook.add_worksheet(), form, &formats)?;
    if form
        .columns
        .iter()
        .any(|c| matches!(c.kind, Kind::Choice(_)))
    {
        choices(workbook.add_worksheet(), form)?;
    }
    workbook.save_to_buffer()
}

/// A sheet's name: no sign that Excel forbids, at most 31 characters.
pub fn sheet_name(title: &str) -> String {
    let allowed = title.chars().filter(|c| !"[]:*?/\\'".contains(*c));
    allowed.take(31).collect()
}

fn formats() -> Formats {
    let cell = Format::new()
        .set_border(FormatBorder::Thin)
        .set_border_color("#B8B8B8")
        .set_align(FormatAlign::Top)
        .set_font_size(11);
    let wrapped = cell.clone().set_text_wrap();
    let heading = cell
        .clone()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color("#E4E7EB");
    Formats {
        title: Format::new().set_bold().set_font_size(16),
        required: heading.clone().set_background_color("#F9D9A8"),
        heading,
        date: cell.clone().set_num_format("yyyy-mm-dd"),
        moment: cell.clone().set_num_format("yyyy-mm-dd hh:mm"),
        given: wrapped.clone().set_background_color("#F1F1EE"),
        cell: cell.set_num_format("@"),
        wrapped,
    }
}

fn table(sheet: &mut Worksheet, form: &Form, formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_name(sheet_name(&form.title))?;
    sheet.write_string_with_format(0, 0, &form.title, &formats.title)?;
    let mut lists = 0;
    for (column, at) in form.columns.iter().zip(0..) {
        if at > 0 {
            // Else the column's border and shade would show in the title's row.
            sheet.write_blank(0, at, &formats.title)?;
        }
        heading(sheet, column, at, formats)?;
        sheet.set_column_width(at, f64::from(column.width))?;
        sheet.set_column_format(at, column_format(column, formats))?;
        let list = matches!(column.kind, Kind::Choice(_)).then(|| {
            lists += 1;
            lists - 1
        });
        check(sheet, column, at, list)?;
    }
    sheet.set_row_height(HEADING, 32)?;
    for (row, number) in form.rows.iter().zip(HEADING + 1..) {
        let cells = row.iter().zip(&form.columns);
        for ((text, column), at) in cells.clone().zip(0..) {
            let format = column_format(column, formats);
            sheet.write_string_with_format(number, at, text, format)?;
        }
        let texts = cells.map(|(text, column)| (text.as_str(), column.width));
        sheet.set_row_height(number, row_height(texts))?;
    }
    let last = HEADING + form.rows.len().max(1) as u32;
    sheet.autofilter(HEADING, 0, last, form.columns.len().max(1) as u16 - 1)?;
    sheet.set_freeze_panes(HEADING + 1, 1)?;
    print(sheet)
}

fn column_format<'f>(column: &Column, formats: &'f Formats) -> &'f Format {
    match column.kind {
        Kind::Date => &formats.date,
        Kind::DateTime => &formats.moment,
        Kind::Given => &formats.given,
        Kind::Text | Kind::Choice(_) => &formats.cell,
        Kind::Integer | Kind::Decimal => &formats.wrapped,
    }
}

fn heading(
    sheet: &mut Worksheet,
    column: &Column,
    at: u16,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let format = if column.required {
        &formats.required
    } else {
        &formats.heading
    };
    sheet.write_string_with_format(HEADING, at, &column.heading, format)?;
    let note = Note::new(notes::note(column))
        .add_author_prefix(false)
        .set_author(notes::AUTHOR)
        .set_width(260)
        .set_height(90 + 12 * (column.form.chars().count() / 20) as u32);
    sheet.insert_note(HEADING, at, &note)?;
    Ok(())
}

/// The check on what is typed into a column.
fn check(
    sheet: &mut Worksheet,
    column: &Column,
    at: u16,
    list: Option<u16>,
) -> Result<(), XlsxError> {
    let rule = match &column.kind {
        Kind::Text | Kind::Given => return Ok(()),
        Kind::Choice(words) => DataValidation::new().allow_list_formula(range(list, words.len())),
        Kind::Date | Kind::DateTime => {
            let from = ExcelDateTime::from_ymd(1949, 1, 1)?;
            let to = ExcelDateTime::from_ymd(2199, 12, 31)?;
            DataValidation::new().allow_date(DataValidationRule::Between(from, to))
        }
        Kind::Integer => {
            let any = DataValidationRule::Between(-1_000_000_000, 1_000_000_000);
            DataValidation::new().allow_whole_number(any)
        }
        Kind::Decimal => {
            let any = DataValidationRule::Between(-1e12, 1e12);
            DataValidation::new().allow_decimal_number(any)
        }
    };
    let rule = rule
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title(short(&column.heading, 30))?
        .set_error_message(short(&notes::warning(column), 220))?;
    sheet.add_data_validation(HEADING + 1, at, HEADING + ROOM, at, &rule)?;
    Ok(())
}

/// Excel refuses longer texts here.
fn short(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

/// The words of a list stand in a column of the sheet of choices.
fn range(list: Option<u16>, count: usize) -> Formula {
    let letter = zicha_model::dataset::column_letter(u32::from(list.unwrap_or(0)));
    let last = count + 1;
    Formula::new(format!("={CHOICES}!${letter}$2:${letter}${last}"))
}

fn choices(sheet: &mut Worksheet, form: &Form) -> Result<(), XlsxError> {
    sheet.set_name(CHOICES)?;
    let lists = form.columns.iter().filter_map(|c| match &c.kind {
        Kind::Choice(words) => Some(words),
        _ => None,
    });
    // The reading knows the sheet by its name and this cell.
    sheet.write_string(0, 0, notes::CHOICES)?;
    for (words, at) in lists.zip(0..) {
        for (word, row) in words.iter().zip(1..) {
            sheet.write_string(row, at, word)?;
        }
    }
    sheet.set_hidden(true);
    Ok(())
}

/// One line a column: name, whether required, how to write it, what it means.
fn explanation(sheet: &mut Worksheet, form: &Form, formats: &Formats) -> Result<(), XlsxError> {
    sheet.set_name(notes::EXPLANATION)?;
    let lines = notes::explanation(form);
    for (line, row) in lines.iter().zip(0..) {
        let format = if row == 0 {
            &formats.title
        } else {
            &formats.wrapped
        };
        sheet.write_string_with_format(row, 0, line, format)?;
    }
    sheet.set_column_width(0, 110)?;
    print(sheet)
}

/// A4 landscape, one page wide, the headings on every page.
fn print(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, HEADING)?;
    sheet.set_footer("&R第 &P 页，共 &N 页");
    Ok(())
}
