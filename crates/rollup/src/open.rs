//! One `results.json` or `rollup.json` → its figures.
//!
//! Only what is counted is parsed; texts, evidence and names are passed over. The file's bytes are
//! compared with the manifest beside it, if there is one.

use super::{
    cells::Cells,
    entry::{Entry, Grade, Key, Read, ReadControl, Tally},
    find::{RESULTS, ROLLUP, ResultFile, SUMMARY},
    messages,
    summary::Summary,
};
use serde::{Deserialize, Serialize, de::IgnoredAny};
use std::{borrow::Cow, fs, path::Path};
use zicha_model::digest::{FileDigests, sha256_hex};
use zicha_model::{
    manifest::{self, Manifest},
    plan::{Checklist, FestivalKind, Period},
    points::Points,
    results::{Finding, FindingKind, PackRef, PerChecklist, ProposalKind, Results, State},
    time::Day,
    verdict::Severity,
};

/// A larger file is no result of ours.
const LARGEST: u64 = 1 << 30;

/// What a file held.
pub(super) enum Opened {
    /// One unit's result.
    Unit(Box<Read>),
    /// An earlier summary.
    Summary(Box<Summary>),
}

/// Reads a file; the reason if it cannot be counted.
pub(super) fn open(file: &ResultFile) -> Result<Opened, String> {
    let size = fs::metadata(&file.path).map_err(|e| messages::unreadable(&e))?;
    if size.len() > LARGEST {
        return Err(messages::TOO_LARGE.to_owned());
    }
    let bytes = fs::read(&file.path).map_err(|e| messages::unreadable(&e))?;
    let sha256 = sha256_hex(&bytes);
    let verified = compare(&file.path, &sha256).map_err(|why| named(why, &bytes))?;
    if file.path.file_name().is_some_and(|name| name == ROLLUP) {
        return Ok(Opened::Summary(Box::new(Summary::parse(&bytes)?)));
    }
    if file.path.file_name().is_some_and(|name| name == SUMMARY) {
        results_beside_are_unchanged(&file.path)?;
        let brief: UnitSummary =
            serde_json::from_slice(&bytes).map_err(|e| messages::malformed(&e))?;
        return brief.read(verified).map(Box::new).map(Opened::Unit);
    }
    let lean: Lean<'_> = serde_json::from_slice(&bytes).map_err(|e| messages::malformed(&e))?;
    if !lean.schema.starts_with("zicha/results/") {
        return Err(messages::NOT_OURS.to_owned());
    }
    if lean.unit.name.trim().is_empty() {
        return Err(messages::NAMELESS.to_owned());
    }
    Ok(Opened::Unit(Box::new(lean.read(sha256, verified))))
}

/// `schema` of `summary.json`.
const SUMMARY_SCHEMA: &str = "zicha/summary/1";

/// The content of `summary.json`: what is counted of one unit's result, in the size of its controls,
/// whatever the number of findings.
#[derive(Serialize, Deserialize)]
struct UnitSummary {
    schema: String,
    #[serde(flatten)]
    key: Key,
    #[serde(flatten)]
    tally: Tally,
    controls: Vec<ReadControl>,
}

impl UnitSummary {
    fn read(self, verified: bool) -> Result<Read, String> {
        if self.schema != SUMMARY_SCHEMA {
            return Err(messages::NOT_OURS.to_owned());
        }
        if self.key.name.trim().is_empty() {
            return Err(messages::NAMELESS.to_owned());
        }
        let tally = Tally {
            verified,
            ..self.tally
        };
        Ok(Read {
            entry: Entry {
                key: self.key,
                tally,
                cells: Cells::default(),
            },
            controls: self.controls,
        })
    }
}

