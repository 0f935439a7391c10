use dryboot_lint::Severity;

use super::SCRIPTS;
use crate::lint::{Context, Rule, Script};
use crate::rules::docs;
use crate::shell::{Command, Joint};

pub(crate) static RULE: Rule = Rule {
    name: "interactive-command",
    severity: Severity::Warning,
    docs: docs!("interactive_command.md"),
    check,
};

/// What is wrong with a command, and what to do.
struct Question {
    severity: Severity,
    message: String,
    help: &'static str,
}

fn check(context: &mut Context<'_>) {
    let assumes_yes = context.text.to_ascii_lowercase().contains("assume-yes");
    for key in SCRIPTS {
        let script = Script::of(context, key);
        for step in &script.commands {
            let is_answered = step.command.before == Joint::Pipe
                || step.command.redirects.iter().any(|redirect| redirect.operator.starts_with('<'));
            let Some(question) = question(&step.command).filter(|_| !is_answered) else { continue };
            if assumes_yes && question.help.contains("`-y`") {
                continue;
            }
            let range = step.command.span();
            let span = script.span(context, &range);
            let finding = context.report(span, question.message).severity(question.severity);
            finding.path(script.path(&range)).help(question.help);
        }
    }
}

fn question(command: &Command) -> Option<Question> {
    let program = command.program();
    let verb = command.verb();
    let warning = |message: String, help| Some(Question { severity: Severity::Warning, message, help });
    let info = |message: String, help| Some(Question { severity: Severity::Info, message, help });
    match program {
        "apt-get" | "apt" | "aptitude" if asks(verb) && !says_yes(command) => warning(
            format!("`{program} {verb}` asks whether to continue, and stops because nobody answers"),
            "add `-y`",
        ),
        "yum" | "dnf" | "microdnf" if asks(verb) && !says_yes(command) => warning(
            format!("`{program} {verb}` asks whether to continue, and stops because nobody answers"),
            "add `-y`",
        ),
        "zypper" if asks(verb) && !says_yes(command) && !command.has(&["-n", "--non-interactive"]) => {
            warning(
                format!("`zypper {verb}` asks whether to continue, and stops because nobody answers"),
                "write `zypper --non-interactive`",
            )
        }
        "pacman" if pacman_changes(command) && !command.has(&["--noconfirm"]) => warning(
            "`pacman` asks whether to continue, and stops because nobody answers".to_owned(),
            "add `--noconfirm`",
        ),
        "add-apt-repository" if !says_yes(command) && !command.has(&["--help", "-l", "--list"]) => {
            info("`add-apt-repository` may wait for Enter to be pressed".to_owned(), "add `-y`")
        }
        "ufw" if verb == "reset" && !command.has(&["--force"]) => warning(
            "`ufw reset` asks whether to continue, and nobody answers".to_owned(),
            "write `ufw --force reset`",
        ),
        "ufw" if verb == "enable" && !command.has(&["--force"]) => info(
            "`ufw enable` asks whether to continue if it thinks that SSH is in use".to_owned(),
            "write `ufw --force enable`, after `ufw allow OpenSSH`",
        ),
        "passwd" if command.arguments().all(|word| !word.starts_with('-')) => warning(
            "`passwd` asks for a password, and nobody answers".to_owned(),
            "set passwords with the keys `users` or `chpasswd`",
        ),
        "mysql_secure_installation" if command.arguments().next().is_none() => warning(
            "`mysql_secure_installation` asks questions, and nobody answers".to_owned(),
            "run its SQL statements with `mysql -e`",
        ),
        "vi" | "vim" | "nano" | "emacs" => warning(
            format!("`{program}` is an editor, and there is no terminal"),
            "use `sed`, or write the file with `write_files`",
        ),
        "visudo" if !command.has_letter('c') && !command.has(&["--check"]) => warning(
            "`visudo` is an editor, and there is no terminal".to_owned(),
            "write a file below `/etc/sudoers.d`",
        ),
        "crontab" if command.has(&["-e"]) => warning(
            "`crontab -e` is an editor, and there is no terminal".to_owned(),
            "write a file below `/etc/cron.d`",
        ),
        "docker" | "podman" if ["run", "exec"].contains(&verb) && has_terminal(command) => {
            let message = format!("`{program} {verb} -it` needs a terminal, and there is none");
            warning(message, "remove `-it`")
        }
        _ => None,
    }
}

/// The subcommands of package managers that change something.
fn asks(verb: &str) -> bool {
    let verbs = ["install", "in", "upgrade", "dist-upgrade", "full-upgrade", "update", "remove", "purge"];
    verbs.contains(&verb) || ["autoremove", "groupinstall", "erase", "localinstall"].contains(&verb)
}

fn says_yes(command: &Command) -> bool {
    let quiet = command.arguments().any(|word| word == "-qq" || word.starts_with("-q=2"));
    let long = ["--yes", "--assume-yes", "--assumeyes", "--force-yes", "--non-interactive", "--assumeno"];
    let only_looks = ["-s", "--simulate", "--dry-run", "-d", "--download-only", "--print-uris"];
    // `apt update` reads the lists and asks nothing.
    let is_update = matches!(command.program(), "apt" | "apt-get" | "aptitude") && command.verb() == "update";
    is_update
        || quiet
        || command.has_letter('y')
        || command.has(&long)
        || command.has(&only_looks)
        || command
            .arguments()
            .any(|word| word.to_ascii_lowercase().contains("assume-yes") || word.contains('$'))
}

/// `-it` before the name of the image, in the foreground.
fn has_terminal(command: &Command) -> bool {
    let is_detached = command.has(&["-d", "--detach"]);
    let mut options = command.arguments().skip_while(|word| !["run", "exec"].contains(word)).skip(1);
    let mut options = options.by_ref().take_while(|word| word.starts_with('-') && !word.starts_with("--"));
    !is_detached && options.any(|word| word.contains('i') && word.contains('t') && !word.contains('d'))
}

/// Whether `pacman` installs or upgrades something.
fn pacman_changes(command: &Command) -> bool {
    let looks = |word: &str| word.contains(['s', 'i', 'l', 'g', 'p', 'w', 'c']);
    let sync = command.arguments().find(|word| word.starts_with("-S"));
    let has_operand = command.arguments().any(|word| !word.starts_with('-'));
    sync.is_some_and(|word| !looks(&word[1..]) && (word.contains('u') || has_operand))
}
