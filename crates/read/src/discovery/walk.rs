//! The walk over a workspace's folders: which files are looked at, and which are not and why.

use crate::discovery::kinds::Kind;
use crate::discovery::options::Options;
use crate::discovery::{disk_names, kinds};
use crate::formats::limits;
use globset::{GlobBuilder, GlobMatcher};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};
use zicha_model::diag::{Code, codes};
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::profile::Profile;

/// Files of the program's own at the top of a workspace.
const OWN_FILES: [&str; 2] = ["zicha.yaml", "waivers.yaml"];

/// True for `zicha.yml`, `Zicha.yaml`, `zicha.yaml.txt` and their like: meant for the settings.
pub(crate) fn is_misnamed(name: &str) -> bool {
    const MEANT: [&str; 5] = [
        "zicha.yml",
        "zicha.yaml",
        "zicha.yaml.txt",
        "zicha.yml.txt",
        "zicha.yaml.yaml",
    ];
    let meant = MEANT.contains(&name.trim().to_lowercase().as_str());
    meant && !OWN_FILES.contains(&name)
}

/// Folders of the program's own at the top of a workspace.
const OWN_FOLDERS: [&str; 2] = ["packs", "templates"];

/// What marks a folder as written by this program, in its `manifest.json`.
const MANIFEST_MARK: &str = "zicha/manifest";

/// Files of one kind that are named; of more only how many there are.
const NAMED: usize = 10;

/// What to do with a table that is not read.
const SAVE_ANEW: &str = "请用 WPS 或 Excel 打开，另存为 .xlsx 后重新检查；不是台账的，可在 zicha.yaml 的 files.exclude 中排除";

/// One walk.
pub(crate) struct Walk<'a> {
    root: &'a Path,
    real_root: PathBuf,
    leave_out: Vec<PathBuf>,
    packs: &'a [String],
    /// The unit's own scoring model, if it has one.
    scoring: Option<&'a str>,
    include: Vec<Pattern>,
    exclude: Vec<Pattern>,
    found: Vec<String>,
    told: Vec<Diagnostic>,
    /// Files of other kinds by extension.
    others: BTreeMap<String, Vec<String>>,
    full: bool,
}

/// A glob of the profile and whether it ever matched.
struct Pattern {
    text: String,
    matcher: GlobMatcher,
    used: bool,
}

impl<'a> Walk<'a> {
    /// A walk over `root`. Globs that do not parse were told when the profile was read.
    pub(crate) fn new(root: &'a Path, profile: &'a Profile, options: &Options) -> Self {
        let real = |path: &Path| fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        Self {
            root,
            real_root: real(root),
            leave_out: options.leave_out.iter().map(|path| real(path)).collect(),
            packs: &profile.packs,
            scoring: profile.scoring.as_ref().map(|named| named.text.as_str()),
            include: patterns(&profile.include),
            exclude: patterns(&profile.exclude),
            found: Vec::new(),
            told: Vec::new(),
            others: BTreeMap::new(),
            full: false,
        }
    }

    /// Sorted paths, and what was passed over.
    pub(crate) fn run(mut self) -> (Vec<String>, Vec<Diagnostic>) {
        self.folder("", 0);
        self.found.sort();
        self.tell_others();
        self.tell_unused();
        zicha_model::diag::sort_and_dedup(&mut self.told);
        (self.found, self.told)
    }