/// `summary.json` of a result whose `results.json` has this SHA-256, and findings of so many unreadable cells
/// more than `results`: a roll-up of either is the same.
///
/// # Errors
/// If it cannot be written as JSON.
pub fn unit_summary(
    results: &Results,
    more_unreadable: u32,
    sha256: &str,
) -> serde_json::Result<Vec<u8>> {
    let Read {
        mut entry,
        controls,
    } = Lean::of(results).read(sha256.to_owned(), false);
    entry.tally.general += more_unreadable;
    entry.tally.unreadable += more_unreadable;
    let written = UnitSummary {
        schema: SUMMARY_SCHEMA.to_owned(),
        key: entry.key,
        tally: entry.tally,
        controls,
    };
    let mut bytes = serde_json::to_vec(&written)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// The reason with the unit that a result says it is of, so that the bureau knows whom to ask.
fn named(reason: String, bytes: &[u8]) -> String {
    #[derive(Deserialize)]
    struct Named {
        unit: LeanUnit,
    }
    match serde_json::from_slice::<Named>(bytes) {
        Ok(named) if !named.unit.name.trim().is_empty() => {
            messages::of_unit(&reason, named.unit.name.trim())
        }
        _ => reason,
    }
}

/// True if the manifest beside the file confirms it, false if there is none.
fn compare(path: &Path, sha256: &str) -> Result<bool, String> {
    let beside = path.with_file_name(manifest::NAME);
    let Ok(bytes) = fs::read(&beside) else {
        return match fs::symlink_metadata(&beside) {
            Ok(_) => Err(messages::BROKEN_MANIFEST.to_owned()),
            Err(_) => Ok(false),
        };
    };
    let manifest: Manifest =
        serde_json::from_slice(&bytes).map_err(|_| messages::BROKEN_MANIFEST.to_owned())?;
    let name = path.file_name().unwrap_or_default();
    match manifest.outputs.iter().find(|f| f.path.as_str() == name) {
        None => Err(messages::NOT_LISTED.to_owned()),
        Some(listed) if listed.digests.sha256 != sha256 => Err(messages::CHANGED.to_owned()),
        Some(_) => Ok(true),
    }
}

/// The whole results beside a summary are held against the manifest as well, though they are not read:
/// a set of which a part was changed is not what the unit wrote.
fn results_beside_are_unchanged(summary: &Path) -> Result<(), String> {
    let results = summary.with_file_name(RESULTS);
    let Ok(file) = fs::File::open(&results) else {
        return Ok(());
    };
    let digests = FileDigests::of_reader(file).map_err(|e| messages::unreadable(&e))?;
    match compare(&results, &digests.sha256) {
        Err(why) if why == messages::CHANGED => Err(messages::CHANGED_BESIDE.to_owned()),
        other => other.map(|_| ()),
    }
}

/// The part of `results.json` that is counted.
#[derive(Deserialize)]
struct Lean<'a> {
    #[serde(borrow)]
    schema: Cow<'a, str>,
    tool: LeanTool,
    unit: LeanUnit,
    run: LeanRun,
    controls: Vec<ReadControl>,
    findings: Vec<LeanFinding>,
    score: LeanScore,
    #[serde(default)]
    discipline: Vec<LeanProposal>,
}

#[derive(Deserialize)]
struct LeanTool {
    version: String,
}

#[derive(Deserialize)]
struct LeanUnit {
    name: String,
    kind: String,
}

#[derive(Deserialize)]
struct LeanRun {
    as_of: Day,
    checklists: Vec<Checklist>,
    festival: Option<PerChecklist<FestivalKind>>,
    period: PerChecklist<Period>,
    #[serde(default)]
    packs: Vec<PackRef>,
}

