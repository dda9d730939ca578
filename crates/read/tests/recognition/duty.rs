//! Duty rosters and sign-in sheets, which are no lists of records.

use super::{grid, read, skipped, usage, values, workbook};
use zicha_model::{dataset::Dataset, profile::Profile, schema::Schemas};
use zicha_read::formats::grid::Grid;
use zicha_read::understand;
use zicha_testing::{ledger_id, schemas};

/// Begin, end and person of every record, in words.
fn roster(sheet: Grid) -> Vec<String> {
    let (schemas, dataset) = read(vec![sheet]);
    told(&schemas, &dataset)
}

fn told(schemas: &Schemas, dataset: &Dataset) -> Vec<String> {
    let rows = values(
        schemas,
        dataset,
        "duty_roster",
        &["start_at", "end_at", "person"],
    );
    rows.iter().map(|row| row.join(" ")).collect()
}

/// The place of a field of a record, as `B3`.
fn place(schemas: &Schemas, dataset: &Dataset, row: u32, field: &str) -> String {
    let ledger = ledger_id(schemas, "duty_roster");
    let field = schemas.ledger(ledger).field_by_id(field).expect("a field");
    let table = dataset.table(ledger).expect("a roster");
    let place = dataset.place(table, row, field);
    format!("{}{}", place.column.unwrap_or_default(), place.row)
}

#[test]
fn days_down_and_posts_across() {
    let sheet = grid(
        "Sheet1",
        &[
            "示例单位2026年国庆节值班安排表",
            "日期|星期|带班领导|联系电话|值班人员|值班电话",
            "10月1日|四|孟夏|13900000001|江涛、白露|5550001",
            "10月2日|五|孟夏|13900000001|方圆|5550002",
            "10月3日|六|孟夏|13900000001||5550003",
            "注：值班时间为当日8:30至次日8:30。",
        ],
    );
    let (schemas, dataset) = read(vec![sheet]);
    assert_eq!(
        told(&schemas, &dataset),
        [
            "2026-10-01 08:30 2026-10-02 08:30 江涛",
            "2026-10-01 08:30 2026-10-02 08:30 白露",
            "2026-10-02 08:30 2026-10-03 08:30 方圆",
            "2026-10-03 08:30 2026-10-04 08:30 ",
        ]
    );
    let beside = values(
        &schemas,
        &dataset,
        "duty_roster",
        &["leader", "leader_phone", "phone"],
    );
    assert_eq!(beside[2], ["孟夏", "13900000001", "5550002"]);
    assert_eq!(place(&schemas, &dataset, 1, "person"), "E3");
    assert_eq!(place(&schemas, &dataset, 2, "start_at"), "A4");
    assert_eq!(place(&schemas, &dataset, 3, "person"), "E5");
    let usage = usage(&dataset, 0);
    assert_eq!(usage.heading_row, Some(2));
    assert_eq!(
        skipped(usage),
        [
            ("标题行以上的表名和说明".to_owned(), vec![1]),
            ("表下说明或签字栏".to_owned(), vec![6])
        ]
    );
    assert!(
        dataset
            .diagnostics
            .iter()
            .any(|d| d.code.name() == "shift-without-anybody")
    );
}

#[test]
fn shifts_across_with_and_without_hours() {
    let stated = grid(
        "2月",
        &[
            "机要室值班表（2026年2月）",
            "日期|早班（0:00-8:00）|中班（8:00-16:00）|晚班（16:00-24:00）|备注",
            "2026-02-16|孟夏|江涛|白露|除夕",
        ],
    );
    assert_eq!(
        roster(stated),
        [
            "2026-02-16 00:00 2026-02-16 08:00 孟夏",
            "2026-02-16 08:00 2026-02-16 16:00 江涛",
            "2026-02-16 16:00 2026-02-17 00:00 白露",
        ]
    );
    let bare = grid(
        "Sheet1",
        &[
            "2026年值班表",
            "日期|白班|夜班",
            "5月1日|孟夏|江涛",
            "5月2日|白露|",
        ],
    );
    assert_eq!(
        roster(bare),
        [
            "2026-05-01 2026-05-01 孟夏",
            "2026-05-01 2026-05-01 江涛",
            "2026-05-02 00:00 2026-05-02 18:00 白露",
            "2026-05-02 18:00 2026-05-03 00:00 ",
        ]
    );
    let parts = grid(
        "Sheet1",
        &["2026年值班表", "日期|上午|下午|夜间", "5.1|孟夏|江涛|白露"],
    );
    assert_eq!(roster(parts).len(), 3);
    let twice = grid(
        "Sheet1",
        &[
            "2026年清明节值班安排表",
            "日期|上午（8:30-12:00）||下午（14:00-17:30）||带班领导",
            "|值班员|电话|值班员|电话|",
            "4月4日|孟夏|5550001|江涛|5550002|方圆",
        ],
    );
    assert_eq!(
        roster(twice),
        [
            "2026-04-04 08:30 2026-04-04 12:00 孟夏",
            "2026-04-04 14:00 2026-04-04 17:30 江涛",
        ]
    );
}

