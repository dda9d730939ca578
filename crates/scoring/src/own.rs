//! The unit's own scoring file: found, its source read beside it, its questions given to the catalogue.

use crate::bind::questions;
use crate::file;
use crate::import::{Imported, import};
use crate::standard::Standard;
use std::fs;
use std::path::{Path, PathBuf};
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::profile::Profile;
use zicha_read::settings::scoring;
use zicha_rule::pack::Catalogue;

/// What the profile names under `scoring:`, if it is a file of the workspace.
#[derive(Clone, Debug, Default)]
pub struct OwnScoring {
    /// Its path in the workspace.
    pub path: String,
    /// Its text.
    pub text: String,
    /// The bureau's file that it was taken from: path in the workspace and bytes.
    pub source: Option<(String, Vec<u8>)>,
    /// Where that file should lie, whether or not it can be used.
    pub form: String,
    /// What is wrong with the source.
    pub told: Vec<Diagnostic>,
}

/// A score table of the unit, ready to be reckoned.
#[derive(Debug, Default)]
pub struct OwnStandard {
    /// What it says.
    pub standard: Standard,
    /// Path of its source, its bytes and what they hold; `None` where it cannot be given back.
    pub source: Option<(String, Vec<u8>, Imported)>,
}

/// Loads the file.
///
/// # Errors
///
/// The file is there and cannot be read.
pub fn load(root: &Path, profile: &Profile) -> Result<Option<OwnScoring>, Diagnostic> {
    let Some((path, text)) = scoring::load(root, profile)?.or_else(|| built_in(profile)) else {
        return Ok(None);
    };
    let mut own = OwnScoring {
        path,
        text,
        ..OwnScoring::default()
    };
    if own.is_standard() {
        own.read_source(root);
    }
    Ok(Some(own))
}

/// A built-in score table that the profile names.
fn built_in(profile: &Profile) -> Option<(String, String)> {
    let path = format!("checklists/scoring/{}.yaml", profile.scoring.as_ref()?.text);
    let text = zicha_embedded::text(&path).filter(|text| file::is_standard(text))?;
    Some((path, text.to_owned()))
}

impl OwnScoring {
    /// True for a bureau's score table; false for a model of chapters.
    pub fn is_standard(&self) -> bool {
        file::is_standard(&self.text)
    }

    /// The table that it holds and everything wrong with its form; `None` if it cannot be used.
    pub fn standard(&self) -> (Option<OwnStandard>, Vec<Diagnostic>) {
        let (standard, mut told) = file::parse(&self.path, &self.text);
        told.extend(self.told.iter().cloned());
        let Some(mut standard) = standard else {
            return (None, told);
        };
        questions::complete(&mut standard);
        let source = self.source.as_ref().and_then(|(path, bytes)| {
            let imported = import(path, bytes).ok()?;
            Some((path.clone(), bytes.clone(), imported))
        });
        (Some(OwnStandard { standard, source }), told)
    }

    /// Adds the on-site questions of the table to the catalogue.
    pub fn ask(&self, catalogue: &mut Catalogue) -> Vec<Diagnostic> {
        if !self.is_standard() {
            return Vec::new();
        }
        let (own, _) = self.standard();
        let text = own.and_then(|own| questions::controls(&own.standard));
        text.map_or_else(Vec::new, |text| catalogue.take_in(&self.path, &text))
    }

    /// Where the source lies: it is no ledger.
    pub fn left_out(&self, root: &Path) -> Option<PathBuf> {
        (!self.form.is_empty()).then(|| root.join(&self.form))
    }

    fn read_source(&mut self, root: &Path) {
        let (standard, _) = file::parse(&self.path, &self.text);
        let Some(standard) = standard.filter(|standard| !standard.source.is_empty()) else {
            return;
        };
        let beside = Path::new(&self.path).parent().unwrap_or(Path::new(""));
        let path = beside
            .join(&standard.source)
            .to_string_lossy()
            .replace('\\', "/");
        self.form.clone_from(&path);
        match fs::read(root.join(&path)) {
            Ok(bytes)
                if crate::import::digest(&bytes) == standard.sha256
                    || standard.sha256.is_empty() =>
            {
                self.source = Some((path, bytes));
            }
            Ok(_) => self.told.push(changed(&path)),
            Err(_) => self.told.push(gone(&path)),
        }
    }
}

fn changed(path: &str) -> Diagnostic {
    let message = "评分表原文件在导入以后改过，自评表不能照原样填回";
    Diagnostic::new(codes::SCORING_SOURCE, message, Locus::file(path))
        .with_hint("用 zicha scoring import 重新导入；已确认的内容按项目文字保留。")
}

fn gone(path: &str) -> Diagnostic {
    let message = "评分表原文件不在，自评表不能照原样填回";
    Diagnostic::new(codes::SCORING_SOURCE, message, Locus::file(path))
        .with_hint("把原文件放回导入时的位置，或者改写评分标准文件中的“来源”。")
}
