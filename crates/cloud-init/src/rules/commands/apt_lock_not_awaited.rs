use dryboot_lint::Severity;

use crate::lint::{Context, Rule, Script};
use crate::rules::docs;
use crate::shell::Command;
use crate::target::Distribution;

pub(crate) static RULE: Rule = Rule {
    name: "apt-lock-not-awaited",
    severity: Severity::Info,
    docs: docs!("apt_lock_not_awaited.md"),
    check,
};

/// What takes the lock of dpkg.
const CHANGES: [&str; 7] =
    ["install", "upgrade", "dist-upgrade", "full-upgrade", "remove", "purge", "autoremove"];

fn check(context: &mut Context<'_>) {
    // The option may stand in a file below `/etc/apt`, and a loop may wait for the lock file.
    let has_apt = |distribution: &Distribution| distribution.package_managers().contains(&"apt-get");
    if context.distribution().is_some_and(|distribution| !has_apt(distribution)) {
        return;
    }
    if ["Lock::Timeout", "dpkg/lock", "flock"].iter().any(|word| context.read.contains(word)) {
        return;
    }
    let script = Script::of(context, "runcmd");
    // One is enough: an option in a file holds for all of them.
    let Some(step) = script.commands.iter().find(|step| takes_lock(&step.command)) else { return };
    let range = step.command.span();
    let span = script.span(context, &range);
    let message = "this fails while another process, such as unattended-upgrades, holds APT's lock";
    let finding = context.report(span, message).path(script.path(&range));
    finding.help("list the packages in `packages`, which waits, or add `-o DPkg::Lock::Timeout=300`");
}

fn takes_lock(command: &Command) -> bool {
    matches!(command.program(), "apt-get" | "apt" | "aptitude") && CHANGES.contains(&command.verb())
}
