//! 到期提醒: what falls due in the months to come, as a workbook by month and person in charge and as
//! a calendar that office programs and telephones take in.

mod calendar;
mod workbook;

pub(crate) use calendar::render as calendar;
pub(crate) use workbook::render as workbook;

use crate::view::View;
use zicha_assess::due::Entry;
use zicha_model::{dataset::Place, time::Day};

/// File names.
pub(crate) const WORKBOOK: &str = "到期提醒.xlsx";
/// The calendar.
pub(crate) const CALENDAR: &str = "到期提醒.ics";

/// The day of the check; the view has it as text.
fn today(view: &View) -> Day {
    Day::parse(&view.as_of).unwrap_or(Day(0))
}

/// `已过期` or `2026年10月`: what entries are gathered under.
fn month(entry: &Entry, today: Day) -> String {
    if entry.due < today {
        return OVERDUE.to_owned();
    }
    format!("{}年{}月", entry.due.year(), entry.due.month())
}

/// What is past stands first, whatever its month.
const OVERDUE: &str = "已过期";

fn person(entry: &Entry) -> &str {
    entry.person.as_deref().unwrap_or("（未写明）")
}

fn department(entry: &Entry) -> &str {
    entry.department.as_deref().unwrap_or("（未写明）")
}

/// `收文.xlsx 2026 F47`
fn place(place: &Place) -> String {
    let sheet = place.sheet.as_ref().map(|sheet| format!(" {sheet}"));
    let cell = match &place.column {
        Some(column) => format!(" {column}{}", place.row),
        None => format!(" 第{}行", place.row),
    };
    format!("{}{}{cell}", place.file, sheet.unwrap_or_default())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use zicha_assess::due::{DueDates, Matter};

    /// An entry of the tests.
    pub(crate) fn entry(due: &str, matter: &str, item: &str, person: Option<&str>) -> Entry {
        Entry {
            due: Day::parse(due).expect("a day"),
            matter: matter.to_owned(),
            item: item.to_owned(),
            department: person.map(|_| "办公室".to_owned()),
            person: person.map(str::to_owned),
            source: "涉密文件借阅登记簿".to_owned(),
            place: None,
        }
    }

    /// Three things to be done, one of them past on 2026-09-24.
    pub(crate) fn dates() -> DueDates {
        DueDates {
            until: Day::parse("2027-03-24"),
            entries: vec![
                entry(
                    "2026-09-01",
                    "归还借阅的涉密文件",
                    "收〔2026〕7号",
                    Some("张一"),
                ),
                entry(
                    "2026-10-08",
                    "归还借阅的涉密文件",
                    "收〔2026〕9号",
                    Some("李二"),
                ),
                entry("2026-10-08", "归还借阅的涉密文件", "收〔2026〕8号", None),
            ],
            matters: vec![Matter {
                label: "脱密期届满".to_owned(),
                source: "涉密人员离岗离职与脱密期台账".to_owned(),
                kept: false,
                ..Matter::default()
            }],
        }
    }

    #[test]
    fn what_is_past_stands_by_itself_and_the_day_of_the_check_is_not_past() {
        let today = Day::parse("2026-09-24").expect("a day");
        let month = |day| month(&entry(day, "", "", None), today);
        assert_eq!(month("2026-09-23"), "已过期");
        assert_eq!(month("2026-09-24"), "2026年9月");
        assert_eq!(month("2027-01-01"), "2027年1月");
    }
}
