//! The first run over the lean files of an office, and the ways to go on from it.

use assert_cmd::Command;
use serde_json::Value;
use std::{collections::BTreeMap, fs, path::Path};
use tempfile::TempDir;

/// A roster with the pledge in it, and two registers in one sheet.
fn office() -> TempDir {
    let dir = TempDir::new().unwrap();
    let write = |name: &str, text: &str| fs::write(dir.path().join(name), text).unwrap();
    write(
        "干部职工花名册.csv",
        "序号,姓名,部门,职务,是否涉密人员,涉密等级,承诺书签订,人员状态\n\
         1,孟夏,办公室,主任,是,重要,是,在职\n\
         2,江涛,规划股,股长,是,一般,否,在职\n\
         3,白露,规划股,科员,否,,,在职\n",
    );
    write(
        "保密设备登记.csv",
        "计算机登记表\n\
         编号,涉密情况,使用人,部门,网络,密级,状态\n\
         J01,涉密,孟夏,办公室,不联网,机密,正常\n\
         J02,非涉密,白露,规划股,互联网,,正常\n\
         \n\
         U盘登记表\n\
         编号,类型,密级,领用人,领用日期,现状\n\
         U01,U盘,机密,孟夏,2025.3.1,在用\n\
         U02,U盘,秘密,江涛,2025.3.1,丢失\n",
    );
    dir
}

fn zicha(dir: &Path, args: &[&str]) -> String {
    let mut command = Command::cargo_bin("zicha").unwrap();
    let output = command.current_dir(dir).args(args).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    String::from_utf8(said).unwrap()
}

/// What stands on the terminal, and the results.
fn check(dir: &Path) -> (String, Value) {
    let day = ["--as-of", "2026-09-24", "--format", "html,json"];
    let args = [&["check", ".", "--out", "报告", "--no-baseline"][..], &day].concat();
    let said = zicha(dir, &args);
    let text = fs::read_to_string(dir.join("报告/results.json")).unwrap();
    (said, serde_json::from_str(&text).unwrap())
}

/// The findings by control and key, and how many controls have which verdict.
fn outcome(results: &Value) -> (Vec<String>, BTreeMap<String, usize>) {
    let findings = results["findings"].as_array().unwrap().iter();
    let findings = findings.map(|f| format!("{} {}", f["control"], f["subject"]["key"]));
    let mut verdicts = BTreeMap::new();
    for control in results["controls"].as_array().unwrap() {
        let verdict = control["verdict"].as_str().unwrap().to_owned();
        *verdicts.entry(verdict).or_default() += 1;
    }
    (findings.collect(), verdicts)
}

#[test]
fn the_first_run_says_what_would_decide_the_most_and_gives_no_grade() {
    let office = office();
    let (said, results) = check(office.path());
    let found = outcome(&results).0.join("\n");
    for control in ["PER-010", "DOC-045"] {
        assert!(found.contains(control), "{found}");
    }
    assert!(!found.contains("J02"), "{found}");
    assert_eq!(results["score"]["grade"], "暂不评定");
    for words in ["暂不评定", "补上这些，能判定的检查项最多"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let overview = fs::read_to_string(office.path().join("报告/index.html")).unwrap();
    assert_eq!(overview.matches(" 项：补").count(), 10);
    assert!(overview.contains("not_kept"));
}

#[test]
fn what_was_saved_reads_the_same_when_it_is_put_into_force() {
    let office = office();
    let before = outcome(&check(office.path()).1);
    zicha(office.path(), &["ledgers", ".", "--save"]);
    let settings = office.path().join("zicha.yaml");
    let saved = fs::read_to_string(&settings).unwrap();
    assert!(saved.contains("# sheets:"), "{saved}");
    assert_eq!(outcome(&check(office.path()).1), before);
    let in_force = saved.lines().map(|line| match line.contains("====") {
        true => format!("{line}\n"),
        false => format!("{}\n", line.strip_prefix("# ").unwrap_or(line)),
    });
    fs::write(&settings, in_force.collect::<String>()).unwrap();
    assert_eq!(outcome(&check(office.path()).1), before);
}

#[test]
fn forms_that_nobody_has_filled_in_decide_nothing() {
    let office = office();
    let before = outcome(&check(office.path()).1);
    zicha(office.path(), &["init", "--beside", "."]);
    let forms = fs::read_dir(office.path().join("补充台账")).unwrap();
    let names = forms.map(|form| form.unwrap().file_name().into_string().unwrap());
    let names: Vec<String> = names.collect();
    let has = |name: &str| names.iter().any(|known| known == name);
    assert!(has("失泄密事件登记簿.xlsx"), "{names:?}");
    assert!(!has("移动存储介质台账.xlsx"), "{names:?}");
    assert_eq!(outcome(&check(office.path()).1), before);
}

#[test]
fn a_list_of_cleared_staff_is_not_the_list_of_all() {
    let dir = TempDir::new().unwrap();
    let write = |name: &str, text: &str| fs::write(dir.path().join(name), text).unwrap();
    write(
        "涉密人员名册.csv",
        "序号,姓名,部门,职务,涉密等级\n1,孟夏,办公室,主任,重要\n2,江涛,规划股,股长,一般\n",
    );
    write(
        "国庆值班表.csv",
        "2026年国庆节值班安排\n日期,值班人员,带班领导\n10月1日,孟夏、钱芳,章程\n10月2日,宋佳,章程\n\
         10月3日,江涛,章程\n10月4日,钱芳,章程\n10月5日,宋佳,章程\n10月6日,钱芳,章程\n10月7日,宋佳,章程\n",
    );
    write(
        "2026年收文登记.csv",
        "登记号,收文日期,来文单位,文号,文件标题,密级,份数,签收人\n\
         1,2026-03-05,市局,甲〔2026〕1号,关于某事项的通知,机密,1,钱芳\n\
         2,2026-03-06,市局,甲〔2026〕2号,关于防汛的通知,,1,宋佳\n\
         3,2026-03-07,市局,甲〔2026〕3号,关于某工程的批复,秘密,1,孟夏\n",
    );
    let results = check(dir.path()).1;
    let findings = results["findings"].as_array().unwrap().iter();
    let unknown = findings.filter(|f| f["control"] == "ORG-022");
    let told: Vec<String> = unknown
        .map(|f| format!("{} {}", f["subject"]["ledger"], f["actual"]))
        .collect();
    let strangers = |name: &str| told.iter().filter(|told| told.contains(name)).count();
    assert_eq!((strangers("钱芳"), strangers("宋佳")), (1, 0), "{told:?}");
}
