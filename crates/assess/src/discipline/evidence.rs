//! Proposals that no one has entered as a case: incidents reported late or concealed, and
//! commendations that the ledgers give evidence for.

use super::{Grounds, IncidentDuty, Input, Records, measure_label, person_field};
use std::collections::BTreeSet;
use zicha_engine::Outcome;
use zicha_model::{
    control::ParameterValue,
    results::{Evidence, Proposal, ProposalKind},
};

/// Penalties for incidents reported late or concealed, one an incident and duty.
pub(super) fn incidents(
    grounds: &Grounds,
    input: &Input<'_>,
    outcomes: &[Outcome],
) -> Vec<Proposal> {
    let schemas = &input.catalogue.schemas;
    let Some(incidents) = Records::of(schemas, input.dataset, "incidents") else {
        return Vec::new();
    };
    let duties = grounds.incidents.iter();
    duties
        .flat_map(|duty| {
            let mine = outcomes.iter().filter(|outcome| {
                input.catalogue.controls[outcome.control].control.id == duty.control
            });
            mine.flat_map(|outcome| &outcome.violations)
                .map(|violation| {
                    let key = violation.subject.key.as_str();
                    let row = incidents
                        .rows()
                        .find(|&row| incidents.text(row, "incident_id").as_deref() == Some(key));
                    late(
                        grounds,
                        input,
                        duty,
                        incidents,
                        row,
                        violation.evidence.clone(),
                    )
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

fn late(
    grounds: &Grounds,
    input: &Input<'_>,
    duty: &IncidentDuty,
    incidents: Records<'_>,
    row: Option<u32>,
    evidence: Vec<Evidence>,
) -> Proposal {
    let schemas = &input.catalogue.schemas;
    let of = |field| row.and_then(|row| incidents.text(row, field));
    let concealed = row.is_some_and(|row| incidents.yes(row, "concealed"));
    let gravity = if concealed {
        &duty.concealed
    } else {
        &duty.gravity
    };
    let other = grounds.others.iter().find(|o| &o.gravity == gravity);
    let label = |id: &str| measure_label(schemas, id);
    let mut notes = Vec::new();
    if concealed {
        notes.push("从重：登记为迟报瞒报".to_owned());
    }
    notes.push("作出决定尚缺：应当报告的责任人、迟报原因".to_owned());
    let id = of("incident_id").unwrap_or_default();
    let case = Records::of(schemas, input.dataset, "punishments").is_some_and(|cases| {
        let mut rows = cases.rows();
        rows.any(|case| !id.is_empty() && cases.text(case, "incident_id").as_ref() == Some(&id))
    });
    notes.push(if case {
        "违规处理登记表已有该事件的案件，一并研究".to_owned()
    } else {
        "违规处理登记表中没有该事件的案件".to_owned()
    });
    Proposal {
        kind: ProposalKind::Penalty,
        subject: named(input, of("responsible"))
            .unwrap_or_else(|| "事件报告责任人（待查明）".to_owned()),
        reason: format!("{}，事件 {id}", duty.text),
        basis: duty.basis.clone(),
        from: other.map_or_else(String::new, |o| label(&o.from)),
        to: other.map_or_else(String::new, |o| label(&o.to)),
        aggravating: notes,
        evidence,
        category: None,
        decided: String::new(),
        decided_by: None,
        decided_on: None,
    }
}

/// Person ids as names.
fn named(input: &Input<'_>, ids: Option<String>) -> Option<String> {
    let register = Records::of(&input.catalogue.schemas, input.dataset, "personnel");
    let name = |id: &str| {
        let register = register?;
        let mut rows = register.rows();
        let row = rows.find(|&row| register.text(row, "person_id").as_deref() == Some(id))?;
        register.text(row, "name")
    };
    let names: Vec<_> = ids?
        .split('、')
        .map(|id| name(id).unwrap_or_else(|| id.to_owned()))
        .collect();
    Some(names.join("、"))
}

/// Commendations that the ledgers give evidence for and nobody has entered.
pub(super) fn commendations(
    grounds: &Grounds,
    input: &Input<'_>,
    outcomes: &[Outcome],
) -> Vec<Proposal> {
    let mut proposals = remedies(grounds, input, outcomes);
    proposals.extend(custodians(grounds, input));
    proposals
}

/// Incidents of the year that were mended in time, or that came to light by a report.
fn remedies(grounds: &Grounds, input: &Input<'_>, outcomes: &[Outcome]) -> Vec<Proposal> {
    let Some(incidents) = Records::of(&input.catalogue.schemas, input.dataset, "incidents") else {
        return Vec::new();
    };
    let late: BTreeSet<_> = outcomes
        .iter()
        .filter(|o| {
            ["INC-001", "INC-003"]
                .contains(&input.catalogue.controls[o.control].control.id.as_str())
        })
        .flat_map(|o| &o.violations)
        .map(|v| v.subject.key.as_str())
        .collect();
    let mut proposals = Vec::new();
    for row in incidents.rows() {
        let in_year = incidents
            .moment_day(row, "discovered_at")
            .is_some_and(|day| day.year() == input.plan.year);
        let id = incidents.text(row, "incident_id").unwrap_or_default();
        if !in_year || late.contains(id.as_str()) {
            continue;
        }
        if incidents.text(row, "remedied_at").is_some() && incidents.text(row, "remedy").is_some() {
            let fields = ["incident_id", "remedied_at", "remedy"];
            let reason = format!("事件 {id} 发现后及时报告并采取补救措施");
            proposals.extend(commend(
                grounds,
                input,
                "c3_remedy",
                &reason,
                incidents,
                row,
                &fields,
            ));
        }
        let summary = incidents.text(row, "summary").unwrap_or_default();
        if ["举报", "检举"].iter().any(|word| summary.contains(word)) {
            let reason = format!("事件 {id} 由举报、检举发现");
            proposals.extend(commend(
                grounds,
                input,
                "c2_report",
                &reason,
                incidents,
                row,
                &["incident_id", "summary"],
            ));
        }
    }
    proposals
}

/// A commendation without a name, unless the year's rewards have one for the same condition.
fn commend(
    grounds: &Grounds,
    input: &Input<'_>,
    condition: &str,
    reason: &str,
    records: Records<'_>,
    row: u32,
    fields: &[&str],
) -> Option<Proposal> {
    let rewards = Records::of(&input.catalogue.schemas, input.dataset, "rewards");
    let entered = rewards.is_some_and(|rewards| {
        let mut rows = rewards.rows();
        rows.any(|row| {
            let year = rewards.day(row, "event_on").map(|day| day.year());
            rewards.choice(row, "condition") == Some(condition) && year == Some(input.plan.year)
        })
    });
    let evidence = fields
        .iter()
        .filter_map(|field| records.evidence(row, field));
    (!entered).then(|| Proposal {
        evidence: evidence.collect(),
        aggravating: vec!["作出决定尚缺：当事人姓名、事迹核实材料".to_owned()],
        ..reward(grounds, condition, "当事人（待查明）", reason)
    })
}

/// Full-time custodians with years of service and no case or incident of their own.
fn custodians(grounds: &Grounds, input: &Input<'_>) -> Vec<Proposal> {
    let schemas = &input.catalogue.schemas;
    let Some(register) = Records::of(schemas, input.dataset, "personnel") else {
        return Vec::new();
    };
    let years = match input
        .catalogue
        .parameters
        .get("custodian_years")
        .map(|p| &p.value)
    {
        Some(ParameterValue::Integer(years)) => i32::try_from(*years).unwrap_or(5),
        _ => 5,
    };
    let spoken_for = spoken_for(input);
    let long = register.rows().filter_map(|row| {
        let since = register.day(row, "on_post_since")?;
        let on_post = register.choice(row, "status") == Some("on_post");
        let full_time = register.yes(row, "is_full_time");
        (on_post && full_time && since.add_months(12 * years) <= input.plan.as_of)
            .then_some((row, since))
    });
    let proposals = long.filter_map(|(row, since)| {
        let id = register.text(row, "person_id")?;
        let name = register.text(row, "name")?;
        if spoken_for.contains(&id) || spoken_for.contains(&name) {
            return None;
        }
        let fields = ["name", "is_full_time", "on_post_since"];
        let reason =
            format!("专职从事保密工作满 {years} 年（自 {since} 起），台账中没有责任事件和违规记录");
        Some(Proposal {
            evidence: fields
                .iter()
                .filter_map(|f| register.evidence(row, f))
                .collect(),
            aggravating: vec!["作出决定尚缺：事迹核实材料".to_owned()],
            category: person_field_of(register, row),
            ..reward(grounds, "c7_custodian", &name, &reason)
        })
    });
    proposals.collect()
}

fn person_field_of(register: Records<'_>, row: u32) -> Option<String> {
    register.text(row, "category")
}

/// Persons with a case, an incident or an entered reward, by id or name.
fn spoken_for(input: &Input<'_>) -> BTreeSet<String> {
    let ledgers = [
        ("punishments", "person"),
        ("incidents", "responsible"),
        ("rewards", "recipient"),
    ];
    let mut names = BTreeSet::new();
    for (ledger, field) in ledgers {
        if let Some(records) = Records::of(&input.catalogue.schemas, input.dataset, ledger) {
            for row in records.rows() {
                let text = records.text(row, field).unwrap_or_default();
                names.extend(text.split('、').map(str::to_owned));
                if ledger == "punishments" {
                    names.extend(person_field(input, records, row, "name"));
                }
            }
        }
    }
    names
}

fn reward(grounds: &Grounds, condition: &str, subject: &str, reason: &str) -> Proposal {
    let basis = grounds.rewards.iter().find(|r| r.condition == condition);
    Proposal {
        kind: ProposalKind::Reward,
        subject: subject.to_owned(),
        reason: reason.to_owned(),
        basis: basis.map(|r| r.basis.clone()).unwrap_or_default(),
        from: grounds.default_award.clone(),
        to: String::new(),
        aggravating: Vec::new(),
        evidence: Vec::new(),
        category: None,
        decided: String::new(),
        decided_by: None,
        decided_on: None,
    }
}
