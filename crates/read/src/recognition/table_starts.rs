//! The rows of a sheet that begin tables.
//!
//! What enters: a [`Grid`]. What leaves: a [`Heading`] for each table, from top to bottom.

use crate::formats::grid::Grid;
use crate::recognition::header_detection::Heading;
use crate::recognition::sheet::{Guide, Source};
use crate::recognition::{header_detection, ledger_scoring, row_kinds};
use crate::values::normalise;

/// Known headings that a table must have even where its title names the ledger.
const FEWEST_NAMED: usize = 2;
/// Cells of a row that is a title.
const MOST_IN_A_TITLE: usize = 2;

/// YAML: the keys are the heading.
pub(crate) fn first_row(source: Source<'_>, guide: &Guide<'_>) -> Vec<Heading> {
    let heading = header_detection::at(source.grid, 0, guide.index, guide.schemas);
    let single = heading.height == 1;
    let named = guide
        .index
        .name_scores(&source.grid.name)
        .iter()
        .any(|&s| s > 0.0);
    (single && (named || heading.best().fields > 0))
        .then_some(heading)
        .into_iter()
        .collect()
}

/// All rows that begin a table, repetitions on printed pages left out.
pub(crate) fn headings(grid: &Grid, guide: &Guide<'_>) -> Vec<Heading> {
    let mut found: Vec<Heading> = Vec::new();
    let mut seen = Seen::default();
    let mut at = 0;
    while at < grid.len() {
        let row = grid.row(at);
        let deep = row.number() > header_detection::DEEPEST_HEADING;
        if deep && (found.is_empty() || !header_detection::promising(row, guide.index)) {
            if found.is_empty() {
                break;
            }
            at += 1;
            continue;
        }
        let candidate = best_near(grid, at, guide, &mut seen);
        let next = candidate.row + candidate.height;
        if accept(&candidate, &mut found) {
            found.push(candidate);
            at = next;
        } else {
            at += 1;
        }
    }
    found
}

/// The heading of a table that names its ledger above, though few of its columns are known.
pub(crate) fn named(source: Source<'_>, guide: &Guide<'_>) -> Option<Heading> {
    let grid = source.grid;
    let shallow = |&at: &usize| grid.row(at).number() <= header_detection::DEEPEST_HEADING;
    let rows = (0..grid.len()).take_while(shallow);
    let titles = rows.clone().map(|at| grid.row(at));
    let titles = titles.filter(|row| row.cells().len() <= MOST_IN_A_TITLE);
    let names = ledger_scoring::names(source, guide, titles);
    let mut best: Option<(usize, Heading)> = None;
    for at in rows {
        let heading = header_detection::at(grid, at, guide.index, guide.schemas);
        let named = names.iter().zip(&heading.fits);
        let named = named.filter(|(name, _)| **name >= ledger_scoring::NAMED);
        let strong = named.map(|(_, fit)| fit.strong).max().unwrap_or(0);
        let better = |(most, best): &(usize, Heading)| {
            strong > *most || (strong == *most && heading.height < best.height && !best.bound)
        };
        if strong >= FEWEST_NAMED && best.as_ref().is_none_or(better) {
            best = Some((strong, heading));
        }
    }
    best.map(|(_, heading)| heading)
}

/// The headings looked at last, since every row is looked at from the two above it as well.
#[derive(Default)]
struct Seen(Vec<(usize, Heading)>);

impl Seen {
    fn at(&mut self, grid: &Grid, row: usize, guide: &Guide<'_>) -> Heading {
        if let Some((_, heading)) = self.0.iter().find(|(at, _)| *at == row) {
            return heading.clone();
        }
        let heading = header_detection::at(grid, row, guide.index, guide.schemas);
        if self.0.len() == 3 {
            self.0.remove(0);
        }
        self.0.push((row, heading.clone()));
        heading
    }
}

/// The best heading beginning in this row or the next two: a line of remarks above the heading
/// joined with it looks like a heading in two rows, and the heading itself fits no worse alone.
/// Rows that a merged cell binds together are one heading.
fn best_near(grid: &Grid, at: usize, guide: &Guide<'_>, seen: &mut Seen) -> Heading {
    let mut best = seen.at(grid, at, guide);
    if !best.plausible() {
        return best;
    }
    for near in at + 1..(at + 3).min(grid.len()) {
        let other = seen.at(grid, near, guide);
        let (more, less) = (other.best().fields, best.best().fields);
        let shorter = other.height < best.height && !best.bound;
        if other.plausible() && (more > less || (more == less && shorter)) {
            best = other;
        }
    }
    best
}

/// Decides on a candidate: a table's first heading may be weak, but gives way to a clearly better
/// row close below it; a later one must be convincing and no repetition.
fn accept(candidate: &Heading, found: &mut Vec<Heading>) -> bool {
    let Some(last) = found.last() else {
        return candidate.plausible();
    };
    let close = candidate.row < last.row + last.height + 3;
    if close && candidate.plausible() && candidate.best().score > 1.5 * last.best().score {
        found.pop();
        return true;
    }
    candidate.convincing() && !repeats(candidate, last)
}

/// True if the row says again what the heading of the table says, each thing in its place: where
/// columns have changed places another table begins.
fn repeats(candidate: &Heading, heading: &Heading) -> bool {
    let key = |text: &str| normalise::heading(text);
    let above: Vec<(u32, String)> = heading.columns.iter().map(|(c, t)| (*c, key(t))).collect();
    let (mut same, mut moved) = (0, false);
    for (column, text) in &candidate.columns {
        let text = key(text);
        let here = |(c, above): &(u32, String)| c == column && above.contains(&text);
        if above.iter().any(here) {
            same += 1;
        } else {
            moved |= above.iter().any(|(_, above)| *above == text);
        }
    }
    !moved && same * 5 >= candidate.columns.len() * 4
}

/// The first row of a table's title: short rows right above its heading, but for what closes the
/// table above.
pub(crate) fn title_start(grid: &Grid, heading: usize) -> usize {
    let mut start = heading;
    while start > 0 && heading - start < 3 && grid.row(start - 1).cells().len() <= 2 {
        if row_kinds::is_total_row(grid.row(start - 1)) {
            break;
        }
        start -= 1;
    }
    start
}
