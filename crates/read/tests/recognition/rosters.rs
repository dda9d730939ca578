//! One person in several rosters, codes of departments, papers named by their maker's number.

use super::{grid, read, values, workbook};
use zicha_model::profile::Profile;
use zicha_read::understand;
use zicha_testing::{ledger_id, schemas};

#[test]
fn a_person_in_the_full_roster_and_in_the_list_of_cleared_staff_is_one() {
    let everybody = grid(
        "名册",
        &[
            "人员花名册",
            "工号|姓名|部门|用工形式|人员状态",
            "G1|孟夏|综合科|在编|在岗",
            "G2|白露|业务科|在编|在岗",
            "G3|江涛|业务科|合同制|在岗",
        ],
    );
    let cleared = grid(
        "涉密人员",
        &[
            "涉密人员名册",
            "工号|姓名|部门|涉密等级|上岗时间|人员状态",
            "G1|孟夏|综合科|核心|2010-01-01|离职",
            "G2|白露|业务科|一般|2012-01-01|在岗",
        ],
    );
    let (schemas, dataset) = read(vec![everybody, cleared]);
    let wanted = ["person_id", "name", "category", "employment_type", "status"];
    let got = values(&schemas, &dataset, "personnel", &wanted);
    assert_eq!(
        got,
        [
            ["G1", "孟夏", "核心涉密人员", "在编在册", "在岗"],
            ["G2", "白露", "一般涉密人员", "在编在册", "在岗"],
            ["G3", "江涛", "非涉密人员", "合同聘用", "在岗"],
        ]
    );
    let ledger = ledger_id(&schemas, "personnel");
    let table = dataset.table(ledger).expect("personnel");
    let category = schemas.ledger(ledger).field_by_id("category").expect("one");
    let evidence = dataset.evidence(&schemas, table, 1, category);
    assert_eq!(
        (
            evidence.sheet.as_deref(),
            evidence.row,
            evidence.value.as_str()
        ),
        (Some("涉密人员"), Some(4), "一般")
    );
    let told = dataset.diagnostics.iter();
    let told: Vec<&str> = told
        .filter(|d| d.code == "values-contradict")
        .map(|d| d.message.as_str())
        .collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].contains("孟夏") && told[0].contains("人员状态"),
        "{told:?}"
    );
}

#[test]
fn persons_of_one_name_in_two_departments_stay_two() {
    let sheets = ["综合科", "业务科"].map(|name| {
        let rows = ["涉密人员登记表", "姓名|职务|涉密程度", "孟夏|科员|一般"];
        grid(name, &rows)
    });
    let (schemas, dataset) = read(sheets.into());
    let got = values(&schemas, &dataset, "personnel", &["name", "department"]);
    assert_eq!(got, [["孟夏", "综合科"], ["孟夏", "业务科"]]);
    assert_eq!(dataset.ambiguous_persons.len(), 1);
}

#[test]
fn numbers_under_a_running_number_are_codes_if_others_refer_to_them() {
    let departments = || {
        let rows = [
            "部门名册",
            "序号|部门名称|负责人",
            "D01|综合科|孟夏",
            "D02|业务科|白露",
        ];
        grid("部门", &rows)
    };
    let machines = |department: &str| {
        let row = format!("JM-1|台式机|机密|{department}|孟夏");
        grid(
            "计算机",
            &["涉密计算机台账", "资产编号|类型|密级|部门|责任人", &row],
        )
    };
    let (schemas, dataset) = read(vec![departments(), machines("D01")]);
    let got = values(&schemas, &dataset, "departments", &["dept_id"]);
    assert_eq!(got, [["D01"], ["D02"]]);
    let (schemas, dataset) = read(vec![departments(), machines("综合科")]);
    let got = values(&schemas, &dataset, "departments", &["dept_id"]);
    assert_eq!(got, [["综合科"], ["业务科"]]);
}

