//! The waivers, waivers.yaml.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    zicha_fuzz::settings::load("waivers.yaml", bytes);
});
