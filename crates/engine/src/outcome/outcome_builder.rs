//! Collects what the clauses of one control say of each subject, and makes the outcome of it.
//!
//! Records that pass, fail or are open are sets of rows. Words and evidence are made afterwards, for what
//! is shown: violations up to a limit, a handful of examples of each cause.

use super::causes::{CauseTally, EXAMPLES, OpenSubjects, Sample, places};
use super::decided::EVERY_STRETCH;
use super::decided::Singles;
use super::{Outcome, Suggestion, Unanswered, Undecided, UndecidedCause, Violation};
use crate::context::EvalContext;
use crate::context::evidence_ref::EvidenceRef;
use crate::context::subject::{SubjectRef, fingerprint};
use crate::explanation::{Explanation, UnknownReason, extend, reasons, words};
use crate::parallel::each_in_parallel;
use crate::row_set::RowSet;
use crate::value::Why;
use std::collections::{BTreeMap, BTreeSet, btree_map};
use zicha_model::{schema::LedgerId, verdict::Verdict};
use zicha_rule::pack::Compiled;

/// Subjects put into words at a time.
const PIECE: usize = 4096;

/// What all clauses say of one subject, in words.
#[derive(Debug, Default)]
struct Entry<'a> {
    failed: Option<Explanation>,
    unknown: Option<UnknownReason<'a>>,
}

/// The results of a control while its clauses are judged.
#[derive(Debug, Default)]
pub(crate) struct OutcomeBuilder<'a> {
    /// Records in order so far.
    passed: BTreeMap<LedgerId, RowSet>,
    /// Records that fail a clause, by the index of the clause.
    failed: BTreeMap<(usize, LedgerId), RowSet>,
    /// What leaves subjects open.
    open: CauseTally<'a>,
    /// Examples of causes, in words.
    examples: BTreeMap<Why<'a>, Vec<(SubjectRef, UnknownReason<'a>)>>,
    /// Explained failures, and subjects that are no records.
    entries: BTreeMap<SubjectRef, Entry<'a>>,
    /// Records that packs leave out.
    passed_over: BTreeMap<LedgerId, RowSet>,
    /// Keys of groups that turned out to have one member: proof that a duplicate is gone.
    proven: BTreeSet<(LedgerId, String)>,
    /// The same for rows found by columns.
    singles: Vec<Singles>,
    suggestions: Vec<(LedgerId, u32, Explanation)>,
    unanswered: BTreeSet<Unanswered>,
    missing: BTreeSet<LedgerId>,
    reasons: Vec<String>,
    /// Coverage was decided for the whole time asked for.
    every_stretch: bool,
    /// Something that concerns no single subject could not be told.
    is_open: bool,
}

impl<'a> OutcomeBuilder<'a> {
    /// The subject is in order so far.
    pub(crate) fn pass(&mut self, who: SubjectRef) {
        match who {
            SubjectRef::Row(ledger, row) => self.passed.entry(ledger).or_default().insert(row),
            who => {
                self.entries.entry(who).or_default();
            }
        }
    }

    /// These records are in order so far.
    pub(crate) fn pass_all(&mut self, ledger: LedgerId, rows: RowSet) {
        if !rows.is_empty() {
            self.passed.entry(ledger).or_default().add(&rows);
        }
    }

    /// The record is meant, but packs leave it out.
    pub(crate) fn pass_over(&mut self, ledger: LedgerId, row: u32) {
        self.passed_over.entry(ledger).or_default().insert(row);
    }

    /// A key that several records could share has one.
    pub(crate) fn prove(&mut self, ledger: LedgerId, key: String) {
        self.proven.insert((ledger, key));
    }

    /// These records are in order, and none of them shares a key with another.
    pub(crate) fn prove_all(&mut self, singles: Singles) {
        self.pass_all(singles.ledger, singles.rows.clone());
        self.singles.push(singles);
    }

    /// These records fail a clause; which ones are explained is decided later.
    pub(crate) fn fail_rows(&mut self, clause: usize, ledger: LedgerId, rows: RowSet) {
        if !rows.is_empty() {
            self.failed.entry((clause, ledger)).or_default().add(&rows);
        }
    }

    /// A record fails a clause.
    pub(crate) fn fail_row(&mut self, clause: usize, ledger: LedgerId, row: u32) {
        self.failed.entry((clause, ledger)).or_default().insert(row);
    }

    /// The subject violates a clause.
    pub(crate) fn fail(&mut self, who: SubjectRef, explanation: Explanation) {
        let failed = &mut self.entries.entry(who).or_default().failed;
        failed.get_or_insert_default().join(explanation);
    }

