//! Sheets that are laid out otherwise than as one heading row over records.

use super::{HEADING, assert_places, grid, read, skipped, usage, values};
use zicha_model::dataset::Dataset;
use zicha_read::formats::grid::Grid;
use zicha_testing::ledger_id;

/// A form that one record fills: labels on the left, what they ask for to the right.
fn form() -> Grid {
    grid(
        "基本情况",
        &[
            "单位基本情况表",
            "项目|内容|填写说明",
            "单位名称|青石县机要服务中心",
            "单位性质|行政机关||按编制填写",
            "上级主管单位|",
            "在册总人数|46人",
            "最高密级|机密级",
            "传真号|0571-0000",
            "有无机要业务|√",
            "",
            "注：每年一月更新。",
        ],
    )
}

#[test]
fn a_record_that_stands_upright_is_read_with_the_place_of_every_cell() {
    let (schemas, dataset) = read(vec![form()]);
    let fields = [
        "unit_name",
        "unit_type",
        "superior_unit",
        "staff_total",
        "max_level_held",
        "crypto_duty",
    ];
    let got = values(&schemas, &dataset, "unit_profile", &fields);
    assert_eq!(
        got,
        [["青石县机要服务中心", "党政机关", "", "46", "机密", "是"]]
    );
    assert_places(&schemas, &dataset, &[form()]);
    let usage = usage(&dataset, 0);
    assert_eq!((usage.heading_row, usage.rows), (None, 1));
    assert!(usage.why.contains("标签在左"), "{}", usage.why);
    let unused: Vec<&str> = usage
        .unused_columns
        .iter()
        .map(|c| c.heading.as_str())
        .collect();
    assert_eq!(unused, ["传真号"]);
    let told = skipped(usage);
    let rows = told.iter().find(|(why, _)| why.contains("以外的文字"));
    assert_eq!(
        rows.map(|(_, rows)| rows.as_slice()),
        Some(&[4, 11][..]),
        "{told:?}"
    );
}

#[test]
fn a_form_with_two_labels_in_a_row_is_read_too() {
    let sheet = grid(
        "Sheet1",
        &[
            "单位概况",
            "单位名称|青石县机要服务中心|单位性质|机关",
            "在册总人数|46|最高密级|机密",
            "主管部门|云山市机要局|密码业务|无",
        ],
    );
    let (schemas, dataset) = read(vec![sheet.clone()]);
    let fields = [
        "unit_name",
        "unit_type",
        "staff_total",
        "max_level_held",
        "superior_unit",
        "crypto_duty",
    ];
    let got = values(&schemas, &dataset, "unit_profile", &fields);
    assert_eq!(
        got,
        [[
            "青石县机要服务中心",
            "党政机关",
            "46",
            "机密",
            "云山市机要局",
            "否"
        ]]
    );
    assert_places(&schemas, &dataset, &[sheet]);
}

#[test]
fn headings_in_three_rows_are_joined_group_by_group() {
    let mut sheet = grid(
        "台账",
        &[
            "收文登记簿",
            "登记号|收文情况||||文件情况||||保管人",
            "|收发||来源||名称||其他||",
            "|收文日期|登记日期|来文单位|文号|标题|密级|份数|份号|",
            "收1|2026-3-5|2026-3-5|某局|甲1|关于甲|机密|2|000001|李四",
        ],
    );
    sheet.merged = vec![
        (2, 0, 4, 0),
        (2, 1, 2, 4),
        (2, 5, 2, 8),
        (2, 9, 4, 9),
        (3, 1, 3, 2),
        (3, 3, 3, 4),
        (3, 5, 3, 6),
        (3, 7, 3, 8),
    ];
    let (schemas, dataset) = read(vec![sheet.clone()]);
    let fields = [
        "reg_no",
        "received_on",
        "doc_no",
        "title",
        "level",
        "copies",
        "serial_no",
        "custodian",
    ];
    let got = values(&schemas, &dataset, "documents_received", &fields);
    assert_eq!(
        got,
        [[
            "收1",
            "2026-03-05",
            "甲1",
            "关于甲",
            "机密",
            "2",
            "000001",
            "李四"
        ]]
    );
    assert_eq!(usage(&dataset, 0).heading_row, Some(2));
    assert_places(&schemas, &dataset, &[sheet]);
}

