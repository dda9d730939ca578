//! Findings as people read them: the faults of one control are one entry, with number, examples and
//! a pointer to the full list.

use crate::document::blocks::{Align, Example, Problem, Row, Table};
use crate::document::tables;
use crate::view::source::Source;
use crate::view::words;
use std::collections::{BTreeMap, BTreeSet};
use zicha_model::{
    control::Control,
    results::{Finding, FindingKind},
    verdict::Severity,
};

/// Findings shown with an entry; the rest stands in 整改清单.
const EXAMPLES: usize = 5;

/// Findings printed with one of the gravest.
const SHOWN: usize = 2;

/// All problems, the worst first, then in the order of the catalogue.
pub(crate) fn group(source: &Source<'_>) -> Vec<Problem> {
    let mut groups: BTreeMap<Option<&str>, Vec<&Finding>> = BTreeMap::new();
    for finding in source.standing() {
        let group = groups.entry(finding.control.as_deref()).or_default();
        group.push(finding);
    }
    let mut groups: Vec<_> = groups.into_values().collect();
    groups.sort_by(|a, b| {
        let worst = |g: &[&Finding]| g.iter().map(|f| f.severity).max();
        worst(b)
            .cmp(&worst(a))
            .then_with(|| order(source, a).cmp(&order(source, b)))
    });
    let numbered = groups.iter().enumerate();
    numbered
        .map(|(index, findings)| problem(source, index + 1, findings))
        .collect()
}

/// Catalogue order; cells that could not be read come last.
fn order(source: &Source<'_>, findings: &[&Finding]) -> usize {
    let control = findings.first().and_then(|f| f.control.as_deref());
    let controls = &source.data.results.controls;
    control
        .and_then(|id| controls.iter().position(|c| c.id == id))
        .unwrap_or(usize::MAX)
}

fn problem(source: &Source<'_>, number: usize, findings: &[&Finding]) -> Problem {
    let id = findings.first().and_then(|f| f.control.clone());
    let control = id.as_deref().and_then(|id| source.control(id));
    let severity = findings.iter().map(|f| f.severity).max();
    let severity = severity.unwrap_or(Severity::Hint);
    let states: BTreeSet<_> = findings.iter().map(|f| words::state_id(f.state)).collect();
    let departments = by_department(findings);
    let due = findings.iter().map(|f| (f.due, f.found)).min();
    let problem = Problem {
        id: anchor(id.as_deref()),
        number,
        title: control.map_or_else(|| fallback_title(id.as_deref()), fault),
        chapter: control.map_or(0, |c| c.chapter),
        severity: severity.label().to_owned(),
        severity_id: words::severity_id(severity).to_owned(),
        requirement: control.map_or_else(String::new, |c| c.requirement.clone()),
        window: id.as_deref().map_or_else(Vec::new, |id| source.window(id)),
        basis: control.map_or_else(Vec::new, |c| c.basis.clone()),
        count: findings.len(),
        extent: extent(findings.len(), &departments),
        departments: departments.into_keys().collect(),
        states: states.into_iter().map(str::to_owned).collect(),
        examples: findings
            .iter()
            .take(EXAMPLES)
            .map(|f| example(source, f))
            .collect(),
        more: more(findings.len(), EXAMPLES),
        brief: Vec::new(),
        remedy: findings
            .first()
            .map_or_else(String::new, |f| f.remedy.clone()),
        due: due.map_or_else(String::new, |(due, found)| words::due(found, due)),
        control: id.unwrap_or_default(),
    };
    Problem {
        brief: brief(source, &problem, findings),
        ..problem
    }
}

/// The entry as paper has it. The gravest have facts and instances; of the others there are many, so
/// that they have extent, first instance and time, and the list tells the rest.
fn brief(source: &Source<'_>, problem: &Problem, findings: &[&Finding]) -> Vec<String> {
    let instances = |shown| findings.iter().take(shown).map(|f| instance(source, f));
    if problem.severity_id != words::severity_id(Severity::Critical) {
        let first: String = findings
            .first()
            .map_or_else(String::new, |f| located(source, f));
        let told = match problem.departments.as_slice() {
            [only] if findings.len() == 1 => format!("{only}。{first}"),
            _ => format!("{}如{first}", problem.extent),
        };
        return vec![format!("{told}。时限：{}。", problem.due)];
    }
    let basis = match problem.basis.as_slice() {
        [] => String::new(),
        basis => format!("依据：{}。", tables::some_of(basis, 2, "条")),
    };
    let facts = format!(
        "{}{basis}整改：{}时限：{}。",
        problem.extent, problem.remedy, problem.due
    );
    let rest = more(findings.len(), SHOWN);
    [facts]
        .into_iter()
        .chain(instances(SHOWN))
        .chain(rest)
        .collect()
}

/// Anchor of a control's problem in the report.
pub(crate) fn anchor(control: Option<&str>) -> String {
    format!("p-{}", control.unwrap_or("unreadable"))
}

fn fallback_title(id: Option<&str>) -> String {
    id.map_or_else(|| words::UNREADABLE.to_owned(), str::to_owned)
}

fn more(count: usize, shown: usize) -> Option<String> {
    let rest = count.checked_sub(shown).filter(|rest| *rest > 0)?;
    Some(format!("其余{rest}处逐条列于《整改清单》。"))
}

