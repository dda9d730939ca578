//! The records of a dataset by name, for those who stand outside the engine.

use super::{EvalContext, question_scopes, subject::SubjectRef};
use zicha_model::{
    control::Scope, dataset::Dataset, plan::Plan, profile::Profile, results::Subject,
    schema::LedgerId,
};
use zicha_rule::pack::Catalogue;

/// Names the records of a dataset: for findings that no control raises, such as unreadable cells.
pub struct Subjects<'a>(pub(crate) EvalContext<'a>);

impl<'a> Subjects<'a> {
    /// Looks at the registers once.
    pub fn new(
        catalogue: &'a Catalogue,
        dataset: &'a Dataset,
        plan: &'a Plan,
        profile: &'a Profile,
    ) -> Self {
        Self(EvalContext::new(catalogue, dataset, plan, profile))
    }

    /// The record with its key, department and person.
    pub fn of(&self, ledger: LedgerId, row: u32) -> Subject {
        self.0.subject(&SubjectRef::Row(ledger, row))
    }

    /// Whom on-site questions of a scope are about, as an answer names them; `None` for the whole
    /// unit and where the register has no rows.
    pub fn in_scope(&self, scope: Scope) -> Option<Vec<String>> {
        question_scopes::in_scope(&self.0, scope)
    }

    /// The key of a record.
    pub fn key(&self, ledger: LedgerId, row: u32) -> String {
        self.0.key(ledger, row)
    }

    /// True if a record of the ledger has this key.
    pub fn has(&self, ledger: LedgerId, key: &str) -> bool {
        self.row(ledger, key).is_some()
    }

    /// The row of the record with this key.
    pub fn row(&self, ledger: LedgerId, key: &str) -> Option<u32> {
        self.0.row_of(ledger, key)
    }
}
