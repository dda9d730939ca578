//! Text for display: what could mislead the eye or break a renderer is taken out, what is too long
//! is cut and says so.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;
use zicha_assess::Assessment;
use zicha_engine::Outcome;
use zicha_model::{
    invisible::is_invisible,
    rectification::Rectification,
    results::{Evidence, Finding, FollowUp, Past, Proposal, Results, Subject},
};

/// Longest text shown in one place; `results.json` has it whole.
const LONGEST: usize = 400;

/// Takes out control characters, bidirectional overrides (they make text read as something else)
/// and noncharacters; line breaks and tabs become blanks.
pub(crate) fn scrub(text: &str) -> String {
    let visible = text.chars().filter_map(|c| match c {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
        c if is_invisible(c) => None,
        c => Some(c),
    });
    visible.collect()
}

/// Scrubs, and cuts what is longer than a person would read in a table.
pub(crate) fn display(text: &str) -> String {
    let text = scrub(text);
    match text.char_indices().nth(LONGEST) {
        None => text,
        Some((at, _)) => format!(
            "{}……（共{}字，全文见 results.json）",
            &text[..at],
            text.chars().count()
        ),
    }
}

/// The assessment without what reports do not show, free to be changed.
pub(crate) fn copy<'a>(assessment: &Assessment<'a>) -> Assessment<'a> {
    let mut copy = frame(assessment);
    copy.results.findings = assessment.results.findings.clone();
    copy
}

/// The same without the findings.
pub(crate) fn frame<'a>(assessment: &Assessment<'a>) -> Assessment<'a> {
    let light = |outcome: &Outcome| Outcome {
        verdict: outcome.verdict,
        reasons: outcome.reasons.clone(),
        subjects: outcome.subjects,
        unlisted: outcome.unlisted,
        undecided: outcome.undecided.clone(),
        undecided_subjects: outcome.undecided_subjects,
        unanswered: outcome.unanswered.clone(),
        passed_over: outcome.passed_over,
        missing_ledgers: outcome.missing_ledgers.clone(),
        ..Outcome::new(outcome.control)
    };
    Assessment {
        results: results(&assessment.results),
        more_unreadable: Default::default(),
        history: assessment.history.clone(),
        this_run: assessment.this_run.clone(),
        outcomes: assessment.outcomes.iter().map(light).collect(),
        catalogue: assessment.catalogue,
        dataset: assessment.dataset,
        plan: assessment.plan,
        profile: assessment.profile,
        due: assessment.due.clone(),
        diagnostics: assessment.diagnostics.clone(),
        form: assessment.form.clone(),
        levels: assessment.levels.clone(),
    }
}

/// Results without findings. Every part is named, so that a new one cannot be forgotten.
fn results(of: &Results) -> Results {
    Results {
        schema: of.schema.clone(),
        tool: of.tool.clone(),
        unit: of.unit.clone(),
        run: of.run.clone(),
        inputs: of.inputs.clone(),
        controls: of.controls.clone(),
        findings: Vec::new(),
        score: of.score.clone(),
        discipline: of.discipline.clone(),
        follow_up: of.follow_up.clone(),
        diagnostics: of.diagnostics.clone(),
        departments: of.departments.clone(),
        advice: of.advice.clone(),
    }
}

/// A finding with its texts changed; as it came where nothing changes.
pub(crate) fn finding<'a>(
    finding: &'a Finding,
    shown: &dyn Fn(&str) -> String,
) -> Cow<'a, Finding> {
    let changes = Cell::new(false);
    let mut copy = finding.clone();
    each_finding(&mut copy, &|text| {
        let new = shown(text);
        changes.set(changes.get() || new != *text);
        *text = new;
    });
    match changes.get() {
        true => Cow::Owned(copy),
        false => Cow::Borrowed(finding),
    }
}

/// Changes every text that comes from the unit's files: findings, outcomes, proposals, paths,
/// diagnostics. Words of the checklist (titles, basis, remedies) stay.
pub(crate) fn each(assessment: &mut Assessment<'_>, change: &dyn Fn(&mut String)) {
    each_result(&mut assessment.results, change);
    for outcome in &mut assessment.outcomes {
        outcome.reasons.iter_mut().for_each(change);
        for place in outcome.undecided.iter_mut().flat_map(|c| &mut c.places) {
            change(&mut place.file);
            place.sheet.iter_mut().for_each(change);
        }
        let causes = outcome.undecided.iter_mut();
        for undecided in causes.flat_map(|cause| &mut cause.examples) {
            each_subject(&mut undecided.subject, change);
            change(&mut undecided.reason);
            each_evidence(&mut undecided.evidence, change);
        }
        for question in &mut outcome.unanswered {
            change(&mut question.scope);
        }
    }
    for entry in &mut assessment.due.entries {
        change(&mut entry.item);
        entry.department.iter_mut().for_each(change);
        entry.person.iter_mut().for_each(change);
        if let Some(place) = &mut entry.place {
            change(&mut place.file);
            place.sheet.iter_mut().for_each(change);
        }
    }
    if let Some(merged) = &mut assessment.levels {
        merged.each_text(change);
    }
    for diagnostic in &mut assessment.diagnostics {
        change(&mut diagnostic.message);
        diagnostic.hint.iter_mut().for_each(change);
        diagnostic.locus.file.iter_mut().for_each(change);
        diagnostic.locus.sheet.iter_mut().for_each(change);
    }
}

