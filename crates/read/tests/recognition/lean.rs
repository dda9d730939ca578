//! Lean registers of small offices: headings read by parts, facts from titles, rows of several kinds.

use super::{grid, read, skipped, usage, values, workbook};
use zicha_model::{dataset::Dataset, profile::Profile, results::Origin, schema::Schemas};
use zicha_read::understand;
use zicha_testing::{ledger_id, schemas};

/// The field that each used column of the first sheet was taken for, by heading.
fn fields(schemas: &Schemas, dataset: &Dataset) -> Vec<(String, String)> {
    let usage = usage(dataset, 0);
    let Some(ledger) = usage.ledger else {
        return Vec::new();
    };
    let columns = usage.columns.iter();
    columns
        .map(|c| (c.heading.clone(), schemas.field(ledger, c.field).id.clone()))
        .collect()
}

fn named(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let pairs = pairs.iter();
    pairs
        .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
        .collect()
}

#[test]
fn headings_are_understood_by_their_parts() {
    let sheet = grid(
        "涉密办公设备",
        &[
            "涉密办公自动化设备台账",
            "设备名称|设备编码|设备所属科室|设备责任人|设备所在位置|设备密级|设备状态|维护日期",
            "打印机|BG-1|综合科|孟夏|301|秘密|在用|2026-01-05",
            "复印机|BG-2|业务科|江涛|302|机密|在用|2026-02-05",
        ],
    );
    let (schemas, dataset) = read(vec![sheet]);
    let expected = named(&[
        ("设备名称", "device_type"),
        ("设备编码", "device_no"),
        ("设备所属科室", "department"),
        ("设备责任人", "operator"),
        ("设备所在位置", "location"),
        ("设备密级", "level"),
        ("设备状态", "status"),
    ]);
    assert_eq!(fields(&schemas, &dataset), expected);
}

#[test]
fn a_heading_may_leave_out_the_day_if_the_cells_show_it() {
    let sheet = grid(
        "借阅",
        &[
            "涉密文件借阅登记簿",
            "序|借阅时间|文号|密级|借阅人|批准人|应还|归还",
            "1|2026.3.3|示办〔2026〕1号|机密|孟夏|江涛|2026.3.10|2026.3.8",
            "2|2026.3.4|示办〔2026〕2号|秘密|白露|江涛|2026.3.11|",
            "3|3月5日|示办〔2026〕3号|秘密|白露|江涛|2026.3.12|",
            "4|2026.3.6|示办〔2026〕4号|秘密|白露|江涛|2026.3.13|",
        ],
    );
    let (schemas, dataset) = read(vec![sheet]);
    let got = values(
        &schemas,
        &dataset,
        "borrowing",
        &["borrowed_on", "due_on", "returned_on"],
    );
    assert_eq!(got[0], ["2026-03-03", "2026-03-10", "2026-03-08"]);
    // The only year of the table holds for the day that names none.
    assert_eq!(got[2][0], "2026-03-05");
}

#[test]
fn a_column_whose_cells_are_something_else_is_not_the_field() {
    let sheet = grid(
        "收文",
        &[
            "涉密文件收文登记簿",
            "文件编号|文件名称|收文时间|文件密级|签收人|签收人姓名",
            "示办1号|通知|2026-03-02|机密|11|孟夏",
            "示办2号|通报|2026-03-05|秘密|12|白露",
        ],
    );
    let (schemas, dataset) = read(vec![sheet]);
    let got = fields(&schemas, &dataset);
    assert!(
        got.contains(&("签收人姓名".to_owned(), "signed_by".to_owned())),
        "{got:?}"
    );
    assert!(
        !got.iter().any(|(heading, _)| heading == "签收人"),
        "{got:?}"
    );
}

#[test]
fn a_number_that_counts_the_rows_is_no_asset_number() {
    let sheet = grid(
        "涉密计算机",
        &[
            "编号|设备类型|资产编号|密级|部门|责任人",
            "1|台式机|ZC-018|秘密|综合科|孟夏",
            "2|便携机|ZC-019|机密|业务科|白露",
        ],
    );
    let (schemas, dataset) = read(vec![sheet]);
    let got = values(&schemas, &dataset, "computers", &["asset_no"]);
    assert_eq!(got, [["ZC-018"], ["ZC-019"]]);
}

