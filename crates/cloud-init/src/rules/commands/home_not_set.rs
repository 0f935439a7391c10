use dryboot_lint::Severity;

use super::SCRIPTS;
use crate::lint::{Context, Rule, Script};
use crate::rules::docs;
use crate::shell::Word;

pub(crate) static RULE: Rule =
    Rule { name: "home-not-set", severity: Severity::Info, docs: docs!("home_not_set.md"), check };

const VARIABLES: [&str; 3] = ["HOME", "USER", "LOGNAME"];

fn check(context: &mut Context<'_>) {
    for key in SCRIPTS {
        let script = Script::of(context, key);
        let mut set: Vec<&str> = Vec::new();
        // `sudo` and `su` set the variables for what they run.
        for step in script.commands.iter().filter(|step| !step.is_within("sudo")) {
            let words = || step.command.assignments.iter().chain(&step.command.words);
            for name in VARIABLES {
                let sets = |text: &str| text.strip_prefix(name).is_some_and(|rest| rest.starts_with('='));
                if words().any(|word| sets(&word.text)) {
                    set.push(name);
                }
            }
            let targets = step.command.redirects.iter().map(|redirect| &redirect.target);
            let used = words().chain(targets).find_map(|word| Some((word, used(word, &set)?)));
            let Some((word, name)) = used else { continue };
            let span = script.span(context, &word.span);
            let message = format!("`{name}` is not set when `{key}` runs: this is not root's home directory");
            let message = match name {
                "HOME" => message,
                _ => format!("`{name}` is not set when `{key}` runs"),
            };
            let finding = context.report(span, message).path(script.path(&word.span));
            finding.help(match name {
                "HOME" => "write `/root`, or add `export HOME=/root` before it",
                _ => "write the name of the account",
            });
            // One is enough: what is said applies to all commands.
            break;
        }
    }
}

/// The variable that a word uses although it is not set.
fn used(word: &Word, set: &[&str]) -> Option<&'static str> {
    let live = &word.live;
    if !live.contains(['$', '~']) {
        return None;
    }
    let has = |name: &&str| {
        live.contains(&format!("${{{name}}}"))
            || live.match_indices(&format!("${name}")).any(|(at, found)| {
                let next = live[at + found.len()..].bytes().next();
                !next.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            })
    };
    let is_home = (live == "~" || live.starts_with("~/")) && !set.contains(&"HOME");
    is_home.then_some("HOME").or_else(|| VARIABLES.into_iter().filter(|name| !set.contains(name)).find(has))
}
