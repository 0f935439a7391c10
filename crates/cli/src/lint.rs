//! `dryboot lint`.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use dryboot_config::{Settings, TargetChoice};
use dryboot_core::platform::{Field, known_fields};
use dryboot_core::{
    BootProblems, CoreosTarget, InstanceData, LintOptions, MachineDescription, Report, Severity, Target,
    boot_problems, gzipped_length, rules,
};
use dryboot_report::Named;
use dryboot_report::output::Output;
use dryboot_report::render::{FORMATS, Results, RuleInfo, statistics};

use crate::args::{LintArgs, OutputFile};
use crate::discover::{self, Input, inputs};
use crate::project::{Project, report_on};
use crate::{Outcome, baseline, complain, explain, fix, metadata, parallel, remark, screen};

/// A text with its report.
pub(crate) struct Checked {
    pub(crate) input: Input,
    /// What holds for it.
    pub(crate) settings: Settings,
    pub(crate) report: Report,
}

impl Checked {
    fn named(&self) -> Named<'_> {
        Named { name: &self.input.name, report: &self.report }
    }
}

pub(crate) fn run(args: &LintArgs, out: &mut Output<'_>) -> Result<Outcome> {
    if args.explain && args.output_format.name != FORMATS[0].name {
        bail!("--explain is for people: leave out --output-format, or use `dryboot explain RULE`");
    }
    let mut clock = Clock::new(args.verbose);
    let options = options(args)?;
    let mut project = Project::new(args)?;
    if args.show_config {
        return project.show(&args.paths, out).map(|()| Outcome::Clean);
    }
    let found = inputs(&args.paths, &args.stdin_filename, options.limits.bytes, &mut project)?;
    if found.is_empty() {
        complain("found no cloud-config to check; name a file, or a directory that contains one");
        return Ok(Outcome::NoInput);
    }

    clock.lap("found and read the files");
    let (readable, unreadable): (Vec<Input>, Vec<Input>) =
        found.into_iter().partition(|input| input.bytes.is_ok());
    for input in &unreadable {
        if let Err(error) = &input.bytes {
            complain(&format!("{error:#}"));
        }
    }

    let readable: Vec<(Input, Settings)> = readable
        .into_iter()
        .map(|input| {
            let settings = project.settings(Path::new(&input.name))?;
            Ok((input, settings))
        })
        .collect::<Result<_>>()?;
    let mut checked: Vec<Checked> = parallel::filter_map(readable, |(input, settings)| {
        let report = report_on(&input.name, input.bytes.as_deref().ok()?, &settings, args, &options);
        Some(Checked { input, settings, report })
    });

    clock.lap("checked them");
    if args.diff {
        return fix::show(&checked, args, &options, out).map(|outcome| worse(outcome, &unreadable));
    }
    let all_written = !args.fix || fix::apply(&mut checked, args, &options)?;
    if checked.is_empty() {
        return Ok(Outcome::Failed);
    }
    baseline::apply(&mut checked, args, &mut project)?;
    let reports: Vec<Named<'_>> = checked.iter().map(Checked::named).collect();
    let results = Results { reports: &reports, rules: described };
    write_files(args, &results)?;
    let is_silent = args.output_file.iter().any(|file| file.format.is_none());
    if args.statistics {
        statistics::write(&results, out)?;
    } else if is_silent {
        // The findings are in the file.
    } else if args.fix && args.paths.iter().any(|path| discover::is_standard_input(path)) {
        // Standard output is the text, and nothing else.
        let mut out = screen::stderr();
        args.output_format.write(&results, &mut out)?;
        out.flush()?;
    } else {
        args.output_format.write(&results, out)?;
        if args.explain {
            explain::found(&reports, out)?;
        }
    }
    clock.lap("wrote the rest");
    clock.tell(checked.len());
    if !all_written {
        return Ok(Outcome::Failed);
    }
    Ok(worse(outcome(&checked, args), &unreadable))
}

/// How long the steps of a run took.
struct Clock {
    is_asked: bool,
    since: Instant,
    laps: Vec<String>,
}

impl Clock {
    fn new(is_asked: bool) -> Self {
        Self { is_asked, since: Instant::now(), laps: Vec::new() }
    }

    /// Ends a step.
    fn lap(&mut self, what: &str) {
        self.laps.push(format!("{what} in {:.1} ms", self.since.elapsed().as_secs_f64() * 1000.0));
        self.since = Instant::now();
    }

