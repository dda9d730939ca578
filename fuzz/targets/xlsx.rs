//! Sheet, shared strings, styles and workbook of an xlsx.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    zicha_fuzz::read_file("收文登记簿.xlsx", &zicha_fuzz::packages::xlsx(bytes));
});
