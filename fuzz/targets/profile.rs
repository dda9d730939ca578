//! The profile, zicha.yaml.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    zicha_fuzz::settings::load("zicha.yaml", bytes);
});
