//! Forms of several layouts and formats become the same kind of table.

use zicha_model::points::Points;
use zicha_scoring::import;
use zicha_scoring::standard::{Nature, Standard};
use zicha_scoring::{bind, file};
use zicha_testing::score_form;

fn standard(path: &str, bytes: &[u8]) -> Standard {
    import(path, bytes).expect("a form").standard
}

fn natures(standard: &Standard) -> Vec<(&str, Nature)> {
    let last = standard.items.iter().skip(49);
    last.map(|item| (item.number.as_str(), item.nature))
        .collect()
}

#[test]
fn the_form_of_59_items_is_read_from_word_and_from_a_workbook() {
    let word = standard("标准.docx", &score_form::docx());
    let sheet = standard("标准.xlsx", &score_form::xlsx());
    for standard in [&word, &sheet] {
        assert_eq!(standard.items.len(), 59);
        assert_eq!(standard.groups.len(), 16);
        assert_eq!(standard.sum(), Points::from(100));
        assert_eq!(standard.total, Some(Points::from(100)));
        assert_eq!(standard.title, "机关、单位保密自查自评标准");
        assert_eq!(standard.groups[0].subtotal, Some(Points::from(14)));
        let first = &standard.items[0];
        let ways: Vec<_> = first.ways.iter().map(|way| way.cost.words()).collect();
        assert_eq!(ways, ["1", "0.5-1", "1", "1"], "{first:?}");
        let grades: Vec<_> = standard
            .grades
            .iter()
            .map(|g| (g.label.as_str(), g.from))
            .collect();
        assert_eq!(
            grades,
            [
                ("符合要求", Points::from(90)),
                ("基本符合要求", Points::from(80)),
                ("不符合要求", Points::ZERO)
            ]
        );
        let last = natures(standard);
        assert_eq!(last[0], ("50", Nature::Scored));
        assert!(
            last[1..9]
                .iter()
                .all(|(_, nature)| *nature == Nature::Heavy),
            "{last:?}"
        );
        assert_eq!(last[9], ("59", Nature::Veto));
        assert_eq!(standard.items[57].ways[0].cost.words(), "6");
        assert_eq!(standard.items[57].ways[0].cost.per, "起");
        assert!(standard.items.iter().all(|item| item.unread.is_empty()));
        assert!(
            standard.items.iter().all(|item| !item.ways.is_empty()),
            "each can lose points"
        );
        let told = file::mistakes("评分标准.yaml", standard, &[]);
        assert!(told.is_empty(), "{told:?}");
    }
    let texts = |standard: &Standard| {
        standard
            .items
            .iter()
            .map(|item| item.text.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(texts(&word), texts(&sheet));
}

/// 500 points, six columns, two rows of headings, basic items that stop, "not applicable counts full".
const OTHER: &str = "\
某类单位审查评分标准,,,,,\n\
项目类别,序号,评审内容,项目性质,评分,\n\
,,,,标准分,评分标准\n\
一、基本项,1,具有法人资格,基本项,,不符合的，终止审查\n\
一、基本项,2,三年内没有发生泄密案件,基本项,,发生的，一票否决\n\
二、制度（200分）,3,建立归口管理制度,一般项,100,\"每缺1项制度扣10分,最多扣60分\"\n\
二、制度（200分）,4,制度执行有记录,一般项,100,没有记录的扣20至40分\n\
三、管理（300分）,5,涉密场所管理,一般项,150,视情节酌情扣分\n\
三、管理（300分）,6,涉密设备管理,一般项,150,\"账物不符的,每台扣15分\"\n\
合计,,,,500,\n\
不适用的项目按满分计。450分（含）以上为通过；450分以下为不通过。,,,,,\n";

#[test]
fn a_form_of_another_layout_needs_no_code() {
    let imported = import("审查.csv", OTHER.as_bytes()).expect("a form");
    let standard = &imported.standard;
    assert_eq!(standard.items.len(), 6, "{:?}", imported.told);
    assert_eq!(standard.total, Some(Points::from(500)));
    assert_eq!(standard.sum(), Points::from(500));
    assert!(standard.absent_counts_full);
    assert_eq!(standard.items[0].nature, Nature::Basic);
    assert_eq!(standard.items[1].nature, Nature::Basic);
    assert_eq!(standard.groups.len(), 3);
    assert_eq!(standard.groups[1].subtotal, Some(Points::from(200)));
    assert_eq!(standard.items[2].ways[0].cost.cap, Some(Points::from(60)));
    assert_eq!(standard.items[3].ways[0].cost.words(), "20-40");
    assert_eq!(standard.items[4].unread, ["视情节酌情扣分"]);
    let told: Vec<_> = imported
        .told
        .iter()
        .filter(|d| d.code == "scoring-unread")
        .collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].locus.cell.as_deref(), Some("F8"));
    let grades: Vec<_> = standard
        .grades
        .iter()
        .map(|g| (g.label.as_str(), g.from))
        .collect();
    assert_eq!(
        grades,
        [("通过", Points::from(90)), ("不通过", Points::ZERO)]
    );
}

