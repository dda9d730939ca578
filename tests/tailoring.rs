//! What a unit sets for itself, as it comes out where people look: parameters, controls switched off or
//! narrowed, packs, its own controls and ledgers, waivers.

use assert_cmd::Command;
use serde_json::Value;
use std::{fs, path::Path, sync::LazyLock};
use tempfile::TempDir;

const FILES: [(&str, &str); 9] = [
    (
        "zicha.yaml",
        "单位: 示例单位\n清单包: [企业, 本单位]\n参数:\n  借阅最长天数: 10\n停用:\n  DOC-026: 本单位不向外单位出借\n",
    ),
    (
        "waivers.yaml",
        "- {条目: DOC-025, 范围: {编号: J2}, 理由: 主要领导已批准, 批准人: 甲, 有效期至: 2026-12-31}\n\
         - {条目: DOC-024, 理由: 催还期间, 批准人: 甲, 有效期至: 2026-06-30}\n\
         - {条目: DOC-004, 理由: 系统升级, 批准人: 甲, 有效期至: 2026-12-31}\n",
    ),
    (
        "本单位/pack.yaml",
        "编号: own\n版本: \"1\"\n标题: 本单位清单\n参数:\n  - {参数: 密件清查间隔, 取值: 31}\n停用:\n  DOC-041: 每天取送，另有登记\n",
    ),
    (
        "本单位/ledgers/cars.yaml",
        "编号: cars\n名称: 公务用车登记表\n编号列: [car_id]\n日期列: used_on\n列:\n\
         \x20 - {编号: car_id, 名称: 登记号, 类型: text, 必填: true}\n\
         \x20 - {编号: used_on, 名称: 用车日期, 类型: date, 必填: true}\n\
         \x20 - {编号: returned_on, 名称: 归还日期, 类型: date}\n\
         \x20 - {编号: level, 名称: 密级, 类型: enum, 取值表: level}\n",
    ),
    (
        "本单位/controls/own.yaml",
        "- 编号: OWN-001\n  标题: 载有密件的公务用车当日归还\n  要求: 载有密件的公务用车当日归还。\n  依据: [本单位公务用车规定]\n\
         \x20 清单: [年度]\n  类型: 逐条\n  严重程度: 一般\n  整改: 立即归还并登记。\n  期限: 3\n\
         \x20 规则: |\n    每个 车 取自 公务用车登记表 其中 车.密级 不低于 '秘密'：车.归还日期 等于 车.用车日期\n",
    ),
    (
        "公务用车登记表.csv",
        "登记号,用车日期,归还日期,密级\nC1,2026-09-01,2026-09-01,秘密\nC2,2026-09-02,2026-09-04,机密\n",
    ),
    (
        "涉密文件借阅登记簿.csv",
        "登记号,文件登记号,借阅人,是否外单位,借出日期,应还日期,归还日期,催还日期,转借对象,是否带出办公场所\n\
         J1,收1,林海,否,2026-09-04,,,,,否\nJ2,收1,周宁,否,2026-09-20,,2026-09-21,,张三,否\n",
    ),
    (
        "涉密文件收文登记簿.csv",
        "登记号,收文日期,登记日期,密级,文件标题\n收1,2026-09-01,2026-09-01,机密,示例通知\n",
    ),
    ("部门.csv", "部门编号,部门名称\nB01,办公室\n"),
];

/// A run over the whole workspace: what the terminal says, the results, the words of the report.
struct Run {
    terminal: String,
    results: Value,
    report: String,
}

static RUN: LazyLock<Run> = LazyLock::new(|| {
    let dir = workspace(&[]);
    let (code, terminal) = zicha(&["check", "--as-of=2026-09-24", "--format=html,json"], &dir);
    assert_eq!(code, 1, "{terminal}");
    let out = dir.path().join("out/2026-annual");
    let results = fs::read_to_string(out.join("results.json")).unwrap();
    let page = fs::read_to_string(out.join("自查工作底稿.html")).unwrap();
    Run {
        terminal,
        results: serde_json::from_str(&results).unwrap(),
        report: words(&page),
    }
});

/// The workspace, with some files otherwise.
fn workspace(otherwise: &[(&str, &str)]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (path, text) in FILES.iter().chain(otherwise) {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap_or(Path::new(""))).unwrap();
        fs::write(path, text).unwrap();
    }
    dir
}

fn zicha(args: &[&str], dir: &TempDir) -> (i32, String) {
    let mut command = Command::cargo_bin("zicha").unwrap();
    let output = command.current_dir(dir.path()).args(args).output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (
        output.status.code().unwrap(),
        String::from_utf8(text).unwrap(),
    )
}

