//! The memory of a run: what would pass it is left out and told, the rest is read.

use std::fs;
use zicha_model::diag::codes;
use zicha_model::{dataset::Dataset, profile::Profile};
use zicha_read::Options;
use zicha_testing::schemas;

/// Three ledgers of received documents, the second with a hundred times as many records.
fn read_within(bytes: u64) -> Dataset {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, rows) in [("a", 20), ("b", 2_000), ("c", 20)] {
        let mut text =
            "登记号,收文日期,登记日期,登记人,来文单位,发文字号,文件标题,密级\n".to_owned();
        for row in 0..rows {
            text.push_str(&format!(
                "{name}{row},2026-03-05,2026-03-05,张三,某局,函{name}{row},关于第{row}项的通知,秘密\n"
            ));
        }
        fs::write(folder.path().join(format!("收文登记簿{name}.csv")), text).expect("written");
    }
    let schemas = schemas();
    let (profile, options) = (Profile::default(), Options::default());
    zicha_read::read_within(bytes, folder.path(), &schemas, &profile, &options)
}

fn records(dataset: &Dataset) -> usize {
    dataset
        .tables
        .iter()
        .flatten()
        .map(|table| table.len())
        .sum()
}

#[test]
fn what_fits_is_read_whole() {
    let dataset = read_within(64 << 20);
    assert_eq!(records(&dataset), 2_040);
    assert_eq!(dataset.diagnostics, []);
}

#[test]
fn a_file_that_would_pass_the_bound_is_told_and_the_others_are_read() {
    let dataset = read_within(100 << 10);
    assert_eq!(records(&dataset), 40);
    let [told] = dataset.diagnostics.as_slice() else {
        unreachable!("one file is told: {:?}", dataset.diagnostics)
    };
    assert_eq!(told.code, codes::MEMORY_BUDGET);
    assert_eq!(told.locus.file.as_deref(), Some("收文登记簿b.csv"));
    assert!(told.message.contains("上限 100 KB"), "{}", told.message);
    assert!(!dataset.inputs[1].readable);
}
