//! Waivers: failures that the unit accepts for a time. An expired or unused one is told.

use std::collections::BTreeSet;
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::{profile::Waiver, results::Finding, schema::Schemas, time::Day};

/// The file that holds them, for messages.
const FILE: &str = "waivers.yaml";

/// Marks the findings that a valid waiver covers; tells expired and unused waivers.
pub(crate) fn apply(
    waivers: &[Waiver],
    findings: &mut [Finding],
    schemas: &Schemas,
    run: Run<'_>,
) -> Vec<Diagnostic> {
    let told = |waiver| apply_one(waiver, findings, schemas, run);
    waivers.iter().filter_map(told).collect()
}

/// What a waiver is held against besides the findings.
#[derive(Clone, Copy)]
pub(crate) struct Run<'a> {
    /// The day of the check.
    pub(crate) as_of: Day,
    /// Ids of the controls that stand on other checklists only: their waivers wait for another run.
    pub(crate) elsewhere: &'a BTreeSet<&'a str>,
}

fn apply_one(
    waiver: &Waiver,
    findings: &mut [Finding],
    schemas: &Schemas,
    run: Run<'_>,
) -> Option<Diagnostic> {
    let locus = Locus::text(FILE, waiver.line, 1);
    if waiver.expires < run.as_of {
        let message = format!(
            "{} 的豁免已于 {} 到期，按未豁免处理。",
            waiver.control,
            waiver.expires.chinese()
        );
        return Some(
            Diagnostic::new(codes::WAIVER_EXPIRED, message, locus)
                .with_hint("问题已整改的，删去该条豁免；仍需豁免的，重新报批并更新到期日。"),
        );
    }
    let mut used = false;
    for finding in findings
        .iter_mut()
        .filter(|finding| covers(waiver, finding, schemas))
    {
        finding.waived = true;
        used = true;
    }
    (!used).then(|| {
        unused(
            waiver,
            locus,
            run.elsewhere.contains(waiver.control.as_str()),
        )
    })
}

fn unused(waiver: &Waiver, locus: Locus, elsewhere: bool) -> Diagnostic {
    if elsewhere {
        let message = format!("{} 不在本次检查清单上，它的豁免没有用到。", waiver.control);
        return Diagnostic::new(codes::WAIVER_ELSEWHERE, message, locus);
    }
    let message = format!("{} 的豁免没有对应的问题，未起作用。", waiver.control);
    Diagnostic::new(codes::WAIVER_UNUSED, message, locus)
        .with_hint("核对条目编号和适用范围；问题已整改、不再需要的，删去该条豁免。")
}

/// True if the finding lies in the waiver's scope: every named part of the subject is equal.
fn covers(waiver: &Waiver, finding: &Finding, schemas: &Schemas) -> bool {
    let subject = &finding.subject;
    let label = |id: &str| Some(&schemas.ledger(schemas.ledger_by_id(id)?).label);
    finding.control.as_deref() == Some(waiver.control.as_str())
        && waiver
            .scope
            .iter()
            .all(|(part, value)| match part.as_str() {
                "ledger" => &subject.ledger == value || label(&subject.ledger) == Some(value),
                "department" => subject.department.as_ref() == Some(value),
                "person" => subject.person.as_ref() == Some(value),
                "key" => &subject.key == value,
                _ => false,
            })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;
    use std::collections::BTreeMap;
    use zicha_model::diag::Severity;

    fn waiver(expires: &str, scope: &[(&str, &str)]) -> Waiver {
        Waiver {
            control: "NET-011".into(),
            scope: scope
                .iter()
                .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
                .collect::<BTreeMap<_, _>>(),
            reason: "设备待更换".into(),
            approver: "分管领导".into(),
            expires: Day::parse(expires).unwrap(),
            line: 3,
        }
    }

    fn today<'a>(elsewhere: &'a BTreeSet<&'a str>) -> Run<'a> {
        let as_of = fixture::today();
        Run { as_of, elsewhere }
    }

    #[test]
    fn a_valid_waiver_covers_only_its_scope() {
        let mut findings = vec![
            fixture::finding("NET-011", "J-01"),
            fixture::finding("NET-011", "J-02"),
        ];
        let told = apply(
            &[waiver("2026-12-31", &[("key", "J-02")])],
            &mut findings,
            &Schemas::default(),
            today(&BTreeSet::new()),
        );
        assert!(told.is_empty());
        assert_eq!(
            findings.iter().map(|f| f.waived).collect::<Vec<_>>(),
            [false, true]
        );
    }

    #[test]
    fn an_expired_waiver_counts_as_absent_and_is_told() {
        let mut findings = vec![fixture::finding("NET-011", "J-01")];
        let told = apply(
            &[waiver("2026-09-23", &[])],
            &mut findings,
            &Schemas::default(),
            today(&BTreeSet::new()),
        );
        assert!(!findings[0].waived);
        assert_eq!(told[0].code, "waiver-expired");
    }

    #[test]
    fn a_waiver_holds_on_its_last_day() {
        let mut findings = vec![fixture::finding("NET-011", "J-01")];
        apply(
            &[waiver("2026-09-24", &[])],
            &mut findings,
            &Schemas::default(),
            today(&BTreeSet::new()),
        );
        assert!(findings[0].waived);
    }

    #[test]
    fn an_unused_waiver_is_told() {
        let told = apply(
            &[waiver("2026-12-31", &[])],
            &mut [],
            &Schemas::default(),
            today(&BTreeSet::new()),
        );
        assert_eq!(
            (told[0].code, told[0].severity),
            (codes::WAIVER_UNUSED, Severity::Warning)
        );
    }

    #[test]
    fn a_waiver_for_another_checklist_is_only_noted() {
        let told = apply(
            &[waiver("2026-12-31", &[])],
            &mut [],
            &Schemas::default(),
            today(&BTreeSet::from(["NET-011"])),
        );
        assert_eq!(told[0].severity, Severity::Note);
    }
}
