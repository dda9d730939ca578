//! Decides the subjects of a clause by columns.
//!
//! What enters: the conditions of a clause, lowered once. What leaves: for every row whether it is a subject,
//! whether a combination fails, is in order, or cannot be told; and for those that cannot be told, the causes
//! by columns. Where everything lowers exactly, nothing is left to ask. Where a part does not, its rows are
//! asked of the evaluator: all that the columns say for certain still holds.

use super::eligibility::{Eligibility, own_fields};
use crate::columnar::batch::{Batch, CHUNK};
use crate::columnar::causes::CauseSink;
use crate::columnar::{HashJoin, Predicate, all, column};
use crate::context::LedgerState;
use crate::kleene::{FALSE, TRUE, UNKNOWN};
use crate::order::{first_word, last_word};
use crate::outcome::outcome_builder::OutcomeBuilder;
use crate::parallel::in_parallel;
use crate::row_set::RowSet;
use crate::rows::Evaluator;
use crate::rows::row_query::{RowQuery, query_rows};
use crate::value::{ANY_ROW, Why};
use std::collections::BTreeMap;
use zicha_model::{plan::Period, schema::FieldType};
use zicha_rule::ir::{Binding, Body, ExprKind, Key, Slot, Source};

/// The record is a subject, or may be one.
const SUBJECT: u8 = 1;
/// A combination that is meant fails.
const FAILED: u8 = 2;
/// A combination cannot be told.
const OPEN: u8 = 4;
/// A combination is in order.
const JUDGED: u8 = 8;

/// The conditions of a clause, lowered.
#[derive(Debug)]
struct ColumnarFilter<'a> {
    /// Who is a subject.
    subject: Predicate<'a>,
    /// The records joined to it.
    joins: Vec<Join<'a>>,
    /// The first join of an inner `for each`: a subject for which it finds nothing is in order.
    inner: Option<usize>,
    /// What must hold.
    body: Predicate<'a>,
    /// Nothing is left to the evaluator.
    exact: bool,
}

/// Records joined to those bound so far.
#[derive(Debug)]
struct Join<'a> {
    rows: JoinRows<'a>,
    /// References that must resolve where nothing is found, and what is told if one does not.
    references: Vec<(HashJoin<'a>, Why<'a>)>,
}

/// Where joined records come from.
#[expect(
    clippy::large_enum_variant,
    reason = "a handful a clause, each looked at for every batch"
)]
#[derive(Debug)]
enum JoinRows<'a> {
    Found(HashJoin<'a>),
    /// The ledger is rightly without rows.
    Empty,
    /// The ledger is not there.
    Missing(Why<'a>),
}

/// What a piece of the ledger came to.
#[derive(Default)]
struct Piece<'a> {
    passed: Vec<u32>,
    failed: Vec<u32>,
    passed_over: Vec<u32>,
    asked: Vec<u32>,
    causes: BTreeMap<Why<'a>, OpenRows>,
}

/// Records that a cause leaves open, and the rows of the cells to blame.
#[derive(Default)]
struct OpenRows {
    records: Vec<u32>,
    cells: Vec<u32>,
}

/// Judges the records of a ledger by columns, into the builder. Returns the rows that must be asked of the
/// evaluator; none where columns are no way to judge.
pub(crate) fn filter_by_columns<'a>(
    eval: &mut Evaluator<'a>,
    clause: usize,
    (first, rest): (&'a Binding, &'a [Binding]),
    body: &'a Body,
    eligible: &Eligibility,
    builder: &mut OutcomeBuilder<'a>,
) -> Option<Vec<u32>> {
    let Source::Ledger(ledger) = first.source else {
        return None;
    };
    let LedgerState::Rows(table) = eval.context.ledger_state(ledger) else {
        return None;
    };
    if eval.context.one_by_one || !first.keys.is_empty() {
        return None;
    }
    let filter = columnar_filter(eval, (first, rest), body, eligible.period);
    let rows = table.len();
    eval.work(rows);
    let pieces = in_parallel(rows.div_ceil(CHUNK), |chunk| {
        let start = chunk * CHUNK;
        let end = rows.min(start + CHUNK);
        filter.judge(first.slot, start..end, &eligible.outside)
    });
    let mut asked = Vec::new();
    let (mut passed, mut failed) = (RowSet::of(rows), RowSet::of(rows));
    for piece in pieces {
        piece.passed.into_iter().for_each(|row| passed.insert(row));
        piece.failed.into_iter().for_each(|row| failed.insert(row));
        piece
            .passed_over
            .into_iter()
            .for_each(|row| builder.pass_over(ledger, row));
        asked.extend(piece.asked);
        for (why, open) in piece.causes {
            builder.leave_rows_open(why, (clause, ledger), &open.records, &open.cells);
        }
    }
    builder.pass_all(ledger, passed);
    builder.fail_rows(clause, ledger, failed);
    Some(asked)
}

