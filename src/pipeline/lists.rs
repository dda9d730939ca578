//! The rectification lists that people filled in where they lay: found, read, kept.

use super::{
    baseline,
    request::{Baseline, Request, inside},
};
use serde::Deserialize;
use std::{
    fs, io,
    path::{Path, PathBuf},
};
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::{
    plan::Plan,
    rectification::{List, Origin},
    results::Results,
};
use zicha_read::rectification_list::rows;

/// File name of the list.
const NAME: &str = "整改清单.xlsx";

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The lists that people changed.
    pub(super) lists: Vec<List>,
    /// The results that lie in the output folder.
    pub(super) beside: Option<Results>,
    /// What was noticed.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The list to be kept before it is overwritten: from, to.
    keep: Option<(PathBuf, PathBuf)>,
}

/// The part of a manifest that tells whether the list was changed.
#[derive(Debug, Default, Deserialize)]
struct Manifest {
    #[serde(default)]
    redacted: bool,
    #[serde(default)]
    outputs: Vec<Output>,
}

#[derive(Debug, Deserialize)]
struct Output {
    path: String,
    sha256: String,
}

/// Looks where lists may lie: the output folder, the named baseline's, those of other runs, `history`.
pub(super) fn find(request: &Request, plan: &Plan, out: &Path) -> Found {
    let mut found = Found::default();
    found.own(request, plan, out);
    if let Baseline::File(path) = &request.baseline
        && let Some(folder) = path.parent().filter(|folder| *folder != out)
    {
        found.folder(request, folder, Origin::Own);
    }
    if request.out.is_none() {
        found.other_runs(request, plan, out);
    }
    found.kept(request, &history(request, out));
    found
}

impl Found {
    /// Copies the list that is about to be overwritten.
    pub(super) fn keep(&self) -> io::Result<()> {
        let Some((from, to)) = &self.keep else {
            return Ok(());
        };
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::copy(from, to).map(|_| ())
    }

    fn own(&mut self, request: &Request, plan: &Plan, out: &Path) {
        let manifest = manifest(out);
        if !manifest.redacted {
            self.beside = results(out);
        }
        if let Some(sha256) = self.folder(request, out, Origin::Own) {
            let name = format!(
                "{}-{}-整改清单-{}.xlsx",
                plan.as_of,
                plan.checklist_name(),
                sha256.get(..8).unwrap_or_default()
            );
            self.keep = Some((out.join(NAME), history(request, out).join(name)));
        }
    }

    /// Reads the list of one output folder if people changed it; its hash then.
    fn folder(&mut self, request: &Request, folder: &Path, origin: Origin) -> Option<String> {
        let path = folder.join(NAME);
        if !path.is_file() {
            return None;
        }
        let shown = inside(&request.dir, &path);
        let read = rows::open(Path::new(""), &path.to_string_lossy(), &shown);
        let manifest = manifest(folder);
        let written = manifest.outputs.iter().find(|output| output.path == NAME);
        if written.is_some_and(|output| output.sha256 == read.sha256) {
            return None;
        }
        if manifest.redacted {
            self.diagnostics.push(masked(&shown));
            return Some(read.sha256);
        }
        if folder.join(format!("~${NAME}")).exists() {
            self.diagnostics.push(open_elsewhere(&shown));
        }
        self.diagnostics.extend(read.diagnostics);
        let known = results(folder).map(|results| results.findings);
        let known = known.into_iter().flatten().map(|f| f.fingerprint);
        self.lists.push(List {
            path: shown,
            sha256: read.sha256.clone(),
            origin,
            rows: read.rows,
            known: known.collect(),
        });
        Some(read.sha256)
    }

    /// Runs of the same checklist for other years first, the latest before the others.
    fn other_runs(&mut self, request: &Request, plan: &Plan, out: &Path) {
        let suffix = format!("-{}", plan.checklist_name());
        let mut folders: Vec<_> = entries(&request.dir.join("out"))
            .into_iter()
            .filter(|folder| folder.is_dir() && folder != out && !folder.ends_with("history"))
            .collect();
        folders.reverse();
        for folder in folders {
            let name = folder.file_name().unwrap_or_default().to_string_lossy();
            let origin = if name.ends_with(&suffix) {
                Origin::Earlier
            } else {
                Origin::Other
            };
            self.folder(request, &folder, origin);
        }
    }

    /// Copies kept earlier; those that a run has taken over are passed over later by their hash.
    fn kept(&mut self, request: &Request, folder: &Path) {
        let mut files: Vec<_> = entries(folder)
            .into_iter()
            .filter(|file| file.extension().is_some_and(|e| e == "xlsx"))
            .collect();
        files.reverse();
        for file in files {
            let shown = inside(&request.dir, &file);
            let read = rows::open(Path::new(""), &file.to_string_lossy(), &shown);
            self.lists.push(List {
                path: shown,
                sha256: read.sha256,
                origin: Origin::Kept,
                rows: read.rows,
                known: Default::default(),
            });
        }
    }
}

/// Where lists are kept: with an explicit output folder nothing is written elsewhere.
fn history(request: &Request, out: &Path) -> PathBuf {
    match &request.out {
        Some(_) => out.join("history"),
        None => baseline::history(&request.dir),
    }
}

/// What lies in a folder, sorted by name.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

fn manifest(folder: &Path) -> Manifest {
    let bytes = fs::read(folder.join("manifest.json")).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

fn results(folder: &Path) -> Option<Results> {
    baseline::parse(&folder.join("results.json"))
        .ok()
        .map(|(results, _)| results)
}

fn masked(shown: &str) -> Diagnostic {
    let message =
        "这份整改清单是屏蔽姓名后生成的，其中的填写内容不能对应到人，没有带入，已另存副本";
    Diagnostic::warning("list-masked", message, Locus::file(shown))
        .with_hint("请在不加 --redact 生成的整改清单中填写。")
}

fn open_elsewhere(shown: &str) -> Diagnostic {
    let message = "整改清单可能正被打开，读到的是上次保存的内容";
    Diagnostic::warning("list-open", message, Locus::file(shown))
        .with_hint("保存并关闭后重新运行检查。")
}
