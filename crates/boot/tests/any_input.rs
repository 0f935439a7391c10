//! No text and no description makes the preview panic, and none leads outside the text.

use std::path::Path;

use dryboot_boot::{Cause, NetconfFormat, convert_netconf, parse_description, preview};
use dryboot_coreos::Target;

#[test]
fn every_recorded_text_can_be_previewed_whole_and_broken_off() {
    let description =
        br#"{"private_ipv4": "10.0.0.1", "public_ipv6": "nonsense", "env": {"COREOS_PUBLIC_IPV6": "x:"},
        "files": {"relative": "x", "": "y", "/etc": "symlink:/etc", "/run/systemd": "a file"}}"#;
    let description = parse_description(description).expect("a description");
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance/coreos");
    for corpus in ["apply", "validate", "netconf"] {
        for entry in std::fs::read_dir(corpora.join(corpus)).expect("the corpus") {
            let path = entry.expect("an entry").path();
            if path.extension().is_none_or(|extension| extension != "in") {
                continue;
            }
            let bytes = std::fs::read(&path).expect("the input");
            for end in [bytes.len(), bytes.len() / 2, bytes.len() * 9 / 10] {
                for target in Target::ALL {
                    let preview = preview(&bytes[..end], target, &description);
                    let spans = preview.effects.iter().flat_map(|effect| &effect.causes);
                    let is_gzip = bytes.starts_with(&[0x1F, 0x8B]);
                    assert!(
                        is_gzip
                            || spans.into_iter().all(|cause| match cause {
                                Cause::Text(span) => span.end <= end,
                                _ => true,
                            })
                    );
                    let text = String::from_utf8_lossy(&bytes[..end]);
                    for format in [NetconfFormat::Debian, NetconfFormat::Vmware] {
                        let _ = convert_netconf(&text, format, target);
                    }
                }
            }
        }
    }
}
