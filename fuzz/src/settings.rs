//! Files that are found by their name in a folder: profile, waivers, a unit's own rules.

use crate::{model::profile::Profile, read::profile, rule::pack};
use std::{fs, path::PathBuf, sync::OnceLock};

/// A folder of this process.
fn folder() -> &'static PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder").keep();
        fs::create_dir_all(folder.join("pack/controls")).expect("made");
        let head = "id: own\nversion: '1'\ntitle: 自订\ncontrols: [own]\n";
        fs::write(folder.join("pack/pack.yaml"), head).expect("written");
        folder
    })
}

/// Reads the bytes as `zicha.yaml` or `waivers.yaml`.
pub fn load(name: &str, bytes: &[u8]) {
    fs::write(folder().join(name), bytes).expect("written");
    let (_, _, told) = profile::load(folder());
    for diagnostic in &told {
        crate::diag::human::render(diagnostic);
    }
}

/// Compiles the bytes as the file of a unit's own controls.
pub fn rules(bytes: &[u8]) {
    fs::write(folder().join("pack/controls/own.yaml"), bytes).expect("written");
    let profile = Profile {
        packs: vec!["pack".to_owned()],
        ..Profile::default()
    };
    let (_, told) = pack::load(folder(), &profile);
    for diagnostic in &told {
        crate::diag::human::render(diagnostic);
    }
}
