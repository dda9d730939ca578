//! Which row is the heading, and which ledger it may belong to.
//!
//! What enters: the rows of a [`Grid`]. What leaves: [`Heading`]s, each with the scores of the
//! ledgers it may belong to.

use crate::formats::grid::{CellKind, Grid, Row};
use crate::recognition::heading_index::{Claim, Index, LONGEST_HEADING, Understood};
use std::collections::HashSet;
use zicha_model::{
    dataset::Match,
    schema::{FieldId, LedgerId, Schemas},
};

/// Headings deeper in a sheet are not looked for, unless a table already stands above them.
pub const DEEPEST_HEADING: u32 = 30;

/// A row (or a few) that may be a heading.
#[derive(Clone, Debug)]
pub struct Heading {
    /// Index of its first row in the grid.
    pub row: usize,
    /// Rows that it takes, at most three.
    pub height: usize,
    /// True if a merged cell reaches over all of them.
    pub bound: bool,
    /// Column and heading text; of several rows joined.
    pub columns: Vec<(u32, String)>,
    /// What each column may be.
    pub(crate) claims: Vec<Vec<Claim>>,
    /// How well each ledger fits.
    pub fits: Vec<Fit>,
}

/// How well a ledger fits a heading.
#[derive(Clone, Copy, Debug, Default)]
pub struct Fit {
    /// The higher the better.
    pub score: f32,
    /// Distinct fields found.
    pub fields: usize,
    /// Those of them that are no running number.
    pub strong: usize,
    /// Those of the strong ones that the ledger cannot do without.
    pub required: usize,
    /// Those of the strong ones whose heading few ledgers have.
    pub telling: usize,
    /// Columns that are no field but speak for the ledger, and those that every register may have.
    pub beside: usize,
}

impl Heading {
    /// The score of the best ledger.
    pub fn best(&self) -> Fit {
        self.fits.iter().copied().fold(Fit::default(), |best, fit| {
            if fit.score > best.score { fit } else { best }
        })
    }

    /// True if enough columns are known to take the row for a heading at all.
    pub fn plausible(&self) -> bool {
        let Fit { fields, beside, .. } = self.best();
        let width = self.columns.len().max(1);
        let share = fields as f32 / width.saturating_sub(beside).max(1) as f32;
        fields >= MANY
            || (fields >= 3 && share >= 0.3)
            || (fields >= 1 && fields == self.columns.len())
            || (fields == 2 && share >= 0.5)
    }

    /// True if it may begin a further table below another: stricter, since data stand around it.
    pub fn convincing(&self) -> bool {
        let Fit { fields, .. } = self.best();
        fields >= 3 && fields * 2 >= self.columns.len()
    }
}

/// Fields that make a heading however wide the table is: exports have dozens of columns.
const MANY: usize = 5;
/// What a column gives that is no field but speaks for the ledger.
const BESIDE: f32 = 0.25;

/// Rows that one heading may take.
const TALLEST_HEADING: usize = 3;

/// The heading that begins at a row of the grid, in as many rows as fit best.
pub fn at(grid: &Grid, row: usize, index: &Index, schemas: &Schemas) -> Heading {
    let mut best = scored(row, 1, one_row(grid.row(row)), index, schemas);
    if heads_all(grid, row) {
        return best;
    }
    for height in 2..=TALLEST_HEADING {
        let last = row + height - 1;
        let adjoins = |at: usize| grid.row(at).number() == grid.row(at - 1).number() + 1;
        if last >= grid.len() || !adjoins(last) {
            break;
        }
        let rows: Vec<Row<'_>> = (row..=last).map(|at| grid.row(at)).collect();
        let taller = scored(row, height, stacked(grid, &rows, index), index, schemas);
        let (more, fields) = (taller.best().fields, best.best().fields);
        let bound = merged_down(grid, row, height);
        if more >= 2 && (more > fields || (more == fields && bound)) {
            best = Heading { bound, ..taller };
        }
    }
    best
}

/// True for a cell that stands alone above several: a title, and no group of them.
fn heads_all(grid: &Grid, row: usize) -> bool {
    const SEVERAL: usize = 3;
    let below = row + 1;
    grid.row(row).cells().len() == 1
        && below < grid.len()
        && grid.row(below).cells().len() >= SEVERAL
        && grid
            .row(row)
            .cells()
            .next()
            .is_some_and(|cell| cell.column == 0)
}

fn one_row(row: Row<'_>) -> Vec<(u32, String)> {
    row.cells()
        .map(|cell| (cell.column, cell.text.to_owned()))
        .collect()
}

/// True if a cell of the row is merged down over just so many rows.
fn merged_down(grid: &Grid, row: usize, height: usize) -> bool {
    let number = grid.row(row).number();
    grid.merged
        .iter()
        .any(|&(r0, _, r1, _)| r0 == number && (r1 - r0 + 1) as usize == height)
}

