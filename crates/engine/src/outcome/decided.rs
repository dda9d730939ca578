//! The subjects that a control decided: a bit for each record, so that a million of them cost little.

use crate::context::EvalContext;
use crate::row_set::RowSet;
use std::collections::{BTreeMap, BTreeSet};
use zicha_model::schema::{FieldId, LedgerId};

/// Key that stands among the decided subjects for every stretch of time, where coverage was decided.
pub const EVERY_STRETCH: &str = "*";

/// RowSet whose values in some fields no other row has.
#[derive(Clone, Debug)]
pub(crate) struct Singles {
    pub(crate) ledger: LedgerId,
    pub(crate) fields: Vec<FieldId>,
    pub(crate) rows: RowSet,
}

/// Subjects decided as in order or failed: the evidence that `fixed` needs.
#[derive(Clone, Debug, Default)]
pub struct Decided {
    rows: BTreeMap<LedgerId, RowSet>,
    /// RowSet that share a key with none: evidence that a duplicate is gone.
    singles: Vec<Singles>,
    /// Everything that is no record: ledger id and key.
    others: BTreeSet<(String, String)>,
}

impl Decided {
    /// True if this very subject was decided.
    pub(crate) fn contains(&self, context: &EvalContext<'_>, ledger: &str, key: &str) -> bool {
        if self.others.contains(&(ledger.to_owned(), key.to_owned())) {
            return true;
        }
        let Some(id) = context.schemas().ledger_by_id(ledger) else {
            return false;
        };
        let is_row = || {
            let rows = self.rows.get(&id)?;
            Some(rows.contains(context.row_of(id, key)?))
        };
        let is_single =
            |singles: &Singles| singles.ledger == id && context.has_single(singles, key);
        is_row().unwrap_or(false) || self.singles.iter().any(is_single)
    }

    /// True if nothing was decided.
    pub fn is_empty(&self) -> bool {
        self.others.is_empty() && self.rows.values().all(|rows| rows.len() == 0)
    }

    /// Adds records.
    pub(crate) fn add_rows(&mut self, ledger: LedgerId, rows: RowSet) {
        self.rows.insert(ledger, rows);
    }

    /// Adds records that share a key with none.
    pub(crate) fn add_singles(&mut self, singles: Vec<Singles>) {
        self.singles.extend(singles);
    }

    /// Adds a subject that is no record.
    pub(crate) fn add(&mut self, id: (String, String)) {
        self.others.insert(id);
    }
}
