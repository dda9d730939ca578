//! Whether an output folder still is what the program wrote.
//!
//! What enters: an output folder, and the workspace if its ledgers are to be compared too. What
//! leaves: for every file whether it is as its `manifest.json` says.

use crate::output::manifest;
use std::{
    collections::BTreeSet,
    fs,
    io::{self, Read as _},
    path::{Component, Path},
};
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::digest::FileDigests;
use zicha_model::manifest::{File, Manifest};

/// A manifest larger than this is none of ours: it would list half a million files.
const MANIFEST_BYTES: u64 = 128 << 20;

/// How a file stands to the manifest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Byte for byte what was written.
    Same,
    /// Its content is another.
    Changed,
    /// It is not there any more.
    Missing,
    /// It is there, but the manifest does not list it.
    Added,
    /// It could not be read, and why.
    Unreadable(String),
}

/// A folder compared with its manifest.
#[derive(Debug)]
pub struct Verified {
    /// What the folder ought to hold.
    pub manifest: Manifest,
    /// Digests of `manifest.json` itself, to be compared with a note kept elsewhere.
    pub digests: FileDigests,
    /// Every file written, then those that were added, by name.
    pub outputs: Vec<(String, Standing)>,
    /// Every file read, if a workspace was given.
    pub inputs: Option<Vec<(String, Standing)>>,
}

impl Verified {
    /// True if every file looked at is as it was.
    pub fn is_intact(&self) -> bool {
        let inputs = self.inputs.iter().flatten();
        let mut all = self.outputs.iter().chain(inputs);
        all.all(|(_, standing)| *standing == Standing::Same)
    }
}

/// What the manifest in a folder says was written there; nothing without a manifest of ours.
pub(crate) fn written_before(out: &Path) -> Vec<File> {
    let bytes = read_manifest(out).unwrap_or_default();
    parse(&bytes).map_or_else(|_| Vec::new(), |manifest| manifest.outputs)
}

/// Compares an output folder, and the ledgers of a workspace if one is given, with the manifest.
/// An error if there is no manifest that could be read.
pub fn folder(out: &Path, workspace: Option<&Path>) -> Result<Verified, Diagnostic> {
    let bytes = read_manifest(out).map_err(|error| without_manifest(out, &error))?;
    let manifest = parse(&bytes).map_err(|reason| broken_manifest(out, &reason))?;
    let mut outputs = standings(out, &manifest.outputs);
    let added = added(out, &manifest).map_err(|error| without_manifest(out, &error))?;
    outputs.extend(added.into_iter().map(|name| (name, Standing::Added)));
    Ok(Verified {
        inputs: workspace.map(|dir| standings(dir, &manifest.inputs)),
        digests: FileDigests::of(&bytes),
        manifest,
        outputs,
    })
}

fn standings(folder: &Path, files: &[File]) -> Vec<(String, Standing)> {
    let one = |file: &File| (file.path.clone(), standing(folder, file));
    files.iter().map(one).collect()
}

fn standing(folder: &Path, file: &File) -> Standing {
    match fs::File::open(folder.join(&file.path)).and_then(FileDigests::of_reader) {
        Ok(digests) if digests == file.digests => Standing::Same,
        Ok(_) => Standing::Changed,
        Err(error) if error.kind() == io::ErrorKind::NotFound => Standing::Missing,
        Err(error) => Standing::Unreadable(error.to_string()),
    }
}

/// Files in the folder and its subfolders that the manifest does not know, sorted. What the system and open office
/// programs leave (`.…`, `~$…`, Thumbs.db, desktop.ini) is not looked at.
fn added(out: &Path, manifest: &Manifest) -> io::Result<Vec<String>> {
    let known: BTreeSet<_> = manifest.outputs.iter().map(|f| f.path.as_str()).collect();
    let mut names = Vec::new();
    below(out, "", &mut names)?;
    names.retain(|name| name != manifest::NAME && !known.contains(name.as_str()));
    names.sort();
    Ok(names)
}

/// Paths of all files below a folder, with `/` separators. What a link leads to is not looked at.
fn below(folder: &Path, prefix: &str, names: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_systems_own(&name) {
            continue;
        }
        let path = format!("{prefix}{name}");
        if entry.file_type()?.is_dir() {
            below(&entry.path(), &format!("{path}/"), names)?;
        } else {
            names.push(path);
        }
    }
    Ok(())
}

fn is_systems_own(name: &str) -> bool {
    name.starts_with('.')
        || name.starts_with("~$")
        || matches!(name.to_lowercase().as_str(), "thumbs.db" | "desktop.ini")
}