#[test]
fn a_column_of_shifts_or_hours_below_each_day() {
    let sheet = grid(
        "Sheet1",
        &[
            "2026年劳动节值班表",
            "值班日期|班次|值班员|联系电话",
            "5月1日|白班8:00-20:00|孟夏|5550001",
            "|夜班20:00-次日8:00|江涛|5550002",
            "5月2日|白班8:00-20:00|白露|5550003",
            "|夜班20:00-次日8:00||",
        ],
    );
    assert_eq!(
        roster(sheet),
        [
            "2026-05-01 08:00 2026-05-01 20:00 孟夏",
            "2026-05-01 20:00 2026-05-02 08:00 江涛",
            "2026-05-02 08:00 2026-05-02 20:00 白露",
            "2026-05-02 20:00 2026-05-03 08:00 ",
        ]
    );
}

#[test]
fn days_across_and_shifts_down() {
    let sheet = grid(
        "Sheet1",
        &[
            "2026年春节值班安排",
            "班次|2月16日|2月17日",
            "带班领导|方圆|方圆",
            "白班（8:00-18:00）|孟夏|白露",
            "夜班（18:00-次日8:00）|江涛|",
            "值班电话：5550001",
        ],
    );
    assert_eq!(
        roster(sheet),
        [
            "2026-02-16 08:00 2026-02-16 18:00 孟夏",
            "2026-02-17 08:00 2026-02-17 18:00 白露",
            "2026-02-16 18:00 2026-02-17 08:00 江涛",
            "2026-02-17 18:00 2026-02-18 08:00 ",
        ]
    );
}

#[test]
fn people_down_days_across_and_marks_between() {
    let sheet = grid(
        "Sheet1",
        &[
            "保密室2026年10月1日至3日值班表",
            "姓名|10月1日|10月2日|10月3日",
            "孟夏|√|休|",
            "江涛||√|",
        ],
    );
    let (schemas, dataset) = read(vec![sheet]);
    assert_eq!(
        told(&schemas, &dataset),
        [
            "2026-10-01 2026-10-01 孟夏",
            "2026-10-02 2026-10-02 江涛",
            "2026-10-03 2026-10-03 ",
        ]
    );
    assert_eq!(place(&schemas, &dataset, 1, "person"), "A4");
    assert_eq!(place(&schemas, &dataset, 1, "start_at"), "C2");
    let letters = grid(
        "Sheet1",
        &[
            "保密室2026年10月值班表",
            "姓名|1日|2日",
            "孟夏|白|夜",
            "江涛|夜|白",
        ],
    );
    let told = roster(letters);
    assert_eq!(told.len(), 4);
    assert!(
        told.contains(&"2026-10-02 2026-10-02 孟夏".to_owned()),
        "{told:?}"
    );
}

#[test]
fn a_month_as_a_calendar() {
    let sheet = grid(
        "Sheet1",
        &[
            "值班安排（2026年4月）",
            "日|一|二|三|四|五|六",
            "|||1|2|3|4",
            "|||孟夏|江涛||白露",
            "5|6|7|8|9|10|11",
            "方圆|孟夏、江涛|白露|方圆|孟夏|江涛|白露",
        ],
    );
    let told = roster(sheet);
    assert_eq!(told.len(), 12);
    assert_eq!(told[0], "2026-04-01 2026-04-01 孟夏");
    assert_eq!(told[2], "2026-04-03 2026-04-03 ");
    assert_eq!(told[5], "2026-04-06 2026-04-06 孟夏");
    let inside = grid(
        "2026年5月值班",
        &[
            "星期一|星期二|星期三|星期四|星期五|星期六|星期日",
            "||||1日 孟夏|2日 江涛|3日 白露",
            "4日 孟夏|5日 江涛|6日 白露|7日 孟夏|8日|9日 江涛|10日 白露",
        ],
    );
    let told = roster(inside);
    assert_eq!(told.len(), 10);
    assert_eq!(told[7], "2026-05-08 2026-05-08 ");
}

