//! Text for display: what could mislead the eye or break a renderer is taken out, what is too long
//! is cut and says so.

use super::unit_text::UnitText;
use std::borrow::Cow;
use std::cell::Cell;
use zicha_assess::Assessment;
use zicha_engine::Outcome;
use zicha_model::{
    invisible::is_invisible,
    results::{Finding, Results},
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
        levels: of.levels.clone(),
    }
}

/// A finding with its texts changed; as it came where nothing changes.
pub(crate) fn finding<'a>(
    finding: &'a Finding,
    shown: &dyn Fn(&str) -> String,
) -> Cow<'a, Finding> {
    let changes = Cell::new(false);
    let mut copy = finding.clone();
    copy.each_text(&|text| {
        let new = shown(text);
        changes.set(changes.get() || new != *text);
        *text = new;
    });
    match changes.get() {
        true => Cow::Owned(copy),
        false => Cow::Borrowed(finding),
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