/// For every record whether the filter means it, and whether it lies in the period; and whether that is
/// all that there is to say.
pub(crate) fn filter_subjects<'a>(
    eval: &mut Evaluator<'a>,
    first: &'a Binding,
    period: Option<Period>,
    rows: usize,
) -> Vec<(u8, u8)> {
    let filter = first.filter.as_ref();
    let filter = filter.map_or(Predicate::Known(TRUE), |filter| eval.predicate(filter));
    let period = period_predicate(eval, first, period);
    eval.work(rows);
    let chunks = in_parallel(rows.div_ceil(CHUNK), |chunk| {
        let start = chunk * CHUNK;
        let batch = Batch::of_rows(first.slot, start..rows.min(start + CHUNK));
        let pairs = filter.truths(&batch).into_iter().zip(period.truths(&batch));
        pairs.collect::<Vec<_>>()
    });
    chunks.concat()
}

/// Lowers `for first, rest …: body`.
fn columnar_filter<'a>(
    eval: &mut Evaluator<'a>,
    (first, rest): (&'a Binding, &'a [Binding]),
    body: &'a Body,
    period: Option<Period>,
) -> ColumnarFilter<'a> {
    let filter = first.filter.as_ref();
    let filter = filter.map_or(Predicate::Known(TRUE), |filter| eval.predicate(filter));
    let subject = all(vec![period_predicate(eval, first, period), filter]);
    let opaque = |subject| ColumnarFilter {
        subject,
        joins: Vec::new(),
        inner: None,
        body: Predicate::Opaque,
        exact: false,
    };
    let (inner, body) = match body {
        Body::Each(inner, body) => (&inner[..], &**body),
        body => (&[][..], body),
    };
    let Body::Holds(condition) = body else {
        return opaque(subject);
    };
    let joins = rest.iter().chain(inner).map(|binding| join(eval, binding));
    let Some(joins) = joins.collect::<Option<Vec<_>>>() else {
        return opaque(subject);
    };
    let body = eval.predicate(condition);
    let is_exact = |join: &Join<'_>| match &join.rows {
        JoinRows::Found(join) => join.is_exact(),
        JoinRows::Empty | JoinRows::Missing(_) => true,
    };
    ColumnarFilter {
        exact: subject.is_exact() && joins.iter().all(is_exact) && body.is_exact(),
        inner: (!inner.is_empty()).then_some(rest.len()),
        subject,
        joins,
        body,
    }
}

fn join<'a>(eval: &mut Evaluator<'a>, binding: &'a Binding) -> Option<Join<'a>> {
    let Source::Ledger(ledger) = binding.source else {
        return None;
    };
    let wanted = query_rows(binding, ledger);
    let rows = match eval.context.ledger_state(ledger) {
        LedgerState::Rows(_) => JoinRows::Found(eval.hash_join(wanted)?),
        LedgerState::RightlyEmpty => JoinRows::Empty,
        LedgerState::Missing => JoinRows::Missing(Why::NoLedger(ledger)),
    };
    let mut references = Vec::new();
    for key in &binding.keys {
        let Key::Equals(field, outer) = key else {
            continue;
        };
        let ExprKind::Field(_, from, name) = outer.kind else {
            continue;
        };
        if eval.context.schemas().field(from, name).reference != Some((ledger, *field)) {
            continue;
        }
        let why = Why::Dangling(from, ANY_ROW, name, ledger);
        let alone = RowQuery {
            keys: std::slice::from_ref(key),
            filter: None,
            ..wanted
        };
        match rows {
            JoinRows::Found(_) => references.push((eval.hash_join(alone)?, why)),
            JoinRows::Missing(_) => {}
            // Nothing resolves where there is no row at all: left to the evaluator.
            JoinRows::Empty => return None,
        }
    }
    Some(Join { rows, references })
}

