//! The preview as a story.

use std::fmt;

use anyhow::Result;
use dryboot_core::units::{Problem, Units};
use dryboot_core::{Effect, Preview, Stage, State, Step};
use dryboot_report::output::{BAD, FAINT, Output, Paint, STRONG, shown};

use super::causes::Lines;
use super::{timeline, tree};

pub(super) fn write(preview: &Preview, units: &Units, out: &mut Output<'_>) -> Result<()> {
    let lines = Lines::of(preview);
    let heading = STRONG;
    verdict(preview, units, out)?;
    problems(preview, units, &lines, out)?;
    if preview.platform.is_some() {
        for stage in &preview.stages {
            tell_stage(preview, stage, &lines, out)?;
        }
        writeln!(out)?;
    } else {
        let mut is_idle = true;
        for effect in preview.effects.iter().filter(|effect| !effect.action.is_idle()) {
            is_idle = false;
            tell(effect, "  ", &lines, out)?;
        }
        if is_idle {
            writeln!(out, "  does not change the machine")?;
        }
    }
    if preview.machine.files.iter().any(|(_, entry)| entry.written_by.is_some()) {
        writeln!(out, "{heading}files afterwards{heading:#}")?;
        let why = |index: usize| {
            preview.effects.get(index).map_or_else(String::new, |effect| lines.why(&effect.causes))
        };
        tree::write(&preview.machine, why, out)?;
    }
    timeline::write(units, out)?;
    for note in units.problems.iter().filter(|problem| problem.is_note) {
        writeln!(out, "note: {}{}", note.message, faint(&lines.why(&note.causes)))?;
        help(note, out)?;
    }
    for note in &preview.notes {
        writeln!(out, "note: {note}")?;
    }
    Ok(())
}

/// What comes of it: everything else is the reason.
fn verdict(preview: &Preview, units: &Units, out: &mut Output<'_>) -> Result<()> {
    let bad = BAD;
    let on = preview.platform.map_or_else(String::new, |name| format!(" on {name}"));
    let who = format!("{}{on} (`--target {}`)", preview.target.program(), preview.target);
    match preview.exit_code {
        // The program does not see what its units come to.
        0 if units.fails() => writeln!(out, "{who}: {bad}fails{bad:#} at its units")?,
        0 => match units.unknown() {
            Some(unit) => {
                writeln!(out, "{who}: succeeds with exit code 0, if the image has `{}`", shown(&unit.name))?;
            }
            None => writeln!(out, "{who}: succeeds with exit code 0")?,
        },
        code => writeln!(out, "{who}: {bad}fails{bad:#} with exit code {code}")?,
    }
    Ok(())
}

/// What goes wrong, and what the program says.
fn problems(preview: &Preview, units: &Units, lines: &Lines, out: &mut Output<'_>) -> Result<()> {
    let bad = BAD;
    for problem in units.problems.iter().filter(|problem| !problem.is_note) {
        writeln!(out, "{bad}units:{bad:#} {}{}", problem.message, faint(&lines.why(&problem.causes)))?;
        help(problem, out)?;
    }
    // The program says this of every unit that it has just written.
    let is_routine = |text: &str| text.ends_with("is not null or empty, refusing to unmask");
    for message in preview.messages.iter().filter(|message| !is_routine(&message.text)) {
        let text = without_hash(&message.text);
        writeln!(out, "{bad}says:{bad:#} {text}{}", faint(&lines.why(&message.causes)))?;
    }
    for line in preview.stdout.lines() {
        writeln!(out, "{bad}prints:{bad:#} {line}")?;
    }
    Ok(())
}

fn help(problem: &Problem, out: &mut Output<'_>) -> Result<()> {
    if let Some(help) = problem.help {
        writeln!(out, "  help: {help}")?;
    }
    Ok(())
}

pub(super) fn faint(why: &str) -> impl fmt::Display {
    fmt::from_fn(move |f| if why.is_empty() { Ok(()) } else { write!(f, "  {FAINT}{why}{FAINT:#}") })
}

fn tell(effect: &Effect, indent: &str, lines: &Lines, out: &mut Output<'_>) -> Result<()> {
    writeln!(out, "{indent}{}{}", effect.action, faint(&lines.why(&effect.causes)))?;
    Ok(())
}

/// A stage with the effects where they happen. Neighbours that do nothing share a line.
fn tell_stage(preview: &Preview, stage: &Stage, lines: &Lines, out: &mut Output<'_>) -> Result<()> {
    let heading = STRONG;
    let nested = stage.steps.first().is_some_and(|step| step.depth > 0);
    let indent = if nested { "    " } else { "" };
    writeln!(out)?;
    writeln!(out, "{indent}{heading}{}{heading:#}", stage.name)?;
    let alike = |a: &Step, b: &Step| is_quiet(a) && is_quiet(b) && a.state == b.state && a.who == b.who;
    for steps in stage.steps.chunk_by(alike) {
        let [first, ..] = steps else { continue };
        if steps.len() > 1 {
            quiet(first, steps, indent, out)?;
            continue;
        }
        let state = color(first.state);
        let name = word(first.state);
        let reads = match first.reads.as_slice() {
            [] => String::new(),
            reads => format!(" [{}]", reads.join(", ")),
        };
        let why = first.why.as_deref().map(|why| format!(" — {}", without_hash(why))).unwrap_or_default();
        let (who, what) = (&first.who, &first.what);
        writeln!(out, "{indent}  {state}{name:11}{state:#}  {who}: {what}{reads}{why}")?;
        let effects = first.effects.iter().filter_map(|&index| preview.effects.get(index));
        for effect in effects.filter(|effect| !effect.action.is_idle()) {
            tell(effect, &format!("{indent}                 "), lines, out)?;
        }
    }
    Ok(())
}

fn is_quiet(step: &Step) -> bool {
    matches!(step.state, State::Skipped | State::NotReached)
}

fn quiet(first: &Step, steps: &[Step], indent: &str, out: &mut Output<'_>) -> Result<()> {
    let state = color(first.state);
    let all: Vec<&str> = steps.iter().map(|step| step.what.as_str()).collect();
    let why = match first.state {
        State::NotReached => first.why.as_deref().map(|why| format!(" — {why}")).unwrap_or_default(),
        _ => " — nothing to do there".to_owned(),
    };
    let (name, who) = (word(first.state), &first.who);
    writeln!(out, "{indent}  {state}{name:11}{state:#}  {who}: {}{why}", all.join("; "))?;
    Ok(())
}

fn word(state: State) -> String {
    state.code().replace('-', " ")
}

fn color(state: State) -> Paint {
    let color = match state {
        State::Done => anstyle::AnsiColor::Green,
        State::Skipped => anstyle::AnsiColor::Cyan,
        State::Failed => anstyle::AnsiColor::Red,
        State::NotReached => anstyle::AnsiColor::Yellow,
    };
    Paint::new(color.on_default())
}

/// Terminals and logs of CI jobs are no place for secrets, and the program logs the whole command.
fn without_hash(text: &str) -> String {
    const OPTION: &str = "useradd --password ";
    let Some((before, after)) = text.split_once(OPTION) else { return text.to_owned() };
    let rest = after.split_once(' ').map_or("", |(_, rest)| rest);
    format!("{before}{OPTION}*** {rest}")
}
