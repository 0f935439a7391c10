//! Who starts the program with the user's text, and whether that works.

use dryboot_coreos::image::ENVIRONMENT;
use dryboot_coreos::platform::Start;
use dryboot_machine::units::Service;
use dryboot_machine::{Journal, Stage, State, Step};

use super::boot::Boot;
use super::launch::{Launch, reads_environment};
use crate::preview::CONFIG_DRIVE_UNIT;

const KERNEL_URL_UNIT: &str = "user-cloudinit-proc-cmdline.service";

impl Boot<'_> {
    /// The unit of the system that applies the user's text; none where the config of the image brings
    /// one of its own.
    pub(super) fn starting_unit(&self) -> Option<&'static str> {
        match self.input.platform.start {
            Start::Oem => self.program.paths.oem_cloudinit,
            Start::File => Some(self.program.paths.installed_unit),
            Start::Url => Some(KERNEL_URL_UNIT),
            Start::ConfigDrive => Some(CONFIG_DRIVE_UNIT),
            Start::OemPath { service, .. } => Some(service),
        }
    }

    /// Starts that unit.
    pub(super) fn user_config(&mut self, journal: &mut Journal) {
        let Some(unit) = self.starting_unit() else { return };
        let mut steps = self.before_start(journal);
        let is_ready = steps.iter().all(|step| step.state != State::Failed);
        let service = self.service(journal, unit);
        let launch = self.launch(&service, is_ready);
        steps.push(match &launch {
            Ok(launch) => {
                let step = Step::done(unit, format!("start coreos-cloudinit with `{}`", launch.line));
                if reads_environment(&service) { step.reading(ENVIRONMENT) } else { step }
            }
            Err(why) => Step::done(unit, "apply the user-data").ended(State::NotReached, *why),
        });
        journal.stages.push(Stage { name: "user-config.target".to_owned(), steps });
        if let Ok(launch) = launch {
            self.apply(journal, unit, &service, &launch, 0);
        }
    }

    /// What happens before the unit starts.
    fn before_start(&self, journal: &Journal) -> Vec<Step> {
        let paths = self.program.paths;
        match self.input.platform.start {
            Start::Oem => {
                let what = "enable and start `oem-cloudinit.service`, because this is the first boot and \
                    Ignition has no user config";
                vec![Step::done("enable-oem-cloudinit.service", what)]
            }
            Start::File => {
                let what = "start the service for the same instance, because the file exists";
                vec![Step::done(paths.installed_path_unit, what).reading(paths.installed)]
            }
            Start::Url => {
                let what = "start, because the kernel command line has cloud-config-url";
                vec![Step::done(KERNEL_URL_UNIT, what).reading("/proc/cmdline")]
            }
            Start::ConfigDrive => self.mount_drive(journal),
            Start::OemPath { path, .. } => vec![self.watch_file(journal, path)],
        }
    }

    /// A path unit of the OEM config that waits for the file of the user.
    fn watch_file(&self, journal: &Journal, path: &'static str) -> Step {
        let step = Step::done(path, "start the service for the file, because it exists");
        if journal.machine.units.get(path).is_some_and(|unit| !unit.commands.is_empty()) {
            let files = self.input.platform.datasources.iter().map(|source| source.user_data);
            return files.fold(step, Step::reading);
        }
        step.ended(State::Failed, "the OEM config does not start this unit")
    }

    /// How the drive gets to its place.
    fn mount_drive(&self, journal: &Journal) -> Vec<Step> {
        const MOUNT: &str = "media-configdrive.mount";
        let is_started = journal.machine.units.get(MOUNT).is_some_and(|unit| !unit.commands.is_empty());
        if is_started {
            let what = "mount the drive on `/media/configdrive`, because the OEM config started this \
                unit, and pull in user-configdrive.service";
            return vec![Step::done(MOUNT, what)];
        }
        let found = Step::done(
            "udev (90-configdrive)",
            "find a disk with iso9660, udf or vfat labelled config-2, and pull in its mount unit",
        );
        let mount = "mount the drive read-only on `/media/configdrive`";
        let mount = if self.input.platform.bare_metal {
            let why = "the unit only runs on virtual machines, and the OEM config does not replace it";
            Step::done(MOUNT, mount).ended(State::Failed, why)
        } else {
            Step::done(MOUNT, format!("{mount}, because this is a virtual machine"))
        };
        vec![found, mount]
    }

    /// The command line with which the unit starts the program, or why it does not.
    fn launch(&self, service: &Service, is_ready: bool) -> Result<Launch, &'static str> {
        let launch = service.commands.iter().find_map(|command| Launch::of(&self.with_preset(command)));
        match launch {
            _ if !is_ready => Err("nothing starts it"),
            _ if service.is_masked => Err("the unit is masked"),
            _ if self.failed_requirement(service).is_some() => Err("the unit that it requires failed"),
            None => Err("the unit does not run coreos-cloudinit"),
            Some(launch) => Ok(launch),
        }
    }

    /// Units of the system take the preset from a variable that stands for the platform.
    fn with_preset(&self, command: &[String]) -> Vec<String> {
        let preset = self.input.platform.oem_preset.unwrap_or_default();
        command.iter().map(|word| word.replace("${PLATFORM_ID}", preset)).collect()
    }
}
