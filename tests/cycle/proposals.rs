//! Every penalty band and reward condition by example, with the seed's clause; decisions held
//! against the band; what no one entered but the ledgers show.

use super::{run, text};
use serde_json::Value;
use std::{fs, path::Path};
use tempfile::TempDir;

const CASES: &str = "编号,被处理人,关联事件,违规类型,违规日期,泄露事项密级,情节,是否构成犯罪,是否已造成损害后果,是否谋取私利,是否次数多或数量大,是否利用职权强制他人,此前违规次数,处理措施,决定机构(人),决定日期,是否记入个人档案\n";

fn workspace(kind: &str, cases: &[&str]) -> TempDir {
    let dir = TempDir::new().unwrap();
    write(
        dir.path(),
        "zicha.yaml",
        &format!("unit: {{name: 示例市规划研究所, kind: {kind}}}\n"),
    );
    write(
        dir.path(),
        "保密违规处理登记表.csv",
        &format!("{CASES}{}\n", cases.join("\n")),
    );
    dir
}

fn write(dir: &Path, name: &str, text: &str) {
    fs::write(dir.join(name), text).unwrap();
}

/// The proposal about a person.
fn about<'r>(results: &'r Value, subject: &str) -> &'r Value {
    let proposals = results["discipline"].as_array().unwrap();
    let mut mine = proposals.iter().filter(|p| text(p, "subject") == subject);
    mine.next()
        .unwrap_or_else(|| panic!("no proposal about {subject}"))
}

fn band(proposal: &Value) -> (&str, &str, String) {
    (
        text(proposal, "from"),
        text(proposal, "to"),
        proposal["basis"].to_string(),
    )
}

#[test]
fn every_penalty_band_has_its_measures_and_clause() {
    let dir = workspace(
        "事业单位",
        &[
            "V1,甲一,,泄露秘密,2026-03-01,秘密,严重,否,否,否,否,否,0,,,,",
            "V2,甲二,,泄露秘密,2026-03-01,机密,严重,否,否,否,否,否,0,,,,",
            "V3,甲三,,泄露秘密,2026-03-01,绝密,严重,否,否,否,否,否,0,,,,",
            "V4,甲四,,其他违规行为,2026-03-01,,较轻,否,,,,,0,,,,",
            "V5,甲五,,其他违规行为,2026-03-01,,严重,否,,,,,0,,,,",
            "V6,甲六,,其他违规行为,2026-03-01,,特别严重,否,,,,,0,,,,",
            "V7,甲七,,泄露秘密,2026-03-01,绝密,特别严重,是,是,是,否,否,0,,,,",
        ],
    );
    let results = run(dir.path(), "2026-04-01");
    for (subject, from, to, clause) in [
        ("甲一", "警告", "记过", "001 十五.3.(1)"),
        ("甲二", "记过", "降级", "001 十五.3.(2)"),
        ("甲三", "记大过", "开除", "001 十五.3.(3)"),
        ("甲四", "批评教育", "口头警告", "000 G四.1"),
        ("甲五", "记过", "记过", "000 G四.2"),
        ("甲六", "记过", "开除", "000 G四.3"),
        ("甲七", "移送司法机关", "移送司法机关", "法 §62"),
    ] {
        let (low, high, basis) = band(about(&results, subject));
        assert_eq!((low, high), (from, to), "{subject}");
        assert!(basis.contains(clause), "{subject}: {basis}");
    }
    let notes = about(&results, "甲三")["aggravating"].to_string();
    assert!(notes.contains("须核对现行规定"), "{notes}");
    assert!(
        about(&results, "甲七")["aggravating"]
            .to_string()
            .contains("移送监察机关、司法机关")
    );
}

#[test]
fn aggravating_conditions_bear_their_clauses() {
    let dir = workspace(
        "事业单位",
        &["V1,甲一,,泄露秘密,2026-03-01,秘密,严重,否,是,是,是,是,0,警告,上级机关,2026-04-01,是"],
    );
    let results = run(dir.path(), "2026-05-01");
    let proposal = about(&results, "甲一");
    let basis = proposal["basis"].to_string();
    for clause in 1..=4 {
        assert!(basis.contains(&format!("001 十五.2.({clause})")), "{basis}");
    }
    assert!(
        proposal["aggravating"]
            .to_string()
            .contains("仍为幅度最低一档")
    );
}

#[test]
fn a_decision_is_held_against_the_band() {
    let dir = workspace(
        "事业单位",
        &[
            "V1,太轻,,泄露秘密,2026-03-01,机密,严重,否,否,否,否,否,0,警告,上级,2026-04-01,是",
            "V2,太重,,泄露秘密,2026-03-01,秘密,严重,否,否,否,否,否,0,开除,上级,2026-04-01,是",
            "V3,空着,,泄露秘密,2026-03-01,秘密,严重,否,否,否,否,否,0,,上级,2026-04-01,是",
            "V4,太晚,,泄露秘密,2026-01-05,秘密,严重,否,否,否,否,否,0,警告,上级,2026-07-01,是",
            "V5,未决,,泄露秘密,2026-01-05,秘密,严重,否,否,否,否,否,0,,,,",
            "V6,罚款,,其他违规行为,2026-03-01,,较轻,否,,,,,0,经济处罚,上级,2026-04-01,是",
            "V7,缺项,,泄露秘密,2026-07-01,,,否,,,,,0,,,,",
        ],
    );
    let results = run(dir.path(), "2026-08-01");
    for (subject, told) in [
        ("太轻", "轻于幅度下限"),
        ("太重", "重于幅度上限"),
        ("空着", "没有填写处理措施"),
        ("太晚", "决定日期晚于违规之日起 3 个月"),
        ("未决", "超过 3 个月尚未作出决定"),
        ("罚款", "未设定可以罚款"),
        ("缺项", "作出决定尚缺：“情节”“泄露事项密级”"),
    ] {
        let notes = about(&results, subject)["aggravating"].to_string();
        assert!(notes.contains(told), "{subject}: {notes}");
    }
}

