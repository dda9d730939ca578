//! `zicha lint` on a unit's own pack, profile, waivers and answers: every mistake at once, each with
//! its place, in words that an office worker can act on.

use assert_cmd::Command;
use std::{fs, path::Path};
use tempfile::TempDir;

/// A workspace with a pack of its own, of these files beside its head.
fn workspace(files: &[(&str, &str)]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    let given = [
        ("zicha.yaml", "单位: 示例单位\n清单包: [本单位]\n"),
        (
            "本单位/pack.yaml",
            "编号: own\n版本: \"1\"\n标题: 本单位清单\n",
        ),
    ];
    for (path, text) in given.iter().chain(files) {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    dir
}

/// Exit code and text of a command on a workspace.
fn told(args: &[&str], dir: &Path) -> (i32, String) {
    let mut command = Command::cargo_bin("zicha").unwrap();
    let output = command.current_dir(dir).args(args).output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (
        output.status.code().unwrap(),
        String::from_utf8(text).unwrap(),
    )
}

fn linted(files: &[(&str, &str)]) -> (i32, String) {
    told(&["lint"], workspace(files).path())
}

#[test]
fn mistakes_in_rules_with_english_ids_read_well() {
    let own = include_str!("data/lint/english.yaml");
    let (code, text) = linted(&[("本单位/controls/own.yaml", own)]);
    assert_eq!(code, 1);
    insta::assert_snapshot!("lint_english", text);
}

#[test]
fn mistakes_in_rules_written_throughout_in_chinese_read_well() {
    let own = include_str!("data/lint/chinese.yaml");
    let (code, text) = linted(&[("本单位/controls/own.yaml", own)]);
    assert_eq!(code, 1);
    insta::assert_snapshot!("lint_chinese", text);
}

#[test]
fn mistakes_in_settings_waivers_and_answers_read_well() {
    let profile = "单位: 示例单位\n清单包: [本单位]\n参数:\n  借阅最长天数: 三十  # 天\n  借阅天数: 3\n\
                   停用:\n  DOC-9999: 不开展\n不建台账:\n  保密津贴发放: 不发津贴\n\
                   列名:\n  收文登记本:\n    收文日: 到文日\n";
    let waivers = "- {条目: DOC-0004, 理由: 过渡, 批准人: 甲, 有效期至: 2026-12-31}\n\
                   - 条目: DOC-004\n  范围: {科室: 办公室}\n  理由: 过渡\n  批准人: 甲\n  有效期至: 2026-13-31\n";
    let answers = "检查条目编号,范围对象,答复,检查人,答复日期,说明或佐证\nORG-007,,对头,甲,2026-09-01,\n\
                   ORG-9999,,是,甲,2026-09-01,\nORG-008,,不适用,甲,2026-09-01,\n";
    let (code, text) = linted(&[
        ("zicha.yaml", profile),
        ("waivers.yaml", waivers),
        ("现场检查答复表.csv", answers),
    ]);
    assert_eq!(code, 1);
    insta::assert_snapshot!("lint_settings", text);
}

#[test]
fn names_of_controls_in_waivers_and_answers_are_held_against_the_catalogue() {
    let waivers = "- {条目: DOC-0004, 范围: {台账: 收文登记}, 理由: 过渡, 批准人: 甲, 有效期至: 2026-12-31}\n";
    let answers =
        "检查条目编号,范围对象,答复,检查人,答复日期,说明或佐证\nORG-9999,,是,甲,2026-09-01,\n";
    let (code, text) = linted(&[("waivers.yaml", waivers), ("现场检查答复表.csv", answers)]);
    assert_eq!(code, 1);
    insta::assert_snapshot!("lint_names", text);
}

#[test]
fn a_file_that_is_no_yaml_is_told_in_chinese() {
    let torn = "- 编号: OWN-009\n  标题: [未配对\n";
    let tab = "- 编号: OWN-010\n\t标题: 例\n";
    let twice = "- 编号: OWN-011\n  标题: 例\n  title: 例\n";
    let (code, text) = linted(&[
        ("本单位/controls/a.yaml", torn),
        ("本单位/controls/b.yaml", tab),
        ("本单位/controls/c.yaml", twice),
    ]);
    assert_eq!(code, 1);
    insta::assert_snapshot!("lint_yaml", text);
}

#[test]
fn explain_says_why_a_control_with_a_mistake_in_it_is_not_there() {
    let own = include_str!("data/lint/english.yaml");
    let dir = workspace(&[("本单位/controls/own.yaml", own)]);
    let (code, text) = told(&["explain", "OWN-001"], dir.path());
    assert_eq!(code, 2);
    assert!(text.contains("用 zicha lint 查看"), "{text}");
}

#[test]
fn nothing_wrong_is_told_with_what_there_is() {
    let (code, text) = linted(&[]);
    assert_eq!(code, 0, "{text}");
    assert!(text.starts_with("设置没有错误：340 个检查项，"), "{text}");
    let (code, text) = told(&["lint", "没有"], workspace(&[]).path());
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("文件夹不存在"), "{text}");
}

