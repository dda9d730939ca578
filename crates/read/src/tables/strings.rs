//! The strings of sheets → those of the dataset.
//!
//! What enters: the texts of one sheet, and cells that refer to them. What leaves: the same cells
//! referring to the texts of the dataset, which has each text once.

use crate::tables::block::Block;
use std::sync::Arc;
use zicha_model::{
    dataset::{CellState, Column, Dataset, Interner, ListId, Sym},
    schema::FieldType,
};

/// From a sheet's own strings to the dataset's.
pub(crate) struct Strings {
    /// Symbols below this one are the dataset's own.
    same: u32,
    /// For the symbols from there on the dataset's.
    known: Vec<Sym>,
}

impl Strings {
    /// The first sheet's strings become the dataset's; others are interned there, but for those
    /// that the sheets of one workbook share.
    pub(crate) fn new(dataset: &mut Dataset, texts: Interner) -> Self {
        if dataset.strings.is_empty() {
            dataset.strings = texts;
            return Self {
                same: u32::MAX,
                known: Vec::new(),
            };
        }
        let shared = match (texts.base(), dataset.strings.base()) {
            (Some(ours), Some(theirs)) if Arc::ptr_eq(ours, theirs) => ours.len(),
            _ => 0,
        };
        Self {
            same: shared as u32,
            known: merge(&mut dataset.strings, &texts, shared as u32),
        }
    }

    fn get(&self, sym: Sym) -> Sym {
        match sym.0.checked_sub(self.same) {
            Some(at) => self.known[at as usize],
            None => sym,
        }
    }

    /// For each list of the block the dataset's.
    pub(crate) fn lists(&self, dataset: &mut Dataset, block: &Block) -> Vec<ListId> {
        let lists = (0..).zip(&block.list_of_names).map(|(at, &names)| {
            let items = block.lists.get(ListId(at)).iter().map(|&item| match names {
                true => self.get(Sym(item as u32)).0 as i32,
                false => item,
            });
            dataset.lists.push(items)
        });
        lists.collect()
    }

    pub(crate) fn translate(&self, column: &mut Column, ty: FieldType, lists: &[ListId]) {
        if self.same < u32::MAX {
            for raw in &mut column.raw {
                *raw = self.get(*raw);
            }
        }
        let values = column.words.iter_mut().zip(&column.states);
        let values = values.filter(|(_, state)| **state == CellState::Value);
        match ty {
            FieldType::Text | FieldType::Person | FieldType::Department => {
                values.for_each(|(word, _)| *word = self.get(Sym(*word as u32)).0 as i32);
            }
            FieldType::EnumList(_) | FieldType::PersonList => {
                values.for_each(|(word, _)| *word = lists[*word as usize].0 as i32);
            }
            _ => {}
        }
    }
}

/// Texts that are sought together by one thread.
const SOUGHT_TOGETHER: u32 = 1 << 14;

/// Takes in the texts of `from` on; their symbols. A large sheet has millions, and to seek them
/// takes the time, so that is done side by side; those that are missing are added in their order.
fn merge(strings: &mut Interner, texts: &Interner, from: u32) -> Vec<Sym> {
    let text = |at: u32| texts.resolve(Sym(at));
    let end = texts.len() as u32;
    let starts = (from..end).step_by(SOUGHT_TOGETHER as usize).collect();
    let sought = crate::parallel::each(starts, |start: u32| {
        let together = start..end.min(start + SOUGHT_TOGETHER);
        let found = together.map(|at| strings.seek(text(at)));
        found.collect::<Vec<_>>()
    });
    (from..)
        .zip(sought.into_iter().flatten())
        .map(|(at, found)| found.unwrap_or_else(|missing| strings.add(text(at), missing)))
        .collect()
}
