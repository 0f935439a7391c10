//! The boot of Debian 12 against that of cloud-init itself, as Debian packages it: accounts, files and the scripts that
//! commands become.
//!
//! `DRYBOOT_CLOUD_INIT` names the folder of its Python packages, and `DRYBOOT_PYTHON` the Python to run it.
//! `cargo xtask test` fetches both and sets them. `peer.py` runs the modules without doing what they ask for.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that fails says where")]

mod effects;
mod peer;

use dryboot_cloud_init::target::Target;
use dryboot_cloud_init_boot::{Machine, Preview, preview};
use dryboot_testing::{CloudInit, skip};
use effects::Effects;
use serde_json::{Value, json};

/// The configs, each with the kind of effects that it is about.
const CONFIGS: [(&str, &str); 5] = [
    ("users", include_str!("configs/users.yaml")),
    ("files", include_str!("configs/files.yaml")),
    ("commands", include_str!("configs/commands.yaml")),
    ("names", include_str!("configs/names.yaml")),
    ("mixed", include_str!("configs/mixed.txt")),
];

fn metadata() -> Value {
    json!({
        "instance-id": "i-0abc123",
        "local-hostname": "host",
        "role": "db",
        "owner": "ada",
        "group": "daemon",
        "ports": [5432, 5433],
    })
}

fn boot(text: &str) -> Preview {
    let target = Target::parse("debian-12").unwrap_or_else(|error| panic!("{error}"));
    let machine = Machine { metadata: Some(metadata()), ..Machine::default() };
    preview(text.as_bytes(), &target, &machine).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn accounts_files_and_scripts_are_those_of_cloud_init_itself() {
    let Some(place) = CloudInit::named() else { return skip(CloudInit::MISSING) };
    let mut differences = Vec::new();
    for (name, text) in CONFIGS {
        let preview = boot(text);
        let theirs = peer::effects(&place, name, text, &metadata(), &preview).comparable();
        let ours = Effects::of(&preview).comparable();
        assert!(!theirs.commands.is_empty() && !theirs.files.is_empty(), "{name}: cloud-init did nothing");
        differences.extend(ours.differences(&theirs).map(|difference| format!("{name}: {difference}")));
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}
