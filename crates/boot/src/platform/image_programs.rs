//! The programs of an image beside coreos-cloudinit, and what they do to the machine as far as it is
//! known.

use dryboot_coreos::image::ENVIRONMENT;
use dryboot_coreos::platform::{Field, ImageProgram};
use dryboot_machine::{Cause, Journal, MachineDescription, Purpose, Source, Stage, State, Step};

use super::boot::Boot;
use crate::apply::{authorize_keys, set_hostname};
use crate::run::{self, Attributed, PlannedFile, Reads, Run};

impl Boot<'_> {
    /// The OEM partition, and the addresses that its script finds.
    pub(super) fn image(&mut self, journal: &mut Journal) {
        let paths = self.program.paths;
        let mount = format!("mount the partition labelled OEM on `{}`", paths.oem);
        let mut steps = vec![Step::done(paths.oem_mount, mount)];
        match self.setup_program() {
            None => {
                let why = format!("the image has no {}", paths.setup_script);
                let step = Step::done(paths.setup_unit, format!("write the addresses to `{ENVIRONMENT}`"));
                steps.push(step.ended(State::Skipped, why));
            }
            Some(program) if program.waits_for.is_none() => steps.push(self.image_program(journal, program)),
            Some(_) => {}
        }
        journal.stages.push(Stage { name: "the image".to_owned(), steps });
    }

    /// Programs that began with the image and wait for what its config starts.
    pub(super) fn late_programs(&mut self, journal: &mut Journal) {
        let late = self.input.platform.programs.iter().filter(|program| program.waits_for.is_some());
        let steps: Vec<Step> = late.map(|program| self.image_program(journal, program)).collect();
        if !steps.is_empty() {
            journal.stages.push(Stage { name: "the addresses of the machine".to_owned(), steps });
        }
    }

    fn setup_program(&self) -> Option<&'static ImageProgram> {
        self.input.platform.programs.iter().find(|program| program.unit == self.program.paths.setup_unit)
    }

    /// Runs a program that the image starts.
    fn image_program(&mut self, journal: &mut Journal, program: &'static ImageProgram) -> Step {
        let mut run = Run::new(self.program, Source::Oem, self.bare, Reads::default(), journal);
        self.run_image_program(&mut run, program, &[])
    }

    /// Runs a program for whoever is under way.
    pub(super) fn run_image_program(
        &mut self,
        run: &mut Run<'_>,
        program: &'static ImageProgram,
        causes: &[Cause],
    ) -> Step {
        let first = run.journal.effects.len();
        let mut step = Step::done(program.unit, program.does).reading(program.reads);
        if run.fails(program.path) {
            self.failed = Some(program.unit);
            return step.ended(State::Failed, format!("`{}` fails", program.path));
        }
        if let Err(stop) = give(run, program, self.input.machine, causes) {
            step = step.ended(State::Failed, stop.words);
        }
        let effects = run.journal.effects.get(first..).unwrap_or_default();
        step.causes = effects.iter().flat_map(|effect| effect.causes.clone()).collect();
        step.effects = (first..run.journal.effects.len()).collect();
        step
    }
}

/// Puts onto the machine what the program gives.
fn give(
    run: &mut Run<'_>,
    program: &ImageProgram,
    described: &MachineDescription,
    causes: &[Cause],
) -> run::Step {
    let gives = |field| program.gives.contains(&field);
    if gives(Field::SshKeys)
        && let Some(key) = described.ssh_keys.values().next()
    {
        let key = Attributed::metadata(key, "ssh_keys");
        authorize_keys(run, "core", "ec2", &[key], causes)?;
    }
    if gives(Field::Hostname)
        && let Some(name) = &described.hostname
    {
        set_hostname(run, &Attributed::metadata(name, "hostname"))?;
    }
    if gives(Field::PublicIpv4) || gives(Field::PrivateIpv4) {
        write_environment(run, described, program.address_without, causes)?;
    }
    Ok(())
}

/// The lines of the two addresses are removed, and new ones added at the end.
fn write_environment(
    run: &mut Run<'_>,
    described: &MachineDescription,
    without: &str,
    causes: &[Cause],
) -> run::Step {
    let known = [
        ("COREOS_PUBLIC_IPV4", "public_ipv4", &described.public_ipv4),
        ("COREOS_PRIVATE_IPV4", "private_ipv4", &described.private_ipv4),
    ];
    let old =
        String::from_utf8_lossy(run.journal.machine.files.read(ENVIRONMENT).unwrap_or_default()).into_owned();
    let is_other = |line: &&str| known.iter().all(|(name, _, _)| !line.starts_with(&format!("{name}=")));
    let mut content: String = old.lines().filter(is_other).map(|line| format!("{line}\n")).collect();
    let mut causes = causes.to_vec();
    for (name, field, address) in known {
        // Without an address, the script still writes the line.
        let address = address.as_deref().unwrap_or(without);
        content.push_str(&format!("{name}={address}\n"));
        causes.push(Cause::Metadata(field));
    }
    run.write(PlannedFile::new(ENVIRONMENT, content.into_bytes(), Purpose::EnvFile, &causes))
}