#[test]
fn a_loan_that_names_the_makers_number_is_of_that_paper() {
    let papers = grid(
        "收文",
        &[
            "涉密文件收文登记簿",
            "登记号|收文日期|来文单位|发文字号|文件标题|密级|份数",
            "2026-001|2026-03-01|示例厅|示办〔2026〕1号|通知|机密|1",
            "2026-002|2026-03-02|示例厅|示办〔2026〕2号|通报|秘密|1",
            "2026-003|2026-03-02|示例厅|示办〔2026〕2号|通报|秘密|1",
        ],
    );
    let loans = grid(
        "借阅",
        &[
            "涉密文件借阅登记簿",
            "借阅时间|文号|借阅人|应还日期|归还日期",
            "2026-03-05|示办[2026]1号|孟夏|2026-03-10|2026-03-09",
            "2026-03-06|示办〔2026〕2号|孟夏|2026-03-11|",
        ],
    );
    let (schemas, dataset) = read(vec![papers, loans]);
    let got = values(&schemas, &dataset, "borrowing", &["reg_no"]);
    // Two papers bear the second number: which of them was lent is not known.
    assert_eq!(got, [["2026-001"], ["示办〔2026〕2号"]]);
    let told = |d: &&zicha_model::diag::Diagnostic| d.message.contains("发文字号");
    assert_eq!(dataset.diagnostics.iter().filter(told).count(), 1);
}

#[test]
fn settings_that_fit_nothing_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let csv = "借阅日期,文号,借阅人,应还,归还日期\n2026-03-05,示办1号,孟夏,2026-03-10,2026-03-09\n";
    std::fs::write(folder.path().join("借阅登记.csv"), csv).expect("written");
    let mut profile = Profile::default();
    let ledger = || "涉密文件借阅登记簿".to_owned();
    profile.sheets.insert("借阅登记.cvs".to_owned(), ledger());
    profile.sheets.insert("借阅登记.csv".to_owned(), ledger());
    let headings = vec!["应还日".to_owned(), "应还".to_owned()];
    let fields = [("应还日期".to_owned(), headings)].into();
    profile.columns.insert(ledger(), fields);
    let schemas = schemas();
    let dataset = zicha_read::read(folder.path(), &schemas, &profile, &Default::default());
    let told = dataset.diagnostics.iter();
    let told: Vec<&str> = told
        .filter(|d| d.code == "profile-unmatched")
        .map(|d| d.message.as_str())
        .collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(
        told[0].contains("应还日") && told[1].contains("借阅登记.cvs"),
        "{told:?}"
    );
}

#[test]
fn a_person_row_states_reviews_and_leaves_the_other_kinds_open() {
    let roster = grid(
        "综合科",
        &[
            "涉密人员登记表",
            "姓名|涉密程度|上岗时间|保密审查|审查结果|最近一次复审",
            "孟夏|重要|2020-05-01|2020-04-01|合格|2025-11-20",
            "白露|一般|2021-05-01|已审|合格|",
        ],
    );
    let (schemas, dataset) = read(vec![roster]);
    let wanted = ["person", "review_type", "reviewed_on"];
    let got = values(&schemas, &dataset, "person_reviews", &wanted);
    assert!(got.contains(&["孟夏", "定期复审", "2025-11-20"].map(str::to_owned).into()));
    assert!(got.contains(&["白露", "年度保密考核", ""].map(str::to_owned).into()));
    let periodic = got.iter().filter(|review| review[1] == "定期复审");
    assert_eq!(periodic.count(), 1);
    // A column of words is no column of days.
    assert!(
        got.contains(&["白露", "上岗审查", ""].map(str::to_owned).into()),
        "{got:?}"
    );
}

#[test]
fn a_paper_with_a_day_of_return_is_to_be_returned() {
    let papers = grid(
        "收文登记",
        &[
            "登记号|收文日期|来文单位|文号|文件标题|密级|份数|应退日期|清退时间",
            "1|2026-03-01|示例厅|示办1号|通知|机密|1|2026-06-30|2026-06-20",
            "2|2026-03-02|示例厅|示办2号|通报|秘密|1|2026-06-30|",
            "3|2026-03-02|示例厅|示办3号|函|秘密|1||",
        ],
    );
    let file = workbook("2026年收文.xlsx", vec![papers]);
    let schemas = schemas();
    let dataset = understand(&[file], &schemas, &Profile::default());
    let got = values(&schemas, &dataset, "documents_received", &["must_return"]);
    assert_eq!(got, [["是"], ["是"], [""]]);
    let got = values(
        &schemas,
        &dataset,
        "returns",
        &["reg_no", "returned_on", "copies"],
    );
    assert_eq!(got, [["1", "2026-06-20", "1"]]);
}