    /// A record violates a clause; beyond so many it is only counted.
    pub(crate) fn fail_up_to(
        &mut self,
        limit: usize,
        (ledger, row): (LedgerId, u32),
        explain: impl FnOnce() -> Explanation,
    ) {
        let who = SubjectRef::Row(ledger, row);
        if self.entries.len() < limit || self.entries.contains_key(&who) {
            self.fail(who, explain());
        }
        self.fail_row(usize::MAX, ledger, row);
    }

    /// A cause leaves these records open; `cells` are the rows of the cells to blame.
    pub(crate) fn leave_rows_open(
        &mut self,
        why: Why<'a>,
        (clause, ledger): (usize, LedgerId),
        records: &[u32],
        cells: &[u32],
    ) {
        self.note_missing(why);
        self.open.add(why, (clause, ledger), records, cells);
    }

    /// A record that no clause can be asked about again is open.
    pub(crate) fn leave_row_open(
        &mut self,
        context: &EvalContext<'a>,
        why: Why<'a>,
        (ledger, row): (LedgerId, u32),
    ) {
        let cells = why.cell_row();
        let cells = cells.as_slice();
        self.leave_rows_open(why, (usize::MAX, ledger), &[row], cells);
        let examples = self.examples.entry(why.general()).or_default();
        if examples.len() < EXAMPLES {
            examples.push((SubjectRef::Row(ledger, row), context.reason(why)));
        }
    }

    /// A subject of which no clause can be asked again could not be decided.
    pub(crate) fn undecided(&mut self, who: SubjectRef, mut reason: UnknownReason<'a>) {
        self.missing.extend(reason.missing.iter().copied());
        if reason.whys.is_empty() {
            reason.whys.push(Why::Undefined);
        }
        if let SubjectRef::Row(ledger, row) = who {
            for &why in &reason.whys {
                let cell = why.cell_row();
                self.leave_rows_open(why, (usize::MAX, ledger), &[row], cell.as_slice());
                let examples = self.examples.entry(why.general()).or_default();
                if examples.len() < EXAMPLES {
                    examples.push((who.clone(), reason.clone()));
                }
            }
            return;
        }
        for &why in &reason.whys {
            self.open.add_other(why, who.clone());
        }
        let entry = self.entries.entry(who).or_default();
        entry.unknown.get_or_insert_default().join(reason);
    }

    /// An example of the causes that left a record open.
    pub(crate) fn example(&mut self, why: Why<'a>, sample: Sample, reason: UnknownReason<'a>) {
        let examples = self.examples.entry(why).or_default();
        let who = SubjectRef::Row(sample.ledger, sample.row);
        if let Some((_, known)) = examples.iter_mut().find(|(own, _)| *own == who) {
            known.join(reason);
        } else {
            examples.push((who, reason));
        }
    }

    /// Coverage was decided: a gap that is not among the findings is closed.
    pub(crate) fn every_stretch(&mut self) {
        self.every_stretch = true;
    }

    /// A whole clause could not be judged.
    pub(crate) fn leave_open(&mut self, reason: UnknownReason<'a>) {
        self.is_open = true;
        self.missing.extend(reason.missing);
        for why in reason.whys {
            self.open.name(why);
        }
        extend(&mut self.reasons, reason.reasons);
    }

    /// A remark on why it ended so.
    pub(crate) fn remark(&mut self, reason: String) {
        extend(&mut self.reasons, vec![reason]);
    }

    /// A case for a proposal.
    pub(crate) fn suggest(&mut self, ledger: LedgerId, row: u32, explanation: Explanation) {
        self.pass(SubjectRef::Row(ledger, row));
        self.suggestions.push((ledger, row, explanation));
    }

    /// A question without an answer.
    pub(crate) fn unanswered(&mut self, unanswered: Unanswered) {
        self.unanswered.insert(unanswered);
    }

    fn note_missing(&mut self, why: Why<'a>) {
        if let Why::NoLedger(ledger) = why {
            self.missing.insert(ledger);
        }
    }

    /// The violations explained so far.
    pub(crate) fn failures(&self) -> impl Iterator<Item = (&SubjectRef, &Explanation)> {
        let entries = self.entries.iter();
        entries.filter_map(|(who, entry)| Some((who, entry.failed.as_ref()?)))
    }

    /// How many records fail.
    pub(crate) fn failed_records(&self) -> usize {
        self.failed_rows().values().map(RowSet::len).sum()
    }

