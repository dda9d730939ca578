//! YAML documents for people: settings, waivers, packs, controls, scoring models, ledgers.
//!
//! What enters: a path and a text. What leaves: [`Node`]s, each with line, column and byte range,
//! and on the [`YamlDocument`] every mistake told so far. A tree of our own rather than derived
//! structures, because serde stops at the first mistake, and a person mending a file wants all.
//!
//! ```
//! use zicha_yaml::YamlDocument;
//! let mut document = YamlDocument::new("zicha.yaml", "单位: 甲\nunti: 乙\n");
//! let tree = document.tree().expect("valid YAML");
//! document.fields(&tree, "zicha.yaml ", &[("unit", "单位")]);
//! assert_eq!(document.diagnostics[0].code, "unknown-key");
//! assert_eq!(document.diagnostics[0].locus.line, Some(2));
//! ```

mod document;
mod excerpt;
pub mod keys;
mod messages;
mod node;
mod parse;
pub mod suggest;
mod syntax_errors;

pub use document::{Fields, YamlDocument};
pub use excerpt::excerpt;
pub use keys::Key;
pub use node::{Node, Value};
pub use parse::{Limits, parse};
