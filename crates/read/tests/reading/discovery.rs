//! Which files of a workspace are read, and what is told of the others.

use std::{fs, path::Path};
use tempfile::TempDir;
use zicha_model::diag::Diagnostic;
use zicha_model::profile::Profile;
use zicha_read::Options;
use zicha_read::discovery::files;

fn workspace(paths: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for path in paths {
        let full = folder.path().join(path);
        fs::create_dir_all(full.parent().expect("a parent")).expect("made");
        fs::write(full, "编号\n1\n").expect("written");
    }
    folder
}

fn find(root: &Path, profile: &Profile, options: &Options) -> (Vec<String>, Vec<Diagnostic>) {
    files::find(root, profile, options)
}

fn plainly(root: &Path) -> (Vec<String>, Vec<Diagnostic>) {
    find(root, &Profile::default(), &Options::default())
}

#[test]
fn ledgers_are_found_in_path_order_and_nothing_of_the_program() {
    let folder = workspace(&[
        "b/2.csv",
        "b/1.XLSX",
        "a.yaml",
        "zicha.yaml",
        "waivers.yaml",
        "packs/own.yaml",
        "templates/t.yaml",
        ".git/x.csv",
        ".hidden.csv",
        "out/results.csv",
        "old/报告/整改清单.xlsx",
    ]);
    let manifest = folder.path().join("old/报告/manifest.json");
    fs::write(manifest, r#"{"schema": "zicha/manifest/1"}"#).expect("written");
    let options = Options {
        leave_out: vec![folder.path().join("out")],
    };
    let (found, told) = find(folder.path(), &Profile::default(), &options);
    assert_eq!(found, ["a.yaml", "b/1.XLSX", "b/2.csv"]);
    assert_eq!(told, []);
}

#[test]
fn lock_files_and_other_files_are_told() {
    let folder = workspace(&["a.csv", "~$a.xlsx", "说明.docx", "再说明.docx"]);
    let (found, told) = plainly(folder.path());
    assert_eq!(found, ["a.csv"]);
    let codes: Vec<_> = told.iter().map(|d| d.code.name()).collect();
    assert_eq!(codes, ["files-not-read", "lock-file"]);
    assert!(told[0].message.contains("2 个扩展名为 .docx"));
}

#[cfg(unix)]
#[test]
fn links_are_never_followed_and_always_told() {
    let outside = workspace(&["secret.csv"]);
    let folder = workspace(&["a.csv"]);
    let link = |to: &Path, name: &str| {
        std::os::unix::fs::symlink(to, folder.path().join(name)).expect("linked");
    };
    link(&outside.path().join("secret.csv"), "b.csv");
    link(outside.path(), "c");
    link(&folder.path().join("a.csv"), "d.csv");
    link(folder.path(), "circle");
    let (found, told) = plainly(folder.path());
    assert_eq!(found, ["a.csv"]);
    let places: Vec<_> = told
        .iter()
        .map(|d| (d.code.name(), d.locus.file.as_deref().unwrap_or_default()))
        .collect();
    let expected = [
        ("link-outside", "b.csv"),
        ("link-outside", "c"),
        ("link-inside", "circle"),
        ("link-inside", "d.csv"),
    ];
    assert_eq!(places, expected);
}

#[test]
fn globs_of_the_profile_choose_and_unused_ones_are_told() {
    let folder = workspace(&["a.csv", "b/c.csv", "b/草稿.csv", "archive/2020/d.csv"]);
    let profile = Profile {
        exclude: vec![
            "archive/**".to_owned(),
            "**/*草稿*".to_owned(),
            "无/**".to_owned(),
        ],
        packs: vec!["./b/c.csv".to_owned()],
        ..Profile::default()
    };
    let (found, told) = find(folder.path(), &profile, &Options::default());
    assert_eq!(found, ["a.csv"]);
    let codes: Vec<_> = told.iter().map(|d| d.code.name()).collect();
    assert_eq!(codes, ["glob-unused"]);
    let profile = Profile {
        include: vec!["b/*".to_owned()],
        ..Profile::default()
    };
    let (found, _) = find(folder.path(), &profile, &Options::default());
    assert_eq!(found, ["b/c.csv", "b/草稿.csv"]);
}

#[test]
fn a_file_is_opened_with_its_hashes() {
    let folder = workspace(&[]);
    fs::write(folder.path().join("a.csv"), "abc").expect("written");
    let file = files::open(folder.path(), "a.csv");
    assert!(file.readable);
    assert_eq!(file.bytes, 3);
    assert!(file.digests.sha256.starts_with("ba7816bf8f01cfea"));
    assert!(file.digests.sm3.starts_with("66c7f0f462eeedd9"));
    let gone = files::open(folder.path(), "b.csv");
    assert!(!gone.readable);
    assert_eq!(gone.diagnostics[0].code, "file-unreadable");
}

#[test]
fn a_copy_of_a_file_is_told_and_not_read_twice() {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("written");
    let text = "登记号,文件登记号,借阅人,借出日期\n借1,收1,张三,2026-3-5\n";
    put("借阅.csv", text);
    put("借阅 - 副本.csv", text);
    put("借阅2.csv", &text.replace("借1", "借2"));
    let (schemas, profile) = (zicha_testing::schemas(), Profile::default());
    let dataset = zicha_read::read(folder.path(), &schemas, &profile, &Options::default());
    let borrowing = zicha_testing::ledger_id(&schemas, "borrowing");
    assert_eq!(dataset.table(borrowing).map(|table| table.len()), Some(2));
    let told = dataset.diagnostics.iter().find(|d| d.code == "file-copied");
    let told = told.expect("told");
    assert_eq!(told.locus.file.as_deref(), Some("借阅 - 副本.csv"));
    assert!(told.message.contains("“借阅.csv”"), "{}", told.message);
    let copy = dataset
        .inputs
        .iter()
        .find(|input| input.path == "借阅 - 副本.csv");
    assert!(copy.expect("listed").sheets[0].why.contains("完全相同"));
}
