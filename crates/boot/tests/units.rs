//! What systemd does with the units of a boot: who starts when, and what goes wrong.

#![expect(clippy::expect_used, reason = "a test may fail")]

use dryboot_boot::platform::{BootInput, Platform, boot};
use dryboot_boot::units::{JobEnd, Origin, UnitEnd, Units, outlook};
use dryboot_boot::{Cause, MachineDescription, Preview, preview};
use dryboot_coreos::Target;

/// A unit of a config: its name, keys, and the lines of its content.
fn unit(name: &str, keys: &str, content: &str) -> String {
    let keys: String = keys.split(' ').filter(|key| !key.is_empty()).fold(String::new(), |all, key| {
        let (key, value) = key.split_once('=').expect("KEY=VALUE");
        format!("{all}      {key}: {value}\n")
    });
    let content: String = content.lines().map(|line| format!("        {line}\n")).collect();
    let content = if content.is_empty() { content } else { format!("      content: |\n{content}") };
    format!("    - name: {name}\n{keys}{content}")
}

fn config(units: &[String]) -> String {
    format!("#cloud-config\ncoreos:\n  units:\n{}", units.concat())
}

fn plain(text: &str) -> (Preview, Units) {
    let preview = preview(text.as_bytes(), Target::CoreOs, &MachineDescription::default());
    let units = outlook(&preview);
    (preview, units)
}

fn end(units: &Units, name: &str) -> UnitEnd {
    units.units.iter().find(|unit| unit.name == name).expect(name).state
}

/// `unit by whom` of each job that a command asks for.
fn order(units: &Units) -> Vec<String> {
    let commanded = units.jobs.iter().filter(|job| job.effect.is_some());
    commanded.map(|job| format!("{} by {}", units.units[job.unit].name, job.by)).collect()
}

/// The lines that a problem names.
fn lines<'t>(text: &'t str, causes: &[Cause]) -> Vec<&'t str> {
    let place = |cause: &Cause| match cause {
        Cause::Text(span) => Some(span.slice(text).trim()),
        _ => None,
    };
    causes.iter().filter_map(place).collect()
}

const SERVICE: &str = "[Service]\nExecStart=/usr/bin/true";

#[test]
fn a_command_pulls_in_what_the_unit_needs_and_in_its_order() {
    let content =
        format!("[Unit]\nRequires=b.service docker.service\nAfter=b.service docker.service\n{SERVICE}");
    let text = config(&[unit("a.service", "command=start", &content), unit("b.service", "", SERVICE)]);
    let (_, units) = plain(&text);
    let order = order(&units);
    let at = |job: &str| order.iter().position(|found| found == job).expect(job);
    assert!(at("containerd.service by docker.service") < at("docker.service by a.service"));
    assert!(at("docker.service by a.service") < at("a.service by coreos-cloudinit"));
    assert!(at("b.service by a.service") < at("a.service by coreos-cloudinit"));
    assert_eq!(units.problems, []);
    let from = |name: &str| units.units.iter().find(|unit| unit.name == name).map(|unit| unit.from);
    assert_eq!(from("b.service"), Some(Origin::User));
    assert_eq!(from("docker.service"), Some(Origin::Stock));
}

/// Two units that each come after the other; what is said of the first is `keys`.
fn cycle(keys: &str) -> String {
    config(&[
        unit("a.service", keys, &format!("[Unit]\nAfter=b.service\n{SERVICE}")),
        unit(
            "b.service",
            "command=start",
            &format!("[Unit]\nRequires=a.service\nAfter=a.service\n{SERVICE}"),
        ),
    ])
}

#[test]
fn a_cycle_is_named_with_the_lines_that_make_it() {
    let text = cycle("");
    let (_, units) = plain(&text);
    let [problem] = units.problems.as_slice() else { panic!("{:?}", units.problems) };
    assert!(problem.message.starts_with("the units form an ordering cycle"), "{}", problem.message);
    let mut found = lines(&text, &problem.causes);
    found.sort_unstable();
    assert_eq!(found, ["After=a.service", "After=b.service"]);
    assert_eq!(units.edges.iter().filter(|edge| edge.cycle).count(), 2);
    assert_eq!(end(&units, "b.service"), UnitEnd::Failed);
}

