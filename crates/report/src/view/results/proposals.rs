//! The rows of 奖惩汇总.

use crate::document::blocks::{Row, Table, Tags};
use crate::document::tables;
use crate::view::findings::bases;
use crate::view::source::Source;
use crate::view::words;
use zicha_model::results::{Proposal, ProposalKind};

/// Deciding cells named in a row.
const PLACES: usize = 6;

/// Measures that the present law no longer knows; a band with one of them carries a note.
const OUTDATED: [&str; 2] = ["降职", "留用察看"];

/// The rows of 奖惩汇总; all of them are proposals.
pub(crate) fn table(source: &Source<'_>) -> Table {
    let proposals = source.data.results.discipline.iter().enumerate();
    let rows = proposals.map(|(index, p)| {
        let row = proposal_row(source, index + 1, p);
        match source.data.profile.names_in_proposals {
            true => row,
            false => row.with(1, &without_name(source, &p.subject)),
        }
    });
    let mut table = tables::interactive(
        "proposals",
        "奖惩建议汇总表",
        &words::SUMMARY_COLUMNS,
        rows.collect(),
    );
    table.empty = "本次没有奖惩建议".to_owned();
    table.continued_in("results.json")
}

/// The department of a person, or the department that is proposed for: names stand here only if the profile
/// says so, the working paper and the ledgers have them. Whoever is no department counts as a person.
fn without_name(source: &Source<'_>, subject: &str) -> String {
    match source.is_department(subject) {
        true => subject.to_owned(),
        false => format!("{}1人", source.department_of(subject)),
    }
}

fn proposal_row(source: &Source<'_>, number: usize, proposal: &Proposal) -> Row {
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
            reason(source, proposal),
            bases::cited(source, &proposal.basis, 3),
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

fn reason(source: &Source<'_>, proposal: &Proposal) -> String {
    let shown: Vec<_> = proposal
        .evidence
        .iter()
        .filter(|e| e.file.is_some())
        .collect();
    let shown: Vec<_> = shown.into_iter().take(PLACES).cloned().collect();
    let places = source.short_places(&shown, "").join("；");
    let suspected = match proposal.kind {
        ProposalKind::Penalty if !proposal.reason.starts_with("涉嫌") => "涉嫌：",
        _ => "",
    };
    let told = format!("{suspected}{}", proposal.reason);
    match places.as_str() {
        "" => told,
        places => format!("{told}（见{places}）"),
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
