//! The binary parts of an xlsb.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some(package) = zicha_fuzz::packages::xlsb(bytes) {
        zicha_fuzz::read_file("收文登记簿.xlsb", &package);
    }
});
