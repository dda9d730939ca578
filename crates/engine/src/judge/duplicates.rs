//! Duplicates: subjects that agree in what must be unique. A group is one finding.

use crate::context::lookup_index::Spec;
use crate::context::subject::SubjectRef;
use crate::context::{EvalContext, LedgerState};
use crate::explanation::{EXPLAINED, Explainer, Explanation, words};
use crate::judge::columnar_filter::filter_subjects;
use crate::judge::eligibility::{Eligibility, is_in_period, passed_over};
use crate::kleene::{FALSE, TRUE, UNKNOWN};
use crate::outcome::decided::Singles;
use crate::outcome::outcome_builder::OutcomeBuilder;
use crate::row_set::RowSet;
use crate::rows::{Bound, Evaluator};
use crate::value::{Sort, Text, Value, Why, sort_of, sort_of_field};
use std::collections::BTreeMap;
use zicha_model::schema::{FieldId, FieldType, LedgerId};
use zicha_rule::ir::{Binding, Expr, ExprKind, Source};

/// What makes two values the same, in an order that does not depend on reading.
type Part = String;

/// The subjects that share a key.
struct Group {
    ledger: LedgerId,
    rows: Vec<u32>,
    /// Records whose key is stated by the very cells of another one: merged over both.
    stated_once: Vec<u32>,
    in_period: bool,
    shown: String,
    explanation: Explanation,
}

/// What columns tell of the subjects.
struct ByColumns<'a> {
    /// Those that plainly share a key with none.
    singles: Singles,
    /// Those of them that packs leave out.
    passed_over: Vec<u32>,
    /// Those of which the key cannot be told, and why.
    open: Vec<(u32, Why<'a>)>,
    /// Those that must be looked at.
    left: Vec<u32>,
}

/// Judges `unique a, b`. Subjects with an absent part are left out. A group counts if any of its
/// records lies in the period: a number used again this year is a fault of this year.
pub(crate) fn unique<'a>(
    eval: &mut Evaluator<'a>,
    bindings: &'a [Binding],
    parts: &'a [Expr],
    eligible: &Eligibility,
    builder: &mut OutcomeBuilder<'a>,
) {
    let Some(first) = bindings.first() else {
        return;
    };
    let mut groups: BTreeMap<Vec<Part>, Group> = BTreeMap::new();
    let mut meet = |eval: &mut Evaluator<'a>, doubt: Option<Why<'a>>| {
        let &Bound::Row(ledger, row) = eval.bound(first.slot) else {
            return;
        };
        let key = doubt.map_or_else(|| key_of(eval, parts), Err);
        // A record without a key is no subject of uniqueness, in no pack.
        let Some(key) = key.transpose() else {
            return;
        };
        let mut in_period = is_in_period(eval, first, eligible.period);
        if in_period && let Some((ledger, row)) = passed_over(eval, first, eligible) {
            builder.pass_over(ledger, row);
            in_period = false;
        }
        match key {
            Ok(key) => {
                let group = groups.entry(key).or_insert_with(|| Group {
                    ledger,
                    rows: Vec::new(),
                    stated_once: Vec::new(),
                    in_period: false,
                    shown: shown_parts(eval, parts),
                    explanation: Explanation::default(),
                });
                add_to(eval, group, parts, row, in_period);
            }
            Err(why) if in_period => {
                builder.leave_row_open(eval.context, why, (ledger, row));
            }
            Err(_) => {}
        }
    };
    let by_columns = match bindings {
        [_] if !eval.context.one_by_one => duplicates_by_columns(eval, first, parts, eligible),
        _ => None,
    };
    let met = match &by_columns {
        Some(ByColumns { left, .. }) => {
            eval.each_of(first, left, &mut meet);
            Ok(())
        }
        None => eval.each_combination(bindings, None, &mut meet),
    };
    if let Some(by_columns) = by_columns {
        for row in by_columns.passed_over {
            builder.pass_over(by_columns.singles.ledger, row);
        }
        for (row, why) in by_columns.open {
            builder.leave_row_open(eval.context, why, (by_columns.singles.ledger, row));
        }
        builder.prove_all(by_columns.singles);
    }
    if let Err(why) = met {
        builder.leave_open(eval.context.reason(why));
    }
    let names = part_names(eval, first, parts);
    for (key, group) in groups {
        settle_group(eval, key.join("|"), group, &names, builder);
    }
}

