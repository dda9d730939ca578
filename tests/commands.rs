//! Every command that the documents and the help show is run as it stands there.

#![expect(clippy::panic, reason = "a command that nobody runs stops the test")]

use assert_cmd::Command;
use std::{collections::BTreeSet, fs, path::Path};

const DOCUMENTS: &[&str] = &[
    "README.md",
    "README.zh-CN.md",
    "docs/README.md",
    "docs/leader.zh-CN.md",
    "docs/machines.md",
    "docs/manual.zh-CN.md",
    "docs/quick-start.zh-CN.md",
];

/// Folders that the documents speak of: the words stand for a folder with ledgers.
const LEDGERS: &[&str] = &["FOLDER", "台账文件夹", "."];

/// Commands in the blocks of a document, without their remarks.
fn in_blocks(text: &str) -> Vec<String> {
    let blocks = text
        .split("```sh\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next());
    let lines = blocks
        .flat_map(str::lines)
        .map(|line| line.split('#').next().unwrap().trim());
    lines
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Examples in the help of a command.
fn in_help(text: &str) -> Vec<String> {
    let examples = text.split("用法：").next().unwrap();
    let lines = examples
        .lines()
        .filter_map(|line| line.strip_prefix("  zicha "));
    lines.map(|line| format!("zicha {line}")).collect()
}

fn zicha(args: &[&str], dir: &Path) -> std::process::Output {
    Command::cargo_bin("zicha")
        .unwrap()
        .current_dir(dir)
        .args(args)
        .output()
        .unwrap()
}

#[test]
fn every_command_shown_does_what_it_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut commands: BTreeSet<String> = BTreeSet::new();
    for document in DOCUMENTS {
        commands.extend(in_blocks(&fs::read_to_string(root.join(document)).unwrap()));
    }
    let place = tempfile::tempdir().unwrap();
    for name in [
        "",
        "check",
        "init",
        "ledgers",
        "guide",
        "explain",
        "lint",
        "rollup",
        "verify",
        "completions",
    ] {
        let args: Vec<&str> = [name, "--help"]
            .into_iter()
            .filter(|word| !word.is_empty())
            .collect();
        let help = String::from_utf8(zicha(&args, place.path()).stdout).unwrap();
        let shown = in_help(&help);
        assert!(!shown.is_empty(), "no example in {help}");
        commands.extend(shown);
    }
    let makefile = fs::read_to_string(root.join("Makefile")).unwrap();
    let mut run = 0;
    for command in commands {
        let words: Vec<&str> = command.split_whitespace().collect();
        match words[0] {
            "make" => assert!(makefile.contains(&format!("\n{}:", words[1])), "{command}"),
            "zicha" => {
                run += 1;
                runs(&command, &words[1..]);
            }
            _ => panic!("nobody runs {command}"),
        }
    }
    assert!(run > 15, "{run}");
}

/// In a fresh place where what the command speaks of is there.
fn runs(command: &str, args: &[&str]) {
    let dir = tempfile::tempdir().unwrap();
    let ledger = "部门编号,部门名称,部门负责人,兼职保密员\nB01,办公室,甲,乙\n";
    for folder in LEDGERS.iter().chain(&["各单位/甲局", "各单位/乙局"]) {
        fs::create_dir_all(dir.path().join(folder)).unwrap();
        fs::write(dir.path().join(folder).join("部门.csv"), ledger).unwrap();
    }
    for folder in args.iter().filter(|arg| arg.ends_with("/out/2026-annual")) {
        let dir_of = folder.trim_end_matches("/out/2026-annual");
        zicha(
            &["check", dir_of, "--as-of=2026-09-24", "--format=html,json"],
            dir.path(),
        );
    }
    if args.contains(&"各单位") {
        for unit in ["各单位/甲局", "各单位/乙局"] {
            let profile = format!("unit:\n  name: {unit}\n");
            fs::write(dir.path().join(unit).join("zicha.yaml"), profile).unwrap();
            zicha(
                &["check", unit, "--as-of=2026-09-24", "--format=json"],
                dir.path(),
            );
        }
    }
    let output = zicha(args, dir.path());
    let code = output.status.code().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(code <= 1, "{command} ends with {code}: {told}");
}
