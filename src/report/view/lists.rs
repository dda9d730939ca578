//! The rows of 整改清单 and 奖惩汇总.

use super::{Row, Table, Tags, problems, source, source::Source, tables, words};
use crate::model::results::{Finding, Proposal, ProposalKind, State};

/// Deciding cells named in a row; more are counted.
const PLACES: usize = 6;

/// Measures that the present law no longer knows; a band with one of them carries a note.
const OUTDATED: [&str; 2] = ["降职", "留用察看"];

/// The three parts of 整改清单: 新增, 推进落实, 已办结销号.
pub(super) fn rectification(source: &Source<'_>) -> [Table; 3] {
    let part = |id, caption, states: &[State]| {
        let findings = source.data.results.findings.iter();
        let mut findings: Vec<_> = findings
            .filter(|f| !f.waived && states.contains(&f.state))
            .collect();
        findings.sort_by_key(|f| (std::cmp::Reverse(f.severity), f.due));
        let numbered = findings.iter().enumerate();
        let rows = numbered.map(|(index, f)| rectification_row(source, index + 1, f));
        tables::interactive(id, caption, &words::LIST_COLUMNS, rows.collect())
            .continued_in("整改清单.xlsx 和 results.json")
    };
    [
        part("new", "新增问题", &[State::New]),
        part("open", "推进落实的问题", &[State::Open, State::Reopened]),
        part("fixed", "已办结销号的问题", &[State::Fixed]),
    ]
}

fn rectification_row(source: &Source<'_>, number: usize, finding: &Finding) -> Row {
    let department = problems::department(finding);
    let blank = String::new;
    Row {
        cells: vec![
            number.to_string(),
            problem_text(source, finding),
            basis(source, finding),
            places(source, finding),
            finding.found.to_string(),
            finding.severity.label().to_owned(),
            department.clone(),
            finding.subject.person.clone().unwrap_or_default(),
            source.leader(&department),
            finding.remedy.clone(),
            due(finding),
            status(finding).to_owned(),
            blank(),
            blank(),
            blank(),
            remark(source, finding),
        ],
        tags: tags(source, finding),
    }
}

/// What a finding's row is filtered by.
pub(super) fn tags(source: &Source<'_>, finding: &Finding) -> Tags {
    Tags {
        severity: words::severity_id(finding.severity).to_owned(),
        department: problems::department(finding),
        chapter: source.chapter(finding.control.as_deref()).to_string(),
        state: words::state_id(finding.state).to_owned(),
        control: finding.control.clone().unwrap_or_default(),
        fingerprint: finding.fingerprint.clone(),
        anchor: format!("f-{}", finding.fingerprint),
        link: match &finding.control {
            Some(id) => format!("自查报告.html#p-{id}"),
            None => String::new(),
        },
    }
}

/// The message, and what it does not say by itself.
fn problem_text(source: &Source<'_>, finding: &Finding) -> String {
    let mut text = finding.message.clone();
    if !text.contains(&finding.subject.key) {
        text.push_str(&format!("\n{}", problems::subject(source, finding)));
    }
    if !finding.expected.is_empty() {
        text.push_str(&format!("\n应为：{}", finding.expected));
    }
    let actual = problems::actual(finding);
    if !actual.is_empty() {
        text.push_str(&format!("\n实为：{actual}"));
    }
    text
}

fn basis(source: &Source<'_>, finding: &Finding) -> String {
    let Some(id) = &finding.control else {
        return "台账填写要求".to_owned();
    };
    let clauses = source.control(id).map(|c| c.basis.join("；"));
    format!("{id}\n{}", clauses.unwrap_or_default())
}

/// The same with the first clauses only, for a paper that is handed out.
pub(super) fn short_basis(source: &Source<'_>, finding: &Finding) -> String {
    let control = finding.control.as_deref().and_then(|id| source.control(id));
    control.map_or_else(
        || basis(source, finding),
        |c| format!("{}\n{}", c.id, tables::some_of(&c.basis, 3, "条")),
    )
}

