//! Delimited text in any encoding.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    zicha_fuzz::read_file("收文登记簿.csv", bytes);
});
