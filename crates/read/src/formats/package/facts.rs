//! What the guard learns of a package: names of sheets and parts, and what calamine does not tell.

use std::collections::BTreeMap;
use zicha_model::diag::Diagnostic;

/// A comment on a cell: 1-based row, 0-based column, text.
pub(crate) type Comment = (u32, u32, String);

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
    /// Where they stand: 1-based row, 0-based column.
    pub(crate) uncomputed_at: Vec<(u32, u32)>,
}

/// What the guard learned of a package.
#[derive(Debug, Default)]
pub(crate) struct Package {
    /// Facts by part name, in lower case.
    pub(crate) parts: BTreeMap<String, Facts>,
    /// Sheet name → relationship id, from the workbook part.
    pub(crate) sheets: Vec<(String, String)>,
    /// Relationship id → target, from the workbook's relationships.
    pub(crate) targets: BTreeMap<String, String>,
    /// Relationship id → type, from the same.
    pub(crate) kinds: BTreeMap<String, String>,
    /// Part of a sheet → part of what is drawn over it, in lower case.
    pub(crate) drawings: BTreeMap<String, String>,
    /// Part of a drawing → the cells that the middles of its pictures lie over.
    pub(crate) anchors: BTreeMap<String, Vec<(u32, u32)>>,
    /// Part of a sheet → part of the comments on its cells, in lower case.
    pub(crate) comment_parts: BTreeMap<String, String>,
    /// Part of comments → the comments.
    pub(crate) comments: BTreeMap<String, Vec<Comment>>,
    /// Parts of worksheets that are damaged, in lower case, and what is wrong with them.
    pub(crate) broken: BTreeMap<String, Diagnostic>,
    /// True if parts are UTF-16, which is yet to be turned into UTF-8.
    pub(crate) wide: bool,
    /// True if a worksheet of an xlsb has cells that calamine does not see.
    pub(crate) unseen: bool,
    /// Cells with content so far, over all parts.
    pub(crate) cells: u64,
}

impl Package {
    /// The facts of a sheet by its name.
    pub(crate) fn facts(&mut self, sheet: &str) -> Facts {
        let part = self.part(sheet, |name| self.parts.contains_key(name));
        part.and_then(|part| self.parts.remove(&part))
            .unwrap_or_default()
    }

    /// The cells of a sheet, by its part, that pictures lie over.
    pub(crate) fn pictures(&self, part: &str) -> &[(u32, u32)] {
        let drawing = self.drawings.get(part);
        let anchors = drawing.and_then(|drawing| self.anchors.get(drawing));
        anchors.map_or(&[], Vec::as_slice)
    }

    /// The comments on the cells of a sheet, by its part.
    pub(crate) fn comments(&self, part: &str) -> &[Comment] {
        let comments = self.comment_parts.get(part);
        let comments = comments.and_then(|part| self.comments.get(part));
        comments.map_or(&[], Vec::as_slice)
    }

    /// Takes what is wrong with the part of a sheet, if anything is.
    pub(crate) fn breach(&mut self, sheet: &str) -> Option<Diagnostic> {
        let part = self.part(sheet, |name| self.broken.contains_key(name))?;
        self.broken.remove(&part)
    }

    /// Why a sheet of an xlsx or xlsb workbook cannot be read, if its part is not there or not a
    /// sheet.
    pub(crate) fn unreadable(&self, sheet: &str, id: &str) -> Option<&'static str> {
        let kind = self.kinds.get(id).map_or("", String::as_str);
        if kind.to_ascii_lowercase().ends_with("macrosheet") {
            return Some("这是 Excel 4.0 的宏表，不是数据表");
        }
        let known = |name: &str| self.parts.contains_key(name) || self.broken.contains_key(name);
        match self.part(sheet, known) {
            Some(part) if known(&part) => None,
            _ => Some("工作簿里没有此表的内容"),
        }
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