#[test]
fn repeat_offences_are_found_across_years() {
    let dir = workspace(
        "事业单位",
        &[
            "V1,甲一,,其他违规行为,2023-05-01,,较轻,否,,,,,0,批评教育,本单位,2023-05-10,是",
            "V2,甲一,,其他违规行为,2026-03-01,,较轻,否,,,,,0,,,,",
        ],
    );
    let results = run(dir.path(), "2026-04-01");
    let proposal = about(&results, "甲一");
    assert_eq!(text(proposal, "from"), "记过", "{proposal}");
    let notes = proposal["aggravating"].to_string();
    assert!(notes.contains("V1（2023-05-01）"), "{notes}");
    assert!(notes.contains("少于台账中查到的 1 次"), "{notes}");
}

#[test]
fn an_enterprise_has_its_own_list() {
    let dir = workspace(
        "企业",
        &["V1,甲一,,泄露秘密,2026-03-01,秘密,特别严重,否,否,否,否,否,0,,,,"],
    );
    let results = run(dir.path(), "2026-04-01");
    let proposal = about(&results, "甲一");
    assert_eq!(text(proposal, "to"), "解除劳动合同");
    assert!(
        proposal["aggravating"]
            .to_string()
            .contains("不适用公职人员处分种类")
    );
}

#[test]
fn every_reward_condition_has_its_clause() {
    let dir = workspace("事业单位", &[]);
    let conditions = [
        "危急中保护国家秘密",
        "检举泄密窃密行为",
        "发现泄密及时补救",
        "专项活动严守秘密贡献重要",
        "保密技术研发成果显著",
        "一贯严守或长期管理事迹突出",
        "长期专职经管确保安全",
    ];
    let mut ledger =
        "编号,奖励对象,对象类型,奖励情形,事迹与证据,事迹发生日期,从事保密工作年限,授予日期\n"
            .to_owned();
    for (condition, number) in conditions.iter().zip(1..) {
        ledger.push_str(&format!(
            "A{number},受奖{number},个人,{condition},经核实的材料,2026-02-01,10,\n"
        ));
    }
    write(dir.path(), "保密奖励登记表.csv", &ledger);
    write(
        dir.path(),
        "失泄密事件登记簿.csv",
        "事件编号,事件类型,发现时间,责任人\n",
    );
    let results = run(dir.path(), "2026-04-01");
    for number in 1..=7 {
        let proposal = about(&results, &format!("受奖{number}"));
        assert_eq!(text(proposal, "kind"), "reward");
        let basis = proposal["basis"].to_string();
        assert!(
            basis.contains(&format!("001 十五.1.({number})")),
            "{number}: {basis}"
        );
    }
}

#[test]
fn what_the_ledgers_show_is_proposed_though_nobody_entered_it() {
    let dir = workspace("事业单位", &[]);
    write(
        dir.path(),
        "失泄密事件登记簿.csv",
        "事件编号,事件类型,发现时间,事件情况,涉及密级,责任人,报领导小组时间,报保密部门时间,报上级机关时间,采取补救措施时间,补救措施,处理结果上报日期,是否迟报瞒报\n\
         E1,信息泄露,2026-03-02 09:00,误发邮件,秘密,林海,2026-03-05 09:00,2026-03-05 10:00,2026-03-05 10:00,2026-03-02 10:00,删除信息,,是\n\
         E2,信息泄露,2026-03-10 09:00,经职工检举发现,秘密,,2026-03-10 10:00,2026-03-10 11:00,2026-03-10 11:00,2026-03-10 10:00,收回文件,,否\n",
    );
    write(
        dir.path(),
        "涉密人员名册.csv",
        "人员编号,姓名,所在部门,涉密人员类别,人员状态,涉密岗位上岗日期,是否专职保密人员\nP1,吴敏,办公室,重要涉密人员,在岗,2015-01-01,是\nP2,林海,办公室,重要涉密人员,在岗,2015-01-01,是\n",
    );
    let results = run(dir.path(), "2026-07-01");
    let proposals = results["discipline"].as_array().unwrap();
    let all = Value::from(proposals.clone()).to_string();
    let late = proposals
        .iter()
        .find(|p| text(p, "reason").contains("没有在规定时限内报告"));
    let late = late.unwrap_or_else(|| panic!("{all}"));
    assert_eq!(text(late, "subject"), "林海");
    assert_eq!(
        text(late, "from"),
        "记过",
        "a concealed one is a serious one"
    );
    assert!(late["basis"].to_string().contains("000 K9a"));
    assert!(
        proposals
            .iter()
            .any(|p| text(p, "reason").contains("查处结果没有按期上报")),
        "{all}"
    );
    let reported = proposals
        .iter()
        .find(|p| text(p, "reason").contains("由举报、检举发现"))
        .unwrap();
    assert!(reported["basis"].to_string().contains("001 十五.1.(2)"));
    let mended = proposals
        .iter()
        .filter(|p| text(p, "reason").contains("及时报告并采取补救措施"));
    assert_eq!(mended.count(), 1, "the one reported late is none");
    let custodian = about(&results, "吴敏");
    assert!(custodian["basis"].to_string().contains("001 十五.1.(7)"));
    let about_lin = proposals
        .iter()
        .filter(|p| text(p, "subject") == "林海" && text(p, "kind") == "reward");
    assert_eq!(
        about_lin.count(),
        0,
        "who is responsible for an incident is not commended"
    );
}