/// Joins the rows of a heading: a group's name above several columns goes with each of them,
/// unless what stands below it is known alone and the joined name is not.
fn stacked(grid: &Grid, rows: &[Row<'_>], index: &Index) -> Vec<(u32, String)> {
    let mut columns: Vec<u32> = rows
        .iter()
        .flat_map(|row| row.cells().map(|cell| cell.column))
        .collect();
    columns.sort_unstable();
    columns.dedup();
    let mut groups = vec![String::new(); rows.len() - 1];
    let mut out = Vec::new();
    for column in columns {
        let texts: Vec<&str> = rows.iter().map(|row| row.text(column)).collect();
        regroup(grid, rows, column, &texts, &mut groups);
        let mut text = texts[rows.len() - 1].to_owned();
        for group in groups.iter().rev().filter(|group| !group.is_empty()) {
            text = if text.is_empty() {
                group.clone()
            } else {
                joined(group, &text, index)
            };
        }
        if !text.is_empty() {
            out.push((column, text));
        }
    }
    out
}

/// The groups that a column belongs to, given those of the column to its left.
fn regroup(grid: &Grid, rows: &[Row<'_>], column: u32, texts: &[&str], groups: &mut [String]) {
    for level in 0..groups.len() {
        let below = texts[level + 1..].iter().any(|text| !text.is_empty());
        if !texts[level].is_empty() {
            groups[level].clear();
            if texts[level].len() <= LONGEST_HEADING {
                groups[level].push_str(texts[level]);
            }
            // A new group has subgroups of its own.
            groups[level + 1..].iter_mut().for_each(String::clear);
        } else if !below || !spans(grid, rows[level], column) {
            groups[level].clear();
        }
    }
}

/// True if the upper row's cell to the left reaches over this column: merged, or simply left
/// empty in formats that know no merging.
fn spans(grid: &Grid, upper: Row<'_>, column: u32) -> bool {
    grid.merged.is_empty()
        || grid.merged.iter().any(|&(r0, c0, r1, c1)| {
            r0 <= upper.number() && upper.number() <= r1 && c0 < column && column <= c1
        })
}

fn joined(group: &str, below: &str, index: &Index) -> String {
    let both = format!("{group}{below}");
    let known = |text: &str| {
        index
            .claims(text)
            .iter()
            .any(|c| c.matched != Match::Similar)
    };
    if !known(&both) && known(below) {
        below.to_owned()
    } else {
        both
    }
}

fn scored(
    row: usize,
    height: usize,
    columns: Vec<(u32, String)>,
    index: &Index,
    schemas: &Schemas,
) -> Heading {
    let claims: Vec<Vec<Claim>> = columns
        .iter()
        .map(|(_, text)| {
            if text.len() > LONGEST_HEADING {
                Vec::new()
            } else {
                index.claims(text)
            }
        })
        .collect();
    let mut fits = fits(&claims, columns.len(), schemas);
    speak_beside(&columns, &claims, index, &mut fits);
    Heading {
        row,
        height,
        bound: false,
        columns,
        claims,
        fits,
    }
}

/// Ledgers that have a heading which speaks for one of them.
const FEW: usize = 4;

/// A heading that few ledgers have says more than one that all have; required fields count extra.
fn fits(claims: &[Vec<Claim>], width: usize, schemas: &Schemas) -> Vec<Fit> {
    let mut fits = vec![Fit::default(); schemas.ledgers.len()];
    let mut required = vec![0usize; schemas.ledgers.len()];
    let mut seen: HashSet<(LedgerId, FieldId)> = HashSet::new();
    for column in claims {
        // What only reads like a name of a ledger does not make the heading a common one.
        let known = column.iter().any(|c| c.understood == Understood::Known);
        let counted = column
            .iter()
            .filter(|c| !known || c.understood == Understood::Known);
        let spread: HashSet<LedgerId> = counted.map(|c| c.ledger).collect();
        let rarity = 1.0 / (1.0 + 0.5 * (spread.len().max(1) as f32).ln());
        let mut taken: HashSet<LedgerId> = HashSet::new();
        for claim in column {
            if taken.contains(&claim.ledger) || !seen.insert((claim.ledger, claim.field)) {
                continue;
            }
            taken.insert(claim.ledger);
            let fit = &mut fits[usize::from(claim.ledger.0)];
            fit.fields += 1;
            fit.strong += usize::from(!claim.weak);
            fit.telling += usize::from(!claim.weak && spread.len() <= FEW);
            fit.score += weight(claim) * rarity;
            if schemas.field(claim.ledger, claim.field).required {
                fit.required += usize::from(!claim.weak);
                required[usize::from(claim.ledger.0)] += 1;
            }
        }
    }
    for (at, fit) in fits
        .iter_mut()
        .enumerate()
        .filter(|(_, fit)| fit.fields > 0)
    {
        let wanted = schemas.ledgers[at]
            .fields
            .iter()
            .filter(|f| f.required)
            .count();
        fit.score += 2.0 * required[at] as f32 / wanted.max(1) as f32;
        fit.score += fit.fields as f32 / width.max(1) as f32;
    }
    fits
}

/// Columns that no field has: those that speak for a ledger are counted and scored, those that every
/// register may have are counted.
fn speak_beside(columns: &[(u32, String)], claims: &[Vec<Claim>], index: &Index, fits: &mut [Fit]) {
    for ((_, text), claims) in columns.iter().zip(claims) {
        if text.len() > LONGEST_HEADING {
            continue;
        }
        let spoken = index.beside(text);
        let neutral = index.is_neutral(text);
        for (ledger, fit) in (0..).map(LedgerId).zip(fits.iter_mut()) {
            let claimed = claims.iter().any(|claim| claim.ledger == ledger);
            if fit.fields == 0 || claimed {
                continue;
            }
            let speaks = spoken.contains(&ledger);
            fit.beside += usize::from(speaks || neutral);
            fit.score += if speaks { BESIDE } else { 0.0 };
        }
    }
}

fn weight(claim: &Claim) -> f32 {
    match claim.matched {
        Match::Profile => 1.2,
        Match::Id | Match::Label => 1.0,
        Match::Alias if claim.weak => 0.5,
        Match::Alias => 0.9,
        Match::Similar => match claim.understood {
            Understood::Known => 0.7,
            Understood::Parts => 0.6,
            Understood::Alternative | Understood::Implied => 0.4,
        },
    }
}

/// True if the row can be a heading at a glance: one of its first two entries is a known heading.
pub fn promising(row: Row<'_>, index: &Index) -> bool {
    row.cells()
        .take(2)
        .any(|cell| cell.kind == CellKind::Text && index.knows(cell.text))
}
