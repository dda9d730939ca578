//! From a folder of ledgers to the documents: the same bytes whatever the threads, every seeded
//! fault told where people look.

use assert_cmd::Command;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};
use tempfile::TempDir;

/// The faulty sample's documents for a checklist, by file name.
fn documents(checklist: &str, threads: &str) -> BTreeMap<String, Vec<u8>> {
    let out = TempDir::new().unwrap();
    let folder = out.path().join("报告");
    let status = Command::cargo_bin("zicha")
        .unwrap()
        .arg("check")
        .arg(sample("faulty"))
        .args(["--as-of", "2026-09-24", "--fonts", "embedded"])
        .args(["--checklist", checklist, "--threads", threads])
        .arg("--out")
        .arg(&folder)
        .output()
        .unwrap()
        .status;
    let code = status.code().unwrap();
    assert!(
        code == 1 || (code == 2 && !can_make_pdf()),
        "exit code {code}"
    );
    files(&folder)
}

/// PDF needs faces that the build had; without them the program says so and ends with 2.
fn can_make_pdf() -> bool {
    zicha_report::can_make_pdf(zicha_report::Fonts::Embedded)
}

/// All files of a folder and of those below it, by path.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap()) {
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() {
            let below = files(&entry.path()).into_iter();
            found.extend(below.map(|(path, bytes)| (format!("{name}/{path}"), bytes)));
        } else {
            found.insert(name, fs::read(entry.path()).unwrap());
        }
    }
    found
}

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("sample-data")
        .join(name)
}

#[test]
fn one_two_and_eight_threads_write_the_same_bytes() {
    for checklist in ["annual", "festival"] {
        let one = documents(checklist, "1");
        for threads in ["2", "8"] {
            let more = documents(checklist, threads);
            assert_eq!(
                one.keys().collect::<Vec<_>>(),
                more.keys().collect::<Vec<_>>()
            );
            for (name, bytes) in &one {
                assert!(
                    &more[name] == bytes,
                    "{checklist}: {name} differs with {threads} threads"
                );
            }
        }
    }
}

#[test]
fn the_output_folder_is_complete() {
    let names = documents("all", "2").into_keys();
    let (notices, names): (Vec<_>, Vec<_>) = names.partition(|name| name.contains('/'));
    let formats = if can_make_pdf() { 3 } else { 2 };
    for department in ["综合办公室", "信息化处"] {
        let begin = format!("整改通知单/{department}.");
        let mine = notices.iter().filter(|name| name.starts_with(&begin));
        assert_eq!(mine.count(), formats, "{notices:?}");
    }
    let mut expected = vec![
        "index.html",
        "manifest.json",
        "results.json",
        "奖惩汇总.html",
        "整改清单.html",
        "整改清单.xlsx",
        "整改通知单.html",
        "summary.json",
        "到期提醒.ics",
        "到期提醒.xlsx",
        "年度保密工作情况报告.docx",
        "年度保密工作情况报告.html",
        "自查工作底稿.html",
        "自查报告.docx",
        "现场答复.html",
        "自查报告.html",
        "奖惩汇总.docx",
        "节前保密检查情况报告.docx",
        "节前保密检查情况报告.html",
        "节前保密检查记录表.docx",
        "节前保密检查记录表.html",
    ];
    if can_make_pdf() {
        expected.extend([
            "奖惩汇总.pdf",
            "整改清单.pdf",
            "年度保密工作情况报告.pdf",
            "自查工作底稿.pdf",
            "自查报告.pdf",
            "节前保密检查情况报告.pdf",
            "节前保密检查记录表.pdf",
        ]);
    }
    expected.sort_unstable();
    assert_eq!(names, expected);
}

#[test]
fn every_finding_stands_in_the_list_with_clause_cell_and_remedy() {
    let documents = documents("annual", "2");
    let results: serde_json::Value = serde_json::from_slice(&documents["results.json"]).unwrap();
    let list = String::from_utf8(documents["整改清单.html"].clone()).unwrap();
    let escaped = |text: &str| {
        text.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;")
    };
    let findings = results["findings"].as_array().unwrap();
    assert!(findings.len() >= 80, "{} findings", findings.len());
    for finding in findings.iter().filter(|f| f["waived"] == false) {
        let cell = &finding["evidence"][0];
        let key = finding["subject"]["key"].as_str().unwrap();
        assert!(
            list.contains(&escaped(finding["remedy"].as_str().unwrap())),
            "remedy of {key}"
        );
        if let Some(control) = finding["control"].as_str() {
            assert!(list.contains(control), "{control}");
        }
        if let (Some(file), Some(row)) = (cell["file"].as_str(), cell["row"].as_u64()) {
            // By its short name: the workbook and the working paper have the whole path.
            let name = Path::new(file).file_stem().unwrap().to_string_lossy();
            assert!(list.contains(&escaped(&name)), "file of {key}");
            assert!(list.contains(&row.to_string()), "row of {key}");
        }
    }
}

