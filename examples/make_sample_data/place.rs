//! Where every value came to stand, so that a seeded fault can be told with its cells.

use std::collections::BTreeMap;

/// A cell in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// Path below the workspace.
    pub(crate) file: String,
    /// Sheet name; `None` for CSV and YAML.
    pub(crate) sheet: Option<String>,
    /// Row as Excel shows it, or line of a text file.
    pub(crate) row: u32,
    /// Column letter; `None` for YAML.
    pub(crate) column: Option<String>,
    /// The cell as it stands.
    pub(crate) value: String,
}

/// Ledger, record, field → the cell that holds the value.
pub(crate) type Places = BTreeMap<(&'static str, usize, &'static str), Place>;

/// `0` → `A`, `26` → `AA`.
pub(crate) fn letter(column: usize) -> String {
    let last = char::from(b'A' + (column % 26) as u8);
    if column < 26 {
        last.to_string()
    } else {
        format!("{}{last}", letter(column / 26 - 1))
    }
}
