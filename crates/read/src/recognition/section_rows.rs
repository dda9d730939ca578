//! Rows that head a part of a table, 一、办公室, as the department of the records below them.
//!
//! What enters: a table's records and the rows that were passed as titles of groups. What leaves: the
//! department of every record with the cell that states it; nothing where a title is no department or some
//! record stands above the first.

use crate::recognition::row_kinds;
use crate::recognition::sheet::Stated;
use crate::recognition::sheet::{Guide, Source};
use crate::recognition::surroundings::{self};
use crate::values::normalise;
use zicha_model::{
    dataset::SheetUse,
    results::Origin,
    schema::{FieldId, LedgerId},
};

/// The departments of the records.
pub(crate) fn departments(
    source: Source<'_>,
    guide: &Guide<'_>,
    ledger: LedgerId,
    records: &[usize],
    usage: &SheetUse,
    has: impl Fn(FieldId) -> bool,
) -> Option<Stated> {
    let field = guide.schemas.ledger(ledger).field_by_id("department")?;
    if has(field) || records.is_empty() {
        return None;
    }
    let titles = usage
        .skipped
        .iter()
        .filter(|skipped| skipped.why == row_kinds::GROUP)
        .flat_map(|skipped| skipped.rows.iter().copied());
    let titles: Vec<u32> = titles.collect();
    let (mut turns, mut places) = (Vec::new(), Vec::new());
    let (mut current, mut next) = (None, titles.iter().peekable());
    let row_at = |number: u32| {
        let mut rows = (0..source.grid.len()).map(|at| source.grid.row(at));
        rows.find(|row| row.number() == number)
    };
    for &at in records {
        let number = source.grid.row(at).number();
        while let Some(&title) = next.next_if(|title| **title < number) {
            let cell = row_at(title)?.cells().next()?;
            let name = bare(cell.text);
            if !surroundings::is_department(guide, ledger, field, &name) {
                return None;
            }
            current = Some((name, (title, cell.column, cell.text.to_owned())));
        }
        let (name, place) = current.clone()?;
        turns.push(name);
        places.push(place);
    }
    Some(Stated {
        turns,
        places,
        ..Stated::of(
            field,
            "各分组行所写部门".to_owned(),
            Origin::Section,
            "分组行".to_owned(),
        )
    })
}

/// 一、办公室, （二）财务科（5人）: the name alone.
fn bare(text: &str) -> String {
    let key = normalise::without_brackets(&normalise::squeezed(text).replace(['(', ')'], "、"));
    let key = key.trim_start_matches('、');
    let rest = key.trim_start_matches(|c| "一二三四五六七八九十".contains(c));
    let rest = match rest.strip_prefix(['、', '.']) {
        Some(name) if rest.len() < key.len() => name,
        _ => key,
    };
    let name = rest.split(['、', ':']).next().unwrap_or(rest);
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn the_number_before_a_department_and_the_count_behind_it_are_left_out() {
        let cases = [
            ("一、办公室", "办公室"),
            ("（二）财务科", "财务科"),
            ("三、 综合科（5人）", "综合科"),
            ("业务科：", "业务科"),
            ("业务科", "业务科"),
        ];
        for (text, name) in cases {
            assert_eq!(bare(text), name, "{text}");
        }
    }
}
