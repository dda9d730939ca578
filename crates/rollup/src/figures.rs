//! What the summary says: ranking, controls, chapters, grades.
//!
//! Results of different checklists are never added up: each checklist is a [`Group`] of its own, made of the
//! results of its newest year; results of earlier years are only named.

use super::{
    cells::Mark,
    entry::{Entry, version},
    summary::{ControlInfo, Summary, Superseded},
};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use zicha_model::{chapter, verdict::Verdict};

/// The results of one checklist.
#[derive(Debug)]
pub struct Group<'a> {
    /// `annual`, `spring-festival` …
    pub checklist: &'a str,
    /// The newest year that any unit has a result of.
    pub year: i32,
    /// Results of that year, the best first, with their place.
    pub ranking: Vec<(usize, &'a Entry)>,
    /// Units whose newest result is of an earlier year.
    pub outdated: Vec<&'a Entry>,
    /// Units that ought to have reported and have no result of that year.
    pub missing: Vec<&'a str>,
    /// Units whose result was made by an older program or other packs than the newest.
    pub behind: Vec<&'a Entry>,
    /// Two or more different results of a unit for the same day: one was taken.
    pub ambiguous: Vec<&'a Superseded>,
    /// Every control that any unit has, in the order of the chapters.
    pub controls: Vec<ControlFigures<'a>>,
    /// The chapters that any control belongs to.
    pub chapters: Vec<ChapterFigures>,
    /// Grade → units, the most first.
    pub grades: Vec<(&'a str, Vec<&'a str>)>,
}

/// One control over all units.
#[derive(Clone, Debug)]
pub struct ControlFigures<'a> {
    /// The control.
    pub info: &'a ControlInfo,
    /// Units by how it ended, in the order of `Verdict::ALL`.
    pub units: [u32; 7],
    /// Subjects that violate it, over all units.
    pub findings: u64,
}

/// One item of 条例 §58 over all units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChapterFigures {
    /// 1 to 13; 0 for what no program of ours wrote.
    pub chapter: u8,
    /// Units with at least one control violated.
    pub units_failing: u32,
    /// Controls over all units by how they ended, in the order of `Verdict::ALL`.
    pub verdicts: [u32; 7],
    /// Violations over all units.
    pub findings: u64,
}

impl ControlFigures<'_> {
    /// Units with this verdict.
    pub fn of(&self, verdict: Verdict) -> u32 {
        self.units[place(verdict)]
    }

    /// Units that the control applies to.
    pub fn applicable(&self) -> u32 {
        applicable(&self.units)
    }
}

impl ChapterFigures {
    /// Controls with this verdict.
    pub fn of(&self, verdict: Verdict) -> u32 {
        self.verdicts[place(verdict)]
    }

    /// Controls that apply.
    pub fn applicable(&self) -> u32 {
        applicable(&self.verdicts)
    }
}

fn applicable(by_verdict: &[u32; 7]) -> u32 {
    let without = [Verdict::NotApplicable, Verdict::NotSelected];
    let none: u32 = without.map(|v| by_verdict[place(v)]).iter().sum();
    by_verdict.iter().sum::<u32>() - none
}

/// Index in `Verdict::ALL`.
fn place(verdict: Verdict) -> usize {
    let at = Verdict::ALL.iter().position(|&v| v == verdict);
    at.unwrap_or_default()
}

/// The groups: annual first, then both together, then the festivals in the order of the year.
pub fn groups(summary: &Summary) -> Vec<Group<'_>> {
    let checklists: BTreeSet<_> = summary
        .entries
        .keys()
        .map(|k| k.checklist.as_str())
        .collect();
    let mut checklists: Vec<_> = checklists.into_iter().collect();
    const ORDER: [&str; 5] = [
        "annual",
        "all",
        "spring-festival",
        "may-day",
        "national-day",
    ];
    checklists.sort_by_key(|name| ORDER.iter().position(|o| o == name).unwrap_or(ORDER.len()));
    checklists
        .into_iter()
        .map(|name| group(summary, name))
        .collect()
}

fn group<'a>(summary: &'a Summary, checklist: &'a str) -> Group<'a> {
    let own = || {
        summary
            .entries
            .values()
            .filter(|e| e.key.checklist == checklist)
    };
    let year = own().map(|e| e.key.year).max().unwrap_or(0);
    let current: Vec<_> = own().filter(|e| e.key.year == year).collect();
    let reported: BTreeSet<_> = current.iter().map(|e| e.key.name.as_str()).collect();
    let expected = summary.expected.iter().map(String::as_str);
    let ambiguous = summary.superseded.iter().filter(|s| {
        let same_day = |e: &Entry| e.key == s.key && e.tally.as_of == s.as_of;
        current.iter().any(|e| same_day(e))
    });
    Group {
        checklist,
        year,
        outdated: outdated(own().filter(|e| e.key.year < year), &reported),
        missing: expected.filter(|name| !reported.contains(name)).collect(),
        behind: behind(&current),
        ambiguous: ambiguous.collect(),
        controls: controls(summary, &current),
        chapters: chapters(summary, &current),
        grades: grades(&current),
        ranking: ranking(current),
    }
}

/// The newest result of each unit that has none of this year.
fn outdated<'a>(
    earlier: impl Iterator<Item = &'a Entry>,
    reported: &BTreeSet<&str>,
) -> Vec<&'a Entry> {
    let mut newest: BTreeMap<&str, &Entry> = BTreeMap::new();
    for entry in earlier.filter(|e| !reported.contains(e.key.name.as_str())) {
        let known = newest.entry(&entry.key.name).or_insert(entry);
        if entry.key.year > known.key.year {
            *known = entry;
        }
    }
    newest.into_values().collect()
}

