//! `dryboot lint`.

use std::borrow::Cow;
use std::path::Path;

use anyhow::{Context, Result, bail};
use dryboot_core::platform::{Field, known_fields};
use dryboot_core::{
    BootProblems, CoreosTarget, InstanceData, LintOptions, Location, MachineDescription, Report, Severity,
    Target, boot_problems, gzipped_length, lint, lint_file, rules,
};
use dryboot_report::Named;
use dryboot_report::output::Output;
use dryboot_report::render::{Results, RuleInfo, statistics};
use rayon::prelude::*;

use crate::args::{KindArg, LintArgs, OutputFile, TemplateArg};
use crate::discover::{self, Input, inputs};
use crate::screen;
use crate::{Outcome, complain, fix, metadata};

/// A text with its report.
pub(crate) struct Checked {
    pub(crate) input: Input,
    pub(crate) report: Report,
}

impl Checked {
    fn named(&self) -> Named<'_> {
        Named { name: &self.input.name, report: &self.report }
    }
}

pub(crate) fn run(args: &LintArgs, out: &mut Output<'_>) -> Result<Outcome> {
    let options = options(args)?;
    let found = inputs(&args.paths, &args.stdin_filename, options.limits.bytes, looks_inside(args));
    if found.is_empty() {
        complain("found no cloud-config to check; name a file, or a directory that contains one");
        return Ok(Outcome::NoInput);
    }

    let (readable, unreadable): (Vec<Input>, Vec<Input>) =
        found.into_iter().partition(|input| input.bytes.is_ok());
    for input in &unreadable {
        if let Err(error) = &input.bytes {
            complain(&format!("{error:#}"));
        }
    }

    let mut checked: Vec<Checked> = readable
        .into_par_iter()
        .filter_map(|input| {
            let report = report_on(&input, input.bytes.as_deref().ok()?, args, &options);
            Some(Checked { input, report })
        })
        .collect();

    if args.diff {
        return fix::show(&checked, args, &options, out).map(|outcome| worse(outcome, &unreadable));
    }
    let all_written = !args.fix || fix::apply(&mut checked, args, &options)?;
    if checked.is_empty() {
        return Ok(Outcome::Failed);
    }
    let reports: Vec<Named<'_>> = checked.iter().map(Checked::named).collect();
    let described = described();
    let results = Results { reports: &reports, rules: &described };
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
    }
    if !all_written {
        return Ok(Outcome::Failed);
    }
    Ok(worse(outcome(&checked, args), &unreadable))
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

/// The report on one file, or on what is embedded in it.
pub(crate) fn report_on(input: &Input, bytes: &[u8], args: &LintArgs, options: &LintOptions) -> Report {
    let options = options_for(input, args, options);
    if looks_inside(args) { lint_file(&input.name, bytes, &options) } else { lint(bytes, &options) }
}

/// Whether user-data inside other files is looked for. What a program's own validator is given, it takes as a whole.
fn looks_inside(args: &LintArgs) -> bool {
    !args.no_embedded && !args.output_format.is_native && args.kind == KindArg::Auto
}

/// The options for one file: whether it is a template depends on its name.
fn options_for<'o>(input: &Input, args: &LintArgs, options: &'o LintOptions) -> Cow<'o, LintOptions> {
    let bytes = input.bytes.as_deref().unwrap_or_default();
    // A program's own validator knows of no placeholders.
    let is_native = args.output_format.is_native && args.template == TemplateArg::Auto;
    let template = if is_native { TemplateArg::None } else { args.template };
    let printed_for = args.output_format.is_native.then(|| input.name.clone());
    match (template.syntax(&input.name, bytes), printed_for) {
        (None, None) => Cow::Borrowed(options),
        (template, printed_for) => Cow::Owned(LintOptions { template, printed_for, ..options.clone() }),
    }
}

fn worse(outcome: Outcome, unreadable: &[Input]) -> Outcome {
    if unreadable.is_empty() { outcome } else { Outcome::Failed }
}

fn outcome(checked: &[Checked], args: &LintArgs) -> Outcome {
    let as_the_original = args.output_format.is_native && args.fail_on.is_none();
    let threshold = args.fail_on.map_or(Severity::Error, |severity| severity.severity());
    let fails = |report: &Report| {
        if as_the_original {
            !report.verdict.succeeds
        } else {
            report.worst().is_some_and(|worst| worst >= threshold)
        }
    };
    if checked.iter().any(|checked| fails(&checked.report)) { Outcome::Findings } else { Outcome::Clean }
}

fn options(args: &LintArgs) -> Result<LintOptions> {
    let names: Vec<&str> = rules().iter().map(|rule| rule.name).collect();
    for name in args.select.iter().chain(&args.ignore) {
        if !names.contains(&name.as_str()) {
            bail!("`{name}` is not a rule; the rules are: {}", names.join(", "));
        }
    }
    Ok(LintOptions {
        target: args.target.0.clone(),
        kind: args.kind.kind(),
        instance_data: args.instance_data.as_deref().map(instance_data).transpose()?,
        platform: platform(args)?,
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

/// Where machines boot: a platform that the program knows that was asked for.
fn platform(args: &LintArgs) -> Result<Location> {
    let Some(location) = args.platform else { return Ok(Location::default()) };
    let name = location.name().unwrap_or_default();
    match &args.target.0 {
        Some(Target::CloudInit(_)) if location.cloud_init.is_none() => {
            bail!(
                "`{name}` is a platform for CoreOS and Flatcar; for cloud-init, name the provider, such as \
                 `ec2`"
            )
        }
        Some(Target::Coreos(_)) if location.coreos.is_none() => {
            bail!("CoreOS and Flatcar do not support the platform `{name}`; `dryboot platforms` lists theirs")
        }
        _ => Ok(location),
    }
}

/// What the metadata has that was given.
fn known_metadata(args: &LintArgs) -> Result<Option<Vec<Field>>> {
    let Some(path) = &args.metadata else { return Ok(None) };
    let Some(platform) = args.platform.and_then(|platform| platform.coreos) else {
        bail!("metadata is only used for coreos-cloudinit and its fork, which do not support this platform");
    };
    let asked = args.target.0.as_ref().and_then(Target::coreos);
    let target = asked.or(platform.targets.first().copied()).unwrap_or(CoreosTarget::CoreOs);
    let mut machine = MachineDescription::default();
    metadata::add(path, platform, None, target, &mut machine)?;
    Ok(Some(known_fields(&machine)))
}
