//! The checklists as documents for people, and the table of clauses and controls.
//!
//! What enters: the catalogue with the parameters in force. What leaves: 自查指南, or with the trace
//! 条款对照 with its two tables as CSV. Nothing is written here that the catalogue does not say.

mod checklists;
mod contents;
mod parameters;
mod trace;

use crate::options::Written;
use crate::output::document_set;
use crate::output::document_set::Set;
use crate::view::{Fact, Frame, Letterhead};
use std::io;
use zicha_model::results::Tool;
use zicha_rule::pack;

pub use crate::output::document_set::Options;
pub use contents::Guide;

impl Guide<'_> {
    /// Writes both checklists.
    pub fn write(&self, options: &Options) -> io::Result<Written> {
        let document = checklists::document(self);
        let set = Set {
            frame: &self.frame(),
            documents: vec![(&document, "两张清单：查什么、依据、怎样整改")],
            others: Vec::new(),
        };
        document_set::write(set, options)
    }

    /// Writes which clause is checked by which control and the other way round.
    pub fn write_trace(&self, options: &Options) -> io::Result<Written> {
        let document = trace::document(self);
        let (by_clause, by_control) = (trace::by_clause_csv(self)?, trace::by_control_csv(self)?);
        let set = Set {
            frame: &self.frame(),
            documents: vec![(&document, "条款与检查项的对照")],
            others: vec![
                (
                    "条款到检查项.csv",
                    by_clause,
                    "逐条列出检查项，供表格软件打开",
                ),
                (
                    "检查项到条款.csv",
                    by_control,
                    "逐项列出条款和参数，供表格软件打开",
                ),
            ],
        };
        document_set::write(set, options)
    }

    fn frame(&self) -> Frame {
        let unit = match self.profile.unit_name.as_str() {
            "" => "保密自查".to_owned(),
            name => crate::redaction::display_text::display(name),
        };
        let packs = self.catalogue.packs.iter();
        let packs: Vec<_> = packs
            .map(|p| format!("{} 第{}版", pack_name(&p.id), p.version))
            .collect();
        let fact = |label: &str, value: String| Fact {
            label: label.to_owned(),
            value,
        };
        Frame {
            letterhead: Letterhead {
                issuer: unit.clone(),
                marking: self
                    .profile
                    .marking
                    .as_deref()
                    .map(crate::redaction::display_text::display),
                ..Letterhead::default()
            },
            unit,
            tool: Tool::this().label(),
            date_label: "编印日期".to_owned(),
            date: self.as_of.chinese(),
            as_of: self.as_of.to_string(),
            redacted: false,
            facts: vec![
                fact("编印日期", self.as_of.chinese()),
                fact("检查标准", packs.join("、")),
                fact("检查项", format!("{} 项", self.catalogue.controls.len())),
            ],
        }
    }
}

/// The built-in pack has a name of its own; the others are called as the unit picked them.
fn pack_name(id: &str) -> &str {
    if id == pack::BUILT_IN {
        "内置标准"
    } else {
        id
    }
}
