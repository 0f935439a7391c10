//! What a build without the cargo feature `openpgp` says for the commands that it lacks. The suite tests it with the
//! command that the README installs first; `cargo test -p dryboot-cli --no-default-features --test absent` does here.

#![cfg(not(feature = "openpgp"))]

use std::process::Command;

#[test]
fn commands_that_are_not_built_in_say_how_to_get_them() {
    for arguments in [&["verify"][..], &["verify", "image.bin", "--keyring", "key.asc"], &["image", "fetch"]]
    {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dryboot"));
        let output = command.args(arguments).output().expect("dryboot runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains("run `cargo install --path crates/cli`"), "{arguments:?}: {said}");
    }
}