#[test]
fn words_of_another_scale_are_not_read_as_levels() {
    let sites = grid(
        "部位",
        &[
            "保密要害部位登记表",
            "序号|名称|场所类别|主管部门|涉密等级|负责人",
            "1|机要室|要害部位|综合科|核心|孟夏",
            "2|保密室|要害部位|综合科|一般|白露",
        ],
    );
    let (schemas, dataset) = read(vec![sites]);
    let got = values(&schemas, &dataset, "key_sites", &["name", "max_level"]);
    assert_eq!(got, [["机要室", ""], ["保密室", ""]]);
    assert!(dataset.unreadable.is_empty(), "{:?}", dataset.unreadable);
    let remarks = &super::usage(&dataset, 0).remarks;
    assert!(
        remarks.iter().any(|r| r.contains("涉密人员类别")),
        "{remarks:?}"
    );
}

#[test]
fn what_is_done_with_things_is_no_register_of_them() {
    let requests = grid(
        "Sheet1",
        &[
            "载体外带申请列表",
            "序号|申请人|申请人部门|载体条码|密级|用途|载体类型|带回状态",
            "1|孟夏|综合科|T001|机密|外出开会|纸质|已带回",
            "2|白露|业务科|T002|机密|出差|便携机|未带回",
            "3|江涛|业务科|T003|秘密|汇报|光盘|已带回",
        ],
    );
    let (schemas, dataset) = read(vec![requests]);
    let got = values(
        &schemas,
        &dataset,
        "carry_out",
        &["item_ref", "destination_type"],
    );
    assert_eq!(got[1], ["T002", ""]);
}

#[test]
fn rows_that_head_a_part_state_the_department_of_the_records_below() {
    let sheet = grid(
        "涉密人员",
        &[
            "涉密人员名册",
            "序号|姓名|职务|涉密等级|上岗时间",
            "一、综合科",
            "1|孟夏|科长|重要|2020-05-01",
            "2|白露|科员|一般|2021-05-01",
            "（二）业务科（1人）",
            "1|江涛|科长|重要|2020-05-01",
        ],
    );
    let (schemas, dataset) = read(vec![sheet]);
    let got = values(&schemas, &dataset, "personnel", &["name", "department"]);
    assert_eq!(
        got,
        [["孟夏", "综合科"], ["白露", "综合科"], ["江涛", "业务科"]]
    );
    let ledger = ledger_id(&schemas, "personnel");
    let table = dataset.table(ledger).expect("personnel");
    let field = schemas
        .ledger(ledger)
        .field_by_id("department")
        .expect("one");
    let evidence = dataset.evidence(&schemas, table, 2, field);
    let origin = zicha_model::results::Origin::Section;
    assert_eq!((evidence.origin, evidence.row), (Some(origin), Some(6)));
    assert_eq!(evidence.value, "（二）业务科（1人）");
}

#[test]
fn what_the_settings_do_not_want_assumed_stays_open() {
    let sheet = || {
        let rows = ["涉密人员名册", "姓名|职务|涉密等级", "孟夏|科长|重要"];
        workbook("名册.xlsx", vec![grid("涉密人员", &rows)])
    };
    let schemas = schemas();
    let status = |profile: &Profile| {
        let dataset = understand(&[sheet()], &schemas, profile);
        values(&schemas, &dataset, "personnel", &["status"])[0][0].clone()
    };
    assert_eq!(status(&Profile::default()), "在岗");
    for said in ["personnel.status", "工作人员(涉密人员)名册", "全部"] {
        let profile = Profile {
            not_assumed: vec![said.to_owned()],
            ..Profile::default()
        };
        assert_eq!(status(&profile), "", "{said}");
    }
}

#[test]
fn columns_added_in_another_file_join_the_records_of_their_key() {
    let register = workbook(
        "涉密计算机台账.xlsx",
        vec![grid(
            "计算机",
            &[
                "涉密计算机台账",
                "资产编号|类型|密级|部门|责任人",
                "JM-1|台式机|机密|综合科|孟夏",
            ],
        )],
    );
    let added = |level: &str| {
        let row = format!("JM-1|{level}|是");
        let rows = [
            "计算机(信息设备)台账（补列）",
            "资产编号|核定密级|系统加密锁",
            &row,
        ];
        let digests = zicha_model::digest::FileDigests::of(level.as_bytes());
        zicha_read::formats::grid::RawFile {
            digests,
            ..workbook("补充台账/计算机.xlsx", vec![grid("补列", &rows)])
        }
    };
    let schemas = schemas();
    let read = |level: &str| {
        let files = [register.clone(), added(level)];
        let dataset = understand(&files, &schemas, &Profile::default());
        values(
            &schemas,
            &dataset,
            "computers",
            &["asset_no", "computer_type", "encryption_lock"],
        )
    };
    assert_eq!(read("机密"), [["JM-1", "台式机", "是"]]);
    // Two machines with one number remain two.
    assert_eq!(read("秘密").len(), 2);
}