#[test]
fn a_cycle_that_this_boot_does_not_meet_is_noted() {
    let text = cycle("command=start");
    let (_, units) = plain(&text);
    let [problem] = units.problems.as_slice() else { panic!("{:?}", units.problems) };
    assert!(problem.is_note, "{problem:?}");
    assert_eq!(end(&units, "b.service"), UnitEnd::Active);
}

#[test]
fn what_waits_for_the_program_that_waits_for_it_hangs_the_boot() {
    let text = config(&[
        unit("late.service", "command=start", &format!("[Unit]\nAfter=multi-user.target\n{SERVICE}")),
        unit("next.service", "command=start", SERVICE),
    ]);
    for name in ["config-drive", "ec2", "file"] {
        let platform = Platform::from_name(name).expect("a platform");
        let machine = MachineDescription::default();
        let input =
            BootInput { target: Target::CoreOs, platform, datasource: None, oem: None, machine: &machine };
        let preview = boot(text.as_bytes(), &input).expect("supported");
        let units = outlook(&preview);
        let problem = units.problems.first().expect("a problem");
        assert!(
            problem.message.starts_with("`late.service` never starts: it waits for `multi-user.target`"),
            "{name}: {}",
            problem.message
        );
        assert!(lines(&text, &problem.causes).contains(&"After=multi-user.target"), "{name}");
        assert_eq!(end(&units, "late.service"), UnitEnd::Waiting, "{name}");
        let job = |unit: &str| {
            units.jobs.iter().find(|job| units.units[job.unit].name == unit).map(|job| job.state)
        };
        assert_eq!(job("next.service"), Some(JobEnd::NotReached), "{name}");
        assert_eq!(job("user-config.target"), Some(JobEnd::NotReached), "{name}");
    }
}

#[test]
fn a_target_that_is_reached_before_the_program_runs_is_no_trouble() {
    for target in ["network-online.target", "basic.target", "system-config.target", "docker.service"] {
        let content = format!("[Unit]\nWants={target}\nAfter={target}\n{SERVICE}");
        let (_, units) = plain(&config(&[unit("a.service", "command=start", &content)]));
        assert_eq!(units.problems, [], "{target}");
        assert_eq!(end(&units, "a.service"), UnitEnd::Active, "{target}");
    }
}

#[test]
fn the_name_that_was_probably_meant_is_offered() {
    let requires = |other: &str| format!("[Unit]\nRequires={other}\n{SERVICE}");
    for (units, help) in [
        (vec![unit("dcoker.service", "command=start", "")], Some("did you mean `docker.service`?")),
        (
            vec![unit("a.service", "command=start", &requires("etcd-membr.service"))],
            Some("did you mean `etcd-member.service`?"),
        ),
        (
            vec![unit("backup.service", "", SERVICE), unit("bakcup.service", "command=start", "")],
            Some("did you mean `backup.service`?"),
        ),
        (vec![unit("web1.service", "", SERVICE), unit("web2.service", "command=start", "")], None),
    ] {
        let (_, units) = plain(&config(&units));
        let problem = units.problems.first().expect("a problem");
        let found = problem.help.as_deref().unwrap_or_default();
        match help {
            Some(help) => assert!(found.starts_with(help), "{problem:?}"),
            None => assert!(found.starts_with("check the name"), "{problem:?}"),
        }
    }
}

#[test]
fn what_systemd_refuses_ends_the_program() {
    for (units, words) in [
        (
            vec![unit("m.service", "mask=true command=start", "")],
            "systemd refuses to start `m.service`, and coreos-cloudinit stops with exit code 1: it is masked",
        ),
        (
            vec![unit("b.service", "command=start", "[Service]\nExecStart=true")],
            "systemd refuses to start `b.service`, and coreos-cloudinit stops with exit code 1: it has a \
             file that systemd refuses",
        ),
        (
            vec![unit("n.service", "command=start", "")],
            "`n.service` is neither in the config nor a known unit of the image",
        ),
        (
            vec![
                unit("m.service", "mask=true", ""),
                unit("a.service", "command=start", &format!("[Unit]\nRequires=m.service\n{SERVICE}")),
            ],
            "systemd refuses to start `a.service`, and coreos-cloudinit stops with exit code 1: \
             `m.service`, which it needs, is masked",
        ),
    ] {
        let (_, units) = plain(&config(&units));
        let problem = units.problems.first().expect(words);
        assert!(problem.message.starts_with(words), "{}", problem.message);
    }
}

