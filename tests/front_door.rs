//! The way in for somebody who does not know the command line: what is dropped, mistyped, asked.

#![expect(clippy::print_stderr, reason = "a skipped test says so")]

use assert_cmd::Command;
use std::{fs, path::Path, process};
use tempfile::TempDir;

fn zicha(args: &[&str], dir: &Path) -> (i32, String, String) {
    let output = Command::cargo_bin("zicha")
        .unwrap()
        .current_dir(dir)
        .args(args)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (
        output.status.code().unwrap(),
        text(output.stdout),
        text(output.stderr),
    )
}

/// A folder with a folder of ledgers in it, whose name has a blank.
fn place() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    let ledgers = dir.path().join("我的 台账");
    fs::create_dir(&ledgers).unwrap();
    let text = "部门编号,部门名称,部门负责人,兼职保密员\nB01,办公室,甲,乙\n";
    fs::write(ledgers.join("部门.csv"), text).unwrap();
    dir
}

#[test]
fn a_folder_dropped_on_the_program_is_checked() {
    let dir = place();
    let (code, out, err) = zicha(&["我的 台账"], dir.path());
    assert!(code <= 1, "{out}{err}");
    assert!(out.contains("请先打开其中的 index.html"), "{out}");
    let years: Vec<_> = fs::read_dir(dir.path().join("我的 台账/out"))
        .unwrap()
        .flatten()
        .collect();
    assert!(
        years
            .iter()
            .any(|year| year.path().join("自查报告.html").exists())
    );
}

#[test]
fn options_and_values_are_understood_in_chinese_and_with_full_width_signs() {
    let dir = place();
    let typed = [
        "检查",
        "我的",
        "台账",
        "－－checklist",
        "节前",
        "——festival＝国庆",
        "--as-of",
        "２０２６．９．２４",
        "--format",
        "json",
        "--fail-on",
        "从不",
    ];
    let (code, out, err) = zicha(&typed, dir.path());
    assert_eq!(code, 0, "{out}{err}");
    for told in [
        "“－－checklist”已理解为“--checklist”",
        "“２０２６．９．２４”已理解为“2026.9.24”",
        "中有空格，已理解为一个文件夹",
    ] {
        assert!(err.contains(told), "{told} in {err}");
    }
    let results = dir
        .path()
        .join("我的 台账/out/2026-national-day/results.json");
    let results = fs::read_to_string(results).unwrap();
    assert!(
        results.contains("\"as_of\": \"2026-09-24\""),
        "{}",
        &results[..300]
    );
    for command in ["检查", "新建", "台账", "指南", "汇总", "核对"] {
        let (code, help, _) = zicha(&[command, "--help"], dir.path());
        assert_eq!(code, 0, "{command}");
        let example = help.find("示例：").unwrap();
        assert!(example < help.find("用法：").unwrap(), "{help}");
    }
}

#[test]
fn alone_without_a_terminal_it_shows_its_help_and_ends() {
    let dir = place();
    let mut command = Command::cargo_bin("zicha").unwrap();
    let output = command
        .current_dir(dir.path())
        .timeout(std::time::Duration::from_secs(20))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("示例："));
}