fn period_predicate<'a>(
    eval: &mut Evaluator<'a>,
    first: &Binding,
    period: Option<Period>,
) -> Predicate<'a> {
    let context = eval.context;
    let Source::Ledger(ledger) = first.source else {
        return Predicate::Opaque;
    };
    let event = context.schemas().ledger(ledger).event_date;
    let (Some(period), Some(event), Some(table)) = (period, event, context.dataset.table(ledger))
    else {
        return Predicate::Known(TRUE);
    };
    let (from, to) = (period.from.0, period.to.0);
    let ends = match context.schemas().field(ledger, event).ty {
        FieldType::Date => (from, to),
        FieldType::DateTime => (first_word(from), last_word(to)),
        _ => return Predicate::Known(TRUE),
    };
    let inside = Predicate::InPeriod(column(table, first.slot, event), ends);
    match context.catalogue.open_when.get(&ledger) {
        None => inside,
        // The condition speaks of slot 0; another one is left to the evaluator.
        Some(open) if first.slot == Slot(0) => {
            // Closed on a day that has not come: still open as far as is known.
            let fields = own_fields(open).into_iter();
            let future = fields.map(|field| Predicate::Future(column(table, first.slot, field)));
            let open = eval.predicate(open);
            let open = match open.is_exact() {
                // A record that may be open is not taken for one.
                true => Predicate::Surely(open.into()),
                false => open,
            };
            Predicate::Any([inside, open].into_iter().chain(future).collect())
        }
        Some(_) => Predicate::Any(vec![inside, Predicate::Opaque]),
    }
}