/// What a page says, without its tags, one blank between the parts.
fn words(page: &str) -> String {
    let parts = page
        .split('<')
        .map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    let words: Vec<_> = parts.flat_map(str::split_whitespace).collect();
    words.join(" ")
}

fn control(id: &str) -> &'static Value {
    let mut controls = RUN.results["controls"].as_array().unwrap().iter();
    controls.find(|c| c["id"] == id).unwrap()
}

fn finding(control: &str) -> &'static Value {
    let mut findings = RUN.results["findings"].as_array().unwrap().iter();
    findings.find(|f| f["control"] == control).unwrap()
}

fn report_says(told: &[&str]) {
    for words in told {
        assert!(RUN.report.contains(words), "{words} in the report");
    }
}

#[test]
fn an_overridden_parameter_decides_and_is_listed_with_its_origin() {
    assert_eq!(RUN.results["run"]["parameters"]["borrow_days_max"], 10);
    let borrowed = finding("DOC-024");
    assert_eq!(borrowed["subject"]["key"], "J1");
    let expected = borrowed["expected"].as_str().unwrap();
    assert!(expected.contains("借阅最长天数（10）"), "{expected}");
    report_says(&["借阅最长天数（borrow_days_max） 10 本单位在 zicha.yaml 中设定"]);
}

#[test]
fn a_parameter_out_of_its_range_stops_the_run_and_says_why() {
    let profile = "单位: 示例单位\n参数:\n  借阅最长天数: 9999\n";
    let dir = workspace(&[("zicha.yaml", profile)]);
    let (code, told) = zicha(&["check", "--as-of=2026-09-24"], &dir);
    assert_eq!(code, 2);
    for words in [
        "zicha.yaml:3:11",
        "参数“借阅最长天数”：9999 超出范围",
        "没有生成报告",
    ] {
        assert!(told.contains(words), "{words} in {told}");
    }
    assert!(!dir.path().join("out").exists());
}

#[test]
fn a_control_switched_off_is_listed_with_who_did_it_and_why() {
    for id in ["DOC-026", "DOC-041", "PEN-001"] {
        assert_eq!(control(id)["verdict"], "notselected", "{id}");
    }
    report_says(&[
        "本单位停用：本单位不向外单位出借 1 DOC-026 外单位借用密件经批准按期收回",
        "清单包“本单位清单”停用：每天取送，另有登记 1 DOC-041 机要文件按频次取送",
        "清单包“企业”停用：",
        "项检查项由本单位或所选清单包停用，未检查",
    ]);
}

