//! Reward and penalty proposals: never decisions. Bands, circumstances and clauses are data
//! (`checklists/discipline/proposals.yaml`).

mod decision;
mod evidence;
mod grounds;

use crate::{input::Input, records::Records};
use decision::Case;
use grounds::IncidentDuty;
pub(super) use grounds::{Grounds, parse};
use zicha_engine::{Outcome, Suggestion};
use zicha_model::{
    plan::Period,
    results::{Proposal, ProposalKind},
    schema::Schemas,
};

/// Cells that a case's proposal shows as evidence.
const CASE_FIELDS: [&str; 5] = [
    "case_id",
    "person",
    "violation_type",
    "leaked_level",
    "gravity",
];

/// All proposals: penalties for the cases of the period and those still undecided, rewards for the
/// records that the controls suggested. Sorted: rewards first, then by subject and reason.
pub(super) fn propose(
    grounds: &Grounds,
    input: &Input<'_>,
    outcomes: &[Outcome],
    unit_kind: &str,
) -> Vec<Proposal> {
    let schemas = &input.catalogue.schemas;
    let mut proposals = Vec::new();
    if let Some(rewards) = Records::of(schemas, input.dataset, "rewards") {
        let suggested = outcomes
            .iter()
            .flat_map(|o| &o.suggestions)
            .filter(|s| s.subject.ledger == "rewards");
        proposals.extend(suggested.map(|s| reward(grounds, rewards, s)));
    }
    if let Some(cases) = Records::of(schemas, input.dataset, "punishments") {
        let period = input
            .plan
            .annual
            .or(input.plan.festival.as_ref().map(|(period, _)| *period));
        let due = cases.rows().filter(|&row| concerns(cases, row, period));
        proposals.extend(due.map(|row| penalty(grounds, input, cases, row, unit_kind)));
    }
    if input.plan.annual.is_some() {
        proposals.extend(evidence::incidents(grounds, input, outcomes));
        proposals.extend(evidence::commendations(grounds, input, outcomes));
    }
    let key = |p: &Proposal| {
        (
            p.kind,
            p.subject.clone(),
            p.reason.clone(),
            p.evidence.clone(),
        )
    };
    proposals.sort_by_cached_key(key);
    proposals
}

/// A case of the period, or one without a decision.
fn concerns(cases: Records<'_>, row: u32, period: Option<Period>) -> bool {
    let in_period = match (cases.day(row, "violation_on"), period) {
        (Some(day), Some(period)) => period.contains(day),
        _ => true,
    };
    in_period || cases.day(row, "decided_on").is_none()
}

fn reward(grounds: &Grounds, rewards: Records<'_>, suggestion: &Suggestion) -> Proposal {
    let row = suggestion.row;
    let condition = rewards.choice(row, "condition").unwrap_or_default();
    let basis = grounds
        .rewards
        .iter()
        .find(|r| r.condition == condition)
        .map(|r| r.basis.clone());
    let reason = [
        rewards.text(row, "condition"),
        rewards.text(row, "evidence"),
    ];
    Proposal {
        kind: ProposalKind::Reward,
        subject: rewards
            .text(row, "recipient")
            .unwrap_or_else(|| "对象未填".to_owned()),
        reason: reason.into_iter().flatten().collect::<Vec<_>>().join(":"),
        basis: basis.unwrap_or_default(),
        from: rewards
            .text(row, "award_types")
            .unwrap_or_else(|| grounds.default_award.clone()),
        to: String::new(),
        aggravating: Vec::new(),
        evidence: suggestion.evidence.clone(),
        category: None,
        decided: String::new(),
        decided_by: rewards.text(row, "approved_by"),
        decided_on: rewards.day(row, "awarded_on"),
    }
}

/// The measures a case calls for.
struct Measures {
    from: String,
    to: String,
    basis: Vec<String>,
    notes: Vec<String>,
}

fn penalty(
    grounds: &Grounds,
    input: &Input<'_>,
    cases: Records<'_>,
    row: u32,
    unit_kind: &str,
) -> Proposal {
    let schemas = &input.catalogue.schemas;
    let case = Case { input, cases, row };
    let mut measures = measures(grounds, schemas, case, unit_kind);
    let (weighing, weighing_basis): (Vec<_>, Vec<_>) = grounds
        .aggravating
        .iter()
        .filter(|circumstance| cases.yes(row, &circumstance.field))
        .map(|circumstance| {
            (
                format!("从重：{}", circumstance.text),
                circumstance.basis.clone(),
            )
        })
        .unzip();
    measures.basis.extend(weighing_basis);
    let mut aggravating = weighing;
    aggravating.extend(case.repeats());
    let decided = cases.text(row, "measures").unwrap_or_default();
    let weighed = !aggravating.is_empty();
    aggravating.extend(case.compare(grounds, &measures, weighed));
    aggravating.extend(case.missing(grounds));
    aggravating.append(&mut measures.notes);
    Proposal {
        kind: ProposalKind::Penalty,
        subject: person_name(input, cases, row),
        reason: reason(cases, row),
        basis: measures.basis,
        from: measures.from,
        to: measures.to,
        aggravating,
        evidence: CASE_FIELDS
            .iter()
            .filter_map(|field| cases.evidence(row, field))
            .collect(),
        category: person_field(input, cases, row, "category"),
        decided,
        decided_by: cases.text(row, "decided_by"),
        decided_on: cases.day(row, "decided_on"),
    }
}