#[test]
fn columns_without_a_heading_are_told() {
    let sheet = grid(
        "收文登记簿",
        &[
            HEADING,
            "收1|2026-3-5|2026-3-5|张三|某局|甲1|关于甲|机密|2|李四|旧柜|",
        ],
    );
    let (_, dataset) = read(vec![sheet]);
    let unused = &usage(&dataset, 0).unused_columns;
    assert_eq!(unused.len(), 1);
    assert_eq!(
        (unused[0].column, unused[0].heading.as_str()),
        (10, "（没有标题）")
    );
}

#[test]
fn a_two_row_heading_bound_by_merged_cells_is_one_and_repeats_as_one() {
    let heading = ["序号|设备信息|||使用情况", "|设备编号|设备名称|密级|责任人"];
    let mut sheet = grid(
        "计算机",
        &[
            heading[0],
            heading[1],
            "1|JSJ-1|台式机|机密|张三",
            "2|JSJ-2|台式机|秘密|张三",
            "",
            "第2页",
            heading[0],
            heading[1],
            "3|JSJ-3|便携机|秘密|李四",
            "小计||3台",
            "",
            "移动存储介质台账",
            "介质编号|介质类型|密级|责任人",
            "U-1|U盘|机密|张三",
        ],
    );
    sheet.merged = vec![(1, 0, 2, 0), (1, 1, 1, 3), (7, 0, 8, 0), (7, 1, 7, 3)];
    let (schemas, dataset) = read(vec![sheet]);
    let got = values(&schemas, &dataset, "computers", &["asset_no", "level"]);
    let level = |no: &str, level: &str| vec![no.to_owned(), level.to_owned()];
    let expected = [("JSJ-1", "机密"), ("JSJ-2", "秘密"), ("JSJ-3", "秘密")];
    assert_eq!(got, expected.map(|(no, it)| level(no, it)));
    let told = [
        ("空行", vec![5]),
        ("表下说明或签字栏", vec![6]),
        ("重复的标题行", vec![7, 8]),
        ("合计行", vec![10]),
    ];
    let told = told.map(|(why, rows)| (why.to_owned(), rows));
    assert_eq!(skipped(usage(&dataset, 0)), told);
    assert_eq!(
        usage(&dataset, 1).ledger,
        Some(ledger_id(&schemas, "media"))
    );
}

#[test]
fn words_of_another_enumeration_speak_against_a_ledger() {
    let heading = "设备编号|设备名称|密级|责任人";
    let of = |kind: &str| {
        let rows = [
            heading,
            &format!("S-1|{kind}|机密|张三"),
            &format!("S-2|{kind}|秘密|李四"),
        ];
        let (schemas, dataset) = read(vec![grid("2025年", &rows)]);
        let ledger = usage(&dataset, 0).ledger;
        ledger.map(|ledger| schemas.ledger(ledger).id.clone())
    };
    assert_eq!(of("打印机").as_deref(), Some("peripherals"));
    assert_eq!(of("台式机").as_deref(), Some("computers"));
    // Things that no register knows are in none, if nothing else says which it is.
    assert_eq!(of("配电柜"), None);
}

#[test]
fn what_a_form_asks_for_may_be_called_as_a_heading_is() {
    let sheet = grid(
        "人员审查",
        &[
            "涉密人员保密审查表",
            "姓名|孟夏|性别|女|出生年月|1990.5",
            "部门|办公室|职务|科员|政治面貌|中共党员",
            "涉密等级|重要|上岗时间|2018.7|涉密岗位|机要员",
            "审批人|江涛|审批日期|2026.3.15|审查日期|2026.3.12",
        ],
    );
    let (schemas, dataset) = read(vec![sheet.clone()]);
    let fields = ["person", "approved_by", "approved_on", "reviewed_on"];
    let got = values(&schemas, &dataset, "person_reviews", &fields);
    assert_eq!(got, [["孟夏", "江涛", "2026-03-15", "2026-03-12"]]);
    assert!(
        !skipped(usage(&dataset, 0))
            .iter()
            .any(|(why, _)| why.contains("以外"))
    );
    assert_places(&schemas, &dataset, &[sheet]);
}

