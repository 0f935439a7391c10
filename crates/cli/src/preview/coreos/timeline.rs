//! When units start, for people.

use anyhow::Result;
use dryboot_core::units::{Job, JobEnd, Units};
use dryboot_report::output::{Output, Paint, STRONG};

/// Prints the jobs of commands, each with what it pulls in.
pub(super) fn write(units: &Units, out: &mut Output<'_>) -> Result<()> {
    let heading = STRONG;
    let commands: Vec<&[Job]> = units.jobs.chunk_by(|a, b| a.effect == b.effect).collect();
    let commands: Vec<&[Job]> =
        commands.into_iter().filter(|jobs| jobs.iter().any(|job| job.effect.is_some())).collect();
    if !commands.is_empty() {
        writeln!(out, "{heading}units, in starting order{heading:#}")?;
        for jobs in commands {
            for job in jobs {
                tell(units, job, out)?;
            }
        }
    }
    Ok(())
}

fn tell(units: &Units, job: &Job, out: &mut Output<'_>) -> Result<()> {
    let Some(unit) = units.units.get(job.unit) else { return Ok(()) };
    let (word, color) = match job.state {
        JobEnd::Done => ("", anstyle::AnsiColor::Green),
        JobEnd::Failed => (", fails", anstyle::AnsiColor::Red),
        JobEnd::Waiting => (", waits forever", anstyle::AnsiColor::Red),
        JobEnd::NotReached => (", not reached", anstyle::AnsiColor::Yellow),
    };
    let verb = Paint::new(color.on_default());
    writeln!(out, "  {verb}{:8}{verb:#}{}{word}, by {}", job.verb, unit.name, job.by)?;
    Ok(())
}