fn read_manifest(out: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let file = fs::File::open(out.join(manifest::NAME))?;
    file.take(MANIFEST_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The manifest, if it is one of ours and names no file outside the folders it speaks of.
fn parse(bytes: &[u8]) -> Result<Manifest, String> {
    let manifest: Manifest = serde_json::from_slice(bytes).map_err(|e| e.to_string())?;
    if !manifest.schema.starts_with("zicha/manifest/") {
        return Err(format!("格式标识是“{}”", manifest.schema));
    }
    let mut files = manifest.outputs.iter().chain(&manifest.inputs);
    match files.find(|file| !stays_inside(&file.path)) {
        Some(file) => Err(format!("其中的“{}”指向文件夹以外", file.path)),
        None => Ok(manifest),
    }
}

fn stays_inside(path: &str) -> bool {
    Path::new(path)
        .components()
        .all(|part| matches!(part, Component::Normal(_)))
}

fn without_manifest(out: &Path, error: &io::Error) -> Diagnostic {
    let message = if error.kind() == io::ErrorKind::NotFound {
        "这里没有 manifest.json，无从核对。".to_owned()
    } else {
        format!("manifest.json 读不出来：{error}。")
    };
    Diagnostic::new(
        codes::MANIFEST_MISSING,
        message,
        Locus::file(out.display().to_string()),
    )
    .with_hint("写出报告所在的文件夹，如 out/2026-annual；manifest.json 应当与报告在一起。")
}

fn broken_manifest(out: &Path, reason: &str) -> Diagnostic {
    let path = out.join(manifest::NAME);
    Diagnostic::new(
        codes::MANIFEST_BROKEN,
        format!("manifest.json 不是本程序写出的样子，无从核对：{reason}。"),
        Locus::file(path.display().to_string()),
    )
    .with_hint("这个文件可能被改动过；请重新生成报告，或找留存的原件核对。")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with two files and their manifest.
    fn written() -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        let files = [("a.html", "甲"), ("b.json", "乙")];
        let outputs = files.map(|(name, text)| {
            fs::write(folder.path().join(name), text).expect("written");
            File {
                path: name.to_owned(),
                bytes: text.len() as u64,
                digests: FileDigests::of(text.as_bytes()),
            }
        });
        let manifest = Manifest {
            schema: zicha_model::manifest::SCHEMA.to_owned(),
            tool: zicha_model::results::Tool {
                name: "zicha".to_owned(),
                version: "0".to_owned(),
            },
            as_of: "2026-09-28".to_owned(),
            redacted: false,
            inputs: Vec::new(),
            outputs: outputs.into(),
            fonts: Vec::new(),
            unit: "示例单位".to_owned(),
            checklists: Vec::new(),
            packs: Vec::new(),
        };
        let bytes = serde_json::to_vec(&manifest).expect("json");
        fs::write(folder.path().join(manifest::NAME), bytes).expect("written");
        folder
    }

    fn standings(folder: &Path) -> Vec<(String, Standing)> {
        folder_of(folder).outputs
    }

    fn folder_of(path: &Path) -> Verified {
        super::folder(path, None).expect("a manifest")
    }

    #[test]
    fn an_untouched_folder_is_intact_whatever_the_system_left_there() {
        let folder = written();
        fs::write(folder.path().join("~$b.xlsx"), "").expect("written");
        fs::write(folder.path().join("Thumbs.db"), "").expect("written");
        assert!(folder_of(folder.path()).is_intact());
    }

    #[test]
    fn changed_missing_and_added_files_are_told_apart() {
        let folder = written();
        fs::write(folder.path().join("a.html"), "丙").expect("written");
        fs::remove_file(folder.path().join("b.json")).expect("removed");
        fs::write(folder.path().join("c.pdf"), "").expect("written");
        let told = [
            ("a.html".to_owned(), Standing::Changed),
            ("b.json".to_owned(), Standing::Missing),
            ("c.pdf".to_owned(), Standing::Added),
        ];
        assert_eq!(standings(folder.path()), told);
        assert!(!folder_of(folder.path()).is_intact());
    }

    #[test]
    fn files_of_subfolders_are_held_to_the_manifest_too() {
        let folder = written();
        let path = folder.path().join(manifest::NAME);
        let text = fs::read_to_string(&path).expect("read");
        let text = text.replace("b.json", "通知/b.json");
        fs::write(&path, text).expect("written");
        fs::create_dir(folder.path().join("通知")).expect("a folder");
        let place = folder.path().join("通知/b.json");
        fs::rename(folder.path().join("b.json"), &place).expect("moved");
        assert!(folder_of(folder.path()).is_intact());
        fs::write(folder.path().join("通知/c.docx"), "").expect("written");
        let others = standings(folder.path());
        assert_eq!(others[2], ("通知/c.docx".to_owned(), Standing::Added));
    }

    #[test]
    fn a_manifest_that_points_outside_is_refused() {
        let folder = written();
        let path = folder.path().join(manifest::NAME);
        let text = fs::read_to_string(&path).expect("read");
        for outside in ["../a.html", "/etc/hostname"] {
            fs::write(&path, text.replace("a.html", outside)).expect("written");
            let refused = super::folder(folder.path(), None).expect_err("refused");
            assert_eq!(refused.code, "manifest-broken", "{outside}");
        }
    }
}
