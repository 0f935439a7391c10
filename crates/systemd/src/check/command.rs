//! Command lines: `ExecStart=` and similar (`systemd.service(5)`).

use super::{Fault, FaultKind};
use crate::file::Assignment;
use crate::words::{self, Word};
use crate::{Release, Span, name};

/// Since this release, a program may be a file name, which is searched in fixed directories.
const FILE_NAMES: Release = Release(239);

/// Prefixes of programs, and the release that brought them.
const PREFIXES: [(char, Release); 5] =
    [('-', Release(0)), ('@', Release(0)), ('+', Release(0)), ('!', Release(0)), (':', Release(244))];

/// Programs that take shell syntax in an argument.
const SHELLS: [&str; 6] = ["sh", "bash", "dash", "ash", "zsh", "ksh"];

/// Words that mean something to a shell.
const OPERATORS: [&str; 13] = ["&&", "||", "|", "|&", ">", ">>", "<", "<<", "2>", "2>>", "&>", "2>&1", "&"];
/// What a redirection into a file begins with.
const REDIRECTIONS: [&str; 6] = [">/", ">>/", "2>/", "2>>/", "&>/", "</"];

/// Whether the value of a directive is a command line.
#[must_use]
pub fn is_command(key: &str) -> bool {
    matches!(
        key,
        "ExecCondition"
            | "ExecStartPre"
            | "ExecStart"
            | "ExecStartPost"
            | "ExecReload"
            | "ExecStop"
            | "ExecStopPre"
            | "ExecStopPost"
    )
}

/// Whether systemd ignores a command: its program will not do, and has the prefix `-`.
pub(crate) fn is_ignored(value: &str, unit: &str, release: Release) -> bool {
    let (words, _) = words::split(value);
    let fault = words.first().and_then(|program| program_fault(program, unit, release));
    let kind = fault.map(|kind| Fault { span: Span::default(), kind });
    kind.is_some_and(|fault| !fault.refuses(release))
}

pub(super) fn check(assignment: &Assignment<'_>, unit: &str, release: Release, faults: &mut Vec<Fault>) {
    let (words, open) = words::split(&assignment.value);
    // A lone semicolon begins a new command.
    for command in words.split(|word| word.text == ";" && !word.quoted) {
        if let Some((program, arguments)) = command.split_first() {
            let fault = program_fault(program, unit, release);
            faults
                .extend(fault.map(|kind| Fault { span: assignment.part(program.start, program.end), kind }));
            shell_syntax(assignment, program, arguments, faults);
        }
    }
    if let Some(at) = open {
        let span = assignment.part(at, assignment.value.len());
        faults.push(Fault { span, kind: FaultKind::UnbalancedQuotes });
    }
}

fn program_fault(program: &Word, unit: &str, release: Release) -> Option<FaultKind> {
    let known = |char: char| PREFIXES.iter().any(|(prefix, since)| *prefix == char && *since <= release);
    let path = program.text.trim_start_matches(known);
    let tolerated = program.text[..program.text.len() - path.len()].contains('-');
    if path.is_empty() {
        return Some(FaultKind::EmptyCommand { tolerated });
    }
    let path = name::expand(path, unit);
    // A specifier that is not known here may be an absolute path.
    let is_path = path.starts_with(['/', '%']);
    let is_name = release >= FILE_NAMES && !path.contains('/');
    if !is_path && !is_name {
        return Some(FaultKind::RelativeCommand { tolerated });
    }
    (path.ends_with('/') && path.len() > 1).then_some(FaultKind::DirectoryCommand { tolerated })
}

fn shell_syntax(assignment: &Assignment<'_>, program: &Word, arguments: &[Word], faults: &mut Vec<Fault>) {
    let is_shell = |word: &Word| {
        let path = word.text.trim_start_matches(['-', '@', '+', '!', ':']);
        SHELLS.contains(&path.rsplit('/').next().unwrap_or_default())
    };
    let mut shell = is_shell(program);
    for (index, word) in arguments.iter().enumerate() {
        let text = word.text.as_str();
        let is_last = index + 1 == arguments.len();
        let is_operator =
            OPERATORS.contains(&text) || REDIRECTIONS.iter().any(|start| text.starts_with(start));
        let ends_command = text.len() > 1 && text.ends_with(';') && !is_last;
        let is_substitution = !shell && (text.contains("$(") || (text.starts_with('`') && text.len() > 1));
        if (!word.quoted && (is_operator || ends_command)) || is_substitution {
            faults.push(Fault { span: assignment.part(word.start, word.end), kind: FaultKind::ShellSyntax });
        }
        shell |= is_shell(word);
    }
}
