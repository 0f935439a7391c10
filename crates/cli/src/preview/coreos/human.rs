//! The preview as a story.

use anyhow::Result;
use dryboot_core::units::{Problem, Units};
use dryboot_core::{Effect, Preview};
use dryboot_report::output::{BAD, Output, STRONG, shown};

use super::super::causes::{Lines, faint};
use super::super::stages::{self, without_hash};
use super::super::tree;
use super::timeline;

pub(super) fn write(preview: &Preview, units: &Units, out: &mut Output<'_>) -> Result<()> {
    let lines = Lines::of(&preview.text, preview.oem.as_deref());
    let heading = STRONG;
    verdict(preview, units, out)?;
    problems(preview, units, &lines, out)?;
    if preview.platform.is_some() {
        let told = |index: usize| {
            let effect = preview.effects.get(index).filter(|effect| !effect.action.is_idle())?;
            Some((effect.action.to_string(), lines.why(&effect.causes)))
        };
        for stage in &preview.stages {
            stages::tell(stage, &told, out)?;
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
        tree::write(&preview.machine.files, why, out)?;
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
    if let Some(help) = &problem.help {
        writeln!(out, "  help: {help}")?;
    }
    Ok(())
}

fn tell(effect: &Effect, indent: &str, lines: &Lines, out: &mut Output<'_>) -> Result<()> {
    writeln!(out, "{indent}{}{}", effect.action, faint(&lines.why(&effect.causes)))?;
    Ok(())
}