#[test]
fn the_packs_of_a_run_are_named_and_what_they_set_is_traced() {
    let packs = RUN.results["run"]["packs"].as_array().unwrap();
    let ids: Vec<_> = packs.iter().map(|p| p["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["base", "企业", "own"]);
    assert!(
        packs
            .iter()
            .all(|p| p["sha256"].as_str().unwrap().len() == 64)
    );
    report_says(&[
        "密件清查间隔（天）（stocktake_interval_days） 31 清单包“本单位清单”的取值",
        "劳动合同 清单包“企业”的取值",
    ]);
}

#[test]
fn a_control_and_a_ledger_of_the_unit_work_like_the_built_in_ones() {
    let car = finding("OWN-001");
    assert_eq!(car["subject"]["ledger"], "cars");
    assert_eq!(car["expected"], "归还日期等于用车日期（2026-09-02）");
    assert_eq!(car["actual"], "归还日期为2026-09-04");
    let cell = &car["evidence"][0];
    assert_eq!(
        (&cell["file"], &cell["row"], &cell["column"]),
        (&"公务用车登记表.csv".into(), &3.into(), &"C".into())
    );
    report_says(&[
        "载有密件的公务用车当日归还",
        "本单位公务用车规定",
        "立即归还并登记。",
    ]);
    let dir = workspace(&[]);
    let (code, told) = zicha(&["explain", "own-001"], &dir);
    assert_eq!(code, 0, "{told}");
    assert!(
        told.contains("《公务用车登记表》：用车日期、归还日期、密级"),
        "{told}"
    );
    let (_, told) = zicha(&["ledgers"], &dir);
    assert!(told.contains("公务用车登记表（cars）"), "{told}");
}

#[test]
fn a_waiver_takes_its_finding_out_of_the_count_and_is_shown_with_it() {
    assert_eq!(control("DOC-025")["verdict"], "waived");
    assert_eq!(finding("DOC-025")["waived"], true);
    report_says(&["豁免期内的问题", "1个问题在豁免期内，未计入问题。"]);
}

#[test]
fn expired_and_unused_waivers_are_told_in_the_terminal_and_in_the_report() {
    assert_eq!(control("DOC-024")["verdict"], "fail");
    let told = [
        "DOC-024 的豁免已于 2026年6月30日 到期，按未豁免处理。",
        "DOC-004 的豁免没有对应的问题，未起作用。",
    ];
    report_says(&told);
    for words in told {
        assert!(RUN.terminal.contains(words), "{words} in {}", RUN.terminal);
    }
}

/// The faulty sample with two packs that narrow the control of receipts.
fn faulty_and_narrowed() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/faulty");
    for folder in ["", "台账", "导出"] {
        fs::create_dir_all(dir.path().join(folder)).unwrap();
        for entry in fs::read_dir(sample.join(folder)).unwrap() {
            let from = entry.unwrap().path();
            if from.is_file() {
                let name = Path::new(folder).join(from.file_name().unwrap());
                fs::copy(&from, dir.path().join(name)).unwrap();
            }
        }
    }
    let settings = dir.path().join("zicha.yaml");
    let own = fs::read_to_string(&settings).unwrap() + "\npacks: [甲包, 乙包]\n";
    fs::write(settings, own).unwrap();
    for (folder, condition) in [
        (
            "甲包",
            "收文日期 早于 2026-05-01 或 收文日期 晚于 2026-06-01",
        ),
        ("乙包", "收文日期 早于 2026-07-01"),
    ] {
        let head = format!(
            "编号: {folder}\n版本: \"1\"\n标题: {folder}\n收窄:\n\
             \x20 - 条目: DOC-004\n    条件: {condition}\n    理由: 系统登记\n"
        );
        fs::create_dir(dir.path().join(folder)).unwrap();
        fs::write(dir.path().join(folder).join("pack.yaml"), head).unwrap();
    }
    dir
}

#[test]
fn a_control_narrowed_by_packs_loses_its_findings_and_says_so_everywhere() {
    let dir = faulty_and_narrowed();
    let (_, lint) = zicha(&["lint"], &dir);
    assert!(lint.starts_with("设置没有错误"), "{lint}");
    let arguments = ["check", "--as-of=2026-09-28", "--format=html,json"];
    let (_, terminal) = zicha(&arguments, &dir);
    let out = dir.path().join("out/2026-annual");
    let results = fs::read_to_string(out.join("results.json")).unwrap();
    let results: Value = serde_json::from_str(&results).unwrap();
    let findings = results["findings"].as_array().unwrap();
    assert!(findings.len() > 100);
    assert!(findings.iter().all(|f| f["control"] != "DOC-004"));
    let controls = results["controls"].as_array().unwrap();
    let narrowed = controls.iter().filter(|c| c.get("narrowed").is_some());
    let narrowed: Vec<_> = narrowed.collect();
    assert_eq!(narrowed.len(), 1);
    let control = narrowed[0];
    assert_eq!(
        (&control["id"], &control["verdict"]),
        (&"DOC-004".into(), &"pass".into())
    );
    assert_eq!(
        control.as_object().unwrap().keys().next_back().unwrap(),
        "narrowed"
    );
    let told = &control["narrowed"];
    let left = told["records"].as_u64().unwrap();
    assert_eq!(control["subjects"].as_u64().unwrap() + left, 240);
    assert!(left > 50 && left < 200, "{left} of 240");
    assert_eq!(
        told["by"][1],
        serde_json::json!({
            "pack": "乙包", "ledger": "documents_received", "where": "收文日期 早于 2026-07-01", "reason": "系统登记"
        })
    );
    let summary = format!("1 项由清单包收窄，条件以外的 {left} 条记录未检查");
    assert!(terminal.contains(&summary), "{terminal}");
    let report = words(&fs::read_to_string(out.join("自查工作底稿.html")).unwrap());
    for words in [
        "1项检查项由本单位的清单包收窄，条件以外的记录未检查。",
        "DOC-004 收文当日登记 涉密文件收文登记簿中符合“收文日期 早于 2026-05-01 或 收文日期 晚于 2026-06-01”的；涉密文件收文登记簿中符合",
        &format!("清单包“甲包”：系统登记；清单包“乙包”：系统登记 {left}"),
    ] {
        assert!(report.contains(words), "{words} in the report");
    }
    let (_, explained) = zicha(&["explain", "DOC-004"], &dir);
    let start = explained.find("收窄\n").unwrap();
    insta::assert_snapshot!(
        "explain_narrowed",
        explained[start..]
            .lines()
            .take(3)
            .collect::<Vec<_>>()
            .join("\n")
    );
}
