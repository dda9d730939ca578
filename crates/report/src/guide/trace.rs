//! 条款对照: clause → control and control → clause, as a page and as CSV.

use crate::csv;
use crate::document::{tables, wide};
use crate::guide::contents::Guide;
use crate::guide::{checklists, parameters};
use crate::view::{Align, Block, Document, Row, Section, Table};
use std::{
    collections::{BTreeMap, BTreeSet},
    io,
};
use zicha_model::control::{Clause, Control};

/// Written for a clause that binds nobody.
const NO_DUTY: &str = "（标题、目的等，没有要求）";
/// Written for a clause or control that stands alone; a test holds that there is none.
const NOTHING: &str = "（没有对应）";

/// The page: one section a source, then the controls.
pub(super) fn document(guide: &Guide<'_>) -> Document {
    let mut sections = vec![wide::section("about", "说明", vec![about(guide)])];
    let mut sources: Vec<&str> = Vec::new();
    for clause in &guide.catalogue.clauses {
        let source = source_of(clause);
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    sections.extend(sources.into_iter().map(|source| of_source(guide, source)));
    let table = wide::table(by_control_table(guide));
    sections.push(wide::section("controls", "检查项对应的条款", vec![table]));
    wide::document("条款对照", "条款与检查项对照".to_owned(), sections)
}

fn about(guide: &Guide<'_>) -> Block {
    let clauses = &guide.catalogue.clauses;
    let duties = clauses.iter().filter(|c| c.control.is_some()).count();
    wide::list(&[
        format!(
            "五份来源制度共分出 {} 处条款，其中有要求的 {duties} 处，每处都由检查项负责；其余是标题、目的之类。",
            clauses.len()
        ),
        "“由此项负责”的检查项写在最前，其后是依据中也引用这一处的检查项。".to_owned(),
        "“检查项对应的条款”按检查项列出它的全部依据和现在用的检查尺度。".to_owned(),
    ])
}

/// The number of the source document.
fn source_of(clause: &Clause) -> &str {
    clause.id.split(' ').next().unwrap_or_default()
}

fn of_source(guide: &Guide<'_>, source: &str) -> Section {
    let citing = citing(guide);
    let own = guide
        .catalogue
        .clauses
        .iter()
        .filter(|c| source_of(c) == source);
    let rows = own.map(|clause| {
        let (ids, titles) = controls_of(guide, clause, &citing);
        Row::of([clause.id.clone(), clause.label.clone(), ids, titles])
    });
    let columns = [
        ("条款", 12, Align::Start),
        ("内容", 40, Align::Start),
        ("检查项", 14, Align::Start),
        ("检查项名称", 34, Align::Start),
    ];
    let caption = format!("来源制度 {source} 的条款对应的检查项");
    let table = tables::plain(
        &format!("clauses-{source}"),
        &caption,
        &columns,
        rows.collect(),
    );
    let title = format!("来源制度 {source} 的条款");
    wide::section(&format!("s-{source}"), &title, vec![wide::table(table)])
}

/// Clause → controls that name it in their basis, in the order of the catalogue.
fn citing<'a>(guide: &'a Guide<'_>) -> BTreeMap<&'a str, Vec<&'a Control>> {
    let mut citing: BTreeMap<&str, Vec<&Control>> = BTreeMap::new();
    for compiled in &guide.catalogue.controls {
        for clause in &compiled.control.basis {
            citing.entry(clause).or_default().push(&compiled.control);
        }
    }
    citing
}

/// Ids and titles, one a line, of the control that answers for the clause and those that cite it.
fn controls_of(
    guide: &Guide<'_>,
    clause: &Clause,
    citing: &BTreeMap<&str, Vec<&Control>>,
) -> (String, String) {
    let all = guide.catalogue.controls.iter().map(|c| &c.control);
    let owner = clause.control.as_deref();
    let mut controls: Vec<_> = all.filter(|c| Some(c.id.as_str()) == owner).collect();
    let others = citing
        .get(clause.id.as_str())
        .into_iter()
        .flatten()
        .copied();
    controls.extend(others.filter(|c| Some(c.id.as_str()) != owner));
    if controls.is_empty() {
        let none = if owner.is_none() { NO_DUTY } else { NOTHING };
        return (String::new(), none.to_owned());
    }
    let lines = |of: fn(&Control) -> &str| {
        let lines: Vec<_> = controls.iter().map(|c| of(c)).collect();
        lines.join("\n")
    };
    (lines(|c| &c.id), lines(|c| &c.title))
}

