//! `zicha init --levels`: a workbook and a Word file for every department and person of the registers.

use super::{Created, internal, put};
use std::path::Path;
use zicha_model::dataset::Dataset;
use zicha_model::diag::Diagnostic;
use zicha_model::profile::Profile;
use zicha_report::answer_sheets;
use zicha_rule::pack::Catalogue;
use zicha_scoring::levels::{self, Level, Sheet};

/// Folder of the sheets.
const FOLDER: &str = "自查表";

/// Writes the sheets that are not there yet.
pub(super) fn write(
    dir: &Path,
    catalogue: &Catalogue,
    profile: &Profile,
    dataset: &Dataset,
    created: &mut Created,
) -> Result<(), Vec<Diagnostic>> {
    for sheet in levels::sheets(&catalogue.schemas, dataset) {
        let stem = path(&sheet);
        let workbook = answer_sheets::xlsx(&catalogue.schemas, &sheet);
        let workbook = workbook.map_err(|error| vec![internal(&error.to_string())])?;
        put(dir, &format!("{stem}.xlsx"), &workbook, created)?;
        let document = answer_sheets::docx(&profile.unit_name, &sheet);
        let document = document.map_err(|error| vec![internal(&error.to_string())])?;
        put(dir, &format!("{stem}.docx"), &document, created)?;
        created.sheets += 1;
    }
    Ok(())
}

/// `自查表/部门/办公室`, `自查表/个人/办公室/张三`, without signs that file systems refuse.
fn path(sheet: &Sheet) -> String {
    let safe = |name: &str| -> String {
        let kept = name.chars().map(|c| {
            if "\\/:*?\"<>|".contains(c) || c.is_control() {
                '_'
            } else {
                c
            }
        });
        kept.collect::<String>().trim_matches(['.', ' ']).to_owned()
    };
    let who = safe(&sheet.who);
    match (sheet.level, safe(&sheet.department)) {
        (Level::Department, _) => format!("{FOLDER}/部门/{who}"),
        (Level::Person, department) if department.is_empty() => format!("{FOLDER}/个人/{who}"),
        (Level::Person, department) => format!("{FOLDER}/个人/{department}/{who}"),
    }
}