/// The band for the case: crime before leak, leak by level, anything else by gravity.
fn measures(grounds: &Grounds, schemas: &Schemas, case: Case<'_>, unit_kind: &str) -> Measures {
    let Case { cases, row, .. } = case;
    let label = |id: &str| measure_label(schemas, id);
    if cases.yes(row, "is_crime") {
        let judicial = &grounds.judicial;
        return Measures {
            from: label(&judicial.measure),
            to: label(&judicial.measure),
            basis: judicial.basis.clone(),
            notes: vec![judicial.text.clone()],
        };
    }
    let banded = grounds.band_unit_types.iter().any(|kind| kind == unit_kind);
    let own_list = unit_kind == "enterprise";
    if cases.choice(row, "violation_type") == Some("leak") && (banded || !own_list) {
        return leak_measures(
            grounds,
            schemas,
            cases.choice(row, "leaked_level"),
            unit_kind,
        );
    }
    // A minor offence that is not the first is taken as a serious one (000 G四.2).
    let gravity = match cases.choice(row, "gravity") {
        Some("minor") if case.is_repeat() => Some("serious"),
        gravity => gravity,
    };
    let Some(other) = grounds
        .others
        .iter()
        .find(|o| Some(o.gravity.as_str()) == gravity)
    else {
        return undecidable("情节未填，无法提出档次");
    };
    let heaviest = other
        .enterprise_to
        .as_ref()
        .filter(|_| own_list)
        .unwrap_or(&other.to);
    let own = grounds.enterprise_note.clone();
    Measures {
        from: label(&other.from),
        to: label(heaviest),
        basis: other.basis.clone(),
        notes: own_list.then_some(own).into_iter().collect(),
    }
}

fn leak_measures(
    grounds: &Grounds,
    schemas: &Schemas,
    level: Option<&str>,
    unit_kind: &str,
) -> Measures {
    if !grounds.band_unit_types.iter().any(|kind| kind == unit_kind) {
        return undecidable(
            "本单位性质不适用国家工作人员处分幅度（或未填单位性质），按本单位制度处理",
        );
    }
    let Some(band) = grounds
        .bands
        .iter()
        .find(|band| Some(band.level.as_str()) == level)
    else {
        return undecidable("泄露事项的密级未填或不属国家秘密，无法提出档次");
    };
    Measures {
        from: measure_label(schemas, &band.from),
        to: measure_label(schemas, &band.to),
        basis: band.basis.clone(),
        notes: band.note.iter().cloned().collect(),
    }
}

fn undecidable(why: &str) -> Measures {
    Measures {
        from: String::new(),
        to: String::new(),
        basis: Vec::new(),
        notes: vec![why.to_owned()],
    }
}

/// What happened: kind of violation, level, gravity.
fn reason(cases: Records<'_>, row: u32) -> String {
    let mut parts = vec![
        cases
            .text(row, "violation_type")
            .unwrap_or_else(|| "违规类型未填".to_owned()),
    ];
    parts.extend(
        cases
            .text(row, "leaked_level")
            .map(|level| format!("涉及{level}级事项")),
    );
    parts.extend(
        cases
            .text(row, "gravity")
            .map(|gravity| format!("情节{gravity}")),
    );
    parts.extend(
        cases
            .text(row, "violation_on")
            .map(|day| format!("违规日期 {day}")),
    );
    parts.join(",")
}

fn person_name(input: &Input<'_>, cases: Records<'_>, row: u32) -> String {
    person_field(input, cases, row, "name")
        .or_else(|| cases.text(row, "person"))
        .unwrap_or_else(|| "人员未填".to_owned())
}

/// A field of the person's record in the register.
fn person_field(input: &Input<'_>, cases: Records<'_>, row: u32, field: &str) -> Option<String> {
    let person = cases.sym(row, "person")?;
    let register = Records::of(&input.catalogue.schemas, input.dataset, "personnel")?;
    let at = register
        .rows()
        .find(|&at| register.sym(at, "person_id") == Some(person))?;
    register.text(at, field)
}

fn measure_label(schemas: &Schemas, id: &str) -> String {
    measure(schemas, |v| v.id == id).map_or_else(|| id.to_owned(), |v| v.label.clone())
}

fn measure_rank(schemas: &Schemas, id: &str) -> Option<i32> {
    measure(schemas, |v| v.id == id)?.rank
}

fn measure_rank_by_label(schemas: &Schemas, label: &str) -> Option<i32> {
    measure(schemas, |v| v.label == label)?.rank
}

fn measure(
    schemas: &Schemas,
    wanted: impl Fn(&zicha_model::schema::EnumValue) -> bool,
) -> Option<&zicha_model::schema::EnumValue> {
    let measures = schemas.enum_by_id("measure")?;
    schemas
        .enumeration(measures)
        .values
        .iter()
        .find(|v| wanted(v))
}
