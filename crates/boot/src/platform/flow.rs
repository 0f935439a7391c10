//! The boot around the program: what runs before it, who runs it, and why.

use dryboot_config::Target;

use super::prepare::Prepared;
use super::{Datasource, Entry, Platform};
use crate::preview::Preview;
use crate::story::{Stage, State, Step};

/// Where a target keeps what the flows need.
struct Paths {
    oem: &'static str,
    oem_mount: &'static str,
    oem_config: &'static str,
    oem_unit: &'static str,
    setup_unit: &'static str,
    setup_script: &'static str,
    installed: &'static str,
    installed_instance: &'static str,
}

const COREOS: Paths = Paths {
    oem: "/usr/share/oem",
    oem_mount: "usr-share-oem.mount",
    oem_config: "/usr/share/oem/cloud-config.yml",
    oem_unit: r"system-cloudinit@usr-share-oem-cloud\x2dconfig.yml.service",
    setup_unit: "coreos-setup-environment.service",
    setup_script: "/usr/share/oem/bin/coreos-setup-environment",
    installed: "/var/lib/coreos-install/user_data",
    installed_instance: r"user-cloudinit@var-lib-coreos\x2dinstall-user_data",
};

const FLATCAR: Paths = Paths {
    oem: "/oem",
    oem_mount: "oem.mount",
    oem_config: "/usr/share/coreos/cloud-config.yml",
    oem_unit: r"system-cloudinit@usr-share-coreos-cloud\x2dconfig.yml.service",
    setup_unit: "flatcar-setup-environment.service",
    setup_script: "/oem/bin/flatcar-setup-environment",
    installed: "/var/lib/flatcar-install/user_data",
    installed_instance: r"user-cloudinit@var-lib-flatcar\x2dinstall-user_data",
};

const ENVIRONMENT: &str = "/etc/environment";

/// Puts the boot of the platform around the steps of the program.
pub(super) fn tell(preview: &mut Preview, platform: &Platform, prepared: &Prepared) {
    let paths = match preview.target {
        Target::CoreOs => &COREOS,
        Target::Flatcar => &FLATCAR,
    };
    let mut program = std::mem::take(&mut preview.stages);
    let datasource = platform.datasources.first();
    for step in program.iter_mut().flat_map(|stage| &mut stage.steps) {
        step.reads = datasource.map(|source| read_by(step, source, paths)).unwrap_or_default();
    }
    let mut stages = vec![image(platform, paths)];
    if platform.entry != Entry::OnMetal {
        stages.push(system_config(paths));
    }
    stages.push(entry(platform, preview.target, paths));
    for stage in &mut program {
        stage.name = format!("coreos-cloudinit with the user's text ({})", command(platform, paths));
    }
    stages.extend(program);
    if prepared.machine.env.keys().any(|name| name.starts_with("COREOS_")) {
        stages.iter_mut().flat_map(|stage| &mut stage.steps).for_each(|step| {
            if step.what.starts_with("replace the address") {
                step.reads.push(ENVIRONMENT.to_owned());
            }
        });
    }
    preview.stages = stages;
}

/// What a step of the program reads.
fn read_by(step: &Step, source: &Datasource, paths: &Paths) -> Vec<String> {
    match step.what.as_str() {
        "read the user-data" if source.name == "file" => vec![paths.installed.to_owned()],
        "read the user-data" => vec![source.user_data.to_owned()],
        "read the metadata" => source.metadata.iter().map(|&metadata| metadata.to_owned()).collect(),
        _ => Vec::new(),
    }
}

/// The command line that starts the program.
fn command(platform: &Platform, paths: &Paths) -> String {
    match platform.entry {
        Entry::Oem | Entry::OnMetal => {
            platform.oem_preset.map(|preset| format!("--oem={preset}")).unwrap_or_default()
        }
        Entry::File => format!("--from-file={}", paths.installed),
        Entry::Url => "--from-proc-cmdline".to_owned(),
        Entry::ConfigDrive => "--from-configdrive=/media/configdrive".to_owned(),
    }
}

fn done(who: &str, what: impl Into<String>) -> Step {
    Step { who: who.to_owned(), what: what.into(), ..Step::default() }
}