#[test]
fn mistakes_in_narrowing_read_well_in_chinese() {
    let head = "编号: own\n版本: \"1\"\n标题: 本单位清单\n收窄:\n\
         \x20 - 条目: DOC-004\n    条件: 密集 不低于 '机密'\n    理由: 例\n\
         \x20 - 条目: DOC-0044\n    条件: 已填(密级)\n    理由: 例\n\
         \x20 - {条目: DOC-004, 条件: 甲.密级 等于 '机密', 理由: 例}\n\
         \x20 - {条目: DOC-004, 条件: 密级 等于 '机蜜'}\n\
         \x20 - {条目: DOC-004, 条件: 密级, 理由: ''}\n\
         \x20 - {条目: DOC-004, 条减: 已填(密级), 理由: 例}\n\
         \x20 - {条目: ORG-007, 条件: 已填(密级), 理由: 例}\n\
         \x20 - {条目: PER-009, 条件: 已填(密级), 理由: 例}\n\
         \x20 - {条目: DOC-041, 条件: 已填(日期), 理由: 例}\n\
         停用:\n  DOC-041: 每天取送，另有登记\n";
    let (code, text) = linted(&[("本单位/pack.yaml", head)]);
    assert_eq!(code, 1);
    insta::assert_snapshot!("lint_narrowing_chinese", text);
}

#[test]
fn mistakes_in_narrowing_read_well_in_english() {
    let head = "id: own\nversion: \"1\"\ntitle: 本单位清单\nnarrow:\n\
         \x20 - {control: DOC-004, where: levle >= '机密', reason: 例}\n\
         \x20 - {control: DOC-009, where: present(level), reason: 例}\n\
         \x20 - {control: DOC-009, ledger: borowing, where: present(level), reason: 例}\n\
         \x20 - {control: DOC-004, where: 'for d in documents_received: present(d.level)', reason: 例}\n";
    let (code, text) = linted(&[("本单位/pack.yaml", head)]);
    assert_eq!(code, 1);
    insta::assert_snapshot!("lint_narrowing_english", text);
}

#[test]
fn numbers_with_a_point_are_decimals_and_what_is_none_reads_well() {
    let rule = "- 编号: OWN-001\n  标题: 例\n  要求: 例\n  依据: [本单位规定]\n  清单: [年度]\n  类型: 限度\n\
         \x20 严重程度: 一般\n  整改: 例\n  期限: 1\n  规则: |\n";
    let good = format!(
        "{rule}    每个 甲 取自 涉密文件收文登记簿：甲.份数 不超过 2.5 且 甲.份数 大于 -0.125 且 甲.份数 小于 10．5\n"
    );
    let (code, text) = linted(&[("本单位/controls/own.yaml", &good)]);
    assert_eq!(code, 0, "{text}");
    let bad = format!(
        "{rule}    每个 甲 取自 涉密文件收文登记簿：甲.收文日期 晚于 2026.3.5；\n\
         \x20   每个 甲 取自 涉密文件收文登记簿：甲.份数 大于 0.0625；\n\
         \x20   每个 甲 取自 涉密文件收文登记簿：加天(甲.收文日期，2.5) 不早于 检查基准日；\n\
         \x20   每个 甲 取自 涉密文件收文登记簿：甲.收文日期 不早于 2.5；\n\
         \x20   每个 甲 取自 涉密文件收文登记簿：甲.份数 大于 2.\n"
    );
    let (code, text) = linted(&[("本单位/controls/own.yaml", &bad)]);
    assert_eq!(code, 1);
    insta::assert_snapshot!("lint_decimals", text);
}
