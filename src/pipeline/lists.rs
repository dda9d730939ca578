//! The rectification lists that people filled in where they lay: found, read, kept.

use super::{
    baseline,
    request::{Baseline, Request, inside},
};
use serde::Deserialize;
use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::{
    plan::Plan,
    rectification::{List, Origin},
    results::Results,
};
use zicha_read::rectification_list::{attachments::Attachment, rows};

/// File name of the list.
const NAME: &str = "整改清单.xlsx";
/// What the names of lists begin with.
const STEM: &str = "整改清单";
/// Folder of the notices, one workbook a department.
const NOTICES: &str = "整改通知单";

/// The lists that were found.
#[derive(Debug, Default)]
pub(super) struct FoundLists {
    /// The lists that people changed.
    pub(super) lists: Vec<List>,
    /// The results that lie in the output folder.
    pub(super) beside: Option<Results>,
    /// What was noticed.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Workbooks to be kept before they are overwritten: from, to.
    keep: Vec<(PathBuf, PathBuf)>,
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
pub(super) fn find(request: &Request, plan: &Plan, out: &Path) -> FoundLists {
    let mut found = FoundLists::default();
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

impl FoundLists {
    /// Copies the list and the notices that are about to be overwritten.
    pub(super) fn keep(&self) -> io::Result<()> {
        for (from, to) in &self.keep {
            if let Some(folder) = to.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::copy(from, to)?;
        }
        Ok(())
    }

    fn own(&mut self, request: &Request, plan: &Plan, out: &Path) {
        let manifest = manifest(out);
        if !manifest.redacted {
            self.beside = results(out);
        }
        let written: BTreeSet<_> = manifest.outputs.into_iter().map(|o| o.path).collect();
        for (path, name, sha256) in self.folder(request, out, Origin::Own) {
            // Copies that people put there themselves are not overwritten.
            if name != NAME && !written.contains(&name) {
                continue;
            }
            let stem = name.trim_end_matches(".xlsx").replace(['/', '\\'], "-");
            let name = format!(
                "{}-{}-{stem}-{}.xlsx",
                plan.as_of,
                plan.checklist_name(),
                sha256.get(..8).unwrap_or_default()
            );
            self.keep.push((path, history(request, out).join(name)));
        }
    }

    /// Reads the list of one output folder if people changed it, and what people put beside it: path,
    /// name and hash of every workbook that was filled in.
    fn folder(
        &mut self,
        request: &Request,
        folder: &Path,
        origin: Origin,
    ) -> Vec<(PathBuf, String, String)> {
        let manifest = manifest(folder);
        let known = results(folder).map(|results| results.findings);
        let known = known.into_iter().flatten().map(|f| f.fingerprint);
        let mut source = Source {
            request,
            manifest,
            known: known.collect(),
            origin,
        };
        let mut changed = Vec::new();
        let own = folder.join(NAME);
        let hash = own.is_file().then(|| self.changed(&source, &own, NAME));
        changed.extend(hash.flatten().map(|hash| (own, NAME.to_owned(), hash)));
        if origin == Origin::Own {
            source.origin = Origin::Workspace;
        }
        for (path, name) in beside(folder) {
            let hash = self.changed(&source, &path, &name);
            changed.extend(hash.map(|hash| (path, name, hash)));
        }
        changed
    }

    /// Reads one file if it is none that the run there wrote, and holds a list; its hash then.
    fn changed(&mut self, source: &Source<'_>, path: &Path, name: &str) -> Option<String> {
        let shown = inside(&source.request.dir, path);
        if !is_readable(path) {
            self.diagnostics.push(unreadable(&shown));
            return None;
        }
        let outputs = &source.manifest.outputs;
        let written = outputs.iter().find(|output| output.path == name);
        let sha256 = rows::sha256(path).ok();
        if written.is_some_and(|output| Some(&output.sha256) == sha256.as_ref()) {
            return None;
        }
        let read = rows::open(Path::new(""), &path.to_string_lossy(), &shown);
        if read.rows.is_empty() && name != NAME {
            // Any workbook may lie there; one that is called a list is missed by those who filled it in.
            let is_called_a_list = name.contains(STEM);
            self.diagnostics
                .extend(is_called_a_list.then(|| unreadable(&shown)));
            return None;
        }
        if source.manifest.redacted {
            self.diagnostics.push(masked(&shown));
            return Some(read.sha256);
        }
        let file_name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.with_file_name(format!("~${file_name}")).exists() {
            self.diagnostics.push(open_elsewhere(&shown));
        }
        self.diagnostics.extend(read.diagnostics);
        if !read.attachments.is_empty() {
            self.diagnostics.push(attached(&shown, &read.attachments));
        }
        self.lists.push(List {
            path: shown,
            sha256: read.sha256.clone(),
            origin: source.origin,
            rows: read.rows,
            known: source.known.clone(),
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

/// What the lists of one output folder have in common.
struct Source<'r> {
    request: &'r Request,
    manifest: Manifest,
    known: BTreeSet<String>,
    origin: Origin,
}

/// Files beside the list that people may have put there, and those of the notices: path and name as
/// a manifest would have it.
fn beside(folder: &Path) -> Vec<(PathBuf, String)> {
    let here = entries(folder).into_iter();
    let notices = entries(&folder.join(NOTICES)).into_iter();
    let files = here.chain(notices).filter(|path| path.is_file());
    let named = files.map(|path| {
        let name = inside(folder, &path);
        (path, name)
    });
    let wanted = |(path, name): &(PathBuf, String)| {
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let hidden = file.starts_with('.') || file.starts_with("~$");
        name != NAME && !hidden && (is_readable(path) || is_lost(path))
    };
    named.filter(wanted).collect()
}

/// True for the forms in which a list can be read back.
fn is_readable(path: &Path) -> bool {
    const FORMS: [&str; 8] = ["xlsx", "xlsm", "xlsb", "xls", "et", "ods", "csv", "tsv"];
    FORMS.contains(&extension(path).as_str())
}

/// True for a list in a form that cannot be read back; documents that the program itself writes are
/// none.
fn is_lost(path: &Path) -> bool {
    const WRITTEN: [&str; 4] = ["html", "pdf", "json", "part"];
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    stem.starts_with(STEM) && !WRITTEN.contains(&extension(path).as_str())
}

fn extension(path: &Path) -> String {
    let extension = path.extension().unwrap_or_default();
    extension.to_string_lossy().to_lowercase()
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
    Diagnostic::new(codes::LIST_MASKED, message, Locus::file(shown))
        .with_hint("请在不加 --redact 生成的整改清单中填写。")
}

fn unreadable(shown: &str) -> Diagnostic {
    let message = "这份整改清单读不出填写内容，没有带入";
    Diagnostic::new(codes::LIST_UNREADABLE, message, Locus::file(shown)).with_hint(
        "请另存为 xlsx（或 xls、et、ods、csv），保留“问题描述”等表头，放回原处后重新运行检查。",
    )
}

fn attached(shown: &str, attachments: &[Attachment]) -> Diagnostic {
    let labels: Vec<_> = attachments.iter().map(|a| a.label()).collect();
    let message = format!(
        "整改清单中的{}没有带入新的清单，仍在原文件中",
        labels.join("、")
    );
    Diagnostic::new(codes::LIST_ATTACHMENTS, message, Locus::file(shown)).with_hint(
        "原文件留存在 out/history 中（放在别处的仍在原处）；需要延续的，请写进“备注”或“佐证材料”栏。",
    )
}

fn open_elsewhere(shown: &str) -> Diagnostic {
    let message = "整改清单可能正被打开，读到的是上次保存的内容";
    Diagnostic::new(codes::LIST_OPEN, message, Locus::file(shown))
        .with_hint("保存并关闭后重新运行检查。")
}