impl<'a> ColumnarFilter<'a> {
    /// Judges some rows that follow one another.
    fn judge(&self, slot: Slot, rows: std::ops::Range<usize>, outside: &RowSet) -> Piece<'a> {
        let start = rows.start as u32;
        let batch = Batch::of_rows(slot, rows);
        let flags = self.flags(&batch);
        let mut piece = Piece::default();
        let mut open = Vec::new();
        for (at, flags) in (0..).zip(flags) {
            let row = start + at;
            let is_sure = self.exact || flags & (FAILED | OPEN) != OPEN;
            if flags & SUBJECT == 0 {
            } else if outside.contains(row) && is_sure {
                piece.passed_over.push(row);
            } else if flags & FAILED != 0 {
                piece.failed.push(row);
            } else if flags & OPEN != 0 && self.exact {
                open.push(at);
            } else if flags & OPEN != 0 {
                piece.asked.push(row);
            } else if flags & JUDGED != 0 {
                piece.passed.push(row);
            }
        }
        if !open.is_empty() {
            let records: Vec<_> = open.iter().map(|&at| start + at).collect();
            let open = batch.picked(&open);
            self.causes(&open, &records, &mut |why, records, cells| {
                let own = piece.causes.entry(why).or_default();
                own.records.extend(records);
                own.cells.extend(cells.unwrap_or_default());
            });
        }
        piece
    }

    /// What every record comes to.
    fn flags(&self, batch: &Batch<'_>) -> Vec<u8> {
        let truths = self.subject.truths(batch);
        let subjects = crate::kleene::positions_where(&truths, |truth| truth != FALSE);
        let doubt = |&at: &u32| truths[at as usize] == UNKNOWN;
        let doubt: Vec<_> = subjects.iter().map(doubt).collect();
        let mut flags = vec![0; batch.len];
        if subjects.is_empty() {
            return flags;
        }
        let own = match subjects.len() == batch.len {
            true => self.combinations(0, batch, &doubt),
            false => self.combinations(0, &batch.picked(&subjects), &doubt),
        };
        for ((&at, own), doubt) in subjects.iter().zip(own).zip(doubt) {
            flags[at as usize] = own | SUBJECT | self.ask_if(doubt);
        }
        flags
    }

    /// Where something is left to the evaluator, what cannot be told by columns is asked.
    fn ask_if(&self, doubt: bool) -> u8 {
        u8::from(doubt && !self.exact) * OPEN
    }

    /// What the combinations of every record come to, from a join on. `doubt` says of which records it
    /// cannot be told whether they are meant: those never fail.
    fn combinations(&self, at: usize, batch: &Batch<'_>, doubt: &[bool]) -> Vec<u8> {
        let Some(join) = self.joins.get(at) else {
            let truths = self.body.truths(batch);
            let flag = |(&truth, &doubt): (&u8, &bool)| match (truth, doubt) {
                (TRUE, false) => JUDGED,
                (TRUE, true) if self.exact => JUDGED,
                (FALSE, false) => FAILED,
                _ => OPEN,
            };
            return truths.iter().zip(doubt).map(flag).collect();
        };
        let mut flags: Vec<u8> = match self.inner == Some(at) {
            true => doubt
                .iter()
                .map(|&doubt| u8::from(!doubt) * JUDGED)
                .collect(),
            false => vec![0; batch.len],
        };
        let mut settled = vec![false; batch.len];
        let found = match &join.rows {
            JoinRows::Found(found) => found,
            JoinRows::Empty => return flags,
            JoinRows::Missing(_) => return vec![OPEN; batch.len],
        };
        let unsure = found.pairs(batch, &mut |pairs| {
            let truths = found.filter(batch, pairs);
            let meant = pairs.not_ruled_out(&truths);
            let sure = truths.iter().filter(|&&truth| truth != FALSE);
            let sure = sure.zip(&meant.of);
            let doubt: Vec<_> = sure
                .map(|(&truth, &of)| doubt[of as usize] || truth == UNKNOWN)
                .collect();
            let inner = self.combinations(at + 1, &batch.joined(found.slot, &meant), &doubt);
            for ((&of, inner), doubt) in meant.of.iter().zip(inner).zip(doubt) {
                flags[of as usize] |= inner | self.ask_if(doubt);
                settled[of as usize] = true;
            }
        });
        for at in unsure {
            flags[at as usize] |= OPEN;
            settled[at as usize] = true;
        }
        if found.incomplete.is_some() {
            flags.iter_mut().for_each(|own| *own |= OPEN);
            return flags;
        }
        for (at, _) in dangling(join, batch, &settled) {
            flags[at as usize] |= OPEN;
        }
        flags
    }

    /// Tells why records are open, all of which are.
    fn causes(&self, batch: &Batch<'_>, of: &[u32], sink: CauseSink<'_, 'a>) {
        self.subject.causes_where_unknown(batch, of, sink);
        self.open_combinations(0, batch, of, sink);
    }

    fn open_combinations(&self, at: usize, batch: &Batch<'_>, of: &[u32], sink: CauseSink<'_, 'a>) {
        let Some(join) = self.joins.get(at) else {
            return self.body.causes_where_unknown(batch, of, sink);
        };
        let found = match &join.rows {
            JoinRows::Found(found) => found,
            JoinRows::Empty => return,
            JoinRows::Missing(why) => return sink(*why, of, None),
        };
        let mut settled = vec![false; batch.len];
        let unsure = found.pairs(batch, &mut |pairs| {
            let truths = found.filter(batch, pairs);
            let meant = pairs.not_ruled_out(&truths);
            if meant.of.is_empty() {
                return;
            }
            let records: Vec<_> = meant.of.iter().map(|&at| of[at as usize]).collect();
            let joined = batch.joined(found.slot, &meant);
            found.filter.causes_where_unknown(&joined, &records, sink);
            self.open_combinations(at + 1, &joined, &records, sink);
            meant.of.iter().for_each(|&at| settled[at as usize] = true);
        });
        unsure.iter().for_each(|&at| settled[at as usize] = true);
        found.key_causes(batch, of, sink);
        if let Some(why) = found.incomplete {
            return sink(why, of, None);
        }
        for (at, why) in dangling(join, batch, &settled) {
            sink(why, &[of[at as usize]], None);
        }
    }
}

/// The records for which nothing was found though a reference of theirs must resolve.
fn dangling<'a>(join: &Join<'a>, batch: &Batch<'_>, settled: &[bool]) -> Vec<(u32, Why<'a>)> {
    let alone: Vec<_> = (0..batch.len as u32)
        .filter(|&at| !settled[at as usize])
        .collect();
    let mut found = Vec::new();
    if alone.is_empty() {
        return found;
    }
    let rest = batch.picked(&alone);
    for (reference, why) in &join.references {
        if reference.incomplete.is_some() {
            continue;
        }
        let sizes = reference.sizes(&rest);
        let hangs = |at: &usize| sizes.known[*at] && sizes.values[*at] == 0;
        let own = (0..rest.len).filter(hangs);
        found.extend(own.map(|at| (alone[at], *why)));
    }
    found
}
