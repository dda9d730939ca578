//! The earlier run to compare with: found, read, kept.

use super::{Request, checklist_name};
use crate::diag::{Diagnostic, Locus};
use crate::model::{plan::Plan, results::Results};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// What to compare with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Baseline {
    /// The newest kept run of the same checklist with an earlier day.
    #[default]
    Latest,
    /// This file.
    File(PathBuf),
    /// Nothing.
    None,
}

/// Reads the baseline. A named file that cannot be read refuses the run; a kept one is told.
pub(super) fn load(
    request: &Request,
    plan: &Plan,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Option<(String, Results)>, Vec<Diagnostic>> {
    match &request.baseline {
        Baseline::None => Ok(None),
        Baseline::File(path) => {
            let results = parse(path).map_err(|reason| vec![unreadable(path, &reason)])?;
            Ok(Some((path.display().to_string(), results)))
        }
        // With an explicit output folder nothing is kept, and only a named baseline counts.
        Baseline::Latest if request.out.is_some() => Ok(None),
        Baseline::Latest => {
            Ok(
                latest(request, plan).and_then(|(shown, path)| match parse(&path) {
                    Ok(results) => Some((shown, results)),
                    Err(reason) => {
                        let mut problem = unreadable(&path, &reason);
                        problem.severity = crate::diag::Severity::Warning;
                        diagnostics.push(problem);
                        None
                    }
                }),
            )
        }
    }
}

/// Keeps the run's results for later comparison, under the default output folder only. A masked run
/// is not kept: its history could not be compared with, and the names must not be written.
pub(super) fn keep(request: &Request, plan: &Plan, results: &Results) -> io::Result<()> {
    if request.out.is_some() || request.redact {
        return Ok(());
    }
    let folder = history(&request.dir);
    fs::create_dir_all(&folder)?;
    let name = format!("{}-{}.json", plan.as_of, checklist_name(plan));
    let beside = folder.join(format!(".{name}.part"));
    fs::write(
        &beside,
        serde_json::to_vec_pretty(results).map_err(io::Error::other)?,
    )?;
    fs::rename(beside, folder.join(name))
}

/// The newest kept run of the same checklist before the plan's day: path to show, path to open.
fn latest(request: &Request, plan: &Plan) -> Option<(String, PathBuf)> {
    let folder = history(&request.dir);
    let suffix = format!("-{}.json", checklist_name(plan));
    let today = plan.as_of.to_string();
    let mut names: Vec<_> = fs::read_dir(&folder)
        .ok()?
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| {
            name.strip_suffix(suffix.as_str())
                .is_some_and(|day| day.len() == 10 && day < today.as_str())
        })
        .collect();
    names.sort();
    let name = names.pop()?;
    Some((format!("out/history/{name}"), folder.join(name)))
}

fn history(dir: &Path) -> PathBuf {
    dir.join("out").join("history")
}

fn parse(path: &Path) -> Result<Results, String> {
    let bytes = fs::read(path).map_err(|error| error.to_string())?;
    let results: Results = serde_json::from_slice(&bytes).map_err(|error| error.to_string())?;
    if results.schema.starts_with("zicha/results/") {
        Ok(results)
    } else {
        Err("不是 zicha 的 results.json".to_owned())
    }
}

fn unreadable(path: &Path, reason: &str) -> Diagnostic {
    Diagnostic::error(
        "baseline-unreadable",
        format!("作为比较基准的上次结果读不出来：{reason}。"),
        Locus::file(path.display().to_string()),
    )
    .with_hint("--baseline 后面写上次输出文件夹里的 results.json;不需要比较的，加 --no-baseline。")
}
