//! `examples/rollup-on-spark`: partitions merged in a tree are the same bytes as one roll-up. With PySpark in
//! its local cluster; without it the same tree in one process, and the Spark run is told as SKIPPED.
#![expect(clippy::print_stderr, reason = "a skipped test says so")]

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

/// Enough for a tree of two levels: nine partitions of two.
const UNITS: usize = 18;

fn zicha(args: &[&str], dir: &Path) -> Output {
    let program = assert_cmd::cargo::cargo_bin("zicha");
    let output = Command::new(program).current_dir(dir).args(args).output();
    output.unwrap()
}

/// So many units with a small ledger each, checked.
fn province(root: &Path) {
    let ledger = "部门编号,部门名称,部门负责人,兼职保密员\nB01,办公室,甲,乙\n";
    for unit in 0..UNITS {
        let folder = root.join(format!("各单位/单位{unit:02}"));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("部门.csv"), ledger).unwrap();
        fs::write(folder.join("zicha.yaml"), format!("单位: 单位{unit:02}\n")).unwrap();
        let folder = folder.to_string_lossy().into_owned();
        zicha(
            &["check", &folder, "--as-of=2026-09-24", "--format=json"],
            root,
        );
    }
}

#[test]
fn a_tree_of_partial_roll_ups_is_the_same_bytes_as_one() {
    let place = tempfile::tempdir().unwrap();
    province(place.path());
    zicha(
        &[
            "rollup",
            "各单位",
            "--out",
            "一次",
            "--format=html,pdf,xlsx",
        ],
        place.path(),
    );
    let python = std::env::var("ZICHA_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let has = |module: &str| {
        let tried = Command::new(&python)
            .args(["-c", &format!("import {module}")])
            .output();
        tried.is_ok_and(|output| output.status.success())
    };
    if !has("json") {
        eprintln!("SKIPPED: a tree of roll-ups: no python3");
        return;
    }
    same(&python, &["--local"], place.path(), "树");
    if has("pyspark") {
        same(&python, &[], place.path(), "集群");
    } else {
        eprintln!("SKIPPED: the roll-up on Spark: no python3 with pyspark");
    }
}

fn same(python: &str, mode: &[&str], place: &Path, out: &str) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/rollup-on-spark/rollup.py");
    let output = Command::new(python)
        .current_dir(place)
        .arg(script)
        .args(mode)
        .arg(assert_cmd::cargo::cargo_bin("zicha"))
        .arg(place.join("各单位"))
        .arg(place.join(out))
        .arg("9")
        .env("SPARK_MASTER", "local-cluster[2,1,1024]")
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    let mut names: Vec<_> = fs::read_dir(place.join("一次"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    names.sort();
    assert!(names.len() >= 4, "{names:?}");
    for name in names {
        let read = |folder: &str| fs::read(place.join(folder).join(&name)).unwrap_or_default();
        assert!(read("一次") == read(out), "{out}: {name:?} differs");
    }
}