    fn tell(&self, files: usize) {
        if self.is_asked {
            let files = if files == 1 { "1 file".to_owned() } else { format!("{files} files") };
            remark(&format!("{files}: {}", self.laps.join(", ")));
        }
    }
}

/// Writes findings to the files that are asked for.
fn write_files(args: &LintArgs, results: &Results<'_>) -> Result<()> {
    for OutputFile { format, path } in &args.output_file {
        let why = || format!("cannot write {}", path.display());
        let file = std::fs::File::create(path).with_context(why)?;
        let mut out = Output::new(anstream::StripStream::new(file));
        format.unwrap_or(args.output_format).write(results, &mut out).with_context(why)?;
        out.flush().with_context(why)?;
    }
    Ok(())
}

/// The rules, for formats that describe them.
fn described() -> Vec<RuleInfo> {
    let info = |rule: dryboot_core::Rule| RuleInfo {
        name: rule.name,
        severity: rule.severity,
        summary: rule.summary(),
        docs: rule.docs.join("\n\n"),
    };
    rules().into_iter().map(info).collect()
}

fn worse(outcome: Outcome, unreadable: &[Input]) -> Outcome {
    if unreadable.is_empty() { outcome } else { Outcome::Failed }
}

fn outcome(checked: &[Checked], args: &LintArgs) -> Outcome {
    let fails = |Checked { report, settings, .. }: &Checked| match settings.fail_on {
        None if args.output_format.is_native => !report.verdict.succeeds,
        fail_on => report.worst().is_some_and(|worst| worst >= fail_on.unwrap_or(Severity::Error)),
    };
    if checked.iter().any(fails) { Outcome::Findings } else { Outcome::Clean }
}

fn options(args: &LintArgs) -> Result<LintOptions> {
    let mut named = args.select.iter().chain(&args.ignore);
    if let Some(unknown) = named.find(|name| dryboot_core::rule(name).is_none()) {
        let names: Vec<&str> = rules().iter().map(|rule| rule.name).collect();
        bail!("`{unknown}` is not a rule; the rules are: {}", names.join(", "));
    }
    check_platform(args)?;
    Ok(LintOptions {
        instance_data: args.instance_data.as_deref().map(instance_data).transpose()?,
        metadata: known_metadata(args)?,
        gzipped_length: Some(gzipped_length),
        boot_problems: Some(BootProblems::Follow(boot_problems)),
        select: args.select.clone(),
        ignore: args.ignore.clone(),
        ..LintOptions::default()
    })
}

/// Reads what is known of a machine.
fn instance_data(path: &Path) -> Result<InstanceData> {
    let bytes = discover::read(path)?;
    let text = String::from_utf8_lossy(&bytes);
    InstanceData::parse(&text).with_context(|| format!("{} is not instance data", path.display()))
}

/// Refuses a platform that the program does not know.
fn check_platform(args: &LintArgs) -> Result<()> {
    let (Some(location), Some(TargetChoice(target))) = (args.platform, &args.target) else { return Ok(()) };
    let name = location.name().unwrap_or_default();
    match target {
        Some(Target::CloudInit(_)) if location.cloud_init.is_none() => {
            bail!(
                "`{name}` is a platform for CoreOS and Flatcar; for cloud-init, name the provider, such as \
                 `ec2`"
            )
        }
        Some(Target::Coreos(_)) if location.coreos.is_none() => {
            bail!("CoreOS and Flatcar do not support the platform `{name}`; `dryboot platforms` lists theirs")
        }
        _ => Ok(()),
    }
}

/// What the metadata has that was given.
fn known_metadata(args: &LintArgs) -> Result<Option<Vec<Field>>> {
    let Some(path) = &args.metadata else { return Ok(None) };
    let Some(platform) = args.platform.and_then(|platform| platform.coreos) else {
        bail!("metadata is only used for coreos-cloudinit and its fork, which do not support this platform");
    };
    let asked = args.target.as_ref().and_then(|choice| choice.0.as_ref()).and_then(Target::coreos);
    let target = asked.or(platform.targets.first().copied()).unwrap_or(CoreosTarget::CoreOs);
    let mut machine = MachineDescription::default();
    metadata::add(path, platform, None, target, &mut machine)?;
    Ok(Some(known_fields(&machine)))
}