#[test]
fn the_summary_is_quiet_verbose_or_for_programs_as_wanted() {
    let dir = place();
    let ledgers = dir.path().join("我的 台账");
    let base = [
        "check",
        "--as-of=2026-09-24",
        "--no-baseline",
        "--format=html,json",
    ];
    let run = |more: &[&str]| zicha(&[&base[..], more].concat(), &ledgers);
    let (_, out, _) = run(&[]);
    assert!(!out.contains("├"), "{out}");
    let end: Vec<_> = out
        .lines()
        .skip_while(|line| !line.contains("基准日"))
        .collect();
    assert!((4..=20).contains(&end.len()), "{out}");
    assert_eq!(run(&["-q"]).1, "");
    let (_, verbose, _) = run(&["-v"]);
    assert!(
        verbose.contains("检查事项") && verbose.contains("  results.json\n"),
        "{verbose}"
    );
    let (code, json, _) = run(&["--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (json["schema"].as_str(), json["done"].as_bool()),
        (Some("zicha/check/1"), Some(true))
    );
    assert!(
        json["verdicts"]["unknown"].as_u64().unwrap() > 100,
        "{json} {code}"
    );
    let (code, json, _) = zicha(&["check", "没有", "--json"], dir.path());
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((code, json["done"].as_bool()), (2, Some(false)));
    assert_eq!(json["diagnostics"][0]["code"], "folder-missing");
}

#[test]
fn a_second_run_into_the_same_place_is_refused_and_the_first_is_whole() {
    let dir = place();
    let start = |day: &str| {
        let mut command = process::Command::new(assert_cmd::cargo::cargo_bin("zicha"));
        command
            .current_dir(dir.path())
            .args(["check", "我的 台账", "--format=html,json", day]);
        command
            .stdout(process::Stdio::null())
            .stderr(process::Stdio::piped())
            .spawn()
            .unwrap()
    };
    let lock = dir.path().join("我的 台账/out");
    fs::create_dir(&lock).unwrap();
    let held = fs::File::create(lock.join(".zicha.lock")).unwrap();
    held.lock().unwrap();
    let refused = start("--as-of=2026-09-21").wait_with_output().unwrap();
    assert_eq!(refused.status.code(), Some(2));
    let told = String::from_utf8(refused.stderr).unwrap();
    assert!(told.contains("另一次检查正在往这个文件夹写报告"), "{told}");
    drop(held);
    for _ in 0..3 {
        let runs = [start("--as-of=2026-09-21"), start("--as-of=2026-09-25")];
        let codes = runs.map(|run| run.wait_with_output().unwrap().status.code());
        assert!(codes.iter().any(|code| *code != Some(2)), "{codes:?}");
        assert_eq!(
            zicha(&["verify", "我的 台账/out/2026-annual"], dir.path()).0,
            0
        );
    }
}

/// Answers typed one after another at a pseudo-terminal; prints what stood there, then the status.
const AT_A_TERMINAL: &str = r#"
import os, pty, select, sys, time
program, answers = sys.argv[1], sys.argv[2:]
pid, fd = pty.fork()
if pid == 0:
    os.execv(program, [program])
seen, end = b"", time.time() + 120
while time.time() < end:
    ready, _, _ = select.select([fd], [], [], 0.5)
    if ready:
        try:
            part = os.read(fd, 65536)
        except OSError:
            break
        if not part:
            break
        seen += part
    elif answers and seen.rstrip().endswith(("：".encode(), "。".encode())):
        os.write(fd, (answers.pop(0) + "\n").encode())
_, status = os.waitpid(pid, 0)
sys.stdout.buffer.write(seen)
print("STATUS", os.waitstatus_to_exitcode(status))
"#;

#[test]
#[cfg(unix)]
fn from_double_click_to_the_overview_with_enter_and_one_path() {
    use std::os::unix::fs::PermissionsExt;
    let python = process::Command::new("python3")
        .args(["-c", "import pty"])
        .status();
    if !python.is_ok_and(|status| status.success()) {
        eprintln!("SKIPPED: the guided check at a terminal: no python3 with pty");
        return;
    }
    let dir = place();
    let tools = dir.path().join("bin");
    fs::create_dir(&tools).unwrap();
    let opener = tools.join("xdg-open");
    fs::write(
        &opener,
        format!(
            "#!/bin/sh\necho \"$1\" > '{}/opened'\n",
            dir.path().display()
        ),
    )
    .unwrap();
    fs::set_permissions(&opener, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", tools.display(), std::env::var("PATH").unwrap());
    let output = process::Command::new("python3")
        .args(["-c", AT_A_TERMINAL])
        .arg(assert_cmd::cargo::cargo_bin("zicha"))
        .args(["没有的文件夹", "'我的 台账'", "", ""])
        .env("PATH", path)
        .current_dir(dir.path())
        .output()
        .unwrap();
    let seen = String::from_utf8_lossy(&output.stdout);
    for told in [
        "没有这个文件夹：没有的文件夹",
        "第二步",
        "zicha check \"我的 台账\" --checklist 年度",
        "基准日",
        "要打开总览",
    ] {
        assert!(seen.contains(told), "{told} in {seen}");
    }
    assert!(
        seen.contains("STATUS 0") || seen.contains("STATUS 1"),
        "{seen}"
    );
    // The opener is not waited for.
    let opened = dir.path().join("opened");
    for _ in 0..100 {
        if fs::read_to_string(&opened).is_ok_and(|text| text.ends_with('\n')) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    let opened = fs::read_to_string(opened).unwrap();
    assert!(opened.trim().ends_with("index.html"), "{opened}");
}
