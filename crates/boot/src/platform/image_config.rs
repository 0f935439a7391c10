//! The config of the image, and what its units run.

use dryboot_coreos::platform::ImageProgram;
use dryboot_machine::{Cause, Journal, Source, Stage, State, Step};

use super::boot::Boot;
use super::images;
use super::launch::Launch;
use crate::follow::follow;
use crate::run::{Manager, Reads, Run};

impl Boot<'_> {
    /// Applies the config of the image. Gives its text.
    pub(super) fn image_config(&mut self, journal: &mut Journal) -> Option<String> {
        let (program, paths, bare) = (self.program, self.program.paths, self.bare);
        let own = images::oem_config(self.input.platform, program.target);
        let Some(config) = self.input.oem.or(own.map(str::as_bytes)) else {
            let why = format!("the image has no {}", paths.oem_config);
            let step = Step::done(paths.oem_unit, "apply the OEM config").ended(State::Skipped, why);
            journal.stages.push(Stage { name: "system-config.target".to_owned(), steps: vec![step] });
            return None;
        };
        let name = self.image_stage();
        let first = journal.effects.len();
        let reads = Reads { user_data: vec![paths.oem_config.to_owned()], ..Reads::default() };
        let mut run = Run::new(program, Source::Oem, bare, reads, journal).with_manager(self);
        let outcome = follow(&mut run, config);
        run.close(&name, outcome.exit_code);
        journal.ran(paths.oem_unit, first);
        if outcome.exit_code != 0 {
            self.notes.push(format!(
                "the OEM config fails with exit code {}: everything after the failure is skipped",
                outcome.exit_code
            ));
        }
        self.notes.extend(outcome.notes);
        Some(outcome.text)
    }

    fn image_stage(&self) -> String {
        format!("coreos-cloudinit with the OEM config (--from-file={})", self.program.paths.oem_config)
    }

    fn program_at(&self, path: Option<&String>) -> Option<&'static ImageProgram> {
        let path = path?.trim_start_matches(['@', '-', ':', '+', '!']);
        self.input.platform.programs.iter().find(|program| program.path == path)
    }
}

/// Programs that a unit of the OEM config runs, coreos-cloudinit with the user-data among them, have their
/// effects while the config is being applied.
impl Manager for Boot<'_> {
    fn started(&mut self, run: &mut Run<'_>, unit: &str, causes: &[Cause]) {
        let service = self.service(run.journal, unit);
        if let Some(required) = self.failed_requirement(&service) {
            let why = format!("it requires {required}, which failed");
            let step = Step { depth: 1, ..Step::done(unit, "start").ended(State::Failed, why) };
            run.break_off(&self.image_stage());
            run.journal.stages.push(Stage { name: unit.to_owned(), steps: vec![step] });
            return;
        }
        for command in &service.commands {
            if let Some(launch) = Launch::of(command) {
                run.break_off(&self.image_stage());
                self.apply(run.journal, unit, &service, &launch, 1);
                run.resume();
            } else if let Some(program) = self.program_at(command.first()) {
                run.break_off(&self.image_stage());
                let step = Step { depth: 1, ..self.run_image_program(run, program, causes) };
                run.journal.stages.push(Stage { name: unit.to_owned(), steps: vec![step] });
                // The effects of the step stand in it alone.
                run.resume();
            }
        }
    }
}