#[test]
fn what_is_written_is_read_again_the_same_and_sums_are_held() {
    let mut before = standard("标准.xlsx", &score_form::xlsx());
    before.source = "标准.xlsx".to_owned();
    let text = file::write(&before);
    assert!(file::is_standard(&text) && !file::is_standard("id: own\ntitle: 甲\n"));
    let (after, told) = file::parse("评分标准.yaml", &text);
    assert!(told.is_empty(), "{told:?}");
    let mut after = after.expect("a table");
    for item in &mut after.items {
        assert!(item.line > 10);
        item.line = 0;
    }
    for (before, after) in before.items.iter().zip(&after.items) {
        // What a way of all points costs follows from the item.
        let plain = |way: &zicha_scoring::standard::Way| {
            (way.text.clone(), way.cost.words(), way.cost.per.clone())
        };
        assert_eq!(
            before.ways.iter().map(plain).collect::<Vec<_>>(),
            after.ways.iter().map(plain).collect::<Vec<_>>()
        );
    }
    assert_eq!(
        (before.grades.clone(), before.groups.clone()),
        (after.grades.clone(), after.groups.clone())
    );
    after.items[0].points = Some(Points::from(5));
    let told = file::mistakes("评分标准.yaml", &after, &[]);
    let messages: Vec<_> = told.iter().map(|d| d.message.as_str()).collect();
    assert_eq!(messages.len(), 2, "{messages:?}");
    assert!(
        messages[0].contains("合计 101 分，与总分 100 分不符"),
        "{messages:?}"
    );
    assert!(
        messages[1].contains("合计 15 分，与小计 14 分不符"),
        "{messages:?}"
    );
}

#[test]
fn mistakes_of_people_are_told_with_their_place_and_what_may_have_been_meant() {
    let text = "评分表: 甲\n等次:\n  - {名称: 好, 得分率: 百}\n项目:\n  - 序号: \"1\"\n    内容: 乙\n    分值数: 3\n    性质: 重口\n    扣分:\n      - 说法: 丙\n        扣: 2-1\n";
    let (_, told) = file::parse("评分标准.yaml", text);
    let at = |line: u32| {
        told.iter()
            .find(|d| d.locus.line == Some(line))
            .unwrap_or_else(|| panic!("line {line}: {told:?}"))
    };
    assert!(at(3).message.contains("百"));
    assert_eq!(at(7).hint.as_deref(), Some("是不是“分值”？"));
    assert_eq!(at(8).hint.as_deref(), Some("是不是“重扣”？"));
    assert!(at(11).message.contains("2-1"));
}

#[test]
fn confirmed_controls_survive_a_new_edition_by_the_text_of_the_item() {
    let mut first = standard("标准.xlsx", &score_form::xlsx());
    first.items[4].ways[0].controls = vec!["ORG-014".to_owned()];
    first.items[4].ways[0].confirmed = true;
    first.items[5].reason = "没有".to_owned();
    let mut second = standard("标准.docx", &score_form::docx());
    let moved = second.items.remove(4);
    second.items.push(moved);
    second.items.remove(5);
    let kept = bind::keep(&mut second, &first);
    assert_eq!((kept.confirmed, kept.decided), (1, 0));
    let last = second.items.last().expect("moved");
    assert!(last.ways[0].confirmed && last.ways[0].controls == ["ORG-014"]);
    first.items[6].ways[0].confirmed = true;
    let kept = bind::keep(&mut second, &first);
    assert_eq!(kept.gone, ["7"]);
}

#[test]
fn a_file_without_a_score_table_is_told() {
    let told = import("收文.csv", "文号,标题\n1,甲\n".as_bytes()).expect_err("no form");
    assert!(told[0].message.contains("没有找到评分表"), "{told:?}");
}

#[test]
fn weights_of_groups_are_told_and_not_reckoned_with() {
    let form = "序号,自查内容,分值,评分方法\n一、组织领导（权重40%）,,,\n1,有保密机构,10,没有的扣5分\n\
                二、制度建设（权重60%）,,,\n2,有保密制度,10,没有的扣2分\n";
    let read = import("评分表.csv", form.as_bytes()).expect("a form");
    let told = read.told.iter().filter(|d| d.message.contains("权重"));
    assert_eq!(told.count(), 2, "{:?}", read.told);
    assert_eq!(read.standard.items.len(), 2);
}