/// Decides by columns what can be decided.
fn duplicates_by_columns<'a>(
    eval: &mut Evaluator<'a>,
    first: &'a Binding,
    parts: &'a [Expr],
    eligible: &Eligibility,
) -> Option<ByColumns<'a>> {
    let Source::Ledger(ledger) = first.source else {
        return None;
    };
    let LedgerState::Rows(table) = eval.context.ledger_state(ledger) else {
        return None;
    };
    let fields = parts.iter().map(|part| plain_part(eval, first, part));
    let fields = fields.collect::<Option<Vec<_>>>()?;
    let spec = Spec {
        ledger,
        fields: fields.iter().map(|&(field, sort)| (field, sort)).collect(),
    };
    let lookup = eval.context.indexes.get(eval.context, table, spec);
    let index = lookup.index()?;
    let subjects = filter_subjects(eval, first, eligible.period, table.len());
    let mut passed_over = Vec::new();
    let (mut rows, mut left) = (RowSet::of(table.len()), Vec::new());
    let mut open = Vec::new();
    for &row in &index.doubtful {
        match subjects[row as usize] {
            (FALSE, _) | (TRUE, FALSE) => {}
            (TRUE, TRUE) if eligible.outside.contains(row) => passed_over.push(row),
            (TRUE, TRUE) => {
                let cells = fields.iter();
                let mut whys =
                    cells.filter_map(|&(field, _)| eval.context.cell(table, row, field).why());
                open.push((row, whys.next().unwrap_or(Why::Undefined)));
            }
            _ => left.push(row),
        }
    }
    for group in index.groups.iter() {
        let mut meant = group
            .iter()
            .filter(|&&row| subjects[row as usize].0 != FALSE);
        match (meant.next(), meant.next()) {
            (None, _) => {}
            (Some(&row), None) if subjects[row as usize] == (TRUE, TRUE) => {
                match eligible.outside.contains(row) {
                    true => passed_over.push(row),
                    false => rows.insert(row),
                }
            }
            (Some(&row), None) if subjects[row as usize] == (TRUE, FALSE) => {}
            _ => left.extend(group),
        }
    }
    let unsure = (0..table.len() as u32).filter(|&row| subjects[row as usize].0 == UNKNOWN);
    left.extend(unsure);
    left.sort_unstable();
    left.dedup();
    let singles = Singles {
        ledger,
        fields: fields.into_iter().map(|(field, _)| field).collect(),
        rows,
    };
    Some(ByColumns {
        singles,
        passed_over,
        open,
        left,
    })
}

/// The field of a part whose words are equal exactly where its texts are.
fn plain_part<'a>(eval: &Evaluator<'a>, first: &Binding, part: &Expr) -> Option<(FieldId, Sort)> {
    let ExprKind::Field(slot, ledger, field) = part.kind else {
        return None;
    };
    let ty = eval.context.schemas().field(ledger, field).ty;
    let is_plain = !matches!(
        ty,
        FieldType::Person
            | FieldType::Department
            | FieldType::PersonList
            | FieldType::EnumList(_)
            | FieldType::DateTime
    );
    (slot == first.slot && is_plain).then(|| (field, sort_of_field(ty)))
}

fn add_to<'a>(
    eval: &mut Evaluator<'a>,
    group: &mut Group,
    parts: &'a [Expr],
    row: u32,
    in_period: bool,
) {
    if group.rows.last() == Some(&row) {
        return;
    }
    group.in_period |= in_period;
    if let Some(&before) = group.rows.last()
        && is_stated_once(eval, parts, before, row)
    {
        group.stated_once.push(row);
        return;
    }
    group.rows.push(row);
    if group.rows.len() <= EXPLAINED {
        let mut explainer = Explainer::new(eval, None);
        parts
            .iter()
            .for_each(|part| explainer.cells(part, &mut group.explanation.evidence));
    }
}

