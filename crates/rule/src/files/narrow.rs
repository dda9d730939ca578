//! `narrow` of a pack's head → conditions that the subjects of a built-in control must meet.
//!
//! A narrowed control keeps its rule; what is added is who is judged by it. A record outside is passed
//! over like one outside the period: it is no subject, and look-ups still see it. So narrowing can take
//! findings of the control away, never add any, and a condition that cannot be told of a record takes nothing away.

use crate::files::catalogue::{Catalogue, Compiled, Narrowing};
use crate::files::file_keys;
use crate::files::narrowing_messages;
use crate::files::pack_head::Head;
use crate::files::{compile, control_file, pack_head};
use crate::ir;
use crate::types::resolve::Record;
use crate::types::scope;
use crate::types::scope::Context;
use zicha_model::diag::codes;
use zicha_model::{
    control::Control,
    profile::Profile,
    schema::{LedgerId, Schemas},
};
use zicha_yaml::suggest;
use zicha_yaml::suggest::nearest;
use zicha_yaml::{Fields, Node, YamlDocument};

/// Keys of an entry.
const KEYS: &[&str] = &["control", "ledger", "where", "reason"];

/// How packs narrowed a control, for people: one line each.
pub fn lines(schemas: &Schemas, compiled: &Compiled) -> Vec<String> {
    let told = compiled.narrowed.iter().map(|narrowing| {
        let ledger = &schemas.ledger(narrowing.ledger).label;
        let Narrowing {
            pack,
            condition,
            reason,
            ..
        } = narrowing;
        narrowing_messages::narrowed(ledger, pack, condition, reason)
    });
    told.collect()
}

/// Narrows the controls that a head names; a mistake leaves the control as it is.
pub(crate) fn apply(
    page: &mut YamlDocument,
    head: &Head,
    catalogue: &mut Catalogue,
    profile: &Profile,
) {
    let Some(list) = &head.narrow else { return };
    for node in page.list(list) {
        if let Some(fields) = page.fields(node, "", &file_keys::pairs(KEYS)) {
            entry(page, &fields, head, catalogue, profile);
        }
    }
}

fn entry(
    page: &mut YamlDocument,
    fields: &Fields<'_>,
    head: &Head,
    catalogue: &mut Catalogue,
    profile: &Profile,
) -> Option<()> {
    let id = page.required(fields, "control");
    let condition = page.required(fields, "where");
    let reason = page.required(fields, "reason");
    let reason = reason.map(str::trim).filter(|reason| {
        if reason.is_empty() {
            page.missing(&fields.shown("reason"), fields.at.clone());
        }
        !reason.is_empty()
    });
    let at = fields.get("control")?;
    let index = pack_head::control(page, at, id?, catalogue)?;
    let control = &catalogue.controls[index].control;
    if !control.merged_into.is_empty() {
        let others = control.merged_into.join("、");
        let message = narrowing_messages::merged_not_narrowed(&control.id, &others);
        let told = page.mistake(codes::PACK_NARROW, message, at.at.clone());
        told.hint = Some(narrowing_messages::narrow_others(&others));
        return None;
    }
    tell_if_idle(page, at, control, catalogue, profile);
    let ledger = ledger(page, fields, &catalogue.controls[index], &catalogue.schemas)?;
    let (node, condition) = (fields.get("where")?, condition?);
    let compiled = compiled(page, node, condition, ledger, (catalogue, index))?;
    let narrowing = Narrowing {
        pack: head.title.clone(),
        ledger,
        condition: on_one_line(condition),
        reason: on_one_line(reason?),
    };
    let context = Context {
        schemas: &catalogue.schemas,
        parameters: &catalogue.parameters,
    };
    let named = control_file::parameters_named(condition, context);
    let control = &mut catalogue.controls[index];
    for (at, condition, slots) in compiled {
        let clause = &mut control.rule.clauses[at];
        clause.narrowed.push(condition);
        clause.slots = slots;
    }
    control.parameters.extend(named);
    control.narrowed.push(narrowing);
    Some(())
}

/// The condition for every clause of a control over the ledger: the clause's position, the condition,
/// and the number of slots then in use.
fn compiled(
    page: &mut YamlDocument,
    node: &Node,
    text: &str,
    ledger: LedgerId,
    (catalogue, index): (&Catalogue, usize),
) -> Option<Vec<(usize, ir::Expr, usize)>> {
    let context = Context {
        schemas: &catalogue.schemas,
        parameters: &catalogue.parameters,
    };
    let mut conditions = Vec::new();
    for (at, clause) in catalogue.controls[index].rule.clauses.iter().enumerate() {
        let Some((_, slot)) = clause.judged().filter(|(judged, _)| *judged == ledger) else {
            continue;
        };
        let free = clause.slots;
        let record = Record { ledger, slot, free };
        let (condition, slots) = compile::condition(page, node, text, record, context)?;
        conditions.push((at, condition, slots));
    }
    Some(conditions)
}

/// A control that is not judged anyway: the unit should know that its condition does nothing.
fn tell_if_idle(
    page: &mut YamlDocument,
    at: &Node,
    control: &Control,
    catalogue: &Catalogue,
    profile: &Profile,
) {
    if let Some(why) = catalogue.not_judged(profile, control) {
        let message = narrowing_messages::narrowing_idle(&control.id, &why);
        let told = page.mistake(codes::PACK_NARROW_IDLE, message, at.at.clone());
        told.hint = Some(narrowing_messages::drop_narrowing());
    }
}

/// The ledger whose records are meant: the one that the entry names, or the only one that is judged.
fn ledger(
    page: &mut YamlDocument,
    fields: &Fields<'_>,
    compiled: &Compiled,
    schemas: &Schemas,
) -> Option<LedgerId> {
    let id = &compiled.control.id;
    let judged = judged(&compiled.rule);
    let label = |ledger: &LedgerId| schemas.ledger(*ledger).label.as_str();
    let labels: Vec<_> = judged.iter().map(label).collect();
    let named = fields.get("ledger");
    let place = named.or(fields.get("control"));
    let at = place.map_or(fields.at.clone(), |node| node.at.clone());
    let named = match named {
        Some(node) => Some(page.word(node)?),
        None => None,
    };
    match (named, judged.as_slice()) {
        (_, []) => {
            let told = page.mistake(
                codes::PACK_NARROW,
                narrowing_messages::no_records_to_narrow(id),
                at,
            );
            told.hint = Some(narrowing_messages::instead_of_narrowing());
            None
        }
        (None, [only]) => Some(*only),
        (None, _) => {
            let told = page.mistake(
                codes::PACK_NARROW,
                narrowing_messages::which_ledger(id, &labels),
                at,
            );
            told.hint = Some(narrowing_messages::name_ledger());
            None
        }
        (Some(name), _) => {
            let found = scope::ledger_named(schemas, name).filter(|l| judged.contains(l));
            if found.is_none() {
                let message = narrowing_messages::ledger_not_judged(id, name);
                let near = suggest::hint(nearest(name, labels.iter().copied()));
                page.mistake(codes::UNKNOWN_LEDGER, message, at).hint =
                    near.or_else(|| Some(narrowing_messages::judged_ledgers(&labels)));
            }
            found
        }
    }
}

/// The ledgers whose records a rule judges, in the order of its clauses.
fn judged(rule: &ir::Rule) -> Vec<LedgerId> {
    let mut ledgers = Vec::new();
    for (ledger, _) in rule.clauses.iter().filter_map(ir::Clause::judged) {
        if !ledgers.contains(&ledger) {
            ledgers.push(ledger);
        }
    }
    ledgers
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
