//! Which texts of a run come from the unit's files, and which are words of the checklist.
//!
//! Redaction is closed by default: every type is taken apart field by field, without `..`, so that a
//! new field does not compile until somebody says whose text it holds.

use std::collections::BTreeMap;
use zicha_assess::{Assessment, due};
use zicha_engine::{CellRuns, Outcome, Unanswered, Undecided as UndecidedSubject, UndecidedCause};
use zicha_model::{
    dataset::Place,
    diag::{Diagnostic, Locus},
    rectification::{Change, ListRead, OwnItem, Rectification, Unmatched},
    results::{
        ChangedCell, ControlResult, DepartmentScore, DiagnosticRecord, Evidence, Finding, FollowUp,
        Input, InputSheet, Narrowed, NarrowedBy, PackRef, Past, Proposal, Results, Run, Subject,
        Told, Undecided, UndecidedExample, Unit,
    },
};
use zicha_scoring::levels::{Contradiction, Merged, Taking};

/// Something that holds texts of the unit.
pub(crate) trait UnitText {
    /// Changes every text that comes from the unit's files. Words of the checklist (titles, basis,
    /// remedies), ids and digests stay.
    fn each_text(&mut self, change: &dyn Fn(&mut String));
}

impl UnitText for String {
    fn each_text(&mut self, change: &dyn Fn(&mut String)) {
        change(self);
    }
}

impl<T: UnitText> UnitText for Option<T> {
    fn each_text(&mut self, change: &dyn Fn(&mut String)) {
        self.iter_mut().for_each(|item| item.each_text(change));
    }
}

impl<T: UnitText> UnitText for Box<T> {
    fn each_text(&mut self, change: &dyn Fn(&mut String)) {
        (**self).each_text(change);
    }
}

impl<T: UnitText> UnitText for Vec<T> {
    fn each_text(&mut self, change: &dyn Fn(&mut String)) {
        self.iter_mut().for_each(|item| item.each_text(change));
    }
}

/// Headings that people wrote, and what stands below them.
impl UnitText for BTreeMap<String, String> {
    fn each_text(&mut self, change: &dyn Fn(&mut String)) {
        let entries = std::mem::take(self).into_iter();
        *self = entries
            .map(|mut entry| {
                change(&mut entry.0);
                change(&mut entry.1);
                entry
            })
            .collect();
    }
}

/// Columns of the rectification list, and what stands in them.
impl UnitText for zicha_model::rectification::Cells {
    fn each_text(&mut self, change: &dyn Fn(&mut String)) {
        self.values_mut().for_each(change);
    }
}

/// `unit_text!(Type { texts of the unit } [the others])`, each field in one of the two.
macro_rules! unit_text {
    ($type:ident { $($text:ident),* $(,)? } [ $($other:ident),* $(,)? ]) => {
        impl UnitText for $type {
            fn each_text(&mut self, change: &dyn Fn(&mut String)) {
                let Self { $($text,)* $($other: _,)* } = self;
                $($text.each_text(change);)*
            }
        }
    };
}

// The masked results keep the fingerprints until they are sealed (see `Mask::seal`).
unit_text!(Results {
    unit, run, inputs, controls, findings, discipline, follow_up, diagnostics, departments,
} [schema, tool, score, advice, levels]);
unit_text!(Unit { name }[kind]);
unit_text!(Run { packs } [as_of, checklists, festival, period, parameters]);
unit_text!(PackRef { id } [version, sha256]);
unit_text!(Input { path, sheets } [digests, bytes]);
unit_text!(InputSheet { name, unused_columns } [ledger, heading_row, rows]);
unit_text!(ControlResult { narrowed, undecided } [
    id, title, chapter, checklists, severity, basis, verdict, subjects, failed, unknown, waived, score,
]);
unit_text!(Narrowed { by }[records]);
unit_text!(
    NarrowedBy {
        pack,
        condition,
        reason
    }[ledger]
);
unit_text!(Undecided { examples } [cause, ledger, field, records]);
unit_text!(UndecidedExample { subject, reason, evidence } []);
unit_text!(Finding { subject, message, expected, actual, problem, evidence, rectification, past } [
    fingerprint, control, severity, kind, state, waived, remedy, found, due,
]);
unit_text!(
    Subject {
        key,
        department,
        person
    }[ledger]
);
unit_text!(Evidence { file, sheet, value, comment } [row, column, field, origin]);
unit_text!(Past { told, changed }[cause]);
unit_text!(Told { message, expected, actual, evidence } []);
unit_text!(ChangedCell { then, now }[field]);
unit_text!(Proposal {
    subject, reason, aggravating, evidence, category, decided, decided_by,
} [kind, basis, from, to, decided_on]);
unit_text!(DepartmentScore { department } [rank, cases, deducted, points, of, percent, grade]);
unit_text!(DiagnosticRecord { message, file, sheet, hint } [severity, code, line, column, cell]);