#[test]
fn a_device_that_the_machine_may_not_have_is_noted() {
    let content = format!("[Unit]\nBindsTo=dev-sdz.device\nAfter=dev-sdz.device\n{SERVICE}");
    let text = config(&[unit("a.service", "command=start", &content)]);
    let (_, units) = plain(&text);
    let [problem] = units.problems.as_slice() else { panic!("{:?}", units.problems) };
    assert!(problem.is_note && problem.message.contains("`/dev/sdz`"), "{}", problem.message);
    assert_eq!(lines(&text, &problem.causes), ["BindsTo=dev-sdz.device"]);
    assert_eq!(end(&units, "a.service"), UnitEnd::Active);
}

#[test]
fn what_is_enabled_starts_at_the_next_boot_and_its_cycles_are_found() {
    let install = "[Install]\nWantedBy=multi-user.target";
    let text = config(&[unit("a.service", "enable=true", &format!("{SERVICE}\n{install}"))]);
    let (_, units) = plain(&text);
    assert_eq!(end(&units, "a.service"), UnitEnd::Enabled);
    assert!(units.edges.iter().any(|edge| {
        units.units[edge.from].name == "multi-user.target" && units.units[edge.to].name == "a.service"
    }));
    let text = config(&[
        unit("a.service", "enable=true", &format!("[Unit]\nAfter=b.service\n{SERVICE}\n{install}")),
        unit("b.service", "enable=true", &format!("[Unit]\nAfter=a.service\n{SERVICE}\n{install}")),
    ]);
    let (_, units) = plain(&text);
    let problem = units.problems.first().expect("a cycle");
    assert!(problem.message.contains("systemd drops the job of"), "{}", problem.message);
}

#[test]
fn drop_ins_change_units_of_the_image() {
    let text = "#cloud-config\ncoreos:\n  units:\n    - name: docker.service\n      command: start\n      \
        drop_ins:\n        - name: 10-after.conf\n          content: |\n            [Unit]\n            \
        Requires=mine.service\n            After=mine.service\n    - name: mine.service\n      content: \
        |\n        [Service]\n        Type=oneshot\n        ExecStart=/usr/bin/true\n";
    let (_, units) = plain(text);
    assert!(order(&units).contains(&"mine.service by docker.service".to_owned()), "{:?}", order(&units));
    assert_eq!(end(&units, "mine.service"), UnitEnd::Done);
    let docker = units.units.iter().find(|unit| unit.name == "docker.service").expect("docker");
    assert_eq!(docker.from, Origin::User);
    assert_eq!(docker.files.len(), 2);
}

#[test]
fn on_onmetal_the_ping_comes_after_the_users_config() {
    let machine = MachineDescription { network_config: Some(String::new()), ..MachineDescription::default() };
    let platform = Platform::from_name("rackspace-onmetal").expect("a platform");
    let input =
        BootInput { target: Target::CoreOs, platform, datasource: None, oem: None, machine: &machine };
    let preview = boot(b"#cloud-config\n", &input).expect("supported");
    let units = outlook(&preview);
    assert_eq!(units.problems, []);
    let wants = units.edges.iter().find(|edge| {
        units.units[edge.from].name == "user-config.target" && units.units[edge.to].name == "ping-out.service"
    });
    assert!(wants.is_some_and(|edge| edge.kinds.contains(&"Wants")));
}

#[test]
fn strange_names_are_no_units_and_hurt_nobody() {
    let text = config(&[
        unit("../../../etc/passwd", "command=start", SERVICE),
        unit("a/b", "enable=true", SERVICE),
        unit("no-suffix", "command=start", SERVICE),
    ]);
    let (_, units) = plain(&text);
    assert!(
        units.units.iter().all(|unit| unit.name != "../../../etc/passwd" || unit.from == Origin::Missing)
    );
}
