//! `dryboot preview`.

use std::io::Write;
use std::path::{Component, Path};

use anyhow::{Context, Result, anyhow};
use dryboot_core::platform::{self, Platform};
use dryboot_core::{
    Action, Cause, Effect, LineIndex, MachineDescription, MachineState, Preview, Stage, State, Target,
    parse_description, preview, target_on,
};
use serde::Serialize;

use crate::args::{PreviewArgs, PreviewFormat};
use crate::{Outcome, complain, discover};

pub(crate) fn run(args: &PreviewArgs, out: &mut impl Write) -> Result<Outcome> {
    let bytes = discover::read(&args.file)?;
    let mut machine = match &args.machine {
        Some(path) => {
            let json = discover::read(path)?;
            let described = parse_description(&json).map_err(|words| anyhow!(words));
            described.with_context(|| format!("{} does not describe a machine", path.display()))?
        }
        None => MachineDescription::default(),
    };
    for field in machine.unknown.keys() {
        complain(&format!("a machine has no `{field}`: it is ignored"));
    }
    let preview = match args.platform {
        Some(platform) => {
            let target = target_on(&bytes, args.target.target(), platform);
            if let Some(path) = &args.metadata {
                let added = add_metadata(platform, target, path, &mut machine);
                added.with_context(|| format!("cannot use {}", path.display()))?;
            }
            platform::boot(&bytes, target, platform, &machine)?
        }
        None => preview(&bytes, args.target.target(), &machine),
    };
    match args.output_format {
        PreviewFormat::Human => human(&preview, out)?,
        PreviewFormat::Json => json(&preview, out)?,
    }
    Ok(if preview.exit_code == 0 { Outcome::Clean } else { Outcome::Findings })
}

/// Where a config drive has its metadata.
const ON_DRIVE: &str = "openstack/latest/meta_data.json";

/// Reads metadata in the platform's own form. Other files are looked for below the `openstack` of a
/// drive, and nowhere else.
fn add_metadata(
    platform: &'static Platform,
    target: Target,
    path: &Path,
    machine: &mut MachineDescription,
) -> Result<()> {
    let is_drive = path.is_dir();
    let json = if is_drive { discover::read(&path.join(ON_DRIVE))? } else { discover::read(path)? };
    let file = |name: &str| {
        let name = Path::new(name.trim_start_matches('/'));
        let stays = name.components().all(|component| matches!(component, Component::Normal(_)));
        (is_drive && stays).then(|| std::fs::read(path.join("openstack").join(name)).ok()).flatten()
    };
    Ok(platform::describe(platform, target, &json, file, machine)?)
}

fn human(preview: &Preview, out: &mut impl Write) -> Result<()> {
    let lines = LineIndex::new(&preview.text);
    let bad = anstyle::AnsiColor::Red.on_default().bold();
    let on = preview.platform.map_or_else(String::new, |name| format!(" on {name}"));
    writeln!(out, "{}{on} (`--target {}`):", preview.target.program(), preview.target)?;
    if preview.platform.is_some() {
        story(preview, &lines, out)?;
    } else {
        let mut is_idle = true;
        for effect in preview.effects.iter().filter(|effect| !effect.action.is_idle()) {
            is_idle = false;
            tell(effect, "  ", &lines, out)?;
        }
        if is_idle {
            writeln!(out, "  does nothing to the machine")?;
        }
    }
    for message in &preview.messages {
        let text = without_hash(&message.text);
        writeln!(out, "{bad}says:{bad:#} {text}{}", why(&message.causes, &lines))?;
    }
    for line in preview.stdout.lines() {
        writeln!(out, "{bad}prints:{bad:#} {line}")?;
    }
    for note in &preview.notes {
        writeln!(out, "note: {note}")?;
    }
    match preview.exit_code {
        0 => writeln!(out, "succeeds with exit code 0")?,
        code => writeln!(out, "{bad}fails{bad:#} with exit code {code}")?,
    }
    Ok(())
}

fn tell(effect: &Effect, indent: &str, lines: &LineIndex, out: &mut impl Write) -> Result<()> {
    writeln!(out, "{indent}{}{}", effect.action, why(&effect.causes, lines))?;
    Ok(())
}

