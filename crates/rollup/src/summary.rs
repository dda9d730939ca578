//! The summary: a set of entries that merges in any order and grouping to the same bytes.
//!
//! Why it does: of each key the greatest entry counts, everything else is the union of sets, and
//! every list is written in an order that only the content gives.

use super::{
    cells::{self, ABSENT, Cells, LETTERS, Mark},
    entry::{Entry, Key, Read, Tally, version},
    messages,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use zicha_model::{time::Day, verdict::Severity};

/// `schema` of `rollup.json`.
const SCHEMA: &str = "zicha/rollup/1";

/// A control as the newest result tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlInfo {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Item of 条例 §58.
    pub chapter: String,
    /// Severity.
    pub severity: Severity,
    /// Version of the program whose words these are.
    pub tool: String,
}

/// A result that could not be counted, or a unit's folder without one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LeftOut {
    /// Where, from the unit's folder on.
    pub place: String,
    /// Why.
    pub reason: String,
}

/// A result that another one of the same unit, checklist and year stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Superseded {
    /// Unit, checklist, year.
    #[serde(flatten)]
    pub key: Key,
    /// The day it stands on.
    pub as_of: Day,
    /// Version of the program that made it.
    pub tool: String,
    /// SHA-256 of its `results.json`.
    pub sha256: String,
}

/// Everything that a bureau's report is made of.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// Controls; entries refer to them by index.
    pub controls: Vec<ControlInfo>,
    /// Results that count.
    pub entries: BTreeMap<Key, Entry>,
    /// What was left out.
    pub left_out: BTreeSet<LeftOut>,
    /// Older results.
    pub superseded: BTreeSet<Superseded>,
    /// Units that ought to have reported.
    pub expected: BTreeSet<String>,
    by_id: HashMap<String, u32>,
}

impl Summary {
    /// Adds one unit's result.
    pub(super) fn add(&mut self, read: Read) {
        let Read {
            mut entry,
            controls,
        } = read;
        let tool = entry.tally.tool.clone();
        let marks = controls.into_iter().map(|control| {
            let (verdict, failed) = (control.verdict, control.failed);
            let control = self.control(ControlInfo {
                id: control.id,
                title: control.title,
                chapter: control.chapter,
                severity: control.severity,
                tool: tool.clone(),
            });
            Mark {
                control,
                verdict,
                failed,
            }
        });
        entry.cells = Cells(marks.collect());
        self.enter(entry);
    }

    /// Adds another summary.
    pub fn merge(&mut self, other: Self) {
        let place: Vec<_> = other
            .controls
            .into_iter()
            .map(|c| self.control(c))
            .collect();
        for (_, mut entry) in other.entries {
            entry.cells = entry.cells.renumbered(&place);
            self.enter(entry);
        }
        self.left_out.extend(other.left_out);
        self.superseded.extend(other.superseded);
        self.expected.extend(other.expected);
    }

    /// The index of a control; of two wordings the newer program's counts.
    fn control(&mut self, info: ControlInfo) -> u32 {
        if let Some(&at) = self.by_id.get(&info.id) {
            let known = &mut self.controls[at as usize];
            if rank(&info) > rank(known) {
                *known = info;
            }
            return at;
        }
        let at = self.controls.len() as u32;
        self.by_id.insert(info.id.clone(), at);
        self.controls.push(info);
        at
    }

    /// Keeps the greater of two results of the same key, and says which one it stands for.
    fn enter(&mut self, mut entry: Entry) {
        let Some(known) = self.entries.get_mut(&entry.key) else {
            self.entries.insert(entry.key.clone(), entry);
            return;
        };
        if known.tally.sha256 == entry.tally.sha256 {
            known.tally.verified |= entry.tally.verified;
            return;
        }
        if entry.tally.order() > known.tally.order() {
            std::mem::swap(known, &mut entry);
        }
        self.superseded.insert(Superseded {
            key: entry.key,
            as_of: entry.tally.as_of,
            tool: entry.tally.tool,
            sha256: entry.tally.sha256,
        });
    }

