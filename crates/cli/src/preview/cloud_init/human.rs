//! The boot with cloud-init as a story.

use anyhow::Result;
use dryboot_core::CloudInitTarget;
use dryboot_core::cloud_init_boot::{Level, Preview, Status};
use dryboot_report::output::{BAD, Output, STRONG, shown};

use super::super::causes::{Lines, faint};
use super::super::{stages, tree};

pub(super) fn write(
    preview: &Preview,
    target: &CloudInitTarget,
    platform: Option<&'static str>,
    out: &mut Output<'_>,
) -> Result<()> {
    let heading = STRONG;
    let lines = Lines::with_vendor_data(&preview.text, preview.vendor_data.as_deref());
    verdict(preview, target, platform, out)?;
    messages(preview, &lines, out)?;
    let told = |index: usize| {
        let effect = preview.journal.effects.get(index)?;
        Some((effect.action.to_string(), lines.why(&effect.causes)))
    };
    for stage in &preview.last_boot() {
        stages::tell(stage, &told, out)?;
    }
    writeln!(out)?;
    if preview.files.iter().any(|(_, entry)| entry.written_by.is_some()) {
        writeln!(out, "{heading}files afterwards{heading:#}")?;
        let why = |index: usize| {
            preview.journal.effects.get(index).map_or_else(String::new, |effect| lines.why(&effect.causes))
        };
        tree::write(&preview.files, why, out)?;
    }
    for note in &preview.notes {
        writeln!(out, "note: {note}")?;
    }
    Ok(())
}

/// What comes of it: everything else is the reason.
fn verdict(
    preview: &Preview,
    target: &CloudInitTarget,
    platform: Option<&'static str>,
    out: &mut Output<'_>,
) -> Result<()> {
    let bad = BAD;
    let on = platform.map_or_else(String::new, |name| format!(" on {name}"));
    let on_image = match target.distribution {
        Some(_) => String::new(),
        None => format!(", image of {}", preview.image.name),
    };
    let who = format!("cloud-init {}{on} (`--target {}`{on_image})", target.release, target.name());
    match preview.status {
        Status::Done => writeln!(out, "{who}: succeeds")?,
        Status::Degraded => writeln!(out, "{who}: succeeds with warnings (`degraded`)")?,
        Status::Disabled => writeln!(out, "{who}: {bad}does not run{bad:#} (`disabled`)")?,
        Status::Error => writeln!(out, "{who}: {bad}fails{bad:#} (`error`)")?,
    }
    Ok(())
}

/// What the program says.
fn messages(preview: &Preview, lines: &Lines, out: &mut Output<'_>) -> Result<()> {
    let bad = BAD;
    let steps = preview.journal.stages.iter().flat_map(|stage| &stage.steps);
    for message in steps.flat_map(|step| &step.messages) {
        let word = match message.level {
            Level::Warning => "warns:",
            Level::Deprecated => "deprecates:",
            Level::Error => "fails:",
        };
        let reason = message.exception.as_ref().map(|error| format!(": {}", error.text)).unwrap_or_default();
        let text = format!("{}{reason}", message.text);
        writeln!(out, "{bad}{word}{bad:#} {}{}", shown(&text), faint(&lines.why(&message.causes)))?;
    }
    Ok(())
}
