//! The content of an OpenDocument spreadsheet.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    zicha_fuzz::read_file("收文登记簿.ods", &zicha_fuzz::packages::ods(bytes));
});
