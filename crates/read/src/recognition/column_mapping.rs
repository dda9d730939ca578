//! Which column of a heading is which field of its ledger, and what an unknown one may have meant.
//!
//! What enters: a [`Heading`] and its ledger. What leaves: an [`Assignment`].

use crate::recognition::header_detection::Heading;
use crate::recognition::heading_index::{Index, LAST, LONGEST_HEADING, Understood};
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
    /// How its heading was understood.
    pub(crate) understood: Understood,
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
            understood: c.understood,
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
    let refused = refused.into_iter();
    let refused = refused.filter(|wish| !name_the_thing(heading, ledger, wish, &mut result));
    let refused: Vec<Assigned> = refused.collect();
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

/// 编号 beside a running number is the number of the thing that was lent, if the ledger has a field for it
/// that no other column gives.
fn name_the_thing(
    heading: &Heading,
    ledger: LedgerId,
    wish: &Assigned,
    result: &mut Assignment,
) -> bool {
    let claims = &heading.claims[wish.at];
    let thing = claims.iter().find(|c| c.ledger == ledger && c.doubtful);
    let Some(field) = thing.and_then(|claim| claim.thing) else {
        return false;
    };
    let taken = |known: &Assigned| known.field == field || known.at == wish.at;
    if result.taken.iter().any(taken) {
        return false;
    }
    result.taken.push(Assigned {
        field,
        matched: Match::Similar,
        weak: false,
        ..*wish
    });
    true
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

/// The profile decides; then id, label, alias, running number, similar, the same words, an
/// alternative, what leaves out a word.
fn rank(assigned: &Assigned) -> u8 {
    match assigned.matched {
        Match::Profile => 0,
        Match::Id => 1,
        Match::Label if assigned.order < LAST => 2,
        Match::Label | Match::Alias if !assigned.weak => 3,
        Match::Label | Match::Alias => 4,
        Match::Similar => 5 + assigned.understood as u8,
    }
}

/// The field that an unknown heading very likely means, among those still without column: one of its
/// names says all that the heading says, or the heading all that the name says, and that is more than
/// a kind of thing. Two such fields are no suggestion.
pub fn did_you_mean(
    heading: &str,
    index: &Index,
    ledger: LedgerId,
    assignment: &Assignment,
) -> Option<FieldId> {
    if heading.len() > LONGEST_HEADING || !index.speaks_of(heading, ledger) {
        return None;
    }
    let words = index.words(heading);
    let telling = |word: &&String| !index.is_core(word);
    let within = |a: &[String], b: &[String]| a.iter().all(|word| b.contains(word));
    let mut found: Option<FieldId> = None;
    for (field, name) in index.fields(ledger) {
        let taken = assignment.taken.iter().any(|t| t.field == *field);
        let shared = words.iter().filter(telling).any(|word| name.contains(word));
        let more = words.len().abs_diff(name.len());
        let asks = |words: &[String]| -> Vec<String> {
            let cores = words.iter().filter(|word| index.is_core(word));
            cores.cloned().collect()
        };
        // 维修人员 is no 维修地点.
        let (own, other) = (asks(&words), asks(name));
        let differ = !own.is_empty() && !other.is_empty() && own.iter().all(|w| !other.contains(w));
        if taken || !shared || differ || more > 1 || !(within(&words, name) || within(name, &words))
        {
            continue;
        }
        match found {
            Some(other) if other != *field => return None,
            _ => found = Some(*field),
        }
    }
    found
}
