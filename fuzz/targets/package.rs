//! Any bytes as a workbook: packages, containers, what is no table at all.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    zicha_fuzz::read_file("台账.xlsx", bytes);
});
