//! Each way to lose points ↔ the controls that tell whether it happened.
//!
//! Controls are proposed by wording and clause (`likeness`), kept from an earlier edition where people
//! confirmed them (`earlier`), and what no control tells becomes an on-site question of its own
//! ([`questions`]).

mod earlier;
mod likeness;
pub mod questions;

pub use earlier::{Kept, keep};

use crate::standard::Standard;
use likeness::Index;
use zicha_rule::pack::Catalogue;

/// Controls proposed for one way at most.
const MOST: usize = 3;
/// How sure a proposal must be, in per cent.
const ENOUGH: u32 = 45;
/// How near to the best a further control must be, in per cent of it.
const NEAR: u32 = 85;

/// Proposes controls for every way that has neither controls nor a question.
pub fn propose(standard: &mut Standard, catalogue: &Catalogue) {
    let index = Index::new(catalogue);
    for item in &mut standard.items {
        let text = item.text.clone();
        for way in &mut item.ways {
            if !way.controls.is_empty() || !way.question.is_empty() {
                continue;
            }
            let found = index.like(&way.text, &text);
            let best = found.first().map_or(0, |(sure, _)| *sure);
            let near = found
                .into_iter()
                .filter(|(sure, _)| *sure >= ENOUGH && sure * 100 >= best * NEAR);
            way.controls = near.take(MOST).map(|(_, id)| id).collect();
            way.confidence = if way.controls.is_empty() {
                0
            } else {
                best.min(99) as u8
            };
        }
    }
    questions::number(standard);
}
