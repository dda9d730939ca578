//! Files that are found by their name in a folder: profile, waivers, a unit's own rules.

use std::{fs, path::PathBuf, sync::OnceLock};
use zicha_model::diag::{self, Diagnostic};
use zicha_read::settings::profile;

/// A folder of this process.
fn folder() -> &'static PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| tempfile::tempdir().expect("a folder").keep())
}

/// Reads the bytes as `zicha.yaml` or `waivers.yaml`.
pub fn load(name: &str, bytes: &[u8]) {
    fs::write(folder().join(name), bytes).expect("written");
    let (_, _, told) = profile::load(folder());
    show(told);
}

/// Compiles the bytes as the file of a unit's own controls, against ledgers loaded once.
pub fn rules(bytes: &[u8]) {
    let mut catalogue = crate::catalogue().lock().expect("one thread");
    let told = catalogue.take_in("own/controls/own.yaml", &String::from_utf8_lossy(bytes));
    catalogue.controls.clear();
    show(told);
}

/// Mistakes are settled and shown, as for a person.
fn show(mut told: Vec<Diagnostic>) {
    diag::sort_and_dedup(&mut told);
    for diagnostic in &told {
        diag::human::render(diagnostic);
    }
}
