//! Plan of action and milestones: one item a finding, with the day it is due; what is mended is closed.

use super::elements::{back_matter, metadata, observation, property, risk, title};
use super::ids;
use serde_json::{Map, Value, json};
use zicha_model::results::{Finding, Results};

pub(super) fn document(results: &Results) -> Value {
    let findings = &results.findings;
    let mut plan = Map::new();
    plan.insert("uuid".into(), json!(ids::of_run(results, "plan-of-action")));
    plan.insert("metadata".into(), metadata(results, "整改计划"));
    plan.insert(
        "system-id".into(),
        json!({"identifier-type": ids::OWN, "id": ids::of(&["unit", &results.unit.name])}),
    );
    if !findings.is_empty() {
        let observations: Vec<_> = findings.iter().map(|f| observation(results, f)).collect();
        plan.insert("observations".into(), json!(observations));
        plan.insert("risks".into(), findings.iter().map(risk).collect());
    }
    plan.insert("poam-items".into(), items(results));
    plan.insert("back-matter".into(), back_matter(results));
    json!({"plan-of-action-and-milestones": plan})
}

/// OSCAL wants at least one item, so that a plan without findings says that there are none.
fn items(results: &Results) -> Value {
    if results.findings.is_empty() {
        return json!([{
            "uuid": ids::of_run(results, "no-findings"),
            "title": "没有发现问题",
            "description": "已经判定的检查项中没有发现问题；没有判定的见检查结果。",
        }]);
    }
    results.findings.iter().map(item).collect()
}

fn item(finding: &Finding) -> Value {
    let cell = |column| finding.rectification.cell(column);
    use zicha_model::rectification::Column::{Completed, Due, Measure, Responsible, Status};
    let entered = [
        ("responsible", Responsible),
        ("measure", Measure),
        ("planned-due", Due),
        ("status", Status),
        ("completed", Completed),
    ];
    let mut props = vec![property("due", &finding.due.to_string())];
    let entered = entered
        .into_iter()
        .filter_map(|(name, column)| Some((name, cell(column)?)));
    let entered = entered.map(|(name, said)| (name, super::elements::text(said, "")));
    let entered = entered.filter(|(_, said)| !said.is_empty());
    props.extend(entered.map(|(name, said)| property(name, &said)));
    json!({
        "uuid": ids::of(&["item", &finding.fingerprint]),
        "title": title(finding),
        "description": super::elements::text(&finding.remedy, "按规定整改"),
        "props": props,
        "related-observations": [{"observation-uuid": ids::of(&["observation", &finding.fingerprint])}],
        "related-risks": [{"risk-uuid": ids::of(&["risk", &finding.fingerprint])}],
    })
}
