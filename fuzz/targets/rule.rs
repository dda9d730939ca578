//! Controls of a unit's own pack, their rules included.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    zicha_fuzz::settings::rules(bytes);
});
