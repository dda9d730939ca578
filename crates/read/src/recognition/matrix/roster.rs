//! Whether a sheet is a duty roster, and how its records lie.

use super::laid::Laid;
use super::sheet::Sheet;
use super::{across, calendar, down};
use crate::values::normalise;

/// Words that name a roster.
const NAMES: [&str; 5] = ["值班", "值守", "带班", "值勤", "值日"];
/// Words that name one where secrets are spoken of.
const TURNS: [&str; 3] = ["排班", "班表", "轮值"];
/// Rows in which the name may stand.
const DEEPEST: usize = 15;
/// Headings that speak of duty where nothing else does.
const FEWEST_HEADS: usize = 2;

/// The records of a duty roster. `decided`: the unit's settings say that it is one.
pub(crate) fn lay_down(sheet: Sheet<'_>, decided: bool) -> Option<Laid> {
    if has_both_ends(sheet)
        || !(decided || speaks(sheet, DEEPEST, &NAMES) || takes_turns(sheet, DEEPEST))
    {
        return None;
    }
    let laid = calendar::lay_down(sheet)
        .or_else(|| down::lay_down(sheet))
        .or_else(|| across::lay_down(sheet))?;
    let at = laid.heading;
    // A word about duty in some cell of another table does not make it a roster.
    let heads = sheet
        .grid
        .row(at)
        .cells()
        .filter(|cell| NAMES.iter().any(|word| cell.text.contains(word)));
    let named =
        speaks(sheet, at, &NAMES) || takes_turns(sheet, at) || heads.count() >= FEWEST_HEADS;
    (decided || named).then_some(laid)
}

/// True if the rows above, the sheet or the file say one of the words.
fn speaks(sheet: Sheet<'_>, above: usize, words: &[&str]) -> bool {
    const MOST: usize = 300;
    let mut texts = sheet.surroundings(above).take(MOST);
    texts.any(|text| words.iter().any(|word| text.contains(word)))
}

fn takes_turns(sheet: Sheet<'_>, above: usize) -> bool {
    speaks(sheet, above, &TURNS) && speaks(sheet, above, &["密", "机要"])
}

/// True if a row of headings names both the begin and the end of each shift.
fn has_both_ends(sheet: Sheet<'_>) -> bool {
    let Some(ledger) = sheet.schemas.ledger_by_id(super::shifts::LEDGER) else {
        return false;
    };
    let end = sheet.schemas.ledger(ledger).field_by_id("end_at");
    let is_end = |text: &str| {
        let short = normalise::squeezed(text).len() < 60;
        let claims = if short {
            sheet.index.claims(text)
        } else {
            Vec::new()
        };
        claims
            .iter()
            .any(|claim| claim.ledger == ledger && Some(claim.field) == end)
    };
    let mut rows = sheet
        .grid
        .rows()
        .take(DEEPEST)
        .filter(|row| row.cells().len() > 2);
    rows.any(|row| row.cells().take(40).any(|cell| is_end(cell.text)))
}
