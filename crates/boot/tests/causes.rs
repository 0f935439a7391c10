//! Every effect names what it is due to: places of the user's text that hold its value, or the
//! metadata.

#![expect(clippy::expect_used, reason = "a test may fail")]

use dryboot_boot::{Action, Cause, Effect, MachineDescription, Preview, preview};
use dryboot_coreos::Target;
use dryboot_yaml::Span;

fn machine() -> MachineDescription {
    MachineDescription {
        private_ipv4: Some("10.0.0.1".to_owned()),
        ssh_keys: [("m".to_owned(), "meta-key".to_owned())].into(),
        network_config: Some("iface eth0 inet dhcp\n".to_owned()),
        ..MachineDescription::default()
    }
}

/// The user's text behind an effect.
fn behind(effect: &Effect, text: &str) -> Vec<String> {
    let place = |cause: &Cause| match cause {
        Cause::Text(span) => Some(span.slice(text).trim().to_owned()),
        _ => None,
    };
    effect.causes.iter().filter_map(place).collect()
}

fn find(preview: &Preview, wanted: impl Fn(&Action) -> bool) -> &Effect {
    preview.effects.iter().find(|effect| wanted(&effect.action)).expect("the effect")
}

fn writes(wanted: &'static str) -> impl Fn(&Action) -> bool {
    move |action| matches!(action, Action::WriteFile { path, .. } if path == wanted)
}

const CONFIG: &str = r#"#cloud-config
hostname: bilby
ssh_authorized_keys:
  - user-key
users:
  - name: ranger
    groups: [docker]
    shell: /bin/zsh
write_files:
  - path: /etc/address
    owner: core
    content: address=$private_ipv4
coreos:
  update:
    group: beta
  etcd2:
    name: one
  units:
    - &unit
      name: zoo.service
      command: start
      content: |
        [Service]
        ExecStart=/bin/true
      drop_ins:
        - name: 10-more.conf
          content: more
    - name: mask.service
      mask: true
"#;

#[test]
fn every_effect_of_a_config_leads_to_the_lines_that_hold_its_value() {
    for target in Target::ALL {
        let preview = preview(CONFIG.as_bytes(), target, &machine());
        assert_eq!(preview.exit_code, 0);
        let causes = |wanted: &dyn Fn(&Action) -> bool| behind(find(&preview, wanted), CONFIG);
        assert_eq!(causes(&|action| matches!(action, Action::SetHostname { .. })), ["bilby"]);
        let user = causes(&|action| matches!(action, Action::UserAdd { .. }));
        assert_eq!(user, ["ranger", "[docker]", "/bin/zsh"]);
        assert_eq!(causes(&writes("/etc/address")), ["/etc/address", "address=$private_ipv4", "core"]);
        let owner = causes(&|action| matches!(action, Action::ChangeOwner { .. }));
        assert!(owner.contains(&"core".to_owned()));
        assert_eq!(causes(&writes("/etc/coreos/update.conf")), ["beta"]);
        let unit = causes(&writes("/etc/systemd/system/zoo.service"));
        assert_eq!(unit[0], "zoo.service");
        assert!(unit[1].contains("ExecStart=/bin/true"), "{unit:?}");
        assert_eq!(
            causes(&writes("/etc/systemd/system/zoo.service.d/10-more.conf")),
            ["zoo.service", "10-more.conf", "more"]
        );
        let mask = causes(&|action| matches!(action, Action::Mask { .. }));
        assert_eq!(mask, ["mask.service", "true"]);
        let start =
            |action: &Action| matches!(action, Action::UnitCommand { command, .. } if command == "start");
        assert_eq!(causes(&start), ["zoo.service", "start"]);
        let drop_in = find(&preview, writes("/run/systemd/system/etcd2.service.d/20-cloudinit.conf"));
        assert_eq!(behind(drop_in, CONFIG), ["one"]);
        assert!(drop_in.causes.contains(&Cause::Generated("coreos.etcd2")));
    }
}

#[test]
fn values_of_the_metadata_say_so() {
    let preview = preview(CONFIG.as_bytes(), Target::CoreOs, &machine());
    let file = find(&preview, writes("/etc/address"));
    assert!(file.causes.contains(&Cause::Metadata("private_ipv4")));
    let environment = find(&preview, writes("/etc/environment"));
    assert_eq!(environment.causes, [Cause::Metadata("private_ipv4")]);
    let keys = find(&preview, |action| matches!(action, Action::UpdateSshKeys { .. }));
    assert_eq!(behind(keys, CONFIG), ["user-key"]);
    assert!(keys.causes.contains(&Cause::Metadata("ssh_keys")));
}

#[test]
fn every_effect_has_a_cause_inside_the_text() {
    let machine = MachineDescription { convert_netconf: Some("debian".to_owned()), ..machine() };
    for target in Target::ALL {
        for text in [CONFIG, "#!/bin/sh\necho $private_ipv4\n"] {
            let preview = preview(text.as_bytes(), target, &machine);
            for effect in &preview.effects {
                assert!(!effect.causes.is_empty(), "{effect:?}");
                let is_inside = |cause: &Cause| match cause {
                    Cause::Text(span) => span.start <= span.end && span.end <= text.len(),
                    _ => true,
                };
                assert!(effect.causes.iter().all(is_inside), "{effect:?}");
            }
        }
    }
}

#[test]
fn a_failure_names_the_value_that_it_is_about() {
    let text = "#cloud-config\nmanage_etc_hosts: sometimes\n";
    let preview = preview(text.as_bytes(), Target::CoreOs, &MachineDescription::default());
    let message = preview.messages.last().expect("a message");
    assert_eq!(message.causes, [Cause::Text(Span::new(32, 41))]);
    assert_eq!(Span::new(32, 41).slice(text), "sometimes");
}

#[test]
fn parts_of_a_message_lead_to_their_place_in_it() {
    let text = "Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: text/cloud-config\n\n\
                #cloud-config\nhostname: first\n--B\nContent-Type: text/plain\n\
                Content-Transfer-Encoding: base64\n\n\
                I2Nsb3VkLWNvbmZpZwp3cml0ZV9maWxlczogW3twYXRoOiAvZXRjL3h9XQo=\n--B--\n";
    let preview = preview(text.as_bytes(), Target::Flatcar, &MachineDescription::default());
    assert_eq!(preview.messages, []);
    let name = find(&preview, |action| matches!(action, Action::SetHostname { .. }));
    assert_eq!(behind(name, text), ["first"]);
    let file = find(&preview, writes("/etc/x"));
    assert!(behind(file, text)[0].starts_with("I2Nsb3Vk"), "{file:?}");
}
