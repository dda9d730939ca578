//! `problem:` of a control: how its findings are put in papers.

use crate::files::control_file::tell;
use crate::files::{file_keys, file_messages};
use crate::ir::{Binding, Rule, Source, Subjects};
use crate::types::scope::Context;
use zicha_model::diag::codes;
use zicha_model::{
    problem::{self, Part, Problem},
    schema::LedgerId,
};
use zicha_yaml::suggest::{self, nearest};
use zicha_yaml::{Fields, YamlDocument};

/// Reads the problem of a control; `None` where it has none or a mistake in it was told.
pub(crate) fn problem(
    page: &mut YamlDocument,
    fields: &Fields<'_>,
    rule: &Rule,
    context: Context<'_>,
) -> Option<Problem> {
    let node = fields.get("problem")?;
    let own = page.fields(node, "", &file_keys::pairs(&["title", "count", "one"]))?;
    let title = page.required(&own, "title").map(str::to_owned);
    let unit = page.required(&own, "count").map(str::to_owned);
    let one = match page.optional(&own, "one").map(str::to_owned) {
        Some(text) => Some(template(page, &own, &text, rule, context)?),
        None => None,
    };
    Some(Problem {
        title: title?,
        unit: unit?,
        one,
    })
}

fn template(
    page: &mut YamlDocument,
    fields: &Fields<'_>,
    text: &str,
    rule: &Rule,
    context: Context<'_>,
) -> Option<Vec<Part>> {
    let parts = match problem::parse(text) {
        Ok(parts) => parts,
        Err(error) => {
            let message = file_messages::bad_template(&error.piece);
            tell(page, fields, "one", codes::BAD_VALUE, message).hint =
                Some(file_messages::TEMPLATE_FORM.to_owned());
            return None;
        }
    };
    let ledgers = subject_ledgers(rule);
    let known = |field: &str| {
        ledgers
            .iter()
            .any(|&ledger| context.schemas.ledger(ledger).field_by_id(field).is_some())
    };
    let unknown = problem::fields(&parts).into_iter().find(|f| !known(f));
    let Some(unknown) = unknown else {
        return Some(parts);
    };
    let all = ledgers
        .iter()
        .flat_map(|&ledger| &context.schemas.ledger(ledger).fields);
    let hint = suggest::hint(nearest(unknown, all.map(|field| field.id.as_str())));
    let message = file_messages::unknown_template_field(unknown);
    tell(page, fields, "one", codes::UNKNOWN_FIELD, message).hint = hint;
    None
}

/// The ledgers whose records the clauses judge.
fn subject_ledgers(rule: &Rule) -> Vec<LedgerId> {
    let mut ledgers: Vec<_> = rule
        .clauses
        .iter()
        .filter_map(|clause| match &clause.subject {
            Subjects::Each(bindings) => bindings.first().and_then(ledger_of),
            Subjects::Unit => None,
        })
        .collect();
    ledgers.sort();
    ledgers.dedup();
    ledgers
}

fn ledger_of(binding: &Binding) -> Option<LedgerId> {
    match binding.source {
        Source::Ledger(ledger) | Source::Consecutive { ledger, .. } => Some(ledger),
        _ => None,
    }
}
