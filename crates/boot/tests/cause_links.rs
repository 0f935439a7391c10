//! Every effect of every example, on every platform, leads to lines that hold its value: in the
//! user's text, in the config of the image, or to the metadata that brings it.

#![expect(clippy::expect_used, reason = "a test may fail")]

use std::path::{Path, PathBuf};

use dryboot_boot::platform::{BootInput, PLATFORMS, boot, describe, presets};
use dryboot_boot::{Action, Cause, Effect, HttpResponse, MachineDescription, Preview, Purpose};

fn examples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let entries = std::fs::read_dir(folder).expect("the examples");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    // The others are for a program that does not boot like this.
    let is_for_cloud_init = |path: &PathBuf| path.to_string_lossy().contains("cloud-init-");
    let mut paths: Vec<_> = paths.filter(|path| !is_for_cloud_init(path)).collect();
    paths.sort();
    paths
}

/// What an effect is about, as it is written somewhere; none for what follows from others.
fn values(action: &Action) -> Vec<String> {
    match action {
        Action::SetHostname { hostname, .. } => vec![hostname.clone()],
        Action::UserAdd { argv, .. } => argv.last().cloned().into_iter().collect(),
        Action::UpdateSshKeys { argv, stdin, .. } if !argv.iter().any(|word| word.starts_with("github-")) => {
            stdin.lines().map(str::to_owned).collect()
        }
        Action::WriteFile { path, purpose: Purpose::File, .. } if !is_generated(path) => vec![path.clone()],
        Action::WriteFile { unit: Some(unit), purpose: Purpose::Unit, content, .. } => {
            let lines = content.lines().filter(|line| !line.is_empty());
            lines.map(str::to_owned).chain([unit.clone()]).collect()
        }
        Action::Enable { units, .. } => units.clone(),
        Action::UnitCommand { command, unit, .. } if !is_of_setting(unit, command) => {
            vec![command.clone(), unit.clone()]
        }
        _ => Vec::new(),
    }
}

/// Files that settings generate have paths of their own.
fn is_generated(path: &str) -> bool {
    ["/etc/oem-release", "/etc/coreos/update.conf", "/etc/hosts", "/run/flannel/options.env"].contains(&path)
}

/// Services that update settings restart or stop.
fn is_of_setting(unit: &str, command: &str) -> bool {
    let is_named =
        ["locksmithd.service", "update-engine.service", "systemd-networkd.service"].contains(&unit);
    is_named && command != "start"
}

/// The texts behind an effect, and whether anything else is.
fn behind<'p>(effect: &Effect, preview: &'p Preview) -> (Vec<&'p str>, bool) {
    let mut texts = Vec::new();
    let mut others = false;
    for cause in &effect.causes {
        match cause {
            Cause::Text(span) => texts.push(span.slice(&preview.text)),
            Cause::Oem(span) => {
                texts.push(span.slice(preview.oem.as_deref().expect("a config of the image")));
            }
            Cause::Vendor(_) | Cause::Metadata(_) | Cause::Environment(_) | Cause::Generated(_) => {
                others = true;
            }
        }
    }
    (texts, others)
}

#[test]
fn every_effect_of_every_example_leads_to_its_value() {
    let mut checked = 0;
    for path in examples() {
        let text = std::fs::read(&path).expect("an example");
        for platform in PLATFORMS {
            for &target in platform.targets {
                let mut machine = MachineDescription::default();
                let keys = HttpResponse { status: 200, body: r#"[{"key": "ssh-rsa AAAA"}]"#.to_owned() };
                machine.http.insert("https://api.github.com/users/octocat/keys".to_owned(), keys);
                let preset = presets(platform).next();
                let described = preset.map(|preset| {
                    describe(platform, None, target, preset.text.as_bytes(), |_| None, &mut machine)
                });
                let datasource = described.and_then(|described| described.expect("metadata").datasource);
                let input = BootInput { target, platform, datasource, oem: None, machine: &machine };
                let preview = boot(&text, &input).expect("supported");
                for effect in &preview.effects {
                    let (texts, others) = behind(effect, &preview);
                    assert!(!texts.is_empty() || others, "{}: {effect:?}", path.display());
                    for value in values(&effect.action) {
                        let is_there = texts.iter().any(|text| text.contains(value.as_str()));
                        let is_metadata =
                            effect.causes.iter().any(|cause| matches!(cause, Cause::Metadata(_)));
                        assert!(
                            is_there || is_metadata,
                            "{} on {}: {value}: {effect:?}",
                            path.display(),
                            platform.name
                        );
                        checked += 1;
                    }
                }
            }
        }
    }
    assert!(checked > 1000, "{checked}");
}