#[test]
fn rows_go_to_the_registers_of_their_kind() {
    let sheet = grid(
        "设备",
        &[
            "涉密信息设备和存储设备台账",
            "保密编号|类型|密级|责任人|使用情况",
            "SB-1|台式计算机|机密|孟夏|在用",
            "SB-2|激光打印机|秘密|白露|在用",
            "SB-3|U盘|秘密|白露|在用",
        ],
    );
    let (schemas, dataset) = read(vec![sheet]);
    assert_eq!(
        values(&schemas, &dataset, "computers", &["asset_no"]),
        [["SB-1"]]
    );
    assert_eq!(
        values(
            &schemas,
            &dataset,
            "peripherals",
            &["device_no", "device_type"]
        ),
        [["SB-2", "打印机"]]
    );
    assert_eq!(
        values(&schemas, &dataset, "media", &["media_no"]),
        [["SB-3"]]
    );
    let told = |d: &&zicha_model::diag::Diagnostic| d.code == "rows-of-another-ledger";
    assert_eq!(dataset.diagnostics.iter().filter(told).count(), 3);
}

#[test]
fn a_table_whose_act_is_not_named_is_none_of_destruction() {
    let sheet = grid(
        "Sheet1",
        &[
            "密件登记表",
            "序号|日期|文号|名称|密级|载体形式|数量",
            "1|2026-03-02|示办〔2026〕1号|关于检查的通知|机密|纸质|1",
            "2|2026-03-05|示办〔2026〕2号|关于培训的通知|秘密|纸质|2",
        ],
    );
    let (schemas, dataset) = read(vec![sheet]);
    assert_eq!(
        usage(&dataset, 0).ledger,
        Some(ledger_id(&schemas, "documents_received"))
    );
}

#[test]
fn facts_follow_from_levels_and_titles_and_say_so() {
    let schemas = schemas();
    let secret = grid(
        "涉密机",
        &[
            "编号|名称|密级|部门|责任人|联网情况|无线网卡",
            "JM-1|台式计算机|机密|综合科|孟夏|互联网|未拆除",
            "JM-2|台式计算机|内部|综合科|孟夏|单机|无",
        ],
    );
    let open = grid(
        "非密机",
        &[
            "非涉密计算机登记",
            "编号|类型|部门|使用人|接入网络|位置",
            "FM-1|台式机|综合科|孟夏|电子政务外网|201",
        ],
    );
    let file = workbook("涉密计算机台账.xlsx", vec![secret, open]);
    let dataset = understand(&[file], &schemas, &Profile::default());
    let wanted = ["asset_no", "is_classified", "status", "wireless_disabled"];
    let got = values(&schemas, &dataset, "computers", &wanted);
    assert_eq!(
        got,
        [
            ["JM-1", "是", "在用", "否"],
            ["JM-2", "否", "在用", "是"],
            ["FM-1", "否", "在用", ""],
        ]
    );
    let ledger = ledger_id(&schemas, "computers");
    let table = dataset.table(ledger).expect("computers");
    let field = |id| schemas.ledger(ledger).field_by_id(id).expect("a field");
    let evidence = |row, id| dataset.evidence(&schemas, table, row, field(id));
    let derived = evidence(0, "is_classified");
    assert_eq!(derived.origin, Some(Origin::Derived));
    assert_eq!(
        (derived.column.as_deref(), derived.value.as_str()),
        (Some("C"), "机密")
    );
    assert_eq!(evidence(0, "status").origin, Some(Origin::Assumed));
    let title = evidence(2, "is_classified");
    assert_eq!(title.origin, Some(Origin::Title));
    assert_eq!(
        (title.row, title.value.as_str()),
        (Some(1), "非涉密计算机登记")
    );
    assert_eq!(evidence(0, "level").origin, None);
}

