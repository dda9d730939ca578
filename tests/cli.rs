//! The command line as a person meets it: messages, exit codes, what is on the disk afterwards.

use assert_cmd::Command;
use std::{fs, path::Path};
use tempfile::TempDir;

/// A run of the built program: exit code, standard output, standard error.
struct Run {
    code: i32,
    out: String,
    err: String,
}

fn zicha(args: &[&str], dir: &Path) -> Run {
    let output = Command::cargo_bin("zicha")
        .unwrap()
        .current_dir(dir)
        .args(args)
        .output()
        .unwrap();
    Run {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A workspace with one small ledger in order.
fn workspace() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(
        dir.path().join("部门.csv"),
        "部门编号,部门名称,部门负责人,兼职保密员\nB01,办公室,甲,乙\n",
    )
    .unwrap();
    dir
}

const COMMANDS: [&str; 10] = [
    "check",
    "init",
    "ledgers",
    "guide",
    "explain",
    "lint",
    "rollup",
    "verify",
    "completions",
    "man",
];
const DAY: &str = "--as-of=2026-09-24";
const NO_PDF: &str = "--format=html,json";

#[test]
fn a_missing_folder_is_told_and_nothing_is_written() {
    let dir = tempfile::tempdir().unwrap();
    let run = zicha(&["check", "没有", DAY], dir.path());
    assert_eq!(run.code, 2);
    assert!(run.err.contains("要检查的文件夹不存在"), "{}", run.err);
    assert!(run.err.contains("没有生成报告"), "{}", run.err);
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn an_empty_folder_is_told_and_nothing_is_written() {
    let dir = tempfile::tempdir().unwrap();
    let run = zicha(&["check", DAY], dir.path());
    assert_eq!(run.code, 2);
    assert!(run.err.contains("没有可以读取的台账文件"), "{}", run.err);
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn a_broken_profile_is_told_with_its_place_and_nothing_is_written() {
    let dir = workspace();
    fs::write(
        dir.path().join("zicha.yaml"),
        "unit:\n  name: 甲单位\nmarkng: 秘密\n",
    )
    .unwrap();
    let run = zicha(&["check", DAY], dir.path());
    assert_eq!(run.code, 2);
    assert!(run.err.contains("zicha.yaml:3"), "{}", run.err);
    assert!(run.err.contains("marking"), "{}", run.err);
    assert!(!dir.path().join("out").exists());
}

#[test]
fn a_file_that_is_no_workbook_is_told_and_the_rest_is_checked() {
    let dir = workspace();
    fs::write(
        dir.path().join("收文.xlsx"),
        b"PK\x03\x04 this is no workbook",
    )
    .unwrap();
    let run = zicha(&["check", DAY, NO_PDF], dir.path());
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.out.contains("收文.xlsx"), "{}", run.out);
    let results = fs::read_to_string(dir.path().join("out/2026-annual/results.json")).unwrap();
    assert!(results.contains("departments"));
}

#[test]
fn a_ledger_that_is_not_there_is_unknown_and_told() {
    let dir = workspace();
    let run = zicha(&["check", DAY, NO_PDF], dir.path());
    assert!(run.code <= 1, "{}", run.err);
    let results = fs::read_to_string(dir.path().join("out/2026-annual/results.json")).unwrap();
    let results: serde_json::Value = serde_json::from_str(&results).unwrap();
    let verdict = |id: &str| {
        let controls = results["controls"].as_array().unwrap();
        controls.iter().find(|c| c["id"] == id).unwrap()["verdict"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(verdict("DOC-004"), "unknown");
    assert_eq!(verdict("ORG-007"), "notchecked");
    let report = fs::read_to_string(dir.path().join("out/2026-annual/自查工作底稿.html")).unwrap();
    assert!(
        report.contains("涉密文件收文登记簿"),
        "the missing ledger is named in the report"
    );
}

#[test]
fn help_speaks_chinese() {
    let dir = tempfile::tempdir().unwrap();
    let run = zicha(&["check", "--help"], dir.path());
    assert_eq!(run.code, 0);
    for word in ["用法：", "选项", "检查基准日"] {
        assert!(run.out.contains(word), "{word} in {}", run.out);
    }
    for command in COMMANDS {
        let run = zicha(&[command, "--help"], dir.path());
        assert_eq!(run.code, 0, "{command}");
        assert_eq!(run.out, zicha(&["help", command], dir.path()).out);
        for word in [
            "Usage",
            "Options",
            "Print help",
            "default",
            "possible",
            ":\n",
        ] {
            assert!(!run.out.contains(word), "{word:?} in {}", run.out);
        }
    }
}

#[test]
fn mistaken_arguments_are_told_in_chinese() {
    let dir = tempfile::tempdir().unwrap();
    let cases: [(&[&str], &str); 5] = [
        (
            &["check", "--chcklist", "annual"],
            "没有“--chcklist”这个选项。是不是“--checklist”？",
        ),
        (&["chek"], "没有“chek”这个命令。"),
        (&["check", "--as-of", "2026-02-30"], "确有这一天"),
        (&["check", "--checklist", "weekly"], "annual"),
        (&["check", "--fail-on", "高"], "重大、严重、一般、提示"),
    ];
    for (args, told) in cases {
        let run = zicha(args, dir.path());
        assert_eq!(run.code, 2, "{args:?}");
        assert!(run.err.contains(told), "{args:?}: {}", run.err);
    }
}

#[test]
fn explain_shows_a_control_whole() {
    let dir = tempfile::tempdir().unwrap();
    let run = zicha(&["explain", "doc-024"], dir.path());
    assert_eq!(run.code, 0, "{}", run.err);
    for part in [
        "DOC-024",
        "要求",
        "依据",
        "规则",
        "参数",
        "$borrow_days_max",
        "整改",
        "不符合的例子",
    ] {
        assert!(run.out.contains(part), "{part} in {}", run.out);
    }
}

#[test]
fn explain_tells_the_value_in_force_where_it_comes_from_and_what_is_evidence() {
    let dir = tempfile::tempdir().unwrap();
    let run = zicha(&["explain", "CPY-004"], dir.path());
    assert!(
        run.out.contains("默认值，取自来源制度（000 L6b"),
        "{}",
        run.out
    );
    assert!(run.out.contains("凭据\n  《涉密文件复制"), "{}", run.out);
    assert!(run.out.contains("001 五.四a　翻印"), "{}", run.out);
    let own = "packs: ['2024', 企业]\nparameters:\n  copy_approver: 主要领导\n";
    fs::write(dir.path().join("zicha.yaml"), own).unwrap();
    let run = zicha(&["explain", "CPY-004"], dir.path());
    let pack = "清单包“现行法律法规（2024）”的取值，取自法律法规（条例 §27";
    assert!(run.out.contains(pack), "{}", run.out);
    assert!(
        run.out.contains("本单位在 zicha.yaml 中设定"),
        "{}",
        run.out
    );
    let run = zicha(&["explain", "PEN-001"], dir.path());
    assert!(run.out.contains("清单包“企业”停用："), "{}", run.out);
}

#[test]
fn explain_reads_like_a_page_of_the_checklist() {
    let dir = tempfile::tempdir().unwrap();
    let run = zicha(&["explain", "KEY-011"], dir.path());
    insta::assert_snapshot!("explain", run.out);
}

#[test]
fn a_year_without_published_days_off_is_told_and_counted_by_the_calendar() {
    let dir = workspace();
    for (day, last, told) in [
        ("2031-01-10", "2031-01-25", "2031年1月22日至2031年1月25日"),
        ("2035-02-01", "2035-02-10", "2035年2月7日至2035年2月10日"),
    ] {
        let day = format!("--as-of={day}");
        let args = ["check", &day, "--checklist=festival", NO_PDF, "--out=春节"];
        let run = zicha(&args, dir.path());
        let said = format!("春节的放假调休安排未收录，按法定节假日{told}计算");
        assert!(run.out.contains(&said), "{}", run.out);
        let read = |file| fs::read_to_string(dir.path().join("春节").join(file)).unwrap();
        let results: serde_json::Value = serde_json::from_str(&read("results.json")).unwrap();
        assert_eq!(results["run"]["period"]["to"], last);
        assert!(read("自查工作底稿.html").contains(&said));
    }
}

#[test]
fn explain_suggests_a_near_code() {
    let dir = tempfile::tempdir().unwrap();
    let run = zicha(&["explain", "DCO-024"], dir.path());
    assert_eq!(run.code, 2);
    assert!(run.err.contains("是不是 DOC-024？"), "{}", run.err);
}

#[test]
fn questions_name_the_values_in_force() {
    let dir = tempfile::tempdir().unwrap();
    let run = zicha(&["explain", "NET-016"], dir.path());
    assert!(run.out.contains("60 分钟"), "{}", run.out);
    assert!(!run.out.contains("满 $screen"), "{}", run.out);
    assert!(
        run.out.contains("（$screen_lock_minutes）= 60"),
        "{}",
        run.out
    );
    let own = "parameters:\n  screen_lock_minutes: 30\n";
    fs::write(dir.path().join("zicha.yaml"), own).unwrap();
    let run = zicha(&["explain", "NET-016"], dir.path());
    assert!(run.out.contains("30 分钟"), "{}", run.out);
}

#[test]
fn ledgers_tells_how_a_sheet_was_understood() {
    let dir = workspace();
    let run = zicha(&["ledgers"], dir.path());
    assert_eq!(run.code, 0, "{}", run.err);
    for told in [
        "部门.csv",
        "（departments）",
        "标题行在第 1 行，读入 1 条记录",
        "没有提供的台账",
    ] {
        assert!(run.out.contains(told), "{told} in {}", run.out);
    }
    let run = zicha(&["ledgers", "--json"], dir.path());
    let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(json["schema"], "zicha/ledgers/1");
}

#[test]
fn lint_finds_mistakes_without_running_anything() {
    let dir = workspace();
    assert_eq!(zicha(&["lint"], dir.path()).code, 0);
    let own = "parameters:\n  borrow_days_max: 三十\n  borow_days: 3\n";
    fs::write(dir.path().join("zicha.yaml"), own).unwrap();
    let run = zicha(&["lint"], dir.path());
    assert_eq!(run.code, 1);
    for told in ["zicha.yaml:2", "zicha.yaml:3", "borrow_days_max"] {
        assert!(run.out.contains(told), "{told} in {}", run.out);
    }
    assert!(!dir.path().join("out").exists());
}

#[test]
fn a_lock_file_is_told_not_read() {
    let dir = workspace();
    fs::write(dir.path().join("~$部门.xlsx"), b"lock").unwrap();
    let run = zicha(&["ledgers", "--json"], dir.path());
    let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(json["files"].as_array().unwrap().len(), 1);
    assert!(
        json["diagnostics"].to_string().contains("~$部门.xlsx"),
        "{json}"
    );
}

#[test]
fn verify_says_what_was_changed_missing_and_added() {
    let dir = workspace();
    zicha(&["check", DAY, NO_PDF], dir.path());
    let out = "out/2026-annual";
    let run = zicha(&["verify", out], dir.path());
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(run.out.contains("没有核对（加 --dir"), "{}", run.out);
    let folder = dir.path().join(out);
    fs::write(folder.join("index.html"), "改过").unwrap();
    fs::remove_file(folder.join("自查报告.html")).unwrap();
    fs::write(folder.join("补充.txt"), "").unwrap();
    let run = zicha(&["verify", out], dir.path());
    assert_eq!(run.code, 1);
    for told in [
        "已改动  index.html",
        "缺少  自查报告.html",
        "多出  补充.txt",
    ] {
        assert!(run.out.contains(told), "{told} in {}", run.out);
    }
}

#[test]
fn verify_compares_the_ledgers_too_when_asked() {
    let dir = workspace();
    zicha(&["check", DAY, NO_PDF], dir.path());
    let args = ["verify", "out/2026-annual", "--dir", "."];
    assert_eq!(zicha(&args, dir.path()).code, 0);
    fs::write(dir.path().join("部门.csv"), "部门编号,部门名称\n").unwrap();
    let run = zicha(&args, dir.path());
    assert_eq!(run.code, 1);
    assert!(run.out.contains("已改动  部门.csv"), "{}", run.out);
}

#[test]
fn verify_without_a_manifest_cannot_tell() {
    let dir = workspace();
    let run = zicha(&["verify", "."], dir.path());
    assert_eq!(run.code, 2);
    assert!(run.err.contains("没有 manifest.json"), "{}", run.err);
}

#[test]
fn a_fresh_workspace_is_made_checked_and_found_empty() {
    let dir = tempfile::tempdir().unwrap();
    let run = zicha(&["init", "新单位"], dir.path());
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("写出  zicha.yaml"), "{}", run.out);
    let run = zicha(&["init", "新单位"], dir.path());
    assert!(run.out.contains("保留  zicha.yaml"), "{}", run.out);
    let run = zicha(&["check", "新单位", DAY, NO_PDF], dir.path());
    assert!(run.code <= 1, "{}{}", run.out, run.err);
    assert!(run.out.contains("台账都还没有填写"), "{}", run.out);
    // Nothing is proven, and nobody can say yet that the unit is bad.
    let open = "未查清的事项全部符合时最高 100 分（符合要求）";
    assert!(run.out.contains(open), "{}", run.out);
    let folders: Vec<_> = fs::read_dir(dir.path().join("新单位/out"))
        .unwrap()
        .collect();
    let index = |at: &std::io::Result<fs::DirEntry>| at.as_ref().unwrap().path().join("index.html");
    let index = folders.iter().map(index).find(|index| index.exists());
    let index = fs::read_to_string(index.unwrap()).unwrap();
    assert!(index.contains("核查后全部符合的，最高100分（符合要求）"));
}

#[test]
fn units_are_rolled_up_and_a_tampered_one_is_named() {
    let root = workspace();
    for name in ["甲局", "乙局"] {
        let dir = root.path().join(name);
        fs::create_dir(&dir).unwrap();
        fs::copy(root.path().join("部门.csv"), dir.join("部门.csv")).unwrap();
        fs::write(dir.join("zicha.yaml"), format!("unit:\n  name: {name}\n")).unwrap();
        zicha(&["check", DAY, NO_PDF], &dir);
    }
    let args = [
        "rollup", "甲局", "乙局", "--out", "汇总", "--format", "html",
    ];
    let run = zicha(&args, root.path());
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(run.out.contains("计入 2 份结果"), "{}", run.out);
    let changed = root.path().join("乙局/out/2026-annual/results.json");
    let text = fs::read_to_string(&changed).unwrap();
    fs::write(&changed, text.replace("乙局", "丙局")).unwrap();
    let run = zicha(&args, root.path());
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("乙局/out/2026-annual/summary.json")
            && run.err.contains("results.json 与"),
        "{}",
        run.err
    );
    assert!(
        run.out.contains("计入 1 份结果，1 份没有计入"),
        "{}",
        run.out
    );
}

#[test]
fn every_command_stands_in_completions_and_manual() {
    let dir = tempfile::tempdir().unwrap();
    let script = zicha(&["completions", "bash"], dir.path()).out;
    let manual = zicha(&["man"], dir.path()).out;
    for command in COMMANDS {
        assert!(script.contains(&format!("zicha,{command})")), "{command}");
        let heading = format!("\n.SS zicha {command}\n");
        assert!(manual.contains(&heading), "{command} in {manual}");
    }
    for told in ["\\-\\-fail\\-on", "\\-\\-units", "退出码"] {
        assert!(manual.contains(told), "{told} in {manual}");
    }
    assert!(script.contains("spring-festival"), "{script}");
}