#[test]
fn names_come_with_telephones_posts_and_each_other() {
    let names = |cell: &str| {
        let row = format!("10月1日|{cell}");
        let sheet = grid(
            "Sheet1",
            &["2026年国庆值班表", "日期|值班人员及联系电话", &row],
        );
        let told = roster(sheet);
        let person = |text: &String| text.rsplit(' ').next().unwrap_or_default().to_owned();
        told.iter().map(person).collect::<Vec<_>>().join("、")
    };
    let cases = [
        ("孟夏13900000001", "孟夏"),
        ("孟夏（13900000001）", "孟夏"),
        ("孟夏 0571-5550001", "孟夏"),
        ("孟夏13900000001江涛13900000002", "孟夏、江涛"),
        ("孟夏 江涛", "孟夏、江涛"),
        ("孟夏\n江涛", "孟夏、江涛"),
        ("孟　夏", "孟夏"),
        ("孟夏/站长", "孟夏"),
        ("孟夏/江涛", "孟夏、江涛"),
        ("带班：方圆 值班：孟夏、江涛", "孟夏、江涛"),
        ("电话：13900000001 孟夏", "孟夏"),
    ];
    for (cell, wanted) in cases {
        assert_eq!(names(cell), wanted, "{cell}");
    }
}

#[test]
fn other_tables_with_days_are_no_rosters() {
    let shop = grid(
        "班表",
        &["某店7月班表", "姓名|1|2|3|4|5|6", "甲|●|休|●|休|●|休"],
    );
    assert_eq!(roster(shop), [] as [String; 0]);
    let telephones = grid(
        "Sheet1",
        &[
            "值班电话表",
            "部门|值班电话|备注",
            "办公室|5550001|",
            "财务科|5550002|",
        ],
    );
    assert_eq!(roster(telephones), [] as [String; 0]);
}

#[test]
fn the_settings_may_say_that_a_sheet_is_a_roster() {
    let sheet = grid("Sheet1", &["日期|白班|夜班", "2026-05-01|孟夏|江涛"]);
    let schemas = schemas();
    let mut profile = Profile::default();
    profile
        .sheets
        .insert("五月.xlsx".to_owned(), "duty_roster".to_owned());
    let dataset = understand(&[workbook("五月.xlsx", vec![sheet])], &schemas, &profile);
    assert_eq!(told(&schemas, &dataset).len(), 2);
}

fn trainings(sheet: Grid) -> (Vec<Vec<String>>, String) {
    let (schemas, dataset) = read(vec![sheet]);
    let fields = ["title", "held_on", "attendees"];
    let why = usage(&dataset, 0).why.clone();
    (values(&schemas, &dataset, "trainings", &fields), why)
}

#[test]
fn a_sign_in_sheet_is_one_training() {
    let (rows, _) = trainings(grid(
        "Sheet1",
        &[
            "保密培训签到表",
            "培训主题|保密法实施条例学习||培训时间|2026年3月12日",
            "序号|姓名|部门|签名|序号|姓名|部门|签名",
            "1|孟夏|办公室|孟夏|3|白露|人事科|白露",
            "2|江涛|办公室||4|||",
        ],
    ));
    assert_eq!(rows, [["保密法实施条例学习", "2026-03-12", "孟夏、白露"]]);
    let (rows, _) = trainings(grid(
        "Sheet1",
        &[
            "2026年一季度保密教育签到表",
            "时间：2026.3.20",
            "序号|姓名|部门",
            "1|孟夏|办公室",
            "2|江涛|办公室",
        ],
    ));
    assert_eq!(rows, [["2026年一季度保密教育", "2026-03-20", "孟夏、江涛"]]);
}

#[test]
fn a_register_of_trainings_is_no_sign_in_sheet_though_it_is_called_so() {
    let (rows, _) = trainings(grid(
        "保密培训签到台账",
        &[
            "保密教育培训登记表（附签到）",
            "培训主题|培训日期|培训类别|姓名|签到",
            "保密法学习|2026.3.3|日常教育|孟夏、江涛|√",
            "保密技术讲座|2026.4.3|日常教育|白露|√",
        ],
    ));
    assert_eq!(rows.len(), 2);
}

#[test]
fn a_sign_in_sheet_without_anybody_or_secrecy_is_none() {
    let (rows, why) = trainings(grid(
        "Sheet1",
        &[
            "保密培训签到表",
            "培训名称|||培训人",
            "序号|姓名|部门|签名|序号|姓名|部门|签名",
            "1||||17|||",
            "2||||18|||",
        ],
    ));
    assert!(rows.is_empty() && why.contains("没有人签到"), "{why}");
    let (rows, why) = trainings(grid(
        "Sheet1",
        &["消防培训签到表", "序号|姓名|签名", "1|孟夏|孟夏"],
    ));
    assert!(rows.is_empty() && why.contains("没有说到保密"), "{why}");
    let (rows, why) = trainings(grid(
        "Sheet1",
        &["保密培训签到表", "序号|姓名|签名", "1|孟夏|", "2|江涛|"],
    ));
    assert!(rows.is_empty() && why.contains("2 人都没有签到"), "{why}");
}
