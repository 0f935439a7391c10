use crate::Target;
use dryboot_systemd::check::{Role, is_command};
use dryboot_systemd::file::{Assignment, LineKind, lines};
use dryboot_systemd::{Release, name, words};

use crate::lint::context::Context;
use crate::lint::parts::{Part, shown};
use crate::lint::rule::{Rule, Scope};
use crate::lint::unit_files::{Origin, UnitFile, release};
use dryboot_lint::Severity;

pub(crate) static RULE: Rule = Rule {
    name: "formatted-at-every-boot",
    severity: Severity::Warning,
    targets: &Target::ALL,
    docs: docs!("formatted_at_every_boot.md"),
    scope: Scope::Absent,
    check,
};

/// What in a script asks before it acts.
const QUESTIONS: [&str; 9] = ["||", "&&", "if ", "case ", "test ", "[ ", "blkid", "lsblk", "findmnt"];

/// What every command that destroys has in it: few files do, and that is the cheaper question.
const MARKS: [&str; 6] = ["mkfs", "mke2fs", "wipefs", "blkdiscard", "sgdisk", "of=/dev/"];

fn check(context: &mut Context<'_>) {
    let document = context.document;
    let release = release(document.target);
    let files = context.unit_files();
    let is_suspect = |file: &&UnitFile<'_>| {
        file.role == Role::Unit
            && name::suffix(&file.unit) == "service"
            && MARKS.iter().any(|mark| file.text.contains(mark))
    };
    for file in files.iter().filter(is_suspect) {
        let destroying = commands(&file.text, release)
            .filter_map(|assignment| destroys(&assignment.value).map(|found| (assignment, found)));
        let mut destroying = destroying.peekable();
        if destroying.peek().is_none() || !runs_at_boot(file, &files) || is_guarded(file, &files, release) {
            continue;
        }
        for (assignment, (program, loss)) in destroying {
            let span = assignment.part(0, assignment.value.trim_end().len());
            context
                .report(
                    file.place(document, span),
                    format!("`{}` runs at every boot: {loss}", shown(&program)),
                )
                .path_of(file.node)
                .help(
                    "check first whether there is a file system: `ConditionPathExists=!…` in `[Unit]`, \
                    or `blkid … ||` in a shell",
                );
        }
    }
}

/// Whether this config starts the unit, which it does at every boot.
fn runs_at_boot(file: &UnitFile<'_>, files: &[UnitFile<'_>]) -> bool {
    let is_started = |entry: &Part<'_>| {
        let command = entry.text("command");
        entry.flag("enable") || (!command.is_empty() && command != "stop")
    };
    let is_needed = || files.iter().any(|other| other.unit != file.unit && other.text.contains(&*file.unit));
    matches!(&file.origin, Origin::Unit { entry, .. } if is_started(entry)) || is_needed()
}

/// Whether the unit has a condition, or a command before that may keep it from going on.
fn is_guarded(file: &UnitFile<'_>, files: &[UnitFile<'_>], release: Release) -> bool {
    files.iter().filter(|other| other.unit == file.unit).any(|part| {
        lines(&part.text, release).any(|line| match line.kind {
            LineKind::Assignment(Assignment { key, value, .. }) => {
                let is_question =
                    || !value.starts_with('-') && QUESTIONS.iter().any(|question| value.contains(question));
                key.starts_with("Condition")
                    || key.starts_with("Assert")
                    || key == "ExecCondition"
                    || (key == "ExecStartPre" && is_question())
            }
            _ => false,
        })
    })
}

fn commands(text: &str, release: Release) -> impl Iterator<Item = Assignment<'_>> {
    lines(text, release).filter_map(|line| match line.kind {
        LineKind::Assignment(assignment) if is_command(assignment.key) => Some(assignment),
        _ => None,
    })
}

/// The program of a command that overwrites what is on a disk, whatever that is, and what comes of it.
fn destroys(command: &str) -> Option<(String, &'static str)> {
    if QUESTIONS.iter().any(|question| command.contains(question)) {
        return None;
    }
    let (words, _) = words::split(command);
    // A script in quotes is one word.
    let words: Vec<&str> = words.iter().flat_map(|word| word.text.split_whitespace()).collect();
    let has = |options: &[&str]| words.iter().any(|word| options.contains(word));
    words.iter().find_map(|word| {
        let program =
            word.trim_start_matches(['-', '@', '+', '!', ':']).rsplit('/').next().unwrap_or_default();
        let loss = match program {
            // These two do not touch a disk that has a file system, unless they are forced.
            "mkfs.xfs" | "mkfs.btrfs" if !has(&["-f", "--force"]) => return None,
            "wipefs" if !has(&["-a", "--all", "-f", "-af", "-fa"]) => return None,
            "dd" if !words.iter().any(|word| word.starts_with("of=/dev/") && *word != "of=/dev/null") => {
                return None;
            }
            "mke2fs" | "wipefs" | "blkdiscard" | "dd" => "the data on the disk is lost each time",
            "sgdisk" if has(&["-Z", "--zap-all", "-o", "--clear"]) => "the partitions are lost each time",
            name if name == "mkfs" || name.starts_with("mkfs.") => {
                "the disk is formatted each time, and its data is lost"
            }
            _ => return None,
        };
        Some((program.to_owned(), loss))
    })
}
