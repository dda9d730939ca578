//! How the controls ended at one unit, in few bytes: thousands of units times hundreds of controls.

use zicha_model::{points::Points, verdict::Verdict};

/// How a control ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Index of the control in the summary's list.
    pub control: u32,
    /// How it ended.
    pub verdict: Verdict,
    /// Subjects that violate it.
    pub failed: u32,
}

/// The controls of one unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells(pub Vec<Mark>);

/// A control that the unit's result does not know.
pub(super) const ABSENT: char = '-';

/// Verdict and its letter in `rollup.json`.
pub(super) const LETTERS: [(Verdict, char, &str); 7] = [
    (Verdict::Fail, 'F', "fail"),
    (Verdict::Unknown, 'U', "unknown"),
    (Verdict::NotChecked, 'N', "notchecked"),
    (Verdict::Waived, 'W', "waived"),
    (Verdict::Pass, 'P', "pass"),
    (Verdict::NotApplicable, 'A', "notapplicable"),
    (Verdict::NotSelected, 'S', "notselected"),
];

pub(super) fn letter(verdict: Verdict) -> char {
    let found = LETTERS.iter().find(|(own, _, _)| *own == verdict);
    found.map_or(ABSENT, |(_, letter, _)| *letter)
}

/// The verdict of a letter; `None` for [`ABSENT`] and for what is no letter of ours.
pub(super) fn verdict(letter: char) -> Option<Verdict> {
    let found = LETTERS.iter().find(|(_, own, _)| *own == letter);
    found.map(|(verdict, _, _)| *verdict)
}

impl Cells {
    /// How many controls ended so.
    pub fn count(&self, verdict: Verdict) -> u32 {
        self.0.iter().filter(|m| m.verdict == verdict).count() as u32
    }

    /// Per cent of the applicable controls that ended in one of these ways.
    pub fn share(&self, verdicts: &[Verdict]) -> Points {
        let without = self.count(Verdict::NotApplicable) + self.count(Verdict::NotSelected);
        let applicable = self.0.len() as u32 - without;
        let count: u32 = verdicts.iter().map(|&v| self.count(v)).sum();
        Points::from(count).percent_of(Points::from(applicable))
    }

    /// The same with controls renumbered: `place[old]` is the new index.
    pub(super) fn renumbered(mut self, place: &[u32]) -> Self {
        for mark in &mut self.0 {
            mark.control = place[mark.control as usize];
        }
        self
    }
}
