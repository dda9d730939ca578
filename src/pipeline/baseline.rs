//! The earlier run to compare with: found, read, kept.

use super::request::{Baseline, Request};
use serde::{Deserialize, de::IgnoredAny};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};
use zicha_model::diag::{Code, codes};
use zicha_model::diag::{Diagnostic, Locus};
use zicha_model::{plan::Plan, results::Results};

/// Reads the baseline. A named file that cannot be read refuses the run; a kept one is told.
pub(super) fn load(
    request: &Request,
    plan: &Plan,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Option<(String, Results)>, Vec<Diagnostic>> {
    match &request.baseline {
        Baseline::None => Ok(None),
        Baseline::File(path) => {
            let (results, missing) = parse(path)
                .map_err(|reason| vec![unreadable(codes::BASELINE_UNREADABLE, path, &reason)])?;
            let shown = path.display().to_string();
            diagnostics.extend(older(&shown, &results, &missing));
            Ok(Some((shown, results)))
        }
        // With an explicit output folder nothing is kept, and only a named baseline counts.
        Baseline::Latest if request.out.is_some() => Ok(None),
        Baseline::Latest => {
            Ok(
                latest(request, plan).and_then(|(shown, path)| match parse(&path) {
                    Ok((results, missing)) => {
                        diagnostics.extend(older(&shown, &results, &missing));
                        Some((shown, results))
                    }
                    Err(reason) => {
                        diagnostics.push(unreadable(codes::HISTORY_UNREADABLE, &path, &reason));
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
    let name = format!("{}-{}.json", plan.as_of, plan.checklist_name());
    let beside = folder.join(format!(".{name}.part"));
    let mut file = io::BufWriter::new(fs::File::create(&beside)?);
    serde_json::to_writer_pretty(&mut file, results).map_err(io::Error::other)?;
    io::Write::flush(&mut file)?;
    fs::rename(beside, folder.join(name))
}

/// The newest kept run of the same checklist before the plan's day: path to show, path to open.
fn latest(request: &Request, plan: &Plan) -> Option<(String, PathBuf)> {
    let folder = history(&request.dir);
    let suffix = format!("-{}.json", plan.checklist_name());
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

pub(super) fn history(dir: &Path) -> PathBuf {
    dir.join("out").join("history")
}

/// Reads a `results.json`, also one of an earlier program: what it does not know yet is left at its
/// default and named beside the results.
pub(super) fn parse(path: &Path) -> Result<(Results, Vec<String>), String> {
    let bytes = fs::read(path).map_err(|error| error.to_string())?;
    let told: Told = serde_json::from_slice(&bytes).map_err(|error| error.to_string())?;
    let schema = told.schema.as_str().unwrap_or_default();
    let version = schema
        .strip_prefix("zicha/results/")
        .and_then(|v| v.parse::<u32>().ok());
    match version {
        None => return Err("不是 zicha 的 results.json".to_owned()),
        Some(version) if version > NEWEST => {
            return Err(format!("由更新版本的程序生成（{schema}），请升级本程序"));
        }
        Some(_) => {}
    }
    // A tree of values takes many times the room of the file: only where something must be put in.
    if told.is_complete(&bytes) {
        let results = serde_json::from_slice(&bytes).map_err(|error| error.to_string())?;
        return Ok((results, Vec::new()));
    }
    let mut value: Value = serde_json::from_slice(&bytes).map_err(|error| error.to_string())?;
    let missing = complete(&mut value);
    let results = serde_json::from_value(value).map_err(|error| error.to_string())?;
    Ok((results, missing))
}

/// What is looked at before the whole is read.
#[derive(Deserialize)]
struct Told {
    #[serde(default)]
    schema: Value,
    #[serde(default)]
    run: BTreeMap<String, IgnoredAny>,
}

impl Told {
    /// True if every part that [`complete`] would put in is there.
    fn is_complete(&self, bytes: &[u8]) -> bool {
        let parts: BTreeMap<String, IgnoredAny> = serde_json::from_slice(bytes).unwrap_or_default();
        let has_part = |(name, _): &(&str, Value)| parts.contains_key(*name);
        let has_run_part = |(name, _): &(&str, Value)| self.run.contains_key(*name);
        default_parts().iter().all(has_part) && default_run_parts().iter().all(has_run_part)
    }
}

/// The newest schema that this program reads.
const NEWEST: u32 = 1;

/// What stands for a part that is not there.
fn default_parts() -> [(&'static str, Value); 8] {
    use zicha_model::results::{FollowUp, Score};
    [
        ("tool", json!({"name": "zicha", "version": ""})),
        ("unit", json!({"name": "", "kind": ""})),
        ("inputs", json!([])),
        ("controls", json!([])),
        ("score", json!(Score::default())),
        ("discipline", json!([])),
        ("follow_up", json!(FollowUp::default())),
        ("diagnostics", json!([])),
    ]
}

/// The same of `run`.
fn default_run_parts() -> [(&'static str, Value); 3] {
    [
        ("packs", json!([])),
        ("parameters", json!({})),
        ("festival", Value::Null),
    ]
}

/// Puts in the parts that earlier programs did not write yet; their names.
fn complete(value: &mut Value) -> Vec<String> {
    let Some(top) = value.as_object_mut() else {
        return Vec::new();
    };
    let mut missing = Vec::new();
    for (name, default) in default_parts() {
        if !top.contains_key(name) {
            top.insert(name.to_owned(), default);
            missing.push(name.to_owned());
        }
    }
    if let Some(run) = top.get_mut("run").and_then(Value::as_object_mut) {
        for (name, default) in default_run_parts() {
            if !run.contains_key(name) {
                run.insert(name.to_owned(), default);
                missing.push(format!("run.{name}"));
            }
        }
    }
    missing
}

/// Tells that the baseline comes from an earlier program.
fn older(shown: &str, results: &Results, missing: &[String]) -> Option<Diagnostic> {
    let version = &results.tool.version;
    if missing.is_empty() && version == env!("CARGO_PKG_VERSION") {
        return None;
    }
    let mut message = format!(
        "上次结果由其他版本的程序生成（{}）",
        if version.is_empty() {
            "版本不明"
        } else {
            version
        }
    );
    if !missing.is_empty() {
        message.push_str(&format!("，缺少 {}，这些方面不作比较", missing.join("、")));
    }
    Some(Diagnostic::new(
        codes::BASELINE_OLDER,
        message,
        Locus::file(shown),
    ))
}

fn unreadable(code: Code, path: &Path, reason: &str) -> Diagnostic {
    Diagnostic::new(
        code,
        format!("作为比较基准的上次结果读不出来：{reason}。"),
        Locus::file(path.display().to_string()),
    )
    .with_hint("--baseline 后面写上次输出文件夹里的 results.json;不需要比较的，加 --no-baseline。")
}

#[cfg(test)]
mod tests {
    use super::*;
    use zicha_model::results::State;

    /// As the first program wrote it: the keys of the contract and no others.
    const FIRST: &str = r#"{
      "schema": "zicha/results/1",
      "tool": {"name": "zicha", "version": "0.0.1"},
      "unit": {"name": "示例所", "kind": "institution"},
      "run": {"as_of": "2025-09-28", "checklists": ["annual"], "festival": null,
              "period": {"from": "2025-01-01", "to": "2025-12-31"},
              "packs": [{"id": "base", "version": "1", "sha256": "00"}], "parameters": {"borrow_days_max": 30}},
      "inputs": [{"path": "收文.xlsx", "sha256": "00", "sm3": "00", "bytes": 1,
                  "sheets": [{"name": "2025", "ledger": "documents_received", "heading_row": 3, "rows": 1, "unused_columns": []}]}],
      "controls": [{"id": "DOC-012", "title": "收文登记", "chapter": "6", "checklists": ["annual"], "severity": "一般",
                    "basis": ["001 六.1.(1)"], "verdict": "fail", "subjects": 1, "failed": 1, "unknown": 0, "waived": 0,
                    "score": {"points": 2, "deducted": 1}}],
      "findings": [{"fingerprint": "f1", "control": "DOC-012", "severity": "一般", "kind": "violation", "state": "fixed", "waived": false,
                    "subject": {"ledger": "documents_received", "key": "1", "department": null, "person": null},
                    "message": "没有登记", "expected": "", "actual": "", "remedy": "", "found": "2025-09-28", "due": "2025-10-28",
                    "evidence": [{"file": "收文.xlsx", "sheet": "2025", "row": 4, "column": "F", "field": "registered_on", "value": ""}]}],
      "score": {"model": "government", "points": 80, "of": 100, "percent": 80.0, "grade": "基本符合要求", "vetoes": [], "steps": []},
      "discipline": [{"kind": "penalty", "subject": "甲", "reason": "泄露", "basis": ["001 十五.3.(1)"], "from": "警告", "to": "记过",
                      "aggravating": [], "evidence": []}],
      "follow_up": {"baseline": "", "new": 1, "open": 0, "fixed": 0, "reopened": 0},
      "diagnostics": []
    }"#;

    fn parsed(text: &str) -> Result<(Results, Vec<String>), String> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("results.json");
        fs::write(&path, text).expect("written");
        parse(&path)
    }

    #[test]
    fn the_first_shape_of_results_is_read_whole() {
        let (results, missing) = parsed(FIRST).expect("readable");
        assert_eq!(missing, [""; 0]);
        assert_eq!(results.findings[0].state, State::Fixed);
        let score = &results.score;
        assert_eq!((score.percent, score.highest), (80.into(), 0.into()));
        assert_eq!(results.discipline[0].decided, "");
        let told = older("results.json", &results, &missing).expect("another version");
        assert!(told.message.contains("0.0.1"), "{}", told.message);
    }

    #[test]
    fn a_newer_or_foreign_file_is_no_baseline() {
        let newer = FIRST.replace("zicha/results/1", "zicha/results/2");
        assert!(parsed(&newer).expect_err("newer").contains("请升级本程序"));
        let foreign = FIRST.replace("zicha/results/1", "other/1");
        assert!(parsed(&foreign).is_err());
    }
}