#[test]
fn a_second_run_compares_with_the_kept_one() {
    let dir = TempDir::new().unwrap();
    copy(&sample("faulty"), dir.path());
    let run = |day: &str| annual_results(dir.path(), day);
    let first = run("2026-09-24");
    assert_eq!(first["follow_up"]["baseline"], "");
    let second = run("2026-09-25");
    assert_eq!(
        second["follow_up"]["baseline"],
        "out/history/2026-09-24-annual.json"
    );
    assert!(second["follow_up"]["open"].as_u64().unwrap() > 80);
    assert_eq!(second["follow_up"]["reopened"], 0);
    let again = run("2026-09-25");
    assert_eq!(second, again, "a run never compares with itself");
}

/// Runs the annual checklist with the default output folder and reads its results.
fn annual_results(dir: &Path, day: &str) -> serde_json::Value {
    Command::cargo_bin("zicha")
        .unwrap()
        .arg("check")
        .arg(dir)
        .args(["--as-of", day, "--format", "json"])
        .output()
        .unwrap();
    let path = dir.join("out/2026-annual/results.json");
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().map(|entry| entry.unwrap()) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            if entry.file_name() != "out" {
                fs::create_dir_all(&target).unwrap();
                copy(&entry.path(), &target);
            }
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn a_fault_is_new_then_fixed_then_reopened() {
    let dir = TempDir::new().unwrap();
    let state_on = |day: &str, source: &str| {
        let ledger = format!(
            "介质编号,介质类型,密级,来源,保管人,状态\nU-01,U盘,内部,统一配发,甲,在用\nU-02,U盘,内部,{source},乙,在用\n"
        );
        fs::write(dir.path().join("移动存储介质台账.csv"), ledger).unwrap();
        let results = annual_results(dir.path(), day);
        let findings = results["findings"].as_array().unwrap().clone();
        let mine = findings.into_iter().find(|f| f["control"] == "MED-007");
        mine.map(|f| (f["state"].as_str().unwrap().to_owned(), f["found"].clone()))
    };
    let state = |found: Option<(String, serde_json::Value)>| found.unwrap().0;
    assert_eq!(state(state_on("2026-09-01", "个人所有")), "new");
    let (open, found) = state_on("2026-09-02", "个人所有").unwrap();
    assert_eq!((open.as_str(), found), ("open", "2026-09-01".into()));
    assert_eq!(state(state_on("2026-09-03", "统一配发")), "fixed");
    assert_eq!(state(state_on("2026-09-04", "统一配发")), "fixed");
    assert_eq!(state(state_on("2026-09-05", "个人所有")), "reopened");
}

/// More unreadable cells than papers list: each is still a finding of its own in the data, in the order of
/// findings, and it is told.
#[test]
fn every_unreadable_cell_is_a_finding_of_the_data() {
    const ROWS: usize = 20_020;
    let dir = TempDir::new().unwrap();
    let mut ledger = "登记号,收文日期,登记日期,登记人,来文单位,发文字号,文件标题,密级\n".to_owned();
    for row in 0..ROWS {
        let line = format!(
            "收{row:06},三月初,2026-03-05,张三,某局,函{row},关于第{row}项工作的通知,秘密\n"
        );
        ledger.push_str(&line);
    }
    fs::write(dir.path().join("收文登记簿.csv"), ledger).unwrap();
    let out = dir.path().join("报告");
    let mut zicha = Command::cargo_bin("zicha").unwrap();
    zicha.arg("check").arg(dir.path()).arg("--out").arg(&out);
    zicha.args(["--as-of", "2026-09-24", "--format", "json"]);
    assert_eq!(zicha.output().unwrap().status.code(), Some(1));
    let read = |name: &str| -> serde_json::Value {
        serde_json::from_slice(&fs::read(out.join(name)).unwrap()).unwrap()
    };
    let results = read("results.json");
    let findings = results["findings"].as_array().unwrap().iter();
    let keys: Vec<_> = findings
        .filter(|finding| finding["kind"] == "unreadable")
        .map(|finding| finding["subject"]["key"].as_str().unwrap())
        .collect();
    assert_eq!(keys.len(), ROWS);
    assert!(keys.is_sorted());
    let told = results["diagnostics"].as_array().unwrap().iter();
    let told: Vec<_> = told.filter(|d| d["code"] == "unreadable-counted").collect();
    assert!(told[0]["message"].as_str().unwrap().contains("另有20个"));
    assert_eq!(read("summary.json")["unreadable"], ROWS);
}
