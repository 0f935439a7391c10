//! The boot around the program: what the image runs, who starts the program, and why.

use std::cell::{Cell, RefCell};

use dryboot_coreos::Target;
use dryboot_coreos::platform::{Datasource, ImageProgram, Start};
use dryboot_machine::units::Service;
use dryboot_machine::{Cause, Failures, MachineDescription, ProgramRun, Source, Stage, State, Step};

use super::image_programs::run_image_program;
use super::launch::{Launch, take_away};
use super::paths::Paths;
use super::{BootInput, Field, images};
use crate::image;
use crate::outcome::Outcome;
use crate::preview::{Preview, Variable, run_program};
use crate::run::{Manager, Reads, Run};

pub(super) const ENVIRONMENT: &str = "/etc/environment";

const UNREAD: &str = "nobody reads the user's text";

/// Follows a machine of a platform through its boot.
pub(super) fn follow(bytes: &[u8], input: &BootInput<'_>) -> Preview {
    let boot = Boot {
        bytes,
        input,
        paths: Paths::of(input.target),
        ended: RefCell::default(),
        failed: Cell::default(),
        runs: RefCell::default(),
        notes: RefCell::default(),
    };
    // What is there before the user's text is read has neither metadata nor environment.
    let mut bare = input.machine.clone();
    bare.env.clear();
    bare.flags.clear();
    for field in Field::ALL {
        take_away(&mut bare, field);
    }
    bare.userdata_error = None;
    bare.metadata_error = None;
    let mut run = Run::new(input.target, Source::Oem, &bare);
    run.manager = Some(&boot);

    boot.image(&mut run);
    let oem = boot.system_config(&mut run);
    boot.late_programs(&mut run);
    boot.user_config(&mut run);
    boot.end(run, oem)
}

struct Boot<'a> {
    bytes: &'a [u8],
    input: &'a BootInput<'a>,
    paths: &'static Paths,
    /// How the program ended with the user's text.
    ended: RefCell<Option<Ended>>,
    /// The unit of the image that has failed.
    failed: Cell<Option<&'static str>>,
    runs: RefCell<Vec<ProgramRun>>,
    notes: RefCell<Vec<String>>,
}

struct Ended {
    outcome: Outcome,
    variables: [Variable; 4],
}

impl Manager for Boot<'_> {
    fn started(&self, run: &mut Run<'_>, unit: &str, causes: &[Cause]) {
        let service = Service::on(&run.machine.files, &image::of(run.target).units, unit);
        if let Some(required) = self.failed_requirement(&service) {
            let why = format!("it requires {required}, which has failed");
            let step = Step { state: State::Failed, why: Some(why), depth: 1, ..done(unit, "start") };
            run.break_off(&self.image_stage());
            run.stages.push(Stage { name: unit.to_owned(), steps: vec![step] });
            return;
        }
        for command in &service.commands {
            if let Some(launch) = Launch::of(command) {
                run.break_off(&self.image_stage());
                self.start(run, unit, &service, &launch, 1);
            } else if let Some(program) = self.program_at(command.first()) {
                run.break_off(&self.image_stage());
                let step = Step { depth: 1, ..self.run_program(run, program, causes) };
                run.stages.push(Stage { name: unit.to_owned(), steps: vec![step] });
                // The effects of the step stand in it alone.
                run.resume();
            }
        }
    }
}