unit_text!(
    Rectification {
        filled,
        extra,
        ledger,
        earlier,
        notes,
        history
    }[overdue_days]
);
unit_text!(Change { from, to, file } [on, column]);
unit_text!(FollowUp { baseline, lists, own, unmatched } [
    new, open, fixed, reopened, unproven, claimed, unsigned, overdue,
]);
unit_text!(ListRead { path } [sha256, rows, matched]);
unit_text!(OwnItem { filled, extra } [id, overdue_days]);
unit_text!(
    Unmatched {
        file,
        sheet,
        problem,
        reason
    }[row]
);

unit_text!(
    Merged {
        departments,
        part,
        none,
        contradictions
    }[whole]
);
unit_text!(Taking { department } [answered, not_met, persons, persons_not_met, contradictions]);
unit_text!(
    Contradiction {
        who,
        department,
        message,
        place
    }[question]
);

unit_text!(UndecidedCause { places, examples } [cause, ledger, field, reason, records]);
unit_text!(CellRuns { file, sheet } [column, runs, rows]);
unit_text!(UndecidedSubject { subject, reason, evidence } []);
unit_text!(Unanswered { scope }[question]);
unit_text!(Place { file, sheet } [row, column]);
unit_text!(Locus { file, sheet } [line, column, cell]);

impl UnitText for due::Entry {
    fn each_text(&mut self, change: &dyn Fn(&mut String)) {
        let Self {
            due: _,
            matter: _,
            item,
            department,
            person,
            source: _,
            place,
        } = self;
        change(item);
        department.each_text(change);
        person.each_text(change);
        place.each_text(change);
    }
}

impl UnitText for Diagnostic {
    fn each_text(&mut self, change: &dyn Fn(&mut String)) {
        let Self {
            severity: _,
            code: _,
            message,
            locus,
            hint,
            excerpt,
        } = self;
        change(message);
        locus.each_text(change);
        hint.each_text(change);
        // Its range counts bytes of the text as it came; only the terminal shows it.
        *excerpt = None;
    }
}

impl UnitText for Outcome {
    fn each_text(&mut self, change: &dyn Fn(&mut String)) {
        let Self {
            control: _,
            verdict: _,
            reasons,
            subjects: _,
            violations,
            unlisted: _,
            undecided,
            undecided_subjects: _,
            decided: _,
            suggestions,
            unanswered,
            passed_over: _,
            missing_ledgers: _,
            open_keys,
        } = self;
        reasons.each_text(change);
        undecided.each_text(change);
        unanswered.each_text(change);
        // Papers show findings and proposals instead of these.
        violations.clear();
        suggestions.clear();
        open_keys.clear();
    }
}

impl UnitText for Assessment<'_> {
    fn each_text(&mut self, change: &dyn Fn(&mut String)) {
        let Self {
            results,
            // Masked one by one as they are written.
            more_unreadable: _,
            outcomes,
            // Counts, grades and digests of earlier runs.
            history: _,
            this_run: _,
            // Read through look-ups that mask (`view::source`).
            catalogue: _,
            dataset: _,
            profile: _,
            plan: _,
            due,
            diagnostics,
            // The bureau's own words; its points are numbers.
            form: _,
            levels,
        } = self;
        results.each_text(change);
        outcomes.each_text(change);
        due.entries.each_text(change);
        diagnostics.each_text(change);
        levels.each_text(change);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_that_people_added_are_texts_of_the_unit() {
        let mut entry = Rectification {
            extra: [("王宁意见".to_owned(), "同意".to_owned())].into(),
            notes: vec!["王宁已填写".to_owned()],
            ..Rectification::default()
        };
        entry.each_text(&|text| *text = text.replace("王宁", "人员001"));
        assert_eq!(entry.extra["人员001意见"], "同意");
        assert_eq!(entry.notes, ["人员001已填写"]);
    }
}