    fn folder(&mut self, path: &str, depth: usize) {
        if depth > limits::FOLDER_DEPTH {
            let message = format!("文件夹嵌套超过 {} 层，没有再往下找", limits::FOLDER_DEPTH);
            return self.warn(codes::LIMIT_EXCEEDED, message, path);
        }
        let entries = match fs::read_dir(disk_names::locate(self.root, path)) {
            Ok(entries) => entries,
            Err(error) => {
                let mut told = crate::formats::read_errors::unreadable(&error);
                told.locus = Locus::file(if path.is_empty() { "." } else { path });
                return self.told.push(told);
            }
        };
        let mut names: Vec<_> = entries.flatten().map(|entry| entry.file_name()).collect();
        names.sort();
        for name in names {
            match (name.to_str(), disk_names::decoded(&name)) {
                (Some(name), _) => self.entry(&join(path, name), name, depth),
                (None, Some(decoded)) => {
                    let shown = join(path, &decoded);
                    let message = "文件名是按 GBK 编码保存的，已按 GBK 读作此名";
                    let told = Diagnostic::new(codes::FILE_NAME_GBK, message, Locus::file(&shown));
                    self.told
                        .push(told.with_hint("请把文件改名一次，以免别的程序打不开"));
                    self.entry(&shown, &decoded, depth);
                }
                (None, None) => {
                    let shown = join(path, &name.to_string_lossy());
                    let message = "文件名的编码无法识别（不是 UTF-8，也不是 GBK），没有读取";
                    let told = Diagnostic::new(codes::FILE_NAME, message, Locus::file(shown));
                    self.told.push(told.with_hint("请把文件改名后重新检查"));
                }
            }
        }
    }

    fn entry(&mut self, path: &str, name: &str, depth: usize) {
        if name.starts_with('.') {
            return;
        }
        if name.starts_with("~$") {
            let message = "这是打开文件时留下的锁定文件，已跳过；对应的台账可能正被打开，读到的是上次保存的内容";
            let told = Diagnostic::new(codes::LOCK_FILE, message, Locus::file(path));
            return self.told.push(told);
        }
        let full = disk_names::locate(self.root, path);
        let Ok(meta) = fs::symlink_metadata(&full) else {
            return;
        };
        if meta.is_symlink() {
            self.link(path, &full);
        } else if meta.is_dir() {
            if !self.is_own_folder(path, &full) {
                self.folder(path, depth + 1);
            }
        } else if meta.is_file() {
            self.file(path, name, depth);
        }
    }

    /// Links are never followed: what they point to inside the workspace is found by itself.
    fn link(&mut self, path: &str, full: &Path) {
        let target = fs::canonicalize(full);
        let inside = target.is_ok_and(|target| target.starts_with(&self.real_root));
        if inside {
            let message = "这是链接，指向的内容在本文件夹内，已直接读取，不重复读取";
            let told = Diagnostic::new(codes::LINK_INSIDE, message, Locus::file(path));
            return self.told.push(told);
        }
        let message = "这是指向文件夹之外的链接（或失效的链接），没有读取".to_owned();
        self.warn(codes::LINK_OUTSIDE, message, path);
    }

    fn is_own_folder(&self, path: &str, full: &Path) -> bool {
        let top = OWN_FOLDERS.contains(&path);
        let left_out = fs::canonicalize(full).is_ok_and(|real| self.leave_out.contains(&real));
        top || left_out || self.is_pack(path) || has_manifest(full)
    }

    /// True for a file that the caller leaves out.
    fn is_left_out(&self, path: &str) -> bool {
        let full = disk_names::locate(self.root, path);
        let files = || {
            self.leave_out
                .iter()
                .any(|out| out.file_name() == full.file_name())
        };
        files() && fs::canonicalize(&full).is_ok_and(|real| self.leave_out.contains(&real))
    }

    fn is_pack(&self, path: &str) -> bool {
        let mut packs = self.packs.iter();
        let is = |named: &str| named.trim_start_matches("./").trim_end_matches('/') == path;
        packs.any(|pack| is(pack)) || self.scoring.is_some_and(is)
    }

