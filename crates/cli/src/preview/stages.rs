//! The stages of a boot, for people.

use anyhow::Result;
use dryboot_core::{Stage, State, Step};
use dryboot_report::output::{Output, Paint, STRONG, shown};

use super::causes::faint;

/// A stage with the effects where they happen. Neighbours that do nothing share a line.
///
/// `told` is an effect in words, and why; none for one that is not worth a line.
pub(super) fn tell(
    stage: &Stage,
    told: &dyn Fn(usize) -> Option<(String, String)>,
    out: &mut Output<'_>,
) -> Result<()> {
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
        for (what, why) in first.effects.iter().filter_map(|&index| told(index)) {
            writeln!(out, "{indent}                 {}{}", shown(&what), faint(&why))?;
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
    let shared = first.why.as_deref().filter(|_| steps.iter().all(|step| step.why == first.why));
    let why = match first.state {
        State::NotReached => first.why.as_deref().unwrap_or_default(),
        _ => shared.unwrap_or("nothing to do there"),
    };
    let dash = if why.is_empty() { "" } else { " — " };
    let (name, who) = (word(first.state), &first.who);
    writeln!(out, "{indent}  {state}{name:11}{state:#}  {who}: {}{dash}{why}", all.join("; "))?;
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
pub(super) fn without_hash(text: &str) -> String {
    const OPTION: &str = "useradd --password ";
    let Some((before, after)) = text.split_once(OPTION) else { return text.to_owned() };
    let rest = after.split_once(' ').map_or("", |(_, rest)| rest);
    format!("{before}{OPTION}*** {rest}")
}
