//! The results in OSCAL (NIST's Open Security Controls Assessment Language), for systems of a bureau
//! that collect assessments of many kinds: assessment results, and plan of action and milestones.
//!
//! What enters: [`Results`]. What leaves: two JSON files. Identifiers are UUIDs of version 5, made from
//! the content, so that the same run gives the same bytes and the same finding keeps its identifier.
//! Words that OSCAL does not have (verdict, fingerprint, cell) are properties in our own namespace.

mod action_plan;
mod assessment;
mod elements;
mod ids;

use serde_json::Value;
use zicha_model::results::Results;

/// File names.
pub(crate) const ASSESSMENT: &str = "oscal-assessment-results.json";
/// The plan of action and milestones.
pub(crate) const ACTION_PLAN: &str = "oscal-poam.json";

/// Both files, by name.
pub(crate) fn render(results: &Results) -> serde_json::Result<[(String, Vec<u8>); 2]> {
    Ok([
        (
            ASSESSMENT.to_owned(),
            bytes(&assessment::document(results))?,
        ),
        (
            ACTION_PLAN.to_owned(),
            bytes(&action_plan::document(results))?,
        ),
    ])
}

fn bytes(document: &Value) -> serde_json::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(document)?;
    bytes.push(b'\n');
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Fixture;
    use std::collections::BTreeSet;

    fn documents() -> [Value; 2] {
        let fixture = Fixture::annual();
        let files = render(&fixture.results).expect("JSON");
        files.map(|(_, bytes)| serde_json::from_slice(&bytes).expect("JSON"))
    }

    /// Every value under a key, however deep.
    fn under<'v>(value: &'v Value, key: &str, found: &mut Vec<&'v str>) {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    if name == key {
                        found.extend(member.as_str());
                    }
                    under(member, key, found);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| under(item, key, found)),
            _ => {}
        }
    }

    fn all<'v>(value: &'v Value, key: &str) -> Vec<&'v str> {
        let mut found = Vec::new();
        under(value, key, &mut found);
        found
    }

    #[test]
    fn identifiers_are_of_version_five_unique_and_every_reference_leads_somewhere() {
        for document in documents() {
            let own = all(&document, "uuid");
            assert!(!own.is_empty());
            for id in &own {
                assert_eq!((id.len(), &id[14..15]), (36, "5"), "{id}");
                assert!(matches!(&id[19..20], "8" | "9" | "a" | "b"), "{id}");
            }
            let unique: BTreeSet<_> = own.iter().copied().collect();
            assert_eq!(unique.len(), own.len());
            for key in [
                "observation-uuid",
                "risk-uuid",
                "finding-uuid",
                "subject-uuid",
            ] {
                for reference in all(&document, key) {
                    assert!(unique.contains(reference), "{key} {reference}");
                }
            }
        }
    }

    /// Arrays must not be empty in OSCAL, nor texts of one line.
    #[test]
    fn nothing_is_empty() {
        fn look(value: &Value, path: &str) {
            match value {
                Value::Object(members) => {
                    for (name, member) in members {
                        look(member, &format!("{path}/{name}"));
                    }
                }
                Value::Array(items) => {
                    assert!(!items.is_empty(), "{path}");
                    items.iter().for_each(|item| look(item, path));
                }
                Value::String(text) => assert!(!text.trim().is_empty(), "{path}"),
                _ => {}
            }
        }
        documents().iter().for_each(|document| look(document, ""));
    }

    #[test]
    fn what_could_not_be_decided_is_not_satisfied() {
        let [document, _] = documents();
        let findings = &document["assessment-results"]["results"][0]["findings"];
        let mut undecided = 0;
        for finding in findings.as_array().expect("findings") {
            let status = &finding["target"]["status"];
            let verdict = finding["props"][0]["value"].as_str().expect("a verdict");
            let state = status["state"].as_str().expect("a state");
            assert_eq!(state == "satisfied", verdict == "pass", "{finding}");
            undecided += usize::from(matches!(verdict, "unknown" | "notchecked"));
        }
        assert!(undecided > 0);
    }
}
