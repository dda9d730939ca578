//! 到期提醒.xlsx: by month, by person in charge, and what was looked at.

use super::{OVERDUE, department, month, person, place, today};
use crate::view::View;
use crate::xlsx;
use rust_xlsxwriter::{
    DocProperties, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};
use std::collections::BTreeMap;
use zicha_assess::due::{DueDates, Entry, Matter};
use zicha_model::time::Day;

/// Rows listed; what is beyond is counted below them. A sheet could hold a million, but nobody
/// works through that, and the file would grow to hundreds of megabytes.
const ROWS: usize = 100_000;

const HEADINGS: [(&str, f64); 9] = [
    ("月份", 11.0),
    ("到期日", 12.0),
    ("距基准日", 13.0),
    ("事项", 30.0),
    ("内容", 34.0),
    ("责任部门", 16.0),
    ("责任人", 14.0),
    ("依据", 26.0),
    ("位置", 30.0),
];

const LOOKED_AT: [(&str, f64); 7] = [
    ("事项", 36.0),
    ("台账", 30.0),
    ("台账是否提供", 13.0),
    ("已过期和今后到期", 17.0),
    ("更晚到期", 11.0),
    ("没有日期", 11.0),
    ("无法判断", 11.0),
];

struct Formats {
    heading: Format,
    cell: Format,
    day: Format,
    past: Format,
    plain: Format,
}

/// Renders the workbook; the same bytes for the same view.
pub(crate) fn render(view: &View, dates: &DueDates) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let created = xlsx::excel_date(today(view))?;
    let properties = DocProperties::new()
        .set_title("到期提醒")
        .set_author(view.unit.as_str())
        .set_comment(view.tool.as_str())
        .set_creation_datetime(&created);
    workbook.set_properties(&properties);
    let formats = formats();
    by_month(workbook.add_worksheet(), view, dates, &formats)?;
    by_person(workbook.add_worksheet(), view, dates, &formats)?;
    looked_at(workbook.add_worksheet(), view, dates, &formats)?;
    workbook.save_to_buffer()
}

fn formats() -> Formats {
    let cell = Format::new()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_border(FormatBorder::Thin)
        .set_border_color("#B8B8B8")
        .set_font_size(10);
    Formats {
        heading: cell
            .clone()
            .set_bold()
            .set_align(FormatAlign::Center)
            .set_background_color("#E4E7EB"),
        day: cell.clone().set_num_format("yyyy-mm-dd"),
        past: cell.clone().set_background_color("#FBEAEA"),
        plain: Format::new().set_text_wrap().set_align(FormatAlign::Top),
        cell,
    }
}

fn headings(
    sheet: &mut Worksheet,
    headings: &[(&str, f64)],
    formats: &Formats,
) -> Result<(), XlsxError> {
    for ((title, width), at) in headings.iter().zip(0..) {
        sheet.write_string_with_format(0, at, *title, &formats.heading)?;
        sheet.set_column_width(at, *width)?;
    }
    Ok(())
}

fn by_month(
    sheet: &mut Worksheet,
    view: &View,
    dates: &DueDates,
    formats: &Formats,
) -> Result<(), XlsxError> {
    sheet.set_name("按月")?;
    headings(sheet, &HEADINGS, formats)?;
    let today = today(view);
    let listed = dates.entries.len().min(ROWS);
    for (entry, row) in dates.entries[..listed].iter().zip(1..) {
        one(sheet, row, entry, today, formats)?;
    }
    if dates.entries.len() > listed {
        let more = format!("此外还有 {} 项没有列出", dates.entries.len() - listed);
        sheet.write_string_with_format(listed as u32 + 1, 0, more, &formats.plain)?;
    }
    let last = (listed as u32).max(1);
    sheet.autofilter(0, 0, last, HEADINGS.len() as u16 - 1)?;
    sheet.set_freeze_panes(1, 2)?;
    page(sheet, view)
}

fn one(
    sheet: &mut Worksheet,
    row: u32,
    entry: &Entry,
    today: Day,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let days = entry.due.0 - today.0;
    let distance = match days {
        0 => "当日".to_owned(),
        1.. => format!("还有{days}天"),
        _ => format!("已过期{}天", -days),
    };
    let plain = if days < 0 {
        &formats.past
    } else {
        &formats.cell
    };
    let place = entry.place.as_ref().map(place).unwrap_or_default();
    sheet.write_string_with_format(row, 0, month(entry, today), plain)?;
    sheet.write_datetime_with_format(row, 1, xlsx::excel_date(entry.due)?, &formats.day)?;
    let texts = [
        distance.as_str(),
        &entry.matter,
        &entry.item,
        entry.department.as_deref().unwrap_or_default(),
        entry.person.as_deref().unwrap_or_default(),
        &entry.source,
        &place,
    ];
    for (text, column) in texts.into_iter().zip(2..) {
        sheet.write_string_with_format(row, column, text, plain)?;
    }
    Ok(())
}