#[test]
fn a_register_that_no_ledger_is_for_is_known_and_taken_for_none() {
    let keys = grid(
        "钥匙",
        &[
            "保密室及保密柜钥匙登记",
            "序号|门/柜|位置|钥匙编号|保管人|领取时间|交回",
            "1|保密室|二楼|K1|孟夏|2026-01-05|",
            "2|保密柜|二楼|K2|白露|2026-01-05|",
        ],
    );
    let passports = grid(
        "Sheet2",
        &[
            "涉密人员因私护照集中保管登记表",
            "序号|姓名|部门|职务|涉密等级|证件号码|上交日期",
            "1|孟夏|综合科|科长|重要|E0001|2026-01-05",
        ],
    );
    let (_, dataset) = read(vec![keys, passports]);
    for (at, name) in [(0, "钥匙登记"), (1, "证照保管登记")] {
        let usage = super::usage(&dataset, at);
        assert_eq!(usage.ledger, None);
        assert!(
            usage.why.contains(name) && usage.why.contains("没有可检查的内容"),
            "{usage:?}"
        );
    }
}

#[test]
fn a_title_over_the_whole_table_is_no_group_of_its_headings() {
    let mut sheet = grid(
        "Sheet1",
        &[
            "保密教育培训签到及情况统计",
            "序号|培训时间|培训地点|培训主题|授课人|参加人数",
            "1|2026-03-01|报告厅|保密法|孟夏|30",
            "2|2026-06-01|报告厅|警示教育|孟夏|28",
        ],
    );
    sheet.merged.push((1, 0, 1, 5));
    let (schemas, dataset) = read(vec![sheet]);
    let got = values(&schemas, &dataset, "trainings", &["held_on", "title"]);
    assert_eq!(got[0], ["2026-03-01", "保密法"]);
    let columns = &super::usage(&dataset, 0).columns;
    assert!(
        columns.iter().all(|c| !c.heading.contains("统计")),
        "{columns:?}"
    );
}

#[test]
fn a_column_of_names_says_the_kind_where_it_does() {
    let sheet = grid(
        "设备",
        &[
            "涉密信息设备清单",
            "设备编号|设备名称|规格型号|设备密级|责任人|所在部门|使用状态",
            "SB1|台式计算机|M1|机密|孟夏|综合科|在用",
            "SB2|便携式计算机|M2|秘密|白露|业务科|在用",
        ],
    );
    let (schemas, dataset) = read(vec![sheet]);
    let got = values(
        &schemas,
        &dataset,
        "computers",
        &["asset_no", "computer_type"],
    );
    assert_eq!(got, [["SB1", "台式机"], ["SB2", "便携机"]]);
}

#[test]
fn lists_of_people_and_of_other_things_are_no_registers() {
    let lists = [
        (
            "单位通讯录",
            "部门|姓名|职务|办公电话|手机",
            "综合科|孟夏|科长|1|2",
        ),
        (
            "图书借阅登记",
            "图书编号|书名|借阅人|借阅日期|归还日期",
            "1|红楼梦|孟夏|2026-01-01|2026-01-10",
        ),
        ("Sheet1", "部门|姓名|职务|手机", "综合科|孟夏|科长|1"),
        (
            "消防安全检查记录",
            "检查日期|检查部位|检查人|存在问题|整改措施|整改期限|整改结果",
            "2026-01-01|楼道|孟夏|堆物|清理|2026-01-05|已整改",
        ),
    ];
    for (title, headings, row) in lists {
        let (_, dataset) = read(vec![grid("Sheet1", &[title, headings, row, row])]);
        let usage = super::usage(&dataset, 0);
        assert_eq!(usage.ledger, None, "{title}: {usage:?}");
    }
}

#[test]
fn a_form_that_goes_with_one_paper_is_no_register() {
    let form = grid(
        "文件处理单",
        &[
            "示例局文件处理单",
            "来文单位|示例厅|文件编号|示办〔2026〕1号",
            "收文号|2026-001|收文日期|2026-03-01",
            "密级|机密|份数|1",
            "文件名称|关于检查的通知||",
            "拟办意见|||",
        ],
    );
    let (_, dataset) = read(vec![form]);
    let usage = super::usage(&dataset, 0);
    assert_eq!(usage.ledger, None, "{usage:?}");
}
