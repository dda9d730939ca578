//! Assessment results: a finding a control that was judged, with the observations and risks behind it.

use super::elements::{back_matter, metadata, observation, property, risk, text};
use super::ids;
use serde_json::{Map, Value, json};
use zicha_model::{
    results::{ControlResult, Finding, Results, State},
    verdict::Verdict,
};

pub(super) fn document(results: &Results) -> Value {
    json!({"assessment-results": {
        "uuid": ids::of_run(results, "assessment-results"),
        "metadata": metadata(results, "保密自查结果"),
        "import-ap": {"href": format!("#{}", ids::of_run(results, "plan"))},
        "results": [result(results)],
        "back-matter": back_matter(results),
    }})
}

fn result(results: &Results) -> Value {
    let lists: Vec<_> = results
        .run
        .checklists
        .iter()
        .map(|list| list.label())
        .collect();
    let day = ids::moment(results.run.as_of);
    let mut members = Map::new();
    members.insert("uuid".into(), json!(ids::of_run(results, "result")));
    members.insert("title".into(), json!(text(&lists.join("、"), "保密自查")));
    members.insert(
        "description".into(),
        json!("按清单对台账逐项检查的结果；不能判定的不作为符合。"),
    );
    members.insert("start".into(), json!(day));
    members.insert("end".into(), json!(day));
    members.insert("reviewed-controls".into(), reviewed(&results.controls));
    let standing: Vec<_> = results
        .findings
        .iter()
        .filter(|f| f.state != State::Fixed)
        .collect();
    let list = |one: &dyn Fn(&Finding) -> Value| -> Vec<Value> {
        standing.iter().map(|finding| one(finding)).collect()
    };
    let lists = [
        (
            "observations",
            list(&|finding| observation(results, finding)),
        ),
        ("risks", list(&risk)),
        ("findings", findings(results, &standing)),
    ];
    for (name, items) in lists {
        if !items.is_empty() {
            members.insert(name.into(), json!(items));
        }
    }
    Value::Object(members)
}

/// True if the control was looked at in this run.
fn is_judged(control: &ControlResult) -> bool {
    !matches!(
        control.verdict,
        Verdict::NotApplicable | Verdict::NotSelected
    )
}

fn reviewed(controls: &[ControlResult]) -> Value {
    let ids = |judged: bool| -> Vec<Value> {
        let wanted = controls.iter().filter(|c| is_judged(c) == judged);
        wanted.map(|c| json!({"control-id": c.id})).collect()
    };
    let mut selection = Map::new();
    match ids(true) {
        none if none.is_empty() => selection.insert("include-all".into(), json!({})),
        some => selection.insert("include-controls".into(), json!(some)),
    };
    let left_out = ids(false);
    if !left_out.is_empty() {
        selection.insert("exclude-controls".into(), json!(left_out));
    }
    json!({"control-selections": [selection]})
}

fn findings(results: &Results, standing: &[&Finding]) -> Vec<Value> {
    let judged = results.controls.iter().filter(|c| is_judged(c));
    judged
        .map(|control| of_control(results, control, standing))
        .collect()
}

fn of_control(results: &Results, control: &ControlResult, standing: &[&Finding]) -> Value {
    let (state, reason) = match control.verdict {
        Verdict::Pass => ("satisfied", "pass"),
        Verdict::Fail => ("not-satisfied", "fail"),
        // OSCAL knows two states; what is not known to be in order is not satisfied.
        _ => ("not-satisfied", "other"),
    };
    let verdict = serde_json::to_value(control.verdict).unwrap_or_default();
    let mut members = Map::new();
    members.insert(
        "uuid".into(),
        json!(ids::of_run(results, &format!("finding {}", control.id))),
    );
    members.insert("title".into(), json!(text(&control.title, &control.id)));
    members.insert("description".into(), json!(said(control)));
    members.insert(
        "props".into(),
        json!([property("verdict", verdict.as_str().unwrap_or_default())]),
    );
    members.insert(
        "target".into(),
        json!({"type": "objective-id", "target-id": control.id, "status": {"state": state, "reason": reason}}),
    );
    let own = || {
        standing
            .iter()
            .filter(|f| f.control.as_deref() == Some(control.id.as_str()))
    };
    if own().next().is_some() {
        let related = |key: &str, kind: &str| -> Vec<Value> {
            let one = |f: &&Finding| {
                Map::from_iter([(key.to_owned(), json!(ids::of(&[kind, &f.fingerprint])))])
            };
            own().map(|f| Value::Object(one(f))).collect()
        };
        members.insert(
            "related-observations".into(),
            json!(related("observation-uuid", "observation")),
        );
        members.insert("related-risks".into(), json!(related("risk-uuid", "risk")));
    }
    Value::Object(members)
}

fn said(control: &ControlResult) -> String {
    format!(
        "{}：检查 {} 个对象，不符合 {}，不能判定 {}，豁免 {}",
        control.verdict.label(),
        control.subjects,
        control.failed,
        control.unknown,
        control.waived
    )
}