/// A row a person, a column a month, how many in each cell.
fn by_person(
    sheet: &mut Worksheet,
    view: &View,
    dates: &DueDates,
    formats: &Formats,
) -> Result<(), XlsxError> {
    sheet.set_name("按责任人")?;
    let today = today(view);
    let months = months(dates, today);
    let mut counts: BTreeMap<(&str, &str), BTreeMap<String, u32>> = BTreeMap::new();
    for entry in &dates.entries {
        let months = counts
            .entry((department(entry), person(entry)))
            .or_default();
        *months.entry(month(entry, today)).or_default() += 1;
    }
    let mut titles = vec![("责任部门", 18.0), ("责任人", 18.0)];
    titles.extend(months.iter().map(|month| (month.as_str(), 11.0)));
    titles.push(("合计", 9.0));
    headings(sheet, &titles, formats)?;
    for (((department, person), counts), row) in counts.iter().zip(1..) {
        sheet.write_string_with_format(row, 0, *department, &formats.cell)?;
        sheet.write_string_with_format(row, 1, *person, &formats.cell)?;
        for (month, column) in months.iter().zip(2..) {
            match counts.get(month) {
                Some(&count) => {
                    sheet.write_number_with_format(row, column, count, &formats.cell)?
                }
                None => sheet.write_blank(row, column, &formats.cell)?,
            };
        }
        let all: u32 = counts.values().sum();
        let last = titles.len() as u16 - 1;
        sheet.write_number_with_format(row, last, all, &formats.cell)?;
    }
    sheet.set_freeze_panes(1, 2)?;
    page(sheet, view)
}

/// The months of the entries in order, what is past before them.
fn months(dates: &DueDates, today: Day) -> Vec<String> {
    let mut months: Vec<String> = Vec::new();
    for entry in &dates.entries {
        let month = month(entry, today);
        if months.last() != Some(&month) {
            months.push(month);
        }
    }
    debug_assert!(months.iter().skip(1).all(|month| month != OVERDUE));
    months
}

fn looked_at(
    sheet: &mut Worksheet,
    view: &View,
    dates: &DueDates,
    formats: &Formats,
) -> Result<(), XlsxError> {
    sheet.set_name("说明")?;
    headings(sheet, &LOOKED_AT, formats)?;
    let mut at = 1;
    for matter in &dates.matters {
        for (text, column) in cells(matter).iter().zip(0..) {
            sheet.write_string_with_format(at, column, text, &formats.cell)?;
        }
        at += 1;
    }
    let until = dates.until.map(Day::chinese).unwrap_or_default();
    let lines = [
        format!("检查基准日{}，列到{until}。本表只作提醒，是否符合要求以自查报告为准。", view.date),
        "“没有日期”是台账里没有写期限、也没有可以推算的日期；“无法判断”是日期读不出来，或者台账没有相应的栏（如归还日期），不知道是否已经办结。这些都不等于没有到期的事项。".to_owned(),
        "没有提供的台账，其中的事项不在本表之内。从未办过的事项（如从未复审）由检查项列为问题。".to_owned(),
    ];
    for line in lines {
        at += 1;
        sheet.merge_range(at, 0, at, LOOKED_AT.len() as u16 - 1, &line, &formats.plain)?;
        sheet.set_row_height(at, 32)?;
    }
    page(sheet, view)
}

fn cells(matter: &Matter) -> [String; 7] {
    let number = |count: usize| {
        if matter.kept {
            count.to_string()
        } else {
            String::new()
        }
    };
    [
        matter.label.clone(),
        matter.source.clone(),
        if matter.kept { "是" } else { "没有提供" }.to_owned(),
        number(matter.within),
        number(matter.later),
        number(matter.undated),
        number(matter.unclear),
    ]
}

fn page(sheet: &mut Worksheet, view: &View) -> Result<(), XlsxError> {
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_footer(format!("&L检查基准日 {}&R第 &P 页，共 &N 页", view.as_of));
    if let Some(marking) = &view.letterhead.marking {
        sheet.set_header(format!("&L{}", marking.replace('&', "&&")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{due::tests::dates, fixture::Fixture};

    #[test]
    fn the_same_view_gives_the_same_bytes() {
        let fixture = Fixture::annual();
        let view = View::build(&fixture.assessment(), None);
        let once = render(&view, &dates()).expect("a workbook");
        assert_eq!(once, render(&view, &dates()).expect("a workbook"));
        assert!(once.starts_with(b"PK"));
    }

    #[test]
    fn a_ledger_not_provided_has_no_numbers_that_look_like_none() {
        let cells = cells(&dates().matters[0]);
        assert_eq!(cells[2], "没有提供");
        assert!(cells[3..].iter().all(String::is_empty), "{cells:?}");
    }

    #[test]
    fn months_stand_in_order_after_what_is_past() {
        let today = Day::parse("2026-09-24").expect("a day");
        assert_eq!(months(&dates(), today), ["已过期", "2026年10月"]);
    }
}
