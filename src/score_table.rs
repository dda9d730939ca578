//! A bureau's score table → the file of the unit's score table, with controls proposed and what people
//! confirmed in an earlier edition kept.

use std::fs;
use std::path::{Path, PathBuf};
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::points::Points;
use zicha_read::settings::profile;
use zicha_rule::pack;
use zicha_scoring::standard::Standard;
use zicha_scoring::{bind, file, import};

/// The file's name where none is given.
const OUT: &str = "评分标准.yaml";

/// What the user asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The bureau's file.
    pub file: PathBuf,
    /// Where to write; beside the file if absent.
    pub out: Option<PathBuf>,
    /// Workspace whose packs name the controls.
    pub dir: PathBuf,
}

/// What was taken in.
#[derive(Clone, Debug, Default)]
pub struct Taken {
    /// Where it was written.
    pub out: PathBuf,
    /// Title of the table.
    pub title: String,
    /// How many groups.
    pub groups: usize,
    /// How many items.
    pub items: usize,
    /// Points of all items.
    pub points: Points,
    /// How many ways to lose points.
    pub ways: usize,
    /// Ways with proposed controls to be confirmed.
    pub proposed: usize,
    /// Ways that are asked on site.
    pub asked: usize,
    /// Ways and items kept as people had decided them.
    pub kept: usize,
    /// Numbers of items that are gone though something of them was confirmed.
    pub gone: Vec<String>,
    /// What was not understood.
    pub told: Vec<Diagnostic>,
}

/// Takes the table in and writes the file.
///
/// # Errors
///
/// The table cannot be read, or the file not be written.
pub fn take_in(request: &Request) -> Result<Taken, Vec<Diagnostic>> {
    let shown = request.file.display().to_string();
    let bytes = fs::read(&request.file).map_err(|error| vec![unreadable(&shown, &error)])?;
    let beside = request.file.parent().unwrap_or(Path::new(""));
    let out = request.out.clone().unwrap_or_else(|| beside.join(OUT));
    let imported = import(&shown, &bytes)?;
    let (mut standard, mut told) = (imported.standard, imported.told);
    let kept = earlier(&out)
        .map(|earlier| bind::keep(&mut standard, &earlier))
        .unwrap_or_default();
    let (profile, ..) = profile::load(&request.dir);
    let (catalogue, _) = pack::load(&request.dir, &profile);
    bind::propose(&mut standard, &catalogue);
    standard.source = source(&request.file, &out, &mut told);
    let ids: Vec<_> = catalogue
        .controls
        .iter()
        .map(|c| c.control.id.as_str())
        .collect();
    told.extend(file::mistakes(&out.display().to_string(), &standard, &ids));
    zicha_model::diag::sort_and_dedup(&mut told);
    fs::write(&out, file::write(&standard)).map_err(|error| vec![cannot_write(&out, &error)])?;
    Ok(Taken {
        out,
        kept: kept.confirmed + kept.decided,
        gone: kept.gone,
        told,
        ..counted(&standard)
    })
}

fn counted(standard: &Standard) -> Taken {
    Taken {
        title: standard.title.clone(),
        groups: standard.groups.len(),
        items: standard.items.len(),
        points: standard.sum(),
        ways: standard.ways().count(),
        proposed: standard.ways().filter(|way| !way.is_settled()).count(),
        asked: standard
            .ways()
            .filter(|way| !way.question.is_empty())
            .count(),
        ..Taken::default()
    }
}

/// The edition that the file holds so far.
fn earlier(out: &Path) -> Option<Standard> {
    let text = fs::read_to_string(out).ok()?;
    file::parse(&out.display().to_string(), &text).0
}

/// The bureau's file as seen from the written one; empty, which is told, where it lies elsewhere.
fn source(file: &Path, out: &Path, told: &mut Vec<Diagnostic>) -> String {
    let folder = |path: &Path| {
        let parent = path
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty());
        fs::canonicalize(parent.unwrap_or(Path::new(".")))
    };
    let name = file.file_name().unwrap_or_default();
    let relative = match (folder(file), folder(out)) {
        (Ok(from), Ok(to)) => from.strip_prefix(&to).map(|inside| inside.join(name)).ok(),
        _ => None,
    };
    match relative {
        Some(path) => path.to_string_lossy().replace('\\', "/"),
        None => {
            let message = "评分表不在写出的文件所在的文件夹中，自评表不能照原样填回";
            let locus = Locus::file(file.display().to_string());
            let hint = "把评分表放进台账文件夹再导入，写出的文件也放在那里。";
            told.push(Diagnostic::new(codes::SCORING_SOURCE, message, locus).with_hint(hint));
            String::new()
        }
    }
}

fn unreadable(file: &str, error: &std::io::Error) -> Diagnostic {
    let message = format!("评分表读不出来：{error}");
    Diagnostic::new(codes::SCORING_FORM, message, Locus::file(file))
        .with_hint("核对文件的位置和名称，关闭正在打开它的程序。")
}

fn cannot_write(out: &Path, error: &std::io::Error) -> Diagnostic {
    let message = format!("评分标准写不进去：{error}");
    let locus = Locus::file(out.display().to_string());
    Diagnostic::new(codes::CANNOT_WRITE, message, locus)
        .with_hint("检查文件夹的名称、磁盘空间和写入权限。")
}