/// Results of an older program, or of an older version of a pack that others have newer.
fn behind<'a>(current: &[&'a Entry]) -> Vec<&'a Entry> {
    let newest_tool = current.iter().map(|e| version(&e.tally.tool)).max();
    let mut newest_pack: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for pack in current.iter().flat_map(|e| &e.tally.packs) {
        let known = newest_pack.entry(&pack.id).or_default();
        *known = version(&pack.version).max(std::mem::take(known));
    }
    let is_behind = |entry: &&&Entry| {
        let packs = &entry.tally.packs;
        let old_pack = packs
            .iter()
            .any(|p| newest_pack.get(p.id.as_str()) > Some(&version(&p.version)));
        old_pack || newest_tool > Some(version(&entry.tally.tool))
    };
    current.iter().filter(is_behind).copied().collect()
}

/// The best score first, as evidenced: what was not handed in or not decided earns nothing. Then the
/// smaller share of open matters, so that handing in less gives no better place; then more controls
/// passed, then fewer grave findings. Equal figures share a place. A unit without a score comes after
/// all that have one.
fn ranking(current: Vec<&Entry>) -> Vec<(usize, &Entry)> {
    let figures = |e: &Entry| {
        let t = &e.tally;
        let percent = t.score.as_ref().map(|s| s.percent);
        let findings = (t.critical, t.serious, t.general, t.hint, t.unproven);
        let passed = Reverse(e.cells.share(&[Verdict::Pass]));
        let open = e.cells.share(&[Verdict::Unknown, Verdict::NotChecked]);
        // Without a score the passed share takes its place.
        let unscored = percent.is_none().then_some(passed);
        (Reverse(percent), unscored, open, passed, findings)
    };
    let mut keyed: Vec<_> = current.into_iter().map(|e| (figures(e), e)).collect();
    keyed.sort_by(|a, b| (&a.0, &a.1.key).cmp(&(&b.0, &b.1.key)));
    let mut ranked: Vec<(usize, &Entry)> = Vec::with_capacity(keyed.len());
    for (at, (figures, entry)) in keyed.iter().enumerate() {
        let place = match at.checked_sub(1) {
            Some(before) if keyed[before].0 == *figures => ranked[before].0,
            _ => at + 1,
        };
        ranked.push((place, entry));
    }
    ranked
}

fn controls<'a>(summary: &'a Summary, current: &[&Entry]) -> Vec<ControlFigures<'a>> {
    let mut figures: Vec<_> = summary
        .controls
        .iter()
        .map(|info| ControlFigures {
            info,
            units: [0; 7],
            findings: 0,
        })
        .collect();
    for mark in current.iter().flat_map(|e| &e.cells.0) {
        let one = &mut figures[mark.control as usize];
        one.units[place(mark.verdict)] += 1;
        one.findings += u64::from(mark.failed);
    }
    figures.retain(|f| f.units.iter().any(|&n| n > 0));
    figures.sort_by(|a, b| {
        let key = |f: &ControlFigures<'a>| (number(f.info), &f.info.id);
        key(a).cmp(&key(b))
    });
    figures
}

fn chapters(summary: &Summary, current: &[&Entry]) -> Vec<ChapterFigures> {
    let numbers: Vec<_> = summary.controls.iter().map(number).collect();
    let mut figures: Vec<ChapterFigures> = (0..=chapter::CHAPTERS.len() as u8)
        .map(|chapter| ChapterFigures {
            chapter,
            ..ChapterFigures::default()
        })
        .collect();
    let at = |mark: &Mark| usize::from(numbers[mark.control as usize]);
    for entry in current {
        let mut failing = BTreeSet::new();
        for mark in &entry.cells.0 {
            let one = &mut figures[at(mark)];
            one.verdicts[place(mark.verdict)] += 1;
            one.findings += u64::from(mark.failed);
            if mark.verdict == Verdict::Fail {
                failing.insert(at(mark));
            }
        }
        for chapter in failing {
            figures[chapter].units_failing += 1;
        }
    }
    figures.retain(|f| f.verdicts.iter().any(|&n| n > 0));
    figures
}

/// The chapter's number; 0 for what is none.
fn number(info: &ControlInfo) -> u8 {
    let number = info.chapter.parse().unwrap_or(0);
    if usize::from(number) > chapter::CHAPTERS.len() {
        0
    } else {
        number
    }
}

fn grades<'a>(current: &[&'a Entry]) -> Vec<(&'a str, Vec<&'a str>)> {
    let mut by_grade: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for entry in current {
        if let Some(score) = &entry.tally.score {
            by_grade
                .entry(&score.grade)
                .or_default()
                .push(&entry.key.name);
        }
    }
    let mut grades: Vec<_> = by_grade.into_iter().collect();
    grades.sort_by_key(|(grade, units)| (Reverse(units.len()), *grade));
    grades
}

/// Controls that at least two units violate, the most widespread first.
pub fn common<'g, 'a>(group: &'g Group<'a>) -> Vec<&'g ControlFigures<'a>> {
    let mut common: Vec<_> = group
        .controls
        .iter()
        .filter(|f| f.of(Verdict::Fail) >= 2)
        .collect();
    common.sort_by_key(|f| {
        let severity = Reverse(f.info.severity);
        (
            Reverse(f.of(Verdict::Fail)),
            severity,
            Reverse(f.findings),
            &f.info.id,
        )
    });
    common
}