fn by_department(findings: &[&Finding]) -> BTreeMap<String, usize> {
    let mut departments = BTreeMap::new();
    for finding in findings {
        *departments.entry(department(finding)).or_insert(0) += 1;
    }
    departments
}

/// The department responsible, or that none is named.
pub(crate) fn department(finding: &Finding) -> String {
    let named = finding.department().unwrap_or(words::NO_DEPARTMENT);
    named.to_owned()
}

fn extent(count: usize, departments: &BTreeMap<String, usize>) -> String {
    let mut parts: Vec<_> = departments.iter().collect();
    parts.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
    let parts: Vec<_> = parts
        .iter()
        .map(|(name, count)| format!("{name}{count}处"))
        .collect();
    format!("共{count}处：{}。", tables::some_of(&parts, 6, "个部门"))
}

/// What a finding is about, with its ledger.
pub(crate) fn subject(source: &Source<'_>, finding: &Finding) -> String {
    let ledger = source.ledger_label(&finding.subject.ledger);
    format!("{ledger}：{}", record(finding))
}

/// The record's key, and the person unless the key names them.
fn record(finding: &Finding) -> String {
    let key = finding.subject.key.replace('|', " / ");
    match &finding.subject.person {
        Some(person) if !key.contains(person.as_str()) => format!("{key}（{person}）"),
        _ => key,
    }
}

/// What was found, in one line that ends with the deciding cell: `…：份号未填写（台账/收文.xlsx …）`.
pub(crate) fn instance(source: &Source<'_>, finding: &Finding) -> String {
    let ledger = source.ledger_label(&finding.subject.ledger);
    format!("{ledger}：{}", located(source, finding))
}

/// The same without the ledger, which file and sheet tell.
fn located(source: &Source<'_>, finding: &Finding) -> String {
    let what = match finding.actual.as_str() {
        "" => beyond_subject(finding),
        actual => actual,
    };
    let place = finding.evidence.first();
    let place = place.map(|cell| source.place(cell, &finding.subject.ledger).place);
    let told = format!("{}：{what}", record(finding));
    match place {
        Some(place) => format!("{told}（{place}）"),
        None => told,
    }
}

/// The control's title, or what cells that could not be read are called.
pub(crate) fn title(source: &Source<'_>, finding: &Finding) -> String {
    let id = finding.control.as_deref();
    let control = id.and_then(|id| source.control(id));
    control.map_or_else(|| fallback_title(id), fault)
}

/// The fault in a few words; the control's title where a pack does not say it.
fn fault(control: &Control) -> String {
    let problem = control.problem.as_ref();
    problem
        .map_or(&control.title, |problem| &problem.title)
        .clone()
}

fn example(source: &Source<'_>, finding: &Finding) -> Example {
    let places = finding.evidence.iter();
    Example {
        subject: subject(source, finding),
        message: beyond_subject(finding).to_owned(),
        expected: finding.expected.clone(),
        actual: actual(finding),
        places: places
            .map(|cell| source.place(cell, &finding.subject.ledger))
            .collect(),
        fingerprint: finding.fingerprint.clone(),
    }
}

/// Findings by the form in which they show; the causes themselves people must find out.
pub(crate) fn causes(source: &Source<'_>, problems: &[Problem]) -> Table {
    let mut groups: BTreeMap<&str, (usize, Vec<String>)> = BTreeMap::new();
    for problem in problems {
        let control = source.control(&problem.control);
        let cause = control.map_or(words::CAUSE_UNREADABLE, |c| words::cause(c.kind));
        let group = groups.entry(cause).or_default();
        group.0 += problem.count;
        group.1.push(problem.title.clone());
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by(|a, b| b.1.0.cmp(&a.1.0).then_with(|| a.0.cmp(b.0)));
    let rows = groups.into_iter().map(|(cause, (count, titles))| {
        Row::of([
            cause.to_owned(),
            titles.len().to_string(),
            count.to_string(),
            tables::some_of(&titles, 6, "项"),
        ])
    });
    tables::plain(
        "causes",
        "问题按表现形式归类表",
        &[
            ("表现形式", 22, Align::Start),
            ("项数", 6, Align::End),
            ("处数", 6, Align::End),
            ("涉及事项", 46, Align::Start),
        ],
        rows.collect(),
    )
}

/// Findings that should have been mended before the day of the run.
pub(crate) fn overdue<'a>(source: &'a Source<'_>) -> impl Iterator<Item = &'a Finding> {
    source
        .standing()
        .filter(|f| f.rectification.overdue_days > 0)
}

/// Number of standing findings of a kind.
pub(crate) fn count_kind(source: &Source<'_>, kind: FindingKind) -> usize {
    source.standing().filter(|f| f.kind == kind).count()
}

/// What was found, unless the message says it already.
pub(crate) fn actual(finding: &Finding) -> String {
    if finding.message.contains(&finding.actual) {
        String::new()
    } else {
        finding.actual.clone()
    }
}

/// The message without the record it begins with, which stands before it as the subject.
fn beyond_subject(finding: &Finding) -> &str {
    match finding.message.split_once('：') {
        Some((who, rest)) if who.contains(&finding.subject.key) => rest,
        _ => &finding.message,
    }
}
