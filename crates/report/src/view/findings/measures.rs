//! What is to be done by when and by whom, summed up; the measures themselves stand with the
//! problems and, one by one, in 整改清单.

use crate::document::blocks::{Align, Problem, Row, Table};
use crate::document::tables;
use crate::view::findings::problems;
use crate::view::source::Source;
use crate::view::words;
use std::collections::{BTreeMap, BTreeSet};
use zicha_model::{time::Day, verdict::Severity};

/// Findings by due day; what is to be mended at once comes first.
pub(crate) fn by_deadline(source: &Source<'_>, problems: &[Problem]) -> Table {
    let mut days: BTreeMap<Option<Day>, Load> = BTreeMap::new();
    let numbers: BTreeMap<&str, usize> = problems
        .iter()
        .map(|p| (p.control.as_str(), p.number))
        .collect();
    for finding in source.standing() {
        let due = (finding.due > finding.found).then_some(finding.due);
        let load = days.entry(due).or_default();
        load.add(finding.severity);
        let control = finding.control.as_deref().unwrap_or_default();
        load.problems.extend(numbers.get(control));
    }
    let as_of = source.data.plan.as_of;
    let rows = days.into_iter().map(|(due, load)| {
        let told = match due {
            None => "立行立改".to_owned(),
            Some(due) if due < as_of => format!("{}前（已超过）", due.chinese()),
            Some(due) => format!("{}前", due.chinese()),
        };
        let numbers: Vec<_> = load.problems.iter().copied().collect();
        let [critical, serious, ..] = load.severities.map(|n| n.to_string());
        Row::of([
            told,
            load.total(),
            critical,
            serious,
            tables::ranges(&numbers).join("、"),
        ])
    });
    tables::plain(
        "deadlines",
        "整改时限汇总表",
        &[
            ("时限", 18, Align::Start),
            ("处数", 7, Align::End),
            ("重大", 7, Align::End),
            ("严重", 7, Align::End),
            ("所涉问题（序号）", 41, Align::Start),
        ],
        rows.collect(),
    )
}

/// Findings by department responsible, the department with most first.
pub(crate) fn by_department(source: &Source<'_>) -> Table {
    let mut departments: BTreeMap<String, (Load, Option<Day>)> = BTreeMap::new();
    for finding in source.standing() {
        let name = problems::department(finding);
        let (load, earliest) = departments.entry(name).or_default();
        load.add(finding.severity);
        *earliest = Some(earliest.map_or(finding.due, |day| day.min(finding.due)));
    }
    let mut departments: Vec<_> = departments.into_iter().collect();
    departments.sort_by(|a, b| {
        let counts = |load: &Load| load.severities.iter().sum::<usize>();
        counts(&b.1.0)
            .cmp(&counts(&a.1.0))
            .then_with(|| a.0.cmp(&b.0))
    });
    let rows = departments.into_iter().map(|(name, (load, earliest))| {
        let [critical, serious, general, hint] = load.severities.map(|n| n.to_string());
        let earliest = earliest.map_or_else(String::new, Day::chinese);
        let total = load.total();
        Row::of([name, total, critical, serious, general, hint, earliest])
    });
    tables::plain(
        "departments",
        "责任部门整改任务汇总表",
        &[
            ("责任部门", 24, Align::Start),
            ("处数", 7, Align::End),
            ("重大", 7, Align::End),
            ("严重", 7, Align::End),
            ("一般", 7, Align::End),
            ("提示", 7, Align::End),
            ("最早时限", 21, Align::Start),
        ],
        rows.collect(),
    )
    .on_paper(40)
}

/// What is to be mended.
#[derive(Default)]
struct Load {
    /// Findings by severity, the worst first.
    severities: [usize; 4],
    /// Numbers of the problems.
    problems: BTreeSet<usize>,
}

impl Load {
    fn add(&mut self, severity: Severity) {
        let at = Severity::WORST_FIRST.iter().position(|s| *s == severity);
        self.severities[at.unwrap_or(3)] += 1;
    }

    fn total(&self) -> String {
        self.severities.iter().sum::<usize>().to_string()
    }
}

/// Problems printed before a holiday; the gravest are printed however many there are.
const SHORT: usize = 14;

/// The problems in one table, for the short paper before a holiday.
pub(crate) fn short(source: &Source<'_>, problems: &[Problem]) -> Table {
    let today = source.data.plan.as_of.chinese();
    let year = today.split_inclusive('年').next().unwrap_or_default();
    let critical = words::severity_id(Severity::Critical);
    let gravest = problems.iter().filter(|p| p.severity_id == critical);
    let gravest = gravest.count();
    let rows = problems.iter().map(|p| {
        Row::of([
            p.number.to_string(),
            p.title.clone(),
            p.severity.clone(),
            p.count.to_string(),
            tables::some_of(&p.departments, 2, "个部门"),
            p.due.trim_start_matches(year).to_owned(),
        ])
    });
    tables::plain(
        "short",
        "节前应当解决的问题",
        &[
            ("序号", 5, Align::Center),
            ("问题", 30, Align::Start),
            ("严重程度", 8, Align::Center),
            ("处数", 6, Align::End),
            ("责任部门", 24, Align::Start),
            ("最早时限", 14, Align::Start),
        ],
        rows.collect(),
    )
    .on_paper(SHORT.max(gravest))
    .continued_in("《整改清单》")
}
