//! Messages about types and names in a rule. Here the advice that several of them share.

mod name_messages;
mod operand_messages;

pub(crate) use name_messages::*;
pub(crate) use operand_messages::*;

use zicha_model::{
    control::Choice,
    schema::{EnumSchema, LedgerSchema},
};

pub(crate) fn fields_of(ledger: &LedgerSchema) -> String {
    let names: Vec<_> = ledger.fields.iter().map(|f| f.label.as_str()).collect();
    format!("这本台账的列有：{}", shortened(&names))
}

/// The value that was meant, perhaps, and those that there are.
pub(crate) fn value_advice(near: Option<&str>, values: &EnumSchema) -> String {
    let names: Vec<_> = values.values.iter().map(|v| v.label.as_str()).collect();
    let meant = near
        .map(zicha_yaml::suggest::did_you_mean)
        .unwrap_or_default();
    format!("{meant}可以写：{}", shortened(&names))
}

pub(crate) fn options_are(options: &[Choice]) -> String {
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
pub(crate) fn option_list(options: &[Choice]) -> String {
    let shown = options.iter().map(|option| {
        if option.label == option.id {
            option.id.clone()
        } else {
            format!("{}（{}）", option.id, option.label)
        }
    });
    shown.collect::<Vec<_>>().join("、")
}