    fn failed_rows(&self) -> BTreeMap<LedgerId, RowSet> {
        let mut all: BTreeMap<LedgerId, RowSet> = BTreeMap::new();
        for ((_, ledger), rows) in &self.failed {
            all.entry(*ledger).or_default().add(rows);
        }
        all
    }

    /// Records that fail, explained or not, by ledger.
    fn all_failed_rows(&self) -> BTreeMap<LedgerId, RowSet> {
        let mut failed = self.failed_rows();
        for (who, _) in self.failures() {
            if let SubjectRef::Row(ledger, row) = who {
                failed.entry(*ledger).or_default().insert(*row);
            }
        }
        failed
    }

    /// The first failing records, no more than `limit`, with each clause that they fail.
    pub(crate) fn failures_to_explain(&self, limit: usize) -> Vec<(usize, LedgerId, Vec<u32>)> {
        let mut left = limit;
        let mut last: BTreeMap<LedgerId, Option<u32>> = BTreeMap::new();
        for (ledger, rows) in self.failed_rows() {
            let some: Vec<_> = rows.iter().take(left).collect();
            left -= some.len();
            last.insert(ledger, some.last().copied());
        }
        let clauses = self.failed.iter().map(|(&(clause, ledger), rows)| {
            let last = last.get(&ledger).copied().flatten();
            let some = rows.iter().take_while(|&row| Some(row) <= last);
            (clause, ledger, some.collect())
        });
        clauses.collect()
    }

    /// The subjects that are to be shown for each cause.
    pub(crate) fn samples(&self) -> Vec<(Why<'a>, Sample)> {
        let failed = self.all_failed_rows();
        let causes = self.open.causes.iter();
        let samples = causes.flat_map(|(&why, open)| {
            let samples = open.samples(&failed).into_iter();
            samples.map(move |sample| (why, sample))
        });
        samples
            .filter(|(_, sample)| sample.clause != usize::MAX)
            .collect()
    }

    fn verdict(&self) -> Verdict {
        let fails = self.entries.values().any(|entry| entry.failed.is_some());
        if fails || !self.failed.is_empty() {
            Verdict::Fail
        } else if self.is_open || self.open.leaves_some_open() {
            Verdict::Unknown
        } else if !self.unanswered.is_empty() {
            Verdict::NotChecked
        } else if !self.entries.is_empty() || !self.passed.is_empty() {
            Verdict::Pass
        } else {
            Verdict::NotApplicable
        }
    }

    /// The outcome, in an order that depends on nothing but the records' keys.
    pub(crate) fn outcome(
        mut self,
        index: usize,
        compiled: &Compiled,
        context: &EvalContext<'a>,
    ) -> Outcome {
        let mut outcome = Outcome {
            verdict: self.verdict(),
            ..Outcome::new(index)
        };
        outcome.missing_ledgers = self
            .missing
            .iter()
            .map(|&ledger| context.schemas().ledger(ledger).id.clone())
            .collect();
        outcome.passed_over = self.passed_over.values().map(|r| r.len() as u32).sum();
        outcome.suggestions = suggestions(std::mem::take(&mut self.suggestions), context);
        outcome.unanswered = std::mem::take(&mut self.unanswered).into_iter().collect();
        outcome.reasons = std::mem::take(&mut self.reasons);
        mend_reasons(&mut outcome);
        for (ledger, key) in std::mem::take(&mut self.proven) {
            let ledger = context.schemas().ledger(ledger).id.clone();
            outcome.decided.add((ledger, key));
        }
        outcome
            .decided
            .add_singles(std::mem::take(&mut self.singles));
        if self.every_stretch {
            let (ledger, _) = context.identity(&SubjectRef::Unit);
            outcome.decided.add((ledger, EVERY_STRETCH.to_owned()));
        }
        self.settle_records(&mut outcome);
        let entries = std::mem::take(&mut self.entries);
        let mut texts = BTreeMap::new();
        // There may be hundreds of thousands, and each is put into words: a piece at a time, so that what the
        // words are made of goes as they come.
        let mut entries = merged(entries, context).into_iter();
        loop {
            let piece: Vec<_> = entries.by_ref().take(PIECE).collect();
            if piece.is_empty() {
                break;
            }
            let settled = each_in_parallel(piece, |(id, (who, entry))| {
                Settled::of((id, who, entry), compiled, context)
            });
            for settled in settled {
                settled.add_to(&mut outcome, &mut texts);
            }
        }
        for (why, open) in std::mem::take(&mut self.open).causes {
            let examples = self.examples.remove(&why).unwrap_or_default();
            let cause = cause(context, (why, open), examples, &texts);
            outcome.undecided.push(cause);
        }
        outcome
    }

