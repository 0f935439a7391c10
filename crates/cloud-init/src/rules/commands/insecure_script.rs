use dryboot_lint::Severity;

use super::SCRIPTS;
use crate::lint::{Context, Rule, Script};
use crate::rules::docs;
use crate::shell::Joint;

pub(crate) static RULE: Rule =
    Rule { name: "insecure-script", severity: Severity::Info, docs: docs!("insecure_script.md"), check };

fn check(context: &mut Context<'_>) {
    for key in SCRIPTS {
        let script = Script::of(context, key);
        for pair in script.commands.windows(2) {
            let (load, run) = (&pair[0].command, &pair[1].command);
            let is_load = matches!(load.program(), "curl" | "wget") && load.after == Joint::Pipe;
            let is_run = matches!(run.program(), "sh" | "bash" | "python3" | "python" | "perl");
            let Some(url) = load.words.iter().find(|word| is_open(&word.text)) else { continue };
            if is_load && is_run {
                let span = script.span(context, &url.span);
                let message = "this script is downloaded without encryption and runs as root: anyone on \
                    the network path can replace it";
                let finding = context.report(span, message).path(script.path(&url.span));
                finding.help("use `https`, or verify the file's checksum before you run it");
            }
        }
    }
}

/// An address that is not encrypted, and not on the machine itself.
fn is_open(word: &str) -> bool {
    word.strip_prefix("http://").is_some_and(|rest| {
        !["localhost", "127.", "169.254.", "10.", "192.168.", "[", "$"]
            .iter()
            .any(|own| rest.starts_with(own))
    })
}
