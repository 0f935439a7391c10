use dryboot_lint::Severity;

use crate::lint::{Context, Rule, Script};
use crate::rules::docs;
use crate::shell::{Command, Joint};

pub(crate) static RULE: Rule = Rule {
    name: "repeated-at-every-boot",
    severity: Severity::Warning,
    docs: docs!("repeated_at_every_boot.md"),
    check,
};

fn check(context: &mut Context<'_>) {
    let script = Script::of(context, "bootcmd");
    let mut is_checked = false;
    for step in &script.commands {
        // A condition may stand on lines of its own, and end the script early.
        is_checked |= step.command.program() == "exit" || step.command.program() == "blkid";
        let is_guarded = step.is_run_by("cloud-init-per");
        let Some((range, message, severity)) = repeated(&step.command) else { continue };
        if is_guarded || is_checked || step.command.is_conditional() {
            continue;
        }
        let span = script.span(context, &range);
        let finding = context.report(span, message).severity(severity).path(script.path(&range));
        finding.help("put `cloud-init-per once NAME` before the command, or use `runcmd`");
    }
}

/// What comes of running a command again: where it is written, the message and how bad it is.
type Repeated = (std::ops::Range<usize>, &'static str, Severity);

fn repeated(command: &Command) -> Option<Repeated> {
    let program = command.program();
    if program.starts_with("mkfs") || program == "mkswap" {
        return Some((command.span(), FORMATS, Severity::Warning));
    }
    match (program, command.verb()) {
        ("useradd" | "adduser" | "groupadd" | "addgroup", _) => {
            return Some((command.span(), EXISTS, Severity::Info));
        }
        ("apt-get" | "apt" | "dnf" | "yum" | "zypper" | "snap", "install" | "upgrade" | "dist-upgrade") => {
            return Some((command.span(), INSTALLS, Severity::Info));
        }
        _ => {}
    }
    if program == "tee"
        && (command.has_letter('a') || command.has(&["--append"]))
        && command.before == Joint::Pipe
    {
        let file = command.arguments().find(|word| !word.starts_with('-'))?;
        return is_kept(file).then(|| (command.span(), GROWS, Severity::Warning));
    }
    let append = command.redirects.iter().find(|redirect| redirect.operator == ">>")?;
    is_kept(&append.target.text).then(|| (append.target.span.clone(), GROWS, Severity::Warning))
}

const FORMATS: &str = "`bootcmd` runs at every boot: the device is formatted again each time";
const EXISTS: &str =
    "`bootcmd` runs at every boot: from the second one on, this fails because the name already exists";
const INSTALLS: &str = "`bootcmd` runs at every boot, and each boot waits for the package manager";

const GROWS: &str = "`bootcmd` runs at every boot: the same lines are appended each time";

/// Whether a file survives a reboot, and is not a log, which is meant to grow.
fn is_kept(path: &str) -> bool {
    let passing = ["/run/", "/var/run/", "/tmp/", "/dev/", "/proc/", "/sys/", "/var/log/"];
    path.starts_with('/') && !passing.iter().any(|place| path.starts_with(place)) && !path.ends_with(".log")
}
