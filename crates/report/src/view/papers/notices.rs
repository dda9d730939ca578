//! 整改通知单: one leaflet a department, all together for the secrecy office and each as a file of its
//! own. Need to know: a leaflet bears that department's problems and no others; what no department is
//! named for goes to the secrecy office.

mod file_names;

use crate::document::blocks::{Block, Row, Section, Table, Tags};
use crate::document::paper::Document;
use crate::document::tables;
use crate::view::findings::{bases, list, problem_words, problems};
use crate::view::framing::head;
use crate::view::model::{ListSheet, Notice};
use crate::view::prose::narrative;
use crate::view::prose::narrative::Parts;
use crate::view::source::Source;
use crate::view::words;
use file_names::FileNames;
use serde_json::json;
use std::collections::BTreeMap;
use zicha_model::{results::Finding, verdict::Severity};

/// Rows of all leaflets together, so that the file stays a thing that people can print.
const ROWS: usize = 2_000;

/// Rows that every leaflet may have, however many departments there are.
const LEAST: usize = 10;

/// Who signs a leaflet.
const ROLES: [&str; 3] = ["签发人", "接收人", "整改复核人"];

/// The stem of the page that holds all leaflets, and the folder of the single ones.
const STEM: &str = "整改通知单";

/// The leaflets, by name of the department, the one without department last.
pub(crate) fn notices(source: &Source<'_>, marking: &[Block], sheets: &[ListSheet]) -> Vec<Notice> {
    let departments = by_department(source);
    let most = (ROWS / departments.len().max(1)).max(LEAST);
    let rows = rows_of_list(sheets);
    let mut names = FileNames::default();
    let leaflets = departments.iter().enumerate();
    let leaflets = leaflets.map(|(index, (department, findings))| {
        let leaflet = Leaflet {
            number: index + 1,
            department,
            findings,
            most,
        };
        let listed = findings.iter().map(|f| f.fingerprint.as_str());
        Notice {
            document: Document {
                leaflets: true,
                ..paper(
                    format!("{STEM}/{}", names.name(department)),
                    format!("{}整改通知单（{department}）", head::unit(source)),
                    leaflet.sections(source, marking),
                )
            },
            rows: listed.filter_map(|id| rows.get(id).copied()).collect(),
        }
    });
    leaflets.collect()
}

/// All leaflets in one document.
pub(crate) fn document(source: &Source<'_>, notices: &[Notice]) -> Document {
    let sections = notices.iter().flat_map(|n| n.document.sections.clone());
    let sections: Vec<_> = sections.collect();
    Document {
        leaflets: !sections.is_empty(),
        ..paper(
            STEM.to_owned(),
            format!("{}保密自查整改通知单", head::unit(source)),
            match sections.is_empty() {
                true => nothing(),
                false => sections,
            },
        )
    }
}

fn paper(stem: String, title: String, sections: Vec<Section>) -> Document {
    Document {
        stem,
        title,
        landscape: false,
        official: false,
        leaflets: false,
        sections,
        annexes: Vec::new(),
    }
}

/// Sheet and row of the list by the finding's fingerprint.
fn rows_of_list(sheets: &[ListSheet]) -> BTreeMap<&str, (usize, usize)> {
    let rows = sheets.iter().enumerate().flat_map(|(sheet, part)| {
        let rows = part.rows.iter().enumerate();
        rows.map(move |(row, line)| (line.id.as_str(), (sheet, row)))
    });
    rows.collect()
}

/// Standing findings by department, the worst and most urgent first.
fn by_department<'a>(source: &'a Source<'_>) -> Vec<(String, Vec<&'a Finding>)> {
    let mut departments: BTreeMap<String, Vec<&Finding>> = BTreeMap::new();
    for finding in source.standing() {
        let department = departments.entry(problems::department(finding));
        department.or_default().push(finding);
    }
    for findings in departments.values_mut() {
        findings.sort_by_key(|f| (std::cmp::Reverse(f.severity), f.due));
    }
    let nobody = departments.remove(words::NO_DEPARTMENT);
    let nobody = nobody.map(|findings| (words::NO_DEPARTMENT.to_owned(), findings));
    departments.into_iter().chain(nobody).collect()
}