    fn file(&mut self, path: &str, name: &str, depth: usize) {
        let own = OWN_FILES.contains(&name) || is_misnamed(name);
        if (depth == 0 && own) || self.is_pack(path) || self.is_left_out(path) {
            return;
        }
        let extension = name.rsplit_once('.').map(|(_, e)| e.to_lowercase());
        let extension = extension.unwrap_or_default();
        if matches(&mut self.exclude, path) {
            return;
        }
        if !self.include.is_empty() && !matches(&mut self.include, path) {
            return;
        }
        let yaml = matches!(extension.as_str(), "yaml" | "yml");
        if yaml && is_score_table(&disk_names::locate(self.root, path)) {
            let message =
                "这是由上级评分表读出的评分标准，zicha.yaml 的 scoring 没有写明用它，没有用到";
            let told = Diagnostic::new(codes::SCORING_UNUSED, message, Locus::file(path));
            let hint = format!("核对以后在 zicha.yaml 中写 scoring: {path}");
            return self.told.push(told.with_hint(hint));
        }
        match kinds::kind(&extension, &self.root.join(path)) {
            Kind::Read => {}
            Kind::Own => return,
            Kind::Table(what) => {
                let told = Diagnostic::new(codes::TABLE_NOT_READ, what, Locus::file(path));
                return self.told.push(told.with_hint(SAVE_ANEW));
            }
            Kind::Other => {
                let others = self.others.entry(extension).or_default();
                return others.push(path.to_owned());
            }
        }
        if self.found.len() < limits::FILES {
            self.found.push(path.to_owned());
        } else if !std::mem::replace(&mut self.full, true) {
            let message = format!("文件超过 {} 个，其余没有读取", limits::FILES);
            let told = Diagnostic::new(codes::LIMIT_EXCEEDED, message, Locus::file(path));
            let hint = "请分文件夹检查，或在 zicha.yaml 的 files.exclude 中排除无关文件";
            self.told.push(told.with_hint(hint));
        }
    }

    fn tell_others(&mut self) {
        for (extension, mut paths) in std::mem::take(&mut self.others) {
            paths.sort();
            let kind = if extension.is_empty() {
                "没有扩展名".to_owned()
            } else {
                format!("扩展名为 .{extension} ")
            };
            let named: Vec<String> = paths.iter().take(NAMED).map(|p| format!("“{p}”")).collect();
            let more = if paths.len() > NAMED { "等" } else { "" };
            let message = format!(
                "{} 个{kind}的文件不在读取的格式之内，没有读取：{}{more}",
                paths.len(),
                named.join("、")
            );
            let told = Diagnostic::new(codes::FILES_NOT_READ, message, Locus::default());
            self.told
                .push(told.with_hint("其中有台账的，请另存为 .xlsx 后重新检查"));
        }
    }

    fn tell_unused(&mut self) {
        let unused = self.include.iter().chain(&self.exclude).filter(|p| !p.used);
        for pattern in unused {
            let message = format!("files 中的“{}”没有匹配到任何文件", pattern.text);
            let told = Diagnostic::new(codes::GLOB_UNUSED, message, Locus::file("zicha.yaml"));
            self.told.push(told);
        }
    }

    fn warn(&mut self, code: Code, message: String, path: &str) {
        let told = Diagnostic::new(code, message, Locus::file(path));
        self.told.push(told);
    }
}

fn patterns(globs: &[String]) -> Vec<Pattern> {
    let compile = |text: &String| {
        let glob = glob(text).ok()?;
        Some(Pattern {
            text: text.clone(),
            matcher: glob.compile_matcher(),
            used: false,
        })
    };
    globs.iter().filter_map(compile).collect()
}

/// A glob as the profile writes it: `*` stays within a folder, `**` does not.
pub(crate) fn glob(text: &str) -> Result<globset::Glob, globset::Error> {
    let mut builder = GlobBuilder::new(text.trim_start_matches("./"));
    builder.literal_separator(true).build()
}

fn matches(patterns: &mut [Pattern], path: &str) -> bool {
    let mut any = false;
    for pattern in patterns {
        if pattern.matcher.is_match(path) {
            pattern.used = true;
            any = true;
        }
    }
    any
}

/// True for a bureau's score table as `zicha scoring import` writes it.
fn is_score_table(file: &Path) -> bool {
    use std::io::Read;
    let mut head = Vec::new();
    let read = fs::File::open(file).and_then(|file| file.take(4096).read_to_end(&mut head));
    let text = String::from_utf8_lossy(&head);
    read.is_ok() && text.lines().any(|line| line.starts_with("评分表:"))
}

fn has_manifest(folder: &Path) -> bool {
    use std::io::Read;
    let Ok(file) = fs::File::open(folder.join("manifest.json")) else {
        return false;
    };
    let mut head = Vec::new();
    let read = file.take(4096).read_to_end(&mut head);
    read.is_ok() && String::from_utf8_lossy(&head).contains(MANIFEST_MARK)
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.to_owned()
    } else {
        format!("{folder}/{name}")
    }
}
