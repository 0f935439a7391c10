use std::ops::Range;

use dryboot_lint::{Safety, Severity};

use super::SCRIPTS;
use crate::lint::{Context, Rule, Script};
use crate::rules::docs;
use crate::shell::Command;

pub(crate) static RULE: Rule =
    Rule { name: "bashism", severity: Severity::Warning, docs: docs!("bashism.md"), check };

fn check(context: &mut Context<'_>) {
    for key in SCRIPTS {
        let script = Script::of(context, key);
        for step in script.commands.iter().filter(|step| !step.in_bash) {
            let Some((range, what, effect)) = bash_only(&step.command) else { continue };
            let span = script.span(context, &range);
            let is_source = what == "`source`" && span.slice(context.read) == "source";
            let has_path = step.command.arguments().next().is_some_and(|file| file.contains('/'));
            let message =
                format!("`{key}` is run by `sh`, but {what} is bash syntax: on Debian and Ubuntu, {effect}");
            let finding = context.report(span, message).path(script.path(&range));
            if is_source && has_path {
                finding.help("write `.` instead").fix(Safety::Safe, "write `.`", span, ".");
            } else {
                finding.help("use `sh` syntax, or write the command as `[bash, -c, '…']`");
            }
        }
    }
}

const FAILS: &str = "the command fails";
const STOPS: &str = "the script stops here";

/// What only bash reads, and what `dash` makes of it.
fn bash_only(command: &Command) -> Option<(Range<usize>, &'static str, &'static str)> {
    if let Some(redirect) = command.redirects.iter().find(|redirect| is_bash(&redirect.operator)) {
        let (what, effect) = match redirect.operator.as_str() {
            "<<<" => ("`<<<`", STOPS),
            "&>" | "&>>" => ("`&>`", "the command runs in the background"),
            _ => ("`<(…)`", STOPS),
        };
        return Some((redirect.target.span.clone(), what, effect));
    }
    if let Some(array) = command.assignments.iter().find(|word| word.live.contains("=(")) {
        return Some((array.span.clone(), "an array", STOPS));
    }
    let first = command.words.first()?;
    let (what, effect) = match first.text.as_str() {
        "source" => ("`source`", FAILS),
        "[[" => ("`[[`", FAILS),
        "function" => ("`function`", STOPS),
        "shopt" => ("`shopt`", FAILS),
        "pushd" | "popd" => ("`pushd`", FAILS),
        "declare" | "typeset" => ("`declare`", FAILS),
        "set" => {
            let option = command.words.iter().find(|word| word.text == "pipefail")?;
            return Some((option.span.clone(), "`pipefail`", STOPS));
        }
        _ => return None,
    };
    Some((first.span.clone(), what, effect))
}

fn is_bash(operator: &str) -> bool {
    ["<<<", "&>", "&>>", "<(", ">("].contains(&operator)
}
