//! Completions and manual pages, as the shells and `man` take them.

#![expect(clippy::expect_used, reason = "a test that fails says where")]

use std::process::{Command, Output};

use dryboot_testing::skip;

fn dryboot(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dryboot")).args(arguments).output().expect("the command runs")
}

#[test]
fn every_shell_gets_the_commands_and_their_options() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = dryboot(&["completions", shell]);
        let script = String::from_utf8(output.stdout).expect("text");
        assert!(output.status.success(), "{shell}");
        for word in ["preview", "no-embedded", "output-format"] {
            assert!(script.contains(word), "{shell} lacks {word}");
        }
    }
}

#[test]
fn bash_completes_an_option() {
    let output = dryboot(&["completions", "bash"]);
    let script = format!(
        "{}\nCOMP_WORDS=(dryboot lint --no-em); COMP_CWORD=2; _dryboot dryboot --no-em lint; echo \"${{COMPREPLY[@]}}\"",
        String::from_utf8_lossy(&output.stdout)
    );
    let Ok(answer) = Command::new("bash").args(["-c", &script]).output() else {
        return skip("bash is not installed");
    };
    assert_eq!(String::from_utf8_lossy(&answer.stdout).trim(), "--no-embedded");
}

#[test]
fn each_command_has_a_page() {
    let folder = std::env::temp_dir().join(format!("dryboot-man-{}", std::process::id()));
    let output = dryboot(&["man", "--out", &folder.to_string_lossy()]);
    assert!(output.status.success());
    for page in ["dryboot.1", "dryboot-lint.1", "dryboot-preview.1"] {
        let text = std::fs::read_to_string(folder.join(page)).expect(page);
        assert!(text.contains(".TH"), "{page}");
    }
    std::fs::remove_dir_all(&folder).expect("removed");
}