/// The boot in stages, with the effects where they happen.
fn story(preview: &Preview, lines: &LineIndex, out: &mut impl Write) -> Result<()> {
    let heading = anstyle::Style::new().bold();
    for Stage { name, steps } in &preview.stages {
        writeln!(out, "\n{heading}{name}{heading:#}")?;
        for step in steps {
            let color = match step.state {
                State::Done => anstyle::AnsiColor::Green,
                State::Skipped => anstyle::AnsiColor::Cyan,
                State::Failed => anstyle::AnsiColor::Red,
                State::NotReached => anstyle::AnsiColor::Yellow,
            };
            let state = color.on_default();
            write!(out, "  {state}{:11}{state:#}  {}: {}", step.state.name(), step.who, step.what)?;
            if !step.reads.is_empty() {
                write!(out, " [{}]", step.reads.join(", "))?;
            }
            match &step.why {
                Some(why) => writeln!(out, " — {}", without_hash(why))?,
                None => writeln!(out)?,
            }
            let effects = step.effects.iter().filter_map(|&index| preview.effects.get(index));
            for effect in effects.filter(|effect| !effect.action.is_idle()) {
                tell(effect, "                 ", lines, out)?;
            }
        }
    }
    writeln!(out)?;
    Ok(())
}

/// Terminals and logs of CI jobs are no place for secrets, and the program logs the whole command.
fn without_hash(text: &str) -> String {
    const OPTION: &str = "useradd --password ";
    let Some((before, after)) = text.split_once(OPTION) else { return text.to_owned() };
    let rest = after.split_once(' ').map_or("", |(_, rest)| rest);
    format!("{before}{OPTION}*** {rest}")
}

/// Where something comes from: `lines 3-4, 8; metadata private_ipv4`.
fn why(causes: &[Cause], lines: &LineIndex) -> String {
    let mut touched: Vec<usize> = Vec::new();
    let mut others: Vec<String> = Vec::new();
    for cause in causes {
        match cause {
            Cause::Text(span) => {
                let last = span.end.saturating_sub(1).max(span.start);
                touched.extend(lines.line(span.start)..=lines.line(last));
            }
            Cause::Metadata(field) => others.push(format!("metadata {field}")),
            Cause::Environment(variable) => others.push(format!("environment {variable}")),
            Cause::Generated(key) => others.push(format!("by itself for {key}")),
        }
    }
    touched.sort_unstable();
    touched.dedup();
    let runs: Vec<String> = touched
        .chunk_by(|a, b| a + 1 == *b)
        .filter_map(|run| Some((run.first()?, run.last()?)))
        .map(|(first, last)| if first == last { first.to_string() } else { format!("{first}-{last}") })
        .collect();
    let named = match touched.len() {
        0 => None,
        1 => Some(format!("line {}", runs.join(", "))),
        _ => Some(format!("lines {}", runs.join(", "))),
    };
    // What has lines was asked for; that the program would do it anyway is no news then.
    if named.is_some() {
        others.retain(|other| !other.starts_with("by itself"));
    }
    let all: Vec<String> = named.into_iter().chain(others).collect();
    if all.is_empty() {
        return String::new();
    }
    let faint = anstyle::Style::new().dimmed();
    format!("  {faint}{}{faint:#}", all.join("; "))
}

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    target: &'static str,
    platform: Option<&'static str>,
    exit_code: i32,
    messages: Vec<&'a str>,
    stdout: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    substituted: Option<&'a str>,
    actions: Vec<&'a Action>,
    /// Parallel to the actions.
    causes: Vec<&'a [Cause]>,
    stages: &'a [Stage],
    machine: &'a MachineState,
    notes: &'a [String],
}

fn json(preview: &Preview, out: &mut impl Write) -> Result<()> {
    let document = Document {
        version: 1,
        target: preview.target.name(),
        platform: preview.platform,
        exit_code: preview.exit_code,
        messages: preview.messages.iter().map(|message| message.text.as_str()).collect(),
        stdout: &preview.stdout,
        substituted: preview.substituted.as_deref(),
        actions: preview.effects.iter().map(|effect| &effect.action).collect(),
        causes: preview.effects.iter().map(|effect| effect.causes.as_slice()).collect(),
        stages: &preview.stages,
        machine: &preview.machine,
        notes: &preview.notes,
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)?;
    Ok(())
}