    /// `rollup.json`.
    pub fn render(&self) -> serde_json::Result<Vec<u8>> {
        let mut order: Vec<u32> = (0..self.controls.len() as u32).collect();
        order.sort_by(|&a, &b| self.info(a).id.cmp(&self.info(b).id));
        let writing = Writing {
            schema: SCHEMA,
            letters: LETTERS
                .map(|(_, letter, id)| (letter.to_string(), id))
                .into(),
            controls: order.iter().map(|&at| self.info(at)).collect(),
            units: Units {
                summary: self,
                order: &order,
            },
            left_out: &self.left_out,
            superseded: &self.superseded,
            expected: &self.expected,
        };
        let mut bytes = serde_json::to_vec_pretty(&writing)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    fn info(&self, at: u32) -> &ControlInfo {
        &self.controls[at as usize]
    }

    fn written(&self, entry: &Entry, order: &[u32]) -> WrittenUnit {
        let mut letters = vec![ABSENT; self.controls.len()];
        let mut failed = BTreeMap::new();
        for mark in &entry.cells.0 {
            letters[mark.control as usize] = cells::letter(mark.verdict);
            if mark.failed > 0 {
                failed.insert(self.info(mark.control).id.clone(), mark.failed);
            }
        }
        WrittenUnit {
            key: entry.key.clone(),
            tally: entry.tally.clone(),
            verdicts: order.iter().map(|&at| letters[at as usize]).collect(),
            failed,
        }
    }

    /// Reads `rollup.json`; the reason if it is none.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, String> {
        let written: Written =
            serde_json::from_slice(bytes).map_err(|e| messages::malformed(&e))?;
        if !written.schema.starts_with("zicha/rollup/") {
            return Err(messages::NOT_OURS.to_owned());
        }
        let mut summary = Self::default();
        let place: Vec<_> = written
            .controls
            .into_iter()
            .map(|c| summary.control(c))
            .collect();
        for unit in written.units {
            let entry = unit.entry(&summary.by_id, &place);
            summary.enter(entry);
        }
        summary.left_out.extend(written.left_out);
        summary.superseded.extend(written.superseded);
        summary.expected.extend(written.expected);
        Ok(summary)
    }
}

/// What decides between two wordings of a control.
fn rank(info: &ControlInfo) -> (Vec<u32>, &str, &str, Severity) {
    (
        version(&info.tool),
        &info.title,
        &info.chapter,
        info.severity,
    )
}

/// `rollup.json` as it is written, in the order of [`Written`]. The units are made one at a time: all
/// of them at once would take more memory than everything that was read.
#[derive(Serialize)]
struct Writing<'a> {
    schema: &'static str,
    letters: BTreeMap<String, &'static str>,
    controls: Vec<&'a ControlInfo>,
    units: Units<'a>,
    left_out: &'a BTreeSet<LeftOut>,
    superseded: &'a BTreeSet<Superseded>,
    expected: &'a BTreeSet<String>,
}

struct Units<'a> {
    summary: &'a Summary,
    order: &'a [u32],
}

impl Serialize for Units<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let entries = self.summary.entries.values();
        serializer.collect_seq(entries.map(|entry| self.summary.written(entry, self.order)))
    }
}

/// The form of `rollup.json`.
#[derive(Deserialize)]
struct Written {
    schema: String,
    controls: Vec<ControlInfo>,
    units: Vec<WrittenUnit>,
    left_out: BTreeSet<LeftOut>,
    superseded: BTreeSet<Superseded>,
    expected: BTreeSet<String>,
}

#[derive(Serialize, Deserialize)]
struct WrittenUnit {
    #[serde(flatten)]
    key: Key,
    #[serde(flatten)]
    tally: Tally,
    /// One letter a control, in the order of `controls`.
    verdicts: String,
    /// Subjects that violate a control, where there are any.
    failed: BTreeMap<String, u32>,
}

impl WrittenUnit {
    fn entry(self, by_id: &HashMap<String, u32>, place: &[u32]) -> Entry {
        let failed: HashMap<u32, u32> = self
            .failed
            .iter()
            .filter_map(|(id, &count)| Some((*by_id.get(id)?, count)))
            .collect();
        let marks = self.verdicts.chars().zip(place);
        let marks = marks.filter_map(|(letter, &control)| {
            Some(Mark {
                control,
                verdict: cells::verdict(letter)?,
                failed: failed.get(&control).copied().unwrap_or(0),
            })
        });
        Entry {
            key: self.key,
            cells: Cells(marks.collect()),
            tally: self.tally,
        }
    }
}