/// One cell a line: `台账/收文.xlsx 工作表“2026” F47（登记日期：2026-03-09）`.
fn places(source: &Source<'_>, finding: &Finding) -> String {
    let ledger = &finding.subject.ledger;
    let told = finding.evidence.iter().take(PLACES).map(|cell| {
        let told = source.place(cell, ledger);
        match source::address(cell) {
            Some(place) => format!("{place}（{}：{}）", told.field, told.value),
            None => format!("{}（{}）", told.place, told.value),
        }
    });
    let mut lines: Vec<_> = told.collect();
    if finding.evidence.len() > PLACES {
        lines.push(format!("等{}处", finding.evidence.len()));
    }
    lines.join("\n")
}

pub(super) fn due(finding: &Finding) -> String {
    if finding.due <= finding.found {
        "立行立改".to_owned()
    } else {
        finding.due.to_string()
    }
}

/// The state as 完成情况 words it. Proof in the data is not the sign-off, which people give.
fn status(finding: &Finding) -> &'static str {
    match finding.state {
        State::New | State::Open | State::Reopened => "待整改",
        State::Fixed => "已完成",
    }
}

fn remark(source: &Source<'_>, finding: &Finding) -> String {
    let state = match finding.state {
        State::New => "",
        State::Open => "上次检查已发现，仍未整改",
        State::Reopened => "曾整改到位，再次出现",
        State::Fixed => "台账显示已符合要求，待复核人确认后销号",
    };
    let late = finding.state != State::Fixed && finding.due < source.data.plan.as_of;
    let late = if late && finding.due > finding.found {
        "已超过整改时限"
    } else {
        ""
    };
    let parts = [state, late].into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("；")
}

/// The rows of 奖惩汇总; all of them are proposals.
pub(super) fn proposals(source: &Source<'_>) -> Table {
    let proposals = source.data.results.discipline.iter().enumerate();
    let rows = proposals.map(|(index, p)| proposal_row(index + 1, p));
    let mut table = tables::interactive(
        "proposals",
        "奖惩建议汇总表",
        &words::SUMMARY_COLUMNS,
        rows.collect(),
    );
    table.empty = "本次没有奖惩建议".to_owned();
    table.continued_in("results.json")
}

fn proposal_row(number: usize, proposal: &Proposal) -> Row {
    let kind = match proposal.kind {
        ProposalKind::Reward => "奖",
        ProposalKind::Penalty => "惩",
    };
    Row {
        cells: vec![
            number.to_string(),
            proposal.subject.clone(),
            proposal.category.clone().unwrap_or_default(),
            kind.to_owned(),
            reason(proposal),
            proposal.basis.join("；"),
            band(proposal),
            proposal.aggravating.join("\n"),
            proposal.decided_by.clone().unwrap_or_default(),
            proposal
                .decided_on
                .map_or_else(String::new, |day| day.to_string()),
            note(proposal),
        ],
        tags: Tags {
            state: kind.to_owned(),
            ..Tags::default()
        },
    }
}

fn reason(proposal: &Proposal) -> String {
    let places = proposal.evidence.iter().filter_map(source::address);
    let places: Vec<_> = places.collect();
    let suspected = match proposal.kind {
        ProposalKind::Penalty if !proposal.reason.starts_with("涉嫌") => "涉嫌：",
        _ => "",
    };
    let told = format!("{suspected}{}", proposal.reason);
    match tables::some_of(&places, 3, "处") {
        places if places.is_empty() => told,
        places => format!("{told}\n证据：{places}"),
    }
}

/// `警告至记过`, or the one measure that the band is.
fn band(proposal: &Proposal) -> String {
    if proposal.to.is_empty() || proposal.to == proposal.from {
        return proposal.from.clone();
    }
    format!("{}至{}", proposal.from, proposal.to)
}

fn note(proposal: &Proposal) -> String {
    let suggestion = match proposal.kind {
        ProposalKind::Reward => "建议，由有权机关决定",
        ProposalKind::Penalty => "建议，由有权机关认定和决定",
    };
    let mut notes = vec![suggestion.to_owned()];
    if !proposal.decided.is_empty() {
        notes.push(format!("已有决定：{}", proposal.decided));
    }
    let band = [&proposal.from, &proposal.to];
    let outdated = OUTDATED.iter().any(|m| band.iter().any(|b| b.contains(m)));
    if outdated && proposal.kind == ProposalKind::Penalty {
        notes.push("依据本单位制度，须核对现行规定".to_owned());
    }
    notes.join("；")
}