impl Boot<'_> {
    fn image_stage(&self) -> String {
        format!("coreos-cloudinit with the image's config (--from-file={})", self.paths.oem_config)
    }

    /// Flatcar's own service takes the preset from a variable that stands for the platform.
    fn with_preset(&self, command: &[String]) -> Vec<String> {
        let preset = self.input.platform.oem_preset.unwrap_or_default();
        command.iter().map(|word| word.replace("${PLATFORM_ID}", preset)).collect()
    }

    fn program_at(&self, path: Option<&String>) -> Option<&'static ImageProgram> {
        let path = path?.trim_start_matches(['@', '-', ':', '+', '!']);
        self.input.platform.programs.iter().find(|program| program.path == path)
    }

    fn setup_program(&self) -> Option<&'static ImageProgram> {
        self.input.platform.programs.iter().find(|program| program.unit == self.paths.setup_unit)
    }

    fn failed_requirement(&self, service: &Service) -> Option<&'static str> {
        self.failed.get().filter(|failed| service.requires.iter().any(|required| required == failed))
    }

    /// The OEM partition, and the addresses that its script finds.
    fn image(&self, run: &mut Run<'_>) {
        let mut steps = vec![done(
            self.paths.oem_mount,
            format!("mount the partition labelled OEM on `{}`", self.paths.oem),
        )];
        match self.setup_program() {
            None => {
                let why = format!("the image has no {}", self.paths.setup_script);
                let what = format!("write the addresses to `{ENVIRONMENT}`");
                steps.push(skipped(self.paths.setup_unit, what, why));
            }
            Some(program) if program.waits_for.is_none() => steps.push(self.run_program(run, program, &[])),
            Some(_) => {}
        }
        run.stages.push(Stage { name: "the image".to_owned(), steps });
    }

    /// Programs that began with the image and wait for what its config starts.
    fn late_programs(&self, run: &mut Run<'_>) {
        let Some(program) = self.setup_program().filter(|program| program.waits_for.is_some()) else {
            return;
        };
        let step = self.run_program(run, program, &[]);
        let stage = Stage { name: "the addresses of the machine".to_owned(), steps: vec![step] };
        run.stages.push(stage);
    }

    fn run_program(&self, run: &mut Run<'_>, program: &'static ImageProgram, causes: &[Cause]) -> Step {
        let first = run.effects.len();
        let failures = Failures::new(&self.input.machine.fail);
        let mut step = reading(done(program.unit, program.does), program.reads);
        if failures.of_command(&[program.path.to_owned()]) {
            step.state = State::Failed;
            step.why = Some(format!("`{}` fails", program.path));
            self.failed.set(Some(program.unit));
            return step;
        }
        if let Err(stop) = run_image_program(run, program, self.input.machine, causes) {
            step.state = State::Failed;
            step.why = Some(stop.words);
        }
        step.effects = (first..run.effects.len()).collect();
        let effects = run.effects.get(first..).unwrap_or_default();
        step.causes = effects.iter().flat_map(|effect| effect.causes.clone()).collect();
        step
    }

    /// The config of the image. Gives its text.
    fn system_config(&self, run: &mut Run<'_>) -> Option<String> {
        let own = images::oem_config(self.input.platform, self.input.target);
        let Some(config) = self.input.oem.or(own.map(str::as_bytes)) else {
            let what = "apply the config of the image";
            let why = format!("the image has no {}", self.paths.oem_config);
            let steps = vec![skipped(self.paths.oem_unit, what, why)];
            run.stages.push(Stage { name: "system-config.target".to_owned(), steps });
            return None;
        };
        run.reads.user_data = vec![self.paths.oem_config.to_owned()];
        let first = run.effects.len();
        let outcome = run_program(run, config);
        self.ran(self.paths.oem_unit, first, run);
        run.close(&self.image_stage(), outcome.exit_code);
        if outcome.exit_code != 0 {
            self.note(format!(
                "the config of the image fails with exit code {}: what it asks for behind the failure does not happen",
                outcome.exit_code
            ));
        }
        self.notes.borrow_mut().extend(outcome.notes);
        Some(outcome.text)
    }

    /// The units that apply the user's text.
    fn user_config(&self, run: &mut Run<'_>) {
        let (unit, mut steps) = match self.input.platform.start {
            Start::Oem if self.input.target == Target::CoreOs => return,
            Start::Oem => (
                self.paths.oem_cloudinit,
                vec![done(
                    "enable-oem-cloudinit.service",
                    "enable and start `oem-cloudinit.service`, as Ignition has no config of the user and this is the first boot",
                )],
            ),
            Start::File => {
                let what = "start the service of the same instance, as the file exists";
                let step = done(self.paths.installed_path_unit, what);
                (self.paths.installed_unit, vec![reading(step, self.paths.installed)])
            }
            Start::Url => {
                let unit = "user-cloudinit-proc-cmdline.service";
                let step = done(unit, "start, as the kernel's command line has cloud-config-url");
                (unit, vec![reading(step, "/proc/cmdline")])
            }
            Start::ConfigDrive => (CONFIG_DRIVE_UNIT, self.mount_drive(run)),
        };
        let service = Service::on(&run.machine.files, &image::of(run.target).units, unit);
        let launch = service.commands.iter().find_map(|command| Launch::of(&self.with_preset(command)));
        let is_ready = steps.iter().all(|step| step.state != State::Failed);
        let start = || {
            format!(
                "start coreos-cloudinit with `{}`",
                launch.as_ref().map_or("", |launch| launch.line.as_str())
            )
        };
        let hindered = if !is_ready {
            Some("nothing starts it")
        } else if service.is_masked {
            Some("the unit is masked")
        } else if self.failed_requirement(&service).is_some() {
            Some("the unit that it requires has failed")
        } else if launch.is_none() {
            Some("the unit does not run coreos-cloudinit")
        } else {
            None
        };
        match (hindered, &launch) {
            (None, Some(launch)) => {
                let step = done(unit, start());
                steps.push(match service.reads_environment {
                    true => reading(step, ENVIRONMENT),
                    false => step,
                });
                run.stages.push(Stage { name: "user-config.target".to_owned(), steps });
                self.start(run, unit, &service, launch, 0);
            }
            (why, _) => {
                let step = Step { state: State::NotReached, ..done(unit, "apply the user's text") };
                steps.push(Step { why: why.map(str::to_owned), ..step });
                run.stages.push(Stage { name: "user-config.target".to_owned(), steps });
            }
        }
    }

    /// How the drive gets to its place.
    fn mount_drive(&self, run: &Run<'_>) -> Vec<Step> {
        const MOUNT: &str = "media-configdrive.mount";
        let is_started = run.machine.units.get(MOUNT).is_some_and(|unit| !unit.commands.is_empty());
        if is_started {
            let what = "mount the drive on `/media/configdrive`, as the image's config has started it, and want user-configdrive.service";
            return vec![done(MOUNT, what)];
        }
        let found = done(
            "udev (90-configdrive)",
            "find a disk with iso9660, udf or vfat labelled config-2, and want its mount",
        );
        let mount = "mount the drive read-only on `/media/configdrive`";
        let mount = if self.input.platform.bare_metal {
            let why = "the unit is for virtual machines alone, and the image's config has not replaced it";
            Step { state: State::Failed, why: Some(why.to_owned()), ..done(MOUNT, mount) }
        } else {
            done(MOUNT, format!("{mount}, as this is a virtual machine"))
        };
        vec![found, mount]
    }

    /// Runs the program with the user's text in a unit.
    fn start(&self, run: &mut Run<'_>, unit: &str, service: &Service, launch: &Launch, depth: u32) {
        let BootInput { platform, datasource, machine, target, .. } = *self.input;
        let source = match launch.refusal {
            Some(_) => None,
            None => launch.answering(platform, datasource, |name| run.is_silent(name)),
        };
        let environment = service.reads_environment.then_some(&run.machine.files);
        let machine = launch.machine(machine, source, environment);
        let mut inner = Run::new(target, Source::User, &machine);
        inner.reads = self.reads(source, service);
        inner.exchange(run);
        let first = inner.effects.len();
        let mut look = self.look(launch, source, &inner);
        let name = format!("coreos-cloudinit with the user's text ({}, {unit})", launch.line);
        let outcome = match source {
            Some(_) => {
                let outcome = run_program(&mut inner, self.bytes);
                inner.close(&name, outcome.exit_code);
                outcome
            }
            None => {
                inner.stages.push(Stage { name, steps: Vec::new() });
                let exit_code = if launch.refusal.is_some() { 2 } else { 1 };
                Outcome { exit_code, text: self.text(), ..Outcome::default() }
            }
        };
        if let Some(stage) = inner.stages.last_mut() {
            stage.steps.splice(0..0, look.drain(..));
            stage.steps.iter_mut().for_each(|step| step.depth = depth);
        }
        inner.exchange(run);
        self.ran(unit, first, run);
        run.resume();
        let variables = inner.addresses.clone().map(Variable::from);
        self.ended_with(Ended { outcome, variables });
    }

    fn ran(&self, unit: &str, first: usize, run: &Run<'_>) {
        let effects = first..run.effects.len();
        self.runs.borrow_mut().push(ProgramRun { unit: unit.to_owned(), effects });
    }

    fn ended_with(&self, ended: Ended) {
        let mut before = self.ended.borrow_mut();
        match before.as_mut() {
            None => *before = Some(ended),
            Some(before) => {
                self.note("the user's text is applied more than once".to_owned());
                let exit_code = before.outcome.exit_code.max(ended.outcome.exit_code);
                *before = ended;
                before.outcome.exit_code = exit_code;
            }
        }
    }

    fn reads(&self, source: Option<&Datasource>, service: &Service) -> Reads {
        let user_data = match source {
            Some(source) if source.name == "file" => vec![self.paths.installed.to_owned()],
            Some(source) => vec![source.user_data.to_owned()],
            None => Vec::new(),
        };
        let metadata = source.and_then(|source| source.metadata).map(str::to_owned).into_iter().collect();
        let environment = if service.reads_environment { vec![ENVIRONMENT.to_owned()] } else { Vec::new() };
        Reads { user_data, metadata, environment }
    }

    /// The selection of a datasource.
    fn look(&self, launch: &Launch, taken: Option<&Datasource>, run: &Run<'_>) -> Vec<Step> {
        if let Some(why) = &launch.refusal {
            let step = done("coreos-cloudinit", "read the command line");
            let why = format!("{why}: the program ends with exit code 2");
            return vec![Step { state: State::Failed, why: Some(why), ..step }];
        }
        let platform = self.input.platform;
        let asked = platform.datasources.iter().filter(|source| launch.asked.contains(&source.name));
        let mut steps: Vec<Step> = Vec::new();
        if self.input.target == Target::Flatcar && launch.asked.contains(&"ec2") {
            let step =
                done("coreos-cloudinit", "ask for a token of the metadata service (IMDSv2), for up to 10 s");
            steps.push(reading(step, "PUT http://169.254.169.254/latest/api/token"));
        }
        for source in asked {
            let what = format!("look for the datasource {}: {}", source.name, source.available);
            let (state, why) = match taken {
                Some(taken) if taken.name == source.name => (State::Done, "it is there"),
                _ if run.is_silent(source.name) => (State::Skipped, "it does not answer"),
                _ => (State::Skipped, "another one answers first: all are asked at once"),
            };
            steps.push(Step { state, why: Some(why.to_owned()), ..done("coreos-cloudinit", what) });
        }
        for &name in launch.asked.iter().filter(|&&name| platform.datasource(name).is_none()) {
            let what = format!("look for the datasource {name}");
            let why = format!("there is none on `{}`", platform.name);
            steps.push(skipped("coreos-cloudinit", what, why));
        }
        if taken.is_none() {
            let why = match launch.is_asking_again() {
                true => "no datasource answers within five minutes: the program gives up",
                false => "no datasource is there: the program gives up at once",
            };
            let step = done("coreos-cloudinit", "choose a datasource");
            steps.push(Step { state: State::Failed, why: Some(why.to_owned()), ..step });
        }
        steps
    }

    fn text(&self) -> String {
        dryboot_coreos::envelope::open(self.bytes, dryboot_yaml::Limits::default().bytes).text
    }

    fn note(&self, note: String) {
        self.notes.borrow_mut().push(note);
    }

    fn end(&self, mut run: Run<'_>, oem: Option<String>) -> Preview {
        let ended = self.ended.take();
        if ended.is_none() {
            let why = match self.input.platform.start {
                Start::Oem if self.input.target == Target::CoreOs => {
                    "the image's config starts no unit that runs coreos-cloudinit with it"
                }
                _ => "the unit that would apply it does not run",
            };
            let step = done("coreos-cloudinit", "apply the user's text");
            let step = Step { state: State::NotReached, why: Some(why.to_owned()), ..step };
            run.stages.push(Stage { name: UNREAD.to_owned(), steps: vec![step] });
            self.note(format!("{UNREAD}: {why}"));
        }
        let unread = || Outcome { exit_code: 1, text: self.text(), ..Outcome::default() };
        let (outcome, variables) = match ended {
            Some(Ended { outcome, variables }) => (outcome, Some(variables)),
            None => (unread(), None),
        };
        let mut preview = Preview::of(run, outcome);
        preview.variables = variables.unwrap_or(preview.variables);
        preview.platform = Some(self.input.platform.name);
        preview.oem = oem;
        preview.runs = self.runs.take();
        preview.notes.splice(0..0, self.notes.take());
        preview.notes.extend(unused(self.input));
        preview
    }
}

/// What the description of the machine has and no machine of the platform gets.
fn unused(input: &BootInput<'_>) -> impl Iterator<Item = String> {
    let mut machine: MachineDescription = input.machine.clone();
    let platform = input.platform;
    platform.lacks().filter(move |&field| take_away(&mut machine, field)).map(|field| {
        let (name, title) = (platform.name, field.title());
        format!("on `{name}` nothing brings the {title} onto the machine: what was given is not used")
    })
}

const CONFIG_DRIVE_UNIT: &str = "user-configdrive.service";

fn done(who: &str, what: impl Into<String>) -> Step {
    Step { who: who.to_owned(), what: what.into(), ..Step::default() }
}

fn skipped(who: &str, what: impl Into<String>, why: impl Into<String>) -> Step {
    Step { state: State::Skipped, why: Some(why.into()), ..done(who, what) }
}

fn reading(step: Step, reads: &str) -> Step {
    Step { reads: vec![reads.to_owned()], ..step }
}
