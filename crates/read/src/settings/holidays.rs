//! `holidays:` of the profile: days off, days worked in exchange, as the State Council publishes them.

use crate::settings::form::Form;
use std::collections::{BTreeMap, BTreeSet};
use zicha_model::{plan::FestivalKind, profile::Profile, time::Day};
use zicha_yaml::Node;

/// Days worked in exchange for days off.
const WORKED: [&str; 4] = ["调休上班", "补班", "days_worked", "makeup_days"];
/// Days off beside the three festivals.
const MORE_OFF: [&str; 3] = ["其他放假", "more_days_off", "extra_days_off"];

/// Reads `holidays:` into the profile.
pub(crate) fn read(form: &mut Form, node: &Node, profile: &mut Profile) {
    for (year, node) in form.entries(node, "放假（holidays）") {
        let written = year.text().unwrap_or_default();
        let Some(number) = written.parse().ok().filter(|y| (1901..=2100).contains(y)) else {
            form.wrong(
                year,
                format!("“{written}”不是年度"),
                "请写四位数字，如 2027",
            );
            continue;
        };
        year_as_published(form, node, number, profile);
    }
}

fn year_as_published(form: &mut Form, node: &Node, year: i32, profile: &mut Profile) {
    let mut days_off = BTreeMap::new();
    for (key, node) in form.entries(node, "各节日的放假日期") {
        let written = key.text().unwrap_or_default();
        if WORKED.contains(&written) {
            let days = single_days(form, node, year);
            profile.days_worked.insert(year, days);
        } else if MORE_OFF.contains(&written) {
            let days = single_days(form, node, year);
            profile.more_days_off.insert(year, days);
        } else if let (Some(kind), Some(days)) = (kind(form, key), days(form, node, year)) {
            days_off.insert(kind.id().to_owned(), days);
        }
    }
    profile.holidays.insert(year, days_off);
}

/// Days one by one, in order, each once.
fn single_days(form: &mut Form, node: &Node, year: i32) -> BTreeSet<Day> {
    let alone = std::slice::from_ref(node);
    let mut days = BTreeSet::new();
    for item in node.items().unwrap_or(alone) {
        match form.day(item, "调休日期") {
            Some(day) if day.year() != year => {
                let message = format!("{day} 不在 {year} 年");
                form.wrong(item, message, "各年的日期请分别写在各年之下");
            }
            day => days.extend(day),
        }
    }
    days
}

fn kind(form: &mut Form, node: &Node) -> Option<FestivalKind> {
    let written = node.text().unwrap_or_default();
    let fits = |kind: &FestivalKind| {
        let names = match kind {
            FestivalKind::SpringFestival => ["春节", "春节假期"],
            FestivalKind::MayDay => ["五一", "劳动节"],
            FestivalKind::NationalDay => ["国庆", "国庆节"],
        };
        names.contains(&written) || kind.id() == written || kind.slug() == written
    };
    let kind = FestivalKind::ALL.into_iter().find(fits);
    if kind.is_none() {
        let message = format!("“{written}”不是三个节日之一");
        form.wrong(
            node,
            message,
            "可以写的有：春节、五一、国庆、调休上班、其他放假",
        );
    }
    kind
}

/// First and last day off, as a list of two.
fn days(form: &mut Form, node: &Node, year: i32) -> Option<(Day, Day)> {
    let Some([first, last]) = node.items() else {
        let hint = "如：春节: [2027-02-04, 2027-02-10]";
        form.wrong(node, "放假日期应写首日和末日两天".to_owned(), hint);
        return None;
    };
    let (start, end) = (form.day(first, "放假首日"), form.day(last, "放假末日"));
    let (start, end) = start.zip(end)?;
    if start > end || end.year() != year || end.0 - start.0 > 31 {
        let message = format!("放假日期 {start} 至 {end} 不合理");
        form.wrong(
            node,
            message,
            "首日应不晚于末日，相隔不超过一个月，末日应在该年度内",
        );
        return None;
    }
    Some((start, end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::limits::Limits;

    fn read_from(text: &str) -> (Profile, usize) {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("zicha.yaml"), text).expect("written");
        let opened = Form::open(folder.path(), "zicha.yaml", &Limits::default());
        let (mut form, _) = opened.expect("there is one");
        let node = zicha_yaml::parse(text, zicha_yaml::Limits::default()).expect("yaml");
        let mut profile = Profile::default();
        read(&mut form, &node.expect("not empty"), &mut profile);
        (profile, form.finish().len())
    }

    #[test]
    fn days_worked_in_exchange_are_kept_by_year() {
        let text = "2027:\n  春节: [2027-02-04, 2027-02-10]\n  调休上班: [2027-02-14, 2027-01-31]\n  其他放假: 2027-01-02\n";
        let (profile, told) = read_from(text);
        assert_eq!(told, 0);
        assert_eq!(profile.holidays[&2027].len(), 1);
        let worked: Vec<String> = profile.days_worked[&2027]
            .iter()
            .map(Day::to_string)
            .collect();
        assert_eq!(worked, ["2027-01-31", "2027-02-14"]);
        assert_eq!(profile.more_days_off[&2027].len(), 1);
    }

    #[test]
    fn days_of_another_year_are_told() {
        let (profile, told) =
            read_from("2027:\n  调休上班: [2026-02-14]\n  中秋: [2027-09-15, 2027-09-15]\n");
        assert_eq!(told, 2);
        assert!(profile.days_worked[&2027].is_empty());
    }
}