#[test]
fn several_records_beside_their_labels_are_a_record_each() {
    let sheet = grid(
        "Sheet1",
        &[
            "保密要害部位基本情况",
            "项目|机要室|档案库房|文印室",
            "场所编号|BW-01|BW-02|BW-03",
            "所在部门|综合科|保管科|综合科",
            "责任人|汪洋|章程|孟夏",
            "最高密级|机密|机密|秘密",
            "报警装置|有|有|无",
        ],
    );
    let (schemas, dataset) = read(vec![sheet.clone()]);
    let fields = ["site_id", "department", "responsible", "max_level", "alarm"];
    let got = values(&schemas, &dataset, "key_sites", &fields);
    let expected = [
        ["BW-01", "综合科", "汪洋", "机密", "是"],
        ["BW-02", "保管科", "章程", "机密", "是"],
        ["BW-03", "综合科", "孟夏", "秘密", "否"],
    ];
    assert_eq!(got, expected);
    let why = "标题行".to_owned();
    assert!(skipped(usage(&dataset, 0)).contains(&(why, vec![2])));
    assert_places(&schemas, &dataset, &[sheet]);
}

/// Three forms for three journeys, one below the other.
fn forms() -> Vec<String> {
    let form = |number: &str, who: &str| {
        format!(
            "涉密载体外出携带审批表\n编号|{number}|携带人|{who}\n携带载体|关于甲的文件|密级|机密\n\
             携带事由|开会|目的地|云山市\n携带日期|2026-3-5|返回日期|2026-3-7\n审批人|陆知远|审批日期|2026-3-4\n"
        )
    };
    let all: String = [("XD01", "张三"), ("XD02", "李四"), ("XD03", "王五")]
        .map(|(number, who)| form(number, who))
        .join("\n");
    all.lines().map(str::to_owned).collect()
}

#[test]
fn forms_below_each_other_are_a_record_each() {
    let lines = forms();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let sheet = grid("外出", &lines);
    let (schemas, dataset) = read(vec![sheet.clone()]);
    let got = values(
        &schemas,
        &dataset,
        "carry_out",
        &["carry_id", "carriers", "approved_on"],
    );
    assert_eq!(
        got,
        [
            ["XD01", "张三", "2026-03-04"],
            ["XD02", "李四", "2026-03-04"],
            ["XD03", "王五", "2026-03-04"]
        ]
    );
    assert_places(&schemas, &dataset, &[sheet]);
    let told = told_of_forms(&dataset);
    assert!(
        told.is_some_and(|told| told.contains("3 张") && told.contains("第 8—13 行")),
        "{told:?}"
    );
}

/// What is told of the forms of a sheet.
fn told_of_forms(dataset: &Dataset) -> Option<&str> {
    let mut told = dataset.diagnostics.iter();
    let told = told.find(|d| d.code.name() == "forms-in-sheet")?;
    Some(told.message.as_str())
}

#[test]
fn a_list_below_a_form_is_a_table_of_its_own() {
    let sheet = grid(
        "会议",
        &[
            "涉密会议登记表",
            "会议编号|HY2601|会议名称|年度工作会",
            "召开日期|2026-3-5|地点|三楼会议室",
            "密级|机密|主持人|陆知远",
            "会议文件清退",
            "登记号|文件登记号|清退份数|清退日期|交件人|接收单位",
            "退1|收1|1|2026-3-5|张三|某局",
            "退2|收2|1|2026-3-5|李四|某局",
        ],
    );
    let (schemas, dataset) = read(vec![sheet.clone()]);
    let met = values(&schemas, &dataset, "meetings", &["meeting_id", "held_on"]);
    assert_eq!(met, [["HY2601", "2026-03-05"]]);
    let returned = values(&schemas, &dataset, "returns", &["return_id"]);
    assert_eq!(returned, [["退1"], ["退2"]]);
    assert_places(&schemas, &dataset, &[sheet]);
    let told = told_of_forms(&dataset);
    assert!(
        told.is_some_and(|told| told.contains("第 1—4 行") && told.contains("第 5—8 行")),
        "{told:?}"
    );
}

#[test]
fn registers_without_a_column_between_are_parted_by_their_titles() {
    let cabinet = "保密柜编号|柜型|位置|责任人|容器密级|锁具状况";
    let returns = "登记号|文件登记号|清退份数|清退日期|交件人|接收单位";
    let sheet = grid(
        "台账",
        &[
            "保密柜台账||||||文件清退登记簿",
            &format!("{cabinet}|{returns}"),
            "GX-01|保险柜|BW01|张三|绝密|是|退1|收1|1|2026-3-5|张三|某局",
        ],
    );
    let (schemas, dataset) = read(vec![sheet.clone()]);
    let cabinets = values(&schemas, &dataset, "containers", &["container_id"]);
    assert_eq!(cabinets, [["GX-01"]]);
    let returned = values(&schemas, &dataset, "returns", &["return_id"]);
    assert_eq!(returned, [["退1"]]);
    assert_places(&schemas, &dataset, &[sheet]);
}
