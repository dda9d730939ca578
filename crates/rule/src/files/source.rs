//! Where a pack's files come from: the program itself, or a folder of the workspace.

use crate::files::built_in;
use crate::files::file_messages;
use crate::files::profile_file;
use std::{
    fs,
    path::{Component, Path},
};
use zicha_embedded as embedded;
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::digest::Hasher;
use zicha_model::results::PackRef;

/// The longest file of a pack that is read: far more than any checklist needs.
const LONGEST: u64 = 8 * 1024 * 1024;

/// The files of a pack by path, in path order.
#[derive(Debug, Default)]
pub(crate) struct Files {
    files: Vec<(String, String)>,
}

impl Files {
    /// The built-in pack; paths are those in the program's source.
    pub(crate) fn built_in() -> Self {
        let files = embedded::below("checklists/");
        Self {
            files: files
                .map(|(path, text)| (path.to_owned(), text.to_owned()))
                .collect(),
        }
    }

    /// A built-in pack that units pick by its id: one file below `checklists/packs/`.
    pub(crate) fn built_in_pack(id: &str) -> Option<Self> {
        let (path, text) = built_in::picks().find(|(_, text)| built_in::id_of(text) == Some(id))?;
        Some(Self {
            files: vec![(path.to_owned(), text.to_owned())],
        })
    }

    /// A folder of the workspace. Unreadable files and a missing folder are told.
    pub(crate) fn of_folder(
        workspace: &Path,
        name: &str,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let folder = name.trim_start_matches("./").trim_end_matches('/');
        if !inside(name) {
            let told = (codes::PACK_PATH, file_messages::pack_outside(name));
            diagnostics.push(profile_file::about_pack(workspace, name, told));
            return None;
        }
        if !workspace.join(folder).is_dir() {
            let told = (codes::PACK_MISSING, file_messages::no_such_pack(name));
            diagnostics.push(profile_file::about_pack(workspace, name, told));
            return None;
        }
        let mut files = Self::default();
        for part in ["pack.yaml", "enums.yaml", "parameters.yaml"] {
            files.add(workspace, &format!("{folder}/{part}"), diagnostics);
        }
        for part in ["ledgers", "controls"] {
            files.add_folder(workspace, &format!("{folder}/{part}"), diagnostics);
        }
        files.files.sort();
        (!files.files.is_empty()).then_some(files)
    }

    /// The file that says what the pack is: `pack.yaml`, or the only one.
    pub(crate) fn head(&self) -> Option<(&str, &str)> {
        let only = match self.files.as_slice() {
            [(path, text)] => Some((path.as_str(), text.as_str())),
            _ => None,
        };
        self.named("/pack.yaml").next().or(only)
    }

    fn add_folder(&mut self, workspace: &Path, folder: &str, diagnostics: &mut Vec<Diagnostic>) {
        let Ok(entries) = fs::read_dir(workspace.join(folder)) else {
            return;
        };
        let names = entries.flatten().map(|entry| entry.file_name());
        let mut names: Vec<_> = names
            .map(|name| name.to_string_lossy().into_owned())
            .collect();
        names.sort();
        let readable = |name: &&String| {
            !name.starts_with('.') && (name.ends_with(".yaml") || name.ends_with(".yml"))
        };
        for name in names.iter().filter(readable) {
            self.add(workspace, &format!("{folder}/{name}"), diagnostics);
        }
    }

    fn add(&mut self, workspace: &Path, path: &str, diagnostics: &mut Vec<Diagnostic>) {
        let full = workspace.join(path);
        if !full.is_file() {
            return;
        }
        match read(&full) {
            Ok(text) => self.files.push((path.to_owned(), text)),
            Err(reason) => diagnostics.push(Diagnostic::new(
                codes::PACK_UNREADABLE,
                file_messages::pack_unreadable(&reason),
                Locus::file(path),
            )),
        }
    }

    /// Path and text of every file.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The files whose path ends so, such as `/enums.yaml`.
    pub(crate) fn named<'f>(&'f self, end: &'f str) -> impl Iterator<Item = (&'f str, &'f str)> {
        let fitting = self
            .files
            .iter()
            .filter(move |(path, _)| path.ends_with(end));
        fitting.map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The files in a sub-folder such as `ledgers`, first those in the order of `stems`.
    pub(crate) fn within(&self, folder: &str, stems: &[String]) -> Vec<(&str, &str)> {
        let inner = format!("/{folder}/");
        let fitting = self.files.iter().filter(|(path, _)| path.contains(&inner));
        let mut files: Vec<_> = fitting
            .map(|(path, text)| (path.as_str(), text.as_str()))
            .collect();
        files.sort_by_key(|(path, _)| {
            let rank = stems.iter().position(|stem| *stem == stem_of(path));
            (rank.unwrap_or(usize::MAX), *path)
        });
        files
    }

    /// The pack's name for results: its hash covers path and text of every file.
    pub(crate) fn reference(&self, id: String, version: String) -> PackRef {
        let mut hash = Hasher::default();
        for (path, text) in &self.files {
            for part in [path, text] {
                hash.update((part.len() as u64).to_le_bytes());
                hash.update(part);
            }
        }
        PackRef {
            id,
            version,
            sha256: hash.hex(),
        }
    }
}

fn stem_of(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split('.').next().unwrap_or(name)
}

/// A pack lies in the workspace: no absolute path, no way up.
fn inside(name: &str) -> bool {
    let parts = Path::new(name).components();
    !name.is_empty()
        && parts
            .into_iter()
            .all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}

fn read(path: &Path) -> Result<String, String> {
    let length = fs::metadata(path).map_err(|e| e.to_string())?.len();
    if length > LONGEST {
        return Err(file_messages::too_long(LONGEST));
    }
    let bytes = fs::read(path).map_err(|e| e.to_string())?;
    String::from_utf8(bytes).map_err(|_| file_messages::not_utf8())
}
