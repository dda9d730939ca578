//! What both documents have: metadata, the files read, observations and risks of findings.

use super::ids::{self, OWN, moment};
use serde_json::{Map, Value, json};
use zicha_model::results::{Evidence, Finding, Results, State};

/// Version of OSCAL whose schema the documents follow.
const VERSION: &str = "1.1.3";

/// Title, stamp and the unit as a party.
pub(super) fn metadata(results: &Results, title: &str) -> Value {
    let unit = text(&results.unit.name, "未写明单位名称");
    json!({
        "title": format!("{unit} {title}"),
        "last-modified": moment(results.run.as_of),
        "version": results.run.as_of,
        "oscal-version": VERSION,
        "props": [property("tool-version", &format!("{} {}", results.tool.name, results.tool.version))],
        "parties": [{"uuid": ids::of(&["unit", &results.unit.name]), "type": "organization", "name": unit}],
    })
}

/// A property in our namespace.
pub(super) fn property(name: &str, value: &str) -> Value {
    json!({"name": name, "ns": OWN, "value": value})
}

/// The text on one line, or what stands in for an empty one: OSCAL has no empty texts.
pub(super) fn text(text: &str, instead: &str) -> String {
    let line: Vec<_> = text.split_whitespace().collect();
    if line.is_empty() {
        instead.to_owned()
    } else {
        line.join(" ")
    }
}

/// The ledgers read, and the checklist as the plan that was followed.
pub(super) fn back_matter(results: &Results) -> Value {
    let files = results.inputs.iter().map(|input| {
        json!({
            "uuid": file(&input.path),
            "title": input.path,
            "rlinks": [{"href": input.path, "hashes": [{"algorithm": "SHA-256", "value": input.digests.sha256}]}],
        })
    });
    let plan = json!({
        "uuid": ids::of_run(results, "plan"),
        "title": "检查标准",
        "description": packs(results),
    });
    let resources: Vec<_> = [plan].into_iter().chain(files).collect();
    json!({"resources": resources})
}

fn packs(results: &Results) -> String {
    let packs = results.run.packs.iter();
    let packs: Vec<_> = packs
        .map(|p| format!("{} {} {}", p.id, p.version, p.sha256))
        .collect();
    text(&packs.join("；"), "没有写明")
}

fn file(path: &str) -> String {
    ids::of(&["file", path])
}

/// What was seen: one observation a finding, with the cells.
pub(super) fn observation(results: &Results, finding: &Finding) -> Value {
    let mut members = Map::new();
    members.insert(
        "uuid".into(),
        json!(ids::of(&["observation", &finding.fingerprint])),
    );
    members.insert("title".into(), json!(title(finding)));
    members.insert(
        "description".into(),
        json!(text(&finding.message, "见证据")),
    );
    members.insert("props".into(), props(finding));
    members.insert("methods".into(), json!(["EXAMINE"]));
    members.insert("types".into(), json!(["finding"]));
    let known = |path: &str| results.inputs.iter().any(|input| input.path == path);
    let seen: Vec<_> = finding
        .evidence
        .iter()
        .map(|e| evidence(e, &known))
        .collect();
    if !seen.is_empty() {
        members.insert("relevant-evidence".into(), json!(seen));
    }
    members.insert("collected".into(), json!(moment(results.run.as_of)));
    Value::Object(members)
}

fn evidence(evidence: &Evidence, known: &dyn Fn(&str) -> bool) -> Value {
    let place = [&evidence.file, &evidence.sheet].into_iter().flatten();
    let mut place: Vec<String> = place.cloned().collect();
    if let Some(row) = evidence.row {
        place.push(format!(
            "{}{row}",
            evidence.column.as_deref().unwrap_or("第")
        ));
    }
    place.push(evidence.field.clone());
    let said = format!("{}：{}", place.join(" "), text(&evidence.value, "（空）"));
    match evidence.file.as_deref().filter(|path| known(path)) {
        Some(path) => json!({"href": format!("#{}", file(path)), "description": said}),
        None => json!({"description": said}),
    }
}

fn props(finding: &Finding) -> Value {
    let subject = &finding.subject;
    let state = serde_json::to_value(finding.state).unwrap_or_default();
    let named = [
        ("fingerprint", Some(finding.fingerprint.as_str())),
        ("severity", Some(finding.severity.label())),
        ("state", state.as_str()),
        ("control", finding.control.as_deref()),
        ("ledger", Some(subject.ledger.as_str())),
        ("key", Some(subject.key.as_str())),
        ("department", finding.department()),
        ("person", subject.person.as_deref()),
    ];
    let named = named
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)));
    let named = named.map(|(name, value)| (name, text(value, "")));
    let named = named.filter(|(_, value)| !value.is_empty());
    named.map(|(name, value)| property(name, &value)).collect()
}

/// The sentence of a finding.
pub(super) fn title(finding: &Finding) -> String {
    text(&finding.problem, &text(&finding.message, "发现的问题"))
}

/// What follows from a finding: open until proven mended, with remedy and the day it is due.
pub(super) fn risk(finding: &Finding) -> Value {
    let status = match finding.state {
        _ if finding.waived => "deviation-approved",
        State::Fixed => "closed",
        _ => "open",
    };
    json!({
        "uuid": ids::of(&["risk", &finding.fingerprint]),
        "title": title(finding),
        "description": text(&finding.message, "见证据"),
        "statement": text(&finding.expected, "按规定办理"),
        "props": props(finding),
        "status": status,
        "deadline": moment(finding.due),
        "remediations": [{
            "uuid": ids::of(&["remediation", &finding.fingerprint]),
            "lifecycle": "recommendation",
            "title": "整改办法",
            "description": text(&finding.remedy, "按规定整改"),
        }],
        "related-observations": [{"observation-uuid": ids::of(&["observation", &finding.fingerprint])}],
    })
}
