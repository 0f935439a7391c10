use std::collections::HashSet;

use dryboot_lint::Severity;

use super::SCRIPTS;
use crate::lint::{Context, Rule, Script, Step};
use crate::rules::docs;
use crate::rules::packages;

pub(crate) static RULE: Rule = Rule {
    name: "foreign-package-manager",
    severity: Severity::Error,
    docs: docs!("foreign_package_manager.md"),
    check,
};

/// Programs that install packages, each of some distributions alone.
const MANAGERS: [&str; 11] = [
    "apt-get",
    "apt",
    "aptitude",
    "add-apt-repository",
    "dnf",
    "yum",
    "zypper",
    "apk",
    "pacman",
    "tdnf",
    "microdnf",
];

fn check(context: &mut Context<'_>) {
    let Some(distribution) = context.distribution() else { return };
    let own = distribution.package_managers();
    let Some(usual) = own.first() else { return };
    let installed: HashSet<&str> = packages::names(context).into_iter().map(|(name, _)| name).collect();
    for key in SCRIPTS {
        let script = Script::of(context, key);
        let mut said: Vec<&str> = Vec::new();
        for step in &script.commands {
            let Some(program) = MANAGERS.into_iter().find(|name| *name == step.command.program()) else {
                continue;
            };
            let is_there = own.contains(&program) || installed.contains(program);
            if is_there || is_asked_for(&script, step, program) || said.contains(&program) {
                continue;
            }
            said.push(program);
            let range = step.command.span();
            let span = script.span(context, &range);
            let title = distribution.title;
            let message = format!("`{program}` does not exist on {title}: the command is not found");
            let finding = context.report(span, message).path(script.path(&range));
            finding.help(format!("use `{usual}`, or list the packages in `packages`"));
        }
    }
}

/// Whether the script finds out first what there is, as scripts for several distributions do, or fetches the program.
fn is_asked_for(script: &Script, step: &Step, program: &str) -> bool {
    step.command.is_conditional()
        || script.commands.iter().any(|other| {
            let mut words = other.command.words.iter().skip(1);
            words.any(|word| word.text == program || word.text.ends_with(&format!("/{program}")))
        })
}
