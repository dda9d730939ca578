//! What the guard learns of a package: names of sheets and parts, and what calamine does not tell.

use std::collections::BTreeMap;

/// What the guard learned of one sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    /// Merged regions as in [`crate::formats::grid::Grid::merged`].
    pub(crate) merged: Vec<(u32, u32, u32, u32)>,
    /// 1-based hidden rows.
    pub(crate) hidden_rows: Vec<u32>,
    /// First and last of 0-based hidden columns.
    pub(crate) hidden_columns: Vec<(u32, u32)>,
    /// Formulas that were saved without their result.
    pub(crate) uncomputed: u32,
    /// Address of the first of them.
    pub(crate) first_uncomputed: String,
}

/// What the guard learned of a package.
#[derive(Debug, Default)]
pub(crate) struct Package {
    /// Facts by part name, in lower case.
    pub(crate) parts: BTreeMap<String, Facts>,
    /// Facts by sheet name where the part itself names its sheets (ods).
    pub(crate) tables: BTreeMap<String, Facts>,
    /// Sheet name → relationship id, from the workbook part.
    pub(crate) sheets: Vec<(String, String)>,
    /// Relationship id → target, from the workbook's relationships.
    pub(crate) targets: BTreeMap<String, String>,
    /// True if an ods counts days from 1904; of the others calamine tells.
    pub(crate) since_1904: bool,
    /// True if a worksheet of an xlsb has cells that calamine does not see.
    pub(crate) unseen: bool,
    /// Cells with content so far, over all parts.
    pub(crate) cells: u64,
}

impl Package {
    /// The facts of a sheet by its name.
    pub(crate) fn facts(&mut self, sheet: &str) -> Facts {
        if let Some(facts) = self.tables.remove(sheet) {
            return facts;
        }
        let part = self.part(sheet, |name| self.parts.contains_key(name));
        part.and_then(|part| self.parts.remove(&part))
            .unwrap_or_default()
    }

    /// The part that holds a sheet, in lower case; `known` says whether there is such a part.
    pub(crate) fn part(&self, sheet: &str, known: impl Fn(&str) -> bool) -> Option<String> {
        let (_, id) = self.sheets.iter().find(|(name, _)| name == sheet)?;
        let target = self.targets.get(id)?;
        let target = target.trim_start_matches('/').to_ascii_lowercase();
        Some(match known(&target) {
            true => target,
            false => format!("xl/{target}"),
        })
    }
}