fn skipped(who: &str, what: impl Into<String>, why: impl Into<String>) -> Step {
    Step { state: State::Skipped, why: Some(why.into()), ..done(who, what) }
}

fn reading(step: Step, reads: &str) -> Step {
    Step { reads: vec![reads.to_owned()], ..step }
}

/// The OEM partition, and the addresses that its script finds.
fn image(_platform: &Platform, paths: &Paths) -> Stage {
    let mount = done(paths.oem_mount, format!("mount the partition labelled OEM on {}", paths.oem));
    let why = format!("the image has no {}", paths.setup_script);
    let setup = skipped(paths.setup_unit, format!("write the addresses to {ENVIRONMENT}"), why);
    Stage { name: "the image".to_owned(), steps: vec![mount, setup] }
}

/// The config of the image.
fn system_config(paths: &Paths) -> Stage {
    let step = skipped(paths.oem_unit, "apply the config of the image", "none was given for this preview");
    Stage { name: "system-config.target".to_owned(), steps: vec![reading(step, paths.oem_config)] }
}

/// Who runs the program.
fn entry(platform: &Platform, target: Target, paths: &Paths) -> Stage {
    let start = |with: String| format!("start coreos-cloudinit with {with}");
    let command = command(platform, paths);
    let (name, steps) = match platform.entry {
        Entry::File => {
            let wait = done(
                &format!("{}.path", paths.installed_instance),
                "start the service because the file exists",
            );
            let run = done(&format!("{}.service", paths.installed_instance), start(command));
            ("user-config.target", vec![reading(wait, paths.installed), reading(run, ENVIRONMENT)])
        }
        Entry::Url => {
            let found = done(
                "user-cloudinit-proc-cmdline.service",
                "start because the kernel's command line has cloud-config-url",
            );
            let run = done("user-cloudinit-proc-cmdline.service", start(command));
            ("user-config.target", vec![reading(found, "/proc/cmdline"), reading(run, ENVIRONMENT)])
        }
        Entry::ConfigDrive => {
            let rule = done(
                "udev (90-configdrive)",
                "find a disk with iso9660, udf or vfat labelled config-2, and want its mount",
            );
            let mount = done(
                "media-configdrive.mount",
                "mount the drive read-only on /media/configdrive, as this is a virtual machine",
            );
            let run = done("user-configdrive.service", start(command));
            ("user-config.target", vec![rule, mount, reading(run, ENVIRONMENT)])
        }
        Entry::OnMetal => {
            let drop_in = done(
                "the config of the image",
                "give user-configdrive.service its command by the drop-in netconf.conf, and write and start media-configdrive.mount, whose stock unit is for virtual machines alone",
            );
            let mount = done("media-configdrive.mount", "mount the drive on /media/configdrive");
            let run = done("user-configdrive.service", start(command));
            ("user-config.target", vec![drop_in, mount, reading(run, ENVIRONMENT)])
        }
        Entry::Oem => {
            let run = done("oem-cloudinit.service", start(command));
            let mut steps = Vec::new();
            if target == Target::Flatcar {
                steps.push(done(
                    "enable-oem-cloudinit.service",
                    "enable oem-cloudinit.service, as Ignition has no config of the user and this is the first boot",
                ));
            } else if platform.name == "ec2-compat" {
                steps.push(done(
                    "Ignition",
                    "mask user-configdrive.service and user-configvirtfs.service, and enable oem-cloudinit.service, as it has no config of the user",
                ));
            }
            steps.push(run);
            ("the platform's service", steps)
        }
    };
    let mut steps = steps;
    steps.extend(platform.datasources.iter().map(|source| look(source, platform)));
    Stage { name: name.to_owned(), steps }
}

/// The selection of a datasource; this preview takes the first.
fn look(source: &Datasource, platform: &Platform) -> Step {
    let what = format!("look for the datasource {}: {}", source.name, source.available);
    let is_first = platform.datasources.first() == Some(source);
    let why = if is_first { "it is there" } else { "the other one answers first" };
    let state = if is_first { State::Done } else { State::Skipped };
    Step { state, why: Some(why.to_owned()), ..done("coreos-cloudinit", what) }
}
