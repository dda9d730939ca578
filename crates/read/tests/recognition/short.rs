//! Registers with few columns, as a unit begins them: their name and a handful of headings say what they are.

use super::{grid, workbook};
use zicha_model::{
    dataset::SheetUse,
    profile::Profile,
    schema::{LedgerSchema, Schemas},
};
use zicha_read::formats::grid::RawFile;
use zicha_read::understand;
use zicha_testing::schemas;

/// The sheet of a register, read among the unit's files.
fn taken(schemas: &Schemas, file: RawFile) -> SheetUse {
    let dataset = understand(&[file], schemas, &Profile::default());
    dataset.inputs[0].sheets[0].clone()
}

fn labels(ledger: &LedgerSchema, most: usize) -> String {
    let labels = ledger.fields.iter().take(most);
    let labels: Vec<_> = labels.map(|field| field.label.as_str()).collect();
    labels.join("|")
}

/// `涉密文件收文登记簿` → `涉密文件收文`.
fn stem(label: &str) -> String {
    let endings = ["登记簿", "登记表", "台账", "记录", "名册", "清单"];
    let cut = |text: String, ending: &str| text.replace(ending, "");
    endings.into_iter().fold(label.to_owned(), cut)
}

fn all_are_taken(file: impl Fn(&LedgerSchema) -> RawFile) {
    let schemas = schemas();
    let passed_over: Vec<_> = schemas
        .ledger_ids()
        .filter(|id| taken(&schemas, file(schemas.ledger(*id))).ledger != Some(*id))
        .map(|id| schemas.ledger(id).label.clone())
        .collect();
    assert!(passed_over.is_empty(), "{passed_over:?}");
}

#[test]
fn three_columns_on_a_sheet_of_its_name_make_a_register() {
    all_are_taken(|ledger| {
        let rows = [labels(ledger, 3), "1|2|3".to_owned()];
        let rows: Vec<_> = rows.iter().map(String::as_str).collect();
        workbook("台账/登记.xlsx", vec![grid(&ledger.label, &rows)])
    });
}

#[test]
fn five_columns_make_a_register_whatever_else_stands_beside_them_if_the_file_is_called_so() {
    all_are_taken(|ledger| {
        let heading = format!("{}|经办情况|其他情况", labels(ledger, 5));
        let rows = ["", &heading, "1|2|3|4|5|6|7"];
        let path = format!("台账/{}.xlsx", stem(&ledger.label));
        workbook(&path, vec![grid("2026", &rows)])
    });
}

#[test]
fn a_register_of_all_papers_that_speaks_of_no_secrets_is_not_the_one_of_secret_papers() {
    let rows = [
        "收文登记簿",
        "序号|收文日期|来文单位|文号|标题|拟办意见|经办情况",
        "1|2026-03-02|某局|某发〔2026〕1号|关于春季植树的通知|阅|已办",
    ];
    let schemas = schemas();
    let read = |rows: &[&str]| {
        let file = workbook("台账/收文.xlsx", vec![grid("2026", rows)]);
        taken(&schemas, file)
    };
    let usage = read(&rows);
    assert_eq!(usage.ledger, None);
    let why = "列像“涉密文件收文登记簿”，但列名、表名和文件名都没有说到涉密";
    assert!(usage.why.ends_with(why), "{}", usage.why);
    let secret = [
        rows[0],
        "序号|收文日期|来文单位|文号|标题|密级|经办情况",
        rows[2],
    ];
    let usage = read(&secret);
    assert!(usage.ledger.is_some());
}
