//! Ledgers as YAML.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    zicha_fuzz::read_file("台账.yaml", bytes);
});
