//! Which column of a heading is which field of its ledger, and what an unknown one may have meant.
//!
//! What enters: a [`Heading`] and its ledger. What leaves: an [`Assignment`].

use crate::recognition::header_detection::Heading;
use crate::recognition::heading_index::{Index, LAST, LONGEST_HEADING};
use crate::values::normalise;
use zicha_model::{
    dataset::Match,
    schema::{FieldId, LedgerId},
};

/// A column and the field it was taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assigned {
    /// Index in [`Heading::columns`].
    pub at: usize,
    /// The field.
    pub field: FieldId,
    /// How it matched.
    pub matched: Match,
    /// It bears only a running number's name.
    pub weak: bool,
    /// Where its heading stands among the names of the field.
    order: u8,
}

/// Who got which column, and which columns lost a field to another.
#[derive(Clone, Debug, Default)]
pub struct Assignment {
    /// Columns taken, in column order.
    pub taken: Vec<Assigned>,
    /// (index of the losing column, field, index of the winning column, true if both matched equally).
    pub lost: Vec<(usize, FieldId, usize, bool)>,
}

/// Gives each field of the ledger the column that matches it best.
pub fn assign(heading: &Heading, ledger: LedgerId) -> Assignment {
    assign_but(heading, ledger, &[])
}

/// As [`assign`]; `not`: columns (by index) that cannot be these fields.
pub fn assign_but(heading: &Heading, ledger: LedgerId, not: &[(usize, FieldId)]) -> Assignment {
    let mut wishes: Vec<Assigned> = Vec::new();
    for (at, claims) in heading.claims.iter().enumerate() {
        let own = claims.iter().filter(|c| c.ledger == ledger);
        wishes.extend(own.map(|c| Assigned {
            at,
            field: c.field,
            matched: c.matched,
            weak: c.weak,
            order: c.order,
        }));
    }
    wishes.retain(|wish| !not.contains(&(wish.at, wish.field)));
    wishes.sort_by_key(|w| (rank(w), w.order, w.at, w.field));
    let mut result = Assignment::default();
    let mut refused = doubtful(heading, ledger, &mut wishes);
    for wish in wishes {
        let column_free = result.taken.iter().all(|t| t.at != wish.at);
        let field_free = result.taken.iter().all(|t| t.field != wish.field);
        match (column_free, field_free) {
            (true, true) => result.taken.push(wish),
            (true, false) => refused.push(wish),
            _ => {}
        }
    }
    for wish in refused {
        let winner = result.taken.iter().find(|t| t.field == wish.field);
        let unused = result.taken.iter().all(|t| t.at != wish.at);
        if let Some(winner) = winner.filter(|_| unused) {
            let equal = rank(winner) == rank(&wish);
            result.lost.push((wish.at, wish.field, winner.at, equal));
        }
    }
    result.taken.sort_by_key(|t| t.at);
    result
}

/// Takes away the wishes of a bare 编号 for a key that 序号 can be: what is registered beside a
/// running number is likely the number of the thing that was lent or handed over.
fn doubtful(heading: &Heading, ledger: LedgerId, wishes: &mut Vec<Assigned>) -> Vec<Assigned> {
    let serial = |field| move |w: &Assigned| w.weak && w.field == field;
    let mut claims = heading.claims.iter().flatten();
    let doubted = claims.find(|c| c.ledger == ledger && c.doubtful);
    let Some(field) = doubted.map(|claim| claim.field) else {
        return Vec::new();
    };
    if !wishes.iter().any(serial(field)) {
        return Vec::new();
    }
    let bare = |w: &mut Assigned| {
        let claims = &heading.claims[w.at];
        w.field == field && claims.iter().any(|c| c.ledger == ledger && c.doubtful)
    };
    wishes.extract_if(.., bare).collect()
}

/// The profile decides; then id, label, alias, running number, similar.
fn rank(assigned: &Assigned) -> u8 {
    match assigned.matched {
        Match::Profile => 0,
        Match::Id => 1,
        Match::Label if assigned.order < LAST => 2,
        Match::Label | Match::Alias if !assigned.weak => 3,
        Match::Label | Match::Alias => 4,
        Match::Similar => 5,
    }
}

/// The field that an unknown heading resembles most, among those still without column.
pub fn did_you_mean(
    heading: &str,
    index: &Index,
    ledger: LedgerId,
    assignment: &Assignment,
) -> Option<FieldId> {
    if heading.len() > LONGEST_HEADING {
        return None;
    }
    let [key, _] = normalise::loose(heading);
    let mut best: Option<(f64, FieldId)> = None;
    for (field, name) in index.fields(ledger) {
        if assignment.taken.iter().any(|t| t.field == *field) {
            continue;
        }
        let near = likeness(&key, name);
        if near >= 0.5 && best.is_none_or(|(score, _)| near > score) {
            best = Some((near, *field));
        }
    }
    best.map(|(_, field)| field)
}

fn likeness(a: &str, b: &str) -> f64 {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    if short.chars().count() >= 2 && long.contains(short) {
        return 0.6 + 0.4 * short.chars().count() as f64 / long.chars().count() as f64;
    }
    strsim::normalized_levenshtein(a, b)
}
