//! What people decided about an earlier edition of a form, kept in the new one by the items' text.

use crate::standard::{Item, Standard, Way};
use std::collections::BTreeMap;

/// What was kept.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Ways whose controls people had confirmed.
    pub confirmed: usize,
    /// Items and ways that people had decided (实有, 定为).
    pub decided: usize,
    /// Numbers of the earlier items that the new edition does not have, where something was confirmed.
    pub gone: Vec<String>,
}

/// Takes over from `earlier` what people decided, wherever the new edition has the same text.
pub fn keep(standard: &mut Standard, earlier: &Standard) -> Kept {
    let mut kept = Kept::default();
    let mut known: BTreeMap<String, &Item> = earlier
        .items
        .iter()
        .map(|item| (bare(&item.text), item))
        .collect();
    for item in &mut standard.items {
        let Some(before) = known.remove(&bare(&item.text)) else {
            continue;
        };
        item.present = before.present;
        item.decided = before.decided;
        item.reason.clone_from(&before.reason);
        kept.decided += usize::from(
            before.decided.is_some() || before.present != crate::standard::Present::Auto,
        );
        for way in &mut item.ways {
            let same = before
                .ways
                .iter()
                .find(|known| bare(&known.text) == bare(&way.text));
            if let Some(before) = same {
                take_over(way, before, &mut kept);
            }
        }
    }
    let decided = |item: &&&Item| {
        item.ways
            .iter()
            .any(|way| way.confirmed || way.decided.is_some())
    };
    kept.gone = known
        .values()
        .filter(decided)
        .map(|item| item.number.clone())
        .collect();
    kept
}

fn take_over(way: &mut Way, before: &Way, kept: &mut Kept) {
    way.question.clone_from(&before.question);
    way.decided = before.decided;
    kept.decided += usize::from(before.decided.is_some());
    if before.confirmed {
        way.controls.clone_from(&before.controls);
        way.confidence = before.confidence;
        way.confirmed = true;
        kept.confirmed += 1;
    }
}

/// A text without signs and figures: what stays the same when a form is set anew.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).collect()
}