fn each_result(results: &mut Results, change: &dyn Fn(&mut String)) {
    change(&mut results.unit.name);
    for input in &mut results.inputs {
        change(&mut input.path);
        for sheet in &mut input.sheets {
            change(&mut sheet.name);
            sheet.unused_columns.iter_mut().for_each(change);
        }
    }
    let narrowed = results
        .controls
        .iter_mut()
        .filter_map(|c| c.narrowed.as_mut());
    for by in narrowed.flat_map(|narrowed| &mut narrowed.by) {
        change(&mut by.pack);
        change(&mut by.condition);
        change(&mut by.reason);
    }
    let causes = results.controls.iter_mut().flat_map(|c| &mut c.undecided);
    for example in causes.flat_map(|cause| &mut cause.examples) {
        each_subject(&mut example.subject, change);
        change(&mut example.reason);
        each_evidence(&mut example.evidence, change);
    }
    for finding in &mut results.findings {
        each_finding(finding, change);
    }
    each_list(&mut results.follow_up, change);
    for proposal in &mut results.discipline {
        each_proposal(proposal, change);
    }
    for score in &mut results.departments {
        change(&mut score.department);
    }
    for diagnostic in &mut results.diagnostics {
        change(&mut diagnostic.message);
        diagnostic.hint.iter_mut().for_each(change);
        diagnostic.file.iter_mut().for_each(change);
        diagnostic.sheet.iter_mut().for_each(change);
    }
}

fn each_past(past: &mut Past, change: &dyn Fn(&mut String)) {
    let told = &mut past.told;
    for text in [&mut told.message, &mut told.expected, &mut told.actual] {
        change(text);
    }
    each_evidence(&mut told.evidence, change);
    for cell in &mut past.changed {
        change(&mut cell.then);
        change(&mut cell.now);
    }
}

/// Every field is named, so that a new one cannot be forgotten: the compiler asks what it holds.
pub(crate) fn each_finding(finding: &mut Finding, change: &dyn Fn(&mut String)) {
    let Finding {
        fingerprint: _,
        control: _,
        severity: _,
        kind: _,
        state: _,
        waived: _,
        subject,
        message,
        expected,
        actual,
        remedy: _,
        found: _,
        due: _,
        evidence,
        rectification,
        past,
        problem,
    } = finding;
    each_subject(subject, change);
    for text in [message, expected, actual, problem] {
        change(text);
    }
    each_evidence(evidence, change);
    each_entry(rectification, change);
    if let Some(past) = past {
        each_past(past, change);
    }
}

/// As [`each_finding`].
fn each_proposal(proposal: &mut Proposal, change: &dyn Fn(&mut String)) {
    let Proposal {
        kind: _,
        subject,
        reason,
        basis: _,
        from: _,
        to: _,
        aggravating,
        evidence,
        category,
        decided,
        decided_by,
        decided_on: _,
    } = proposal;
    for text in [subject, reason, decided] {
        change(text);
    }
    aggravating.iter_mut().for_each(change);
    category.iter_mut().for_each(change);
    decided_by.iter_mut().for_each(change);
    each_evidence(evidence, change);
}

fn each_entry(entry: &mut Rectification, change: &dyn Fn(&mut String)) {
    entry.filled.values_mut().for_each(change);
    entry.ledger.values_mut().for_each(change);
    each_value(&mut entry.extra, change);
    entry.earlier.iter_mut().for_each(change);
    entry.notes.iter_mut().for_each(change);
    for told in &mut entry.history {
        change(&mut told.from);
        change(&mut told.to);
        change(&mut told.file);
    }
}

fn each_list(follow_up: &mut FollowUp, change: &dyn Fn(&mut String)) {
    for item in &mut follow_up.own {
        item.filled.values_mut().for_each(change);
        each_value(&mut item.extra, change);
    }
    for row in &mut follow_up.unmatched {
        change(&mut row.file);
        row.sheet.iter_mut().for_each(change);
        change(&mut row.problem);
    }
    follow_up
        .lists
        .iter_mut()
        .for_each(|list| change(&mut list.path));
}

fn each_value(map: &mut BTreeMap<String, String>, change: &dyn Fn(&mut String)) {
    map.values_mut().for_each(change);
}

fn each_subject(subject: &mut Subject, change: &dyn Fn(&mut String)) {
    let Subject {
        ledger: _,
        key,
        department,
        person,
    } = subject;
    change(key);
    department.iter_mut().for_each(change);
    person.iter_mut().for_each(change);
}

fn each_evidence(evidence: &mut [Evidence], change: &dyn Fn(&mut String)) {
    for cell in evidence {
        cell.file.iter_mut().for_each(change);
        cell.sheet.iter_mut().for_each(change);
        change(&mut cell.value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overrides_and_controls_are_taken_out() {
        assert_eq!(scrub("甲\u{202e}乙\0丙\n丁\u{ffff}\u{2066}"), "甲乙丙 丁");
    }

    #[test]
    fn long_texts_are_cut_and_say_so() {
        let shown = display(&"长".repeat(5000));
        assert!(shown.chars().count() < 450);
        assert!(shown.ends_with("（共5000字，全文见 results.json）"));
    }
}
