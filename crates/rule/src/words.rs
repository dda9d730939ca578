//! What people read of this module: every message about a mistake in the data files or in a rule.
//!
//! Here what all of them share, that is advice. The messages about rules are in [`grammar`], [`names`]
//! and [`types`], those about files in [`files`], what a control looks at in [`windows`],
//! how packs narrow that in [`narrowing`].

mod files;
mod grammar;
mod names;
mod narrowing;
mod types;
mod windows;

pub(super) use files::*;
pub(super) use grammar::*;
pub(super) use names::*;
pub(super) use narrowing::*;
pub(super) use types::*;
pub(super) use windows::*;

use super::file_keys;
use zicha_model::{
    control::Choice,
    schema::{EnumSchema, LedgerSchema},
};

pub(super) fn did_you_mean(name: &str) -> String {
    format!("是不是“{name}”？")
}

pub(super) fn allowed(keys: &[&str]) -> String {
    let shown: Vec<_> = keys.iter().map(|key| file_keys::shown(key)).collect();
    format!("这里可以写：{}", shown.join("、"))
}

pub(super) fn fields_of(ledger: &LedgerSchema) -> String {
    let names: Vec<_> = ledger.fields.iter().map(|f| f.label.as_str()).collect();
    format!("这本台账的列有：{}", shortened(&names))
}

/// The value that was meant, perhaps, and those that there are.
pub(super) fn value_advice(near: Option<&str>, values: &EnumSchema) -> String {
    let names: Vec<_> = values.values.iter().map(|v| v.label.as_str()).collect();
    let meant = near.map(did_you_mean).unwrap_or_default();
    format!("{meant}可以写：{}", shortened(&names))
}

pub(super) fn options_are(options: &[Choice]) -> String {
    format!("可以写：{}", option_list(options))
}

/// The first dozen names; a list of forty helps nobody.
fn shortened(names: &[&str]) -> String {
    let first = names
        .iter()
        .take(12)
        .copied()
        .collect::<Vec<_>>()
        .join("、");
    if names.len() > 12 {
        format!("{first} 等 {} 项", names.len())
    } else {
        first
    }
}

/// The options with their labels: `prohibit（禁止）`.
fn option_list(options: &[Choice]) -> String {
    let shown = options.iter().map(|option| {
        if option.label == option.id {
            option.id.clone()
        } else {
            format!("{}（{}）", option.id, option.label)
        }
    });
    shown.collect::<Vec<_>>().join("、")
}