    /// Counts the records and notes which of them are decided. A record that fails is decided, whatever
    /// leaves another clause open.
    fn settle_records(&mut self, outcome: &mut Outcome) {
        let failed = self.all_failed_rows();
        for open in self.open.causes.values_mut() {
            for ((_, ledger), rows) in &mut open.rows {
                if let Some(failed) = failed.get(ledger) {
                    rows.subtract(failed);
                }
            }
            let fails = |who: &SubjectRef| {
                let entry = self.entries.get(who);
                entry.is_some_and(|entry| entry.failed.is_some())
            };
            open.others.retain(|who| !fails(who));
        }
        let open = self.open.rows();
        let explained = self
            .failures()
            .filter(|(who, _)| matches!(who, SubjectRef::Row(..)));
        let all: usize = failed.values().map(RowSet::len).sum();
        outcome.unlisted = (all - explained.count()) as u32;
        let mut decided = std::mem::take(&mut self.passed);
        for (ledger, rows) in failed {
            decided.entry(ledger).or_default().add(&rows);
        }
        for (ledger, rows) in open {
            outcome.undecided_subjects += rows.len() as u32;
            decided.entry(ledger).or_default().subtract(&rows);
        }
        outcome.subjects += outcome.undecided_subjects;
        for (ledger, rows) in decided {
            outcome.subjects += rows.len() as u32;
            outcome.decided.add_rows(ledger, rows);
        }
    }
}

/// Leaves out what does not fit the verdict, and says why nothing was judged.
fn mend_reasons(outcome: &mut Outcome) {
    if outcome.verdict != Verdict::NotApplicable {
        outcome
            .reasons
            .retain(|reason| reason != reasons::DOES_NOT_APPLY);
    } else if outcome.reasons.is_empty() {
        outcome.reasons.push(match outcome.passed_over {
            0 => reasons::NO_SUBJECT.to_owned(),
            records => reasons::all_passed_over(records),
        });
    }
}