/// True if the key of two records stands in the same cells, merged over both: one number was given,
/// and not twice.
fn is_stated_once(eval: &Evaluator<'_>, parts: &[Expr], a: u32, b: u32) -> bool {
    let dataset = eval.context.dataset;
    parts.iter().all(|part| {
        let ExprKind::Field(_, ledger, field) = part.kind else {
            return false;
        };
        dataset.table(ledger).is_some_and(|table| {
            let carried = table.carried.contains_key(&(b, field));
            carried && dataset.place(table, a, field) == dataset.place(table, b, field)
        })
    })
}

/// The parts of a subject's key; none if one is absent, whatever the others.
fn key_of<'a>(eval: &mut Evaluator<'a>, parts: &'a [Expr]) -> Result<Option<Vec<Part>>, Why<'a>> {
    let (mut key, mut doubt) = (Vec::with_capacity(parts.len()), None);
    for part in parts {
        match eval.value(part) {
            Value::Absent(_) => return Ok(None),
            Value::Unknown(why) => doubt = doubt.or(Some(why)),
            value => key.push(key_text(eval, &value, part)),
        }
    }
    doubt.map_or(Ok(Some(key)), Err)
}

/// A value as part of a key: enumeration ids, person ids, ISO dates.
fn key_text<'a>(eval: &mut Evaluator<'a>, value: &Value<'a>, expr: &'a Expr) -> Part {
    if let ExprKind::Field(slot, ledger, field) = expr.kind
        && let &Bound::Row(_, row) = eval.bound(slot)
        && let Some(table) = eval.context.dataset.table(ledger)
    {
        return eval.context.key_part(table, row, field);
    }
    match (value, sort_of(&expr.ty)) {
        (Value::Text(Text::Known(sym)), sort @ (Sort::Person | Sort::Department)) => {
            let id = eval.context.canonical(*sym, sort).unwrap_or(*sym);
            eval.context.dataset.strings.resolve(id).to_owned()
        }
        _ => eval.context.show(value, &expr.ty),
    }
}

fn shown_parts<'a>(eval: &mut Evaluator<'a>, parts: &'a [Expr]) -> String {
    let mut explainer = Explainer::new(eval, None);
    let shown: Vec<_> = parts.iter().map(|part| explainer.shown(part)).collect();
    shown.join("、")
}

fn part_names<'a>(eval: &mut Evaluator<'a>, first: &Binding, parts: &'a [Expr]) -> String {
    let mut explainer = Explainer::new(eval, Some(first.slot));
    let names: Vec<_> = parts.iter().map(|part| explainer.name(part)).collect();
    names.join("、")
}

fn settle_group<'a>(
    eval: &Evaluator<'a>,
    key: String,
    group: Group,
    names: &str,
    builder: &mut OutcomeBuilder<'a>,
) {
    if !group.in_period {
        return;
    }
    let (ledger, first, times) = (group.ledger, group.rows[0], group.rows.len());
    if times < 2 {
        builder.pass(SubjectRef::Row(ledger, first));
        for &row in &group.stated_once {
            builder.pass(SubjectRef::Row(ledger, row));
        }
        if eval.context.key(ledger, first) != key {
            builder.prove(ledger, key);
        }
        return;
    }
    let mut actual = words::repeated(names, &group.shown, times);
    if times > EXPLAINED {
        actual.push_str(&words::capped(EXPLAINED, times));
    }
    let explanation = Explanation {
        expected: vec![words::unique(names)],
        faults: vec![actual.clone()],
        actual: vec![actual],
        evidence: group.explanation.evidence,
    };
    builder.fail(SubjectRef::Group(ledger, key, first), explanation);
}
impl EvalContext<'_> {
    /// True if one of the records has this key in the fields, written as in findings.
    pub(crate) fn has_single(&self, singles: &Singles, key: &str) -> bool {
        let Some(table) = self.dataset.table(singles.ledger) else {
            return false;
        };
        let text = |row| {
            let parts = singles.fields.iter();
            let parts: Vec<_> = parts
                .map(|&field| self.key_part(table, row, field))
                .collect();
            parts.join("|")
        };
        singles.rows.iter().any(|row| text(row) == key)
    }
}