#[derive(Deserialize)]
struct LeanFinding {
    severity: Severity,
    kind: FindingKind,
    state: State,
    waived: bool,
    due: Day,
    #[serde(default)]
    past: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct LeanScore {
    of: Points,
    percent: Points,
    grade: String,
    #[serde(default)]
    vetoes: Vec<IgnoredAny>,
    #[serde(default)]
    highest: Points,
}

#[derive(Deserialize)]
struct LeanProposal {
    kind: ProposalKind,
}

impl<'a> Lean<'a> {
    /// What is counted of results at hand.
    fn of(results: &'a Results) -> Self {
        Self {
            schema: Cow::Borrowed(&results.schema),
            tool: LeanTool {
                version: results.tool.version.clone(),
            },
            unit: LeanUnit {
                name: results.unit.name.clone(),
                kind: results.unit.kind.clone(),
            },
            run: LeanRun {
                as_of: results.run.as_of,
                checklists: results.run.checklists.clone(),
                festival: results.run.festival.clone(),
                period: results.run.period.clone(),
                packs: results.run.packs.clone(),
            },
            controls: results.controls.iter().map(ReadControl::of).collect(),
            findings: results.findings.iter().map(LeanFinding::of).collect(),
            score: LeanScore {
                of: results.score.of,
                percent: results.score.percent,
                grade: results.score.grade.clone(),
                vetoes: vec![IgnoredAny; results.score.vetoes.len()],
                highest: results.score.highest,
            },
            discipline: results
                .discipline
                .iter()
                .map(|proposal| LeanProposal {
                    kind: proposal.kind,
                })
                .collect(),
        }
    }

    fn read(self, sha256: String, verified: bool) -> Read {
        let proposals = |kind| self.discipline.iter().filter(|p| p.kind == kind).count() as u32;
        let mut tally = Tally {
            kind: self.unit.kind.clone(),
            as_of: self.run.as_of,
            tool: self.tool.version.clone(),
            packs: self.run.packs.clone(),
            sha256,
            verified,
            score: self.score.grade(),
            critical: 0,
            serious: 0,
            general: 0,
            hint: 0,
            overdue: 0,
            reopened: 0,
            unreadable: 0,
            unproven: 0,
            fixed: 0,
            waived: 0,
            rewards: proposals(ProposalKind::Reward),
            penalties: proposals(ProposalKind::Penalty),
        };
        for finding in &self.findings {
            finding.count(self.run.as_of, &mut tally);
        }
        Read {
            entry: Entry {
                key: Key {
                    checklist: self.run.checklist().to_owned(),
                    year: self.run.year(),
                    name: self.unit.name.trim().to_owned(),
                },
                tally,
                cells: Cells::default(),
            },
            controls: self.controls,
        }
    }
}

impl LeanRun {
    /// As the contract names output folders.
    fn checklist(&self) -> &'static str {
        match (self.checklists.len(), &self.festival) {
            (2.., _) => "all",
            (_, Some(PerChecklist::One(kind))) => kind.slug(),
            _ => "annual",
        }
    }

    /// The year checked, which is not always the year in which it was checked.
    fn year(&self) -> i32 {
        match self.period {
            PerChecklist::One(period) => period.to.year(),
            PerChecklist::Each { annual, festival } => annual.unwrap_or(festival).to.year(),
        }
    }
}

impl LeanFinding {
    fn of(finding: &Finding) -> Self {
        Self {
            severity: finding.severity,
            kind: finding.kind,
            state: finding.state,
            waived: finding.waived,
            due: finding.due,
            past: finding.past.as_ref().map(|_| IgnoredAny),
        }
    }

    fn count(&self, as_of: Day, tally: &mut Tally) {
        if self.state == State::Fixed {
            tally.fixed += 1;
        } else if self.waived {
            tally.waived += 1;
        } else if self.past.is_some() {
            tally.unproven += 1;
        } else {
            tally.count(self.severity);
            tally.overdue += u32::from(self.due < as_of);
            tally.reopened += u32::from(self.state == State::Reopened);
            tally.unreadable += u32::from(self.kind == FindingKind::Unreadable);
        }
    }
}

impl LeanScore {
    /// `None` where nothing could be scored.
    fn grade(&self) -> Option<Grade> {
        self.of.is_positive().then(|| Grade {
            grade: self.grade.clone(),
            percent: self.percent,
            highest: self.highest.percent_of(self.of),
            vetoes: self.vetoes.len() as u32,
        })
    }
}
