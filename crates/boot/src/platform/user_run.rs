//! A run of the program with the user's text: which datasource it finds, and what it does then.

use dryboot_coreos::image::ENVIRONMENT;
use dryboot_coreos::platform::{Datasource, Start};
use dryboot_machine::units::Service;
use dryboot_machine::{Failures, Journal, Source, Stage, State, Step};

use super::BootInput;
use super::boot::{Boot, Ended};
use super::launch::{Launch, reads_environment};
use crate::follow::{Outcome, follow};
use crate::preview::Variable;
use crate::run::{Reads, Run};

impl Boot<'_> {
    /// Runs the program with the user's text in a unit.
    pub(super) fn apply(
        &mut self,
        journal: &mut Journal,
        unit: &str,
        service: &Service,
        launch: &Launch,
        depth: u32,
    ) {
        let BootInput { platform, datasource, machine, .. } = *self.input;
        let failures = Failures::new(&machine.fail);
        let source = launch.answering(platform, datasource, |name| failures.of_datasource(name));
        let search = self.search(launch, source, &failures);
        let environment = reads_environment(service).then_some(&journal.machine.files);
        let machine = launch.machine(machine, source, environment);
        let (first, stage) = (journal.effects.len(), journal.stages.len());
        let name = format!("coreos-cloudinit with the user-data ({}, {unit})", launch.line);
        let mut run = Run::new(self.program, Source::User, &machine, self.reads(source, service), journal);
        let variables = run.addresses.clone().map(Variable::from);
        let outcome = if source.is_some() {
            let outcome = follow(&mut run, self.bytes);
            run.close(&name, outcome.exit_code);
            outcome
        } else {
            journal.stages.push(Stage { name, steps: Vec::new() });
            let exit_code = if launch.refusal.is_some() { 2 } else { 1 };
            Outcome { exit_code, text: self.unread_text(), ..Outcome::default() }
        };
        if let Some(stage) = journal.stages.get_mut(stage) {
            stage.steps.splice(0..0, search);
            stage.steps.iter_mut().for_each(|step| step.depth = depth);
        }
        journal.ran(unit, first);
        self.ended_with(Ended { outcome, variables });
    }

    fn ended_with(&mut self, mut ended: Ended) {
        if let Some(before) = &self.ended {
            self.notes.push("the user-data is applied more than once".to_owned());
            ended.outcome.exit_code = ended.outcome.exit_code.max(before.outcome.exit_code);
        }
        self.ended = Some(ended);
    }

    fn reads(&self, source: Option<&Datasource>, service: &Service) -> Reads {
        let user_data = match source {
            Some(_) if self.input.platform.start == Start::File => {
                vec![self.program.paths.installed.to_owned()]
            }
            Some(source) => vec![source.user_data.to_owned()],
            None => Vec::new(),
        };
        let metadata = source.and_then(|source| source.metadata).map(str::to_owned).into_iter().collect();
        let environment = if reads_environment(service) { vec![ENVIRONMENT.to_owned()] } else { Vec::new() };
        Reads { user_data, metadata, environment }
    }

    /// The search for a datasource: `taken` is the one that was found.
    fn search(&self, launch: &Launch, taken: Option<&Datasource>, failures: &Failures) -> Vec<Step> {
        let step = |what: String| Step::done("coreos-cloudinit", what);
        if let Some(why) = &launch.refusal {
            let why = format!("{why}: coreos-cloudinit exits with code 2");
            return vec![step("parse the command line".to_owned()).ended(State::Failed, why)];
        }
        let platform = self.input.platform;
        let mut steps: Vec<Step> = Vec::new();
        if let Some(token) = self.program.ec2_token.filter(|_| launch.asked.contains(&"ec2")) {
            let what = "request a token from the metadata service (IMDSv2), for up to 10 s";
            steps.push(step(what.to_owned()).reading(token));
        }
        for source in platform.datasources.iter().filter(|source| launch.asked.contains(&source.name)) {
            let (state, why) = match taken {
                Some(taken) if taken.name == source.name => (State::Done, "found"),
                _ if failures.of_datasource(source.name) => (State::Skipped, "it does not answer"),
                _ => (State::Skipped, "another one answers first (all are queried at once)"),
            };
            let what = format!("look for the datasource {}: {}", source.name, source.available);
            steps.push(step(what).ended(state, why));
        }
        for &name in launch.asked.iter().filter(|&&name| platform.datasource(name).is_none()) {
            let why = format!("`{}` does not have it", platform.name);
            steps.push(step(format!("look for the datasource {name}")).ended(State::Skipped, why));
        }
        if taken.is_none() {
            let why = match launch.is_asking_again() {
                true => "no datasource answers within five minutes: coreos-cloudinit gives up",
                false => "no datasource exists: coreos-cloudinit gives up immediately",
            };
            steps.push(step("choose a datasource".to_owned()).ended(State::Failed, why));
        }
        steps
    }
}
