//! The files that were read, and how their sheets were understood.

use crate::digest::FileDigests;
use crate::schema::{FieldId, LedgerId};

/// A file that was read, or could not be.
#[derive(Clone, Debug)]
pub struct InputFile {
    /// Path relative to the workspace, `/` separators.
    pub path: String,
    /// Length in bytes.
    pub bytes: u64,
    /// Digests of its bytes.
    pub digests: FileDigests,
    /// Its sheets in order; one for CSV; one for each top-level key of YAML.
    pub sheets: Vec<SheetUse>,
    /// False if the file could not be read at all (a diagnostic says why).
    pub readable: bool,
}

/// How a sheet was understood; shown by `zicha ledgers` and in `results.json`.
#[derive(Clone, Debug, Default)]
pub struct SheetUse {
    /// Sheet name, file stem for CSV, key for YAML.
    pub name: String,
    /// The ledger it was taken for; `None` if it is no ledger (`why` says the reason).
    pub ledger: Option<LedgerId>,
    /// Why it was taken for that ledger, or for none.
    pub why: String,
    /// 1-based heading row.
    pub heading_row: Option<u32>,
    /// Records read.
    pub rows: u32,
    /// Columns used.
    pub columns: Vec<ColumnUse>,
    /// Headings that no field claims, with "did you mean" where something is near.
    pub unused_columns: Vec<UnusedColumn>,
    /// Rows passed over and why: total rows, repeated headings, notes, blank rows.
    pub skipped: Vec<SkippedRows>,
    /// Its rows are another ledger's, which state records of this one as well.
    pub projected: bool,
    /// Remarks: hidden sheet, hidden rows, a second candidate ledger with its score.
    pub remarks: Vec<String>,
}

/// A column that was taken for a field.
#[derive(Clone, Debug)]
pub struct ColumnUse {
    /// 0-based column.
    pub column: u32,
    /// Heading as it stands.
    pub heading: String,
    /// The field.
    pub field: FieldId,
    /// How it matched.
    pub matched: Match,
}

/// How a heading matched a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    /// The field's id.
    Id,
    /// The field's label.
    Label,
    /// One of its aliases.
    Alias,
    /// An alias from the unit's profile.
    Profile,
    /// Equal to a label or alias once brackets, units and punctuation are ignored.
    Similar,
}

/// A heading that no field claims.
#[derive(Clone, Debug)]
pub struct UnusedColumn {
    /// 0-based column.
    pub column: u32,
    /// Heading as it stands.
    pub heading: String,
    /// The label of a field that it resembles.
    pub did_you_mean: Option<String>,
}

/// Rows that were passed over.
#[derive(Clone, Debug)]
pub struct SkippedRows {
    /// Their 1-based numbers.
    pub rows: Vec<u32>,
    /// Why, one phrase in Chinese.
    pub why: String,
}
