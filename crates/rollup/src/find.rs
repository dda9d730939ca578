//! Which files below the folders named are results.
//!
//! A folder with `rollup.json` or `results.json` is taken for what it is and not looked into
//! further. A unit's folder without any result is told; which folder that is does not depend on how
//! the folders are grouped on the command line.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Folders deeper than this are not looked into.
const DEPTH: usize = 8;
/// What a unit's result is called.
pub(super) const RESULTS: &str = "results.json";
/// What a unit's result in short is called; it is read in place of the whole one.
pub(super) const SUMMARY: &str = "summary.json";
/// What an earlier roll-up is called.
pub(super) const ROLLUP: &str = "rollup.json";
/// Folder of the reports in a workspace.
const OUT: &str = "out";

/// A file to be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ResultFile {
    /// Where it is opened.
    pub(super) path: PathBuf,
    /// How it is called in the summary: from the unit's folder on, never a path of the machine.
    pub(super) place: String,
}

/// What lies below the folders.
#[derive(Debug, Default)]
pub(super) struct ResultFiles {
    /// Results and earlier summaries, sorted.
    pub(super) files: Vec<ResultFile>,
    /// Names of folders that ought to hold a unit's results and hold none, sorted.
    pub(super) without: Vec<String>,
    /// Folders named by the user in which nothing was found.
    pub(super) barren: Vec<String>,
}

/// Looks below every folder, except below `out`.
pub(super) fn find(folders: &[PathBuf], out: &Path) -> ResultFiles {
    let out = fs::canonicalize(out).ok();
    let mut findings = ResultFiles::default();
    for folder in folders {
        let Ok(whole) = fs::canonicalize(folder) else {
            findings.barren.push(folder.display().to_string());
            continue;
        };
        let below = look(&whole, out.as_deref(), 0);
        if below.files.is_empty() {
            findings.barren.push(folder.display().to_string());
        }
        findings.files.extend(below.files);
        findings.without.extend(below.without);
    }
    findings.files.sort();
    findings.files.dedup();
    findings.without.sort();
    findings.without.dedup();
    findings
}

#[derive(Default)]
struct Below {
    files: Vec<ResultFile>,
    without: Vec<String>,
}

fn look(path: &Path, out: Option<&Path>, depth: usize) -> Below {
    if path.is_file() {
        return one(path);
    }
    for name in [ROLLUP, SUMMARY, RESULTS] {
        let file = path.join(name);
        if file.is_file() {
            return one(&file);
        }
    }
    let mut below = Below::default();
    let mut empty = Vec::new();
    for child in folders_in(path) {
        if depth >= DEPTH || Some(child.as_path()) == out {
            continue;
        }
        let inner = look(&child, out, depth + 1);
        if inner.files.is_empty() {
            empty.push(name_of(&child));
        }
        below.files.extend(inner.files);
        below.without.extend(inner.without);
    }
    // In a unit's own folder only the reports hold results; a folder without any result is told by
    // the one above it.
    if !below.files.is_empty() && !is_workspace(path) {
        below.without.extend(empty);
    }
    below
}

fn one(file: &Path) -> Below {
    let found = ResultFile {
        path: file.to_owned(),
        place: place(file),
    };
    Below {
        files: vec![found],
        without: Vec::new(),
    }
}

/// True for a unit's own folder, or its folder of reports.
fn is_workspace(path: &Path) -> bool {
    path.join("zicha.yaml").is_file()
        || path.join(OUT).is_dir()
        || path.file_name().is_some_and(|name| name == OUT)
}

/// Folders, sorted; hidden ones left out, links not followed.
fn folders_in(path: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    let folders = entries.filter(|e| e.file_type().is_ok_and(|kind| kind.is_dir()));
    let hidden = |path: &PathBuf| name_of(path).starts_with('.');
    let mut paths: Vec<_> = folders.map(|e| e.path()).filter(|p| !hidden(p)).collect();
    paths.sort();
    paths
}

fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// `单位甲/out/2026-annual/results.json`, `单位乙/results.json`: from the unit's folder on.
fn place(file: &Path) -> String {
    let parts: Vec<_> = file.iter().map(|part| part.to_string_lossy()).collect();
    let above = parts.len().saturating_sub(2);
    let in_reports = above > 0 && parts[above - 1] == OUT;
    let first = if in_reports {
        above.saturating_sub(2)
    } else {
        above
    };
    parts[first..].join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(root: &Path, paths: &[&str]) {
        for path in paths {
            let path = root.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            fs::write(path, "").expect("written");
        }
    }

    #[test]
    fn units_without_results_are_named_however_folders_are_grouped() {
        let root = tempfile::tempdir().expect("a folder");
        let root = root.path();
        write(
            root,
            &[
                "县/甲/zicha.yaml",
                "县/甲/台账/收文.xlsx",
                "县/甲/out/2026-annual/results.json",
                "县/乙/results.json",
                "县/丙/台账/收文.xlsx",
            ],
        );
        let whole = find(&[root.to_owned()], Path::new("none"));
        let places: Vec<_> = whole.files.iter().map(|f| f.place.as_str()).collect();
        assert_eq!(
            places,
            ["乙/results.json", "甲/out/2026-annual/results.json"]
        );
        assert_eq!(whole.without, ["丙"]);
        let county = find(&[root.join("县")], Path::new("none"));
        assert_eq!(county.files, whole.files);
        assert_eq!(county.without, ["丙"]);
    }

    #[test]
    fn the_output_folder_is_not_an_input() {
        let root = tempfile::tempdir().expect("a folder");
        write(root.path(), &["甲/results.json", "汇总/rollup.json"]);
        let found = find(&[root.path().to_owned()], &root.path().join("汇总"));
        assert_eq!(found.files.len(), 1);
        assert_eq!(found.without, Vec::<String>::new());
    }
}
