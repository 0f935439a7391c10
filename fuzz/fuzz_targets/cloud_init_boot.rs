#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| dryboot_fuzz_targets::cloud_init_boot(data));