#[test]
fn an_explicit_value_wins_and_a_contradiction_is_told() {
    let sheet = grid(
        "涉密计算机台账",
        &[
            "资产编号|类型|密级|是否涉密|部门|责任人",
            "JM-1|台式机|机密|否|综合科|孟夏",
            "JM-2|台式机|秘密|是|综合科|孟夏",
        ],
    );
    let (schemas, dataset) = read(vec![sheet]);
    let got = values(&schemas, &dataset, "computers", &["is_classified"]);
    assert_eq!(got, [["否"], ["是"]]);
    let told = dataset
        .diagnostics
        .iter()
        .find(|d| d.code == "values-contradict");
    assert_eq!(
        told.and_then(|d| d.locus.cell.clone()).as_deref(),
        Some("D2")
    );
}

#[test]
fn a_roster_states_the_pledge_and_an_inspection_the_gap() {
    let roster = grid(
        "综合科",
        &[
            "涉密人员登记表",
            "姓名|职务|涉密程度|上岗时间|保密承诺书",
            "孟夏|科长|重要|2020年5月|√",
            "白露|科员|一般|2021年5月|未签",
        ],
    );
    let checks = grid(
        "检查",
        &[
            "保密检查记录",
            "检查日期|检查人|受检科室|检查内容|发现问题|整改要求|整改期限|整改情况|整改完成日期",
            "2026.3.1|孟夏|综合科|文件|无||||",
            "2026.3.2|孟夏|综合科|文件|柜未上锁|立即上锁|2026.3.10|正在整改|",
        ],
    );
    let (schemas, dataset) = read(vec![roster, checks]);
    let pledges = values(
        &schemas,
        &dataset,
        "commitments",
        &["person", "commitment_type"],
    );
    assert_eq!(pledges[0], ["孟夏", "上岗保密承诺书"]);
    // Of pledges of other kinds the roster tells nothing: there may be some.
    let other = |pledge: &[String], name: &str| pledge == [name, "入职保密协议"];
    assert!(pledges.iter().any(|pledge| other(pledge, "孟夏")));
    assert!(pledges.iter().any(|pledge| other(pledge, "白露")));
    let at_post = pledges
        .iter()
        .filter(|pledge| pledge[1] == "上岗保密承诺书");
    assert_eq!(at_post.count(), 1, "{pledges:?}");
    assert_eq!(
        values(&schemas, &dataset, "personnel", &["department"])[0],
        ["综合科"]
    );
    let fields = ["problem", "found_on", "due_on", "status"];
    let gaps = values(&schemas, &dataset, "rectifications", &fields);
    assert_eq!(gaps, [["柜未上锁", "2026-03-02", "2026-03-10", "整改中"]]);
}

#[test]
fn a_blank_level_in_a_register_of_all_papers_is_no_secret() {
    let rows = [
        "登记号|收文日期|来文单位|文号|文件标题|密级|份数|签收人",
        "1|2026.3.1|示例厅|示办〔2026〕1号|通知|—|1|孟夏",
        "2|2026.3.2|示例厅|示办〔2026〕2号|通报|机密|1|孟夏",
        "|||本季度小计：2件||||",
        "3|2026.3.3|示例厅|示办〔2026〕3号|函||1|孟夏",
        "4月份|||||||",
    ];
    let (schemas, dataset) = read(vec![grid("2026年收文登记簿", &rows)]);
    let got = values(
        &schemas,
        &dataset,
        "documents_received",
        &["reg_no", "level"],
    );
    assert_eq!(got, [["1", "公开"], ["2", "机密"], ["3", "公开"]]);
    let passed: Vec<String> = skipped(usage(&dataset, 0))
        .into_iter()
        .map(|(why, _)| why)
        .collect();
    assert_eq!(passed, ["合计行", "只有序号的空白行"]);
    let (schemas, dataset) = read(vec![grid("涉密文件收文登记簿", &rows)]);
    let got = values(&schemas, &dataset, "documents_received", &["level"]);
    assert_eq!(got[0], [""]);
}