/// Subjects of different clauses that are the same record become one.
fn merged<'a>(
    entries: BTreeMap<SubjectRef, Entry<'a>>,
    context: &EvalContext<'_>,
) -> BTreeMap<(String, String), (SubjectRef, Entry<'a>)> {
    let mut merged: BTreeMap<(String, String), (SubjectRef, Entry<'a>)> = BTreeMap::new();
    for (who, entry) in entries {
        match merged.entry(context.identity(&who)) {
            btree_map::Entry::Vacant(place) => {
                place.insert((who, entry));
            }
            btree_map::Entry::Occupied(mut place) => {
                let known = &mut place.get_mut().1;
                if let Some(explanation) = entry.failed {
                    known.failed.get_or_insert_default().join(explanation);
                }
                if let Some(unknown) = entry.unknown {
                    known.unknown.get_or_insert_default().join(unknown);
                }
            }
        }
    }
    merged
}

/// Texts of open subjects that are no records.
type Texts = BTreeMap<SubjectRef, Undecided>;

/// An entry in words.
struct Settled {
    id: (String, String),
    who: SubjectRef,
    violation: Option<Violation>,
    open: Option<Undecided>,
}

impl Settled {
    /// A violation, else an undecided subject, else a subject in order.
    fn of(
        (id, who, entry): ((String, String), SubjectRef, Entry<'_>),
        compiled: &Compiled,
        context: &EvalContext<'_>,
    ) -> Self {
        let fails = entry.failed.is_some();
        let violation = entry.failed;
        let violation = violation.map(|failed| violation_of(&who, failed, compiled, context));
        let unknown = entry.unknown.filter(|_| !fails);
        Self {
            violation,
            open: unknown.map(|reason| undecided(context, &who, reason)),
            id,
            who,
        }
    }

    /// Adds it, and notes whether it was decided.
    fn add_to(self, outcome: &mut Outcome, texts: &mut Texts) {
        let is_record = matches!(self.who, SubjectRef::Row(..));
        let is_open = self.open.is_some();
        outcome.violations.extend(self.violation);
        texts.extend(self.open.map(|open| (self.who, open)));
        if is_record {
            return;
        }
        outcome.subjects += 1;
        if is_open {
            outcome.undecided_subjects += 1;
            outcome.open_keys.insert(self.id);
        } else {
            outcome.decided.add(self.id);
        }
    }
}

fn undecided(context: &EvalContext<'_>, who: &SubjectRef, reason: UnknownReason<'_>) -> Undecided {
    Undecided {
        subject: context.subject(who),
        reason: reason.reasons.join(words::ALSO),
        evidence: context.all_evidence(&reason.evidence),
    }
}

/// A cause with its count, where its cells stand, and its examples.
fn cause<'a>(
    context: &EvalContext<'a>,
    (why, open): (Why<'a>, OpenSubjects),
    examples: Vec<(SubjectRef, UnknownReason<'a>)>,
    texts: &Texts,
) -> UndecidedCause {
    let others = open.others.iter().take(EXAMPLES);
    let others: Vec<_> = others.filter_map(|who| texts.get(who).cloned()).collect();
    let by_ledger = open.by_ledger();
    let is_open = |who: &SubjectRef| match who {
        SubjectRef::Row(ledger, row) => by_ledger.get(ledger).is_some_and(|r| r.contains(*row)),
        _ => true,
    };
    let shown = examples.into_iter().filter(|(who, _)| is_open(who));
    let mut examples: Vec<_> = shown
        .map(|(who, reason)| undecided(context, &who, reason))
        .collect();
    examples.extend(others);
    examples.truncate(EXAMPLES);
    if examples.is_empty() {
        examples.extend(plain_example(context, why, &by_ledger));
    }
    let rows: usize = by_ledger.values().map(RowSet::len).sum();
    let (ledger, field) = why.place();
    let schemas = context.schemas();
    let id = |ledger: Option<LedgerId>| ledger.map(|l| schemas.ledger(l).id.clone());
    UndecidedCause {
        cause: why.kind(),
        ledger: id(ledger).unwrap_or_default(),
        field: ledger
            .zip(field)
            .map(|(l, f)| schemas.field(l, f).id.clone())
            .unwrap_or_default(),
        reason: context.general_reason(why),
        records: (rows + open.others.len()) as u32,
        places: match (ledger, field) {
            (Some(ledger), Some(field)) => places(context, ledger, field, &open.cells),
            _ => Vec::new(),
        },
        examples,
    }
}

/// The first open record with nothing but the cause itself.
fn plain_example<'a>(
    context: &EvalContext<'a>,
    why: Why<'a>,
    by_ledger: &BTreeMap<LedgerId, RowSet>,
) -> Option<Undecided> {
    let first = |(&ledger, rows): (&LedgerId, &RowSet)| Some((ledger, rows.iter().next()?));
    let (ledger, row) = by_ledger.iter().find_map(first)?;
    let who = SubjectRef::Row(ledger, row);
    Some(Undecided {
        subject: context.subject(&who),
        reason: context.general_reason(why),
        evidence: Vec::new(),
    })
}

fn violation_of(
    who: &SubjectRef,
    mut explanation: Explanation,
    compiled: &Compiled,
    context: &EvalContext<'_>,
) -> Violation {
    let subject = context.subject(who);
    if let SubjectRef::Row(ledger, row) | SubjectRef::Group(ledger, _, row) = who {
        let own =
            |p: &EvidenceRef| matches!(p, EvidenceRef::Cell(l, r, _) if l == ledger && r == row);
        if !explanation.evidence.iter().any(own) {
            extend(&mut explanation.evidence, context.key_cells(*ledger, *row));
        }
    }
    let actual = explanation.actual.join(words::ALSO);
    Violation {
        fingerprint: fingerprint(&compiled.control.id, &subject.ledger, &subject.key),
        message: words::message(
            &context.who_for_people(who),
            &actual,
            &compiled.control.title,
        ),
        problem: context.problem_sentence(&compiled.control, who, &explanation),
        expected: explanation.expected.join(words::ALSO),
        actual,
        evidence: context.all_evidence(&explanation.evidence),
        subject,
    }
}

fn suggestions(
    found: Vec<(LedgerId, u32, Explanation)>,
    context: &EvalContext<'_>,
) -> Vec<Suggestion> {
    let mut suggestions: Vec<_> = found
        .into_iter()
        .map(|(ledger, row, explanation)| Suggestion {
            subject: context.subject(&SubjectRef::Row(ledger, row)),
            row,
            evidence: context.all_evidence(&explanation.evidence),
        })
        .collect();
    suggestions.sort_by(|a, b| (&a.subject, a.row).cmp(&(&b.subject, b.row)));
    suggestions
}
