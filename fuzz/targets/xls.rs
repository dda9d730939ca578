//! Workbooks of Excel 97–2003 and older .et files.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    zicha_fuzz::read_file("收文登记簿.xls", bytes);
});