#[test]
fn who_is_said_to_have_no_access_is_not_cleared() {
    let sheet = grid(
        "花名册",
        &[
            "局机关干部职工花名册",
            "序号|姓名|部门|是否涉密人员|涉密等级|人员状态",
            "1|孟夏|综合科|是|重要|在职",
            "2|江涛|综合科|否||借调",
            "3|白露|业务科|是||在职",
            "4|章程|业务科|否|一般|在职",
        ],
    );
    let (schemas, dataset) = read(vec![sheet]);
    let fields = ["name", "category", "status", "is_secrecy_officer"];
    let got = values(&schemas, &dataset, "personnel", &fields);
    let expected = [
        ["孟夏", "重要涉密人员", "在岗", ""],
        ["江涛", "非涉密人员", "在岗", ""],
        ["白露", "", "在岗", ""],
        ["章程", "一般涉密人员", "在岗", ""],
    ];
    assert_eq!(got, expected);
    let told = dataset.diagnostics.iter();
    assert!(told.clone().any(|d| d.message.contains("矛盾")));
}

#[test]
fn a_pledge_without_a_day_was_not_signed() {
    let sheet = grid(
        "名册",
        &[
            "涉密人员名册",
            "序号|姓名|涉密类别|签订保密承诺书时间",
            "1|孟夏|重要涉密人员|2024-03-01",
            "2|江涛|一般涉密人员|",
            "3|白露|一般涉密人员|未签",
        ],
    );
    let (schemas, dataset) = read(vec![sheet]);
    let got = values(&schemas, &dataset, "commitments", &["person", "signed_on"]);
    assert!(got.contains(&vec!["孟夏".to_owned(), "2024-03-01".to_owned()]));
    let own = values(
        &schemas,
        &dataset,
        "commitments",
        &["person", "commitment_type"],
    );
    let signed = own.iter().filter(|row| row[1] == "上岗保密承诺书");
    assert_eq!(signed.count(), 1, "{own:?}");
}

#[test]
fn rows_of_another_register_keep_the_column_that_says_what_they_are() {
    let sheet = grid(
        "设备",
        &[
            "涉密信息设备和涉密存储设备台账",
            "保密编号|设备名称|密级|责任人|所在科室|启用时间|使用情况",
            "J-1|涉密台式计算机|机密|孟夏|综合科|2024/5/1|在用",
            "J-2|涉密便携式计算机|机密|孟夏|综合科|2024/5/1|在用",
            "J-3|涉密台式计算机|机密|孟夏|综合科|2024/5/1|在用",
            "U-1|涉密U盘|机密|江涛|综合科|2024/5/1|在用",
        ],
    );
    let (schemas, dataset) = read(vec![sheet]);
    let got = values(&schemas, &dataset, "media", &["media_no", "media_type"]);
    assert_eq!(got, [["U-1", "U盘"]]);
}

#[test]
fn a_borrower_with_the_department_behind_a_stroke_is_the_borrower() {
    let sheet = grid(
        "借阅",
        &[
            "涉密资料借阅、归还登记",
            "序号|借阅日期|资料名称|编号|借阅人/部门|批准人|应还日期|归还日期",
            "1|2026.1.12|某批复|收001|孟夏/综合科|江涛|2026.1.20|2026.1.19",
            "2|2026.2.12|某大纲|收002|白露/业务科|江涛|2026.2.20|",
            "3|2026.3.12|某材料|收003|章程（业务科）|江涛|2026.3.20|2026.3.19",
        ],
    );
    let staff = grid(
        "名册",
        &[
            "涉密人员名册",
            "序号|姓名|涉密类别|所在部门",
            "1|孟夏|重要涉密人员|综合科",
            "2|章程|一般涉密人员|业务科",
        ],
    );
    let (schemas, dataset) = read(vec![sheet, staff]);
    let table = dataset.table(ledger_id(&schemas, "borrowing"));
    let table = table.expect("a table of loans");
    let field = |id: &str| schemas.ledger(table.ledger).field_by_id(id);
    let names: Vec<&str> = (0..3)
        .map(|row| {
            let (_, word) = table.cell(row, field("borrower").expect("a field"));
            dataset
                .strings
                .resolve(zicha_model::dataset::Sym(word as u32))
        })
        .collect();
    assert_eq!(names, ["孟夏", "白露/业务科", "章程"]);
    let numbers = values(&schemas, &dataset, "borrowing", &["reg_no"]);
    assert_eq!(numbers, [["收001"], ["收002"], ["收003"]]);
}
