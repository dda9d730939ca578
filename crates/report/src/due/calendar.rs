//! 到期提醒.ics by RFC 5545: one whole-day event a matter and day, with a reminder a week before.
//! Identity and stamp come from the content and the day of the check, never from a clock, so that
//! the same run is the same bytes and a calendar that takes the file in twice has each event once.

use crate::view::View;
use std::collections::BTreeMap;
use zicha_assess::due::{DueDates, Entry};
use zicha_model::{digest::Hasher, time::Day};

/// Octets of a line without its end (RFC 5545, 3.1).
const LINE: usize = 75;
/// Items named in an event; all stand in the workbook.
const NAMED: usize = 30;

/// Renders the calendar.
pub(crate) fn render(view: &View, dates: &DueDates) -> String {
    let today = super::today(view);
    let mut text = String::new();
    let mut put = |line: &str| fold(line, &mut text);
    put("BEGIN:VCALENDAR");
    put("VERSION:2.0");
    put(&format!("PRODID:-//zicha//{}//ZH", escape(&view.tool)));
    put("CALSCALE:GREGORIAN");
    put("METHOD:PUBLISH");
    put(&format!(
        "X-WR-CALNAME:{}",
        escape(&format!("保密到期提醒（{}）", view.unit))
    ));
    let mut events: BTreeMap<(Day, &str), Vec<&Entry>> = BTreeMap::new();
    for entry in &dates.entries {
        events
            .entry((entry.due, &entry.matter))
            .or_default()
            .push(entry);
    }
    for ((day, matter), entries) in events {
        event(&view.unit, today, day, matter, &entries)
            .iter()
            .for_each(|line| put(line));
    }
    put("END:VCALENDAR");
    text
}

fn event(unit: &str, today: Day, day: Day, matter: &str, entries: &[&Entry]) -> Vec<String> {
    let uid = Hasher::of(format!("{unit}\n{day}\n{matter}")).hex_prefix(16);
    let past = if day < today { "【已过期】" } else { "" };
    let many = match entries {
        [_] => String::new(),
        several => format!("（{}项）", several.len()),
    };
    let mut about: Vec<_> = entries
        .iter()
        .take(NAMED)
        .map(|entry| line(entry))
        .collect();
    if entries.len() > NAMED {
        about.push(format!(
            "……共 {} 项，其余见 {}",
            entries.len(),
            super::WORKBOOK
        ));
    }
    let mut lines = vec![
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{uid}@zicha"),
        format!("DTSTAMP:{}T000000Z", compact(today)),
        format!("DTSTART;VALUE=DATE:{}", compact(day)),
        format!("DTEND;VALUE=DATE:{}", compact(day.add_days(1))),
        format!("SUMMARY:{}", escape(&format!("{past}{matter}{many}"))),
        format!("DESCRIPTION:{}", escape(&about.join("\n"))),
        "TRANSP:TRANSPARENT".to_owned(),
    ];
    if day >= today {
        let summary = format!("DESCRIPTION:{}", escape(matter));
        let alarm = [
            "BEGIN:VALARM",
            "ACTION:DISPLAY",
            &summary,
            "TRIGGER:-P7D",
            "END:VALARM",
        ];
        lines.extend(alarm.map(str::to_owned));
    }
    lines.push("END:VEVENT".to_owned());
    lines
}

/// `收〔2026〕7号　办公室 张一（涉密文件借阅登记簿）`
fn line(entry: &Entry) -> String {
    let parts = [
        Some(entry.item.as_str()),
        entry.department.as_deref(),
        entry.person.as_deref(),
    ];
    let parts: Vec<_> = parts
        .into_iter()
        .flatten()
        .filter(|p| !p.is_empty())
        .collect();
    format!("{}（{}）", parts.join(" "), entry.source)
}

/// `20260928`
fn compact(day: Day) -> String {
    day.to_string().replace('-', "")
}

/// A TEXT value (RFC 5545, 3.3.11).
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '\\' | ';' | ',' => escaped.extend(['\\', sign]),
            '\n' => escaped.push_str("\\n"),
            sign if sign.is_control() => escaped.push(' '),
            sign => escaped.push(sign),
        }
    }
    escaped
}

/// Adds a line, folded before it is longer than allowed and never within a character.
fn fold(line: &str, text: &mut String) {
    let mut used = 0;
    for sign in line.chars() {
        if used + sign.len_utf8() > LINE {
            text.push_str("\r\n ");
            used = 1;
        }
        text.push(sign);
        used += sign.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::due::tests::{dates, entry};
    use crate::{fixture::Fixture, view::View};

    fn text(dates: &DueDates) -> String {
        let fixture = Fixture::annual();
        render(&View::build(&fixture.assessment(), None), dates)
    }

    /// Lines as a calendar reads them.
    fn unfolded(text: &str) -> Vec<String> {
        let whole = text.replace("\r\n ", "");
        whole.split_terminator("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn lines_end_with_cr_lf_and_are_folded_within_75_octets() {
        let mut dates = dates();
        dates.entries.push(entry(
            "2026-12-31",
            &"密".repeat(90),
            "甲,乙;丙\\丁\n戊",
            None,
        ));
        let text = text(&dates);
        for line in text.split_terminator("\r\n") {
            assert!(line.len() <= LINE, "{line}");
            assert!(!line.contains(['\r', '\n']), "{line}");
        }
        let lines = unfolded(&text);
        assert!(
            lines.contains(&format!("SUMMARY:{}", "密".repeat(90))),
            "{lines:?}"
        );
        assert!(text.contains("甲\\,乙\\;丙\\\\丁\\n戊"), "{text}");
    }

    #[test]
    fn what_falls_due_on_one_day_for_one_matter_is_one_event() {
        let text = text(&dates());
        let lines = unfolded(&text);
        let count = |wanted: &str| lines.iter().filter(|line| line.starts_with(wanted)).count();
        assert_eq!(count("BEGIN:VEVENT"), 2);
        assert_eq!(count("END:VEVENT"), 2);
        assert_eq!(count("BEGIN:VALARM"), 1, "none for what is past");
        assert!(
            lines.contains(&"SUMMARY:归还借阅的涉密文件（2项）".to_owned()),
            "{lines:?}"
        );
        assert!(
            lines.contains(&"DTSTART;VALUE=DATE:20261008".to_owned()),
            "{lines:?}"
        );
        assert!(
            lines.contains(&"DTEND;VALUE=DATE:20261009".to_owned()),
            "{lines:?}"
        );
        let mut uids: Vec<_> = lines
            .iter()
            .filter(|line| line.starts_with("UID:"))
            .collect();
        uids.dedup();
        assert_eq!(uids.len(), 2);
    }
}
