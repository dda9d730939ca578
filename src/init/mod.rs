//! A new workspace: settings with comments, an empty workbook for every ledger, the on-site answer
//! sheet, instructions.
//!
//! What enters: a folder, new or already in use. What leaves: files; one that exists already stays
//! as it is and is told. Where the registers (departments, sites, persons …) are filled in already, the
//! answer sheet has one row for each of them.

mod answers;
mod beside;
mod kit;
mod levels;

use crate::pipeline;
use std::{
    fs, io,
    path::{Path, PathBuf},
};
use zicha_embedded as embedded;
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::schema::LedgerSchema;
use zicha_read as read;
use zicha_report::blank;
use zicha_rule::pack::Catalogue;

/// Folder of the ledgers in a new workspace.
const LEDGERS: &str = "台账";
/// The on-site answers, which have their own sheet with the questions.
const ANSWERS: &str = "attestations";
/// Folder of what is written beside ledgers in use.
pub const BESIDE: &str = zicha_read::recognition::prefilled::FOLDER;

/// What the user asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The folder; made if it does not exist.
    pub dir: PathBuf,
    /// Every ledger, not only the core ones.
    pub all: bool,
    /// Only what the ledgers in the folder lack.
    pub beside: bool,
    /// What inspectors carry on site.
    pub kit: bool,
    /// Sheets for every department and person of the registers.
    pub levels: bool,
}

/// What was done.
#[derive(Debug, Default)]
pub struct Created {
    /// Files written, in order, relative to the folder with `/` separators.
    pub written: Vec<String>,
    /// Files that were there already and were left alone.
    pub kept: Vec<String>,
    /// Ledgers (by name) without a new workbook, because some file holds them already.
    pub held: Vec<String>,
    /// Ledgers (by name) left out because they are not core.
    pub left_out: Vec<String>,
    /// Rows of the answer sheet.
    pub questions: usize,
    /// Departments and persons who got a sheet.
    pub sheets: usize,
}

/// Writes what is not there yet. `Err` holds every reason why nothing could be done.
pub fn run(request: &Request) -> Result<Created, Vec<Diagnostic>> {
    let dir = &request.dir;
    fs::create_dir_all(dir).map_err(|error| vec![cannot_write(dir, &error)])?;
    let (catalogue, dataset, told) = pipeline::read_only(dir)?;
    if told
        .iter()
        .any(|d| d.severity == zicha_model::diag::Severity::Error)
    {
        return Err(told);
    }
    let (profile, _, _) = read::settings::profile::load(dir);
    if request.beside {
        return write_beside(request, &catalogue, &profile, &dataset);
    }
    let answers = answers::form(&catalogue, &profile, &dataset);
    let mut created = Created {
        questions: answers.rows.len(),
        ..Created::default()
    };
    for (path, bytes) in texts() {
        put(dir, path, bytes.as_bytes(), &mut created)?;
    }
    for ledger in catalogue.schemas.ledger_ids() {
        let held = dataset.table(ledger).is_some();
        let ledger = catalogue.schemas.ledger(ledger);
        let path = format!("{LEDGERS}/{}.xlsx", ledger.label);
        if ledger.id == ANSWERS {
            continue;
        }
        if !request.all && !ledger.core {
            created.left_out.push(ledger.label.clone());
        } else if held && !dir.join(&path).exists() {
            created.held.push(ledger.label.clone());
        } else {
            put(dir, &path, &workbook(&catalogue, ledger)?, &mut created)?;
        }
    }
    let sheet = blank::render(&answers).map_err(|error| vec![internal(&error.to_string())])?;
    put(dir, answers::FILE, &sheet, &mut created)?;
    if request.kit {
        let known = answers::scopes(&catalogue, &profile, &dataset);
        let scopes = |scope| known.get(answers::label(scope)).cloned().flatten();
        kit::write(dir, &catalogue, &profile, &dataset, &scopes, &mut created)?;
    }
    if request.levels {
        levels::write(dir, &catalogue, &profile, &dataset, &mut created)?;
    }
    Ok(created)
}

/// Writes what the ledgers in the folder lack.
fn write_beside(
    request: &Request,
    catalogue: &Catalogue,
    profile: &zicha_model::profile::Profile,
    dataset: &zicha_model::dataset::Dataset,
) -> Result<Created, Vec<Diagnostic>> {
    let mut created = Created::default();
    for (name, form) in beside::forms(catalogue, profile, dataset, request.all) {
        let bytes = blank::render(&form).map_err(|error| vec![internal(&error.to_string())])?;
        let path = format!("{BESIDE}/{name}.xlsx");
        put(&request.dir, &path, &bytes, &mut created)?;
    }
    Ok(created)
}

/// The settings and the instructions.
fn texts() -> impl Iterator<Item = (&'static str, &'static str)> {
    let folder = "templates/init/";
    embedded::below(folder)
        .map(move |(path, text)| (path.strip_prefix(folder).unwrap_or(path), text))
}

fn workbook(catalogue: &Catalogue, ledger: &LedgerSchema) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let form = blank::of_ledger(&catalogue.schemas, ledger);
    blank::render(&form).map_err(|error| vec![internal(&error.to_string())])
}

/// Writes a file whole, unless something stands at its place.
fn put(dir: &Path, path: &str, bytes: &[u8], created: &mut Created) -> Result<(), Vec<Diagnostic>> {
    let place = dir.join(path);
    if fs::symlink_metadata(&place).is_ok() {
        created.kept.push(path.to_owned());
        return Ok(());
    }
    write(&place, bytes).map_err(|error| vec![cannot_write(&place, &error)])?;
    created.written.push(path.to_owned());
    Ok(())
}

fn write(place: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = place.parent().unwrap_or(Path::new("."));
    let name = place.file_name().unwrap_or_default().to_string_lossy();
    fs::create_dir_all(folder)?;
    let beside = folder.join(format!(".{name}.part"));
    fs::write(&beside, bytes)?;
    fs::rename(&beside, place)
}

fn cannot_write(place: &Path, error: &io::Error) -> Diagnostic {
    Diagnostic::new(
        codes::CANNOT_WRITE,
        format!("写不进去：{error}。"),
        Locus::file(place.display().to_string()),
    )
    .with_hint("检查文件夹的名称、磁盘空间和写入权限。")
}

fn internal(reason: &str) -> Diagnostic {
    Diagnostic::new(
        codes::WORKBOOK,
        format!("空白台账没有做成：{reason}。"),
        Locus::default(),
    )
}
