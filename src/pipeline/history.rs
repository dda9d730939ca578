//! The short history of runs, `out/history/runs.jsonl`: one line a run, so that the course over
//! years stays even when the kept results are cleared away.
//!
//! What cannot be read is told and kept as it stands; a run whose results are kept but whose line is
//! missing (an earlier program wrote none) gets it from them.

use super::{baseline, request::Request};
use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write},
    path::Path,
};
use zicha_assess as assess;
use zicha_model::diag::codes;
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::{
    history::{PastRun, SCHEMA},
    plan::Plan,
    time::Day,
};

const NAME: &str = "runs.jsonl";
/// A line of a run has less than a thousand bytes; what is longer than this holds no history.
const LONGEST: u64 = 16 << 20;

/// The runs so far, and what stands between them that is none.
#[derive(Debug, Default)]
pub(super) struct History {
    /// By day and checklist.
    runs: BTreeMap<(Day, String), PastRun>,
    /// Lines that could not be read, as they stand.
    damaged: Vec<Vec<u8>>,
    /// True if the file must be left alone: it could not be read at all.
    closed: bool,
}

/// Reads the history. With an explicit output folder there is none.
pub(super) fn load(request: &Request, plan: &Plan, told: &mut Vec<Diagnostic>) -> History {
    let mut history = History::default();
    if request.out.is_some() {
        return history;
    }
    let folder = baseline::history(&request.dir);
    match read(&folder.join(NAME)) {
        Ok(bytes) => history.lines(&bytes, told),
        Err(reason) => {
            history.closed = true;
            told.push(unusable(&reason));
        }
    }
    let today = (plan.as_of, plan.checklist_name().to_owned());
    history.fill_up(&folder, &today, told);
    history
}

impl History {
    /// Earlier runs of the same checklist, the oldest first.
    pub(super) fn before(&self, plan: &Plan) -> Vec<PastRun> {
        let runs = self.runs.values();
        let mine =
            runs.filter(|run| run.checklist == plan.checklist_name() && run.as_of < plan.as_of);
        mine.cloned().collect()
    }

    /// Writes the history with this run in it; a run of the same day and checklist is replaced.
    pub(super) fn keep(mut self, request: &Request, run: &PastRun) -> io::Result<()> {
        if request.out.is_some() || request.redact || self.closed {
            return Ok(());
        }
        let key = (run.as_of, run.checklist.clone());
        self.runs.insert(key, run.clone());
        let mut text = Vec::new();
        for run in self.runs.values() {
            serde_json::to_writer(&mut text, run).map_err(io::Error::other)?;
            text.push(b'\n');
        }
        for line in &self.damaged {
            text.write_all(line)?;
            text.push(b'\n');
        }
        let folder = baseline::history(&request.dir);
        fs::create_dir_all(&folder)?;
        let beside = folder.join(format!(".{NAME}.part"));
        fs::write(&beside, text)?;
        fs::rename(beside, folder.join(NAME))
    }

    fn lines(&mut self, bytes: &[u8], told: &mut Vec<Diagnostic>) {
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        for (line, number) in bytes.split(|&byte| byte == b'\n').zip(1..) {
            let line = line.trim_ascii();
            if line.is_empty() {
                continue;
            }
            match serde_json::from_slice::<PastRun>(line) {
                Ok(run) if run.schema == SCHEMA => {
                    self.runs.insert((run.as_of, run.checklist.clone()), run);
                }
                Ok(_) | Err(_) => {
                    self.damaged.push(line.to_owned());
                    told.push(damaged(number));
                }
            }
        }
    }

    /// Adds the runs whose results are kept but that have no line.
    fn fill_up(&mut self, folder: &Path, today: &(Day, String), told: &mut Vec<Diagnostic>) {
        for (day, checklist, name) in kept(folder) {
            let key = (day, checklist);
            if self.runs.contains_key(&key) || key == *today {
                continue;
            }
            match baseline::parse(&folder.join(&name)) {
                Ok((results, _)) => {
                    let run = assess::past_run(&results, &key.1, None);
                    self.runs.insert(key, PastRun { as_of: day, ..run });
                }
                Err(reason) => told.push(gap(&name, &reason)),
            }
        }
    }
}

/// Kept results by name: `2026-09-24-annual.json`.
fn kept(folder: &Path) -> Vec<(Day, String, String)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut found: Vec<_> = names
        .filter_map(|name| {
            let (day, rest) = name.strip_suffix(".json")?.split_at_checked(10)?;
            let checklist = rest.strip_prefix('-')?.to_owned();
            Some((Day::parse(day)?, checklist, name))
        })
        .collect();
    found.sort();
    found
}

/// The file's bytes; empty without a file.
fn read(path: &Path) -> Result<Vec<u8>, String> {
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Ok(about) if about.len() > LONGEST => Err("文件过大".to_owned()),
        _ => fs::read(path).map_err(|error| error.to_string()),
    }
}

fn shown() -> String {
    format!("out/history/{NAME}")
}

fn damaged(line: u32) -> Diagnostic {
    let message = "历次检查记录的这一行读不出来，没有计入趋势，已原样保留";
    Diagnostic::new(
        codes::HISTORY_DAMAGED,
        message,
        Locus::text(shown(), line, 1),
    )
    .with_hint("由更新版本的程序写入的，请升级本程序；确已损坏的，可以用记事本删去这一行。")
}

fn unusable(reason: &str) -> Diagnostic {
    let message = format!("历次检查记录读不出来（{reason}），这次没有记入，趋势只看上次保存的结果");
    Diagnostic::new(codes::HISTORY_DAMAGED, message, Locus::file(shown()))
        .with_hint("检查读取权限；文件确已损坏的，请移走，下次检查时重新生成。")
}

fn gap(name: &str, reason: &str) -> Diagnostic {
    let message = format!("保存的检查结果读不出来（{reason}），没有计入趋势");
    Diagnostic::new(
        codes::HISTORY_GAP,
        message,
        Locus::file(format!("out/history/{name}")),
    )
    .with_hint("不需要这次结果的，可以删去这个文件。")
}