/// The clauses of a control, those that it answers for included, each with its label.
fn clauses_of(guide: &Guide<'_>, control: &Control) -> Vec<(String, String)> {
    let label = |id: &str| {
        let clauses = &guide.catalogue.clauses;
        let found = clauses.iter().find(|clause| clause.id == id);
        found.map_or_else(String::new, |clause| clause.label.clone())
    };
    let owned = guide.catalogue.clauses.iter();
    let owned = owned.filter(|c| c.control.as_deref() == Some(control.id.as_str()));
    let mut seen = BTreeSet::new();
    let basis = control.basis.iter().cloned();
    let all = basis.chain(owned.map(|c| c.id.clone()));
    all.filter(|id| seen.insert(id.clone()))
        .map(|id| (label(&id), id))
        .map(|(label, id)| (id, label))
        .collect()
}

fn by_control_table(guide: &Guide<'_>) -> Table {
    let rows = guide.catalogue.controls.iter().map(|compiled| {
        let control = &compiled.control;
        let clauses = clauses_of(guide, control);
        let clauses: Vec<_> = clauses.iter().map(|(id, l)| format!("{id}　{l}")).collect();
        Row::of([
            control.id.clone(),
            control.title.clone(),
            checklists_of(control),
            if clauses.is_empty() {
                NOTHING.to_owned()
            } else {
                clauses.join("\n")
            },
            parameters::lines(guide.catalogue, compiled).join("\n"),
        ])
    });
    let columns = [
        ("编号", 7, Align::Start),
        ("检查项", 18, Align::Start),
        ("清单", 9, Align::Start),
        ("条款", 36, Align::Start),
        ("现在用的检查尺度", 30, Align::Start),
    ];
    tables::plain(
        "control-table",
        "检查项对应的条款",
        &columns,
        rows.collect(),
    )
}

fn checklists_of(control: &Control) -> String {
    let names: Vec<_> = control.checklists.iter().map(|c| c.label()).collect();
    names.join("\n")
}

/// Clause by clause: one line for each control that answers for or cites it.
pub(super) fn by_clause_csv(guide: &Guide<'_>) -> io::Result<Vec<u8>> {
    let citing = citing(guide);
    let mut rows =
        vec![["来源制度", "条款", "内容", "检查项", "检查项名称", "关系"].map(str::to_owned)];
    for clause in &guide.catalogue.clauses {
        let (ids, titles) = controls_of(guide, clause, &citing);
        let owner = clause.control.as_deref().unwrap_or_default();
        for (id, title) in ids.split('\n').zip(titles.split('\n')) {
            let relation = match id {
                "" => "",
                id if id == owner => "负责",
                _ => "引用",
            };
            rows.push(
                [
                    source_of(clause),
                    &clause.id,
                    &clause.label,
                    id,
                    title,
                    relation,
                ]
                .map(str::to_owned),
            );
        }
    }
    csv::render(rows)
}

/// Control by control: one line for each of its clauses.
pub(super) fn by_control_csv(guide: &Guide<'_>) -> io::Result<Vec<u8>> {
    let head = [
        "检查项",
        "检查项名称",
        "清单",
        "条款",
        "内容",
        "检查尺度",
        "凭据",
    ];
    let mut rows = vec![head.map(str::to_owned)];
    for compiled in &guide.catalogue.controls {
        let control = &compiled.control;
        for (id, label) in clauses_of(guide, control) {
            rows.push([
                control.id.clone(),
                control.title.clone(),
                checklists_of(control).replace('\n', "、"),
                id,
                label,
                parameters::lines(guide.catalogue, compiled).join("；"),
                checklists::evidence(guide, compiled).replace('\n', "；"),
            ]);
        }
    }
    csv::render(rows)
}