fn nothing() -> Vec<Section> {
    vec![Section {
        id: "none".to_owned(),
        title: String::new(),
        annex: false,
        landscape: false,
        screen: false,
        blocks: vec![Block::Paragraph {
            spans: vec![crate::document::blocks::Span::plain(
                "在已判定的检查项中没有发现问题，不需要发出整改通知。",
            )],
        }],
    }]
}

/// What one leaflet is made from.
struct Leaflet<'a> {
    number: usize,
    department: &'a str,
    findings: &'a [&'a Finding],
    /// Rows it may have.
    most: usize,
}

impl Leaflet<'_> {
    fn sections(&self, source: &Source<'_>, marking: &[Block]) -> Vec<Section> {
        let roles = ROLES.map(str::to_owned).into();
        let parts = Parts::from([
            ("marking", marking.to_vec()),
            (
                "rows",
                vec![Block::Table {
                    table: self.table(source),
                }],
            ),
            ("signatures", vec![Block::Signatures { roles }]),
        ]);
        let context = self.context(source, !marking.is_empty());
        narrative::sections(source, "notice.md", &context, &parts)
    }

    fn context(&self, source: &Source<'_>, marking_notice: bool) -> tera::Context {
        let count = |severity: Severity| {
            let findings = self.findings.iter();
            let count = findings.filter(|f| f.severity == severity).count();
            (count > 0).then(|| format!("{}{count}处", severity.label()))
        };
        let severities: Vec<_> = Severity::WORST_FIRST
            .into_iter()
            .filter_map(count)
            .collect();
        let value = json!({
            "id": format!("d{}", self.number),
            "unit": head::unit(source),
            "date": source.data.plan.as_of.chinese(),
            "checklists": head::checklists(source),
            "department": self.department,
            "named": self.department != words::NO_DEPARTMENT,
            "marking_notice": marking_notice,
            "count": self.findings.len(),
            "severities": severities.join("、"),
            "listed": self.most,
            "left_out": self.findings.len().saturating_sub(self.most),
        });
        tera::Context::from_serialize(&value).unwrap_or_default()
    }

    fn table(&self, source: &Source<'_>) -> Table {
        let rows = self.groups().into_iter().enumerate();
        let rows = rows.map(|(index, group)| row(source, index + 1, &group));
        let id = format!("notice{}", self.number);
        let caption = format!("{}应当整改的问题", self.department);
        tables::interactive(&id, &caption, &words::NOTICE_COLUMNS, rows.collect())
    }

    /// Findings of the same control with the same due day, in the order of the findings.
    fn groups(&self) -> Vec<Vec<&Finding>> {
        let mut groups: Vec<Vec<&Finding>> = Vec::new();
        for finding in self.findings.iter().take(self.most) {
            let key = |f: &Finding| (f.control.clone(), f.due);
            match groups.iter_mut().find(|g| key(g[0]) == key(finding)) {
                Some(group) => group.push(finding),
                None => groups.push(vec![finding]),
            }
        }
        groups
    }
}

/// What happened, in a sentence, and the cells that show it.
fn told(source: &Source<'_>, finding: &Finding) -> String {
    let sentence = problem_words::sentence(finding);
    match list::cells_alone(source, finding).replace('\n', "；") {
        cells if cells.is_empty() => sentence,
        cells => format!("{sentence}（{cells}）"),
    }
}

/// The first clauses; codes and the other clauses are in the working paper.
fn basis(source: &Source<'_>, finding: &Finding) -> String {
    let control = finding.control.as_deref().and_then(|id| source.control(id));
    control.map_or_else(
        || list::OF_THE_LEDGERS.to_owned(),
        |control| bases::cited(source, &control.basis, CLAUSES),
    )
}

/// Clauses named in a row.
const CLAUSES: usize = 3;

/// What is wrong and why, each instance with its cell, what to do by when.
fn row(source: &Source<'_>, number: usize, group: &[&Finding]) -> Row {
    let first = group[0];
    let instances: Vec<_> = group.iter().map(|f| told(source, f)).collect();
    Row {
        cells: vec![
            number.to_string(),
            format!(
                "{}（{}，{}处）",
                problems::title(source, first),
                first.severity.label(),
                group.len()
            ),
            basis(source, first),
            instances.join("\n"),
            first.remedy.clone(),
            list::due(first),
        ],
        tags: Tags {
            fingerprint: String::new(),
            anchor: String::new(),
            ..list::tags(source, first)
        },
    }
}
